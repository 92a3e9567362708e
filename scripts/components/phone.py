"""A telephone number of the edition inside a sentence."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.guide import Guide
from scripts.guide.models.edition import Which


class PhoneInText(Component):
    """A telephone number of the edition, or where the reader finds it."""

    macro = "phone"
    block = False
    listed_in = "docs/contributing/writing.md"

    def names(self, guide: Guide) -> Collection[str]:  # noqa: ARG002 - every edition has these
        """Return the names of the numbers."""
        return ("line_24h", "day_line", "emergency")

    def html(self, page: PageContext, which: Which) -> Markup:
        """Render a telephone number of the edition, or where to find it."""
        return page.formatter.phone(which)
