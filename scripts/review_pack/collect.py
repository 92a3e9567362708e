"""From the guide to rows: each statement with its place, its words, its facts and their sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from string import ascii_lowercase
from typing import Literal, get_args

from markupsafe import Markup

from scripts.checks.pages import CALL, LINK, MACROS
from scripts.components.macros_of_page import Components
from scripts.components.render import one_line
from scripts.guide.citations import CARRIED
from scripts.guide.clinic_words import clinic_html
from scripts.guide.guide import LEVELS, Guide
from scripts.guide.models.base import Model
from scripts.guide.models.checklist import Card, GradesBlock, Lines, Signs, TableBlock, Ticks
from scripts.guide.models.evidence import Fact, Source
from scripts.guide.pages import Call, Heading, Page

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

SPECIAL: tuple[Kind, ...] = ("temperature", "number", "region-rule")
"""Kinds of sentence by the macro in them; the last that fits counts."""

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


@dataclass(frozen=True)
class Statement:
    """A row of the review pack.

    Attributes:
        number: Page and row, such as ``3.12``.
        page: The page's file.
        section: The heading that it stands under; none above the first.
        kind: What states it.
        words: What the reader reads; ``[a]``, ``[b]`` show where several facts are marked.
        before: Words of the same paragraph above it that carry no mark of their own.
        after: The same below it.
        evidence: What it rests on.
        see: Numbers of the rows that are shown again here, or whose facts this row shares.
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
        """Everything that the reader reads there."""
        return said_together([self.before, self.words, self.after])

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that it rests on."""
        return tuple(each.fact for each in self.evidence if each.fact)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that it cites, each once."""
        return tuple({s.id: s for each in self.evidence for s in each.sources}.values())

    @property
    def rests_on_facts(self) -> bool:
        """Whether it states medical matter with a source, and is no repetition."""
        return self.kind not in WITHOUT_FACTS


@dataclass(frozen=True)
class PageReview:
    """A page with its rows.

    Attributes:
        number: Its place in the pack, from 1.
        page: The page.
        statements: In the order in which they are read.
    """

    number: int
    page: Page
    statements: tuple[Statement, ...]


@dataclass
class _Row:
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
class _Said:
    """The words of a line with the facts that are marked in them."""

    guide: Guide
    found: dict[str, dict[str, None]] = field(default_factory=dict)
    kinds: set[Kind] = field(default_factory=set)

    def note(self, fact: str, sources: Iterable[str], *, marked: bool) -> str:
        """Keep a fact with its sources; give its mark where the page shows one."""
        known = self.found.setdefault(fact, {})
        known |= dict.fromkeys(sources)
        return f"\ue000{[*self.found].index(fact)}\ue001" if marked else f"\ue002{fact}\ue003"


def statements(guide: Guide, order: Sequence[str] = ()) -> tuple[PageReview, ...]:
    """Give every page of the guide with its rows.

    Args:
        guide: The checked content.
        order: Pages in the order of the menu; pages that it leaves out follow.
    """
    paths = [path for path in order if path in guide.pages]
    paths += [path for path in guide.pages if path not in paths]
    collector = _Collector(guide)
    rows = {path: list(collector.page(guide.pages[path])) for path in paths}
    named: dict[str, list[tuple[str, _Row]]] = {}
    for page_number, path in enumerate(paths, 1):
        for row_number, row in enumerate(rows[path], 1):
            if row.key:
                named.setdefault(row.key, []).append((f"{page_number}.{row_number}", row))

    def others_of(row: _Row) -> list[tuple[str, _Row]]:
        return [other for key in row.see for other in named.get(key, [])]

    def evidence_of(row: _Row) -> tuple[Evidence, ...]:
        return row.evidence or _joined(
            each for _, other in others_of(row) for each in evidence_of(other)
        )

    def finished(path: str, number: str, row: _Row) -> Statement:
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
    """Join what names the same fact."""
    facts: dict[str, Fact | None] = {}
    sources: dict[str, dict[str, Source]] = {}
    for each in evidence:
        name = each.fact.id if each.fact else ""
        facts[name] = each.fact
        sources.setdefault(name, {}).update({source.id: source for source in each.sources})
    return tuple(Evidence(fact, tuple(sources[name].values())) for name, fact in facts.items())


def plain(html: str) -> str:
    """Give the words of a piece of HTML, with units kept on the line of their number."""
    # Nothing is rendered from it: the tags are taken out.
    return UNIT.sub("\u00a0", Markup(html).striptags())  # noqa: S704


