"""When CRS usually starts, by product: a drawing and a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from markupsafe import Markup
from pydantic import Field

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.review import Review, Row
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import Model, Plain, Some, SourcedByMany, Text
from scripts.guide.pages import Call, Heading
from scripts.guide.store import Store

Day = Annotated[int, Field(ge=0, le=365)]

FIRST_X, DAY_WIDTH, LAST_DAY = 24, 11, 30


def x_of(day: int) -> int:
    """Return the x coordinate of a day in the drawing; later days are at its right edge."""
    return FIRST_X + DAY_WIDTH * min(day, LAST_DAY)


class TimelineLabels(Model):
    """Words of the drawing and column headings of the table."""

    product: Plain
    typical_start: Plain
    range: Plain
    typical_length: Plain
    day: Plain
    to: Plain
    from_day: Plain
    or_later: Plain
    axis: Plain
    fades: Plain
    not_given: Plain


class TimelineRow(SourcedByMany):
    """One product. No row has a last day: CRS can start after each of them.

    Attributes:
        product: Brand name.
        medicine: Short generic name.
        cancer: Cancer that the product treats.
        data: Name and year of the data for the days.
        typical_start_days: Day by which CRS had started in half of the patients; two days, the
            earlier first, if it differs by cancer or by study.
        first_day: Earliest start on record, if known.
        last_day: Latest start on record, if reliable. The bar fades out after it.
        length: Typical duration of CRS, in words.
    """

    product: Plain
    medicine: Plain
    cancer: Plain
    data: Plain
    typical_start_days: Annotated[tuple[Day, ...], Field(min_length=1, max_length=2)]
    first_day: Day | None = None
    last_day: Day | None = None
    length: Plain | None = None

    @property
    def typical_from_x(self) -> int:
        """The x coordinate where the mark of the typical start begins."""
        return x_of(self.typical_start_days[0])

    @property
    def typical_to_x(self) -> int:
        """The x coordinate where the mark of the typical start ends."""
        return x_of(self.typical_start_days[-1])

    @property
    def solid_from_x(self) -> int:
        """The x coordinate where the solid part of the bar begins; a fade-in may precede it."""
        return self.typical_from_x if self.first_day is None else x_of(self.first_day)

    @property
    def solid_to_x(self) -> int:
        """The x coordinate where the solid part of the bar ends and the bar starts to fade out."""
        return self.typical_to_x if self.last_day is None else x_of(self.last_day)


class Timeline(SourcedByMany):
    """Typical and recorded starts of CRS, for a drawing and a table.

    Attributes:
        title: Title above the drawing.
        description: What a person who cannot see it needs to know.
        caption: Caption of the table.
        note: Text under the drawing: what it shows and what it cannot say.
        labels: Words of the drawing and column headings of the table.
        rows: One product each.
    """

    title: Plain
    description: Plain
    caption: Text
    note: Text
    labels: TimelineLabels
    rows: Some[TimelineRow]

    @property
    def edge_x(self) -> int:
        """The x coordinate of the right edge, where bars have faded out or are cut off."""
        return x_of(LAST_DAY)

    @property
    def ticks(self) -> tuple[tuple[int, int], ...]:
        """Days with a number above the drawing, with their x coordinates."""
        return tuple((day, x_of(day)) for day in (0, 7, 14, 21, 28))

    def typical(self, row: TimelineRow) -> str:
        """Return the typical start of a row in words, such as "day 4 to 5"."""
        days = f" {self.labels.to} ".join(str(day) for day in row.typical_start_days)
        return f"{self.labels.day} {days}"

    def seen(self, row: TimelineRow) -> str:
        """Return which starts are on record, in words that do not call the last one a limit."""
        words = self.labels
        if row.last_day is not None:
            first = "" if row.first_day is None else f"{row.first_day} {words.to} "
            return f"{words.day} {first}{row.last_day}, {words.or_later}"
        if row.first_day is not None:
            return f"{words.from_day} {row.first_day}"
        return words.not_given


TIMELINE = Store("timeline", lambda reader: reader.one(Timeline, "timeline.yml"))


class TimelineOnPage(Component):
    """A drawing and a table of when CRS usually starts."""

    macro = "timeline"
    stores = (TIMELINE,)
    own_ids = "timeline-.*"

    def html(self, page: PageContext) -> Markup:
        """Render the drawing and the table."""
        timeline = page.guide.data(TIMELINE)
        rows = (name for row in timeline.rows for name in row.sources)
        mark = page.mark(tuple(dict.fromkeys([*timeline.sources, *rows])))
        return page.render("timeline.html", timeline=timeline, mark=mark)

    def carried(self, call: Call, guide: Guide) -> Carried:  # noqa: ARG002 - the call takes no name
        """Return the facts and the sources of the drawing and its rows."""
        timeline = guide.data(TIMELINE)
        facts, sources = list(timeline.facts), list(timeline.sources)
        for row in timeline.rows:
            facts += row.facts
            sources += row.sources
        return facts, sources

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:  # noqa: ARG002
        """Yield a row for the words around the table, and one for each product."""
        line, say = review.guide.data(TIMELINE), review.say
        words = f"{say(line.caption)} {say(line.description)} {say(line.note)}"
        yield review.row(section, "timeline", words, line.facts, line.sources)
        for row in line.rows:
            cells = [
                f"{line.labels.typical_start}: {line.typical(row)}",
                f"{line.labels.range}: {line.seen(row)}",
                f"{line.labels.typical_length}: {row.length or line.labels.not_given}",
            ]
            words = f"{row.product} ({row.medicine}), {row.cancer}. {row.data}. {'. '.join(cells)}."
            yield review.row(section, "timeline-row", say(words), row.facts, row.sources)
