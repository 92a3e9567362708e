"""What a build writes beside the site, and where it refuses to."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts import cli


@pytest.fixture
def standing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the person stands in; a build that starts there fails the test."""
    monkeypatch.setenv("CRS_CALLER_DIR", str(tmp_path))

    def build_site(*_arguments: object) -> None:
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
        (["--zip", "no/such/folder/copy.zip"], "is no folder"),
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


def test_places_beside_the_site_are_taken(standing_in: Path) -> None:
    site = standing_in / "out"
    assert cli._beside(site, None) is None
    assert cli._beside(site, "copy.zip", ".zip") == standing_in / "copy.zip"
    assert cli._beside(site, "out-hosting") == standing_in / "out-hosting"
    (standing_in / "copy.zip").touch()
    assert cli._beside(site, "copy.zip", ".zip") == standing_in / "copy.zip"
