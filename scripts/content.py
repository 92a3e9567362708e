"""The whole content of the guide: read once, checked whole, then only read from."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from scripts.checks import check_all
from scripts.guide.errors import ContentError, Problem
from scripts.guide.guide import Guide
from scripts.guide.models.address import Address
from scripts.guide.models.article import ArticleStatement
from scripts.guide.models.base import KEBAB, Model, validate
from scripts.guide.models.call_script import CallScript
from scripts.guide.models.care_card import CareCard, Symptom
from scripts.guide.models.checklist import Checklist, SheetPack
from scripts.guide.models.edition import Edition
from scripts.guide.models.evidence import Fact, Source
from scripts.guide.models.figure import Figure
from scripts.guide.models.glossary import Term
from scripts.guide.models.grades import GradeTable
from scripts.guide.models.kept import Kept
from scripts.guide.models.lay_term import LayTerms
from scripts.guide.models.link_kit import LinkKit
from scripts.guide.models.no_answer import NoAnswer
from scripts.guide.models.number import Number, Region
from scripts.guide.models.record_codes import CodeGroup, RecordRequest
from scripts.guide.models.strings import Strings
from scripts.guide.models.temperature import Temperature
from scripts.guide.models.temperature_helper import TemperatureHelper
from scripts.guide.models.timeline import Timeline
from scripts.guide.models.words import Words
from scripts.guide.pages import read_pages
from scripts.guide.yaml_source import Location, YamlSource, read
from scripts.root import ROOT

HANDED_OVER = {"CRS_CONTENT": "stdin"}
"""Tells the macros, which the engine runs, to read the checked content, pickled, from its input.

