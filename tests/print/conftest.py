"""What the suites on paper share: a printer, and the edition of a clinic with its own number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from scripts.content import Guide, load_guide
from scripts.leaflets.writer import write_all
from tests.conftest import Site, build, catalogue_config, serve
from tests.print.leaflet import Leaflets
from tests.print.paper import Printer


@pytest.fixture(scope="session")
def printer(browser: Browser) -> Printer:
    """Prints each page once, however many tests look at it."""
    return Printer(browser)


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The guide as the catalogue's clinic publishes it: its numbers set, Celsius first."""
    home = tmp_path_factory.mktemp("clinic")
    config = catalogue_config(home, edge_cases=False)
    log = build(home / "site", config=config)
    for url in serve(home / "site"):
        yield Site(home / "site", url, log)


@pytest.fixture(scope="session")
def clinic_guide(clinic: Site) -> Guide:
    """The content of that edition."""
    home = clinic.folder.parent
    return load_guide(pages=home / "en", data=home / "data")


@pytest.fixture(scope="session", params=["our edition", "a clinic's edition"])
def leaflets(
    request: pytest.FixtureRequest, guide: Guide, tmp_path_factory: pytest.TempPathFactory
) -> Leaflets:
    """All leaflets of an edition, written once: of ours, and of the catalogue's clinic."""
    home = tmp_path_factory.mktemp("leaflets")
    if request.param != "our edition":
        catalogue_config(home, edge_cases=False)
        guide = load_guide(pages=home / "en", data=home / "data")
    write_all(guide, home / "site")
    return Leaflets(guide, home / "site")
