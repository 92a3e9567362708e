"""Write the search index: the sections of all pages, the readers' words, the care cards.

It is made from the built pages, so it matches them with any site generator. A plain MkDocs build
writes it too (``scripts/macros.py``), so that search works in a preview. It is a script that sets
a variable, not a data file, because a page opened by double click may not request files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest
from operator import itemgetter
from typing import Any

from scripts.components.registry import COMPONENTS
from scripts.components.render import Formatter, render
from scripts.components.tiles import TILES
from scripts.finishing.faults import needed
from scripts.finishing.search_words import Stems, words_of
from scripts.finishing.sections import ENTRY_LEVEL, FOOT, Section, sections_of
from scripts.finishing.site import Site
from scripts.finishing.trees import tree_of
from scripts.guide.guide import Guide
from scripts.guide.models.lay_term import LayTerm
from scripts.guide.pages import Page, url_of

FILE = "assets/javascripts/search-index.js"
STEP = "write_search_index"
NAME = "crsSearchIndex"
"""Name of the global variable that the script sets."""

LEFT_OUT = tuple(name for each in COMPONENTS.values() for name in each.not_searched)
"""Content to leave out: links onward, whole sheets, copies of the cards, lists of sources."""

CARE_CARD = "crs-care-card"
"""Class of the care cards. Only those on the help page are indexed: other pages repeat them."""

FEW = 0.5
"""Pages with at most this search weight are found by headings and first sentences only."""

EXCERPT = 140
"""Maximum number of characters of a section that are shown below its heading."""

URGENCY = {"emergency": 3, "call-now": 2, "tell-your-team": 1}
"""Urgency of a lay word in the index. 3 and 2 show a care card."""

CARDS = ("emergency", "call-now")
"""Care cards that search shows, in the order in which it numbers their signs."""

MOST_SLIPS = 2
"""Maximum number of typing errors in a word; one less in a word of up to six letters."""

LEAST_LETTERS = 3
"""Minimum length of an indexed word of a text. Shorter words mean little on their own."""

WORD = re.compile(r"[^\W_]+")


def card_tree(guide: Guide, name: str) -> list[Any]:
    """Return the care card that search shows, as a tree of elements."""
    html = render(
        "care-card.html",
        name=name,
        card=guide.care_cards[name],
        groups=guide.groups_of(name),
        prefix="search-",
        icons=False,
        formatter=Formatter(guide),
        strings=guide.strings,
        edition=guide.edition,
    )
    return tree_of(html)


def reading_trees(guide: Guide) -> dict[str, list[Any]]:
    """Return the answers of search to a temperature reading, by the zone of the reading."""
    said = Formatter(guide).filled(guide.temperature_helper).search
    return {
        zone: tree_of(
            render(
                "search-reading.html",
                text=getattr(said, zone.replace("-", "_")),
                leading_unit=guide.edition.leading_unit,
            )
        )
        for zone in guide.lay_terms.readings
        if zone != "oxygen"
    }


def _excerpt(text: str) -> str:
    """Return as many first sentences of a text as fit, or else as many words."""
    if len(text) <= EXCERPT:
        return text
    ends = [found.end() for found in re.finditer(r"[.?!](?=\s)", text[:EXCERPT])]
    if ends and ends[-1] > EXCERPT / 3:
        return text[: ends[-1]]
    return f"{text[:EXCERPT].rpartition(' ')[0].rstrip(',;:')} …"


def _rest(text: str, said: str, stems: Stems, passed_over: Collection[str]) -> str:
    """Return the words of a text that are not yet in the index, each in one of its forms.

    Args:
        text: The text.
        said: Title and excerpt, which the index contains in full.
        stems: Maps the forms of a word to one form.
        passed_over: Formatter that search ignores.
    """
    known = {stems.of(word) for word in words_of(said) if word not in passed_over}
    words: dict[str, str] = {}
    for word in words_of(text):
        if len(word) >= LEAST_LETTERS and word not in passed_over and stems.of(word) not in known:
            words.setdefault(stems.of(word), word)
    return " ".join(words.values())


@lru_cache(maxsize=8192)
def slips(one: str, other: str) -> int:
    """Return the number of wrong, missing, extra or swapped letters between two words."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, beside in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != beside))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == beside:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def misspelled(guide: Guide) -> dict[str, str]:
    """Return the misspellings among the lay words, with the correct word, if they are close."""
    terms, stems = guide.lay_terms.terms.values(), Stems()
    shown = {word for term in terms for name in term.shown for word in WORD.findall(name.lower())}
    found: dict[str, str] = {}
    for term in terms:
        own = [word for name in term.shown for word in WORD.findall(name.lower()) if len(word) > 4]
        for typed in term.typed:
            if len(typed) < 4 or typed in shown or not typed.isalpha():
                continue
            # One typing error changes the length of a word by at most one letter.
            near = [word for word in own if abs(len(word) - len(typed)) <= MOST_SLIPS]
            if not near:
                continue
            count, best = min(((slips(typed, word), word) for word in near), key=itemgetter(0))
            if stems.of(typed) != stems.of(best) and count <= MOST_SLIPS - (len(best) <= 6):
                found[typed] = best
    return found


