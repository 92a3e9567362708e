"""Write the review pack as one self-contained HTML file."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from scripts.components.render import environment
from scripts.review_pack.document import document
from scripts.review_pack.pack import Pack

HERE = Path(__file__).resolve().parent


def html_of(pack: Pack) -> str:
    """Return the pack as HTML without scripts or other files, ready to print."""
    said = document(pack)
    # Escaping would change the quotes in the stylesheet, and this file is ours.
    css = Markup((HERE / "pack.css").read_text(encoding="utf-8").strip())  # noqa: S704
    html = environment(HERE).get_template("pack.html").render(d=said, w=said["words"], css=css)
    return "\n".join(line for line in html.splitlines() if line.strip()) + "\n"
