"""Checks of addresses that lead nowhere, to two places, or hide a page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from scripts.checks.places import is_place
from scripts.guide.addresses import CODES, SHORT, place_of
from scripts.guide.errors import Problem
from scripts.guide.guide import Guide
from scripts.guide.models.address import Address
from scripts.guide.pages import url_of
from scripts.guide.yaml_source import YamlSource


def check_addresses(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Yield addresses that lead nowhere, to two places, or hide a page."""
    file = files["addresses.yml"]
    shorts: dict[str, str] = {}
    for index, address in enumerate(guide.addresses.values()):
        if address.target.partition("#")[0] not in unread:
            yield from _place(file, index, address, guide, unread)
        if address.short and shorts.setdefault(address.short, address.target) != address.target:
            fault = f"the short form “{address.short}” also leads to {shorts[address.short]}"
            yield file.problem((index, "short"), fault, "Give one of them another short form.")
    for path in guide.pages:
        if url_of(path).startswith((SHORT, CODES)):
            yield guide.pages[path].problem(
                1, "the file", "the page is at an address kept for redirects", "Rename the page."
            )


def _place(
    file: YamlSource, index: int, address: Address, guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    place = place_of(address, guide)
    if address.moved_to and is_place(address.target, guide):
        fault = f"{address.target} has moved, but still exists"
        remedy = "Remove moved_to, or delete the page or heading that moved."
        yield file.problem((index, "moved_to"), fault, remedy)
    elif place.partition("#")[0] not in unread and not is_place(place, guide):
        fault = f"the address leads nowhere: there is no “{place}”"
        remedy = "It was published and must work: restore it, or write the new place in moved_to."
        key = "moved_to" if address.moved_to else "target"
        yield file.problem((index, key), fault, remedy)
