"""What is said leads to its source, and every source that is listed is used.

The loader checks this in the data. Here it is read again, from the built pages and from the
files as they stand, with none of the loader's code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from bs4 import Tag

from scripts.content import ROOT
from tests.content.built import text_of

DATA, PAGES = ROOT / "docs" / "data", ROOT / "docs" / "en"
LEAN = ("get-help.md",)
"""Its sources stand there by name; their addresses are on the page of all sources."""

WITHOUT_MARKS = (
    ".crs-care-card, .crs-sheet, .crs-figure, .crs-temperature-helper, .crs-temperature-table"
)
"""Components whose sources stand in the list of the page only."""


def read(name: str) -> Any:
    # The parser in C where it is there: these files are long.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((DATA / name).read_text(encoding="utf-8"), loader)  # noqa: S506 - it is safe


@pytest.fixture(scope="module")
def sources() -> dict[str, dict[str, Any]]:
    return {source["id"]: source for source in read("sources.yml")}


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, Any]]:
    return {fact["id"]: fact for fact in read("facts.yml")}


def listed(part: Tag) -> list[Tag]:
    """Give the entries of the list of sources of a page."""
    return part.select(".crs-page-foot .crs-sources__list > li")


def marks(part: Tag) -> list[Tag]:
    """Give the marks of sources in a page."""
    return part.select(".crs-cite a")


def test_every_mark_leads_to_its_entry_and_bears_its_number(parts: dict[str, Tag]) -> None:
    assert sum(len(marks(part)) for part in parts.values()) > 100
    for path, part in parts.items():
        entries = [entry["id"] for entry in listed(part)]
        for mark in marks(part):
            name = str(mark["href"]).removeprefix("#")
            assert name in entries, f"{path}: {mark}"
            assert re.findall(r"\d+", mark.get_text()) == [str(entries.index(name) + 1)], path


def test_every_mark_says_that_it_is_a_source_and_which(parts: dict[str, Tag]) -> None:
    # Not its title too: read out after each sentence, that would drown the words.
    for path, part in parts.items():
        for mark in marks(part):
            assert f"[{str(mark['aria-label']).removeprefix('Source ')}]" == text_of(mark), path


def test_every_entry_is_what_was_read(
    parts: dict[str, Tag], sources: dict[str, dict[str, Any]]
) -> None:
    for path, part in parts.items():
        for entry in listed(part):
            source = sources[str(entry["id"]).removeprefix("source-")]
            link = entry.select_one("a")
            assert link is not None
            assert text_of(link) == " ".join(source["title"].split()), path
            if path in LEAN:
                assert str(link["href"]).endswith(f"about/sources/#{entry['id']}"), path
                continue
            doi = source.get("doi")
            assert link["href"] == (f"https://doi.org/{doi}" if doi else source["url"]), path
            assert source["venue"] in text_of(entry), path


def headings_before(part: Tag, selector: str) -> Iterator[tuple[str | None, Tag]]:
    """Give each element that matches, with the id of the section that it stands in."""
    section: str | None = None
    wanted = {id(tag) for tag in part.select(selector)}
    for tag in part.find_all(True):
        if tag.name in ("h2", "h3", "h4") and not tag.find_parents(
            class_=["crs-sheet", "crs-sheet-list", "crs-care-card"]
        ):
            section = str(tag["id"])
        if id(tag) in wanted:
            # The heading of a care card comes inside it.
            own = (
                tag.select_one("h2[id]")
                if "crs-care-card" in tag.get_attribute_list("class")
                else None
            )
            yield (str(own["id"]) if own else section), tag


def test_every_listed_source_is_used_where_its_entry_says(parts: dict[str, Tag]) -> None:
    for path, part in parts.items():
        cited: dict[str, set[str | None]] = {}
        for section, mark in headings_before(part, ".crs-cite a"):
            cited.setdefault(str(mark["href"]).removeprefix("#"), set()).add(section)
        silent = {section for section, _ in headings_before(part, WITHOUT_MARKS)}
        for entry in listed(part):
            name = str(entry["id"])
            back = {str(link["href"])[1:] for link in entry.select(".crs-sources__back a")}
            used = cited.get(name, set())
            assert used or silent, f"{path}: nothing uses {name}"
            if path in LEAN:
                continue
            assert used - {None} <= back, f"{path}: {name} does not lead back to all its uses"
            assert back <= used | silent, f"{path}: {name} leads back to where it is not used"


def test_the_list_of_all_sources_is_the_sum_of_those_of_the_pages(parts: dict[str, Tag]) -> None:
    cited = {str(entry["id"]) for part in parts.values() for entry in listed(part)}
    library = parts["about/sources.md"].select(".crs-sources__list > li")
    assert [entry["id"] for entry in library if entry["id"] not in cited] == []
    assert len({entry["id"] for entry in library}) == len(library)
    assert {str(entry["id"]) for entry in library} == cited


def test_the_list_of_all_sources_says_when_each_was_last_seen(
    parts: dict[str, Tag], sources: dict[str, dict[str, Any]]
) -> None:
    for entry in parts["about/sources.md"].select(".crs-sources__list > li"):
        source = sources[str(entry["id"]).removeprefix("source-")]
        [day] = entry.select(".crs-sources__seen time")
        assert day["datetime"] == source["last_seen"].isoformat()


def test_every_source_has_a_link_that_opens_a_page() -> None:
    for source in read("sources.yml"):
        assert source["url"].startswith(("https://", "http://")), source["id"]


def test_a_page_that_states_nothing_says_so_instead_of_listing_sources(
    parts: dict[str, Tag],
) -> None:
    for path, part in parts.items():
        foot = part.select_one(".crs-page-foot .crs-sources")
        assert foot is not None
        assert bool(listed(part)) != ("cites no source" in text_of(foot)), path


def named(value: Any) -> Iterator[tuple[list[str], list[str]]]:
    """Give the facts and the sources that each part of a data file names together."""
    if isinstance(value, dict):
        names = value.get("facts") or ([value["fact"]] if value.get("fact") else [])
        if names:
            yield names, value.get("sources") or []
        for child in value.values():
            yield from named(child)
    elif isinstance(value, list):
        for child in value:
            yield from named(child)


@pytest.fixture(scope="module")
def claims() -> list[tuple[str, list[str], list[str]]]:
    """Every claim of data and pages: where it stands, its facts and its sources."""
    found = []
    for file in sorted(DATA.rglob("*.yml")):
        # In review-pack.yml “fact” and “sources” are words, as “sources” is in strings.yml.
        if file.name not in ("facts.yml", "sources.yml", "glossary.yml", "review-pack.yml"):
            name = file.relative_to(DATA).as_posix()
            found += [(name, *claim) for claim in named(read(name))]
    for page in sorted(PAGES.rglob("*.md")):
        for call in re.findall(r"\{\{ cite\((.*?)\) \}\}", page.read_text(encoding="utf-8")):
            fact = re.findall(r'fact="([^"]*)"', call)
            cited = re.findall(r'(?<!=)"([^"]*)"', call)
            found.append((page.name, fact, cited))
    return found


def test_facts_in_use_are_known_and_never_of_low_confidence(
    claims: list[tuple[str, list[str], list[str]]], facts: dict[str, dict[str, Any]]
) -> None:
    assert len(claims) > 300
    used = {(where, name) for where, names, _ in claims for name in names}
    assert {pair for pair in used if pair[1] not in facts} == set()
    assert {pair for pair in used if facts[pair[1]]["confidence"] == "low"} == set()


def test_sources_in_use_carry_the_facts_they_stand_for(
    claims: list[tuple[str, list[str], list[str]]], facts: dict[str, dict[str, Any]]
) -> None:
    for where, names, cited in claims:
        carried = {source for name in names for source in facts[name]["sources"]}
        assert cited, f"{where}: {names} without a source"
        assert set(cited) <= carried, f"{where}: {set(cited) - carried} do not carry {names}"
