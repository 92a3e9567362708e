"""Check that a place that a file names exists: a page, or a part of one by its id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from scripts.components.reading_path import READING_PATH
from scripts.components.tiles import TILES
from scripts.guide.errors import Problem
from scripts.guide.guide import Guide
from scripts.guide.pages import anchors_of
from scripts.guide.yaml_source import Location, YamlSource


def is_place(place: str, guide: Guide) -> bool:
    """Return whether the page exists and has the id."""
    return fault_of_place(place, guide) is None


def fault_of_place(
    place: str, guide: Guide, unread: Collection[str] = ()
) -> tuple[str, str] | None:
    """Return what is wrong with a place and what to do about it; None if the place exists.

    Args:
        place: A page of ``docs/en``, or a part of one: ``symptoms.md#fever``.
        guide: The content.
        unread: Pages that exist but could not be read. Any place on them is accepted.
    """
    path, _, anchor = place.partition("#")
    if path in unread:
        return None
    if path not in guide.pages:
        return f"there is no page “{path}”", "Name a file of docs/en, such as symptoms.md#fever."
    if anchor and anchor not in (anchors := anchors_of(guide.pages[path])):
        return f"{path} has no anchor “{anchor}”", f"Use one of: {', '.join(sorted(anchors))}."
    return None


def check_place(
    file: YamlSource, at: Location, place: str, guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Check a place that a data file names.

    Args:
        file: The file.
        at: Location in the file.
        place: The page, or a part of one.
        guide: The content.
        unread: Pages that exist but could not be read.
    """
    if fault := fault_of_place(place, guide, unread):
        yield file.problem(at, *fault)


def check_ways_on(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Check the places to which the tiles and the reading path lead."""
    for index, tile in enumerate(guide.data(TILES).tiles):
        yield from check_place(
            files["tiles.yml"], ("tiles", index, "page"), tile.page, guide, unread
        )
    for index, step in enumerate(guide.data(READING_PATH).steps):
        yield from check_place(
            files["reading-path.yml"], ("steps", index, "page"), step.page, guide, unread
        )
