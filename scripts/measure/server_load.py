"""Measure how many requests per second nginx handles with our settings, on this machine.

Only the ratio to a one-line file, served without settings, can be compared between machines.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.guide.guide import Guide
from scripts.guide.pages import url_of
from scripts.hosting.local import running
from scripts.hosting.settings import write_server_settings

SECONDS = 8
CONNECTIONS = 100
ONE_LINE = "one line, no settings"
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
FAILED = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
COUNT = re.compile(r"(\d+) requests in")
SLOWEST = re.compile(r"99%\s+(\S+)")


def requests(guide: Guide) -> dict[str, str]:
    """Return the paths to request, by description."""
    return {
        "the first page": url_of(guide.page_for("home")),
        "Get help now": url_of(guide.page_for("help")),
        "a sheet": url_of(guide.page_of_sheet(guide.sheet_pack.sheets[0])),
        "a stylesheet": "assets/stylesheets/search.css",
        "a wrong address": "no-such-page",
    }


@dataclass(frozen=True)
class Load:
    """The result of wrk for one address.

    Attributes:
        what: Description of the request.
        count: Number of requests with a response.
        rate: Requests per second.
        slowest: 99th percentile of the response time.
        failed: Requests without a response, or with a status other than the expected one.
    """

    what: str
    count: int
    rate: float
    slowest: str
    failed: int


def read_result(what: str, text: str, *, missing: bool = False) -> Load:
    """Return the result in the output of wrk.

    Args:
        what: Description of the request.
        text: Output of wrk.
        missing: Whether “not found” is the expected response.
    """
    count = int(_found(COUNT, text) or 0)
    failed = sum(map(int, found.groups())) if (found := FAILED.search(text)) else 0
    refused = int(_found(REFUSED, text) or 0)
    failed += count - refused if missing else refused
    return Load(
        what, count, float(_found(RATE, text) or 0), _found(SLOWEST, text) or "unknown", failed
    )


def _found(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found else None


def measure(wrk: Path, url: str, what: str, *, missing: bool = False) -> Load:
    """Request one local address as often as possible for some seconds."""
    done = subprocess.run(
        [
            *(str(wrk), "--latency", "--threads", "2", "--connections", str(CONNECTIONS)),
            # A slow response is not a failure: the machine may be busy with other things.
            *("--timeout", f"{SECONDS}s", "--duration", f"{SECONDS}s"),
            *("--header", "Accept-Encoding: gzip", url),
        ],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return read_result(what, done.stdout, missing=missing)


def measure_all(wrk: Path, site: Path, guide: Guide) -> list[Load]:
    """Measure a built site and, last, a one-line file for comparison."""
    with TemporaryDirectory(prefix="crs-load-") as temporary:
        home, plain = Path(temporary, "ours"), Path(temporary, "plain")
        for folder in (home, plain):
            folder.mkdir()
        write_server_settings(site, guide, home)
        with running("nginx", site, home / "crs-guide.nginx.conf") as server:
            loads = [
                measure(wrk, server.url + path, what, missing=what == "a wrong address")
                for what, path in requests(guide).items()
            ]
        (plain / "site").mkdir()
        (plain / "site" / "index.html").write_text("one line\n", encoding="utf-8")
        (plain / "empty.conf").write_text("", encoding="utf-8")
        with running("nginx", plain / "site", plain / "empty.conf") as server:
            loads.append(measure(wrk, server.url, ONE_LINE))
    return loads


def table_of(loads: list[Load]) -> list[str]:
    """Return a table of the results, each with its ratio to the last."""
    base = loads[-1].rate or 1
    lines = [f"{'':24}{'a second':>10}{'ratio':>8}{'99 %':>10}{'failed':>8}{'of':>10}"]
    lines += [
        f"{load.what:24}{load.rate:10.0f}{load.rate / base:8.2f}{load.slowest:>10}"
        f"{load.failed:8}{load.count:10}"
        for load in loads
    ]
    return lines
