"""Dependencies: locked, listed with their licenses, and published as a bill of materials."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import files
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from scripts.guide.downloads import BILL
from scripts.root import ROOT
from scripts.tools.bill_of_materials import bill_of_materials
from scripts.tools.bootstrap import LOCKS
from scripts.tools.packages import CARRIED, PROJECT, Package, locked, normalized, purposes
from tests.conftest import Site

TABLES = ROOT / "docs" / "contributing" / "dependencies.md"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = {"run": SETTINGS["project"]["dependencies"], **SETTINGS["dependency-groups"]}
"""The requirements of each purpose in pyproject.toml."""

ELSEWHERE = ("audit", "uv", "zensical")
"""Purposes with an environment of their own, whose packages cannot be inspected here."""

THIRD_PARTY = ("overrides/assets/vendor", "scripts/leaflets/fonts")
"""Folders that contain third-party files with their licenses and notes."""


def pins(purpose: str) -> dict[str, str]:
    """Return the names and versions of the requirements, each pinned to one version."""
    found = {}
    for requirement in ASKED[purpose]:
        parts = re.fullmatch(r"([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)", requirement)
        assert parts, f"{requirement} is not pinned to one version"
        found[normalized(parts[1])] = parts[2]
    return found


def rows(part: str) -> dict[str, list[str]]:
    """Return the cells of each row of one table of the document, by the name in the first cell."""
    text = TABLES.read_text(encoding="utf-8")
    section = text.split(f"{{ #{part} }}")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("| ")][2:]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table]
    assert all(len(row) == 6 and all(row) for row in cells), part
    names = [row[0] for row in cells]
    assert len(set(names)) == len(names)
    return {row[0]: row[1:] for row in cells}


def test_each_purpose_has_its_lock() -> None:
    assert purposes() == sorted(ASKED)


@pytest.mark.parametrize("purpose", ASKED)
def test_every_line_of_a_lock_has_a_version_and_a_hash(purpose: str) -> None:
    text = (LOCKS / f"{purpose}.txt").read_text(encoding="utf-8")
    packages = locked(purpose)
    starts = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert len(starts) == len(packages) > 0
    for package in packages.values():
        assert package.hashes, package.name
        assert package.needed_by, package.name
    assert len(re.findall("--hash=", text)) == sum(len(each.hashes) for each in packages.values())
    # The lock names no package index, so that pip uses the one set on the user's machine.
    assert "://" not in text


@pytest.mark.parametrize("purpose", ASKED)
def test_what_we_ask_for_is_what_is_locked(purpose: str) -> None:
    asked, packages = pins(purpose), locked(purpose)
    assert asked == {name: packages[name].version for name in asked if name in packages}
    ours = {name for name, package in packages.items() if PROJECT in package.needed_by}
    assert ours <= asked.keys() | pins("run").keys()


def test_one_package_has_one_version_in_all_locks() -> None:
    versions: dict[str, set[str]] = {}
    for purpose in set(purposes()) - {"audit"}:
        for name, package in locked(purpose).items():
            versions.setdefault(name, set()).add(package.version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
    # Both are installed into one environment.
    assert locked("run").keys() < locked("test").keys()


@pytest.mark.parametrize("purpose", ASKED)
def test_each_package_that_we_ask_for_is_in_the_table(purpose: str) -> None:
    table = rows(purpose)
    expected = pins(purpose)
    if purpose in ELSEWHERE:
        expected = {n: v for n, v in expected.items() if n not in pins("run")}
    assert {name: row[0].split(", ")[0] for name, row in table.items()} == expected
    for name, row in table.items():
        assert re.fullmatch(r"[\w.]+, 20\d\d-[01]\d-[0-3]\d", row[0]), name


@pytest.mark.parametrize("name", sorted({*pins("run"), *pins("test")}))
def test_the_license_in_the_table_is_the_one_that_the_package_names(name: str) -> None:
    written = {row[1] for part in ("run", "test") for key, row in rows(part).items() if key == name}
    named = Package(name, "", (), ()).license
    if not named:
        [file] = [file for file in files(name) or () if Path(file).name == "LICENSE"]
        [named] = written
        assert file.read_text().startswith(f"{named} License")
    assert written == {named}


def test_each_package_of_npm_is_in_the_table_and_locked_by_hash() -> None:
    asked: dict[str, str] = {}
    licenses: dict[str, str] = {}
    for file in sorted(LOCKS.glob("*/package.json")):
        wanted = json.loads(file.read_text(encoding="utf-8"))["dependencies"]
        lock = json.loads(file.with_name("package-lock.json").read_text(encoding="utf-8"))
        found = {path: each for path, each in lock["packages"].items() if path}
        assert all(each.get("integrity", "").startswith("sha512-") for each in found.values())
        asked |= wanted
        licenses |= {name: found[f"node_modules/{name}"]["license"] for name in wanted}
    table = rows("npm")
    assert {name: row[0] for name, row in table.items()} == asked
    assert {name: row[1] for name, row in table.items()} == licenses


def test_each_file_of_others_is_listed_with_its_license() -> None:
    listed = {path for each in CARRIED for path in (*each.files, each.license_file)}
    for folder in THIRD_PARTY:
        for path in sorted((ROOT / folder).rglob("*")):
            note = path.suffix in (".md", ".txt") or path.is_dir()
            assert note or path.relative_to(ROOT).as_posix() in listed, path
    assert all((ROOT / path).is_file() for path in listed)
    table = rows("carried")
    assert {name: row[:2] for name, row in table.items()} == {
        each.name: [each.version, each.license] for each in CARRIED
    }


@pytest.fixture(scope="module")
def bill() -> Any:
    return json.loads(bill_of_materials())


def test_the_bill_of_materials_is_what_its_standard_asks(bill: Any) -> None:
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill))
    assert fault is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str('{"bomFormat": "other"}')


def test_the_bill_of_materials_names_all_that_the_guide_is_built_with(bill: Any) -> None:
    named = {part["name"]: part.get("version") for part in bill["components"]}
    packages = {package.name: package.version for package in locked("run").values()}
    assert named == packages | {each.name: each.version for each in CARRIED}
    for part in bill["components"]:
        assert part["licenses"], part["name"]
    asked = {entry["ref"]: entry.get("dependsOn", []) for entry in bill["dependencies"]}
    assert set(asked[PROJECT]) == {*pins("run"), *(each.name for each in CARRIED)}
    assert "markupsafe" in asked["jinja2"]


def test_the_bill_of_materials_is_the_same_at_each_build(bill: Any) -> None:
    command = (
        "from scripts.tools.bill_of_materials import bill_of_materials as b; print(b(), end='')"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stdout == bill_of_materials()
    assert "timestamp" not in bill["metadata"]
    assert str(ROOT) not in json.dumps(bill)


def test_a_change_of_a_lock_gives_the_bill_another_number(
    bill: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = {name: each for name, each in locked("run").items() if name != "segno"}
    monkeypatch.setattr("scripts.tools.bill_of_materials.locked", lambda _purpose: fewer)
    # The function without its cache, which would return the bill of the real locks.
    assert json.loads(bill_of_materials.__wrapped__())["serialNumber"] != bill["serialNumber"]


def test_the_bill_of_materials_is_published_and_linked(site: Site) -> None:
    assert (site.folder / BILL).read_text(encoding="utf-8") == bill_of_materials()
    assert f'href="../../{BILL}"' in site.html("clinics/governance.md")
