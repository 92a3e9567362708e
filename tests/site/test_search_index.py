"""The data of search: the vendored library, the index, and the readers' words."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.content import load_guide
from scripts.finishing.search_index import FILE, NAME, search_index, write_search_index
from scripts.finishing.sections import sections_of
from scripts.finishing.site import Page as BuiltPage
from scripts.finishing.site import Site as BuiltSite
from scripts.guide.errors import ContentError
from scripts.root import ROOT
from tests.site.conftest import Finished

VENDOR = ROOT / "overrides" / "assets" / "vendor"


@pytest.fixture(scope="module")
def index(finished: Finished) -> dict[str, Any]:
    """The index as a browser receives it."""
    text = (finished.folder / FILE).read_text(encoding="utf-8")
    start, end = f"self.{NAME}=", ";\n"
    assert text.startswith(start)
    assert text.endswith(end)
    data: dict[str, Any] = json.loads(text.removeprefix(start).removesuffix(end))
    return data


def places(index: dict[str, Any]) -> set[str]:
    pages = [page[1] for page in index["pages"]]
    return {f"{pages[page]}#{anchor}" for page, anchor, *_ in index["sections"]}


def test_the_library_is_the_file_that_its_note_describes() -> None:
    note = (VENDOR / "minisearch.txt").read_text(encoding="utf-8")
    named = re.search(r"^Hash: +sha256 ([0-9a-f]{64})$", note, re.MULTILINE)
    assert named
    assert hashlib.sha256((VENDOR / "minisearch.min.js").read_bytes()).hexdigest() == named[1]
    version = re.search(r"^Version: +(\S+)$", note, re.MULTILINE)
    assert version
    assert version[1] in (VENDOR / "minisearch.min.js").read_text(encoding="utf-8")[:120]
    assert "Permission is hereby granted" in note
    assert {file.name for file in VENDOR.iterdir()} == {"minisearch.min.js", "minisearch.txt"}


def test_each_kind_of_query_has_a_page_that_answers_it_best(index: dict[str, Any]) -> None:
    kinds = {url: kind for _, url, _, *kind in index["pages"] if kind}
    assert kinds["faq/"] == ["questions"]
    assert kinds["temperature/"] == ["readings"]
    assert kinds["print/"] == kinds["print/pack/"] == kinds["print/fridge/"] == ["sheets"]


def test_a_page_for_clinics_counts_less_than_any_for_patients(index: dict[str, Any]) -> None:
    weights = {url: weight for _, url, weight, *_ in index["pages"]}
    clinics = [weight for url, weight in weights.items() if url.startswith("clinics/")]
    others = ("clinics/", "about/", "print/")
    patients = [weight for url, weight in weights.items() if not url.startswith(others)]
    assert max(clinics) < min(patients)


def test_every_heading_and_every_question_can_be_found(
    index: dict[str, Any], finished: Finished
) -> None:
    found = places(index)
    for path, page in finished.guide.pages.items():
        if path == "a-z.md":
            continue
        url = re.sub(r"(^|/)index$", r"\1", path.removesuffix(".md")).rstrip("/")
        url = f"{url}/" if url else ""
        assert f"{url}#" in found, path
        for heading in page.headings:
            if heading.level > 1 and heading.id != "the-list":
                assert f"{url}#{heading.id}" in found, f"{path}#{heading.id}"


def test_nothing_is_found_that_a_reader_should_not_find(
    index: dict[str, Any], finished: Finished
) -> None:
    guide = finished.guide
    said = json.dumps(index["sections"], ensure_ascii=False)
    assert guide.strings.not_reviewed not in said
    assert guide.strings.next_step not in said
    labels = {name: f"{card.label}:" for name, card in guide.care_cards.items()}
    cards = [s for s in index["sections"] if s[2].startswith(labels.get(s[1], "\n"))]
    pages = {index["pages"][page][1] for page, *_ in cards}
    assert pages == {"get-help/"}, "the copies of a care card are found beside it"


def test_every_section_shows_words_that_can_be_read(index: dict[str, Any]) -> None:
    for page, anchor, title, excerpt, _ in index["sections"]:
        place = f"{index['pages'][page][1]}#{anchor}"
        assert title.strip(), place
        assert len(excerpt) <= 142, place
        assert not re.search(r"\[\d+\]|[{}<>]", excerpt), f"{place}: {excerpt}"


def test_items_of_a_list_are_told_apart_in_an_excerpt() -> None:
    page = BuiltPage("", "<head></head><h2 id=a>A</h2><ul><li>One<li>Two.</li><li>Three</li></ul>")
    section = sections_of(page)[0]
    assert (section.id, section.title, section.text) == ("a", "A", "One Two. Three")
    assert section.sentence == "One; Two. Three"


def test_a_second_run_changes_nothing(finished: Finished, tmp_path: Path) -> None:
    before = (finished.folder / FILE).read_bytes()
    copy = tmp_path / "site"
    shutil.copytree(finished.folder, copy)
    write_search_index(BuiltSite(copy, finished.guide))
    assert (copy / FILE).read_bytes() == before


def test_the_cards_are_those_of_the_edition(finished: Finished) -> None:
    edition = finished.guide.edition.model_copy(update={"emergency_number": "112"})
    guide = replace(finished.guide, edition=edition)
    index = search_index(replace(finished, guide=guide).pages)
    assert '"tel:112"' in json.dumps(index["cards"]["emergency"])


Change = Callable[[str], str]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda text: text.replace("get-help.md#emergency, get-help.md]", "gone.md]", 1),
            "there is no page “gone.md”",
        ),
        (
            lambda text: text.replace("[symptoms.md#fever,", "[symptoms.md#gone,", 1),
            "symptoms.md has no anchor “gone”",
        ),
        (
            lambda text: text.replace("signs: [chest-pain]", "signs: [chest]", 1),
            "there is no symptom “chest”",
        ),
        (
            lambda text: text.replace("    signs: [neck-swelling]\n", "", 1),
            "the sign “neck-swelling” of the card “emergency” has no lay words",
        ),
        (
            lambda text: text.replace("words: [tight chest,", "words: [breathless,", 1),
            "“breathless” is already listed under “breathing”",
        ),
        (
            lambda text: text.replace("words: [tight chest,", "words: [nothing to worry about,", 1),
            "“nothing to worry” must not be said",
        ),
        (
            lambda text: text.replace("@outsider never heard", "@stranger never heard", 1),
            "there is no kind “stranger”",
        ),
        (
            lambda text: text.replace("below: just-under", "below: gone", 1),
            "the reading “below” has no entry of terms",
        ),
        (
            lambda text: text.replace("    card: emergency\n", "    card: urgent\n", 1),
            "card",
        ),
    ],
)
def test_a_wrong_lay_word_stops_the_build(tmp_path: Path, change: Change, said: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "docs" / "data", data)
    file = data / "lay-terms.yml"
    text = file.read_text(encoding="utf-8")
    assert change(text) != text
    file.write_text(change(text), encoding="utf-8")
    with pytest.raises(ContentError) as stopped:
        load_guide(data=data)
    assert said in str(stopped.value)
    assert "lay-terms.yml:" in str(stopped.value)
