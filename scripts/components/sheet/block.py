"""The words of a sheet, and the base class of its blocks. No layout.

The web page and the PDF of a sheet are both made from these words, so they say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from scripts.components.qr_codes import qr_code
from scripts.components.render import Formatter
from scripts.components.review import Review, Row
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.checklist import Block, Checklist
from scripts.guide.pages import Heading, url_of
from scripts.guide.yaml_source import Location

T = TypeVar("T")


class SheetWords(Generic[T]):
    """Puts one sheet into words for one edition.

    Attributes:
        guide: The content, with its edition.
        slug: Slug of the sheet.
    """

    def __init__(self, guide: Guide, slug: str, say: Callable[[str | None], T]) -> None:
        """Set the guide and the sheet.

        Args:
            guide: The content, with its edition.
            slug: Slug of the sheet.
            say: Function that fills the placeholders of a text and formats it for the web or Typst.
        """
        self.guide, self.slug = guide, slug
        self.sheet: Checklist = guide.checklists[slug]
        self._formatted = say

    def say(self, text: str | None) -> T:
        """Return a text formatted, in the words of the edition's region."""
        return self._formatted(self.guide.in_region(text or ""))

    def answers(self, question: str | None) -> bool:
        """Return whether the edition has answered a question that a line asks."""
        if question == "fever":
            return self.guide.edition.name is not None
        return bool(question and Formatter(self.guide).answers[question])

    @property
    def address(self) -> str:
        """The full address of the page that shows the same sheet."""
        return self.guide.edition.site_address + url_of(self.guide.page_of_sheet(self.slug))

    def document(self) -> dict[str, Any]:
        """Return all words of the sheet, in order."""
        guide, sheet, say = self.guide, self.sheet, self.say
        strings = guide.strings
        return {
            "clinic": say(guide.edition.name),
            "title": say(sheet.title),
            "about": self._about(),
            "purpose": say(sheet.purpose),
            "review": say(Formatter(guide).reviewed(sheet)),
            "action": say(sheet.action),
            "line_24h_label": say(strings.line_24h_label),
            "emergency_label": say(strings.emergency_label),
            "emergency_elsewhere": say(strings.emergency_elsewhere[guide.edition.region]),
            "lower_fever": say(strings.sheet_lower_fever if self._takes_lower_fever else None),
            "say_it": say(strings.sheet_say_it if self._says_what_to_say else None),
            "has_boxes": any(block.has_boxes for block in blocks_of(sheet)),
            "blocks": [{"kind": each.kind, **each.words(self)} for each in blocks_of(sheet)],
            "address_label": say(strings.this_page_online),
            "address": self.address.removeprefix("https://").removesuffix("/"),
            "notes": [say(note) for note in self._notes()],
            "qr": qr_code(self.address),
            "qr_label": say(f"{strings.qr_code} {self.address}"),
        }

    def _about(self) -> T:
        """Return whose sheet this is, and that it is about CRS after CAR T-cell therapy."""
        strings, sheet = self.guide.strings, self.sheet
        if sheet.for_clinicians:  # The purpose of the sheet says it already, in clinicians' terms.
            return self.say(None)
        return self.say(strings.sheet_about_named if sheet.named else strings.sheet_about)

    @property
    def _takes_lower_fever(self) -> bool:
        """Whether the sheet has a blank for a lower fever level; a clinic's edition has none."""
        return not self.sheet.for_clinicians and self.guide.edition.name is None

    @property
    def _says_what_to_say(self) -> bool:
        """Whether the frame says what to say on the phone; the emergency card already says it."""
        shown = any(block.shows_emergency for block in blocks_of(self.sheet))
        return not self.sheet.for_clinicians and not shown

    def _notes(self) -> list[str]:
        strings, sheet, guide = self.guide.strings, self.sheet, self.guide
        words = Formatter(guide)
        name = guide.edition.name
        edition = f"{strings.edition_of} {name}" if name else strings.edition_general
        return [
            f"{strings.guide_name}, {edition}.",
            f"{strings.last_checked} {words.day(sheet.reviewed)}.",
            f"{strings.due_again} {words.day(sheet.review_by)}.",
            strings.education_not_advice,
            strings.team_rules_first,
            *([strings.sheet_sources] if carried_by_sheet(sheet, guide)[1] else []),
        ]

    def all(self, texts: Sequence[str]) -> list[T]:
        """Return each text of a list, formatted."""
        return [self.say(text) for text in texts]


class SheetBlock(Block):
    """Base class of blocks.

    Each kind has a subclass, and no other Python code depends on the kind. The partial
    ``overrides/components/sheet/KIND.html`` and the Typst file ``scripts/leaflets/blocks/KIND.typ``
    contain the layout.
    """

    @property
    def shows_emergency(self) -> bool:
        """Whether the block says when and how to call the emergency number."""
        return False

    @property
    def has_boxes(self) -> bool:
        """Whether the block has boxes that a reader can tick on a screen."""
        return False

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return all words of the block, formatted for the sheet."""
        raise NotImplementedError

    def carried(self, guide: Guide) -> Carried:  # noqa: ARG002 - most blocks state no facts
        """Return the facts and the sources that the block is based on."""
        return (), ()

    def faults(self, guide: Guide) -> Iterator[tuple[Location, str, str]]:  # noqa: ARG002
        """Yield the location, problem and remedy for each wrong name that the block uses."""
        yield from ()

    def rows(self, review: Review, section: Heading) -> Iterator[Row]:
        """Yield the rows of the review pack. The default is one row with all words, no sources."""
        if words := review.flat(self):
            yield Row(section, "unsourced", words)


def blocks_of(sheet: Checklist) -> tuple[SheetBlock, ...]:
    """Return the blocks of a sheet.

    Raises:
        TypeError: The sheet was not read as a ``Sheet``, so its blocks have no kind.
    """
    found = tuple(block for block in sheet.blocks if isinstance(block, SheetBlock))
    if len(found) != len(sheet.blocks):
        raise TypeError("Read the sheet as a Sheet: its blocks have no kind.")
    return found


def carried_by_sheet(sheet: Checklist, guide: Guide) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return all facts and all sources of a sheet, each once, in order."""
    facts, sources = list(sheet.facts), list(sheet.sources)
    for block in blocks_of(sheet):
        more_facts, more_sources = block.carried(guide)
        facts += more_facts
        sources += more_sources
    return tuple(dict.fromkeys(facts)), tuple(dict.fromkeys(sources))