They read and check nothing a second time, and the pages show the very content that was checked.
"""

M = TypeVar("M", bound=Model)


class _Reader:
    """Reads the files of a data folder and gathers every fault before it gives up."""

    def __init__(self, data: Path, root: Path) -> None:
        self.data, self.root = data, root
        self.problems: list[Problem] = []
        self.files: list[YamlSource] = []

    def source(self, path: Path) -> YamlSource | None:
        try:
            source = read(path, self.root)
        except ContentError as error:
            self.problems += error.problems
            return None
        self.files.append(source)
        return source

    def record(self, model: type[M], source: YamlSource, at: Location = ()) -> M | None:
        try:
            return validate(model, source, at)
        except ContentError as error:
            self.problems += error.problems
            return None

    def one(self, model: type[M], name: str | Path) -> M | None:
        """Read a file that holds one record: a name in the data folder, or a whole path."""
        source = self.source(self.data / name)
        return None if source is None else self.record(model, source)

    def mapping(self, model: type[M], *paths: Path) -> dict[str, M]:
        """Read files that hold named records; a name may stand once over all of them."""
        found: dict[str, M] = {}
        where: dict[str, str] = {}
        for path in paths:
            if (source := self.source(path)) is None:
                continue
            if not isinstance(source.data, dict) or not source.data:
                fault = "the file is empty" if source.data is None else "the file names no entries"
                self.problems.append(source.problem((), fault, "Write names with their entries."))
                continue
            for name in source.data:
                if not KEBAB.fullmatch(name):
                    fault = f"“{name}” is not kebab-case"
                    remedy = "Use small letters, digits and single hyphens."
                    self.problems.append(source.problem((name,), fault, remedy))
                elif name in found:
                    fault = f"“{name}” also stands in {where[name]}"
                    self.problems.append(source.problem((name,), fault, "Give it another name."))
                elif (record := self.record(model, source, (name,))) is not None:
                    found[name], where[name] = record, source.file
        return found

    def list(self, model: type[M], name: str, key: str) -> dict[str, M]:
        """Read a file that holds a list of records with unique keys."""
        source = self.source(self.data / name)
        if source is None:
            return {}
        if not isinstance(source.data, tuple) or not source.data:
            fault = "the list is empty" if not source.data else "the file is no list"
            self.problems.append(source.problem((), fault, "Write each entry after a hyphen."))
            return {}
        found: dict[str, M] = {}
        for index in range(len(source.data)):
            record = self.record(model, source, (index,))
            if record is None:
                continue
            value = str(getattr(record, key))
            if value in found:
                fault = f"the {key} “{value}” stands twice"
                self.problems.append(
                    source.problem((index, key), fault, "Give each entry its own.")
                )
            found[value] = record
        return found

    def folder(self, model: type[M], name: str) -> dict[str, M]:
        """Read a folder of files that hold one record each, named after the file."""
        paths = sorted((self.data / name).glob("*.yml"))
        if not paths:
            self.source(self.data / name / "….yml")
        found = {}
        for path in paths:
            if (source := self.source(path)) is None:
                continue
            if not KEBAB.fullmatch(path.stem):
                fault = f"the file's name “{path.stem}” is not kebab-case"
                remedy = "Use small letters, digits and single hyphens."
                self.problems.append(source.problem((), fault, remedy))
            elif (record := self.record(model, source)) is not None:
                found[path.stem] = record
        return found


def _fingerprint(clinic: Path, *folders: Path) -> tuple[tuple[str, int], ...]:
    every = (path for folder in folders for path in folder.rglob("*"))
    files = sorted(path for path in every if path.suffix in {".yml", ".md"})
    # Not its folder: that may hold anything, such as sites that were built from it.
    files += [clinic] if clinic.is_file() else []
    return tuple((str(path), path.stat().st_mtime_ns) for path in files)


def load_guide(
    root: Path = ROOT,
    *,
    pages: Path | None = None,
    data: Path | None = None,
    clinic: Path | None = None,
) -> Guide:
    """Read and check the content.

    Args:
        root: The repository, which errors name files from.
        pages: The folder of one language; ``docs/en`` by default.
        data: The data folder; ``docs/data`` by default.
        clinic: The file of a clinic's edition; ``clinic.yml`` of the data folder by default.

    Raises:
        ContentError: Something must not be published; the text lists every fault.
    """
    pages, data = pages or root / "docs" / "en", data or root / "docs" / "data"
    clinic = clinic.resolve() if clinic else data / "clinic.yml"
    return _load(root, pages, data, clinic, _fingerprint(clinic, pages, data))


@lru_cache(maxsize=4)
def _load(root: Path, pages_folder: Path, data: Path, clinic: Path, _state: object) -> Guide:
    reader = _Reader(data, root)
    fields: dict[str, Any] = {
        "edition": reader.one(Edition, clinic),
        "strings": reader.one(Strings, "strings.yml"),
        "words": reader.one(Words, "words.yml"),
        "lay_terms": reader.one(LayTerms, "lay-terms.yml"),
        "facts": reader.list(Fact, "facts.yml", "id"),
        "sources": reader.list(Source, "sources.yml", "id"),
        "terms": reader.list(Term, "glossary.yml", "id"),
        "temperatures": reader.mapping(Temperature, data / "temperatures.yml"),
        "numbers": reader.mapping(Number, *sorted((data / "numbers").glob("*.yml"))),
        "regions": reader.mapping(Region, data / "region-rules.yml"),
        "symptoms": reader.mapping(Symptom, data / "symptoms.yml"),
        "care_cards": reader.mapping(CareCard, data / "care-cards.yml"),
        "call_script": reader.one(CallScript, "call-script.yml"),
        "no_answer": reader.one(NoAnswer, "no-answer.yml"),
        "checklists": reader.folder(Checklist, "checklists"),
        "sheet_pack": reader.one(SheetPack, "sheet-pack.yml"),
        "link_kit": reader.one(LinkKit, "link-kit.yml"),
        "temperature_helper": reader.one(TemperatureHelper, "temperature-helper.yml"),
        "timeline": reader.one(Timeline, "timeline.yml"),
        "grades": reader.mapping(GradeTable, data / "grades.yml"),
        "figures": reader.folder(Figure, "figures"),
        "article": tuple(reader.list(ArticleStatement, "article.yml", "number").values()),
        "addresses": reader.list(Address, "addresses.yml", "target"),
        "record_codes": reader.mapping(CodeGroup, data / "record-codes.yml"),
        "record_requests": reader.list(RecordRequest, "record-requests.yml", "about"),
        "kept": reader.list(Kept, "kept.yml", "key"),
    }
    fields["pages"], unread = read_pages(pages_folder, root)
    problems = reader.problems + [problem for faults in unread.values() for problem in faults]
    if any(value is None for value in fields.values()) or reader.problems:
        raise ContentError(problems)
    # The clinic's own level is the fever level, wherever the guide names one.
    edition, temperatures = fields["edition"], fields["temperatures"]
    if "fever" in temperatures:
        level = {"celsius": edition.fever_level.celsius}
        temperatures["fever"] = temperatures["fever"].model_copy(update=level)
    # Under the arm a reader calls no later than elsewhere, whatever the clinic's level.
    if "armpit" in temperatures:
        lower = min(temperatures["armpit"].celsius, edition.fever_level.celsius)
        temperatures["armpit"] = temperatures["armpit"].model_copy(update={"celsius": lower})
    sheets = fields["checklists"]
    files = {_name(file, data, root): file for file in reader.files}
    for slug, sheet in tuple(sheets.items()):
        if sheet.second and sheet.second.slug in sheets:
            fault = f"there is a sheet “{sheet.second.slug}” already"
            at = ("second", "slug")
            problems.append(
                files[f"checklists/{slug}.yml"].problem(at, fault, "Give it another name.")
            )
        elif sheet.second:
            sheets[sheet.second.slug] = sheet.for_later_days(sheet.second)
    guide = Guide(**fields, edition_file=clinic)
    # Wherever it stands, the edition's file has one name here. It is the first that is read.
    files["clinic.yml"] = reader.files[0]
    problems += check_all(files, guide, unread)
    if problems:
        raise ContentError(problems)
    return guide


def _name(file: YamlSource, data: Path, root: Path) -> str:
    prefix = data.relative_to(root).as_posix() + "/" if data.is_relative_to(root) else ""
    return re.sub(rf"^{re.escape(prefix)}", "", file.file)
