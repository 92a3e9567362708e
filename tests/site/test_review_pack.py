"""The review pack contains every statement with its sources, to be read and signed."""

from __future__ import annotations

import csv
import functools
import html
import io
import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from bs4 import BeautifulSoup, Tag

from scripts.components.registry import CITATIONS
from scripts.components.review import KINDS
from scripts.components.sheet.block import carried_by_sheet
from scripts.content import load_guide
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.base import validate
from scripts.guide.models.review_pack import ReviewPackWords
from scripts.guide.pages import Page
from scripts.guide.yaml_source import read
from scripts.review_pack.collect import Statement
from scripts.review_pack.document import document, rows_in_words
from scripts.review_pack.history import HistoryError, version_since
from scripts.review_pack.pack import Pack, make_pack
from scripts.review_pack.words import load_pack_data, menu_order
from scripts.review_pack.write import files_for
from scripts.review_pack.write_csv import csv_of, safe
from scripts.review_pack.write_html import html_of
from scripts.review_pack.write_pdf import pdf_of
from scripts.root import ROOT
from tests.conftest import Site, invoke

SAME = re.compile(r"The same fact as at (\d+\.\d+)")
PROSE = ("sentence", "number", "temperature", "region-rule")
INLINE = re.compile("crs-(temperature|number|term|phone|cite)(_|$)")
LETTER = re.compile(r" \[[a-z]\]")
UK = ROOT / "docs" / "data" / "editions" / "example-uk.yml"


@dataclass
class Made:
    """The pack and its three forms."""

    pack: Pack

    @cached_property
    def html(self) -> str:
        return html_of(self.pack)

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @cached_property
    def pdf_bytes(self) -> bytes:
        return pdf_of(self.pack)

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.pdf_bytes))

    @cached_property
    def table(self) -> list[dict[str, str]]:
        text = csv_of(self.pack).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    @cached_property
    def rows(self) -> dict[str, Tag]:
        """The rows of the HTML, by number."""
        return {str(row["id"]).removeprefix("row-"): row for row in self.soup.select(".statement")}

    def with_rows(self, numbers: Collection[str]) -> Made:
        """Return the same pack with only some rows: quickly made, for what is not in rows."""
        pages = (
            replace(page, statements=tuple(s for s in page.statements if s.number in numbers))
            for page in self.pack.pages
        )
        return Made(replace(self.pack, pages=tuple(pages)))

    @property
    def few(self) -> Made:
        """The same pack with three rows of each kind, and the rows that they refer to."""
        chosen = [
            statement
            for kind in KINDS
            for statement in [s for s in self.pack.statements if s.kind == kind][:3]
        ]
        return self.with_rows({n for each in chosen for n in (each.number, *each.see)})

    @cached_property
    def sections(self) -> dict[str, Tag]:
        """The pages of the HTML, by path."""
        return {str(tag["data-page"]): tag for tag in self.soup.select("section[data-page]")}

    @cached_property
    def said(self) -> dict[str, str]:
        """The words of each page, by path."""
        return {path: typeset(tag.get_text(" ")) for path, tag in self.sections.items()}


@pytest.fixture(scope="module")
def made(guide: Guide) -> Made:
    return Made(make_pack(guide))


@pytest.fixture(scope="module")
def few(made: Made) -> Made:
    return made.few


@pytest.fixture(scope="module")
def uk() -> Made:
    return Made(make_pack(load_guide(clinic=UK)))


@pytest.fixture(scope="module")
def articles(made: Made, site: Site) -> dict[str, Tag]:
    """The article of each built page, without source marks."""
    found = {}
    for path in made.pack.guide.pages:
        article = BeautifulSoup(site.html(path), "html.parser").select_one("article")
        assert article is not None
        for mark in article.select("sup"):
            mark.decompose()
        found[path] = article
    return found


def typeset(text: str) -> str:
    """Return a text without what typesetting changes."""
    text = re.sub('[“”"]', '"', text.replace("’", "'"))
    text = text.replace("≥", ">=").replace("≤", "<=")
    return " ".join(text.split())


def numbers_in(text: str) -> list[str]:
    """Return the numbers of the rows that a text names, such as “1.4–1.6, 3.2”."""
    found = []
    for first, last in re.findall(r"(?<![\d.])(\d+\.\d+)(?:–(\d+\.\d+))?", text):
        page, start = map(int, first.split("."))
        end = int(last.split(".")[1]) if last else start
        found += [f"{page}.{row}" for row in range(start, end + 1)]
    return found


