"""The verbs of the command line: what they run, what they refuse, and their exit codes."""

from __future__ import annotations

import datetime
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner, Result

from scripts import cli, editions
from scripts.build import BuildRequest, Built
from scripts.guide.errors import ContentError, Problem
from scripts.guide.guide import Guide
from scripts.root import ROOT
from scripts.tools import browser
from scripts.tools.verbs import VERBS

FAULT = Problem("docs/data/x.yml", 14, "items[2].text", "it is empty", "Write it.")


class Runs:
    """Records each module that would be run and returns the exit code set for it."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []
        self.environments: list[dict[str, str]] = []
        self.codes: dict[str, int] = {}
        self.built: list[tuple[Path, Path]] = []

    def __call__(
        self, *module_and_arguments: str, environment: dict[str, str] | None = None
    ) -> int:
        self.calls.append(module_and_arguments)
        self.environments.append(environment or {})
        return self.codes.get(
            " ".join(module_and_arguments[:2]), self.codes.get(module_and_arguments[0], 0)
        )

    def build_site(self, guide: Guide, folder: Path, **_options: object) -> Built:
        """Stand in for the real build, which would take half a minute in each test."""
        self.built.append((guide.edition_file, folder))
        return Built(self("build_site", str(folder)), "", {})

    def modules(self) -> list[str]:
        return [call[0] for call in self.calls]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    fake = Runs()
    monkeypatch.setattr(cli, "_run", fake)
    monkeypatch.setattr("scripts.build.build_site", fake.build_site)
    return fake


FAULTY = "leading_unit: kelvin\n"
"""A clinic's file that the loader refuses."""


