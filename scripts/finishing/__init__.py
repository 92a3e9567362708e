"""Finish the built folder before it is served: one step a module, in the order below.

Finishing runs once over a folder. A second run is refused, because the steps look for what the
site generator wrote, and the first run has replaced that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from scripts.finishing.app import write_app
from scripts.finishing.compress import compress
from scripts.finishing.faults import needed
from scripts.finishing.headers import write_headers
from scripts.finishing.page_metadata import add_metadata
from scripts.finishing.page_styles import inline_styles
from scripts.finishing.policy import add_policy
from scripts.finishing.record_codes import write_directory
from scripts.finishing.redirects import write_stubs
from scripts.finishing.scripts import bundle_scripts
from scripts.finishing.search_index import write_search_index
from scripts.finishing.service_worker import write_service_worker
from scripts.finishing.share_image import write_share_image
from scripts.finishing.sheets import move_sheets
from scripts.finishing.site import Site
from scripts.finishing.sitemap import write_sitemap
from scripts.finishing.small_pages import write_small_pages
from scripts.finishing.theme_files import remove_theme_files
from scripts.guide.addresses import DIRECTORY
from scripts.guide.guide import Guide
from scripts.hosting.headers import WORKER

Step = Callable[[Site], None]
"""A finishing step: a function that changes the pages of a site or adds files to its folder.

A step that does not find what it must change raises a ``FinishingError`` (``faults.py``).
"""

STEPS: tuple[Step, ...] = (
    remove_theme_files,
    write_stubs,
    write_directory,
    write_search_index,
    write_share_image,
    write_sitemap,
    write_app,
    add_metadata,
    bundle_scripts,
    move_sheets,  # after the scripts, which need to know what its page has
    write_small_pages,
    inline_styles,  # after the scripts, which it reads, and after all steps that add to a page
    add_policy,  # no page may change after it
    write_headers,  # allows what the final pages contain
    Site.write,  # all steps above changed the pages in memory
    write_service_worker,  # lists all files with hashes of their content
    compress,  # must be last
)


TRACES = (DIRECTORY, "robots.txt", "_headers", WORKER)
"""Files that only finishing writes, in early and late steps."""


def finish(folder: Path, guide: Guide, without: Collection[Step] = ()) -> None:
    """Run all finishing steps over a built folder, or leave some out to measure their effect.

    Raises:
        FinishingError: The build is incomplete, finishing has run over it before, or a step does
            not find what it must change. The folder must not be published.
    """
    site = Site(folder, guide)
    for trace in TRACES:
        fault = "finishing has already changed this folder, completely or in part"
        remedy = "Build the pages into it again. A build runs finishing once."
        needed(not (folder / trace).exists(), "finish", trace, fault, remedy)
    for path in guide.pages:
        site.page(path, "finish")
    for step in STEPS:
        if step not in without:
            step(site)
