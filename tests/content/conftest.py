"""The built pages, read once for all tests of the content."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from scripts.guide.guide import Guide
from tests.conftest import Site


@pytest.fixture(scope="session")
def parts(site: Site, guide: Guide) -> dict[str, Tag]:
    """Our part of every built page, by the path of the page."""
    found = {}
    for path in guide.pages:
        part = BeautifulSoup(site.html(path), "html.parser").select_one("article .crs-page")
        assert part is not None, f"{path} has no .crs-page"
        found[path] = part
    return found
