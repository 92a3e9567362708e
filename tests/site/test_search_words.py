"""The build and the browser split and stem words alike, so that search finds every page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts.finishing.search_index import FEW, FILE, LEAST_LETTERS, LEFT_OUT, NAME
from scripts.finishing.search_words import Stems, words_of
from scripts.finishing.sections import sections_of
from scripts.finishing.site import Page as BuiltPage
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.root import ROOT
from scripts.tools.npm_tools import node
from tests.conftest import Site

SCRIPTS = ROOT / "overrides" / "assets" / "javascripts"
ASK = """
globalThis.self = globalThis;
const [index, ...files] = process.argv.slice(1);
const { readFileSync } = require("node:fs");
for (const file of [index, ...files]) (0, eval)(readFileSync(file, "utf-8"));
const texts = JSON.parse(readFileSync(0, "utf-8"));
const { words, stem } = self.crsWords;
console.log(JSON.stringify(texts.map((text) => words(text).map((word) => [word, stem(word)]))));
"""
"""Loads the scripts of search and prints the words of each text, each with its stem."""

HARD = (
    "CAR T-cells, car-t, CAR T cell therapy and a car to the hospital",
    "Cytokine release syndrome, cytokines released synthetically",
    "It’s you'll they've I’m who're she'd naïve café 38 ℃ ３８．５ ٣٨٫٥ Q&A R_D",
    "dizziness tries tried seeing agreed need needed passes passed grass stopping fell falling",
    "use uses used using bee see tie es ed ing aaa running buzz buzzing off offing",
)


def test_no_script_looks_behind() -> None:
    for file in SCRIPTS.glob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert "(?<=" not in text, f"{file.name}: Safari before 16.4 cannot read it"
        assert "(?<!" not in text, f"{file.name}: Safari before 16.4 cannot read it"


def in_the_browser(folder: Path, texts: list[str]) -> list[list[tuple[str, str]]]:
    """Return the words of each text with their stems, as the browser's script reads them."""
    files = [SCRIPTS / "reading.js", folder / FILE, SCRIPTS / "search-words.js"]
    done = subprocess.run(
        [str(node()), "-e", ASK, *map(str, files)],
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [[(word, stem) for word, stem in words] for words in json.loads(done.stdout)]


def sections(site: Site, guide: Guide) -> dict[str, str]:
    """Return the words of every section that search finds, by its place."""
    found = {}
    for path in guide.pages:
        left_out = tuple(c for c in LEFT_OUT if c != "crs-care-card" or path != "get-help.md")
        for section in sections_of(BuiltPage(path, site.html(path)), leave_out=left_out):
            found[f"{url_of(path)}#{'' if section.level == 1 else section.id}"] = section.text
    return found


@pytest.fixture(scope="module")
def index(site: Site) -> dict[str, Any]:
    """The index as a browser receives it."""
    text = (site.folder / FILE).read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text.removeprefix(f"self.{NAME}=").rstrip(";\n"))
    return data


def test_the_build_and_the_browser_read_the_same_words_and_stems(
    site: Site, guide: Guide, index: dict[str, Any]
) -> None:
    texts = [*HARD, *sections(site, guide).values()]
    texts += [" ".join(section[2:]) for section in index["sections"]]
    texts += [names for names, *_ in index["terms"]]
    stems = Stems({name: words.split() for name, words in index["alike"].items()})
    ours = [[(word, stems.of(word)) for word in words_of(text)] for text in texts]
    theirs = in_the_browser(site.folder, texts)
    assert sum(map(len, theirs)) > 20_000
    for text, python, javascript in zip(texts, ours, theirs, strict=True):
        assert python == javascript, text


def test_no_word_of_a_section_is_hidden_from_search(
    site: Site, guide: Guide, index: dict[str, Any]
) -> None:
    full = sections(site, guide)
    passed_over = set(index["passedOver"].split())
    places, texts = [], []
    for page, anchor, title, excerpt, rest in index["sections"]:
        _, url, weight, *_ = index["pages"][page]
        if weight > FEW and f"{url}#{anchor}" in full:
            places.append(f"{url}#{anchor}")
            texts += [full[places[-1]], f"{title} {excerpt} {rest}"]
    assert len(places) > 200
    read = in_the_browser(site.folder, texts)
    for place, said, indexed in zip(places, read[::2], read[1::2], strict=True):
        known = {stem for word, stem in indexed if word not in passed_over}
        hidden = {
            word
            for word, stem in said
            if len(word) >= LEAST_LETTERS and word not in passed_over and stem not in known
        }
        assert not hidden, (place, hidden)
