"""Measure page speed of the guide, of the unchanged theme and of hand-written pages.

All three have the same words and are served over HTTP/2 from this machine. Compare the ratios:
they are similar on every machine, and seconds are not.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import yaml

from scripts.build import build_site
from scripts.finishing.compress import compress
from scripts.finishing.page_styles import inline_styles
from scripts.finishing.scripts import bundle_scripts
from scripts.finishing.site import Site
from scripts.finishing.small_pages import write_small_pages
from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.hosting.local import free_port, started
from scripts.root import ROOT
from scripts.tools.bootstrap import child_environment
from scripts.tools.browser import CHROMIUM_FLAGS, find_or_install_chromium
from scripts.tools.npm_tools import ensure_tools, node

SITES = ("guide", "theme", "by hand")
PAGES = ("get-help.md", "symptoms.md", "management.md")
"""A page without scripts, a page for a crisis, and a page to read at leisure."""

NETWORKS: Mapping[str, tuple[int, int]] = {"phone": (150, 1638), "slow 3G": (400, 400)}
"""Round trip in milliseconds, and kilobits per second. Both use a four times slower processor."""

STEPS_ON = {"get-help.md": "Get help", "symptoms.md": "Symptoms"}
"""Pages on which the finishing steps are measured, with their names in the table."""

WEIGHED = (
    ("The engine’s pages, unfinished", None),
    ("+ compressed", compress),
    ("+ one script, once the page is shown", bundle_scripts),
    ("+ no blank space, icon in the page", write_small_pages),
    ("+ used styles in the page", inline_styles),
)
"""The finishing steps that make pages fast. Each row adds a step to those before it."""

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
AUDITS = {
    "FCP s": ("first-contentful-paint", 1000),
    "LCP s": ("largest-contentful-paint", 1000),
    "TBT ms": ("total-blocking-time", 1),
    "CLS": ("cumulative-layout-shift", 1),
}

MACROS = {
    "module_name": "scripts/macros",
    "on_undefined": "strict",
    "j2_comment_start_string": "{##",
    "j2_comment_end_string": "##}",
}
"""Same as in mkdocs.yml. A file that inherits from it can only replace its whole plugin list."""

BY_HAND = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>
<link rel="icon" href="data:,"><style>
body{{margin:0 auto;max-width:36em;padding:1em;font:1.1em/1.5 system-ui,sans-serif}}
table{{border-collapse:collapse}}td,th{{border:1px solid;padding:.3em}}
@media (prefers-color-scheme:dark){{body{{background:#111;color:#eee}}a{{color:#9cf}}}}
</style></head><body>{body}</body></html>"""
"""A page written by hand with nothing but the words."""

CADDY = """{
	admin off
	auto_https disable_redirects
	skip_install_trust
	log {
		level ERROR
	}
}
"""

SITE = """https://localhost:{port} {{
	tls internal
	root * "{root}"
	file_server {{
		precompressed br
	}}
}}
"""


class Result(NamedTuple):
    """The values that Lighthouse measured in one run on a page."""

    times: Mapping[str, float]
    scores: Mapping[str, int]
    kilobytes: float
    requests: int


