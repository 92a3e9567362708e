"""A note for a reader whose link from a record system has an unknown code."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.record_codes import UNKNOWN_CODE


class UnknownCode(Component):
    """A note that tells a reader with an unknown code where they are."""

    macro = "unknown_code"
    own_ids = UNKNOWN_CODE
    not_searched = ("crs-unknown-code",)

    def html(self, page: PageContext) -> Markup:
        """Render the note, which is hidden until an address has an unknown code."""
        return page.render("unknown-code.html", id=UNKNOWN_CODE)
