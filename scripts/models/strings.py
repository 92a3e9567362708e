"""Words of the components that are neither medical nor any page's own."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from scripts.models.base import Model, Text


class Strings(Model):
    """Every word that a component shows of itself. One set a language; none may be missing."""

    actions_to_take: Text
    address: Text
    blank: Text
    call_word: Text
    caution: Text
    clear: Text
    cleared: Text
    close: Text
    date_label: Text
    day_line_unset: Text
    dropped_word: Text
    due_again: Text
    education_not_advice: Text
    emergency_elsewhere: Text
    emergency_label: Text
    feel_ill: Text
    get_help: Text
    last_checked: Text
    line_24h_label: Text
    line_24h_unset: Text
    months: Annotated[tuple[Text, ...], Field(min_length=12, max_length=12)]
    more_in_glossary: Text
    name_label: Text
    next_step: Text
    not_reviewed: Text
    print_action: Text
    region_rule_unset: Text
    restored: Text
    reviewed_by: Text
    say_it: Text
    source_mark: Text
    sources: Text
    sources_none: Text
    storage_fault: Text
    team_rules_first: Text
    time_word: Text
    undo: Text
    used_in: Text
    verdicts: dict[str, Text]
    where_it_stands: Text
    words_on_this_page: Text
