"""Turn the guide into rows: each statement with its place, words, facts and their sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase

from scripts.checks.pages import CALL, LINK
from scripts.components.registry import COMPONENTS, Macros
from scripts.components.render import one_line
from scripts.components.review import (
    WITHOUT_FACTS,
    Evidence,
    Kind,
    Review,
    Row,
    Said,
    plain,
    said_together,
)
from scripts.guide.clinic_words import clinic_html
from scripts.guide.guide import Guide
from scripts.guide.models.evidence import Fact, Source
from scripts.guide.pages import Call, Heading, Page

SPECIAL: tuple[Kind, ...] = ("temperature", "number", "region-rule")
"""Kinds of sentence, named after the macro in them. The last that applies counts."""

MARK = re.compile("\ue000([0-9]+)\ue001")
SENTENCE_END = re.compile(
    '[.?!]["”’)*]*(?:\ue000[0-9]+\ue001)*(?=\\s+["“‘(]?[*A-Z0-9])'  # ends before a new sentence
)
FRAME = re.compile(r"///.*|\{ [.#][^}]*\}")
CITE = re.compile(r"\{\{ cite\([^}]*\}\}")
LIST_MARK = re.compile(r"^\s*(?:[-*+]|[0-9]+\.)\s+")
EMPHASIS = re.compile(r"[*`]+")
UNIT = re.compile(r"(?<=[0-9]) (?=°[CF])")


@dataclass(frozen=True)
class Statement:
    """A row of the review pack.

    Attributes:
        number: Number of page and row, such as ``3.12``.
        page: File of the page.
        section: Heading above it; None above the first heading.
        kind: Kind of content that makes the statement.
        words: Text that the reader sees; ``[a]``, ``[b]`` mark several facts.
        before: Text of the same paragraph above it that has no mark of its own.
        after: Text of the same paragraph below it that has no mark of its own.
        evidence: Facts and sources that it is based on.
        see: Numbers of the rows that are repeated here, or whose facts this row shares.
    """

    number: str
    page: str
    section: Heading | None
    kind: Kind
    words: str
    before: str = ""
    after: str = ""
    evidence: tuple[Evidence, ...] = ()
    see: tuple[str, ...] = ()

    @property
    def all_words(self) -> str:
        """All text that the reader sees there."""
        return said_together([self.before, self.words, self.after])

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that it is based on."""
        return tuple(each.fact for each in self.evidence if each.fact)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that it cites, without repeats."""
        return tuple({s.id: s for each in self.evidence for s in each.sources}.values())

    @property
    def has_facts(self) -> bool:
        """Whether it is a medical statement with a source, and not a repetition."""
        return self.kind not in WITHOUT_FACTS


@dataclass(frozen=True)
class PageReview:
    """A page with its rows.

    Attributes:
        number: Position in the pack, from 1.
        page: The page.
        statements: Statements in reading order.
    """

    number: int
    page: Page
    statements: tuple[Statement, ...]


def statements(guide: Guide, order: Sequence[str] = ()) -> tuple[PageReview, ...]:
    """Return every page of the guide with its rows.

    Args:
        guide: The checked content.
        order: Pages in the order of the menu. All other pages follow.
    """
    paths = [path for path in order if path in guide.pages]
    paths += [path for path in guide.pages if path not in paths]
    collector = _Collector(guide)
    rows = {path: list(collector.rows_of(guide.pages[path])) for path in paths}
    named: dict[str, list[tuple[str, Row]]] = {}
    for page_number, path in enumerate(paths, 1):
        for row_number, row in enumerate(rows[path], 1):
            if row.key:
                named.setdefault(row.key, []).append((f"{page_number}.{row_number}", row))

    def others_of(row: Row) -> list[tuple[str, Row]]:
        return [other for key in row.see for other in named.get(key, [])]

    def evidence_of(row: Row) -> tuple[Evidence, ...]:
        return row.evidence or _joined(
            each for _, other in others_of(row) for each in evidence_of(other)
        )

    def finished(path: str, number: str, row: Row) -> Statement:
        return Statement(
            number=number,
            page=path,
            section=row.section,
            kind=row.kind,
            words=row.words,
            before=row.before,
            after=row.after,
            evidence=evidence_of(row),
            see=tuple(dict.fromkeys(number for number, _ in others_of(row))),
        )

    return tuple(
        PageReview(
            page_number,
            guide.pages[path],
            tuple(
                finished(path, f"{page_number}.{row_number}", row)
                for row_number, row in enumerate(rows[path], 1)
            ),
        )
        for page_number, path in enumerate(paths, 1)
    )


def _joined(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence with one entry for each fact, which has all the fact's sources."""
    facts: dict[str, Fact | None] = {}
    sources: dict[str, dict[str, Source]] = {}
    for each in evidence:
        name = each.fact.id if each.fact else ""
        facts[name] = each.fact
        sources.setdefault(name, {}).update({source.id: source for source in each.sources})
    return tuple(Evidence(fact, tuple(sources[name].values())) for name, fact in facts.items())


