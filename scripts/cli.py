"""Run the verbs, once their packages are installed. ``bootstrap.py`` starts this in ``.venv``.

``tools/verbs.py`` declares the verbs and their options. Each verb is the function of its name here,
and returns its exit code, or nothing for 0.
MkDocs always runs in a process of its own: nothing that is imported here imports it.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scripts.root import ROOT
from scripts.tools.bootstrap import (
    AUDIT_ENVIRONMENT,
    ZENSICAL_ENVIRONMENT,
    SetupError,
    child_environment,
    ensure_environment,
    say,
)
from scripts.tools.browser import VARIABLE, find_or_install_chromium
from scripts.tools.npm_tools import ensure_tools
from scripts.tools.servers import find_or_install_servers, find_server, variable_of
from scripts.tools.verbs import PROGRAM, parse

if TYPE_CHECKING:
    from scripts.build import BuildRequest
    from scripts.guide.guide import Guide


class CommandError(Exception):
    """A verb cannot do what was asked. The message says why and what to do."""


def _run(*module_and_arguments: str, environment: Mapping[str, str] | None = None) -> int:
    """Run a Python module at the repository root and return its exit code."""
    sys.stdout.flush()
    command = [sys.executable, "-m", *module_and_arguments]
    env = {**child_environment(), **(environment or {})}
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def _load_guide(clinic: Path | None = None) -> Guide:
    from scripts.content import load_guide

    return load_guide(clinic=clinic)


def serve(port: int) -> None:
    """Serve the guide at a local address until it is stopped."""
    from scripts.preview.server import Preview

    try:
        preview = Preview(port)
    except OSError as error:
        other = port + 1 if port < 65535 else 8001
        raise CommandError(
            f"Port {port} cannot be used ({error.strerror}). Try: {PROGRAM} serve --port {other}"
        ) from error
    print(f"The guide: {preview.url}   (Ctrl+C stops it)", flush=True)
    preview.run()


def _checked_folder(folder: Path | None) -> Path:
    """Return the folder to build into.

    Raises:
        CommandError: The folder is not a site, and MkDocs would empty it.
    """
    if folder is None:
        return ROOT / "site"
    if folder == ROOT or folder in ROOT.parents:
        raise CommandError(f"{folder} contains this project. Name a folder for the site.")
    if folder.is_file():
        raise CommandError(f"{folder} is a file. Name a folder.")
    is_site = (folder / "sitemap.xml").is_file() and (folder / "404.html").is_file()
    if folder.is_dir() and any(folder.iterdir()) and not is_site:
        raise CommandError(
            f"{folder} contains files that are not a built site, and building would delete them."
            " Name a new or empty folder."
        )
    return folder


def _beside(site: Path, path: Path | None, suffix: str = "") -> Path | None:
    """Return the path of a file, or of a folder if there is no suffix, that is outside the site.

    Raises:
        CommandError: It would be published by accident, or cannot be written there.
    """
    if path is None:
        return None
    if path.is_relative_to(site):
        raise CommandError(
            f"{path} is in the folder of the site and would be published. Name a place outside it."
        )
    if path.suffix != suffix and suffix:
        raise CommandError(f"{path.name} must end in {suffix}. Give it another name.")
    if path.exists() and path.is_file() != bool(suffix):
        kind = "a folder" if suffix else "a file"
        raise CommandError(f"{path} is {kind}. Give it another name.")
    if not path.parent.is_dir():
        raise CommandError(f"{path.parent} is not a folder. Create it, or name another.")
    return path


def build(clinic: Path | None, out: Path | None, zipped: Path | None, hosting: Path | None) -> int:
    """Check the content, write the leaflets and build the pages with MkDocs in strict mode."""
    from scripts.build import BuildRequest, build_edition

    if clinic and clinic.is_dir():
        _build_all(_orders(clinic, out, zipped, hosting))
        return 0
    folder = _checked_folder(out)
    order = BuildRequest(folder, _beside(folder, zipped, ".zip"), _beside(folder, hosting))
    code = build_edition(order, _load_guide(clinic)).returncode
    if not code:
        _say_where(order)
    return code


def _build_all(orders: Mapping[Path, BuildRequest]) -> None:
    from scripts.editions import build_editions

    failed = 0
    for file, fault in build_editions(orders):
        if fault:
            failed += 1
            say(f"{file.name} was NOT built:\n{fault}")
        else:
            _say_where(orders[file])
    if failed:
        raise CommandError(
            f"{failed} of {len(orders)} editions were not built; see above. The rest is complete."
        )


def _orders(
    source: Path, home: Path | None, zipped: Path | None, hosting: Path | None
) -> dict[Path, BuildRequest]:
    """Return what to build for each edition file: each has its own place in every output folder."""
    from scripts.build import BuildRequest
    from scripts.editions import edition_files

    if home is None:
        raise CommandError("Name a folder for the sites of these editions: --out DIR")
    if home.is_file():
        raise CommandError(f"{home} is a file. Name a folder.")
    if (home / "sitemap.xml").is_file():
        raise CommandError(
            f"{home} is already a site, and these would be published in it. Name another folder."
        )
    if zipped and zipped.suffix == ".zip":
        raise CommandError(f"{zipped} must be a folder: each edition gets its own zip.")
    copies, settings = _beside(home, zipped), _beside(home, hosting)
    orders = {
        file: BuildRequest(
            _checked_folder(home / file.stem),
            copies / f"{file.stem}.zip" if copies else None,
            settings / file.stem if settings else None,
        )
        for file in edition_files(source)
    }
    for folder in filter(None, (copies, settings)):
        folder.mkdir(exist_ok=True)
    return orders


def _say_where(order: BuildRequest) -> None:
    print(f"The guide is in {order.folder}")
    if order.copy:
        print(f"The copy that opens by double-click is {order.copy}")
    if order.settings:
        print(f"Settings for nginx and Caddy are in {order.settings}")


def edition(action: str, file: Path) -> None:
    """Start the file of a clinic's edition, or check one."""
    from scripts.editions import new_edition

    if action == "check":
        guide = _load_guide(file)
        print(f"{file.name} is complete: the edition of {guide.edition.name} can be built.")
        for missing in guide.edition.not_set():
            print(f"Not set, so it shows as a line to write on: {missing}")
        return
    try:
        new_edition(file)
    except FileExistsError as error:
        raise CommandError(f"{file} already exists. Name a new file.") from error
    except OSError as error:
        raise CommandError(f"{file} cannot be written ({error.strerror}).") from error
    print(f"{file}\nFill it in, then run: {PROGRAM} edition check {file}")


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
        print(f"check {name}: {'passed' if passed else 'FAILED. ' + remedies[name]}")
        if not passed:
            failed.append(name)
    return not failed


