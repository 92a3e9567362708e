"""Find the web servers that the tests start, nginx and Caddy, or say how to get them."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.tools.browser import apt_get, is_root

SERVERS = ("nginx", "caddy")
"""Commands, and the names of their Debian packages."""

SYSTEM_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/usr/local/bin")
"""Where a server may stand, though the path of someone who is not root leaves it out."""

POLICY = Path("/usr/sbin/policy-rc.d")
"""Asked by Debian before a freshly installed service is started."""


class ServerNotFoundError(Exception):
    """A server is missing. The text tells the person at the keyboard what to do."""


def variable_of(name: str) -> str:
    """Give the variable that names a server to use: ``CRS_NGINX`` for nginx."""
    return f"CRS_{name.upper()}"


def find_server(name: str) -> Path | None:
    """Find a server: the variable first, then the path, then the system's folders.

    Args:
        name: One of ``SERVERS``.

    Raises:
        ServerNotFoundError: The variable names something that is not a file.
    """
    if chosen := os.environ.get(variable_of(name)):
        if Path(chosen).is_file():
            return Path(chosen)
        raise ServerNotFoundError(
            f"{variable_of(name)} is set to {chosen}, which is not a file. Correct it, or unset it."
        )
    folders = os.pathsep.join((os.environ.get("PATH", ""), *SYSTEM_FOLDERS))
    found = shutil.which(name, path=folders)
    return Path(found) if found else None


def how_to_get(missing: list[str]) -> str:
    """Say how to get servers, one command for each system."""
    names = " ".join(missing)
    return (
        f"The tests start real web servers, and these were not found: {names}. Install them, then"
        " run the same command again:\n"
        f"  Debian:   sudo apt-get update && sudo apt-get install -y {names}\n"
        f"  macOS:    brew install {names}\n"
        "  Windows:  winget install nginxinc.nginx; winget install CaddyServer.Caddy\n"
        "If you have them elsewhere, set "
        + " and ".join(f"{variable_of(name)} to the path of {name}" for name in missing)
        + "."
    )


@contextmanager
def _no_service_started() -> Iterator[None]:
    """Keep Debian from opening port 80 of this machine with what we install for a test."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def install_with_apt(missing: list[str]) -> None:
    """Install Debian's packages, saying so first, and start none of them.

    Raises:
        ServerNotFoundError: apt-get failed; holds its last lines.
    """
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    print(
        f"Installing Debian's {' and '.join(missing)} for the hosting tests:\n"
        f"  apt-get update && {' '.join(install)}",
        file=sys.stderr,
        flush=True,
    )
    with _no_service_started():
        failure = apt_get(install)
    if failure:
        raise ServerNotFoundError(f"{failure}\n\n{how_to_get(missing)}")


def find_or_install_servers() -> dict[str, Path]:
    """Find the servers; where we are root on Debian, install those that are missing.

    Raises:
        ServerNotFoundError: One is missing; says how to get it.
    """
    missing = [name for name in SERVERS if find_server(name) is None]
    if missing and platform.system() == "Linux" and is_root() and shutil.which("apt-get"):
        install_with_apt(missing)
    found = {name: path for name in SERVERS if (path := find_server(name))}
    if missing := [name for name in SERVERS if name not in found]:
        raise ServerNotFoundError(how_to_get(missing))
    return found
