"""The sheets on paper: one page each, complete without the site, with room to write."""

from __future__ import annotations

import pytest

from scripts.content import Guide
from scripts.models.checklist import Checklist, Sheet
from scripts.render import Words
from tests.conftest import Site
from tests.print.paper import (
    LETTER,
    PAPERS,
    PX_PER_MM,
    PX_PER_PT,
    READABLE_CONTRAST,
    SHEETS,
    STATES,
    WHITE,
    Paper,
    Printer,
    State,
    flat,
)

MAIN_PT, SMALLEST_PT, SMALLEST_IN_FOOT_PT = 12, 10, 8.5
ROOM_TO_SPARE_MM = 4
"""A font or a printer may take a little more than ours."""

each_sheet = pytest.mark.parametrize("path", SHEETS)
each_paper = pytest.mark.parametrize("paper", PAPERS, ids=str)
each_state = pytest.mark.parametrize("state", STATES, ids=str)


def sheet_of(guide: Guide, path: str) -> tuple[Sheet, tuple[str, ...]]:
    """Give what a page's sheet must say, and the sources that it rests on."""
    for call in guide.pages[path].calls:
        if call.name == "checklist":
            slug = str(call.first)
            return guide.checklists[slug], guide.sources_of_checklist(slug)
    return guide.temperature_table, guide.temperature_table.sources


def said(guide: Guide, text: str) -> list[str]:
    """Give the words of a text as they are printed; a line to write on has none."""
    blank = f"\u0000{guide.strings.blank}\u0000"
    marked = Words(guide).rich(text.replace("[[blank]]", "\u0000[[blank]]\u0000")).striptags()
    return [flat(part) for part in marked.split(blank) if part.strip()]


def test_each_checklist_and_the_table_have_a_page(guide: Guide) -> None:
    slugs = {str(c.first) for p in SHEETS for c in guide.pages[p].calls if c.name == "checklist"}
    assert slugs == set(guide.checklists)
    assert len(SHEETS) == len(slugs) + 1


@each_state
@each_paper
@each_sheet
def test_fits_one_sheet(
    printer: Printer, site: Site, path: str, paper: Paper, state: State
) -> None:
    assert printer(site.address(path), paper, state).sheets == 1


@each_paper
@each_sheet
def test_a_clinics_edition_fits_one_sheet_and_shows_its_number(
    printer: Printer, clinic: Site, clinic_guide: Guide, path: str, paper: Paper
) -> None:
    printed = printer(clinic.address(path), paper)
    edition, strings = clinic_guide.edition, clinic_guide.strings
    assert edition.line_24h
    assert printed.sheets == 1
    assert printed.says(f"{strings.line_24h_label}: {edition.line_24h}")


@each_paper
@each_sheet
def test_leaves_room_to_spare(printer: Printer, site: Site, path: str, paper: Paper) -> None:
    height = printer(site.address(path), paper).layout["height"]
    assert (paper.content_height - height) / PX_PER_MM >= ROOM_TO_SPARE_MM


@each_sheet
def test_fits_one_sheet_where_letters_are_wider(printer: Printer, site: Site, path: str) -> None:
    page = printer.open(site.address(path))
    # About as wide as DejaVu Sans, for machines that have no face of Arial's widths.
    page.add_style_tag(content="body { letter-spacing: 0.06em }")
    assert [printer.print(page, paper).sheets for paper in PAPERS] == [1, 1]
    page.close()


@each_state
@each_sheet
def test_is_black_on_white_without_buttons_in_every_state(
    printer: Printer, site: Site, path: str, state: State
) -> None:
    layout = printer(site.address(path), LETTER, state).layout
    assert not [text for text in layout["texts"] if text["contrast"] < READABLE_CONTRAST]
    assert set(layout["grounds"]) <= WHITE
    assert not layout["chrome"]


@each_paper
@each_sheet
def test_stands_alone(printer: Printer, site: Site, guide: Guide, path: str, paper: Paper) -> None:
    sheet, sources = sheet_of(guide, path)
    strings, edition, words = guide.strings, guide.edition, Words(guide)
    expected = [*said(guide, sheet.title), *said(guide, sheet.purpose), *said(guide, sheet.action)]
    expected += [strings.name_label, strings.date_label, f"{strings.line_24h_label}:"]
    expected += [f"{strings.emergency_label}: {edition.emergency_number}", strings.not_reviewed]
    expected += [strings.education_not_advice, strings.team_rules_first]
    expected += [f"{strings.last_checked} {words.date(sheet.reviewed).striptags()}."]
    expected += [f"{strings.due_again} {words.date(sheet.review_by).striptags()}."]
    expected += [guide.sources[name].short for name in sources]
    expected += [f"{strings.address}: {edition.short_address}/{path.removesuffix('.md')}."]
    printed = printer(site.address(path), paper)
    assert not [line for line in expected if not printed.says(line)]


@each_sheet
def test_says_nothing_of_the_page_around_it(
    printer: Printer, site: Site, guide: Guide, path: str
) -> None:
    printed, strings = printer(site.address(path), LETTER), guide.strings
    around = [strings.next_step, strings.feel_ill, strings.print_action, strings.blank]
    assert not [words for words in around if printed.says(words)]


