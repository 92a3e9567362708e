"""Every test is in a file that pytest collects: a test that is not collected never fails."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from scripts.root import ROOT

HARMLESS = "def test_nothing() -> None:\n    pass\n"


def written(root: Path) -> set[str]:
    """Return every test function in ``tests/`` below a folder, as ``file::name``.

    The name omits the test class, as in ``collected``.
    """
    return {
        f"{file.relative_to(root).as_posix()}::{step.name}"
        for file in (root / "tests").rglob("test_*.py")
        for step in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(step, ast.FunctionDef) and step.name.startswith("test_")
    }


def collected(root: Path) -> set[str]:
    """Return what pytest collects below a folder when it is given no path, as ``file::name``."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n0"],
        cwd=root,
        # The inner run must not inherit the options of the run that this test belongs to.
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return named(line for line in done.stdout.splitlines() if "::" in line)


def named(ids: Iterable[str]) -> set[str]:
    """Return the tests with some ids of pytest, as ``file::name``."""
    names = (each.partition("[")[0] for each in ids)
    return {f"{name.split('::')[0]}::{name.split('::')[-1]}" for name in names}


def test_every_test_that_is_written_is_collected(request: pytest.FixtureRequest) -> None:
    missing = written(ROOT) - named(item.nodeid for item in request.session.items)
    # A run of a part has not collected everything, so ask a run of the whole.
    missing = missing and missing - collected(ROOT)
    assert not missing, f"these tests never run: {sorted(missing)}"


def test_a_test_that_is_passed_by_would_be_named(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("tests/build", "tests/.hidden"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "test_it.py").write_text(HARMLESS, encoding="utf-8")
    # By default, pytest skips a folder called “build”; our settings change that.
    assert collected(tmp_path) == {"tests/build/test_it.py::test_nothing"}
    assert written(tmp_path) - collected(tmp_path) == {"tests/.hidden/test_it.py::test_nothing"}
