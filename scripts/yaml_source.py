"""YAML with the line of each key, so that an error can name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from scripts.errors import ContentError, Problem

TYPE_NAMES = {dict: "a mapping", tuple: "a list", str: "text", int: "a whole number"}
Location = tuple[str | int, ...]


@dataclass
class YamlSource:
    """A parsed YAML text that remembers its lines.

    Attributes:
        file: Path below the repository root, as errors show it.
        data: The content; lists are tuples, so that nothing can change it later.
        lines: Line of each key and list item, by its path from the top.
    """

    file: str
    data: Any = None
    lines: dict[Location, int] = field(default_factory=dict)

    def line(self, location: Location) -> int:
        """Give the line of a key, or of the nearest thing above it that exists."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def problem(self, location: Location, fault: str, remedy: str) -> Problem:
        """Describe a fault at a key of this file."""
        return Problem(self.file, self.line(location), dotted(location), fault, remedy)


def dotted(location: Location) -> str:
    """Write a location the way people do: ``items[2].text``."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the file"


def parse(text: str, file: str, *, first_line: int = 1) -> YamlSource:
    """Parse YAML text, keeping lines and refusing a key that stands twice.

    Args:
        text: The YAML text.
        file: Name for errors.
        first_line: The line of the file on which ``text`` starts.

    Raises:
        ContentError: The text is not YAML, or a key stands twice.
    """
    source = YamlSource(file)
    loader = yaml.SafeLoader(text)
    problems: list[Problem] = []

    def build(node: yaml.Node, location: Location) -> Any:
        source.lines.setdefault(location, node.start_mark.line + first_line)
        if isinstance(node, yaml.MappingNode):
            mapping: dict[Any, Any] = {}
            for key_node, value_node in node.value:
                key = loader.construct_object(key_node, deep=True)
                here = (*location, key)
                line = key_node.start_mark.line + first_line
                if key in mapping:
                    remedy = f"Keep one; the other is on line {source.lines[here]}."
                    problems.append(Problem(file, line, dotted(here), "the key stands twice", remedy))
                    continue
                source.lines[here] = line
                mapping[key] = build(value_node, here)
            return mapping
        if isinstance(node, yaml.SequenceNode):
            return tuple(build(item, (*location, i)) for i, item in enumerate(node.value))
        return loader.construct_object(node, deep=True)

    try:
        root = loader.get_single_node()
        source.data = None if root is None else build(root, ())
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + first_line
        fault = f"this is not YAML ({error.problem or error.context})"
        remedy = "Check quotes, colons and indents on this line and the one above."
        raise ContentError([Problem(file, line, "syntax", fault, remedy)]) from error
    finally:
        loader.dispose()
    if problems:
        raise ContentError(problems)
    return source


def read(path: Path, root: Path) -> YamlSource:
    """Read a YAML file.

    Args:
        path: The file.
        root: The folder that errors name files from.

    Raises:
        ContentError: The file is missing or is not YAML.
    """
    file = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        fault, remedy = "the file is missing", "Put it back: pages cannot be built without it."
        raise ContentError([Problem(file, 1, "the file", fault, remedy)]) from error
    except UnicodeDecodeError as error:
        fault, remedy = "the file is not UTF-8 text", "Save it as UTF-8."
        raise ContentError([Problem(file, 1, "the file", fault, remedy)]) from error
    return parse(text, file)
