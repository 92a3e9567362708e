"""Each statement leads to its source, and every listed source is used.

The loader checks this in the data. These tests check it again in the built pages and the files,
with none of the loader's code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from bs4 import Tag

from scripts.root import ROOT
from tests.content.built import text_of

DATA, PAGES = ROOT / "docs" / "data", ROOT / "docs" / "en"
LEAN = "get-help.md"
"""The lean page. Its sources are on the page of all sources, a line for each of its marks and
cards."""

LIBRARY = "about/sources.md"
LISTS = (LIBRARY, "about/studies.md", "about/medicines.md")
"""The pages of all sources, each with some of their kinds."""

ENTRIES = '.crs-sources__list > li[id^="source-"]'

WITHOUT_MARKS = (
    ".crs-care-card, .crs-sheet, .crs-figure, .crs-temperature-helper, .crs-temperature-table"
)
"""Components whose sources are only in the page's list."""


def read(name: str) -> Any:
    # These files are long, so use the parser in C if PyYAML has it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((DATA / name).read_text(encoding="utf-8"), loader)  # noqa: S506 - it is safe


@pytest.fixture(scope="module")
def sources() -> dict[str, dict[str, Any]]:
    return {source["id"]: source for source in read("sources.yml")}


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, Any]]:
    return {fact["id"]: fact for fact in read("facts.yml")}


def listed(part: Tag) -> list[Tag]:
    """Return the entries of a page's list of sources."""
    return part.select(".crs-page-foot .crs-sources__list > li")


def sources_shown(part: Tag) -> list[str]:
    """Return the ids of the sources that a page lists, each a link to the list of all sources."""
    links = [entry.select_one("a") for entry in listed(part)]
    return [str(link["href"]).partition("#source-")[2] for link in links if link]


def library_entries(parts: dict[str, Tag]) -> list[Tag]:
    """Return the entries of the lists of all sources."""
    return [entry for path in LISTS for entry in parts[path].select(ENTRIES)]


def source_of(link: Tag) -> str:
    """Return the source that a link to a list of sources leads to."""
    return str(link["href"]).partition("#source-")[2]


def line_of(mark: Tag, parts: dict[str, Tag]) -> list[str]:
    """Return the sources in the line to which a mark of a lean page leads."""
    address, _, line = str(mark["href"]).partition("#")
    assert address.endswith("sources/")
    [found] = parts[LIBRARY].select(f'.crs-sources__list > li[id="{line}"]')
    return [source_of(link) for link in found.select("a")]


def marks(part: Tag) -> list[Tag]:
    """Return the source marks of a page."""
    return part.select(".crs-cite a")


def opened(mark: Tag) -> list[int]:
    """Return the numbers, in the list of sources, of the sources that a mark opens."""
    return [int(number) for number in str(mark["data-sources"]).split(", ")]


def test_every_mark_leads_to_the_first_of_the_sources_that_it_opens(parts: dict[str, Tag]) -> None:
    assert sum(len(marks(part)) for part in parts.values()) > 100
    for path, part in parts.items():
        entries = [entry["id"] for entry in listed(part)]
        for mark in marks(part) if path != LEAN else ():
            numbers = opened(mark)
            assert numbers == sorted(set(numbers)), path
            assert entries[numbers[0] - 1] == str(mark["href"]).removeprefix("#"), path
            assert numbers[-1] <= len(entries), path


def test_a_mark_of_the_page_for_help_leads_to_a_line_with_all_its_sources(
    parts: dict[str, Tag],
) -> None:
    lines = parts[LIBRARY].select('.crs-sources__list > li[id^="get-help-"]')
    assert len(marks(parts[LEAN])) >= 8
    for mark in marks(parts[LEAN]):
        [number] = opened(mark)
        assert str(mark["href"]).endswith(f"#get-help-{number}")
        assert lines[number - 1]["id"] == f"get-help-{number}"
        assert line_of(mark, parts)
    named = {source_of(link) for line in lines for link in line.select("a")}
    front = yaml.safe_load((PAGES / LEAN).read_text(encoding="utf-8").split("---")[1])
    assert named == set(front["sources"])
    [more] = parts[LEAN].select(".crs-page-foot .crs-sources a")
    assert text_of(more) == f"Where this comes from ({len(named)})"
    assert str(more["href"]).endswith("sources/#get-help")


def test_every_mark_says_that_it_opens_sources(parts: dict[str, Tag]) -> None:
    # Titles in the label would be read out after each paragraph and drown the text.
    for path, part in parts.items():
        for mark in marks(part):
            assert text_of(mark) == "Sources", path


def test_a_paragraph_a_list_and_a_table_have_one_mark_at_most(parts: dict[str, Tag]) -> None:
    seen = 0
    for path, part in parts.items():
        for block in part.select("p, ul, ol, dl, table, figure, section.crs-care-card"):
            if block.name != "table" and block.find_parent(["ul", "ol"]):
                continue
            found = marks(block)
            seen += bool(found)
            assert len(found) <= 1, f"{path}: {text_of(block)[:80]}"
    assert seen > 100


def test_a_line_that_announces_a_list_shares_its_mark(parts: dict[str, Tag]) -> None:
    for path, part in parts.items():
        for paragraph in part.select(".crs-page p:has(+ ul), .crs-page p:has(+ ol)"):
            if text_of(paragraph).endswith(":"):
                below = paragraph.find_next_sibling(["ul", "ol"])
                assert isinstance(below, Tag)
                assert len(marks(paragraph)) + len(marks(below)) <= 1, f"{path}: {paragraph}"


