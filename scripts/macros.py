"""Adapter to the macros plugin of MkDocs and Zensical: registration only.

MkDocs calls ``define_env`` once a build; Zensical calls it for each page. MkDocs alone calls
``on_post_build``, so a site that Zensical built has no search index until ``build`` finishes it.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from markupsafe import escape

# The macros plugin loads this file by its path; absolute imports need the repository root.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from jinja2 import TemplateSyntaxError

from scripts.components.registry import COMPONENTS, Macros
from scripts.content import HANDED_OVER, load_guide
from scripts.guide.downloads import DOWNLOADS, Downloads
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.root import ROOT

LOG = logging.getLogger("mkdocs.crs")
"""Logger whose messages MkDocs prints; in a strict build a warning fails the build."""


class StopBuildError(SystemExit, Exception):
    """Ends a build with its message, without a traceback. A preview shows it and keeps running."""


def define_env(env: Any) -> None:
    """Load the content and register the macros.

    Raises:
        StopBuildError: The content has problems; the message lists all of them.
    """
    guide = pickle.load(sys.stdin.buffer) if _handed_over() else _loaded(env.conf)  # noqa: S301 - `build` wrote it
    env.guide = guide  # for on_post_build
    _hand_to_templates(env.conf, guide)
    folder = os.environ.get(DOWNLOADS)
    # `build` closes stdin when the PDFs are written.
    downloads = Downloads(Path(folder), sys.stdin.buffer.read) if folder else Downloads()

    @cache
    def macros_of(path: str, *, from_file: bool) -> Macros:
        urls = env.conf.get("use_directory_urls", True)
        return Macros(guide, path, directory_urls=urls, from_file=from_file, downloads=downloads)

    def on_its_page(name: str) -> Callable[..., str]:
        def macro(*args: Any, **options: Any) -> str:
            # Look the page up at each call: the plugin changes it from one page to the next.
            page = env.page
            from_file = not hasattr(page, "file")
            path = page.path if from_file else page.file.src_uri
            try:
                return str(getattr(macros_of(path, from_file=from_file), name)(*args, **options))
            except TemplateSyntaxError as error:
                # The plugin would say that the error is on this line of the page.
                at = f"{error.filename}:{error.lineno}"
                raise ValueError(f"{at}: {error.message}") from error

        return macro

    for name in COMPONENTS:
        env.macro(on_its_page(name), name)


def on_post_build(env: Any) -> None:
    """Write the search index, so that search works in a preview and after a plain build.

    Raises:
        StopBuildError: The built pages do not match the content.
    """
    # Import here: scripts.finishing needs packages that Zensical's environment does not have.
    from scripts.finishing.faults import FinishingError
    from scripts.finishing.search_index import write_search_index
    from scripts.finishing.site import Site

    if _handed_over() or not env.conf["use_directory_urls"]:
        return  # `build` writes the index itself; search links to folders, not to files.
    try:
        write_search_index(Site(Path(env.conf["site_dir"]), env.guide))
    except FinishingError as error:
        if env.config["on_error_fail"]:
            raise StopBuildError(str(error)) from error
        LOG.warning("Search does not work in this preview. %s", error)


def _handed_over() -> bool:
    """Return whether `build` runs this: it passes the checked content and finishes the site."""
    return os.environ.items() >= HANDED_OVER.items()


def _hand_to_templates(conf: Any, guide: Guide) -> None:
    """Hand the interface strings and their language to the templates of the theme.

    They are escaped here, because MkDocs renders its templates without autoescaping.
    """
    texts = {name: escape(text) for name, text in guide.strings if isinstance(text, str)}
    conf["extra"]["strings"] = SimpleNamespace(**texts)
    conf["theme"]["language"] = guide.strings.language


def _loaded(conf: Any) -> Guide:
    """Read and check the content, if no build has done so."""
    extra = conf.get("extra") or {}
    pages = ROOT / conf["docs_dir"]
    data = ROOT / extra["data_dir"] if "data_dir" in extra else None
    try:
        return load_guide(ROOT, pages=pages, data=data)
    except ContentError as error:
        raise StopBuildError(str(error)) from error
