"""Which sources and facts a page rests on, and in which of its sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.models.evidence import Fact, Source
from scripts.pages import Call, Heading, Page

if TYPE_CHECKING:
    from scripts.content import Guide

Carried = tuple[Iterable[str], Iterable[str]]
"""Facts and sources."""


def _cite(call: Call, _guide: Guide) -> Carried:
    return (str(call.kwargs.get("fact")),), [str(arg) for arg in call.args]


def _number(call: Call, guide: Guide) -> Carried:
    number = guide.numbers[call.first]
    return number.facts, number.sources


def _region_rule(call: Call, guide: Guide) -> Carried:
    rule = guide.rule(call.first)
    return (rule.facts, rule.sources) if rule else ((), ())


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
    "region_rule": _region_rule,
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


def unknown(facts: Mapping[str, Fact], named: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the facts that a claim names and nobody has written, each with its remedy."""
    for name in named:
        if name not in facts:
            yield f"there is no fact “{name}”", "Use an id of docs/data/facts.yml."


def unsupported(
    facts: Mapping[str, Fact],
    sources: Mapping[str, Source],
    named: Sequence[str],
    cited: Sequence[str],
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the sources that a claim cites, each with its remedy.

    Args:
        facts: All facts.
        sources: All sources.
        named: The facts that the claim names, all of them known.
        cited: The sources that it cites.
    """
    allowed = {source for name in named for source in facts[name].sources}
    for name in dict.fromkeys(cited):
        if cited.count(name) > 1:
            yield f"the source “{name}” is named twice", "Keep one."
        if name not in sources:
            yield f"there is no source “{name}”", "Use an id of docs/data/sources.yml."
        elif name not in allowed:
            fault = f"the source “{name}” does not carry the fact {', '.join(named)}"
            yield fault, f"Cite one of: {', '.join(sorted(allowed))}."


def facts_of(page: Page, guide: Guide) -> dict[str, list[Heading | None]]:
    """Give the facts of a page, each with the sections that state it."""
    return _gather(page, guide, 0)


def sources_of(page: Page, guide: Guide) -> dict[str, list[Heading | None]]:
    """Give the sources of a page, each with the sections that cite it, in order.

    A section is None where the source is cited above the first section.
    """
    return _gather(page, guide, 1)


def sources_in_all_regions(page: Page, guide: Guide) -> list[str]:
    """Give the sources that a page cites in the edition of one region or another."""
    found: dict[str, None] = {}
    for region in guide.regions:
        edition = guide.edition.model_copy(update={"region": region, "rules": None})
        found |= dict.fromkeys(sources_of(page, replace(guide, edition=edition)))
    return list(found)


def _gather(page: Page, guide: Guide, which: int) -> dict[str, list[Heading | None]]:
    found: dict[str, list[Heading | None]] = {}
    for call in page.calls:
        if call.name not in CARRIED:
            continue
        section = page.section_at(call.line)
        if call.name == "care_card":
            # A card is its own section: its heading is in the component.
            section = Heading(2, guide.care_cards[call.first].label, call.first, call.line)
        for name in CARRIED[call.name](call, guide)[which]:
            sections = found.setdefault(name, [])
            if section not in sections:
                sections.append(section)
    return found
