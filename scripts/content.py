"""The whole content of the guide: read once, checked whole, then only read from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from scripts.addresses import faults_of_addresses
from scripts.citations import unknown, unsupported
from scripts.errors import ContentError, Problem
from scripts.first_hand import unfit
from scripts.lay_terms import faults_of_lay_terms
from scripts.logo import logo_fault
from scripts.models.address import Address
from scripts.models.article import ArticleStatement
from scripts.models.base import KEBAB, PLACEHOLDER, Model, validate
from scripts.models.call_script import CallScript
from scripts.models.care_card import CareCard, Symptom
from scripts.models.checklist import (
    Chart,
    Checklist,
    GradesBlock,
    Log,
    NoAnswerBlock,
    SecondSheet,
    SheetPack,
    Signs,
    TableBlock,
)
from scripts.models.edition import COUNTRIES, Edition
from scripts.models.evidence import Fact, Source
from scripts.models.figure import Figure
from scripts.models.glossary import Term
from scripts.models.grades import GradeTable
from scripts.models.kept import Kept
from scripts.models.lay_term import LayTerms
from scripts.models.link_kit import LinkKit
from scripts.models.no_answer import NoAnswer
from scripts.models.number import Number, Region
from scripts.models.record_codes import CodeGroup, RecordRequest
from scripts.models.strings import Strings
from scripts.models.temperature import Temperature
from scripts.models.temperature_helper import TemperatureHelper
from scripts.models.timeline import Timeline
from scripts.models.words import Words
from scripts.page_rules import faults_of, unlike_the_house, unsayable
from scripts.pages import Page, anchors_of, read_pages
from scripts.record_codes import faults_of_codes
from scripts.yaml_source import Location, YamlSource, read

ROOT = Path(__file__).resolve().parents[1]
URGENCIES = ("emergency", "call-now", "tell-your-team")
LEVELS = ("low", "fever", "some-places-say")
UNFILLED = ("Write the name of your clinic here", "write-your-address.example")
"""What the template of an edition holds in the place of what a clinic must write."""

HANDED_OVER = {"CRS_CONTENT": "stdin"}
"""Tells the macros, which the engine runs, to read the checked content, pickled, from its input.

They read and check nothing a second time, and the pages show the very content that was checked.
"""

EVIDENCE = ("facts.yml", "sources.yml", "glossary.yml")
NOT_SHOWN = ("facts.yml", "sources.yml", "words.yml", "lay-terms.yml")
FIXED_PLACEHOLDERS = ("blank", "call-back", "emergency-number", "line-24h")
MORE_PLACEHOLDERS = {
    "strings.yml": ("time", "distance", "source"),
    "link-kit.yml": ("address",),
}
"""Those of one file only: a clinic's own rules, the address a text leads to."""

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Guide:
    """Everything that a page can show, checked and cross-checked."""

    edition: Edition
    strings: Strings
    words: Words
    lay_terms: LayTerms
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    terms: Mapping[str, Term]
    temperatures: Mapping[str, Temperature]
    numbers: Mapping[str, Number]
    regions: Mapping[str, Region]
    symptoms: Mapping[str, Symptom]
    care_cards: Mapping[str, CareCard]
    call_script: CallScript
    no_answer: NoAnswer
    checklists: Mapping[str, Checklist]
    sheet_pack: SheetPack
    link_kit: LinkKit
    temperature_helper: TemperatureHelper
    timeline: Timeline
    grades: Mapping[str, GradeTable]
    figures: Mapping[str, Figure]
    article: tuple[ArticleStatement, ...]
    addresses: Mapping[str, Address]
    record_codes: Mapping[str, CodeGroup]
    record_requests: Mapping[str, RecordRequest]
    kept: Mapping[str, Kept]
    pages: Mapping[str, Page]
    edition_file: Path

    def rule(self, name: str) -> Number | None:
        """The region's rule on something, unless the clinic has its own or none is known."""
        return None if self.edition.own_rule(name) else self.region.rules.get(name)

    def short_form(self, place: str) -> str | None:
        """Give the short address of a page or a part of one, in full; none if it has none."""
        found = (each.short for each in self.addresses.values() if each.now == place and each.short)
        short = next(found, None)
        return f"{self.edition.site_address}go/{short}/" if short else None

    def regions_with(self, name: str) -> list[Region]:
        """Return the regions that have a rule on something, the edition's own region first."""
        ordered = [self.region, *(each for each in self.regions.values() if each != self.region)]
        return [region for region in ordered if name in region.rules]

    @property
    def region(self) -> Region:
        """The rules of the edition's region."""
        return self.regions[self.edition.region]

    def symptoms_of(self, card: str) -> tuple[Symptom, ...]:
        """The signs of a care card, in order."""
        return tuple(self.symptoms[name] for name in self.care_cards[card].symptoms)

    def groups_of(self, card: str) -> tuple[tuple[str, tuple[Symptom, ...]], ...]:
        """The signs of a care card in their groups, each with its heading."""
        return tuple(
            (group.heading, tuple(self.symptoms[name] for name in group.symptoms))
            for group in self.care_cards[card].groups
        )

    def sources_of_checklist(self, slug: str) -> tuple[str, ...]:
        """All sources that a sheet rests on, each once, in order."""
        return self._carried(slug)[1]

    def facts_of_checklist(self, slug: str) -> tuple[str, ...]:
        """All facts that a sheet rests on, each once, in order."""
        return self._carried(slug)[0]

    def _carried(self, slug: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        checklist = self.checklists[slug]
        facts, sources = list(checklist.facts), list(checklist.sources)
        for block in checklist.blocks:
            claims: Iterable[Any] = getattr(block, "items", ())
            if isinstance(block, Signs):
                claims = self.symptoms_of(block.care_card)
            elif isinstance(block, NoAnswerBlock):
                claims = (self.no_answer,)
            elif isinstance(block, TableBlock):
                claims = (self.temperatures[name] for name in LEVELS)
            elif isinstance(block, GradesBlock):
                claims = (self.grades[block.table],)
            for claim in claims:
                facts += getattr(claim, "facts", ())
                sources += getattr(claim, "sources", ())
        return tuple(dict.fromkeys(facts)), tuple(dict.fromkeys(sources))


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


def _walk(value: Any, location: Location = ()) -> Iterator[tuple[Location, Any]]:
    yield location, value
    children: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, tuple):
        children = enumerate(value)
    for key, child in children:
        yield from _walk(child, (*location, key))


