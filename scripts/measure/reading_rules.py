"""Reads ``docs/data/reading.yml``: which pages are for acting, and what no page may exceed."""

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
    """Read and check the rules.

    Args:
        pages: All pages of the guide.
        file: The file that holds the rules.
        root: The folder that errors name files from.

    Raises:
        ContentError: A rule is wrong, or names a page that there is not.
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
