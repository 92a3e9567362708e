"""Find the facts and sources that a page is based on, and where it shows its source marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scripts.guide.guide import Guide
from scripts.guide.pages import HEADING, Call, Page

Carried = tuple[Iterable[str], Iterable[str]]
"""Facts and sources."""

LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s")
FENCE = "///"
"""Marker that opens and closes a block of a page, such as ``/// html | div.crs-clinician``."""

MACRO_LINE = re.compile(r"\{\{ \w+\([^{}]*\) \}\}")
MACRO = re.compile(r"\{\{.*?\}\}")


@dataclass(frozen=True)
class Citations:
    """Finds what pages are based on, from the facts and sources that their components name.

    Attributes:
        carried: Function that returns the facts and sources that a macro call is based on.
        marking: The macros that are part of a sentence and can show a mark.
    """

    carried: Callable[[Call, Guide], Carried]
    marking: Collection[str]

    def sources_of(self, page: Page, guide: Guide) -> list[str]:
        """Return the sources that a page cites, in order."""
        return list(dict.fromkeys(s for call in page.calls for s in self.carried(call, guide)[1]))

    def sources_in_all_regions(self, page: Page, guide: Guide) -> list[str]:
        """Return the sources that a page cites in the edition of any region."""
        found: dict[str, None] = {}
        for region in guide.regions:
            edition = guide.edition.model_copy(update={"region": region, "rules": None})
            found |= dict.fromkeys(self.sources_of(page, replace(guide, edition=edition)))
        return list(found)

    def marks_of(self, page: Page, guide: Guide) -> list[tuple[Call, tuple[str, ...]]]:
        """Return each macro call of a page that can show a mark, with the sources of that mark.

        Each paragraph or list shows one mark, which leads to all its sources. The mark is at the
        last call or, if a line that introduces a list ends with a call, at that one. The other
        calls are returned without sources.
        """
        block_at = {line: index for index, block in enumerate(blocks_of(page)) for line, _ in block}
        calls = [
            call
            for call in page.calls
            if call.name in self.marking and call.kwargs.get("mark", True)
        ]
        found: list[tuple[Call, tuple[str, ...]]] = []
        texts = dict(page.lines())
        for _, group in groupby(calls, key=lambda call: block_at[call.line]):
            cited = [(call, self.carried(call, guide)[1]) for call in group]
            shown = [call for call, sources in cited if sources]
            announcing = [call for call in shown if _closes_an_announcement(texts[call.line])]
            last = (announcing or shown)[-1] if shown else None
            names = tuple(dict.fromkeys(name for _, sources in cited for name in sources))
            found += [(call, names if call is last else ()) for call, _ in cited]
        return found

    def lines_of_sources(self, page: Page, guide: Guide) -> list[tuple[str, ...]]:
        """Return the sources of each mark and each component of a page, in order, without repeats.

        A lean page shows no list of its sources. The page of all sources shows these lines instead.
        """
        shown = {id(call): sources for call, sources in self.marks_of(page, guide)}
        of_calls = [
            shown.get(id(call), ()) if call.name in self.marking else self.carried(call, guide)[1]
            for call in page.calls
        ]
        order = page.meta.sources.index
        return list(dict.fromkeys(tuple(sorted(set(each), key=order)) for each in of_calls if each))


def blocks_of(page: Page) -> list[list[tuple[int, str]]]:
    """Return the paragraphs and lists of a page, each as its lines with their numbers.

    A list is one block with all its items, and includes the line ending in a colon that
    introduces it.
    """
    blocks: list[list[tuple[int, str]]] = []
    gap, in_list = True, False
    for number, line in page.lines():
        text = line.strip()
        if not text:
            gap = True
            continue
        alone = text.startswith(FENCE) or HEADING.match(line) or MACRO_LINE.fullmatch(text)
        is_item = bool(LIST_ITEM.match(line))
        if alone:
            in_list = False
        elif not gap or (in_list and (is_item or line[0] == " ")):
            blocks[-1].append((number, line))
            continue
        elif is_item and blocks and _announces(blocks[-1]):
            blocks[-1].append((number, line))
            gap, in_list = False, True
            continue
        else:
            in_list = is_item
        blocks.append([(number, line)])
        gap = bool(alone)
    return blocks


def _announces(block: Sequence[tuple[int, str]]) -> bool:
    """Return whether a paragraph introduces the list below it, that is, ends in a colon."""
    return MACRO.sub("", block[-1][1]).strip(" *").endswith(":")


def _closes_an_announcement(line: str) -> bool:
    return line.rstrip(" *").endswith("}}") and _announces([(0, line)])
