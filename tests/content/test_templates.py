"""The templates hold no words: a translator finds all of them in ``docs/data/``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.lexer import TOKEN_DATA, TOKEN_STRING

from scripts.guide.models.strings import Strings
from scripts.root import ROOT

TEMPLATES = (
    *sorted((ROOT / "overrides").rglob("*.html")),
    ROOT / "scripts" / "review_pack" / "pack.html",
)

SPOKEN = {
    "alt",
    "title",
    "label",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-valuetext",
}
"""Attributes whose values are always read out or shown."""

NO_WORDS = re.compile(
    r"\bkB\b"  # a unit has the same sign in every language
    r"|\[[a-z-]+\]"  # the service worker replaces these marks
)
SENTENCE = re.compile(r"[A-Z][a-z]+$|[A-Za-z,]+ [A-Za-z]+")
"""A value that only a reader can be meant to read: a capitalized word, or several words."""


class _Words(HTMLParser):
    """Collects text, and the values of attributes that are text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.style = tag == "style"
        for name, value in attrs:
            message = name.startswith("data-") and SENTENCE.match(value or "")
            described = name == "content" and ("name", "description") in attrs
            if name in SPOKEN or message or described:
                self.found.append(value or "")

    def handle_data(self, data: str) -> None:
        if not self.style:
            self.found.append(data)


def words_of(template: str) -> Iterator[str]:
    """Yield the words that a template itself contains, outside of its expressions."""
    tokens = list(Environment(autoescape=True).lex(template))
    html = _Words()
    html.feed("".join(value for _, kind, value in tokens if kind == TOKEN_DATA))
    for text in html.found:
        if re.search(r"[^\W\d_]", NO_WORDS.sub("", text)):
            yield " ".join(text.split())
    for _, kind, value in tokens:
        if kind == TOKEN_STRING and SENTENCE.match(value[1:-1]):
            yield value


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_takes_its_words_from_the_data(path: Path) -> None:
    template = path.read_text(encoding="utf-8")
    assert list(words_of(template)) == [], "move them to docs/data/strings.yml"
    # MkDocs renders an unknown name as nothing.
    names = set(re.findall(r"\bstrings\.(?!yml)(\w+)", template))
    assert names <= {*Strings.model_fields, "language"}, "docs/data/strings.yml has no such text"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>{{ strings.menu }}: Menu</p>", [": Menu"]),
        ('<nav aria-label="Menu">', ["Menu"]),
        ('<p data-loading="Search is loading.">', ["Search is loading."]),
        ('<p>{{ "Call now" if urgent else strings.menu }}</p>', ['"Call now"']),
        ('<meta name="description" content="A guide">', ["A guide"]),
        ('<p class="crs-page" data-action="x">{# A note. #}{{ text }}, 5&nbsp;kB [saved]</p>', []),
    ],
)
def test_words_in_a_template_are_found(template: str, words: list[str]) -> None:
    assert list(words_of(template)) == words


def test_every_string_is_in_use() -> None:
    suffixes = {".html", ".py"}
    files = [file for top in ("overrides", "scripts") for file in (ROOT / top).rglob("*.*")]
    sources = " ".join(
        file.read_text(encoding="utf-8") for file in files if file.suffix in suffixes
    )
    used = set(re.findall(r"\bstrings\.(\w+)", sources))
    assert set(Strings.model_fields) - used == set()
