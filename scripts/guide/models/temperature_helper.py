"""Text of the temperature converter and of its table."""

from __future__ import annotations

from scripts.guide.models.base import Model, Some, SourcedByMany, Text


class HelperMessage(Model):
    """A message that says what to do: a heading and actions, one a line."""

    heading: Text
    actions: Some[Text]


class HelperBelow(Model):
    """Message for a reading below the level. It never says that all is well."""

    heading: Text
    call_if: Text
    reasons: Some[Text]
    not_sure: Text


class HelperUnit(Model):
    """Text around a unit that the reader wrote."""

    before: Text
    after: Text


class HelperQuestion(Model):
    """Question about a number that fits only the other unit."""

    does_not_fit: Text
    before: Text
    after: Text
    if_not: Text
    yes: Text


class HelperMarks(Model):
    """Labels beside the marked rows of the table."""

    low: Text
    fever: Text
    some_places_say: Text


class HelperTable(Model):
    """Text of the table."""

    under_caption: Text
    from_caption: Text
    fahrenheit: Text
    celsius: Text
    marks: HelperMarks
    lower_number: Text


class HelperSearch(Model):
    """Answers of search to a reading. Each sentence begins with the reading itself."""

    at_or_above: Text
    below: Text
    low: Text
    very_low: Text


class TemperatureHelper(SourcedByMany):
    """All text of the converter. Its script contains none of its own."""

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
