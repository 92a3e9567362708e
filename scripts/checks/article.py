"""Check where each statement of the source article is now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from scripts.checks.places import check_place
from scripts.guide.errors import Problem
from scripts.guide.guide import Guide
from scripts.guide.yaml_source import YamlSource


def check_article(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Check the pages and ids that are named for the source article's statements."""
    for index, statement in enumerate(guide.article):
        for number, place in enumerate(statement.where):
            yield from check_place(
                files["article.yml"], (index, "where", number), place, guide, unread
            )
