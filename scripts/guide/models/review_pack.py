"""Data of the review pack: its own words, and the open questions."""

from __future__ import annotations

from typing import Literal

from scripts.guide.models.base import Model, Plain, Slug, Some, Text

Level = Literal["high", "medium"]


class OpenQuestion(Model):
    """Something that the sources do not settle.

    Attributes:
        id: Unique name.
        kind: ``clinician`` must be decided before anyone relies on the guide; ``missing`` was
            not found, so the guide leaves it out.
        title: Name in a few words.
        text: What is open, and what the guide does now.
        about: Facts of ``facts.yml`` that it concerns.
        where: Pages and anchors of ``docs/en`` that it concerns.
    """

    id: Slug
    kind: Literal["clinician", "missing"]
    title: Plain
    text: Text
    about: tuple[Slug, ...] = ()
    where: tuple[str, ...] = ()


class FrontWords(Model):
    """Text of the front pages."""

    title: Plain
    subtitle: Plain
    for_whom: Plain
    content_of: Text
    version: Text
    version_changed: Plain
    no_clinician: Plain
    some_reviewed: Text
    in_short: Plain
    made_heading: Plain
    made: Some[Text]
    how_heading: Plain
    how: Some[Text]
    reading_heading: Plain
    reading: Some[Text]
    settings_heading: Plain
    setting: Plain
    value: Plain
    settings_level: Text
    settings: dict[str, Plain]
    not_set: Plain
    pages_heading: Plain
    pages_caption: Plain
    questions_heading: Plain
    questions_intro: Plain
    missing_heading: Plain
    missing_intro: Plain
    sign_heading: Plain


class CountWords(Model):
    """Labels of the counts on the front page."""

    caption: Plain
    pages: Plain
    statements: Plain
    unsourced: Plain
    facts: Plain
    facts_of_all: Text
    sources: Plain
    questions: Plain
    confidence_caption: Plain
    kind_caption: Plain
    seen_caption: Plain
    count: Plain
    short_statements: Plain
    short_unsourced: Plain
    short_questions: Plain
    short_paper: Plain


class RowWords(Model):
    """Text of the tables of statements."""

    number: Plain
    says: Plain
    evidence: Plain
    check: Plain
    agree: Plain
    change: Plain
    remark: Plain
    caption: Text
    opening: Plain
    no_source: Plain
    again: Plain
    see: Text
    seen: Plain
    note: Plain
    same: Text
    noted: Text
    confidence: Plain
    words_explained: Plain
    own: Plain
    where: Plain


class PageWords(Model):
    """Text around a page."""

    address: Plain
    checked: Plain
    due: Plain
    reviewer: Plain
    nobody: Plain
    summary: Text
    questions: Plain
    sign: Plain
    name: Plain
    role: Plain
    date: Plain
    signature: Plain
    approve: Plain
    approve_changed: Plain
    reject: Plain
    page: Text
    title: Plain


class ChangeWords(Model):
    """Text of the changes since another version."""

    heading: Text
    since: Text
    none: Plain
    statement: Plain
    added: Plain
    changed: Plain
    removed: Plain
    count: Plain
    before: Plain
    now: Plain
    facts: Plain
    claim: Plain
    sources: Plain
    confidence: Plain
    not_loaded: Text
    file: Plain
    lines_more: Text
    column: Plain


class AnnexWords(Model):
    """Text of the lists at the end."""

    notes_heading: Plain
    notes_intro: Plain
    for_clinicians: Plain
    note: Plain
    shown_in: Plain
    sources_heading: Plain
    sources_intro: Plain
    year: Plain
    seen: Plain
    caution: Plain
    limits: Plain


class ReviewPackWords(Model):
    """All text of the review pack itself.

    Attributes:
        confidence: Meaning of each level of confidence.
        confidence_labels: Name of each level, in one word.
        fact_seen: Labels for how much of a source was read for a fact.
        statement_kinds: Label of each kind of statement.
        csv: Column heads of the CSV file, in order.
    """

    front: FrontWords
    counts: CountWords
    rows: RowWords
    pages: PageWords
    changes: ChangeWords
    annex: AnnexWords
    confidence: dict[Level, Plain]
    confidence_labels: dict[Level, Plain]
    fact_seen: dict[str, Plain]
    statement_kinds: dict[Slug, Plain]
    csv: dict[str, Plain]
