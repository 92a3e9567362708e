"""Navigation: the menu, the contents, the next step, the way to help, and no links out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from scripts.guide.guide import Guide
from scripts.root import ROOT
from tests.browser.pages import DESKTOP, ESSENTIAL, PHONE, set_width
from tests.conftest import Site

LEAN = "get-help.md"
MENU = ":is(.crs-side--menu, .crs-below)"
"""The menu beside the text, and the one at the foot of a lean page."""

CONTENTS = {
    PHONE: ".crs-toc__link",
    DESKTOP: ".crs-contents .md-nav__link",
}


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml without values from the environment and names of Python objects."""


for _tag in ("!", "tag:yaml.org,2002:python/name:"):
    _Settings.add_multi_constructor(_tag, lambda _loader, _suffix, _node: None)


def menu(entry_count: int | None = None) -> list[tuple[str, str]]:
    """Return the titles and pages of the menu, in order; a page has its own title.

    Args:
        entry_count: How many entries of the first level to read; None for all.
    """

    def entries(items: list[Any], level: int = 1) -> Iterator[tuple[str, str]]:
        for item in items:
            if isinstance(item, str):
                yield "", item
                continue
            [(title, inside)] = item.items()
            # A group inside another links to its first page, under the title of the group.
            if level > 1:
                yield title, inside[0]
            yield from entries(inside[level > 1 :], level + 1)

    settings = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Settings)  # noqa: S506
    return list(entries(settings["nav"][:entry_count]))


SEEN = """async ({menu, contents}) => {
  // The menu opens or closes for a new width before the next frame.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const shown = (element) => element.checkVisibility({visibilityProperty: true});
  const address = (link) => link.href.split("#")[0];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const current = all(`${menu} a[aria-current=page]`).filter(shown);
  const folds = all(".crs-toc details").filter(shown);
  const open = folds.some((fold) => fold.open);
  for (const fold of folds) fold.open = true;
  const listed = contents.map((links) => all(links).filter(shown).map(({hash}) => hash.slice(1)));
  for (const fold of folds) fold.open = false;
  scrollTo(0, 0);
  const top = (element) => {
    const {left, top, right, bottom} = element.getBoundingClientRect();
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
      && element.contains(hit);
  };
  return {
    menu: all(`${menu} a`).map((link) => [link.innerText, address(link)]),
    current: current.map((link) => [address(link), +getComputedStyle(link).fontWeight]),
    open, listed,
    help: all(".crs-header__help, .crs-help-bar__link").filter(top).map(address),
    calls: all(".crs-first-calls").some((calls) => calls.getBoundingClientRect().top < innerHeight),
  };
}"""
"""Reads all that these tests look at. A link to help counts if it is whole and not covered."""


@pytest.fixture(scope="module")
def seen(opened: Page) -> dict[int, dict[str, Any]]:
    """What the current page shows at each width."""
    found = {}
    for width in CONTENTS:
        set_width(opened, width)
        found[width] = opened.evaluate(SEEN, {"menu": MENU, "contents": [*CONTENTS.values()]})
    return found


def test_the_menu_lists_every_part_and_the_pages_of_the_one_that_is_open(
    seen: dict[int, dict[str, Any]], site: Site, guide: Guide, path: str
) -> None:
    part = path.rpartition("/")[0]
    listed = [
        (title, target)
        for title, target in menu()
        if target.rpartition("/")[0] in ("", part) or target.endswith("/index.md")
    ]
    if path == LEAN:
        # Its menu is short: what helps now, home, and the way to all topics.
        listed = [*menu(2), (guide.strings.all_topics, "a-z.md")]
    links = seen[DESKTOP]["menu"]
    assert [address for _, address in links] == [site.address(target) for _, target in listed]
    shown = [" ".join(text.split()) for text, _ in links]
    assert shown == [title or guide.pages[target].meta.title for title, target in listed]


def test_the_menu_marks_the_page_that_one_is_on(
    seen: dict[int, dict[str, Any]], site: Site, path: str
) -> None:
    [(address, weight)] = seen[DESKTOP]["current"]
    assert address == site.address(path)
    assert weight >= 700, "only the colour marks it"


def test_the_contents_are_in_the_page_on_a_phone_and_beside_it_on_a_desktop(
    seen: dict[int, dict[str, Any]], guide: Guide, path: str
) -> None:
    sections = [heading.id for heading in guide.pages[path].headings if heading.level == 2]
    inline = "{{ contents() }}" in guide.pages[path].body
    # On a sheet's page, contents would push the sheet down.
    is_sheet = "{{ checklist(" in guide.pages[path].body
    assert inline or is_sheet or len(sections) < 2, "the page has sections, but no contents"
    for width, found in seen.items():
        assert not found["open"], "the contents are unfolded"
        beside = width == DESKTOP and path != LEAN
        in_page = sections if inline and not beside else []
        assert found["listed"] == [in_page, sections if beside else []]


