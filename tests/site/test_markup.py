"""Every page and stylesheet under the Nu validator, the W3C's checker of HTML and CSS."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from scripts.finishing.site import Site as BuiltSite
from scripts.guide.guide import Guide
from scripts.tools.npm_tools import ensure_tools, java
from tests.conftest import Site

JVM = (
    # The run takes seconds, so the second compiler would cost more than it saves.
    "-XX:TieredStopAtLevel=1",
    # The HTML schema recurses deeply, and the validator's documentation asks for a larger stack.
    "-Xss4m",
)


@dataclass(frozen=True)
class Message:
    """A message of the validator.

    Attributes:
        file: The file.
        line: The line.
        text: The error or warning.
        extract: The markup there.
    """

    file: Path
    line: int
    text: str
    extract: str

    def __str__(self) -> str:
        """Return the place, the message and the markup in one line."""
        return f"{'/'.join(self.file.parts[-3:])}:{self.line}: {self.text} {self.extract!r}"


@dataclass(frozen=True)
class Known:
    """A message that is wrong, or that is right but accepted.

    Attributes:
        text: A pattern for the message.
        extract: A pattern for the markup there.
        reason: The reason for the exception.
        link: The page that documents the matter.
    """

    text: str
    extract: str
    reason: str
    link: str

    def covers(self, message: Message) -> bool:
        return bool(
            re.fullmatch(self.text, message.text) and re.search(self.extract, message.extract)
        )


EXCEPTIONS = (
    Known(
        "The “list” role is unnecessary for element “ul”.",
        r'<ul class="crs-[^"]*" role="list"',
        "Lists without marks: Safari and VoiceOver take them for no list unless told so.",
        "https://bugs.webkit.org/show_bug.cgi?id=170179",
    ),
    Known(
        "CSS: “(--module”: Parse Error|(width|height)”: The types are incompatible).",
        r"--modules\) - 8\)|\* var\(--module\)",
        "The validator takes the number --modules for a length, and then loses the sums below it.",
        "https://github.com/w3c/css-validator/issues/518",
    ),
    Known(
        "CSS: “field-sizing”: Property “field-sizing” doesn't exist.",
        r"field-sizing: ?conte",
        "It exists; browsers without it show the copy box with a bar to scroll.",
        "https://github.com/w3c/css-validator/issues/514",
    ),
    Known(
        r"Resource violates Content Security Policy .* “(?!\w+:|//)[^”]+” blocked by .*",
        r"(src|href)=\"",
        "It takes a file of the site itself for a stranger's, although the policy allows 'self'.",
        "https://github.com/validator/validator/issues/2062",
    ),
    Known(
        r"Inline script violates Content Security Policy .*",
        r'<script type="application/ld\+json">',
        "Data is no script: browsers ask the policy only after they have looked at the type.",
        "https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element",
    ),
)


def messages(*paths: Path) -> list[Message]:
    """Return all messages about files, or about the pages and stylesheets of folders."""
    jar = ensure_tools("checkers") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        [
            *(str(java()), *JVM, "-jar", str(jar)),
            *("--format", "json", "--exit-zero-always", "--stdout", "--no-langdetect"),
            *("--skip-non-html", "--also-check-css", "--also-check-svg", *map(str, paths)),
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return [
        Message(
            Path(unquote(urlsplit(said["url"]).path)),
            said.get("lastLine", 0),
            said["message"],
            said.get("extract", ""),
        )
        for said in json.loads(done.stdout)["messages"]
    ]


@pytest.fixture(scope="module")
def said(
    site: Site, catalogue: Site, guide: Guide, tmp_path_factory: pytest.TempPathFactory
) -> list[Message]:
    """All messages about the guide and the catalogue, including warnings."""
    # A plain build leaves parts of Material's document that a finished page does not have.
    copy = shutil.copytree(catalogue.folder, tmp_path_factory.mktemp("markup") / "catalogue")
    BuiltSite(copy, guide).write()
    return messages(site.folder, copy)


def unexcused(said: Iterable[Message]) -> list[str]:
    return [str(one) for one in said if not any(known.covers(one) for known in EXCEPTIONS)]


def test_the_validator_finds_nothing_in_any_page_or_style_sheet(said: list[Message]) -> None:
    assert unexcused(said) == []


@pytest.mark.parametrize("known", EXCEPTIONS, ids=lambda known: known.text)
def test_each_exception_is_still_needed(said: list[Message], known: Known) -> None:
    assert any(map(known.covers, said)), "fixed: remove it from the list"


def test_the_validator_would_find_a_fault(tmp_path: Path) -> None:
    head = '<!doctype html><html lang="en"><title>A</title>'
    faults = {
        "child.html": ("<ul><p>No item</ul>", "Element “p” not allowed as child of element “ul”"),
        "crossed.html": ("<p><b>Twice</p></b>", "End tag “p” seen, but there were open elements."),
        "value.html": ('<p aria-level="x">a</p>', "Bad value “x” for attribute “aria-level”"),
        "style.css": ("p { colour: red }", "Property “colour” doesn't exist."),
    }
    for name, (text, _) in faults.items():
        page = text if name.endswith(".css") else head + text
        (tmp_path / name).write_text(page, encoding="utf-8")
    found = unexcused(messages(tmp_path))
    for name, (_, fault) in faults.items():
        assert any(name in one and fault in one for one in found), name
