"""The output of wrk is parsed correctly: a failed request must never be missed."""

from __future__ import annotations

from scripts.guide.guide import Guide
from scripts.measure.server_load import read_result, requests, table_of
from tests.conftest import Site

GOOD = """Running 8s test @ http://127.0.0.1:8000/
  2 threads and 100 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     6.51ms    5.02ms 102.11ms   92.35%
  Latency Distribution
     50%    5.12ms
     99%   26.12ms
  181874 requests in 8.03s, 44.05MB read
Requests/sec:  22657.31
Transfer/sec:      5.49MB
"""
LOST = GOOD.replace(
    "Requests/sec", "  Socket errors: connect 1, read 2, write 0, timeout 4\nRequests/sec"
)
REFUSED = GOOD.replace("Requests/sec", "  Non-2xx or 3xx responses: 181870\nRequests/sec")


def test_a_good_run_is_read() -> None:
    load = read_result("a page", GOOD)
    assert (load.count, load.rate, load.slowest, load.failed) == (181874, 22657.31, "26.12ms", 0)


def test_each_request_that_was_lost_or_refused_counts() -> None:
    assert read_result("a page", LOST).failed == 7
    assert read_result("a page", REFUSED).failed == 181870


def test_where_no_page_is_the_right_answer_any_other_counts() -> None:
    assert read_result("a wrong address", REFUSED, missing=True).failed == 4
    assert read_result("a wrong address", GOOD, missing=True).failed == 181874


def test_a_run_that_said_nothing_is_not_taken_for_a_good_one() -> None:
    load = read_result("a page", "unable to connect to 127.0.0.1:8000 Connection refused")
    assert (load.count, load.rate) == (0, 0)


def test_each_line_has_its_ratio_to_the_last() -> None:
    half = read_result("a page", GOOD.replace("22657.31", "11328.65"))
    lines = table_of([half, read_result("one line", GOOD)])
    assert "  0.50  " in lines[1]
    assert "  1.00  " in lines[2]


def test_all_that_is_asked_for_is_there_but_for_the_wrong_address(site: Site, guide: Guide) -> None:
    for what, path in requests(guide).items():
        file = site.folder / path
        there = (file / "index.html" if file.is_dir() else file).is_file()
        assert there == (what != "a wrong address"), path
