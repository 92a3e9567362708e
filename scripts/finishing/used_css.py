"""Leaves out of a style sheet what a set of pages can never use, whatever a reader does there.

A rule is weighed by the names in its selectors: classes, elements, ids and attributes. States
(``:hover``, ``:checked``), places (``>``, ``:first-child``) and values of attributes are not looked
at, so a rule stays for every state that a page may come into, on screen and on paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Literal

import rcssmin
import tinycss2

ANY_OF = {"is", "where", "has", "-webkit-any", "matches"}
"""Pseudo-classes that hold for one selector of their list."""

LONE = 2
"""Tokens of an element's name in a list, with the blank before it."""

PRINT = "@media print"
Medium = Literal["all", "screen", "print"]
"""``screen``: all but the rules for paper alone; ``print``: these."""

SET_BY_BROWSERS = {"open"}
"""Attributes that come and go with no script: a reader opens a menu."""

GROUPS = {"media", "supports", "layer", "container"}
"""At-rules that hold rules."""


@dataclass
class Names:
    """The names by which rules can find something in a set of pages."""

    elements: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    properties: set[str] = field(default_factory=set)

    def add_page(self, html: str) -> None:
        """Add all that stands in a page, its ``<template>`` elements included."""
        reader = _Reader(self)
        reader.feed(html)
        reader.close()

    def add_parts(self, data: str) -> None:
        """Add elements that stand in data as ``["tag", {"class": …}, …]``."""
        for tag, classes in re.findall(r'\["([a-z][a-z0-9]*)",\{(?:"class":"([^"]*)")?', data):
            self.elements.add(tag)
            self.classes.update(classes.split())

    def have(self, selector: str) -> bool:
        """Tell whether a selector can match; an empty one always can."""
        return _can_match(tinycss2.parse_component_value_list(selector), self)

    def add_script(self, script: str) -> None:
        """Add all that a script may put into a page.

        Any of its words may become a class, an attribute or an id; so no list of what scripts do
        has to be kept beside them. They make elements by ``createElement`` only.
        """
        words = set(re.findall(r"[A-Za-z][\w-]*", script))
        self.classes |= words
        self.ids |= words
        self.attributes |= {word.lower() for word in words}
        for name in re.findall(r"dataset\.(\w+)", script):
            self.attributes.add("data-" + re.sub(r"[A-Z]", lambda m: "-" + m[0].lower(), name))
        self.elements |= set(re.findall(r"""createElement\(\s*["'](\w+)["']""", script))
        self.properties |= set(re.findall(r"--[\w-]+", script))


class _Reader(HTMLParser):
    def __init__(self, names: Names) -> None:
        super().__init__(convert_charrefs=True)
        self.names = names

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.elements.add(tag)
        for name, value in attrs:
            self.names.attributes.add(name)
            if name == "class":
                self.names.classes.update((value or "").split())
            elif name == "id":
                self.names.ids.add(value or "")
            elif name == "style":
                self.names.properties |= set(re.findall(r"--[\w-]+", value or ""))


def _split(tokens: Iterable[Any]) -> Iterator[list[Any]]:
    """Give the parts of a list between its commas."""
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _can_match(selector: list[Any], names: Names) -> bool:
    """Tell whether all names that a selector asks for are there."""
    before = ""
    for token in selector:
        kind = token.type
        if kind == "ident":
            if before == ".":
                fits = token.value in names.classes
            else:
                fits = before == ":" or token.lower_value in names.elements
        elif kind == "hash":
            fits = token.value in names.ids
        elif kind == "[] block":
            named = next(part for part in token.content if part.type == "ident")
            fits = named.lower_value in names.attributes | SET_BY_BROWSERS
        elif kind == "function" and token.lower_name in ANY_OF:
            fits = any(_can_match(part, names) for part in _split(token.arguments))
        else:
            fits = True
        if not fits:
            return False
        before = token.value if kind == "literal" else ""
    return True


def _with_what_is_there(selector: list[Any], names: Names) -> str:
    """Write a selector that can match without those of its alternatives that cannot.

    Only where all are names of elements: among others, the strongest lends its weight to all.
    """
    text = ""
    for token in selector:
        if token.type == "function" and token.lower_name in ANY_OF:
            kinds = {part.type for part in token.arguments} - {"whitespace", "literal"}
            parts = list(_split(token.arguments))
            if kinds == {"ident"} and all(len(part) <= LONE for part in parts):
                parts = [part for part in parts if _can_match(part, names)]
            inner = ",".join(tinycss2.serialize(part).strip() for part in parts)
            text += f"{token.name}({inner})"
        else:
            text += token.serialize()
    return text.strip()


_Selectors = tuple[tuple[str, list[Any]], ...]


