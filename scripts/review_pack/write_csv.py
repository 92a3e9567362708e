"""Write the review pack as a spreadsheet table with one row a statement."""

from __future__ import annotations

import csv
import io

from scripts.components.render import Formatter
from scripts.guide.pages import url_of
from scripts.review_pack.collect import PageReview, Statement
from scripts.review_pack.document import rows_in_words
from scripts.review_pack.pack import Pack

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001 - full-width too
"""First characters that make a spreadsheet run a cell as a formula."""

LEVELS = ("low", "medium", "high")
BETWEEN = " | "


def csv_of(pack: Pack) -> bytes:
    """Return the pack as CSV in UTF-8, with the byte order mark that Excel needs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    heads = dict(pack.words.csv)
    if pack.since:
        heads["since"] = f"{pack.words.changes.column}: {pack.since.asked}"
    writer.writerow(map(safe, heads.values()))
    for review in pack.pages:
        for statement in review.statements:
            cells = _cells(pack, review, statement)
            writer.writerow(safe(cells[name]) for name in heads)
    return text.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def _cells(pack: Pack, review: PageReview, statement: Statement) -> dict[str, str]:
    guide, meta, words = pack.guide, review.page.meta, pack.words
    facts, sources = statement.facts, statement.sources
    changed = {}
    if pack.since:
        changed = {
            each.now.number: getattr(words.changes, each.change)
            for each in pack.since.differences.statements
            if each.now
        }
    section = statement.section
    anchor = f"#{section.id}" if section and section.id else ""
    return {
        "number": statement.number,
        "page": meta.title,
        "address": guide.edition.site_address + url_of(review.page.path) + anchor,
        "section": section.text if section else "",
        "kind": words.statement_kinds[statement.kind],
        "words": statement.words,
        "around": BETWEEN.join(filter(None, (statement.before, statement.after))),
        "facts": BETWEEN.join(fact.id for fact in facts),
        "claims": BETWEEN.join(fact.claim for fact in facts),
        "confidence": min((fact.confidence for fact in facts), key=LEVELS.index, default=""),
        "read": BETWEEN.join(dict.fromkeys(fact.seen for fact in facts)),
        "sources": BETWEEN.join(source.title for source in sources),
        "links": BETWEEN.join(source.address for source in sources),
        "kinds": BETWEEN.join(guide.strings.source_kinds[source.kind] for source in sources),
        "seen": BETWEEN.join(source.seen for source in sources),
        "notes": BETWEEN.join(fact.notes for fact in facts if fact.notes),
        "see": rows_in_words(statement.see),
        "checked": meta.reviewed.isoformat(),
        "due": meta.review_by.isoformat(),
        "reviewer": meta.reviewer or Formatter(guide).reviewed(meta),
        "questions": BETWEEN.join(q.title for q in pack.questions_of(review.page.path)),
        "agree": "",
        "remark": "",
        "since": changed.get(statement.number, ""),
    }