# --- Complete content ----------------------------------------------------------------------------


def facts_of(page: Page, guide: Guide) -> set[str]:
    """Return the facts that the macros of a page carry."""
    return {fact for call in page.calls for fact in CITATIONS.carried(call, guide)[0]}


def words_in(statement: Statement) -> str:
    """Return all the words of a row, without its marks."""
    return LETTER.sub("", f"{statement.before} {statement.words} {statement.after}")


def test_each_page_lists_every_fact_and_source_that_its_macros_carry(made: Made) -> None:
    for review in made.pack.pages:
        facts = {fact.id for each in review.statements for fact in each.facts}
        sources = {source.id for each in review.statements for source in each.sources}
        cited = CITATIONS.sources_of(review.page, made.pack.guide)
        assert facts_of(review.page, made.pack.guide) <= facts, review.page.path
        assert set(cited) <= sources, review.page.path


def test_each_sheet_lists_every_fact_that_it_carries(made: Made) -> None:
    guide = made.pack.guide
    for slug in guide.checklists:
        facts = {
            fact.id
            for statement in made.pack.statements
            if statement.page == f"print/{slug}.md"
            for fact in statement.facts
        }
        assert set(carried_by_sheet(guide.checklists[slug], guide)[0]) <= facts, slug


def test_a_reader_finds_each_fact_of_a_page_with_the_address_of_each_source(made: Made) -> None:
    guide = made.pack.guide
    for path, page in guide.pages.items():
        said, links = followed(made, made.sections[path])
        for name in facts_of(page, guide):
            assert typeset(guide.facts[name].claim) in said, (path, name)
        for name in CITATIONS.sources_of(page, guide):
            assert guide.sources[name].address in links, (path, name)


def followed(made: Made, section: Tag) -> tuple[str, set[str]]:
    """Return the words and links of a page's rows, and of the rows that they refer to."""
    waiting = [str(row["id"]).removeprefix("row-") for row in section.select(".statement")]
    seen: set[str] = set()
    words: list[str] = []
    links: set[str] = set()
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        row = made.rows[number]
        words.append(row.get_text(" "))
        waiting += SAME.findall(words[-1])
        links |= {str(link["href"]) for link in row.select("a[href^=http]")}
        see = [strong.get_text() for strong in row.select("strong")]
        waiting += [n for text in see if text.startswith("See ") for n in numbers_in(text)]
    return typeset(" ".join(words)), links


def test_the_spreadsheet_names_each_fact_of_a_page_with_the_address_of_each_source(
    made: Made,
) -> None:
    guide = made.pack.guide
    for page in guide.pages.values():
        own = [row for row in made.table if row["Page"] == page.meta.title]
        facts = {name for row in own for name in row["Facts"].split(" | ")}
        links = {link for row in own for link in row["Source addresses"].split(" | ")}
        assert facts_of(page, guide) <= facts, page.path
        assert {guide.sources[name].address for name in CITATIONS.sources_of(page, guide)} <= links


def test_the_words_of_a_statement_are_those_of_its_page(
    made: Made, articles: dict[str, Tag]
) -> None:
    checked = 0
    for review in made.pack.pages:
        read = typeset(articles[review.page.path].get_text())
        for statement in review.statements:
            sheet = statement.section is not None and statement.section.id.startswith("sheet-")
            if statement.kind not in PROSE or sheet:
                continue
            assert typeset(LETTER.sub("", statement.words)) in read, statement.number
            checked += 1
    assert checked > 100


def test_every_sentence_of_a_page_is_in_the_pack(made: Made, articles: dict[str, Tag]) -> None:
    checked = 0
    # These are words of components without a class of their own.
    components = [typeset(str(text)) for _, text in made.pack.guide.strings]
    components = [text for text in components if len(text) > 25]
    for review in made.pack.pages:
        said = typeset(" ".join(map(words_in, review.statements)))
        page = articles[review.page.path].select_one(".crs-page")
        assert page is not None
        for block in page.find_all(["p", "li"]):
            # Components have their own tests; this one is about what a writer typed.
            typed = classes_within(block, page) <= {"crs-answer", "crs-clinician"}
            if not typed or block.find(["p", "li"]):
                continue
            checked += 1
            for sentence in re.split(r"(?<=[.?!:]) ", typeset(block.get_text())):
                if not any(text in sentence or sentence in text for text in components):
                    assert sentence in said, (review.page.path, sentence)
    assert checked > 300


