"""Define the verbs and their options, for the help of ``bootstrap.py`` and ``cli.py``.

Standard library only, because help must work before any package is installed.
"""

from __future__ import annotations

from typing import NamedTuple

PROGRAM = "python3 -m scripts"


class Option(NamedTuple):
    """An option or argument of a verb.

    Attributes:
        flag: Spelling, such as ``--port``; for an argument, a name in capitals.
        value: Placeholder for its value; empty for a switch.
        summary: One line for the help.
    """

    flag: str
    value: str
    summary: str


class Verb(NamedTuple):
    """A command.

    Attributes:
        purpose: Name of the lockfile in ``scripts/locks`` that it needs.
        summary: One line for the help.
        options: Options, in the order of the help.
    """

    purpose: str
    summary: str
    options: tuple[Option, ...] = ()


VERBS = {
    "serve": Verb(
        "run",
        "Show the guide at a local address; edits appear at once.",
        (Option("--port", "NUMBER", "Port of the local address. Default: 8000."),),
    ),
    "build": Verb(
        "run",
        "Check the content and build the website.",
        (
            Option(
                "--clinic",
                "FILE|DIR",
                "Build the edition of a clinic, or of each .yml file in a folder."
                " Default: the general edition.",
            ),
            Option(
                "--out",
                "DIR",
                "Folder to build into. Default: site. With many editions, each gets a folder in it,"
                " named after its file.",
            ),
            Option(
                "--zip",
                "FILE",
                "Also write a zip of the site that opens by double click."
                " For many editions: a folder for their zips.",
            ),
            Option(
                "--hosting",
                "DIR",
                "Also write settings for nginx and Caddy into this folder."
                " For many editions: each into a folder in it.",
            ),
        ),
    ),
    "edition": Verb(
        "run",
        "Start the file of a clinic's edition (new FILE), or check one (check FILE).",
        (
            Option(
                "ACTION", "", "new writes a file to fill in; check says what is wrong with one."
            ),
            Option("FILE", "", "The file, such as our-clinic.yml."),
        ),
    ),
    "check": Verb(
        "test",
        "Check format, lint, assets, types and content rules; change nothing.",
        (
            Option(
                "--readability",
                "",
                "Print how hard each page is to read instead; exit 1 if a limit is exceeded.",
            ),
        ),
    ),
    "assess": Verb(
        "test",
        "Rate each page on published plain-language checklists and write the points it lost.",
        (Option("--check", "", "Write nothing; exit 1 if the written rating is out of date."),),
    ),
    "test": Verb(
        "test",
        "Run everything that CI runs: check, then all tests.",
        (
            Option(
                "--quick",
                "",
                "Run the checks and only the tests for the work between commits, in three minutes.",
            ),
            Option("PYTEST_ARGS", "", "Passed on to pytest, such as tests/unit or -k words."),
        ),
    ),
    "bench": Verb(
        "test",
        "Measure how fast pages load, compared with other ways to build them.",
        (
            Option("--runs", "NUMBER", "Number of times each page is opened. Default: 3."),
            Option("--every-page", "", "Print the scores of every page of the guide instead."),
            Option("--steps", "", "Measure pages before and after each finishing step instead."),
            Option("--edits", "", "Measure how soon the preview shows a change of a file instead."),
            Option(
                "--growth",
                "",
                "Measure how long builds take with more and more pages and editions instead;"
                " takes a quarter of an hour.",
            ),
        ),
    ),
    "audit": Verb(
        "run",
        "Check all locked packages for known vulnerabilities; exit 1 if there is one. Needs the"
        " network.",
    ),
    "load": Verb(
        "run",
        "Measure how many requests per second nginx handles with our settings. Needs nginx and wrk;"
        " takes a minute.",
    ),
    "review-pack": Verb(
        "run",
        "Write every statement with its sources, for clinicians to read and sign.",
        (
            Option(
                "--out",
                "FILE",
                "File to write: .html, .pdf or .csv. All three if it has no extension. Required.",
            ),
            Option("--clinic", "FILE", "The edition of a clinic. Default: the general edition."),
            Option(
                "--since",
                "VERSION",
                "Show what has changed since a tag, a commit or a day such as 2026-11-22.",
            ),
        ),
    ),
    "review": Verb(
        "run",
        "List the pages and sheets whose review is due; exit 1 if any is.",
        (Option("--on", "DATE", "Due on or before this day, such as 2027-05-22. Required."),),
    ),
}


def _columns(rows: list[tuple[str, str]]) -> str:
    width = max(len(left) for left, _ in rows)
    return "\n".join(f"  {left.ljust(width)}  {right}" for left, right in rows)


def overview() -> str:
    """Return the help for all verbs."""
    verbs = _columns([(name, verb.summary) for name, verb in VERBS.items()])
    return (
        f"Usage: {PROGRAM} VERB [OPTIONS]\n\n{verbs}\n\n"
        f"What a verb needs is installed into .venv the first time.\n"
        f"More on a verb: {PROGRAM} VERB --help\n"
    )


def describe(name: str) -> str:
    """Return the help for one verb, a key of ``VERBS``, with its options."""
    verb = VERBS[name]
    rows = [(f"{option.flag} {option.value}".strip(), option.summary) for option in verb.options]
    rows.append(("-h, --help", "Show this help."))
    return f"Usage: {PROGRAM} {name} [OPTIONS]\n\n{verb.summary}\n\n{_columns(rows)}\n"