def _claims(file: YamlSource, guide: Guide) -> Iterator[Problem]:
    """Check what a data file says, and every fact, source and placeholder that it names."""
    file_name = Path(file.file).name
    evidence, shown = file_name in EVIDENCE, file_name not in NOT_SHOWN
    is_edition = file_name == guide.edition_file.name
    placeholders = {*FIXED_PLACEHOLDERS, *guide.temperatures}
    placeholders |= {*MORE_PLACEHOLDERS.get(file_name, ())}
    for location, value in _walk(file.data):
        if isinstance(value, str):
            for name in PLACEHOLDER.findall(value):
                if name not in placeholders:
                    remedy = f"Use one of: {', '.join(sorted(placeholders))}."
                    yield file.problem(location, f"there is no placeholder [[{name}]]", remedy)
            if shown:
                for fault, remedy in unsayable(value, guide.words):
                    yield file.problem(location, fault, remedy)
            # A clinic's own words are its own; and a name such as “carers.md” is no word.
            if shown and not is_edition and " " in value:
                for fault, remedy in unlike_the_house(value, guide.words):
                    yield file.problem(location, fault, remedy)
        if not isinstance(value, dict):
            continue
        # In strings.yml “sources” is a word.
        cited = value["sources"] if isinstance(value.get("sources"), tuple) else ()
        if evidence:
            for index, name in enumerate(cited):
                if name not in guide.sources:
                    at = (*location, "sources", index)
                    remedy = "Use an id of docs/data/sources.yml."
                    yield file.problem(at, f"there is no source “{name}”", remedy)
            continue
        named = value.get("facts") or ((value["fact"],) if value.get("fact") else ())
        if cited and not named:
            remedy = "Name the fact of docs/data/facts.yml that the sources carry."
            yield file.problem((*location, "sources"), "sources stand without a fact", remedy)
            continue
        if named and not cited:
            at = (*location, "facts" if "facts" in value else "fact")
            yield file.problem(at, "a fact stands without a source", "Name one of its sources.")
        if wrong := list(unknown(guide.facts, named)):
            for fault, remedy in wrong:
                yield file.problem(
                    (*location, "facts" if "facts" in value else "fact"), fault, remedy
                )
            continue
        wrong = list(unsupported(guide.facts, guide.sources, named, cited))
        if place := _urgent_place(file, location, guide):
            wrong += unfit(guide.sources, cited, place)
        for fault, remedy in wrong:
            yield file.problem((*location, "sources"), fault, remedy)


def _urgent_place(file: YamlSource, location: Location, guide: Guide) -> str:
    """Tell where readers act on what a record of a data file says; nothing if nowhere."""
    names = {
        "symptoms.yml": (guide.symptoms, "a care card"),
        "temperatures.yml": (guide.temperatures, "a sheet"),
    }
    # A file of numbers/ may have the same name, for it is named after its page.
    records, place = names.get(Path(file.file).name, ((), ""))
    if location and location[0] in records:
        return place
    return "a sheet" if isinstance(file.data, dict) and "blocks" in file.data else ""


