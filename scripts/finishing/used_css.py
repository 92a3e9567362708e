"""Remove from a stylesheet what a set of pages can never use, whatever a reader does there.

A rule is kept or removed by the names in its selectors: classes, elements, ids and attributes, and
by whether they occur together and one inside the other. States (``:hover``, ``:checked``) and
positions (``:first-child``) are ignored, so a rule is kept for every state that a page may have, on
screen and on paper.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import rcssmin
import tinycss2
from lxml.html import HtmlElement

ANY_OF = {"is", "where", "has", "-webkit-any", "matches"}
"""Pseudo-classes that match if any selector of their list matches."""

LONE = 2
"""Number of tokens of a bare element selector at most: white space and the name."""

PRINT = "@media print"
Medium = Literal["all", "screen", "print"]
"""``screen``: all rules except those for print only; ``print``: only those."""

OWN_LOOK = re.compile(r"(?<![\w.#-])(details|summary)(?![\w-])")
"""Elements that our components give a class and a look of their own, in which nothing is left of
the theme's. So the theme's rules for them are for those without a class of ours.
"""

OURS, FRAME = "crs-", "md-"
"""What the names of our classes begin with, and those of the theme's frame around the text."""

BARE = ":not([class])"

UNSEEN = {
    *("transition", "transition-duration", "touch-action", "backface-visibility"),
    *("scroll-snap-align", "scroll-snap-type", "font-feature-settings", "color-adjust"),
    *("-webkit-tap-highlight-color", "-webkit-font-smoothing", "-moz-osx-font-smoothing"),
}
"""Properties of the theme that change nothing that a reader would miss."""

SET_BY_BROWSERS = {"open"}
"""Attributes that browsers set without a script, as when a reader opens a menu."""

GROUPS = {"media", "supports", "layer", "container"}
"""At-rules that contain rules."""

NAMED = {"page", "keyframes", "-webkit-keyframes"}
"""At-rules that other rules name."""


@dataclass
class Names:
    """The names by which rules can match something in a set of pages."""

    elements: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    properties: set[str] = field(default_factory=set)
    beside: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    above: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    moved: set[str] = field(default_factory=set)
    """Names of elements that a script copies to another place."""
    anywhere: set[str] = field(default_factory=set)
    """Names that a script may put on any element."""

    def add(self, other: Names) -> None:
        """Add all names of another collection."""
        for name, own in vars(self).items():
            if isinstance(own, set):
                own.update(getattr(other, name))
            else:
                for key, names in getattr(other, name).items():
                    own[key] |= names

    def add_elements(self, tree: HtmlElement, *, moved: bool = False) -> None:
        """Add the names in parsed elements, including those in ``<template>`` elements.

        Args:
            tree: The elements.
            moved: Whether a script puts them into a page, so that their place is not known.
        """
        above: dict[HtmlElement, set[str]] = {}
        for element in tree.iter("*"):
            classes, parent = element.get("class", "").split(), element.getparent()
            own = {f".{name}" for name in classes} | {f"[{name}" for name in element.attrib}
            own.add(f"#{element.get('id', '')}")
            own.add(BARE if not classes else "")
            if not (OWN_LOOK.fullmatch(element.tag) and classes and classes[0].startswith(OURS)):
                own.add(element.tag)
                self.elements.add(element.tag)
            outer = above.get(parent, set())
            above[element] = outer | own
            if moved or "template" in outer:
                self.moved |= own
            for name in own:
                self.beside[name] |= own
                self.above[name] |= outer
            self.attributes.update(element.keys())
            self.values.update(f"{name}={value}" for name, value in element.items())
            self.classes.update(classes)
            self.ids.add(element.get("id", ""))
            self.properties.update(re.findall(r"--[\w-]+", element.get("style", "")))

    def add_parts(self, data: str) -> None:
        """Add the names of elements in data of the form ``["tag", {"class": …}, …]``."""
        for tag, classes in re.findall(r'\["([a-z][a-z0-9]*)",\{(?:"class":"([^"]*)")?', data):
            self.elements.add(tag)
            self.classes.update(classes.split())
            self.moved |= {tag, *(f".{name}" for name in classes.split())}

    def have(self, selector: str) -> bool:
        """Return whether a selector can match; an empty selector always can."""
        return _can_match(tinycss2.parse_component_value_list(selector), self)

    def add_script(self, script: str) -> None:
        """Add the names that a script may put into a page.

        Any word of a script may become a class, an attribute or an id, so no list of such names
        needs maintaining. Scripts create elements by ``createElement`` only.
        """
        # "for (" is no name of an attribute.
        words = set(re.findall(r"[A-Za-z][\w-]*", re.sub(r"\bfor ?\(", "(", script)))
        self.classes |= words
        self.ids |= words
        attributes = {word.lower() for word in words}
        for name in re.findall(r"dataset\.(\w+)", script):
            attributes.add("data-" + re.sub(r"[A-Z]", lambda m: "-" + m[0].lower(), name))
        self.attributes |= attributes
        elements = set(re.findall(r"""createElement\(\s*["'](\w+)["']""", script))
        self.elements |= elements
        self.anywhere |= elements | {f"{mark}{word}" for mark in ".#" for word in words}
        self.anywhere |= {f"[{name}" for name in attributes} | {f"={word}" for word in words}
        self.properties |= set(re.findall(r"--[\w-]+", script))