@each_paper
@each_sheet
def test_has_a_line_for_the_number_and_lines_for_name_and_date(
    printer: Printer, site: Site, path: str, paper: Paper
) -> None:
    layout = printer(site.address(path), paper).layout
    (number,) = layout["sheetLines"]
    for line in [number, *layout["fields"]]:
        assert line["style"] == "solid"
        assert line["border"] >= 0.75
        assert line["width"] >= 45 * PX_PER_MM
        assert line["height"] >= 7 * PX_PER_MM
    assert len(layout["fields"]) == 2


@each_paper
@each_sheet
def test_type_is_large(printer: Printer, site: Site, path: str, paper: Paper) -> None:
    texts = printer(site.address(path), paper).layout["texts"]
    small = [
        f"{text['text']} ({text['size'] / PX_PER_PT:.1f} pt)"
        for text in texts
        if text["size"] / PX_PER_PT < (SMALLEST_IN_FOOT_PT if text["foot"] else SMALLEST_PT) - 0.01
    ]
    assert not small
    letters = {True: 0, False: 0}
    for text in texts:
        if not text["foot"]:
            letters[text["size"] / PX_PER_PT >= MAIN_PT - 0.01] += len(text["text"])
    assert letters[True] > 2 * letters[False], "most of the sheet is smaller than its main type"


@each_state
@each_paper
@each_sheet
def test_boxes_are_drawn_with_borders(
    printer: Printer, site: Site, guide: Guide, path: str, paper: Paper, state: State
) -> None:
    sheet, _ = sheet_of(guide, path)
    groups = sheet.groups if isinstance(sheet, Checklist) else ()
    expected = sum(
        len(guide.symptoms_of(group.care_card)) if group.care_card else len(group.items)
        for group in groups
    )
    boxes = printer(site.address(path), paper, state).layout["boxes"]
    assert len(boxes) == expected
    for box in boxes:
        assert set(box["styles"]) == {"solid"}
        assert min(box["widths"]) >= 1
        assert box["contrast"] >= READABLE_CONTRAST
        assert box["width"] >= 3.5 * PX_PER_MM
        assert box["height"] >= 3.5 * PX_PER_MM


def test_boxes_are_among_what_is_looked_at(printer: Printer, site: Site) -> None:
    assert any(printer(site.address(path), LETTER).layout["boxes"] for path in SHEETS)


def test_a_tick_made_on_screen_is_printed_without_backgrounds(printer: Printer, site: Site) -> None:
    path = next(p for p in SHEETS if printer(site.address(p), LETTER).layout["boxes"])
    assert not printer(site.address(path), LETTER).says("×")
    page = printer.open(site.address(path))
    page.locator(".crs-page input[type=checkbox]").first.check()
    assert printer.print(page, LETTER).words_on(0).count("×") == 1
    page.close()


@each_paper
@each_sheet
def test_names_each_sign_and_what_to_do(
    printer: Printer, site: Site, guide: Guide, path: str, paper: Paper
) -> None:
    sheet, _ = sheet_of(guide, path)
    printed = printer(site.address(path), paper)
    expected: list[str] = []
    for group in sheet.groups if isinstance(sheet, Checklist) else ():
        if group.care_card:
            card = guide.care_cards[group.care_card]
            expected += [card.heading, *card.actions]
            for symptom in guide.symptoms_of(group.care_card):
                expected += [symptom.text, *([symptom.more] if symptom.more else [])]
        else:
            expected += [item.text for item in group.items]
    parts = [part for line in expected for part in said(guide, line)]
    assert not [part for part in parts if not printed.says(part)]


@each_paper
@each_sheet
def test_each_question_has_room_for_its_answer(
    printer: Printer, site: Site, guide: Guide, path: str, paper: Paper
) -> None:
    sheet, _ = sheet_of(guide, path)
    groups = sheet.groups if isinstance(sheet, Checklist) else ()
    answers = printer(site.address(path), paper).layout["answers"]
    assert len(answers) == sum(item.write_in for group in groups for item in group.items)
    for lines in answers:
        assert min(line["border"] for line in lines) >= 0.75
        full = max(lines, key=lambda line: line["width"])
        assert full["width"] >= 120 * PX_PER_MM
        assert full["height"] >= 6.5 * PX_PER_MM


@each_paper
@each_sheet
def test_each_day_of_a_diary_has_room_to_write(
    printer: Printer, site: Site, guide: Guide, path: str, paper: Paper
) -> None:
    sheet, _ = sheet_of(guide, path)
    log = sheet.log if isinstance(sheet, Checklist) else None
    rows = printer(site.address(path), paper).layout["rows"]
    assert len(rows) == (log.days if log else 0)
    for row in rows:
        assert log is not None
        assert len(row["cells"]) == 1 + log.readings_per_day + len(log.columns)
        assert row["height"] >= 9 * PX_PER_MM
        assert min(row["cells"]) >= 15 * PX_PER_MM
