"""All sources of the guide, with the pages that cite each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import cast, get_args

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.guide import Guide
from scripts.guide.models.evidence import Kind
from scripts.guide.pages import Call, Page


def lists_of_sources(guide: Guide) -> dict[Kind, str]:
    """Return the page that lists the sources of each kind, as a path."""
    return {
        cast("Kind", kind): path
        for path, page in guide.pages.items()
        for call in page.calls
        if call.name == SourceLibrary.macro
        for kind in call.args
    }


class SourceLibrary(Component):
    """A list of all sources of some kinds that a page cites."""

    macro = "source_library"
    listed_in = "source_kinds in docs/data/strings.yml"
    many = True
    own_ids = "source-.*"

    def names(self, guide: Guide) -> Collection[str]:  # noqa: ARG002 - they are the same in every guide
        """Return the kinds of sources."""
        return get_args(Kind)

    def faults(self, call: Call, guide: Guide) -> Iterator[tuple[str, str]]:
        """Check that each kind of source is in one list, no matter on which page."""
        if not call.args:
            yield "it names no kind of source", 'Name the kinds to list, such as "study".'
        calls = [
            each for page in guide.pages.values() for each in page.calls if each.name == self.macro
        ]
        listed = [kind for each in calls for kind in each.args]
        for kind in call.args:
            if listed.count(kind) > 1:
                yield f"the sources of the kind “{kind}” are listed twice", "Name it in one list."
        for kind in get_args(Kind) if call is calls[0] else ():
            if kind not in listed:
                yield f"no page lists the sources of the kind “{kind}”", "Name it in one list."

    def html(self, page: PageContext, *kinds: str) -> Markup:
        """Render all sources of these kinds that a page cites, each with those pages."""
        guide = page.guide
        pages: dict[str, list[Page]] = {}
        for each in guide.pages.values():
            used = page.citations.sources_of(each, guide)
            for name in each.meta.sources:
                if name in used and guide.sources[name].kind in kinds:
                    pages.setdefault(name, []).append(each)
        entries = [(guide.sources[name], pages[name]) for name in pages]
        entries.sort(key=lambda entry: entry[0].title.casefold())
        return page.render("source-library.html", entries=entries)
