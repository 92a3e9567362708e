"""Add metadata for other programs to each page: a little to its head, the rest at its end."""

from __future__ import annotations

from scripts.finishing.faults import needed
from scripts.finishing.schema_org import data_block, page_data, share_lines
from scripts.finishing.sections import sections_of
from scripts.finishing.site import Page, Site
from scripts.guide.pages import Page as Source

STEP = "add_metadata"


def answers_of(page: Page, source: Source) -> dict[str, str]:
    """Return the answers on a page as a reader sees them, by their questions.

    Args:
        page: The built page.
        source: Source of the page. It has questions only if its front matter says so.
    """
    if not source.meta.questions:
        return {}
    found = {section.id: section.text for section in sections_of(page) if section.level == 3}
    answers = {h.text: found.get(h.id, "") for h in source.headings if h.level == 3}
    remedy = "Write an answer below it, or remove questions: true from the front matter."
    for question in (question for question, answer in answers.items() if not answer):
        needed("", STEP, source.path, f"the question “{question}” has no answer", remedy)
    fault = "its front matter says questions: true, but it has no question"
    needed(answers, STEP, source.path, fault, remedy)
    return answers


def add_metadata(site: Site) -> None:
    """Write Open Graph lines into every page, and schema.org data into all but lean ones.

    The data is at the end of the page, because it is long if the page answers many questions, and
    data for programs must not delay the first screen.
    """
    for path, source in site.guide.pages.items():
        page = site.page(path, STEP)
        page.add_to_head(share_lines(site.guide, source))
        if source.meta.lean:
            continue
        record = page_data(site.guide, source, answers_of(page, source))
        page.add_to_end(f"{data_block(record)} ", STEP)
