"""Draw the picture that other sites show beside a link to the guide."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from scripts.finishing.schema_org import SHARE_IMAGE, SHARE_SIZE, share_words
from scripts.finishing.site import Site
from scripts.guide.guide import Guide
from scripts.root import ROOT

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "leaflets" / "fonts"


def share_image(guide: Guide) -> bytes:
    """Return the picture as a PNG: one typographic point a pixel, with our fonts only."""
    name, text, publisher = share_words(guide)
    width, height = SHARE_SIZE
    words = {
        "name": name,
        "text": text,
        "publisher": publisher,
        "address": guide.edition.short_address,
        "width": width,
        "height": height,
    }
    drawn = typst.compile(
        str(HERE / "share_image.typ"),
        root=str(ROOT),
        format="png",
        ppi=72,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"words": json.dumps(words, ensure_ascii=False)},
    )
    assert isinstance(drawn, bytes), "the picture has more than one page"  # noqa: S101
    return drawn


def write_share_image(site: Site) -> None:
    """Write the picture."""
    target = site.folder / SHARE_IMAGE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(share_image(site.guide))
