"""Words of the temperature converter and of its table."""

from __future__ import annotations

from scripts.guide.models.base import Model, Some, SourcedByMany, Text


class HelperMessage(Model):
    """A message with what to do: a heading and one action a line."""

    heading: Text
    actions: Some[Text]


class HelperBelow(Model):
    """What is said below the level: never that all is well."""

    heading: Text
    call_if: Text
    reasons: Some[Text]
    not_sure: Text


class HelperUnit(Model):
    """Words around a unit that the reader wrote."""

    before: Text
    after: Text


class HelperQuestion(Model):
    """The question about a number that fits only the other unit."""

    does_not_fit: Text
    before: Text
    after: Text
    if_not: Text
    yes: Text


class HelperMarks(Model):
    """What stands beside the marked rows of the table."""

    low: Text
    fever: Text
    some_places_say: Text


class HelperTable(Model):
    """Words of the table."""

    under_caption: Text
    from_caption: Text
    fahrenheit: Text
    celsius: Text
    marks: HelperMarks
    lower_number: Text


class HelperSearch(Model):
    """What search says of a reading; each sentence begins with the reading itself."""

    at_or_above: Text
    below: Text
    low: Text
    very_low: Text


class TemperatureHelper(SourcedByMany):
    """Every word that the converter can say; its script brings none of its own."""

    legend: Text
    fahrenheit_label: Text
    celsius_label: Text
    always: Text
    privacy: Text
    clear_label: Text
    undo_label: Text
    cleared: Text
    your_reading: Text
    at_or_above: HelperMessage
    below: HelperBelow
    low: HelperMessage
    emergency: Text
    no_answer: Text
    stated_unit: HelperUnit
    did_you_mean: HelperQuestion
    outside: HelperMessage
    not_a_number: HelperMessage
    search: HelperSearch
    table: HelperTable
