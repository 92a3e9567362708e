"""The report on how many facts of cards and sheets cite a first-hand source."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from scripts.checks.first_hand import report, urgent_evidence
from scripts.guide.models.evidence import FIRST_HAND, UNFIT


def guide() -> Any:
    """Two signs and a sheet, which cite a label, a maker and a study."""
    signs = (
        SimpleNamespace(facts=("fever",), sources=("maker", "label")),
        SimpleNamespace(facts=("chills",), sources=("maker",)),
    )
    return SimpleNamespace(
        care_cards={"call-now": None},
        checklists={
            "diary": SimpleNamespace(
                facts=("fever", "diary"), sources=("label", "study"), blocks=()
            )
        },
        symptoms_of=lambda _card: signs,
        facts={
            "fever": SimpleNamespace(sources=("maker", "label")),
            "chills": SimpleNamespace(sources=("maker", "label")),
            "diary": SimpleNamespace(sources=("study", "label-of-another")),
        },
        sources={kind: SimpleNamespace(kind=kind) for kind in ("label", "maker", "study")},
    )


def test_a_fact_has_the_sources_cited_for_it_on_cards_and_sheets() -> None:
    assert urgent_evidence(guide()) == {
        "fever": ("maker", "label"),
        "chills": ("maker",),
        "diary": ("study",),
    }


def test_says_the_share_at_first_hand_and_names_the_other_facts_with_their_sources() -> None:
    first, *others = report(guide())
    assert first.startswith("1 of 3 facts (33%, goal 90%)")
    assert others == ["  not chills: maker (maker)", "  not diary: study (study)"]


def test_no_kind_is_both_at_first_hand_and_unfit() -> None:
    assert FIRST_HAND
    assert UNFIT
    assert not FIRST_HAND & UNFIT