def _content_exit_code() -> int:
    from scripts.checks.first_hand import report
    from scripts.guide.errors import ContentError

    try:
        guide = _load_guide()
    except ContentError as error:
        say(str(error))
        return 1
    print("\n".join(report(guide)))
    return 0


def check(readability: bool) -> int:
    """Check format, lint, assets, types and content, or print the readability of each page."""
    if not readability:
        return int(not _check())
    from scripts.measure.readability import report

    _load_guide()
    try:
        return int(not report())
    except subprocess.CalledProcessError as error:
        raise CommandError(
            f"The guide could not be built to be measured. See: {PROGRAM} build"
        ) from error


def assess(check: bool) -> None:
    """Write the self-assessment of clear communication, or check that it is up to date."""
    from scripts.measure.clarity import RESULT, write_assessment

    _load_guide()
    name = RESULT.relative_to(ROOT).as_posix()
    if not write_assessment(check=check):
        raise CommandError(f"{name} is out of date. Run: {PROGRAM} assess")
    print(f"{name} is up to date.")


def _quick_tools() -> dict[str, str]:
    """Find or install what the quick tests need; return the variables that tell the tests."""
    browser = find_or_install_chromium()
    print(f"Browser: {browser}")
    return {VARIABLE: str(browser)}


def _all_tools() -> dict[str, str]:
    """Find or install what all tests need; return the variables that tell the tests."""
    environment = _quick_tools()
    servers = find_or_install_servers()
    print(f"Servers: {', '.join(map(str, servers.values()))}")
    environment |= {variable_of(name): str(path) for name, path in servers.items()}
    ensure_tools("checkers")
    zensical = ensure_environment("zensical", ZENSICAL_ENVIRONMENT)
    return environment | {"CRS_ZENSICAL_PYTHON": str(zensical)}


def test(quick: bool, pytest_args: Sequence[str]) -> int:
    """Run the checks, then all tests, including those with a browser and with Zensical."""
    environment = _quick_tools() if quick else _all_tools()
    checked = _check()
    # Run the tests even if a check failed, so that one run shows everything that is wrong.
    chosen = ("--quick", *pytest_args) if quick else pytest_args
    code = _run("pytest", *chosen, environment=environment)
    if not checked:
        say("The checks before the tests FAILED; see above.")
    return code or int(not checked)


