"""Layout: widths, large text, touch targets, contrast and forced colors."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import DESKTOP, PHONE, set_scheme, set_width, tab
from tests.conftest import Site

WIDTHS = (PHONE, 412, 768, DESKTOP)
COMMON_PHONE = 412
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RUNNING_TEXT = (
    ".crs-page > :is(p, h1, h2, h3)",
    ".crs-page > :is(ul, ol) > li",
    ".crs-care-card__signs > li",
    ".crs-care-card__actions > li",
    ".crs-care-card__call > a",
    ".crs-call-script li",
    ".crs-sheet__action",
    ".crs-checklist__text",
    ".crs-words__entry :is(dt, dd)",
    ".crs-help-bar",
    ".crs-temperature-table th[scope=row]",
)
CONTROLS = (
    ":is(.crs-header__bar a, .crs-menu__button)",
    "a.md-nav__link",
    ".crs-scheme__choice",
    ".crs-help-bar__link",
    ".crs-care-card__call > a",
    ".crs-page :is(button, summary, input:not([type=checkbox], [type=radio]))",
    # A box and its label are one target.
    "label:is(.crs-checklist__text, .crs-pack__option)",
    ".crs-pack__open",
    ".crs-downloads a",
    ".crs-sheet-list__link",
    ".crs-toc__link",
    ".crs-tiles__tile",
    ".crs-reading-path__link",
    ".crs-next-step a",
    ".crs-footer__links a",
)
LARGE_TEXT_PAGES = (
    *("index.md", "get-help.md", "temperature.md"),
    *("print/index.md", "print/pack.md", "print/symptom-watch-list.md"),
)

# Visible text nodes of our own parts of a page, each with its element.
TEXTS = """
  const gone = "template, script, style, .crs-side, .md-skip";
  const cut = e => e && (getComputedStyle(e).clipPath !== "none" || cut(e.parentElement));
  const texts = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    for (let node; (node = walker.nextNode()); ) {
      const element = node.parentElement;
      const seen = element.checkVisibility({visibilityProperty: true, opacityProperty: true});
      if (node.data.trim() && seen && !element.closest(gone) && !cut(element)) {
        found.push([node, element]);
      }
    }
    return found;
  };
  const name = e => `${e.tagName.toLowerCase()}.${[...e.classList].join(".")}`;
