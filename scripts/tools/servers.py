"""Find nginx and Caddy, which the tests start, or say how to get them."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.tools.bootstrap import SetupError
from scripts.tools.browser import apt_get, is_root

SERVERS = ("nginx", "caddy")
"""The commands, which are also the names of their Debian packages."""

SYSTEM_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/usr/local/bin")
"""Folders that may contain a server but are often not in the PATH of users other than root."""

POLICY = Path("/usr/sbin/policy-rc.d")
"""Script that Debian runs to ask whether it may start a newly installed service."""


class ServerNotFoundError(SetupError):
    """A server is missing. The message tells the user what to do."""


def variable_of(name: str) -> str:
    """Return the environment variable that selects a server: ``CRS_NGINX`` for nginx."""
    return f"CRS_{name.upper()}"


def find_server(name: str) -> Path | None:
    """Return a server, or None: from its variable, then the PATH, then the system folders.

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
    """Return instructions for installing servers, one command for each system."""
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
    """Keep Debian from starting the installed servers, which would open port 80 of this machine."""
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
    """Install Debian's packages, after a message that says so, without starting any server.

    Raises:
        ServerNotFoundError: apt-get failed. The message contains its last lines.
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
    """Return the servers by name. As root on Debian, install those that are missing.

    Root on Debian is nearly always a container, as on CI: nobody is there to be asked, and the
    README promises that one command passes the tests on a fresh machine. Everybody else is told
    what to install, because a test command must not change a person's system.

    Raises:
        ServerNotFoundError: A server is missing. The message says how to get it.
    """
    missing = [name for name in SERVERS if find_server(name) is None]
    if missing and platform.system() == "Linux" and is_root() and shutil.which("apt-get"):
        install_with_apt(missing)
    found = {name: path for name in SERVERS if (path := find_server(name))}
    if missing := [name for name in SERVERS if name not in found]:
        raise ServerNotFoundError(how_to_get(missing))
    return found
