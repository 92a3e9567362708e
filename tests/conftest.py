"""Fixtures that all suites share: the built guide, a local server for it, and a browser."""

from __future__ import annotations

import fcntl
import functools
import gc
import http.server
import io
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import pytest
import yaml
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from scripts import cli
from scripts.build import build_site
from scripts.content import load_guide
from scripts.finishing.site import STUB
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.root import ROOT
from scripts.tools.browser import CHROMIUM_FLAGS, find_or_install_chromium

# The same examples in each run, so that a failure can be repeated.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")


SUITES = ("unit", "content", "site", "browser", "print")
IN_EACH_QUICK_RUN = ("tests/unit/", "tests/content/")
LONGEST = (
    "tests/browser/test_offline.py",
    "tests/site/test_hostile.py",
    "tests/site/test_edition_build.py",
    "tests/browser/test_second_engine.py",
    "tests/site/test_review_pack.py",
)
"""Files with few tests that take minutes. They start first, so that no worker is left with one
at the end; the short files of ``unit`` come last anyway."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option ``--quick``, for runs between commits."""
    about = f"run {' and '.join(IN_EACH_QUICK_RUN)} and what is marked “essential” elsewhere"
    parser.addoption("--quick", action="store_true", help=about)


def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are cores: tests with a browser often wait for it."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort the longest files first, and deselect slow tests in a quick run."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    if config.getoption("--quick"):
        left_out = [
            item
            for item in items
            if not item.nodeid.startswith(IN_EACH_QUICK_RUN)
            and item.get_closest_marker("essential") is None
        ]
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]


def pytest_collection_finish() -> None:
    """Make garbage collection rarer, because a worker keeps sites and guides in memory to its end.

    This saves a tenth of the time of tests without a browser.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many tests of each suite ran: a suite that was skipped shows as 0."""
    ran = {
        report.nodeid
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport)
    }
    counts = {suite: sum(name.startswith(f"tests/{suite}/") for name in ran) for suite in SUITES}
    shown = ", ".join(f"{suite} {count}" for suite, count in counts.items())
    terminalreporter.write_line(f"Tests by suite: {shown}. In all: {len(ran)}.")


@dataclass(frozen=True)
class Site:
    """A built guide.

    Attributes:
        folder: The folder of the site.
        url: The address of its server, with a slash at the end.
        log: The output of the engine during the build.
    """

    folder: Path
    url: str
    log: str

    def file(self, path: str) -> Path:
        """Return the built file of a page, such as ``about/index.md``."""
        return self.folder / url_of(path) / "index.html"

    def pages(self) -> dict[str, Path]:
        """Return every page by its path, without the stubs that only redirect."""
        return {
            file.relative_to(self.folder).as_posix(): file
            for file in sorted(self.folder.rglob("*.html"))
            if STUB not in file.read_text(encoding="utf-8")
        }

    def html(self, path: str) -> str:
        """Return the HTML of a page."""
        return self.file(path).read_text(encoding="utf-8")

    def address(self, path: str) -> str:
        """Return the address at which a page is served."""
        return self.url + url_of(path)


def build(folder: Path, *, config: Path) -> str:
    """Build only the pages of a site, in strict mode, and return the output of MkDocs."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "MACROS_FAIL": "true"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"the build stopped:\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Log nothing: only the output of the tests is of interest."""


