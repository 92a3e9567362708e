"""The guide can be read by people who are ill and who had little schooling."""

from __future__ import annotations

import statistics

import pytest

from scripts.components import Components
from scripts.content import Guide
from scripts.reading import MEDIAN_LIMIT, Reading, measure, measure_all, sentences_of
from scripts.render import curly
from tests.conftest import Site


def page(body: str) -> str:
    return f'<div class="crs-page">{body}</div>'


@pytest.fixture(scope="module")
def readings(site: Site, guide: Guide) -> list[Reading]:
    return measure_all(site.folder, guide)


def test_every_page_keeps_its_grade(readings: list[Reading]) -> None:
    too_hard = {r.path: (r.grade, r.limit) for r in readings if r.grade > r.limit}
    assert not too_hard


def test_no_sentence_is_longer_than_a_breath(readings: list[Reading]) -> None:
    too_long = {r.path: r.longest_sentence for r in readings if not r.passes}
    assert not too_long


def test_the_middle_page_is_at_grade_six_or_lower(readings: list[Reading]) -> None:
    assert statistics.median(r.grade for r in readings) <= MEDIAN_LIMIT


def test_every_page_is_measured(readings: list[Reading], guide: Guide) -> None:
    assert {r.path for r in readings} == set(guide.pages)
    assert min(r.words for r in readings) > 30


def test_hard_words_in_long_sentences_score_as_hard() -> None:
    hard = page(
        "<p>Immunomodulatory interventions considerably ameliorate inflammatory manifestations,"
        " notwithstanding individual variability in pharmacological responsiveness</p>"
    )
    easy = page("<p>Call your team now. Do not wait.</p>")
    assert measure("x.md", hard).grade > 20
    assert measure("x.md", easy).grade < 2


def test_a_list_item_ends_a_sentence() -> None:
    assert sentences_of(page("<ul><li>Call now</li><li>Say your name</li></ul>")) == [
        "Call now",
        "Say your name",
    ]


def test_what_is_not_ours_is_left_out() -> None:
    foot = '<p>Call now.</p><div class="crs-page-foot"><p>Title of a source.</p></div>'
    assert sentences_of(page(foot)) == ["Call now"]


def test_what_is_for_clinicians_is_left_out(guide: Guide) -> None:
    for slug, sheet in guide.checklists.items():
        components = Components(guide, f"print/{slug}.md")
        counted = sentences_of(page(str(components.checklist(slug))))
        assert bool(counted) != sheet.for_clinicians, slug


def test_a_sheet_is_counted_on_its_own_page_and_not_in_the_pack(guide: Guide) -> None:
    counted = " ".join(sentences_of(page(str(Components(guide, "print/pack.md").sheet_pack()))))
    for sheet in guide.checklists.values():
        assert curly(sheet.title) in counted
        assert sheet.purpose.split(".")[0] not in counted


def test_a_sheet_and_what_it_is_for_are_two_sentences(guide: Guide) -> None:
    sentences = sentences_of(page(str(Components(guide, "print/index.md").sheet_list())))
    for sheet in guide.checklists.values():
        assert curly(sheet.title) in sentences


def test_a_temperature_in_two_units_reads_as_one_sign() -> None:
    shown = (
        "<p>At <bdi><strong>100.4\u00a0°F</strong> <small>(38.0\u00a0°C)</small></bdi> call.</p>"
    )
    assert sentences_of(page(shown)) == ["At heat call"]
