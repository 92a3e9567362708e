"""List this project's dependencies: locked packages, and files of others in the repository."""

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
"""This project's name, as written in the lockfiles."""


@dataclass(frozen=True)
class Package:
    """A package of a lockfile.

    Attributes:
        name: Name as registries write it: lower case and hyphens.
        version: Locked version.
        hashes: Hash of each file that may be installed for it.
        needed_by: Packages that require it; ``PROJECT`` if this project does.
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]

    @cached_property
    def license(self) -> str:
        """The license stated by the installed package, in its own words; empty if it states none.

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
    """Unchanged files of others that this repository contains.

    Attributes:
        name: Name that their makers use.
        version: Version in the repository.
        license: An SPDX expression.
        origin: URL that they come from.
        files: Paths below the repository root.
        license_file: Path of their license, below the repository root.
    """

    name: str
    version: str
    license: str
    origin: str
    files: tuple[str, ...]
    license_file: str

    def paths(self) -> tuple[Path, ...]:
        """Return the paths of the files."""
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
    Carried(
        name="Inter Figures",
        version="4.1",
        license="OFL-1.1",
        origin="https://rsms.me/inter/",
        files=(f"{FONTS}/InterFigures-Bold.ttf", f"{FONTS}/InterFigures-Regular.ttf"),
        license_file=f"{FONTS}/LICENSE-Inter",
    ),
)


def normalized(name: str) -> str:
    """Return the name of a package as registries and lockfiles write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(purpose: str) -> dict[str, Package]:
    """Return the packages of a lockfile, by name.

    Args:
        purpose: Name of the lockfile in ``scripts/locks``, such as run.
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
    """Return the names of all lockfiles, sorted."""
    return sorted(file.stem for file in LOCKS.glob("*.txt"))
