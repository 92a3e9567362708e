"""Each component is self-contained: only its own files and one line of data add or remove it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
        '<p class="crs-weather" id="weather-{{ name }}">{{ weather.text }}'
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
        self.before = {name: (root / name).read_text("utf-8") for name in ("mkdocs.yml", PAGE)}

    def add(self) -> None:
        """Add the component's files and its line, and show it on a page."""
        for name, text in FILES.items():
            filled = text.replace("FACT", self.fact).replace("SOURCE", self.source)
            (self.root / name).write_text(filled, encoding="utf-8")
        settings, page = self.before.values()
        before = "extra_javascript:\n"
        (self.root / "mkdocs.yml").write_text(settings.replace(before, LINE + before), "utf-8")
        page = page.replace("\nsources: []", f"\nsources: [{self.source}]").replace(
            "\n{{ page_foot() }}", '\n{{ weather("here") }}\n\n{{ page_foot() }}'
        )
        (self.root / PAGE).write_text(page, encoding="utf-8")

    def take_out(self) -> None:
        """Delete those files and that line again."""
        for name in FILES:
            (self.root / name).unlink()
        for name, text in self.before.items():
            (self.root / name).write_text(text, encoding="utf-8")

    def build(self) -> tuple[str, str]:
        """Build the guide; return the page and the rows of the review pack."""
        self.run("build", "--out", "site")
        self.run("review-pack", "--out", "pack.csv")
        page = self.root / "site" / "about" / "accessibility" / "index.html"
        return page.read_text("utf-8"), (self.root / "pack.csv").read_text("utf-8")

    def run(self, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "scripts.cli", *arguments],
            cwd=self.root,
            env=child_environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("rooms") / "project", ("crs-definition", "nci-crs"))


def test_a_component_is_added_and_deleted_by_its_files_and_one_line(copy: Copy) -> None:
    copy.add()
    page, rows = copy.build()
    assert '<p class="crs-weather" id="weather-here">' in page
    assert ".crs-weather{color:rebeccapurple}" in page, "its stylesheet is not in the page"
    assert SHOWN in rows, "it has no row in the review pack"
    copy.take_out()
    page, rows = copy.build()
    assert "weather" not in page
    assert SHOWN not in rows