def _references(files: Mapping[str, YamlSource], guide: Guide) -> Iterator[Problem]:
    """Check names that one data file uses of another."""
    if missing := [name for name in URGENCIES if name not in guide.care_cards]:
        fault = f"no card for {', '.join(missing)}"
        yield files["care-cards.yml"].problem((), fault, "Write all three urgencies.")
    if extra := [name for name in guide.care_cards if name not in URGENCIES]:
        remedy = f"There are three only: {', '.join(URGENCIES)}."
        yield files["care-cards.yml"].problem((extra[0],), f"“{extra[0]}” is no urgency", remedy)
    for name, card in guide.care_cards.items():
        for number, group in enumerate(card.groups):
            for index, symptom in enumerate(group.symptoms):
                if symptom not in guide.symptoms:
                    location = (name, "groups", number, "symptoms", index)
                    fault = f"there is no symptom “{symptom}”"
                    remedy = "Use a name of symptoms.yml."
                    yield files["care-cards.yml"].problem(location, fault, remedy)
    if missing := [name for name in COUNTRIES if name not in guide.regions]:
        fault = f"no rules for the region {', '.join(missing)}"
        yield files["region-rules.yml"].problem((), fault, "Write it, with rules or without.")
    if missing := [name for name in LEVELS if name not in guide.temperatures]:
        fault = f"“{'”, “'.join(missing)}” is missing"
        yield files["temperatures.yml"].problem((), fault, "Write it; pages and sheets use it.")
    else:
        yield from _levels(files, guide)
    yield from _sheets(files, guide)


def _edition(file: YamlSource, guide: Guide, unread: Collection[str]) -> Iterator[Problem]:
    """Check the files and pages that an edition names."""
    edition = guide.edition
    if edition.name in UNFILLED:
        yield file.problem(("name",), "the name is still the one of the template", "Write yours.")
    if any(word in edition.site_address for word in UNFILLED):
        fault, remedy = "the address is still the one of the template", "Write yours."
        yield file.problem(("site_address",), fault, remedy)
    if edition.logo and (wrong := logo_fault(guide.edition_file.parent / edition.logo)):
        yield file.problem(("logo",), *wrong)
    for path in edition.paragraphs:
        if path not in guide.pages and path not in unread:
            remedy = "Name a file of docs/en, such as after-infusion.md."
            yield file.problem(("paragraphs", path), f"there is no page “{path}”", remedy)


def _sheets(files: Mapping[str, YamlSource], guide: Guide) -> Iterator[Problem]:
    """Check what the sheets name, and that each can be found and printed."""
    fever = guide.edition.fever_level.celsius
    for slug, sheet in guide.checklists.items():
        if (file := files.get(f"checklists/{slug}.yml")) is None:
            continue  # the second part of another sheet
        for index, block in enumerate(sheet.blocks):
            at = ("blocks", index)
            if isinstance(block, Signs) and block.care_card not in guide.care_cards:
                fault = f"there is no care card “{block.care_card}”"
                remedy = f"Use one of: {', '.join(URGENCIES)}."
                yield file.problem((*at, "care_card"), fault, remedy)
            if isinstance(block, GradesBlock) and block.table not in guide.grades:
                fault = f"there is no table of grades “{block.table}”"
                remedy = f"Use one of: {', '.join(guide.grades)}."
                yield file.problem((*at, "table"), fault, remedy)
            if isinstance(block, Chart) and not block.lowest < fever < block.highest:
                fault = f"the fever level {fever} °C is not on the chart"
                field = "lowest" if fever <= block.lowest else "highest"
                remedy = "Set lowest below it and highest above it."
                yield file.problem((*at, field), fault, remedy)
        if sheet.second:
            yield from _second(file, sheet, sheet.second)
    yield from _pack(files["sheet-pack.yml"], guide)
    for name, moment in guide.link_kit.moments.items():
        if guide.short_form(moment.page) is None:
            fault = f"“{moment.page}” has no short address"
            remedy = "Name a page that has one in addresses.yml, or give it one there."
            yield files["link-kit.yml"].problem(("moments", name, "page"), fault, remedy)


def _second(file: YamlSource, sheet: Checklist, second: SecondSheet) -> Iterator[Problem]:
    """Check that the sheet for later days counts on where the first one ends."""
    next_days = {b.first_day + b.days for b in sheet.blocks if isinstance(b, Log | Chart)}
    at = ("second", "first_day")
    if not next_days:
        remedy = "Take it out: only a log or a chart counts its days."
        yield file.problem(("second",), "the sheet has no days to count on", remedy)
    elif next_days != {second.first_day}:
        fault = f"day {second.first_day} does not follow the last day of the first sheet"
        wanted = " or ".join(map(str, sorted(next_days)))
        remedy = f"Write {wanted}, or give log and chart the same days."
        yield file.problem(at, fault, remedy)


