"""Links for clinics: one for each moment, with QR codes and text to copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pydantic import model_validator

from scripts.components.base import Component
from scripts.components.copy_texts import copy_texts
from scripts.components.page import PageContext
from scripts.components.qr_codes import qr_code, qr_path, save_qr_code
from scripts.components.review import Review, Row, ended
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import Model, Plain, Slug, Some, Text, fault
from scripts.guide.pages import Call, Heading, url_of
from scripts.guide.store import Store


class Moment(Model):
    """A moment at which a clinic hands over a link.

    Attributes:
        when: Description of the moment, in the clinic's words.
        page: Page that helps then, with an optional anchor. It must have a short address.
        text: Paragraphs to paste. The short address replaces ``[[address]]``.
        message: Whether the text is sent as a text message, so its length is limited.
        facts: Facts that the text is based on.
        sources: Sources of those facts.
    """

    when: Plain
    page: str
    text: Some[Text]
    message: bool = False
    facts: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Moment:
        if not any("[[address]]" in line for line in self.text):
            raise fault("address", "the text does not say where to go", "Write [[address]] in it.")
        if not any("[[line-24h]]" in line for line in self.text):
            what = "the text has no number to call, and its page may not open"
            raise fault("number", what, "Write [[line-24h]] in it.")
        return self


class LinkKit(Model):
    """All moments.

    Attributes:
        moments: Moments by name. The files of the QR codes have the same names.
    """

    moments: dict[Slug, Moment]


LINK_KIT = Store("link-kit", lambda reader: reader.one(LinkKit, "link-kit.yml"))


class LinkKitOnPage(Component):
    """A table of which link a clinic hands over at which moment."""

    macro = "link_kit"
    stores = (LINK_KIT,)
    own_ids = "(moment|copy)-.*|link-kit-table"
    not_searched = ("crs-copy", "crs-link-kit")

    def html(self, page: PageContext) -> Markup:
        """Render the link of each moment, with its QR code and text to copy."""
        guide, edition = page.guide, page.guide.edition
        kit = guide.data(LINK_KIT)

        def moment_of(name: str, moment: Moment) -> dict[str, Any]:
            path, _, anchor = moment.page.partition("#")
            short = guide.short_form(moment.page) or edition.site_address
            files = (
                [qr_path(name, kind) for kind in ("svg", "png")] if page.downloads.folder else []
            )
            return {
                "name": name,
                "when": moment.when,
                "title": guide.pages[path].meta.title,
                "url": page.url(path, anchor),
                "address": edition.site_address + url_of(path) + (f"#{anchor}" if anchor else ""),
                "short": short,
                "qr": qr_code(short),
                "files": files,
                "texts": copy_texts(moment.text, short, page.formatter),
            }

        moments = [moment_of(name, moment) for name, moment in kit.moments.items()]
        named = (name for moment in kit.moments.values() for name in moment.sources)
        mark = page.mark(tuple(dict.fromkeys(named)))
        return page.render("link-kit.html", moments=moments, mark=mark)

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - the call takes no name
        """Return the facts and the sources of the texts."""
        moments = guide.data(LINK_KIT).moments.values()
        facts = [fact for moment in moments for fact in moment.facts]
        return facts, [source for moment in moments for source in moment.sources]

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield a row for the text of each moment."""
        for moment in review.guide.data(LINK_KIT).moments.values():
            address = review.guide.short_form(moment.page) or ""
            lines = (line.replace("[[address]]", address) for line in moment.text)
            words = f"{ended(review.say(moment.when))} {' '.join(map(review.say, lines))}"
            yield review.row(section, "ready-words", words, moment.facts, moment.sources)


def write_qr_codes(guide: Guide, folder: Path) -> None:
    """Write the QR code of each moment, as SVG and PNG.

    Args:
        guide: The content, with its edition.
        folder: Folder laid out like the site.
    """
    for name, moment in guide.data(LINK_KIT).moments.items():
        save_qr_code(guide.short_form(moment.page) or guide.edition.site_address, name, folder)
