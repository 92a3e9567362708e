"""The sheets on paper: one side each, complete without the site, with room to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import segno
import zxingcpp

from scripts.components.call_script import CALL_SCRIPT
from scripts.components.no_answer import NO_ANSWER
from scripts.components.render import Formatter
from scripts.components.sheet.block import SheetWords, carried_by_sheet
from scripts.components.sheet.card import Card
from scripts.components.sheet.daily import Daily
from scripts.components.sheet.fields import Fields
from scripts.components.sheet.lines import Lines
from scripts.components.sheet.log import Log
from scripts.components.sheet.no_answer import NoAnswerBlock
from scripts.components.sheet.script import Script
from scripts.components.sheet.ticks import Ticks
from scripts.guide.guide import Guide
from scripts.guide.models.checklist import Checklist
from scripts.guide.pages import url_of
from tests.conftest import Site
from tests.print.paper import (
    IN_EVERY_STATE,
    LETTER,
    MARGIN_MM,
    PAPERS,
    PX_PER_MM,
    PX_PER_PT,
    READABLE_CONTRAST,
    SHEETS,
    STATES,
    WHITE,
    Paper,
    Printed,
    Printer,
    Shape,
    codes_on,
    flat,
    packed,
)

MAIN_PT, DENSE_PT = 12, 10
FULL_PT = {"what-to-say": 11, "what-if": 11}
"""Font sizes of two sheets of whole sentences, which only just fit one side."""

SMALLEST_PT = {"main": 10, "foot": 8, "card": 8}
NUMBER_PT = 24
ROOM_TO_SPARE_MM = 4
TOP_MM, BOTTOM_MM = 9, 13
"""Margins of a sheet. Another font or printer may need more, hence ``ROOM_TO_SPARE_MM``."""

CODE_MM, QUIET_MODULES = 25, 4
CARD_MM = (85.6, 54)
BLANK = "\u0000"

each_sheet = pytest.mark.parametrize("path", SHEETS)
each_paper = pytest.mark.parametrize("paper", PAPERS, ids=str)
each_edition = pytest.mark.parametrize("edition", ["default", "clinic"], indirect=True)


@dataclass(frozen=True)
class Edition:
    """A guide and its site."""

    guide: Guide
    site: Site

    def sheet(self, path: str) -> Checklist:
        """Return the sheet of a page."""
        return self.guide.checklists[slug_of(path)]

    def blocks(self, path: str, *kinds: type[Any]) -> Iterator[Any]:
        """Yield the blocks of some kinds of a sheet, in order."""
        yield from (block for block in self.sheet(path).blocks if isinstance(block, kinds))


@pytest.fixture(scope="session")
def edition(request: pytest.FixtureRequest) -> Edition:
    """The guide as it is, or as a clinic publishes it: with its own number and Celsius first."""
    names = ("guide", "site") if request.param == "default" else ("clinic_guide", "clinic")
    guide, site = (request.getfixturevalue(name) for name in names)
    return Edition(guide, site)


Sides = list[tuple[Paper, Printed]]


@pytest.fixture
def papers(printer: Printer, edition: Edition, path: str) -> Sides:
    """A sheet of an edition, printed on each paper."""
    turned = edition.sheet(path).landscape
    return [
        (paper.turned if turned else paper, printer(edition.site.address(path), paper))
        for paper in PAPERS
    ]


@pytest.fixture
def sides(printer: Printer, site: Site, guide: Guide, path: str) -> Sides:
    """A sheet printed on each paper, and on one in the other states if it is looked at in them.

    Paper and state do not meet in any rule: each is tried in full beside one of the other.
    """
    address, states = site.address(path), STATES if path in IN_EVERY_STATE else ()
    turned = guide.checklists[slug_of(path)].landscape
    looks = [(paper, printer(address, paper)) for paper in PAPERS]
    looks += [(LETTER, printer(address, LETTER, state)) for state in states]
    return [(paper.turned if turned else paper, printed) for paper, printed in looks]


def slug_of(path: str) -> str:
    return path.removeprefix("print/").removesuffix(".md")


class Said(tuple[str, ...]):
    """The printed words of a text, in parts that are separated by lines to write on."""


def said(guide: Guide, text: str | None) -> Said:
    """Return the printed words of a text."""
    blank = f"{BLANK}{guide.strings.blank}{BLANK}"
    marked = (text or "").replace("[[blank]]", f"{BLANK}[[blank]]{BLANK}")
    if guide.edition.call_back_minutes is None:
        marked = marked.replace("[[call-back]]", f"{BLANK}[[call-back]]{BLANK}")
    if guide.edition.called is None:
        marked = marked.replace("[[hospital]]", f"{BLANK}[[hospital]]{BLANK}")
    words = Formatter(guide).rich(marked).striptags()
    return Said(flat(part) for part in words.split(blank) if part.strip())


ORDER = {
    "signs": ("label", "heading", "note", "groups", "actions_label", "actions"),
    # The heading of all readings is the name of the table, for screen readers.
    "log": ("day_heading", "time_heading", "notes", "called", "days"),
    "daily": ("day_heading", "columns", "sample"),
    "card": ("alert", "front", "scan", "back"),
}
"""The printed order of a record's texts, where it differs from the order of its keys."""


