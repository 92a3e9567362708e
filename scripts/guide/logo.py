"""Check a clinic's logo before it is published on every page."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

LARGEST_KB = 60
"""Largest file in kB. On a slow network, a larger one would outweigh the rest of the page."""

LARGEST_PX = 1200
PNG = b"\x89PNG\r\n\x1a\n"
ACTIVE = {"script", "foreignObject", "iframe", "object", "embed", "image", "use", "style", "a"}
"""SVG elements that can run a script, load a file or lead to another page."""

Fault = tuple[str, str]
"""What is wrong, and how to correct it."""


def logo_path(name: str) -> str:
    """Return the path of a logo in the site, whatever the name of the clinic's file."""
    return f"assets/images/clinic-logo{Path(name).suffix.lower()}"


def logo_fault(path: Path) -> Fault | None:
    """Return the first problem with a logo, or None.

    Args:
        path: An SVG or PNG file.
    """
    if not path.is_file():
        return f"there is no file {path.name}", "Put it into the folder of this file."
    content = path.read_bytes()
    if len(content) > LARGEST_KB * 1000:
        fault = f"{path.name} has {len(content) // 1000} kB; the limit is {LARGEST_KB} kB"
        return fault, "Make it smaller: every reader loads it."
    return _png_fault(content) if path.suffix.lower() == ".png" else _svg_fault(content)


def _png_fault(content: bytes) -> Fault | None:
    if not content.startswith(PNG) or content[12:16] != b"IHDR":
        return "the logo is not a PNG image", "Save it again as PNG, or name an SVG file."
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    if max(width, height) > LARGEST_PX:
        fault = f"the logo is {width} × {height} pixels; the limit is {LARGEST_PX}"
        return fault, "Make it smaller."
    return None


def _svg_fault(content: bytes) -> Fault | None:
    plain = "Save it as plain SVG: paths and shapes only."
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return "the logo contains a document type, which can load other files", plain
    try:
        drawing = ElementTree.fromstring(content)  # noqa: S314 - no document type, so no entities
    except ElementTree.ParseError as error:
        return f"the logo is not an SVG image ({error})", plain
    if drawing.tag != "{http://www.w3.org/2000/svg}svg":
        return "the logo is not an SVG image", plain
    if not drawing.get("viewBox"):
        return "the logo has no viewBox, so its size is unknown", "Save it with a viewBox."
    for element in drawing.iter():
        name = str(element.tag).rpartition("}")[2]
        if name in ACTIVE:
            return f"the logo contains <{name}>, which an image does not need", plain
        for key, value in element.attrib.items():
            if key.lower().startswith("on") or re.search(r"(url\(|href|javascript:)", key + value):
                return f"the logo contains {key}, which can run a script or load a file", plain
    return None
