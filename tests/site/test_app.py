"""The guide as an app, and the service worker as the build writes it."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from rjsmin import jsmin

from scripts.finishing.app import MANIFEST, TOUCH_SIZE, icons
from scripts.finishing.service_worker import (
    MOST_BYTES,
    build_data,
    cached_files,
    service_worker,
)
from scripts.finishing.site import Site as BuiltSite
from scripts.guide.models.base import PLACEHOLDER
from scripts.guide.pages import url_of
from scripts.hosting.headers import WORKER
from scripts.root import ROOT
from tests.site.conftest import Finished

BOTH = pytest.mark.parametrize("name", ["finished", "finished_edition"])


@pytest.fixture
def a_site(name: str, request: pytest.FixtureRequest) -> Finished:
    """Each finished site in turn."""
    site: Finished = request.getfixturevalue(name)
    return site


def manifest_of(site: Finished) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((site.folder / MANIFEST).read_text(encoding="utf-8"))
    return record


@BOTH
def test_the_app_has_the_edition_s_name_and_opens_on_get_help_now(a_site: Finished) -> None:
    record = manifest_of(a_site)
    assert (a_site.folder / record["start_url"] / "index.html").is_file()
    assert record["start_url"] == url_of("get-help.md")
    assert record["scope"] == "./"
    if a_site.guide.edition.called:
        assert a_site.guide.edition.called in record["name"]
    assert len(record["short_name"]) <= 12  # a phone cuts a longer name below the icon
    assert record["lang"] == "en"
    for address in (record["start_url"], *(icon["src"] for icon in record["icons"])):
        assert not address.startswith(("/", "http")), "the guide may be in any folder"


def test_each_icon_is_as_large_as_it_says(finished: Finished) -> None:
    kinds = set()
    for icon in manifest_of(finished)["icons"]:
        file = finished.folder / icon["src"]
        kinds.add((icon["type"], icon["sizes"], icon.get("purpose", "any")))
        if icon["type"] == "image/png":
            width, height = map(int, icon["sizes"].split("x"))
            with Image.open(file) as image:
                assert (image.format, image.size) == ("PNG", (width, height))
        else:
            assert file.read_text(encoding="utf-8").startswith("<svg")
    assert kinds == {
        ("image/svg+xml", "any", "any"),
        ("image/png", "192x192", "any"),
        ("image/png", "512x512", "any"),
        ("image/png", "512x512", "maskable"),
    }


def test_the_icons_that_a_phone_cuts_have_the_sign_where_no_phone_cuts() -> None:
    drawn = icons()
    for name in ("icon-maskable", "icon-touch"):
        image = Image.open(io.BytesIO(drawn[f"assets/images/{name}.png"])).convert("RGBA")
        size = image.width
        assert size in (512, TOUCH_SIZE)
        ground = image.getpixel((0, 0))
        assert isinstance(ground, tuple)
        assert ground[3] == 255, "a corner can be seen through"
        sign = outside = 0
        for x in range(size):
            for y in range(size):
                pixel = image.getpixel((x, y))
                assert isinstance(pixel, tuple)
                if min(pixel) > 200:
                    sign += 1
                    outside += (x - size / 2) ** 2 + (y - size / 2) ** 2 > (0.4 * size) ** 2
        assert sign > size
        assert outside == 0


@BOTH
def test_every_page_of_the_guide_names_the_app_and_the_worker(a_site: Finished) -> None:
    tokens = (ROOT / "overrides/assets/stylesheets/tokens.css").read_text(encoding="utf-8")
    for path in a_site.guide.pages:
        file = a_site.folder / url_of(path) / "index.html"
        head = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").head
        assert head
        [app] = head.select("meta[data-app]")
        root = file.parent / str(app["content"])
        assert app["data-app"] == "offline"
        [touch] = head.select('link[rel="apple-touch-icon"]')
        for address in (root / MANIFEST, root / WORKER, file.parent / str(touch["href"])):
            assert address.is_file(), path
        schemes = [(tag.get("media"), tag["content"]) for tag in head.select("[name=theme-color]")]
        bars = re.findall(r"--crs-bar: (#\w+);", tokens)
        assert schemes == [("(prefers-color-scheme:dark)", bars[1]), (None, bars[0])], path


@BOTH
def test_every_page_says_around_its_text_when_it_is_due(a_site: Finished) -> None:
    for path, page in a_site.guide.pages.items():
        html = (a_site.folder / url_of(path) / "index.html").read_text(encoding="utf-8")
        # This is the pattern with which the service worker finds the date.
        found = re.findall(r'<div\b[^>]*?\bdata-review-by="?([\d-]+)[^>]*>', html)
        assert found == [page.meta.review_by.isoformat()], path


@BOTH
def test_the_worker_knows_this_edition_and_no_other(a_site: Finished) -> None:
    known = build_data(a_site.pages)
    edition = a_site.guide.edition
    emergency = edition.number("emergency")
    assert emergency
    for text in (known["note"], known["help"]):
        assert f'href="tel:{emergency.dial}"' in text
        assert not PLACEHOLDER.search(text)
        line = edition.number("line_24h")
        if line:
            assert f'href="tel:{line.dial}"' in text
        else:
            assert a_site.guide.strings.line_24h_unset in text
    assert all(count == 1 for count in map(known["note"].count, ("[saved]", "[review-by]")))
    worker = (a_site.folder / WORKER).read_text(encoding="utf-8")
    assert f'"version":"{known["version"]}"' in worker
    if edition.name:
        assert "crs-guide.example" not in worker


def test_the_worker_lists_what_matters_most_first_and_no_pdf(finished: Finished) -> None:
    known = build_data(finished.pages)
    listed = list(known["files"])
    assert listed == cached_files(finished.pages)
    assert listed[:2] == [url_of("get-help.md"), ""]
    assert not [path for path in listed if path.endswith((".pdf", ".html"))]
    assert {url_of(path) for path in finished.guide.pages} <= set(listed)
    assert 4 < known["first"] < known["unpacked"] <= len(listed)
    last = ("about/sources.md", "about/studies.md", "about/medicines.md", "print/pack.md")
    assert set(listed[-4:]) == {url_of(path) for path in last}

    def size(path: str) -> int:
        file = finished.folder / path
        return (file / "index.html" if file.is_dir() else file).stat().st_size

    assert sum(map(size, listed[: known["unpacked"]])) <= MOST_BYTES


def test_another_word_on_a_page_is_another_version(finished: Finished, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(finished.folder, folder)
    before = build_data(BuiltSite(folder, finished.guide))
    assert before == build_data(finished.pages)
    file = folder / "faq" / "index.html"
    file.write_text(file.read_text(encoding="utf-8") + " ", encoding="utf-8")
    after = build_data(BuiltSite(folder, finished.guide))
    assert after["version"] != before["version"]
    changed = {path for path, mark in after["files"].items() if mark != before["files"][path]}
    assert changed == {"faq/"}


def test_the_scripts_are_small() -> None:
    worker = ROOT / "scripts" / "finishing"
    ours = ROOT / "overrides" / "assets" / "javascripts"
    for file in (
        worker / "service-worker.js",
        worker / "service-worker-off.js",
        ours / "offline.js",
    ):
        text = jsmin(file.read_text(encoding="utf-8"))
        assert len(gzip.compress(text.encode(), mtime=0)) < 3000, file.name


def test_an_edition_can_end_it(finished: Finished) -> None:
    edition = finished.guide.edition.model_copy(update={"offline": False})
    guide = replace(finished.guide, edition=edition)
    text = service_worker(replace(finished, guide=guide).pages)
    assert "unregister()" in text
    assert "fetch" not in text
    assert "unregister" not in (finished.folder / WORKER).read_text(encoding="utf-8")
