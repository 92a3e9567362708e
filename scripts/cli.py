"""Run the verbs, once their packages are installed. ``bootstrap.py`` starts this in ``.venv``.

MkDocs always runs in a process of its own: nothing that is imported here imports it.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scripts.root import ROOT
from scripts.tools.bootstrap import (
    AUDIT_ENVIRONMENT,
    CALLER_FOLDER,
    ZENSICAL_ENVIRONMENT,
    SetupError,
    child_environment,
    ensure_environment,
)
from scripts.tools.browser import VARIABLE, BrowserNotFoundError, find_or_install_chromium
from scripts.tools.npm_tools import ensure_tools
from scripts.tools.servers import (
    ServerNotFoundError,
    find_or_install_servers,
    find_server,
    variable_of,
)
from scripts.tools.verbs import PROGRAM, VERBS

if TYPE_CHECKING:
    from scripts.build import BuildRequest
    from scripts.guide.guide import Guide

F = TypeVar("F", bound=Callable[..., Any])


def _option(verb: str, flag: str, *name: str, **settings: Any) -> Callable[[F], F]:
    """Return a decorator for an option with the help text of ``verbs.py``."""
    (words,) = (option for option in VERBS[verb].options if option.flag == flag)
    shown = words.value or None
    return click.option(flag, *name, help=words.summary, metavar=shown, **settings)


def _run(*module_and_arguments: str, environment: Mapping[str, str] | None = None) -> int:
    """Run a Python module at the repository root and return its exit code."""
    sys.stdout.flush()
    command = [sys.executable, "-m", *module_and_arguments]
    env = {**child_environment(), **(environment or {})}
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def _load_guide(clinic: Path | None = None) -> Guide:
    """Return the content. On errors, print them all and end the command with exit code 1."""
    from scripts.content import load_guide

    with _faults_printed():
        return load_guide(clinic=clinic)


@contextmanager
def _faults_printed() -> Iterator[None]:
    """Print all errors of the content or of finishing, and end the command with exit code 1."""
    from scripts.finishing.faults import FinishingError
    from scripts.guide.errors import ContentError

    try:
        yield
    except FinishingError as error:
        raise click.ClickException(
            f"{error}\nThe site is not finished: do not publish it. Correct this and build again."
        ) from error
    except ContentError as error:
        click.echo(f"{error}\n", err=True)
        raise click.ClickException(
            "The content has the problems above. Correct them and run again; nothing was built."
        ) from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Build, show and check the guide."""


@main.command(help=VERBS["serve"].summary)
@_option("serve", "--port", type=click.IntRange(1, 65535), default=8000)
def serve(port: int) -> None:
    """Serve the guide at a local address until it is stopped."""
    from scripts.preview.server import Preview

    try:
        preview = Preview(port)
    except OSError as error:
        other = port + 1 if port < 65535 else 8001
        raise click.ClickException(
            f"Port {port} cannot be used ({error.strerror}). Try: {PROGRAM} serve --port {other}"
        ) from error
    click.echo(f"The guide: {preview.url}   (Ctrl+C stops it)")
    preview.run()


def _output_folder(named: str | None) -> Path:
    """Return the absolute path of the build folder; a relative path starts at the user's folder.

    Raises:
        click.ClickException: The folder is not a site, and MkDocs would empty it.
    """
    if named is None:
        return ROOT / "site"
    folder = _named_file(named)
    if folder == ROOT or folder in ROOT.parents:
        raise click.ClickException(f"{folder} contains this project. Name a folder for the site.")
    if folder.is_file():
        raise click.ClickException(f"{folder} is a file. Name a folder.")
    is_site = (folder / "sitemap.xml").is_file() and (folder / "404.html").is_file()
    if folder.is_dir() and any(folder.iterdir()) and not is_site:
        raise click.ClickException(
            f"{folder} contains files that are not a built site, and building would delete them."
            " Name a new or empty folder."
        )
    return folder


def _beside(site: Path, named: str | None, suffix: str = "") -> Path | None:
    """Return the path of a file, or of a folder if there is no suffix, outside the site.

    Raises:
        click.ClickException: It would be published by accident, or cannot be written there.
    """
    if named is None:
        return None
    path = _named_file(named)
    if path.is_relative_to(site):
        raise click.ClickException(
            f"{path} is in the folder of the site and would be published. Name a place outside it."
        )
    if path.suffix != suffix and suffix:
        raise click.ClickException(f"{path.name} must end in {suffix}. Give it another name.")
    if path.exists() and path.is_file() != bool(suffix):
        kind = "a folder" if suffix else "a file"
        raise click.ClickException(f"{path} is {kind}. Give it another name.")
    if not path.parent.is_dir():
        raise click.ClickException(f"{path.parent} is not a folder. Create it, or name another.")
    return path


