"""Time and memory grow only in proportion to the pages: each step reads a page a few times."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement, document_fromstring

from scripts import finishing
from scripts.content import HANDED_OVER, load_guide
from scripts.finishing.compress import compress
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.measure.growth import LISTS, copy_project, write_editions
from scripts.root import ROOT

EVERY = 6
"""One page of so many is added again: a step that reads all pages for each page shows in a few."""


@pytest.fixture(scope="module")
def unfinished(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as the engine leaves them."""
    folder = tmp_path_factory.mktemp("unfinished") / "site"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **HANDED_OVER},
        input=pickle.dumps(guide),
        check=True,
    )
    return folder


def copied(guide: Guide, folder: Path) -> Guide:
    """Return a guide in whose built folder and data some pages of all kinds occur twice."""
    pages = dict(guide.pages)
    for path, page in [*guide.pages.items()][::EVERY]:
        copy = f"copy/{path}"
        # A copy has no role, and its scripts are not where its relative addresses lead.
        usual = page.meta.model_copy(update={"role": None, "offline_rank": 50})
        pages[copy] = replace(page, path=copy, meta=usual)
        file = folder / url_of(copy) / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / url_of(path) / "index.html", file)
    return replace(guide, pages=pages)


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """The number of times that all steps together read, write and parse pages."""
    counter: Counter[str] = Counter()
    read, write = Path.read_text, Path.write_text

    def counted_parse(html: str) -> HtmlElement:
        counter["parsed"] += 1
        return document_fromstring(html)

    def counted_read(path: Path, *given: Any, **named: Any) -> str:
        counter["read"] += path.suffix == ".html"
        return read(path, *given, **named)

    def counted_write(path: Path, *given: Any, **named: Any) -> int:
        counter["written"] += path.suffix == ".html"
        return write(path, *given, **named)

    monkeypatch.setattr("scripts.finishing.site.document_fromstring", counted_parse)
    monkeypatch.setattr(Path, "read_text", counted_read)
    monkeypatch.setattr(Path, "write_text", counted_write)
    # Compression reads each file as bytes and parses none, but takes half of the time.
    steps = tuple(step for step in finishing.STEPS if step is not compress)
    monkeypatch.setattr(finishing, "STEPS", steps)
    return counter


def test_finishing_looks_at_no_page_more_often_because_there_are_more(
    unfinished: Path, guide: Guide, count: Counter[str], tmp_path: Path
) -> None:
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    for name, found in (("before", before), ("after", after)):
        folder = tmp_path / name
        shutil.copytree(unfinished, folder)
        finished = guide if found is before else copied(guide, folder)
        count.clear()
        finishing.finish(folder, finished)
        found.update(count)
    added = len(finished.pages) - len(guide.pages)
    more = {what: times - before[what] for what, times in after.items()}
    assert more == {"read": added, "parsed": added, "written": added}, (before, after)


def test_the_larger_guide_that_is_measured_passes_every_check(tmp_path: Path, guide: Guide) -> None:
    target = tmp_path / "project"
    copy_project(target, 2)
    larger = load_guide(target)
    assert len(larger.pages) == 2 * len(guide.pages)
    menu = (target / "mkdocs.yml").read_text(encoding="utf-8")
    lists = ("a-z.md", "about/sources.md", "about/studies.md", "about/medicines.md")
    for path, page in larger.pages.items():
        assert path in menu or path in guide.pages
        assert bool(LISTS.search(page.body)) == (path in lists), path
    titles = [page.meta.title for page in larger.pages.values()]
    assert len(set(titles)) == 2 * len({page.meta.title for page in guide.pages.values()})


def test_the_editions_that_are_measured_differ_as_those_of_clinics(tmp_path: Path) -> None:
    write_editions(tmp_path, 3)
    guides = [load_guide(clinic=file) for file in sorted(tmp_path.glob("*.yml"))]
    assert len({guide.edition.site_address for guide in guides}) == 3
    assert len({guide.edition.name for guide in guides}) == 3
    assert {guide.edition.region for guide in guides} == {"us", "uk"}
