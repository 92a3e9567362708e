"""Markdown extension that adds what some readers miss in Material's blocks.

MkDocs and Zensical both render pages with Python-Markdown and load the extension, and the
generator of icons, by their names in ``mkdocs.yml``.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

FIRST = "crs-abbr"
"""The class of the first mention of an abbreviation: its meaning is written out after it."""

FOOT = '<div class="crs-page-foot">'
"""How the foot of a page begins. Notes of the text come before it, where the text ends."""

BOXES = ('<input type="checkbox" disabled/> ', '<input type="checkbox" disabled checked/> ')
"""What pymdownx.tasklist writes, which is XHTML."""

STASHED = re.compile("\x02.*?\x03")
"""What stands for HTML, such as an icon, until the page is complete."""


class _Completer(Treeprocessor):
    """A step that completes boxes, tabs, tables, notes at the foot and abbreviations."""

    def run(self, root: Element) -> None:
        self.md.set_output_format("html")  # MkDocs has no setting for it, and XHTML is its default
        for item in root.iter("li"):
            if "task-list-item" in item.get("class", "").split():
                self._name_box(item)
        for parent in root.findall(".//ul[@class='task-list']/.."):
            for before, boxes in pairwise([parent[0], *parent]):
                if boxes.get("class") == "task-list":
                    group = {"role": "group", "aria-label": _words(before)}
                    _wrap(boxes, Element("ul", boxes.attrib), group)
        for tabs in root.findall(".//div[@data-tabs]"):
            tabs.set("role", "group")
            tabs.set("aria-label", ", ".join(map(_words, tabs.findall("div[1]/label"))))
        seen = set()
        for abbreviation in root.iter("abbr"):
            if (meaning := abbreviation.get("title")) not in seen:
                abbreviation.set("class", FIRST)
            seen.add(meaning)
        for table in list(root.iter("table")):
            _stack(table)
        notes = root.find("div[@class='footnote']")
        foot = [child for child in root if self._stashed(child).startswith(FOOT)]
        if notes is not None and foot:
            root.remove(notes)
            root.insert(list(root).index(foot[0]), notes)

    def _stashed(self, element: Element) -> str:
        """Return the HTML for which an element is only a mark, or nothing."""
        mark = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
        return str(self.md.htmlStash.rawHtmlBlocks[int(mark[1])]) if mark else ""

    def _name_box(self, item: Element) -> None:
        """Put a box and the words beside it into one label: the words are the name of the box."""
        line = item if (item.text or "").strip() else item[0]
        label = Element("label")
        label.text, line.text = line.text, ""
        stash = self.md.htmlStash.rawHtmlBlocks
        stash[:] = [part.replace("/>", ">") if part in BOXES else part for part in stash]
        while len(line) and not self.md.is_block_level(line[0].tag):
            label.append(line[0])
            line.remove(line[0])
        line.insert(0, label)


def _words(element: Element) -> str:
    """Return the words in an element."""
    return STASHED.sub("", "".join(element.itertext())).strip()


def _stack(table: Element) -> None:
    """Turn a table into one like those of our components: on narrow screens, rows are blocks.

    For that, the first cell of each row becomes its heading, and the others name their column.
    """
    inner = Element("table", {"class": "crs-table__stacked"})
    head, *rows = table.iter("tr")
    for cell in head:
        cell.set("scope", "col")
    columns = [_words(cell) for cell in head]
    for cell in table.findall(".//*[@style]"):
        cell.set("class", f"crs-table__{cell.attrib.pop('style')[len('text-align: ') : -1]}")
    for row in rows:
        row[0].tag = "th"
        row[0].set("scope", "row")
        for column, cell in list(zip(columns, row, strict=True))[1:]:
            cell.set("data-column", column)
    _wrap(table, inner, {"class": "crs-table"})


def _wrap(element: Element, inner: Element, attributes: dict[str, str]) -> None:
    """Turn an element into a ``div`` around another one, which takes over what it holds."""
    inner[:] = element[:]
    element.tag, element.attrib, element[:] = "div", attributes, [inner]


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
    return Path(path).read_text(encoding="utf-8").replace("<svg", '<svg aria-hidden="true"', 1)


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
