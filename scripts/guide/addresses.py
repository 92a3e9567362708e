"""Addresses that never die: which there are, where each leads, and what must not become of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from scripts.guide.guide import Guide
from scripts.guide.models.address import Address
from scripts.guide.pages import url_of

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