def _named_file(named: str) -> Path:
    """Return the absolute path of a file; a relative path starts at the user's folder."""
    return Path(os.environ.get(CALLER_FOLDER, os.curdir), named).resolve()


@main.command(help=VERBS["build"].summary)
@_option("build", "--clinic")
@_option("build", "--out")
@_option("build", "--zip", "zipped")
@_option("build", "--hosting")
def build(clinic: str | None, out: str | None, zipped: str | None, hosting: str | None) -> None:
    """Check the content, write the leaflets and build the pages with MkDocs in strict mode."""
    from scripts.build import BuildRequest, build_edition

    source = _named_file(clinic) if clinic else None
    if source and source.is_dir():
        _build_all(source, out, zipped, hosting)
        return
    folder = _output_folder(out)
    order = BuildRequest(folder, _beside(folder, zipped, ".zip"), _beside(folder, hosting))
    guide = _load_guide(source)
    with _faults_printed():
        built = build_edition(order, guide)
    if built.returncode:
        sys.exit(built.returncode)
    _say_where(order)


def _build_all(source: Path, out: str | None, zipped: str | None, hosting: str | None) -> None:
    """Build every edition in a folder."""
    from scripts.editions import build_editions

    orders = _orders(source, out, zipped, hosting)
    failed = 0
    with _faults_printed():
        for file, fault in build_editions(orders):
            if fault:
                failed += 1
                click.echo(f"{file.name} was NOT built:\n{fault}", err=True)
            else:
                _say_where(orders[file])
    if failed:
        raise click.ClickException(
            f"{failed} of {len(orders)} editions were not built; see above. The rest is complete."
        )


def _orders(
    source: Path, out: str | None, zipped: str | None, hosting: str | None
) -> dict[Path, BuildRequest]:
    """Return what to build for each edition file: each has its own place in every output folder."""
    from scripts.build import BuildRequest
    from scripts.editions import edition_files

    if out is None:
        raise click.ClickException("Name a folder for the sites of these editions: --out DIR")
    home = _named_file(out)
    if home.is_file():
        raise click.ClickException(f"{home} is a file. Name a folder.")
    if (home / "sitemap.xml").is_file():
        raise click.ClickException(
            f"{home} is already a site, and these would be published in it. Name another folder."
        )
    if zipped and zipped.endswith(".zip"):
        raise click.ClickException(f"{zipped} must be a folder: each edition gets its own zip.")
    copies, settings = _beside(home, zipped), _beside(home, hosting)
    with _faults_printed():
        files = edition_files(source)
    orders = {
        file: BuildRequest(
            _output_folder(str(home / file.stem)),
            copies / f"{file.stem}.zip" if copies else None,
            settings / file.stem if settings else None,
        )
        for file in files
    }
    for folder in filter(None, (copies, settings)):
        folder.mkdir(exist_ok=True)
    return orders


def _say_where(order: BuildRequest) -> None:
    click.echo(f"The guide is in {order.folder}")
    if order.copy:
        click.echo(f"The copy that opens by double-click is {order.copy}")
    if order.settings:
        click.echo(f"Settings for nginx and Caddy are in {order.settings}")


@main.command(help=VERBS["edition"].summary)
@click.argument("action", type=click.Choice(["new", "check"]))
@click.argument("file")
def edition(action: str, file: str) -> None:
    """Start the file of a clinic's edition, or check one."""
    from scripts.editions import new_edition

    path = _named_file(file)
    if action == "check":
        guide = _load_guide(path)
        click.echo(f"{path.name} is complete: the edition of {guide.edition.name} can be built.")
        for missing in guide.edition.not_set():
            click.echo(f"Not set, so it shows as a line to write on: {missing}")
        return
    try:
        new_edition(path)
    except FileExistsError as error:
        raise click.ClickException(f"{path} already exists. Name a new file.") from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written ({error.strerror}).") from error
    click.echo(f"{path}\nFill it in, then run: {PROGRAM} edition check {file}")


