"""Adds to each page what other programs read of it: a little to its head, the rest at its end."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.content import Guide
from scripts.finishing.sections import sections_of
from scripts.pages import Page, url_of
from scripts.trust_marks import data_block, page_data, share_lines

BLOCK = re.compile(
    r'<meta property="og:type".*?<meta name="twitter:card"[^>]*>\n'
    r'|<script type="application/ld\+json">.*?</script>\s?',
    re.DOTALL,
)
"""What an earlier run has added."""


def answers_of(html: str, page: Page) -> dict[str, str]:
    """Give the words of each answer as a reader sees them, by their question.

    Args:
        html: The built page.
        page: What it was made from; only a page that says so in its head holds questions.
    """
    if not page.meta.questions:
        return {}
    found = {section.id: section.text for section in sections_of(html) if section.level == 3}
    return {heading.text: found[heading.id] for heading in page.headings if heading.level == 3}


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
        html = _before("</body>", f"{data_block(record)} ", html)
        file.write_text(html, encoding="utf-8", newline="\n")


def _before(end: str, block: str, html: str) -> str:
    before, found, after = html.rpartition(end)
    return f"{before}{block}{found}{after}"
