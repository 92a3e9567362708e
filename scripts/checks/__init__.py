"""Checks that must pass before anything is built: one group of checks in each module."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from scripts.checks.addresses import check_addresses
from scripts.checks.article import check_article
from scripts.checks.claims import check_claims
from scripts.checks.edition import check_edition
from scripts.checks.lay_terms import check_lay_terms
from scripts.checks.pages import check_pages
from scripts.checks.record_codes import check_record_codes
from scripts.checks.references import check_references
from scripts.checks.sheets import check_pages_of_sheets, check_sheets
from scripts.guide.errors import Problem
from scripts.guide.guide import Guide
from scripts.guide.yaml_source import YamlSource

Check = Callable[[Mapping[str, YamlSource], Guide, Collection[str]], Iterator[Problem]]
"""A function that takes the data files by name, the content, and the pages that could not be read.

A check accepts every reference to an unread page, because that page has errors of its own.
"""

CHECKS: tuple[Check, ...] = (
    check_edition,
    check_claims,
    check_article,
    check_pages_of_sheets,
    check_addresses,
    check_record_codes,
)
"""Checks that need neither of the two lists below."""

NAMES: tuple[Check, ...] = (check_references, check_sheets)
"""Checks of the names by which pages show data."""

ONCE_NAMES_HOLD: tuple[Check, ...] = (check_pages, check_lay_terms)
"""Checks that look data up by those names, so they run only if ``NAMES`` finds no problem."""


def check_all(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Yield every problem of the content.

    Args:
        files: The data files, by name. The edition has the name ``clinic.yml``, whatever its path.
        guide: The content.
        unread: Pages that exist but could not be read.
    """
    for check in CHECKS:
        yield from check(files, guide, unread)
    broken = [problem for check in NAMES for problem in check(files, guide, unread)]
    yield from broken
    for check in () if broken else ONCE_NAMES_HOLD:
        yield from check(files, guide, unread)
