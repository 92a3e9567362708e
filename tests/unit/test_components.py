"""Each macro picks its data, and addresses are right from every page in both forms of the site."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from pydantic import ValidationError

from scripts.components.reading_path import READING_PATH
from scripts.components.registry import COMPONENTS, Macros
from scripts.components.render import Formatter
from scripts.components.tiles import Tile
from scripts.content import load_guide
from scripts.guide.downloads import FOLDER, PACK, PAPERS, Downloads, pdf_path
from scripts.guide.guide import Guide
from scripts.guide.pages import _parse_page, url_of
from scripts.macros import define_env

PATHS = (
    "index.md",
    "faq.md",
    "get-help.md",
    "about/index.md",
    "about/privacy.md",
    "print/index.md",
    "print/diary.md",
    "a/b/index.md",
    "a/b/c.md",
)
ROOT = "https://crs-guide.example/sub/"


def text(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text().split())


@pytest.mark.parametrize("here", PATHS)
def test_an_address_leads_from_any_page_to_any_other(guide: Guide, here: str) -> None:
    online, folder = Macros(guide, here), Macros(guide, here, directory_urls=False)
    from_file = Macros(guide, here, from_file=True)
    for there, anchor in product(PATHS, ("", "fever")):
        fragment = f"#{anchor}" if anchor else ""
        address = online.url(there, anchor)
        assert urljoin(ROOT + url_of(here), address) == ROOT + url_of(there) + fragment
        assert not address.startswith("/")
        # In the copy that opens from a folder, each page is a file and not a folder.
        file = folder.url(there, anchor)
        page, target = (path.removesuffix(".md") + ".html" for path in (here, there))
        assert urljoin(ROOT + page, file) == ROOT + target + fragment
        assert not file.startswith("/")
        assert ".html" in file
        # The other engine resolves addresses against the page's file.
        assert urljoin(ROOT + here, from_file.url(there)) == ROOT + url_of(there)
    assert from_file.url(here, "fever") == "#fever"


@pytest.mark.parametrize(
    ("here", "there", "anchor", "online", "folder"),
    [
        ("index.md", "index.md", "", "./", "index.html"),
        ("index.md", "index.md", "fever", "#fever", "index.html#fever"),
        ("index.md", "get-help.md", "", "get-help/", "get-help.html"),
        ("faq.md", "index.md", "", "../", "index.html"),
        ("faq.md", "faq.md", "fever", "#fever", "faq.html#fever"),
        ("faq.md", "get-help.md", "call-now", "../get-help/#call-now", "get-help.html#call-now"),
        ("print/index.md", "print/diary.md", "", "diary/", "diary.html"),
        ("print/diary.md", "print/index.md", "", "../", "index.html"),
        ("print/diary.md", "get-help.md", "", "../../get-help/", "../get-help.html"),
        ("about/privacy.md", "index.md", "", "../../", "../index.html"),
    ],
)
def test_addresses_are_short(
    guide: Guide, here: str, there: str, anchor: str, online: str, folder: str
) -> None:
    assert Macros(guide, here).url(there, anchor) == online
    assert Macros(guide, here, directory_urls=False).url(there, anchor) == folder


def test_a_macro_asks_at_each_call_for_the_page_it_is_on() -> None:
    macros: dict[str, Callable[..., str]] = {}
    env = SimpleNamespace(
        conf={"docs_dir": "docs/en", "extra": {}, "theme": {}},
        page=SimpleNamespace(path="index.md"),
        macro=lambda macro, name: macros.update({name: macro}),
    )
    define_env(env)
    assert set(macros) == set(COMPONENTS)
    assert (
        'href="get-help.md"' in macros["help_bar"]() or 'href="get-help/"' in macros["help_bar"]()
    )
    env.page = SimpleNamespace(path="print/diary.md")
    assert "../get-help" in macros["help_bar"]()
    assert type(macros["temperature"]("fever")) is str


def test_a_number_shows_no_mark_if_told_so(guide: Guide) -> None:
    name = next(iter(guide.numbers))
    assert "crs-cite" not in Macros(guide, "get-help.md").number(name, mark=False)


def on_a_page(guide: Guide, body: str) -> Macros:
    """Return the macros of a page that has this body and lists the sources named in it."""
    head = (
        "title: A\ndescription: A.\nreviewed: 2026-01-01\nreview_by: 2026-02-01\nnext: [index.md]"
    )
    listed = dict.fromkeys(re.findall(r'"([\w-]+)"[,)]', re.sub(r"fact=\S+", "", body)))
    text = f"---\n{head}\nsources: [{', '.join(listed)}]\n---\n{body}"
    return Macros(replace(guide, pages={"a.md": _parse_page(text, "a.md", "a.md")}), "a.md")


def shown(guide: Guide, body: str) -> list[list[str]]:
    """Return, for each cite macro of a page, the sources of the mark that it shows."""
    components = on_a_page(guide, body)
    found = []
    for call in components.page.calls:
        mark = BeautifulSoup(components.cite(*call.args, **call.kwargs), "html.parser").find("a")
        numbers = str(mark["data-sources"]).split(", ") if isinstance(mark, Tag) else []
        found.append([components.listed[int(number) - 1] for number in numbers])
    return found


def cite(guide: Guide, index: int) -> str:
    return f'{{{{ cite("{list(guide.sources)[index]}", fact="f") }}}}'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One.{0}\nTwo.{1}\nThree.", [[], [0, 1]]),
        ("One.{0}\n\nTwo.{1}", [[0], [1]]),
        ("One.{0} Two.{0}", [[], [0]]),
        ("- One.{0}\n- Two.{1}\n\n    More.{2}\n- Three.", [[], [], [0, 1, 2]]),
        ("1. One.{0}\n\n2. Two.{1}", [[], [0, 1]]),
        ("Text.{0}\n\n- One.{1}", [[0], [1]]),
        ("Call for:\n\n- One.{0}\n- Two.{1}", [[], [0, 1]]),
        ("**Call for:**{0}\n\n- One.{1}\n- Two.{2}\n\nText.{3}", [[0, 1, 2], [], [], [3]]),
        ("Some{0} call for:\n\n- One.{1}", [[], [0, 1]]),
        ("- One.{0}\n\n## Head {{ #head }}\n\n- Two.{1}", [[0], [1]]),
        ("- One.{0}\n\n/// html | div.crs-clinician\n\n- Two.{1}\n\n///", [[0], [1]]),
    ],
)
def test_a_paragraph_or_list_shows_one_mark_with_all_its_sources(
    guide: Guide, body: str, expected: list[list[int]]
) -> None:
    names = list(guide.sources)
    text = body.format(*(cite(guide, index) for index in range(4)))
    assert shown(guide, text) == [[names[index] for index in each] for each in expected]


def test_a_page_that_is_rendered_again_shows_the_same_marks(guide: Guide) -> None:
    components = on_a_page(guide, f"One.{cite(guide, 0)} Two.{cite(guide, 0)}")
    [name] = components.listed
    first, second, again, last = (components.cite(name, fact="f") for _ in range(4))
    assert first == again == ""
    assert second == last != ""


def test_a_word_can_be_shown_in_another_form(guide: Guide) -> None:
    components = Macros(guide, "index.md")
    name = next(iter(guide.terms))
    assert text(components.term(name)) == guide.terms[name].term
    assert text(components.term(name, text="other words")) == "other words"
    assert f'href="#word-{name}"' in components.term(name, text="other words")


def test_the_glossary_is_in_the_order_of_the_alphabet(guide: Guide) -> None:
    page = BeautifulSoup(Macros(guide, "about/glossary.md").glossary(), "html.parser")
    ids = [str(entry["id"]).removeprefix("word-") for entry in page.select("[id^=word-]")]
    words = [guide.terms[name].term.casefold() for name in ids]
    assert len(words) == len(guide.terms)
    assert words == sorted(words)


@pytest.mark.parametrize(
    ("here", "online", "folder"),
    [
        ("index.md", "print/pdf/x.pdf", "print/pdf/x.pdf"),
        ("faq.md", "../print/pdf/x.pdf", "print/pdf/x.pdf"),
        ("print/index.md", "pdf/x.pdf", "pdf/x.pdf"),
        ("print/diary.md", "../pdf/x.pdf", "pdf/x.pdf"),
        ("a/b/index.md", "../../print/pdf/x.pdf", "../../print/pdf/x.pdf"),
    ],
)
def test_the_address_of_a_file_leads_to_it_from_any_page(
    guide: Guide, here: str, online: str, folder: str
) -> None:
    assert Macros(guide, here).file_url("print/pdf/x.pdf") == online
    assert Macros(guide, here, directory_urls=False).file_url("print/pdf/x.pdf") == folder


def test_a_sheet_prints_the_short_address_of_its_page_wherever_it_is(guide: Guide) -> None:
    address = f"{guide.edition.short_address}/print/diary."
    for path in ("print/diary.md", "print/pack.md", "index.md"):
        for directory_urls in (True, False):
            components = Macros(guide, path, directory_urls=directory_urls)
            assert address in text(components.checklist("diary")), path


@pytest.fixture
def downloads(guide: Guide, tmp_path: Path) -> Downloads:
    """PDFs of made-up sizes: the first has 1 byte, each later one 1,000 more."""
    (tmp_path / FOLDER).mkdir(parents=True)
    count = 0
    for slug in (PACK, *guide.checklists):
        for large_print, paper in product((False, True), PAPERS):
            file = tmp_path / pdf_path(slug, paper, large_print=large_print)
            file.write_bytes(b"x" * (1 + 1000 * count))
            count += 1
    return Downloads(tmp_path)


def test_a_build_without_pdfs_links_to_none_and_says_so(guide: Guide) -> None:
    components = Macros(guide, "print/index.md")
    assert text(components.download_table()) == guide.strings.downloads_none
    assert text(components.pack_downloads()) == guide.strings.downloads_none
    for html in (components.checklist("diary"), components.sheet_list(), components.sheet_pack()):
        page = BeautifulSoup(html, "html.parser")
        assert not page.select("[href$='.pdf'], img")


def test_a_sheet_links_to_its_four_pdfs_with_their_sizes(
    guide: Guide, downloads: Downloads
) -> None:
    slug = guide.sheet_pack.sheets[0]
    for directory_urls, start in ((True, "../pdf/"), (False, "pdf/")):
        components = Macros(
            guide, f"print/{slug}.md", directory_urls=directory_urls, downloads=downloads
        )
        sheet = BeautifulSoup(components.checklist(slug), "html.parser")
        links = sheet.select(".crs-downloads a")
        names = ("letter", "a4", "letter-large", "a4-large")
        assert [link["href"] for link in links] == [f"{start}{slug}-{name}.pdf" for name in names]
        large = guide.strings.large_print
        assert [large in text(str(link)) for link in links] == [False, False, True, True]
    sizes = [text(str(size)) for size in sheet.select(".crs-downloads small")]
    assert sizes == [f"{download.kilobytes} kB" for download in downloads.of(slug)]


def test_the_smallest_pdf_is_said_to_have_one_kilobyte(downloads: Downloads) -> None:
    first, second = downloads.of(PACK)[:2]
    assert (first.size, first.kilobytes) == (1, 1)
    assert (second.size, second.kilobytes) == (1001, 1)


def test_the_table_of_downloads_lists_each_pdf_once(guide: Guide, downloads: Downloads) -> None:
    components = Macros(guide, "print/index.md", downloads=downloads)
    table = BeautifulSoup(components.download_table(), "html.parser")
    rows = table.select("tbody tr")
    assert [text(str(row.select("th")[0])) for row in rows] == [
        guide.strings.pack_title,
        *(
            text(components.formatter.rich(guide.checklists[s].title))
            for s in guide.sheet_pack.sheets
        ),
    ]
    assert {len(row.select("td")) for row in rows} == {2}
    links = [str(link["href"]) for link in table.select("a")]
    files = sorted(path.name for path in (downloads.folder or Path()).rglob("*.pdf"))
    assert sorted(link.removeprefix("pdf/") for link in links) == files
    named = [str(link["aria-label"]) for link in table.select("a")]
    assert len(set(named)) == len(named)


def test_all_sheets_are_listed_in_the_order_of_the_pack(guide: Guide, downloads: Downloads) -> None:
    components = Macros(guide, "print/index.md", downloads=downloads)
    listed = BeautifulSoup(components.sheet_list(), "html.parser")
    sheets = guide.sheet_pack.sheets
    assert [link["href"] for link in listed.select("a")] == [f"{slug}/" for slug in sheets]
    assert [str(img["src"]) for img in listed.select("img")] == [f"pdf/{s}.png" for s in sheets]
    # A preview adds nothing to the words beside it, so its alternative text is empty.
    assert {img["alt"] for img in listed.select("img")} == {""}
    headings = [text(str(heading)) for heading in listed.select("h3")]
    assert headings == [group.heading for group in guide.sheet_pack.groups]


def test_the_pack_holds_each_sheet_in_both_units_the_editions_first(guide: Guide) -> None:
    pack = BeautifulSoup(Macros(guide, "print/pack.md").sheet_pack(), "html.parser")
    boxes = [str(box["id"]) for box in pack.select(".crs-pack__box")]
    assert boxes == [f"pack-{slug}" for slug in guide.sheet_pack.sheets]
    unticked = [str(box["id"]) for box in pack.select(".crs-pack__box:not([checked])")]
    assert unticked == [f"pack-{slug}" for slug in guide.sheet_pack.on_request]
    units = [str(radio["value"]) for radio in pack.select("[name=pack-unit]")]
    assert units == ["fahrenheit", "celsius"]
    for unit, sign in (("fahrenheit", "°F"), ("celsius", "°C")):
        sheets = pack.select(f".crs-pack__sheet--{unit}")
        assert len(sheets) == len(guide.sheet_pack.sheets)
        leads = {str(lead.get_text())[-2:] for s in sheets for lead in s.select("bdi strong")}
        assert leads == {sign}


def test_a_reviewer_is_named_where_there_is_one(guide: Guide) -> None:
    page = guide.pages["get-help.md"]
    reviewed = page.meta.model_copy(update={"reviewer": "A. Nurse, RN"})
    pages = dict(guide.pages) | {"get-help.md": replace(page, meta=reviewed)}
    note = text(Macros(replace(guide, pages=pages), "get-help.md").review_note())
    assert "Reviewed by A. Nurse, RN." in note
    assert guide.strings.not_reviewed not in note
    assert guide.strings.not_reviewed in text(Macros(guide, "get-help.md").review_note())


@pytest.mark.parametrize("name", ["emergency", "call-now", "tell-your-team"])
def test_a_care_card_says_whom_to_call_then_its_signs_and_then_what_to_do(
    guide: Guide, name: str
) -> None:
    card = BeautifulSoup(Macros(guide, "get-help.md").care_card(name), "html.parser")
    record = guide.care_cards[name]
    parts = [
        str(part["class"][0]).rpartition("__")[2]
        for part in card.select("section > *")
        if part.get("class")
    ]
    groups = ["group", "signs"] * len(record.groups)
    assert parts == ["heading", "call", "note", *groups, "actions"]
    *lists, actions = card.select("ul")
    assert [len(each.select("li")) for each in lists] == [len(g.symptoms) for g in record.groups]
    headings = {str(each["id"]): each.get_text() for each in card.select(".crs-care-card__group")}
    named = [headings[str(each["aria-labelledby"])] for each in lists]
    assert named == [group.heading for group in record.groups]
    assert len(actions.select("li")) == len(record.actions)
    assert not card.select("input"), "nobody ticks an emergency"
    heading = card.select_one("h2")
    assert heading is not None
    assert heading["id"] == name
    assert text(str(heading)).startswith(guide.care_cards[name].label)


def test_the_first_calls_are_links_to_dial(guide: Guide) -> None:
    uk = load_guide(clinic=Path(__file__).parents[2] / "docs/data/editions/example-uk.yml")
    for ours in (guide, uk):
        html = Macros(ours, "get-help.md").first_calls()
        emergency, team = BeautifulSoup(html, "html.parser").select("a")
        assert emergency["href"] == f"tel:{ours.edition.emergency_number}"
        number = ours.edition.number("line_24h")
        assert team["href"] == (f"tel:{number.dial}" if number else "#call-now")
        assert Formatter(ours).rich("Fever of [[fever]] or higher").striptags() in text(str(team))


def test_each_tile_is_one_link_with_a_drawing(guide: Guide) -> None:
    tiles = BeautifulSoup(Macros(guide, "index.md").tiles(), "html.parser").select("li")
    assert len(tiles) == 6
    for tile in tiles:
        [link] = tile.select("a")
        assert link.select_one("svg[aria-hidden=true]")
        assert text(str(link)) == text(str(tile))


def test_a_tile_without_a_drawing_is_refused() -> None:
    with pytest.raises(ValidationError, match="there is no icon “sun”"):
        Tile(words="B", page="faq.md", icon="sun")


def test_each_step_of_the_reading_path_leads_to_a_part_and_asks_for_one_thing(guide: Guide) -> None:
    html = BeautifulSoup(Macros(guide, "index.md").reading_path(), "html.parser")
    for item, step in zip(html.select("li"), guide.data(READING_PATH).steps, strict=True):
        path, _, anchor = step.page.partition("#")
        [link] = item.select("a:not(.crs-cite a, a.crs-cite)")
        assert link["href"] == Macros(guide, "index.md").url(path, anchor)
        assert Formatter(guide).rich(step.action).striptags() in text(str(item))


def test_the_limit_for_a_call_back_is_the_clinics_own(guide: Guide) -> None:
    def last(minutes: int | None) -> str:
        edition = guide.edition.model_copy(update={"call_back_minutes": minutes})
        return text(Macros(replace(guide, edition=edition), "get-help.md").no_answer())

    assert "limit: 30 minutes." in last(30)
    assert f"limit: {guide.strings.blank}" in last(None)
    assert "30" not in last(None)


def test_a_misspelled_name_stops_the_build(guide: Guide) -> None:
    components = Macros(guide, "get-help.md")
    for macro in ("temperature", "number", "term", "care_card", "checklist", "figure", "grades"):
        with pytest.raises(KeyError):
            getattr(components, macro)("no-such-thing")
