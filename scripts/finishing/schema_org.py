"""Build metadata for other programs: who publishes a page, when it was checked, its sources.

The vocabulary is https://schema.org for the data and Open Graph for the lines of the head. The
metadata says nothing that the page does not say, and names only people who have reviewed it.
"""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

from markupsafe import Markup

from scripts.guide.guide import Guide
from scripts.guide.pages import Page, url_of

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
SHARE_IMAGE = "assets/images/share.png"
"""Path in the site of the picture that other sites show beside a link."""

SHARE_SIZE = (1200, 630)
"""Width and height of that picture in pixels."""


Record = dict[str, Any]


def guide_name(guide: Guide) -> str:
    """Return the name of the guide, with its edition if it has one."""
    strings, name = guide.strings, guide.edition.called
    return f"{strings.guide_name}, {strings.edition_of} {name}" if name else strings.guide_name


def page_address(guide: Guide, path: str) -> str:
    """Return the full address of a page."""
    return guide.edition.site_address + url_of(path)


def last_reviewed(guide: Guide, page: Page) -> datetime.date:
    """Return the day of the last review: by the clinic's reviewer if there is one, else our own."""
    review = guide.edition.local_review
    return review.reviewed if review and not page.meta.reviewer else page.meta.reviewed


def reviewer(guide: Guide, page: Page) -> str | None:
    """Return the clinician who reviewed a page, for the guide or for the clinic, or None."""
    review = guide.edition.local_review
    return page.meta.reviewer or (review.reviewer if review else None)


def share_words(guide: Guide) -> tuple[str, ...]:
    """Return the lines of the picture for other sites. Together they are its text alternative."""
    strings = guide.strings
    return (
        strings.guide_name,
        strings.share_text,
        guide.edition.name or strings.education_not_advice,
    )


def audience(page: Page) -> list[Record]:
    """Return the audience of a page as schema.org data."""
    if page.meta.audience == "clinicians":
        return [{"@type": "MedicalAudience", "audienceType": "Clinician"}]
    return [{"@type": "Patient"}, {"@type": "MedicalAudience", "audienceType": "Caregiver"}]


def trail(guide: Guide, page: Page) -> list[Page]:
    """Return the breadcrumb trail: the pages above a page, from the home page, and the page."""
    folders = page.path.removesuffix("index.md").split("/")[:-1]
    above = ["/".join([*folders[:depth], "index.md"]) for depth in range(len(folders) + 1)]
    return [guide.pages[path] for path in dict.fromkeys([*above, page.path]) if path in guide.pages]


def page_data(guide: Guide, page: Page) -> Record:
    """Return the schema.org data of a page."""
    site, address = guide.edition.site_address, page_address(guide, page.path)
    record: Record = {
        "@type": "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": page.meta.title,
        "description": page.meta.description,
        "inLanguage": guide.strings.language,
        "lastReviewed": last_reviewed(guide, page).isoformat(),
        "audience": audience(page),
        "about": {"@type": "MedicalCondition", "name": guide.terms["crs"].term},
        "publisher": {
            "@type": "Organization",
            "name": guide.edition.name or guide.strings.guide_name,
        },
        "license": LICENSE,
        # No citations, questions or answers: the page has them, and would send its words twice.
    }
    if page.meta.role == "home":
        whole = {"@type": "WebSite", "@id": f"{site}#site", "url": site}
        record["isPartOf"] = whole | {"name": guide_name(guide)}
    if name := reviewer(guide, page):
        record["reviewedBy"] = {"@type": "Person", "name": name}
    steps = trail(guide, page)
    if steps[1:-1]:  # Else the trail says no more than the address.
        record["breadcrumb"] = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": step.meta.title,
                    "item": page_address(guide, step.path),
                }
                for position, step in enumerate(steps, 1)
            ],
        }
    return {"@context": "https://schema.org", "@graph": [record]}


def data_block(record: Record) -> Markup:
    """Return a record as a script element that no text in the record can end."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    text = re.sub(r"[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704


def share_lines(guide: Guide, page: Page) -> Markup:
    """Return the lines of the head from which other sites build a preview of a link."""
    image = guide.edition.site_address + SHARE_IMAGE
    alternative = ". ".join(words.rstrip(".") for words in share_words(guide)) + "."
    width, height = SHARE_SIZE
    graph: dict[str, object] = {"og:title": page.meta.title, "og:image": image}
    if not page.meta.lean:
        # A lean page must stay small: other sites take the rest from the rest of its head.
        graph |= {
            "og:type": "website" if page.meta.role == "home" else "article",
            "og:description": page.meta.description,
            "og:url": page_address(guide, page.path),
            "og:site_name": guide_name(guide),
            **({} if guide.strings.locale == "en_US" else {"og:locale": guide.strings.locale}),
            "og:image:width": width,
            "og:image:height": height,
            "og:image:alt": alternative,
        }
    lines = [Markup('<meta property="{}" content="{}">').format(*pair) for pair in graph.items()]
    if not page.meta.lean:
        # X takes everything else from the lines above.
        lines.append(Markup('<meta name="twitter:card" content="summary_large_image">'))
    return Markup("\n").join(lines)