def _check() -> bool:
    """Run all checks, even if one fails, and return whether all passed."""
    concise = ("--quiet", "--output-format", "concise", ".")
    steps = {
        "format": lambda: _run("ruff", "format", "--check", *concise),
        "lint": lambda: _run("ruff", "check", *concise),
        "assets": lambda: _run("scripts.tools.assets"),
        "types": lambda: _run("mypy", "--no-error-summary"),
        "content": _content_exit_code,
    }
    remedies = {
        "format": "Run: .venv/bin/python -m ruff format .",
        "lint": "Run: .venv/bin/python -m ruff check --fix .  and fix the rest by hand.",
        "assets": "Fix the scripts and stylesheets above.",
        "types": "Fix the types above.",
        "content": "Fix the problems above.",
    }
    failed = []
    for name, step in steps.items():
        passed = step() == 0
        click.echo(f"check {name}: {'passed' if passed else 'FAILED. ' + remedies[name]}")
        if not passed:
            failed.append(name)
    return not failed


def _content_exit_code() -> int:
    from scripts.checks.first_hand import report

    try:
        guide = _load_guide()
    except click.ClickException:
        return 1
    click.echo("\n".join(report(guide)))
    return 0


@main.command(help=VERBS["check"].summary)
@_option("check", "--readability", is_flag=True)
def check(readability: bool) -> None:
    """Check format, lint, assets, types and content, or print the readability of each page."""
    if readability:
        from scripts.measure.readability import report

        _load_guide()
        try:
            passed = report()
        except subprocess.CalledProcessError as error:
            raise click.ClickException(
                f"The guide could not be built to be measured. See: {PROGRAM} build"
            ) from error
    else:
        passed = _check()
    if not passed:
        sys.exit(1)


@main.command(help=VERBS["assess"].summary)
@_option("assess", "--check", "check_only", is_flag=True)
def assess(check_only: bool) -> None:
    """Write the self-assessment of clear communication, or check that it is up to date."""
    from scripts.measure.clarity import RESULT, write_assessment

    _load_guide()
    name = RESULT.relative_to(ROOT).as_posix()
    with _faults_printed():
        current = write_assessment(check=check_only)
    if not current:
        raise click.ClickException(f"{name} is out of date. Run: {PROGRAM} assess")
    click.echo(f"{name} is up to date.")


def _quick_tools() -> dict[str, str]:
    """Find or install what the quick tests need; return the variables that tell the tests."""
    browser = find_or_install_chromium()
    click.echo(f"Browser: {browser}")
    return {VARIABLE: str(browser)}


def _all_tools() -> dict[str, str]:
    """Find or install what all tests need; return the variables that tell the tests."""
    environment = _quick_tools()
    servers = find_or_install_servers()
    click.echo(f"Servers: {', '.join(map(str, servers.values()))}")
    environment |= {variable_of(name): str(path) for name, path in servers.items()}
    ensure_tools("checkers")
    zensical = ensure_environment("zensical", ZENSICAL_ENVIRONMENT)
    return environment | {"CRS_ZENSICAL_PYTHON": str(zensical)}


@main.command(
    help=VERBS["test"].summary,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@_option("test", "--quick", is_flag=True)
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED)
def test(quick: bool, pytest_args: tuple[str, ...]) -> None:
    """Run the checks, then all tests, including those with a browser and with Zensical."""
    try:
        environment = _quick_tools() if quick else _all_tools()
    except (BrowserNotFoundError, ServerNotFoundError, SetupError) as error:
        raise click.ClickException(str(error)) from error
    checked = _check()
    # Run the tests even if a check failed, so that one run shows everything that is wrong.
    chosen = ("--quick", *pytest_args) if quick else pytest_args
    code = _run("pytest", *chosen, environment=environment)
    if not checked:
        click.echo("The checks before the tests FAILED; see above.", err=True)
    sys.exit(code or int(not checked))


@main.command(help=VERBS["bench"].summary)
@_option("bench", "--runs", type=click.IntRange(1, 99), default=3)
@_option("bench", "--every-page", is_flag=True)
@_option("bench", "--steps", is_flag=True)
@_option("bench", "--edits", is_flag=True)
@_option("bench", "--growth", is_flag=True)
def bench(runs: int, every_page: bool, steps: bool, edits: bool, growth: bool) -> None:
    """Build the guide and measure it with Lighthouse, or measure builds or the preview."""
    if edits:
        from scripts.measure.edits import measure_edits

        _print_as_known(measure_edits(runs))
        return
    if growth:
        from scripts.measure.growth import measure_editions, measure_pages

        _load_guide()
        _print_as_known(chain(measure_pages(), [""], measure_editions()))
        return
    if steps:
        from scripts.measure.speed import run_steps

        _print_as_known(run_steps(_load_guide(), runs))
        return
    from scripts.build import build_site
    from scripts.measure.speed import run

    guide = _load_guide()
    with TemporaryDirectory(prefix="crs-bench-site-") as home, _faults_printed():
        site = Path(home, "site")
        done = build_site(guide, site, capture=True)
        if done.returncode:
            raise click.ClickException(f"The guide could not be built. See: {PROGRAM} build")
        try:
            table = run(guide, site, runs=runs, every_page=every_page)
        except (BrowserNotFoundError, ServerNotFoundError, SetupError) as error:
            raise click.ClickException(str(error)) from error
    click.echo("\n".join(table))