class QuietServer(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a browser that has closed the connection early."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def serve(
    folder: Path, kind: type[http.server.SimpleHTTPRequestHandler] = QuietHandler
) -> Iterator[str]:
    """Serve a folder on a free local port for as long as the caller needs it.

    Args:
        folder: The folder.
        kind: The class of the request handler.
    """
    handler = functools.partial(kind, directory=str(folder))
    server = QuietServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The checked content."""
    return load_guide()


class Shared:
    """Folders that one worker makes and all workers of a run read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.before: dict[Path, dict[Path, tuple[int, int]]] = {}

    def folder(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return a folder. The first worker that asks for it makes it; the others wait.

        Args:
            name: The name of the folder, unique in the run.
            make: A function that fills the folder, which exists and is empty.
        """
        folder = self.root / name
        done = self.root / f"{name}.done"
        with (self.root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.is_file():
                shutil.rmtree(folder, ignore_errors=True)  # left by a failed attempt
                folder.mkdir()
                make(folder)
                done.touch()
        self.before[folder] = state_of(folder)
        return folder

    def changed(self) -> list[str]:
        """Return the files that have changed since their folder was made."""
        return [
            path.relative_to(self.root).as_posix()
            for folder, before in self.before.items()
            for path, _ in sorted(before.items() ^ state_of(folder).items())
        ]


def state_of(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return the size and modification time of each file of a folder."""
    stats = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in stats.items()}


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """The shared folders of this run. A test must not change them: other workers read them."""
    root = tmp_path_factory.getbasetemp()
    # Each worker of pytest-xdist has a folder of its own in the folder of the run.
    shared = Shared(root.parent if "PYTEST_XDIST_WORKER" in os.environ else root)
    yield shared
    assert shared.changed() == [], "a test has changed what it shares; let it change a copy"


@pytest.fixture(scope="session")
def site(shared: Shared) -> Iterator[Site]:
    """The complete guide as it is published, built once and served."""

    def make(home: Path) -> None:
        done = build_site(load_guide(), home / "site", capture=True)
        assert done.returncode == 0, f"the build stopped:\n{done.said}"
        (home / "log").write_text(done.said, encoding="utf-8")

    yield from served(shared.folder("guide", make))


CATALOGUE = ("components.md", "blocks.md", "style.md")
"""The pages of the catalogue, in ``docs/contributing``."""


@pytest.fixture(scope="session")
def catalogue(shared: Shared) -> Iterator[Site]:
    """The catalogue: all components and blocks with their edge cases. It is never published."""

    def make(home: Path) -> None:
        log = build(home / "site", config=catalogue_config(home))
        (home / "log").write_text(log, encoding="utf-8")

    yield from served(shared.folder("catalogue", make))


def served(home: Path) -> Iterator[Site]:
    """Serve the site of a shared folder, which contains ``site`` and ``log``."""
    for url in serve(home / "site"):
        yield Site(home / "site", url, (home / "log").read_text(encoding="utf-8"))


PATIENCE = 180_000
"""Limit in milliseconds for what a browser or a build does by itself; reached only if a test fails.
A page of the preview comes when it is built, which takes over 30 seconds on a busy machine."""

expect.set_options(timeout=PATIENCE)

RAN = """(even_if_later) => new Promise((done) => {
  const mark = document.querySelector("script[data-later]");
  const waits = mark && mark.dataset.wait > 1000 && !even_if_later;
  if (!mark || waits || !matchMedia("(scripting: enabled)").matches) return done();
  const address = new URL(mark.dataset.later, document.baseURI).href;
  const asked = () => [...document.scripts].find((script) => script.src === address);
  const styles = document.head.getElementsByTagName("link");
  const paper = () => [...styles].every(({ media, sheet }) => media !== "print" || sheet);
  // A file in a folder leaves no entry.
  const in_a_folder = location.protocol === "file:";
  const fetched = () => in_a_folder || performance.getEntriesByName(address).length;
  setTimeout(done, 6000); // a test may hold them back
  (function look() {
    const came = asked() && fetched() && paper();
    setTimeout(came ? done : look, 30);
  })();
})"""
"""Waits until the files that later.js fetches have loaded; if later.js delays them, only on
request."""


def wait_for_scripts(page: Page, *, even_if_later: bool = False) -> None:
    """Wait until the scripts of an open page have run and its print stylesheet has loaded.

    Args:
        page: Any page, with scripts or without.
        even_if_later: Whether to wait even if the page delays its scripts.
    """
    with suppress(PlaywrightError):  # the page has led to another, or is closed
        page.evaluate(RAN, even_if_later)


