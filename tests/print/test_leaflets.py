"""Every PDF: one side, accessible, complete, black on white, and the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
import zxingcpp
from bs4 import BeautifulSoup
from PIL import Image, ImageChops, ImageOps

from scripts.components.render import Formatter
from scripts.components.sheet.block import SheetWords
from scripts.components.sheet.card import Card
from scripts.components.sheet.daily import Daily
from scripts.components.sheet.grades import GradesBlock
from scripts.components.sheet.log import Log
from scripts.components.sheet.script import Script
from scripts.guide.downloads import PACK, PAPERS, PREVIEW_SIZE
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.base import Model
from scripts.leaflets.writer import Writer, write_all
from scripts.root import ROOT
from tests.print.leaflet import (
    MARGIN,
    MM,
    Leaflet,
    Leaflets,
    Line,
    packed,
    plain,
    runs_in,
)
from tests.print.paper import codes_on

SIZE_MM = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}
SMALLEST: dict[bool, float] = {False: 12, True: 18}
SMALLEST_IF_DENSE = 10.0
SMALLEST_IF_SHORT = 16.0
SMALLEST_FOOT = {False: 8.5, True: 11}
SMALLEST_ON_CARD = 8
SIZE_OF_NUMBER = 24
LEAST_LINE_MM = 25
HAND_MM = 7
"""The distance of lines for handwriting."""
MOST_BLANK = {False: 0.12, True: 0.4}
"""Share of the last side of a sheet that is blank above its foot, by large print."""
EDGE_MM = 0.6
"""Half a thick frame and one dot at 100 dpi: the ink that may reach into the margin."""


def sheets_with(leaflets: Leaflets, kind: type) -> list[str]:
    checklists = leaflets.guide.checklists
    return [s for s in leaflets.slugs if any(isinstance(b, kind) for b in checklists[s].blocks)]


# --- paper ---


def test_each_sheet_is_one_side_of_its_paper(leaflets: Leaflets) -> None:
    for leaflet in leaflets.standard:
        assert len(leaflet.pdf.pages) == 1, (leaflet.slug, leaflet.paper)


def test_each_side_has_the_size_of_its_paper(leaflets: Leaflets) -> None:
    for leaflet in (*leaflets.sheets, *leaflets.packs):
        for page in leaflet.pdf.pages:
            size = [float(edge) / MM for edge in page.mediabox][2:]
            # A sheet in landscape is as large.
            assert sorted(size) == pytest.approx(sorted(SIZE_MM[leaflet.paper]), abs=0.1)


def test_the_pack_holds_each_sheet_on_sides_of_its_own(leaflets: Leaflets) -> None:
    for pack in leaflets.packs:
        parts = [leaflets(s, pack.paper, large=pack.large) for s in leaflets.pack]
        sides = [(part, side) for part in parts for side in range(len(part.pdf.pages))]
        assert len(pack.pdf.pages) == len(sides)
        for number, (part, side) in enumerate(sides):
            assert pack.text_on(number) == part.text_on(side), (part.slug, side)


def test_each_further_side_says_again_when_to_call(leaflets: Leaflets) -> None:
    several = 0
    for leaflet in leaflets.large:
        action = packed(plain(leaflets.writer.document(leaflet.slug)["action"]))
        several += len(leaflet.pages) > 1
        for side in range(len(leaflet.pages)):
            assert leaflet.text_on(side).count(action) == 1, (leaflet.slug, side)
        # Repeats on later sides are decoration, so a screen reader reads the text only once.
        assert leaflet.spoken.count(action) == 1
    assert several


def test_no_side_holds_only_a_line_or_two(leaflets: Leaflets) -> None:
    for leaflet in leaflets.large:
        for page in leaflet.pages:
            said = [char for char in page.chars if char["mcid"] is not None]
            main = {round(c["matrix"][5]) for c in said if c["size"] > SMALLEST_FOOT[True] + 0.01}
            table = len(page.lines) > 10
            assert table or len(main) > 2, (leaflet.slug, leaflet.paper, page.page_number)


def test_no_ink_leaves_the_margins(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        for side in range(len(leaflet.pages)):
            left, top, right, bottom = ink_of(leaflet, side)
            page = leaflet.pages[side]
            room = left, top, page.width / MM - right, page.height / MM - bottom
            assert min(room) >= MARGIN / MM - EDGE_MM, (leaflet.slug, leaflet.paper, side)


def test_the_last_line_is_off_the_rule_of_the_foot_but_not_far_from_it(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        page = leaflet.pages[-1]
        (foot,) = (
            line
            for line in page.lines
            if line["linewidth"] == pytest.approx(0.6)
            and line["width"] == pytest.approx(page.width - 2 * MARGIN, abs=1)
        )
        drawn = (*page.chars, *page.rects, *page.lines, *page.curves)
        low = max(part["bottom"] for part in drawn if part["bottom"] < foot["top"] - 0.1)
        blank = foot["top"] - low
        assert blank >= 2 * MM, (leaflet.slug, leaflet.paper, leaflet.large)
        assert blank < MOST_BLANK[leaflet.large] * page.height, (leaflet.slug, leaflet.paper)


def ink_of(leaflet: Leaflet, side: int) -> tuple[float, float, float, float]:
    """Return the edges of all ink on a side, in millimeters from the top left."""
    picture = leaflet.picture(side)
    box = ImageOps.invert(picture).getbbox()
    assert box
    page = leaflet.pages[side]
    wide, high = page.width / MM / picture.width, page.height / MM / picture.height
    return box[0] * wide, box[1] * high, box[2] * wide, box[3] * high


# --- accessibility and metadata ---


def test_each_pdf_says_its_name_its_language_and_whose_it_is(leaflets: Leaflets) -> None:
    guide = leaflets.guide
    for leaflet in (*leaflets.sheets, *leaflets.packs):
        pack = leaflet.slug == PACK
        title = guide.strings.pack_title if pack else guide.checklists[leaflet.slug].title
        root = leaflet.pdf.Root
        meta = leaflet.pdf.open_metadata()
        assert str(root.Lang) == "en"
        assert str(meta["dc:title"]) == title.replace("'", "’")
        assert list(meta["dc:creator"]) == [guide.edition.name or guide.strings.guide_name]
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.MarkInfo.Marked
        assert str(meta["pdfuaid:part"]) == "1"


def test_a_checker_of_accessible_pdfs_finds_no_fault(leaflets: Leaflets, tmp_path: Path) -> None:
    for leaflet in (*leaflets.sheets, *leaflets.packs):
        file = tmp_path / "leaflet.pdf"
        file.write_bytes(leaflet.content)
        report = pdfua.validate(str(file))
        assert not report.findings, (leaflet.slug, report.findings)
        assert len(report.outcomes) >= 10


def test_bookmarks_name_each_sheet_and_its_parts(leaflets: Leaflets) -> None:
    for leaflet in (*leaflets.sheets, *leaflets.packs):
        slugs = leaflets.pack if leaflet.slug == PACK else (leaflet.slug,)
        expected: list[tuple[int, str]] = []
        for slug in slugs:
            document = leaflets.writer.document(slug)
            expected.append((1, plain(document["title"])))
            for block in leaflets.blocks(slug, large=leaflet.large):
                label = plain(block.get("label", []))
                heading = plain(block.get("heading", []))
                if heading and (leaflet.large or not block.get("run_on")):
                    expected.append((2, f"{label} {heading}".strip()))
        assert leaflet.bookmarks == expected, leaflet.slug


def test_headings_are_as_deep_as_the_bookmarks(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        depths = [int(kind[2:]) for kind, _ in leaflet.elements if kind.strip("/H").isdigit()]
        assert depths == [level for level, _ in leaflet.bookmarks], leaflet.slug


def test_lists_are_lists_and_tables_have_heads(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        blocks = leaflets.guide.checklists[leaflet.slug].blocks
        document = leaflets.blocks(leaflet.slug, large=leaflet.large)
        short = leaflets.is_short(leaflet.slug, large=leaflet.large)
        kinds = [kind for kind, _ in leaflet.elements]
        signs = sum(len(group["signs"]) for block in document for group in block.get("groups", []))
        listed = sum(
            len(block.get("entries", []))
            + len(block.get("labels", []))
            + len(block.get("actions", []))
            + (len(block["lines"]) if block["kind"] in {"script", "no-answer"} else 0)
            for block in document
            if block["kind"] not in {"card", "temperature-table"}
            # On one side, actions are one paragraph, or the sheet would not fit it.
            and (
                (leaflet.large and not short)
                or not (block["kind"] == "signs" or block.get("run_on"))
            )
        )
        # Signs are lists too, except on the watch list, where lists would not fit.
        run_on = short or (leaflet.slug == "symptom-watch-list" and not leaflet.large)
        assert kinds.count("/LI") == listed + (0 if run_on else signs), leaflet.slug
        tables = [
            *(2 for block in document if block["kind"] == "temperature-table"),
            *(1 for block in blocks if isinstance(block, Log | Daily | GradesBlock)),
        ]
        assert kinds.count("/Table") == sum(tables), leaflet.slug
        assert kinds.count("/TH") >= 2 * sum(tables), leaflet.slug


def test_what_is_drawn_says_what_it_is(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        document = leaflets.writer.document(leaflet.slug)
        said = [str(element.Alt) for kind, element in leaflet.elements if kind == "/Figure"]
        assert said.count(plain(document["qr_label"])) == 1
        unset = leaflets.guide.edition.line_24h is None
        blanks = sum(run["kind"] == "blank" for run in runs_in(document))
        assert said.count(leaflets.guide.strings.blank) == blanks + unset
        cards = sum(block["kind"] == "card" for block in document["blocks"])
        assert len(said) == 1 + blanks + unset + cards, leaflet.slug


def test_every_font_is_our_own_and_inside(leaflets: Leaflets) -> None:
    for leaflet in (*leaflets.sheets, *leaflets.packs):
        fonts = [o for o in leaflet.pdf.objects if is_dictionary(o) and o.get("/Type") == "/Font"]
        assert fonts
        for font in fonts:
            assert re.search("AtkinsonHyperlegible|InterFigures", str(font.BaseFont))
            if "/DescendantFonts" not in font:
                descriptor = font.FontDescriptor
                assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys()), font.BaseFont


def is_dictionary(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Dictionary)


def test_holds_no_link_that_could_be_empty(leaflets: Leaflets) -> None:
    """Check that no PDF has links: on paper, the address is printed and in the QR code."""
    for leaflet in (*leaflets.sheets, *leaflets.packs):
        assert not [page for page in leaflet.pdf.pages if "/Annots" in page], leaflet.slug


# --- content ---


def test_is_read_in_the_order_of_the_data_and_says_no_more(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        rest, between = leaflet.spoken, ""
        for text in map(packed, leaflets.texts(leaflet.slug, large=leaflet.large)):
            skipped, found, rest = rest.partition(text)
            assert found, (leaflet.slug, leaflet.large, text, skipped[:80])
            between += skipped
        # The templates may add only days, dashes, bullets and full stops.
        assert not (between + rest).strip("0123456789–•:."), (leaflet.slug, between, rest)


def test_the_web_page_says_the_same_words(leaflets: Leaflets) -> None:
    """Check that each text is filled in alike: both forms are made from one document."""
    guide = leaflets.guide
    words, blank = Formatter(guide), guide.strings.blank
    texts = {text for record in guide.checklists.values() for text in strings_in(record)}
    for text in texts:
        shown = BeautifulSoup(words.rich(text), "html.parser").get_text()
        assert packed(plain(leaflets.writer.say(text))) == packed(shown.replace(blank, "")), text
    for slug in leaflets.slugs:
        page = SheetWords(guide, slug, words.rich).document()
        assert leaflets.writer.document(slug).keys() > page.keys()


def strings_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    parts = [part for _, part in value] if isinstance(value, Model) else value
    if isinstance(parts, list | tuple):
        return {text for part in parts for text in strings_in(part)}
    return set()


def test_the_code_opens_the_page_of_the_sheet(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        address = SheetWords(leaflets.guide, leaflet.slug, str).address
        picture = leaflet.picture(0)
        found = [code for code in zxingcpp.read_barcodes(picture) if code.text == address]
        assert len(found) == 1, leaflet.slug
        at = found[0].position
        assert (at.top_right.x - at.top_left.x) / 100 * 25.4 == pytest.approx(25, abs=0.8)
        # A QR code needs a quiet zone of four modules.
        quiet = round(4 * 25 / (leaflets.writer.document(leaflet.slug)["qr"]["size"] - 8) / 0.254)
        left, top = at.top_left.x, at.top_left.y
        right, bottom = at.bottom_right.x, at.bottom_right.y
        around = picture.crop((left - quiet, top - quiet, right + quiet, bottom + quiet))
        inside = (quiet - 2, quiet - 2, around.width - quiet + 2, around.height - quiet + 2)
        around.paste(255, inside)
        assert min(around.tobytes()) > 200, leaflet.slug


def test_a_code_on_each_wallet_card_opens_the_page_for_staff(leaflets: Leaflets) -> None:
    checklists = leaflets.guide.checklists
    (staff,) = (slug for slug, sheet in checklists.items() if sheet.for_clinicians)
    address = SheetWords(leaflets.guide, staff, str).address
    for slug in sheets_with(leaflets, Card):
        for leaflet in (leaflets(slug, p, large=x) for p in leaflets.papers for x in (False, True)):
            found = codes_on(leaflet.picture(0, dots_per_inch=200), 200)
            codes = [edges for text, *edges in found if text == address]
            assert len(codes) == (1 if leaflet.large else 2)
            cards = [r for r in leaflet.pages[0].rects if r["stroke"] and r["height"] > 53 * MM]
            for left, top, right, bottom in codes:
                assert any(
                    card["x0"] / MM + 2 < left < right < card["x1"] / MM - 2
                    and card["top"] / MM + 2 < top < bottom < card["bottom"] / MM - 2
                    for card in cards
                ), (leaflet.paper, leaflet.large)


def test_a_clinics_number_and_name_are_at_the_top(leaflets: Leaflets) -> None:
    edition = leaflets.guide.edition
    if edition.name is None:
        return
    for leaflet in leaflets.sheets:
        top = [char for char in leaflet.pages[0].chars if char["top"] < leaflet.pages[0].height / 2]
        assert packed(edition.name) in packed("".join(char["text"] for char in top))
        large = "".join(char["text"] for char in top if char["size"] >= SIZE_OF_NUMBER - 0.01)
        assert packed(edition.line_24h or "") in packed(large), leaflet.slug


def test_no_figure_is_of_the_font_whose_zero_turns_into_an_8(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        figures = [char for char in leaflet.read if char["text"] in "0123456789"]
        assert figures
        assert {char["fontname"].partition("+")[2] for char in figures} <= {
            *("InterFigures-Regular", "InterFigures-Bold"),
        }


# --- boxes and lines ---


def test_each_thing_to_tick_has_a_box(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        expected = 0
        for block in leaflets.blocks(leaflet.slug, large=leaflet.large):
            if block["kind"] == "ticks":
                expected += len(block["entries"])
            elif block["kind"] == "daily":
                expected += block["days"] * len(block["columns"])
            elif block["kind"] == "log":
                expected += len(block["days"])
        assert len(leaflet.boxes) == expected, leaflet.slug
        for box in leaflet.boxes:
            assert box["width"] >= SMALLEST[leaflet.large]
            assert box["linewidth"] >= 1


def lines_of(leaflets: Leaflets, leaflet: Leaflet) -> int:
    """Return the number of lines to write on that the data require."""
    sheet, document = (
        leaflets.guide.checklists[leaflet.slug],
        leaflets.writer.document(leaflet.slug),
    )
    cards = [block for block in sheet.blocks if isinstance(block, Card)]
    expected = int(leaflets.guide.edition.line_24h is None)
    expected += sum(run["kind"] == "blank" for run in runs_in(document))
    for block in document["blocks"]:
        expected += 2 * sum(entry["write_in"] for entry in block.get("entries", []))
        expected += len(block.get("labels", []))
    edition = leaflets.guide.edition
    filled = {"name": edition.name, "line_24h": edition.line_24h}
    for card in cards:
        blanks = sum("[[blank]]" in line for line in (*card.front.lines, *card.back.lines))
        both = (*card.front.fields, *card.back.fields)
        fields = sum(not filled.get(field.filled or "") for field in both)
        expected += fields if leaflet.large else 2 * fields + blanks
    return expected


def test_each_thing_to_write_has_a_line(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        lines = leaflet.lines_to_write_on
        assert len(lines) == lines_of(leaflets, leaflet), (leaflet.slug, leaflet.large)
        for line in lines:
            assert line.length >= 0.94 * LEAST_LINE_MM * MM, (leaflet.slug, leaflet.paper, line)


def test_the_number_to_ring_is_there_or_has_a_line(leaflets: Leaflets) -> None:
    label = packed(leaflets.guide.strings.line_24h_label) + ":"
    for leaflet in leaflets.sheets:
        if number := leaflets.guide.edition.line_24h:
            assert label + packed(number) in leaflet.spoken
        else:
            at = leaflet.spoken.index(label) + len(label) - 1
            colon = [char for char in leaflet.read if char["text"].strip()][at]
            beside = [
                line
                for line in leaflet.lines_to_write_on
                if abs(line.y - colon["bottom"]) < 8 and 0 < line.left - colon["x1"] < 10
            ]
            assert len(beside) == 1, leaflet.slug
            assert beside[0].length >= 45 * MM, leaflet.slug


def test_a_hand_has_room_between_lines(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        if leaflet.slug in sheets_with(leaflets, Card):
            continue
        lines = leaflet.lines_to_write_on
        for upper, lower in pairs_below(lines):
            assert lower.y - upper.y >= HAND_MM * MM - 0.2, (leaflet.slug, leaflet.paper)
    # A wallet card is small, so its lines may be closer.
    for slug in sheets_with(leaflets, Card):
        for leaflet in (leaflets(slug, paper) for paper in leaflets.papers):
            for upper, lower in pairs_below(leaflet.lines_to_write_on):
                assert lower.y - upper.y >= 5 * MM - 0.2


def pairs_below(lines: list[Line]) -> list[tuple[Line, Line]]:
    """Return each line with the next one below it; lines are listed side by side."""
    return [
        (upper, lower)
        for upper, lower in pairwise(lines)
        if lower.y > upper.y + 1 and lower.left < upper.right and upper.left < lower.right
    ]


@pytest.mark.parametrize(("kind", "least_mm"), [(Log, 10), (Daily, HAND_MM)])
def test_each_day_of_a_table_has_room_for_a_hand(
    leaflets: Leaflets, kind: type, least_mm: float
) -> None:
    for slug in sheets_with(leaflets, kind):
        block = next(b for b in leaflets.guide.checklists[slug].blocks if isinstance(b, kind))
        assert isinstance(block, Log | Daily)
        for paper in leaflets.papers:
            page = leaflets(slug, paper).pages[0]
            edges = sorted({round(line["top"], 1) for line in table_edges(page)})
            rows = [b - a for a, b in pairwise(edges)][-block.days :]
            assert len(rows) == block.days
            assert min(rows) >= least_mm * MM - 0.2


def test_a_diary_has_two_boxes_a_reading_and_room_for_notes(leaflets: Leaflets) -> None:
    for slug in sheets_with(leaflets, Log):
        (log,) = (b for b in leaflets.guide.checklists[slug].blocks if isinstance(b, Log))
        for leaflet in (leaflets(slug, p, large=x) for p in leaflets.papers for x in (False, True)):
            page = leaflet.pages[-1]
            assert page.width > page.height
            edges = sorted({round(line["x0"], 1) for line in page.lines if line["width"] == 0})
            _, *boxes, notes, _ = ((b - a) / MM for a, b in pairwise(edges))
            readings = (log.readings_per_day + 1) // 2 if leaflet.large else log.readings_per_day
            assert len(boxes) == 2 * readings
            assert min(boxes) >= 16
            assert notes >= 60 - 0.2


def table_edges(page: Any) -> list[dict[str, Any]]:
    """Return the horizontal edges of tables that span the page between the margins."""
    whole = page.width - 2 * MARGIN
    return [
        line
        for line in page.lines
        if line["height"] == 0
        and line["linewidth"] == pytest.approx(0.7)
        and line["width"] == pytest.approx(whole, abs=1)
    ]


# --- look ---


BLACK = {(0,), 0, (0, 0, 0), None}


def in_color(page: Any) -> list[dict[str, Any]]:
    """Return all that is drawn on a page and is not black."""
    drawn = (*page.chars, *page.rects, *page.lines, *page.curves)
    sides = {False: "non_stroking_color", True: "stroking_color"}
    return [part for part in drawn if part[sides[part.get("stroke", False)]] not in BLACK]


def test_all_ink_is_black(leaflets: Leaflets) -> None:
    for leaflet in leaflets.sheets:
        for page in leaflet.pages:
            assert not in_color(page), leaflet.slug


def test_only_the_logo_of_a_clinic_has_colors(guide: Guide) -> None:
    """Check that a logo, which is the clinic's own picture, is not changed, and all else is black.

    The clinic's name is beside it in black, so nothing is lost where colors do not print.
    """
    ours = guide.edition.model_copy(update={"name": "Clinic", "logo": "example-logo.svg"})
    file = ROOT / "docs" / "data" / "editions" / "example-uk.yml"
    writer = Writer(replace(guide, edition=ours, edition_file=file))
    for large in (False, True):
        pdf = writer.pdf(["fridge"], "Fridge", "letter", large=large)
        (page,) = Leaflet("fridge", "letter", large, pdf).pages
        logo = in_color(page)
        assert logo
        assert max(part["bottom"] for part in logo) - MARGIN <= 9.1 * MM
        assert max(part["x1"] for part in logo) - MARGIN <= 30 * MM


def test_main_text_is_large_enough(leaflets: Leaflets) -> None:
    guide = leaflets.guide
    for leaflet in leaflets.sheets:
        record = guide.checklists[leaflet.slug]
        smallest = SMALLEST[leaflet.large]
        if leaflets.is_short(leaflet.slug, large=leaflet.large):
            smallest = SMALLEST_IF_SHORT
        if record.dense and not leaflet.large:
            smallest = SMALLEST_IF_DENSE
        chars = [char for char in leaflet.read if char["text"].strip()]
        foot = leaflet.spoken.rindex(packed(guide.strings.this_page_online) + ":")
        main = [round(char["size"], 2) for char in chars[:foot]]
        if leaflet.slug in sheets_with(leaflets, Card) and not leaflet.large:
            assert min(main) >= SMALLEST_ON_CARD
        else:
            assert min(main) >= smallest, leaflet.slug
        assert min(round(c["size"], 2) for c in chars[foot:]) >= SMALLEST_FOOT[leaflet.large]


def test_a_wallet_card_has_the_size_of_a_credit_card(leaflets: Leaflets) -> None:
    for slug in sheets_with(leaflets, Card):
        for paper in leaflets.papers:
            page = leaflets(slug, paper).pages[0]
            cards = [r for r in page.rects if r["stroke"] and r["width"] > 100 * MM]
            folds = [line for line in page.lines if line["width"] == 0 and line["dash"]]
            folds = [line for line in folds if line["dash"][0]]
            assert len(cards) == len(folds) == 2
            for card, fold in zip(cards, folds, strict=True):
                faces = fold["x0"] - card["x0"], card["x1"] - fold["x0"]
                assert [width / MM for width in faces] == pytest.approx([85.6, 85.6], abs=0.2)
                assert card["height"] / MM == pytest.approx(54, abs=0.2)
                assert fold["height"] / MM == pytest.approx(54, abs=0.2)
                corners = [
                    line
                    for line in page.lines
                    if line["linewidth"] == pytest.approx(0.5)
                    and not line["dash"]
                    and min(abs(line["top"] - card["top"]), abs(line["top"] - card["bottom"]))
                    < 6 * MM
                ]
                assert len(corners) >= 8


def test_a_card_says_its_words_aloud_once(leaflets: Leaflets) -> None:
    for slug in sheets_with(leaflets, Card):
        block = leaflets.writer.document(slug)["blocks"][0]
        front = block["front"]
        heading = packed(plain(front["heading"]) + plain(front["fields"][0]["label"]))
        leaflet = leaflets(slug, leaflets.guide.edition.paper)
        assert leaflet.text_on(0).count(heading) == 2
        assert leaflet.spoken.count(heading) == 1


def test_each_sheet_has_a_small_light_picture(leaflets: Leaflets) -> None:
    upright = PREVIEW_SIZE[leaflets.guide.edition.paper]
    for slug in leaflets.slugs:
        turned = leaflets.guide.checklists[slug].landscape
        width, height = reversed(upright) if turned else upright
        picture = leaflets.preview(slug)
        assert picture.size == pytest.approx((2 * width, 2 * height), rel=0.03)
        assert (leaflets.folder / f"print/pdf/{slug}.png").stat().st_size < 16_000
        # The preview must be much the same as the sheet itself, scaled down.
        leaflet = leaflets(slug, leaflets.guide.edition.paper)
        small = leaflet.picture(0).resize(picture.size, Image.Resampling.BOX)
        apart = ImageChops.difference(small, picture.convert("L")).tobytes()
        assert sum(apart) / len(apart) < 30, slug


# --- build ---


def with_sheets(guide: Guide, **blocks: Any) -> Guide:
    """Return a guide that has only the given sheets, each with other blocks."""
    changed = {
        slug.replace("_", "-"): guide.checklists[slug.replace("_", "-")].model_copy(
            update={"blocks": tuple(new)}
        )
        for slug, new in blocks.items()
    }
    pack = guide.sheet_pack
    few = pack.groups[0].model_copy(update={"sheets": tuple(changed)})
    return replace(
        guide,
        checklists={**guide.checklists, **changed},
        sheet_pack=pack.model_copy(update={"groups": (few,), "on_request": ()}),
    )


def test_each_sheet_that_is_too_long_stops_the_build(guide: Guide, tmp_path: Path) -> None:
    bag, say = guide.checklists["hospital-bag"].blocks, guide.checklists["what-to-say"].blocks
    assert isinstance(say[0], Script)
    longer = with_sheets(guide, hospital_bag=(*bag, *bag), what_to_say=(*say, *say, *say))
    with pytest.raises(ContentError) as stopped:
        write_all(longer, tmp_path)
    problems = stopped.value.problems
    for slug in ("hospital-bag", "what-to-say"):
        for paper in PAPERS:
            name, title = guide.strings.papers[paper], guide.checklists[slug].title
            told = [p for p in problems if title in p.fault and p.fault.endswith(f"of {name}")]
            assert len(told) == 1
            assert told[0].file == f"docs/data/checklists/{slug}.yml"
            assert (ROOT / told[0].file).is_file()
    assert len(problems) == 4
    assert not list(tmp_path.iterdir()), "a broken build leaves nothing that looks whole"


def test_says_by_how_many_millimeters_a_sheet_is_too_long(guide: Guide, tmp_path: Path) -> None:
    """Check that two more rows of the diary add the height of two rows."""

    def over(days: int) -> dict[str, float]:
        log, *rest = guide.checklists["diary"].blocks
        assert isinstance(log, Log)
        longer = with_sheets(guide, diary=(log.model_copy(update={"days": days}), *rest))
        with pytest.raises(ContentError) as stopped:
            write_all(longer, tmp_path)
        return {
            problem.fault.split()[-1]: float(problem.fault.partition("” is ")[2].split()[0])
            for problem in stopped.value.problems
        }

    less, more = over(22), over(24)
    assert set(less) == {"Letter", "A4"}
    for paper in less:
        assert more[paper] - less[paper] == pytest.approx(20, abs=0.2)
    # Turned on its side, Letter is the higher one.
    assert less["A4"] - less["Letter"] > 5


@pytest.mark.parametrize("side", ["front", "back"])
def test_a_card_that_holds_too_much_stops_the_build(
    guide: Guide, tmp_path: Path, side: str
) -> None:
    card, *rest = guide.checklists["wallet-card"].blocks
    assert isinstance(card, Card)
    face = getattr(card, side).model_copy(update={"lines": ("One more line to read.",) * 14})
    longer = with_sheets(guide, wallet_card=(card.model_copy(update={side: face}), *rest))
    with pytest.raises(ContentError) as stopped:
        write_all(longer, tmp_path)
    for problem in stopped.value.problems:
        assert problem.file == "docs/data/checklists/wallet-card.yml"
        assert f"the {side} of the card is" in problem.fault
        assert "mm too long for 85.6 × 54 mm" in problem.fault
    assert stopped.value.problems


def test_a_letter_that_our_font_has_not_stops_the_build(guide: Guide, tmp_path: Path) -> None:
    strange = with_sheets(guide, fridge=guide.checklists["fridge"].blocks)
    sheet = guide.checklists["fridge"].model_copy(update={"title": "Fridge قائمة"})
    strange = replace(strange, checklists={**guide.checklists, "fridge": sheet})
    with pytest.raises(ContentError, match="the font of the PDFs has no"):
        write_all(strange, tmp_path)
