"""Navigation: the menu, the contents, the next step, the way to help, and no links out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect

from scripts.guide.guide import Guide
from scripts.root import ROOT
from tests.browser.pages import DESKTOP, ESSENTIAL, PHONE, set_width
from tests.conftest import Site

LEAN = "get-help.md"
MENU = ":is(.crs-menu, .crs-below)"
"""The menu beside or above the text, and the one at the foot of a lean page."""

CONTENTS = {
    PHONE: ".crs-toc__link",
    DESKTOP: ".crs-contents__link",
}


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml and ignores values from the environment, which do not matter here."""


_Settings.add_multi_constructor("!", lambda _loader, _tag, _node: None)


def menu() -> list[tuple[str, str]]:
    """Return the titles and pages of the menu, in order; a title may be empty."""

    def entries(items: list[Any]) -> Iterator[tuple[str, str]]:
        for item in items:
            if isinstance(item, str):
                yield "", item
                continue
            for title, inside in item.items():
                if isinstance(inside, str):
                    yield title, inside
                    continue
                # A section links to its first page, under the title of the section.
                yield title, inside[0]
                yield from entries(inside[1:])

    settings = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Settings)  # noqa: S506
    return list(entries(settings["nav"]))


def words(page: Page, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def addresses(links: Locator) -> list[str]:
    """Return the addresses of links, without fragments."""
    found: list[str] = links.evaluate_all("links => links.map(link => link.href.split('#')[0])")
    return found


def test_the_menu_lists_every_part_and_the_pages_of_the_one_that_is_open(
    opened: Page, site: Site, path: str
) -> None:
    set_width(opened, DESKTOP)
    part = path.rpartition("/")[0]
    listed = [
        (title, target)
        for title, target in menu()
        if target.rpartition("/")[0] in ("", part) or target.endswith("/index.md")
    ]
    links = opened.locator(f"{MENU} a")
    assert addresses(links) == [site.address(target) for _, target in listed]
    shown = [" ".join(text.split()) for text in links.all_inner_texts()]
    assert [title or shown[n] for n, (title, _) in enumerate(listed)] == shown


def test_the_menu_marks_the_page_that_one_is_on(opened: Page, site: Site, path: str) -> None:
    set_width(opened, DESKTOP)
    current = opened.locator(f"{MENU} a[aria-current=page]:visible")
    assert addresses(current) == [site.address(path)]
    weight = current.evaluate("link => getComputedStyle(link).fontWeight")
    assert int(weight) >= 700, "only the colour marks it"


def test_the_contents_are_in_the_page_on_a_phone_and_beside_it_on_a_desktop(
    opened: Page, guide: Guide, path: str
) -> None:
    sections = [heading.id for heading in guide.pages[path].headings if heading.level == 2]
    inline = "{{ contents() }}" in guide.pages[path].body
    # On a sheet's page, contents would push the sheet down.
    is_sheet = "{{ checklist(" in guide.pages[path].body
    assert inline or is_sheet or len(sections) < 2, "the page has sections, but no contents"
    for width, place in CONTENTS.items():
        set_width(opened, width)
        links = CONTENTS[PHONE] if path == LEAN else place
        contents = opened.locator(".crs-toc details:visible")
        if contents.count():
            expect(contents).not_to_have_attribute("open", "")
            contents.locator("summary").click()
        found = opened.locator(f"{links}:visible")
        listed = found.evaluate_all("links => links.map(link => link.hash.slice(1))")
        beside = width == DESKTOP and path != LEAN
        assert listed == (sections if inline or beside else [])
        for other in CONTENTS.values():
            if other != links:
                expect(opened.locator(f"{other}:visible")).to_have_count(0)
        if contents.count():
            contents.locator("summary").click()


def test_one_click_leads_to_help_from_every_page(opened: Page, site: Site, path: str) -> None:
    opened.evaluate("window.scrollTo(0, 0)")
    if path == LEAN:
        # The page for help needs no link to itself: it starts with the two calls.
        for width in (DESKTOP, PHONE):
            set_width(opened, width)
            expect(opened.locator(".crs-first-calls")).to_be_in_viewport()
        return
    places = (".crs-header__help", ".crs-help-bar__link")
    for width in (DESKTOP, PHONE):
        set_width(opened, width)
        for place in places:
            expect(opened.locator(place)).to_be_in_viewport(ratio=1)
            assert addresses(opened.locator(place)) == [site.address("get-help.md")]
    # The trial click shows that nothing covers the link. A few pages also follow it, which is
    # enough because all link to the same address.
    opened.locator(places[0]).click(trial=True)
    if path in ESSENTIAL:
        opened.locator(places[0]).click()
        expect(opened).to_have_url(site.address("get-help.md"))
        expect(opened.locator(".crs-care-card--emergency")).to_be_in_viewport()
        opened.goto(site.address(path))


def test_every_question_is_reached_by_its_own_address(page: Page, site: Site, guide: Guide) -> None:
    questions = [h for h in guide.pages["faq.md"].headings if h.text.endswith("?")]
    assert len(questions) >= 25
    for width in (PHONE, DESKTOP):
        set_width(page, width)
        page.goto(site.url)
        for question in questions:
            page.goto(f"{site.address('faq.md')}#{question.id}")
            heading = page.locator(f"details:has(> #{question.id}) > summary")
            expect(heading).to_be_in_viewport(ratio=1)
            expect(page.locator(f"#{question.id} > p").first).to_be_in_viewport(ratio=1)
            expect(heading).to_have_text(question.text)
            header, box = page.locator(".crs-header__bar").bounding_box(), heading.bounding_box()
            assert header is not None
            assert box is not None
            assert box["y"] >= header["y"] + header["height"], "the header hides the question"


def test_a_wrong_address_leads_to_help(page: Page, site: Site) -> None:
    for width in (PHONE, DESKTOP):
        set_width(page, width)
        page.goto(f"{site.url}404.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
        expect(page.locator(".crs-help-bar__link")).to_be_in_viewport()
        for link in page.locator(".crs-page a").all():
            address = link.evaluate("link => link.href")
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