def _pack(file: YamlSource, guide: Guide) -> Iterator[Problem]:
    """Check that the pack holds each sheet once."""
    pack = guide.sheet_pack
    listed: list[tuple[Location, str]] = [
        (("groups", number, "sheets", index), slug)
        for number, group in enumerate(pack.groups)
        for index, slug in enumerate(group.sheets)
    ]
    listed += [(("on_request", index), slug) for index, slug in enumerate(pack.on_request)]
    seen: dict[tuple[str | int, str], Location] = {}
    for at, slug in listed:
        if slug not in guide.checklists:
            remedy = f"Use one of: {', '.join(guide.checklists)}."
            yield file.problem(at, f"there is no sheet “{slug}”", remedy)
        elif first := seen.get((at[0], slug)):
            remedy = f"Keep one; the other is on line {file.line(first)}."
            yield file.problem(at, f"the sheet “{slug}” stands twice", remedy)
        seen.setdefault((at[0], slug), at)
    if missing := [slug for slug in guide.checklists if slug not in pack.sheets]:
        fault = f"no group holds: {', '.join(missing)}"
        yield file.problem(("groups",), fault, "Add each to a group, or nobody finds it.")


def _pages_of_sheets(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Check that each sheet has its page: the address that its QR code opens."""
    first_parts = {s.second.slug: slug for slug, s in guide.checklists.items() if s.second}
    for slug in guide.checklists:
        path = f"print/{slug}.md"
        if path in unread:
            continue
        calls = guide.pages[path].calls if path in guide.pages else ()
        if not any(call.name == "checklist" and call.first == slug for call in calls):
            file = files[f"checklists/{first_parts.get(slug, slug)}.yml"]
            at = ("second", "slug") if slug in first_parts else ()
            fault = f"docs/en/{path} does not show the sheet “{slug}”"
            remedy = f'Call {{{{ checklist("{slug}") }}}} there: the QR code opens that page.'
            yield file.problem(at, fault, remedy)


def _levels(files: Mapping[str, YamlSource], guide: Guide) -> Iterator[Problem]:
    """Check that the levels of the temperature table rise in their order."""
    low, fever, higher = (guide.temperatures[name].celsius for name in LEVELS)
    if not Decimal("35.0") <= low < higher <= Decimal("41.0"):
        fault = f"low ({low} °C) and some-places-say ({higher} °C) do not rise within 35.0 to 41.0"
        yield files["temperatures.yml"].problem(("low", "celsius"), fault, "Correct the levels.")
    elif not low < fever < higher:
        fault = f"the fever level {fever} °C is not between {low} °C (low) and {higher} °C"
        remedy = f"Write a level above {low}, or correct temperatures.yml."
        yield files["clinic.yml"].problem(("fever_level", "celsius"), fault, remedy)


def _places(file: YamlSource, guide: Guide, unread: Collection[str]) -> Iterator[Problem]:
    """Check the pages and anchors where the source article's statements now stand."""
    for index, statement in enumerate(guide.article):
        for place_index, place in enumerate(statement.where):
            page, _, anchor = place.partition("#")
            location = (index, "where", place_index)
            if page in unread:
                continue
            if page not in guide.pages:
                remedy = "Name a file of docs/en, such as symptoms.md#fever."
                yield file.problem(location, f"there is no page “{page}”", remedy)
            elif anchor and anchor not in (anchors := anchors_of(guide.pages[page])):
                remedy = f"Use one of: {', '.join(sorted(anchors))}."
                yield file.problem(location, f"{page} has no anchor “{anchor}”", remedy)


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
    problems += _edition(files["clinic.yml"], guide, unread)
    for file in reader.files:
        problems += _claims(file, guide)
    problems += _places(files["article.yml"], guide, unread)
    problems += _pages_of_sheets(files, guide, unread)
    problems += faults_of_addresses(files, guide, unread)
    problems += faults_of_codes(files, guide, unread)
    if not (broken := list(_references(files, guide))):
        # Pages show data; they are checked once its names hold together.
        for page in guide.pages.values():
            problems += faults_of(page, guide, unread)
        problems += faults_of_lay_terms(files, guide, unread)
    problems += broken
    if problems:
        raise ContentError(problems)
    return guide


def _name(file: YamlSource, data: Path, root: Path) -> str:
    prefix = data.relative_to(root).as_posix() + "/" if data.is_relative_to(root) else ""
    return re.sub(rf"^{re.escape(prefix)}", "", file.file)