def _split(tokens: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the parts of a list between its commas."""
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _can_match(selector: list[Any], names: Names) -> bool:
    """Return whether all names that a selector requires exist."""
    if not _are_placed_so(selector, names):
        return False
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
            fits = _attribute_fits(token.content, names)
        elif kind == "function" and token.lower_name in ANY_OF:
            fits = any(_can_match(part, names) for part in _split(token.arguments))
        else:
            fits = True
        if not fits:
            return False
        before = token.value if kind == "literal" else ""
    return True


def _attribute_fits(content: list[Any], names: Names) -> bool:
    parts = [part for part in content if part.type != "whitespace"]
    name = parts[0].lower_value
    if name not in names.attributes | SET_BY_BROWSERS:
        return False
    is_exact = len(parts) > 2 and parts[1].type == "literal" and parts[1].value == "="
    if not is_exact or f"{name}={parts[2].value}" in names.values:
        return True
    # A script may put together the value of a data attribute.
    is_known = f"={parts[2].value}" in names.anywhere or name.startswith("data-")
    return f"[{name}" in names.anywhere and is_known


def _are_placed_so(selector: list[Any], names: Names) -> bool:
    """Return whether the names occur in one element, and inside others, as a selector requires.

    The lists of pseudo-classes are left out. So are siblings, but not what is above both.
    """
    above, own = set[str](), set[str]()
    before = joint = ""
    for token in selector:
        if token.type == "whitespace":
            joint = joint or " "
            before = ""
            continue
        if token.type == "literal" and token.value in (">", "+", "~"):
            joint, before = token.value, ""
            continue
        if joint:
            above |= own if joint in " >" else set()
            own, joint = set(), ""
        name = ""
        if token.type == "ident" and before in ("", "."):
            name = f".{token.value}" if before else token.lower_value
        elif token.type == "hash":
            name = f"#{token.value}"
        elif token.type == "[] block":
            name = f"[{next(one.lower_value for one in token.content if one.type == 'ident')}"
            name = "" if name[1:] in SET_BY_BROWSERS else name
        elif token.type == "function" and token.serialize() == ":not([class])"[1:]:
            name = BARE
        before = token.value if token.type == "literal" else ""
        if not name:
            continue
        # A script may put a name anywhere, so only the others must be where the selector says.
        fits_beside = own - names.anywhere <= names.beside[name]
        fits_above = name in names.moved or above - names.anywhere <= names.above[name]
        if name not in names.anywhere and not (fits_beside and fits_above):
            return False
        own.add(name)
    return True


def _with_what_is_there(selector: list[Any], names: Names) -> str:
    """Return a matching selector as text, without those of its alternatives that cannot match.

    Alternatives are removed only if all are element names: in a list of other selectors, the most
    specific one decides the specificity of all.
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
    """A rule: selectors as text with their tokens, and declarations by name."""

    selectors: _Selectors
    declarations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Group:
    """A group of rules for some media or browsers only."""

    head: str
    parts: tuple[_Part, ...]


@dataclass(frozen=True)
class _Page:
    """A page type or an animation: its name (empty for all pages), and the text of the rule."""

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
                    raise ValueError(f"line {part.source_line} of the stylesheets cannot be parsed")
            yield _Rule(
                tuple(selectors),
                tuple(
                    (one.name, one.serialize()) for one in declarations if one.name not in UNSEEN
                ),
            )
        elif rule.type == "at-rule" and rule.lower_at_keyword in GROUPS:
            head = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}".rstrip()
            yield _Group(head, tuple(_read(rule.content)))
        elif rule.type == "at-rule" and rule.lower_at_keyword == "charset":
            continue
        elif rule.type == "at-rule" and rule.lower_at_keyword in NAMED:
            named = next((token.value for token in rule.prelude if token.type == "ident"), "")
            yield _Page(named, rule.serialize())
        else:
            raise ValueError(f"line {rule.source_line} of the stylesheets cannot be parsed")


