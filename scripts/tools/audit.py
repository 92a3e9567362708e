"""Ask for known faults of every locked package, where the network lets us."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts.tools.bootstrap import lock_file
from scripts.tools.packages import purposes

EXPLAINED: dict[str, str] = {}
"""Faults that do not touch us, by their id, each with the reason and the day it was judged."""


@dataclass(frozen=True)
class Audit:
    """What is known of the packages of one lock.

    Attributes:
        purpose: The lock.
        faults: A line for each known fault that is not explained.
        explained: A line for each that is.
        unknown: Packages that the service said nothing of.
        count: All packages of the lock.
    """

    purpose: str
    faults: tuple[str, ...]
    explained: tuple[str, ...]
    unknown: tuple[str, ...]
    count: int

    @property
    def says_nothing(self) -> bool:
        """Whether the service gave no answer at all: no network, or a mirror without it."""
        return len(self.unknown) == self.count


def read_report(purpose: str, report: str) -> Audit:
    """Read the JSON that pip-audit writes; an empty text stands for no answer.

    Args:
        purpose: The lock that it was asked about.
        report: What it wrote.
    """
    packages = json.loads(report)["dependencies"] if report.strip() else []
    faults, explained = [], []
    for package in packages:
        for each in package.get("vulns", ()):
            names = {each["id"], *each.get("aliases", ())}
            mended = ", ".join(each.get("fix_versions", ())) or "none yet"
            line = f"{package['name']} {package['version']}: {each['id']}, mended in: {mended}"
            reason = next((EXPLAINED[name] for name in sorted(names) if name in EXPLAINED), None)
            if reason is None:
                faults.append(line)
            else:
                explained.append(f"{line}. {reason}")
    unknown = tuple(package["name"] for package in packages if "skip_reason" in package)
    return Audit(purpose, tuple(faults), tuple(explained), unknown, len(packages))


def ask(python: Path, purpose: str) -> Audit:
    """Ask about one lock.

    Args:
        python: Of the environment that holds pip-audit.
        purpose: The lock.
    """
    done = subprocess.run(
        [
            *(str(python), "-m", "pip_audit", "--requirement", str(lock_file(purpose))),
            *("--require-hashes", "--disable-pip", "--no-deps"),
            *("--progress-spinner", "off", "--format", "json", "--timeout", "20"),
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    # It writes no report at all where no connection can be made.
    return read_report(purpose, done.stdout if done.stdout.startswith("{") else "")


def ask_all(python: Path) -> list[Audit]:
    """Ask about all locks."""
    return [ask(python, purpose) for purpose in purposes()]


def lines_of(audits: list[Audit]) -> list[str]:
    """Say in plain words what is known, a line each."""
    lines = []
    for audit in audits:
        name = f"scripts/locks/{audit.purpose}.txt"
        if audit.says_nothing:
            lines.append(f"{name}: NOT CHECKED. PyPI gave no answer about known faults.")
            continue
        known = audit.count - len(audit.unknown)
        lines.append(f"{name}: {known} of {audit.count} packages checked.")
        lines += [f"  FAULT {line}" for line in audit.faults]
        lines += [f"  explained: {line}" for line in audit.explained]
        if audit.unknown:
            lines.append(f"  not checked: {', '.join(audit.unknown)}")
    return lines
