"""Check the files and pages that an edition names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from scripts.checks.places import check_place
from scripts.guide.errors import Problem
from scripts.guide.guide import Guide
from scripts.guide.logo import logo_fault
from scripts.guide.yaml_source import YamlSource

UNFILLED = ("Write the name of your clinic here", "write-your-address.example")
"""Placeholder texts in the template of an edition that a clinic must replace."""


def check_edition(
    files: Mapping[str, YamlSource], guide: Guide, unread: Collection[str]
) -> Iterator[Problem]:
    """Check the name, the address, the logo and the pages of an edition."""
    file, edition = files["clinic.yml"], guide.edition
    if edition.name in UNFILLED:
        yield file.problem(("name",), "the name is still the one of the template", "Write yours.")
    if any(word in edition.site_address for word in UNFILLED):
        fault, remedy = "the address is still the one of the template", "Write yours."
        yield file.problem(("site_address",), fault, remedy)
    if edition.logo and (wrong := logo_fault(guide.edition_file.parent / edition.logo)):
        yield file.problem(("logo",), *wrong)
    for path in edition.paragraphs:
        yield from check_place(file, ("paragraphs", path), path, guide, unread)
