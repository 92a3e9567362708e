"""Read from git: the version of the content, and the content at a tag or on a day."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CONTENT = ("docs/en", "docs/data")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RENAMED = {
    "facts.yml": {"confidence: low": "confidence: medium"},
    "sources.yml": {"kind: patient-page": "kind: reference", "kind: trial": "kind: study"},
}
"""Replacements for values that content up to November 2026 has and stricter checks now refuse."""

RESHAPED = {
    "timeline.yml": (
        (r"\n    median_start_day: (\d+)", r"\n    data: not given\n    typical_start_days: [\1]"),
        (r"\n    fact: (\S+)", r"\n    facts: [\1]"),
        (r"\n  cancer: .*", ""),
        (r"\n  later: (.*)", r"\n  fades: \1\n  or_later: \1\n  to: to\n  from_day: from day"),
    ),
}
"""Patterns of keys whose structure has changed since then, with today's structure."""


class HistoryError(Exception):
    """The requested version is not available. The message says why and what to do."""


@dataclass(frozen=True)
class Version:
    """A commit.

    Attributes:
        commit: Full hash.
        date: Day of the commit.
        changed: Whether the content has uncommitted changes.
    """

    commit: str
    date: str
    changed: bool = False

    @property
    def short(self) -> str:
        """The first 12 digits of the hash, short enough to read out."""
        return self.commit[:12]


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git.

    Raises:
        HistoryError: Git is not installed.
    """
    try:
        return subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, check=False
        )
    except OSError as error:
        raise HistoryError(
            "Git is not installed here, so there is no older version to compare with."
            " Install it, or leave out --since."
        ) from error


def _answer(root: Path, *arguments: str) -> str:
    """Return the output of git, or empty text if it fails."""
    done = _git(root, *arguments)
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def is_kept_in_git(root: Path) -> bool:
    """Return whether a folder is the top of a git working tree."""
    top = _answer(root, "rev-parse", "--show-toplevel")
    return bool(top) and Path(top).resolve() == root.resolve()


def current_version(root: Path) -> Version | None:
    """Return the version of the content, or None if it is not kept in git."""
    try:
        commit = _answer(root, "rev-parse", "HEAD") if is_kept_in_git(root) else ""
    except HistoryError:
        return None
    if not commit:
        return None
    changed = _answer(root, "status", "--porcelain", "--", *CONTENT)
    return Version(commit, _date(root, commit), bool(changed))


def version_since(root: Path, since: str) -> Version:
    """Return the commit for a tag, a hash or a day.

    Args:
        root: The top of the repository.
        since: ``v1.2``, ``1a2b3c4`` or ``2026-11-22``; a day means the end of it, in UTC.

    Raises:
        HistoryError: There is no such version.
    """
    if not is_kept_in_git(root):
        raise HistoryError(
            "This copy of the guide is not kept in git, so there is no older version to compare"
            " with. Use a clone of the repository, or leave out --since."
        )
    commit = _answer(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}"
    )
    if not commit and DAY.fullmatch(since):
        commit = _answer(root, "rev-list", "-1", f"--before={since}T23:59:59Z", "HEAD")
        if not commit:
            raise HistoryError(
                f"There is no version of {since} or before: the history begins later."
                " Give a later day."
            )
    if not commit:
        raise HistoryError(
            f"There is no tag, commit or day “{since}”."
            " Give a tag (git tag lists them), a commit, or a day such as 2026-11-22."
        )
    return Version(commit, _date(root, commit))


def _date(root: Path, commit: str) -> str:
    return _answer(root, "show", "--no-patch", "--format=%cs", commit)


@contextmanager
def content_at(root: Path, version: Version) -> Iterator[Path]:
    """Extract the content of a version into a temporary folder and yield that folder.

    Raises:
        HistoryError: That version has no content.
    """
    archive = _git(root, "archive", "--format=tar", version.commit, "--", *CONTENT)
    if archive.returncode != 0:
        raise HistoryError(
            f"The version {version.short} holds no {' and '.join(CONTENT)}. Give a later one."
        )
    with TemporaryDirectory(prefix="crs-since-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        _in_todays_words(Path(folder))
        yield Path(folder)


def _in_todays_words(folder: Path) -> None:
    """Rename what older versions call differently in their evidence, so that they can be read.

    This changes no result: no statement used a fact of low confidence, and kinds of sources are
    not compared.
    """
    for name, renamed in RENAMED.items():
        file = folder / "docs" / "data" / name
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            for before, now in renamed.items():
                text = text.replace(f"\n  {before}\n", f"\n  {now}\n")
            file.write_text(text, encoding="utf-8")
    for name, reshaped in RESHAPED.items():
        file = folder / "docs" / "data" / name
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            for pattern, now in reshaped if "median_start_day" in text else ():
                text = re.sub(pattern, now, text)
            file.write_text(text, encoding="utf-8")
