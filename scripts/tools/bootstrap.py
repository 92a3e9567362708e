"""From a machine that has only Python to a running command, with the standard library alone.

Starts on the Python that is found, so no syntax here may be newer than Python 3.8.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator, NoReturn, Sequence, Tuple

from scripts.root import ROOT
from scripts.tools.verbs import PROGRAM, VERBS, describe, overview

Version = Tuple[int, int, int]

LOCKS = ROOT / "scripts" / "locks"
ENVIRONMENT = ROOT / ".venv"
ZENSICAL_ENVIRONMENT = ROOT / ".venv-zensical"
AUDIT_ENVIRONMENT = ROOT / ".venv-audit"
OLDEST_PYTHON: Version = (3, 11, 5)

# The lock of the tests holds each package of the run lock, in the same version.
SATISFIED_BY = {
    "run": ("run", "test"),
    "test": ("test",),
    "zensical": ("zensical",),
    "audit": ("audit",),
}

NETWORK_SIGNS = (
    "ConnectionError",
    "ConnectTimeout",
    "Failed to establish a new connection",
    "Max retries exceeded",
    "NameResolutionError",
    "NewConnectionError",
    "Network is unreachable",
    "ProxyError",
    "ReadTimeout",
    "Read timed out",
    "SSLError",
    "Temporary failure in name resolution",
    "connection broken",
)


class SetupError(Exception):
    """The environment cannot be set up. The text tells the person at the keyboard what to do."""


def say(line: str) -> None:
    """Report progress, on stderr: what a verb prints stays clean for a pipe."""
    print(line, file=sys.stderr, flush=True)


def dotted(version: Sequence[int]) -> str:
    """Write a version as people do."""
    return ".".join(str(part) for part in version)


def running_python() -> Version:
    """Give the version of the Python that runs this."""
    return (sys.version_info[0], sys.version_info[1], sys.version_info[2])


# --- What can be missing ------------------------------------------------------------------------


def answers(command: str) -> bool:
    """Tell whether a Python of this name is there and starts; a version manager's stub does not."""
    return bool(shutil.which(command)) and run_quietly([command, "--version"])[0] == 0


def check_python(found: Version, arguments: Sequence[str]) -> None:
    """Make sure that this Python is new enough.

    Raises:
        SetupError: It is not; names both versions and the way to a newer one.
    """
    if found >= OLDEST_PYTHON:
        return
    command = " ".join(["-m scripts", *arguments])
    need = f"This guide needs Python {dotted(OLDEST_PYTHON)} or newer."
    lines = [f"{need} This one is {dotted(found)} ({sys.executable})."]
    # A newer one often stands beside the old: macOS and Debian keep `python3` as it was.
    newer = next(filter(answers, ("python3.14", "python3.13", "python3.12")), None)
    if newer:
        lines.append(f"A newer one is on this machine. Run:  {newer} {command}")
    else:
        lines += [
            "Install a newer one beside it, then run the command with that one:",
            "  Debian 13, Ubuntu 24.04 or newer:",
            "    sudo apt-get install -y python3 python3-venv",
            f"    python3 {command}",
            "  Debian 12, Ubuntu 22.04:",
            "    sudo apt-get install -y pipx && pipx run uv python install 3.13",
            f"    ~/.local/bin/python3.13 {command}",
            "  macOS:",
            "    brew install python@3.13",
            f"    python3.13 {command}",
            "  Windows:",
            "    winget install Python.Python.3.13",
            f"    py -3.13 {command}",
        ]
    raise SetupError("\n".join(lines))


def check_venv_modules(found: Version) -> None:
    """Make sure that this Python can make environments; Debian ships that part on its own.

    Raises:
        SetupError: It cannot; names the package that brings it.
    """
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if not missing:
        return
    raise SetupError(
        f"This Python lacks the module {' and '.join(missing)}, which makes the environment for"
        " the guide's packages. Install it, then run the same command again:\n"
        f"  Debian, Ubuntu:  sudo apt-get install -y python{found[0]}.{found[1]}-venv\n"
        "  macOS:           brew reinstall python@3.13\n"
        "  Windows:         winget install --force Python.Python.3.13"
    )


