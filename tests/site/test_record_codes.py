"""Codes of record systems: only those of the facts, and the same for people and machines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import pytest
from bs4 import BeautifulSoup
from pydantic import BaseModel, ConfigDict, Field

from scripts.checks.record_codes import codes_in
from scripts.finishing.record_codes import write_directory
from scripts.finishing.site import Site as BuiltSite
from scripts.guide.addresses import DIRECTORY, published
from scripts.guide.guide import Guide
from scripts.guide.record_codes import UNKNOWN_CODE
from tests.conftest import Site
from tests.site.broken_copy import BrokenCopy, assert_reads_well, line_of
from tests.site.html_check import read_html

RESPONDER = "clinics/connect.md"

FILE = "docs/data/record-codes.yml"
REQUESTS = "docs/data/record-requests.yml"
ICD_10_CM = "2.16.840.1.113883.6.90"
NAMED_BY_THE_ISSUE = {
    *(f"D89.83{grade}" for grade in (1, 2, 3, 4, 5, 9)),
    *(f"G92.0{grade}" for grade in range(6)),
}

Whole = Annotated[str, Field(pattern=r"^https://[^?\s]+$")]
Everywhere = dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], Whole]


class Strict(BaseModel):
    """A model that accepts no other keys and converts no values."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Entry(Strict):
    """A code as a hospital's program reads it."""

    system: Annotated[str, Field(pattern=r"^[0-2](\.\d+)+$")]
    system_name: str
    code: Annotated[str, Field(pattern=r"^[A-Z0-9]+(\.[A-Z0-9]+)?$")]
    meaning: str
    address: Everywhere
    patient: Everywhere
    provider: Everywhere


class Directory(Strict):
    """The format of ``connect.json``. Hospitals depend on it, so keys may only be added."""

    guide: str
    languages: list[str]
    responder: Everywhere
    codes: list[Entry]


def directory_of(folder: Path) -> Directory:
    return Directory.model_validate_json((folder / DIRECTORY).read_text(encoding="utf-8"))


def test_every_code_that_was_asked_for_is_there(guide: Guide) -> None:
    codes = {
        code.code
        for group in guide.record_codes.values()
        for code in group.codes
        if group.oid == ICD_10_CM
    }
    assert codes >= NAMED_BY_THE_ISSUE


def test_every_code_is_one_that_a_fact_names(guide: Guide) -> None:
    for group in guide.record_codes.values():
        named = codes_in(guide.facts[group.fact].claim)
        assert {code.code for code in group.codes} <= named
        assert guide.facts[group.fact].confidence == "high"


@pytest.mark.parametrize(
    ("claim", "codes"),
    [
        ("The codes are A89.831 to A89.833.", {"A89.831", "A89.832", "A89.833"}),
        ("G92.00 (grade not stated) and G92.01 to G92.02.", {"G92.00", "G92.01", "G92.02"}),
        ("Identifiers: MeSH D000080424, Mondo MONDO:0600008.", {"D000080424"}),
        ("grades 1 to 5", set()),
        ("A1.1 to B1.4", {"A1.1", "B1.4"}),
    ],
)
def test_a_fact_names_codes_one_by_one_or_from_one_to_another(claim: str, codes: set[str]) -> None:
    assert {code for code in codes_in(claim) if any(map(str.isdigit, code))} == codes


def test_machines_find_each_code_with_whole_addresses(site: Site, guide: Guide) -> None:
    directory = directory_of(site.folder)
    assert directory.languages == list(guide.edition.languages)
    assert len(directory.codes) == sum(len(group.codes) for group in guide.record_codes.values())
    root = guide.edition.site_address
    for entry in directory.codes:
        for addresses in (entry.address, entry.patient, entry.provider):
            assert list(addresses) == directory.languages
            for address in addresses.values():
                assert address.startswith(root)
                path, _, anchor = address.removeprefix(root).partition("#")
                file = site.folder / path / "index.html"
                html = read_html(file.read_text(encoding="utf-8"))
                assert not anchor or anchor in html.ids
        assert f"/connect/{entry.code}/" in published(guide)
    assert directory.responder["en"] == f"{root}clinics/connect/"