def in_order(part: Any) -> Iterator[str]:
    """Yield the texts of a document, or of a part of one, in printed order."""
    if isinstance(part, Said):
        yield from part
    elif isinstance(part, list):
        for each in part:
            yield from in_order(each)
    elif isinstance(part, dict):
        for key in ORDER.get(part.get("kind", ""), part):
            if key == "days":
                yield from (" ".join(map(str, days)) for days in part[key])
            elif key == "address":
                yield part[key]
            # The label of the QR code is for screen readers.
            elif key != "qr_label" and not (key == "actions_label" and not part["actions"]):
                yield from in_order(part[key])


def texts_of(guide: Guide, slug: str) -> list[str]:
    """Return all texts of a sheet, in printed order."""
    document = SheetWords(guide, slug, lambda text: said(guide, text)).document()
    return [text for text in in_order(document) if text]


def blanks_in(*texts: str | None) -> int:
    """Return the number of lines to write on inside texts, in an edition that answers nothing."""
    return sum(len(re.findall(r"\[\[(blank|call-back|hospital)\]\]", text or "")) for text in texts)


# The paper.


def test_each_sheet_has_its_page(guide: Guide) -> None:
    assert {slug_of(path) for path in SHEETS} == set(guide.checklists)
    for path in SHEETS:
        (call,) = (call for call in guide.pages[path].calls if call.name == "checklist")
        assert call.first == slug_of(path)


def test_each_kind_of_block_is_looked_at_in_every_state(guide: Guide) -> None:
    kinds = {slug: {*map(type, sheet.blocks)} for slug, sheet in guide.checklists.items()}
    looked_at = (kinds[slug_of(path)] for path in IN_EVERY_STATE)
    assert set().union(*looked_at) == set().union(*kinds.values())


@each_sheet
def test_fits_one_side(sides: Sides) -> None:
    for paper, printed in sides:
        assert printed.sheets == 1
        assert printed.size_mm() == pytest.approx((paper.width_mm, paper.height_mm), abs=0.5)


def lowest_ink(printed: Printed) -> float:
    return max(shape.bottom for shape in printed.shapes() if not shape.is_white)


@each_edition
@each_sheet
def test_leaves_room_to_spare_on_one_side(papers: Sides) -> None:
    for paper, printed in papers:
        assert printed.sheets == 1
        assert paper.height_mm - BOTTOM_MM - lowest_ink(printed) >= ROOM_TO_SPARE_MM


