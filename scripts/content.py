"""Load the whole content of the guide: read it once, then check it before anything is built."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from scripts.checks import check_all
from scripts.components.registry import COMPONENTS
from scripts.components.sheet.sheet import Sheet
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.address import Address
from scripts.guide.models.article import ArticleStatement
from scripts.guide.models.care_card import CareCard, Symptom
from scripts.guide.models.checklist import SheetPack
from scripts.guide.models.edition import Edition
from scripts.guide.models.evidence import Fact, Source
from scripts.guide.models.glossary import Term
from scripts.guide.models.lay_term import LayTerms
from scripts.guide.models.number import Number, Region
from scripts.guide.models.record_codes import CodeGroup
from scripts.guide.models.stored_item import StoredItem
from scripts.guide.models.strings import Strings
from scripts.guide.models.temperature import Temperature
from scripts.guide.models.temperature_helper import TemperatureHelper
from scripts.guide.models.words import WordRules
from scripts.guide.pages import read_pages
from scripts.guide.reader import Reader
from scripts.root import ROOT

HANDED_OVER = {"CRS_CONTENT": "stdin"}
"""Environment variable that makes the macros read the checked content, pickled, from stdin.

MkDocs runs the macros. They do not read or check the files again, so the pages show exactly the
content that was checked.
"""


def _fingerprint(clinic: Path, *folders: Path) -> tuple[tuple[str, int, int], ...]:
    # Only the file of the clinic, not its folder, which may contain built sites.
    files = [clinic, *sorted(path for folder in folders for path in folder.rglob("*"))]
    stats = [(str(path), path.stat()) for path in files if path.is_file()]
    return tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats)


def load_guide(
    root: Path = ROOT,
    *,
    pages: Path | None = None,
    data: Path | None = None,
    clinic: Path | None = None,
) -> Guide:
    """Read and check the content.

    Args:
        root: The repository; paths in error messages are relative to it.
        pages: Folder of one language; ``docs/en`` by default.
        data: Data folder; ``docs/data`` by default.
        clinic: File of a clinic's edition; ``clinic.yml`` of the data folder by default.

    Raises:
        ContentError: The content has problems; the message lists all of them.
    """
    pages, data = pages or root / "docs" / "en", data or root / "docs" / "data"
    clinic = clinic.resolve() if clinic else data / "clinic.yml"
    return _load(root, pages, data, clinic, _fingerprint(clinic, pages, data))


@lru_cache(maxsize=4)
def _load(root: Path, pages_folder: Path, data: Path, clinic: Path, _state: object) -> Guide:
    # Files outside the repository are named from the data folder, so that checks find them.
    reader = Reader(data, root if data.is_relative_to(root) else data)
    fields: dict[str, Any] = {
        "edition": reader.one(Edition, clinic),
        "strings": reader.one(Strings, "strings.yml"),
        "word_rules": reader.one(WordRules, "words.yml"),
        "lay_terms": reader.one(LayTerms, "lay-terms.yml"),
        "facts": reader.list(Fact, "facts.yml", "id"),
        "sources": reader.list(Source, "sources.yml", "id"),
        "terms": reader.list(Term, "glossary.yml", "id"),
        "temperatures": reader.mapping(Temperature, data / "temperatures.yml"),
        "numbers": reader.mapping(Number, *sorted((data / "numbers").glob("*.yml"))),
        "regions": reader.mapping(Region, data / "region-rules.yml"),
        "symptoms": reader.mapping(Symptom, data / "symptoms.yml"),
        "care_cards": reader.mapping(CareCard, data / "care-cards.yml"),
        "checklists": reader.folder(Sheet, "checklists"),
        "sheet_pack": reader.one(SheetPack, "sheet-pack.yml"),
        "temperature_helper": reader.one(TemperatureHelper, "temperature-helper.yml"),
        "article": tuple(reader.list(ArticleStatement, "article.yml", "number").values()),
        "addresses": reader.list(Address, "addresses.yml", "target"),
        "record_codes": reader.mapping(CodeGroup, data / "record-codes.yml"),
        "stored_items": reader.list(StoredItem, "browser-storage.yml", "key"),
    }
    stores = {
        store.name: store.read(reader) for each in COMPONENTS.values() for store in each.stores
    }
    fields["pages"], unread = read_pages(pages_folder, root)
    problems = reader.problems + [problem for faults in unread.values() for problem in faults]
    unread_data = any(value is None for value in (*fields.values(), *stores.values()))
    if unread_data or reader.problems:
        raise ContentError(problems)
    # The clinic's own level replaces the fever level everywhere in the guide.
    edition, temperatures = fields["edition"], fields["temperatures"]
    if "fever" in temperatures:
        level = {"celsius": edition.fever_level.celsius}
        temperatures["fever"] = temperatures["fever"].model_copy(update=level)
    # A reading under the arm must never lead to a later call than one taken elsewhere, whatever
    # level the clinic sets.
    if "armpit" in temperatures:
        lower = min(temperatures["armpit"].celsius, edition.fever_level.celsius)
        temperatures["armpit"] = temperatures["armpit"].model_copy(update={"celsius": lower})
    guide = Guide(**fields, edition_file=clinic, stores=stores)
    # The checks look the edition up as clinic.yml, whatever its path. It is the first file read.
    files = reader.files | {"clinic.yml": next(iter(reader.files.values()))}
    problems += check_all(files, guide, unread)
    if problems:
        raise ContentError(problems)
    return guide
