"""The engine can be replaced: Zensical builds the same words from the same ``mkdocs.yml``."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from scripts.guide.downloads import DOWNLOADS
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.root import ROOT
from scripts.tools.bootstrap import ZENSICAL_ENVIRONMENT, ensure_environment
from tests.conftest import Site

ALLOWED_DIFFERENCES: dict[str, str] = {}
"""Pages whose main text differs between the engines, with the reason; none does today."""


@pytest.fixture(scope="module")
def other_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files, built with Zensical from its own lock."""
    python = os.environ.get("CRS_ZENSICAL_PYTHON") or str(
        ensure_environment("zensical", ZENSICAL_ENVIRONMENT)
    )
    home = tmp_path_factory.mktemp("zensical")
    # Zensical renders the templates outside of Python, so it takes their words from its settings.
    strings = yaml.safe_load((ROOT / "docs" / "data" / "strings.yml").read_text(encoding="utf-8"))
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings += yaml.safe_dump({"extra": {"strings": strings}}, allow_unicode=True)
    (home / "mkdocs.yml").write_text(settings, encoding="utf-8")
    for folder in ("docs", "overrides", "scripts"):
        shutil.copytree(ROOT / folder, home / folder)
    done = subprocess.run(
        [python, "-m", "zensical", "build", "--strict"],
        cwd=home,
        # Our own code makes the leaflets, so the other engine uses those of the first build.
        env={**os.environ, DOWNLOADS: str(site.folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"Zensical stopped:\n{done.stdout}\n{done.stderr}"
    return home / "site"


def main_part(html: str) -> Tag:
    """Return our own part of a page, without the theme's parts around it."""
    part = BeautifulSoup(html, "html.parser").select_one(".crs-page")
    assert part is not None, "the page has no .crs-page"
    for sheet in part.select(".crs-pack__sheet"):
        sheet.clear()  # Finishing moves the sheets into a file. Each is also a page.
    return part


def words(html: str) -> list[str]:
    """Return the words of a page's main part."""
    return main_part(html).get_text(" ").split()


def links(html: str, path: str) -> list[str]:
    """Return the addresses in a page's main part, resolved for a site in nested folders."""
    here = f"https://x.example/a/b/c/{url_of(path)}"
    return [urljoin(here, str(link["href"])) for link in main_part(html).select("a[href]")]


def ids(html: str) -> list[str]:
    """Return the ids in a page's main part that links can use."""
    return [str(tag["id"]) for tag in main_part(html).select("[id]")]


def test_both_engines_build_the_same_pages_with_the_same_words_links_and_ids(
    site: Site, other_site: Path, guide: Guide
) -> None:
    differing = {}
    for path in guide.pages:
        ours = site.html(path)
        theirs = (other_site / url_of(path) / "index.html").read_text(encoding="utf-8")
        assert len(words(ours)) > 50, f"{path} is all but empty"
        for what in (words, ids):
            if what(ours) != what(theirs):
                differing[path] = what.__name__
        if links(ours, path) != links(theirs, path):
            differing[path] = "links"
        assert guide.strings.skip_to_text in theirs, f"the template of {path} has no words"
    assert differing == ALLOWED_DIFFERENCES
