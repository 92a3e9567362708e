"""Write the codes of record systems for machines, with the addresses of this edition."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.guide.addresses import DIRECTORY
from scripts.guide.guide import Guide
from scripts.guide.record_codes import directory


def write_directory(folder: Path, guide: Guide) -> None:
    """Write ``connect.json``."""
    text = json.dumps(directory(guide), ensure_ascii=False, indent=2) + "\n"
    (folder / DIRECTORY).write_text(text, encoding="utf-8", newline="\n")
