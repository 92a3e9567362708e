"""The page on which a component is rendered: addresses, words and marks of sources."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import cycle
from posixpath import relpath
from typing import Any

from markupsafe import Markup

from scripts.components.render import Formatter, render
from scripts.guide.citations import Citations
from scripts.guide.downloads import Downloads
from scripts.guide.guide import Guide
from scripts.guide.logo import logo_path
from scripts.guide.pages import Page, url_of


def line_id(path: str, number: int) -> str:
    """Return the HTML id of a line in the list of a lean page's sources."""
    return f"{path.removesuffix('.md')}-{number}"


class PageContext:
    """The page that calls a component, with what the component may use of it."""

    def __init__(
        self,
        guide: Guide,
        path: str,
        citations: Citations,
        *,
        directory_urls: bool = True,
        from_file: bool = False,
        downloads: Downloads | None = None,
    ) -> None:
        """Set the guide and the page.

        Args:
            guide: The checked content.
            path: Path of the page, such as ``about/index.md``.
            citations: Looks up the facts and sources of pages.
            directory_urls: Whether addresses end in a slash. They do not in the offline copy, which
                is opened as files.
            from_file: Whether the site generator expects links relative to the page's Markdown file
                and converts them itself, as Zensical does.
            downloads: PDFs and preview images of this build, if it has any.
        """
        self.guide, self.path, self.directory_urls = guide, path, directory_urls
        self.citations = citations
        self.folder = path.rpartition("/")[0] if from_file else url_of(path)
        self.downloads = downloads or Downloads()
        self.formatter = Formatter(guide)

    @cached_property
    def page(self) -> Page:
        """The page that calls."""
        return self.guide.pages[self.path]

    @cached_property
    def listed(self) -> list[str]:
        """The sources listed at the foot of the page, in the order of their numbers."""
        used = self.citations.sources_of(self.page, self.guide)
        return [name for name in self.page.meta.sources if name in used]

    def url(self, path: str, anchor: str = "") -> str:
        """Return the relative address of a page from this page."""
        fragment = f"#{anchor}" if anchor else ""
        if not self.directory_urls:
            start = self.path.rpartition("/")[0] or "."
            return relpath(path.removesuffix(".md") + ".html", start) + fragment
        target = url_of(path)
        if fragment and target == url_of(self.path):
            return fragment
        relative = relpath(target or ".", self.folder or ".")
        return f"{relative}/{fragment}"

    def file_url(self, path: str) -> str:
        """Return the relative address of a file of the site from this page."""
        here = self.folder if self.directory_urls else self.path.rpartition("/")[0]
        return relpath(path, here or ".")

    def address_on_paper(self, path: str) -> str:
        """Return the address of a page as people type it from paper."""
        return f"{self.guide.edition.short_address}/{url_of(path)}".removesuffix("/")

    def render(self, template: str, **context: Any) -> Markup:
        """Render a partial with the variables that all partials share."""
        shared = {
            "strings": self.guide.strings,
            "edition": self.guide.edition,
            "formatter": self.formatter,
            "url": self.url,
            "page_for": self.guide.page_for,
            "title_of": self.guide.title_of,
            "file_url": self.file_url,
            "logo": self.logo,
            "page_address": self.address_on_paper(self.path),
        }
        return render(template, **shared | context)

    @property
    def logo(self) -> str | None:
        """The address of the clinic's logo; None if only pages are built."""
        name = self.guide.edition.logo
        return self.file_url(logo_path(name)) if name and self.downloads.folder else None

    @cached_property
    def _marks(self) -> dict[str, Iterator[tuple[str, ...]]]:
        """The sources of the mark at each macro call of the page, by call and in order.

        The same call may occur on a page more than once. The site generator may also render a page
        more than once: then the marks start again.
        """
        marks: dict[str, list[tuple[str, ...]]] = {}
        for call, sources in self.citations.marks_of(self.page, self.guide):
            key = repr((call.name, call.args, {"fact": ""} | call.kwargs))
            marks.setdefault(key, []).append(sources)
        return {key: cycle(each) for key, each in marks.items()}

    def mark_of_block(self, name: str, *args: str, fact: str = "") -> Markup:
        """Render the mark of a paragraph or list, if this call is the one that shows it."""
        return self.mark(next(self._marks[repr((name, args, {"fact": fact}))]))

    def mark(self, sources: tuple[str, ...]) -> Markup:
        """Render the mark that links to sources; empty if there are none."""
        if not sources:
            return Markup("")
        numbers = sorted(self.listed.index(name) + 1 for name in sources)
        address = f"#source-{numbers[0]}"
        if self.page.meta.lean:
            names = tuple(self.listed[number - 1] for number in numbers)
            numbers = [self.citations.lines_of_sources(self.page, self.guide).index(names) + 1]
            address = self.url(self.guide.page_for("sources"), line_id(self.path, numbers[0]))
        return self.render("cite.html", address=address, numbers=numbers)
