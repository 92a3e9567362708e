"""Collect the review pack of one edition: rows, questions, versions, changes. No layout yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scripts.content import load_guide
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.evidence import Fact, Source
from scripts.guide.models.review_pack import OpenQuestion, ReviewPackWords
from scripts.review_pack.collect import PageReview, Statement, statements
from scripts.review_pack.compare import Differences, compare, compare_files
from scripts.review_pack.history import CONTENT, Version, content_at, current_version, version_since
from scripts.review_pack.words import load_pack_data
from scripts.root import ROOT


@dataclass(frozen=True)
class Since:
    """The changes since a version.

    Attributes:
        asked: Tag, commit or day that was requested.
        version: Commit that it refers to.
        differences: All changes since that commit.
    """

    asked: str
    version: Version
    differences: Differences


@dataclass(frozen=True)
class Pack:
    """All content of the review pack.

    Attributes:
        guide: The content, with its edition.
        words: The pack's own words.
        questions: Open questions.
        pages: Each page with its rows.
        version: Version of the content; None if it is not kept in git.
        since: Changes since a version; None if not requested.
    """

    guide: Guide
    words: ReviewPackWords
    questions: tuple[OpenQuestion, ...]
    pages: tuple[PageReview, ...]
    version: Version | None = None
    since: Since | None = None

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All rows, in order."""
        return tuple(statement for page in self.pages for statement in page.statements)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts in use, each once, in the order in which they are first named."""
        found = {fact.id: fact for each in self.statements for fact in each.facts}
        return tuple(found.values())

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources cited, each once, in the order in which they are first named."""
        found = {source.id: source for each in self.statements for source in each.sources}
        return tuple(found.values())

    @cached_property
    def shown_in(self) -> dict[str, list[str]]:
        """The numbers of the rows that are based on each fact, without repetitions."""
        found: dict[str, list[str]] = {}
        for statement in self.statements:
            for fact in statement.facts if statement.kind != "again" else ():
                found.setdefault(fact.id, []).append(statement.number)
        return found

    def questions_of(self, path: str) -> list[OpenQuestion]:
        """Return the open questions about a page."""
        return [
            question
            for question in self.questions
            if any(place.partition("#")[0] == path for place in question.where)
        ]

    def count(self, *kinds: str) -> int:
        """Return the number of rows of some kinds."""
        return sum(statement.kind in kinds for statement in self.statements)

    @cached_property
    def sourced(self) -> int:
        """The number of statements that are based on a source."""
        return sum(statement.has_facts for statement in self.statements)

    @cached_property
    def by_confidence(self) -> Counter[str]:
        """The number of facts in use, by confidence."""
        return Counter(fact.confidence for fact in self.facts)

    @cached_property
    def by_kind(self) -> Counter[str]:
        """The number of sources cited, by kind."""
        return Counter(source.kind for source in self.sources)

    @cached_property
    def by_seen(self) -> Counter[str]:
        """The number of facts in use, by how much of the source was read."""
        return Counter(fact.seen for fact in self.facts)


def make_pack(guide: Guide, *, since: str | None = None, root: Path = ROOT) -> Pack:
    """Return the review pack.

    Args:
        guide: The checked content.
        since: A tag, a commit or a day to compare with.
        root: Repository that contains the content.

    Raises:
        ContentError: The pack's own words or the open questions have errors.
        HistoryError: There is no such version, or git is not installed.
    """
    data = load_pack_data(guide)
    pages = statements(guide, data.order)
    return Pack(
        guide,
        data.words,
        data.questions,
        pages,
        current_version(root),
        _since(guide, pages, since, data.order, root) if since else None,
    )


def _since(
    guide: Guide, pages: Sequence[PageReview], asked: str, order: Sequence[str], root: Path
) -> Since:
    version = version_since(root, asked)
    data = root / "docs" / "data"
    own = guide.edition_file if guide.edition_file != data / "clinic.yml" else None
    with content_at(root, version) as before:
        try:
            old = load_guide(before, clinic=own)
        except ContentError:
            return Since(asked, version, compare_files(before, root, CONTENT))
        differences = compare(statements(old, order), pages, old, guide)
    return Since(asked, version, differences)
