"""Interface text of components and templates that is not medical and belongs to no page."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scripts.guide.downloads import PaperName
from scripts.guide.models.base import Model, Plain, Slug, Text
from scripts.guide.models.evidence import Kind
from scripts.guide.models.stored_item import StorageKind
from scripts.guide.temperature import Unit


class Strings(Model):
    """All interface text of the guide. One set for each language, without gaps.

    Attributes:
        locale: Language and region, such as ``en_US``. Pages, PDFs and metadata name it.
    """

    actions_to_take: Plain
    all_emergency_signs: Plain
    all_topics: Plain
    bill_of_materials: Plain
    bill_of_materials_none: Plain
    blank: Plain
    call: Plain
    call_your_team: Plain
    clear: Plain
    cleared: Plain
    close: Plain
    copied: Plain
    copy_action: Plain
    copy_failed: Plain
    copy_forms: dict[Slug, Plain]
    day_line_unset: Plain
    downloads: Plain
    downloads_caption: Plain
    downloads_none: Plain
    due_again: Plain
    edition_general: Plain
    edition_of: Plain
    education_not_advice: Plain
    emergency_elsewhere: dict[Slug, Plain]
    emergency_label: Plain
    find_it_here: Plain
    footer_accessibility: Plain
    footer_changes: Plain
    footer_disclaimer: Plain
    footer_method: Plain
    footer_privacy: Plain
    from_your_team: Plain
    get_help: Plain
    get_help_now: Plain
    guide_name: Plain
    large_print: Plain
    last_checked: Plain
    last_seen: Plain
    left_out: Plain
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
    locale: Plain
    menu: Plain
    minutes: Plain
    months: Annotated[tuple[Plain, ...], Field(min_length=12, max_length=12)]
    more_in_glossary: Plain
    more_on_sources: Plain
    moved_part: Plain
    next_step: Plain
    not_found: Plain
    not_found_remedy: Plain
    not_reviewed: Plain
    now_in: Plain
    on_this_page: Plain
    open: Plain
    pack_failed: Plain
    pack_loading: Plain
    pack_missing: Plain
    pack_none: Plain
    pack_paper: Plain
    pack_paper_printer: Plain
    pack_print: Plain
    pack_title: Plain
    pack_unit: Plain
    papers: dict[PaperName, Plain]
    pdf: Plain
    print_action: Plain
    qr_code: Plain
    record_codes_address: Plain
    record_codes_caption: Plain
    record_codes_code: Plain
    record_codes_directory: Plain
    record_codes_for_patients: Plain
    record_codes_for_staff: Plain
    record_codes_meaning: Plain
    record_codes_opens: Plain
    record_codes_unknown: Plain
    restored: Plain
    reviewed_by: Plain
    row: Plain
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
    say_it: Plain
    scheme: Plain
    scheme_dark: Plain
    scheme_light: Plain
    scheme_system: Plain
    search: Plain
    search_failed: Plain
    search_label: Plain
    search_loading: Plain
    search_none: Plain
    search_privacy: Plain
    search_results: Plain
    search_title: Plain
    share_text: Plain
    sheet: Plain
    sheet_about: Text
    sheet_about_named: Text
    sheet_every_sign: Plain
    sheet_lower_fever: Text
    sheet_say_it: Plain
    sheet_sources: Plain
    skip_to_text: Plain
    source_kind: Plain
    source_kinds: dict[Kind, Plain]
    source_mark: Plain
    source_note: Plain
    sources: Plain
    sources_none: Plain
    storage_fault: Plain
    stored_in: dict[StorageKind, Plain]
    stored_name: Plain
    stored_name_example: Plain
    tagline: Plain
    team_rules_first: Plain
    this_page_online: Plain
    time: Plain
    undo: Plain
    units: dict[Unit, Plain]
    unwell_now: Plain
    used_in: Plain
    verdicts: dict[str, Plain]
    where_this_comes_from: Plain
    words_on_this_page: Plain

    @property
    def language(self) -> str:
        """The language without its region, such as ``en``."""
        return self.locale.partition("_")[0]
