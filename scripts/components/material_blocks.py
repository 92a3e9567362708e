"""Markdown extension that adds what some readers miss in Material's blocks.

MkDocs and Zensical both render pages with Python-Markdown and load the extension, and the
generator of icons, by their names in ``mkdocs.yml``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

FIRST = "crs-abbr"
"""The class of the first mention of an abbreviation: its meaning is written out after it."""


class _Completer(Treeprocessor):
    """A step that names the boxes of task lists and marks the first mention of abbreviations."""

    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            if "task-list-item" in item.get("class", "").split():
                self._name_box(item)
        seen = set()
        for abbreviation in root.iter("abbr"):
            if (meaning := abbreviation.get("title")) not in seen:
                abbreviation.set("class", FIRST)
            seen.add(meaning)

    def _name_box(self, item: Element) -> None:
        """Put a box and the words beside it into one label: the words are the name of the box."""
        line = item if (item.text or "").strip() else item[0]
        label = Element("label")
        label.text, line.text = line.text, ""
        while len(line) and not self.md.is_block_level(line[0].tag):
            label.append(line[0])
            line.remove(line[0])
        line.insert(0, label)


class MaterialBlocksExtension(Extension):
    """The extension that registers the step."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown calls this name
        """Register the step to run after those that write boxes and abbreviations."""
        md.treeprocessors.register(_Completer(md), "material-blocks", -20)


def makeExtension(**settings: object) -> MaterialBlocksExtension:  # noqa: N802 - as above
    """Return the extension; Python-Markdown calls this."""
    return MaterialBlocksExtension(**settings)


@cache
def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def icon_or_character(
    _index: str,
    shortname: str,
    _alias: str | None,
    unicode: str | None,
    alt: str,
    _title: str | None,
    _category: str | None,
    _options: dict[str, Any],
    md: Markdown,
) -> Element | str:
    """Return one of Material's icons as SVG, or an emoji as the character that it is.

    Material's own generator shows an emoji as a picture from another site.
    """
    if unicode:
        return alt
    element = Element("span", {"class": "twemoji"})
    icons = md.inlinePatterns["emoji"].emoji_index["emoji"]  # type: ignore[attr-defined]
    element.text = md.htmlStash.store(_read(icons[shortname]["path"]))
    return element
