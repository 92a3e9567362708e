"""Parse pages into front matter, headings, macro calls and prose, for the checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes

from scripts.guide.errors import ContentError, Problem
from scripts.guide.models.base import validate
from scripts.guide.models.page import PageMeta
from scripts.guide.yaml_source import YamlSource, parse

HEADING = re.compile(r"^(#{1,6})\s+(.*?)(?:\s+\{\s*#([^\s}]+)[^}]*\})?\s*$")

# The macros plugin of MkDocs uses the same comment delimiters; see mkdocs.yml.
_jinja = jinja2.Environment(comment_start_string="{##", comment_end_string="##}", autoescape=True)


@dataclass(frozen=True)
class Heading:
    """A heading: its level (1 to 6), text, explicit id (empty if none) and line."""

    level: int
    text: str
    id: str
    line: int


@dataclass(frozen=True)
class Call:
    """A macro call with constant arguments, and its line."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    line: int

    @property
    def first(self) -> Any:
        """The first argument, which names the thing to show; None if there is none."""
        return self.args[0] if self.args else None


@dataclass(frozen=True)
class Page:
    """A page of the guide.

    Attributes:
        path: Path below the folder of its language, such as ``about/index.md``.
        file: Path below the repository root, for error messages.
        meta: The validated front matter.
        front: The front matter with its line numbers.
        body: What follows the front matter.
        first_line: The line of the file on which ``body`` starts.
        headings: All headings, in order.
        calls: Macro calls, in order.
    """

    path: str
    file: str
    meta: PageMeta
    front: YamlSource
    body: str
    first_line: int
    headings: tuple[Heading, ...]
    calls: tuple[Call, ...]

    def lines(self) -> list[tuple[int, str]]:
        """Return the body's lines with their numbers in the file."""
        return list(enumerate(self.body.split("\n"), self.first_line))

    def problem(self, line: int, field: str, fault: str, remedy: str) -> Problem:
        """Return a problem of this page."""
        return Problem(self.file, line, field, fault, remedy)

    def section_at(self, line: int) -> Heading | None:
        """Return the nearest heading of level 2 to 6 at or above a line, or None."""
        above = [h for h in self.headings if h.level > 1 and h.line <= line]
        return above[-1] if above else None


def url_of(path: str) -> str:
    """Return the address of a page below the site's root: ``about/`` for ``about/index.md``."""
    stem = path.removesuffix(".md")
    stem = "" if stem == "index" else stem.removesuffix("/index")
    return f"{stem}/" if stem else ""


def anchors_of(page: Page) -> set[str]:
    """Return every id that a link into a page can use: those of headings and care cards."""
    ids = {heading.id for heading in page.headings if heading.id}
    return ids | {str(call.first) for call in page.calls if call.name == "care_card"}


def _call(node: nodes.Node, line: int) -> Call:
    """Return the macro call that a Jinja node contains.

    Raises:
        ValueError: The node is not a macro call, or an argument is not a constant.
    """
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        raise ValueError("something other than a macro call is between braces")
    name = node.node.name
    try:
        args = tuple(arg.as_const() for arg in node.args)
        kwargs = {keyword.key: keyword.value.as_const() for keyword in node.kwargs}
    except nodes.Impossible as error:
        raise ValueError(f"an argument of {name} is not in quotes") from error
    if node.dyn_args or node.dyn_kwargs:
        raise ValueError(f"an argument of {name} is not in quotes")
    return Call(name, args, kwargs, line)


def _calls(body: str, file: str, first_line: int) -> tuple[tuple[Call, ...], list[Problem]]:
    """Return all macro calls of a page, and a problem for anything else between braces."""
    remedy = 'Write {{ name("…") }}, or write the brace as words.'
    try:
        tree = _jinja.parse(body)
    except jinja2.TemplateSyntaxError as error:
        # Jinja reports an unclosed brace only where parsing fails, which may be far below it.
        read = list(enumerate(body.split("\n")[: error.lineno], first_line))
        unclosed = [number for number, text in read if text.count("{{") != text.count("}}")]
        line = unclosed[-1] if unclosed else error.lineno + first_line - 1
        fault = f"a brace does not open a macro, or a macro is misspelled ({error.message})"
        return (), [Problem(file, line, "text", fault, remedy)]
    calls, problems = [], []
    for part in tree.body:
        for node in part.nodes if isinstance(part, nodes.Output) else (part,):
            if isinstance(node, nodes.TemplateData):
                continue
            line = node.lineno + first_line - 1
            try:
                calls.append(_call(node, line))
            except ValueError as error:
                problems.append(Problem(file, line, "text", str(error), remedy))
    return tuple(calls), problems


def _parse_page(text: str, path: str, file: str) -> Page:
    lines = text.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        fault = "the page has no front matter between two lines of ---"
        remedy = "Write it as docs/contributing/writing.md shows."
        raise ContentError([Problem(file, 1, "front matter", fault, remedy)])
    end = lines.index("---", 1)
    front = parse("\n".join(lines[1:end]), file, first_line=2)
    body, first_line = "\n".join(lines[end + 1 :]), end + 2
    problems: list[Problem] = []
    meta = None
    try:
        meta = validate(PageMeta, front)
    except ContentError as error:
        problems += error.problems
    calls, wrong_calls = _calls(body, file, first_line)
    problems += wrong_calls
    if problems or meta is None:
        raise ContentError(problems)
    headings = tuple(
        Heading(len(match[1]), match[2], match[3] or "", number)
        for number, line in enumerate(body.split("\n"), first_line)
        if (match := HEADING.match(line))
    )
    return Page(path, file, meta, front, body, first_line, headings, calls)


@lru_cache(maxsize=1024)
def _cached(path: str, file: str, text: str) -> Page:
    return _parse_page(text, path, file)


def read_pages(folder: Path, root: Path) -> tuple[dict[str, Page], dict[str, list[Problem]]]:
    """Read all pages of a language.

    Args:
        folder: The language's folder, such as ``docs/en``.
        root: Folder to which paths in error messages are relative.

    Returns:
        The pages by path, and for each page that could not be read, its problems by path.
    """
    pages: dict[str, Page] = {}
    unread: dict[str, list[Problem]] = {}
    for source in sorted(folder.rglob("*.md")):
        path = source.relative_to(folder).as_posix()
        file = source.relative_to(root).as_posix() if source.is_relative_to(root) else path
        try:
            pages[path] = _cached(path, file, source.read_text(encoding="utf-8"))
        except ContentError as error:
            unread[path] = list(error.problems)
        except UnicodeDecodeError:
            fault, remedy = "the file is not UTF-8 text", "Save it as UTF-8."
            unread[path] = [Problem(file, 1, "the file", fault, remedy)]
    return pages, unread
