"""Check that each claim names known facts and cites sources that support them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scripts.guide.models.evidence import Fact, Source


def unknown(facts: Mapping[str, Fact], named: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield a problem and its remedy for each fact that a claim names but that does not exist."""
    for name in named:
        if name not in facts:
            yield f"there is no fact “{name}”", "Use an id of docs/data/facts.yml."


def unsupported(
    facts: Mapping[str, Fact],
    sources: Mapping[str, Source],
    named: Sequence[str],
    cited: Sequence[str],
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the sources that a claim cites, each problem with its remedy.

    Args:
        facts: All facts.
        sources: All sources.
        named: Facts that the claim names, all of them known.
        cited: Sources that the claim cites.
    """
    allowed = {source for name in named for source in facts[name].sources}
    for name in dict.fromkeys(cited):
        if cited.count(name) > 1:
            yield f"the source “{name}” is named twice", "Keep one."
        if name not in sources:
            yield f"there is no source “{name}”", "Use an id of docs/data/sources.yml."
        elif name not in allowed:
            fault = f"the source “{name}” does not support the fact {', '.join(named)}"
            yield fault, f"Cite one of: {', '.join(sorted(allowed))}."
