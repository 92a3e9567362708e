"""The list of published addresses: how it is written, and its earlier versions on main."""

from __future__ import annotations

import datetime
import hashlib
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.root import ROOT

LIST = "tests/published-addresses.txt"
HEAD = re.compile(
    r"# (?P<day>\d{4}-\d\d-\d\d): (?P<count>\d+) addresses, sha256 (?P<sum>[0-9a-f]+)"
)
MAIN = ("refs/heads/main", "refs/remotes/origin/main", "refs/remotes/upstream/main")


@dataclass(frozen=True)
class Batch:
    """Addresses that were added together.

    Attributes:
        head: The line above them. Its hash reveals a change.
        addresses: The addresses, in the order of the file.
    """

    head: str
    addresses: tuple[str, ...]

    @property
    def day(self) -> datetime.date:
        """The day on which they were published."""
        found = HEAD.fullmatch(self.head)
        assert found, f"this is no head of a batch: {self.head!r}"
        return datetime.date.fromisoformat(found["day"])


def head_of(day: datetime.date, addresses: tuple[str, ...]) -> str:
    """Return the line above a batch, whose hash must change with the batch."""
    digest = hashlib.sha256("\n".join(addresses).encode()).hexdigest()[:16]
    return f"# {day}: {len(addresses)} addresses, sha256 {digest}"


def batches(text: str) -> list[Batch]:
    """Return the batches of the list."""
    found: list[Batch] = []
    lines: list[str] = []
    for line in filter(None, text.splitlines()):
        if line.startswith("# 2"):
            lines = []
            found.append(Batch(line, ()))
        elif not line.startswith("#"):
            assert found, f"{line} is above the first batch"
            lines.append(line)
            found[-1] = Batch(found[-1].head, tuple(lines))
    return found


def listed(text: str) -> dict[str, datetime.date]:
    """Return each address of the list with its day."""
    return {address: batch.day for batch in batches(text) for address in batch.addresses}


def to_append(addresses: Mapping[str, datetime.date]) -> str:
    """Return the text of the batches that add more addresses to the list."""
    days = sorted(set(addresses.values()))
    text = ""
    for day in days:
        own = tuple(sorted(address for address in addresses if addresses[address] == day))
        text += "\n".join((head_of(day, own), *own)) + "\n"
    return text


def on_main(root: Path = ROOT) -> dict[str, str]:
    """Return every version of the list that main ever contained, by commit, as far as git knows.

    Without a main, as in a CI checkout of a branch, the branch's own history is used. Without
    git there
    is no history, and only the hashes protect the list.
    """
    refs = [ref for ref in MAIN if _git(root, "rev-parse", "--verify", "--quiet", ref)]
    found: dict[str, str] = {}
    for ref in refs or ["HEAD"]:
        for commit in (_git(root, "log", "--format=%H", ref, "--", LIST) or "").split():
            # A commit may also have deleted the list.
            if (text := _git(root, "show", f"{commit}:{LIST}")) is not None:
                found[commit] = text
    return found


def gone(now: str, before: Mapping[str, str]) -> dict[str, str]:
    """Return each address that is missing now, with a commit whose list contained it."""
    kept = listed(now)
    return {
        address: commit
        for commit, text in before.items()
        for address in listed(text)
        if address not in kept
    }


def _git(root: Path, *arguments: str) -> str | None:
    """Return the output of git, or None if it fails or is not installed."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
