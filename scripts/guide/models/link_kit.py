"""What a clinic copies to lead its patients here: one link for each moment, with words."""

from __future__ import annotations

from pydantic import model_validator

from scripts.guide.models.base import Model, Plain, Slug, Some, Text, fault


class Moment(Model):
    """A moment at which a clinic hands over a link.

    Attributes:
        when: The moment, in the clinic's words.
        page: The page that helps then, with its anchor if it has one; it has a short address.
        text: Ready words to paste; ``[[address]]`` becomes the short address.
        message: Whether it is a text message, so that it must be short.
        facts: Facts that the text rests on.
        sources: Sources of those facts.
    """

    when: Plain
    page: str
    text: Some[Text]
    message: bool = False
    facts: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Moment:
        if not any("[[address]]" in line for line in self.text):
            raise fault("address", "the text does not say where to go", "Write [[address]] in it.")
        if not any("[[line-24h]]" in line for line in self.text):
            what = "the text has no number to call, and its page may not open"
            raise fault("number", what, "Write [[line-24h]] in it.")
        return self


class LinkKit(Model):
    """All moments, and the words around them.

    Attributes:
        moments: By name; the name also names the files of the QR codes.
    """

    moments: dict[Slug, Moment]
