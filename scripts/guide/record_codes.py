"""The codes that record systems use in requests, as a directory for machines."""

from __future__ import annotations

from typing import Any

from scripts.guide.addresses import CODES, address_of, home_of
from scripts.guide.guide import Guide

UNKNOWN_CODE = "unknown-code"
"""Id of the note on the home page that is shown when the code of a link is unknown."""


def directory(guide: Guide) -> dict[str, Any]:
    """Return the directory of all codes with their addresses, for machines to read."""
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
