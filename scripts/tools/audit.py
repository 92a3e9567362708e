"""Check every locked package for known vulnerabilities. This needs the network."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts.tools.bootstrap import lock_file
from scripts.tools.packages import purposes

EXPLAINED: dict[str, str] = {}
"""Vulnerabilities that do not affect the guide, by id, with the reason and the date."""


@dataclass(frozen=True)
class Audit:
    """Audit result for the packages of one lockfile.

    Attributes:
        purpose: Name of the lockfile.
        faults: A line for each known vulnerability that is not explained.
        explained: A line for each that is.
        unknown: Packages that the service has no data for.
        count: Number of packages of the lockfile.
    """

    purpose: str
    faults: tuple[str, ...]
    explained: tuple[str, ...]
    unknown: tuple[str, ...]
    count: int

    @property
    def says_nothing(self) -> bool:
        """Whether the service did not answer at all: no network, or a mirror that lacks it."""
        return len(self.unknown) == self.count


def read_report(purpose: str, report: str) -> Audit:
    """Return the result in the JSON output of pip-audit; empty text means no answer.

    Args:
        purpose: Name of the lockfile that was audited.
        report: Output of pip-audit.
    """
    packages = json.loads(report)["dependencies"] if report.strip() else []
    faults, explained = [], []
    for package in packages:
        for each in package.get("vulns", ()):
            names = {each["id"], *each.get("aliases", ())}
            fixed_in = ", ".join(each.get("fix_versions", ())) or "none yet"
            line = f"{package['name']} {package['version']}: {each['id']}, fixed in: {fixed_in}"
            reason = next((EXPLAINED[name] for name in sorted(names) if name in EXPLAINED), None)
            if reason is None:
                faults.append(line)
            else:
                explained.append(f"{line}. {reason}")
    unknown = tuple(package["name"] for package in packages if "skip_reason" in package)
    return Audit(purpose, tuple(faults), tuple(explained), unknown, len(packages))


def ask(python: Path, purpose: str) -> Audit:
    """Audit one lockfile.

    Args:
        python: Python of the environment that contains pip-audit.
        purpose: Name of the lockfile.
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
    # Without a connection, pip-audit writes no report.
    return read_report(purpose, done.stdout if done.stdout.startswith("{") else "")


def ask_all(python: Path) -> list[Audit]:
    """Audit all lockfiles."""
    return [ask(python, purpose) for purpose in purposes()]


def lines_of(audits: list[Audit]) -> list[str]:
    """Return the results in plain words, one fact a line."""
    lines = []
    for audit in audits:
        name = f"scripts/locks/{audit.purpose}.txt"
        if audit.says_nothing:
            lines.append(f"{name}: NOT CHECKED. PyPI gave no answer about known vulnerabilities.")
            continue
        known = audit.count - len(audit.unknown)
        lines.append(f"{name}: {known} of {audit.count} packages checked.")
        lines += [f"  VULNERABLE {line}" for line in audit.faults]
        lines += [f"  explained: {line}" for line in audit.explained]
        if audit.unknown:
            lines.append(f"  not checked: {', '.join(audit.unknown)}")
    return lines
