"""A copy of the content in which a test breaks one thing, and checks of the error messages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scripts.content import load_guide
from scripts.guide.errors import ContentError, Problem

LINE = re.compile(r"(?P<file>[\w/….-]+):(?P<line>\d+): (?P<field>\S.*?): (?P<fault>\S.*)\. \S.*")


class BrokenCopy:
    """The pages and data of the guide, copied to a folder where a test may break them."""

    def __init__(self, untouched: Path, root: Path) -> None:
        self.root = root
        shutil.copytree(untouched, root, dirs_exist_ok=True)

    def read(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def broken(self, file: str, old: str, new: str) -> str:
        """Replace ``old``, which must occur exactly once, with ``new``; return the new text."""
        text = self.read(file)
        assert text.count(old) == 1, f"{file} holds {old!r} {text.count(old)} times"
        return self.written(file, text.replace(old, new))

    def added(self, file: str, new: str) -> str:
        """Append lines to a file."""
        return self.written(file, self.read(file).rstrip("\n") + "\n" + new)

    def written(self, file: str, text: str) -> str:
        """Write a file, which may be a new one."""
        (self.root / file).write_text(text, encoding="utf-8")
        return text

    def problems(self) -> tuple[Problem, ...]:
        """Load the copy, which must be refused, and return every problem."""
        with pytest.raises(ContentError) as refused:
            load_guide(self.root)
        assert str(refused.value) == "\n".join(map(str, refused.value.problems))
        return refused.value.problems


def line_of(text: str, part: str) -> int:
    """Return the line on which a part of a text begins; the part must occur exactly once."""
    assert text.count(part) == 1, f"{part!r} occurs {text.count(part)} times"
    return text[: text.index(part)].count("\n") + 1


def assert_reads_well(problem: Problem) -> None:
    """Check that a problem is one line, as in ``file:line: field: what is wrong. What to do.``."""
    text = str(problem)
    assert "\n" not in text
    assert LINE.fullmatch(text), text
    assert not problem.fault.endswith("."), text
    assert len(problem.fault.split()) > 2, text
    # The remedy must be a sentence of its own and say more than “Wrong.”
    assert re.match(r"[A-Z]", problem.remedy), text
    assert problem.remedy.endswith("."), text
    assert len(problem.remedy.split()) > 1, text
