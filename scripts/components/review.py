"""Functions with which components write their rows of the review pack."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from markupsafe import Markup

from scripts.components.page import PageContext
from scripts.guide.guide import Guide
from scripts.guide.models.base import Model
from scripts.guide.models.evidence import Fact, Source
from scripts.guide.pages import Heading

Kind = Literal[
    "sentence",
    "number",
    "temperature",
    "region-rule",
    "care-card",
    "no-answer",
    "reading-path",
    "sheet",
    "sheet-item",
    "figure",
    "timeline",
    "timeline-row",
    "grades",
    "grades-row",
    "helper",
    "temperature-row",
    "ready-words",
    "codes",
    "component",
    "glossary-term",
    "article",
    "own",
    "unsourced",
    "again",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
WITHOUT_FACTS: tuple[Kind, ...] = ("unsourced", "again", "own", "article")
"""Kinds of rows without a fact of their own."""

UNIT = re.compile(r"(?<=[0-9]) (?=°[CF])")


@dataclass(frozen=True)
class Evidence:
    """The fact and the sources of a statement.

    Attributes:
        fact: The fact; None for a word of the glossary, which names sources without a fact.
        sources: Sources of the fact that are cited there.
        mark: Letter that marks the fact in the words, if they contain several facts.
    """

    fact: Fact | None
    sources: tuple[Source, ...]
    mark: str = ""


@dataclass
class Row:
    """A row without its number. ``key`` is its name, ``see`` lists keys of rows it refers to."""

    section: Heading | None
    kind: Kind
    words: str
    evidence: tuple[Evidence, ...] = ()
    key: str = ""
    see: tuple[str, ...] = ()
    paragraph: int = 0
    before: str = ""
    after: str = ""


@dataclass
class Said:
    """The words of a line with the facts that are marked in them."""

    guide: Guide
    found: dict[str, dict[str, None]] = field(default_factory=dict)
    kinds: set[Kind] = field(default_factory=set)

    def note(self, fact: str, sources: Iterable[str], *, marked: bool) -> str:
        """Record a fact with its sources and return its mark; empty if the page shows none."""
        known = self.found.setdefault(fact, {})
        known |= dict.fromkeys(sources)
        return f"\ue000{[*self.found].index(fact)}\ue001" if marked else f"\ue002{fact}\ue003"


class Review:
    """Turns the texts of components into rows, page by page, in the order of print.

    Attributes:
        guide: The checked content.
        page: Current page.
    """

    page: PageContext

    def __init__(self, guide: Guide) -> None:
        """Set the guide; nothing has been shown yet."""
        self.guide = guide
        self.shown: set[str] = set()

    def say(self, text: str | None) -> str:
        """Return a text as plain words, with its placeholders filled."""
        return plain(self.page.formatter.rich(text))

    def row(
        self,
        section: Heading | None,
        kind: Kind,
        words: str,
        facts: Iterable[str] = (),
        sources: Iterable[str] = (),
        key: str = "",
    ) -> Row:
        """Return a row with each fact and the sources that support it."""
        cited = tuple(dict.fromkeys(sources))
        evidence = tuple(
            self.evidence(
                name,
                [s for s in cited if s in self.guide.facts[name].sources]
                # A table cites sources for all of its facts together; each fact supports only some.
                or self.guide.facts[name].sources,
            )
            for name in dict.fromkeys(facts)
        )
        return Row(section, kind if evidence else "unsourced", words, evidence, key=key)

    def evidence(self, fact: str, sources: Iterable[str], mark: str = "") -> Evidence:
        """Return a fact with the sources that are cited for it there."""
        named = tuple(self.guide.sources[name] for name in dict.fromkeys(sources))
        return Evidence(self.guide.facts[fact], named, mark)

    def first(self, key: str) -> bool:
        """Return whether something is shown for the first time."""
        if key in self.shown:
            return False
        self.shown.add(key)
        return True

    def flat(self, record: Model) -> str:
        """Return all words of a record that has no sources."""
        values = (getattr(record, name) for name in type(record).model_fields if name != "kind")
        texts = (
            text
            for value in values
            for text in (value if isinstance(value, tuple) else (value,))
            if isinstance(text, str)
        )
        return " ".join(ended(self.say(text)) for text in texts)


def plain(html: str) -> str:
    """Return the text of HTML, with each unit kept on the same line as its number."""
    # Nothing renders this: the tags are removed.
    return UNIT.sub("\u00a0", Markup(html).striptags())  # noqa: S704


def said_together(texts: Iterable[str]) -> str:
    """Join texts into one; those without a full stop are joined like items of a list."""
    joined = ""
    for text in filter(None, texts):
        stop = "" if not joined or joined[-1] in ".?!:;”)" else ";"
        joined = f"{joined}{stop} {text}".strip()
    return joined


def ended(text: str) -> str:
    """Return a text with a full stop, unless it already ends with punctuation."""
    return text if not text or text[-1] in ".?!:”" else f"{text}."
