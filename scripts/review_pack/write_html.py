"""Writes the review pack as one HTML file that needs nothing else."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from scripts.components.render import environment
from scripts.review_pack.document import document
from scripts.review_pack.pack import Pack

HERE = Path(__file__).resolve().parent


def html_of(pack: Pack) -> str:
    """Give the pack as HTML: no script, no file beside it, ready to print."""
    said = document(pack)
    # Our own file; in the head of a page, quotes must stay as they are.
    css = Markup((HERE / "pack.css").read_text(encoding="utf-8").strip())  # noqa: S704
    html = environment(HERE).get_template("pack.html").render(d=said, w=said["words"], css=css)
    return "\n".join(line for line in html.splitlines() if line.strip()) + "\n"
