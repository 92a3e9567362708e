"""Interface text of the components that is not medical and belongs to no single page."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scripts.guide.downloads import PaperName
from scripts.guide.models.base import Model, Plain, Slug, Text
from scripts.guide.models.evidence import Kind
from scripts.guide.models.stored_item import StorageKind
from scripts.guide.temperature import Unit


class Strings(Model):
    """All interface text of the components. One set for each language, without gaps."""

    actions_to_take: Plain
    this_page_online: Plain
    bill_of_materials: Plain
    bill_of_materials_none: Plain
    all_emergency_signs: Plain
    blank: Plain
    call: Plain
    call_your_team: Plain
    clear: Plain
    cleared: Plain
    close: Plain
    record_codes_address: Plain
    record_codes_caption: Plain
    record_codes_code: Plain
    record_codes_directory: Plain
    record_codes_for_patients: Plain
    record_codes_for_staff: Plain
    record_codes_meaning: Plain
    record_codes_opens: Plain
    record_codes_unknown: Plain
    copied: Plain
    copy_action: Plain
    copy_failed: Plain
    day_line_unset: Plain
    day: Plain
    downloads: Plain
    downloads_caption: Plain
    downloads_none: Plain
    left_out: Plain
    due_again: Plain
    edition_general: Plain
    edition_of: Plain
    education_not_advice: Plain
    emergency_elsewhere: dict[Slug, Plain]
    emergency_label: Plain
    unwell_now: Plain
    from_your_team: Plain
    get_help: Plain
    guide_name: Plain
    stored_name: Plain
    stored_name_example: Plain
    stored_in: dict[StorageKind, Plain]
    large_print: Plain
    last_checked: Plain
    last_seen: Plain
    letters: Plain
    line_24h_label: Plain
    line_24h_unset: Plain
    link_kit_address: Plain
    link_kit_caption: Plain
    link_kit_download: Plain
    link_kit_moment: Plain
    link_kit_page: Plain
    link_kit_short: Plain
    link_kit_sources: Plain
    minutes: Plain
    months: Annotated[tuple[Plain, ...], Field(min_length=12, max_length=12)]
    locale: Plain
    more_in_glossary: Plain
    more_on_sources: Plain
    moved_part: Plain
    next_step: Plain
    not_reviewed: Plain
    open: Plain
    pack_none: Plain
    pack_paper: Plain
    pack_paper_printer: Plain
    pack_print: Plain
    pack_title: Plain
    pack_unit: Plain
    papers: dict[PaperName, Plain]
    copy_forms: dict[Slug, Plain]
    pdf: Plain
    print_action: Plain
    qr_code: Plain
    restored: Plain
    reviewed_by: Plain
    rule_near: Text
    rule_source: Text
    rule_time: Text
    saved_copy_of: Plain
    saved_if_ill: Plain
    saved_look: Plain
    saved_maybe_offline: Plain
    saved_newer: Plain
    saved_none: Plain
    saved_open_newer: Plain
    saved_others: Plain
    saved_overdue: Plain
    saved_pdfs: Plain
    saved_review_by: Plain
    saved_try_again: Plain
    row: Plain
    say_it: Plain
    search_results: Plain
    search_none: Plain
    share_text: Plain
    sheet_about: Text
    sheet_about_named: Text
    sheet_lower_fever: Text
    sheet_say_it: Plain
    sheet_sources: Plain
    sheet: Plain
    source_kind: Plain
    source_kinds: dict[Kind, Plain]
    source_mark: Plain
    source_note: Plain
    sources: Plain
    sources_none: Plain
    find_it_here: Plain
    storage_fault: Plain
    team_rules_first: Plain
    time: Plain
    undo: Plain
    units: dict[Unit, Plain]
    used_in: Plain
    verdicts: dict[str, Plain]
    now_in: Plain
    where_this_comes_from: Plain
    words_on_this_page: Plain
    on_this_page: Plain
