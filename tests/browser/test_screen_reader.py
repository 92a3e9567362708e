"""What a screen reader reads: the accessibility tree of the browser, not the look of the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.guide.guide import Guide
from tests.browser.pages import DESKTOP, PHONE, set_width
from tests.conftest import Site


def tree(locator: Locator) -> str:
    """Return the accessibility tree of a part of a page, without the addresses of links."""
    return re.sub(r"\n *- /url:.*", "", locator.aria_snapshot())


@pytest.mark.parametrize("path", ["get-help.md", "symptoms.md"])
def test_a_card_is_a_region_that_begins_with_its_urgency(
    page: Page, site: Site, guide: Guide, path: str
) -> None:
    page.goto(site.address(path))
    for slug, card in guide.care_cards.items():
        heading = page.locator(f"h2#{slug}")
        if not heading.count():
            continue
        region = page.get_by_role("region").filter(has=heading)
        expect(region).to_have_accessible_name(re.compile(rf"^{card.label}: "))
        expect(region.get_by_role("heading", level=2)).to_have_accessible_name(
            re.compile(rf"^{card.label}: ")
        )
        # Each list has the name that a sighted reader sees.
        for group in card.groups:
            signs = region.get_by_role("list", name=group.heading).get_by_role("listitem")
            expect(signs).to_have_count(len(group.symptoms))
        actions = region.get_by_role("list", name="What to do").get_by_role("listitem")
        expect(actions).to_have_count(len(card.actions))
        # The arrow before each action is decoration.
        assert "arrow" not in tree(region).lower()


def test_the_emergency_card_calls_the_number_that_it_names(
    page: Page, site: Site, guide: Guide
) -> None:
    page.goto(site.address("get-help.md"))
    number = guide.edition.emergency_number
    card = page.get_by_role("region", name=re.compile("^Emergency"))
    expect(card.get_by_role("link", name=f"Call {number}")).to_have_attribute(
        "href", f"tel:{number}"
    )


def test_the_tree_of_the_urgent_cards(page: Page, site: Site, guide: Guide) -> None:
    page.goto(site.address("get-help.md"))
    number = guide.edition.emergency_number
    expect(page.get_by_role("region", name=re.compile("^Emergency"))).to_match_aria_snapshot(f"""
        - 'region "Emergency: call {number} now"':
          - 'heading "Emergency: call {number} now" [level=2]'
          - paragraph:
            - link "Call {number}"
          - paragraph: /One sign is enough/
          - paragraph: Breathing and heart
          - list "Breathing and heart":
            - listitem: Trouble breathing
          - list "What to do"
        """)
    expect(page.get_by_role("region", name=re.compile("^Call now"))).to_match_aria_snapshot("""
        - 'region "Call now: your team, day or night"':
          - 'heading "Call now: your team, day or night" [level=2]'
          - paragraph: /Call/
          - paragraph: /One sign is enough/
          - list "Fever and infection"
          - list "What to do"
        """)


def test_the_tree_of_the_temperature_helper(page: Page, site: Site, guide: Guide) -> None:
    page.goto(site.address("temperature.md"))
    helper = page.locator(".crs-temperature-helper")
    expect(helper).to_match_aria_snapshot("""
        - group "Type the number on your thermometer. You will see what to do.":
          - textbox "Fahrenheit (°F)"
          - textbox "Celsius (°C)"
        - paragraph:
          - button "Clear"
        - status
        """)
    box = helper.get_by_role("textbox", name="Fahrenheit")
    for reading in ("very-high", "low"):
        box.fill(guide.temperatures[reading].fahrenheit_text)
        box.blur()
        expect(helper.get_by_role("status")).to_contain_text(re.compile(r"call", re.IGNORECASE))
    box.fill("500")
    box.blur()
    expect(box).to_have_attribute("aria-invalid", "true")
    described = box.get_attribute("aria-describedby") or ""
    assert described or helper.get_by_role("status").inner_text().strip()


def test_the_header_menu_and_footer_have_names_roles_and_states(page: Page, site: Site) -> None:
    set_width(page, PHONE)
    page.goto(site.url)
    assert page.get_by_role("banner").count() == 1
    assert page.get_by_role("main").count() == 1
    expect(page.get_by_role("banner")).to_match_aria_snapshot("""
        - link /CRS Guide/
        - button "Search"
        - link "Get help now"
        - group: Menu
        """)
    expect(page.get_by_role("navigation", name="Menu")).to_be_hidden()
    page.locator(".crs-menu__button").click()
    expect(page.get_by_role("navigation", name="Menu")).to_be_visible()
    current = page.get_by_role("navigation", name="Menu").locator("[aria-current=page]")
    expect(current).to_have_count(1)
    colors = page.get_by_role("contentinfo").get_by_role("group", name="Light or dark")
    expect(colors.get_by_role("radio", name="Same as my device")).to_be_checked()
    set_width(page, DESKTOP)
    expect(page.get_by_role("navigation", name="On this page")).to_be_visible()