@pytest.fixture(autouse=True)
def standing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder from which the user runs the command."""
    monkeypatch.setenv("CRS_CALLER_DIR", str(tmp_path))
    return tmp_path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments)


# --- Words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_that_needs_no_package_names_the_options_that_exist(verb: str) -> None:
    command = cli.main.commands[verb]
    real = {
        name if isinstance(parameter, click.Option) else str(parameter.name).upper()
        for parameter in command.params
        for name in (*parameter.opts,)
    }
    assert real == {option.flag for option in VERBS[verb].options}


def test_no_verb_is_left_out_of_the_help() -> None:
    assert set(cli.main.commands) == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_explains_itself(verb: str) -> None:
    result = invoke(verb, "--help")
    assert result.exit_code == 0
    assert VERBS[verb].summary.split(";")[0] in " ".join(result.output.split())


# --- Faulty content -----------------------------------------------------------------------------


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A copy of the project with two errors in its content."""
    root = tmp_path / "project"
    for folder in ("docs", "scripts", "overrides"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    clinic = root / "docs" / "data" / "clinic.yml"
    clinic.write_text(clinic.read_text(encoding="utf-8") + "one: 1\ntwo: 2\n", encoding="utf-8")
    return root


@pytest.mark.parametrize("command", [["build"], ["review", "--on", "2027-01-01"]])
def test_faulty_content_ends_with_exit_code_1_and_each_fault_on_its_line(
    command: list[str], faulty: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.cli", *command],
        cwd=faulty,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    for line, key in enumerate(("one", "two"), start=lines_of(faulty) - 1):
        assert f"docs/data/clinic.yml:{line}: {key}: the key is unknown" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (faulty / "site").exists()


def lines_of(root: Path) -> int:
    return len((root / "docs" / "data" / "clinic.yml").read_text(encoding="utf-8").splitlines())


# --- build --------------------------------------------------------------------------------------


class TestBuild:
    """Where the build writes, which folders it refuses to empty, and its exit codes."""

    def test_it_builds_into_a_folder_of_the_project(self, runs: Runs) -> None:
        assert invoke("build").exit_code == 0
        assert runs.calls == [("build_site", str(ROOT / "site"))]

    def test_it_prints_what_does_not_fit_its_paper_and_says_nothing_of_a_site(
        self, runs: Runs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def overflow(_guide: object, _folder: Path, **_options: object) -> None:
            raise ContentError([FAULT])

        monkeypatch.setattr("scripts.build.build_site", overflow)
        result = invoke("build")
        assert result.exit_code == 1
        assert f"{FAULT}\n" in result.output
        assert "Traceback" not in result.output
        assert "The guide is in" not in result.output
        assert runs.calls == []

    def test_it_passes_on_how_the_engine_ended(self, runs: Runs) -> None:
        runs.codes["build_site"] = 100
        assert invoke("build").exit_code == 100

    def test_it_builds_into_a_folder_named_from_where_the_person_stands(
        self, runs: Runs, standing_in: Path
    ) -> None:
        assert invoke("build", "--out", "mine").exit_code == 0
        assert runs.calls[0][-1] == str(standing_in / "mine")

    def test_it_builds_the_edition_of_a_file_named_from_where_the_person_stands(
        self, runs: Runs, standing_in: Path
    ) -> None:
        for name in ("example-uk.yml", "example-logo.svg"):
            shutil.copy(ROOT / "docs" / "data" / "editions" / name, standing_in)
        assert invoke("build", "--clinic", "example-uk.yml", "--out", "mine").exit_code == 0
        assert runs.built == [(standing_in / "example-uk.yml", standing_in / "mine")]

    def test_it_builds_no_edition_of_a_file_that_is_refused(
        self, runs: Runs, standing_in: Path
    ) -> None:
        (standing_in / "ours.yml").write_text(FAULTY, encoding="utf-8")
        result = invoke("build", "--clinic", "ours.yml", "--out", "mine")
        assert result.exit_code == 1
        assert "ours.yml:1: leading_unit" in result.output
        assert runs.built == []

    def test_it_builds_again_into_an_earlier_site(self, runs: Runs, standing_in: Path) -> None:
        for name in ("sitemap.xml", "404.html"):
            (standing_in / name).touch()
        assert invoke("build", "--out", ".").exit_code == 0
        assert len(runs.calls) == 1

    def test_it_refuses_a_folder_with_other_files_which_the_engine_would_delete(
        self, runs: Runs, standing_in: Path
    ) -> None:
        (standing_in / "thesis.txt").touch()
        result = invoke("build", "--out", ".")
        assert result.exit_code == 1
        assert "would delete them" in result.output
        assert runs.calls == []

    @pytest.mark.parametrize("out", [ROOT, ROOT.parent, ROOT / "docs"])
    def test_it_refuses_the_project_itself(self, out: Path, runs: Runs) -> None:
        assert invoke("build", "--out", str(out)).exit_code == 1
        assert runs.calls == []

    def test_it_refuses_a_site_that_holds_the_project(
        self, runs: Runs, standing_in: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cli, "ROOT", standing_in / "project")
        for name in ("sitemap.xml", "404.html"):
            (standing_in / name).touch()
        assert invoke("build", "--out", ".").exit_code == 1
        assert runs.calls == []

    def test_it_refuses_a_file(self, runs: Runs, standing_in: Path) -> None:
        (standing_in / "note.txt").touch()
        result = invoke("build", "--out", "note.txt")
        assert result.exit_code == 1
        assert "is a file" in result.output
        assert runs.calls == []

    def test_it_builds_each_edition_of_a_folder_and_names_those_that_it_could_not(
        self, standing_in: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def build_editions(orders: dict[Path, BuildRequest]) -> list[editions.Result]:
            faults = {"north.yml": "", "south.yml": "the sheet is too long"}
            return [editions.Result(file, faults[file.name]) for file in orders]

        monkeypatch.setattr(editions, "build_editions", build_editions)
        (standing_in / "ours").mkdir()
        for name in ("north", "south"):
            (standing_in / "ours" / f"{name}.yml").touch()
        result = invoke("build", "--clinic", "ours", "--out", "guides", "--zip", "zips")
        assert result.exit_code == 1
        said = result.output.splitlines()
        assert f"The guide is in {standing_in / 'guides' / 'north'}" in said
        assert (
            f"The copy that opens by double-click is {standing_in / 'zips' / 'north.zip'}" in said
        )
        assert said[-3:-1] == ["south.yml was NOT built:", "the sheet is too long"]
        assert said[-1].startswith("Error: 1 of 2 editions were not built")


# --- bench --------------------------------------------------------------------------------------


def test_bench_prints_how_builds_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.measure.growth.measure_pages", lambda: iter(["| Pages |"]))
    monkeypatch.setattr("scripts.measure.growth.measure_editions", lambda: iter(["| Editions |"]))
    result = invoke("bench", "--growth")
    assert (result.exit_code, result.output) == (0, "| Pages |\n\n| Editions |\n")


def test_bench_says_why_a_build_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops() -> Iterator[str]:
        yield "| Pages |"
        raise RuntimeError("docs/en/copy-2/x.md:1: an error")

    monkeypatch.setattr("scripts.measure.growth.measure_pages", stops)
    result = invoke("bench", "--growth")
    assert result.exit_code == 1
    assert "| Pages |\n" in result.output
    assert "copy-2/x.md:1: an error" in result.output
    assert "Traceback" not in result.output


# --- serve --------------------------------------------------------------------------------------


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield int(server.getsockname()[1])


def test_serve_on_a_taken_port_names_another(taken_port: int) -> None:
    result = invoke("serve", "--port", str(taken_port))
    assert result.exit_code == 1
    assert f"serve --port {taken_port + 1}" in result.output
    assert "Traceback" not in result.output


# --- check and test -----------------------------------------------------------------------------


def test_check_runs_every_step(runs: Runs) -> None:
    result = invoke("check")
    assert result.exit_code == 0
    assert runs.modules() == ["ruff", "ruff", "scripts.tools.assets", "mypy"]
    for step in ("format", "lint", "assets", "types", "content"):
        assert f"check {step}: passed" in result.output


@pytest.mark.parametrize(
    ("failing", "step"),
    [
        ("ruff format", "format"),
        ("ruff check", "lint"),
        ("scripts.tools.assets", "assets"),
        ("mypy", "types"),
    ],
)
def test_one_failed_step_fails_the_check_and_the_others_still_run(
    failing: str, step: str, runs: Runs
) -> None:
    runs.codes[failing] = 1
    result = invoke("check")
    assert result.exit_code == 1
    assert f"check {step}: FAILED" in result.output
    assert result.output.count(": passed") == 4


def test_faulty_content_fails_the_check(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise click.ClickException("The content has errors.")

    monkeypatch.setattr(cli, "_load_guide", refused)
    result = invoke("check")
    assert result.exit_code == 1
    assert "check content: FAILED" in result.output
    assert len(runs.calls) == 4


@pytest.mark.parametrize(("within_limits", "exit_code"), [(True, 0), (False, 1)])
def test_check_readability_prints_the_table_alone_and_fails_on_a_page_that_is_too_hard(
    within_limits: bool, exit_code: int, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def report() -> bool:
        click.echo("grade table")
        return within_limits

    module = ModuleType("scripts.measure.readability")
    module.report = report  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "scripts.measure.readability", module)
    result = invoke("check", "--readability")
    assert result.exit_code == exit_code
    assert result.output == "grade table\n"
    assert runs.calls == []


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser, the servers and the other engine, found without a search."""
    monkeypatch.setattr(cli, "find_or_install_chromium", lambda: Path("/browser"))
    servers = {"nginx": Path("/nginx"), "caddy": Path("/caddy")}
    monkeypatch.setattr(cli, "find_or_install_servers", lambda: servers)
    monkeypatch.setattr(cli, "ensure_environment", lambda *_arguments: Path("/zensical/python"))
    monkeypatch.setattr(cli, "ensure_tools", lambda name: Path("/node", name))


@pytest.mark.usefixtures("tools")
def test_test_checks_first_and_passes_its_arguments_and_tools_to_pytest(runs: Runs) -> None:
    assert invoke("test", "tests/unit", "-k", "some words").exit_code == 0
    assert runs.modules() == ["ruff", "ruff", "scripts.tools.assets", "mypy", "pytest"]
    assert runs.calls[-1] == ("pytest", "tests/unit", "-k", "some words")
    assert runs.environments[-1] == {
        "CRS_CHROMIUM": "/browser",
        "CRS_NGINX": os.fspath(Path("/nginx")),
        "CRS_CADDY": os.fspath(Path("/caddy")),
        "CRS_ZENSICAL_PYTHON": os.fspath(Path("/zensical/python")),
    }


@pytest.mark.usefixtures("tools")
def test_a_quick_test_checks_too_and_asks_for_no_server(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(cli, "find_or_install_servers")
    assert invoke("test", "--quick", "-k", "some words").exit_code == 0
    assert runs.modules() == ["ruff", "ruff", "scripts.tools.assets", "mypy", "pytest"]
    assert runs.calls[-1] == ("pytest", "--quick", "-k", "some words")
    assert runs.environments[-1] == {"CRS_CHROMIUM": "/browser"}


@pytest.mark.parametrize(
    ("check_code", "pytest_code", "expected"), [(0, 0, 0), (1, 0, 1), (0, 5, 5), (1, 2, 2)]
)
@pytest.mark.usefixtures("tools")
def test_test_passes_only_if_the_checks_and_the_tests_do(
    check_code: int, pytest_code: int, expected: int, runs: Runs
) -> None:
    runs.codes = {"mypy": check_code, "pytest": pytest_code}
    result = invoke("test")
    assert result.exit_code == expected
    assert "pytest" in runs.modules()
    assert ("FAILED; see above" in result.output) == bool(check_code)


def test_test_without_a_browser_fails_and_says_how_to_get_one(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> Path:
        raise browser.BrowserNotFoundError(browser.how_to_get_one())

    monkeypatch.setattr(cli, "find_or_install_chromium", none)
    result = invoke("test")
    assert result.exit_code == 1
    assert "winget install" in result.output
    assert runs.calls == []


# --- review -------------------------------------------------------------------------------------


def due_dates(guide: Guide) -> list[datetime.date]:
    """Return the review dates of all pages and all files of sheets, the earliest first."""
    later = {sheet.second.slug for sheet in guide.checklists.values() if sheet.second}
    sheets = [sheet for slug, sheet in guide.checklists.items() if slug not in later]
    return sorted(
        [*(page.meta.review_by for page in guide.pages.values()), *(s.review_by for s in sheets)]
    )


def test_review_lists_what_is_due_on_the_day_itself_and_before_it(guide: Guide) -> None:
    dates = due_dates(guide)
    day = dates[len(dates) // 2]
    count = sum(date <= day for date in dates)
    result = invoke("review", "--on", day.isoformat())
    assert result.exit_code == 1
    *due, last = result.output.splitlines()
    assert last == f"{count} of {len(dates)} due on {day}."
    assert len(due) == count
    assert due == sorted(due)
    home = guide.pages["index.md"].meta
    line = f"due {home.review_by}  reviewed {home.reviewed}  docs/en/index.md  {home.title}"
    assert (line in due) == (home.review_by <= day)


def test_review_counts_each_file_of_a_sheet_once(guide: Guide) -> None:
    result = invoke("review", "--on", due_dates(guide)[-1].isoformat())
    assert result.output.count("docs/data/checklists/diary.yml") == 1


def test_review_before_anything_is_due_passes(guide: Guide) -> None:
    day = due_dates(guide)[0] - datetime.timedelta(days=1)
    result = invoke("review", "--on", day.isoformat())
    assert result.exit_code == 0
    assert result.output == f"0 of {len(due_dates(guide))} due on {day}.\n"


@pytest.mark.parametrize("arguments", [[], ["--on", "tomorrow"], ["--on", "22.5.2027"]])
def test_review_asks_for_the_day(arguments: list[str]) -> None:
    assert invoke("review", *arguments).exit_code == 2
