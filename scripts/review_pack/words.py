"""Read the pack's own words, the open questions and the order of the menu."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scripts.checks.places import check_place
from scripts.guide.errors import ContentError, Problem
from scripts.guide.evidence import unknown
from scripts.guide.guide import Guide
from scripts.guide.models.base import PLACEHOLDER, validate
from scripts.guide.models.review_pack import OpenQuestion, ReviewPackWords
from scripts.guide.yaml_source import YamlSource, read
from scripts.root import ROOT


@dataclass(frozen=True)
class PackData:
    """Data of the pack that is not part of the guide.

    Attributes:
        words: Text of the pack itself.
        questions: Open questions, in order.
        order: Pages in the order of the menu.
    """

    words: ReviewPackWords
    questions: tuple[OpenQuestion, ...]
    order: tuple[str, ...]


def load_pack_data(guide: Guide, root: Path = ROOT) -> PackData:
    """Return the data of the pack that is not part of the guide.

    Raises:
        ContentError: A file has errors; the message lists them all.
    """
    data = root / "docs" / "data"
    words = validate(ReviewPackWords, read(data / "review-pack.yml", root))
    source = read(data / "open-questions.yml", root)
    questions: list[OpenQuestion] = []
    problems: list[Problem] = []
    for index in range(len(source.data)):
        try:
            questions.append(validate(OpenQuestion, source, (index,)))
        except ContentError as error:
            problems += error.problems
        else:
            problems += _faults(questions[-1], source, index, guide)
    if problems:
        raise ContentError(problems)
    return PackData(words, tuple(questions), menu_order(root / "mkdocs.yml"))


def _faults(
    question: OpenQuestion, source: YamlSource, index: int, guide: Guide
) -> Iterator[Problem]:
    """Yield a problem for each unknown page or fact that a question names."""
    for at, place in enumerate(question.where):
        yield from check_place(source, (index, "where", at), place, guide, ())
    for at, name in enumerate(question.about):
        for fault, remedy in unknown(guide.facts, [name]):
            yield source.problem((index, "about", at), fault, remedy)


def menu_order(config: Path) -> tuple[str, ...]:
    """Return the pages in the order of the menu.

    Args:
        config: Configuration file of MkDocs. Only its menu is parsed: the rest has tags that only
            MkDocs can read.
    """
    _, _, nav = config.read_text(encoding="utf-8").partition("\nnav:\n")
    listed = re.split(r"\n(?=[^\s#-])", nav)[0]
    return tuple(_pages(yaml.safe_load(listed)))


def _pages(entry: Any) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    children = entry.values() if isinstance(entry, dict) else entry or ()
    return [page for child in children for page in _pages(child)]


def fill(text: str, **named: object) -> str:
    """Return one of the pack's own texts with its placeholders filled."""
    return PLACEHOLDER.sub(lambda found: str(named[found[1]]), text)
