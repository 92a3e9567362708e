"""Plain English in docstrings, comments, messages and the pages for contributors.

docs/contributing/code.md has the rule; this list has the patterns that most often broke it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.root import ROOT

WORSE_AND_BETTER = (
    # pattern in lower case, what to write instead, a text that the pattern must find
    (r'^ *r?"""gives?\b', "Return, Render or Yield", '"""Give the address."""'),
    (r"(?<!cannot )\bstands?\b(?! (?:for|in for|out|alone))", "is, is set", "It stands here."),
    (r"\b(?:by|for|of|to|with) whom\b", "the person: a reader, the reviewer", "when and by whom"),
    (r"\b(?:by|for|from|of|than|to|with) who\b", "a reader who, the person who", "for who comes"),
    (r"\bwhat (?:comes?|came|does not come)\b", "the thing: the page, the file", "what comes once"),
    (r"\bmust be there\b", "you need", "all that must be there"),
    (r"\b(?:has|have|had) come\b", "has loaded, is available", "A newer copy has come."),
    (r"\b(?:is|are) to do\b", "is needed", "nothing more is to do"),
    (r"\bknown faults?\b", "known vulnerabilities", "known faults of packages"),
    (r"\b(?:an?|has|have|no|the) faults?\b", "an error, a problem", "It has faults."),
    (r"\bmend(?:s|ed|ing)?\b", "fix, correct", "Mend what pip names."),
    (r"\bgo(?:es)? round\b", "bypass", "Do not go round this check."),
    (r"\btak(?:es?|ing) (?:\w+ ){0,4}out\b", "remove, delete", "take comments out of it"),
    (r"\bblanks? (?:before|after|out)\b", "white space", "takes blanks out of styles"),
    (r"\bletters of the\b", "the font of", "the letters of the PDFs"),
    (r"\bstyle sheets?\b", "a stylesheet", "It has no style sheet."),
    (r"\bnames (?:no|other) (?:script|style)", "loads no script", "It names no script."),
    (r"\brest(?:s|ed)? on\b", "depends on, is based on", "What the guide rests on"),
    (r"\bholds? (?:the|these|them) (?:\w+ )?to\b", "checks them against", "holds these tables to"),
    (r"\bin (?:its|their) turn\b", "also", "what these need in their turn"),
    (r"\bby machine\b", "automatically", "a check by machine"),
)

COMMENTS = {
    (".md", ".py"): re.compile(r"(?s).+"),
    (".css", ".js"): re.compile(r"(?s)/\*.*?\*/|(?<!:)//[^\n]*"),
    (".html", ".j2"): re.compile(r"(?s)\{#.*?#\}"),
    (".toml", ".yml"): re.compile(r"(?m)(?:^|\s)#.*"),
    (".typ",): re.compile(r"(?<!:)//.*"),
}
FOLDERS = (".github", "docs/contributing", "docs/data", "overrides", "scripts", "tests", ":(glob)*")
LEFT_OUT = ("docs/contributing/code.md", "tests/unit/test_english.py", "overrides/assets/vendor")


def texts(file: Path) -> Iterator[tuple[int, str]]:
    """Yield what a file says to contributors, in lower case, each text with its first line."""
    for comments in (COMMENTS[endings] for endings in COMMENTS if file.suffix in endings):
        text = file.read_text(encoding="utf-8").lower()
        for comment in comments.finditer(text):
            yield text.count("\n", 0, comment.start()) + 1, comment[0]


def test_words_for_contributors_are_plain_english() -> None:
    command = ["git", "ls-files", "-z", "--", *FOLDERS]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    names = [name for name in listed.stdout.split("\0") if name and not name.startswith(LEFT_OUT)]
    assert [
        f"{name}:{line + text.count(chr(10), 0, found.start())}: “{found[0]}”: write: {better}"
        for name in names
        for line, text in texts(ROOT / name)
        for pattern, better, _ in WORSE_AND_BETTER
        for found in re.finditer(f"(?m){pattern}", text)
    ] == []


@pytest.mark.parametrize(("pattern", "better", "text"), WORSE_AND_BETTER)
def test_each_pattern_finds_the_words_that_it_is_for(pattern: str, better: str, text: str) -> None:
    assert re.search(pattern, text.lower())
    assert not re.search(pattern, better.lower())
