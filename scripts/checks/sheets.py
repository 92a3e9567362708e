"""The sheets: what they name, and that each can be found and printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from scripts.guide.errors import Problem
from scripts.guide.guide import URGENCIES, Guide
from scripts.guide.models.checklist import Chart, Checklist, GradesBlock, Log, SecondSheet, Signs
from scripts.guide.yaml_source import Location, YamlSource


def check_sheets(
    files: Mapping[str, YamlSource],
    guide: Guide,
    unread: Collection[str],  # noqa: ARG001 - the shape of a check
) -> Iterator[Problem]:
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


def check_pages_of_sheets(
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
