"""Picture tiles: the first ways on from the home page."""

from __future__ import annotations

from typing import Annotated

from markupsafe import Markup
from pydantic import AfterValidator

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.render import COMPONENTS
from scripts.guide.models.base import Model, Plain, Slug, Some, fault
from scripts.guide.store import Store


def _has_a_drawing(icon: str) -> str:
    drawings = sorted(path.stem for path in (COMPONENTS / "icons").glob("*.html"))
    if icon not in drawings:
        remedy = f"Use one of: {', '.join(drawings)}; or draw it in overrides/components/icons/."
        raise fault("icon", f"there is no icon “{icon}”", remedy)
    return icon


class Tile(Model):
    """A large link with a picture.

    Attributes:
        words: What they find there, in one short line.
        page: Page that it leads to, with an optional anchor.
        icon: Name of a drawing in ``overrides/components/icons/``.
    """

    words: Plain
    page: str
    icon: Annotated[Slug, AfterValidator(_has_a_drawing)]


class Tiles(Model):
    """All tiles, in their order."""

    tiles: Some[Tile]


TILES = Store("tiles", lambda reader: reader.one(Tiles, "tiles.yml"))


class TilesOnPage(Component):
    """Large links with pictures, side by side."""

    macro = "tiles"
    stores = (TILES,)
    not_searched = ("crs-tiles",)

    def html(self, page: PageContext) -> Markup:
        """Render each tile as one link."""
        return page.render("tiles.html", tiles=page.guide.data(TILES).tiles)