@pytest.fixture(scope="session", autouse=True)
def _opened_with_scripts() -> Iterator[None]:
    """Make each test that opens a page wait for its scripts, and so see what a reader sees."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("goto", "reload"):
            patch.setattr(Page, name, _then_wait(getattr(Page, name)))
        yield


def _then_wait(open_page: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(open_page)
    def opened(page: Page, *arguments: Any, **options: Any) -> Any:
        answer = open_page(page, *arguments, **{"timeout": PATIENCE} | options)
        if options.get("wait_until") != "commit":  # such a test needs the page while it loads
            wait_for_scripts(page)
        return answer

    return opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. Without one, the run stops and explains how to get it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(find_or_install_chromium()), args=list(CHROMIUM_FLAGS)
        )
        yield chromium
        chromium.close()


def catalogue_config(home: Path, *, edge_cases: bool = True) -> Path:
    """Write a guide in the edition of the catalogue's clinic, and return its configuration file.

    Args:
        home: An empty folder.
        edge_cases: Whether to add the pages of the catalogue and the edge cases of all components.
    """
    shutil.copytree(ROOT / "docs" / "en", home / "en")
    shutil.copytree(ROOT / "docs" / "data", home / "data")
    catalogue = ROOT / "tests" / "catalogue"
    for source in sorted(catalogue.rglob("*.yml")) if edge_cases else [catalogue / "clinic.yml"]:
        lay_over(home / "data" / source.relative_to(catalogue), source)
    if edge_cases:
        for page in CATALOGUE:
            shutil.copy(ROOT / "docs" / "contributing" / page, home / "en")
        add_to_the_pack(home, sorted((catalogue / "checklists").glob("*.yml")))
    (home / "scripts").mkdir()
    adapter = (
        "from scripts.macros import define_env, on_post_build\n\n"
        "__all__ = ['define_env', 'on_post_build']\n"
    )
    (home / "scripts" / "macros.py").write_text(adapter, encoding="utf-8")
    settings = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(home / "en"),
        "theme": {"custom_dir": str(ROOT / "overrides")},
        "extra": {"data_dir": str(home / "data")},
        # The catalogue is in no menu.
        "validation": {"nav": {"omitted_files": "info"}},
    }
    config = home / "mkdocs.yml"
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return config


PAGE_OF_A_SHEET = """---
title: {title}
description: A page for a sheet of the catalogue.
reviewed: 2026-11-22
review_by: 2027-05-22
sheet: {title}
sources: {sources}
next: [print/index.md]
---

{{{{ help_bar() }}}}

# {title}

It shows a sheet on a page of its own.
{{ .crs-answer }}

{{{{ checklist("{title}") }}}}

{{{{ page_foot() }}}}
"""


def add_to_the_pack(home: Path, sheets: list[Path]) -> None:
    """Add a page for each sheet of the catalogue, and a group of the pack with all of them.

    Args:
        home: The folder of the guide.
        sheets: The data files of the sheets. They cite sources at their top level only.
    """
    added = []
    for path in sheets:
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        page = PAGE_OF_A_SHEET.format(title=path.stem, sources=record.get("sources", []))
        (home / "en" / "print" / path.name).with_suffix(".md").write_text(page, encoding="utf-8")
        added.append(path.stem)
    file = home / "data" / "sheet-pack.yml"
    pack = yaml.safe_load(file.read_text(encoding="utf-8"))
    pack["groups"].append({"heading": 'Edge cases & "others" (قائمة)', "sheets": added})
    pack["on_request"] = [*pack.get("on_request", []), *added]
    file.write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")


def lay_over(target: Path, source: Path) -> None:
    """Merge a file of edge cases into a data file: keys are set, list entries are added.

    Args:
        target: The data file, which need not exist.
        source: The file of edge cases.
    """
    new = yaml.safe_load(source.read_text(encoding="utf-8"))
    if target.is_file():
        old = yaml.safe_load(target.read_text(encoding="utf-8"))
        new = old + new if isinstance(old, list) else merged(old, new)
    text = yaml.safe_dump(new, allow_unicode=True, sort_keys=False)
    target.write_text(text, encoding="utf-8")


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping merged with another at every depth; a list replaces the old value."""
    both = dict(old)
    for key, value in new.items():
        inner = both.get(key)
        both[key] = merged(inner, value) if isinstance(inner, dict) else value
    return both


class Answer(NamedTuple):
    """What a command answered: its exit code, and all that it printed."""

    exit_code: int
    output: str


def invoke(*arguments: str) -> Answer:
    """Run a verb of the command line in this process."""
    with redirect_stdout(io.StringIO()) as output, redirect_stderr(output):
        try:
            code = cli.main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Answer(code, output.getvalue())