@dataclass(frozen=True)
class _Rule:
    """Selectors as written, with the tokens they were made of, and declarations by name."""

    selectors: _Selectors
    declarations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Group:
    """Rules that hold in some medium or browser only."""

    head: str
    parts: tuple[_Part, ...]


@dataclass(frozen=True)
class _Page:
    """A kind of paper: its name, empty for all, and its text."""

    name: str
    text: str


_Part = _Rule | _Group | _Page


def _read(content: Any) -> Iterator[_Part]:
    for rule in tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            selectors = [(tinycss2.serialize(part).strip(), part) for part in _split(rule.prelude)]
            declarations = tinycss2.parse_blocks_contents(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            for part in declarations:
                if part.type != "declaration":
                    raise ValueError(f"line {part.source_line} of a style sheet cannot be read")
            yield _Rule(
                tuple(selectors), tuple((part.name, part.serialize()) for part in declarations)
            )
        elif rule.type == "at-rule" and rule.lower_at_keyword in GROUPS:
            head = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}".rstrip()
            yield _Group(head, tuple(_read(rule.content)))
        elif rule.type == "at-rule" and rule.lower_at_keyword == "page":
            named = next((token.value for token in rule.prelude if token.type == "ident"), "")
            yield _Page(named, rule.serialize())
        else:
            raise ValueError(f"line {rule.source_line} of a style sheet cannot be read")


def _chosen(parts: Iterable[_Part], choose: Callable[[_Selectors], _Selectors]) -> Iterator[_Part]:
    """Give the rules of which a choice leaves some selectors, with these; and all of paper."""
    for part in parts:
        if isinstance(part, _Rule):
            if selectors := choose(part.selectors):
                yield _Rule(selectors, part.declarations)
        elif isinstance(part, _Group):
            if inner := tuple(_chosen(part.parts, choose)):
                yield _Group(part.head, inner)
        else:
            yield part


def _kept(parts: Iterable[_Part], names: Names) -> Iterator[_Part]:
    """Give the rules that can match something, each with those of its selectors that can."""
    return _chosen(
        parts,
        lambda selectors: tuple(
            (_with_what_is_there(tokens, names), tokens)
            for _, tokens in selectors
            if _can_match(tokens, names)
        ),
    )


def _written(parts: Iterable[_Part], properties: set[str] | None, papers: set[str]) -> str:
    """Write rules, without custom properties that are not named, if any are, and unused paper."""
    text = ""
    for part in parts:
        if isinstance(part, _Rule):
            inner = "".join(
                f"{declaration};"
                for name, declaration in part.declarations
                if not name.startswith("--") or properties is None or name in properties
            )
            head = ",".join(selector for selector, _ in part.selectors)
        elif isinstance(part, _Group):
            inner, head = _written(part.parts, properties, papers), part.head
        else:
            text += part.text if not part.name or part.name in papers else ""
            continue
        text += f"{head}{{{inner}}}" if inner else ""
    return text


def _naming(parts: Iterable[_Part], classes: set[str]) -> Iterator[_Part]:
    """Give the rules that name one of these classes, with those of their selectors that do."""
    rules = (part for part in parts if not isinstance(part, _Page))
    return _chosen(
        rules,
        lambda selectors: tuple(
            one for one in selectors if classes & set(re.findall(r"\.([\w-]+)", one[0]))
        ),
    )


def _is_for(part: _Part, medium: Medium) -> bool:
    is_for_paper = isinstance(part, _Page) or (isinstance(part, _Group) and part.head == PRINT)
    return medium == "all" or is_for_paper == (medium == "print")


class StyleSheet:
    """A style sheet to take parts from.

    Args:
        text: All of it.

    Raises:
        ValueError: It cannot be read.
    """

    def __init__(self, text: str) -> None:
        self._parts = tuple(_read(text))

    def part_naming(self, names: Names) -> str:
        """Give the rules for things with these names that a class of them asks for."""
        parts = tuple(_naming(_kept(self._parts, names), names.classes))
        minified: str = rcssmin.cssmin(_written(parts, None, set()))
        return minified

    def part_for(self, names: Names, medium: Medium = "all") -> str:
        """Give what pages with these names can use in a medium, without blank space."""
        whole = tuple(_kept(self._parts, names))
        text = _written(whole, None, set())
        papers = set(re.findall(r"(?<![\w-])page:\s*([\w-]+)", text))
        while True:
            # A property may be read only by one that nobody reads.
            properties = names.properties | set(re.findall(r"var\(\s*(--[\w-]+)", text))
            shorter = _written(whole, properties, papers)
            if shorter == text:
                break
            text = shorter
        parts = tuple(part for part in whole if _is_for(part, medium))
        minified: str = rcssmin.cssmin(_written(parts, properties, papers))
        return minified
