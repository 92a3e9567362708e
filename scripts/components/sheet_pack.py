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
from scripts.components.sheet.block import carried_by_sheet
from scripts.components.sheet_list import groups_of_sheets
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.pages import Call, Heading

IDS = re.compile(r' (?:id|aria-labelledby)="[^"]*"')


class SheetPackOnPage(Component):
    """A form to choose sheets, each in both units."""

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

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - the call takes no name
        """Return the facts and the sources of all sheets."""
        carried = [
            carried_by_sheet(guide.checklists[slug], guide) for slug in guide.sheet_pack.sheets
        ]
        return (
            [fact for facts, _ in carried for fact in facts],
            [source for _, sources in carried for source in sources],
        )

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield a cross-reference for each sheet to the rows of its page."""
        for slug in review.guide.sheet_pack.sheets:
            title = review.say(review.guide.checklists[slug].title)
            yield Row(section, "again", title, see=(f"sheet:{slug}",))
