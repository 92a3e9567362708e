"""Pages are parsed for the checks: macro calls and headings with their lines, and addresses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.guide.errors import Problem
from scripts.guide.pages import Page, anchors_of, read_pages, url_of

FRONT = """---
title: Made up
description: Made up for a test.
reviewed: 2026-11-22
review_by: 2027-05-22
sources: []
next: [faq.md]
---
"""
FIRST = FRONT.count("\n") + 1
"""The line on which the body starts."""

Read = Callable[[str], Page]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A function that reads a page with a given body."""

    def page(body: str) -> Page:
        (tmp_path / "made-up.md").write_text(FRONT + body, encoding="utf-8")
        pages, unread = read_pages(tmp_path, tmp_path)
        assert unread == {}
        return pages["made-up.md"]

    return page


@pytest.fixture
def fault(tmp_path: Path) -> Callable[[str], Problem]:
    """A function that returns the one error of a page with a given body."""

    def problem(body: str) -> Problem:
        (tmp_path / "made-up.md").write_text(FRONT + body, encoding="utf-8")
        pages, unread = read_pages(tmp_path, tmp_path)
        assert pages == {}
        [only] = unread["made-up.md"]
        return only

    return problem


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("faq.md", "faq/"),
        ("get-help.md", "get-help/"),
        ("about/index.md", "about/"),
        ("about/privacy.md", "about/privacy/"),
        ("myindex.md", "myindex/"),
        ("a/b/index.md", "a/b/"),
        ("index/faq.md", "index/faq/"),
    ],
)
def test_a_page_has_an_address_that_ends_in_a_slash(path: str, address: str) -> None:
    assert url_of(path) == address


def test_a_page_knows_its_front_matter_and_where_its_body_starts(read: Read) -> None:
    page = read("\n# Made up\n")
    assert (page.path, page.file, page.first_line) == ("made-up.md", "made-up.md", FIRST)
    assert page.meta.title == "Made up"
    assert page.front.line(("review_by",)) == 5
    assert page.lines()[:2] == [(FIRST, ""), (FIRST + 1, "# Made up")]


def test_calls_are_found_with_their_arguments_and_lines(read: Read) -> None:
    page = read(
        '{{ help_bar() }}\n\nAt {{ temperature("fever") }} call {{ phone("line_24h") }}.\n'
        'Text.{{ cite("a", "b", fact="c") }}\n\n{{ number("d", mark=False) }}\n'
    )
    assert [(call.name, call.args, call.kwargs, call.line - FIRST) for call in page.calls] == [
        ("help_bar", (), {}, 0),
        ("temperature", ("fever",), {}, 2),
        ("phone", ("line_24h",), {}, 2),
        ("cite", ("a", "b"), {"fact": "c"}, 3),
        ("number", ("d",), {"mark": False}, 5),
    ]
    assert [call.first for call in page.calls] == [None, "fever", "line_24h", "a", "d"]


def test_a_call_over_several_lines_is_where_it_begins(read: Read) -> None:
    [call] = read('Text.{{ cite("a",\n  fact="b") }}\n').calls
    assert call.line == FIRST


def test_marks_of_headings_are_no_comments_of_the_engine(read: Read) -> None:
    page = read("## One {#one}\n\n{{ help_bar() }}\n\n## Two { #two .x }\n")
    assert [heading.id for heading in page.headings] == ["one", "two"]
    assert len(page.calls) == 1


def test_a_comment_of_the_engine_holds_no_calls(read: Read) -> None:
    assert read('{## {{ temperature("fever") }} ##}\n').calls == ()


@pytest.mark.parametrize(
    ("line", "level", "text", "name"),
    [
        ("# Made up", 1, "Made up", ""),
        ("## What it is { #what }", 2, "What it is", "what"),
        ("### Deep {#deep}", 3, "Deep", "deep"),
        ("## With a class { #one .two }", 2, "With a class", "one"),
        ("## No id", 2, "No id", ""),
        ("## 101 #1 { #n }", 2, "101 #1", "n"),
    ],
)
def test_a_heading_has_a_level_words_and_an_id(
    read: Read, line: str, level: int, text: str, name: str
) -> None:
    [heading] = read(f"Text.\n\n{line}\n").headings
    assert (heading.level, heading.text, heading.id, heading.line) == (level, text, name, FIRST + 2)


@pytest.mark.parametrize("line", ["#No space", "Text # not", "    # code?", "#" * 7 + " too deep"])
def test_other_lines_are_no_headings(read: Read, line: str) -> None:
    assert read(f"Text.\n\n{line}\n").headings == ()


