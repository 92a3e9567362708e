"""Set up everything that a verb needs and run it, using only Python's standard library.

This module runs on whatever Python is installed, so its syntax must not be newer than Python 3.8.
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

# The test lock contains every package of the run lock, in the same version.
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
    """The environment cannot be set up. The message tells the user what to do."""


def say(line: str) -> None:
    """Print progress to stderr, so that the output of a verb can be piped."""
    print(line, file=sys.stderr, flush=True)


def dotted(version: Sequence[int]) -> str:
    """Return a version in dotted form, such as ``3.11.5``."""
    return ".".join(str(part) for part in version)


def running_python() -> Version:
    """Return the version of the running Python."""
    return (sys.version_info[0], sys.version_info[1], sys.version_info[2])


# --- What can be missing ------------------------------------------------------------------------


def answers(command: str) -> bool:
    """Return whether a Python of this name exists and starts; a version manager's stub does not."""
    return bool(shutil.which(command)) and run_quietly([command, "--version"])[0] == 0


def check_python(found: Version, arguments: Sequence[str]) -> None:
    """Check that this Python is new enough.

    Raises:
        SetupError: It is too old. The message names both versions and how to get a newer one.
    """
    if found >= OLDEST_PYTHON:
        return
    command = " ".join(["-m scripts", *arguments])
    need = f"This guide needs Python {dotted(OLDEST_PYTHON)} or newer."
    lines = [f"{need} This one is {dotted(found)} ({sys.executable})."]
    # A newer version is often installed too: macOS and Debian keep `python3` at the old one.
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
    """Check that this Python can create environments; Debian packages that part separately.

    Raises:
        SetupError: It cannot. The message names the package to install.
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
    """Return the path of the Python in an environment, whether or not it exists."""
    if platform.system() == "Windows":
        return folder / "Scripts" / "python.exe"
    return folder / "bin" / "python"


def lock_file(purpose: str) -> Path:
    """Return the lockfile of a purpose: run, test, zensical or audit."""
    return LOCKS / f"{purpose}.txt"


def stamp_for(purpose: str) -> str:
    """Return a line that identifies a finished environment: purpose, lockfile hash and Python."""
    digest = hashlib.sha256(lock_file(purpose).read_bytes()).hexdigest()
    return f"{purpose} {digest} {dotted(running_python())}"


def stamp_file(folder: Path) -> Path:
    """Return the path of the stamp, which is written last and so marks a finished environment."""
    return folder / "crs-guide-stamp.txt"


def read_stamp(folder: Path) -> str:
    """Return the stamp of an environment, empty if it is not finished."""
    try:
        stamp = stamp_file(folder).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
    return stamp if environment_python(folder).exists() else ""


def is_ready(folder: Path, purpose: str) -> bool:
    """Return whether an environment contains what a purpose needs."""
    return read_stamp(folder) in [stamp_for(other) for other in SATISFIED_BY[purpose]]


def is_whole(folder: Path) -> bool:
    """Return whether an environment was once finished by this Python, with any lockfile."""
    return read_stamp(folder).endswith(f" {dotted(running_python())}")


def run_quietly(command: Sequence[str]) -> tuple[int, str]:
    """Run a command and return its exit code and all its output."""
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


CALLER_FOLDER = "CRS_CALLER_DIR"
"""Environment variable: the user's working directory, from which a verb resolves paths."""


def child_environment() -> dict[str, str]:
    """Return the environment variables for every command that these scripts run.

    The caller's folder is not passed on: only the verb that the user typed resolves paths from it.
    """
    return {
        **{name: value for name, value in os.environ.items() if name != CALLER_FOLDER},
        # At each build Material prints a banner about its end of life, which would hide real
        # warnings. docs/contributing/architecture.md covers the matter.
        "NO_MKDOCS_2_WARNING": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        # If the environment is damaged, pip must not change the system's Python.
        "PIP_REQUIRE_VIRTUALENV": "1",
        # By default, Windows reads files in its own code page.
        "PYTHONUTF8": "1",
    }


def last_lines(output: str, count: int = 12) -> str:
    """Return the last lines of a tool's output, indented, with long lines cut."""
    return "\n".join(f"    {line[:160]}" for line in output.strip().splitlines()[-count:])


def make_environment(folder: Path) -> None:
    """Create an empty environment, replacing any incomplete one.

    Raises:
        SetupError: Python cannot create it.
    """
    check_venv_modules(running_python())
    code, output = run_quietly([sys.executable, "-m", "venv", "--clear", str(folder)])
    if code:
        raise SetupError(f"Python could not make {folder}. It said:\n{last_lines(output)}")


def pip_failure(output: str) -> str:
    """Return advice on pip's error, with the end of its output."""
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
            "  Try once more with PIP_NO_CACHE_DIR=1. If it happens again, your index or proxy"
            " changes files: do not bypass this check, ask its administrator."
        )
    elif "No space left on device" in output:
        advice = "The disk is full. The packages need about 500 MB; make room and run again."
    else:
        advice = "The packages could not be installed. Fix what pip reports, then run again."
    return f"{advice}\n  pip said:\n{last_lines(output)}"


def install_packages(python: Path, lock: Path) -> None:
    """Install exactly the packages of a lockfile into the environment of ``python``.

    Raises:
        SetupError: pip failed. The message says why and what to do.
    """
    command = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes"]
    code, output = run_quietly([*command, "-r", str(lock)])
    if code:
        raise SetupError(pip_failure(output))


@contextlib.contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Hold a file lock, so that two commands that start together run the setup one after the other.

    The lock is on the package lockfile; the system releases it even if the process is killed.
    Windows has no lock that lets others still read the file: there the second command may fail
    and must be run again.
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
            pass  # some network drives cannot lock: continue without
        yield


def ensure_environment(purpose: str, folder: Path = ENVIRONMENT) -> Path:
    """Install what a purpose needs into an environment, unless it is already there.

    Args:
        purpose: run, test, zensical or audit.
        folder: Folder of the environment.

    Returns:
        The Python of the environment.

    Raises:
        SetupError: The setup failed. The message says how to fix it.
    """
    python = environment_python(folder)
    if is_ready(folder, purpose):
        return python
    # Always lock the run lockfile, because run and test share an environment.
    with one_at_a_time(lock_file("run")):
        if is_ready(folder, purpose):
            return python
        # An interrupted setup may have left pip or a package incomplete without any sign of it.
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
    """Replace this process with another command, run at the repository root.

    Whoever stops the process then stops the real command. Windows cannot replace a process
    without losing the terminal, so there the command runs as a child process.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    if platform.system() == "Windows":
        with subprocess.Popen(command, env=environment, cwd=str(ROOT)) as process:
            while True:
                # Ctrl+C reaches both processes; the child decides how to end.
                with contextlib.suppress(KeyboardInterrupt):
                    sys.exit(process.wait())
    os.chdir(ROOT)
    os.execve(command[0], command, environment)


def help_text(arguments: Sequence[str]) -> str | None:
    """Return the help text if the arguments ask for it, else None."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        return overview()
    before_dashes = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    if arguments[0] in VERBS and ("-h" in before_dashes or "--help" in before_dashes):
        return describe(arguments[0])
    return None


def main(arguments: Sequence[str]) -> int:
    """Set up what a verb needs and run it.

    Args:
        arguments: The verb and its options.

    Returns:
        The exit code, if the verb was not run: 0 for help, 1 for a failed setup, 2 for an unknown
        verb, 130 if interrupted.
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
    environment = {**child_environment(), CALLER_FOLDER: str(Path.cwd())}
    hand_over([str(python), "-m", "scripts.cli", *arguments], environment)
