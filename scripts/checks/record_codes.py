"""Check the codes of record systems and the places that they lead to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from scripts.checks.places import check_place
from scripts.components.record_requests import RECORD_REQUESTS
from scripts.guide.errors import Problem
from scripts.guide.guide import Guide
from scripts.guide.yaml_source import YamlSource

RANGE = re.compile(r"\b([A-Z][0-9][0-9.]*)([0-9]) to \1([0-9])\b")


def codes_in(claim: str) -> set[str]:
    """Return all codes that a fact names, with all those of a range: “D89.831 to D89.835”."""
    found = set(re.findall(r"\b[A-Z][A-Z0-9]*(?:\.[A-Z0-9]+)?\b", claim))
    for stem, first, last in RANGE.findall(claim):
        found |= {f"{stem}{digit}" for digit in range(int(first), int(last) + 1)}
    return found


def check_record_codes(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Yield codes that no fact names or that are listed twice, and places that do not exist."""
    file = files["record-codes.yml"]
    seen: dict[str, str] = {}
    for name, group in guide.record_codes.items():
        claim = guide.facts[group.fact].claim if group.fact in guide.facts else None
        for index, code in enumerate(group.codes):
            at = (name, "codes", index, "code")
            if claim is not None and code.code not in codes_in(claim):
                fault = f"the fact “{group.fact}” does not name the code {code.code}"
                yield file.problem(at, fault, "Use only codes that the fact names.")
            # A code is also the name of a folder in the site, so it must be unique.
            if code.code in seen:
                fault = f"the code {code.code} is also in {seen[code.code]}"
                yield file.problem(at, fault, "Keep one: a code has one address.")
            seen[code.code] = name
        for key in ("patient", "staff"):
            yield from check_place(file, (name, key), getattr(group, key), guide, unread)
    for number, request in enumerate(guide.data(RECORD_REQUESTS).values()):
        at_request = (number, "opens")
        file = files["record-requests.yml"]
        yield from check_place(file, at_request, request.opens, guide, unread)
