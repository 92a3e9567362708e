"""Each region shows its own rule, or says that the reader's team sets it."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.components.registry import Macros
from scripts.content import load_guide
from scripts.guide.guide import Guide
from scripts.root import ROOT

RULES = ("stay-near", "no-driving", "monitoring")


def in_region(guide: Guide, region: str) -> Guide:
    return replace(guide, edition=guide.edition.model_copy(update={"region": region}))


@pytest.mark.parametrize("rule", RULES)
def test_every_region_sees_its_own_rule(guide: Guide, rule: str) -> None:
    for region, rules in guide.regions.items():
        shown = Macros(in_region(guide, region), "after-infusion.md").region_rules(rule)
        if rule in rules.rules:
            expected = rules.rules[rule].text.replace("'", "’")
            assert expected in shown, f"{region} says nothing of {rule}"


def test_the_list_of_rules_opens_with_the_editions_region(guide: Guide) -> None:
    for region in guide.regions:
        for rule in RULES:
            named = [each.name for each in in_region(guide, region).regions_with(rule)]
            own = guide.regions[region]
            assert sorted(named) == sorted(
                each.name for each in guide.regions.values() if rule in each.rules
            )
            assert rule not in own.rules or named[0] == own.name
            shown = Macros(in_region(guide, region), "after-infusion.md").region_rules(rule)
            assert re.findall(r"<strong>(.*?):</strong>", shown) == named


def test_sources_are_numbered_without_a_gap_in_every_region(guide: Guide) -> None:
    for region in guide.regions:
        for path in guide.pages:
            components = Macros(in_region(guide, region), path)
            if guide.pages[path].meta.lean:
                continue
            foot = components.page_foot()
            assert foot.count('<li id="source-') == len(components.listed), f"{region}: {path}"


@pytest.mark.parametrize(
    ("region", "emergency"),
    [("us", "911"), ("uk", "999"), ("ca", "911"), ("au", "000"), ("eu", "112")],
)
def test_an_edition_of_each_region_passes_all_checks(
    region: str, emergency: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "docs" / "data", data)
    clinic = data / "clinic.yml"
    text = clinic.read_text(encoding="utf-8")
    assert text.count("region: us") == 1
    text = text.replace("region: us", f"region: {region}").replace('"911"', f'"{emergency}"')
    clinic.write_text(text, encoding="utf-8")
    assert load_guide(ROOT, data=data).edition.region == region
