"""Codes that record systems ask with: where they lead, and their directory."""

from __future__ import annotations

from typing import Any

from scripts.guide.addresses import CODES, address_of, home_of
from scripts.guide.guide import Guide

UNKNOWN_CODE = "unknown-code"
"""The id of the note on the first page for who comes with a code that we do not know."""


def directory(guide: Guide) -> dict[str, Any]:
    """Give all codes with their addresses, for machines."""
    site, languages = guide.edition.site_address, guide.edition.languages

    def everywhere(place: str) -> dict[str, str]:
        return {
            language: f"{site}{home_of(language, guide)}{address_of(place)}"
            for language in languages
        }

    return {
        "guide": guide.strings.guide_name,
        "languages": list(languages),
        "responder": everywhere(guide.page_for("record-systems")),
        "codes": [
            {
                "system": group.oid,
                "system_name": group.system,
                "code": code.code,
                "meaning": code.meaning,
                "address": {
                    language: f"{site}{home_of(language, guide)}{CODES}{code.code}/"
                    for language in languages
                },
                "patient": everywhere(group.patient),
                "provider": everywhere(group.staff),
            }
            for group in guide.record_codes.values()
            for code in group.codes
        ],
    }