def test_a_line_belongs_to_the_last_heading_above_it(read: Read) -> None:
    page = read("# Made up\n\nText.\n\n## One { #one }\n\n### Two { #two }\n\nText.\n")
    sections = [page.section_at(FIRST + offset) for offset in (0, 2, 4, 5, 6, 8)]
    assert [section.id if section else None for section in sections] == [
        None,
        None,
        "one",
        "one",
        "two",
        "two",
    ]


def test_links_can_lead_to_headings_and_care_cards(read: Read) -> None:
    page = read('# Made up\n\n## One { #one }\n\n## No id\n\n{{ care_card("emergency") }}\n')
    assert anchors_of(page) == {"one", "emergency"}


@pytest.mark.parametrize(
    "body",
    [
        "Text.\nAt {{ temperature.\nMore.\n",
        'Text.\nAt {{ temperature("fever").\n\nMore text\nand more.\n',
        'Text.\nAt {{ temperature("fever") }.\nMore.\n',
        "Text.\nAt {% if.\nMore.\n",
        "Text.\n{{ x y }}\n",
        "Text.\n{{ }}\n",
        "Text.\n{{ temperature }}\n",
        "Text.\n{{ 'fever' }}\n",
        "Text.\n{{ temperature(fever) }}\n",
        "Text.\n{{ temperature(*names) }}\n",
        "Text.\n{{ temperature(**names) }}\n",
        'Text.\n{{ temperature(name="a" ~ b) }}\n',
        'Text.\n{{ config.temperature("fever") }}\n',
        'Text.\n{{ temperature("fever") | safe }}\n',
        'Text.\n{{ cite(term("a")) }}\n',
        "Text.\n{% set x = 1 %}\n",
        "Text.\n{% include 'x' %}\n",
        "Text.\n{% for x in y %}{{ x }}{% endfor %}\n",
    ],
)
def test_between_braces_is_a_macro_call_and_nothing_else(
    fault: Callable[[str], Problem], body: str
) -> None:
    problem = fault(body)
    assert (problem.file, problem.line, problem.field) == ("made-up.md", FIRST + 1, "text")
    assert problem.remedy == 'Write {{ name("…") }}, or write the brace as words.'


def test_every_wrong_call_of_a_page_is_told_of(tmp_path: Path) -> None:
    body = "{{ a }}\n{{ b(c) }}\n{{ d() }}\n{{ e | f }}\n"
    (tmp_path / "made-up.md").write_text(FRONT + body, encoding="utf-8")
    _, unread = read_pages(tmp_path, tmp_path)
    assert [problem.line - FIRST for problem in unread["made-up.md"]] == [0, 1, 3]


@pytest.mark.parametrize("text", ["", "Text.\n", "---\ntitle: x\n", "--- \ntitle: x\n---\n"])
def test_a_page_without_front_matter_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "made-up.md").write_text(text, encoding="utf-8")
    _, unread = read_pages(tmp_path, tmp_path)
    assert [problem.field for problem in unread["made-up.md"]] == ["front matter"]


def test_faults_of_front_matter_and_body_are_told_together(tmp_path: Path) -> None:
    text = FRONT.replace("title: Made up", "title: {{ x }}") + "{{ y }}\n"
    (tmp_path / "a.md").write_text(FRONT.replace("title", "tittle") + "{{ y }}\n", encoding="utf-8")
    (tmp_path / "b.md").write_text(text, encoding="utf-8")
    _, unread = read_pages(tmp_path, tmp_path)
    assert [(problem.line, problem.field) for problem in unread["a.md"]] == [
        (2, "title"),
        (2, "tittle"),
        (FIRST, "text"),
    ]
    assert [(problem.line, problem.field) for problem in unread["b.md"]] == [(2, "title")]


def test_pages_of_all_folders_are_read_whatever_the_line_ends(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    windows = (FRONT + "# Made up\n").replace("\n", "\r\n").encode()
    (tmp_path / "sub" / "index.md").write_bytes(windows)
    (tmp_path / "notes.txt").write_text("no page", encoding="utf-8")
    pages, unread = read_pages(tmp_path, tmp_path.parent)
    assert unread == {}
    assert list(pages) == ["sub/index.md"]
    assert pages["sub/index.md"].file == f"{tmp_path.name}/sub/index.md"
    assert pages["sub/index.md"].headings[0].text == "Made up"


def test_a_page_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "made-up.md").write_bytes(FRONT.encode() + b"caf\xe9\n")
    _, unread = read_pages(tmp_path, tmp_path)
    assert [problem.fault for problem in unread["made-up.md"]] == ["the file is not UTF-8 text"]


def test_an_edit_is_seen(read: Read) -> None:
    assert read("# One\n").headings[0].text == "One"
    assert read("# Two\n").headings[0].text == "Two"