@pytest.mark.essential
@each_sheet
def test_fits_one_side_with_a_wider_font(
    printer: Printer, site: Site, guide: Guide, path: str
) -> None:
    page = printer.open(site.address(path))
    # Wider spacing imitates a machine without a font of Arial's widths. Sheets for clinicians get
    # less of it because they only just fit one side.
    spacing = "0.01em" if guide.checklists[slug_of(path)].for_clinicians else "0.045em"
    page.add_style_tag(content=f"body {{ letter-spacing: {spacing} }}")
    assert [printer.print(page, paper).sheets for paper in PAPERS] == [1, 1]
    page.close()


@each_edition
@each_sheet
def test_keeps_within_the_margins_of_the_paper(papers: Sides) -> None:
    for _, printed in papers:
        # Chromium rounds the sides of a turned paper up to whole pixels.
        width, height = printed.size_mm()
        near = MARGIN_MM - 0.2
        far, high, low = width - near, TOP_MM - 0.2, height - BOTTOM_MM + 0.2
        ink = [shape for shape in printed.shapes() if not shape.is_white]
        assert not [
            s for s in ink if s.left < near or s.top < high or s.right > far or s.bottom > low
        ]


@each_edition
@each_sheet
def test_no_words_are_cut_or_overlap_others(papers: Sides) -> None:
    for paper, printed in papers:
        layout = printed.layout
        assert not layout["cut"]
        edge = paper.content_width + 0.5
        assert not [t["text"] for t in layout["texts"] if t["left"] < -0.5 or t["right"] > edge]
        assert not layout["over"]
        # A browser shrinks a page that is wider than its paper.
        assert layout["scrollWidth"] <= paper.content_width + 1


@each_sheet
def test_is_black_on_white_in_every_state(sides: Sides) -> None:
    for _, printed in sides:
        ink = [shape for shape in printed.shapes() if not shape.is_white]
        assert len(ink) > 50
        assert not [shape for shape in ink if shape.contrast < READABLE_CONTRAST]
        assert set(printed.layout["grounds"]) <= WHITE
        # White text on a dark background is lost where backgrounds are not printed.
        assert not [shape for shape in printed.shapes() if shape.kind == "text" and shape.is_white]
        assert not [
            text for text in printed.layout["texts"] if text["contrast"] < READABLE_CONTRAST
        ]


@each_sheet
def test_says_the_same_in_every_state(sides: Sides) -> None:
    said = {printed.quick_text() for paper, printed in sides if paper.name == LETTER.name}
    assert len(said) == 1
    assert len(said.pop()) > 300
    assert not [name for _, printed in sides for name in printed.layout["chrome"]]


# The words.


@each_edition
@each_sheet
def test_prints_all_its_words_in_order(papers: Sides, edition: Edition, path: str) -> None:
    for _, printed in papers:
        words = packed(printed.words_on(0)).casefold()
        texts = texts_of(edition.guide, slug_of(path))
        assert len(texts) > 20
        place = 0
        for text in texts:
            # Some labels are printed in capitals.
            found = words.find(packed(text).casefold(), place)
            assert found >= 0, f"not printed, or not in its place: {text}"
            place = found + len(packed(text))


@each_edition
@each_sheet
def test_says_all_that_its_reader_needs(papers: Sides, edition: Edition, path: str) -> None:
    for _, printed in papers:
        guide, sheet = edition.guide, edition.sheet(path)
        strings, words = guide.strings, Formatter(guide)
        expected = [
            *said(guide, sheet.title),
            *said(guide, sheet.purpose),
            *said(guide, sheet.action),
        ]
        if not sheet.for_clinicians:
            expected += said(
                guide, strings.sheet_about_named if sheet.named else strings.sheet_about
            )
            if guide.edition.name is None:
                expected += said(guide, strings.sheet_lower_fever)
        expected += [f"{strings.line_24h_label}: {guide.edition.line_24h or ''}"]
        expected += [f"{strings.emergency_label}: {guide.edition.emergency_number}"]
        expected += [strings.not_reviewed, strings.education_not_advice, strings.team_rules_first]
        expected += [f"{strings.last_checked} {words.date(sheet.reviewed).striptags()}."]
        expected += [f"{strings.due_again} {words.date(sheet.review_by).striptags()}."]
        expected += [strings.guide_name, guide.edition.name or strings.edition_general]
        expected += (
            [strings.sheet_sources]
            if carried_by_sheet(guide.checklists[slug_of(path)], guide)[1]
            else []
        )
        short = f"{guide.edition.short_address}/{url_of(path)}".removesuffix("/")
        expected += [f"{strings.this_page_online}: {short}."]
        assert not [line for line in expected if not printed.says(line)]


