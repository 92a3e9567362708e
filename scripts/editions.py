"""Create and check the file of a clinic's edition, and build many editions at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from scripts.build import BuildRequest, build_edition
from scripts.content import load_guide
from scripts.finishing.faults import FinishingError
from scripts.guide.errors import ContentError, Problem
from scripts.guide.guide import Guide
from scripts.guide.yaml_source import read
from scripts.root import ROOT

TEMPLATE = ROOT / "docs" / "data" / "editions" / "template.yml"
"""File that ``edition new`` writes: every setting with its meaning."""


class Result(NamedTuple):
    """The result of building one of many editions.

    Attributes:
        file: The edition's file.
        fault: Why the build failed; empty if it succeeded.
    """

    file: Path
    fault: str


def new_edition(path: Path) -> None:
    """Write an edition file to fill in.

    Raises:
        FileExistsError: The file exists already, and may have been filled in.
    """
    with path.open("x", encoding="utf-8") as file:
        file.write(TEMPLATE.read_text(encoding="utf-8"))


def load_edition(path: Path) -> Guide:
    """Return the guide with the settings of a clinic's file.

    Raises:
        ContentError: The file has errors; the message lists them all.
    """
    return load_guide(clinic=path.resolve())


def edition_files(folder: Path) -> list[Path]:
    """Return the edition files of a folder.

    Raises:
        ContentError: There is none, or two would be built into the same folder.
    """
    files = sorted(file for file in folder.glob("*.yml") if not file.name.startswith("."))
    if not files:
        fault, remedy = "there is no .yml file in it", "Put the file of each edition there."
        raise ContentError([Problem(folder.name, 1, "the folder", fault, remedy)])
    seen: dict[str, Path] = {}
    for file in files:
        # Many file systems do not distinguish upper and lower case.
        first = seen.setdefault(file.stem.casefold(), file)
        if first != file:
            fault = f"its site would overwrite that of {first.name}"
            raise ContentError([Problem(file.name, 1, "the file", fault, "Give it another name.")])
    return files


def build_editions(requests: Mapping[Path, BuildRequest]) -> Iterator[Result]:
    """Build many editions, one process for each core. No build starts before all files are checked.

    Each process makes content that is the same for all, such as icons, once and caches it.

    Args:
        requests: What to build, by the edition's file.

    Yields:
        The result of each edition, in the order given.

    Raises:
        ContentError: Files have errors; the message lists them all.
    """
    # Spawn, not fork: it works the same on every system, and is safe with threads.
    workers, start = min(os.cpu_count() or 1, len(requests)), get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=start) as pool:
        guides: dict[Path, Guide] = {}
        problems: list[Problem] = []
        for file, found in zip(requests, pool.map(_load, requests), strict=True):
            if isinstance(found, Guide):
                guides[file] = found
            else:
                problems += found
        problems += _same_addresses(guides)
        if problems:
            raise ContentError(problems)
        yield from pool.map(_build, requests.items(), guides.values())


def _load(file: Path) -> Guide | tuple[Problem, ...]:
    try:
        return load_edition(file)
    except ContentError as error:
        return error.problems


def _same_addresses(guides: Mapping[Path, Guide]) -> Iterator[Problem]:
    """Yield a problem for each edition with the address of another, as in a copied file."""
    seen: dict[str, Path] = {}
    for file, guide in guides.items():
        first = seen.setdefault(guide.edition.site_address.casefold(), file)
        if first != file:
            fault = f"{first.name} has the same address, so readers would get another clinic's"
            remedy = "Give each edition its own address."
            yield read(file, ROOT).problem(("site_address",), fault, remedy)


def _build(named: tuple[Path, BuildRequest], guide: Guide) -> Result:
    file, request = named
    try:
        built = build_edition(request, guide, capture=True)
    except (ContentError, FinishingError) as error:
        return Result(file, str(error))
    return Result(file, built.said if built.returncode else "")
