"""Read the sections of a built page: each heading with the text under it, as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.etree import iterwalk

from scripts.finishing.site import Page

NOT_READ = {"sup", "svg", "script", "style", "template", "button", "textarea"}
"""Source marks, drawings and controls: not part of a section's text."""

APART = {"p", "li", "ul", "ol", "div", "section", "table", "tr", "td", "th", "h4", "dt", "dd"}
"""Elements whose text is separated by a space from the text before."""

HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
ENTRY, ENTRY_LEVEL = "crs-words__entry", 4
"""Class and level of a glossary entry, which is a section with its own address."""

FOOT = "crs-page-foot"
LINE = "\n"
"""Ends a list item. In the text of a section it is a space."""


@dataclass
class Section:
    """A part of a page.

    Attributes:
        level: 1 to 3 for a heading, 4 for a glossary entry.
        id: Id of the element in the page.
        titles: Pieces of the text of its heading.
        parts: Pieces of the text under it, up to the next heading of any level.
    """

    level: int
    id: str
    titles: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The text of its heading."""
        return _joined(self.titles)

    @property
    def text(self) -> str:
        """The text under it."""
        return _joined(self.parts)

    @property
    def sentence(self) -> str:
        """The text with punctuation after each list item, so that it can be read in one line."""
        lines = [" ".join(line.split()) for line in "".join(self.parts).split(LINE)]
        marked = [line if line[-1] in ".?!:;" else f"{line};" for line in lines if line]
        return " ".join(marked).rstrip(";")


@lru_cache(maxsize=256)
def sections_of(page: Page, *, leave_out: tuple[str, ...] = ()) -> tuple[Section, ...]:
    """Return the sections of a page, in order. Text before the first heading is in none of them.

    Cached, because a preview reads all pages after each change, and most are the same.

    Args:
        page: The built page, which is read as far as its foot.
        leave_out: Classes of elements whose text is left out.
    """
    hidden = frozenset(leave_out)
    sections: list[Section] = []
    into: list[str] = []  # where text goes: before the first heading, to no section
    title_ends = ""
    walk = iterwalk(page.tree, events=("start", "end"))
    for event, element in walk:
        tag, classes = element.tag, element.get("class", "").split()
        skipped = tag in NOT_READ or not hidden.isdisjoint(classes)
        if event == "start" and skipped:
            walk.skip_subtree()
        elif event == "start":
            if FOOT in classes:
                break
            if tag in HEADINGS or ENTRY in classes:
                level = HEADINGS.get(tag, ENTRY_LEVEL)
                sections.append(Section(level, element.get("id", "")))
                into, title_ends = sections[-1].titles, tag if tag in HEADINGS else "dt"
            elif tag in APART:
                if sections and not title_ends and not sections[-1].id + sections[-1].text:
                    # The id of a folded question is its answer's.
                    sections[-1].id = element.get("id", "")
                into.append(" ")
            into.append(_in_line(element.text))
        else:
            if tag == title_ends and not skipped:
                into, title_ends = sections[-1].parts, ""
            elif tag in APART and not skipped:
                into.append(LINE if tag == "li" else " ")
            into.append(_in_line(element.tail))
    return tuple(sections)


def _in_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _joined(parts: Iterable[str]) -> str:
    return " ".join("".join(parts).split())