@each_sheet
def test_says_nothing_of_the_page_around_it(
    printer: Printer, site: Site, guide: Guide, path: str
) -> None:
    printed, strings = printer(site.address(path), LETTER), guide.strings
    around = [strings.next_step, strings.unwell_now, strings.print_action, strings.blank]
    around += [strings.downloads, strings.clear]
    around += [f"{strings.line_24h_label}: {strings.line_24h_unset}"]
    assert not [words for words in around if printed.says(words)]


@each_edition
@each_sheet
def test_type_is_large(papers: Sides, edition: Edition, path: str) -> None:
    for _, printed in papers:
        main = DENSE_PT if edition.sheet(path).dense else FULL_PT.get(slug_of(path), MAIN_PT)
        small = []
        for text in printed.layout["texts"]:
            points = text["size"] / PX_PER_PT
            part = next((p for p in ("foot", "card") if text[p]), "main")
            least: float = SMALLEST_PT[part]
            if part == "main" and not text["aside"] and not text["table"]:
                least = main
            if points < least - 0.01:
                small.append(f"{text['text']} ({points:.1f} pt, not {least})")
        assert not small


# Lines and boxes.


def is_a_line(line: dict[str, Any], *, width: float, height: float) -> bool:
    return bool(
        line["style"] == "solid"
        and line["border"] >= 0.75
        and line["contrast"] >= READABLE_CONTRAST
        and line["width"] >= width * PX_PER_MM
        and line["height"] >= height * PX_PER_MM
    )


@each_sheet
def test_has_a_line_for_the_number(sides: Sides) -> None:
    for _, printed in sides:
        layout = printed.layout
        (number,) = layout["sheetLines"]
        assert is_a_line(number, width=45, height=7)


@each_sheet
def test_a_clinics_number_takes_the_place_of_the_line(
    printer: Printer, clinic: Site, clinic_guide: Guide, path: str
) -> None:
    printed = printer(clinic.address(path), LETTER)
    number = clinic_guide.edition.line_24h
    sizes = [text["size"] for text in printed.layout["texts"] if text["text"] == number]
    assert max(sizes) >= NUMBER_PT * PX_PER_PT
    assert not printed.layout["sheetLines"]
    assert not printed.says(clinic_guide.strings.line_24h_unset)


@each_sheet
def test_boxes_are_drawn_with_borders(sides: Sides, site: Site, guide: Guide, path: str) -> None:
    for _, printed in sides:
        edition = Edition(guide, site)
        expected = sum(len(block.items) for block in edition.blocks(path, Ticks))
        expected += sum(block.days * len(block.columns) for block in edition.blocks(path, Daily))
        expected += sum(block.days for block in edition.blocks(path, Log))
        boxes = printed.layout["boxes"]
        assert len(boxes) == expected
        for box in boxes:
            assert set(box["styles"]) == {"solid"}
            assert min(box["widths"]) >= 1
            assert box["contrast"] >= READABLE_CONTRAST
            assert box["width"] >= 3.5 * PX_PER_MM
            assert box["height"] >= 3.5 * PX_PER_MM


def test_a_tick_made_on_screen_is_printed_without_backgrounds(printer: Printer, site: Site) -> None:
    path = next(p for p in SHEETS if printer(site.address(p), LETTER).layout["boxes"])
    assert not printer(site.address(path), LETTER).says("×")
    page = printer.open(site.address(path))
    page.locator(".crs-sheet input[type=checkbox]").first.check()
    assert printer.print(page, LETTER).words_on(0).count("×") == 1
    page.close()


