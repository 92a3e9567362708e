"""Fixtures of the print tests: a printer, and a clinic's edition with its own numbers."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.content import load_guide
from scripts.guide.downloads import PAPERS
from scripts.guide.guide import Guide
from scripts.leaflets import writer
from tests.conftest import Shared, Site, build, catalogue_config, served
from tests.print.leaflet import Leaflets
from tests.print.paper import Printer


@pytest.fixture(scope="session")
def printer(browser: Browser) -> Printer:
    """The printer. It prints each page once, for any number of tests."""
    return Printer(browser)


@pytest.fixture(scope="session")
def clinic(shared: Shared) -> Iterator[Site]:
    """The guide as the catalogue's clinic publishes it: with its own numbers and Celsius first."""

    def make(home: Path) -> None:
        log = build(home / "site", config=catalogue_config(home, edge_cases=False))
        (home / "log").write_text(log, encoding="utf-8")

    yield from served(shared.folder("clinic", make))


@pytest.fixture(scope="session")
def clinic_guide(clinic: Site) -> Guide:
    """The content of the clinic's edition."""
    home = clinic.folder.parent
    return load_guide(pages=home / "en", data=home / "data")


@pytest.fixture(scope="session", params=["our edition", "a clinic's edition"])
def leaflets(request: pytest.FixtureRequest, shared: Shared) -> Leaflets:
    """All leaflets of an edition: our published one, and that of the catalogue's clinic.

    The clinic's are made on its own paper only. Its words are different, but no rule is.
    """
    if request.param == "our edition":
        site: Site = request.getfixturevalue("site")
        return Leaflets(request.getfixturevalue("guide"), site.folder, PAPERS)
    guide: Guide = request.getfixturevalue("clinic_guide")
    papers = (guide.edition.paper,)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "PAPERS", papers)
        folder = shared.folder("leaflets", functools.partial(writer.write_all, guide))
    return Leaflets(guide, folder, papers)
