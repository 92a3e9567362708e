"""Codes that record systems ask with: what is wrong with them, and their directory."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from scripts.addresses import CODES, address_of, home_of, stands
from scripts.errors import Problem
from scripts.yaml_source import YamlSource

if TYPE_CHECKING:
    from scripts.content import Guide

RESPONDER = "clinics/connect.md"
"""The page that answers the requests of record systems."""

UNKNOWN_CODE = "unknown-code"
"""The id of the note on the first page for who comes with a code that we do not know."""

RANGE = re.compile(r"\b([A-Z][0-9][0-9.]*)([0-9]) to \1([0-9])\b")


def codes_in(claim: str) -> set[str]:
    """Give all codes that a fact names, those between two with “to” as well."""
    found = set(re.findall(r"\b[A-Z][A-Z0-9]*(?:\.[A-Z0-9]+)?\b", claim))
    for stem, first, last in RANGE.findall(claim):
        found |= {f"{stem}{digit}" for digit in range(int(first), int(last) + 1)}
    return found


def faults_of_codes(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Yield codes that no fact names or that stand twice, and places that are not there.

    Args:
        files: The data files, by name.
        guide: The content.
        unread: Pages that are there, but have faults of their own.
    """
    file = files["record-codes.yml"]
    seen: dict[str, str] = {}
    for name, group in guide.record_codes.items():
        claim = guide.facts[group.fact].claim if group.fact in guide.facts else None
        for index, code in enumerate(group.codes):
            at = (name, "codes", index, "code")
            if claim is not None and code.code not in codes_in(claim):
                fault = f"the fact “{group.fact}” does not name the code {code.code}"
                yield file.problem(at, fault, "Use only codes that facts.yml holds.")
            # A code is also an address, and folders may not differ by capitals alone.
            if code.code in seen:
                fault = f"the code {code.code} also stands in {seen[code.code]}"
                yield file.problem(at, fault, "Keep one: a code has one address.")
            seen[code.code] = name
        for key in ("patient", "staff"):
            yield from _place(file, (name, key), getattr(group, key), guide, unread)
    for number, request in enumerate(guide.record_requests.values()):
        at_request = (number, "opens")
        file = files["record-requests.yml"]
        yield from _place(file, at_request, request.opens, guide, unread)


def _place(
    file: YamlSource, at: tuple[str | int, ...], place: str, guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    if place.partition("#")[0] not in unread and not stands(place, guide):
        fault, remedy = f"there is no “{place}”", "Name a page of docs/en, or a heading of one."
        yield file.problem(at, fault, remedy)


def directory(guide: Guide) -> dict[str, Any]:
    """Give all codes with their addresses, for machines."""
    site, languages = guide.edition.site_address, guide.edition.languages

    def everywhere(place: str) -> dict[str, str]:
        return {
            language: f"{site}{home_of(language, guide)}{address_of(place)}"
            for language in languages
        }

    return {
        "guide": guide.strings.guide_name,
        "languages": list(languages),
        "responder": everywhere(RESPONDER),
        "codes": [
            {
                "system": group.oid,
                "system_name": group.system,
                "code": code.code,
                "meaning": code.meaning,
                "address": {
                    language: f"{site}{home_of(language, guide)}{CODES}{code.code}/"
                    for language in languages
                },
                "patient": everywhere(group.patient),
                "provider": everywhere(group.staff),
            }
            for group in guide.record_codes.values()
            for code in group.codes
        ],
    }
