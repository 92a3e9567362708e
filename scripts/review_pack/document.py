"""Turn the pack into ordered texts and numbers, the common basis of the HTML and the PDF."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from scripts.components.render import Formatter, curly
from scripts.components.review import UNIT, Evidence, plain
from scripts.guide.models.checklist import Checklist
from scripts.guide.models.edition import LOOSEST_FEVER_LEVEL
from scripts.guide.models.evidence import Fact, Source
from scripts.guide.models.page import PageMeta
from scripts.guide.models.review_pack import OpenQuestion
from scripts.guide.pages import url_of
from scripts.review_pack.collect import PageReview, Statement
from scripts.review_pack.compare import FileChange, StatementChange
from scripts.review_pack.pack import Pack
from scripts.review_pack.words import fill

PLAIN = ("sentence", "number", "temperature", "care-card", "sheet-item", "glossary-term")
"""Kinds of statement that need no label beside their words."""

LINES_A_FILE = 60
"""Number of changed lines printed for a file, if only lines can be compared."""


def document(pack: Pack) -> dict[str, Any]:
    """Return all content of the pack, without layout: texts, numbers, lists."""
    return _Document(pack).whole()


def rows_in_words(numbers: Sequence[str]) -> str:
    """Return the numbers of rows as text, with consecutive rows as a range, ``1.4–1.10``."""
    parts = []
    pairs = [tuple(map(int, number.split("."))) for number in numbers]
    pairs.sort()
    for _, run in groupby(enumerate(pairs), lambda pair: (pair[1][0], pair[1][1] - pair[0])):
        group = [f"{page}.{row}" for _, (page, row) in run]
        parts.append(group[0] if len(group) == 1 else f"{group[0]}–{group[-1]}")
    return ", ".join(parts)


class _Document:
    def __init__(self, pack: Pack) -> None:
        self.pack, self.guide, self.words = pack, pack.guide, pack.words
        self.say = Formatter(pack.guide)
        self.source_numbers = {
            source.id: f"S{number}" for number, source in enumerate(pack.sources, 1)
        }
        clinician = [question for question in pack.questions if question.kind == "clinician"]
        missing = [question for question in pack.questions if question.kind == "missing"]
        self.question_numbers = {q.id: f"Q{n}" for n, q in enumerate(clinician, 1)}
        self.question_numbers |= {q.id: f"M{n}" for n, q in enumerate(missing, 1)}
        self.noted: dict[str, str] = {}
        self.page_numbers = {review.page.path: review.number for review in pack.pages}

    def whole(self) -> dict[str, Any]:
        guide, front = self.guide, self.words.front
        name = guide.edition.name
        strings = guide.strings
        return {
            "lang": strings.language,
            "paper": guide.edition.paper,
            "guide_name": strings.guide_name,
            "title": f"{strings.guide_name}: {front.title.lower()}",
            "edition": _capital(
                f"{strings.edition_of} {name}" if name else strings.edition_general
            ),
            "content_of": fill(front.content_of, date=self._day(self._latest_day())),
            "version": self._version(),
            "reviewed": self._reviewed(),
            "education": strings.education_not_advice,
            "words": _typeset(self.words.model_dump()),
            "counts": self._counts(),
            "confidence": [
                {
                    "label": self.words.confidence_labels[level],
                    "meaning": meaning,
                    "count": self.pack.by_confidence[level],
                }
                for level, meaning in self.words.confidence.items()
            ],
            "kinds": [
                {"label": _capital(label), "count": self.pack.by_kind[kind]}
                for kind, label in self.guide.strings.source_kinds.items()
                if self.pack.by_kind[kind]
            ],
            "seen": [
                {"label": self.words.fact_seen.get(seen, seen), "count": count}
                for seen, count in self.pack.by_seen.most_common()
            ],
            "settings": self._settings(),
            "questions": [self._question(q) for q in self.pack.questions if q.kind == "clinician"],
            "missing": [self._question(q) for q in self.pack.questions if q.kind == "missing"],
            "pages": [self._page(review) for review in self.pack.pages],
            "changes": self._changes(),
            "notes": [self._note(fact) for fact in self.pack.facts if self._has_note(fact)],
            "sources": [self._source(source) for source in self.pack.sources],
        }

    # --- Front --------------------------------------------------------------------------------

    def _day(self, date: datetime.date) -> str:
        return self.say.day(date)

    def _latest_day(self) -> datetime.date:
        days = [review.page.meta.reviewed for review in self.pack.pages]
        days += [sheet.reviewed for sheet in self.guide.checklists.values()]
        return max(days)

    def _version(self) -> str:
        version, front = self.pack.version, self.words.front
        if version is None:
            return ""
        date = self._day(datetime.date.fromisoformat(version.date))
        text = fill(front.version, version=version.short, date=date)
        return f"{text}, {front.version_changed}" if version.changed else text

    def _reviewed(self) -> str:
        """Return how many pages a clinician has reviewed, according to the pages, as text."""
        local = self.guide.edition.local_review
        named = sum(review.page.meta.reviewer is not None for review in self.pack.pages)
        front = self.words.front
        if named:
            text = fill(front.some_reviewed, count=named, all=len(self.pack.pages))
        else:
            text = front.no_clinician
        if local:
            who = f"{front.settings['local_review']} {local.reviewer}"
            text += f" {who}, {self._day(local.reviewed)}."
        return text

    def _counts(self) -> list[dict[str, Any]]:
        pack, words = self.pack, self.words.counts
        facts = fill(words.facts_of_all, count=len(pack.facts), all=len(self.guide.facts))
        sources = fill(words.facts_of_all, count=len(pack.sources), all=len(self.guide.sources))
        open_questions = sum(question.kind == "clinician" for question in pack.questions)
        return [
            {"label": words.pages, "value": str(len(pack.pages))},
            {"label": words.statements, "value": str(pack.sourced)},
            {"label": words.unsourced, "value": str(pack.count("unsourced"))},
            {"label": words.facts, "value": facts},
            {"label": words.sources, "value": sources},
            {"label": words.questions, "value": str(open_questions)},
        ]

    def _settings(self) -> list[dict[str, str]]:
        """Return the settings of this edition. Each one without a value is marked as not set."""
        edition, labels = self.guide.edition, self.words.front.settings
        line, day_line = edition.number("line_24h"), edition.number("day_line")
        level = plain(self.say.temperature(self.guide.temperatures["fever"]))
        if edition.fever_level.celsius < LOOSEST_FEVER_LEVEL:
            own = self.guide.temperatures["fever"].model_copy(
                update={"celsius": LOOSEST_FEVER_LEVEL}
            )
            carried = plain(self.say.temperature(own))
            level += f". {fill(self.words.front.settings_level, level=carried)}"
        values = {
            "name": edition.name,
            "site_address": edition.site_address,
            "region": self.guide.region.name,
            "line_24h": line and line.shown,
            "day_line": day_line and day_line.shown,
            "emergency_number": edition.emergency_number,
            "fever_level": level,
        }
        if edition.rules:
            values["rules"] = edition.rules.source
        if edition.local_review:
            date = self._day(edition.local_review.reviewed)
            values["local_review"] = f"{edition.local_review.reviewer}, {date}"
        return [
            {"label": labels[name], "value": value or self.words.front.not_set}
            for name, value in values.items()
        ]

    def _question(self, question: OpenQuestion) -> dict[str, Any]:
        return {
            "number": self.question_numbers[question.id],
            "title": question.title,
            "text": plain(self.say.rich(question.text)),
            "where": [self._place(place) for place in question.where],
            "facts": [
                {
                    "claim": _set(self.guide.facts[name].claim),
                    "rows": rows_in_words(self.pack.shown_in.get(name, [])),
                    "confidence": self.guide.facts[name].confidence,
                }
                for name in question.about
            ],
        }

    def _place(self, place: str) -> dict[str, Any]:
        path, _, anchor = place.partition("#")
        page = self.guide.pages[path]
        names = {heading.id: heading.text for heading in page.headings if heading.id}
        names |= {name: card.label for name, card in self.guide.care_cards.items()}
        title = f"{page.meta.title}: {names[anchor]}" if anchor else page.meta.title
        return {"number": self.page_numbers[path], "title": title}

    # --- Pages --------------------------------------------------------------------------------

    def _page(self, review: PageReview) -> dict[str, Any]:
        page, meta = review.page, review.page.meta
        records: list[PageMeta | Checklist] = [meta]
        records += [
            self.guide.checklists[call.first] for call in page.calls if call.name == "checklist"
        ]
        reviewers = [record.reviewer for record in records if record.reviewer]
        sourced = sum(statement.has_facts for statement in review.statements)
        unsourced = sum(statement.kind == "unsourced" for statement in review.statements)
        summary = fill(self.words.pages.summary, statements=sourced, unsourced=unsourced)
        return {
            "number": review.number,
            "path": page.path,
            "title": meta.title,
            "address": self.guide.edition.site_address + url_of(page.path),
            # For a page with a sheet, the earlier date counts: nothing was checked before it.
            "checked": self._day(min(record.reviewed for record in records)),
            "due": self._day(min(record.review_by for record in records)),
            "reviewer": "; ".join(dict.fromkeys(reviewers)) or self.words.pages.nobody,
            "sourced": sourced,
            "unsourced": unsourced,
            "rows": len(review.statements),
            "summary": summary,
            "questions": [
                {
                    "number": self.question_numbers[question.id],
                    "title": question.title,
                    "clinician": question.kind == "clinician",
                }
                for question in self.pack.questions_of(page.path)
            ],
            "caption": fill(self.words.rows.caption, page=meta.title),
            "sections": [
                {"title": title, "rows": self._rows(group)}
                for title, group in groupby(review.statements, self._section)
            ],
        }

    def _rows(self, statements: Iterable[Statement]) -> list[dict[str, Any]]:
        """Return the rows of a section. A claim stated before in the section is only named."""
        stated: dict[str, str] = {}
        return [self._row(statement, stated) for statement in statements]

    def _section(self, statement: Statement) -> str:
        if statement.section:
            return statement.section.text
        terms = statement.kind == "again"
        rows = self.words.rows
        return rows.words_explained if terms else self._own_or_opening(statement)

    def _own_or_opening(self, statement: Statement) -> str:
        rows = self.words.rows
        return rows.own if statement.kind == "own" else rows.opening

    def _row(self, statement: Statement, stated: dict[str, str]) -> dict[str, Any]:
        see = rows_in_words(statement.see) if statement.see else ""
        return {
            "number": statement.number,
            "kind": statement.kind,
            "label": self.words.statement_kinds[statement.kind],
            "named": statement.kind not in PLAIN,
            "before": statement.before,
            "words": statement.words,
            "after": statement.after,
            "sourced": statement.has_facts,
            "see": fill(self.words.rows.see, rows=see) if see else "",
            "evidence": []
            if see
            else [self._evidence(each, statement.number, stated) for each in statement.evidence],
        }

    def _evidence(self, evidence: Evidence, number: str, stated: dict[str, str]) -> dict[str, Any]:
        fact = evidence.fact
        same = stated.setdefault(fact.id, number) if fact else number
        note = _set(fact.notes) if fact and fact.confidence != "high" else ""
        noted = self.noted.setdefault(fact.id, number) if fact and note else number
        rows = self.words.rows
        return {
            "mark": evidence.mark,
            "claim": _set(fact.claim) if fact else "",
            "id": fact.id if fact else "",
            "confidence": self._confidence(fact),
            "same": "" if same == number else fill(rows.same, row=same),
            "note": note if noted == number else "",
            "noted": "" if noted == number or same != number else fill(rows.noted, row=noted),
            "sources": [
                {
                    "number": self.source_numbers[source.id],
                    "short": source.short,
                    "address": source.address,
                    "kind": self.guide.strings.source_kinds[source.kind],
                    "seen": source.seen.split(" (")[0],
                }
                for source in evidence.sources
            ],
        }

    def _confidence(self, fact: Fact | None) -> str:
        """Return the label of the confidence; empty if high, since only less must be noticed."""
        if fact is None or fact.confidence == "high":
            return ""
        return f"{self.words.confidence_labels[fact.confidence]} {self.words.rows.confidence}"

    # --- Lists at the end ---------------------------------------------------------------------

    @staticmethod
    def _has_note(fact: Fact) -> bool:
        return bool(fact.notes or fact.for_clinicians)

    def _note(self, fact: Fact) -> dict[str, Any]:
        return {
            "id": fact.id,
            "claim": _set(fact.claim),
            "confidence": self._confidence(fact),
            "rows": rows_in_words(self.pack.shown_in[fact.id]),
            "for_clinicians": _set(fact.for_clinicians),
            "note": _set(fact.notes),
        }

    def _source(self, source: Source) -> dict[str, Any]:
        return {
            "number": self.source_numbers[source.id],
            "title": _set(source.title),
            "authors": _set(source.authors or ""),
            "year": str(source.year),
            "venue": _set(source.venue),
            "address": source.address,
            "kind": self.guide.strings.source_kinds[source.kind],
            "seen": source.seen,
            "caution": _set(source.caution or ""),
            "note": _set(source.note),
        }

    # --- Differences --------------------------------------------------------------------------

    def _changes(self) -> dict[str, Any] | None:
        since = self.pack.since
        if since is None:
            return None
        words, found = self.words.changes, since.differences
        date = self._day(datetime.date.fromisoformat(since.version.date))
        changes = found.statements
        return {
            "heading": fill(words.heading, since=since.asked),
            "since": fill(words.since, version=since.version.short, date=date),
            "not_loaded": "" if found.files is None else fill(words.not_loaded, since=since.asked),
            "counts": [
                {"label": label, "value": sum(each.change == kind for each in changes)}
                for kind, label in (
                    ("added", words.added),
                    ("changed", words.changed),
                    ("removed", words.removed),
                )
            ],
            "pages": [
                {"title": self._title(path), "rows": [self._change(each) for each in group]}
                for path, group in groupby(changes, lambda each: each.page)
            ],
            "facts": [
                {"id": each.now.id, "rows": list(self._fact_change(each.before, each.now))}
                for each in found.facts
            ],
            "files": [self._file(each) for each in found.files or ()],
            "nothing": not (changes or found.facts or found.files),
        }

    def _title(self, path: str) -> str:
        page = self.guide.pages.get(path)
        return f"{self.page_numbers[path]}. {page.meta.title}" if page else path

    def _change(self, change: StatementChange) -> dict[str, Any]:
        def side(statement: Statement | None) -> dict[str, Any] | None:
            if statement is None:
                return None
            return {
                "words": statement.words,
                "facts": [
                    f"{each.id} ({', '.join(_ids(statement, each))})" for each in statement.facts
                ],
            }

        return {
            "change": change.change,
            "label": getattr(self.words.changes, change.change),
            "number": change.now.number if change.now else "",
            "before": side(change.before),
            "now": side(change.now),
        }

    def _fact_change(self, before: Fact, now: Fact) -> Iterable[dict[str, str]]:
        words = self.words.changes
        pairs = [
            (words.claim, before.claim, now.claim),
            (words.sources, ", ".join(before.sources), ", ".join(now.sources)),
            (words.confidence, before.confidence, now.confidence),
        ]
        for label, was, shown in pairs:
            if was != shown:
                yield {"label": label, "before": _set(was), "now": _set(shown)}

    def _file(self, change: FileChange) -> dict[str, Any]:
        path = change.file.removeprefix("docs/en/")
        title = self._title(path) if path in self.guide.pages else ""

        def side(lines: tuple[str, ...]) -> dict[str, Any]:
            more = len(lines) - LINES_A_FILE
            return {
                "lines": lines[:LINES_A_FILE],
                "more": fill(self.words.changes.lines_more, count=more) if more > 0 else "",
            }

        return {
            "file": change.file,
            "title": title,
            "removed": side(change.removed),
            "added": side(change.added),
        }


def _ids(statement: Statement, fact: Fact) -> list[str]:
    return [s.id for each in statement.evidence if each.fact == fact for s in each.sources]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _set(text: str) -> str:
    """Return a text with typographic quotes, unbreakable units, and one sign for “at least”."""
    return UNIT.sub("\u00a0", curly(text).replace(">=", "≥").replace("<=", "≤"))


def _typeset(words: Any) -> Any:
    """Return a record with all its texts typeset, in the same structure."""
    if isinstance(words, str):
        return _set(words)
    if isinstance(words, dict):
        return {name: _typeset(each) for name, each in words.items()}
    return [_typeset(each) for each in words]
