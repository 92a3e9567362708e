"""The CSS that a page can use: all of it is kept, and nothing else."""

from __future__ import annotations

import re

import pytest
from lxml.html import document_fromstring

from scripts.finishing.scripts import needs_of
from scripts.finishing.small_pages import small_body
from scripts.finishing.used_css import Names, StyleSheet
from scripts.root import ROOT

PAGE = """<html lang="en"><body><details class="menu"><summary>Menu</summary></details>
<p class="a b" id="one" data-state="x">words <a href="#">link</a></p>
<template><p class="held-back"></p></template></body></html>"""


def part(css: str, html: str = PAGE, script: str = "", theme: str = "", **options: str) -> str:
    names = Names()
    names.add_elements(document_fromstring(html))
    names.add_script(script)
    return StyleSheet(css, theme).part_for(names).text(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "selector",
    [
        *("p", "*", ".a", ".a.b", "p.a", "#one", "[data-state]", '[data-state="x"]', "::before"),
        *(":root", ":root:root", "a:hover", "a:focus-visible", "p>a", "p + a", "p a::after"),
        *(".held-back", ".menu[open]>summary", ".menu:not(.gone)", ".menu:is(.gone,.menu)"),
        *(".menu::details-content", "li:has(.b),p:has(a)", "p:nth-child(2n + 1)", "p:not(#two)"),
    ],
)
def test_a_rule_stays_if_its_names_are_there_in_whatever_state(selector: str) -> None:
    kept = part(f"{selector} {{ color: red }}")
    assert "color:red" in kept
    # Minifying the selector must not change its meaning: a space between two parts is a combinator.
    assert part(f"{selector}{{color:red}}") == kept


@pytest.mark.parametrize(
    "selector",
    [
        *(".c", "p.c", "table", "#two", "[data-gone]", ".a .c", ".c>p", "p:is(.c,.d)", "p:has(.c)"),
        *(
            '[data-state="y"]',
            "a a",
            "a > summary",
            ".a .b",
            "summary.menu",
            ".menu a::before",
            ".b a + a summary",
        ),
    ],
)
def test_a_rule_goes_if_a_name_of_it_is_nowhere(selector: str) -> None:
    assert part(f"{selector} {{ color: red }}") == ""


def test_a_list_keeps_the_selectors_that_can_match() -> None:
    assert part(".c, .a, table :is(p), p > a { color: red }") == ".a,p>a{color:red}"


def test_what_a_script_names_may_come_into_the_page() -> None:
    script = 'note.className="note-open"; root.dataset.isOpen=1; document.createElement("table")'
    css = ".note-open{color:red}[data-is-open]{color:blue}table{color:green}ul{color:tan}"
    assert part(css) == ""
    assert part(css, script=script) == css.replace("ul{color:tan}", "")


def test_what_a_script_puts_into_the_page_may_be_anywhere_and_change() -> None:
    script = 'note.className="note-open"; root.dataset.state="y"'
    css = 'a .note-open{top:0}.note-open.a{top:0}[data-state="y"]{top:0}a .held-back{top:0}'
    assert part(css, script=script) == css


def test_a_declaration_goes_if_a_later_rule_with_the_same_selectors_replaces_it() -> None:
    css = "p,.a{top:0;left:0;right:0!important}@media print{p{top:1px}}p{top:2px;right:0}"
    assert part(css) == "p,.a{top:0;left:0;right:0!important}p{top:2px;right:0}"
    assert part("p{top:0;left:0}p{top:2px}") == "p{left:0}p{top:2px}"
    assert part("p{top:2px}@media print{p{top:0}}") == "p{top:2px}@media print{p{top:0}}"
    assert part("p{top:1vh;top:1dvh}") == "p{top:1vh;top:1dvh}"


OURS = ".md-x p,.md-x a:hover,.md-x :is(ul,ol){top:0}.crs-fold{top:1px}"
FRAME = """<html lang="en"><body><main class="md-x"><p>a</p><a href="#">b</a><ul><li>c</li></ul>
<details class="crs-fold"><summary class="crs-title">d</summary></details>
<details class="note"><summary>e</summary><p>f</p></details><table><tr><td>g</td></tr></table>
</main></body></html>"""


@pytest.mark.parametrize(
    "rule",
    [
        *("p", "[dir=ltr] .md-x p", ".md-x p:first-child", "a", "a[href]:focus", ".md-x ul", "ol"),
        *("main.md-x > p", "p:not(.note)", ".crs-fold", ".md-x .crs-fold::before", ".md-x ul a"),
    ],
)
def test_what_our_style_sheet_styles_has_nothing_of_the_theme(rule: str) -> None:
    assert part(OURS, FRAME, theme=f"{rule}{{left:0}}") == part(OURS, FRAME)


