"""Fixtures of finished sites, of the guide and of an edition, as `build` makes them."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.build import build_site
from scripts.content import HANDED_OVER, load_guide
from scripts.finishing import finish
from scripts.finishing.compress import compress
from scripts.finishing.site import Site as BuiltSite
from scripts.guide.guide import Guide
from scripts.root import ROOT
from tests.conftest import Shared, Site
from tests.site.broken_copy import BrokenCopy


@dataclass(frozen=True)
class Finished:
    """A site that is ready to serve.

    Attributes:
        folder: The folder of the site.
        guide: The content that it was built from.
    """

    folder: Path
    guide: Guide

    @property
    def pages(self) -> BuiltSite:
        """The pages of the folder, read and parsed anew."""
        return BuiltSite(self.folder, self.guide)


@pytest.fixture(scope="session")
def finished(site: Site, guide: Guide) -> Finished:
    """The guide as it is published. All workers share its folder: a test may change only a copy."""
    return Finished(site.folder, guide)


def finished_without_leaflets(guide: Guide, folder: Path) -> Finished:
    """Build the pages of a guide and finish them without the steps that take longest.

    No PDF is written and no file is compressed: a browser shows the same pages.
    """
    named = {**HANDED_OVER, "CRS_SITE_URL": guide.edition.site_address}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "MACROS_FAIL": "true", **named},
        input=pickle.dumps(guide),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    finish(folder, guide, without=(compress,))
    return Finished(folder, guide)


@pytest.fixture(scope="session")
def finished_edition(shared: Shared) -> Finished:
    """The example edition for the UK, built alone."""
    edition = load_guide(clinic=ROOT / "docs" / "data" / "editions" / "example-uk.yml")

    def make(folder: Path) -> None:
        done = build_site(edition, folder, capture=True)
        assert done.returncode == 0, done.said

    return Finished(shared.folder("finished-edition", make), edition)


@pytest.fixture(scope="session")
def untouched(shared: Shared) -> Path:
    """The content as it was when the tests began, so that an edit during the run has no effect."""

    def make(root: Path) -> None:
        for folder in ("docs/en", "docs/data"):
            shutil.copytree(ROOT / folder, root / folder)

    return shared.folder("untouched", make)


@pytest.fixture
def copy(untouched: Path, tmp_path: Path) -> BrokenCopy:
    return BrokenCopy(untouched, tmp_path)
