"""Measure how soon an open page of the preview shows a change after a file is saved."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.request import urlopen

from scripts.hosting.local import free_port, wait_for
from scripts.measure.growth import copy_project
from scripts.preview.server import EVERY, VERSION
from scripts.tools.bootstrap import child_environment


class Edit(NamedTuple):
    """A change to a file: a word is added after what a pattern finds.

    Attributes:
        what: Description of the change.
        file: Path of the file in the project.
        after: Pattern of the text before the new word.
        shown: Address that then contains the word.
    """

    what: str
    file: str
    after: str
    shown: str

    def save(self, project: Path, word: str) -> None:
        """Add a word to the file of a copy of the project."""
        file = project / self.file
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(self.after, rf"\g<0> {word}", text, count=1), encoding="utf-8")


EDITS = (
    Edit("a word of one page", "docs/en/faq.md", r"(?=\.\n\{ \.crs-answer \})", "faq/"),
    Edit("a word of the data, on all pages", "docs/data/strings.yml", r"\nunwell_now: \w+", "faq/"),
    Edit("a partial, on all pages", "overrides/components/help-bar.html", r"_now \}\}", "faq/"),
    Edit(
        "the document of all pages", "overrides/main.html", r"{{ super\(\) }}(?=\n  </div>)", "faq/"
    ),
    Edit(
        "a stylesheet",
        "overrides/assets/stylesheets/text.css",
        r"^/\*",
        "assets/stylesheets/text.css",
    ),
)


def measure_edits(runs: int) -> Iterator[str]:
    """Serve a copy of the project, change files of it, and yield a Markdown table line by line.

    Raises:
        RuntimeError: The server did not start, or did not show a change.
    """
    yield "| Change | Seconds until an open page shows it |"
    yield "| --- | ---: |"
    with TemporaryDirectory(prefix="crs-edits-") as home:
        project, port = Path(home, "project"), free_port()
        copy_project(project, 1)
        command = [sys.executable, "-m", "scripts.cli", "serve", "--port", str(port)]
        environment = child_environment()
        with subprocess.Popen(
            command, cwd=project, env=environment, stdout=subprocess.DEVNULL
        ) as server:
            try:
                wait_for(server, port)
                site = f"http://127.0.0.1:{port}"
                _read(site + VERSION)  # the first build
                for edit in EDITS:
                    seconds = median(_show(edit, project, site, run) for run in range(runs))
                    yield f"| {edit.what} | {seconds:.2f} |"
            finally:
                server.terminate()


def _show(edit: Edit, project: Path, site: str, run: int) -> float:
    """Save a change and return the seconds until the page has reloaded, in the worst case."""
    word = f"Worda{'b' * run}"
    version = _read(site + VERSION)
    # The file is saved just after the page has asked for the version.
    started = time.perf_counter()
    edit.save(project, word)
    time.sleep(EVERY)
    while _read(site + VERSION) == version:
        time.sleep(EVERY)
    if word not in _read(f"{site}/{edit.shown}"):
        raise RuntimeError(f"The preview does not show a change in {edit.file}.")
    return time.perf_counter() - started


def _read(address: str) -> str:
    with urlopen(address, timeout=120) as answer:  # noqa: S310 - our own local server
        text: str = answer.read().decode()
        return text
