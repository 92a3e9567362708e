"""A form to choose sheets and print them together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.checklist import sheet_html
from scripts.components.page import PageContext
from scripts.components.review import Review, Row
from scripts.components.sheet_list import groups_of_sheets
from scripts.guide.guide import Guide
from scripts.guide.pages import Call, Heading

IDS = re.compile(r' (?:id|aria-labelledby)="[^"]*"')


class SheetPackOnPage(Component):
    """A form to choose sheets, each in both units.

    Each printed sheet has the address and the QR code of its own page, which lists its sources.
    """

    macro = "sheet_pack"
    own_ids = "pack-.*"
    not_searched = ("crs-pack",)

    def html(self, page: PageContext) -> Markup:
        """Render the form and all sheets that it can print."""
        lead = page.guide.edition.leading_unit
        units = ["celsius", "fahrenheit"] if lead == "celsius" else ["fahrenheit", "celsius"]
        guides = {
            unit: replace(
                page.guide, edition=page.guide.edition.model_copy(update={"leading_unit": unit})
            )
            for unit in units
        }

        def markup(slug: str, guide: Guide) -> Markup:
            # The page has each sheet twice, so its ids would not be unique. Nothing links to them.
            return Markup(IDS.sub("", sheet_html(page, slug, guide, tools=False)))  # noqa: S704

        groups = groups_of_sheets(page)
        for group in groups:
            for sheet in group["sheets"]:
                sheet["markups"] = [
                    {"unit": unit, "sheet": markup(sheet["slug"], guide)}
                    for unit, guide in guides.items()
                ]
        return page.render("sheet-pack.html", groups=groups, units=units)

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield a cross-reference for each sheet to the rows of its page."""
        for slug in review.guide.sheet_pack.sheets:
            title = review.say(review.guide.checklists[slug].title)
            yield Row(section, "again", title, see=(f"sheet:{slug}",))
