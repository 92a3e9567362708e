"""The files that a build writes beside the site, and the places where it refuses to write."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from scripts import build, cli
from scripts.content import load_guide
from scripts.guide.guide import Guide
from scripts.root import ROOT


@pytest.fixture
def standing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder from which the user runs the command; a build that starts there fails the test."""
    monkeypatch.setenv("CRS_CALLER_DIR", str(tmp_path))

    def build_site(*_arguments: object, **_options: object) -> None:
        raise AssertionError("it started to build")

    monkeypatch.setattr("scripts.build.build_site", build_site)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--zip", "out/copy.zip"], "would be published"),
        (["--zip", "out"], "would be published"),
        (["--hosting", "out"], "would be published"),
        (["--hosting", "out/settings"], "would be published"),
        (["--zip", "copy"], "must end in .zip"),
        (["--zip", "folder.zip"], "is a folder"),
        (["--hosting", "note.txt"], "is a file"),
        (["--zip", "no/such/folder/copy.zip"], "is not a folder"),
    ],
)
def test_it_refuses_a_place_before_it_builds(
    arguments: list[str], said: str, standing_in: Path
) -> None:
    (standing_in / "folder.zip").mkdir()
    (standing_in / "note.txt").touch()
    result = CliRunner().invoke(cli.main, ["build", "--out", "out", *arguments])
    assert result.exit_code == 1
    assert said in result.output
    assert not (standing_in / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name a folder for the sites"),
        (["--out", "site"], "is already a site"),
        (["--out", "note.txt"], "is a file"),
        (["--out", "."], "north contains files that are not a built site"),
        (["--out", "guides", "--zip", "copy.zip"], "each edition gets its own zip"),
        (["--out", "guides", "--zip", "guides/zips"], "would be published"),
        (["--out", "guides", "--hosting", "note.txt"], "is a file"),
    ],
)
def test_it_refuses_a_place_for_many_editions_before_it_builds(
    arguments: list[str], said: str, standing_in: Path
) -> None:
    _write_editions(standing_in / "editions", "north", "south")
    (standing_in / "note.txt").touch()
    for folder, name in (("site", "sitemap.xml"), ("north", "thesis.txt")):
        (standing_in / folder).mkdir()
        (standing_in / folder / name).touch()
    result = CliRunner().invoke(cli.main, ["build", "--clinic", "editions", *arguments])
    assert result.exit_code == 1
    assert said in result.output
    assert not (standing_in / "guides").exists()


def test_each_of_many_editions_has_a_place_of_its_own(standing_in: Path) -> None:
    editions = standing_in / "editions"
    _write_editions(editions, "north", "south", ".hidden")
    orders = cli._orders(editions, "guides", "zips", "settings")
    assert orders == {
        editions / f"{name}.yml": build.BuildRequest(
            standing_in / "guides" / name,
            standing_in / "zips" / f"{name}.zip",
            standing_in / "settings" / name,
        )
        for name in ("north", "south")
    }
    assert cli._orders(editions, "guides", None, None)[
        editions / "south.yml"
    ] == build.BuildRequest(standing_in / "guides" / "south")


def _write_editions(folder: Path, *names: str) -> None:
    folder.mkdir()
    example = (ROOT / "docs" / "data" / "editions" / "example-us.yml").read_text(encoding="utf-8")
    for name in names:
        text = example.replace("site_address: https://", f"site_address: https://{name}.")
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")


def test_places_beside_the_site_are_taken(standing_in: Path) -> None:
    site = standing_in / "out"
    assert cli._beside(site, None) is None
    assert cli._beside(site, "copy.zip", ".zip") == standing_in / "copy.zip"
    assert cli._beside(site, "out-hosting") == standing_in / "out-hosting"
    (standing_in / "copy.zip").touch()
    assert cli._beside(site, "copy.zip", ".zip") == standing_in / "copy.zip"


def test_a_server_may_read_what_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A web server runs as another user, but a temporary folder is readable only by its owner.
    site = tmp_path / "site"

    def leaflets(_guide: Guide, folder: Path) -> None:
        (folder / "print").mkdir()
        (folder / "print" / "sheet.pdf").touch()

    @contextmanager
    def engine(*_arguments: object, **_options: object) -> Iterator[SimpleNamespace]:
        def communicate(_content: bytes) -> tuple[None, None]:
            site.mkdir()
            (site / "index.html").touch()
            return None, None

        yield SimpleNamespace(communicate=communicate, returncode=0)

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