def test_the_marks_of_a_page_open_every_source_that_its_text_names(parts: dict[str, Tag]) -> None:
    for path, part in parts.items():
        if path == LEAN:
            shown = {name for mark in marks(part) for name in line_of(mark, parts)}
        else:
            names = sources_shown(part)
            shown = {names[number - 1] for mark in marks(part) for number in opened(mark)}
        text = (PAGES / path).read_text(encoding="utf-8")
        for call in re.findall(r"\{\{ cite\((.*?)\) \}\}", text):
            for name in re.findall(r'(?<!=)"([^"]*)"', call):
                assert name in shown, f"{path}: no mark opens {name}"


def test_every_entry_is_what_was_read(
    parts: dict[str, Tag], sources: dict[str, dict[str, Any]]
) -> None:
    for path, part in parts.items():
        for number, entry in enumerate(listed(part), 1):
            assert entry["id"] == f"source-{number}", path
            source = sources[sources_shown(part)[number - 1]]
            title = " ".join(source["title"].split())
            link = entry.select_one("a")
            assert link is not None
            assert text_of(link) == title, path
            place = re.split(r" \d+[(:]| \(| EU/|[,;]", source["venue"])[0]
            shown = text_of(entry).removeprefix(title)
            assert shown.removeprefix(".").lstrip().startswith(place), path
            assert not re.search(r"[.?!][.]", text_of(entry).replace("...", "")), path


def test_a_folded_list_says_how_many_sources_it_holds_and_where_more_is_said(
    parts: dict[str, Tag],
) -> None:
    for path, part in parts.items():
        if entries := listed(part):
            [fold] = part.select(".crs-page-foot details.crs-sources:not([open])")
            [title] = fold.select("summary > h2")
            assert text_of(title) == f"Where this comes from ({len(entries)})", path
            [more] = fold.select(":scope > p > a")
            assert str(more["href"]).endswith("sources/"), path


def test_the_foot_of_a_page_neither_warns_of_its_sources_nor_repeats_its_headings(
    parts: dict[str, Tag],
) -> None:
    for path, part in parts.items():
        for entry in listed(part):
            assert not entry.select("strong"), path
            assert len(entry.select("a")) <= 1, path


def test_every_listed_source_is_used(parts: dict[str, Tag]) -> None:
    for path, part in parts.items():
        shown = {number for mark in marks(part) for number in opened(mark)}
        silent = part.select(WITHOUT_MARKS)
        for number, entry in enumerate(listed(part), 1):
            assert number in shown or silent, f"{path}: nothing uses {entry['id']}"


def test_the_lists_of_all_sources_are_the_sum_of_those_of_the_pages(parts: dict[str, Tag]) -> None:
    cited = {f"source-{name}" for part in parts.values() for name in sources_shown(part)}
    cited |= {
        f"source-{source_of(link)}"
        for link in parts[LIBRARY].select('.crs-sources__list > li[id^="get-help-"] a')
    }
    library = library_entries(parts)
    assert [entry["id"] for entry in library if entry["id"] not in cited] == []
    assert len({entry["id"] for entry in library}) == len(library)
    assert {str(entry["id"]) for entry in library} == cited


def test_each_link_to_a_source_leads_to_the_list_that_has_it(parts: dict[str, Tag]) -> None:
    for path, part in parts.items():
        for link in part.select('.crs-sources__list > li a[href*="#source-"]'):
            folder = str(link["href"]).partition("#")[0].rstrip("/").rpartition("/")[2]
            holder = parts[f"about/{folder}.md" if folder else path]
            assert holder.select(f'li[id="source-{source_of(link)}"]'), f"{path}: {link}"


def test_the_page_of_sources_leads_to_each_list(parts: dict[str, Tag]) -> None:
    links = [str(link["href"]) for link in parts[LIBRARY].select("#three-lists + ul a")]
    assert links == ["#the-list", "../studies/", "../medicines/"]
    assert all(len(parts[path].select(ENTRIES)) > 50 for path in LISTS)


def test_the_lists_of_all_sources_open_each_and_say_when_it_was_last_seen(
    parts: dict[str, Tag], sources: dict[str, dict[str, Any]]
) -> None:
    for entry in library_entries(parts):
        source = sources[str(entry["id"]).removeprefix("source-")]
        doi = source.get("doi")
        assert entry.a
        assert entry.a["href"] == (f"https://doi.org/{doi}" if doi else source["url"])
        [day] = entry.select(".crs-sources__more time")
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
        cites = bool(listed(part)) or path == LEAN
        assert cites != ("cites no source" in text_of(foot)), path


def named(value: Any) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the facts and the sources that each part of a data file names together."""
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
    """Every claim in data and pages: its file, its facts and its sources."""
    found = []
    for file in sorted(DATA.rglob("*.yml")):
        # These files hold the records themselves or the words of our interface. In review-pack.yml,
        # “fact” and “sources” are keys of such words.
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


def test_sources_in_use_support_the_facts_that_cite_them(
    claims: list[tuple[str, list[str], list[str]]], facts: dict[str, dict[str, Any]]
) -> None:
    for where, names, cited in claims:
        carried = {source for name in names for source in facts[name]["sources"]}
        assert cited, f"{where}: {names} without a source"
        assert set(cited) <= carried, f"{where}: {set(cited) - carried} do not carry {names}"