# --- The environment ----------------------------------------------------------------------------


def environment_python(folder: Path) -> Path:
    """Give the path of the Python inside an environment, whether it is there or not."""
    if platform.system() == "Windows":
        return folder / "Scripts" / "python.exe"
    return folder / "bin" / "python"


def lock_file(purpose: str) -> Path:
    """Give the lock of a purpose: run, test, zensical or audit."""
    return LOCKS / f"{purpose}.txt"


def stamp_for(purpose: str) -> str:
    """Say in one line what a finished environment holds: purpose, lock and Python."""
    digest = hashlib.sha256(lock_file(purpose).read_bytes()).hexdigest()
    return f"{purpose} {digest} {dotted(running_python())}"


def stamp_file(folder: Path) -> Path:
    """Give the file that is written last, so that it stands only in a finished environment."""
    return folder / "crs-guide-stamp.txt"


def read_stamp(folder: Path) -> str:
    """Give the stamp of an environment, empty where none was finished."""
    try:
        stamp = stamp_file(folder).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
    return stamp if environment_python(folder).exists() else ""


def is_ready(folder: Path, purpose: str) -> bool:
    """Tell whether an environment holds what a purpose needs."""
    return read_stamp(folder) in [stamp_for(other) for other in SATISFIED_BY[purpose]]


def is_whole(folder: Path) -> bool:
    """Tell whether an environment was once finished, by this Python, with whatever lock."""
    return read_stamp(folder).endswith(f" {dotted(running_python())}")


def run_quietly(command: Sequence[str]) -> tuple[int, str]:
    """Run a command; give its exit code and all that it printed."""
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        env=child_environment(),
    )
    return done.returncode, done.stdout


def child_environment() -> dict[str, str]:
    """Give the variables that every command of ours runs with."""
    return {
        **os.environ,
        # docs/contributing/architecture.md tells of the theme's end of life; a banner at each build
        # would hide real warnings.
        "NO_MKDOCS_2_WARNING": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        # A damaged environment must not let pip change the machine's own Python.
        "PIP_REQUIRE_VIRTUALENV": "1",
        # Windows would read our files in its own code page.
        "PYTHONUTF8": "1",
    }


def last_lines(output: str, count: int = 12) -> str:
    """Give the end of what a tool printed, indented, long lines cut."""
    return "\n".join(f"    {line[:160]}" for line in output.strip().splitlines()[-count:])


def make_environment(folder: Path) -> None:
    """Make an empty environment, in place of whatever half of one is there.

    Raises:
        SetupError: Python cannot make it.
    """
    check_venv_modules(running_python())
    code, output = run_quietly([sys.executable, "-m", "venv", "--clear", str(folder)])
    if code:
        raise SetupError(f"Python could not make {folder}. It said:\n{last_lines(output)}")


def pip_failure(output: str) -> str:
    """Turn what pip said into what to do."""
    if any(sign in output for sign in NETWORK_SIGNS):
        advice = (
            "The packages could not be fetched: the package index (PyPI) did not answer.\n"
            "  Check that this machine is online, then run the same command again;"
            " what was fetched is kept.\n"
            "  Behind a proxy, set HTTPS_PROXY=http://name:port first."
            " With an index of your own, set PIP_INDEX_URL."
        )
    elif "DO NOT MATCH THE HASHES" in output:
        advice = (
            "A package is not the one that the lock names, so nothing was installed from it.\n"
            "  Try once more with PIP_NO_CACHE_DIR=1. If it stays so, your index or proxy changes"
            " files: do not go round this check, ask who runs it."
        )
    elif "No space left on device" in output:
        advice = "The disk is full. The packages need about 500 MB; make room and run again."
    else:
        advice = "The packages could not be installed. Mend what pip names, then run again."
    return f"{advice}\n  pip said:\n{last_lines(output)}"