class _Index:
    """Collects the data of one build."""

    def __init__(self, site: Site, stems: Stems) -> None:
        guide = site.guide
        self.guide, self.stems = guide, stems
        self.pages: list[list[Any]] = []
        self.sections: list[list[Any]] = []
        self.places: dict[str, int] = {}
        """The number of each section, by its page and anchor."""
        self.passed_over = set(guide.lay_terms.passed_over)
        for path, page in guide.pages.items():
            if not page.meta.search:
                continue
            built = site.page(path, STEP)
            fault = f"it has no element of the class {FOOT}, which marks the end of the text"
            remedy = "Add that class again, or change FOOT in finishing/sections.py."
            needed(FOOT in built.body, STEP, built.place, fault, remedy)
            kind = _kind(page)
            self.pages.append([page.meta.title, url_of(path), page.meta.search_weight, *kind])
            left_out = tuple(c for c in LEFT_OUT if c != CARE_CARD or page.meta.role != "help")
            ids = {heading.id for heading in page.headings} | set(guide.care_cards)
            fault = "it has no heading, so search would find nothing in it"
            found = sections_of(built, leave_out=left_out)
            sections = needed(found, STEP, built.place, fault, "Give it a heading.")
            for section, below in zip_longest(sections, sections[1:]):
                self._add(path, section, below, ids)

    def _add(self, path: str, section: Section, below: Section | None, ids: set[str]) -> None:
        anchor = "" if section.level == 1 else section.id
        if section.level == ENTRY_LEVEL:
            title = section.title.partition(f" {self.guide.strings.say_it}")[0]
        elif anchor and anchor not in ids:
            return  # part of a component; the section above leads to it
        else:
            title = section.title
        place, meta = f"{path}#{anchor}" if anchor else path, self.guide.pages[path].meta
        if anchor in meta.not_searched:
            return
        # A heading with only subheadings below it shows the start of the first subsection.
        told = section if section.text or not below else below
        excerpt, counts = _excerpt(told.sentence), meta.search_weight > FEW
        passed = self.passed_over
        rest = _rest(section.text, f"{title} {excerpt}", self.stems, passed) if counts else ""
        self.places[place] = len(self.sections)
        self.sections.append([len(self.pages) - 1, anchor, title, excerpt, rest])

    def terms(self, wrong: Collection[str]) -> list[list[Any]]:
        """Return the lay words: targets, urgency, and signs on the care cards."""
        order = [sign for name in CARDS for sign in self.guide.care_cards[name].symptoms]
        return [
            [
                "|".join(name for name in term.found if name not in wrong),
                [self._number_of(place) for place in term.leads_to],
                urgency_of(term, self.guide),
                [order.index(sign) for sign in term.signs if sign in order],
                *([1] if term.onset else []),
            ]
            for term in self.guide.lay_terms.terms.values()
        ]

    def _number_of(self, place: str) -> int:
        """Return the number of the section that a lay word leads to.

        Raises:
            FinishingError: The built page has no such section.
        """
        fault = "a lay term leads to it, but the built page has no such section"
        remedy = "Change the target in docs/data/lay-terms.yml, or add the heading."
        needed(place in self.places, STEP, place, fault, remedy)
        return self.places[place]


