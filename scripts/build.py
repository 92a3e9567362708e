"""From checked content to a folder that is ready to serve."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.bill_of_materials import write_bill
from scripts.bootstrap import ROOT, child_environment
from scripts.content import CLINIC, Guide
from scripts.downloads import DOWNLOADS
from scripts.finishing import finish
from scripts.leaflets.writer import write_all
from scripts.logo import logo_path
from scripts.qr_codes import write_qr_codes


def build_site(
    guide: Guide, folder: Path, *, config: Path = ROOT / "mkdocs.yml", capture: bool = False
) -> subprocess.CompletedProcess[str]:
    """Write the leaflets, let the engine build the pages, strictly, and put both together.

    Args:
        guide: The checked content.
        folder: Where to build; what it holds is deleted.
        config: The settings of the engine.
        capture: Whether to keep what the engine says rather than show it.

    Returns:
        How the engine ended; the folder is complete where its exit code is 0.

    Raises:
        ContentError: A sheet does not fit its paper.
    """
    with TemporaryDirectory(prefix="crs-leaflets-") as temporary:
        # A folder in it: only its owner may read the temporary one, and the site would be the same.
        made = Path(temporary, "site")
        made.mkdir()
        write_all(guide, made)
        write_qr_codes(guide, made)
        write_bill(made)
        if guide.edition.logo:
            target = made / logo_path(guide.edition.logo)
            target.parent.mkdir(parents=True)
            shutil.copyfile(guide.edition_file.parent / guide.edition.logo, target)
        sys.stdout.flush()
        done = subprocess.run(
            [
                *(sys.executable, "-m", "mkdocs", "build", "--strict"),
                *("--config-file", str(config), "--site-dir", str(folder)),
            ],
            cwd=ROOT,
            env={
                **child_environment(),
                "MACROS_FAIL": "true",
                DOWNLOADS: str(made),
                CLINIC: str(guide.edition_file),
                "CRS_SITE_URL": guide.edition.site_address,
            },
            capture_output=capture,
            encoding="utf-8",
            check=False,
        )
        if done.returncode == 0:
            shutil.copytree(made, folder, dirs_exist_ok=True)
            finish(folder, guide)
    return done
