"""How the guide handles each statement of the source article."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scripts.guide.models.base import Model, Text, fault


class ArticleStatement(Model):
    """One numbered statement of the review.

    Attributes:
        number: 1 to 86, as in the review.
        about: Its subject, in a few words of ours.
        verdict: What the evidence says about it.
        what_we_did: What the guide says instead, in one plain sentence.
        where: Pages and anchors of ``docs/en`` that now cover its subject.
        dropped: Why no page covers it.
    """

    number: Annotated[int, Field(ge=1, le=86)]
    about: Text
    verdict: Literal["supported", "nuance", "contradicted", "unsafe", "not-verifiable", "empty"]
    what_we_did: Text | None = None
    where: tuple[str, ...] = ()
    dropped: Text | None = None

    @model_validator(mode="after")
    def _stands_or_is_dropped(self) -> Self:
        if bool(self.where) == bool(self.dropped):
            what = "the statement has no place and no reason, or has both"
            raise fault("where", what, "Write either where or dropped.")
        return self
