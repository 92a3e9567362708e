"""What a component is: one macro, with everything that the guide knows about it."""

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

    A subclass is the one place that knows a component. It is in a module of its own, where
    ``registry.py`` finds it.

    Attributes:
        macro: The name that pages call.
        block: Whether the call is alone on its line, at column 0.
        kept_in: Where a writer finds the names that the first argument takes; empty if it takes
            none.
        many: Whether it takes several names.
        options: The keywords that it takes.
        marking: Whether it is part of a sentence and can show a mark of sources.
        stores: The data that it owns.
        own_ids: A pattern of the ids that it writes by itself: no heading may have one.
        not_searched: Classes of its parts that search leaves out.
    """

    macro: ClassVar[str]
    block: ClassVar[bool] = True
    kept_in: ClassVar[str] = ""
    many: ClassVar[bool] = False
    options: ClassVar[tuple[str, ...]] = ()
    marking: ClassVar[bool] = False
    stores: ClassVar[tuple[Store[Any], ...]] = ()
    own_ids: ClassVar[str] = ""
    not_searched: ClassVar[tuple[str, ...]] = ()

    def names(self, guide: Guide) -> Collection[str]:  # noqa: ARG002 - most take no name
        """Return the names that the first argument may be."""
        return ()

    def faults(self, call: Call, guide: Guide) -> Iterator[tuple[str, str]]:  # noqa: ARG002
        """Yield what is wrong with a call whose names are known, each fault with its remedy."""
        yield from ()

    def html(self, page: PageContext, *args: Any, **options: Any) -> Markup:
        """Render the component on a page."""
        raise NotImplementedError

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - most state nothing
        """Return the facts and the sources that a call rests on."""
        return (), ()

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:
        """Yield the rows of the review pack for a call on a line of its own.

        By default one row with all its words where it rests on facts, and none where it does not.
        """
        facts, sources = (tuple(each) for each in self.carried(call, review.guide))
        if facts or sources:
            words = plain(self.html(review.page, *call.args, **call.kwargs))
            yield review.row(section, "component", words, facts, sources)

    def said(self, call: Call, review: Review, line: Said) -> str:  # noqa: ARG002
        """Return the words that a call in a sentence adds to the review pack."""
        return plain(self.html(review.page, *call.args, **call.kwargs))
