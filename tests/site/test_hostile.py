"""Hostile text: in a clinic's file, in an address, and in what a browser stores."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from scripts.checks.words import unsayable
from scripts.components.render import curly
from scripts.content import load_guide
from scripts.editions import load_edition
from scripts.guide.clinic_words import clinic_html
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.base import validate
from scripts.guide.models.edition import Edition
from scripts.guide.pages import url_of
from scripts.guide.yaml_source import parse
from scripts.leaflets.writer import Writer, write_all
from scripts.root import ROOT
from tests.browser.pages import PAGES, PHONE, set_width, tab
from tests.conftest import serve
from tests.site.conftest import Finished, finished_without_leaflets
from tests.site.hostile import HOSTILE, PLACES, RUNS, Place, at, put, whole_edition

WATCH = """
window.alert = window.confirm = window.prompt = () => { window.ran = 1; };
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""
LONGEST = "a very long word"
WORDS = load_guide().word_rules
READ = (
    *("index.md", "get-help.md", "after-infusion.md", "print/fridge.md", "print/wallet-card.md"),
    *("clinics/index.md", "clinics/link.md", "clinics/connect.md", "about/index.md"),
)
"""Pages that show the edition's own texts."""


def written(record: dict[str, Any]) -> str:
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False)


def refusal(record: dict[str, Any]) -> ContentError | None:
    """Return the errors of the model or else of our word list; None if the file is valid."""
    try:
        file = parse(written(record), "our-clinic.yml")
        validate(Edition, file)
    except ContentError as error:
        return error
    faults = [
        file.problem(place, *fault)
        for place in PLACES
        for fault in unsayable(str(at(record, place)), WORDS)
    ]
    return ContentError(faults) if faults else None


def accepted(place: Place) -> list[str]:
    """Return the kinds of hostile text that a place accepts; pages must show them as text."""
    return [
        kind for kind, text in HOSTILE.items() if not refusal(put(whole_edition(), place, text))
    ]


@functools.cache
def shown() -> dict[Place, list[str]]:
    """Return the places for a clinic's own words, with the hostile kinds that each accepts."""
    return {place: kinds for place in PLACES if (kinds := accepted(place))}


def test_every_place_of_an_edition_is_tried() -> None:
    assert refusal(whole_edition()) is None
    assert {place[0] for place in PLACES} == set(Edition.model_fields)
    for place in PLACES:
        assert refusal(put(whole_edition(), place, "a")) is None or place not in shown()
    assert {("name",), ("rules", "stay_near", "distance"), ("links", 0, "label")} <= set(shown())


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_a_refusal_names_the_file_the_place_and_the_way_out(place: Place) -> None:
    for kind, text in HOSTILE.items():
        error = refusal(put(whole_edition(), place, text))
        if kind in shown().get(place, ()):
            assert error is None
            continue
        assert error, kind
        for problem in error.problems:
            assert problem.file == "our-clinic.yml"
            assert problem.line >= 1
            assert problem.field == "syntax" or problem.field.startswith(str(place[0])), kind
            assert re.match("[A-Z].*[.]", problem.remedy), kind
            # The message must not repeat all of the input, which could flood or control a terminal.
            assert len(str(problem)) < 600, kind
            assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", str(problem)), kind


@pytest.mark.parametrize(
    "kind",
    [
        *("a script", "a picture that fails", "a drawing that runs", "a template", "a nothing"),
        *("a placeholder", "an escape", "a turned reading direction", "an invisible space"),
        *("more than fits", "far more than fits", "nothing", "spaces", "a header of its own"),
    ],
)
def test_no_place_takes(kind: str) -> None:
    assert [place for place, kinds in shown().items() if kind in kinds] == []


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind.startswith("a link")])
def test_a_clinic_s_own_words_take_no(kind: str) -> None:
    assert kind not in shown()["paragraphs", "any.md"]


def chunks(place: Place) -> list[str]:
    """Return what a place accepts, joined into as few texts as fit, except the longest word."""
    found, text = [], ""
    for kind in shown()[place]:
        longer = f"{text} {HOSTILE[kind]}".strip()
        if kind == LONGEST:
            continue
        if refusal(put(whole_edition(), place, longer)):
            found.append(text)
            longer = HOSTILE[kind]
        text = longer
    return [*found, text]


def hostile_edition(turn: int) -> dict[str, Any]:
    """Return a file with hostile text at each place that accepts any, different at each turn."""
    record = whole_edition()
    for number, place in enumerate(shown()):
        texts = chunks(place)
        record = put(record, place, texts[(turn + number) % len(texts)])
    return record


