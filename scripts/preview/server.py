"""Serve the guide while it is written. Each answer shows the files as they are at that moment.

A second process builds the pages (``__main__.py``). It is kept from one build to the next, so that
only what changed is made again, and is replaced when the code changes. An error in any file, even
in Python, ends at most that process: the server shows the error until it is corrected.
"""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from scripts.root import ROOT
from scripts.tools.bootstrap import child_environment

CONFIG = ROOT / "mkdocs.yml"
SHOWN = (ROOT / "docs" / "en", ROOT / "docs" / "data", ROOT / "overrides", CONFIG)
"""What pages are made from."""

CODE = (ROOT / "scripts", ROOT / "pyproject.toml")
"""What the building process has read at its start and does not read again."""

EVERY = 0.2
"""Seconds between two looks at the files."""

SETTLED = 0.03
"""Seconds without another change before a build starts, because an editor may save in parts."""

VERSION = "/preview-version"
"""Address of the name of the version that the site shows."""

RELOAD = """<script>
(async function look() {{
  const answer = await fetch("{address}").then((found) => found.text(), () => "{version}");
  if (answer !== "{version}") location.reload();
  else setTimeout(look, {milliseconds});
}})();
</script>"""
"""Script that reloads an open page when the site shows another version."""

FAULT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>The guide cannot be built</title>
</head>
<body>
<h1>The guide cannot be built</h1>
<p>Correct this and save; the page then comes back by itself.</p>
<pre style="white-space: pre-wrap">{fault}</pre>
</body>
</html>"""

State = frozenset[tuple[str, int, int, int]]
"""Path, time of the last change, size and number of each file."""


def state_of(paths: Iterable[Path]) -> State:
    """Return the state of files and of all files in folders. What does not exist is left out."""
    return frozenset(
        (str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino)
        for given in paths
        for path, stat in (_files(given) if given.is_dir() else _existing([given]))
    )


def _files(folder: Path | str) -> Iterator[tuple[str | Path, os.stat_result]]:
    """Yield the files of a folder, without Python's own and those that editors hide."""
    try:
        entries = list(os.scandir(folder))
    except OSError:  # deleted in this moment, or not to be read
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        yield from _files(entry.path) if entry.is_dir() else _existing([entry])


def _existing(files: Iterable[Any]) -> Iterator[tuple[str | Path, os.stat_result]]:
    for file in files:
        try:
            yield os.fspath(file), file.stat()
        except OSError:
            continue


class Builder:
    """The process that builds, started when it is needed."""

    def __init__(self, folder: Path) -> None:
        """Set the folder of the site."""
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None

    def build(self, url: str) -> dict[str, Any]:
        """Build the site for an address and return what the process says of it."""
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "scripts.preview", str(CONFIG), str(self.folder)],
                cwd=ROOT,
                env={**child_environment(), "MACROS_FAIL": "false"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
        assert self.process.stdin  # noqa: S101 - for mypy
        assert self.process.stdout  # noqa: S101
        try:
            print(url, file=self.process.stdin, flush=True)
            said = self.process.stdout.readline()
        except BrokenPipeError:
            said = ""
        if not said:
            self.stop()
            return {"fault": "The process that builds has ended. The terminal shows why."}
        answer: dict[str, Any] = json.loads(said)
        return answer

    def stop(self) -> None:
        """End the process, if it runs."""
        process, self.process = self.process, None
        if process:
            with suppress(BrokenPipeError), process:  # It may have ended by itself.
                process.kill()


class Preview(ThreadingHTTPServer):
    """A local server that builds the site before it answers, if a file has changed.

    Attributes:
        built: What the building process said of the last build: ``fault`` is its error, or empty;
            ``converted`` lists the pages whose Markdown was converted again.
        version: Name of the last build.
    """

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # Windows would take a port that is in use.

    def __init__(self, port: int) -> None:
        """Take a local port. Nothing is built before the first answer.

        Raises:
            OSError: The port cannot be used.
        """
        self.home = TemporaryDirectory(prefix="crs-preview-", ignore_cleanup_errors=True)
        self.folder = Path(self.home.name, "site")
        self.builder = Builder(self.folder)
        super().__init__(("127.0.0.1", port), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/"
        self.states: tuple[State, State] | None = None
        self.built: dict[str, Any] = {}
        self.version = ""
        self.lock = threading.RLock()

    def refresh(self) -> None:
        """Build the site if a file has changed since the last build, and wait until it is built."""
        with self.lock:
            while (states := self._states()) != self.states:
                time.sleep(SETTLED)
                if states == self._states():
                    self._build(states)

    def run(self) -> None:
        """Answer requests until Ctrl+C or a signal stops the process."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        threading.Thread(target=self._watch, daemon=True).start()
        with self, suppress(KeyboardInterrupt):
            self.serve_forever()

    def _watch(self) -> None:
        """Refresh the site even if no page is open, so that the terminal shows each error."""
        while True:
            self.refresh()
            time.sleep(EVERY)

    def _states(self) -> tuple[State, State]:
        return state_of(SHOWN), state_of(CODE)

    def _build(self, states: tuple[State, State]) -> None:
        started = time.perf_counter()
        if self.states and self.states[1] != states[1]:
            self.builder.stop()
        self.built = self.builder.build(self.url)
        self.states, self.version = states, str(time.time_ns())
        seconds = time.perf_counter() - started
        said = self.built["fault"] or f"Pages converted: {len(self.built['converted'])}."
        print(f"[{time.strftime('%H:%M:%S')}] {said} ({seconds:.1f} s)", flush=True)

    def server_close(self) -> None:
        """Close the server and remove everything it made."""
        super().server_close()
        self.builder.stop()
        self.home.cleanup()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a browser that closed its connection early."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    """Answers with the files of the site. The browser may keep none of them."""

    server: Preview

    def send_head(self) -> io.BytesIO | None:
        """Send the headers of the answer and return its body."""
        path = urlsplit(self.path).path
        preview = self.server
        with preview.lock:
            preview.refresh()
            if path == VERSION:
                return self._answer(200, "text/plain", preview.version.encode())
            if fault := preview.built["fault"]:
                return self._page(500, FAULT.format(fault=escape(fault)).encode())
            self.directory = str(preview.folder)
            file = Path(self.translate_path(path))
            if file.is_dir() and not path.endswith("/"):
                self.send_response(302)
                self.send_header("Location", f"{path}/")
                self.end_headers()
                return None
            file = file / "index.html" if file.is_dir() else file
            if not file.is_file() and (not_found := preview.folder / "404.html").is_file():
                return self._page(404, not_found.read_bytes())
            if not file.is_file():
                return self._page(404, b"There is no such page, and no overrides/404.html.</body>")
            if file.suffix == ".html":
                return self._page(200, file.read_bytes())
            return self._answer(200, self.guess_type(file), file.read_bytes())

    def _page(self, status: int, html: bytes) -> io.BytesIO:
        """Answer with a page that reloads itself after a change."""
        script = RELOAD.format(
            address=VERSION, version=self.server.version, milliseconds=int(1000 * EVERY)
        ).encode()
        before, end, after = html.rpartition(b"</body>")
        return self._answer(status, "text/html; charset=utf-8", before + script + end + after)

    def _answer(self, status: int, kind: str, body: bytes) -> io.BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        return io.BytesIO(body)

    def log_message(self, *_args: object) -> None:
        """Log nothing: the terminal shows what was built and what is wrong."""