def test_home_is_set_off_from_the_group_before_it_and_contents_are_not_bold(
    page: Page, site: Site
) -> None:
    set_width(page, DESKTOP)
    page.goto(site.address("symptoms.md"))
    menu, contents = page.locator(".crs-side--menu a"), page.locator(".crs-side--contents a")
    boxes = menu.evaluate_all(
        "links => links.map((link) => [link.pathname, link.getBoundingClientRect().top,"
        " link.getBoundingClientRect().bottom])"
    )
    home = [path for path, *_ in boxes].index("/")
    gaps = [below[1] - above[2] for above, below in pairwise(boxes[: home + 1])]
    assert gaps[-1] >= max(gaps[:-1]) + 8
    weights = "links => [...new Set(links.map((link) => getComputedStyle(link).fontWeight))]"
    assert menu.nth(home).evaluate("link => getComputedStyle(link).fontWeight") == "700"
    assert contents.evaluate_all(weights) == ["400"]


def test_one_click_leads_to_help_from_every_page(
    seen: dict[int, dict[str, Any]], opened: Page, site: Site, path: str
) -> None:
    for found in seen.values():
        if path == LEAN:
            # The page for help needs no link to itself: it starts with the two calls.
            assert found["calls"]
        else:
            assert found["help"] == [site.address(LEAN)] * 2
    # A few pages also follow the link, which is enough because all link to the same address.
    if path in ESSENTIAL and path != LEAN:
        opened.locator(".crs-header__help").click()
        expect(opened).to_have_url(site.address(LEAN))
        expect(opened.locator(".crs-care-card--emergency")).to_be_in_viewport()


QUESTION = """async (id) => {
  location.hash = id;
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  const question = document.getElementById(id);
  const heading = question.parentNode.querySelector("summary");
  const header = document.querySelector(".crs-header__bar").getBoundingClientRect();
  const [first, answer] = [heading, question.querySelector("p")].map((part) =>
    part.getBoundingClientRect());
  return {
    text: heading.innerText.trim(),
    whole: first.top >= header.bottom && answer.height > 0 && answer.bottom <= innerHeight,
  };
}"""
"""Goes to a question of the open page: whether all of it is visible below the header."""


def test_every_question_is_reached_by_its_own_address(page: Page, site: Site, guide: Guide) -> None:
    questions = [h for h in guide.pages["faq.md"].headings if h.text.endswith("?")]
    assert len(questions) >= 25
    for width in (PHONE, DESKTOP):
        set_width(page, width)
        page.goto(site.url)
        page.goto(f"{site.address('faq.md')}#{questions[-1].id}")
        for question in (questions[-1], *questions):
            seen = page.evaluate(QUESTION, question.id)
            assert seen == {"text": question.text, "whole": True}, (width, question.id)


TASKS = {
    "something for the fridge": ("Print for home", "When to call after CAR T-cell therapy"),
    "what to pack": ("Print for home", "Going to the hospital: what to bring"),
    "when to drive again": ("Your first weeks, day by day", "drive"),
}
"""What people come for, with the tile and then the link that lead there from the home page."""


@pytest.mark.parametrize("task", TASKS)
def test_a_task_takes_two_taps_from_the_home_page(page: Page, site: Site, task: str) -> None:
    tile, link = TASKS[task]
    set_width(page, PHONE)
    page.goto(site.url)
    page.locator(".crs-tiles").get_by_role("link", name=tile).click()
    second = page.locator(".crs-page").get_by_role("link", name=link, exact=True).first
    expect(second).to_be_in_viewport()
    second.click()
    anchor = page.url.partition("#")[2]
    expect(page.locator(f"#{anchor} + p" if anchor else "[data-action=print]")).to_be_in_viewport()


def test_a_wrong_address_leads_to_help(page: Page, site: Site) -> None:
    page.goto(f"{site.url}404.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    for width in (DESKTOP, PHONE):
        set_width(page, width)
        expect(page.locator(".crs-help-bar__link")).to_be_in_viewport()
    links = page.locator(".crs-page a").evaluate_all("links => links.map(link => link.href)")
    for address in {link.partition("#")[0] for link in links}:
        assert page.request.get(address).ok, address
    page.locator(".crs-help-bar__link").click()
    expect(page).to_have_url(site.address("get-help.md"))


def test_the_page_for_wrong_addresses_works_at_any_depth(site: Site) -> None:
    html = (site.folder / "404.html").read_text(encoding="utf-8")
    addresses = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert addresses
    relative = [a for a in addresses if not a.startswith(("/", "#", "https://", "tel:", "data:"))]
    assert relative == [], "shown at /a/b/, these would lead nowhere"


def test_the_name_leads_home(page: Page, site: Site) -> None:
    page.goto(site.address("about/privacy.md"))
    page.locator(".crs-header__name").click()
    expect(page).to_have_url(site.url)
