"""The codes of record systems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Row
from scripts.guide.addresses import CODES, DIRECTORY
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.pages import Call, Heading
from scripts.guide.record_codes import UNKNOWN_CODE


class RecordCodes(Component):
    """The codes of record systems as links. A script answers the requests of those systems."""

    macro = "record_codes"
    own_ids = "record-codes"

    def html(self, page: PageContext) -> Markup:
        """Render the codes, with the pages that each opens for a patient and for staff."""

        def link(place: str) -> dict[str, str]:
            path, _, anchor = place.partition("#")
            return {"url": page.url(path, anchor), "title": page.guide.title_of(place)}

        site, languages = page.guide.edition.site_address, page.guide.edition.languages
        groups: list[dict[str, Any]] = [
            {"group": group, "patient": link(group.patient), "staff": link(group.staff)}
            for group in page.guide.record_codes.values()
        ]
        return page.render(
            "record-codes.html",
            groups=groups,
            codes=f"{site}{CODES}",
            directory=f"{site}{DIRECTORY}",
            unknown=page.url(page.guide.page_for("home"), UNKNOWN_CODE),
            sources=tuple(dict.fromkeys(s for row in groups for s in row["group"].sources)),
            mark=page.mark,
            language=languages[0],
        )

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - the call takes no name
        """Return the facts and the sources of the codes."""
        groups = guide.record_codes.values()
        return (
            [fact for group in groups for fact in group.facts],
            [source for group in groups for source in group.sources],
        )

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield a row for each group of codes."""
        for group in review.guide.record_codes.values():
            codes = "; ".join(f"{code.code} {review.say(code.meaning)}" for code in group.codes)
            words = f"{group.system}: {codes}"
            yield review.row(section, "codes", words, group.facts, group.sources)
