"""From checked content to a folder that is ready to serve."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from scripts.components.link_kit import write_qr_codes
from scripts.content import HANDED_OVER
from scripts.finishing import Step, finish
from scripts.guide.downloads import DOWNLOADS
from scripts.guide.guide import Guide
from scripts.guide.logo import logo_path
from scripts.leaflets.writer import write_all
from scripts.root import ROOT
from scripts.tools.bootstrap import child_environment


class Built(NamedTuple):
    """How a build ended.

    Attributes:
        returncode: That of the engine; the folder is complete where it is 0.
        said: What the engine said, where that was kept.
        seconds: How long each part took, by its name.
    """

    returncode: int
    said: str
    seconds: dict[str, float]


class Order(NamedTuple):
    """What to build of an edition, and where to.

    Attributes:
        folder: For the site.
        copy: The zip that opens by double click, if one is wanted.
        settings: The folder for the settings of servers, if these are wanted.
    """

    folder: Path
    copy: Path | None = None
    settings: Path | None = None


def carry_out(order: Order, guide: Guide, *, capture: bool = False) -> Built:
    """Build the site of an edition, and what is made from the finished site.

    Raises:
        ContentError: A sheet does not fit its paper.
    """
    from scripts.finishing.offline_copy import write_offline_copy
    from scripts.hosting.settings import write_server_settings

    built = build_site(guide, order.folder, capture=capture)
    if built.returncode == 0 and order.copy:
        write_offline_copy(order.folder, order.copy)
    if built.returncode == 0 and order.settings:
        write_server_settings(order.folder, guide, order.settings)
    return built


def build_site(
    guide: Guide,
    folder: Path,
    *,
    config: Path = ROOT / "mkdocs.yml",
    capture: bool = False,
    without: Collection[Step] = (),
) -> Built:
    """Write the leaflets, let the engine build the pages, strictly, and put both together.

    The engine needs a second to start, and does so meanwhile. It waits for the content, which it
    gets once all leaflets fit: until then, what the folder held stays.

    Args:
        guide: The checked content.
        folder: Where to build; what it holds is deleted.
        config: The settings of the engine.
        capture: Whether to keep what the engine says rather than show it.
        without: Finishing steps to leave out, to weigh them.

    Raises:
        ContentError: A sheet does not fit its paper.
    """
    with TemporaryDirectory(prefix="crs-leaflets-") as temporary:
        # A folder in it: only its owner may read the temporary one, and the site would be the same.
        made = Path(temporary, "site")
        made.mkdir()
        started = time.perf_counter()
        with _engine(guide, folder, config, made, capture=capture) as engine:
            write_all(guide, made)
            leaflets = time.perf_counter()
            with ThreadPoolExecutor(1) as waiting:
                answer = waiting.submit(engine.communicate, pickle.dumps(guide))
                _write_rest(guide, made)
                said = b"".join(text or b"" for text in answer.result())
        pages = time.perf_counter()
        if engine.returncode == 0:
            shutil.copytree(made, folder, dirs_exist_ok=True)
            finish(folder, guide, without)
        seconds = {
            "leaflets": leaflets - started,
            "engine": pages - leaflets,
            "finishing": time.perf_counter() - pages,
        }
    return Built(engine.returncode, said.decode(), seconds)


@contextmanager
def _engine(
    guide: Guide, folder: Path, config: Path, made: Path, *, capture: bool
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the engine, and stop it where the content never comes."""
    sys.stdout.flush()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "mkdocs", "build", "--strict"),
            *("--config-file", str(config), "--site-dir", str(folder)),
        ],
        cwd=ROOT,
        env={
            **child_environment(),
            **HANDED_OVER,
            "MACROS_FAIL": "true",
            DOWNLOADS: str(made),
            "CRS_SITE_URL": guide.edition.site_address,
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if capture else None,
        stderr=subprocess.PIPE if capture else None,
    )
    with process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise


def _write_rest(guide: Guide, made: Path) -> None:
    """Write what the pages name without looking at it, while the engine works."""
    from scripts.tools.bill_of_materials import write_bill

    write_qr_codes(guide, made)
    write_bill(made)
    if guide.edition.logo:
        target = made / logo_path(guide.edition.logo)
        target.parent.mkdir(parents=True)
        shutil.copyfile(guide.edition_file.parent / guide.edition.logo, target)
