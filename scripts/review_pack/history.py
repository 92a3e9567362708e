"""What git knows: the version of the content, and the content as it was at a tag or on a day."""

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
"""What versions up to November 2026 say in files of evidence that are checked more strictly now."""

RESHAPED = {
    "timeline.yml": (
        (r"\n    median_start_day: (\d+)", r"\n    data: not given\n    typical_start_days: [\1]"),
        (r"\n    fact: (\S+)", r"\n    facts: [\1]"),
        (r"\n  cancer: .*", ""),
        (r"\n  later: (.*)", r"\n  fades: \1\n  or_later: \1\n  to: to\n  from_day: from day"),
    ),
}
"""Patterns of keys that such versions have in another shape, and the shape of today."""


class HistoryError(Exception):
    """The version that was asked for cannot be had. Its text says why and what to do."""


@dataclass(frozen=True)
class Version:
    """A commit.

    Attributes:
        commit: Its full name.
        date: The day it was committed.
        changed: Whether the content differs from it.
    """

    commit: str
    date: str
    changed: bool = False

    @property
    def short(self) -> str:
        """A name that people can read out."""
        return self.commit[:12]


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git.

    Raises:
        HistoryError: There is no git.
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
    """Give what git says, or nothing where it refuses."""
    done = _git(root, *arguments)
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def is_kept_in_git(root: Path) -> bool:
    """Tell whether a folder is the top of a git work tree."""
    top = _answer(root, "rev-parse", "--show-toplevel")
    return bool(top) and Path(top).resolve() == root.resolve()


def current_version(root: Path) -> Version | None:
    """Give the version of the content; none where git does not keep it."""
    try:
        commit = _answer(root, "rev-parse", "HEAD") if is_kept_in_git(root) else ""
    except HistoryError:
        return None
    if not commit:
        return None
    changed = _answer(root, "status", "--porcelain", "--", *CONTENT)
    return Version(commit, _date(root, commit), bool(changed))


def version_since(root: Path, since: str) -> Version:
    """Find the commit that a tag, a commit's name or a day means.

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
    """Lay out the content of a version in a folder of its own, for as long as it is needed.

    Raises:
        HistoryError: That version holds no content.
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
    """Rename what the evidence of an older version calls otherwise, so that it can still be read.

    No statement rested on a fact of low confidence, and kinds of sources are not compared.
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
