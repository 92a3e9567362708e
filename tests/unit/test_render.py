"""All output is escaped, undefined values are refused, and typography is right."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jinja2.meta
import pytest
from bs4 import BeautifulSoup, Tag
from jinja2.runtime import Macro
from markupsafe import Markup

from scripts.components.registry import Macros
from scripts.components.render import COMPONENTS, Formatter, curly, environment, one_line
from scripts.guide.guide import Guide
from scripts.guide.models.base import Model
from scripts.guide.pages import Page

HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(2)>" onfocus="alert(3)" \' &amp; --> {{ x }}'
)
NAMES = {
    "id",
    "fact",
    "facts",
    "sources",
    "symptoms",
    "care_card",
    "table",
    "filled",
    "slug",
    "sheets",
    "on_request",
    "store",
    "kind",
    "confidence",
    "leading_unit",
    "paper",
    "region",
    "verdict",
    "where",
    "next",
    "role",
    "sheet",
    "audience",
    "not_searched",
    "page",
    "target",
    "moved_to",
    "patient",
    "staff",
    "dial",
    "icon",
    "question",
    "opens",
    "parameters",
    "template",
    "hide",
}
"""Fields that name other things. Their models accept only kebab-case or fixed words."""


def hostile(value: Any) -> Any:
    """Return a record with hostile text in each of its texts, past the checks of its model."""
    if isinstance(value, str):
        return value + HOSTILE
    if isinstance(value, tuple):
        return tuple(hostile(item) for item in value)
    if isinstance(value, dict):
        return {name: hostile(item) for name, item in value.items()}
    if isinstance(value, Model):
        fields = {name: inner for name, inner in value if name not in NAMES}
        return value.model_copy(update={name: hostile(inner) for name, inner in fields.items()})
    return value


def hostile_page(page: Page) -> Page:
    headings = tuple(replace(heading, text=heading.text + HOSTILE) for heading in page.headings)
    return replace(page, meta=hostile(page.meta), headings=headings)


@pytest.fixture(scope="module")
def hostile_guide(guide: Guide) -> Guide:
    """The guide with hostile text in every text that a component can show."""
    kept = {"word_rules", "facts", "pages"}
    changed = {name: hostile(value) for name, value in vars(guide).items() if name not in kept}
    pages = {path: hostile_page(page) for path, page in guide.pages.items()}
    # Phone numbers are set so that their markup is tested too. They are valid, because a model
    # accepts nothing else.
    numbers = {"line_24h": "202-555-0142", "day_line": "202-555-0171"}
    edition = changed["edition"].model_copy(update=numbers)
    return replace(guide, **(changed | {"pages": MappingProxyType(pages), "edition": edition}))


def macros_in_use(guide: Guide) -> list[tuple[str, str, tuple[Any, ...], dict[str, Any]]]:
    """Return each distinct macro call of the guide, with a page that contains it."""
    calls = {
        (call.name, call.args): (path, call.name, call.args, call.kwargs)
        for path, page in guide.pages.items()
        for call in page.calls
    }
    return list(calls.values())


def test_no_hostile_text_gets_out_of_its_place(hostile_guide: Guide) -> None:
    seen: dict[str, int] = {}
    for path, name, args, kwargs in macros_in_use(hostile_guide):
        html = getattr(Macros(hostile_guide, path), name)(*args, **kwargs)
        page = BeautifulSoup(html, "html.parser")
        where = f"{path}: {name}{args}"
        assert page.find_all(["script", "img"]) == [], where
        for tag in page.find_all(True):
            names = set(tag.attrs) - {"role"}
            assert not any(attribute.startswith("on") for attribute in names), f"{where}: {tag}"
        for link in page.find_all("a"):
            assert str(link["href"]).split(":")[0] not in ("javascript", "data"), where
        seen[name] = seen.get(name, 0) + html.count("&lt;script&gt;")
    # A source mark shows the title of the source; a temperature has no text of its own.
    assert {name for name, count in seen.items() if not count} <= {"temperature"}


def test_hostile_text_is_shown_unchanged(hostile_guide: Guide) -> None:
    html = Macros(hostile_guide, "get-help.md").care_card("emergency")
    card = BeautifulSoup(html, "html.parser")
    heading = card.select_one(".crs-care-card__label")
    assert isinstance(heading, Tag)
    assert HOSTILE in heading.get_text()


@pytest.mark.parametrize(
    ("typed", "shown", "dialled"),
    [
        ("202-555-0142", "(202) 555-0142", "+12025550142"),
        ("+44 20 7946 0018", "+44 20 7946 0018", "+442079460018"),
        ("+1 202 555 0142", "(202) 555-0142", "+12025550142"),
    ],
)
def test_a_number_is_written_as_at_home_and_dialled_from_anywhere(
    guide: Guide, typed: str, shown: str, dialled: str
) -> None:
    edition = guide.edition.model_copy(update={"line_24h": typed})
    html = BeautifulSoup(
        Formatter(replace(guide, edition=edition)).phone("line_24h"), "html.parser"
    )
    link = html.select_one("a")
    assert link is not None
    assert link["href"] == f"tel:{dialled}"
    assert set(link.attrs) == {"class", "href"}
    assert link.get_text() == shown


def test_words_of_a_source_at_the_foot_are_escaped(guide: Guide) -> None:
    source = guide.sources[guide.pages["symptoms.md"].meta.sources[0]]
    page = guide.pages["symptoms.md"]
    html = Macros(guide, "symptoms.md").render(
        "page-foot.html",
        meta=page.meta,
        next_pages=[],
        terms=[],
        sources=[source.model_copy(update={"title": HOSTILE})],
        local=None,
        moved=[],
        lists={source.kind: "about/sources.md"},
    )
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


PARTIALS = sorted(
    path.relative_to(COMPONENTS).as_posix()
    for path in COMPONENTS.rglob("*.html")
    # MkDocs renders the header and footer. Icons take no parameters.
    if not path.name.startswith("site-") and path.parent.name != "icons"
)


@pytest.mark.parametrize("name", PARTIALS)
def test_a_partial_without_its_parameters_is_refused(name: str) -> None:
    def called() -> None:
        # A partial that only defines a macro shows nothing, so the macro must be called.
        module = environment().get_template(name).module
        for macro in (value for value in vars(module).values() if isinstance(value, Macro)):
            macro()

    with pytest.raises(jinja2.UndefinedError):
        called()


SHARED = {"strings", "edition", "formatter", "url", "page_for", "title_of", "file_url"}
"""Variables of every partial; see ``PageContext.render``."""

DECLARED = re.compile(r"(?:^|\.|\n)\s*((?:[a-z_]+, )*[a-z_]+): ")
"""Names that open a sentence of a header: “name: the key of the card”."""


def defined_for_blocks(tree: jinja2.nodes.Template) -> set[str]:
    """Return the names that a template defines for its blocks, which Jinja takes for undeclared."""
    found: set[str] = set()
    for each in tree.body if tree.find(jinja2.nodes.Extends) else ():
        if isinstance(each, jinja2.nodes.FromImport):
            found |= {name for name in each.names if isinstance(name, str)}
        elif isinstance(each, jinja2.nodes.Macro):
            found.add(each.name)
        elif isinstance(each, jinja2.nodes.Assign):
            found |= {name.name for name in each.find_all(jinja2.nodes.Name) if name.ctx == "store"}
    return found


def faults_of_header(partial: str, engine: jinja2.Environment) -> set[str]:
    """Return the parameters that the first comment forgets, or names although they are not used."""

    def undeclared(name: str) -> set[str]:
        # A partial of the frame names others from the folder that MkDocs knows.
        file = COMPONENTS / name.removeprefix("components/")
        tree = engine.parse(file.read_text(encoding="utf-8"))
        return jinja2.meta.find_undeclared_variables(tree) - defined_for_blocks(tree)

    text = (COMPONENTS / partial).read_text(encoding="utf-8")
    header = re.match(r"{#(.+?)#}", text, re.DOTALL)
    if not header:
        return {"there is no comment at the head"}
    tree = engine.parse(text)
    included = filter(None, jinja2.meta.find_referenced_templates(tree))
    arguments = {arg.name for each in tree.find_all(jinja2.nodes.Macro) for arg in each.args}
    if tree.find(jinja2.nodes.Extends):
        arguments = set()  # its macros are for itself
    used = undeclared(partial)
    own = {
        *(name for each in tree.find_all(jinja2.nodes.FromImport) for name in each.names),
        *(each.name for each in tree.find_all(jinja2.nodes.Macro)),
        *(each.name for each in tree.find_all(jinja2.nodes.Name) if each.ctx == "store"),
    }
    declared = {name for names in DECLARED.findall(header[1]) for name in names.split(", ")}
    forgotten = (used or arguments) - own - SHARED - set(re.findall(r"\w+", header[1]))
    return forgotten | (declared - used - arguments - set().union(*map(undeclared, included)))


def test_the_head_of_each_partial_names_its_parameters_and_no_others() -> None:
    engine = environment().overlay()
    engine.filters = environment().filters | {"url": str}  # MkDocs adds it to the frame's partials.
    faults = {
        path.relative_to(COMPONENTS).as_posix(): faults_of_header(
            path.relative_to(COMPONENTS).as_posix(), engine
        )
        for path in COMPONENTS.rglob("*.html")
    }
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_misspelled_field_of_a_record_is_refused(tmp_path: Path, guide: Guide) -> None:
    (tmp_path / "x.html").write_text("{{ card.lable }}", encoding="utf-8")
    template = environment(tmp_path).get_template("x.html")
    with pytest.raises(jinja2.UndefinedError, match="lable"):
        template.render(card=guide.care_cards["emergency"])


def test_lines_are_joined_so_that_markdown_takes_them_as_one_block() -> None:
    joined = one_line("<ul>\n  <li>a</li>\n\n\t<li>b</li>\n</ul>\n")
    assert joined == "<ul> <li>a</li> <li>b</li> </ul>"
    assert isinstance(joined, Markup)
    assert one_line("") == ""


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('Say: "I had CAR T-cell therapy."', "Say: “I had CAR T-cell therapy.”"),
        ('"Call now," she said.', "“Call now,” she said."),
        ('He said "a" and "b" ("c").', "He said “a” and “b” (“c”)."),
        ("Your team's number", "Your team’s number"),
        ("Don't wait", "Don’t wait"),
        ('line\n"next"', "line\n“next”"),
        ("No quotes", "No quotes"),
    ],
)
def test_quotes_are_printed_curly(typed: str, printed: str) -> None:
    assert curly(typed) == printed


def test_a_text_is_filled_and_all_else_in_it_is_escaped(guide: Guide) -> None:
    words = Formatter(guide)
    html = words.rich('At [[fever]]: "call" <b>[[line-24h]]</b> & [[blank]]')
    page = BeautifulSoup(html, "html.parser")
    assert page.select("b:not([class])") == []
    assert page.select_one(".crs-temperature") is not None
    assert page.select_one(".crs-phone") is not None
    assert page.select_one(".crs-blank") is not None
    assert "“call” <b>" in page.get_text()
    assert "[[" not in html


def test_no_text_is_an_empty_text(guide: Guide) -> None:
    assert Formatter(guide).rich(None) == ""
    assert Formatter(guide).rich("") == ""


def test_a_placeholder_that_nobody_knows_stops_the_build(guide: Guide) -> None:
    with pytest.raises(KeyError):
        Formatter(guide).rich("[[no-such-level]]")


def test_a_record_is_filled_in_all_its_depth(guide: Guide) -> None:
    filled = Formatter(guide).filled(guide.temperature_helper)
    assert isinstance(filled.at_or_above.actions, tuple)
    assert all(isinstance(action, Markup) for action in filled.at_or_above.actions)
    assert "crs-temperature" in filled.at_or_above.heading
    assert Formatter(guide).filled(14) == 14


def test_a_date_is_shown_with_its_month_in_words(guide: Guide) -> None:
    html = Formatter(guide).date(datetime.date(2027, 5, 2))
    assert html == '<time datetime="2027-05-02">2 May 2027</time>'


def test_every_month_has_its_name(guide: Guide) -> None:
    shown = [Formatter(guide).date(datetime.date(2026, month, 1)) for month in range(1, 13)]
    assert len({html.split(">")[1] for html in shown}) == 12
    assert "1 January 2026" in shown[0]
    assert "1 December 2026" in shown[11]


def test_each_kind_of_number_says_where_to_find_it(guide: Guide) -> None:
    words, strings = Formatter(guide), guide.strings
    assert strings.line_24h_unset in words.phone("line_24h")
    assert strings.day_line_unset in words.phone("day_line")
    assert f'href="tel:{guide.edition.emergency_number}"' in words.phone("emergency")
