"""Measures how the time of a build grows with the pages and with the clinics' editions.

Pages: a copy of this project in a temporary folder, in which every page stands several times. A
copy has a folder and a part of the menu of its own and the number of the copy in its title; else
it is the same page, with all its macros, checks and finishing steps. Only lists of all pages stand
once, where they grow with the pages: sixteen of them would be a thing that nobody makes. Data, and
so sheets, PDFs and short addresses, are not copied: no page makes more of them.

Editions: the examples, in turns, each copy with a name and an address of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.root import ROOT
from scripts.tools.bootstrap import child_environment

PAGES = (1, 4, 16)
"""How often every page stands in the guide that is measured."""

EDITIONS = (1, 10, 50)

LISTS = re.compile(r"^\{\{ (a_to_z|source_library)\(\) \}\}$", re.MULTILINE)
"""Macros that list something of each page of the guide."""

EXAMPLES = ("example-us.yml", "example-uk.yml")
PARTS = ("content", "leaflets", "engine", "finishing")
"""What a build spends its time on: reading and checking, then the parts of ``build_site``."""


def copy_project(target: Path, times: int) -> None:
    """Copy the project so that each of its pages stands in it several times.

    Args:
        target: A folder that is not there yet.
        times: How often.
    """
    for folder in ("docs", "overrides", "scripts"):
        shutil.copytree(ROOT / folder, target / folder)
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, target)
    pages = target / "docs" / "en"
    originals = sorted(pages.rglob("*.md"))
    settings = target / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    for number in range(2, times + 1):
        home = f"copy-{number}"
        text += f"  - Copy {number}:\n"
        for original in originals:
            path = original.relative_to(pages).as_posix()
            copy = pages / home / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            page = original.read_text(encoding="utf-8")
            copy.write_text(_copied(page, home, number), encoding="utf-8")
            text += f"      - {home}/{path}\n"
    settings.write_text(text, encoding="utf-8")


def _copied(page: str, home: str, number: int) -> str:
    """Give a page a title of its own, ways on to the pages of its copy, and no list of all."""
    head, end, body = page.partition("\n---\n")
    # The title may stand in quotes; the first heading says the same.
    head = re.sub(r"^(title: .*?)([\"']?)$", rf"\1 ({number})\2", head, count=1, flags=re.MULTILINE)
    body = re.sub(r"^(# .*?)( \{.*)?$", rf"\1 ({number})\2", body, count=1, flags=re.MULTILINE)
    head = re.sub(r"^role: .*\n", "", head, flags=re.MULTILINE)  # each role has one page
    head = re.sub(r"^  - (?=[\w/-]+\.md$)", f"  - {home}/", head, flags=re.MULTILINE)
    return head + end + LISTS.sub("", body)


def write_editions(folder: Path, count: int) -> None:
    """Write the files of some editions that differ as those of clinics do."""
    examples = ROOT / "docs" / "data" / "editions"
    shutil.copy(examples / "example-logo.svg", folder)
    for number in range(count):
        text = (examples / EXAMPLES[number % len(EXAMPLES)]).read_text(encoding="utf-8")
        text = re.sub(r"^((?:short_)?name: .*)$", rf"\1 {number}", text, flags=re.MULTILINE)
        text = re.sub(
            r"^(site_address: https://)", rf"\1clinic-{number}.", text, flags=re.MULTILINE
        )
        (folder / f"clinic-{number}.yml").write_text(text, encoding="utf-8")


def build_copy(project: Path, site: Path) -> dict[str, float]:
    """Build a copy of the project with its own scripts.

    Returns:
        The number of its pages, and the seconds of each part and of the whole.

    Raises:
        RuntimeError: The build stopped.
    """
    done = subprocess.run(
        [sys.executable, "-m", "scripts.measure.growth", str(site)],
        cwd=project,
        env=child_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _build_here(site: Path) -> dict[str, float]:
    from scripts.build import build_site
    from scripts.content import load_guide

    started = time.perf_counter()
    guide = load_guide()
    content = time.perf_counter() - started
    built = build_site(guide, site, capture=True)
    if built.returncode:
        sys.exit(built.said)
    whole = time.perf_counter() - started
    return {"pages": len(guide.pages), "whole": whole, "content": content, **built.seconds}


class _Stopwatch:
    """Tells the time by the clock, and that of all processors together, since it was made.

    The second says more on a machine that is busy. Windows does not tell it of other processes.
    """

    def __init__(self) -> None:
        self._clock, self._processors = time.perf_counter(), _of_children()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._clock, _of_children() - self._processors


def _of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def measure_pages() -> Iterator[str]:
    """Build the guide with more and more pages; give a table as Markdown, line by line."""
    parts = " | ".join(f"{part.capitalize()}, s" for part in PARTS)
    yield f"| Pages | Whole, s | {parts} | ms a page | Processors, s | ms a page |"
    yield f"| ---: |{' ---: |' * (len(PARTS) + 4)}"
    for times in PAGES:
        with TemporaryDirectory(prefix="crs-growth-") as temporary:
            project = Path(temporary, "project")
            copy_project(project, times)
            watch = _Stopwatch()
            found = build_copy(project, Path(temporary, "site"))
            _, processors = watch.read()
        seconds = " | ".join(f"{found[part]:.1f}" for part in ("whole", *PARTS))
        by_clock, worked = (
            1000 * seconds_of / found["pages"] for seconds_of in (found["whole"], processors)
        )
        yield f"| {found['pages']} | {seconds} | {by_clock:.0f} | {processors:.1f} | {worked:.0f} |"


def measure_editions() -> Iterator[str]:
    """Build more and more editions; give a table as Markdown, line by line."""
    from scripts.build import Order
    from scripts.editions import build_editions, edition_files

    yield "| Editions | Whole, s | s an edition | Processors, s | s an edition |"
    yield f"|{' ---: |' * 5}"
    for count in EDITIONS:
        with TemporaryDirectory(prefix="crs-growth-") as temporary:
            home = Path(temporary)
            write_editions(home, count)
            orders = {file: Order(home / file.stem) for file in edition_files(home)}
            watch = _Stopwatch()
            if faults := [one.fault for one in build_editions(orders) if one.fault]:
                raise RuntimeError("\n".join(faults))
            whole, processors = watch.read()
        each = f"{whole / count:.1f} | {processors:.1f} | {processors / count:.1f}"
        yield f"| {count} | {whole:.1f} | {each} |"


if __name__ == "__main__":
    json.dump(_build_here(Path(sys.argv[1])), sys.stdout)
