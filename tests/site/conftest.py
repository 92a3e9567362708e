"""The finished site, as `build` leaves it but for the PDFs, of the guide and of an edition."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.content import HANDED_OVER, ROOT, Guide, load_guide
from scripts.finishing import finish
from tests.conftest import Site
from tests.site.broken_copy import BrokenCopy


@dataclass(frozen=True)
class Finished:
    """A site that is ready to serve.

    Attributes:
        folder: Where it is.
        guide: What it was made from.
    """

    folder: Path
    guide: Guide


@pytest.fixture(scope="session")
def finished(site: Site, guide: Guide) -> Finished:
    """The guide as it is published. All workers share its folder: a test may change only a copy."""
    return Finished(site.folder, guide)


def finished_without_leaflets(guide: Guide, folder: Path) -> Finished:
    """Let the engine build the pages of a guide, and finish them; PDFs take most of a build."""
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
    finish(folder, guide)
    return Finished(folder, guide)


@pytest.fixture(scope="session")
def finished_edition(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The example edition for the UK with all finishing steps done."""
    clinic = ROOT / "docs" / "data" / "editions" / "example-uk.yml"
    edition = load_guide(clinic=clinic)
    return finished_without_leaflets(edition, tmp_path_factory.mktemp("finished-edition") / "site")


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content as it was when the tests began, so that an edit meanwhile confuses none."""
    root = tmp_path_factory.mktemp("untouched")
    for folder in ("docs/en", "docs/data"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


@pytest.fixture
def copy(untouched: Path, tmp_path: Path) -> BrokenCopy:
    return BrokenCopy(untouched, tmp_path)
