"""Make the guide an app for a phone's home screen. The app opens “Get help now”."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from pathlib import Path
from posixpath import relpath
from typing import Any

import typst
from PIL import Image

from scripts.finishing.faults import needed
from scripts.finishing.schema_org import guide_name
from scripts.finishing.site import Site
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.root import ROOT

MANIFEST = "manifest.webmanifest"
IMAGES = "assets/images"
ICON = f"{IMAGES}/favicon.svg"
TOUCH_ICON = f"{IMAGES}/icon-touch.png"
HERE = Path(__file__).resolve().parent
OURS = ROOT / "overrides"

LARGEST = 512
SIZES = (192, LARGEST)
TOUCH_SIZE = 180

STEP = "write_app"


@cache
def icons() -> dict[str, bytes]:
    """Return the icon in the sizes that phones request, by path in the site.

    One kind is unchanged. The other is maskable and has no transparent corners, because a phone
    crops it, at most to a circle with four fifths of the width; the symbol fits within that circle.
    """
    drawing = (OURS / ICON).read_text(encoding="utf-8")
    ground = needed(
        re.search(r'<rect[^>]* fill="(#[0-9a-f]{6})"', drawing),
        *(STEP, f"overrides/{ICON}", "no <rect> has a fill such as #123456"),
        "Draw the background of the icon as a rectangle with such a fill.",
    )
    plain, full = (_drawn(fill) for fill in ("", ground[1]))
    drawn = {f"{IMAGES}/icon-{size}.png": _scaled(plain, size) for size in SIZES}
    drawn[f"{IMAGES}/icon-maskable.png"] = _scaled(full, LARGEST)
    drawn[TOUCH_ICON] = _scaled(full, TOUCH_SIZE)
    return drawn


def _drawn(fill: str) -> Image.Image:
    drawn = typst.compile(
        str(HERE / "icon.typ"),
        root=str(ROOT),
        format="png",
        ppi=72,
        ignore_system_fonts=True,
        sys_inputs={"fill": fill},
    )
    assert isinstance(drawn, bytes), "the icon has more than one page"  # noqa: S101
    image = Image.open(io.BytesIO(drawn)).convert("RGBA")
    assert image.size == (LARGEST, LARGEST), "icon.typ has another size"  # noqa: S101
    return image


def _scaled(image: Image.Image, size: int) -> bytes:
    file = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def colors(name: str) -> tuple[str, str]:
    """Return one of the guide's colors, for the light and for the dark scheme."""
    tokens = (OURS / "assets/stylesheets/tokens.css").read_text(encoding="utf-8")
    found = re.findall(rf"--crs-{name}: (#[0-9a-f]+);", tokens)
    needed(
        len(found) > 1,
        *(STEP, "overrides/assets/stylesheets/tokens.css"),
        f"it does not set --crs-{name} once for the light and once for the dark scheme",
        "Set both to colors such as #ffffff; phones show them around the page.",
    )
    return found[0], found[1]


def manifest(guide: Guide) -> dict[str, Any]:
    """Return the web app manifest. All addresses are relative: the site may be in any folder."""
    png = [
        {"src": f"{IMAGES}/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in SIZES
    ]
    maskable = png[-1] | {"src": f"{IMAGES}/icon-maskable.png", "purpose": "maskable"}
    return {
        "name": guide_name(guide),
        "short_name": guide.strings.guide_name,
        "description": guide.strings.share_text,
        "lang": guide.strings.language,
        "dir": "ltr",
        "start_url": url_of(guide.page_for("help")),
        "scope": "./",
        # Keep the back button: PDFs open in the same window.
        "display": "minimal-ui",
        "background_color": colors("paper")[0],
        "theme_color": colors("bar")[0],
        "icons": [{"src": ICON, "sizes": "any", "type": "image/svg+xml"}, *png, maskable],
    }


def head_links(guide: Guide, path: str) -> str:
    """Return the lines for the head of a page that make it a part of the app."""

    def to(file: str) -> str:
        return relpath(file, url_of(path) or ".")

    kept = "offline" if guide.edition.offline else ""
    light, dark = colors("bar")  # of the header
    return (
        # For offline.js, which adds the manifest and registers the service worker.
        f'<meta name="crs-app" content="{to(".")}/" data-app="{kept}">\n'
        # Browsers use the first color whose media query matches.
        f'<meta name="theme-color" content="{dark}" media="(prefers-color-scheme:dark)">\n'
        f'<meta name="theme-color" content="{light}">\n'
        f'<link rel="apple-touch-icon" href="{to(TOUCH_ICON)}">\n'
    )


def write_app(site: Site) -> None:
    """Write the manifest and the icons, and link them in the head of every page of the guide."""
    for name, icon in icons().items():
        (site.folder / name).write_bytes(icon)
    text = json.dumps(manifest(site.guide), ensure_ascii=False, indent=2) + "\n"
    (site.folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    for path in site.guide.pages:
        site.page(path, STEP).add_to_head(head_links(site.guide, path))
