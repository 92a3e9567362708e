"""The check of scripts and stylesheets finds faults, and names that old browsers do not know."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scripts.root import ROOT
from scripts.tools.assets import check_assets

STYLES = "overrides/assets/stylesheets"
BROKEN = (
    # Faults that Biome finds
    ("css", "a { colour: red; }", "noUnknownProperty"),
    ("css", "a { margin-top: 0; margin: 0; }", "noShorthandPropertyOverrides"),
    ("css", "a { top: 0; } b { top: 0; } a { left: 0; }", "noDuplicateSelectors"),
    ("css", "a { top: 0 !important; }", "noImportantStyles"),
    ("js", "menuOpen = 1;", "noUndeclaredVariables"),
    ("js", "{ const one = 1; }", "noUnusedVariables"),
    ("js", 'if (name == "a") stop();', "noDoubleEquals"),
    ("js", "function f() { try { stop(); } finally { return 1; } } f();", "noUnsafeFinally"),
    # What the oldest browsers do not know, or what only other browsers need
    ("css", "a { inset: 0; }", "inset"),
    ("css", "a { width: fit-content; }", "width:fit-content"),
    ("css", "a { color: light-dark(red, blue); }", "light-dark()"),
    ("css", "a:user-valid { top: 0; }", ":user-valid"),
    ("css", "@container (width > 1em) { a { top: 0; } }", "@container"),
    ("css", "a { top: 0; top: 1px; }", "top twice"),
    ("js", "document.body?.focus();", "syntax: Unexpected token"),
    ("js", "/(?<=a)b/.test(name);", "look-behind"),
    ("js", "document.body.replaceChildren();", "replaceChildren"),
    ("js", "structuredClone(1);", "structuredClone"),
    ("js", "/* Newer browsers only: share. */", "share: the exception is not needed"),
)
KNOWN = (
    ("css", "a { top: 0; top: min(1px, 2em); }"),
    ("css", "@supports (inset: 0) { a { inset: 0; } }"),
    ("js", "/* Newer browsers only: share. */ if (navigator.share) navigator.share({});"),
    ("js", "(({ at }) => at(0))({ at: Number });"),
)


def test_each_fault_is_found_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in (STYLES, "overrides/assets/javascripts", "scripts/finishing"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / ".biome.jsonc", tmp_path)
    homes = {"css": tmp_path / STYLES, "js": tmp_path / "overrides/assets/javascripts"}
    for number, (kind, text, _) in enumerate(BROKEN):
        (homes[kind] / f"broken-{number}.{kind}").write_text(f"{text}\n", encoding="utf-8")
    for number, (kind, text) in enumerate(KNOWN):
        (homes[kind] / f"known-{number}.{kind}").write_text(f"{text}\n", encoding="utf-8")
    assert not check_assets(tmp_path)
    lines = capsys.readouterr().out.splitlines()
    for number, (kind, text, word) in enumerate(BROKEN):
        assert any(f"broken-{number}.{kind}" in line and word in line for line in lines), text
    places = {
        found[0] for line in lines if (found := re.match(r"overrides/\S+?\.(?:css|js)", line))
    }
    assert all("/broken-" in place for place in places), places


def test_both_dark_palettes_are_the_same() -> None:
    tokens = (ROOT / STYLES / "tokens.css").read_text("utf-8")
    by_system, chosen = re.findall(r"color-scheme: dark;([^}]*)", tokens)
    assert by_system.split() == chosen.split()


def test_the_page_of_the_style_shows_each_color_with_its_values() -> None:
    tokens = (ROOT / STYLES / "tokens.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--crs-([\w-]+): (#\w+);", part))
        for part in tokens.partition("@media")[::2]
    )
    page = (ROOT / "docs" / "contributing" / "style.md").read_text("utf-8")
    rows = re.findall(
        r"^\| \*\*(.*?)\*\*\{ \.crs-swatch \.crs-swatch--\1 \} \|.*\| `(.*?)` \| `(.*?)` \|$",
        page,
        re.MULTILINE,
    )
    assert rows == [(name, value, dark.get(name, value)) for name, value in light.items()]
