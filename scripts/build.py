"""Build a folder that is ready to serve from checked content."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from scripts.components.link_kit import write_qr_codes
from scripts.content import HANDED_OVER
from scripts.finishing import Step, finish
from scripts.finishing.app import icons
from scripts.guide.downloads import DOWNLOADS
from scripts.guide.guide import Guide
from scripts.guide.logo import logo_path
from scripts.leaflets.writer import write_all
from scripts.root import ROOT
from scripts.tools.bootstrap import child_environment


class Built(NamedTuple):
    """The result of a build.

    Attributes:
        returncode: Exit code of MkDocs. The folder is complete if it is 0.
        said: Output of MkDocs, if it was captured.
        seconds: Duration of each part of the build, by name.
    """

    returncode: int
    said: str
    seconds: dict[str, float]


class BuildRequest(NamedTuple):
    """What to build for an edition, and where.

    Attributes:
        folder: Folder of the site.
        copy: Zip that opens by double click; None if not wanted.
        settings: Folder for the configuration of web servers; None if not wanted.
    """

    folder: Path
    copy: Path | None = None
    settings: Path | None = None


def build_edition(request: BuildRequest, guide: Guide, *, capture: bool = False) -> Built:
    """Build the site of an edition, and everything that is made from the finished site.

    Raises:
        ContentError: A sheet does not fit its paper.
    """
    from scripts.finishing.offline_copy import write_offline_copy
    from scripts.finishing.site import Site
    from scripts.hosting.settings import write_server_settings

    built = build_site(guide, request.folder, capture=capture)
    if built.returncode == 0 and request.copy:
        write_offline_copy(Site(request.folder, guide), request.copy)
    if built.returncode == 0 and request.settings:
        write_server_settings(request.folder, guide, request.settings)
    return built


def build_site(
    guide: Guide,
    folder: Path,
    *,
    config: Path = ROOT / "mkdocs.yml",
    capture: bool = False,
    without: Collection[Step] = (),
) -> Built:
    """Write the leaflets, build the pages with MkDocs in strict mode, and put both together.

    Both run at the same time. MkDocs gets the content through stdin, and waits for its end before
    it shows the size of a leaflet. If anything fails, the old site is as it was.

    Args:
        guide: The checked content.
        folder: Folder to build into. Its content is deleted.
        config: Configuration file of MkDocs.
        capture: Whether to return the output of MkDocs instead of showing it.
        without: Finishing steps to leave out, to measure their effect.

    Raises:
        ContentError: A sheet does not fit its paper.
    """
    with TemporaryDirectory(prefix="crs-build-") as temporary:
        pages, made = Path(temporary, "pages"), Path(temporary, "made")
        made.mkdir()
        started = time.perf_counter()
        with (
            _engine(guide, pages, config, made, capture=capture) as engine,
            ThreadPoolExecutor(1) as sending,
        ):
            sent = sending.submit(_send, engine, guide)
            write_all(guide, made)
            leaflets = time.perf_counter()
            sent.result()
            waiting = sending.submit(engine.communicate)
            _write_rest(guide, made)
            said = b"".join(text or b"" for text in waiting.result())
        built = time.perf_counter()
        if engine.returncode == 0:
            shutil.copytree(made, pages, dirs_exist_ok=True)
            finish(pages, guide, without)
            _replace(folder, pages)
        seconds = {
            "leaflets": leaflets - started,
            "engine": built - leaflets,
            "finishing": time.perf_counter() - built,
        }
    return Built(engine.returncode, said.decode(), seconds)


def _send(engine: subprocess.Popen[bytes], guide: Guide) -> None:
    """Send the content to MkDocs, unless it has ended: then its exit code says so."""
    assert engine.stdin  # noqa: S101 - it was started with a pipe
    with suppress(BrokenPipeError):
        pickle.dump(guide, engine.stdin)
        engine.stdin.flush()


def _replace(folder: Path, new: Path) -> None:
    """Replace the content of a folder, except files whose name begins with a dot."""
    for old in folder.glob("[!.]*"):
        shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    shutil.copytree(new, folder, dirs_exist_ok=True)


@contextmanager
def _engine(
    guide: Guide, folder: Path, config: Path, made: Path, *, capture: bool
) -> Iterator[subprocess.Popen[bytes]]:
    """Start MkDocs, and kill it if an error prevents the content from being sent."""
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
    """Write, while MkDocs runs, files that the pages link to without reading them."""
    icons()  # finishing takes them from the cache
    from scripts.tools.bill_of_materials import write_bill

    write_qr_codes(guide, made)
    write_bill(made)
    if guide.edition.logo:
        target = made / logo_path(guide.edition.logo)
        target.parent.mkdir(parents=True)
        shutil.copyfile(guide.edition_file.parent / guide.edition.logo, target)
