"""What this project rests on: its locked packages, and the files of others that it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import metadata
from pathlib import Path

from scripts.root import ROOT
from scripts.tools.bootstrap import LOCKS, lock_file

ENTRY = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)(.*(?:\n[ ]+.*)*)", re.MULTILINE)
NEEDED_BY = re.compile(
    r"#(?: via)? +(?!via)([a-z0-9][a-z0-9._-]*(?: \(pyproject\.toml.*\))?)$", re.MULTILINE
)
HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})(?=\s)")
PROJECT = "crs-guide"
"""Our own name, as the locks have it."""


@dataclass(frozen=True)
class Package:
    """A package of a lock.

    Attributes:
        name: As registries write it: small letters and hyphens.
        version: The one that is installed.
        hashes: Of each file that may be installed for it.
        needed_by: The packages that ask for it; ``PROJECT`` where we do.
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]

    @cached_property
    def license(self) -> str:
        """The license that the installed package names: its own words, empty if it has none.

        Raises:
            PackageNotFoundError: It is not installed.
        """
        found = metadata(self.name)
        named = [found[key] for key in ("License-Expression", "License") if found[key]]
        classified = [
            line.rpartition(" :: ")[2]
            for line in found.get_all("Classifier") or ()
            if line.startswith("License :: ")
        ]
        return next((text for text in named if text != "UNKNOWN"), ", ".join(classified))


@dataclass(frozen=True)
class Carried:
    """Files of others that stand in this project as they are.

    Attributes:
        name: As their makers call them.
        version: The one that is here.
        license: An SPDX expression.
        origin: Where they come from.
        files: Below the repository root.
        license_file: Their license, below the repository root.
    """

    name: str
    version: str
    license: str
    origin: str
    files: tuple[str, ...]
    license_file: str

    def paths(self) -> tuple[Path, ...]:
        """Give the files."""
        return tuple(ROOT / file for file in self.files)


FONTS = "scripts/leaflets/fonts"
CARRIED = (
    Carried(
        name="MiniSearch",
        version="7.2.0",
        license="MIT",
        origin="https://www.npmjs.com/package/minisearch",
        files=("overrides/assets/vendor/minisearch.min.js",),
        license_file="overrides/assets/vendor/minisearch.txt",
    ),
    Carried(
        name="Atkinson Hyperlegible",
        version="1.006",
        license="OFL-1.1",
        origin="https://www.brailleinstitute.org/",
        files=(
            f"{FONTS}/AtkinsonHyperlegible-Bold.ttf",
            f"{FONTS}/AtkinsonHyperlegible-Regular.ttf",
        ),
        license_file=f"{FONTS}/LICENSE",
    ),
)


def normalized(name: str) -> str:
    """Give the name of a package as registries and locks write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(purpose: str) -> dict[str, Package]:
    """Read a lock.

    Args:
        purpose: Its name in ``scripts/locks``, such as run.
    """
    text = lock_file(purpose).read_text(encoding="utf-8")
    return {
        name: Package(
            name,
            version,
            tuple(HASH.findall(rest + "\n")),
            tuple(found.split(" ")[0] for found in NEEDED_BY.findall(rest)),
        )
        for name, version, rest in ENTRY.findall(text)
    }


def purposes() -> list[str]:
    """List the locks by name."""
    return sorted(file.stem for file in LOCKS.glob("*.txt"))
