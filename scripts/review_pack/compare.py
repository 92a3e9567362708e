"""Compare two versions of the content."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from scripts.guide.guide import Guide
from scripts.guide.models.evidence import Fact
from scripts.review_pack.collect import PageReview, Statement

ALIKE = 0.6
"""Similarity, from 0 to 1, from which two texts count as the same statement reworded."""

SENTENCE = re.compile(r"(?<=[.?!:;]) ")

Change = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class StatementChange:
    """A statement that was added, changed or removed."""

    change: Change
    page: str
    before: Statement | None
    now: Statement | None


@dataclass(frozen=True)
class FactChange:
    """A fact whose claim, sources or confidence has changed."""

    before: Fact
    now: Fact


@dataclass(frozen=True)
class FileChange:
    """The changed lines of a file.

    Attributes:
        file: Path below the repository root.
        removed: Lines of the old version only.
        added: Lines of the new version only.
    """

    file: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """All changes between two versions.

    Attributes:
        statements: Changed statements, by page and in order.
        facts: Changed facts among those used in either version.
        files: Changed lines, if the old content could not be read; None if it could.
    """

    statements: tuple[StatementChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    files: tuple[FileChange, ...] | None = None


def compare(
    before: Sequence[PageReview], now: Sequence[PageReview], old: Guide, new: Guide
) -> Differences:
    """Compare two versions, statement by statement.

    Args:
        before: The rows of the old content.
        now: The rows of the new content.
        old: The old content.
        new: The new content.
    """
    was = {review.page.path: review.statements for review in before}
    shown = {review.page.path: review.statements for review in now}
    found = [
        change
        for path in dict.fromkeys((*shown, *was))
        for change in _page(path, was.get(path, ()), shown.get(path, ()))
    ]
    used = {
        fact.id: None
        for review in (*now, *before)
        for statement in review.statements
        for fact in statement.facts
    }
    facts = (
        FactChange(old.facts[name], new.facts[name])
        for name in used
        if name in old.facts and name in new.facts
    )
    changed = tuple(
        each
        for each in facts
        if (each.before.claim, each.before.sources, each.before.confidence)
        != (each.now.claim, each.now.sources, each.now.confidence)
    )
    return Differences(tuple(found), changed)


def _key(statement: Statement) -> tuple[object, ...]:
    evidence = tuple(
        (each.fact.id if each.fact else "", tuple(source.id for source in each.sources))
        for each in statement.evidence
    )
    return (statement.words, evidence)


def _said(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the units to compare: each statement, and each sentence without a mark on its own.

    A sentence without a mark may move from one statement to the next when others change, so it
    is not compared as a part of its statement.
    """
    for statement in statements:
        unmarked = [statement.before, statement.after]
        if statement.kind == "unsourced":
            unmarked = [statement.words]
        elif statement.kind != "again":
            yield replace(statement, before="", after="")
        for text in unmarked:
            for sentence in filter(None, SENTENCE.split(text)):
                yield replace(
                    statement, kind="unsourced", words=sentence, before="", after="", evidence=()
                )


def _page(
    path: str, before: Sequence[Statement], now: Sequence[Statement]
) -> list[StatementChange]:
    was, shown = list(_said(before)), list(_said(now))
    same = {_key(statement) for statement in was} & {_key(statement) for statement in shown}
    gone = [statement for statement in was if _key(statement) not in same]
    changes: list[StatementChange] = []
    for statement in shown:
        if _key(statement) in same:
            continue
        if match := _likest(statement, gone):
            gone.remove(match)
            changes.append(StatementChange("changed", path, match, statement))
        else:
            changes.append(StatementChange("added", path, None, statement))
    changes += [StatementChange("removed", path, statement, None) for statement in gone]
    return changes


def _likest(statement: Statement, others: Sequence[Statement]) -> Statement | None:
    """Return the statement with the most similar words, or None if none is similar enough."""
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(statement.words.split())
    best, best_ratio = None, ALIKE
    for other in others:
        matcher.set_seq1(other.words.split())
        if matcher.real_quick_ratio() >= best_ratio and matcher.ratio() >= best_ratio:
            best, best_ratio = other, matcher.ratio()
    return best


def compare_files(before: Path, now: Path, folders: Sequence[str]) -> Differences:
    """Compare two versions line by line, if the old one cannot be read as content."""
    was, shown = _texts(before, folders), _texts(now, folders)
    changes = []
    # Pages, which people read, come first.
    for file in sorted({*was, *shown}, key=lambda file: (not file.endswith(".md"), file)):
        lines = list(
            difflib.unified_diff(
                was.get(file, "").splitlines(),
                shown.get(file, "").splitlines(),
                lineterm="",
                n=0,
            )
        )[2:]
        removed = tuple(line[1:].strip() for line in lines if line[0] == "-")
        added = tuple(line[1:].strip() for line in lines if line[0] == "+")
        if removed or added:
            changes.append(FileChange(file, removed, added))
    return Differences(files=tuple(changes))


def _texts(root: Path, folders: Sequence[str]) -> Mapping[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for folder in folders
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in {".md", ".yml"}
    }
