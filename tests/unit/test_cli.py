"""The verbs of the command line: what they run, what they refuse, and their exit codes."""

from __future__ import annotations

import datetime
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import cli, editions
from scripts.build import BuildRequest, Built
from scripts.guide.errors import ContentError, Problem
from scripts.guide.guide import Guide
from scripts.root import ROOT
from scripts.tools import browser
from tests.conftest import invoke

COMMANDS = (ROOT / "docs" / "contributing" / "commands.md").read_text(encoding="utf-8")
TABLE = COMMANDS.partition("\n## ")[0]
VERBS = sorted(set(re.findall(r"^\| `([a-z-]+)", TABLE, re.MULTILINE)))
EDITIONS = ROOT / "docs" / "data" / "editions"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder from which the user runs the command."""
    monkeypatch.setenv("CRS_CALLER_DIR", str(tmp_path))
    return tmp_path


# --- Words --------------------------------------------------------------------------------------


def test_the_help_and_the_document_name_the_same_verbs() -> None:
    assert sorted(re.findall(r"^    ([a-z-]+)", invoke().output, re.MULTILINE)) == VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_explains_itself_and_can_be_run(verb: str) -> None:
    for asked in ((verb, "--help"), ("help", verb)):
        exit_code, output = invoke(*asked)
        assert exit_code == 0
        assert output.startswith(f"usage: python3 -m scripts {verb} [-h]")
    assert callable(getattr(cli, verb.replace("-", "_")))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("sevre", "invalid choice: 'sevre'"),
        ("build --uot x", "build does not know --uot x. See: python3 -m scripts build --help"),
        ("check --read", "check does not know --read."),
        ("edition make x.yml", "invalid choice: 'make'"),
        ("serve --port 0", "0 is not a number from 1 to 65535"),
        ("bench --runs many", "many is not a number from 1 to 99"),
        ("review-pack", "required: --out"),
        ("review", "required: --on"),
        ("review --on tomorrow", "tomorrow is not a day such as 2027-05-22"),
        ("review --on 22.5.2027", "22.5.2027 is not a day such as 2027-05-22"),
    ],
)
def test_arguments_that_are_wrong_end_with_exit_code_2(arguments: str, said: str) -> None:
    exit_code, output = invoke(*arguments.split())
    assert exit_code == 2
    assert said in output


# --- Faulty content -----------------------------------------------------------------------------


def test_faulty_content_ends_with_exit_code_1_and_each_fault_on_its_line(
    here: Path,
) -> None:
    root = here / "project"
    for folder in ("docs", "scripts", "overrides"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    clinic = root / "docs" / "data" / "clinic.yml"
    text = clinic.read_text(encoding="utf-8")
    clinic.write_text(f"{text}one: 1\ntwo: 2\n", encoding="utf-8")
    for command in (["build"], ["review", "--on=2027-01-01"]):
        done = subprocess.run(
            [sys.executable, "-m", "scripts.cli", *command],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 1
        for line, key in enumerate(("one", "two"), start=text.count("\n") + 1):
            assert f"docs/data/clinic.yml:{line}: {key}: the key is unknown" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (root / "site").exists()


# --- build --------------------------------------------------------------------------------------


class Builds:
    """Stands in for the build, which takes many seconds: records what would be built."""

    def __init__(self) -> None:
        self.orders: list[tuple[BuildRequest, Path]] = []
        self.returncode = 0

    def __call__(self, order: BuildRequest, guide: Guide) -> Built:
        self.orders.append((order, guide.edition_file))
        return Built(self.returncode, "", {})


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> Builds:
    fake = Builds()
    monkeypatch.setattr("scripts.build.build_edition", fake)
    return fake


@pytest.fixture
def places(here: Path) -> Path:
    """The user's folder, with files that a build must not delete, and two editions."""
    for name in ("thesis/thesis.txt", "north/thesis.txt", "note.txt", "editions/.hidden.yml"):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).touch()
    (here / "faulty.yml").write_text("leading_unit: kelvin\n", encoding="utf-8")
    (here / "folder.zip").mkdir()
    for name in ("sitemap.xml", "404.html"):
        (here / "site").mkdir(exist_ok=True)
        (here / "site" / name).touch()
    text = (EDITIONS / "example-us.yml").read_text(encoding="utf-8")
    for name in ("north", "south"):
        edition = text.replace("site_address: https://", f"site_address: https://{name}.")
        (here / "editions" / f"{name}.yml").write_text(edition, encoding="utf-8")
    return here


