"""A sheet to print, tick and fill in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.render import Formatter
from scripts.components.review import Review, Row, ended
from scripts.components.sheet.block import SheetWords, blocks_of, carried_by_sheet
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.pages import Call, Heading


class ChecklistOnPage(Component):
    """A sheet on its page."""

    macro = "checklist"
    listed_in = "docs/data/checklists/"
    own_ids = "(sheet|downloads)-.*|.+-[0-9]+(-do)?"
    not_searched = ("crs-sheet",)

    def names(self, guide: Guide) -> Collection[str]:
        """Return the names of the sheets."""
        return guide.checklists

    def html(self, page: PageContext, slug: str) -> Markup:
        """Render a sheet to print, tick and fill in."""
        return sheet_html(page, slug, page.guide, downloads=page.downloads.of(slug))

    def carried(self, call: Call, guide: Guide) -> Carried:
        """Return the facts and the sources of the sheet."""
        return carried_by_sheet(guide.checklists[call.first], guide)

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield the opening of the sheet, then the rows of its blocks."""
        slug = str(call.first)
        sheet, key = review.guide.checklists[slug], f"sheet:{slug}"
        head = Heading(2, review.say(sheet.title), f"sheet-{slug}", call.line)
        if not review.first(key):
            yield Row(head, "again", review.say(sheet.title), see=(key,))
            return
        opening = f"{ended(review.say(sheet.purpose))} {ended(review.say(sheet.action))}"
        rows = [review.row(head, "sheet", opening, sheet.facts, sheet.sources)]
        for block in blocks_of(sheet):
            rows += block.rows(review, head)
        for row in rows:
            row.key = row.key or key
            yield row


def sheet_html(page: PageContext, slug: str, guide: Guide, **options: Any) -> Markup:
    """Render a sheet.

    Args:
        page: The page that shows the sheet.
        slug: Slug of the sheet.
        guide: The content; its edition may have another leading unit than the page's.
        options: ``tools`` and ``downloads``, described at the top of the partial.
    """
    formatter = Formatter(guide)
    context = {
        "slug": slug,
        "tools": True,
        "downloads": [],
        "sheet": SheetWords(guide, slug, formatter.rich).document(),
        "record": guide.checklists[slug],
        "formatter": formatter,
    }
    return page.render("sheet.html", **context | options)
