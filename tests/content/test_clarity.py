"""The assessment of each page's clarity: automatic where possible, and honest about the rest."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest

from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.clarity import Instruments, Loss, PageRating
from scripts.measure import clarity, readability
from scripts.measure.clarity import (
    CHECKS,
    FOLDER,
    RESULT,
    Assessment,
    Looked,
    assess,
    in_words,
    load_discern,
    load_instruments,
    load_ratings,
    look,
    missing_passages,
    rated_pages,
)
from scripts.measure.readability import load_readability_rules
from tests.conftest import Site


@pytest.fixture(scope="module")
def instruments() -> Instruments:
    return load_instruments()


@pytest.fixture(scope="module")
def assessed(site: Site, guide: Guide) -> list[Assessment]:
    with pytest.MonkeyPatch.context() as patch:
        # Several measures ask for the same page: it is parsed once.
        patch.setattr(readability, "our_part", functools.cache(readability.our_part))
        sentences_of = functools.cache(readability.sentences_of)
        for module in (readability, clarity):
            patch.setattr(module, "sentences_of", sentences_of)
        return assess(site.folder, guide)


def test_the_instruments_have_all_their_items(instruments: Instruments) -> None:
    numbers = {
        name: [item.number for item in each.items] for name, each in instruments.instruments.items()
    }
    assert numbers == {
        "pemat-understandability": [*range(1, 13), *range(15, 20)],
        "pemat-actionability": list(range(20, 27)),
        "cci": list(range(1, 21)),
    }


def test_every_page_says_crs_icans_and_steroids_in_plain_words_first(
    assessed: list[Assessment],
) -> None:
    assert [each.path for each in assessed if not each.checks["terms-explained"]] == []


def test_every_page_to_act_on_meets_all_that_a_machine_can_check(
    assessed: list[Assessment], guide: Guide
) -> None:
    action = load_readability_rules(guide.pages).action_pages
    missed = {
        each.path: [name for name, met in each.checks.items() if not met]
        for each in assessed
        if each.path in action
    }
    assert {path: names for path, names in missed.items() if names} == {}


def test_every_page_to_read_is_rated(assessed: list[Assessment], guide: Guide) -> None:
    assert {each.path for each in assessed} == set(rated_pages(guide))
    assert {"what-if.md", "index.md", "print/fridge.md"} <= {each.path for each in assessed}


def test_the_written_rating_is_that_of_the_pages_as_they_are(
    assessed: list[Assessment], instruments: Instruments, guide: Guide
) -> None:
    written = RESULT.read_text(encoding="utf-8")
    assert written == in_words(assessed, instruments, guide), "run: python3 -m scripts assess"


def test_it_says_who_rated_and_gives_no_score_of_our_own() -> None:
    written = RESULT.read_text(encoding="utf-8")
    opening, rest = written.split("## Items met")
    assert "We, the makers of the guide, rated our own pages." in opening
    assert "No patient test has been done" in opening
    assert "46 to 88" in opening
    assert not re.search(r"\b\d+(\.\d+)? ?%|\bscore\b", rest.split("## Points lost")[0])


def test_every_page_lost_something(assessed: list[Assessment]) -> None:
    # A rating that takes no point off a page was not strict.
    assert [each.path for each in assessed if not each.losses] == []


def test_what_only_readers_could_show_is_never_met(
    assessed: list[Assessment], instruments: Instruments
) -> None:
    index = instruments.instruments["cci"]
    about = next(each for each in assessed if each.path == "about/index.md")
    assert about.meets(index.items[6], index), "no one found an error"
    assert index.items[6].readers
    assert about.count(index).endswith(", 1 not shown")


def test_an_item_is_lost_where_people_or_a_machine_find_a_fault(
    assessed: list[Assessment], instruments: Instruments
) -> None:
    pemat = instruments.instruments["pemat-understandability"]
    [pictures, tables] = [item for item in pemat.items if item.number in {15, 19}]
    page = next(each for each in assessed if each.path == "what-if.md")
    assert page.meets(pictures, pemat) is False
    assert page.meets(tables, pemat) is None, "it has no table"
    lists = next(item for item in instruments.instruments["cci"].items if item.number == 8)
    assert page.meets(lists, instruments.instruments["cci"]) is False


def test_discern_is_answered_in_full() -> None:
    discern = load_discern()
    assert [each.number for each in discern.questions] == list(range(1, 17))
    for each in discern.questions:
        wanted = len(discern.treatments) if 9 <= each.number <= 15 else 1
        assert len(each.points) == wanted, each.label


GOOD = (
    '<div class="crs-page"><h1>Fever</h1><p class="crs-answer">Call your team now.'
    "<sup>[1]</sup></p><h2>How</h2><ul><li>Say your name.</li></ul></div>"
)
ITEMS = "<li>Say it.</li>"
TABLE = "<table><caption>Days</caption><thead><tr><th>Day</th></tr></thead></table>"


@pytest.fixture(scope="module")
def rating(guide: Guide) -> PageRating:
    some = load_ratings(guide, load_instruments()).pages["get-help.md"]
    message = {"main_message": "Call your team now.", "call_to_action": "Say your name."}
    return some.model_copy(update=message)


def looked(html: str, rating: PageRating, guide: Guide) -> Looked:
    return look("get-help.md", html, rating, guide, load_readability_rules(guide.pages))


def test_a_good_page_meets_every_check(rating: PageRating, guide: Guide) -> None:
    page = looked(GOOD, rating, guide)
    assert [name for name, check in CHECKS.items() if not check(page)] == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("main-message", "Call your team now.<sup>", "Call them.<sup>"),
        ("summary-first", "<h1>Fever</h1>", "<h1>Fever</h1><p>First this.</p>"),
        (
            "summary-first",
            "Call your team now.<sup>",
            f"{'So. ' * 100}Call your team now.<sup>",
        ),
        ("summary-first", ' class="crs-answer"', ""),
        ("call-to-action", "Say your name.", "Say a name."),
        ("plain-words", "Say your name.", "Say your name. Utilize the immunotherapy."),
        ("plain-words", "Say your name.", "Say your name. It is safe."),
        ("plain-words", "Say your name.", f"{'Say it ' * 20}now. Say your name."),
        ("terms-explained", "Say your name.", "Say your name. CRS can follow."),
        (
            "terms-explained",
            "Say your name.",
            "Say your name. CRS is cytokine release syndrome (CRS).",
        ),
        ("terms-explained", "Say your name.", "Say your name. ICANS can follow."),
        ("terms-explained", "Say your name.", "Say your name. Steroids help."),
        ("active-page", "Say your name.", "Say your name. You are told."),
        ("lists", f"<ul>{ITEMS}".replace("Say it", "Say your name"), f"<ul>{ITEMS * 9}"),
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
    name: str, old: str, new: str, rating: PageRating, guide: Guide
) -> None:
    assert old in GOOD
    page = looked(GOOD.replace(old, new), rating, guide)
    assert CHECKS[name](page) is False


def test_pictures_and_tables_that_are_named_pass(rating: PageRating, guide: Guide) -> None:
    named = '<svg role="img" aria-labelledby="a"></svg>'
    page = looked(GOOD.replace("<h2>", f"{named}{TABLE}<h2>"), rating, guide)
    assert CHECKS["captions"](page) is True
    assert CHECKS["simple-tables"](page) is True


@pytest.mark.parametrize(
    "text",
    [
        "Cytokine release syndrome (CRS) can follow. CRS can get worse fast.",
        "CRS (cytokine release syndrome) can follow.",
        "The brain and nerves (<a>ICANS</a>) can be affected.",
        "Steroids, such as dexamethasone, help.",
        "You took a steroid (such as prednisone).",
    ],
)
def test_a_word_that_is_explained_at_once_passes(
    text: str, rating: PageRating, guide: Guide
) -> None:
    page = looked(GOOD.replace("Say your name.", text), rating, guide)
    assert CHECKS["terms-explained"](page)


def test_a_passive_message_is_found(rating: PageRating, guide: Guide) -> None:
    passive = rating.model_copy(update={"main_message": "You are told to call."})
    assert CHECKS["active-message"](looked(GOOD, passive, guide)) is False


def test_a_quoted_passage_that_is_gone_is_found(rating: PageRating, guide: Guide) -> None:
    page = looked(GOOD, rating, guide)
    there = Loss(items=("CCI 7",), passage="Say your name.", why="A", stays="B")
    gone = there.model_copy(update={"passage": "Say my name."})
    missing = there.model_copy(update={"passage": None})
    assert missing_passages(page, [there, gone, missing]) == ["Say my name."]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("get-help.md:", "got-help.md:", "get-help.md is not rated"),
        ("get-help.md:", "got-help.md:", "there is no such page to rate"),
        ("common: [no-picture, ", "common: [made-up, ", "no common loss “made-up”"),
        ("items: [PEMAT 4]", "items: [PEMAT 44]", "there is no item “PEMAT 44”"),
        ("not_applicable: [CCI 18, ", "not_applicable: [CCI 21, ", "there is no item “CCI 21”"),
        ("rated: 2026-11-30", "rated: 2026-11-21", "reviewed after it was rated"),
    ],
)
def test_a_rating_that_is_missing_or_stale_stops_the_tests(
    old: str, new: str, says: str, guide: Guide, instruments: Instruments, tmp_path: Path
) -> None:
    text = (FOLDER / "pages.yml").read_text(encoding="utf-8")
    start = text.index("get-help.md:")
    broken = text[:start] + text[start:].replace(old, new, 1)
    assert broken != text
    (tmp_path / "pages.yml").write_text(broken, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_ratings(guide, instruments, tmp_path, tmp_path)
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
