"""Move the sheets of a pack from its page into a file, which ``pack.js`` loads when needed."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from scripts.finishing.faults import needed
from scripts.finishing.scripts import FOLDER
from scripts.finishing.site import Page, Site
from scripts.finishing.trees import tree_of

STEP = "move_sheets"
PACK = '<div class="crs-pack"'
SHEET = re.compile(
    r'(?<=<div class="crs-pack__sheet )([^>]*>)\s*(<section class="crs-sheet .*?</section>)',
    re.DOTALL,
)


def move_sheets(site: Site) -> None:
    """Move the sheets of each page that has a pack.

    A pack has each sheet in both units, and they weigh as much as the rest of its page.

    Raises:
        FinishingError: A page has a pack, but not each of its sheets is where the step looks.
    """
    for page in site.full_pages:
        if page.names.have(".crs-pack"):
            _move(page, site)


def _move(page: Page, site: Site) -> None:
    trees: list[list[Any]] = []

    def take(found: re.Match[str]) -> str:
        trees.append(tree_of(found[2]))
        return found[1]

    places = page.body.count("crs-pack__sheet ")
    page.body = SHEET.sub(take, page.body)
    fault, remedy = "a sheet of its pack is not where the step looks for it", "See SHEET."
    needed(trees and len(trees) == places, STEP, page.place, fault, remedy)
    text = f"self.crsSheets={json.dumps(trees, ensure_ascii=False, separators=(',', ':'))};\n"
    name = f"sheets.{hashlib.sha256(text.encode()).hexdigest()[:8]}.js"
    (site.folder / FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    address = f"{'../' * page.place.count('/')}{FOLDER}/{name}"
    page.body = page.body.replace(PACK, f'{PACK} data-sheets="{address}"', 1)
