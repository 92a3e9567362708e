"""Parse YAML and keep the line of each key, so that an error message can name it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from scripts.guide.errors import ContentError, Problem

TYPE_NAMES: dict[type, str] = {
    dict: "keys and values",
    tuple: "a list",
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    datetime.date: "a date",
    datetime.datetime: "a date with a time",
    type(None): "left out",
}
Location = tuple[str | int, ...]

# The C parser, if installed, is ten times as fast, and a preview waits for the parsing.
_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class YamlSource:
    """A parsed YAML text with line numbers.

    Attributes:
        file: Path below the repository root, as shown in error messages.
        data: The content. Lists are tuples, so that no code can change them later.
        lines: Line of each key and list item, by its path from the top.
    """

    file: str
    data: Any = None
    lines: dict[Location, int] = field(default_factory=dict)

    def line(self, location: Location) -> int:
        """Return the line of a key, or of its nearest ancestor that exists."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def problem(self, location: Location, fault: str, remedy: str) -> Problem:
        """Return a problem at a key of this file."""
        return Problem(self.file, self.line(location), dotted(location), fault, remedy)


def dotted(location: Location) -> str:
    """Return a location in the usual notation: ``items[2].text``."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the file"


class _Builder:
    """Builds the data of a YAML text and collects its lines and problems."""

    def __init__(self, text: str, source: YamlSource, first_line: int) -> None:
        self.loader = _Loader(text)
        self.source, self.first_line = source, first_line
        self.problems: list[Problem] = []
        self.built: set[yaml.Node] = set()

    def line(self, mark: Any) -> int:
        return int(mark.line) + self.first_line

    def refuse(self, node: yaml.Node, location: Location, fault: str, remedy: str) -> None:
        line = self.line(node.start_mark)
        self.problems.append(Problem(self.source.file, line, dotted(location), fault, remedy))

    def build(self, node: yaml.Node, location: Location = ()) -> Any:
        self.source.lines.setdefault(location, self.line(node.start_mark))
        if node in self.built:
            fault = "the YAML refers to another part of itself"
            return self.refuse(node, location, fault, "Write it in full.")
        self.built.add(node)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.build(item, (*location, i)) for i, item in enumerate(node.value))
        return self.scalar(node, location)

    def scalar(self, node: yaml.Node, location: Location) -> Any:
        try:
            return self.loader.construct_object(node, deep=True)
        except ValueError as error:  # A date such as 2026-02-30.
            fault = f"“{node.value}” cannot be read ({error})"
            return self.refuse(node, location, fault, "Correct it, or put it in quotes.")

    def mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            here = (*location, str(key_node.value))
            if not isinstance(key_node, yaml.ScalarNode):
                fault = "a brace or bracket is where a key or text belongs"
                self.refuse(key_node, location, fault, "Put the text in quotes.")
            elif not isinstance(key := self.scalar(key_node, location), str):
                fault = f"YAML does not read the key “{key_node.value}” as text"
                self.refuse(key_node, here, fault, f'Put it in quotes: "{key_node.value}".')
            elif key in built:
                remedy = f"Keep one; the other is on line {self.source.lines[here]}."
                self.refuse(key_node, here, "the key is used twice", remedy)
            else:
                self.source.lines[here] = self.line(key_node.start_mark)
                built[key] = self.build(value_node, here)
        return built


@lru_cache(maxsize=256)
def parse(text: str, file: str, *, first_line: int = 1) -> YamlSource:
    """Return parsed YAML text with line numbers. A key that occurs twice is an error.

    The result is cached, because a preview reads all files again after each change.

    Args:
        text: The YAML text.
        file: Name for error messages.
        first_line: The line of the file on which ``text`` starts.

    Raises:
        ContentError: The text is not YAML, or a key occurs twice or is not text.
    """
    source = YamlSource(file)
    remedy = "Check quotes, colons and indents on this line and the one above."
    try:
        builder = _Builder(text, source, first_line)
        root = builder.loader.get_single_node()
        source.data = None if root is None else builder.build(root)
    except yaml.MarkedYAMLError as error:
        # For an unclosed quote, report where it opens: the parser may fail far below.
        opens = error.context_mark if "quoted" in (error.context or "") else None
        mark = opens or error.problem_mark
        line = (mark.line if mark else 0) + first_line
        fault = f"this is not YAML ({error.problem or error.context})"
        raise ContentError([Problem(file, line, "syntax", fault, remedy)]) from error
    except yaml.reader.ReaderError as error:
        # The position is in bytes or in characters, depending on the parser, so search the text.
        line = text[: text.find(chr(error.character))].count("\n") + first_line
        fault = f"the file contains the control character U+{error.character:04X}"
        remedy = "Delete it and type the word again."
        raise ContentError([Problem(file, line, "syntax", fault, remedy)]) from error
    if builder.problems:
        raise ContentError(builder.problems)
    return source


def read(path: Path, root: Path) -> YamlSource:
    """Return a parsed YAML file with line numbers.

    Args:
        path: The file.
        root: Folder to which paths in error messages are relative.

    Raises:
        ContentError: The file is missing, cannot be read or is not YAML.
    """
    file = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        fault, remedy = "the file is missing", "Restore it: pages cannot be built without it."
        raise ContentError([Problem(file, 1, "the file", fault, remedy)]) from error
    except (IsADirectoryError, PermissionError) as error:
        # Windows raises PermissionError for a folder.
        fault, remedy = "this is a folder, or may not be read", "Name a file that you can open."
        raise ContentError([Problem(file, 1, "the file", fault, remedy)]) from error
    except UnicodeDecodeError as error:
        fault, remedy = "the file is not UTF-8 text", "Save it as UTF-8."
        raise ContentError([Problem(file, 1, "the file", fault, remedy)]) from error
    return parse(text, file)
