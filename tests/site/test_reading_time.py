"""A long page says how long it takes; a page to act on, and a sheet, do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from scripts.content import Guide
from scripts.finishing.reading_time import add_reading_time, minutes_to_read
from scripts.reading import measure_all
from scripts.reading_rules import load_reading_rules
from tests.conftest import Site


def page(words: int, foot: int = 0) -> str:
    return (
        f'<article><div class="crs-page"><p>{"word " * words}</p><svg><text>{"no " * 500}</text>'
        f"</svg><p hidden>{'no ' * 500}</p><sup><a>[1]</a></sup>"
        f'<div class="crs-page-foot">{"no " * foot}</div></div></article>'
    )


@pytest.mark.parametrize(("words", "minutes"), [(100, 1), (101, 2), (200, 2), (201, 3)])
def test_minutes_are_rounded_up_and_only_what_is_read_counts(words: int, minutes: int) -> None:
    assert minutes_to_read(page(words, foot=1000), 100) == minutes


def lines(site: Site, guide: Guide) -> dict[str, list[str]]:
    found = {}
    for path in guide.pages:
        soup = BeautifulSoup(site.html(path), "html.parser")
        found[path] = [tag.get_text() for tag in soup.select(".crs-answer + .crs-reading-time")]
        assert len(found[path]) == len(soup.select(".crs-reading-time")), path
    return found


def test_long_pages_say_under_their_answer_how_long_they_take(site: Site, guide: Guide) -> None:
    rules = load_reading_rules(guide.pages).reading_time
    said = lines(site, guide)
    for reading in measure_all(site.folder, guide):
        minutes = reading.words / rules.words_a_minute
        for_clinicians = "crs-clinician" in site.html(reading.path)
        if for_clinicians or reading.path in rules.not_shown or reading.path.startswith("print/"):
            continue
        # Tables and lists of places are read, too, but are no sentences of the grade.
        if minutes > rules.shown_from_minutes:
            [line] = said[reading.path]
            assert minutes <= int(line.split()[1]) <= 2 * minutes + 2, reading.path
    assert sum(map(len, said.values())) > 10


def test_help_and_sheets_say_no_time(site: Site, guide: Guide) -> None:
    said = lines(site, guide)
    sheets = [f"print/{slug}.md" for slug in guide.checklists]
    for path in ("get-help.md", "index.md", *sheets):
        assert said[path] == [], path


def test_a_second_run_changes_nothing(site: Site, guide: Guide, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns("*.pdf", "*.png"))
    add_reading_time(folder, guide)
    for path in guide.pages:
        assert (folder / site.file(path).relative_to(site.folder)).read_text("utf-8") == site.html(
            path
        )