"""

FONT_SIZES = """selector => [...document.querySelectorAll(selector)].map(e =>
  [parseFloat(getComputedStyle(e).fontSize), e.textContent.trim().slice(0, 40)])"""

SMALL_TEXT = (
    "([selector, least]) => {"
    + TEXTS
    + """
  const smallest = ".crs-cite, .crs-log thead";
  return [...document.querySelectorAll(selector)].flatMap(texts).filter(([, element]) =>
    !element.closest("svg") && (least < 14 || !element.closest(smallest))
    && parseFloat(getComputedStyle(element).fontSize) < least
  ).map(([node, element]) => `${name(element)}: ${node.data.trim().slice(0, 40)}`);
}"""
)

SMALL_TARGETS = """selector => [...document.querySelectorAll(selector)].filter(e =>
  e.checkVisibility({visibilityProperty: true})
).map(e => [e.getBoundingClientRect(), e]).filter(([box]) =>
  box.width < 43.9 || box.height < 43.9
).map(([box, e]) => `${e.className} “${e.textContent.trim()}” ${box.width} × ${box.height}`)"""

CLIPPED = """() => {
  const hides = value => value === "hidden" || value === "clip";
  return [...document.querySelectorAll(
    ".md-header, .md-header *, .crs-page *, .md-footer *"
  )].filter(e => {
    const style = getComputedStyle(e);
    if (!e.checkVisibility() || e.closest("svg")) return false;
    if (style.clipPath !== "none" || style.position === "absolute") return false;
    return hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1
      || hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1;
  }).map(e => `${e.className}: ${e.textContent.trim().slice(0, 40)}`);
}"""

OVERLAPS = (
    "() => {"
    + TEXTS
    + """
  const lines = [];
  for (const [node, element] of texts(document.body)) {
    if (element.closest("svg")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) lines.push({box, node});
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  const found = [];
  lines.forEach(({box, node}, index) => {
    for (const other of lines.slice(index + 1)) {
      if (other.box.top >= box.bottom) break;
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - other.box.top;
      // Lines set close together touch at their tops and tails; that is no overlap.
      if (node !== other.node && across > 2
          && down > 0.4 * Math.min(box.height, other.box.height)) {
        found.push(`${node.data.trim().slice(0, 40)} × ${other.node.data.trim().slice(0, 40)}`);
      }
    }
  });
  return found;
}"""
)

LOW_CONTRAST = (
    "least => {"
    + TEXTS
    + """
  const parse = text => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = (top, below) =>
    [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const ground = element => {
    if (!element) return [255, 255, 255, 1];
    const own = parse(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, ground(element.parentElement));
  };
  const luminance = color => {
    const [r, g, b] = color.slice(0, 3).map(value => value / 255).map(value =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const opacity = element =>
    element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
  const found = [];
  for (const [node, element] of texts(document.body)) {
    const drawn = element.closest("svg");
    const style = getComputedStyle(element);
    const accent = document.querySelector(".crs-figure__accent");
    const below = element.closest(".crs-figure__number")
      ? parse(getComputedStyle(accent).fill) : ground(element);
    const ink = parse(drawn ? style.fill : style.color);
    ink[3] *= opacity(element);
    const [light, dark] = [luminance(over(ink, below)), luminance(below)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < least) found.push(
      `${name(element)} ${ratio.toFixed(2)}: ${node.data.trim().slice(0, 40)}`);
  }
  return found;
}"""
)

UNSEEN_BORDERS = """selector => [...document.querySelectorAll(selector)].filter(e =>
  e.checkVisibility()
).filter(e => {
  const style = getComputedStyle(e);
  return parseFloat(style.borderBottomWidth) < 1 || style.borderBottomStyle === "none"
    || style.borderBottomColor === style.backgroundColor;
}).map(e => e.className)"""

MOVING = """() => [...document.querySelectorAll("*")].filter(e =>
  [...e.classList].some(name => name.startsWith("crs-"))
).filter(e => {
  const style = getComputedStyle(e);
  const lasts = times => times.split(", ").some(time => parseFloat(time) > 0.01);
  return lasts(style.transitionDuration) || lasts(style.animationDuration)
    || style.scrollBehavior === "smooth";
}).map(e => e.className)"""


def open_at(page: Page, address: str, width: int) -> None:
    set_width(page, width)
    page.goto(address)


def test_no_page_scrolls_sideways_and_controls_are_large_enough_for_a_finger(opened: Page) -> None:
    for width in WIDTHS:
        set_width(opened, width)
        assert opened.evaluate(TOO_WIDE) <= 0, f"at {width} px"
        assert opened.evaluate(SMALL_TARGETS, ", ".join(CONTROLS)) == [], f"at {width} px"


def test_the_page_for_wrong_addresses_does_not_scroll_sideways(page: Page, site: Site) -> None:
    for width in WIDTHS:
        open_at(page, f"{site.url}404.html", width)
        assert page.evaluate(TOO_WIDE) <= 0, f"at {width} px"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_header_shows_the_name_and_the_way_to_help(page: Page, site: Site, width: int) -> None:
    open_at(page, site.address("faq.md"), width)
    for selector in (".crs-header__name", ".crs-header__help"):
        box = page.locator(selector).bounding_box()
        assert box is not None, f"{selector} is not shown"
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 100
    assert page.locator(".crs-header__help").inner_text() == "Get help now"
    assert page.locator(".crs-header__name").inner_text().startswith("CRS Guide")


def test_the_header_stays_when_a_reader_scrolls(page: Page, site: Site) -> None:
    open_at(page, site.address("faq.md"), PHONE)
    page.evaluate("window.scrollTo(0, 3000)")
    box = page.locator(".crs-header__help").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 44


def test_text_is_large_enough_on_a_phone(opened: Page) -> None:
    set_width(opened, COMMON_PHONE)
    running = opened.evaluate(FONT_SIZES, ", ".join(RUNNING_TEXT))
    assert running
    assert [text for size, text in running if size < 18] == []
    # Captions, sources and notes may be smaller; source marks and heads of the diary are smallest.
    assert opened.evaluate(SMALL_TEXT, [".crs-page, .md-header, .md-footer", 14]) == []
    assert opened.evaluate(SMALL_TEXT, [".crs-cite, .crs-log thead", 11.5]) == []


def test_the_call_links_of_a_clinics_edition_are_large_enough(page: Page, catalogue: Site) -> None:
    for width in (PHONE, DESKTOP):
        open_at(page, catalogue.address("get-help.md"), width)
        links = page.locator(".crs-care-card a[href^='tel:']")
        in_cards = page.locator(".crs-care-card__call > a[href^='tel:']")
        assert links.count() >= in_cards.count() == 3
        assert page.evaluate(SMALL_TARGETS, ".crs-care-card__call > a") == []


def test_every_pdf_of_the_table_is_in_sight_on_a_phone(page: Page, site: Site) -> None:
    open_at(page, site.address("print/index.md"), COMMON_PHONE)
    table = page.locator(".crs-table:has(.crs-download-table)")
    assert table.evaluate("table => table.scrollWidth - table.clientWidth") <= 0


SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""


@pytest.mark.parametrize("path", LARGE_TEXT_PAGES)
def test_a_readers_own_size_or_spacing_neither_cuts_text_nor_lays_it_over_other_text(
    page: Page, site: Site, path: str
) -> None:
    page.goto(site.address(path))
    expect_whole(page, "html { font-size: 200% !important }", (COMMON_PHONE, DESKTOP))
    if path in ("index.md", "get-help.md"):
        # On a phone the root has 125 %, so 250 % is twice the usual size.
        expect_whole(page, "html { font-size: 250% !important }", (COMMON_PHONE,))
    expect_whole(page, SPACED, (PHONE, DESKTOP))


def expect_whole(page: Page, style: str, widths: Iterable[int]) -> None:
    """Check that with a style of a reader's own, all text of a page can be read."""
    added = page.add_style_tag(content=style)
    for width in widths:
        set_width(page, width)
        assert page.evaluate(TOO_WIDE) <= 0, f"{style} at {width} px"
        assert page.evaluate(CLIPPED) == [], f"{style} at {width} px"
        assert page.evaluate(OVERLAPS) == [], f"{style} at {width} px"
    added.evaluate("style => style.remove()")


@pytest.mark.parametrize(
    "path",
    ["index.md", "get-help.md", "symptoms.md", "mechanism.md", "temperature.md", "print/diary.md"],
)
def test_text_stands_out_from_its_ground(page: Page, site: Site, path: str) -> None:
    open_at(page, site.address(path), DESKTOP)
    for scheme in ("light", "dark"):
        set_scheme(page, scheme)
        assert page.evaluate(LOW_CONTRAST, 7) == [], scheme


def test_the_menu_stands_out_from_its_ground(page: Page, site: Site) -> None:
    open_at(page, site.url, DESKTOP)
    for scheme in ("light", "dark"):
        set_scheme(page, scheme)
        script = LOW_CONTRAST.replace(".crs-side, ", "")
        assert page.evaluate(script, 7) == []


def test_forced_colors_keep_the_edges_of_boxes_cards_and_buttons(
    browser: Browser, site: Site
) -> None:
    edged = {
        "index.md": (".crs-header__help", ".crs-help-bar", ".crs-tiles__tile"),
        "get-help.md": (".crs-care-card", ".crs-care-card__call a"),
        "temperature.md": (".crs-temperature-helper", ".crs-page input", ".crs-page button"),
        "print/symptom-watch-list.md": (".crs-sheet", ".crs-button"),
        "symptoms.md": (".crs-toc", ".crs-review-note"),
    }
    with tab(browser, width=COMMON_PHONE, forced_colors="active") as page:
        for path, selectors in edged.items():
            page.goto(site.address(path))
            for selector in selectors:
                assert page.locator(selector).count(), f"{path} has no {selector}"
                assert page.evaluate(UNSEEN_BORDERS, selector) == [], f"{selector} on {path}"


def test_forced_colors_show_which_box_is_ticked(browser: Browser, site: Site) -> None:
    with tab(browser, forced_colors="active") as page:
        page.goto(site.address("print/caregiver-daily-check.md"))
        box = page.locator(".crs-checklist__box").first
        empty = box.screenshot()
        box.check()
        page.mouse.move(0, 0)
        box.blur()
        assert box.screenshot() != empty


def test_nothing_of_ours_moves_for_readers_who_ask_for_less(browser: Browser, site: Site) -> None:
    with tab(browser, reduced_motion="reduce") as page:
        for path in ("index.md", "temperature.md", "print/symptom-watch-list.md", "symptoms.md"):
            page.goto(site.address(path))
            assert page.evaluate(MOVING) == [], path
