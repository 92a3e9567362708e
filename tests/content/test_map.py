"""The guide has every page of its plan, at the planned address."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from scripts.guide.guide import Guide
from tests.conftest import Site
from tests.site.html_check import target_of

MAP = {
    "": "CRS",
    "what-is-crs/": "What is CRS?",
    "get-help/": "Get help now",
    "symptoms/": "Symptoms",
    "mechanism/": "How CAR T-cell therapy can set off CRS",
    "risk-factors/": "risk",
    "management/": "managed",
    "long-term-effects/": "Long-term effects",
    "faq/": "questions",
    "temperature/": "temperature",
    "after-infusion/": "when to drive",
    "carers/": "caregivers (carers)",
    "print/": "Print",
    "print/symptom-watch-list/": "Symptom watch list",
    "print/diary/": "diary",
    "print/questions-for-my-team/": "Questions for my team",
    "clinics/": "clinics",
    "about/": "How this guide was made",
    "about/sources/": "Sources",
    "about/studies/": "Sources: studies",
    "about/medicines/": "Sources: medicines",
    "about/what-we-changed/": "What we changed",
    "about/glossary/": "Words",
    "about/accessibility/": "Accessibility",
    "about/privacy/": "Privacy",
    "about/changes/": "Changes",
}
"""Permanent addresses of the planned pages, each with words of the page's title."""


@pytest.mark.parametrize("address", MAP)
def test_a_page_of_the_map_is_at_its_address(site: Site, address: str) -> None:
    page = BeautifulSoup(
        (site.folder / address / "index.html").read_text(encoding="utf-8"), "html.parser"
    )
    heading = page.select_one("h1")
    assert heading is not None
    assert MAP[address] in heading.get_text()


IN_A_CRISIS = {
    *("get-help.md", "what-if.md", "symptoms.md", "temperature.md", "bleeding-and-falls.md"),
    *("hidden-fever.md", "reaching-help.md", "index.md", "a-z.md"),
}
"""What the menu of a lean page leads to: pages for what is happening now, home, and all topics."""


def menu(site: Site, path: str) -> list[Tag]:
    """Return the links of a page's menu."""
    page = BeautifulSoup(site.html(path), "html.parser")
    return page.select(":is(.crs-menu, .crs-below) a[href]")


def test_the_menu_begins_with_help_and_leads_to_every_part_and_all_of_its_own(
    site: Site, guide: Guide
) -> None:
    root = site.folder.resolve()
    for path, page in guide.pages.items():
        here = site.file(path).resolve()
        links = menu(site, path)
        targets = [target_of(here, str(link["href"]), root)[0] for link in links]
        assert targets[0] == root / "get-help" / "index.html", path
        assert " ".join(links[0].get_text().split()) == "Get help now", path
        assert root / "index.html" in targets, path
        if page.meta.lean:  # Its menu has the pages that help now, and the way to all others.
            assert targets[-1] == root / "a-z" / "index.html"
            continue
        part = path.rpartition("/")[0]
        listed = {
            name
            for name in guide.pages
            if name.rpartition("/")[0] in ("", part) or name.endswith("/index.md")
        }
        if guide.pages[path].meta.lean:
            listed = IN_A_CRISIS
        assert set(targets) == {site.file(name).resolve() for name in listed}, path
