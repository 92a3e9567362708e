"""From a bare Python to a running command: help, refusals, the environment and its repair."""

from __future__ import annotations

import ast
import importlib.util
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from scripts.root import ROOT
from scripts.tools import bootstrap
from scripts.tools.bootstrap import SetupError
from scripts.tools.verbs import VERBS

PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)
NO_SITE_PACKAGES = "-S"
CLOSED_PORT = "http://127.0.0.1:9/simple"

Command = list[str]
Answer = Callable[[Command], tuple[int, str]]


class FakeTools:
    """Stands in for ``python -m venv`` and pip: records each command and returns set answers."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.pip_answer: tuple[int, str] = (0, "")
        self.venv_answer: tuple[int, str] = (0, "")

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        self.commands.append(list(command))
        if "venv" in command:
            python = bootstrap.environment_python(Path(command[-1]))
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
            return self.venv_answer
        if "pip" in command:
            return self.pip_answer
        raise AssertionError(f"no fake for {command}")

    def installs(self) -> list[str]:
        """Return the lock of each install."""
        return [Path(command[-1]).stem for command in self.commands if "install" in command]

    def environments_made(self) -> int:
        return sum("venv" in command for command in self.commands)


@pytest.fixture
def locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small lock files that a test may change."""
    folder = tmp_path / "locks"
    folder.mkdir()
    for purpose in bootstrap.SATISFIED_BY:
        (folder / f"{purpose}.txt").write_text(f"{purpose}-package==1.0\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "LOCKS", folder)
    return folder


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> FakeTools:
    fake = FakeTools()
    monkeypatch.setattr(bootstrap, "run_quietly", fake)
    return fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".venv"


# --- Help ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"], ["help"]])
def test_help_answers_without_any_package(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, NO_SITE_PACKAGES, "-m", "scripts", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert all(f"  {verb} " in done.stdout for verb in VERBS)
    assert done.stderr == ""


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_installs_nothing(
    verb: str, tools: FakeTools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main([verb, "--help"]) == 0
    output = capsys.readouterr().out
    assert VERBS[verb].summary in output
    assert all(option.flag in output for option in VERBS[verb].options)
    assert tools.commands == []


def test_help_behind_two_dashes_belongs_to_pytest() -> None:
    assert bootstrap.help_text(["test", "--", "--help"]) is None


def test_an_unknown_verb_is_refused_before_anything_is_installed(
    tools: FakeTools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(["sevre"]) == 2
    error = capsys.readouterr().err
    assert "no verb 'sevre'" in error
    assert "serve" in error
    assert tools.commands == []


@pytest.mark.parametrize(
    "name",
    ["__init__", "__main__", "root", "tools/__init__", "tools/bootstrap", "tools/verbs"],
)
def test_what_runs_on_an_old_python_uses_only_its_syntax_and_library(name: str) -> None:
    tree = ast.parse((ROOT / "scripts" / f"{name}.py").read_text("utf-8"), feature_version=(3, 8))
    modules = {
        name
        for node in ast.walk(tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    foreign = {m for m in modules if m.split(".")[0] not in {*sys.stdlib_module_names, "scripts"}}
    assert foreign == set()
    ours = {"scripts.root", "scripts.tools.bootstrap", "scripts.tools.verbs"}
    assert {m for m in modules if m.startswith("scripts")} <= ours


def test_the_package_file_is_empty_so_that_nothing_runs_before_the_environment() -> None:
    assert (ROOT / "scripts" / "__init__.py").read_bytes() == b""


# --- Too old, or incomplete ---------------------------------------------------------------------


@pytest.mark.parametrize("version", [(3, 11, 5), (3, 11, 7), (3, 12, 0), (4, 0, 0)])
def test_accepts_a_python_that_is_new_enough(version: tuple[int, int, int]) -> None:
    bootstrap.check_python(version, ["serve"])


@pytest.mark.parametrize("version", [(3, 8, 18), (3, 10, 14), (3, 11, 2), (3, 11, 4)])
def test_refuses_an_old_python_naming_both_versions_and_the_way_out(
    version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "answers", lambda _name: False)
    with pytest.raises(SetupError) as caught:
        bootstrap.check_python(version, ["build", "--out", "x"])
    message = str(caught.value)
    assert "3.11.5" in message
    assert ".".join(map(str, version)) in message
    for way_out in ("apt-get install", "brew install", "winget install"):
        assert way_out in message
    assert "python3.13 -m scripts build --out x" in message


def test_an_old_python_points_to_a_newer_one_that_is_there_and_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in (("python3.14", 127), ("python3.12", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match=r"Run: {2}python3\.12 -m scripts serve"):
        bootstrap.check_python((3, 9, 6), ["serve"])


def test_the_command_stops_on_an_old_python_before_it_touches_anything(
    tools: FakeTools, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "running_python", lambda: (3, 11, 4))
    monkeypatch.setattr(bootstrap, "answers", lambda _name: False)
    assert bootstrap.main(["serve"]) == 1
    assert "needs Python 3.11.5 or newer" in capsys.readouterr().err
    assert tools.commands == []


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_names_the_package_that_brings_it(
    missing: str, folder: Path, locks: Path, tools: FakeTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locks.is_dir()
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == missing else real(name)
    )
    with pytest.raises(SetupError) as caught:
        bootstrap.ensure_environment("run", folder)
    major, minor, _ = bootstrap.running_python()
    assert missing in str(caught.value)
    assert f"sudo apt-get install -y python{major}.{minor}-venv" in str(caught.value)
    assert tools.environments_made() == 0


# --- The environment ----------------------------------------------------------------------------


@pytest.mark.usefixtures("locks")
class TestEnvironment:
    """What the first run does, what later runs skip, and what they do again."""

    def test_the_first_time_makes_it_and_installs_the_lock(
        self, folder: Path, tools: FakeTools, capsys: pytest.CaptureFixture[str]
    ) -> None:
        python = bootstrap.ensure_environment("run", folder)
        assert python == bootstrap.environment_python(folder)
        assert tools.environments_made() == 1
        assert tools.installs() == ["run"]
        assert all("--require-hashes" in c for c in tools.commands if "install" in c)
        progress = capsys.readouterr().err.splitlines()
        assert len(progress) == 3
        assert "Installing 1 packages" in progress[1]

    def test_the_second_time_starts_no_process_and_says_nothing(
        self, folder: Path, tools: FakeTools, capsys: pytest.CaptureFixture[str]
    ) -> None:
        bootstrap.ensure_environment("run", folder)
        tools.commands.clear()
        capsys.readouterr()
        bootstrap.ensure_environment("run", folder)
        assert tools.commands == []
        assert capsys.readouterr().err == ""

    def test_a_changed_lock_is_installed_into_the_same_environment(
        self, folder: Path, tools: FakeTools, locks: Path
    ) -> None:
        bootstrap.ensure_environment("run", folder)
        (locks / "run.txt").write_text("run-package==1.1\n", encoding="utf-8")
        bootstrap.ensure_environment("run", folder)
        assert tools.installs() == ["run", "run"]
        assert tools.environments_made() == 1

    def test_the_test_packages_serve_the_run_verbs_too(
        self, folder: Path, tools: FakeTools
    ) -> None:
        bootstrap.ensure_environment("test", folder)
        bootstrap.ensure_environment("run", folder)
        assert tools.installs() == ["test"]

    def test_the_run_packages_are_not_enough_for_the_tests(
        self, folder: Path, tools: FakeTools
    ) -> None:
        bootstrap.ensure_environment("run", folder)
        bootstrap.ensure_environment("test", folder)
        assert tools.installs() == ["run", "test"]

    def test_another_python_makes_the_environment_anew(
        self, folder: Path, tools: FakeTools, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bootstrap.ensure_environment("run", folder)
        monkeypatch.setattr(bootstrap, "running_python", lambda: (3, 99, 0))
        bootstrap.ensure_environment("run", folder)
        assert tools.environments_made() == 2
        assert tools.installs() == ["run", "run"]

    def test_a_stamp_without_its_python_is_not_believed(
        self, folder: Path, tools: FakeTools
    ) -> None:
        bootstrap.ensure_environment("run", folder).unlink()
        bootstrap.ensure_environment("run", folder)
        assert tools.environments_made() == 2

    def test_an_install_that_fails_is_begun_anew_the_next_time(
        self, folder: Path, tools: FakeTools, locks: Path
    ) -> None:
        bootstrap.ensure_environment("run", folder)
        (locks / "run.txt").write_text("run-package==1.1\n", encoding="utf-8")
        tools.pip_answer = (1, "ERROR: no luck")
        with pytest.raises(SetupError):
            bootstrap.ensure_environment("run", folder)
        # The first lock again, but the environment may hold half of the second: it is made anew.
        (locks / "run.txt").write_text("run-package==1.0\n", encoding="utf-8")
        tools.pip_answer = (0, "")
        bootstrap.ensure_environment("run", folder)
        assert tools.installs() == ["run", "run", "run"]
        assert tools.environments_made() == 2

    def test_a_venv_that_python_cannot_make_shows_what_python_said(
        self, folder: Path, tools: FakeTools
    ) -> None:
        tools.venv_answer = (1, "Error: [Errno 13] Permission denied")
        with pytest.raises(SetupError, match="Permission denied"):
            bootstrap.ensure_environment("run", folder)


def test_repairs_a_half_made_environment_for_real(folder: Path, locks: Path) -> None:
    # The lock is empty: pip runs, but has nothing to download.
    (locks / "run.txt").write_text("", encoding="utf-8")
    python = bootstrap.environment_python(folder)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)  # the state after a stop before pip was installed
    (folder / "pyvenv.cfg").write_text("broken", encoding="utf-8")
    bootstrap.ensure_environment("run", folder)
    done = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=True)
    assert str(folder).encode() in done.stdout


def test_windows_keeps_its_python_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    assert bootstrap.environment_python(Path("v")) == Path("v/Scripts/python.exe")


# --- pip fails ----------------------------------------------------------------------------------


def test_no_network_is_said_plainly_with_the_last_words_of_the_real_pip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "run.txt"
    lock.write_text(f"crs-no-such-package==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", CLOSED_PORT)
    monkeypatch.setenv("PIP_RETRIES", "1")
    with pytest.raises(SetupError) as caught:
        bootstrap.install_packages(Path(sys.executable), lock)
    message = str(caught.value)
    assert "did not answer" in message
    assert "HTTPS_PROXY" in message
    assert "run the same command again" in message
    assert "No matching distribution found for crs-no-such-package" in message


@pytest.mark.parametrize(
    ("pip_says", "advice"),
    [
        ("WARNING: Retrying ... Temporary failure in name resolution", "machine is online"),
        ("ProxyError('Cannot connect to proxy.')", "HTTPS_PROXY"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE",
            "not the one that the lock",
        ),
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: something new", "Fix what pip reports"),
    ],
)
def test_a_failed_install_says_what_to_do_and_what_pip_said(pip_says: str, advice: str) -> None:
    message = bootstrap.pip_failure(pip_says)
    assert advice in message
    assert pip_says in message


def test_a_failed_install_ends_the_command_without_a_traceback(
    folder: Path,
    locks: Path,
    tools: FakeTools,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert locks.is_dir()
    tools.pip_answer = (1, "NewConnectionError: refused")
    monkeypatch.setattr(
        bootstrap.ensure_environment, "__defaults__", (folder,)
    )  # replaces the environment that this test itself runs in
    assert bootstrap.main(["build"]) == 1
    error = capsys.readouterr().err
    assert "did not answer" in error
    assert "Traceback" not in error


def test_ctrl_c_during_the_install_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_purpose: str) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "ensure_environment", stop)
    assert bootstrap.main(["build"]) == 130
    assert "Run python3 -m scripts build again" in capsys.readouterr().err


# --- Handing over -------------------------------------------------------------------------------


def test_hands_over_to_the_environment_with_the_verb_and_where_the_person_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[tuple[list[str], dict[str, str]]] = []
    purposes: list[str] = []

    def ensure(purpose: str) -> Path:
        purposes.append(purpose)
        return Path("/env/python")

    monkeypatch.setattr(bootstrap, "ensure_environment", ensure)
    monkeypatch.setattr(bootstrap, "hand_over", lambda *call: handed.append(call))
    monkeypatch.chdir(tmp_path)
    bootstrap.main(["build", "--out", "x"])
    [(command, environment)] = handed
    assert command == ["/env/python", "-m", "scripts.cli", "build", "--out", "x"]
    assert environment["CRS_CALLER_DIR"] == str(tmp_path)
    assert environment["NO_MKDOCS_2_WARNING"] == "1"
    assert purposes == ["run"]


def test_what_a_verb_starts_does_not_take_over_where_the_person_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(bootstrap.CALLER_FOLDER, "/somewhere/else")
    assert bootstrap.CALLER_FOLDER not in bootstrap.child_environment()


# --- The locks in the repository ---------------------------------------------------------------


def pins(purpose: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / f"scripts/locks/{purpose}.txt").read_text("utf-8")))


def test_the_test_lock_holds_all_of_the_run_lock_in_the_same_versions() -> None:
    run, test = pins("run"), pins("test")
    assert len(run) > 30
    assert {name: test.get(name) for name in run} == run


@pytest.mark.parametrize("purpose", bootstrap.SATISFIED_BY)
def test_a_lock_pins_with_hashes_and_names_no_index_or_machine(purpose: str) -> None:
    text = (ROOT / f"scripts/locks/{purpose}.txt").read_text("utf-8")
    requirements = re.split(r"\n(?=\S)", text)
    unhashed = [r for r in requirements if not r.startswith("#") and "--hash=sha256:" not in r]
    assert unhashed == []
    assert not re.search(r"https?:|file:|/tmp|/opt|--index|--find-links", text)
