"""Check the sheets: the names that they use, and that each can be found and printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from scripts.components.link_kit import LINK_KIT
from scripts.components.sheet.block import blocks_of
from scripts.guide.downloads import PACK
from scripts.guide.errors import Problem
from scripts.guide.guide import Guide
from scripts.guide.pages import Page
from scripts.guide.yaml_source import Location, YamlSource


def check_sheets(
    files: Mapping[str, YamlSource],
    guide: Guide,
    unread: Collection[str],  # noqa: ARG001 - every check has this signature
) -> Iterator[Problem]:
    """Check the names that the sheets use, and that each sheet can be found and printed."""
    for slug, sheet in guide.checklists.items():
        file = files[f"checklists/{slug}.yml"]
        for index, block in enumerate(blocks_of(sheet)):
            for at, fault, remedy in block.faults(guide):
                yield file.problem(("blocks", index, *at), fault, remedy)
    yield from _pack(files["sheet-pack.yml"], guide)
    for name, moment in guide.data(LINK_KIT).moments.items():
        if guide.short_form(moment.page) is None:
            fault = f"“{moment.page}” has no short address"
            remedy = "Name a page that has one in addresses.yml, or give it one there."
            yield files["link-kit.yml"].problem(("moments", name, "page"), fault, remedy)


def _pack(file: YamlSource, guide: Guide) -> Iterator[Problem]:
    """Check that the pack contains each sheet once."""
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
            yield file.problem(at, f"the sheet “{slug}” is listed twice", remedy)
        seen.setdefault((at[0], slug), at)
    if missing := [slug for slug in guide.checklists if slug not in pack.sheets]:
        fault = f"in no group: {', '.join(missing)}"
        yield file.problem(("groups",), fault, "Add each to a group, so that readers find it.")


def check_pages_of_sheets(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Check that each sheet has one page, because its QR code opens that page."""
    shown: dict[str, Page] = {}
    for page in guide.pages.values():
        if (slug := page.meta.sheet) is None:
            continue
        line, first = page.front.line(("sheet",)), shown.setdefault(slug, page)
        shows = {call.first for call in page.calls if call.name == "checklist"}
        shows |= {PACK for call in page.calls if call.name == "sheet_pack"}
        if first != page:
            fault = f"{first.path} is already the page of the sheet “{slug}”"
            yield page.problem(line, "sheet", fault, "Remove one.")
        elif slug not in shows:
            fault = f"the page does not show the sheet “{slug}”"
            remedy = "Call its macro on this page, which its QR code opens, or correct the name."
            yield page.problem(line, "sheet", fault, remedy)
    for slug in guide.checklists:
        if slug not in shown and not unread:
            file = files[f"checklists/{slug}.yml"]
            remedy = f"Write sheet: {slug} in the front matter of the page that shows it."
            yield file.problem((), f"the sheet “{slug}” has no page", remedy)
