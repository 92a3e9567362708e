"""Delete the theme's own scripts and styles, which no page of ours loads (decision 0007)."""

from __future__ import annotations

from scripts.finishing.faults import needed
from scripts.finishing.site import Site
from scripts.root import ROOT

OURS = ROOT / "overrides"
FOLDERS = ("assets/javascripts", "assets/stylesheets")


def remove_theme_files(site: Site) -> None:
    """Delete scripts and styles that are not in ``overrides/``, and the theme's favicon.

    Raises:
        FinishingError: A folder has no file of the theme, so the theme's files must be elsewhere.
    """
    for name in FOLDERS:
        deleted = 0
        for path in sorted((site.folder / name).rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif not (OURS / path.relative_to(site.folder)).is_file():
                path.unlink()
                deleted += 1
        fault = "it contains no file of the theme, so the theme must now write them elsewhere"
        remedy = "Change FOLDERS in theme_files.py to where the theme writes its files."
        needed(deleted, "remove_theme_files", name, fault, remedy)
    (site.folder / "assets/images/favicon.png").unlink(missing_ok=True)
