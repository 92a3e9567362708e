"""How hard each page is to read. The rule is in docs/contributing/reading-level.md."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyphen
from bs4 import BeautifulSoup, Tag

from scripts.bootstrap import child_environment
from scripts.content import ROOT, Guide, load_guide
from scripts.pages import url_of

PAGE_LIMIT, MEDIAN_LIMIT, SENTENCE_LIMIT = 7.0, 6.0, 25
ACTION_PAGES = {"get-help.md": 5.0}

HYPHENS = pyphen.Pyphen(lang="en_US")
"""Where a word can break tells how many syllables it has, well enough for an average."""

LEFT_OUT = (
    "table, svg, sup, template, nav, .crs-help-bar__address, .crs-page-foot, "
    ".crs-clinician, .crs-record-request, .crs-sheet__foot, .crs-sources__list, "
    ".crs-article-review__where, [hidden], "
    ".crs-sheet--for-clinicians, .crs-pack__sheet, .crs-card--copy"
)
ENDS_A_SENTENCE = "p, li, h1, h2, h3, h4, dt, dd, figcaption, legend, label, .crs-sheet-list__link"
SENTENCE_END = re.compile(r"[.?!]+(?=\s|$)|[\n\r]+")
WORD = re.compile(r"[A-Za-z0-9][\w’'.,%°/-]*")


@dataclass(frozen=True)
class Reading:
    """What a page asks of its reader.

    Attributes:
        path: The page.
        grade: US school grade, one decimal.
        words: How many words were counted.
        longest: Words in the longest sentence.
        longest_sentence: That sentence.
    """

    path: str
    grade: float
    words: int
    longest: int
    longest_sentence: str

    @property
    def limit(self) -> float:
        """The highest grade that this page may have."""
        return ACTION_PAGES.get(self.path, PAGE_LIMIT)

    @property
    def passes(self) -> bool:
        """Whether the page keeps both limits."""
        return self.grade <= self.limit and self.longest <= SENTENCE_LIMIT


def sentences_of(html: str) -> list[str]:
    """Give the sentences of a built page, as the rule counts them."""
    page = BeautifulSoup(html, "html.parser").select_one(".crs-page")
    if page is None:
        raise ValueError("the page has no .crs-page: was it built with this theme?")
    for left_out in page.select(LEFT_OUT):
        left_out.decompose()
    for block in page.select(ENDS_A_SENTENCE):
        if isinstance(block, Tag):
            block.append("\n")
    text = re.sub(r"[ \t\u00a0]+", " ", page.get_text(" ").replace("\u00a0", "_"))
    text = re.sub(r"[\d.]+_°[FC] \( ?[\d.]+_°[FC] ?\)", "heat", text)
    return [part.strip() for part in SENTENCE_END.split(text) if WORD.search(part)]


def measure(path: str, html: str) -> Reading:
    """Measure a page.

    Args:
        path: The page, such as ``get-help.md``.
        html: Its built HTML.
    """
    sentences = sentences_of(html)
    longest = max(sentences, key=lambda sentence: len(_words(sentence)))
    count = sum(len(_words(sentence)) for sentence in sentences)
    return Reading(path, _grade(sentences), count, len(_words(longest)), longest)


def _words(sentence: str) -> list[str]:
    return [word.strip(".,’'") for word in WORD.findall(sentence)]


def _syllables(word: str) -> int:
    return len(HYPHENS.positions(word)) + 1


def _grade(sentences: list[str]) -> float:
    words = [word for sentence in sentences for word in _words(sentence)]
    syllables = sum(1 if any(c.isdigit() for c in word) else _syllables(word) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return round(grade, 1)


def measure_all(site: Path, guide: Guide) -> list[Reading]:
    """Measure every page of a built guide, hardest first."""
    readings = [
        measure(path, (site / url_of(path) / "index.html").read_text(encoding="utf-8"))
        for path in guide.pages
    ]
    return sorted(readings, key=lambda reading: -reading.grade)


def report() -> bool:
    """Build the guide, print a line a page, and tell whether all limits are kept."""
    guide = load_guide()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", folder]
        subprocess.run(command, cwd=ROOT, env=child_environment(), check=True)
        readings = measure_all(Path(folder), guide)
    print("grade  limit  words  longest sentence")
    for reading in readings:
        mark = "" if reading.passes else "  TOO HARD"
        print(
            f"{reading.grade:5.1f}  {reading.limit:5.1f}  {reading.words:5}  {reading.longest:3}  "
            f"{reading.path}{mark}"
        )
        if reading.longest > SENTENCE_LIMIT:
            print(f"       {reading.longest_sentence}")
    median = statistics.median(reading.grade for reading in readings)
    print(f"{median:5.1f}  {MEDIAN_LIMIT:5.1f}  median of {len(readings)} pages")
    return median <= MEDIAN_LIMIT and all(reading.passes for reading in readings)
