"""Measure how the build time grows with the number of pages and of clinics' editions.

Pages: a copy of this project in a temporary folder contains every page several times. Each copy of
the pages has its own folder, its own part of the menu, and its number in the titles; otherwise the
pages are the same, with all macros, checks and finishing steps. Only the lists of all pages are not
copied: they grow with the pages, and no real guide has sixteen of them. Data is not copied either,
and so neither are sheets, PDFs and short addresses: more pages do not mean more of them.

Editions: the examples in turn, each copy with its own name and address.
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
"""Number of copies of every page in the measured guides."""

EDITIONS = (1, 10, 50)

LISTS = re.compile(r"^\{\{ (a_to_z|source_library)\(.*\) \}\}$", re.MULTILINE)
"""Macros that list something for each page of the guide."""

EXAMPLES = ("example-us.yml", "example-uk.yml")
PARTS = ("content", "leaflets", "engine", "finishing")
"""Parts of a build: reading and checking content, then the parts of ``build_site``."""


def copy_project(target: Path, times: int) -> None:
    """Copy the project, with each of its pages several times.

    Args:
        target: Folder that does not exist yet.
        times: Number of copies of each page.
    """
    for folder in ("docs", "overrides", "scripts"):
        shutil.copytree(ROOT / folder, target / folder)
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, target)
    pages = target / "docs" / "en"
    originals = sorted(pages.rglob("*.md"))
    settings = target / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    if times > 1:
        # A section lists all of its pages on every page, a group in it only while it is open.
        text += "  - Copies:\n"
    for number in range(2, times + 1):
        home = f"copy-{number}"
        text += f"      - Copy {number}:\n"
        for original in originals:
            path = original.relative_to(pages).as_posix()
            copy = pages / home / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            page = original.read_text(encoding="utf-8")
            copy.write_text(_copied(page, home, number), encoding="utf-8")
            text += f"          - {home}/{path}\n"
    settings.write_text(text, encoding="utf-8")


def _copied(page: str, home: str, number: int) -> str:
    """Return a page with its own title, links to pages of its copy, and no list of all pages."""
    head, end, body = page.partition("\n---\n")
    # The title may be in quotes. The first heading has the same text.
    head = re.sub(r"^(title: .*?)([\"']?)$", rf"\1 ({number})\2", head, count=1, flags=re.MULTILINE)
    body = re.sub(r"^(# .*?)( \{.*)?$", rf"\1 ({number})\2", body, count=1, flags=re.MULTILINE)
    # Each role and each sheet has one page.
    head = re.sub(r"^(role|sheet): .*\n", "", head, flags=re.MULTILINE)
    head = re.sub(r"^  - (?=[\w/-]+\.md$)", f"  - {home}/", head, flags=re.MULTILINE)
    return head + end + LISTS.sub("", body)


def write_editions(folder: Path, count: int) -> None:
    """Write edition files that differ like those of clinics."""
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
        Number of pages, and the duration in seconds of each part and of the whole build.

    Raises:
        RuntimeError: The build failed.
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
    """Measures wall-clock time, and the processor time of all child processes, since its creation.

    Processor time is more reliable on a busy machine. Windows does not report it for children.
    """

    def __init__(self) -> None:
        self._clock, self._processors = time.perf_counter(), _of_children()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._clock, _of_children() - self._processors


def _of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def measure_pages() -> Iterator[str]:
    """Build the guide with more and more pages, and yield a Markdown table line by line."""
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
    """Build more and more editions, and yield a Markdown table line by line."""
    from scripts.build import BuildRequest
    from scripts.editions import build_editions, edition_files

    yield "| Editions | Whole, s | s an edition | Processors, s | s an edition |"
    yield f"|{' ---: |' * 5}"
    for count in EDITIONS:
        with TemporaryDirectory(prefix="crs-growth-") as temporary:
            home = Path(temporary)
            write_editions(home, count)
            requests = {file: BuildRequest(home / file.stem) for file in edition_files(home)}
            watch = _Stopwatch()
            if faults := [one.fault for one in build_editions(requests) if one.fault]:
                raise RuntimeError("\n".join(faults))
            whole, processors = watch.read()
        each = f"{whole / count:.1f} | {processors:.1f} | {processors / count:.1f}"
        yield f"| {count} | {whole:.1f} | {each} |"


if __name__ == "__main__":
    json.dump(_build_here(Path(sys.argv[1])), sys.stdout)
