"""Read the words of a built page for the content tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

BLOCKS = re.compile("^(p|li|dt|dd|td|th|caption|figcaption|h[1-4]|legend|label|desc)$")
"""Elements that contain one statement each."""

HOLDERS = re.compile("^(p|li|d[tdl]|t[dhr]|caption|fig.*|h[1-6]|div|section|ul|ol|legend|label"
                     "|button|title|desc|text|tspan|template|table)$")  # fmt: skip


def text_of(tag: Tag, without: str = "sup") -> str:
    """Return the words of an element as a reader sees them, without source marks."""
    left_out = {id(inner) for part in tag.select(without) for inner in part.find_all(string=True)}
    words: list[str] = []
    last: Tag | None = None
    for text in tag.find_all(string=True):
        if id(text) in left_out:
            continue
        holder = text.find_parent(HOLDERS)
        if holder is not last:  # Two cells of a table are separate words even without a space.
            words.append(" ")
        words.append(str(text))
        last = holder
    return " ".join("".join(words).split())


def blocks(part: Tag) -> Iterator[Tag]:
    """Yield each innermost block of words, including those that only a script shows."""
    for block in part.find_all(BLOCKS):
        if not block.find(BLOCKS):
            yield block


def section(part: Tag, anchor: str) -> list[Tag]:
    """Return the elements under the heading with an id, up to the next heading of its level."""
    heading = part.find(id=anchor)
    assert isinstance(heading, Tag), f"there is no id {anchor}"
    if _question_of(heading):
        return [child for child in heading.children if isinstance(child, Tag)]
    if heading.name not in ("h1", "h2", "h3", "h4"):
        return [heading]
    if heading.parent is not None and heading.parent.name == "section":
        return [heading.parent]  # The section of a care card contains its heading.
    found: list[Tag] = []
    for sibling in heading.find_next_siblings():
        if isinstance(sibling, Tag):
            if sibling.name in ("h1", "h2", "h3", "h4") and sibling.name <= heading.name:
                break
            found.append(sibling)
    return found


def _question_of(answer: Tag) -> Tag | None:
    """Return the heading of a folded question, given its answer, which has the question's id."""
    fold = answer.parent
    return fold.select_one("summary > h3") if fold and fold.name == "details" else None


def words_of_section(part: Tag, anchor: str) -> str:
    """Return the words of a heading and of what is under it."""
    named = part.find(id=anchor)
    assert isinstance(named, Tag), f"there is no id {anchor}"
    heading = _question_of(named) or named
    return " ".join([text_of(heading), *map(text_of, section(part, anchor))])
