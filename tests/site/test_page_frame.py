"""The frame of every built page, whatever its topic."""

from __future__ import annotations

import calendar
import copy
import itertools
import re

import pytest
from bs4 import BeautifulSoup, Tag

from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from tests.conftest import Site
from tests.site.html_check import target_of

pytestmark = pytest.mark.essential


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, BeautifulSoup]:
    """Every built page and the page for wrong addresses, by path below the site."""
    return {
        path: BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for path, file in site.pages().items()
    }


@pytest.fixture(scope="module")
def words(pages: dict[str, BeautifulSoup]) -> dict[str, str]:
    """All words of each page, including attributes that are shown or read out."""
    return {path: visible(page) for path, page in pages.items()}


def our_part(page: BeautifulSoup) -> Tag:
    part = page.select_one("article .crs-page")
    assert part is not None, "the page has no .crs-page in its article"
    return part


def one(tag: BeautifulSoup | Tag, selector: str) -> Tag:
    found = tag.select(selector)
    assert len(found) == 1, f"{selector} occurs {len(found)} times"
    return found[0]


def text_of(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def visible(page: BeautifulSoup) -> str:
    # get_text() skips templates, whose words a script shows later.
    texts = page.find_all(string=True)
    words = [
        str(text) for text in texts if text.parent and text.parent.name not in ("script", "style")
    ]
    for name in ("title", "alt", "aria-label", "placeholder", "content", "data-column"):
        words += [str(tag[name]) for tag in page.select(f"[{name}]")]
    return " ".join(" ".join(words).split())


@pytest.mark.parametrize(
    "left_over",
    [
        r"\{\{",
        r"\}\}",
        r"\{%",
        r"%\}",
        r"\{#",
        r"\{ \.",
        r"\[\[",
        r"\]\]",
        r"Traceback",
        r"\w+Error\b",
        r"Markdown error",
        r"Macro (Rendering|Syntax) Error",
        r"\bNone\b",
        r"\bundefined\b",
        r"\bFalse\b(?! alarm|-positive)|\bTrue\b",
        r"\bDecimal\(",
        r"<(function|built-in|object)",
        r"\*\*",
        r"\]\(",
        r"&(amp|lt|gt|quot|nbsp|#\d+);",
        r"(?<!\w)#{2,}",
        r"///",
        r"wzxhzdk|\x02|\x03",
        r"\ufffd",
    ],
)
def test_no_page_shows_what_the_machine_should_have_replaced(
    words: dict[str, str], left_over: str
) -> None:
    found = {
        path: text[max(0, match.start() - 40) : match.end() + 20]
        for path, text in words.items()
        if (match := re.search(left_over, text))
    }
    assert found == {}


def test_every_page_says_its_language(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        assert one(page, "html")["lang"] == "en", path


def test_every_page_has_one_first_heading_with_the_words_of_its_title(
    pages: dict[str, BeautifulSoup], guide: Guide
) -> None:
    for path, page in guide.pages.items():
        html = pages[f"{url_of(path)}index.html"]
        assert text_of(one(html, "h1")) == page.meta.title
        assert page.meta.title in text_of(one(html, "head > title"))
    one(pages["404.html"], "h1")


def test_headings_skip_no_level(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        levels = [int(heading.name[1]) for heading in our_part(page).select("h1,h2,h3,h4,h5,h6")]
        assert levels, path
        assert levels[0] == 1, path
        for above, below in itertools.pairwise(levels):
            assert below <= above + 1, f"{path}: an h{below} follows an h{above}"


def test_every_heading_says_something_and_can_be_linked_to(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        for heading in our_part(page).select("h2,h3,h4"):
            assert text_of(heading), path
            # Second copies of cards are for print only, so no link leads there.
            for_paper = heading.find_parent(class_="crs-card--copy")
            # The id is below the heading of a folded part, so that a link to it opens the part.
            fold = heading.find_parent("details")
            named = fold.select_one("summary ~ [id]") if fold else heading.get("id")
            assert for_paper or named, f"{path}: {text_of(heading)}"


def test_titles_and_descriptions_are_each_page_s_own(pages: dict[str, BeautifulSoup]) -> None:
    # The page for wrong addresses has the title and description of the site.
    real = [page for path, page in pages.items() if path != "404.html"]
    titles = [text_of(one(page, "head > title")) for page in real]
    abouts = [str(one(page, 'meta[name="description"]')["content"]) for page in real]
    assert len(set(titles)) == len(titles)
    assert len(set(abouts)) == len(abouts)
    assert all(40 <= len(about) <= 155 for about in abouts), [
        about for about in abouts if not 40 <= len(about) <= 155
    ]


def test_every_page_opens_with_the_way_to_help(pages: dict[str, BeautifulSoup], site: Site) -> None:
    for path, page in pages.items():
        first = our_part(page).find(True)
        assert isinstance(first, Tag)
        if path == "get-help/index.html":
            # This page is the help itself. Its first line, for print only, contains the number to
            # call.
            assert first.get_attribute_list("class") == ["crs-help-line"]
            assert first.select_one(".crs-help-bar__number")
            continue
        assert "crs-help-bar" in first.get_attribute_list("class"), path
        assert leads_to_help(one(page, "a.crs-help-bar__link"), path, site)


def test_every_page_but_the_one_for_help_has_get_help_now_in_its_header(
    pages: dict[str, BeautifulSoup], site: Site
) -> None:
    for path, page in pages.items():
        if path == "get-help/index.html":
            assert page.select("header a.crs-header__help") == []
            continue
        link = one(page, "header a.crs-header__help")
        assert text_of(link) == "Get help now", path
        assert leads_to_help(link, path, site)


def leads_to_help(link: Tag, path: str, site: Site) -> bool:
    root = site.folder.resolve()
    target, _ = target_of(root / path, str(link["href"]), root)
    return target == root / "get-help" / "index.html"


def test_every_page_gives_its_answer_first_in_at_most_three_sentences(
    pages: dict[str, BeautifulSoup], guide: Guide
) -> None:
    for path in guide.pages:
        part = our_part(pages[f"{url_of(path)}index.html"])
        answer = one(part, ".crs-answer")
        heading = answer.find_previous_sibling()
        assert isinstance(heading, Tag)
        assert heading.name == "h1", path
        words = copy.copy(answer)
        for mark in words.select("sup"):
            mark.decompose()
        sentences = re.findall(r"[.?!](?=\s|$)", text_of(words))
        assert 1 <= len(sentences) <= 3, f"{path}: {text_of(words)}"


def test_every_page_shows_its_dates_with_the_month_in_words(
    pages: dict[str, BeautifulSoup], guide: Guide
) -> None:
    for path, page in guide.pages.items():
        note = one(our_part(pages[f"{url_of(path)}index.html"]), ".crs-review-note")
        times = note.select("time")
        for time, date in zip(times, (page.meta.reviewed, page.meta.review_by), strict=True):
            assert time["datetime"] == date.isoformat(), path
            assert text_of(time) == f"{date.day} {calendar.month_name[date.month]} {date.year}", (
                path
            )


def test_every_page_says_whether_a_clinician_reviewed_it(
    pages: dict[str, BeautifulSoup], guide: Guide
) -> None:
    for path, page in guide.pages.items():
        note = text_of(one(our_part(pages[f"{url_of(path)}index.html"]), ".crs-review-note"))
        if page.meta.reviewer:
            assert page.meta.reviewer in note
        else:
            assert "Not yet reviewed by a clinician" in note, path


def test_every_page_leads_on(pages: dict[str, BeautifulSoup], guide: Guide, site: Site) -> None:
    root = site.folder.resolve()
    for path, page in guide.pages.items():
        built = f"{url_of(path)}index.html"
        links = our_part(pages[built]).select(".crs-next-step__list > li > a")
        assert [text_of(link) for link in links] == [
            guide.pages[name].meta.title for name in page.meta.next
        ]
        for link, name in zip(links, page.meta.next, strict=True):
            target, _ = target_of(root / built, str(link["href"]), root)
            assert target == root / url_of(name) / "index.html", path


def test_no_page_shows_a_date_in_digits_only(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        found = re.findall(
            r"\b\d{4}-\d\d-\d\d\b|(?<!/)\b\d{1,2}/\d{1,2}/\d{2,4}\b", text_of(our_part(page))
        )
        assert found == [], path


def test_every_table_has_a_caption_and_header_cells(pages: dict[str, BeautifulSoup]) -> None:
    tables = [(path, table) for path, page in pages.items() for table in our_part(page)("table")]
    assert tables
    for path, table in tables:
        assert text_of(one(table, "caption")), path
        assert table.select("thead th[scope=col]"), path
        # In the daily check, the reader writes the day of each row.
        assert table.select("tbody th[scope=row]") or "crs-daily" in table["class"], path
        for head in table.select("th"):
            assert text_of(head), path


def test_every_drawing_has_a_title_and_a_description_or_is_decoration(
    pages: dict[str, BeautifulSoup],
) -> None:
    drawings = [(path, svg) for path, page in pages.items() for svg in our_part(page)("svg")]
    assert any(svg.get("role") == "img" for _, svg in drawings)
    for path, svg in drawings:
        if svg.get("aria-hidden") == "true":
            continue
        assert svg.get("role") == "img", path
        if svg.get("aria-label"):
            assert len(str(svg["aria-label"])) > 20, path
        elif svg.find("title"):
            assert text_of(one(svg, "title")), path
            assert len(text_of(one(svg, "desc"))) > 40, path
        else:
            name, description = str(svg["aria-labelledby"]).split()
            assert text_of(one(pages[path], f"#{name}")), path
            assert len(text_of(one(pages[path], f"#{description}"))) > 40, path
