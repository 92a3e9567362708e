"""The theme is Material: what we change of it is small and known, and its settings work."""

from __future__ import annotations

import hashlib
from pathlib import Path

import material
import pytest
from bs4 import BeautifulSoup, Tag
from lxml.html import document_fromstring

from scripts.finishing.used_css import Names, StyleSheet
from tests.editors_site import OTHER, OURS, EditorsSite

THEIRS = Path(material.__file__).parent / "templates"

UPSTREAM = {
    "base.html": "a919e32d2225",
    "main.html": "9948b55a7bc9",
    "404.html": "80c93494b543",
    "partials/copyright.html": "bc86bca3bf75",
    "partials/header.html": "8cf3fb15bcf9",
    "partials/javascripts/base.html": "d6113712bc4d",
    "partials/javascripts/content.html": "3722e156f0f6",
    "partials/language.html": "3a44516f3050",
    "partials/nav-item.html": "89895208f22d",
    "partials/nav.html": "af33f6e032f6",
    "partials/palette.html": "fb935107ae7d",
    "partials/toc.html": "fde48f583563",
}
"""The files of Material that ours replace or extend, with the start of the hash that they had when
ours were written. If one changes, compare it with ours, then write its new hash here."""


def hash_of(name: str) -> str:
    return hashlib.sha256((THEIRS / name).read_bytes()).hexdigest()[:12]


def test_what_we_change_of_the_theme_is_known_and_has_not_changed_there() -> None:
    replaced = {path.relative_to(OURS).as_posix() for path in OURS.glob("partials/**/*.html")}
    replaced |= {path.name for path in OURS.glob("*.html") if (THEIRS / path.name).is_file()}
    assert replaced | {"base.html"} == set(UPSTREAM)
    assert {name: hash_of(name) for name in UPSTREAM} == UPSTREAM