@each_sheet
def test_each_blank_is_a_line_to_write_on(
    sides: Sides, site: Site, guide: Guide, path: str
) -> None:
    for _, printed in sides:
        edition, sheet = Edition(guide, site), guide.checklists[slug_of(path)]
        layout = printed.layout
        expected = blanks_in(sheet.title, sheet.purpose, sheet.action)
        if not sheet.for_clinicians:
            about = guide.strings.sheet_about_named if sheet.named else guide.strings.sheet_about
            expected += blanks_in(about, guide.strings.sheet_lower_fever)
        if any(edition.blocks(path, NoAnswerBlock)):
            expected += blanks_in(*guide.data(NO_ANSWER).lines)
        for block in edition.blocks(path, Ticks, Lines):
            expected += blanks_in(*(item.text for item in block.items))
        expected += sum(
            blanks_in(*guide.data(CALL_SCRIPT).lines, guide.data(CALL_SCRIPT).note)
            for _ in edition.blocks(path, Script)
        )
        assert len(layout["blanks"]) == expected
        for line in layout["blanks"]:
            assert is_a_line(line, width=30, height=5)
        fields = sum(len(block.items) for block in edition.blocks(path, Fields))
        assert len(layout["fieldLines"]) == fields
        for line in layout["fieldLines"]:
            assert is_a_line(line, width=25, height=0)
        answers = [i for b in edition.blocks(path, Ticks, Lines) for i in b.items if i.write_in]
        assert len(layout["answers"]) == len(answers)
        for lines in layout["answers"]:
            assert min(line["border"] for line in lines) >= 0.75
            full = max(lines, key=lambda line: line["width"])
            assert full["width"] >= 120 * PX_PER_MM
            assert full["height"] >= 6.5 * PX_PER_MM


@each_sheet
def test_each_day_has_room_to_write(sides: Sides, site: Site, guide: Guide, path: str) -> None:
    for _, printed in sides:
        edition = Edition(guide, site)
        layout = printed.layout
        for rows, blocks, width, height in (
            (layout["rows"], [*edition.blocks(path, Log)], 14, 10),
            (layout["dailyRows"], [*edition.blocks(path, Daily)], 12, 7.5),
        ):
            # A daily check has one row more, for the sample.
            assert len(rows) == sum(b.days + isinstance(b, Daily) for b in blocks)
            for row in rows[-sum(block.days for block in blocks) :] if blocks else []:
                (block,) = blocks
                is_log = isinstance(block, Log)
                cells = 2 * block.readings_per_day + 2 if is_log else len(block.columns)
                assert len(row["cells"]) == 1 + cells
                assert row["height"] >= height * PX_PER_MM
                assert min(row["cells"]) >= width * PX_PER_MM
                assert set(row["borders"]) == {"solid"}


def test_boxes_blanks_lines_and_rows_are_among_what_is_looked_at(
    printer: Printer, site: Site
) -> None:
    layouts = [printer(site.address(path), LETTER).layout for path in SHEETS]
    looked_at = ("boxes", "blanks", "fieldLines", "answers", "rows", "dailyRows")
    for name in (*looked_at, "cardLines", "cardBlanks", "codes"):
        assert any(layout[name] for layout in layouts), name


# The code.


@each_edition
@each_sheet
def test_the_code_on_grey_paper_opens_the_page_of_the_sheet(
    papers: Sides, edition: Edition, path: str
) -> None:
    for _, printed in papers:
        picture = printed.picture(dpi=100)
        assert picture.mode == "L"
        address = edition.guide.edition.site_address + url_of(path)
        (code,) = (code for code in zxingcpp.read_barcodes(picture) if code.text == address)
        assert code.format == zxingcpp.BarcodeFormat.QRCode


def code_of(printed: Printed) -> Shape:
    """Return the dark modules of the QR code: one black, square shape at the top right."""
    (code,) = (
        shape
        for shape in printed.shapes()
        if shape.filled
        and not shape.is_white
        and shape.width > 20
        and shape.width == pytest.approx(shape.height, abs=0.1)
    )
    return code


