"""Check the names that data files use of each other, and the records that pages need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from scripts.guide.errors import Problem
from scripts.guide.guide import LEVELS, URGENCIES, Guide
from scripts.guide.models.edition import COUNTRIES
from scripts.guide.yaml_source import YamlSource


def check_references(
    files: Mapping[str, YamlSource],
    guide: Guide,
    unread: Collection[str],  # noqa: ARG001 - every check has this signature
) -> Iterator[Problem]:
    """Check the care cards, the regions and the levels of the temperature table."""
    yield from _care_cards(files, guide)
    if missing := [name for name in COUNTRIES if name not in guide.regions]:
        fault = f"no rules for the region {', '.join(missing)}"
        yield files["region-rules.yml"].problem((), fault, "Add the region, with or without rules.")
    if missing := [name for name in LEVELS if name not in guide.temperatures]:
        fault = f"“{'”, “'.join(missing)}” is missing"
        yield files["temperatures.yml"].problem((), fault, "Add it: pages and sheets use it.")
    else:
        yield from _levels(files, guide)


def _care_cards(files: Mapping[str, YamlSource], guide: Guide) -> Iterator[Problem]:
    if missing := [name for name in URGENCIES if name not in guide.care_cards]:
        fault = f"no card for {', '.join(missing)}"
        yield files["care-cards.yml"].problem((), fault, "Write all three urgencies.")
    if extra := [name for name in guide.care_cards if name not in URGENCIES]:
        fault = f"“{extra[0]}” is not an urgency"
        remedy = f"Use only these three: {', '.join(URGENCIES)}."
        yield files["care-cards.yml"].problem((extra[0],), fault, remedy)
    for name, card in guide.care_cards.items():
        for number, group in enumerate(card.groups):
            for index, symptom in enumerate(group.symptoms):
                if symptom not in guide.symptoms:
                    location = (name, "groups", number, "symptoms", index)
                    fault = f"there is no symptom “{symptom}”"
                    remedy = "Use a name of symptoms.yml."
                    yield files["care-cards.yml"].problem(location, fault, remedy)


def _levels(files: Mapping[str, YamlSource], guide: Guide) -> Iterator[Problem]:
    """Check that the levels of the temperature table rise in order."""
    low, fever, higher = (guide.temperatures[name].celsius for name in LEVELS)
    if not Decimal("35.0") <= low < higher <= Decimal("41.0"):
        fault = f"low ({low} °C) and some-places-say ({higher} °C) do not rise within 35.0 to 41.0"
        yield files["temperatures.yml"].problem(("low", "celsius"), fault, "Correct the levels.")
    elif not low < fever < higher:
        fault = f"the fever level {fever} °C is not between {low} °C (low) and {higher} °C"
        remedy = f"Write a level above {low}, or correct temperatures.yml."
        yield files["clinic.yml"].problem(("fever_level", "celsius"), fault, remedy)