def bench(runs: int, every_page: bool, steps: bool, edits: bool, growth: bool) -> None:
    """Build the guide and measure it with Lighthouse, or measure builds or the preview."""
    from scripts.measure.edits import measure_edits
    from scripts.measure.growth import measure_editions, measure_pages
    from scripts.measure.speed import run, run_steps

    if edits:
        _print_as_known(measure_edits(runs))
        return
    guide = _load_guide()
    if growth:
        _print_as_known(chain(measure_pages(), [""], measure_editions()))
    elif steps:
        _print_as_known(run_steps(guide, runs))
    else:
        with _built_to_measure(guide) as site:
            _print_as_known(run(guide, site, runs=runs, every_page=every_page))


@contextmanager
def _built_to_measure(guide: Guide) -> Iterator[Path]:
    """Yield the folder of a site that is deleted after it is measured."""
    from scripts.build import build_site

    with TemporaryDirectory(prefix="crs-measured-") as temporary:
        site = Path(temporary, "site")
        if build_site(guide, site, capture=True).returncode:
            raise CommandError(f"The guide could not be built. See: {PROGRAM} build")
        yield site


def _print_as_known(lines: Iterable[str]) -> None:
    """Print each line as soon as it is available: the last may take minutes."""
    try:
        for line in lines:
            print(line, flush=True)
    except RuntimeError as error:
        raise CommandError(f"A build stopped:\n{error}") from error


def audit() -> None:
    """Check the packages for known vulnerabilities. A missing answer is reported, not an error."""
    from scripts.tools.audit import ask_all, lines_of

    audits = ask_all(ensure_environment("audit", AUDIT_ENVIRONMENT))
    print("\n".join(lines_of(audits)))
    if any(audit.faults for audit in audits):
        raise CommandError(
            "Known vulnerabilities were found. Update those packages"
            " (docs/contributing/dependencies.md), or explain in scripts/tools/audit.py why one"
            " does not affect us."
        )


def load() -> None:
    """Build the guide and measure how many requests nginx handles."""
    from scripts.measure.server_load import measure_all, table_of

    wrk = find_server("wrk")
    if wrk is None:
        raise CommandError(
            "wrk was not found. Debian: sudo apt-get install -y wrk   macOS: brew install wrk"
        )
    guide = _load_guide()
    with _built_to_measure(guide) as site:
        loads = measure_all(wrk, site, guide)
    print("\n".join(table_of(loads)))
    if any(load.failed or not load.count for load in loads):
        raise CommandError("Requests failed; see the column above.")


def review_pack(out: Path, clinic: Path | None, since: str | None) -> None:
    """Write the pack that a governance board reads and signs."""
    from scripts.review_pack.history import HistoryError
    from scripts.review_pack.pack import make_pack
    from scripts.review_pack.write import files_for, write

    try:
        files = files_for(out)
        write(make_pack(_load_guide(clinic), since=since), files)
    except (HistoryError, ValueError) as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}.") from error
    print("\n".join(map(str, files)))


def review(on: datetime.date) -> int:
    """List what is due for review on a given day. This command never reads the clock."""
    guide = _load_guide()
    all_dates = [
        (page.meta.review_by, page.meta.reviewed, page.file, page.meta.title)
        for page in guide.pages.values()
    ]
    all_dates += [
        (sheet.review_by, sheet.reviewed, f"docs/data/checklists/{slug}.yml", sheet.title)
        for slug, sheet in guide.checklists.items()
    ]
    due = sorted(dates for dates in all_dates if dates[0] <= on)
    for review_by, reviewed, path, title in due:
        print(f"due {review_by}  reviewed {reviewed}  {path}  {title}")
    print(f"{len(due)} of {len(all_dates)} due on {on}.")
    return int(bool(due))


def main(arguments: Sequence[str]) -> int:
    """Run a verb, print its error if there is one, and return the exit code."""
    from scripts.finishing.faults import FinishingError
    from scripts.guide.errors import ContentError

    options = vars(parse(arguments))
    del options["purpose"]
    verb = globals()[options.pop("verb").replace("-", "_")]
    try:
        code: int | None = verb(**options)
        sys.stdout.flush()
    except ContentError as error:
        say(
            f"{error}\n\nError: The content has the problems above. Correct them and run again;"
            " nothing was built."
        )
    except FinishingError as error:
        say(f"Error: {error}\nThe folder of the site is as it was. Correct this and build again.")
    except (CommandError, SetupError) as error:
        say(f"Error: {error}")
    except BrokenPipeError:
        # The reader of a pipe, such as `head`, has seen enough. Python would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    else:
        return code or 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
