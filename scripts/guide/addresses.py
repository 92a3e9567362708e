"""Permanent addresses: short forms, codes of record systems, and redirects of moved pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from scripts.guide.guide import Guide
from scripts.guide.models.address import Address
from scripts.guide.pages import url_of

SHORT, CODES = "go/", "connect/"
"""Folders of the short forms and of the codes of record systems. No page may be in them."""

DIRECTORY = "connect.json"
"""File that lists the codes of record systems, for machines to read."""


@dataclass(frozen=True)
class Redirect:
    """An address that has no page of its own and leads to another.

    Attributes:
        address: Path below the home page of its language, such as ``go/fever/``.
        target: Page and anchor that it leads to, such as ``temperature.md``.
        parts: For a moved page, the current place of each of its parts, by the part's former id.
    """

    address: str
    target: str
    parts: dict[str, str] = field(default_factory=dict)


def address_of(place: str) -> str:
    """Return the address of a page or of a part of one: ``get-help/#not-sure``."""
    path, mark, anchor = place.partition("#")
    return f"{url_of(path)}{mark}{anchor}"


def home_of(language: str, guide: Guide) -> str:
    """Return the folder of a language in the site: empty for the first language, else its name."""
    return "" if language == guide.edition.languages[0] else f"{language}/"


def place_of(address: Address, guide: Guide) -> str:
    """Return where an address leads today.

    A part moves with its page unless it has a ``moved_to`` of its own.
    """
    path, mark, anchor = address.target.partition("#")
    page = guide.addresses.get(path)
    if address.moved_to is None and anchor and page and page.moved_to:
        return f"{page.moved_to.partition('#')[0]}{mark}{anchor}"
    return address.now


def redirects(guide: Guide) -> tuple[Redirect, ...]:
    """Return all redirects: short forms, moved pages and codes of record systems."""
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
    """Return where the parts that have left an existing page are now, by their former ids."""
    return {
        address.target.partition("#")[2]: address.moved_to
        for address in guide.addresses.values()
        if address.moved_to and path in guide.pages and address.target.startswith(f"{path}#")
    }


def published(guide: Guide) -> dict[str, datetime.date]:
    """Return every address that others may have linked to, with the day it was published."""
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