def install_packages(python: Path, lock: Path) -> None:
    """Install exactly what a lock names into the environment of ``python``.

    Raises:
        SetupError: pip failed; says why and what to do.
    """
    command = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes"]
    code, output = run_quietly([*command, "-r", str(lock)])
    if code:
        raise SetupError(pip_failure(output))


@contextlib.contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Let two commands that start together set up one after the other.

    The package lock is the file that is held: the system lets go of it even if we are killed.
    Windows has no such hold on a file that others must read; there the second command may fail
    and is run again.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    with lock.open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another command is setting up; waiting for it ...")
            fcntl.flock(held, fcntl.LOCK_EX)
        except OSError:
            pass  # some network drives cannot lock: no worse than without
        yield


def ensure_environment(purpose: str, folder: Path = ENVIRONMENT) -> Path:
    """Make an environment hold what a purpose needs, doing only what is missing.

    Args:
        purpose: run, test, zensical or audit.
        folder: Where the environment stands.

    Returns:
        The environment's Python.

    Raises:
        SetupError: Something is missing; the text says how to mend it.
    """
    python = environment_python(folder)
    if is_ready(folder, purpose):
        return python
    # One lock for all purposes: run and test share an environment.
    with one_at_a_time(lock_file("run")):
        if is_ready(folder, purpose):
            return python
        # What was broken off may lack a part of pip or of a package and not show it.
        if not is_whole(folder):
            say(f"Making a Python environment in {folder.name} ...")
            make_environment(folder)
        lock = lock_file(purpose)
        count = lock.read_text(encoding="utf-8").count("==")
        say(f"Installing {count} packages into {folder.name} (once, a minute or two) ...")
        with contextlib.suppress(FileNotFoundError):
            stamp_file(folder).unlink()
        start = time.monotonic()
        install_packages(python, lock)
        stamp_file(folder).write_text(stamp_for(purpose) + "\n", encoding="utf-8")
        say(f"Installed in {time.monotonic() - start:.0f} seconds.")
    return python


# --- The way in ---------------------------------------------------------------------------------


def hand_over(command: list[str], environment: dict[str, str]) -> NoReturn:
    """Become another command, at the repository root.

    The process is replaced, so that whoever stops it stops the real one. Windows cannot do that
    without losing the terminal; there the command runs inside this one.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    if platform.system() == "Windows":
        with subprocess.Popen(command, env=environment, cwd=str(ROOT)) as process:
            while True:
                # Ctrl+C reaches both processes; the inner one decides how it ends.
                with contextlib.suppress(KeyboardInterrupt):
                    sys.exit(process.wait())
    os.chdir(ROOT)
    os.execve(command[0], command, environment)


def help_text(arguments: Sequence[str]) -> str | None:
    """Give the help that was asked for, None if none was."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        return overview()
    before_dashes = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    if arguments[0] in VERBS and ("-h" in before_dashes or "--help" in before_dashes):
        return describe(arguments[0])
    return None


def main(arguments: Sequence[str]) -> int:
    """Set up what a verb needs and hand over to it.

    Args:
        arguments: The verb and its options.

    Returns:
        The exit code, where nothing was handed over: 0 for help, 1 for a failed set-up,
        2 for an unknown verb, 130 when stopped.
    """
    text = help_text(arguments)
    if text is not None:
        print(text, end="")
        return 0
    if arguments[0] not in VERBS:
        say(f"There is no verb {arguments[0]!r}.\n\n{overview()}")
        return 2
    try:
        check_python(running_python(), arguments)
        python = ensure_environment(VERBS[arguments[0]].purpose)
    except SetupError as error:
        say(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        say(f"\nStopped. Run {PROGRAM} {arguments[0]} again to go on.")
        return 130
    # Paths on the command line are meant from where the person stands.
    environment = {**child_environment(), "CRS_CALLER_DIR": str(Path.cwd())}
    hand_over([str(python), "-m", "scripts.cli", *arguments], environment)
