"""Installing npm packages: once, from the lock, and with a clear message if it fails."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts.root import ROOT
from scripts.tools import npm_tools
from scripts.tools.bootstrap import LOCKS, SetupError
from scripts.tools.npm_tools import ADVICE, TOOLS, ensure_tools


class FakeNpm:
    """Stands in for npm: records each command and returns a set answer."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.answer: tuple[int, str] = (0, "")

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        self.commands.append(list(command))
        return self.answer


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeNpm:
    """Npm on a machine where nothing is installed yet, with a lock that a test may change."""
    fake = FakeNpm()
    monkeypatch.setattr(npm_tools, "run_quietly", fake)
    monkeypatch.setattr(npm_tools, "FOLDER", tmp_path / ".node")
    monkeypatch.setattr(npm_tools, "LOCKS", tmp_path)
    (tmp_path / "checkers").mkdir()
    for name in ("package.json", "package-lock.json"):
        (tmp_path / "checkers" / name).write_text("{}", encoding="utf-8")
    return fake


def test_installs_by_lock_without_running_a_script_of_a_package(
    npm: FakeNpm, tmp_path: Path
) -> None:
    assert ensure_tools("checkers") == tmp_path / ".node" / "checkers" / "node_modules"
    [command] = npm.commands
    assert "ci" in command
    assert "--ignore-scripts" in command
    assert (tmp_path / ".node" / "checkers" / "package-lock.json").read_text("utf-8") == "{}"


def test_what_is_there_is_not_installed_again(npm: FakeNpm) -> None:
    for _ in range(2):
        ensure_tools("checkers")
    assert len(npm.commands) == 1


def test_a_changed_lock_is_installed(npm: FakeNpm, tmp_path: Path) -> None:
    ensure_tools("checkers")
    (tmp_path / "checkers" / "package-lock.json").write_text('{"a": 1}', encoding="utf-8")
    ensure_tools("checkers")
    assert len(npm.commands) == 2


def test_what_was_broken_off_is_installed_again(npm: FakeNpm) -> None:
    npm.answer = (1, "npm error code ENOSPC")
    with pytest.raises(SetupError, match="disk is full"):
        ensure_tools("checkers")
    npm.answer = (0, "")
    ensure_tools("checkers")
    assert len(npm.commands) == 2


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("npm error code ENOTFOUND\nnpm error network request failed", "is online"),
        ("npm error code ECONNREFUSED", "HTTPS_PROXY"),
        ("npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "npm_config_registry"),
        ("npm error code EINTEGRITY", "not the one that the lock names"),
        ("npm error code ETARGET", "does not have a version"),
        ("npm error code EUSAGE", "make the lock again"),
        ("npm error code ENEW", "Fix what npm reports"),
    ],
)
def test_what_npm_says_becomes_what_to_do(npm: FakeNpm, said: str, advice: str) -> None:
    npm.answer = (1, said)
    with pytest.raises(SetupError) as caught:
        ensure_tools("checkers")
    assert "Not installed: the checkers" in str(caught.value)
    assert advice in str(caught.value)
    assert said.splitlines()[-1] in str(caught.value)


def test_no_sign_has_two_advices() -> None:
    signs = [sign for signs in ADVICE for sign in signs]
    assert len(signs) == len(set(signs))


@pytest.mark.parametrize("program", [npm_tools.node(), npm_tools.java()], ids=["Node", "Java"])
def test_node_and_java_come_with_the_test_lock_and_start(program: Path) -> None:
    assert program.is_relative_to(sys.prefix)
    done = subprocess.run([str(program), "--version"], capture_output=True, check=True)
    assert done.stdout


def test_npm_starts() -> None:
    done = subprocess.run([*npm_tools.npm(), "--version"], capture_output=True, check=True)
    assert re.fullmatch(rb"\d+\.\d+\.\d+\s*", done.stdout)


# --- The locks in the repository ---------------------------------------------------------------


def test_each_set_of_tools_has_its_lock() -> None:
    assert {folder.name for folder in LOCKS.iterdir() if folder.is_dir()} == set(TOOLS)


@pytest.mark.parametrize("name", TOOLS)
def test_a_lock_pins_with_hashes_and_names_no_registry(name: str) -> None:
    manifest = json.loads((LOCKS / name / "package.json").read_text("utf-8"))
    lock = json.loads((LOCKS / name / "package-lock.json").read_text("utf-8"))
    packages = lock["packages"]
    assert packages.pop("")["dependencies"] == manifest["dependencies"]
    for version in manifest["dependencies"].values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert packages
    for path, package in packages.items():
        assert package["integrity"].startswith("sha512-"), path
        assert "resolved" not in package, path


def test_git_keeps_out_what_is_installed() -> None:
    assert f"/{npm_tools.FOLDER.name}/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
