"""What the suites on paper share: a printer, and the data of the clinic's edition."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from scripts.content import Guide, load_guide
from tests.conftest import Site
from tests.print.paper import Printer


@pytest.fixture(scope="session")
def printer(browser: Browser) -> Printer:
    """Prints each page once, however many tests look at it."""
    return Printer(browser)


@pytest.fixture(scope="session")
def catalogue_guide(catalogue: Site) -> Guide:
    """The content of the catalogue: the guide of a clinic that has set its numbers."""
    home = catalogue.folder.parent
    return load_guide(pages=home / "en", data=home / "data")