class _Collector(Review):
    """Collects the rows of one page after another, in printing order."""

    def rows_of(self, page: Page) -> Iterator[Row]:
        """Yield the rows of a page. Adjacent rows without a source are joined into one."""
        said = _gathered(self._page(page))
        for (kind, section), rows in groupby(said, lambda row: (row.kind, row.section)):
            if kind != "unsourced":
                yield from rows
                continue
            yield Row(section, kind, said_together(row.words for row in rows))

    def _page(self, page: Page) -> Iterator[Row]:
        self.page = Macros(self.guide, page.path)
        calls = list(page.calls)
        paragraph, above, gap = 1, "", False
        for number, line in page.lines():
            # A list belongs to the paragraph of the line that introduces it.
            if gap and not above.endswith(":") and not LIST_MARK.match(line):
                paragraph += 1
            gap = not line.strip()
            above = above if gap else EMPHASIS.sub("", CITE.sub("", line)).strip()
            here = [call for call in calls if call.line == number]
            section = page.section_at(number)
            if any(heading.line == number for heading in page.headings):
                paragraph += 1
                continue
            if here and (component := COMPONENTS[here[0].name]).block:
                yield from component.rows(here[0], self, section)
            elif line.strip() and not FRAME.fullmatch(line.strip()):
                for row in self._line(line, here, section):
                    row.paragraph = paragraph
                    yield row
        if own := self.guide.edition.paragraphs.get(page.path):
            yield Row(None, "own", plain(one_line(clinic_html(own))))
        words = dict.fromkeys(str(call.first) for call in calls if call.name == "term")
        if words:
            names = ", ".join(self.guide.terms[name].term for name in words)
            yield Row(None, "again", names, see=tuple(f"term:{name}" for name in words))

    # --- Prose ------------------------------------------------------------------------------

    def _line(self, line: str, calls: Sequence[Call], section: Heading | None) -> Iterator[Row]:
        """Yield the rows of a line of prose: a statement up to each mark, then the rest."""
        said = Said(self.guide)
        waiting = iter(calls)

        def say(_match: re.Match[str]) -> str:
            call = next(waiting)
            return COMPONENTS[call.name].said(call, self, said)

        text = CALL.sub(say, line)
        text = LINK.sub(r"\1", re.sub(r"\{\s*[#.][^}]*\}$", "", text.rstrip()))
        text = EMPHASIS.sub("", LIST_MARK.sub("", text)).strip()
        ends = [match.end() for match in SENTENCE_END.finditer(text)] + [len(text)]
        start, since = 0, 0
        for end in ends:
            part = text[start:end].strip()
            if _names(part, said):
                yield self._sourced(text[since:end].strip(), said, section)
                since = end
            start = end
        if rest := text[since:].strip():
            yield Row(section, "unsourced", _bare(rest))

    def _sourced(self, text: str, said: Said, section: Heading | None) -> Row:
        """Return a statement with its facts, lettered in the order of their marks."""
        names = _names(text, said)
        known = list(said.found)
        marked = list(dict.fromkeys(known[int(match[1])] for match in MARK.finditer(text)))
        letters = dict(zip(marked, ascii_lowercase, strict=False)) if len(marked) > 1 else {}
        names = [*marked, *(name for name in names if name not in marked)]

        def mark(match: re.Match[str]) -> str:
            return f" [{letters[known[int(match[1])]]}]" if letters else ""

        kind: Kind = "sentence"
        for special in SPECIAL:
            if f"\ue004{special}\ue005" in text:
                kind = special
        words = _bare(re.sub(r"(\[[a-z]\])(?: \1)+", r"\1", MARK.sub(mark, text)))
        evidence = tuple(
            self.evidence(name, said.found[name], letters.get(name, ""))
            for name in names
            if name in self.guide.facts
        )
        return Row(section, kind if evidence else "own", words, evidence)


def _names(text: str, said: Said) -> list[str]:
    """Return the facts that a text names, in order. “own” counts too, as an empty name."""
    known = list(said.found)
    found = re.finditer("\ue000([0-9]+)\ue001|\ue002([^\ue003]+)\ue003|\ue004own\ue005", text)
    names = [known[int(match[1])] if match[1] else match[2] or "" for match in found]
    return list(dict.fromkeys(names))


def _bare(text: str) -> str:
    """Return a text without our internal markers."""
    text = re.sub("\ue002[^\ue003]*\ue003|\ue004[^\ue005]*\ue005", "", MARK.sub("", text))
    return re.sub(r" +", " ", text).strip()


def _gathered(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the statements, each with the unmarked text of its paragraph that belongs to it."""
    for paragraph, group in groupby(rows, lambda row: row.paragraph):
        found = list(group)
        stated = [row for row in found if row.kind != "unsourced"]
        if not paragraph or not stated:
            yield from found
            continue
        last: Row | None = None
        waiting: list[str] = []
        for row in found:
            if row.kind != "unsourced":
                row.before, waiting = said_together(waiting), []
                last = row
            elif last and (last.words.endswith(":") or last is stated[-1]):
                last.after = said_together([last.after, row.words])
            else:
                waiting.append(row.words)
        yield from stated