@pytest.mark.parametrize(
    "rule", ["li", ".note p", ".note > p:first-child", "table:not([class])", "td", ".md-x li"]
)
def test_what_an_editor_may_write_looks_as_the_theme_says(rule: str) -> None:
    assert part(OURS, FRAME, theme=f"{rule}{{left:0}}").count("left:0") == 1


def test_boxes_that_open_are_the_themes_but_for_ours() -> None:
    theme = "details{left:0}summary{left:1px}"
    kept = 'details:not([class^="crs-"]){left:0}summary:not([class^="crs-"]){left:1px}'
    assert part(OURS, FRAME, theme=theme).startswith(kept)
    assert "left" not in part(OURS, FRAME.replace('"note"', '"crs-note"'), theme="details{left:0}")


def test_the_themes_properties_stay_where_something_reads_them() -> None:
    theme = "p{--read:1px;--unread:2px;left:0}"
    assert part(OURS + "a{top:var(--read)}", FRAME, theme=theme).startswith("p{--read:1px}")


def test_a_page_has_the_rules_for_its_direction_and_no_others() -> None:
    css = '[dir="ltr"] p{left:0}[dir="rtl"] p{right:0}'
    for name, kept in (("ltr", "left"), ("rtl", "right")):
        page = f'<html><body dir="{name}"><p>words</p></body></html>'
        assert part(css, page) == f'[dir="{name}"] p{{{kept}:0}}'


def test_rules_of_every_medium_stay_print_is_one_block_at_the_end_and_empty_groups_go() -> None:
    paper, forced = "@media print{.a{color:red}}", "@media (forced-colors:active){.b{color:blue}}"
    more = paper.replace(".a", ".b")
    assert part(paper + forced + more) == f"{forced}{paper[:-1]}.b{{color:red}}}}"
    assert part("@media print { .c { color: red } } @supports (a: b) { .d { top: 0 } }") == ""


def test_alternatives_go_where_they_cannot_match_and_weigh_nothing() -> None:
    assert part(":is(p, ul, ol){top:0}") == ":is(p){top:0}"
    # Removing the class would change the specificity of the whole selector.
    assert part(":is(p, .c){top:0}") == ":is(p,.c){top:0}"


def test_paper_and_screen_are_two_halves_of_the_whole() -> None:
    css = "p{color:var(--x)}@page{margin:1mm}@media print{:root{--x:#000}p{top:0}}"
    assert part(css, medium="screen") == "p{color:var(--x)}"
    assert part(css, medium="print") == "@page{margin:1mm}@media print{:root{--x:#000}p{top:0}}"


def test_a_property_stays_if_anything_that_stays_reads_it() -> None:
    css = ":root{--read:var(--by-another);--by-another:1;--unread:var(--chain);--chain:2}"
    kept = part(css + "p{margin:var(--read)}.c{margin:var(--unread)}")
    assert kept == ":root{--read:var(--by-another);--by-another:1}p{margin:var(--read)}"


def test_a_kind_of_paper_stays_if_a_rule_asks_for_it() -> None:
    css = "@page{margin:1mm}@page wide{size:A4}@page long{size:A5}.a{page:wide}.c{page:long}"
    assert part(css) == ".a{page:wide}@page{margin:1mm}@page wide{size:A4}"


@pytest.mark.parametrize("css", ["p { color }", "@font-face { src: x }", "p { color: red } }"])
def test_a_style_sheet_that_cannot_be_read_whole_stops_the_build(css: str) -> None:
    with pytest.raises(ValueError, match=r"line \d+ of the stylesheets cannot be parsed"):
        StyleSheet(css)


def test_each_script_says_what_it_works_on_or_is_for_all_pages() -> None:
    folder = ROOT / "overrides" / "assets" / "javascripts"
    needs = {file.name: needs_of(file.read_text(encoding="utf-8")) for file in folder.glob("*.js")}
    for name, selector in needs.items():
        if selector:
            text = (folder / name).read_text(encoding="utf-8").partition("*/")[2]
            # Two files contain no selector: reading.js supports another script of the same pages,
            # and note.js shows what the foot of a page lists.
            names = re.findall(r"[\w-]{3,}", selector)
            looks = name in ("reading.js", "note.js") or any(one in text for one in names)
            assert looks, f"{name} never looks for {selector}"
    assert needs["temperature-helper.js"] == "[data-temperature-helper]"
    assert needs["menu.js"] == ".crs-menu"
    assert needs["paper.js"] == ""


def test_blank_space_is_one_blank_but_where_it_means_something() -> None:
    assert small_body("<p>a  b\n\n  <b>c</b>  d</p>") == "<p>a b <b>c</b> d</p>"
    for kept in ("<pre>a  b</pre>", "<textarea>a\n\n b</textarea>", "<script>a  b</script>"):
        assert small_body(f"<p>  {kept}  </p>") == f"<p> {kept}</p>"
    assert small_body("<p>a\u00a0\u00a0b</p>") == "<p>a\u00a0\u00a0b</p>"
