"""Turn HTML into trees from which a script builds elements (``build.js``)."""

from __future__ import annotations

import re
from typing import Any

from lxml.html import HtmlElement, fragment_fromstring

BETWEEN_BLOCKS = re.compile(r">\s+<(?=/?(?:ul|li|p|h[23]|section|div|form|label|svg|legend)\b)")
CASED = {"viewbox": "viewBox"}
"""Attributes of drawings with upper-case letters, which the parser changes to lower case."""


def tree_of(html: str) -> list[Any]:
    """Return the first element of some HTML as a tree, with the spaces that a reader sees."""
    return _branch(fragment_fromstring(re.sub(r"[ \n]+", " ", BETWEEN_BLOCKS.sub("><", html))))


def _branch(element: HtmlElement) -> list[Any]:
    """Return nested lists of tag, attributes and content."""
    branch = [element.tag, {CASED.get(name, name): value for name, value in element.items()}]
    branch += [element.text] if element.text else []
    for child in element:
        branch += [_branch(child), child.tail] if child.tail else [_branch(child)]
    return branch