def _kind(page: Page) -> Iterator[str]:
    """Yield the kind of query that a page answers best, if there is one."""
    if page.meta.questions:
        yield "questions"
    elif page.meta.sheet or page.meta.role == "sheets":
        yield "sheets"
    elif any(call.name == "temperature_helper" for call in page.calls):
        yield "readings"


def urgency_of(term: LayTerm, guide: Guide) -> int:
    """Return the urgency of a lay word: that of its most urgent sign or of the card it names."""
    found = [
        URGENCY[name]
        for name, card in guide.care_cards.items()
        if term.card == name or set(term.signs) & set(card.symptoms)
    ]
    return max(found, default=0)


def _ways(guide: Guide) -> list[tuple[str, str]]:
    """Return address, below the root, and name of what the tiles of the home page lead to."""
    ways = []
    for tile in guide.data(TILES).tiles:
        path, _, anchor = tile.page.partition("#")
        ways.append((f"{url_of(path)}#{anchor}".rstrip("#"), guide.title_of(tile.page)))
    return ways


def search_index(site: Site) -> dict[str, Any]:
    """Return all data that search needs about a build."""
    guide = site.guide
    lay, strings = guide.lay_terms, guide.strings
    alike = {name: list(words) for name, words in lay.alike.items()}
    wrong = misspelled(guide)
    for typed, word in wrong.items():
        alike.setdefault(word, []).append(typed)
    index = _Index(site, Stems(alike))

    def joined(words: Iterable[str]) -> str:
        return " ".join(words)

    return {
        "pages": index.pages,
        "sections": index.sections,
        "terms": index.terms(wrong),
        "readings": {zone: list(lay.terms).index(name) for zone, name in lay.readings.items()},
        "cards": {name: card_tree(guide, name) for name in CARDS},
        "said": reading_trees(guide),
        "ways": tree_of(render("search-ways.html", ways=_ways(guide))),
        "levels": {
            f"{name}{unit}": getattr(guide.temperatures[level], f"{unit.lower()}_text")
            for name, level in (("fever", "fever"), ("low", "low"), ("veryLow", "very-low"))
            for unit in ("Celsius", "Fahrenheit")
        },
        "passedOver": joined(lay.passed_over),
        "weak": joined(lay.weak),
        "asTyped": joined(lay.as_typed),
        "noSign": "|".join(lay.no_sign),
        "suddenly": "|".join(lay.suddenly),
        "slowly": "|".join(lay.slowly),
        "withVeryLow": "|".join(lay.with_very_low),
        "oxygen": joined(lay.oxygen),
        "kinds": {name: joined(words) for name, words in lay.kinds.items()},
        "notDegrees": joined(lay.not_degrees),
        "numbered": joined(lay.numbered),
        "asking": joined(lay.asking),
        "printed": joined(lay.printed),
        "alike": {name: joined(words) for name, words in alike.items()},
        "words": {"found": strings.search_results, "none": strings.search_none},
    }


def script_of(index: Mapping[str, Any]) -> str:
    """Return the script that sets the variable of the index."""
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return f"self.{NAME}={data};\n"


def write_search_index(site: Site) -> None:
    """Write the index beside the scripts that use it."""
    text = script_of(search_index(site))
    (site.folder / FILE).write_text(text, encoding="utf-8", newline="\n")
