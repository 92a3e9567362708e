"""Checks of the texts in data files: words, facts, sources and placeholders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
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
FIXED_PLACEHOLDERS = ("blank", "call-back", "emergency-number", "line-24h")
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
    for file in {id(file): file for file in files.values()}.values():
        yield from _claims(file, guide)


def _claims(file: YamlSource, guide: Guide) -> Iterator[Problem]:
    file_name = Path(file.file).name
    evidence, shown = file_name in EVIDENCE, file_name not in NOT_SHOWN
    is_edition = file_name == guide.edition_file.name
    placeholders = {*FIXED_PLACEHOLDERS, *guide.temperatures}
    placeholders |= {*MORE_PLACEHOLDERS.get(file_name, ())}
    for location, value in _walk(file.data):
        if isinstance(value, str):
            for name in PLACEHOLDER.findall(value):
                if name not in placeholders:
                    remedy = f"Use one of: {', '.join(sorted(placeholders))}."
                    yield file.problem(location, f"there is no placeholder [[{name}]]", remedy)
            if shown:
                for fault, remedy in unsayable(value, guide.word_rules):
                    yield file.problem(location, fault, remedy)
            # A clinic may use its own words; and a file name such as “carers.md” is not prose.
            if shown and not is_edition and " " in value:
                for fault, remedy in unlike_the_house(value, guide.word_rules):
                    yield file.problem(location, fault, remedy)
        if not isinstance(value, dict):
            continue
        # In strings.yml, “sources” is a text, not a list of source ids.
        cited = value["sources"] if isinstance(value.get("sources"), tuple) else ()
        if evidence:
            for index, name in enumerate(cited):
                if name not in guide.sources:
                    at = (*location, "sources", index)
                    remedy = "Use an id of docs/data/sources.yml."
                    yield file.problem(at, f"there is no source “{name}”", remedy)
            continue
        named = value.get("facts") or ((value["fact"],) if value.get("fact") else ())
        if cited and not named:
            remedy = "Name the fact of docs/data/facts.yml that the sources support."
            yield file.problem((*location, "sources"), "sources are cited without a fact", remedy)
            continue
        if named and not cited:
            at = (*location, "facts" if "facts" in value else "fact")
            yield file.problem(at, "a fact has no source", "Name one of its sources.")
        if wrong := list(unknown(guide.facts, named)):
            for fault, remedy in wrong:
                yield file.problem(
                    (*location, "facts" if "facts" in value else "fact"), fault, remedy
                )
            continue
        wrong = list(unsupported(guide.facts, guide.sources, named, cited))
        if place := _urgent_place(file, location, guide):
            wrong += unfit(guide.sources, cited, place)
        for fault, remedy in wrong:
            yield file.problem((*location, "sources"), fault, remedy)


def _urgent_place(file: YamlSource, location: Location, guide: Guide) -> str:
    """Return where readers act on a record of a data file; empty if nowhere."""
    names = {
        "symptoms.yml": (guide.symptoms, "a care card"),
        "temperatures.yml": (guide.temperatures, "a sheet"),
    }
    # A file of numbers/ may have the same name, because it is named after its page.
    records, place = names.get(Path(file.file).name, ((), ""))
    if location and location[0] in records:
        return place
    return "a sheet" if isinstance(file.data, dict) and "blocks" in file.data else ""