def _print_as_known(lines: Iterable[str]) -> None:
    """Print each line as soon as it is available: the last may take minutes."""
    try:
        for line in lines:
            click.echo(line)
    except RuntimeError as error:
        raise click.ClickException(f"A build stopped:\n{error}") from error
    except (BrowserNotFoundError, ServerNotFoundError, SetupError) as error:
        raise click.ClickException(str(error)) from error


@main.command(help=VERBS["audit"].summary)
def audit() -> None:
    """Check the packages for known vulnerabilities. A missing answer is reported, not an error."""
    from scripts.tools.audit import ask_all, lines_of

    try:
        python = ensure_environment("audit", AUDIT_ENVIRONMENT)
    except SetupError as error:
        raise click.ClickException(str(error)) from error
    audits = ask_all(python)
    for line in lines_of(audits):
        click.echo(line)
    if any(audit.faults for audit in audits):
        raise click.ClickException(
            "Known vulnerabilities were found. Update those packages"
            " (docs/contributing/dependencies.md), or explain in scripts/tools/audit.py why one"
            " does not affect us."
        )


@main.command(help=VERBS["load"].summary)
def load() -> None:
    """Build the guide and measure how many requests nginx handles."""
    from scripts.build import build_site
    from scripts.measure.server_load import measure_all, table_of

    wrk = find_server("wrk")
    if wrk is None:
        raise click.ClickException(
            "wrk was not found. Debian: sudo apt-get install -y wrk   macOS: brew install wrk"
        )
    guide = _load_guide()
    with TemporaryDirectory(prefix="crs-load-") as temporary, _faults_printed():
        site = Path(temporary, "site")
        if build_site(guide, site, capture=True).returncode:
            raise click.ClickException(f"The guide could not be built. See: {PROGRAM} build")
        try:
            loads = measure_all(wrk, site, guide)
        except ServerNotFoundError as error:
            raise click.ClickException(str(error)) from error
    for line in table_of(loads):
        click.echo(line)
    if any(load.failed or not load.count for load in loads):
        raise click.ClickException("Requests failed; see the column above.")


@main.command("review-pack", help=VERBS["review-pack"].summary)
@_option("review-pack", "--out", required=True)
@_option("review-pack", "--clinic")
@_option("review-pack", "--since")
def review_pack(out: str, clinic: str | None, since: str | None) -> None:
    """Write the pack that a governance board reads and signs."""
    from scripts.review_pack.history import HistoryError
    from scripts.review_pack.pack import make_pack
    from scripts.review_pack.write import files_for, write

    try:
        files = files_for(_named_file(out))
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    guide = _load_guide(_named_file(clinic) if clinic else None)
    with _faults_printed():
        try:
            pack = make_pack(guide, since=since)
            write(pack, files)
        except HistoryError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename}: {error.strerror}.") from error
    for file in files:
        click.echo(str(file))


@main.command(help=VERBS["review"].summary)
@_option("review", "--on", type=click.DateTime(["%Y-%m-%d"]), required=True)
def review(on: datetime.datetime) -> None:
    """List what is due for review on a given day. This command never reads the clock."""
    day = on.date()
    guide = _load_guide()
    all_dates = [
        (page.meta.review_by, page.meta.reviewed, page.file, page.meta.title)
        for page in guide.pages.values()
    ]
    # The sheet for later days is in the file of the first sheet.
    later = {sheet.second.slug for sheet in guide.checklists.values() if sheet.second}
    all_dates += [
        (sheet.review_by, sheet.reviewed, f"docs/data/checklists/{slug}.yml", sheet.title)
        for slug, sheet in guide.checklists.items()
        if slug not in later
    ]
    due = sorted(dates for dates in all_dates if dates[0] <= day)
    for review_by, reviewed, path, title in due:
        click.echo(f"due {review_by}  reviewed {reviewed}  {path}  {title}")
    click.echo(f"{len(due)} of {len(all_dates)} due on {day}.")
    if due:
        sys.exit(1)


if __name__ == "__main__":
    main(prog_name=PROGRAM)