def classes_within(tag: Tag, outermost: Tag) -> set[str]:
    """Return the classes of, in and around an element, except those of inline macros."""
    around = takewhile(lambda each: each is not outermost, tag.parents)
    inside = tag.select("[class]")
    every = (name for each in (tag, *around, *inside) for name in each.get_attribute_list("class"))
    return {name for name in every if name and not INLINE.match(name)}


def test_each_row_has_words_and_what_states_a_fact_has_its_sources(made: Made, uk: Made) -> None:
    for statement in (*made.pack.statements, *uk.pack.statements):
        assert statement.words, statement.number
        assert not re.search("[\ue000-\ue0ff{}<>]|\\[\\[|\\]\\(|\\*\\*", words_in(statement))
        if statement.has_facts:
            assert statement.sources, statement.number
        for each in statement.evidence:
            assert each.sources, statement.number
            assert each.fact is None or {s.id for s in each.sources} <= set(each.fact.sources)


def test_a_mark_in_the_words_leads_to_its_fact(made: Made) -> None:
    marked = [each for each in made.pack.statements if any(e.mark for e in each.evidence)]
    assert marked
    for statement in marked:
        in_words = re.findall(r"\[([a-z])\]", statement.words)
        assert sorted(set(in_words)) == sorted(e.mark for e in statement.evidence if e.mark)


def test_what_is_shown_again_names_rows_that_are_there(made: Made) -> None:
    numbers = {statement.number for statement in made.pack.statements}
    for statement in made.pack.statements:
        assert set(statement.see) <= numbers
        assert bool(statement.see) == (statement.kind in ("again", "grades-row"))


def test_a_run_of_rows_is_named_by_its_ends() -> None:
    assert rows_in_words(["1.4", "1.5", "1.6", "3.2", "1.10"]) == "1.4–1.6, 1.10, 3.2"
    assert rows_in_words(["1.9", "2.10"]) == "1.9, 2.10"


# --- Reading and signing -------------------------------------------------------------------------


def test_pages_are_in_the_order_of_the_menu(made: Made) -> None:
    order = menu_order(ROOT / "mkdocs.yml")
    assert [review.page.path for review in made.pack.pages][: len(order)] == list(order)
    assert set(order) == set(made.pack.guide.pages)


def test_each_page_has_its_dates_and_boxes_to_sign(made: Made) -> None:
    words = made.pack.words.pages
    for path in made.pack.guide.pages:
        assert words.checked in made.said[path]
        assert words.due in made.said[path]
        [sign] = made.sections[path].select(".sign")
        assert len(sign.select("input[type=checkbox]")) == 3
        lines = [label.get_text().strip() for label in sign.select(".lines label")]
        assert lines == [words.name, words.role, words.date, words.signature]


def test_each_statement_has_boxes_and_a_line_for_a_remark(made: Made) -> None:
    for statement in made.pack.statements:
        row = made.rows[statement.number]
        named = [str(box["aria-label"]) for box in row.select("input")]
        if statement.kind == "again":
            assert named == []
            continue
        rows = made.pack.words.rows
        expected = [rows.agree, rows.change, rows.remark]
        assert named == [f"{statement.number}: {label}" for label in expected]


def test_the_front_counts_what_the_pack_holds(made: Made) -> None:
    front = made.soup.select_one("#in-short")
    assert front is not None
    assert front.parent is not None
    said = typeset(front.parent.get_text(" "))
    guide = made.pack.guide
    used = set().union(*(facts_of(page, guide) for page in guide.pages.values()))
    assert f"{len(used)} of {len(made.pack.guide.facts)}" in said
    assert sum(made.pack.by_confidence.values()) == len(used)
    assert sum(made.pack.by_kind.values()) == len(made.pack.sources)
    assert f"{made.pack.words.counts.pages} {len(made.pack.guide.pages)}" in said


