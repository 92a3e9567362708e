"""The pages are easy to read for people who are ill or had little schooling."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scripts.components.registry import Macros
from scripts.components.render import curly
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.readability import ReadabilityRules
from scripts.measure.readability import (
    PASSIVE,
    RULES,
    Readability,
    faults_of_all,
    load_readability_rules,
    measure,
    measure_all,
    sentences_of,
    smog,
    syllables,
)
from tests.conftest import Site


def page(body: str) -> str:
    return f'<div class="crs-page">{body}</div>'


@pytest.fixture(scope="module")
def rules(guide: Guide) -> ReadabilityRules:
    return load_readability_rules(guide.pages)


@pytest.fixture(scope="module")
def measured(site: Site, guide: Guide) -> list[Readability]:
    return measure_all(site.folder, guide)


def test_every_page_keeps_every_limit(measured: list[Readability], rules: ReadabilityRules) -> None:
    assert faults_of_all(measured, rules) == []


def test_every_page_is_measured(measured: list[Readability], guide: Guide) -> None:
    assert {r.path for r in measured} == set(guide.pages)
    assert min(r.words for r in measured) > 30


def test_what_a_reader_acts_on_is_held_to_the_lower_limit(
    guide: Guide, rules: ReadabilityRules
) -> None:
    sheets = {f"print/{slug}.md" for slug in guide.checklists}
    first = {"index.md", "get-help.md", "symptoms.md", "temperature.md", "carers.md"}
    assert sheets | first | {"after-infusion.md"} <= set(rules.action_pages)
    assert rules.limits.action_page.grade <= 5 < rules.limits.other_page.grade <= 7
    assert rules.limits.middle_page.grade <= 6
    assert rules.limits.sentence <= 25


HARD = (
    "<p>Immunomodulatory interventions considerably ameliorate inflammatory manifestations,"
    " notwithstanding individual variability in pharmacological responsiveness</p>"
)


def test_hard_words_in_long_sentences_score_as_hard(rules: ReadabilityRules) -> None:
    hard, easy = page(HARD), page("<p>Call your team now. Do not wait.</p>")
    assert measure("x.md", hard, rules).grade > 20
    assert measure("x.md", hard, rules).smog > 15
    assert measure("x.md", easy, rules).grade < 2
    assert measure("x.md", easy, rules).smog < 4


LONG = "<p>" + "Call us now " * 9 + "</p>"
PASSIVE_PAGE = "<p>You are told by us.</p>" * 2 + "<p>Call.</p>"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (HARD, ": grade "),
        (HARD, "SMOG grade"),
        (LONG, "a sentence of 27 words"),
        (PASSIVE_PAGE, "67 of 100 sentences are passive"),
        ("<h2>One</h2>" + "<p>Call now.</p>" * 60, "121 words for each heading"),
    ],
)
def test_a_breach_names_the_page_the_words_and_the_way_out(
    body: str, says: str, rules: ReadabilityRules
) -> None:
    faults = measure("faq.md", page(body), rules).faults
    [fault] = [fault for fault in faults if says in fault]
    assert fault.startswith("faq.md: ")
    assert "the limit is" in fault
    assert fault.count(". ") >= 1, "it does not say what to do"


def test_the_sentence_at_fault_is_quoted(rules: ReadabilityRules) -> None:
    [fault] = measure("faq.md", page(LONG), rules).faults
    assert "“Call us now Call us now" in fault
    [fault] = measure("faq.md", page(PASSIVE_PAGE), rules).faults
    assert "“You are told by us”" in fault


def test_the_middle_page_has_limits_of_its_own(
    measured: list[Readability], rules: ReadabilityRules
) -> None:
    harder = [replace(each, grade=6.5) for each in measured]
    assert any(fault.startswith("the middle page: grade") for fault in faults_of_all(harder, rules))


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("fever", 2),
        ("any", 2),
        ("emergency", 4),
        ("caregiver’s", 3),
        ("tocilizumab", 5),
        ("CRS", 3),
        ("PDFs", 3),
        ("ICANS", 2),
        ("T-cell", 2),
        ("38.0", 1),
        ("24-hour", 1),
    ],
)
def test_syllables_are_counted_as_people_say_them(word: str, count: int) -> None:
    assert syllables(word) == count


def test_smog_is_that_of_its_formula() -> None:
    # 30 sentences with 9 words of three syllables: 1.043 × √9 + 3.1291.
    assert smog(["Call"] * 21 + ["medicine"] * 9) == 6.3


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("The fever is treated by your team", True),
        ("It was quickly given", True),
        ("Fevers are not always seen", True),
        ("They get moved", True),
        ("You are confused", False),
        ("She is tired and very worried", False),
        ("It is gone", False),
        ("Call if you need help", False),
    ],
)
def test_the_passive_voice_is_told_from_how_someone_is(sentence: str, passive: bool) -> None:
    assert bool(PASSIVE.search(sentence)) == passive


def test_a_list_item_ends_a_sentence() -> None:
    assert sentences_of(page("<ul><li>Call now</li><li>Say your name</li></ul>")) == [
        "Call now",
        "Say your name",
    ]


def test_a_quote_that_ends_with_its_stop_ends_a_sentence() -> None:
    assert sentences_of(page("<p>Say “I had CAR T.” Then call.</p>")) == [
        "Say “I had CAR T",
        "Then call",
    ]


def test_what_is_not_ours_is_left_out() -> None:
    foot = '<p>Call now.</p><div class="crs-page-foot"><p>Title of a source.</p></div>'
    assert sentences_of(page(foot)) == ["Call now"]


def test_what_is_for_clinicians_is_left_out(guide: Guide) -> None:
    for slug, sheet in guide.checklists.items():
        components = Macros(guide, f"print/{slug}.md")
        counted = sentences_of(page(str(components.checklist(slug))))
        assert bool(counted) != sheet.for_clinicians, slug


def test_a_sheet_is_counted_on_its_own_page_and_not_in_the_pack(guide: Guide) -> None:
    counted = " ".join(sentences_of(page(str(Macros(guide, "print/pack.md").sheet_pack()))))
    for sheet in guide.checklists.values():
        assert curly(sheet.title).rstrip("?") in counted
        assert sheet.purpose.split(".")[0] not in counted


def test_a_sheet_and_what_it_is_for_are_two_sentences(guide: Guide) -> None:
    sentences = sentences_of(page(str(Macros(guide, "print/index.md").sheet_list())))
    for sheet in guide.checklists.values():
        assert curly(sheet.title).rstrip("?") in sentences


def test_a_temperature_in_two_units_reads_as_one_sign() -> None:
    shown = (
        "<p>At <bdi><strong>100.4\u00a0°F</strong> <small>(38.0\u00a0°C)</small></bdi> call.</p>"
    )
    assert sentences_of(page(shown)) == ["At heat call"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("  carers.md:", "  carer.md:", "action_pages.carer.md"),
        ("    grade: 5.0", "    grade: 50.0", "limits.action_page.grade"),
    ],
)
def test_a_rule_that_is_wrong_is_named_with_its_line(
    old: str, new: str, field: str, tmp_path: Path, guide: Guide
) -> None:
    text = RULES.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = tmp_path / "readability.yml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_readability_rules(guide.pages, file, tmp_path)
    [problem] = error.value.problems
    assert problem.field == field
    assert problem.line == 1 + next(
        i for i, each in enumerate(text.replace(old, new).split("\n")) if each.startswith(new)
    )
    assert problem.remedy
