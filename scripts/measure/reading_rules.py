"""Read ``docs/data/reading.yml``: which pages are for acting, and the limits of all pages."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from scripts.guide.errors import ContentError
from scripts.guide.models.base import validate
from scripts.guide.models.reading import ReadingRules
from scripts.guide.yaml_source import Location, read
from scripts.root import ROOT

RULES = ROOT / "docs" / "data" / "reading.yml"


def load_reading_rules(
    pages: Collection[str], file: Path = RULES, root: Path = ROOT
) -> ReadingRules:
    """Return the validated rules.

    Args:
        pages: All pages of the guide.
        file: File that contains the rules.
        root: Folder to which paths in error messages are relative.

    Raises:
        ContentError: A rule is wrong, or names a page that does not exist.
    """
    source = read(file, root)
    rules = validate(ReadingRules, source)
    named: list[Location] = [("action_pages", page) for page in rules.action_pages]
    problems = [
        source.problem(place, f"there is no page “{place[-1]}”", "Name a file of docs/en.")
        for place in named
        if place[-1] not in pages
    ]
    if problems:
        raise ContentError(problems)
    return rules