def test_machines_and_people_are_told_the_same(site: Site, guide: Guide) -> None:
    page = BeautifulSoup(site.html(RESPONDER), "html.parser")
    shown = {
        (str(link["data-system"]), str(link["data-code"]), str(link["data-recipient"]))
        for link in page.select("[data-record-codes] a[data-code]")
    }
    told = {
        (entry.system, entry.code, recipient)
        for entry in directory_of(site.folder).codes
        for recipient in ("PAT", "PROV")
    }
    assert shown == told
    assert f"{guide.edition.site_address}{DIRECTORY}" in page.get_text()


def test_an_edition_has_its_own_addresses(tmp_path: Path, guide: Guide) -> None:
    address = "https://example-infirmary.example/guides/crs/"
    edition = guide.edition.model_copy(update={"site_address": address})
    write_directory(BuiltSite(tmp_path, replace(guide, edition=edition)))
    assert guide.edition.site_address not in (tmp_path / DIRECTORY).read_text(encoding="utf-8")
    assert directory_of(tmp_path).codes[0].patient["en"].startswith(address)


def test_the_schema_of_the_test_refuses_what_it_should(site: Site) -> None:
    whole: dict[str, Any] = json.loads((site.folder / DIRECTORY).read_text(encoding="utf-8"))
    Directory.model_validate(whole)
    edits: tuple[dict[str, Any], ...] = (
        {"extra": 1},
        {"codes": [{}]},
        {"responder": {"en": "/clinics/connect/"}},
    )
    for edit in edits:
        with pytest.raises(ValueError, match="validation error"):
            Directory.model_validate(whole | edit)


def test_the_note_for_unknown_codes_comes_first_and_hidden(site: Site) -> None:
    page = BeautifulSoup(site.html("index.md"), "html.parser")
    [note] = page.select(f"#{UNKNOWN_CODE}")
    assert note.has_attr("hidden")
    assert note.find_next("h1")
    responder = BeautifulSoup(site.html(RESPONDER), "html.parser")
    [table] = responder.select("[data-record-codes]")
    assert table["data-unknown"] == f"../../#{UNKNOWN_CODE}"


def test_no_other_site_learns_where_a_reader_was(site: Site) -> None:
    for file in site.folder.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        rule = '<meta name="referrer" content="no-referrer">'
        assert rule in text, file
        # A browser prefetches addresses as it parses, so the rule must come before all of them.
        assert text.index(rule) < min(text.index("<link"), text.index("<script")), file


HISTORY = "staff: clinics/index.md#er-late\n  fact: er-icd-t8082-z92850"
FAULTS = {
    "a code that no fact names": (FILE, "{code: D89.831,", "{code: D89.836,", "does not name"),
    "a code that is listed twice": (FILE, "{code: G92.05,", "{code: G92.04,", "is also in"),
    "a code in small letters": (FILE, "{code: D89.831,", "{code: d89.831,", "cannot be a code"),
    "a code with a slash": (FILE, "{code: D89.831,", "{code: ../D89,", "cannot be a code"),
    "a page that is not there": (FILE, "symptoms.md#brain-signs", "brain.md", "there is no"),
    "a heading that is not there": (
        FILE,
        "symptoms.md#brain-signs",
        "symptoms.md#brain",
        "symptoms.md has no anchor “brain”",
    ),
    "a system without numbers": (
        FILE,
        '"2.16.840.1.113883.6.177"',
        '"MeSH"',
        "not an object identifier",
    ),
    "a fact that is not there": (
        FILE,
        HISTORY,
        HISTORY.replace("er-icd-t8082-z92850", "er-icans"),
        "there is no fact",
    ),
    "a source of another fact": (
        FILE,
        HISTORY,
        HISTORY.replace("er-icd-t8082-z92850", "er-mesh-crs"),
        "does not support the fact",
    ),
    "a parameter with markup": (
        REQUESTS,
        "mainSearchCriteria.v.c=G92.01",
        "mainSearchCriteria.v.c=<b>",
        "not a parameter",
    ),
    "a request that opens nothing": (
        REQUESTS,
        "opens: symptoms.md#brain-signs",
        "opens: symptoms.md#brain",
        "symptoms.md has no anchor “brain”",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_refuses(copy: BrokenCopy, name: str) -> None:
    file, old, new, says = FAULTS[name]
    text = copy.broken(file, old, new)
    line = line_of(text, new) if text.count(new) == 1 else 0
    found = [p for p in copy.problems() if p.file == file and says in p.fault]
    assert found
    lines = range(line - 1, line + new.count("\n") + 2)
    assert not line or any(problem.line in lines for problem in found)
    for problem in found:
        assert_reads_well(problem)
