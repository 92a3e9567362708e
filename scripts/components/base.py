"""Base class of components: one macro, with everything that the guide knows about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from markupsafe import Markup

from scripts.components.page import PageContext
from scripts.components.review import Review, Row, Said, plain
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.pages import Call, Heading
from scripts.guide.store import Store


class Component:
    """A macro that pages call.

    Everything about a component is in its subclass. Each has a module of its own, where
    ``registry.py`` finds it.

    Attributes:
        macro: Name that pages call.
        block: Whether the call must be alone on its line, without indent.
        listed_in: Where the names for the first argument are listed; empty if it takes none.
        many: Whether the call takes several names.
        options: Keyword arguments of the call.
        marking: Whether the call is part of a sentence and can show a mark of its sources.
        stores: Data that the component owns.
        own_ids: Pattern of the ids that the component writes; no heading of its page may have one.
        not_searched: CSS classes of parts that search leaves out.
    """

    macro: ClassVar[str]
    block: ClassVar[bool] = True
    listed_in: ClassVar[str] = ""
    many: ClassVar[bool] = False
    options: ClassVar[tuple[str, ...]] = ()
    marking: ClassVar[bool] = False
    stores: ClassVar[tuple[Store[Any], ...]] = ()
    own_ids: ClassVar[str] = ""
    not_searched: ClassVar[tuple[str, ...]] = ()

    def names(self, guide: Guide) -> Collection[str]:  # noqa: ARG002 - most components take no name
        """Return the names that are allowed as the first argument."""
        return ()

    def faults(self, call: Call, guide: Guide) -> Iterator[tuple[str, str]]:  # noqa: ARG002
        """Yield each problem of a call, with its remedy. The names in the call exist."""
        yield from ()

    def html(self, page: PageContext, *args: Any, **options: Any) -> Markup:
        """Render the component on a page."""
        raise NotImplementedError

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - most components state no facts
        """Return the facts and the sources that a call is based on."""
        return (), ()

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:
        """Yield the rows of the review pack for a call on a line of its own.

        The default is one row with all words of the component if it is based on facts, else none.
        """
        facts, sources = (tuple(each) for each in self.carried(call, review.guide))
        if facts or sources:
            words = plain(self.html(review.page, *call.args, **call.kwargs))
            yield review.row(section, "component", words, facts, sources)

    def said(self, call: Call, review: Review, line: Said) -> str:  # noqa: ARG002
        """Return the words that a call in a sentence adds to the review pack."""
        return plain(self.html(review.page, *call.args, **call.kwargs))
