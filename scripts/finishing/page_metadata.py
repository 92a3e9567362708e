"""Add metadata for other programs to each page: a little to its head, the rest at its end."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.finishing.faults import file_of, needed, put_before
from scripts.finishing.schema_org import data_block, page_data, share_lines
from scripts.finishing.sections import sections_of
from scripts.guide.guide import Guide
from scripts.guide.pages import Page

BLOCK = re.compile(
    r'<meta property="og:type".*?<meta name="twitter:card"[^>]*>\n'
    r'|<script type="application/ld\+json">.*?</script>\s?',
    re.DOTALL,
)
"""The blocks that this step adds to a page."""

STEP = "add_metadata"


def answers_of(html: str, page: Page) -> dict[str, str]:
    """Return the answers on a page as a reader sees them, by their questions.

    Args:
        html: The built page.
        page: Source of the page. It has questions only if its front matter says so.
    """
    if not page.meta.questions:
        return {}
    found = {section.id: section.text for section in sections_of(html) if section.level == 3}
    answers = {h.text: found.get(h.id, "") for h in page.headings if h.level == 3}
    remedy = "Write an answer below it, or remove questions: true from the front matter."
    for question in (question for question, answer in answers.items() if not answer):
        needed("", STEP, page.path, f"the question “{question}” has no answer", remedy)
    fault = "its front matter says questions: true, but it has no question"
    needed(answers, STEP, page.path, fault, remedy)
    return answers


def add_metadata(folder: Path, guide: Guide) -> None:
    """Write Open Graph lines and schema.org data into every page of the guide.

    The data is at the end of the page, because it is long if the page answers many questions, and
    data for programs must not delay the first screen.
    """
    for path, page in guide.pages.items():
        file = file_of(folder, path, STEP)
        html, place = file.read_text(encoding="utf-8"), file.relative_to(folder).as_posix()
        record = page_data(guide, page, answers_of(html, page))
        html = put_before("</head>", f"{share_lines(guide, page)}\n", html, STEP, place)
        html = put_before("</body>", f"{data_block(record)} ", html, STEP, place)
        file.write_text(html, encoding="utf-8", newline="\n")
