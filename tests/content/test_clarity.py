"""How clear each page is: checked by machine where a machine can, and said honestly."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.clarity import (
    CHECKS,
    FOLDER,
    RESULT,
    Assessment,
    Looked,
    assess,
    in_words,
    load_answers,
    load_instruments,
    look,
)
from scripts.content import Guide
from scripts.errors import ContentError
from scripts.models.clarity import Instrument, Instruments, PageAnswers
from scripts.reading_rules import load_reading_rules
from tests.conftest import Site

PASS = 90
"""What the first instrument asks for, and what we hold every page to act on to."""


@pytest.fixture(scope="module")
def instruments() -> Instruments:
    return load_instruments()


@pytest.fixture(scope="module")
def assessed(site: Site, guide: Guide) -> list[Assessment]:
    return assess(site.folder, guide)


def test_the_instruments_have_all_their_items(instruments: Instruments) -> None:
    numbers = {
        name: [item.number for item in each.items] for name, each in instruments.instruments.items()
    }
    assert numbers == {
        "cdc": list(range(1, 21)),
        "pemat-understandability": [*range(1, 13), *range(15, 20)],
        "pemat-actionability": list(range(20, 27)),
    }
    assert instruments.instruments["cdc"].pass_mark == PASS


def test_every_page_to_act_on_passes(assessed: list[Assessment], instruments: Instruments) -> None:
    low = {
        each.path: [name for name, met in each.checks.items() if met is False]
        for each in assessed
        if each.action and each.score(instruments.instruments["cdc"]) < PASS
    }
    assert not low, "improve the page; the names are what it does not meet"


def test_every_page_to_act_on_meets_all_that_a_machine_can_check(
    assessed: list[Assessment],
) -> None:
    missed = {
        each.path: [name for name in CHECKS if each.checks[name] is False]
        for each in assessed
        if each.action
    }
    assert {path: names for path, names in missed.items() if names} == {}


def test_every_page_for_patients_is_assessed(assessed: list[Assessment], guide: Guide) -> None:
    pages = {path for path in guide.pages if not path.startswith("clinics/")}
    assert {each.path for each in assessed} == pages
    assert {each.path for each in assessed if each.action} == set(
        load_reading_rules(guide.pages).action_pages
    )


def test_the_written_assessment_is_that_of_the_pages_as_they_are(
    assessed: list[Assessment], instruments: Instruments
) -> None:
    written = RESULT.read_text(encoding="utf-8")
    assert written == in_words(assessed, instruments), "run: python3 -m scripts assess"


def test_it_says_who_assessed_and_that_no_patient_did() -> None:
    opening = RESULT.read_text(encoding="utf-8").split("## Scores")[0]
    assert "self-assessment by the makers of the guide" in opening
    assert "No patient test has been done" in opening


def test_no_score_is_typed() -> None:
    # The numbers of items, the mark, the year of a version: a score is none of them.
    for file in FOLDER.glob("*.yml"):
        assert not re.search(r"\bscore\w*: ", file.read_text(encoding="utf-8")), file.name


def made_up(checks: dict[str, bool | None], instrument: Instrument, guide: Guide) -> float:
    answers = next(iter(load_answers(guide, load_instruments()).values()))
    every: dict[str, bool | None] = {
        name: True for item in instrument.items for name in item.checks
    }
    return Assessment("a.md", "A", True, answers, every | checks).score(instrument)


@pytest.mark.parametrize(
    ("checks", "score"),
    [
        ({}, 100),
        ({"picture-of-message": False}, 95),
        # One check can stand behind two items.
        ({"main-message-first": False}, 90),
        ({"risk": None, "risks-and-benefits": None, "chances-in-words": None, "why": False}, 94.1),
        # Of two checks behind an item, one that fails outweighs one that does not apply.
        ({"numerals": False, "fitting-numbers": None}, 95),
    ],
)
def test_a_score_is_the_items_met_of_every_100_that_apply(
    checks: dict[str, bool | None], score: float, instruments: Instruments, guide: Guide
) -> None:
    assert made_up(checks, instruments.instruments["cdc"], guide) == score


GOOD = (
    '<div class="crs-page"><h1>Fever</h1><p class="crs-answer">Call your team now.'
    "<sup>[1]</sup></p><h2>How</h2><ul><li>Say your name.</li></ul></div>"
)
ITEMS = "<li>Say it.</li>"
TABLE = "<table><caption>Days</caption><thead><tr><th>Day</th></tr></thead></table>"


@pytest.fixture(scope="module")
def answers(guide: Guide) -> PageAnswers:
    some = next(iter(load_answers(guide, load_instruments()).values()))
    message = {"main_message": "Call your team now.", "call_to_action": "Say your name."}
    return some.model_copy(update=message)


def looked(html: str, answers: PageAnswers, guide: Guide) -> Looked:
    return look("get-help.md", html, answers, guide, load_reading_rules(guide.pages))


def test_a_good_page_meets_every_check(answers: PageAnswers, guide: Guide) -> None:
    page = looked(GOOD, answers, guide)
    found = {name: check(page) for name, check in CHECKS.items()}
    does_not_apply = {"captions", "simple-tables", "help-with-sums"}
    assert {name for name, met in found.items() if met is None} == does_not_apply
    assert {name for name, met in found.items() if met is False} == set()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("main-message", "Call your team now.<sup>", "Call them.<sup>"),
        ("main-message-first", "<h1>Fever</h1>", "<h1>Fever</h1><p>First this.</p>"),
        (
            "main-message-first",
            "Call your team now.<sup>",
            f"{'So. ' * 100}Call your team now.<sup>",
        ),
        ("main-message-marked", ' class="crs-answer"', ""),
        ("call-to-action", "Say your name.", "Say a name."),
        ("plain-words", "Say your name.", "Say your name. Utilize the immunotherapy."),
        ("plain-words", "Say your name.", "Say your name. It is safe."),
        ("active-page", "Say your name.", "Say your name. You are told."),
        ("lists", f"<ul>{ITEMS}".replace("Say it", "Say your name"), f"<ul>{ITEMS * 8}"),
        ("lists", "<ul><li>Say your name.</li></ul>", "<p>Say your name.</p>"),
        ("parts", "<h2>How</h2>", ""),
        ("parts", "<h2>How</h2>", f"<h2>How</h2><p>{'Call now. ' * 41}</p>"),
        ("numerals", "Say your name.", "Say your name. Wait two hours."),
        ("no-sums", "Say your name.", "Say your name. Subtract it from the first."),
        ("captions", "<h2>", '<svg role="img"></svg><h2>'),
        ("simple-tables", "<h2>", f"{TABLE.replace('<caption>Days</caption>', '')}<h2>"),
        ("simple-tables", "<h2>", f"{TABLE.replace('Day<', 'a day ' * 9 + '<')}<h2>"),
        ("speaks-to-reader", "your", "the"),
    ],
)
def test_each_check_finds_what_it_is_for(
    name: str, old: str, new: str, answers: PageAnswers, guide: Guide
) -> None:
    assert old in GOOD
    page = looked(GOOD.replace(old, new), answers, guide)
    assert CHECKS[name](page) is False


def test_pictures_and_tables_that_are_named_pass(answers: PageAnswers, guide: Guide) -> None:
    named = '<svg role="img" aria-labelledby="a"></svg>'
    page = looked(GOOD.replace("<h2>", f"{named}{TABLE}<h2>"), answers, guide)
    assert CHECKS["captions"](page) is True
    assert CHECKS["simple-tables"](page) is True


def test_a_passive_message_is_found(answers: PageAnswers, guide: Guide) -> None:
    passive = answers.model_copy(update={"main_message": "You are told to call."})
    assert CHECKS["active-message"](looked(GOOD, passive, guide)) is False


def test_sums_that_are_asked_for_need_help(answers: PageAnswers, guide: Guide) -> None:
    page = looked(GOOD, answers, guide)
    asked = replace(page, sentences=[*page.sentences, "Multiply it by 9"])
    assert CHECKS["help-with-sums"](page) is None
    assert CHECKS["help-with-sums"](asked) is False


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("get-help.md:", "got-help.md:", "get-help.md is not assessed"),
        ("get-help.md:", "got-help.md:", "there is no such page for patients"),
        ('  "yes": [picture-of-message, ', '  "yes": [', "is answered 0 times"),
        ('  "yes": [picture-of-message, ', '  "yes": [why, picture-of-message, ', "2 times"),
        (
            '  "yes": [picture-of-message, ',
            '  "yes": [made-up, picture-of-message, ',
            "no question",
        ),
        ("assessed: 2026-11-22", "assessed: 2026-11-21", "reviewed after it was assessed"),
    ],
)
def test_an_answer_that_is_missing_or_stale_stops_the_tests(
    old: str, new: str, says: str, guide: Guide, instruments: Instruments, tmp_path: Path
) -> None:
    text = (FOLDER / "pages.yml").read_text(encoding="utf-8")
    start = text.index("get-help.md:")
    broken = text[:start] + text[start:].replace(old, new, 1)
    assert broken != text
    (tmp_path / "pages.yml").write_text(broken, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_answers(guide, instruments, tmp_path, tmp_path)
    [problem] = [each for each in error.value.problems if says in each.fault]
    assert problem.file == "pages.yml"
    assert problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("checks: [call-to-action]", "checks: [call-to-acton]", "which is no check"),
        ("  lists: It has", "  list: It has", "has no words or no code"),
    ],
)
def test_an_item_without_a_check_stops_the_tests(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    text = (FOLDER / "instruments.yml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "instruments.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_instruments(tmp_path, tmp_path)
    assert any(says in each.fault for each in error.value.problems)
