"""The foot of a page: next step, words, sources, review note."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.render import one_line
from scripts.components.source_library import lists_of_sources
from scripts.guide.addresses import moved_parts
from scripts.guide.clinic_words import clinic_html


class PageFoot(Component):
    """The foot of every page."""

    macro = "page_foot"
    own_ids = "next-step|sources|source-[0-9]+|from-your-team"
    not_searched = ("crs-sources__list",)

    def html(self, page: PageContext) -> Markup:
        """Render the foot: next step, words, sources, review note."""
        guide, meta = page.guide, page.page.meta
        names = dict.fromkeys(call.first for call in page.page.calls if call.name == "term")
        return page.render(
            "page-foot.html",
            meta=meta,
            local=_local(page),
            moved=[
                {"id": part, "url": page.url(*place.split("#")), "title": guide.title_of(place)}
                for part, place in moved_parts(page.path, guide).items()
            ],
            next_pages=[guide.pages[path] for path in meta.next],
            terms=[guide.terms[name] for name in names],
            sources=[guide.sources[name] for name in page.listed],
            lists=lists_of_sources(guide),
            library_part=page.path.removesuffix(".md"),
            library_address=page.address_on_paper(guide.page_for("sources")),
        )


def _local(page: PageContext) -> dict[str, Any] | None:
    """Return the clinic's own words and links for a page, if it has any."""
    edition = page.guide.edition
    words = edition.paragraphs.get(page.path)
    if not words and not edition.links:
        return None
    return {"words": one_line(clinic_html(words or "")), "links": edition.links}
