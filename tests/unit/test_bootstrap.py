"""From a bare Python to a running command: help, refusals, the environment and its repair."""

from __future__ import annotations

import ast
import importlib.util
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from scripts.root import ROOT
from scripts.tools import bootstrap
from scripts.tools.bootstrap import SetupError
from scripts.tools.verbs import CALLER_FOLDER

NO_SITE_PACKAGES = "-S"
CLOSED_PORT = "http://127.0.0.1:9/simple"
PIP_SETTINGS = """:env:.timeout='9'
global.extra-index-url='\\nhttps://one.example\\nhttps://two.example'
site.index-url='https://index.example/simple'
"""

Command = list[str]


class FakeTools:
    """Stands in for venv, pip and uv: records each command and returns set answers."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.environments: list[Mapping[str, str]] = []
        self.answer: tuple[int, str] = (0, "")
        self.venv_answer: tuple[int, str] = (0, "")

    def __call__(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        self.commands.append(list(command))
        self.environments.append(environment or {})
        if "venv" in command:
            python = bootstrap.environment_python(Path(command[-1]))
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
            return self.venv_answer
        return self.answer if "sync" in command else (0, PIP_SETTINGS)

    def installs(self) -> list[str]:
        """Return each lock that uv has installed."""
        return [Path(command[-1]).stem for command in self.commands if "sync" in command]

    def environments_made(self) -> int:
        return sum("venv" in command for command in self.commands)


@pytest.fixture
def locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small lock files that a test may change."""
    folder = tmp_path / "locks"
    folder.mkdir()
    for purpose in (*bootstrap.SATISFIED_BY, "uv"):
        (folder / f"{purpose}.txt").write_text(f"{purpose}-package==1.0\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "LOCKS", folder)
    return folder


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> FakeTools:
    fake = FakeTools()
    monkeypatch.setattr(bootstrap, "run_quietly", fake)
    monkeypatch.setenv("PATH", os.devnull)
    return fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".venv"


# --- Before the environment ---------------------------------------------------------------------


def test_help_answers_without_any_package() -> None:
    done = subprocess.run(
        [sys.executable, NO_SITE_PACKAGES, "-m", "scripts"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "\n    serve " in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code"), [(["build", "--help"], 0), (["sevre"], 2), (["build", "--uot", "x"], 2)]
)
def test_help_and_a_mistyped_command_install_nothing(
    arguments: list[str], code: int, tools: FakeTools
) -> None:
    with pytest.raises(SystemExit) as stopped:
        bootstrap.main(arguments)
    assert stopped.value.code == code
    assert tools.commands == []


@pytest.mark.parametrize(
    "name",
    ["__init__", "__main__", "root", "tools/__init__", "tools/bootstrap", "tools/verbs"],
)
def test_what_runs_on_an_old_python_uses_only_its_syntax_and_library(name: str) -> None:
    text = (ROOT / "scripts" / f"{name}.py").read_text("utf-8")
    if name.endswith("__init__"):
        assert text == "", "it would run before the environment is there"
    modules: set[str] = set()
    for node in ast.walk(ast.parse(text, feature_version=(3, 8))):
        if isinstance(node, ast.ImportFrom):
            modules.add(node.module or "")
        elif isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
    ours = {"scripts.root", "scripts.tools.bootstrap", "scripts.tools.verbs"}
    assert modules - ours <= {"importlib.util", *sys.stdlib_module_names}


@pytest.mark.parametrize("version", [(3, 11, 5), (3, 11, 7), (3, 12, 0), (4, 0, 0)])
def test_accepts_a_python_that_is_new_enough(version: tuple[int, int, int]) -> None:
    bootstrap.check_python(version, ["serve"])


@pytest.mark.parametrize("version", [(3, 8, 18), (3, 10, 14), (3, 11, 4)])
def test_an_old_python_is_refused_with_both_versions_and_the_way_out(
    version: tuple[int, int, int],
    tools: FakeTools,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(bootstrap, "running_python", lambda: version)
    monkeypatch.setattr(bootstrap, "answers", lambda _name: False)
    assert bootstrap.main(["build", "--out", "x"]) == 1
    message = capsys.readouterr().err
    assert "needs Python 3.11.5 or newer" in message
    assert ".".join(map(str, version)) in message
    for way_out in ("apt-get install", "brew install", "winget install"):
        assert way_out in message
    assert "python3.13 -m scripts build --out x" in message
    assert tools.commands == []


def test_an_old_python_points_to_a_newer_one_that_is_there_and_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in (("python3.14", 127), ("python3.12", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match=r"Run: {2}python3\.12 -m scripts serve"):
        bootstrap.check_python((3, 9, 6), ["serve"])


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

    def test_the_first_time_makes_it_and_installs_the_lock_and_the_second_does_nothing(
        self, folder: Path, tools: FakeTools, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for said in (["Making a Python", "Installing 1 packages", "Installed in"], []):
            python = bootstrap.ensure_environment("run", folder)
            assert python == bootstrap.environment_python(folder)
            progress = capsys.readouterr().err.splitlines()
            assert all(line.startswith(start) for line, start in zip(progress, said, strict=True))
        assert tools.environments_made() == 1
        assert tools.installs() == ["run"]
        [pip, uv] = [c for c in tools.commands if {"install", "sync"} & {*c}]
        assert Path(pip[-1]).stem == "uv"
        assert uv[:3] == [str(python), "-m", "uv"]
        assert {"--require-hashes"} <= {*pip} & {*uv}

    def test_the_uv_of_pip_gets_the_settings_of_pip(self, folder: Path, tools: FakeTools) -> None:
        bootstrap.ensure_environment("run", folder)
        settings = tools.environments[-1]
        assert settings["UV_DEFAULT_INDEX"] == "https://index.example/simple"
        assert settings["UV_INDEX"] == "https://one.example https://two.example"

    def test_the_uv_of_the_user_is_taken_as_it_is(
        self, folder: Path, tools: FakeTools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        uv = tmp_path / "uv"
        uv.touch(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        bootstrap.ensure_environment("run", folder)
        [_venv, sync] = tools.commands
        assert sync[0] == str(uv)
        assert "UV_DEFAULT_INDEX" not in tools.environments[-1]

    @pytest.mark.parametrize(
        ("purposes", "installs"), [("test run", ["test"]), ("run test", ["run", "test"])]
    )
    def test_the_test_packages_serve_the_run_verbs_too(
        self, purposes: str, installs: list[str], folder: Path, tools: FakeTools
    ) -> None:
        for purpose in purposes.split():
            bootstrap.ensure_environment(purpose, folder)
        assert tools.installs() == installs
        assert tools.environments_made() == 1

    @pytest.mark.parametrize(
        ("changed", "made"), [("lock", 1), ("version of Python", 2), ("Python is gone", 2)]
    )
    def test_a_change_is_installed_and_another_python_makes_the_environment_anew(
        self,
        changed: str,
        made: int,
        folder: Path,
        tools: FakeTools,
        locks: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        python = bootstrap.ensure_environment("run", folder)
        if changed == "lock":
            (locks / "run.txt").write_text("run-package==1.1\n", encoding="utf-8")
        elif changed == "version of Python":
            monkeypatch.setattr(bootstrap, "running_python", lambda: (3, 99, 0))
        else:
            python.unlink()
        bootstrap.ensure_environment("run", folder)
        assert tools.installs() == ["run", "run"]
        assert tools.environments_made() == made

    def test_an_install_that_fails_is_begun_anew_the_next_time(
        self, folder: Path, tools: FakeTools, locks: Path
    ) -> None:
        bootstrap.ensure_environment("run", folder)
        (locks / "run.txt").write_text("run-package==1.1\n", encoding="utf-8")
        tools.answer = (1, "ERROR: no luck")
        with pytest.raises(SetupError):
            bootstrap.ensure_environment("run", folder)
        # The first lock again, but the environment may hold half of the second: it is made anew.
        (locks / "run.txt").write_text("run-package==1.0\n", encoding="utf-8")
        tools.answer = (0, "")
        bootstrap.ensure_environment("run", folder)
        assert tools.installs() == ["run", "run", "run"]
        assert tools.environments_made() == 2

    def test_a_venv_that_python_cannot_make_shows_what_python_said(
        self, folder: Path, tools: FakeTools
    ) -> None:
        tools.venv_answer = (1, "Error: [Errno 13] Permission denied")
        with pytest.raises(SetupError, match="Permission denied"):
            bootstrap.ensure_environment("run", folder)


def test_repairs_a_half_made_environment_for_real(
    folder: Path, locks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert locks.is_dir()
    python = bootstrap.environment_python(folder)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)  # the state after a stop during the first set-up
    (folder / "pyvenv.cfg").write_text("broken", encoding="utf-8")
    # Stands in for the user's uv, which would ask the network.
    (tmp_path / "uv").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    bootstrap.ensure_environment("run", folder)
    command = [str(python), "-c", "import sys; print(sys.prefix)"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == f"{folder}\n"
    assert bootstrap.is_ready(folder, "run")


def test_windows_keeps_its_python_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    assert bootstrap.environment_python(Path("v")) == Path("v/Scripts/python.exe")


# --- pip or uv fails ----------------------------------------------------------------------------


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
    install = [sys.executable, "-m", "pip", "install", "--require-hashes", "-r", str(lock)]
    with pytest.raises(SetupError) as caught:
        bootstrap.must_run(install)
    message = str(caught.value)
    assert "did not answer" in message
    assert "HTTPS_PROXY" in message
    assert "run the same command again" in message
    assert "No matching distribution found for crs-no-such-package" in message


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("WARNING: Retrying ... Temporary failure in name resolution", "machine is online"),
        ("ProxyError('Cannot connect to proxy.')", "HTTPS_PROXY"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE",
            "not the one that the lock",
        ),
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        (
            "cause: error sending request for url (https://pypi.org/simple/six/)",
            "machine is online",
        ),
        ("cause: Hash mismatch for `six==1.17.0`", "not the one that the lock"),
        ("ERROR: something new", "Fix what is named below"),
    ],
)
def test_a_failed_install_says_what_to_do_and_what_was_said(said: str, advice: str) -> None:
    message = bootstrap.failure(said)
    assert advice in message
    assert said in message


def test_a_failed_install_ends_the_command_without_a_traceback(
    folder: Path,
    locks: Path,
    tools: FakeTools,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert locks.is_dir()
    tools.answer = (1, "NewConnectionError: refused")
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
    monkeypatch.setenv(CALLER_FOLDER, "/somewhere/else")
    assert CALLER_FOLDER not in bootstrap.child_environment()
