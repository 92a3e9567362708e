"""Checks of the texts in data files: words, facts, sources and placeholders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from scripts.checks.first_hand import unfit
from scripts.checks.words import unlike_the_house, unsayable
from scripts.guide.errors import Problem
from scripts.guide.evidence import unknown, unsupported
from scripts.guide.guide import Guide
from scripts.guide.models.base import PLACEHOLDER
from scripts.guide.yaml_source import Location, YamlSource

EVIDENCE = ("facts.yml", "sources.yml", "glossary.yml")
NOT_SHOWN = ("facts.yml", "sources.yml", "words.yml", "lay-terms.yml")
FIXED_PLACEHOLDERS = (
    *("blank", "call-back", "emergency-number", "hospital", "line-24h", "no-driving", "stay-near"),
)
MORE_PLACEHOLDERS = {
    "strings.yml": ("time", "distance", "source"),
    "link-kit.yml": ("address",),
}
"""Further placeholders that are valid in one file only, by file."""


def _walk(value: Any, location: Location = ()) -> Iterator[tuple[Location, Any]]:
    yield location, value
    children: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, tuple):
        children = enumerate(value)
    for key, child in children:
        yield from _walk(child, (*location, key))


def check_claims(
    files: Mapping[str, YamlSource],
    guide: Guide,
    unread: Collection[str],  # noqa: ARG001 - every check has this signature
) -> Iterator[Problem]:
    """Check the words of the data files, and every fact, source and placeholder that they name."""
    # The edition is listed under its path, then as clinic.yml: the second name counts.
    for name, file in {id(file): (name, file) for name, file in files.items()}.values():
        placeholders = {*FIXED_PLACEHOLDERS, *guide.temperatures, *MORE_PLACEHOLDERS.get(name, ())}
        for location, value in _walk(file.data):
            if isinstance(value, str):
                for fault, remedy in _text(value, name, placeholders, guide):
                    yield file.problem(location, fault, remedy)
            elif isinstance(value, dict):
                record = _evidence(value, guide) if name in EVIDENCE else _claim(value, guide)
                for key, fault, remedy in record:
                    yield file.problem((*location, *key), fault, remedy)
                if place := _urgent_place(file, name, location, guide):
                    for fault, remedy in unfit(guide.sources, _cited(value), place):
                        yield file.problem((*location, "sources"), fault, remedy)


def _text(
    text: str, name: str, placeholders: Collection[str], guide: Guide
) -> Iterator[tuple[str, str]]:
    """Check the placeholders and words of a text."""
    for missing in sorted({*PLACEHOLDER.findall(text)} - {*placeholders}):
        remedy = f"Use one of: {', '.join(sorted(placeholders))}."
        yield f"there is no placeholder [[{missing}]]", remedy
    if name in NOT_SHOWN:
        return
    yield from unsayable(text, guide.word_rules)
    # A clinic may use its own words; and a file name such as “carers.md” is not prose.
    if name != "clinic.yml" and " " in text:
        yield from unlike_the_house(text, guide.word_rules)


def _cited(record: Mapping[str, Any]) -> tuple[str, ...]:
    # In strings.yml, “sources” is a text, not a list of source ids.
    return record["sources"] if isinstance(record.get("sources"), tuple) else ()


def _evidence(record: Mapping[str, Any], guide: Guide) -> Iterator[tuple[Location, str, str]]:
    """Check that the sources of a fact or of a term exist."""
    for index, name in enumerate(_cited(record)):
        if name not in guide.sources:
            remedy = "Use an id of docs/data/sources.yml."
            yield ("sources", index), f"there is no source “{name}”", remedy


def _claim(record: Mapping[str, Any], guide: Guide) -> Iterator[tuple[Location, str, str]]:
    """Check that a record names known facts, and that the sources it cites support them."""
    cited = _cited(record)
    named = record.get("facts") or ((record["fact"],) if record.get("fact") else ())
    key = ("facts" if "facts" in record else "fact",)
    if cited and not named:
        remedy = "Name the fact of docs/data/facts.yml that the sources support."
        yield ("sources",), "sources are cited without a fact", remedy
    if named and not cited:
        yield key, "a fact has no source", "Name one of its sources."
    if wrong := list(unknown(guide.facts, named)):
        yield from ((key, *fault) for fault in wrong)
    elif named:
        found = unsupported(guide.facts, guide.sources, named, cited)
        yield from ((("sources",), *fault) for fault in found)


def _urgent_place(file: YamlSource, name: str, location: Location, guide: Guide) -> str:
    """Return where readers act on a record of a data file; empty if nowhere."""
    records, place = {
        "symptoms.yml": (guide.symptoms, "a care card"),
        "temperatures.yml": (guide.temperatures, "a sheet"),
    }.get(name, ((), ""))
    if location and location[0] in records:
        return place
    return "a sheet" if isinstance(file.data, dict) and "blocks" in file.data else ""
