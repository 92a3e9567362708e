"""Write the codes of record systems for machines, with the addresses of this edition."""

from __future__ import annotations

import json

from scripts.finishing.site import Site
from scripts.guide.addresses import DIRECTORY
from scripts.guide.record_codes import directory


def write_directory(site: Site) -> None:
    """Write ``connect.json``."""
    text = json.dumps(directory(site.guide), ensure_ascii=False, indent=2) + "\n"
    (site.folder / DIRECTORY).write_text(text, encoding="utf-8", newline="\n")