def test_it_builds_into_a_folder_of_the_project(builds: Builds) -> None:
    assert invoke("build") == (0, f"The guide is in {ROOT / 'site'}\n")
    assert builds.orders == [(BuildRequest(ROOT / "site"), ROOT / "docs" / "data" / "clinic.yml")]


def test_it_finds_all_that_is_named_from_where_the_person_stands(
    builds: Builds, places: Path
) -> None:
    for name in ("example-uk.yml", "example-logo.svg"):
        shutil.copy(EDITIONS / name, places)
    (places / "copy.zip").touch()
    names = "--clinic example-uk.yml --out site --zip copy.zip --hosting site-hosting"
    exit_code, output = invoke("build", *names.split())
    assert exit_code == 0
    # An earlier site may be built again, and an earlier zip written again.
    order = BuildRequest(places / "site", places / "copy.zip", places / "site-hosting")
    assert builds.orders == [(order, places / "example-uk.yml")]
    assert output.splitlines() == [
        f"The guide is in {order.folder}",
        f"The copy that opens by double-click is {order.copy}",
        f"Settings for nginx and Caddy are in {order.settings}",
    ]


def test_it_passes_on_how_the_engine_ended(builds: Builds) -> None:
    builds.returncode = 100
    assert invoke("build") == (100, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (f"--out {ROOT}", "contains this project"),
        (f"--out {ROOT.parent}", "contains this project"),
        (f"--out {ROOT / 'docs'}", "would delete them"),
        ("--out thesis", "would delete them"),
        ("--out note.txt", "is a file"),
        ("--out out --zip out/copy.zip", "would be published"),
        ("--out out --zip out", "would be published"),
        ("--out out --hosting out", "would be published"),
        ("--out out --hosting out/settings", "would be published"),
        ("--out out --zip copy", "must end in .zip"),
        ("--out out --zip folder.zip", "is a folder"),
        ("--out out --hosting note.txt", "is a file"),
        ("--out out --zip no/such/folder/copy.zip", "is not a folder"),
        ("--out out --clinic faulty.yml", "faulty.yml:1: leading_unit"),
        ("--clinic editions", "Name a folder for the sites"),
        ("--clinic editions --out site", "is already a site"),
        ("--clinic editions --out note.txt", "is a file"),
        ("--clinic editions --out .", "north contains files that are not a built site"),
        ("--clinic editions --out out --zip copy.zip", "each edition gets its own zip"),
        ("--clinic editions --out out --zip out/zips", "would be published"),
        ("--clinic editions --out out --hosting note.txt", "is a file"),
    ],
)
def test_it_refuses_a_place_or_a_file_before_it_builds(
    arguments: str, said: str, places: Path, builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(editions, "build_editions")
    exit_code, output = invoke("build", *arguments.split())
    assert exit_code == 1
    assert said in output
    assert "Traceback" not in output
    assert builds.orders == []
    assert not (places / "out").exists()


def test_it_builds_each_edition_of_a_folder_and_names_those_that_it_could_not(
    places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[Path, BuildRequest] = {}

    def build_editions(orders: dict[Path, BuildRequest]) -> list[editions.Result]:
        seen.update(orders)
        faults = {"north.yml": "", "south.yml": "the sheet is too long"}
        return [editions.Result(file, faults[file.name]) for file in orders]

    monkeypatch.setattr(editions, "build_editions", build_editions)
    names = "--clinic editions --out out --zip zips --hosting settings"
    exit_code, output = invoke("build", *names.split())
    assert seen == {
        places / "editions" / f"{name}.yml": BuildRequest(
            places / "out" / name, places / "zips" / f"{name}.zip", places / "settings" / name
        )
        for name in ("north", "south")
    }
    assert exit_code == 1
    assert output.splitlines() == [
        f"The guide is in {places / 'out' / 'north'}",
        f"The copy that opens by double-click is {places / 'zips' / 'north.zip'}",
        f"Settings for nginx and Caddy are in {places / 'settings' / 'north'}",
        "south.yml was NOT built:",
        "the sheet is too long",
        "Error: 1 of 2 editions were not built; see above. The rest is complete.",
    ]


def test_the_file_of_an_edition_is_begun_and_never_overwritten(here: Path) -> None:
    exit_code, output = invoke("edition", "new", "ours.yml")
    assert exit_code == 0
    assert f"edition check {here / 'ours.yml'}" in output
    for name, said in (("ours.yml", "already exists"), ("no/ours.yml", "cannot be written")):
        exit_code, output = invoke("edition", "new", name)
        assert exit_code == 1
        assert said in output


# --- bench --------------------------------------------------------------------------------------


def test_bench_prints_what_it_has_measured_and_why_a_build_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stops() -> Iterator[str]:
        yield "| Pages |"
        raise RuntimeError("docs/en/copy-2/x.md:1: an error")

    monkeypatch.setattr("scripts.measure.growth.measure_pages", stops)
    said = "| Pages |\nError: A build stopped:\ndocs/en/copy-2/x.md:1: an error\n"
    assert invoke("bench", "--growth") == (1, said)


# --- serve --------------------------------------------------------------------------------------


def test_serve_on_a_taken_port_names_another() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = int(server.getsockname()[1])
        exit_code, output = invoke("serve", "--port", str(port))
    assert exit_code == 1
    assert f"serve --port {port + 1}" in output


# --- check and test -----------------------------------------------------------------------------


class Runs:
    """Stands in for the tools of ``check`` and ``test``; each ends with the code set for it."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []
        self.environment: dict[str, str] = {}
        self.codes: dict[str, int] = {}

    def __call__(self, *call: str, environment: dict[str, str] | None = None) -> int:
        self.calls.append(call)
        self.environment = environment or {}
        return self.codes.get(" ".join(call[:2]), self.codes.get(call[0], 0))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """The tools, with a browser, the servers and the other engine found without a search."""
    fake = Runs()
    monkeypatch.setattr(cli, "_run", fake)
    monkeypatch.setattr(cli, "find_or_install_chromium", lambda: Path("/browser"))
    servers = {"nginx": Path("/nginx"), "caddy": Path("/caddy")}
    monkeypatch.setattr(cli, "find_or_install_servers", lambda: servers)
    monkeypatch.setattr(cli, "ensure_environment", lambda *_arguments: Path("/zensical/python"))
    monkeypatch.setattr(cli, "ensure_tools", lambda name: Path("/node", name))
    return fake


@pytest.mark.parametrize(
    ("failing", "step"),
    [
        ("", ""),
        ("ruff format", "format"),
        ("ruff check", "lint"),
        ("scripts.tools.assets", "assets"),
        ("mypy", "types"),
    ],
)
def test_check_runs_every_step_and_fails_if_one_does(failing: str, step: str, runs: Runs) -> None:
    runs.codes[failing] = 1
    exit_code, output = invoke("check")
    assert exit_code == int(bool(failing))
    assert [call[0] for call in runs.calls] == ["ruff", "ruff", "scripts.tools.assets", "mypy"]
    results = dict(re.findall(r"^check (\w+): (passed|FAILED)", output, re.MULTILINE))
    assert results == {
        name: "FAILED" if name == step else "passed"
        for name in ("format", "lint", "assets", "types", "content")
    }


def test_faulty_content_fails_the_check(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Problem("docs/data/x.yml", 14, "items[2].text", "it is empty", "Write it.")

    def refused() -> None:
        raise ContentError([fault])

    monkeypatch.setattr(cli, "_load_guide", refused)
    exit_code, output = invoke("check")
    assert exit_code == 1
    assert f"{fault}\ncheck content: FAILED" in output
    assert len(runs.calls) == 4


@pytest.mark.parametrize("within_limits", [True, False])
def test_check_readability_fails_on_a_page_that_is_too_hard_and_runs_nothing_else(
    within_limits: bool, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.measure.readability.report", lambda: within_limits)
    assert invoke("check", "--readability") == (int(not within_limits), "")
    assert runs.calls == []


@pytest.mark.parametrize(
    ("arguments", "passed_on", "variables"),
    [
        (
            ["tests/unit", "-k", "some words"],
            ["tests/unit", "-k", "some words"],
            {
                "CRS_NGINX": "/nginx",
                "CRS_CADDY": "/caddy",
                "CRS_ZENSICAL_PYTHON": "/zensical/python",
            },
        ),
        (["-x", "--quick", "-k", "words"], ["--quick", "-x", "-k", "words"], {}),
        (["--quick", "--", "--help"], ["--quick", "--help"], {}),
    ],
)
def test_test_checks_first_and_passes_its_arguments_and_tools_to_pytest(
    arguments: list[str], passed_on: list[str], variables: dict[str, str], runs: Runs
) -> None:
    assert invoke("test", *arguments).exit_code == 0
    assert [call[0] for call in runs.calls] == [
        "ruff",
        "ruff",
        "scripts.tools.assets",
        "mypy",
        "pytest",
    ]
    assert runs.calls[-1] == ("pytest", *passed_on)
    assert runs.environment == {"CRS_CHROMIUM": "/browser"} | variables


@pytest.mark.parametrize(
    ("check_code", "pytest_code", "expected"), [(0, 0, 0), (1, 0, 1), (0, 5, 5), (1, 2, 2)]
)
def test_test_passes_only_if_the_checks_and_the_tests_do(
    check_code: int, pytest_code: int, expected: int, runs: Runs
) -> None:
    runs.codes = {"mypy": check_code, "pytest": pytest_code}
    exit_code, output = invoke("test")
    assert exit_code == expected
    assert runs.calls[-1] == ("pytest",)
    assert ("FAILED; see above" in output) == bool(check_code)


def test_test_without_a_browser_fails_and_says_how_to_get_one(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> Path:
        raise browser.BrowserNotFoundError(browser.how_to_get_one())

    monkeypatch.setattr(cli, "find_or_install_chromium", none)
    assert invoke("test") == (1, f"Error: {browser.how_to_get_one()}\n")
    assert runs.calls == []


# --- review -------------------------------------------------------------------------------------


def test_review_lists_what_is_due_on_the_day_itself_and_before_it(guide: Guide) -> None:
    pages = [page.meta.review_by for page in guide.pages.values()]
    dates = sorted([*pages, *(sheet.review_by for sheet in guide.checklists.values())])
    for day in (dates[0] - datetime.timedelta(days=1), dates[len(dates) // 2], dates[-1]):
        exit_code, output = invoke("review", "--on", day.isoformat())
        *due, last = output.splitlines()
        assert last == f"{len(due)} of {len(dates)} due on {day}."
        assert len(due) == sum(date <= day for date in dates)
        assert due == sorted(set(due))
        assert exit_code == bool(due)
        home = guide.pages["index.md"].meta
        line = f"due {home.review_by}  reviewed {home.reviewed}  docs/en/index.md  {home.title}"
        assert (line in due) == (home.review_by <= day)