EDITIONS = ("one half", "the other half", "long words")


@functools.cache
def edition(name: str) -> dict[str, Any]:
    """Return the file of one of ``EDITIONS``."""
    if name != "long words":
        return hostile_edition(EDITIONS.index(name) * 3)
    record = whole_edition()
    for place, kinds in shown().items():
        if LONGEST in kinds:
            record = put(record, place, HOSTILE[LONGEST])
    return record


def loaded(record: dict[str, Any], folder: Path) -> Guide:
    logo = ROOT / "docs" / "data" / "editions" / "example-logo.svg"
    (folder / "example-logo.svg").write_bytes(logo.read_bytes())
    file = folder / "our-clinic.yml"
    file.write_text(written(record), encoding="utf-8")
    return load_edition(file)


@pytest.fixture(scope="module", params=EDITIONS)
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Guide, str]]:
    """A hostile edition, built and served: its name, its content and its address."""
    home = tmp_path_factory.mktemp("hostile")
    guide = loaded(edition(request.param), home)
    for url in serve(finished_without_leaflets(guide, home / "site").folder):
        yield request.param, guide, url


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[Page]:
    """A tab that records whatever runs or fails."""
    with tab(browser) as page:
        page.context.add_init_script(WATCH)
        yield page


def plain(text: str) -> str:
    """Return the letters and digits of a text: typography and markup may change the rest."""
    return "".join(re.findall(r"\w+", text)).casefold()


def test_a_hostile_edition_shows_words_and_runs_nothing(
    hostile: tuple[str, Guide, str], watched: Page
) -> None:
    name, _, url = hostile
    said: list[str] = []
    seen = ""
    watched.on("pageerror", lambda error: said.append(str(error)))
    for path in READ:
        watched.goto(url + url_of(path))
        assert watched.evaluate("window.ran") is None, path
        assert watched.evaluate("window.violations") == [], path
        for way in ("[onfocus], [onerror], [onload], [onmouseover], [onclick]", "main script"):
            assert watched.locator(way).count() == 0, f"{path}: {way}"
        targets = watched.evaluate("[...document.links].map(link => link.protocol)")
        assert set(targets) <= {"http:", "https:", "tel:", "mailto:"}, path
        seen += watched.evaluate("document.documentElement.textContent")
    assert said == []
    for place in shown():
        if place == ("links", 0, "address"):
            continue
        words = at(edition(name), place)
        if place[0] == "paragraphs":  # Markdown: its signs are not shown
            words = unescape(re.sub("<[^>]*>", "", clinic_html(words)))
        assert plain(words) in plain(seen), place


def test_long_words_do_not_push_a_page_off_a_phone(
    hostile: tuple[str, Guide, str], watched: Page
) -> None:
    _, _, url = hostile
    set_width(watched, PHONE)
    for path in READ:
        watched.goto(url + url_of(path))
        wide = watched.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE, f"{path}: {wide} px"


def test_hostile_words_that_do_not_go_on_paper_stop_the_build_with_a_way_out(
    tmp_path: Path,
) -> None:
    hostile = loaded(edition("one half"), tmp_path)
    # One sheet of each layout: on one side, on several sides, and with cards.
    pack = hostile.sheet_pack
    few = pack.groups[0].model_copy(update={"sheets": ("fridge", "diary", "wallet-card")})
    pack = pack.model_copy(update={"groups": (few,), "on_request": ()})
    with pytest.raises(ContentError) as refused:
        write_all(replace(hostile, sheet_pack=pack), tmp_path / "site")
    for problem in refused.value.problems:
        assert re.search("too long|the font of the PDFs has no|too wide", problem.fault), problem
        assert problem.remedy


def test_words_on_paper_are_never_code(tmp_path: Path) -> None:
    text = HOSTILE["Typst"]
    guide = loaded({**whole_edition(), "name": text, "short_name": text}, tmp_path)
    writer = Writer(guide)
    for slug in guide.checklists:
        file = BytesIO(writer.pdf([slug], slug, "a4", large=False))
        words = "".join(page.extract_text() for page in PdfReader(file).pages)
        assert curly(text).replace(" ", "") in re.sub(r"\s", "", words), slug


# Addresses.

