"""Addresses that never die: which there are, where each leads, and what must not become of them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scripts.errors import Problem
from scripts.models.address import Address
from scripts.pages import anchors_of, url_of
from scripts.yaml_source import YamlSource

if TYPE_CHECKING:
    from scripts.content import Guide

SHORT, CODES = "go/", "connect/"
"""The folders of short forms and of the codes of record systems: no page may stand there."""

DIRECTORY = "connect.json"
"""The codes of record systems for machines."""


@dataclass(frozen=True)
class Redirect:
    """An address where no page stands, but that leads to one.

    Attributes:
        address: Below the home of its language, such as ``go/fever/``.
        target: The page and anchor that it leads to, such as ``temperature.md``.
        parts: Where each part of a moved page stands now, by its former id.
    """

    address: str
    target: str
    parts: dict[str, str] = field(default_factory=dict)


def address_of(place: str) -> str:
    """Give the address of a page or a part of one: ``get-help/#not-sure``."""
    path, mark, anchor = place.partition("#")
    return f"{url_of(path)}{mark}{anchor}"


def home_of(language: str, guide: Guide) -> str:
    """Give the folder of a language below the site: none for the first, else its name."""
    return "" if language == guide.edition.languages[0] else f"{language}/"


def stands(place: str, guide: Guide) -> bool:
    """Tell whether there is such a page, and such an id on it."""
    path, _, anchor = place.partition("#")
    return path in guide.pages and (not anchor or anchor in anchors_of(guide.pages[path]))


def place_of(address: Address, guide: Guide) -> str:
    """Give where an address leads today; a part goes with its page unless it says otherwise."""
    path, mark, anchor = address.target.partition("#")
    page = guide.addresses.get(path)
    if address.moved_to is None and anchor and page and page.moved_to:
        return f"{page.moved_to.partition('#')[0]}{mark}{anchor}"
    return address.now


def redirects(guide: Guide) -> tuple[Redirect, ...]:
    """Give all addresses that lead elsewhere: short forms, moved pages, codes."""
    found = []
    for address in guide.addresses.values():
        place = place_of(address, guide)
        if address.short:
            found.append(Redirect(f"{SHORT}{address.short}/", place))
        if address.moved_to and "#" not in address.target:
            parts = {
                other.target.partition("#")[2]: place_of(other, guide)
                for other in guide.addresses.values()
                if other.target.startswith(f"{address.target}#")
            }
            found.append(Redirect(url_of(address.target), place, parts))
    for group in guide.record_codes.values():
        found += [Redirect(f"{CODES}{code.code}/", group.patient) for code in group.codes]
    return tuple(found)


def moved_parts(path: str, guide: Guide) -> dict[str, str]:
    """Give the parts that have left a page which itself still stands: where they are now, by id."""
    return {
        address.target.partition("#")[2]: address.moved_to
        for address in guide.addresses.values()
        if address.moved_to and path in guide.pages and address.target.startswith(f"{path}#")
    }


def published(guide: Guide) -> dict[str, datetime.date]:
    """Give every address that others may hold, with the day on which it was published."""
    found: dict[str, datetime.date] = {}
    for address in guide.addresses.values():
        found["/" + address_of(address.target)] = address.published
        if address.short:
            found[f"/{SHORT}{address.short}/"] = address.published
    for group in guide.record_codes.values():
        for code in group.codes:
            found[f"/{CODES}{code.code}/"] = group.published
        first = found.get(f"/{DIRECTORY}", group.published)
        found[f"/{DIRECTORY}"] = min(first, group.published)
    return found


def faults_of_addresses(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Yield addresses that lead nowhere, to two places, or over a page.

    Args:
        files: The data files, by name.
        guide: The content.
        unread: Pages that are there, but have faults of their own.
    """
    file = files["addresses.yml"]
    shorts: dict[str, str] = {}
    for index, address in enumerate(guide.addresses.values()):
        if address.target.partition("#")[0] not in unread:
            yield from _place(file, index, address, guide, unread)
        if address.short and shorts.setdefault(address.short, address.target) != address.target:
            fault = f"the short form “{address.short}” also leads to {shorts[address.short]}"
            yield file.problem((index, "short"), fault, "Give one of them another.")
    for path in guide.pages:
        if url_of(path).startswith((SHORT, CODES)):
            yield guide.pages[path].problem(
                1, "the file", "the page stands where short addresses lead on", "Name it otherwise."
            )


def _place(
    file: YamlSource, index: int, address: Address, guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    place = place_of(address, guide)
    if address.moved_to and stands(address.target, guide):
        fault = f"{address.target} has moved, but still stands there"
        remedy = "Take out moved_to, or what still stands there."
        yield file.problem((index, "moved_to"), fault, remedy)
    elif place.partition("#")[0] not in unread and not stands(place, guide):
        fault = f"the address leads nowhere: there is no “{place}”"
        remedy = "It was published, so it must work: put it back, or say moved_to where it is now."
        key = "moved_to" if address.moved_to else "target"
        yield file.problem((index, key), fault, remedy)
