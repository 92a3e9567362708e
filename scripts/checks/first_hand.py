"""Find out whether care cards, sheets and first paragraphs are based on first-hand sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scripts.components.sheet.block import carried_by_sheet
from scripts.guide.guide import Guide
from scripts.guide.models.evidence import FIRST_HAND, UNFIT, Source

GOAL = 90
"""Percentage of facts on cards and sheets that should have a first-hand source."""


def unfit(
    sources: Mapping[str, Source], cited: Iterable[str], place: str
) -> Iterator[tuple[str, str]]:
    """Yield the sources that must not be cited for urgent words, each with its remedy.

    Args:
        sources: All sources.
        cited: The sources that are cited.
        place: What cites them, such as ``a sheet``.
    """
    for name in dict.fromkeys(cited):
        if name in sources and (kind := sources[name].kind) in UNFIT:
            fault = f"the source “{name}” has the kind “{kind}”, but is cited in {place}"
            yield fault, f"Cite a source of one of these kinds: {', '.join(sorted(FIRST_HAND))}."


def urgent_evidence(guide: Guide) -> dict[str, tuple[str, ...]]:
    """Return the facts on care cards and sheets, each with the sources cited for it there."""
    carried: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
        (sign.facts, sign.sources) for name in guide.care_cards for sign in guide.symptoms_of(name)
    ]
    carried += [carried_by_sheet(sheet, guide) for sheet in guide.checklists.values()]
    found: dict[str, dict[str, None]] = {}
    for facts, sources in carried:
        for fact in facts:
            mine = (source for source in sources if source in guide.facts[fact].sources)
            found.setdefault(fact, {}).update(dict.fromkeys(mine))
    return {fact: tuple(sources) for fact, sources in found.items()}


def report(guide: Guide) -> list[str]:
    """Return how many of these facts have a first-hand source, then those that have none."""
    evidence = urgent_evidence(guide)
    others = {
        fact: sources
        for fact, sources in evidence.items()
        if not any(guide.sources[source].kind in FIRST_HAND for source in sources)
    }
    good = len(evidence) - len(others)
    share = f"{good} of {len(evidence)} facts ({100 * good / len(evidence):.0f}%, goal {GOAL}%)"
    kinds = "a label, a regulator, a guideline, a public body or a treatment center"
    return [
        f"{share} on care cards and sheets are based on {kinds}.",
        *(
            f"  not {fact}: "
            + ", ".join(f"{source} ({guide.sources[source].kind})" for source in sources)
            for fact, sources in sorted(others.items())
        ),
    ]
