"""Content that must not be published stops the load, with an error that names place and remedy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from scripts.content import load_guide
from scripts.guide.errors import Problem
from scripts.guide.guide import Guide
from scripts.guide.models.evidence import UNFIT
from scripts.root import ROOT
from tests.site.broken_copy import BrokenCopy, assert_reads_well, line_of

pytestmark = pytest.mark.essential

CLINIC = "docs/data/clinic.yml"
LEVELS = "docs/data/temperatures.yml"
CARDS = "docs/data/care-cards.yml"
NUMBERS = "docs/data/numbers/made-up.yml"
SOURCES = "docs/data/sources.yml"
SHEET = "docs/data/checklists/made-up.yml"
"""A sheet with a page of its own and a place in the pack; see ``untouched``."""

DIARY = "docs/data/checklists/diary.yml"
PACK = "docs/data/sheet-pack.yml"
SHEET_PAGE = "docs/en/print/made-up.md"
PAGE = "docs/en/about/privacy.md"
"""A page that cites nothing, so that a test can add anything to it."""

LAST = "{{ page_foot() }}"


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content as it was when the tests began, with a made-up sheet that tests may fill."""
    root = tmp_path_factory.mktemp("untouched")
    for folder in ("docs/en", "docs/data"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / SHEET).write_text(sheet(ticks("text: Fever")), encoding="utf-8")
    (root / SHEET_PAGE).write_text(
        "---\ntitle: Made up\ndescription: A made-up page.\nreviewed: 2026-11-22\n"
        "review_by: 2027-05-22\nsheet: made-up\nsources: [bms-infection]\n"
        "next: [get-help.md]\n---\n\n"
        "{{ help_bar() }}\n\n# Made up\n\nAn answer.\n{ .crs-answer }\n\n"
        '{{ checklist("made-up") }}\n\n{{ page_foot() }}\n',
        encoding="utf-8",
    )
    pack = root / PACK
    text = pack.read_text(encoding="utf-8").replace("sheets:\n", "sheets:\n      - made-up\n", 1)
    pack.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def copy(untouched: Path, tmp_path: Path) -> BrokenCopy:
    return BrokenCopy(untouched, tmp_path)


def number(text: str = "about 1 in 2", rest: str = "") -> str:
    """Return a number as the files of ``numbers/`` contain it."""
    return f"made-up:\n  text: {text}\n" + (
        rest or "  fact: crs-definition\n  sources: [nci-crs]\n"
    )


def made_up_source(url: str = "https://example.org/a", last_seen: str = "2026-11-22") -> str:
    """Return a source without its empty fields."""
    lines = [
        "- id: made-up\n  title: Made up\n  authors: null\n  year: 2026\n  venue: Made up\n",
        "  kind: review\n  seen: abstract\n",
        f"  url: {url}\n" if url else "",
        f"  last_seen: {last_seen}\n" if last_seen else "",
    ]
    return "".join(lines)


def sheet(*blocks: str, title: str = "Made up", reviewed: str = "2026-11-22") -> str:
    """Return a sheet of blocks."""
    return (
        f"title: {title}\npurpose: Made up for a test.\naction: Call now.\n"
        f"reviewed: {reviewed}\nreview_by: 2027-05-22\n"
        f"facts: [home-log]\nsources: [bms-infection]\nblocks:\n{''.join(blocks)}"
    )


def ticks(item: str) -> str:
    """Return a block with one item."""
    return f"  - kind: ticks\n    heading: Signs\n    items:\n      - {item}\n"


def in_prose(*lines: str) -> tuple[str, str]:
    """Return a replacement that puts a paragraph before the foot of the page."""
    return LAST, "\n".join((*lines, "", LAST))


def test_the_untouched_copy_is_as_good_as_the_guide(copy: BrokenCopy, guide: Guide) -> None:
    assert load_guide(copy.root).pages.keys() == guide.pages.keys() | {"print/made-up.md"}


class Fault(NamedTuple):
    """One way to break one file, and the error that it must cause.

    Attributes:
        file: The file that is broken.
        old: The text to replace, which occurs once; empty to write the file anew.
        new: The text that replaces it.
        at: A part of ``new``, or of the file, that begins on the line of the error.
        field: The key, macro or part of the page that the error names.
        says: A part of the message.
    """

    file: str
    old: str
    new: str
    at: str
    field: str
    says: str


