"""The packages of ``scripts/`` import from the layers below them only, and in no circle."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.root import ROOT


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Hold the imports of a copy of the project to the layers in its ``pyproject.toml``."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_no_package_imports_from_a_layer_above_it() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "named"),
    [
        ("guide/pages.py", "from scripts.checks import check_all", "guide.pages -> scripts.checks"),
        ("guide/errors.py", "from scripts.guide.models.base import Model", ".errors -> .models"),
        (
            "components/term.py",
            "if TYPE_CHECKING:\n    from scripts.content import load_guide",
            "components.term -> scripts.content",
        ),
    ],
)
def test_an_import_upward_or_in_a_circle_would_be_found(
    tmp_path: Path, module: str, line: str, named: str
) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("locks"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    file = tmp_path / "scripts" / module
    text = file.read_text(encoding="utf-8")
    added = f"from typing import TYPE_CHECKING\n{line}\n"
    before, imports, after = text.partition("from __future__ import annotations\n")
    file.write_text(before + imports + added + after, encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode != 0
    assert named in done.stdout