def test_it_says_who_reviewed_as_the_pages_do(made: Made) -> None:
    named = [page for page in made.pack.guide.pages.values() if page.meta.reviewer]
    banner = made.soup.select_one(".banner")
    assert banner is not None
    if not named:
        assert made.pack.words.front.no_clinician in banner.get_text()
    assert made.pack.guide.strings.education_not_advice in banner.get_text()


def test_the_day_on_it_is_that_of_the_content(made: Made) -> None:
    latest = max(page.meta.reviewed for page in made.pack.guide.pages.values())
    month = made.pack.guide.strings.months[latest.month - 1]
    assert f"{latest.day} {month} {latest.year}" in document(made.pack)["content_of"]


def test_each_open_question_is_in_front_and_on_its_pages(made: Made) -> None:
    assert {question.kind for question in made.pack.questions} == {"clinician", "missing"}
    part = made.soup.select_one("section[aria-labelledby=questions]")
    assert part is not None
    in_front = typeset(part.get_text(" "))
    for question in made.pack.questions:
        assert typeset(question.title) in in_front
        for place in question.where:
            assert typeset(question.title) in made.said[place.partition("#")[0]]


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("where", "[no-such-page.md]", "there is no page “no-such-page.md”"),
        ("where", "[get-help.md#no-such-id]", "get-help.md has no anchor “no-such-id”"),
        ("about", "[no-such-fact]", "there is no fact “no-such-fact”"),
    ],
)
def test_an_open_question_names_pages_and_facts_that_exist(
    guide: Guide, tmp_path: Path, key: str, value: str, says: str
) -> None:
    data = tmp_path / "docs" / "data"
    shutil.copytree(ROOT / "docs" / "data", data)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    text = f"- id: made-up\n  kind: missing\n  title: Made up\n  text: Made up.\n  {key}: {value}\n"
    (data / "open-questions.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(says)) as error:
        load_pack_data(guide, tmp_path)
    assert str(error.value).startswith("docs/data/open-questions.yml:5:")


# --- HTML ----------------------------------------------------------------------------------------


def test_the_web_page_needs_nothing_beside_it(made: Made) -> None:
    assert not made.soup.select("script, link, img, iframe, object, form")
    assert not re.search(r"url\(|@import", made.html)
    assert made.soup.html is not None
    assert made.soup.html["lang"] == "en"
    ids = {str(tag["id"]) for tag in made.soup.select("[id]")}
    assert {str(link["href"])[1:] for link in made.soup.select("a[href^='#']")} <= ids


def test_the_web_page_has_headings_in_order_and_tables_with_heads(made: Made) -> None:
    levels = [int(tag.name[1]) for tag in made.soup.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in made.soup.find_all("table"):
        assert table.select("thead th[scope=col]")
    ids = [str(tag["id"]) for tag in made.soup.select("[id]")]
    assert len(ids) == len(set(ids))


# --- Spreadsheet ---------------------------------------------------------------------------------


def test_the_spreadsheet_has_a_row_for_each_row_of_the_web_page(made: Made) -> None:
    assert [row["No."] for row in made.table] == list(made.rows)
    assert csv_of(made.pack).startswith("\ufeff".encode())
    assert all(None not in row and None not in row.values() for row in made.table)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_words_of_a_clinic_cannot_become_a_formula(tmp_path: Path) -> None:
    text = UK.read_text(encoding="utf-8").partition("paragraphs:")[0]
    text = re.sub("^logo:.*\n", "", text, flags=re.MULTILINE)
    text += 'paragraphs:\n  faq.md: "=HYPERLINK(1)"\n'
    (tmp_path / "clinic.yml").write_text(text, encoding="utf-8")
    made = Made(make_pack(load_guide(clinic=tmp_path / "clinic.yml")))
    [row] = [row for row in made.table if "HYPERLINK" in row["What the guide says"]]
    assert row["What the guide says"].startswith("'=")


# --- PDF -----------------------------------------------------------------------------------------


def test_the_pdf_says_its_name_and_language_and_is_tagged(made: Made) -> None:
    root = made.pdf.Root
    assert str(root.Lang) == "en"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    meta = made.pdf.open_metadata()
    assert str(meta["dc:title"]) == document(made.pack)["title"]
    assert str(meta["pdfuaid:part"]) == "1"


def test_a_checker_of_accessible_pdfs_finds_no_fault(few: Made, tmp_path: Path) -> None:
    """Check a few pages with each kind of row: all pages are typeset by the same templates."""
    (tmp_path / "pack.pdf").write_bytes(few.pdf_bytes)
    report = pdfua.validate(str(tmp_path / "pack.pdf"))
    assert not report.findings
    assert len(report.outcomes) >= 10


def test_every_font_of_the_pdf_is_our_own_and_inside(made: Made) -> None:
    fonts: list[Any] = [
        thing
        for thing in made.pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
    ]
    assert fonts
    for font in fonts:
        assert re.search("AtkinsonHyperlegible|InterFigures", str(font.BaseFont))
        if "/DescendantFonts" not in font:
            assert {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())


def test_the_bookmarks_of_the_pdf_name_each_page(made: Made) -> None:
    with made.pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    for review in made.pack.pages:
        assert f"{review.number}. {review.page.meta.title}" in titles


def test_the_pdf_links_to_each_source(made: Made) -> None:
    links = {
        str(note.A.URI)
        for side in made.pdf.pages
        for note in side.get("/Annots", [])
        if "/A" in note and "/URI" in note.A
    }
    assert {source.address for source in made.pack.sources} <= links


def test_no_row_of_the_pdf_is_split_over_two_sides(made: Made) -> None:
    rows = [row for row in elements(made.pdf.Root.StructTreeRoot) if row.get("/S") == "/TR"]
    assert len(rows) > len(made.pack.statements)
    for row in rows:
        assert len(set(sides_of(row, None))) <= 1


def elements(element: Any) -> Iterator[Any]:
    """Yield every element in the structure of a PDF."""
    yield element
    for kid in children_of(element):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") not in ("/MCR", "/OBJR"):
            yield from elements(kid)


def sides_of(element: Any, side: Any) -> Iterator[tuple[int, int]]:
    """Yield the sides of paper that contain an element."""
    side = element.get("/Pg", side)
    for kid in children_of(element):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") not in ("/MCR", "/OBJR"):
            yield from sides_of(kid, side)
        else:
            own = kid.get("/Pg", side) if isinstance(kid, pikepdf.Dictionary) else side
            yield own.objgen


def children_of(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


# --- Editions ------------------------------------------------------------------------------------


def test_the_pack_of_a_clinic_shows_its_own_settings_and_rules(uk: Made) -> None:
    edition, words = uk.pack.guide.edition, uk.pack.words
    assert edition.rules
    said = typeset(html.unescape(re.sub("<[^>]+>", " ", uk.html)))
    for value in (edition.name, edition.line_24h, edition.rules.source, edition.site_address):
        assert value
        assert typeset(value) in said
    own = [statement for statement in uk.pack.statements if statement.kind == "own"]
    assert any(edition.rules.source in statement.words for statement in own)
    assert all(not statement.evidence for statement in own)
    levels = [row["value"] for row in document(uk.pack)["settings"] if "°C" in row["value"]]
    [level] = levels
    assert level.startswith("37.5\u00a0°C")
    assert words.front.settings_level.split(".")[0] in level
    [box] = {
        tuple(round(float(edge)) for edge in side.MediaBox) for side in uk.with_rows(()).pdf.pages
    }
    assert box[2:] == (595, 842)


def test_a_value_that_is_not_set_is_said_to_be_not_set(made: Made) -> None:
    unset = [row for row in document(made.pack)["settings"] if made.pack.guide.edition.name is None]
    assert made.pack.words.front.not_set in [row["value"] for row in unset]
    assert all(row["value"] not in ("", "None") for row in unset)
    assert all(cell != "None" for row in made.table for cell in row.values())


# --- Changes since a version ---------------------------------------------------------------------


def git(root: Path, *arguments: str, day: str = "2026-01-10") -> None:
    """Run git in a repository of the test's own, without the settings of this machine."""
    stamp = f"{day}T12:00:00Z"
    subprocess.run(
        ["git", "-c", "user.name=Test", "-c", "user.email=test@crs-guide.example", *arguments],
        cwd=root,
        check=True,
        capture_output=True,
        env={
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": stamp,
            "GIT_COMMITTER_DATE": stamp,
        },
    )


@dataclass
class Edits:
    """A page's sentences that were added, changed and removed, and the fact that was changed."""

    path: str
    added: str
    before: str
    now: str
    removed: str
    fact: str


@dataclass(frozen=True)
class Repository:
    root: Path

    def page(self, path: str) -> Path:
        return self.root / "docs" / "en" / path

    @functools.cache  # noqa: B019 - the module has one repository
    def since(self, version: str) -> Made:
        return Made(make_pack(load_guide(self.root), since=version, root=self.root))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository with an unreadable version v0 and a good version v1."""
    root = tmp_path_factory.mktemp("repository")
    for folder in ("docs/en", "docs/data"):
        shutil.copytree(ROOT / folder, root / folder)
    git(root, "init", "--quiet")
    levels = root / "docs" / "data" / "temperatures.yml"
    text = levels.read_text(encoding="utf-8")
    levels.write_text(f"{text}\nold-key: gone\n", encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "First")
    git(root, "tag", "v0")
    levels.write_text(text, encoding="utf-8")
    git(root, "commit", "--quiet", "-a", "-m", "Second", day="2026-02-10")
    git(root, "tag", "v1")
    return Repository(root)


@pytest.fixture(scope="module")
def edited(repository: Repository) -> Edits:
    """The edits of a page and a fact: one statement is added, one changed, one removed."""
    guide = load_guide(repository.root)
    path, lines = next(filter(None, map(lines_to_edit, guide.pages.values())))
    first, second = lines
    page = repository.page(path)
    text = page.read_text(encoding="utf-8")
    words = LINE.fullmatch(first)
    assert words
    now = f"{words['words'][:-1]} again."
    cite = re.search(r"\{\{.*\}\}", first)
    assert cite
    added = "Xylophones and quilts are all new here."
    text = text.replace(first, f"{added}{cite[0]}\n{now}{cite[0]}", 1).replace(f"{second}\n", "", 1)
    page.write_text(text, encoding="utf-8")
    fact = re.search(r'fact="([^"]+)"', first)
    assert fact
    facts = repository.root / "docs" / "data" / "facts.yml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(
        re.sub(rf"(- id: {fact[1]}\n(?:.*\n)*?  confidence: )(\w+)", flipped, text, count=1),
        encoding="utf-8",
    )
    gone = LINE.fullmatch(second)
    assert gone
    return Edits(path, added, words["words"], now, gone["words"], fact[1])


LINE = re.compile(r'(?P<words>[A-Z][^{}\[\]*?]{30,}\.)\{\{ cite\("[^}]*\) \}\}')


def flipped(found: re.Match[str]) -> str:
    return found[1] + ("medium" if found[2] == "high" else "high")


def lines_to_edit(page: Page) -> tuple[str, list[str]] | None:
    """Return two lines of a page whose sources it also cites elsewhere; None if it has fewer."""
    found: list[str] = []
    # The answer at the top, above the contents, has rules of its own.
    for line in page.body.partition("{{ contents() }}")[2].split("\n"):
        calls = re.findall(r'"([a-z0-9-]+)"', line)
        if LINE.fullmatch(line) and all(page.body.count(f'"{name}"') > 2 for name in calls):
            found.append(line)
    return (page.path, found[:2]) if len(found) >= 2 else None


def test_since_a_tag_shows_what_was_added_changed_and_removed(
    repository: Repository, edited: Edits
) -> None:
    part = repository.since("v1").with_rows(()).soup.select_one("section[aria-labelledby=changes]")
    assert part is not None
    shown = {
        str(row["class"][1]).removeprefix("change--"): [typeset(c.get_text(" ")) for c in row("td")]
        for row in part.select(".change")
    }
    assert set(shown) == {"added", "changed", "removed"}
    assert typeset(edited.added) in shown["added"][2]
    assert typeset(edited.before) in shown["changed"][1]
    assert typeset(edited.now) in shown["changed"][2]
    assert typeset(edited.removed) in shown["removed"][1]
    assert len(part.select(".change")) == 3


def test_since_a_tag_shows_facts_whose_confidence_changed(
    repository: Repository, edited: Edits
) -> None:
    part = repository.since("v1").with_rows(()).soup.select_one(".fact-changes")
    assert part is not None
    cells = [cell.get_text() for cell in part.select("tbody tr td")]
    assert cells[0] == edited.fact
    assert {cells[1], cells[2]} == {"high", "medium"}


def test_since_a_tag_marks_the_rows_of_the_spreadsheet(
    repository: Repository, edited: Edits
) -> None:
    made = repository.since("v1")
    column = next(name for name in made.table[0] if name.endswith(": v1"))
    marked = {row["What the guide says"]: row[column] for row in made.table if row[column]}
    words = made.pack.words.changes
    assert marked == {edited.added: words.added, edited.now: words.changed}


def test_since_a_day_means_the_version_of_that_day(repository: Repository) -> None:
    for day, tag, date in (("2026-02-10", "v1", "2026-02-10"), ("2026-02-09", "v0", "2026-01-10")):
        version = version_since(repository.root, day)
        assert version.date == date
        assert version == version_since(repository.root, tag)


def test_old_content_that_cannot_be_read_is_compared_line_by_line(repository: Repository) -> None:
    made = repository.since("v0").with_rows(())
    part = made.soup.select_one("section[aria-labelledby=changes]")
    assert part is not None
    said = typeset(part.get_text(" "))
    assert typeset(made.pack.words.changes.not_loaded.partition("]] ")[2][:40]) in said
    assert "docs/data/temperatures.yml" in said
    assert "old-key: gone" in said
    assert made.pdf_bytes.startswith(b"%PDF")


def test_a_version_that_is_not_there_is_told_in_plain_words(repository: Repository) -> None:
    with pytest.raises(HistoryError, match=r"There is no tag, commit or day “v9”\. Give a tag"):
        repository.since("v9")
    with pytest.raises(HistoryError, match="the history begins later"):
        version_since(repository.root, "2025-12-31")
    with pytest.raises(HistoryError, match="There is no tag, commit or day “--all”"):
        version_since(repository.root, "--all")


def test_without_git_the_pack_is_whole_and_says_why_it_cannot_compare(
    guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = make_pack(guide, root=tmp_path)
    assert pack.version is None
    assert document(pack)["version"] == ""
    with pytest.raises(HistoryError, match="not kept in git"):
        make_pack(guide, since="v1", root=tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert make_pack(guide).version is None
    with pytest.raises(HistoryError, match="Git is not installed here"):
        make_pack(guide, since="v1")


# --- The command ---------------------------------------------------------------------------------


def test_two_runs_give_the_same_bytes(made: Made, few: Made, guide: Guide) -> None:
    """Check all that a PDF is made from, and the bytes of the PDF of a few pages."""
    again = Made(make_pack(guide))
    assert again.html == made.html
    assert csv_of(again.pack) == csv_of(made.pack)
    assert document(again.pack) == document(made.pack)
    assert again.few.pdf_bytes == few.pdf_bytes


def test_the_ending_of_the_name_says_which_form_is_written(tmp_path: Path) -> None:
    assert files_for(tmp_path / "a.pdf") == [tmp_path / "a.pdf"]
    assert [f.name for f in files_for(tmp_path / "a")] == ["a.html", "a.pdf", "a.csv"]
    assert {f.parent for f in files_for(tmp_path)} == {tmp_path}
    assert len(files_for(tmp_path)) == 3
    with pytest.raises(ValueError, match=r"a\.docx ends in \.docx\. End it in \.html"):
        files_for(tmp_path / "a.docx")


def test_the_command_writes_the_file_where_the_person_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRS_CALLER_DIR", str(tmp_path))
    done = invoke("review-pack", "--out", "pack.csv", "--clinic", str(UK))
    assert done.exit_code == 0, done.output
    assert "Example Infirmary" in (tmp_path / "pack.csv").read_text(encoding="utf-8-sig")
    done = invoke("review-pack", "--out", "pack.docx")
    assert done.exit_code == 1
    assert "ends in .docx" in done.output
    monkeypatch.setattr("scripts.review_pack.history.is_kept_in_git", lambda _root: False)
    done = invoke("review-pack", "--out", "pack.csv", "--since", "v1")
    assert done.exit_code == 1
    assert "not kept in git" in done.output


def test_every_kind_of_row_has_its_name() -> None:
    words = validate(ReviewPackWords, read(ROOT / "docs" / "data" / "review-pack.yml", ROOT))
    assert set(words.statement_kinds) == set(KINDS)


def test_each_statement_has_a_row_of_its_own_even_if_it_says_the_same_as_another(
    made: Made,
) -> None:
    assert len(made.rows) == len(made.pack.statements)
    assert len({words_in(each) for each in made.pack.statements}) < len(made.rows)
