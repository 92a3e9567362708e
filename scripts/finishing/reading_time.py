"""Says under the answer of each long page how long the page takes to read."""

from __future__ import annotations

import math
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from scripts.content import Guide
from scripts.models.base import PLACEHOLDER
from scripts.pages import url_of
from scripts.reading_rules import load_reading_rules

LINE = re.compile(r'<p class="crs-reading-time">.*?</p>\s?')
"""What an earlier run has added."""

ANSWER = re.compile(r'<p class="crs-answer">.*?</p>\s?', re.DOTALL)
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
NOT_READ = {"sup", "svg", "script", "style", "template", "nav", "textarea"}
"""Marks of sources, drawings, the list of contents, and what is there to be copied."""

WORD = re.compile(r"\w[\w’'.,%°/-]*")


class _Words(HTMLParser):
    """Counts the words of our part of a page, down to its foot."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = False
        self.skipped = 0
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        classes = named.get("class", "").split()
        if "crs-page" in classes:
            self.reading = True
        elif "crs-page-foot" in classes:
            self.reading = False
        if tag in VOID:
            return
        if self.skipped or tag in NOT_READ or "hidden" in named or "toc" in classes:
            self.skipped += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over what opens and closes at once: a part of a drawing."""

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= bool(self.skipped) and tag not in VOID
        self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if self.reading and not self.skipped:
            self.text.append(data)


def minutes_to_read(html: str, words_a_minute: int) -> int:
    """Give the minutes that a built page takes, rounded up."""
    words = _Words()
    words.feed(LINE.sub("", html))
    return math.ceil(len(WORD.findall("".join(words.text))) / words_a_minute)


def add_reading_time(folder: Path, guide: Guide) -> None:
    """Write the reading time into every long page that has an answer to stand under.

    Sheets are to fill in, not to read; ``reading.yml`` names the other pages that say none.
    """
    rules = load_reading_rules(guide.pages).reading_time
    for path, page in guide.pages.items():
        file = folder / url_of(path) / "index.html"
        html = LINE.sub("", file.read_text(encoding="utf-8"))
        minutes = minutes_to_read(html, rules.words_a_minute)
        is_sheet = any(call.name == "checklist" for call in page.calls)
        if minutes >= rules.shown_from_minutes and path not in rules.not_shown and not is_sheet:
            said = PLACEHOLDER.sub(str(minutes), guide.strings.reading_time)
            line = f'<p class="crs-reading-time">{escape(said)}</p>\n'
            if answer := ANSWER.search(html):
                html = html[: answer.end()] + line + html[answer.end() :]
        file.write_text(html, encoding="utf-8", newline="\n")
