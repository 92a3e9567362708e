"""Permanent addresses: all are listed, all lead somewhere, and none is ever withdrawn."""

from __future__ import annotations

import datetime
import json
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from scripts.components.registry import Macros
from scripts.finishing.faults import FinishingError
from scripts.finishing.redirects import write_stubs
from scripts.finishing.site import STUB
from scripts.finishing.site import Site as BuiltSite
from scripts.guide.addresses import CODES, SHORT, address_of, home_of, published, redirects
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.address import Address
from scripts.guide.pages import anchors_of, url_of
from scripts.root import ROOT
from tests.conftest import Site
from tests.site.broken_copy import BrokenCopy, assert_reads_well, line_of
from tests.site.html_check import broken_links, read_html, target_of
from tests.site.published import LIST, batches, gone, head_of, listed, on_main, to_append

pytestmark = pytest.mark.essential

FILE = "docs/data/addresses.yml"
DAY = datetime.date(2026, 11, 22)


def now() -> str:
    return (ROOT / LIST).read_text(encoding="utf-8")


def stub(folder: Path, address: str) -> BeautifulSoup:
    text = (folder / address / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


def one(page: BeautifulSoup, selector: str) -> Tag:
    [tag] = page.select(selector)
    return tag


def with_addresses(guide: Guide, *more: Address) -> Guide:
    """Return the guide with other addresses, for cases that its own do not have yet."""
    return replace(guide, addresses={address.target: address for address in more})


def test_every_page_and_every_part_that_has_an_id_is_listed(guide: Guide) -> None:
    there = [place for path in guide.pages for place in (path, *places_on(guide, path))]
    missing = [place for place in there if place not in guide.addresses]
    lines = "\n".join(f"- {{target: {place}, published: <day>}}" for place in missing)
    assert not missing, f"add to {FILE}:\n{lines}"


def places_on(guide: Guide, path: str) -> list[str]:
    return [f"{path}#{anchor}" for anchor in sorted(anchors_of(guide.pages[path]))]


def test_the_list_of_published_addresses_is_that_of_the_data(guide: Guide) -> None:
    written, due = listed(now()), published(guide)
    missing = {address: day for address, day in due.items() if address not in written}
    assert not missing, f"add to the end of {LIST}:\n{to_append(missing)}"
    assert not (lost := written.keys() - due.keys()), f"published, so put back: {sorted(lost)}"
    assert written == due, "an address has another day than the one it was published on"


def test_no_batch_of_the_list_was_changed(guide: Guide) -> None:
    found = batches(now())
    assert sum(len(batch.addresses) for batch in found) == len(published(guide))
    for batch in found:
        assert batch.head == head_of(batch.day, batch.addresses)


@pytest.mark.parametrize(
    ("old", "new"),
    [("/get-help/\n", ""), ("/get-help/\n", "/get-halp/\n"), ("/faq/#age\n", "/faq/#age\n/fqa/\n")],
)
def test_a_change_of_a_batch_is_noticed_without_git(old: str, new: str) -> None:
    assert now().count(old) == 1
    [changed] = [b for b in batches(now().replace(old, new)) if b not in batches(now())]
    assert changed.head != head_of(changed.day, changed.addresses)


def test_no_address_that_was_ever_on_main_is_gone() -> None:
    assert gone(now(), on_main()) == {}


def git(folder: Path, *arguments: str) -> None:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *named, *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose main has lost an address, with a branch on top."""
    home = tmp_path / "origin"
    (home / "tests").mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main", str(home))
    for addresses in (("/a/", "/b/"), ("/a/",)):
        text = "\n".join((head_of(DAY, addresses), *addresses)) + "\n"
        (home / LIST).write_text(text, encoding="utf-8")
        git(home, "add", ".")
        git(home, "commit", "-q", "-m", "List")
    git(home, "checkout", "-q", "-b", "branch")
    (home / LIST).unlink()
    git(home, "commit", "-q", "-a", "-m", "Lose the list")
    return home


NOW = f"{head_of(DAY, ('/a/',))}\n/a/\n"


def test_the_history_of_main_is_read_in_a_full_clone(repository: Path, tmp_path: Path) -> None:
    assert list(gone(NOW, on_main(repository))) == ["/b/"]
    git(tmp_path, "clone", "-q", "--branch", "branch", str(repository), str(tmp_path / "clone"))
    # The clone has no main of its own, only that of its origin.
    assert list(gone(NOW, on_main(tmp_path / "clone"))) == ["/b/"]


def test_a_shallow_clone_is_checked_against_what_it_has(repository: Path, tmp_path: Path) -> None:
    source = repository.as_uri()
    target = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "main", source, str(target))
    assert [listed(text).keys() for text in on_main(target).values()] == [{"/a/"}]
    assert list(gone("", on_main(target))) == ["/a/"]


def test_a_copy_without_git_is_left_to_the_digests(tmp_path: Path) -> None:
    assert on_main(tmp_path) == {}


def test_every_published_address_resolves_in_each_language(site: Site, guide: Guide) -> None:
    pages: dict[Path, set[str]] = {}
    for language in guide.edition.languages:
        home = site.folder / home_of(language, guide)
        for address in listed(now()):
            path, _, anchor = address.removeprefix("/").partition("#")
            file = home / path
            file = file / "index.html" if file.is_dir() else file
            assert file.is_file(), f"{address} ({language}) is not there"
            text = file.read_text(encoding="utf-8")
            if anchor and STUB in text:  # the page has moved, and takes its parts along
                script = one(BeautifulSoup(text, "html.parser"), "script")
                parts = json.loads(str(script["data-parts"]))
                assert anchor in parts, f"{address} ({language}) is left behind by its page"
                file, anchor = target_of(file.resolve(), parts[anchor], site.folder.resolve())
            if anchor:
                ids = pages.setdefault(file, set(read_html(file.read_text(encoding="utf-8")).ids))
                assert anchor in ids, f"{address} ({language}) has lost its id"


def test_every_stub_leads_to_a_page_and_an_id_that_are_there(site: Site) -> None:
    # The links of the pages have a test of their own.
    broken = [link for link in broken_links(site.folder) if link.startswith((SHORT, CODES))]
    assert broken == []


@pytest.mark.parametrize("folder", [SHORT, CODES])
def test_there_are_stubs_for_short_addresses_and_codes(
    site: Site, guide: Guide, folder: str
) -> None:
    due = {r.address.removeprefix(folder) for r in redirects(guide) if r.address.startswith(folder)}
    assert due
    assert {f"{path.name}/" for path in (site.folder / folder).iterdir()} == due


def test_a_stub_leads_on_by_each_way_that_it_has(site: Site, guide: Guide) -> None:
    for redirect in redirects(guide):
        page = stub(site.folder, redirect.address)
        here, words = f"https://a.example/{redirect.address}", guide.strings
        refresh = str(one(page, "meta[http-equiv=refresh]")["content"]).removeprefix("0; url=")
        link, to_help = page.select("main a")
        for way in (refresh, link["href"], one(page, "script")["data-target"]):
            # A server with clean addresses serves a page without the file's name.
            whole = urljoin(here, str(way)).replace("/index.html", "/")
            assert whole == f"https://a.example/{address_of(redirect.target)}"
        title = guide.pages[redirect.target.partition("#")[0]].meta.title
        assert link.get_text() == title
        assert words.find_it_here in page.get_text()
        assert to_help.get_text() == words.get_help
        assert title in one(page, "title").get_text()


def test_a_stub_says_its_language_and_stays_out_of_search(site: Site, guide: Guide) -> None:
    for redirect in redirects(guide):
        page = stub(site.folder, redirect.address)
        assert one(page, "html")["lang"] == guide.edition.languages[0]
        assert one(page, "meta[name=robots]")["content"] == "noindex"
        path = redirect.target.partition("#")[0]
        canonical = guide.edition.site_address + url_of(path)
        assert one(page, "link[rel=canonical]")["href"] == canonical


def test_a_strict_security_policy_refuses_nothing_of_a_stub(site: Site, guide: Guide) -> None:
    for redirect in redirects(guide):
        file = site.folder / redirect.address / "index.html"
        page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        script = one(page, "script")
        assert not script.get_text()
        assert (file.parent / str(script["src"])).resolve().is_file()
        assert not page.select("style, [style], [onload], [onclick], iframe, form")


def test_stubs_are_not_in_the_sitemap(site: Site, guide: Guide) -> None:
    sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert url_of("get-help.md") in sitemap
    assert not [r.address for r in redirects(guide) if f"/{r.address}" in sitemap]


def bare_site(folder: Path, guide: Guide, *, by_file: bool = False) -> Path:
    """Return a folder with a file for each page that contains nothing of it."""
    for path in guide.pages:
        name = f"{path.removesuffix('.md')}.html" if by_file else f"{url_of(path)}index.html"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("<head></head>a page", encoding="utf-8")
    return folder


def test_the_build_stops_before_a_stub_takes_the_place_of_a_page(
    tmp_path: Path, guide: Guide
) -> None:
    folder = bare_site(tmp_path, guide)
    page = folder / redirects(guide)[0].address / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<head></head>a page of somebody else", encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        write_stubs(BuiltSite(folder, guide))
    [problem] = refused.value.problems
    assert_reads_well(problem)
    assert "would overwrite a page" in problem.fault


def test_the_build_stops_where_a_stub_would_lead_nowhere(tmp_path: Path, guide: Guide) -> None:
    with pytest.raises(FinishingError, match=r"write_stubs: .* has no page"):
        write_stubs(BuiltSite(tmp_path, guide))


def test_stubs_name_files_where_the_whole_guide_does(tmp_path: Path, guide: Guide) -> None:
    site = BuiltSite(bare_site(tmp_path, guide, by_file=True), guide)
    write_stubs(site)
    site.write()
    for redirect in redirects(guide):
        [link, _] = stub(tmp_path, redirect.address).select("main a")
        file, _, anchor = str(link["href"]).partition("#")
        assert (tmp_path / redirect.address / file).resolve().is_file()
        assert anchor == redirect.target.partition("#")[2]


MOVED = (
    Address(target="fever.md", published=DAY, short="hot", moved_to="temperature.md"),
    Address(target="fever.md#how", published=DAY),
    Address(target="fever.md#signs", published=DAY, moved_to="symptoms.md#fever"),
)


def test_a_moved_page_leads_on_and_takes_its_parts_along(tmp_path: Path, guide: Guide) -> None:
    moved = with_addresses(guide, *MOVED)
    found = {r.address: r for r in redirects(moved)}
    assert found["fever/"].target == "temperature.md"
    assert found["fever/"].parts == {"how": "temperature.md#how", "signs": "symptoms.md#fever"}
    assert found["go/hot/"].target == "temperature.md"
    site = BuiltSite(bare_site(tmp_path, guide), moved)
    write_stubs(site)
    site.write()
    script = one(stub(tmp_path, "fever"), "script")
    assert script["data-parts"] == (
        '{"how": "../temperature/index.html#how", "signs": "../symptoms/index.html#fever"}'
    )


def test_a_part_that_left_its_page_is_found_from_its_foot(guide: Guide) -> None:
    gone_on = Address(
        target="symptoms.md#heat", published=DAY, moved_to="temperature.md#what-it-means"
    )
    foot = Macros(with_addresses(guide, gone_on), "symptoms.md").page_foot()
    line = one(BeautifulSoup(foot, "html.parser"), "#heat")
    assert guide.strings.moved_part in line.get_text()
    assert one(BeautifulSoup(str(line), "html.parser"), "a")["href"] == (
        "../temperature/#what-it-means"
    )
    assert 'id="heat"' not in Macros(guide, "symptoms.md").page_foot()


FEVER = "- {target: symptoms.md#fever, published: 2026-11-22}"
FAULTS = {
    "a heading that is gone": (
        ("docs/en/about/privacy.md", "{ #never }", "{ #not-ever }"),
        ("- {target: about/privacy.md#never, published", "target", "leads nowhere"),
    ),
    "a new place that is not there": (
        (FILE, FEVER, FEVER.replace("}", ", moved_to: temperature.md#what-is-it}")),
        ("- {target: symptoms.md#fever,", "moved_to", "has moved, but still exists"),
    ),
    "a move to nowhere": (
        (FILE, FEVER, f"{FEVER}\n- {{target: old.md, published: 2026-11-22, moved_to: new.md}}"),
        ("- {target: old.md", "moved_to", "there is no “new.md”"),
    ),
    "a short form that is used twice": (
        (FILE, FEVER, FEVER.replace("}", ", short: fever}")),
        ("- {target: temperature.md, published", "short", "also leads to symptoms.md#fever"),
    ),
    "an address without a page": (
        (FILE, FEVER, FEVER.replace("symptoms.md", "symptoms")),
        ("- {target: symptoms#fever,", "target", "is not a page or heading"),
    ),
    "an address that is listed twice": (
        (FILE, FEVER, f"{FEVER}\n- {{published: 2026-11-22, target: symptoms.md#fever}}"),
        ("- {published: 2026-11-22, target: symptoms.md#fever}", "target", "is used twice"),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_refuses(copy: BrokenCopy, name: str) -> None:
    (file, old, new), (at, field, says) = FAULTS[name]
    copy.broken(file, old, new)
    line = line_of(copy.read(FILE), at)
    [problem] = [p for p in copy.problems() if p.file == FILE and p.line == line]
    assert problem.field.endswith(f".{field}")
    assert says in problem.fault
    assert_reads_well(problem)


def test_refuses_a_page_where_stubs_are(copy: BrokenCopy) -> None:
    text = copy.read("docs/en/about/privacy.md").replace("index.md", "../about/index.md")
    (copy.root / "docs/en/go").mkdir()
    copy.written("docs/en/go/fever.md", text.replace("(../about/../about/", "(../about/"))
    assert "the page is at an address kept for redirects" in {p.fault for p in copy.problems()}
