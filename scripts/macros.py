"""Adapter to the engine's macros plugin: registration only.

MkDocs calls ``define_env`` once a build; Zensical calls it for each page.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

# The engine loads this file by its path; absolute imports need the repository root.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.components import Components, macros_for
from scripts.content import CLINIC, ROOT, load_guide
from scripts.downloads import DOWNLOADS, Downloads
from scripts.errors import ContentError
from scripts.page_rules import MACROS


class StopBuildError(SystemExit, Exception):
    """Ends a build with its message and no traceback; a preview shows it and goes on."""


def define_env(env: Any) -> None:
    """Load the content and register the macros.

    Raises:
        StopBuildError: The content must not be published; the text lists every fault.
    """
    extra = env.conf.get("extra") or {}
    pages = ROOT / env.conf["docs_dir"]
    data = ROOT / extra["data_dir"] if "data_dir" in extra else None
    clinic = os.environ.get(CLINIC)
    try:
        guide = load_guide(ROOT, pages=pages, data=data, clinic=Path(clinic) if clinic else None)
    except ContentError as error:
        raise StopBuildError(str(error)) from error

    folder = os.environ.get(DOWNLOADS)
    downloads = Downloads(Path(folder) if folder else None)

    def components() -> Components:
        page = env.page
        path = page.file.src_uri if hasattr(page, "file") else page.path
        return Components(
            guide,
            path,
            directory_urls=env.conf.get("use_directory_urls", True),
            from_file=not hasattr(page, "file"),
            downloads=downloads,
        )

    for name, macro in macros_for(components, list(MACROS)).items():
        env.macro(macro, name)
