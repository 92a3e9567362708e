"""Markdown extension that folds each question of ``/// html | div.crs-questions`` with its answer.

MkDocs and Zensical both render pages with Python-Markdown and load the extension by the name in
``mkdocs.yml``.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

QUESTIONS = "crs-questions"
ENDS_AN_ANSWER = ("h1", "h2")


class _Folder(Treeprocessor):
    """A step that moves each heading of level 3 and its answer into a ``<details>`` element."""

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
        SubElement(question, "summary", {"class": "crs-fold__title"}).append(part)
        # A browser opens a closed <details> only for a link to an element inside it. So the id
        # moves from the heading, which is always visible, to the answer.
        answer = SubElement(question, "div", {"id": part.attrib.pop("id", "")})


class QuestionsExtension(Extension):
    """The extension that registers the step."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown calls this name
        """Register the step to run last, when headings have ids and paragraphs their attributes."""
        md.treeprocessors.register(_Folder(md), "questions", -10)


def makeExtension(**settings: object) -> QuestionsExtension:  # noqa: N802 - as above
    """Return the extension; Python-Markdown calls this."""
    return QuestionsExtension(**settings)