class _Words(HTMLParser):
    """Collects the text and the semantic elements of a page's article."""

    WORDS = ("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "a", "strong", "em")
    TABLE = ("table", "thead", "tbody", "tr", "th", "td", "caption")
    KEPT = frozenset((*WORDS, *TABLE))
    DROPPED = frozenset(("svg", "script", "style", "template", "select", "textarea"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.reading = False
        self.dropped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.reading = self.reading or tag == "article"
        self.dropped += tag in self.DROPPED
        if self.reading and not self.dropped and tag in self.KEPT:
            link = f' href="{escape(dict(attrs).get("href") or "")}"' if tag == "a" else ""
            self.text.append(f"<{tag}{link}>")

    def handle_endtag(self, tag: str) -> None:
        if self.reading and not self.dropped and tag in self.KEPT:
            self.text.append(f"</{tag}>")
        self.dropped -= tag in self.DROPPED
        self.reading = self.reading and tag != "article"

    def handle_data(self, data: str) -> None:
        if self.reading and not self.dropped:
            self.text.append(escape(re.sub(r"\s+", " ", data), quote=False))


def by_hand(html: str, title: str) -> str:
    """Return a hand-written page with the words of a built page."""
    words = _Words()
    words.feed(html)
    return BY_HAND.format(title=escape(title), body="".join(words.text))


def _build_theme(folder: Path, home: Path) -> None:
    """Build the same content with the unchanged theme, but without fonts from another host."""
    templates = home / "templates"
    templates.mkdir()
    # A page names this template; here it gets the theme's own document, as all others do.
    (templates / "lean.html").write_text('{% extends "main.html" %}', encoding="utf-8")
    settings = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(ROOT / "docs" / "en"),
        "theme": {"custom_dir": str(templates), "favicon": "assets/images/favicon.png"},
        "extra_css": [],
        "extra_javascript": [],
        "strict": False,
        "plugins": ["search", {"macros": MACROS}],
    }
    config = ROOT / ".bench-theme.yml"
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    try:
        command = [sys.executable, "-m", "mkdocs", "build", "-q"]
        command += ["-f", str(config), "-d", str(folder)]
        subprocess.run(command, cwd=ROOT, env=child_environment(), check=True)
    finally:
        config.unlink()


def make_sites(guide: Guide, site: Path, home: Path) -> dict[str, Path]:
    """Create the three sites and return their folders.

    Args:
        guide: The content.
        site: The guide, built and finished.
        home: Empty folder for the other two sites.
    """
    folders = {"guide": site, "theme": home / "theme", "by hand": home / "by-hand"}
    _build_theme(folders["theme"], home)
    for path in PAGES:
        file = folders["by hand"] / url_of(path) / "index.html"
        file.parent.mkdir(parents=True)
        html = (site / url_of(path) / "index.html").read_text(encoding="utf-8")
        file.write_text(by_hand(html, guide.pages[path].meta.title), encoding="utf-8")
    for name in ("theme", "by hand"):
        compress(Site(folders[name], guide))
    return folders


@contextmanager
def served(folders: Mapping[str, Path], home: Path) -> Iterator[dict[str, str]]:
    """Serve each folder over HTTP/2, with its precompressed files, and yield the addresses."""
    ports = {name: free_port() for name in folders}
    sites = "".join(SITE.format(port=ports[name], root=folders[name]) for name in folders)
    with started("caddy", CADDY + sites, home, ports.values()):
        yield {name: f"https://localhost:{port}/" for name, port in ports.items()}


def measure(url: str, network: str) -> Result:
    """Measure a page with one run of Lighthouse, as on a phone."""
    delay, speed = NETWORKS[network]
    program = ensure_tools("lighthouse") / "lighthouse" / "cli" / "index.js"
    flags = " ".join((*CHROMIUM_FLAGS[:-1], "--headless=new", "--ignore-certificate-errors"))
    command = [str(node()), str(program), url, "--output=json", "--quiet"]
    command += [f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--throttling.rttMs={delay}", f"--throttling.throughputKbps={speed}"]
    command += ["--throttling.cpuSlowdownMultiplier=4", "--no-enable-error-reporting"]
    done = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "CHROME_PATH": str(find_or_install_chromium(with_window=True))},
        check=True,
    )
    return _read(json.loads(done.stdout))


def _read(report: Any) -> Result:
    audits = report["audits"]
    asked = [
        item
        for item in audits["network-requests"]["details"]["items"]
        if item["url"].startswith("https:")
    ]
    return Result(
        {name: audits[audit]["numericValue"] / unit for name, (audit, unit) in AUDITS.items()},
        {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES},
        sum(item["transferSize"] for item in asked) / 1000,
        len(asked),
    )


def middle(results: list[Result]) -> Result:
    """Return the median of each value."""
    return Result(
        {name: median(one.times[name] for one in results) for name in AUDITS},
        {name: int(median(one.scores[name] for one in results)) for name in CATEGORIES},
        median(one.kilobytes for one in results),
        int(median(one.requests for one in results)),
    )


def run(guide: Guide, site: Path, *, runs: int = 3, every_page: bool = False) -> list[str]:
    """Measure the three sites and return a Markdown table, line by line.

    Args:
        guide: The content.
        site: The guide, built and finished.
        runs: Number of runs for each page; the median counts.
        every_page: Whether to measure the scores of every page of the guide instead.
    """
    with tempfile.TemporaryDirectory(prefix="crs-bench-") as temporary:
        home = Path(temporary)
        folders = make_sites(guide, site, home)
        with served(folders, home) as addresses:
            if every_page:
                return _scores(guide, addresses["guide"], runs)
            return _table(addresses, runs)


def run_steps(guide: Guide, runs: int) -> Iterator[str]:
    """Measure the finishing steps: build with one more step each time, and measure the pages.

    Args:
        guide: The content.
        runs: Number of runs for each page; the median counts.

    Yields:
        A Markdown table, line by line.

    Raises:
        RuntimeError: A build failed.
    """
    heads = (
        f"{name}, {unit}" for name in STEPS_ON.values() for unit in ("kB", "requests", "LCP s")
    )
    yield f"| Step | {' | '.join(heads)} |"
    yield f"| --- |{' ---: |' * 3 * len(STEPS_ON)}"
    left_out = [step for _, step in WEIGHED if step]
    for name, step in WEIGHED:
        if step:
            left_out.remove(step)
        with tempfile.TemporaryDirectory(prefix="crs-bench-") as temporary:
            home = Path(temporary)
            built = build_site(guide, home / "site", capture=True, without=left_out)
            if built.returncode:
                raise RuntimeError(built.said)
            cells = []
            with served({name: home / "site"}, home) as addresses:
                for path in STEPS_ON:
                    url = addresses[name] + url_of(path)
                    one = middle([measure(url, "phone") for _ in range(runs)])
                    cells += [
                        f"{one.kilobytes:.1f}",
                        str(one.requests),
                        f"{one.times['LCP s']:.2f}",
                    ]
            yield f"| {name} | {' | '.join(cells)} |"


def _scores(guide: Guide, address: str, runs: int) -> list[str]:
    lines = [f"| page | {' | '.join(CATEGORIES)} |", f"| --- |{' ---: |' * len(CATEGORIES)}"]
    for path in guide.pages:
        one = middle([measure(address + url_of(path), "phone") for _ in range(runs)])
        lines.append(f"| {path} | {' | '.join(str(one.scores[name]) for name in CATEGORIES)} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def _table(addresses: Mapping[str, str], runs: int) -> list[str]:
    heads = ("page", "network", "site", "kB", "requests", *AUDITS, "LCP ÷ by hand", "LCP ÷ theme")
    lines = [f"| {' | '.join((*heads, 'scores'))} |", f"| --- | --- | --- |{' ---: |' * 8} --- |"]
    for path in PAGES:
        for network in NETWORKS:
            # Take turns, so that other load on this machine affects all three sites alike.
            turns = [
                {name: measure(addresses[name] + url_of(path), network) for name in SITES}
                for _ in range(runs)
            ]
            found = {name: middle([turn[name] for turn in turns]) for name in SITES}
            for name, one in found.items():
                slowest = one.times["LCP s"]
                ratios = [f"{slowest / found[n].times['LCP s']:.2f}" for n in ("by hand", "theme")]
                times = [f"{value:.{0 if 'ms' in key else 2}f}" for key, value in one.times.items()]
                cells = [path, network, name, f"{one.kilobytes:.1f}", str(one.requests)]
                scores = "/".join(str(one.scores[key]) for key in CATEGORIES)
                lines.append(f"| {' | '.join([*cells, *times, *ratios, scores])} |")
                print(lines[-1], file=sys.stderr, flush=True)
    return lines
