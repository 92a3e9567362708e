"""Read the sections of a built page: each heading with the text under it, as a reader sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
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
        title: Text of its heading.
        text: Text under it, up to the next heading of any level.
    """

    level: int
    id: str
    title: str = ""
    text: str = ""
    parts: list[str] = field(default_factory=list, repr=False)

    @property
    def sentence(self) -> str:
        """The text with punctuation after each list item, so that it can be read in one line."""
        lines = [" ".join(line.split()) for line in "".join(self.parts).split(LINE)]
        marked = [line if line[-1] in ".?!:;" else f"{line};" for line in lines if line]
        return " ".join(marked).rstrip(";")


class _Reader(HTMLParser):
    """Collects sections. Text before the first heading, and from the page's foot on, is ignored."""

    def __init__(self, leave_out: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.leave_out = frozenset(leave_out)
        self.sections: list[Section] = []
        self.open: Section | None = None
        self.title: list[str] | None = None
        self.title_ends = ""
        self.skipped = 0
        self.ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        classes = named.get("class", "").split()
        if self.ended:
            return
        if self.skipped or tag in NOT_READ or self.leave_out.intersection(classes):
            self.skipped += tag not in VOID
        elif FOOT in classes:
            self.close_section()
            self.ended = True
        elif tag in HEADINGS or ENTRY in classes:
            self.close_section()
            level = HEADINGS.get(tag, ENTRY_LEVEL)
            self.open = Section(level, named.get("id", ""))
            self.title, self.title_ends = [], tag if tag in HEADINGS else "dt"
        elif tag in APART:
            if self.open and self.title is None and not self.open.id + _joined(self.open.parts):
                self.open.id = named.get("id", "")  # the id of a folded question is its answer's
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif self.open and self.title is not None and tag == self.title_ends:
            self.open.title, self.title = _joined(self.title), None
        elif tag == "li":
            self.handle_data(LINE)
        elif tag in APART:
            self.handle_data(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Ignore self-closing elements, which are parts of drawings."""

    def handle_data(self, data: str) -> None:
        if data != LINE:
            data = data.replace("\n", " ")
        if self.open and not self.skipped:
            (self.open.parts if self.title is None else self.title).append(data)

    def close_section(self) -> None:
        if self.open:
            self.open.text = _joined(self.open.parts)
            self.sections.append(self.open)
        self.open = None


def _joined(parts: Iterable[str]) -> str:
    return " ".join("".join(parts).split())


@lru_cache(maxsize=256)
def sections_of(html: str, *, leave_out: tuple[str, ...] = ()) -> tuple[Section, ...]:
    """Return the sections of a page, in order.

    Cached, because a preview reads all pages after each change, and most are the same.

    Args:
        html: The built page.
        leave_out: Classes of elements whose text is left out.
    """
    reader = _Reader(leave_out)
    reader.feed(html)
    reader.close_section()
    return tuple(reader.sections)
