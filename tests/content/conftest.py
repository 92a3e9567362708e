"""The built pages, parsed once for all content tests."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from scripts.guide.guide import Guide
from tests.conftest import Site


@pytest.fixture(scope="session")
def parts(site: Site, guide: Guide) -> dict[str, Tag]:
    """The content element of every built page, by the path of the page."""
    found = {}
    for path in guide.pages:
        part = BeautifulSoup(site.html(path), "html.parser").select_one("article .crs-page")
        assert part is not None, f"{path} has no .crs-page"
        found[path] = part
    return found
