"""Each finishing step stops with a clear error if it does not find what it must change."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import build, finishing
from scripts.content import HANDED_OVER
from scripts.finishing import STEPS, finish, service_worker
from scripts.finishing.faults import FinishingError
from scripts.finishing.offline_copy import write_offline_copy
from scripts.finishing.site import Site as BuiltSite
from scripts.guide.guide import Guide
from scripts.root import ROOT
from tests.conftest import Site, invoke

Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def before(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The built folder before each step, by the name of the step."""
    home = tmp_path_factory.mktemp("before")
    folder = home / "site"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **HANDED_OVER},
        input=pickle.dumps(guide),
        check=True,
    )
    stages = {"finish": home / "finish"}
    shutil.copytree(folder, stages["finish"])
    for step in STEPS:
        stages[step.__name__] = home / step.__name__
        shutil.copytree(folder, stages[step.__name__])
        site = BuiltSite(folder, guide)
        step(site)
        site.write()
    return stages


def replaced(place: str, old: str, new: str = "") -> Change:
    """Return a change that replaces a text wherever it occurs in a file."""

    def change(folder: Path) -> None:
        file = folder / place
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{place} does not hold {old}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


def deleted(place: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / place
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return change


def without_texts(folder: Path) -> None:
    for file in [file for file in folder.rglob("*.*") if file.is_file()]:
        file.unlink()


def without_headings(folder: Path) -> None:
    file = folder / CARERS
    file.write_text(re.sub(r"<h(?=[1-3])", "<x", file.read_text("utf-8")), encoding="utf-8")


def without_theme(folder: Path) -> None:
    for file in (folder / "assets" / "stylesheets").glob("*.min.css*"):
        file.unlink()


PACK = "print/pack/index.html"
FAQ, HELP, HOME, CARERS = (f"{n}index.html" for n in ("faq/", "get-help/", "", "carers/"))
SHEET = '<link rel="stylesheet" href="../assets/stylesheets/site.css">'

BROKEN: list[tuple[str, Change, str, str]] = [
    ("finish", deleted(CARERS), CARERS, "no page carers.md"),
    ("remove_theme_files", without_theme, "assets/stylesheets", "no file of the theme"),
    ("write_stubs", deleted(CARERS), CARERS, "no page carers.md"),
    ("write_search_index", deleted(CARERS), CARERS, "no page carers.md"),
    ("write_search_index", replaced(FAQ, "crs-page-foot", "foot"), FAQ, "crs-page-foot"),
    ("write_search_index", without_headings, CARERS, "no heading"),
    (
        "write_search_index",
        replaced("symptoms/index.html", 'id="fever"', 'id="heat"'),
        "symptoms.md#fever",
        "a lay term leads to it",
    ),
    ("add_metadata", deleted(CARERS), CARERS, "no page carers.md"),
    ("finish", replaced(FAQ, "</head>"), FAQ, "no <head> and </head>"),
    ("add_metadata", replaced(FAQ, "</body>"), FAQ, "no </body>"),
    ("write_app", deleted(CARERS), CARERS, "no page carers.md"),
    ("bundle_scripts", replaced(HOME, "<script src", "<script data-x"), HOME, "no script"),
    ("bundle_scripts", replaced("404.html", "<script src", "<script x"), "404.html", "no script"),
    ("bundle_scripts", replaced(HOME, "<dialog class", "<dialog role='x' class"), HOME, "search"),
    (
        "move_sheets",
        replaced(PACK, '<section class="crs-sheet ', "<section class='x' "),
        PACK,
        "sheet",
    ),
    ("write_small_pages", replaced(FAQ, 'rel="icon"', 'rel="shortcut icon"'), FAQ, "favicon"),
    ("inline_styles", replaced(FAQ, SHEET), FAQ, "other stylesheets than the pages before"),
    ("inline_styles", replaced(FAQ, 'rel="stylesheet"', 'rel="style"'), FAQ, "links no stylesheet"),
    ("add_policy", replaced(FAQ, "utf-8", "latin-1"), FAQ, "not begin with <meta charset>"),
    ("add_policy", replaced(FAQ, "<head>", "<head><script>1</script>"), FAQ, "not begin with"),
    ("write_service_worker", deleted(FAQ), FAQ, "no such page"),
    ("write_service_worker", replaced(HELP, "data-later", "data-late"), HELP, "no known attribute"),
    ("compress", without_texts, "compress", "no text file of at least 1000 bytes"),
]
"""The step, what is broken before it, and the place and the cause in its message."""


@pytest.mark.parametrize(("name", "change", "place", "fault"), BROKEN)
def test_a_step_that_does_not_find_its_mark_stops_the_build(
    before: dict[str, Path],
    guide: Guide,
    tmp_path: Path,
    name: str,
    change: Change,
    place: str,
    fault: str,
) -> None:
    folder = tmp_path / name
    shutil.copytree(before[name], folder)
    change(folder)
    given = (folder, guide) if name == "finish" else (BuiltSite(folder, guide),)
    with pytest.raises(FinishingError) as stopped:
        getattr(finishing, name)(*given)
    text = str(stopped.value)
    where = "Site" if "<head>" in fault else name
    assert text.startswith(f"finishing stopped in {where}: {place}: "), text
    assert fault in stopped.value.fault
    assert re.fullmatch(r"[A-Z].*\.", stopped.value.remedy), text
    assert pickle.loads(pickle.dumps(stopped.value)).args == stopped.value.args  # noqa: S301 - ours


def test_every_step_that_reads_pages_is_broken_here() -> None:
    only_write = {"write_directory", "write_share_image", "write_sitemap", "write_headers", "write"}
    names = {step.__name__ for step in STEPS} - only_write
    assert names <= {name for name, *_ in BROKEN}


@pytest.mark.parametrize(
    ("file", "old", "step"),
    [
        ("assets/images/favicon.svg", "<rect", "write_app"),
        ("assets/stylesheets/tokens.css", "--crs-paper", "write_app"),
    ],
)
def test_a_source_file_without_its_mark_stops_the_build(
    before: dict[str, Path],
    guide: Guide,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    old: str,
    step: str,
) -> None:
    ours = tmp_path / "overrides"
    shutil.copytree(ROOT / "overrides", ours)
    replaced(file, old, "gone")(ours)
    monkeypatch.setattr(finishing.app, "OURS", ours)
    finishing.app.icons.cache_clear()
    shutil.copytree(before[step], tmp_path / "site")
    with pytest.raises(FinishingError, match=rf"in {step}: overrides/{file}: "):
        getattr(finishing, step)(BuiltSite(tmp_path / "site", guide))
    finishing.app.icons.cache_clear()


def test_a_worker_without_room_for_its_data_stops_the_build(
    site: Site, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_worker, "PLACE", "const GONE = {};")
    with pytest.raises(FinishingError, match="has no line const GONE"):
        service_worker.service_worker(BuiltSite(site.folder, guide))


def files_of(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_a_second_run_is_refused_and_changes_nothing(
    before: dict[str, Path], guide: Guide, tmp_path: Path
) -> None:
    # One folder was left by a stopped run, the other by a finished one.
    for name in ("write_search_index", "compress"):
        folder = tmp_path / name
        shutil.copytree(before[name], folder)
        found = files_of(folder)
        with pytest.raises(FinishingError, match="already changed this folder"):
            finish(folder, guide)
        assert files_of(folder) == found


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (replaced(FAQ, "Content-Security-Policy", "Policy"), "no security policy"),
        (replaced(FAQ, 'name="crs-app"', 'name="app"'), "no meta.*crs-app"),
        (replaced(FAQ, "application/ld+json", "text/plain"), "no schema.org block"),
        (replaced(FAQ, 'rel="canonical"', 'rel="self"'), "no link.*canonical"),
    ],
)
def test_a_copy_of_a_page_that_is_not_finished_is_refused(
    site: Site, guide: Guide, tmp_path: Path, change: Change, fault: str
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site.folder, folder)
    change(folder)
    with pytest.raises(FinishingError, match=rf"write_offline_copy: {FAQ}: .*{fault}"):
        write_offline_copy(BuiltSite(folder, guide), tmp_path / "guide.zip")
    assert not (tmp_path / "guide.zip").exists()


def test_the_command_says_what_stopped_and_that_the_site_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build_edition(*_given: object, **_named: object) -> None:
        raise FinishingError("write_app", FAQ, "there is no mark", "Write it again.")

    monkeypatch.setattr(build, "build_edition", build_edition)
    done = invoke("build", "--out", str(tmp_path / "site"))
    assert done.exit_code == 1
    assert "finishing stopped in write_app: faq/index.html: there is no mark." in done.output
    assert "The folder of the site is as it was." in done.output
    assert "Traceback" not in done.output
