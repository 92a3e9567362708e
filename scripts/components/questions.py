"""Markdown extension: folds each question of ``/// html | div.crs-questions`` with its answer.

Both engines render pages with Python-Markdown, so both load it by this name in ``mkdocs.yml``.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

QUESTIONS = "crs-questions"
ENDS_AN_ANSWER = ("h1", "h2")


class _Folder(Treeprocessor):
    """Puts each heading of level 3 and what follows it into a ``<details>`` element."""

    def run(self, root: Element) -> None:
        for group in list(root.iter("div")):
            if QUESTIONS in group.get("class", "").split():
                _fold(group)


def _fold(group: Element) -> None:
    parts = list(group)
    group[:] = []
    answer = group
    for part in parts:
        if part.tag in ENDS_AN_ANSWER:
            answer = group
        if part.tag != "h3":
            answer.append(part)
            continue
        question = SubElement(group, "details", {"class": "crs-fold crs-question"})
        SubElement(question, "summary").append(part)
        # Browsers open a closed part for a link only if the link leads into it: so the answer
        # bears the id, not its heading, which always shows.
        answer = SubElement(question, "div", {"id": part.attrib.pop("id", "")})


class QuestionsExtension(Extension):
    """Registers the step that folds questions."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Markdown calls
        """Run after all other steps: headings have their ids, and paragraphs their attributes."""
        md.treeprocessors.register(_Folder(md), "questions", -10)


def makeExtension(**settings: object) -> QuestionsExtension:  # noqa: N802 - as above
    """Return the extension; Python-Markdown calls this."""
    return QuestionsExtension(**settings)
