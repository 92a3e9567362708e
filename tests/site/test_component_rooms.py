"""Each component is self-contained: its own files and one line of data add it, and no others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.measure.growth import copy_project
from scripts.tools.bootstrap import child_environment

FILES = {
    "scripts/components/weather.py": '''"""A made-up component: the weather."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.models.base import SourcedByMany, Text
from scripts.guide.pages import Call
from scripts.guide.store import Store


class Weather(SourcedByMany):
    """What the sky does."""

    text: Text


WEATHER = Store("weather", lambda reader: reader.mapping(Weather, reader.data / "weather.yml"))


class WeatherOnPage(Component):
    """What the sky does at a place."""

    macro = "weather"
    listed_in = "docs/data/weather.yml"
    stores = (WEATHER,)
    own_ids = "weather-.*"
    not_searched = ("crs-weather",)

    def names(self, guide: Guide) -> Collection[str]:
        return guide.data(WEATHER)

    def html(self, page: PageContext, name: str) -> Markup:
        weather = page.guide.data(WEATHER)[name]
        return page.render("weather.html", name=name, weather=weather, mark=page.mark)

    def carried(self, call: Call, guide: Guide) -> Carried:
        weather = guide.data(WEATHER)[call.first]
        return weather.facts, weather.sources
''',
    "overrides/components/weather.html": (
        "{# The weather at a place. name: its name; weather: its entry of weather.yml. #}\n"
        '<p class="crs-weather" id="weather-{{ name }}">{{ formatter.rich(weather.text) }}'
        "{{ mark(weather.sources) }}</p>\n"
    ),
    "overrides/assets/stylesheets/components/weather.css": (
        ".crs-weather { color: rebeccapurple; }\n"
    ),
    "docs/data/weather.yml": (
        "here:\n  text: Snow at noon.\n  facts: [FACT]\n  sources: [SOURCE]\n"
    ),
}
LINE = "  - assets/stylesheets/components/weather.css\n"
"""The one line of data, in mkdocs.yml."""

PAGE = "docs/en/about/accessibility.md"
SHOWN = "Snow at noon."


class Copy:
    """A copy of the project that a developer changes."""

    def __init__(self, root: Path, fact: tuple[str, str]) -> None:
        copy_project(root, 1)
        self.root, (self.fact, self.source) = root, fact

    def add(self) -> None:
        """Add the component's files and its line, and show it on a page."""
        for name, text in FILES.items():
            filled = text.replace("FACT", self.fact).replace("SOURCE", self.source)
            (self.root / name).write_text(filled, encoding="utf-8")
        settings, page = ((self.root / name).read_text("utf-8") for name in ("mkdocs.yml", PAGE))
        before = "extra_javascript:\n"
        (self.root / "mkdocs.yml").write_text(settings.replace(before, LINE + before), "utf-8")
        page = page.replace("\nsources: []", f"\nsources: [{self.source}]").replace(
            "\n{{ page_foot() }}", '\n{{ weather("here") }}\n\n{{ page_foot() }}'
        )
        (self.root / PAGE).write_text(page, encoding="utf-8")

    def build(self) -> tuple[str, str]:
        """Build the pages and the review pack; return the page and the rows of the pack."""
        self.run("mkdocs", "build", "--strict", "--site-dir", "site")
        self.run("scripts.cli", "review-pack", "--out", "pack.csv")
        page = self.root / "site" / "about" / "accessibility" / "index.html"
        return page.read_text("utf-8"), (self.root / "pack.csv").read_text("utf-8")

    def run(self, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=child_environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_component_is_added_by_its_files_and_one_line(tmp_path: Path) -> None:
    # Without them the copy is the guide that all other tests build.
    copy = Copy(tmp_path / "project", ("crs-definition", "nci-crs"))
    copy.add()
    page, rows = copy.build()
    assert '<p class="crs-weather" id="weather-here">' in page
    assert "stylesheets/components/weather.css" in page, "the page has no link to its stylesheet"
    assert SHOWN in rows, "it has no row in the review pack"
