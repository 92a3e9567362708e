"""The vulnerability audit: what it reports when one is found, explained, fixed or not known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scripts import cli
from scripts.tools import audit
from scripts.tools.audit import lines_of, read_report
from tests.conftest import invoke

FAULT = {
    "id": "PYSEC-2026-1",
    "aliases": ["CVE-2026-1"],
    "fix_versions": ["2.0"],
    "description": "",
}


def report(**packages: Any) -> str:
    """Return a report as pip-audit writes it.

    Each package has a list of vulnerabilities, or the reason why it was skipped.
    """
    return json.dumps(
        {
            "dependencies": [
                {"name": name, "skip_reason": found}
                if isinstance(found, str)
                else {"name": name, "version": "1.0", "vulns": found}
                for name, found in packages.items()
            ]
        }
    )


def test_a_known_fault_is_named_with_the_version_that_mends_it() -> None:
    found = read_report("run", report(jinja2=[FAULT], click=[]))
    assert found.faults == ("jinja2 1.0: PYSEC-2026-1, fixed in: 2.0",)
    assert any("VULNERABLE jinja2" in line for line in lines_of([found]))
    assert "2 of 2 packages checked" in lines_of([found])[0]


@pytest.mark.parametrize("name", ["PYSEC-2026-1", "CVE-2026-1"])
def test_an_explained_fault_is_told_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(audit.EXPLAINED, name, "We never call it. 22 November 2026.")
    found = read_report("run", report(jinja2=[FAULT]))
    assert found.faults == ()
    assert "We never call it" in lines_of([found])[1]


@pytest.mark.parametrize("text", ["", report(jinja2="not found on PyPI", click="not found")])
def test_no_answer_is_said_plainly_and_is_no_fault(text: str) -> None:
    found = read_report("run", text)
    assert found.says_nothing
    assert "NOT CHECKED" in lines_of([found])[0]
    assert found.faults == ()


def test_a_package_that_nobody_knows_is_named() -> None:
    found = read_report("run", report(jinja2=[], click="not found"))
    assert not found.says_nothing
    assert "1 of 2 packages checked" in lines_of([found])[0]
    assert "not checked: click" in lines_of([found])[1]


@pytest.mark.parametrize(("faults", "code"), [([FAULT], 1), ([], 0), ("no answer", 0)])
def test_only_a_known_fault_fails_the_command(
    monkeypatch: pytest.MonkeyPatch, faults: Any, code: int
) -> None:
    monkeypatch.setattr(cli, "ensure_environment", lambda *_: "python")
    monkeypatch.setattr(
        audit, "ask_all", lambda _python: [read_report("run", report(jinja2=faults))]
    )
    done = invoke("audit")
    assert done.exit_code == code, done.output
