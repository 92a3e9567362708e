"""The length of each page on a phone. ``pytest -s tests/browser/test_length.py`` prints it."""

from __future__ import annotations

import statistics
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import PAGES, tab
from tests.conftest import Site

WIDTH, SCREEN = 360, 740
"""The viewport of a common phone, in CSS pixels."""

MOST, MIDDLE = 12, 8
"""Screens of text before the foot: the limit of any page, and of the median of those to read."""

LISTS = {
    "a-z.md": "links by letter, to go down by letter",
    "about/glossary.md": "words to look up",
    "about/sources.md": "sources to look up",
    "about/studies.md": "sources to look up",
    "about/medicines.md": "sources to look up",
    "about/what-we-changed.md": "each statement of the source article in turn",
    "clinics/link.md": "texts to copy, each for one moment",
}
"""Pages that nobody reads from start to end, and what they contain."""

READ = tuple(path for path in PAGES if "/" not in path and path not in LISTS)
"""Pages that patients and carers read."""

MEASURE = """() => {
  const page = document.querySelector(".crs-page");
  const foot = page.querySelector(".crs-page-foot").getBoundingClientRect().top + scrollY;
  const copy = page.cloneNode(true);
  const notRead = ".crs-page-foot, sup, svg, template, [hidden], .crs-help-bar, .crs-toc";
  for (const part of copy.querySelectorAll(notRead)) part.remove();
  const texts = [], walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode.data);
  return [
    texts.join(" ").split(/\\s+/).filter(Boolean).length,
    page.querySelectorAll(".crs-cite").length,
    document.documentElement.scrollHeight,
    foot,
  ];
}"""


class Length(NamedTuple):
    """The length of a page: words before its foot, source marks, and screens.

    ``whole`` counts the screens of the whole page, ``text`` those before its foot.
    """

    words: int
    marks: int
    whole: float
    text: float


@pytest.fixture(scope="module")
def lengths(browser: Browser, site: Site) -> dict[str, Length]:
    found = {}
    with tab(browser, width=WIDTH) as page:
        page.set_viewport_size({"width": WIDTH, "height": SCREEN})
        for path in PAGES:
            page.goto(site.address(path))
            words, marks, whole, text = page.evaluate(MEASURE)
            found[path] = Length(words, marks, whole / SCREEN, text / SCREEN)
    print("\n| page | words | marks | screens, all | screens before the foot |")
    print("| --- | --: | --: | --: | --: |")
    for path, each in found.items():
        print(f"| {path} | {each.words} | {each.marks} | {each.whole:.1f} | {each.text:.1f} |")
    return found


def test_no_page_to_read_is_longer_than_twelve_screens(lengths: dict[str, Length]) -> None:
    long = {path: round(each.text, 1) for path, each in lengths.items() if each.text > MOST}
    assert {path: screens for path, screens in long.items() if path not in LISTS} == {}


def test_the_middle_page_to_read_has_eight_screens_at_most(lengths: dict[str, Length]) -> None:
    assert len(READ) >= 10
    assert statistics.median(lengths[path].text for path in READ) <= MIDDLE


def test_the_foot_of_a_page_to_read_is_short(lengths: dict[str, Length]) -> None:
    for path in READ:
        assert lengths[path].whole - lengths[path].text <= 3, path
