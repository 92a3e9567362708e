"""Five tasks with the keyboard alone: each focus is visible, and no focused element is hidden."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from scripts.guide.guide import Guide
from tests.browser.pages import DESKTOP, PHONE, expect_search, set_scheme, set_width, tab
from tests.conftest import Site

ZOOMED = {"width": 320, "height": 256}
"""The viewport of a window of 1280 by 1024 at 400 %."""

RING = 3
"""The width of the focus outline, in CSS pixels."""

MANY = 150
"""More tab stops than any page has before what a task needs."""

STOPS = """() => [...document.querySelectorAll(
  "a[href], button, input, textarea, select, summary, [tabindex='0']"
)].filter(e => !e.disabled && !e.closest("[hidden], template, dialog:not([open])")
  && e.checkVisibility({visibilityProperty: true})
  && (e.type !== "radio" || e.checked || !document.querySelector(`[name="${e.name}"]:checked`))
).map((e, place) => (e.dataset.stop = String(place)))"""

# Whether the focus can be seen, whether it is on an element of the selector, and its place.
STOP = """selector => {
  const e = document.activeElement;
  // A link that runs over two lines has two boxes.
  const seen = [...e.getClientRects()].some(box => {
    const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 2);
    const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 30), 1), innerHeight - 2);
    if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) {
      return false;
    }
    const top = document.elementFromPoint(x, y);
    return !!top && (e.contains(top) || [...(e.labels ?? [])].some(label => label.contains(top)));
  });
  return [seen, e.matches(selector), e.dataset.stop ?? null];
}"""

NAME = """() => { const e = document.activeElement;
  return `${e.tagName} ${e.className} “${(e.textContent || e.id).trim().slice(0, 40)}”`; }"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A tab that counts calls of ``window.print`` and prints nothing."""
    with tab(browser, reduced_motion="reduce") as page:
        page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; }")
        yield page


def ring(page: Page) -> tuple[int, float]:
    """Return how many CSS pixels the focus changes, and the contrast of the strongest change."""
    box = page.evaluate(
        """() => { const b = document.activeElement.getBoundingClientRect();
          return [b.x, b.y, b.width, b.height]; }"""
    )
    window = page.viewport_size
    assert window is not None
    left, top = max(box[0] - 12, 0), max(box[1] - 12, 0)
    clip = {
        "x": left,
        "y": top,
        "width": min(box[0] + box[2] + 12, window["width"]) - left,
        "height": min(box[1] + box[3] + 12, window["height"]) - top,
    }
    shots = []
    for focused in (True, False):
        if not focused:
            page.evaluate("() => { window.kept = document.activeElement; kept.blur(); }")
        shots.append(Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L"))  # type: ignore[arg-type]
    page.evaluate("() => window.kept.focus({focusVisible: true, preventScroll: true})")
    difference = ImageChops.difference(*shots)
    changed = sum(difference.histogram()[24:])
    lights = [
        max((light(a) + 0.05) / (light(b) + 0.05) for a, b in ((one, other), (other, one)))
        for one, other in set(zip(*(shot.get_flattened_data() for shot in shots), strict=True))
    ]
    return changed, max(lights)


def light(value: int) -> float:
    """Return the relative luminance of a gray value, as WCAG defines it."""
    part = value / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def expect_ring(page: Page) -> None:
    """Check by its pixels that the focus is visible."""
    changed, contrast = ring(page)
    name = page.evaluate(NAME)
    box = page.evaluate(
        """() => { const box = document.activeElement.getBoundingClientRect();
          return [box.width, box.height]; }"""
    )
    # Half of the pixels of a ring of 3 px are required; the other half may be outside the viewport.
    least = (sum(box) * 2 * RING) / 2
    assert changed >= min(least, 400), f"{name}: {changed} px change, not {least}"
    assert contrast >= 3, f"{name}: {contrast:.1f}:1"


def go_to(page: Page, selector: str, *, key: str = "Tab") -> None:
    """Press a key until a control has the focus; every stop on the way must be visible.

    Args:
        page: The page.
        selector: The selector of the control.
        key: ``Tab`` or ``Shift+Tab``.
    """
    for _ in range(MANY):
        page.keyboard.press(key)
        seen, there, _ = page.evaluate(STOP, selector)
        assert seen, f"{page.url}: {page.evaluate(NAME)} is hidden"
        if there:
            expect_ring(page)
            return
    pytest.fail(f"no key leads to {selector} on {page.url}")


def open_at(page: Page, address: str, width: int) -> None:
    set_width(page, width)
    page.goto(address)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_first_key_offers_the_way_past_the_menu(page: Page, site: Site, width: int) -> None:
    open_at(page, site.address("symptoms.md"), width)
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    expect(page.locator(".md-skip")).to_be_in_viewport(ratio=1)
    expect_ring(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('main')")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_finds_what_to_do_with_a_fever(
    page: Page, site: Site, guide: Guide, width: int, scheme: str
) -> None:
    open_at(page, site.url, width)
    set_scheme(page, scheme)
    go_to(page, ".crs-header__help")
    page.keyboard.press("Enter")
    page.wait_for_url(site.address("get-help.md"))
    go_to(page, "main .crs-care-card__call a")
    assert page.evaluate("() => document.activeElement.href") == (
        f"tel:{guide.edition.emergency_number}"
    )
    fever = page.locator("#call-now").locator("xpath=ancestor::section")
    expect(fever).to_contain_text(guide.temperatures["fever"].fahrenheit_text)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_converts_101(page: Page, site: Site, width: int) -> None:
    open_at(page, site.address("temperature.md"), width)
    go_to(page, '[data-temperature-helper] [data-unit="fahrenheit"]')
    page.keyboard.type("101")
    go_to(page, "[data-action=clear]")
    result = page.get_by_role("status").and_(page.locator("[data-result]"))
    expect(result).to_contain_text("38.3")
    expect(result).to_have_attribute("data-state", "at-or-above")
    page.keyboard.press("Enter")
    expect(page.locator('[data-unit="fahrenheit"]')).to_have_value("")
    go_to(page, "[data-action=undo]")
    page.keyboard.press("Space")
    expect(page.locator('[data-unit="fahrenheit"]')).to_have_value("101")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_prints_a_sheet(page: Page, site: Site, width: int) -> None:
    open_at(page, site.address("print/index.md"), width)
    go_to(page, 'main a[href$="fridge/"]')
    page.keyboard.press("Enter")
    page.wait_for_url(site.address("print/fridge.md"))
    go_to(page, "[data-action=print]")
    page.keyboard.press("Space")
    assert page.evaluate("window.printed") == 1


@pytest.mark.parametrize("zoomed", [False, True], ids=["a phone", "400 % zoom"])
def test_opens_the_menu_and_goes_to_the_questions(page: Page, site: Site, zoomed: bool) -> None:
    open_at(page, site.url, PHONE)
    if zoomed:
        page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    menu, link = page.locator(".crs-menu"), page.locator('.crs-menu a[href$="faq/"]')
    expect(link).to_be_hidden()
    go_to(page, ".crs-menu__button")
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(page.locator(".crs-menu__button")).to_be_focused()
    page.keyboard.press("Space")
    go_to(page, '.crs-menu a[href$="faq/"]')
    page.keyboard.press("Enter")
    page.wait_for_url(site.address("faq.md"))
    assert menu.evaluate("menu => menu.open") is False


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_searches(page: Page, site: Site, width: int) -> None:
    open_at(page, site.address("symptoms.md"), width)
    go_to(page, ".crs-header__search")
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog").get_by_role("textbox")
    expect(box).to_be_focused()
    expect_search(page)
    expect_ring(page)
    page.keyboard.type("drivng")
    first = page.locator("dialog [data-found] a").first
    expect(first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".crs-header__search")).to_be_focused()
    page.keyboard.press("Space")
    expect(first).to_be_visible()
    go_to(page, "dialog [data-found] a")
    address = first.evaluate("link => link.href")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    assert "driving" in address