FAULTS: dict[str, Fault] = {
    # Keys and kinds of values.
    "a key that nobody knows": Fault(
        CLINIC,
        "paper: letter",
        "paper: letter\nfavorite_color: blue",
        "favorite_color",
        "favorite_color",
        "the key is unknown",
    ),
    "a key that is missing": Fault(
        CLINIC, "paper: letter\n", "", "name: null", "paper", "the key is missing"
    ),
    "a key that is missing in an entry": Fault(
        LEVELS,
        "  fact: call-low-temp-plain\n",
        "",
        "low:                         #",
        "low.fact",
        "the key is missing",
    ),
    "a number where text belongs": Fault(
        CLINIC,
        'emergency_number: "911"',
        "emergency_number: 911",
        "emergency_number",
        "emergency_number",
        "this must be text, but it is a whole number",
    ),
    "text where a list belongs": Fault(
        NUMBERS,
        "",
        number(rest="  fact: crs-definition\n  sources: nci-crs\n"),
        "sources",
        "made-up.sources",
        "this must be a list, but it is text",
    ),
    "a list where keys belong": Fault(
        NUMBERS, "", "made-up: [1]\n", "made-up", "made-up", "this must be keys and values"
    ),
    "a word that is none of the choices": Fault(
        CLINIC,
        "leading_unit: fahrenheit",
        "leading_unit: kelvin",
        "leading_unit",
        "leading_unit",
        "'fahrenheit' or 'celsius'",
    ),
    "a value that is left out": Fault(
        NUMBERS, "", number(text=""), "  text:", "made-up.text", "this must be text, but it is left"
    ),
    "an empty text": Fault(
        NUMBERS, "", number(text='"  "'), "  text:", "made-up.text", "the text is empty"
    ),
    "an empty list": Fault(
        NUMBERS,
        "",
        number(rest="  fact: crs-definition\n  sources: []\n"),
        "sources",
        "made-up.sources",
        "the list is empty",
    ),
    "an empty list in front matter": Fault(
        PAGE,
        "next:\n  - about/index.md\n  - get-help.md\n",
        "next: []\n",
        "next:",
        "next",
        "the list is empty",
    ),
    "a list that is too long": Fault(
        PAGE,
        "next:\n",
        "next:\n  - faq.md\n  - symptoms.md\n",
        "next:",
        "next",
        "the list has 4 items, but takes at most 3",
    ),
    "a file of names without names": Fault(
        NUMBERS, "", "# nothing yet\n", "# nothing", "the file", "the file is empty"
    ),
    "a name that is not kebab-case": Fault(
        NUMBERS,
        "",
        number().replace("made-up", "Made_Up"),
        "Made_Up",
        "Made_Up",
        "“Made_Up” is not kebab-case",
    ),
    "a date that no calendar has": Fault(
        PAGE,
        "reviewed: 2026-11-30",
        "reviewed: 2026-02-30",
        "reviewed",
        "reviewed",
        "“2026-02-30” cannot be read",
    ),
    "a date in quotes": Fault(
        PAGE,
        "reviewed: 2026-11-30",
        'reviewed: "2026-11-30"',
        "reviewed",
        "reviewed",
        "this must be a date, but it is text",
    ),
    "a page that is due before it was checked": Fault(
        PAGE,
        "review_by: 2027-05-30",
        "review_by: 2026-05-30",
        "title: Privacy",
        "the file",
        "review_by is not after reviewed",
    ),
    # Numbers that act on a fever.
    "a fever level above 38.0": Fault(
        CLINIC,
        '  celsius: "38.0"',
        '  celsius: "38.1"',
        "fever_level:",
        "fever_level",
        "the fever level 38.1 °C is above 38.0 °C, so people would call too late",
    ),
    "a fever level that is no fever": Fault(
        CLINIC,
        '  celsius: "38.0"',
        '  celsius: "36.0"',
        '  celsius: "36.0"',
        "fever_level.celsius",
        "the fever level 36.0 °C is not between",
    ),
    "a Fahrenheit reading given as Celsius": Fault(
        CLINIC,
        '  celsius: "38.0"',
        '  celsius: "101"',
        '  celsius: "101"',
        "fever_level.celsius",
        "101 °C is outside 30.0 to 45.0 °C",
    ),
    "a temperature without quotes": Fault(
        CLINIC,
        '  celsius: "38.0"',
        "  celsius: 38.0",
        "  celsius: 38.0",
        "fever_level.celsius",
        "a temperature must keep its digits",
    ),
    "a temperature that is no number": Fault(
        CLINIC,
        '  celsius: "38.0"',
        '  celsius: "NaN"',
        '  celsius: "NaN"',
        "fever_level.celsius",
        "“NaN” is not a number",
    ),
    "a telephone number with words": Fault(
        CLINIC,
        "line_24h: null",
        'line_24h: "555 0100 ext. 7"',
        "line_24h",
        "line_24h",
        "is not a telephone number that a link can dial",
    ),
    "a region without rules": Fault(
        CLINIC,
        "region: us",
        "region: moon",
        "region: moon",
        "region",
        "there is no region “moon”",
    ),
    # Things that occur twice.
    "a YAML key that is used twice": Fault(
        CLINIC,
        "paper: letter",
        "paper: letter\npaper: a4",
        "paper: a4",
        "paper",
        "the key is used twice",
    ),
    "two headings with one id": Fault(
        PAGE,
        *in_prose("## One { #twice }", "", "Text.", "", "## Two { #twice }", "", "Text."),
        "## Two",
        "heading",
        "the id “twice” is used twice",
    ),
    "a heading with an id that a component gives": Fault(
        PAGE,
        *in_prose("## Sources { #sources }", "", "Text."),
        "## Sources",
        "heading",
        "the id “sources” is one that the macro page_foot writes",
    ),
    "a source that a claim names twice": Fault(
        NUMBERS,
        "",
        number(rest="  fact: crs-definition\n  sources: [nci-crs, nci-crs]\n"),
        "sources",
        "made-up.sources",
        "the source “nci-crs” is named twice",
    ),
    # YAML that is invalid, or is read otherwise than it was meant.
    "YAML that is no YAML": Fault(
        NUMBERS, "", number(text="call: now"), "  text: call: now", "syntax", "this is not YAML"
    ),
    "a quote that is not closed": Fault(
        CLINIC, "region: us", 'region: "us\n\n', "region:", "syntax", "this is not YAML"
    ),
    "yes as a key": Fault(
        CLINIC, "region: us", "region: us\nyes: 1", "yes: 1", "yes", "does not read the key “yes”"
    ),
    "a macro in YAML without quotes": Fault(
        NUMBERS,
        "",
        number(text='{{ temperature("fever") }}'),
        "  text:",
        "made-up.text",
        "a brace or bracket is where a key or text belongs",
    ),
    "YAML that repeats a part of itself": Fault(
        NUMBERS,
        "",
        number().replace("made-up:", "made-up: &one") + "other: *one\n",
        "made-up",
        "other",
        "refers to another part of itself",
    ),
    # Characters that would break the page or its words.
    "a brace in data": Fault(
        NUMBERS,
        "",
        number(text="'{fever}'"),
        "  text:",
        "made-up.text",
        "the text contains a brace",
    ),
    "HTML in data": Fault(
        NUMBERS,
        "",
        number(text="<script>alert(1)</script>"),
        "  text:",
        "made-up.text",
        "the text contains < or >",
    ),
    "a control character in data": Fault(
        NUMBERS,
        "",
        number(text="about\x07 1 in 2"),
        "  text:",
        "syntax",
        "the file contains the control character U+0007",
    ),
    "a control character written as an escape": Fault(
        NUMBERS,
        "",
        number(text='"about\\u0007 1"'),
        "  text:",
        "made-up.text",
        "the control character U+0007",
    ),
    "a character that turns the reading direction": Fault(
        NUMBERS, "", number(text="38\u202e0"), "  text:", "made-up.text", "character U+202E"
    ),
    "a control character in a page": Fault(
        PAGE,
        *in_prose("Call\x07 now."),
        "Call\x07",
        "text",
        "the page contains a control character",
    ),
    "a placeholder that is misspelled": Fault(
        NUMBERS,
        "",
        number(text='"[[fevr]]"'),
        "  text:",
        "made-up.text",
        "there is no placeholder [[fevr]]",
    ),
    "a placeholder that is not closed": Fault(
        NUMBERS,
        "",
        number(text='"[[fever]"'),
        "  text:",
        "made-up.text",
        "a placeholder is not closed",
    ),
    "a placeholder where none is filled": Fault(
        PAGE,
        "title: Privacy",
        'title: "[[fever]]"',
        "title:",
        "title",
        "no placeholder is filled here",
    ),
    "a placeholder in a page": Fault(
        PAGE,
        *in_prose("At [[fever]]: call."),
        "At [[",
        "text",
        "the page contains a placeholder of data",
    ),
    # Names of facts, sources and other things.
    "an unknown fact in data": Fault(
        NUMBERS,
        "",
        number(rest="  fact: no-such-fact\n  sources: [nci-crs]\n"),
        "  fact:",
        "made-up.fact",
        "there is no fact “no-such-fact”",
    ),
    "an unknown source in data": Fault(
        NUMBERS,
        "",
        number(rest="  fact: crs-definition\n  sources: [no-such-source]\n"),
        "sources",
        "made-up.sources",
        "there is no source “no-such-source”",
    ),
    "an unknown source in the glossary": Fault(
        "docs/data/glossary.yml",
        "- id: aml\n",
        "- id: made-up\n  term: made up\n  say_it: MADE up\n  plain: Not real.\n"
        "  sources:\n  - no-such-source\n- id: aml\n",
        "- no-such-source",
        "[0].sources[0]",
        "there is no source “no-such-source”",
    ),
    "a source that does not support the fact": Fault(
        NUMBERS,
        "",
        number(rest="  fact: crs-definition\n  sources: [chkd-temp]\n"),
        "sources",
        "made-up.sources",
        "the source “chkd-temp” does not support the fact crs-definition",
    ),
    "sources without a fact": Fault(
        SHEET,
        "",
        sheet(ticks("text: Fever\n        sources: [bms-infection] # of what")),
        "sources: [bms-infection] # of what",
        "blocks[0].items[0].sources",
        "sources are cited without a fact",
    ),
    "a fact without sources": Fault(
        SHEET,
        "",
        sheet(ticks("text: Fever\n        fact: home-log")),
        "fact:",
        "blocks[0].items[0].fact",
        "a fact has no source",
    ),
    "a sheet that lists the signs of no card": Fault(
        SHEET,
        "",
        sheet(ticks("text: Fever"), "  - kind: signs\n    care_card: never\n"),
        "care_card",
        "blocks[1].care_card",
        "there is no care card “never”",
    ),
    "a sheet that holds no such table of grades": Fault(
        SHEET,
        "",
        sheet(ticks("text: Fever"), "  - kind: grades\n    table: never\n"),
        "table",
        "blocks[1].table",
        "there is no table of grades “never”",
    ),
    "a fourth urgency": Fault(
        CARDS,
        "emergency:\n",
        "whenever:\n  label: Whenever\n  heading: Some day\n  groups:\n"
        "    - heading: Skin\n      icon: drop\n      symptoms: [rash]\n"
        "  actions: [Call.]\nemergency:\n",
        "whenever:",
        "whenever",
        "“whenever” is not an urgency",
    ),
    # Sheets.
    "a kind of block that there is not": Fault(
        SHEET,
        "",
        sheet("  - kind: chrat\n    heading: Signs\n"),
        "- kind:",
        "blocks[0].kind",
        "“chrat” is not a known kind",
    ),
    "a block that does not say what it is": Fault(
        SHEET,
        "",
        sheet(ticks("text: Fever"), "  - heading: Signs\n"),
        "  - heading: Signs",
        "blocks[1].kind",
        "the key is missing",
    ),
    "a block whose kind is left out": Fault(
        SHEET, "", sheet("  - kind:\n"), "- kind:", "blocks[0].kind", "the key is missing"
    ),
    "a block that is words only": Fault(
        SHEET,
        "",
        sheet("  - Call now\n"),
        "  - Call now",
        "blocks[0]",
        "this must be keys and values, but it is text",
    ),
    "a key that another kind of block has": Fault(
        SHEET,
        "",
        sheet("  - kind: script\n    days: 14\n"),
        "days:",
        "blocks[0].days",
        "the key is unknown",
    ),
    "a key with the name of its kind of block": Fault(
        SHEET,
        "",
        sheet("  - kind: fields\n    items: [Name]\n    fields: [Name]\n"),
        "    fields:",
        "blocks[0].fields",
        "the key is unknown",
    ),
    "a block without what its kind needs": Fault(
        SHEET,
        "",
        sheet(ticks("text: Fever"), "  - kind: fields\n    columns: 2\n"),
        "- kind: fields",
        "blocks[1].items",
        "the key is missing",
    ),
    "a block with an empty list": Fault(
        SHEET,
        "",
        sheet("  - kind: fields\n    items: []\n"),
        "items: []",
        "blocks[0].items",
        "the list is empty",
    ),
    "a block in three columns": Fault(
        SHEET,
        "",
        sheet("  - kind: fields\n    columns: 3\n    items: [Name]\n"),
        "columns: 3",
        "blocks[0].columns",
        "the number 3 is above 2",
    ),
    "a sheet without a block": Fault(
        SHEET, "", sheet().rstrip() + " []\n", "blocks:", "blocks", "the list is empty"
    ),
    "a sheet that is due before it was checked": Fault(
        SHEET,
        "",
        sheet(ticks("text: Fever"), reviewed="2027-06-22"),
        "title:",
        "the file",
        "review_by is not after reviewed",
    ),
    "a wallet card with one face": Fault(
        SHEET,
        "",
        sheet("  - kind: card\n    alert: a\n    scan: b\n    front:\n      heading: c\n"),
        "- kind: card",
        "blocks[0].back",
        "the key is missing",
    ),
    "a face of a wallet card with boxes": Fault(
        SHEET,
        "",
        sheet(
            "  - kind: card\n    alert: a\n    scan: b\n    front: {heading: c}\n"
            "    back: {heading: d, items: [e]}\n"
        ),
        "    back:",
        "blocks[0].back.items",
        "the key is unknown",
    ),
    "a log without days": Fault(
        DIARY,
        "    days: 7\n",
        "    days: 0\n",
        "    days: 0",
        "blocks[0].days",
        "the number 0 is below 1",
    ),
    "a log of more days than paper has rows": Fault(
        DIARY,
        "    days: 7\n",
        "    days: 32\n",
        "    days: 32",
        "blocks[0].days",
        "the number 32 is above 31",
    ),
    # The pack.
    "a pack with a sheet that there is not": Fault(
        PACK,
        "      - what-to-say\n",
        "      - what-to-say\n      - what-to-sing\n",
        "- what-to-sing",
        "groups[1].sheets[1]",
        "there is no sheet “what-to-sing”",
    ),
    "a pack with a sheet in two groups": Fault(
        PACK,
        "      - teach-back\n",
        "      - teach-back\n      - wallet-card # again\n",
        "- wallet-card # again",
        "groups[2].sheets[2]",
        "the sheet “wallet-card” is listed twice",
    ),
    "a pack without a sheet": Fault(
        PACK, "      - wallet-card\n", "", "groups:", "groups", "in no group: wallet-card"
    ),
    "a pack that leaves out what there is not": Fault(
        PACK,
        "groups:\n",
        "on_request: [diary-days-29-to-42]\ngroups:\n",
        "on_request:",
        "on_request[0]",
        "there is no sheet “diary-days-29-to-42”",
    ),
    "a group of the pack without sheets": Fault(
        PACK,
        "groups:\n",
        "groups:\n  - heading: For later\n    sheets: []\n",
        "    sheets: []",
        "groups[0].sheets",
        "the list is empty",
    ),
    # Macros.
    "an unknown macro": Fault(
        PAGE,
        *in_prose('Call at {{ temprature("fever") }}.'),
        "Call at",
        "temprature",
        "there is no macro “temprature”",
    ),
    "an unknown macro option": Fault(
        PAGE,
        *in_prose('An {{ term("icans", label="x") }}.'),
        "An {{",
        "term",
        "the macro has no option “label”",
    ),
    "a macro with an unknown name": Fault(
        PAGE,
        *in_prose('At {{ temperature("fevr") }}.'),
        "At {{",
        "temperature",
        "there is no “fevr”",
    ),
    "a macro without its name": Fault(
        PAGE, *in_prose("At {{ temperature() }}."), "At {{", "temperature", "the macro needs a name"
    ),
    "a macro with two names": Fault(
        PAGE,
        *in_prose('At {{ temperature("fever", "low") }}.'),
        "At {{",
        "temperature",
        "the macro takes one name",
    ),
    "a name for a macro that takes none": Fault(
        PAGE,
        *in_prose('{{ review_note("now") }}'),
        '{{ review_note("now") }}',
        "review_note",
        "the macro takes no name",
    ),
    "a macro without brackets": Fault(
        PAGE,
        *in_prose("At {{ temperature }}."),
        "At {{",
        "text",
        "something other than a macro call is between braces",
    ),
    "a macro name without quotes": Fault(
        PAGE,
        *in_prose("At {{ temperature(fever) }}."),
        "At {{",
        "text",
        "an argument of temperature is not in quotes",
    ),
    "a filter": Fault(
        PAGE,
        *in_prose('At {{ temperature("fever") | upper }}.'),
        "At {{",
        "text",
        "something other than a macro call",
    ),
    "a Jinja statement": Fault(
        PAGE,
        *in_prose("{% if true %}Call.{% endif %}"),
        "{% if",
        "text",
        "something other than a macro call",
    ),
    "braces that Jinja would let through": Fault(
        PAGE,
        *in_prose("{% raw %}{{ x }}{% endraw %}"),
        "{% raw",
        "text",
        "the page contains a brace",
    ),
    "a brace in prose": Fault(
        PAGE, *in_prose("Call at {fever}."), "Call at", "text", "the page contains a brace"
    ),
    "a macro that is not closed": Fault(
        PAGE,
        *in_prose('Call at {{ temperature("fever") or more.', "Call now."),
        "Call at",
        "text",
        "a brace does not open a macro",
    ),
    "a macro that is closed with one brace": Fault(
        PAGE,
        *in_prose('Call at {{ temperature("fever") } or more.', "Call now."),
        "Call at",
        "text",
        "a brace does not open a macro",
    ),
    "the same component twice": Fault(
        PAGE,
        *in_prose("{{ review_note() }}", "", "Text.", "", "{{ review_note( ) }}"),
        "{{ review_note( )",
        "review_note",
        "the macro is already on line",
    ),
    "a heading with the id of a care card": Fault(
        "docs/en/get-help.md",
        *in_prose("## More { #emergency }", "", "Text."),
        "## More",
        "heading",
        "the id “emergency” is one that the macro care_card writes",
    ),
    "a marked word on the page of all words": Fault(
        "docs/en/about/glossary.md",
        *in_prose('An {{ term("icans") }}.'),
        "{ #words }",
        "heading",
        "the id “words” is one that the macro term writes",
    ),
    # Sources of pages.
    "a citation without a fact": Fault(
        PAGE, *in_prose('Text.{{ cite("nci-crs") }}'), "Text.{{", "cite", "no fact is named"
    ),
    "a citation of an unknown fact": Fault(
        PAGE,
        *in_prose('Text.{{ cite("nci-crs", fact="no-such-fact") }}'),
        "Text.{{",
        "cite",
        "there is no fact “no-such-fact”",
    ),
    "a citation of an unknown source": Fault(
        PAGE,
        *in_prose('Text.{{ cite("no-such-source", fact="crs-definition") }}'),
        "Text.{{",
        "cite",
        "there is no “no-such-source”",
    ),
    "a citation of a source that does not support the fact": Fault(
        PAGE,
        *in_prose('Text.{{ cite("chkd-temp", fact="crs-definition") }}'),
        "Text.{{",
        "cite",
        "the source “chkd-temp” does not support the fact crs-definition",
    ),
    "a source that is cited and not listed": Fault(
        PAGE,
        *in_prose('Text.{{ cite("nci-crs", fact="crs-definition") }}'),
        "sources: []",
        "sources",
        "cited but not listed: nci-crs",
    ),
    "a source that is listed and not cited": Fault(
        PAGE,
        "sources: []",
        "sources: [nci-crs]",
        "sources:",
        "sources",
        "listed but not cited: nci-crs",
    ),
    # Links to next pages.
    "an unknown next page": Fault(
        PAGE,
        "next:\n",
        "next:\n  - nowhere.md\n",
        "  - nowhere.md",
        "next",
        "there is no page “nowhere.md”",
    ),
    "a link to an unknown page": Fault(
        PAGE,
        *in_prose("See [there](nowhere.md)."),
        "See [",
        "link",
        "the link leads to “nowhere.md”, which is not a page",
    ),
    "a link to an unknown anchor": Fault(
        PAGE,
        *in_prose("See [there](../faq.md#nowhere)."),
        "See [",
        "link",
        "faq.md has no anchor “nowhere”",
    ),
    # The frame of a page.
    "a page without the help bar": Fault(
        PAGE, "{{ help_bar() }}\n", "", "# Privacy", "text", "does not open with {{ help_bar() }}"
    ),
    "a page without its foot": Fault(
        PAGE, LAST, "The end.", "The end.", "text", "does not close with {{ page_foot() }}"
    ),
    "a page without an answer": Fault(
        PAGE, "{ .crs-answer }\n", "", "# Privacy", "answer", "does not open with its answer"
    ),
    "a page with a long answer": Fault(
        PAGE,
        "{ .crs-answer }\n",
        "Four.\n{ .crs-answer }\n",
        "# Privacy",
        "answer",
        "in one to three sentences",
    ),
    "a page without front matter": Fault(
        PAGE,
        "---\ntitle: Privacy",
        "title: Privacy",
        "title: Privacy",
        "front matter",
        "the page has no front matter",
    ),
    "a page whose heading is not its title": Fault(
        PAGE, "# Privacy\n", "# Private\n", "# Private", "heading", "the same words as title"
    ),
    "a second first heading": Fault(
        PAGE, *in_prose("# More { #more }", "", "Text."), "# Privacy", "heading", "needs one #"
    ),
    "a question without an answer": Fault(
        "docs/en/faq.md",
        "{{ page_foot() }}",
        "### Is that all? { #is-that-all }\n\n## More { #more }\n\nText.\n\n{{ page_foot() }}",
        "### Is that all?",
        "heading",
        "has no answer",
    ),
    "a page of questions without one": Fault(
        PAGE,
        "sources: []",
        "questions: true\nsources: []",
        "questions:",
        "questions",
        "no question",
    ),
    "a heading without an id": Fault(
        PAGE, *in_prose("## More", "", "Text."), "## More", "heading", "has no explicit id"
    ),
    "a heading that skips a level": Fault(
        PAGE, *in_prose("#### More { #more }", "", "Text."), "#### More", "heading", "skips a level"
    ),
    "a macro in a heading": Fault(
        PAGE,
        *in_prose('## At {{ temperature("fever") }} { #more }', "", "Text."),
        "## At",
        "heading",
        "contains more than words",
    ),
    "an underlined heading": Fault(
        PAGE,
        *in_prose("More", "----", "", "Text."),
        "----",
        "text",
        "the page contains an underlined heading",
    ),
    "raw HTML": Fault(PAGE, *in_prose("<p>Text.</p>"), "<p>", "text", "the page contains raw HTML"),
    "raw HTML in a sentence": Fault(
        PAGE, *in_prose("Call <b>now</b>."), "Call <b>", "text", "the page contains raw HTML"
    ),
    "a tag with more than a class": Fault(
        PAGE,
        *in_prose('<div onclick="x" markdown>', "Text.", "</div>"),
        "<div",
        "text",
        "the page contains raw HTML",
    ),
    "an attribute that would run a script": Fault(
        PAGE,
        *in_prose('Text.{ .x onclick="run" }'),
        "Text.{",
        "text",
        "the page contains a brace",
    ),
    "a suggestion of an editor": Fault(
        PAGE, *in_prose("Call {--later--} now."), "Call {", "text", "the page contains a brace"
    ),
    "a snippet of a file that is no page": Fault(
        PAGE, *in_prose('--8<-- "words.txt"'), "--8<--", "snippet", "is not a marked part of a page"
    ),
    # Words.
    "a banned word": Fault(
        PAGE,
        *in_prose("That is a normal temperature."),
        "That is",
        "words",
        "“normal temperature” must not be said",
    ),
    "a banned word that emphasis hides": Fault(
        PAGE,
        *in_prose("Now it seems **safe** to\u00a0wait."),
        "Now it",
        "words",
        "“safe to wait” must not be said",
    ),
    "a banned word in a description": Fault(
        PAGE,
        "\nreviewed:",
        " It is never safe to wait.\nreviewed:",
        "description:",
        "words",
        "“safe to wait” must not be said",
    ),
    "a banned word in data": Fault(
        SHEET,
        "",
        sheet(ticks("text: A normal temperature")),
        "- text: A normal",
        "blocks[0].items[0].text",
        "“normal temperature” must not be said",
    ),
    "a banned word in the glossary": Fault(
        "docs/data/glossary.yml",
        "- id: aml\n",
        "- id: made-up\n  term: made up\n  say_it: MADE up\n  plain: A medicine that is safe.\n"
        "  sources:\n  - nci-crs\n- id: aml\n",
        "  plain: A medicine that is safe.",
        "[0].plain",
        "“is safe” must not be said",
    ),
    "a temperature that is typed": Fault(
        PAGE,
        *in_prose("Call at 38 °C."),
        "Call at",
        "number",
        "the clinical number “38 °” is typed by hand",
    ),
    "a span of time that is typed": Fault(
        PAGE,
        *in_prose("Stay near for **2** weeks."),
        "Stay near",
        "number",
        "the clinical number “2 weeks” is typed by hand",
    ),
    "a word for which the guide has another": Fault(
        PAGE,
        *in_prose("Take a thermometer prior to the call."),
        "Take a thermometer",
        "words",
        "“prior to” is not our word",
    ),
    "a British spelling in a heading": Fault(
        PAGE,
        LAST,
        f"## The colour of a rash {{ #made-up }}\n\n{LAST}",
        "## The colour",
        "words",
        "“colour” is not our word",
    ),
    "a word of the data for which the guide has another": Fault(
        SHEET,
        "",
        sheet(ticks("text: Utilise the card")),
        "      - text: Utilise",
        "blocks[0].items[0].text",
        "“Utilise” is not our word",
    ),
    "a source without a link": Fault(
        "docs/data/sources.yml",
        "- id: astct-2019\n",
        f"{made_up_source(url='')}- id: astct-2019\n",
        "- id: made-up",
        "[0].url",
        "the key is missing",
    ),
    "a source whose link is none": Fault(
        "docs/data/sources.yml",
        "- id: astct-2019\n",
        f"{made_up_source(url='www.example.org')}- id: astct-2019\n",
        "  url: www.example.org",
        "[0].url",
        "“www.example.org” is not a web address",
    ),
    "a source whose DOI is none": Fault(
        "docs/data/sources.yml",
        "- id: astct-2019\n",
        f"{made_up_source()}  doi: doi.org/10.1016/x\n- id: astct-2019\n",
        "  doi: doi.org",
        "[0].doi",
        "“doi.org/10.1016/x” is not a DOI",
    ),
    "a source that nobody says when they saw": Fault(
        "docs/data/sources.yml",
        "- id: astct-2019\n",
        f"{made_up_source(last_seen='')}- id: astct-2019\n",
        "- id: made-up",
        "[0].last_seen",
        "the key is missing",
    ),
    "a pattern of words that cannot be read": Fault(
        "docs/data/words.yml",
        "allowed_numbers:\n",
        "allowed_numbers:\n  - '('\n",
        "  - '('",
        "allowed_numbers[0]",
        "“(” is not a regular expression",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_names_the_file_the_line_the_field_and_the_way_out_of(copy: BrokenCopy, name: str) -> None:
    fault = FAULTS[name]
    if fault.old:
        text = copy.broken(fault.file, fault.old, fault.new)
    else:
        text = copy.written(fault.file, fault.new)
    assert_only_fault(copy, fault.file, line_of(text, fault.at), fault.field, fault.says)


def assert_only_fault(copy: BrokenCopy, file: str, line: int, field: str, says: str) -> None:
    """Check that the copy is refused for exactly one problem, the given one."""
    problems = copy.problems()
    assert len(problems) == 1, "\n".join(map(str, problems))
    [problem] = problems
    assert (problem.file, problem.line, problem.field) == (file, line, field), str(problem)
    assert says in problem.fault
    assert_reads_well(problem)


@pytest.mark.parametrize(
    "line",
    [
        "    {{ review_note() }}",
        "- {{ review_note() }}",
        "+ {{ review_note() }}",
        "1. {{ review_note() }}",
        "> {{ review_note() }}",
        "Text {{ review_note() }}",
        "{{ review_note() }} text",
        "**{{ review_note() }}**",
        "{{review_note()}}",
        "{{ review_note() }} {{ call_script() }}",
    ],
)
def test_refuses_a_block_macro_that_is_not_alone_at_column_0(copy: BrokenCopy, line: str) -> None:
    text = copy.broken(PAGE, *in_prose(line))
    problems = copy.problems()
    assert "review_note" in {problem.field for problem in problems}
    for problem in problems:
        assert (problem.file, problem.line) == (PAGE, line_of(text, line))
        assert problem.fault == "a block macro must be alone on its line, without indent"
        assert_reads_well(problem)


TYPED_NUMBERS = (
    "38 °C",
    "100.4°F",
    "101 degrees",
    "38 ℃",
    "5 percent",
    "92 %",
    "8 mg/kg",
    "2 weeks",
    "two weeks",
    "30-minute",
    "6 to 8 hours",
    "15 years",
    "3 in 10",
    "9 out of 10 people",
    "574 patients",
    "27 of every 100",
)


def test_refuses_each_clinical_number_that_is_typed_by_hand(copy: BrokenCopy) -> None:
    text = copy.broken(PAGE, *in_prose(*(f"Here: {typed} or so." for typed in TYPED_NUMBERS)))
    problems = copy.problems()
    lines = [line_of(text, f"Here: {typed} or so.") for typed in TYPED_NUMBERS]
    assert [problem.line for problem in problems] == lines
    for problem in problems:
        assert (problem.file, problem.field) == (PAGE, "number")
        assert "is typed by hand" in problem.fault
        assert_reads_well(problem)


LOWERS_URGENCY = (
    "Your reading is normal.",
    "That is in the normal range.",
    "It is safe to wait.",
    "It is safe for you to stay at home.",
    "There is no need to call.",
    "You don’t have to call.",
    "Wait until morning, then call.",
    "It should be fine.",
    "Do not worry about it.",
    "Call if the fever lasts.",
    "A persistent fever counts.",
    "Take the drug.",
    "Call now!",
)


def test_refuses_each_way_to_lower_urgency(copy: BrokenCopy) -> None:
    text = copy.broken(PAGE, *in_prose(*LOWERS_URGENCY))
    problems = copy.problems()
    assert {problem.line for problem in problems} == {line_of(text, s) for s in LOWERS_URGENCY}
    for problem in problems:
        assert (problem.file, problem.field) == (PAGE, "words")
        assert "must not be said" in problem.fault
        assert_reads_well(problem)


def test_reads_what_attributes_show(copy: BrokenCopy) -> None:
    line = ':material-phone:{ title="That is a normal temperature." }'
    text = copy.broken(PAGE, *in_prose(line))
    says = "“normal temperature” must not be said"
    assert_only_fault(copy, PAGE, line_of(text, line), "words", says)


def test_refuses_a_snippet_with_a_macro(copy: BrokenCopy) -> None:
    marked = ("--8<-- [start:x]", '{{ temperature("fever") }}', "--8<-- [end:x]")
    copy.broken("docs/en/about/accessibility.md", *in_prose(*marked))
    text = copy.broken(PAGE, *in_prose('--8<-- "about/accessibility.md:x"'))
    says = "the snippet contains a macro"
    assert_only_fault(copy, PAGE, line_of(text, "--8<-- "), "snippet", says)


def test_refuses_a_name_that_is_in_two_files_of_numbers(copy: BrokenCopy) -> None:
    copy.written("docs/data/numbers/made-up-a.yml", number())
    text = copy.written("docs/data/numbers/made-up-b.yml", "# The second.\n" + number())
    line = line_of(text, "made-up:")
    says = "“made-up” is also in docs/data/numbers/made-up-a.yml"
    assert_only_fault(copy, "docs/data/numbers/made-up-b.yml", line, "made-up", says)


def test_refuses_two_facts_with_one_id(copy: BrokenCopy) -> None:
    again = (
        "- id: crs-definition # again\n  topic: what-is-crs\n  claim: CRS is a reaction.\n"
        "  sources: [nci-crs]\n  confidence: high\n  seen: full text\n"
    )
    text = copy.added("docs/data/facts.yml", again)
    index = text.count("- id: ") - 1
    says = "the id “crs-definition” is used twice"
    line = line_of(text, "- id: crs-definition # again")
    assert_only_fault(copy, "docs/data/facts.yml", line, f"[{index}].id", says)


def test_refuses_a_fact_of_low_confidence(copy: BrokenCopy) -> None:
    unsure = (
        "- id: made-up\n  topic: what-is-crs\n  claim: CRS is a reaction.\n"
        "  sources: [nci-crs]\n  confidence: low\n  seen: full text\n"
    )
    text = copy.added("docs/data/facts.yml", unsure)
    index = text.count("- id: ") - 1
    line = line_of(text, "confidence: low")
    assert_only_fault(
        copy, "docs/data/facts.yml", line, f"[{index}].confidence", "'high' or 'medium'"
    )


def of_kind(copy: BrokenCopy, source: str, kind: str) -> None:
    """Change the kind of a source."""
    before, start, after = copy.read(SOURCES).partition(f"- id: {source}\n")
    record = re.sub(r"(?m)^  kind: .*$", f"  kind: {kind}", after, count=1)
    copy.written(SOURCES, before + start + record)


@pytest.mark.parametrize("kind", sorted(UNFIT))
def test_refuses_news_and_the_like_behind_a_sign(copy: BrokenCopy, guide: Guide, kind: str) -> None:
    name, sign = next(iter(guide.symptoms.items()))
    of_kind(copy, sign.sources[0], kind)
    [fault] = [each for each in copy.problems() if each.field == f"{name}.sources"]
    assert fault.file == "docs/data/symptoms.yml"
    says = f"the source “{sign.sources[0]}” has the kind “{kind}”, but is cited in a care card"
    assert fault.fault == says
    assert_reads_well(fault)


def test_refuses_an_advertisement_behind_a_sheet(copy: BrokenCopy) -> None:
    of_kind(copy, "bms-infection", "advertisement")
    [fault] = [each for each in copy.problems() if each.file == SHEET]
    assert fault.fault.endswith("has the kind “advertisement”, but is cited in a sheet")


def test_refuses_news_behind_a_first_paragraph_only(copy: BrokenCopy) -> None:
    of_kind(copy, "nci-crs", "news")
    cited = '{{ cite("nci-crs", fact="crs-definition") }}'
    copy.broken(PAGE, "sources: []", "sources: [nci-crs]")
    old, new = in_prose(f"Text.{cited}")
    copy.broken(PAGE, old, new)
    assert not [each for each in copy.problems() if each.file == PAGE]
    text = copy.broken(PAGE, "\n{ .crs-answer }", f" {cited}\n{{ .crs-answer }}")
    [fault] = [each for each in copy.problems() if each.file == PAGE]
    assert fault.line == text[: text.index(cited)].count("\n") + 1
    assert fault.fault.endswith("has the kind “news”, but is cited in a first paragraph")


def test_refuses_a_sign_that_no_file_describes(copy: BrokenCopy) -> None:
    text = copy.broken(CARDS, "emergency:\n", "emergency:\n")
    first = text[text.index("symptoms:") :].removeprefix("symptoms: [").split(",")[0]
    copy.broken("docs/data/symptoms.yml", f"\n{first}:\n", "\nno-such-sign:\n")
    says = f"there is no symptom “{first}”"
    line = line_of(text, f"symptoms: [{first},")
    assert_only_fault(copy, CARDS, line, "emergency.groups[0].symptoms[0]", says)


@pytest.mark.parametrize(
    ("place", "field", "says"),
    [
        ("where: [nowhere.md]", "[3].where[0]", "there is no page “nowhere.md”"),
        ("where: ['faq.md#nowhere']", "[3].where[0]", "faq.md has no anchor “nowhere”"),
        ("where: []", "[3]", "the statement has no place and no reason"),
        ("where: [faq.md]\n  dropped: no reason", "[3]", "or has both"),
    ],
)
def test_refuses_a_statement_of_the_article_without_a_place(
    copy: BrokenCopy, place: str, field: str, says: str
) -> None:
    file = "docs/data/article.yml"
    old = re.search(r"- number: 4\n(  .*\n)+", copy.read(file))
    assert old
    new = f"- number: 4\n  about: Made up\n  verdict: empty\n  {place}\n"
    text = copy.broken(file, old[0], new)
    at = f"  {place}\n" if field.endswith("]") and "where" in field else "- number: 4\n"
    assert_only_fault(copy, file, line_of(text, at), field, says)


@pytest.mark.parametrize(
    "name",
    [
        "article.yml",
        "call-script.yml",
        "care-cards.yml",
        "clinic.yml",
        "facts.yml",
        "glossary.yml",
        "grades.yml",
        "region-rules.yml",
        "sources.yml",
        "strings.yml",
        "symptoms.yml",
        "sheet-pack.yml",
        "temperature-helper.yml",
        "temperatures.yml",
        "timeline.yml",
        "words.yml",
    ],
)
def test_refuses_to_do_without_a_data_file(copy: BrokenCopy, name: str) -> None:
    (copy.root / "docs" / "data" / name).unlink()
    assert_only_fault(copy, f"docs/data/{name}", 1, "the file", "the file is missing")


@pytest.mark.parametrize("folder", ["checklists", "figures"])
def test_refuses_to_do_without_a_folder_of_data(copy: BrokenCopy, folder: str) -> None:
    shutil.rmtree(copy.root / "docs" / "data" / folder)
    [problem] = copy.problems()
    assert problem.file.startswith(f"docs/data/{folder}/")
    assert_reads_well(problem)


def test_names_the_pages_that_use_a_number_whose_file_is_gone(
    copy: BrokenCopy, guide: Guide
) -> None:
    (copy.root / "docs" / "data" / "numbers" / "symptoms.yml").unlink()
    problems = copy.problems()
    uses = [call for call in guide.pages["symptoms.md"].calls if call.name == "number"]
    named = [problem.line for problem in problems if problem.file == "docs/en/symptoms.md"]
    assert named
    assert set(named) <= {call.line for call in uses}
    for problem in problems:
        assert problem.field == "number"
        assert "there is no “symptoms-" in problem.fault
        assert_reads_well(problem)


CITED = 'CRS is a reaction.{{ cite("nci-crs", fact="crs-definition") }}'


def test_refuses_a_sheet_without_a_page(copy: BrokenCopy) -> None:
    copy.broken("docs/en/print/wallet-card.md", "sheet: wallet-card\n", "")
    file = "docs/data/checklists/wallet-card.yml"
    assert_only_fault(copy, file, 1, "the file", "the sheet “wallet-card” has no page")


@pytest.mark.parametrize(
    ("page", "old", "new", "says"),
    [
        ("fridge", '{{ checklist("fridge") }}', '{{ checklist("diary") }}', "does not show the"),
        ("pack", "{{ sheet_pack() }}", "", "does not show the sheet “pack”"),
        ("index", "role: sheets", "role: sheets\nsheet: fridge", "print/fridge.md is already"),
    ],
)
def test_refuses_a_sheet_whose_qr_code_would_lead_to_another_page(
    copy: BrokenCopy, page: str, old: str, new: str, says: str
) -> None:
    file = f"docs/en/print/{page}.md"
    copy.broken(file, old, new)
    [found] = [problem for problem in copy.problems() if problem.field == "sheet"]
    assert (found.file, found.line) == (file, line_of(copy.read(file), "sheet: "))
    assert says in found.fault
    assert_reads_well(found)


def test_refuses_a_sheet_that_has_no_page_and_is_in_no_pack(copy: BrokenCopy) -> None:
    (copy.root / SHEET_PAGE).unlink()
    copy.broken(PACK, "      - made-up\n", "")
    assert [(p.file, p.field, p.fault) for p in copy.problems()] == [
        (SHEET, "the file", "the sheet “made-up” has no page"),
        (PACK, "groups", "in no group: made-up"),
    ]


def test_names_each_block_that_is_wrong_once(copy: BrokenCopy) -> None:
    wrong = sheet(
        "  - kind: chrat\n", "  - kind: log\n    days: 14\n", "  - kind: script\n    x: 1\n"
    )
    text = copy.written(SHEET, wrong)
    log = line_of(text, "- kind: log")
    needed = (
        *("called", "day_heading", "last_day", "notes", "reading_heading", "readings_per_day"),
    )
    found = [(problem.line, problem.field) for problem in copy.problems()]
    assert found == [
        (line_of(text, "- kind: chrat"), "blocks[0].kind"),
        *((log, f"blocks[1].{name}") for name in needed),
        (line_of(text, "    x: 1"), "blocks[2].x"),
    ]


def test_refuses_a_source_that_a_page_lists_twice(copy: BrokenCopy) -> None:
    copy.broken(PAGE, *in_prose(CITED))
    text = copy.broken(PAGE, "sources: []", "sources: [nci-crs, nci-crs]")
    assert_only_fault(copy, PAGE, line_of(text, "sources:"), "sources", "a source is listed twice")


def test_refuses_a_citation_on_the_page_of_all_sources(copy: BrokenCopy) -> None:
    file, call = "docs/en/about/studies.md", '{{ source_library("guideline", "study", "review") }}'
    copy.broken(file, *in_prose(CITED))
    text = copy.broken(file, "sources: []", "sources: [nci-crs]")
    says = "would have the same ids"
    assert_only_fault(copy, file, line_of(text, call), "source_library", says)


def test_refuses_a_kind_of_sources_that_no_list_has_or_that_two_have(copy: BrokenCopy) -> None:
    file, call = "docs/en/about/studies.md", '{{ source_library("guideline", "study", "review") }}'
    text = copy.broken(file, call, '{{ source_library("guideline", "study", "charity") }}')
    [line] = {problem.line for problem in copy.problems() if problem.file == file}
    assert line == line_of(text, "source_library")
    said = "\n".join(str(problem) for problem in copy.problems())
    assert "the sources of the kind “charity” are listed twice" in said
    assert "no page lists the sources of the kind “review”" in said


@pytest.mark.parametrize("file", [PAGE, CLINIC])
def test_refuses_a_file_that_is_not_utf_8(copy: BrokenCopy, file: str) -> None:
    (copy.root / file).write_bytes("title: déjà vu\n".encode("latin-1"))
    assert_only_fault(copy, file, 1, "the file", "the file is not UTF-8 text")


def test_tells_of_all_faults_at_once_in_the_order_of_files_and_lines(copy: BrokenCopy) -> None:
    copy.written(NUMBERS, number(rest="  fact: no-such-fact\n  sources: [nci-crs]\n"))
    copy.broken(PAGE, *in_prose("Call at 38 °C.", "", "That is a normal temperature."))
    copy.broken("docs/en/about/accessibility.md", LAST, f"See [it](nowhere.md).\n\n{LAST}")
    problems = copy.problems()
    assert [(problem.file, problem.field) for problem in problems] == [
        (NUMBERS, "made-up.fact"),
        ("docs/en/about/accessibility.md", "link"),
        (PAGE, "number"),
        (PAGE, "words"),
    ]
    assert list(problems) == sorted(problems)


def test_tells_of_all_faults_of_all_files_that_cannot_be_read(copy: BrokenCopy) -> None:
    copy.broken(CLINIC, "paper: letter", "paper: [letter]\ncolor: blue")
    copy.written(NUMBERS, number(text="<b>half</b>", rest="  fact: crs-definition\n"))
    copy.broken(PAGE, "title: Privacy\n", "")
    copy.broken("docs/en/faq.md", LAST, "{{ nothing")
    assert [(problem.file, problem.field) for problem in copy.problems()] == [
        (CLINIC, "paper"),
        (CLINIC, "color"),
        (NUMBERS, "made-up.sources"),
        (NUMBERS, "made-up.text"),
        (PAGE, "title"),
        ("docs/en/faq.md", "text"),
    ]


def test_does_not_blame_the_links_to_a_page_that_cannot_be_read(copy: BrokenCopy) -> None:
    # Most pages and many statements of the article link to this page.
    copy.broken("docs/en/symptoms.md", "title: Symptoms", "tittle: Symptoms")
    assert {problem.file for problem in copy.problems()} == {"docs/en/symptoms.md"}


BREAKS: dict[str, Callable[[BrokenCopy], object]] = {
    "data that no model allows": lambda copy: copy.broken(
        CLINIC, '  celsius: "38.0"', '  celsius: "38.5"'
    ),
    "a page with a typed number": lambda copy: copy.broken(PAGE, *in_prose("Call at 38 °C.")),
    "a macro in a list": lambda copy: copy.broken(PAGE, *in_prose("- {{ review_note() }}")),
    "a macro that is not closed": lambda copy: copy.broken(PAGE, *in_prose("Call {{ now.")),
}


@pytest.mark.parametrize("name", BREAKS)
def test_stops_a_real_build_at(copy: BrokenCopy, name: str) -> None:
    BREAKS[name](copy)
    expected = copy.problems()
    shutil.copy(ROOT / "mkdocs.yml", copy.root)
    ignore = shutil.ignore_patterns("__pycache__")
    for folder in ("scripts", "overrides"):
        shutil.copytree(ROOT / folder, copy.root / folder, ignore=ignore)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=copy.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 1
    for problem in expected:
        assert str(problem) in said
    assert not any("Traceback" in line for line in said)
    assert not list(copy.root.glob("site/**/*.html"))


def test_a_fault_sorts_by_file_then_line_and_reads_as_one_line() -> None:
    early, late = (Problem("a.yml", line, "x", "it is empty", "Write it.") for line in (9, 10))
    assert sorted([late, early]) == [early, late]
    assert str(early) == "a.yml:9: x: it is empty. Write it."