def test_each_partial_is_shorter_than_the_one_it_replaces() -> None:
    # Material has the disclaimer, the links and the choice of colors elsewhere, and no search link.
    ours = sum(
        len(path.read_text("utf-8").splitlines()) for path in OURS.glob("partials/**/*.html")
    )
    names = [name for name in UPSTREAM if name.startswith("partials/")]
    assert ours < sum(len((THEIRS / name).read_text("utf-8").splitlines()) for name in names)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> EditorsSite:
    """A site with the settings of mkdocs.yml."""
    return EditorsSite(tmp_path_factory.mktemp("theme"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> EditorsSite:
    """A site whose editor set what ours does not."""
    return EditorsSite(tmp_path_factory.mktemp("other"), **OTHER, extra_css=["own.css"])


def found(page: BeautifulSoup, selector: str) -> Tag:
    tag = page.select_one(selector)
    assert tag is not None, selector
    return tag


def links(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(link.get_text().split()) for link in page.select(f"{selector} a")]


def test_navigation_sections_indexes_path_and_top(made: EditorsSite) -> None:
    page = made.page("part/page")
    menu = ".crs-side--menu"
    assert links(page, menu) == ["Help", "Part", "Page", "Bare", "Notice", "Home"]
    groups = [tag.get_text() for tag in page.select(f"{menu} span.md-nav__link")]
    assert groups == ["Act", "Know", "Other"]
    assert found(page, f"{menu} [aria-current=page]").get_text() == "Page"
    assert links(page, ".md-path") == ["Home", "Know", "Part"]
    assert found(page, "button.md-top").has_attr("hidden")
    assert links(made.page(""), menu) == ["Help", "Part", "Notice", "Home"]


def test_a_page_hides_the_menu_and_the_contents_that_it_names(made: EditorsSite) -> None:
    assert made.page("part/page").select(".crs-side--contents a")
    assert not made.page("part/bare").select(".crs-side")


def test_the_text_is_before_the_menu_and_the_contents(made: EditorsSite) -> None:
    order = [
        tag["class"][0] for tag in found(made.page(""), ".md-main__inner").find_all(recursive=False)
    ]
    assert order == ["md-content", "crs-side", "crs-side"]


def test_the_palette_offers_what_is_set_and_takes_its_colors(
    made: EditorsSite, other: EditorsSite
) -> None:
    values = [box["value"] for box in made.page("").select(".crs-scheme input")]
    assert values == ["", "light", "dark"]
    assert found(made.page(""), "body")["data-md-color-primary"] == "custom"
    assert not other.page("").select(".crs-scheme")
    assert found(other.page(""), "body")["data-md-color-primary"] == "teal"
    assert '[data-md-color-primary="teal"]' not in kept(made)
    assert "[data-md-color-primary=teal]{--md-primary-fg-color" in kept(other)


def test_what_is_not_set_is_not_there(made: EditorsSite, other: EditorsSite) -> None:
    page, without = made.page("part/page"), other.page("part/page")
    for selector in (
        "[data-follow]",
        "[src$='/tabs.js']",
        "[src$='/note.js']",
        ".md-path",
        ".md-top",
    ):
        assert page.select(selector), selector
        assert not without.select(selector), selector
    for selector in ("nav.md-footer__inner", "a[rel=edit]", "link[rel=alternate]"):
        assert without.select(selector), selector
        assert not page.select(selector), selector
    # A group that is no section is a link to its first page, at whatever depth that is.
    menu = without.select(".crs-side--menu .md-nav > ul > li > a")
    assert [link["href"] for link in menu] == ["../../help/", "../", "../../notice/", "../.."]


def test_a_clinics_notice_is_above_the_page(made: EditorsSite) -> None:
    notice = found(made.page("notice"), "aside.md-banner")
    assert notice.get_text().strip() == "Our ward has moved."
    assert notice.find_next("header")
    assert not made.page("").select(".md-banner")


def test_a_page_chooses_its_template(made: EditorsSite) -> None:
    assert made.page("help").select("body.crs-lean")
    assert not made.page("").select("body.crs-lean")


def test_footer_edit_link_logo_favicon_and_languages(other: EditorsSite) -> None:
    page = other.page("part/page")
    assert found(page, "html")["lang"] == "de"
    assert links(page, ".md-footer__inner") == ["Zurück Part", "Weiter Bare"]
    edit = found(page, "a[rel=edit]")["href"]
    assert edit == "https://example.org/guide/edit/main/docs/part/page.md"
    assert found(page, ".crs-wordmark--logo")["src"] == "../../assets/images/favicon.svg"
    assert found(page, "link[rel=icon]")["href"] == "../../assets/images/icon.svg"
    assert [link.get_text() for link in page.select("header a[hreflang]")] == ["English"]
    assert [link["hreflang"] for link in page.select("link[rel=alternate]")] == ["en", "de"]


def test_no_script_of_the_theme_is_loaded(made: EditorsSite) -> None:
    page = made.page("")
    ours = {path.name for path in (OURS / "assets/javascripts").glob("*.js")}
    assert {str(tag["src"]).rpartition("/")[2] for tag in page.select("script[src]")} <= ours
    assert not page.select("script:not([src])")


EDITORS = {
    ".admonition.warning > .admonition-title": ".md-typeset .warning>.admonition-title",
    "details.note > summary": ".md-typeset .note>summary",
    "details.note": ".md-typeset details",
    ".tabbed-set > input + input": ".md-typeset .tabbed-set>input",
    ".task-list-item > label > input[checked]": ".md-typeset .task-list-item",
    ".twemoji > svg": ".md-typeset .twemoji",
    ".keys > kbd.key-control": ".md-typeset kbd",
    "abbr.crs-abbr[title]": ".md-typeset abbr",
    "a.md-button": ".md-typeset .md-button",
    ".footnote-ref": ".md-typeset .footnote-ref",
    ".crs-table > table > tbody > tr > th + td[data-column=B]": ".crs-table__stacked td::before",
    "dl > dd": ".md-typeset dd",
    "div > p > em": "",
    ".highlight code .mi": ".highlight .mi",
}
"""What an editor may write: its HTML, and a selector of the style that stays for it."""


def kept(made: EditorsSite, path: str = "") -> str:
    """Return the style that the build would leave on a page."""
    page = document_fromstring((made.folder / path / "index.html").read_text("utf-8"))
    files = [link.get("href") for link in page.findall("head/link[@rel='stylesheet']")]
    names = Names()
    names.add_elements(page)
    text = "\n".join((made.folder / path / file).read_text("utf-8") for file in files)
    return StyleSheet(text).part_for(names).text()


def test_each_block_of_an_editor_is_built_and_keeps_its_style_and_only_there(
    made: EditorsSite,
) -> None:
    page, rich, plain = made.page(""), kept(made), kept(made, "part/page")
    for html, style in EDITORS.items():
        assert page.select(html), html
        assert style in rich, style
        assert not style or f"{style}{{" not in plain, style


def test_an_own_stylesheet_counts(other: EditorsSite) -> None:
    assert "quotes:none" in kept(other)


def test_marks_of_editors_are_off_snippets_are_filled_in_and_emoji_are_characters(
    made: EditorsSite,
) -> None:
    page = made.page("")
    assert not page.select("del, ins, img")
    words = found(page, "article").get_text()
    for part in (
        "{--gone--}",
        "It shows the next step",
        "\N{SMILING FACE WITH OPEN MOUTH AND SMILING EYES}",
    ):
        assert part in words, part
