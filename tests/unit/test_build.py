"""One build makes pages and leaflets, strictly, and puts them into one folder."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts import build
from scripts.content import Guide
from scripts.downloads import DOWNLOADS

CODES = (0, 1)


@pytest.fixture(params=CODES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """An engine that builds one page, or fails, and a writer that writes one leaflet."""
    seen: dict[str, Any] = {"code": request.param}

    def write_all(_guide: Guide, folder: Path) -> None:
        (folder / "print" / "pdf").mkdir(parents=True)
        (folder / "print" / "pdf" / "x.pdf").write_text("leaflet", encoding="utf-8")

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        seen.update(options, command=command)
        made = Path(options["env"][DOWNLOADS])
        seen["leaflets"] = sorted(path.name for path in made.rglob("*.pdf"))
        page = Path(command[command.index("--site-dir") + 1]) / "print" / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("page", encoding="utf-8")
        return subprocess.CompletedProcess(command, request.param, "said")

    def finish(folder: Path, _guide: Guide) -> None:
        seen["finished"] = sorted(path.name for path in folder.rglob("*") if path.is_file())

    monkeypatch.setattr(build, "write_all", write_all)
    monkeypatch.setattr(build, "finish", finish)
    monkeypatch.setattr(subprocess, "run", run)
    return seen


def test_pages_and_leaflets_end_in_one_folder(
    engine: dict[str, Any], guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACROS_FAIL", "false")
    done = build.build_site(guide, tmp_path / "site")
    assert done.returncode == engine["code"]
    # The pages name each leaflet with its size, so it is written before they are.
    assert engine["leaflets"] == ["x.pdf"]
    # Strict, whatever the person has set.
    assert "--strict" in engine["command"]
    assert engine["env"]["MACROS_FAIL"] == "true"
    assert (tmp_path / "site" / "print" / "index.html").exists()
    # Finishing gets the folder whole, or not at all.
    assert ("x.pdf" in engine.get("finished", ())) == (engine["code"] == 0)
    complete = (tmp_path / "site" / "print" / "pdf" / "x.pdf").exists()
    assert complete == (engine["code"] == 0)
    assert not Path(engine["env"][DOWNLOADS]).exists(), "leaves its own folder behind"
