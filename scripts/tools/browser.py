"""Find the Chromium that the tests use, or say how to get one. No test is skipped without it."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scripts.tools.bootstrap import SetupError

VARIABLE = "CRS_CHROMIUM"
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
MAC_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_APPLICATIONS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
SHELL = "chromium-headless-shell"
"""Chromium without its window: the same engine, and a new tab costs a third of the time."""

DEBIAN_PACKAGES = ((SHELL, "fonts-liberation"), ("chromium", "fonts-liberation"))
"""What is installed, the best first: older systems lack the package of the shell."""


class BrowserNotFoundError(SetupError):
    """No usable browser was found. The message tells the user what to do."""


def is_root() -> bool:
    """Return whether this process runs as root; always False on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def chromium_flags(*, as_root: bool) -> tuple[str, ...]:
    """Return the flags that tests start Chromium with: no background tasks, no network access."""
    flags = (
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-quic",
        "--disable-sync",
        "--no-default-browser-check",
        "--no-first-run",
        # In a container, /dev/shm is often too small for a page of images.
        "--disable-dev-shm-usage",
        # The guide must not send requests to other hosts, so only this machine can be resolved.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    )
    # Chromium does not run as root with its sandbox, and CI containers run as root.
    return ("--no-sandbox", *flags) if as_root else flags


CHROMIUM_FLAGS = chromium_flags(as_root=is_root())


def chosen_chromium() -> Path | None:
    """Return the browser that ``$CRS_CHROMIUM`` names, or None if it is not set.

    Raises:
        BrowserNotFoundError: It names something that is not a file.
    """
    name = os.environ.get(VARIABLE)
    if not name:
        return None
    path = Path(name)
    if not path.is_file():
        raise BrowserNotFoundError(
            f"{VARIABLE} is set to {name}, which is not a file. Correct it, or unset it."
        )
    return path


def playwright_chromium() -> Path | None:
    """Return the browser that Playwright has downloaded, or None."""
    # In a separate process, because Playwright does not start inside a test that already uses it.
    question = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    done = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, encoding="utf-8", check=False
    )
    path = Path(done.stdout.strip())
    return path if done.returncode == 0 and path.is_file() else None


def installed_candidates() -> Iterator[Path]:
    """Yield each path where a system may have a browser based on Chromium."""
    for command in COMMANDS:
        if found := shutil.which(command):
            yield Path(found)
    if platform.system() == "Darwin":
        yield from map(Path, MAC_APPLICATIONS)
    if platform.system() == "Windows":
        for root in WINDOWS_ROOTS:
            if folder := os.environ.get(root):
                yield from (Path(folder) / application for application in WINDOWS_APPLICATIONS)


def find_chromium(*, with_window: bool = False) -> Path | None:
    """Return a browser: ``$CRS_CHROMIUM``, then the shell, Playwright's own, and the system's.

    Args:
        with_window: Whether it must be the whole browser, as people use it, not the shell.

    Raises:
        BrowserNotFoundError: ``$CRS_CHROMIUM`` names something that is not a file.
    """
    shell = None if with_window else shutil.which(SHELL)
    return (
        chosen_chromium()
        or (Path(shell) if shell else None)
        or playwright_chromium()
        or next((path for path in installed_candidates() if path.is_file()), None)
    )


def how_to_get_one() -> str:
    """Return instructions for installing a browser, one command for each system."""
    return (
        "The browser tests need Chromium or Chrome, and none was found. Install one, then run the"
        " same command again:\n"
        "  Debian:   sudo apt-get update && sudo apt-get install -y chromium\n"
        "  macOS:    brew install --cask chromium\n"
        "  Windows:  winget install Google.Chrome\n"
        "  any:      .venv/bin/python -m playwright install chromium"
        "   (Windows: .venv\\Scripts\\python.exe)\n"
        f"If you have one elsewhere, set {VARIABLE} to its path."
    )


def apt_get(install: list[str]) -> str | None:
    """Update Debian's package lists, then run an install command.

    Args:
        install: The whole command.

    Returns:
        None on success, else the command that failed and its last lines.
    """
    for command in (["apt-get", "update"], install):
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            check=False,
        )
        if done.returncode:
            end = "\n".join(f"    {line}" for line in done.stdout.splitlines()[-8:])
            return f"{' '.join(command[:2])} failed. It said:\n{end}"
    return None


def install_with_apt(choices: Iterable[Sequence[str]]) -> None:
    """Install a browser from Debian, after a message that says so.

    Args:
        choices: Packages; if the first ones cannot be installed, the next are tried.

    Raises:
        BrowserNotFoundError: apt-get failed each time; holds its last lines.
    """
    failure: str | None = None
    for packages in choices:
        install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
        print(
            "No Chromium found. Installing Debian's for the browser tests (about a minute):\n"
            f"  apt-get update && {' '.join(install)}",
            file=sys.stderr,
            flush=True,
        )
        failure = apt_get(install)
        if failure is None:
            return
    raise BrowserNotFoundError(f"{failure}\n\n{how_to_get_one()}")


def find_or_install_chromium(*, with_window: bool = False) -> Path:
    """Return a browser. As root on Debian, install one if there is none.

    Args:
        with_window: Whether it must be the whole browser, as people use it, not the shell.

    Raises:
        BrowserNotFoundError: There is none. The message says how to get one.
    """
    if found := find_chromium(with_window=with_window):
        return found
    if is_root() and shutil.which("apt-get"):
        install_with_apt(DEBIAN_PACKAGES[1:] if with_window else DEBIAN_PACKAGES)
        if found := find_chromium(with_window=with_window):
            return found
    raise BrowserNotFoundError(how_to_get_one())
