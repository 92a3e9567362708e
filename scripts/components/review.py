"""What components use to put themselves into rows of the review pack."""

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
"""Rows that rest on no fact of their own."""

UNIT = re.compile(r"(?<=[0-9]) (?=°[CF])")


@dataclass(frozen=True)
class Evidence:
    """What a statement rests on.

    Attributes:
        fact: The fact; none where a word of the glossary names its sources itself.
        sources: Those of its sources that are cited there.
        mark: The letter of its place in the words, where several facts are marked in them.
    """

    fact: Fact | None
    sources: tuple[Source, ...]
    mark: str = ""


@dataclass
class Row:
    """A row before all are numbered: ``key`` names it for others, ``see`` names others."""

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
        """Keep a fact with its sources; give its mark where the page shows one."""
        known = self.found.setdefault(fact, {})
        known |= dict.fromkeys(sources)
        return f"\ue000{[*self.found].index(fact)}\ue001" if marked else f"\ue002{fact}\ue003"


class Review:
    """Turns what a component says into rows, page after page, in the order of print.

    Attributes:
        guide: The checked content.
        page: The page that is read now.
    """

    page: PageContext

    def __init__(self, guide: Guide) -> None:
        """Keep the guide; nothing has been shown yet."""
        self.guide = guide
        self.shown: set[str] = set()

    def say(self, text: str | None) -> str:
        """Return the plain words of a text, its placeholders filled."""
        return plain(self.page.words.rich(text))

    def row(
        self,
        section: Heading | None,
        kind: Kind,
        words: str,
        facts: Iterable[str] = (),
        sources: Iterable[str] = (),
        key: str = "",
    ) -> Row:
        """Return a row, each fact with those of the sources that carry it."""
        cited = tuple(dict.fromkeys(sources))
        evidence = tuple(
            self.evidence(
                name,
                [s for s in cited if s in self.guide.facts[name].sources]
                # A table cites some sources for all of its facts; each fact has its own too.
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
        """Tell whether something is shown for the first time."""
        if key in self.shown:
            return False
        self.shown.add(key)
        return True

    def flat(self, record: Model) -> str:
        """Return all words of a record that states nothing with a source."""
        values = (getattr(record, name) for name in type(record).model_fields if name != "kind")
        texts = (
            text
            for value in values
            for text in (value if isinstance(value, tuple) else (value,))
            if isinstance(text, str)
        )
        return " ".join(ended(self.say(text)) for text in texts)


def plain(html: str) -> str:
    """Give the words of a piece of HTML, with units kept on the line of their number."""
    # Nothing is rendered from it: the tags are taken out.
    return UNIT.sub("\u00a0", Markup(html).striptags())  # noqa: S704


def said_together(texts: Iterable[str]) -> str:
    """Join pieces of text; those that end without a stop are items of a list."""
    joined = ""
    for text in filter(None, texts):
        stop = "" if not joined or joined[-1] in ".?!:;”)" else ";"
        joined = f"{joined}{stop} {text}".strip()
    return joined


def ended(text: str) -> str:
    """Give a text its full stop, unless it has an end."""
    return text if not text or text[-1] in ".?!:”" else f"{text}."