MARKUP = f'<img src=x data-hostile onerror="{RUNS}">'
ASKED = (
    *(f"?q={quote(MARKUP)}", f"?h={quote(MARKUP)}", f"#{MARKUP}", f"#{quote(MARKUP)}"),
    *("?q=%00%1b%e2%80%ae", "?q=%E0%A4%A", "?q=" + "x" * 5000, "?q[]=1&q=2&q", "?__proto__[ran]=1"),
    *("#__proto__", "#constructor", "#']", '#"]', "#:~:text=fever", "#" + "x" * 5000, "#%E0%A4%A"),
    *(f"?javascript:{RUNS}", f"#javascript:{RUNS}", "#main#main", "##", "?#?", "?scheme=dark"),
)
OPENED = ("index.md", "faq.md", "clinics/connect.md")
"""A page for each script that reads the address: search, folded parts and codes."""


@pytest.fixture(scope="module")
def address(finished: Finished) -> Iterator[str]:
    """The address of the finished guide, served without headers: each page must protect itself."""
    yield from serve(finished.folder)


def complaints(page: Page) -> list[Any]:
    """Return whatever ran, was added to the page or violated the policy."""
    found: list[Any] = page.evaluate(
        "[...window.violations, ...(window.ran ? ['ran'] : []), ...(({}).ran ? ['proto'] : []),"
        " ...document.querySelectorAll('[data-hostile]')]"
    )
    return found


@pytest.mark.parametrize("path", OPENED)
def test_no_address_makes_a_page_run_or_show_what_it_says(
    path: str, address: str, watched: Page, guide: Guide
) -> None:
    said: list[str] = []
    watched.on("pageerror", lambda error: said.append(f"{watched.url}: {error}"))
    for asked in ASKED:
        if asked.startswith("#"):  # A browser does not reload a page for another fragment.
            watched.goto("about:blank")
        watched.goto(address + url_of(path) + asked)
        assert complaints(watched) == [], asked
        assert guide.pages[path].meta.title in watched.title()
        assert watched.locator("h1").count() == 1
    assert said == []


def test_no_address_makes_a_page_that_leads_on_go_elsewhere(
    address: str, watched: Page, finished: Finished
) -> None:
    stub = min((finished.folder / "go").glob("*/index.html")).parent
    for asked in (*ASKED, "?target=https://elsewhere.example/", "#//elsewhere.example"):
        watched.goto(f"{address}go/{stub.name}/{asked}")
        watched.wait_for_url(lambda url: "/go/" not in url)
        assert watched.url.startswith(address), asked
        assert complaints(watched) == [], asked


# Storage of the browser.

GARBAGE = (
    *("", "null", "{", "[]", "{}", "5", '"', "[[[[[[", "\x00", "\ud83d", "x" * 100_000),
    *(MARKUP, f'["{RUNS}"]', f'["{quote(MARKUP)}", {{}}]', f"javascript:{RUNS}"),
    *('{"box":"celsius","text":"<b>38"}', '{"box":"__proto__","text":"38"}', '{"__proto__":[]}'),
    *('{"box":"celsius","text":' + "[" * 50 + "]" * 50 + "}", "dark light", "[1e999, null, {}]"),
    *('{"box":"fahrenheit","text":"' + "9" * 5000 + '"}', '{"box":["celsius"],"text":{"a":1}}'),
)


@pytest.mark.parametrize("number", range(len(GARBAGE)))
def test_no_page_trusts_what_its_browser_kept(
    number: int, address: str, watched: Page, guide: Guide
) -> None:
    said: list[str] = []
    watched.on("pageerror", lambda error: said.append(str(error)))
    names = [
        each.example or each.key for each in guide.stored_items.values() if each.store != "cache"
    ]
    # A text file has the same storage as the guide but runs none of its scripts.
    watched.goto(f"{address}robots.txt")
    for path in ("temperature.md", "print/questions-for-my-team.md"):
        watched.evaluate(
            "([names, text]) => { for (const name of names) for (const store of"
            " [localStorage, sessionStorage]) store.setItem(name, text); }",
            [names, GARBAGE[number]],
        )
        watched.goto(address + url_of(path))
        assert complaints(watched) == []
        assert watched.locator("h1").is_visible()
        # These controls come from scripts, so the scripts have run to their end.
        assert watched.locator(".crs-scheme").is_visible()
    assert watched.locator('[data-action="print"]').first.is_visible()
    assert watched.locator(".crs-checklist__box:checked").count() == 0
    assert said == []
    watched.evaluate("localStorage.clear(), sessionStorage.clear()")


def test_the_list_of_opened_pages_holds_each_page_with_a_script_of_its_own() -> None:
    assert set(OPENED) | set(READ) <= set(PAGES)
