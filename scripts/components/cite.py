"""The mark that names the sources of a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Said
from scripts.guide.citations import Carried
from scripts.guide.evidence import unknown, unsupported
from scripts.guide.guide import Guide
from scripts.guide.pages import Call


class Cite(Component):
    """A mark that names the sources of a statement."""

    macro = "cite"
    block = False
    listed_in = "docs/data/sources.yml"
    many = True
    options = ("fact",)
    marking = True

    def names(self, guide: Guide) -> Collection[str]:
        """Return the ids of the sources."""
        return guide.sources

    def faults(self, call: Call, guide: Guide) -> Iterator[tuple[str, str]]:
        """Check that the call names a fact, and sources that support it."""
        fact = call.kwargs.get("fact")
        if not fact:
            yield "no fact is named", 'Add fact="…", an id of docs/data/facts.yml.'
            return
        wrong = list(unknown(guide.facts, [fact]))
        yield from wrong or unsupported(guide.facts, guide.sources, [fact], call.args)

    def html(self, page: PageContext, *sources: str, fact: str = "") -> Markup:
        """Render the mark of a statement's sources. Only the checks use ``fact``.

        A paragraph or list shows one mark, at its last call; the calls before it render nothing.
        """
        return page.mark_of_block("cite", *sources, fact=fact)

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - the call itself names them
        """Return the fact and the sources that the call names."""
        return (str(call.kwargs.get("fact")),), [str(arg) for arg in call.args]

    def said(self, call: Call, review: Review, line: Said) -> str:  # noqa: ARG002
        """Return the mark of the fact, and record the fact and its sources."""
        return line.note(str(call.kwargs.get("fact")), map(str, call.args), marked=True)