def test_leaving_the_menu_closes_it(page: Page, site: Site) -> None:
    open_at(page, site.url, PHONE)
    go_to(page, ".crs-menu__button")
    page.keyboard.press("Enter")
    go_to(page, "main *")
    assert page.locator(".crs-menu").evaluate("menu => menu.open") is False


def test_without_a_script_the_open_menu_never_hides_what_has_the_focus(
    browser: Browser, site: Site
) -> None:
    with tab(browser, width=PHONE, java_script_enabled=False) as plain:
        plain.goto(site.url)
        plain.locator(".crs-menu__button").click()
        for _ in range(MANY):
            plain.keyboard.press("Tab")
            seen, in_the_text, _ = plain.evaluate(STOP, "main *")
            assert seen, plain.evaluate(NAME)
            if in_the_text:
                return
    pytest.fail("no key leads to the text")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize(
    "path",
    ["index.md", "get-help.md", "temperature.md", "faq.md", "print/symptom-watch-list.md"],
)
def test_every_control_is_a_stop_in_its_order_and_is_seen_there(
    page: Page, site: Site, path: str, width: int
) -> None:
    open_at(page, site.address(path), width)
    expected = page.evaluate(STOPS)
    reached: list[str] = []
    while len(reached) < len(expected):
        page.keyboard.press("Tab")
        seen, comes_and_goes, stop = page.evaluate(STOP, ".md-top")
        assert seen, f"{page.evaluate(NAME)} has the focus and is hidden"
        if not comes_and_goes:
            reached.append(stop)
    assert reached == expected


def test_a_single_key_does_nothing(page: Page, site: Site) -> None:
    open_at(page, site.address("symptoms.md"), DESKTOP)
    state = "() => [location.href, document.activeElement.tagName, scrollY]"
    before = page.evaluate(state)
    for key in "fs/pn,.?k":
        page.keyboard.press(key)
        page.wait_for_timeout(50)
        assert page.evaluate(state) == before, key
