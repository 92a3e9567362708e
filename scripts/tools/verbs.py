"""Declare the command line: each verb with its options and what it needs to be installed.

Standard library only, in the syntax of Python 3.8, because this gives help and refuses a mistyped
option before any package is installed. ``cli.py`` has the function of each verb.
"""

from __future__ import annotations

import argparse
import datetime
import os
from pathlib import Path
from typing import Any, Callable, Sequence

PROGRAM = "python3 -m scripts"

CALLER_FOLDER = "CRS_CALLER_DIR"
"""Environment variable: the user's working directory, from which a verb resolves paths."""


def _path(text: str) -> Path:
    """Return an absolute path; a relative one starts at the user's folder."""
    return Path(os.environ.get(CALLER_FOLDER, os.curdir), text).resolve()


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day such as 2027-05-22") from None


def _number_up_to(most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not (text.isdecimal() and 1 <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to {most}")
        return int(text)

    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Build, show and check the guide.",
        epilog="What a verb needs is installed into .venv the first time."
        f" More on a verb: {PROGRAM} VERB --help",
    )
    verbs = parser.add_subparsers(title="verbs", dest="verb", metavar="VERB", required=True)

    def add(name: str, purpose: str, summary: str) -> argparse.ArgumentParser:
        """Add a verb that needs the packages of the lockfile ``scripts/locks/PURPOSE.txt``."""
        verb = verbs.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        verb.set_defaults(purpose=purpose)
        return verb

    switch: dict[str, Any] = {"action": "store_true"}
    file: dict[str, Any] = {"metavar": "FILE", "type": _path}
    folder: dict[str, Any] = {"metavar": "DIR", "type": _path}

    verb = add("serve", "run", "Show the guide at a local address; edits appear at once.")
    port: dict[str, Any] = {"metavar": "NUMBER", "type": _number_up_to(65535), "default": 8000}
    verb.add_argument("--port", **port, help="Port of the local address. Default: 8000.")

    verb = add("build", "run", "Check the content and build the website.")
    text = "Build the edition of a clinic, or of each .yml file in a folder. Default: the general."
    verb.add_argument("--clinic", metavar="FILE|DIR", type=_path, help=text)
    text = "Folder to build into. Default: site. Each of many editions gets a folder in it."
    verb.add_argument("--out", **folder, help=text)
    text = "Also write a zip of the site that opens by double click. For many editions: a folder."
    verb.add_argument("--zip", **file, dest="zipped", help=text)
    text = "Also write settings for nginx and Caddy. For many editions: a folder in it for each."
    verb.add_argument("--hosting", **folder, help=text)

    verb = add("edition", "run", "Start the file of a clinic's edition, or check one.")
    text = "new writes a file to fill in; check says what is wrong with one."
    verb.add_argument("action", choices=("new", "check"), help=text)
    verb.add_argument("file", **file, help="The file, such as our-clinic.yml.")

    verb = add("check", "test", "Check format, lint, assets, types and content; change nothing.")
    text = "Print how hard each page is to read instead; exit 1 if a limit is exceeded."
    verb.add_argument("--readability", **switch, help=text)

    verb = add("assess", "test", "Rate each page on published plain-language checklists.")
    text = "Write nothing; exit 1 if the written rating is out of date."
    verb.add_argument("--check", **switch, help=text)

    verb = add("test", "test", "Run everything that CI runs: check, then all tests.")
    verb.usage = f"{PROGRAM} test [-h] [--quick] [PYTEST_ARGS ...]"
    verb.epilog = "Everything else is passed on to pytest, such as tests/unit or -k words."
    text = "Run the checks and only the tests for the work between commits, in three minutes."
    verb.add_argument("--quick", **switch, help=text)

    verb = add(
        "bench", "test", "Measure how fast pages load, compared with other ways to build them."
    )
    runs: dict[str, Any] = {"metavar": "NUMBER", "type": _number_up_to(99), "default": 3}
    verb.add_argument("--runs", **runs, help="Number of times each page is opened. Default: 3.")
    text = "Print the scores of every page of the guide instead."
    verb.add_argument("--every-page", **switch, help=text)
    text = "Measure pages before and after each finishing step instead."
    verb.add_argument("--steps", **switch, help=text)
    text = "Measure how soon the preview shows a change of a file instead."
    verb.add_argument("--edits", **switch, help=text)
    text = "Measure how build times grow with pages and editions instead; takes 15 minutes."
    verb.add_argument("--growth", **switch, help=text)

    add("audit", "run", "Check all locked packages for known vulnerabilities. Needs the network.")
    add(
        "load",
        "run",
        "Measure how many requests nginx handles. Needs nginx and wrk; takes a minute.",
    )

    text = "Write every statement with its sources, for clinicians to read and sign."
    verb = add("review-pack", "run", text)
    text = "File to write: .html, .pdf or .csv. All three if it has no extension. Required."
    verb.add_argument("--out", **file, required=True, help=text)
    text = "The edition of a clinic. Default: the general edition."
    verb.add_argument("--clinic", **file, help=text)
    text = "Show what has changed since a tag, a commit or a day such as 2026-11-22."
    verb.add_argument("--since", metavar="VERSION", help=text)

    verb = add("review", "run", "List the pages and sheets whose review is due; exit 1 if any is.")
    text = "Due on or before this day, such as 2027-05-22. Required."
    verb.add_argument("--on", metavar="DATE", type=_day, required=True, help=text)
    return parser


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the verb, its purpose and its options, as attributes named after them.

    Raises:
        SystemExit: The arguments ask for help, which is then printed, or are wrong.
    """
    if not arguments or arguments[0] == "help":
        arguments = [*arguments[1:], "--help"]
    dashes = arguments.index("--") if "--" in arguments else len(arguments)
    parser = _parser()
    chosen, unknown = parser.parse_known_args(arguments[:dashes])
    unknown += arguments[dashes + 1 :]
    if chosen.verb == "test":
        chosen.pytest_args = unknown
    elif unknown:
        parser.error(
            f"{chosen.verb} does not know {' '.join(unknown)}. See: {PROGRAM} {chosen.verb} --help"
        )
    return chosen
