"""Which sources and facts a page rests on, and where it shows the marks that lead to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from scripts.guide.guide import Guide
from scripts.guide.pages import HEADING, Call, Page

Carried = tuple[Iterable[str], Iterable[str]]
"""Facts and sources."""


def _cite(call: Call, _guide: Guide) -> Carried:
    return (str(call.kwargs.get("fact")),), [str(arg) for arg in call.args]


def _number(call: Call, guide: Guide) -> Carried:
    number = guide.numbers[call.first]
    return number.facts, number.sources


def _region_rules(call: Call, guide: Guide) -> Carried:
    if guide.edition.own_rule(call.first):
        return (), ()
    rules = [region.rules[call.first] for region in guide.regions_with(call.first)]
    return [rule.fact for rule in rules], [source for rule in rules for source in rule.sources]


def _care_card(call: Call, guide: Guide) -> Carried:
    symptoms = guide.symptoms_of(call.first)
    return (
        [fact for symptom in symptoms for fact in symptom.facts],
        [source for symptom in symptoms for source in symptom.sources],
    )


def _first_calls(_call: Call, guide: Guide) -> Carried:
    fever = guide.temperatures["fever"]
    return fever.facts, fever.sources


def _no_answer(_call: Call, guide: Guide) -> Carried:
    return guide.no_answer.facts, guide.no_answer.sources


def _checklist(call: Call, guide: Guide) -> Carried:
    return guide.facts_of_checklist(call.first), guide.sources_of_checklist(call.first)


def _sheet_pack(_call: Call, guide: Guide) -> Carried:
    slugs = guide.sheet_pack.sheets
    return (
        [fact for slug in slugs for fact in guide.facts_of_checklist(slug)],
        [source for slug in slugs for source in guide.sources_of_checklist(slug)],
    )


def _link_kit(_call: Call, guide: Guide) -> Carried:
    moments = guide.link_kit.moments.values()
    facts = [fact for moment in moments for fact in moment.facts]
    return facts, [source for moment in moments for source in moment.sources]


def _record_codes(_call: Call, guide: Guide) -> Carried:
    groups = guide.record_codes.values()
    return (
        [fact for group in groups for fact in group.facts],
        [source for group in groups for source in group.sources],
    )


def _figure(call: Call, guide: Guide) -> Carried:
    figure = guide.figures[call.first]
    return figure.facts, figure.sources


def _grades(call: Call, guide: Guide) -> Carried:
    table = guide.grades[call.first]
    return table.facts, table.sources


def _timeline(_call: Call, guide: Guide) -> Carried:
    facts, sources = list(guide.timeline.facts), list(guide.timeline.sources)
    for row in guide.timeline.rows:
        facts += row.facts
        sources += row.sources
    return facts, sources


def _temperature_helper(_call: Call, guide: Guide) -> Carried:
    helper = guide.temperature_helper
    facts, sources = list(helper.facts), list(helper.sources)
    for name in ("fever", "low", "some-places-say"):
        facts += guide.temperatures[name].facts
        sources += guide.temperatures[name].sources
    return facts, sources


CARRIED: dict[str, Callable[[Call, Guide], Carried]] = {
    "cite": _cite,
    "number": _number,
    "region_rules": _region_rules,
    "care_card": _care_card,
    "first_calls": _first_calls,
    "no_answer": _no_answer,
    "checklist": _checklist,
    "sheet_pack": _sheet_pack,
    "link_kit": _link_kit,
    "record_codes": _record_codes,
    "figure": _figure,
    "grades": _grades,
    "timeline": _timeline,
    "temperature_helper": _temperature_helper,
}
"""What each macro that states medical matter rests on."""


def facts_of(page: Page, guide: Guide) -> list[str]:
    """Return the facts that a page states, in order."""
    return list(dict.fromkeys(fact for call in page.calls for fact in _carried(call, guide)[0]))


def sources_of(page: Page, guide: Guide) -> list[str]:
    """Return the sources that a page cites, in order."""
    return list(dict.fromkeys(name for call in page.calls for name in _carried(call, guide)[1]))


def sources_in_all_regions(page: Page, guide: Guide) -> list[str]:
    """Return the sources that a page cites in the edition of one region or another."""
    found: dict[str, None] = {}
    for region in guide.regions:
        edition = guide.edition.model_copy(update={"region": region, "rules": None})
        found |= dict.fromkeys(sources_of(page, replace(guide, edition=edition)))
    return list(found)


def _carried(call: Call, guide: Guide) -> Carried:
    return CARRIED[call.name](call, guide) if call.name in CARRIED else ((), ())


# --- Marks ----------------------------------------------------------------------------------

MARKED = ("cite", "number")
"""The macros that stand in a sentence and can show a mark."""

LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s")
FENCE = "///"
"""Opens and closes a part of a page, such as ``/// html | div.crs-clinician``."""

MACRO_LINE = re.compile(r"\{\{ \w+\([^{}]*\) \}\}")
MACRO = re.compile(r"\{\{.*?\}\}")


def blocks_of(page: Page) -> list[list[tuple[int, str]]]:
    """Return the paragraphs and lists of a page, each as its lines with their numbers.

    A list is one block with all its items. A line that ends in a colon and announces a list
    belongs to it.
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
    """Tell whether a paragraph announces the list below it: it ends in a colon."""
    return MACRO.sub("", block[-1][1]).strip(" *").endswith(":")


def marks_of(page: Page, guide: Guide) -> list[tuple[Call, tuple[str, ...]]]:
    """Return each macro call of a page that could show a mark, with the sources of that mark.

    A paragraph or a list shows one mark, with all its sources: at its last call or, where a line
    that announces a list closes with one, at that. The other calls have no sources here.
    """
    block_at = {number: index for index, block in enumerate(blocks_of(page)) for number, _ in block}
    calls = [call for call in page.calls if call.name in MARKED and call.kwargs.get("mark", True)]
    found: list[tuple[Call, tuple[str, ...]]] = []
    texts = dict(page.lines())
    for _, group in groupby(calls, key=lambda call: block_at[call.line]):
        cited = [(call, _carried(call, guide)[1]) for call in group]
        shown = [call for call, sources in cited if sources]
        announcing = [call for call in shown if _closes_an_announcement(texts[call.line])]
        last = (announcing or shown)[-1] if shown else None
        names = tuple(dict.fromkeys(name for _, sources in cited for name in sources))
        found += [(call, names if call is last else ()) for call, _ in cited]
    return found


def lines_of_sources(page: Page, guide: Guide) -> list[tuple[str, ...]]:
    """Return the sources of each mark and each component of a page, in order, none twice.

    A lean page shows no list of its sources: these lines stand on the page of all sources.
    """
    shown = {id(call): sources for call, sources in marks_of(page, guide)}
    of_calls = [
        shown.get(id(call), ()) if call.name in MARKED else _carried(call, guide)[1]
        for call in page.calls
    ]
    order = page.meta.sources.index
    return list(dict.fromkeys(tuple(sorted(set(each), key=order)) for each in of_calls if each))


def _closes_an_announcement(line: str) -> bool:
    return line.rstrip(" *").endswith("}}") and _announces([(0, line)])
