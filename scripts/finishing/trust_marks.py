"""Adds to each page what other programs read of it: a little to its head, the rest at its end."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from scripts.content import Guide
from scripts.pages import Page, url_of
from scripts.trust_marks import data_block, page_data, share_lines

BLOCK = re.compile(
    r'<meta property="og:type".*?<meta name="twitter:image:alt"[^>]*>\n'
    r'|<script type="application/ld\+json">.*?</script>\n',
    re.DOTALL,
)
"""What an earlier run has added."""

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
NOT_READ = {"sup", "svg", "script", "style", "template"}
"""Marks of sources, drawings and what a script holds back: no words of an answer."""

APART = {"p", "li", "ul", "ol", "div", "section", "table", "tr", "td", "th", "h4", "dt", "dd"}
"""Elements whose words stand apart from those before."""


class _Answers(HTMLParser):
    """Gathers the words under each heading of the third level, down to the next heading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {}
        self.id = ""
        self.skipped = 0
        self.heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if self.skipped or tag in NOT_READ:
            self.skipped += tag not in VOID
        elif tag in ("h1", "h2", "h3") or "crs-page-foot" in named.get("class", "").split():
            self.id = named.get("id", "") if tag == "h3" else ""
            self.heading = tag == "h3"
        elif tag in APART:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif tag == "h3":
            self.heading = False
        elif tag in APART:
            self.handle_data(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over what opens and closes at once: a part of a drawing."""

    def handle_data(self, data: str) -> None:
        if self.id and not self.skipped and not self.heading:
            self.found.setdefault(self.id, []).append(data)


def answers_of(html: str, page: Page) -> dict[str, str]:
    """Give the words of each answer as a reader sees them, by their question.

    Args:
        html: The built page.
        page: What it was made from; only a page that says so in its head holds questions.
    """
    if not page.meta.questions:
        return {}
    reader = _Answers()
    reader.feed(html)
    return {
        heading.text: " ".join("".join(reader.found[heading.id]).split())
        for heading in page.headings
        if heading.level == 3
    }


def add_trust_marks(folder: Path, guide: Guide) -> None:
    """Write Open Graph lines and schema.org data into every page of the guide.

    The data comes last, since it is long where a page answers many questions: a reader's first
    screen must not wait for what only programs read.
    """
    for path, page in guide.pages.items():
        file = folder / url_of(path) / "index.html"
        html = BLOCK.sub("", file.read_text(encoding="utf-8"))
        record = page_data(guide, page, answers_of(html, page))
        html = _before("</head>", f"{share_lines(guide, page)}\n", html)
        html = _before("</body>", f"{data_block(record)}\n", html)
        file.write_text(html, encoding="utf-8", newline="\n")


def _before(end: str, block: str, html: str) -> str:
    before, found, after = html.rpartition(end)
    return f"{before}{block}{found}{after}"