def _chosen(parts: Iterable[_Part], choose: Callable[[_Selectors], _Selectors]) -> Iterator[_Part]:
    """Yield the rules that keep at least one chosen selector, with those, and all page rules."""
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
    """Yield the rules that can match something, each with only the selectors that can."""
    return _chosen(
        parts,
        lambda selectors: tuple(
            (_with_what_is_there(tokens, names) if "(" in text else text, tokens)
            for text, tokens in selectors
            if _can_match(tokens, names)
        ),
    )


def _written(parts: Iterable[_Part], properties: set[str] | None, papers: set[str]) -> str:
    """Return rules as text, without unused page types and custom properties.

    Custom properties are removed only if a set of used ones is given.
    """
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


def _without_overridden(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Yield the rules without declarations that a later rule with the same selectors replaces.

    So a page does not carry what the theme says and our stylesheet says otherwise.
    """
    later: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    kept = [_last_only(part, "", later) for part in reversed(list(parts))]
    return (part for part in reversed(kept) if part)


def _last_only(part: _Part, head: str, later: dict[str, set[tuple[str, str]]]) -> _Part | None:
    if isinstance(part, _Page):
        return part
    if isinstance(part, _Group):
        head = f"{head}{part.head}"
        kept = [_last_only(one, head, later) for one in reversed(part.parts)]
        inner = tuple(one for one in reversed(kept) if one)
        return _Group(part.head, inner) if inner else None
    selectors = [text.replace('"', "") for text, _ in part.selectors]
    replaced = later[""] | later[head]
    declarations = tuple(
        (name, text)
        for name, text in part.declarations
        if "!important" in text or any((one, name) not in replaced for one in selectors)
    )
    later[head].update((one, name) for one in selectors for name, _ in declarations)
    return _Rule(part.selectors, declarations) if declarations else None


NESTED = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
CHOICE = re.compile(rf":(?:is|where)({NESTED})")
STATE = re.compile(rf"\[[^\]]*\]|::?[\w-]+(?:{NESTED})?")


def _subjects(selector: str) -> Iterator[str]:
    """Yield what a selector styles: its last compound, without states and attributes."""
    if choice := CHOICE.search(selector):
        for one in choice[1][1:-1].split(","):
            yield from _subjects(selector.replace(choice[0], one.strip(), 1))
    else:
        last = re.split(r"[\s>+~]+", STATE.sub("*", selector).strip())[-1]
        yield "".join(sorted(re.findall(r"[.#]?[\w-]+", last))) or "*"


def _styled_by(own: Iterable[_Part]) -> set[str]:
    """Return what our own stylesheet styles, as subjects of selectors."""
    subjects = {one for part in own for text in _selectors_of(part) for one in _subjects(text)}
    return subjects - {"details", "summary"}  # ours have a class; what an editor writes is theirs


def _without_taken_over(theme: Iterable[_Part], styled: set[str]) -> Iterator[_Part]:
    """Yield the theme's rules without those for what our own stylesheet styles.

    Whoever styles an element styles it whole, so that a page carries one look of it and not two. A
    rule stays if it is for elements without a class, or names a class of the theme's blocks for
    text: that is what an editor writes, and it looks as the theme's manual says. Custom properties
    stay.

    Args:
        theme: The theme's rules.
        styled: What our own stylesheet styles.
    """

    def is_theirs(text: str) -> bool:
        of_blocks = re.search(rf"\.(?!{FRAME}|{OURS})", re.sub(rf":not{NESTED}", "", text))
        is_ours = all(one in styled or f".{OURS}" in one for one in _subjects(text))
        return bool(of_blocks) or BARE in text or not is_ours

    for part in theme:
        if isinstance(part, _Group):
            yield _Group(part.head, tuple(_without_taken_over(part.parts, styled)))
        elif isinstance(part, _Rule):
            theirs = tuple(one for one in part.selectors if is_theirs(one[0]))
            if theirs:
                yield _Rule(tuple(map(_not_ours, theirs)), part.declarations)
            properties = tuple(one for one in part.declarations if one[0].startswith("--"))
            ours = tuple(one for one in part.selectors if one not in theirs)
            if ours and properties:
                yield _Rule(ours, properties)
        else:
            yield part


def _not_ours(selector: tuple[str, list[Any]]) -> tuple[str, list[Any]]:
    """Return a selector of the theme that does not match elements with a look of our own."""
    text = OWN_LOOK.sub(rf'\1:not([class^="{OURS}"])', selector[0])
    return text, tinycss2.parse_component_value_list(text)


def _selectors_of(part: _Part) -> Iterator[str]:
    if isinstance(part, _Rule):
        yield from (text for text, _ in part.selectors)
    elif isinstance(part, _Group):
        for one in part.parts:
            yield from _selectors_of(one)


def _naming(parts: Iterable[_Part], classes: set[str]) -> Iterator[_Part]:
    """Yield the rules that name one of these classes, with only the selectors that do."""
    rules = (part for part in parts if not isinstance(part, _Page))
    return _chosen(
        rules,
        lambda selectors: tuple(
            one for one in selectors if classes & set(re.findall(r"\.([\w-]+)", one[0]))
        ),
    )


def _is_for(part: _Part, medium: Medium) -> bool:
    is_page = isinstance(part, _Page) and part.text.startswith("@page")
    is_for_paper = is_page or (isinstance(part, _Group) and part.head == PRINT)
    return medium == "all" or is_for_paper == (medium == "print")


@dataclass(frozen=True)
class UsedRules:
    """The rules of a stylesheet that some pages can use."""

    _parts: tuple[_Part, ...]
    _properties: set[str]
    _papers: set[str]

    def text(self, medium: Medium = "all") -> str:
        """Return the minified rules for a medium: those for print come last, in one block."""
        paper = [part for part in self._parts if _is_for(part, "print")]
        groups = [part for part in paper if isinstance(part, _Group)]
        block = _Group(PRINT, tuple(inner for group in groups for inner in group.parts))
        screen = [part for part in self._parts if _is_for(part, "screen")]
        pages = [part for part in paper if not isinstance(part, _Group)]
        parts = {"all": [*screen, *pages, block], "screen": screen, "print": [*pages, block]}[
            medium
        ]
        minified: str = rcssmin.cssmin(_written(parts, self._properties, self._papers))
        return minified


class StyleSheet:
    """A stylesheet from which parts can be taken.

    Args:
        text: The whole stylesheet.
        theme: The stylesheet of the theme, of which only what ``text`` does not style is used.

    Raises:
        ValueError: A stylesheet cannot be parsed.
    """

    def __init__(self, text: str, theme: str = "") -> None:
        own = tuple(_read(text))
        self._parts = (*_without_taken_over(_read(theme), _styled_by(own)), *own)

    def of_site(self, names: Names) -> StyleSheet:
        """Return the stylesheet without what none of a site's pages can use.

        Args:
            names: The names of all pages from which ``part_for`` will take parts.
        """
        smaller = StyleSheet("")
        smaller._parts = tuple(_kept(self._parts, names))
        return smaller

    def part_naming(self, names: Names) -> str:
        """Return the minified rules that can match these names and name one of their classes."""
        parts = tuple(_naming(_kept(self._parts, names), names.classes))
        minified: str = rcssmin.cssmin(_written(parts, None, set()))
        return minified

    def part_for(self, names: Names) -> UsedRules:
        """Return the rules that pages with these names can use."""
        whole = tuple(_without_overridden(_kept(self._parts, names)))
        text = _written(whole, None, set())
        uses = re.findall(r"(?<![\w-])(?:page|animation(?:-name)?):([^;}]*)", text)
        papers = {name for use in uses for name in re.findall(r"[\w-]+", use)}
        while True:
            # A property may be used only by another property that is itself unused, so repeat.
            properties = names.properties | set(re.findall(r"var\(\s*(--[\w-]+)", text))
            shorter = _written(whole, properties, papers)
            if shorter == text:
                return UsedRules(whole, properties, papers)
            text = shorter
