"""Adds to the head of each page what other programs read of it."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.content import Guide
from scripts.finishing.sections import sections_of
from scripts.pages import Page, url_of
from scripts.trust_marks import data_block, page_data, share_lines

BLOCK = re.compile(r'<meta property="og:type".*?</script>\n(?=</head>)', re.DOTALL)
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
    """Write Open Graph and schema.org data into the head of every page of the guide."""
    for path, page in guide.pages.items():
        file = folder / url_of(path) / "index.html"
        html = BLOCK.sub("", file.read_text(encoding="utf-8"))
        record = page_data(guide, page, answers_of(html, page))
        block = f"{share_lines(guide, page)}\n{data_block(record)}\n"
        before, end, after = html.partition("</head>")
        file.write_text(f"{before}{block}{end}{after}", encoding="utf-8", newline="\n")
