"""Write the review pack as an accessible PDF."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from scripts.review_pack.document import document
from scripts.review_pack.pack import Pack

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "leaflets" / "fonts"


def pdf_of(pack: Pack) -> bytes:
    """Return the pack as a PDF, built with the checks of PDF/UA-1.

    The same pack gives the same bytes on every machine: only our fonts are used, and no clock.
    """
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    compiler = typst.Compiler(root=str(HERE), font_paths=fonts)
    made = compiler.compile(
        str(HERE / "pack.typ"),
        format="pdf",
        sys_inputs={"data": json.dumps(document(pack), ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no single file")
    return made
