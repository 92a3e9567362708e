"""The checker of the built pages finds each kind of error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.html_check import broken_links, read_html


def page(inside: str) -> str:
    return f'<html lang="en"><body><div class="crs-page">{inside}</div></body></html>'


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<p>a<section>b</section></p>", "<section> is in a <p>"),
        ("<ul><li>a</ul>", "</ul> closes <li>"),
        ("<div>", "stays open"),
        ('<p class="a" class="b">c</p>', "has an attribute twice"),
    ],
)
def test_finds_tags_that_do_not_fit(inside: str, found: str) -> None:
    assert any(found in fault for fault in read_html(page(inside)).faults)


def test_finds_nothing_wrong_with_good_html() -> None:
    html = read_html(page('<p id="a">a<br>b <b>c</b></p><svg><path d="M0"/><g/></svg>'))
    assert html.faults == []
    assert html.ids == {"a": [1]}


@pytest.mark.parametrize("attribute", ['style="color: red"', 'onclick="go()"'])
def test_finds_style_and_script_in_attributes(attribute: str) -> None:
    assert read_html(page(f"<p {attribute}>a</p>")).handlers


@pytest.mark.parametrize(
    "tag",
    [
        '<script src="https://a.example/x.js"></script>',
        '<img src="//a.example/x.png" alt="">',
        '<link rel="stylesheet" href="https://a.example/x.css">',
        '<iframe src="https://a.example/"></iframe>',
    ],
)
def test_knows_what_a_browser_fetches_by_itself(tag: str) -> None:
    assert [link.loads for link in read_html(page(tag)).links] == [True]


def test_knows_that_a_link_waits_to_be_followed() -> None:
    [link] = read_html(page('<a href="https://a.example/">a</a>')).links
    assert not link.loads


def test_finds_addresses_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text(page('<a id="top" href="sub/">a</a>'), encoding="utf-8")
    links = ("../#top", "..#top", "./", "#here", "../#gone", "gone/", "../../out/", "x.png")
    inside = "".join(f'<a href="{link}">a</a>' for link in links) + '<p id="here">b</p>'
    (tmp_path / "sub" / "index.html").write_text(page(inside), encoding="utf-8")
    assert [line.split(": ")[1:] for line in broken_links(tmp_path)] == [
        ["../#gone", "there is no such id"],
        ["gone/", "there is no such file"],
        ["../../out/", "../../out/ leads out of the site"],
        ["x.png", "there is no such file"],
    ]
