"""Build the pages for the preview, and convert only Markdown that has changed.

A page is built from its Markdown after its macros have been filled in. All data of the guide is in
that text, so equal text gives an equal page, and nothing has to know what a page depends on.
"""

from __future__ import annotations

import logging
import traceback
from types import CodeType
from typing import Any

from jinja2 import Environment
from mkdocs.commands import build as engine
from mkdocs.config import load_config
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

CONVERTED = ("content", "toc", "_title_from_render", "present_anchor_ids")
"""What MkDocs keeps of a converted page, besides its links."""


class _Warnings(logging.Handler):
    """Collects what MkDocs logs during a build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


class _KeepConverted(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Keeps what each page was converted to, and uses it again while its text is the same.

    Attributes:
        converted: Pages that were converted in this build.
    """

    def __init__(self, warnings: _Warnings) -> None:
        self.warnings = warnings
        self.converted: list[str] = []
        self.kept: dict[str, tuple[object, dict[str, Any], dict[str, dict[str, str]]]] = {}
        self.settings = ""
        self.text: object = None
        self.warned = 0
        self.code: dict[str, CodeType] = {}

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Let the macros plugin compile only the pages that have changed."""
        macros: Any = config.plugins["macros"]
        environment: Environment = macros.env
        compiled, before, self.code = environment.compile, self.code, {}

        def compile_once(source: str) -> CodeType:
            self.code[source] = before.get(source) or compiled(source)
            return self.code[source]

        vars(environment)["compile"] = compile_once

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note everything besides its text that the conversion of a page depends on."""
        self.converted = []
        read = (config.markdown_extensions, config.mdx_configs, config.validation)
        self.settings = repr((*read, [(file.src_uri, file.url, file.inclusion) for file in files]))
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, files: Files, **_: Any) -> str:
        """Set the HTML of the page from before, if its text is the same."""
        text, values, links = self.kept.get(page.file.src_uri, ("", {}, {}))
        self.text, self.warned = (markdown, self.settings), len(self.warnings.said)
        if text != self.text:
            self.converted.append(page.file.src_uri)
            return markdown
        here = {files.src_uris[path]: anchors for path, anchors in links.items()}
        vars(page).update(values, links_to_anchors=here, render=lambda *_: None)
        return markdown

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """Keep what the page was converted to, unless a warning must be repeated."""
        if len(self.warnings.said) == self.warned:
            values = {name: getattr(page, name) for name in CONVERTED}
            links = {file.src_uri: each for file, each in (page.links_to_anchors or {}).items()}
            self.kept[page.file.src_uri] = (self.text, values, links)
        return html


logging.basicConfig(format="%(levelname)s: %(message)s")
_warnings = _Warnings()
_keep = _KeepConverted(_warnings)
logging.getLogger("mkdocs").addHandler(_warnings)


def build(config: str, folder: str, url: str) -> dict[str, Any]:
    """Build the pages and return the error, empty if there is none, and which were converted.

    Args:
        config: Configuration file of MkDocs.
        folder: Folder of the site.
        url: Address of the server.
    """
    _warnings.said.clear()
    fault = ""
    try:
        settings = load_config(config, site_dir=folder, strict=False)
        settings.site_url = url
        settings.plugins["preview"] = _keep
        engine.build(settings, serve_url=url)
    except (SystemExit, MkDocsException) as error:
        # MkDocs logs the reason and raises an exception that only counts the reasons.
        fault = "\n".join([*_warnings.said, str(error)])
    except Exception:  # noqa: BLE001 - the server shows every error
        fault = "\n".join([*_warnings.said, traceback.format_exc()])
    return {"fault": fault, "converted": _keep.converted}