@each_sheet
def test_the_code_is_25_mm_wide_with_white_around_it(
    sides: Sides, site: Site, guide: Guide, path: str
) -> None:
    for _, printed in sides:
        code = code_of(printed)
        assert code.width == pytest.approx(CODE_MM, abs=0.5)
        address = guide.edition.site_address + url_of(path)
        modules = segno.make(address, error="m", micro=False, boost_error=False).symbol_size(
            border=0
        )
        quiet = QUIET_MODULES * CODE_MM / modules[0] - 0.02
        near = [
            shape
            for shape in printed.shapes()
            if shape is not code
            and not shape.is_white
            and shape.right > code.left - quiet
            and shape.left < code.right + quiet
            and shape.bottom > code.top - quiet
            and shape.top < code.bottom + quiet
            # A frame of the sheet may surround the code.
            and not (shape.left <= code.left - quiet and shape.right >= code.right + quiet)
        ]
        assert not near
        cards = any(Edition(guide, site).blocks(path, Card))
        assert len(printed.layout["codes"]) == (3 if cards else 1)


# The wallet card.


@each_edition
@each_paper
def test_a_wallet_card_has_the_size_of_a_bank_card(
    printer: Printer, edition: Edition, paper: Paper
) -> None:
    (path,) = (path for path in SHEETS if any(edition.blocks(path, Card)))
    printed = printer(edition.site.address(path), paper)
    shapes = printed.shapes()
    edges = [s for s in shapes if s.kind == "path" and not s.is_white]
    two_wide, high = (2 * CARD_MM[0], CARD_MM[1])
    cards = [s for s in edges if s.width == pytest.approx(two_wide, abs=0.6) and s.height > 50]
    assert len(cards) == 2, "front and back side by side, twice"
    (staff,) = (p for p in SHEETS if edition.sheet(p).for_clinicians)
    address = edition.guide.edition.site_address + url_of(staff)
    codes = [edges for text, *edges in codes_on(printed.picture(dpi=200), 200) if text == address]
    assert len(codes) == 2
    for card in cards:
        # The card is cut along the middle of its edge.
        assert card.width - card.thickness == pytest.approx(two_wide, abs=0.3)
        assert card.height - card.thickness == pytest.approx(high, abs=0.3)
        fold = card.left + card.width / 2
        assert any(
            card.left < left < right < fold and card.top < top < bottom < card.bottom
            for left, top, right, bottom in codes
        ), "no code for staff on the front"
        dashes = [
            s
            for s in edges
            if s.width < 0.6
            and s.left < fold < s.right + 0.3
            and card.top - 0.3 <= s.top
            and s.bottom <= card.bottom + 0.3
        ]
        assert dashes, "no fold is marked"


@each_edition
@each_paper
def test_both_wallet_cards_are_whole_and_have_lines_to_fill_in(
    printer: Printer, edition: Edition, paper: Paper
) -> None:
    (path,) = (path for path in SHEETS if any(edition.blocks(path, Card)))
    (card,) = edition.blocks(path, Card)
    printed, guide = printer(edition.site.address(path), paper), edition.guide
    fields = [*card.front.fields, *card.back.fields]
    # Fields that the edition fills in are printed; the others have a line.
    to_fill = [f for f in fields if not (f.filled and getattr(guide.edition, f.filled))]
    assert len(printed.layout["cardLines"]) == 2 * len(to_fill)
    for line in printed.layout["cardLines"]:
        assert is_a_line(line, width=25, height=0)
    texts = [*card.front.lines, *card.back.lines, card.front.heading, card.back.heading]
    assert len(printed.layout["cardBlanks"]) == 2 * blanks_in(*texts)
    words = packed(printed.words_on(0))
    for text in (*(field.label for field in fields), *texts):
        for part in said(guide, text):
            assert words.count(packed(part)) >= 2, part