class _Collector:
    """Reads page after page, in the order in which they are printed."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.shown: set[str] = set()

    def page(self, page: Page) -> Iterator[_Row]:
        """Give the rows of a page; neighbours without a source become one."""
        said = _gathered(self._page(page))
        for (kind, section), rows in groupby(said, lambda row: (row.kind, row.section)):
            if kind != "unsourced":
                yield from rows
                continue
            yield _Row(section, kind, said_together(row.words for row in rows))

    def _page(self, page: Page) -> Iterator[_Row]:
        components = Components(self.guide, page.path)
        self.say: Callable[[str | None], str] = lambda text: plain(components.words.rich(text))
        calls = list(page.calls)
        paragraph, above, gap = 1, "", False
        for number, line in page.lines():
            # A list goes with the line that announces it.
            if gap and not above.endswith(":") and not LIST_MARK.match(line):
                paragraph += 1
            gap = not line.strip()
            above = above if gap else EMPHASIS.sub("", CITE.sub("", line)).strip()
            here = [call for call in calls if call.line == number]
            section = page.section_at(number)
            if any(heading.line == number for heading in page.headings):
                paragraph += 1
                continue
            if here and MACROS[here[0].name].block:
                yield from self._component(here[0], section, components)
            elif line.strip() and not FRAME.fullmatch(line.strip()):
                for row in self._line(line, here, section, components):
                    row.paragraph = paragraph
                    yield row
        if own := self.guide.edition.paragraphs.get(page.path):
            yield _Row(None, "own", plain(one_line(clinic_html(own))))
        words = dict.fromkeys(str(call.first) for call in calls if call.name == "term")
        if words:
            names = ", ".join(self.guide.terms[name].term for name in words)
            yield _Row(None, "again", names, see=tuple(f"term:{name}" for name in words))

    # --- Prose ------------------------------------------------------------------------------

    def _line(
        self, line: str, calls: Sequence[Call], section: Heading | None, components: Components
    ) -> Iterator[_Row]:
        """Give a line of prose: up to each mark what it carries, and what carries none."""
        said = _Said(self.guide)
        waiting = iter(calls)
        text = CALL.sub(lambda _: self._inline(next(waiting), said, components), line)
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
            yield _Row(section, "unsourced", _bare(rest))

    def _inline(self, call: Call, said: _Said, components: Components) -> str:
        """Put a macro into words, and keep what it rests on."""
        if call.name == "cite":
            return said.note(str(call.kwargs.get("fact")), map(str, call.args), marked=True)
        if call.name == "number":
            number = self.guide.numbers[call.first]
            mark = bool(call.kwargs.get("mark", True))
            words = plain(components.number(call.first, mark=False))
            return f"{words}\ue004number\ue005" + said.note(
                number.fact, number.sources, marked=mark
            )
        if call.name == "temperature":
            level = self.guide.temperatures[call.first]
            words = plain(components.temperature(call.first))
            return f"{words}\ue004temperature\ue005" + said.note(
                level.fact, level.sources, marked=False
            )
        shown: str = getattr(components, call.name)(*call.args, **call.kwargs)
        return plain(shown)

    def _sourced(self, text: str, said: _Said, section: Heading | None) -> _Row:
        """Give a statement with its facts, lettered in the order in which they are marked."""
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
            self._evidence(name, said.found[name], letters.get(name, ""))
            for name in names
            if name in self.guide.facts
        )
        return _Row(section, kind if evidence else "own", words, evidence)

    # --- Components -------------------------------------------------------------------------

    def _component(
        self, call: Call, section: Heading | None, components: Components
    ) -> Iterator[_Row]:
        reader = READERS.get(call.name)
        if reader:
            yield from reader(self, call, section)
        elif call.name in CARRIED:
            facts, sources = CARRIED[call.name](call, self.guide)
            shown: str = getattr(components, call.name)(*call.args, **call.kwargs)
            yield self._row(section, "component", plain(shown), facts, sources)

    def _row(
        self,
        section: Heading | None,
        kind: Kind,
        words: str,
        facts: Iterable[str] = (),
        sources: Iterable[str] = (),
        key: str = "",
    ) -> _Row:
        """Give a row, each fact with those of the sources that carry it."""
        cited = tuple(dict.fromkeys(sources))
        evidence = tuple(
            self._evidence(
                name,
                [s for s in cited if s in self.guide.facts[name].sources]
                # A table cites some sources for all of its facts; each fact has its own too.
                or self.guide.facts[name].sources,
            )
            for name in dict.fromkeys(facts)
        )
        return _Row(section, kind if evidence else "unsourced", words, evidence, key=key)

    def _evidence(self, fact: str, sources: Iterable[str], mark: str = "") -> Evidence:
        named = tuple(self.guide.sources[name] for name in dict.fromkeys(sources))
        return Evidence(self.guide.facts[fact], named, mark)

    def _first(self, key: str) -> bool:
        """Tell whether something is shown for the first time."""
        if key in self.shown:
            return False
        self.shown.add(key)
        return True

    def _care_card(self, call: Call, _section: Heading | None) -> Iterator[_Row]:
        name = str(call.first)
        card = self.guide.care_cards[name]
        yield from self._card(name, Heading(2, card.label, name, call.line))

    def _card(self, name: str, section: Heading | None) -> Iterator[_Row]:
        card, key = self.guide.care_cards[name], f"care_card:{name}"
        heading = f"{card.label}: {self.say(card.heading)}"
        if not self._first(key):
            yield _Row(section, "again", heading, see=(key,))
            return
        lines = (card.summary, card.note, *card.actions)
        said = " ".join(_ended(self.say(line)) for line in lines if line)
        yield _Row(section, "unsourced", f"{_ended(heading)} {said}")
        for heading, signs in self.guide.groups_of(name):
            for sign in signs:
                words = f"{heading}: {_ended(self.say(sign.text))}"
                yield self._row(section, "care-card", words, sign.facts, sign.sources, key)

    def _checklist(self, call: Call, _section: Heading | None) -> Iterator[_Row]:
        slug = str(call.first)
        sheet, key = self.guide.checklists[slug], f"sheet:{slug}"
        section = Heading(2, self.say(sheet.title), f"sheet-{slug}", call.line)
        if not self._first(key):
            yield _Row(section, "again", self.say(sheet.title), see=(key,))
            return
        for row in self._sheet(slug, section):
            row.key = row.key or key
            yield row

    def _sheet(self, slug: str, section: Heading) -> Iterator[_Row]:
        sheet = self.guide.checklists[slug]
        opening = f"{_ended(self.say(sheet.purpose))} {_ended(self.say(sheet.action))}"
        yield self._row(section, "sheet", opening, sheet.facts, sheet.sources)
        for block in sheet.blocks:
            if isinstance(block, Signs):
                yield from self._card(block.care_card, section)
            elif isinstance(block, TableBlock):
                yield from self._table(section)
            elif isinstance(block, Ticks | Lines):
                yield from self._items(block, section)
            elif isinstance(block, GradesBlock):
                yield from self._grade_table(block.table, section)
            elif block.kind == "script":
                yield from self._script(section)
            elif block.kind == "no-answer":
                rule = self.guide.no_answer
                words = " ".join(map(self.say, (block.heading, *rule.lines)))
                yield self._row(section, "no-answer", words, rule.facts, rule.sources)
            elif words := self._flat(block):
                yield _Row(section, "unsourced", words)

    def _items(self, block: Ticks | Lines, section: Heading) -> Iterator[_Row]:
        heading = self.say(block.heading)
        lead = heading and f"{heading} – "
        for stated, items in groupby(block.items, lambda item: bool(item.facts)):
            if not stated:
                said = said_together(self.say(item.text) for item in items)
                yield _Row(section, "unsourced", _ended(lead + said))
                continue
            for item in items:
                words = _ended(lead + self.say(item.text))
                yield self._row(section, "sheet-item", words, item.facts, item.sources)

    def _table(self, section: Heading | None) -> Iterator[_Row]:
        """Give the conversion table: its words, and the levels that are marked in it."""
        key = "temperature-table"
        words = self.guide.temperature_helper.table
        if not self._first(key):
            yield _Row(section, "again", self.say(words.under_caption), see=(key,))
            return
        halves = f"{self.say(words.under_caption)} {self.say(words.from_caption)}"
        yield _Row(section, "unsourced", f"{halves} {self.say(words.lower_number)}")
        for name in LEVELS:
            level = self.guide.temperatures[name]
            mark = self.say(getattr(words.marks, name.replace("-", "_")))
            shown = self.say(f"[[{name}]]")
            text = f"{shown}: {mark}" if level.celsius_text not in mark else mark
            yield self._row(section, "temperature-row", text, level.facts, level.sources, key)

    def _first_calls(self, _call: Call, section: Heading | None) -> Iterator[_Row]:
        fever = self.guide.temperatures["fever"]
        for name in ("emergency", "call-now"):
            card = self.guide.care_cards[name]
            words = f"{self.say(card.in_short)}: {self.say(card.heading)}"
            yield self._row(section, "care-card", words, fever.facts, fever.sources)

    def _no_answer(self, _call: Call, section: Heading | None) -> Iterator[_Row]:
        rule = self.guide.no_answer
        words = " ".join(map(self.say, rule.lines))
        yield self._row(section, "no-answer", words, rule.facts, rule.sources)

    def _script(self, section: Heading | None) -> Iterator[_Row]:
        script = self.guide.call_script
        lines = [*script.lines, *filter(None, [script.note])]
        yield _Row(section, "unsourced", " ".join(map(self.say, lines)))

    def _flat(self, block: Model) -> str:
        """Give all words of a block that states nothing with a source."""
        if isinstance(block, Card):
            texts = [
                text
                for face in (block.front, block.back)
                for text in (face.heading, *(field.label for field in face.fields), *face.lines)
            ]
        else:
            values = (getattr(block, name) for name in type(block).model_fields)
            texts = [
                text
                for name, value in zip(type(block).model_fields, values, strict=True)
                if name != "kind"
                for text in (value if isinstance(value, tuple) else (value,))
                if isinstance(text, str)
            ]
        return " ".join(_ended(self.say(text)) for text in texts)

    def _sheet_pack(self, _call: Call, section: Heading | None) -> Iterator[_Row]:
        for slug in self.guide.sheet_pack.sheets:
            title = self.say(self.guide.checklists[slug].title)
            yield _Row(section, "again", title, see=(f"sheet:{slug}",))

    def _region_rules(self, call: Call, section: Heading | None) -> Iterator[_Row]:
        if own := Components(self.guide, "").words.own_rule(call.first):
            yield _Row(section, "own", str(own))
            return
        for region in self.guide.regions_with(call.first):
            rule = region.rules[call.first]
            words = f"{region.name}: {self.say(rule.text)}"
            yield self._row(section, "region-rule", words, rule.facts, rule.sources)

    def _figure(self, call: Call, section: Heading | None) -> Iterator[_Row]:
        figure = self.guide.figures[call.first]
        labels = "; ".join(" ".join(lines) for lines in figure.labels.values())
        words = f"{_ended(figure.title)} {self.say(figure.description)} {self.say(figure.caption)}"
        yield self._row(
            section, "figure", f"{words} {self.say(labels)}", figure.facts, figure.sources
        )

    def _timeline(self, _call: Call, section: Heading | None) -> Iterator[_Row]:
        line = self.guide.timeline
        words = f"{self.say(line.caption)} {self.say(line.description)} {self.say(line.note)}"
        yield self._row(section, "timeline", words, line.facts, line.sources)
        for row in line.rows:
            cells = [
                f"{line.labels.typical_start}: {line.typical(row)}",
                f"{line.labels.range}: {line.seen(row)}",
                f"{line.labels.typical_length}: {row.length or line.labels.not_given}",
            ]
            words = f"{row.product} ({row.medicine}), {row.cancer}. {row.data}. {'. '.join(cells)}."
            yield self._row(section, "timeline-row", self.say(words), row.facts, row.sources)

    def _grades(self, call: Call, section: Heading | None) -> Iterator[_Row]:
        yield from self._grade_table(str(call.first), section)

    def _grade_table(self, name: str, section: Heading | None) -> Iterator[_Row]:
        table, key = self.guide.grades[name], f"grades:{name}"
        if not self._first(key):
            yield _Row(section, "again", _ended(self.say(table.caption)), see=(key,))
            return
        words = f"{_ended(self.say(table.caption))} {self.say(table.note)}".strip()
        yield self._row(section, "grades", words, table.facts, table.sources, key)
        for row in table.rows:
            cells = zip(table.columns, row.cells, strict=True)
            said = ". ".join(f"{column}: {self.say(cell)}" for column, cell in cells)
            words = f"{table.row_heading} {row.grade}. {said}."
            yield _Row(section, "grades-row", words, see=(key,))

    def _temperature_helper(self, _call: Call, section: Heading | None) -> Iterator[_Row]:
        helper = self.guide.temperature_helper
        parts: list[Model] = [
            helper.at_or_above,
            helper.below,
            helper.low,
            helper.outside,
            helper.search,
        ]
        words = " ".join([*map(self._flat, parts), _ended(self.say(helper.always))])
        yield self._row(section, "helper", words, helper.facts, helper.sources)
        yield from self._table(section)

    def _link_kit(self, _call: Call, section: Heading | None) -> Iterator[_Row]:
        for moment in self.guide.link_kit.moments.values():
            address = self.guide.short_form(moment.page) or ""
            lines = (line.replace("[[address]]", address) for line in moment.text)
            words = f"{_ended(self.say(moment.when))} {' '.join(map(self.say, lines))}"
            yield self._row(section, "ready-words", words, moment.facts, moment.sources)

    def _record_codes(self, _call: Call, section: Heading | None) -> Iterator[_Row]:
        for group in self.guide.record_codes.values():
            codes = "; ".join(f"{code.code} {self.say(code.meaning)}" for code in group.codes)
            words = f"{group.system}: {codes}"
            yield self._row(section, "codes", words, group.facts, group.sources)

    def _glossary(self, _call: Call, section: Heading | None) -> Iterator[_Row]:
        for term in sorted(self.guide.terms.values(), key=lambda term: term.term.casefold()):
            sources = tuple(self.guide.sources[name] for name in term.sources)
            words = f"{term.term} ({term.say_it}): {self.say(term.plain)}"
            evidence = (Evidence(None, sources),)
            yield _Row(section, "glossary-term", words, evidence, key=f"term:{term.id}")

    def _article_review(self, _call: Call, section: Heading | None) -> Iterator[_Row]:
        for statement in self.guide.article:
            verdict = self.guide.strings.verdicts[statement.verdict]
            did = self.say(statement.what_we_did or statement.dropped)
            words = f"{statement.number}. {_ended(self.say(statement.about))} {verdict}. {did}"
            yield _Row(section, "article", words.strip())

    def _call_script(self, _call: Call, section: Heading | None) -> Iterator[_Row]:
        yield from self._script(section)


Reader = Callable[[_Collector, Call, Heading | None], Iterator[_Row]]
READERS: dict[str, Reader] = {
    "region_rules": _Collector._region_rules,
    "care_card": _Collector._care_card,
    "checklist": _Collector._checklist,
    "sheet_pack": _Collector._sheet_pack,
    "figure": _Collector._figure,
    "timeline": _Collector._timeline,
    "grades": _Collector._grades,
    "temperature_helper": _Collector._temperature_helper,
    "link_kit": _Collector._link_kit,
    "record_codes": _Collector._record_codes,
    "glossary": _Collector._glossary,
    "article_review": _Collector._article_review,
    "call_script": _Collector._call_script,
    "first_calls": _Collector._first_calls,
    "no_answer": _Collector._no_answer,
}
"""How a component is taken apart; one that is not named here, but carries facts, is one row."""


def _names(text: str, said: _Said) -> list[str]:
    """Give the facts that a piece of text names, in order; “own” has none, but counts."""
    known = list(said.found)
    found = re.finditer("\ue000([0-9]+)\ue001|\ue002([^\ue003]+)\ue003|\ue004own\ue005", text)
    names = [known[int(match[1])] if match[1] else match[2] or "" for match in found]
    return list(dict.fromkeys(names))


def _bare(text: str) -> str:
    """Take out our own signs."""
    text = re.sub("\ue002[^\ue003]*\ue003|\ue004[^\ue005]*\ue005", "", MARK.sub("", text))
    return re.sub(r" +", " ", text).strip()


def _gathered(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Put words without a mark beside the statement of their paragraph that they belong to."""
    for paragraph, group in groupby(rows, lambda row: row.paragraph):
        found = list(group)
        stated = [row for row in found if row.kind != "unsourced"]
        if not paragraph or not stated:
            yield from found
            continue
        last: _Row | None = None
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


def said_together(texts: Iterable[str]) -> str:
    """Join pieces of text; those that end without a stop are items of a list."""
    joined = ""
    for text in filter(None, texts):
        stop = "" if not joined or joined[-1] in ".?!:;”)" else ";"
        joined = f"{joined}{stop} {text}".strip()
    return joined


def _ended(text: str) -> str:
    """Give a text its full stop, unless it has an end."""
    return text if not text or text[-1] in ".?!:”" else f"{text}."
