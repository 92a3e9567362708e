"""A build makes pages and leaflets in strict mode and puts them into one folder."""

from __future__ import annotations

import io
import os
import pickle
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scripts import build
from scripts.content import HANDED_OVER, load_guide
from scripts.guide.downloads import DOWNLOADS
from scripts.guide.errors import ContentError, Problem
from scripts.guide.guide import Guide
from scripts.root import ROOT

CODES = (0, 1)


class Engine:
    """Stands in for MkDocs: builds one page once it has received the content, or fails."""

    def __init__(self, code: int, seen: dict[str, Any]) -> None:
        self.code, self.seen = code, seen
        self.returncode: int | None = None
        self.stdin = io.BytesIO()

    def __call__(self, command: list[str], **options: Any) -> Engine:
        self.seen.update(options, command=command)
        return self

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_error: object) -> None:
        self.seen["ended"] = True

    def communicate(self) -> tuple[bytes, bytes]:
        made = Path(self.seen["env"][DOWNLOADS])
        self.seen["leaflets"] = sorted(path.name for path in made.rglob("*.pdf"))
        self.seen["content"] = pickle.loads(self.stdin.getvalue())  # noqa: S301 - the build's own
        command = self.seen["command"]
        page = Path(command[command.index("--site-dir") + 1]) / "print" / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("page", encoding="utf-8")
        self.returncode = self.code
        return b"said", "täglich".encode()

    def kill(self) -> None:
        self.seen["killed"] = True


@pytest.fixture(params=CODES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """An engine that builds one page or fails, with a writer that writes one leaflet."""
    seen: dict[str, Any] = {"code": request.param}

    def write_all(_guide: Guide, folder: Path) -> None:
        (folder / "print" / "pdf").mkdir(parents=True)
        (folder / "print" / "pdf" / "x.pdf").write_text("leaflet", encoding="utf-8")

    def finish(folder: Path, _guide: Guide, _without: object) -> None:
        seen["finished"] = sorted(path.name for path in folder.rglob("*") if path.is_file())

    monkeypatch.setattr(build, "write_all", write_all)
    monkeypatch.setattr(build, "finish", finish)
    monkeypatch.setattr("subprocess.Popen", Engine(request.param, seen))
    return seen


def test_pages_and_leaflets_end_in_one_folder(
    engine: dict[str, Any], guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACROS_FAIL", "false")
    site = tmp_path / "site"
    (site / "before").mkdir(parents=True)
    (site / "before" / "old").touch()
    (site / ".kept").touch()
    done = build.build_site(guide, site)
    assert done.returncode == engine["code"]
    assert done.said == "saidtäglich"
    assert set(done.seconds) == {"leaflets", "engine", "finishing"}
    # A page shows the size of each leaflet, so stdin ends when the leaflets are written.
    assert engine["leaflets"] == ["x.pdf"]
    # The build is strict even if the user's environment says otherwise.
    assert "--strict" in engine["command"]
    assert engine["env"]["MACROS_FAIL"] == "true"
    # A failed build must not reach the finishing steps, nor change the site of before.
    assert ("x.pdf" in engine.get("finished", ())) == (engine["code"] == 0)
    found = {path.name for path in site.rglob("*") if path.is_file()}
    if engine["code"] == 0:
        assert {"index.html", "x.pdf", ".kept"} <= found - {"old"} == found
    else:
        assert found == {"old", ".kept"}
    assert not Path(engine["env"][DOWNLOADS]).exists(), "leaves its own folder behind"


def test_the_engine_shows_the_content_that_was_checked(
    engine: dict[str, Any], guide: Guide, tmp_path: Path
) -> None:
    build.build_site(guide, tmp_path / "site")
    assert engine["env"].items() >= HANDED_OVER.items()
    assert engine["content"] == guide


def test_a_sheet_that_does_not_fit_stops_the_engine(
    engine: dict[str, Any], guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_all(_guide: Guide, _folder: Path) -> None:
        raise ContentError([Problem("docs/data/x.yml", 1, "blocks", "it is too long", "Cut it.")])

    monkeypatch.setattr(build, "write_all", write_all)
    with pytest.raises(ContentError, match="too long"):
        build.build_site(guide, tmp_path / "site")
    assert engine["killed"]
    assert not (tmp_path / "site").exists()


def test_a_server_may_read_what_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A web server runs as another user, but a temporary folder is readable only by its owner.
    site = tmp_path / "site"

    def leaflets(_guide: Guide, folder: Path) -> None:
        (folder / "print").mkdir()
        (folder / "print" / "sheet.pdf").touch()

    @contextmanager
    def engine(_guide: Guide, pages: Path, *_: object, **_options: object) -> Iterator[object]:
        pages.mkdir()
        (pages / "index.html").touch()
        yield SimpleNamespace(stdin=io.BytesIO(), communicate=lambda: (None, None), returncode=0)

    monkeypatch.setattr(build, "write_all", leaflets)
    monkeypatch.setattr(build, "write_qr_codes", lambda _guide, _folder: None)
    monkeypatch.setattr(build, "finish", lambda _folder, _guide, _without: None)
    monkeypatch.setattr(build, "_engine", engine)
    private = tmp_path / "private"
    private.mkdir()
    example = ROOT / "docs" / "data" / "editions"
    for name in ("example-uk.yml", "example-logo.svg"):
        (private / name).write_bytes((example / name).read_bytes())
        (private / name).chmod(0o600)
    before = os.umask(0o022)
    try:
        build.build_site(load_guide(clinic=private / "example-uk.yml"), site)
    finally:
        os.umask(before)
    assert (site / "assets" / "images" / "clinic-logo.svg").is_file()
    for path in (site, *site.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path
