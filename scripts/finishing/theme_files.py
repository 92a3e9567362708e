"""Delete the theme's own scripts and styles that no page of ours loads (decision 0017)."""

from __future__ import annotations

from scripts.finishing.faults import needed
from scripts.finishing.site import Site
from scripts.root import ROOT

OURS = ROOT / "overrides"
FOLDERS = ("assets/javascripts", "assets/stylesheets")


def remove_theme_files(site: Site) -> None:
    """Delete what is neither in ``overrides/`` nor linked by a page, and the theme's favicon.

    Raises:
        FinishingError: A folder has no file of the theme, so the theme's files must be elsewhere.
    """
    linked = {
        link.get("href").rpartition("/")[2]
        for page in site.full_pages
        for link in page.head.findall("link[@rel='stylesheet']")
    }
    for name in FOLDERS:
        deleted = 0
        for path in sorted((site.folder / name).rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path.name not in linked and not (OURS / path.relative_to(site.folder)).is_file():
                path.unlink()
                deleted += 1
        fault = "it contains no file of the theme, so the theme must now write them elsewhere"
        remedy = "Change FOLDERS in theme_files.py to where the theme writes its files."
        needed(deleted, "remove_theme_files", name, fault, remedy)
    (site.folder / "assets/images/favicon.png").unlink(missing_ok=True)
