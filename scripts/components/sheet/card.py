"""The block for a wallet card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from scripts.components.qr_codes import qr_code
from scripts.components.review import Review, Row, ended
from scripts.components.sheet.block import SheetBlock, SheetWords
from scripts.guide.models.base import Model, Text
from scripts.guide.pages import Heading


class CardField(Model):
    """A label on a wallet card, with a line to write on.

    Attributes:
        label: Text of the label.
        filled: Name of the value that a clinic's edition prints instead of the line.
    """

    label: Text
    filled: Literal["name", "line_24h"] | None = None


class CardFace(Model):
    """One face of a wallet card."""

    heading: Text
    fields: tuple[CardField, ...] = ()
    lines: tuple[Text, ...] = ()


class Card(SheetBlock):
    """A wallet card with front and back, printed twice, to cut out and fold.

    Attributes:
        alert: Words in the band at the top of each face.
        scan: What the QR code opens: the first sheet for clinicians.
        front: The face that shows when the card is folded.
        back: The other face.
    """

    kind: Literal["card"]
    alert: Text
    scan: Text
    front: CardFace
    back: CardFace

    def words(self, sheet: SheetWords[Any]) -> dict[str, Any]:
        """Return both faces, with the values that the edition fills in."""
        edition = sheet.guide.edition
        filled = {
            None: None,
            "name": edition.called,
            "line_24h": "[[line-24h]]" if edition.line_24h else None,
        }

        def face(side: CardFace) -> dict[str, Any]:
            return {
                "heading": sheet.say(side.heading),
                "fields": [
                    {"label": sheet.say(field.label), "value": sheet.say(filled[field.filled])}
                    for field in side.fields
                ],
                "lines": sheet.all(side.lines),
            }

        sheets = sheet.guide.checklists.items()
        staff = next(slug for slug, each in sheets if each.for_clinicians)
        address = SheetWords(sheet.guide, staff, str).address
        return {
            "alert": sheet.say(self.alert),
            "front": face(self.front),
            "qr": qr_code(address),
            "qr_label": sheet.say(f"{sheet.guide.strings.qr_code} {address}"),
            "scan": sheet.say(self.scan),
            "back": face(self.back),
        }

    def rows(self, review: Review, section: Heading) -> Iterator[Row]:
        """Yield one row with the words of both faces."""
        texts = [
            text
            for face in (self.front, self.back)
            for text in (face.heading, *(field.label for field in face.fields), *face.lines)
        ]
        texts = [self.alert, *texts, self.scan]
        yield Row(section, "unsourced", " ".join(ended(review.say(text)) for text in texts))
