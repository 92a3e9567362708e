"""Write a stub page that redirects, at each short address, each code and each moved page.

Each stub works in any folder and by double click: its links are relative and name files.
"""

from __future__ import annotations

import json
from posixpath import relpath

from scripts.components.render import render
from scripts.finishing.faults import FinishingError
from scripts.finishing.site import Page, Site
from scripts.guide.addresses import Redirect, address_of, home_of, redirects
from scripts.guide.errors import ContentError, Problem
from scripts.guide.pages import url_of

FILE = "docs/data/addresses.yml"
SCRIPT = "assets/javascripts/address-stub.js"


def write_stubs(site: Site) -> None:
    """Write all stub pages, in each language.

    Raises:
        ContentError: There is already a page at the address of a stub.
        FinishingError: The target of a stub does not exist.
    """
    guide = site.guide
    for language in guide.edition.languages:
        home = home_of(language, guide)
        for redirect in redirects(guide):
            place = f"{home}{redirect.address}index.html"
            if place in site.pages and not site.pages[place].is_stub:
                fault = f"/{home}{redirect.address} would overwrite a page"
                remedy = "Rename the short form, or remove moved_to."
                raise ContentError([Problem(FILE, 1, redirect.address, fault, remedy)])
            site.pages[place] = Page(place, _stub(site, home, redirect, language))


def _stub(site: Site, home: str, redirect: Redirect, language: str) -> str:
    guide = site.guide

    def to(place: str) -> str:
        path, mark, anchor = place.partition("#")
        return relpath(_place(site, home, path), redirect.address) + mark + anchor

    return render(
        "address-stub.html",
        title=guide.pages[redirect.target.partition("#")[0]].meta.title,
        target=to(redirect.target),
        parts=json.dumps({part: to(place) for part, place in redirect.parts.items()}),
        canonical=guide.edition.site_address + home + address_of(redirect.target).partition("#")[0],
        script=relpath(SCRIPT, redirect.address),
        help=to(guide.page_for("help")),
        strings=guide.strings,
        language=language,
    )


def _place(site: Site, home: str, path: str) -> str:
    """Return the path of a built page, whether addresses end in a slash or name files.

    Raises:
        FinishingError: The page does not exist, so a redirect to it would be broken.
    """
    for name in (f"{url_of(path)}index.html", f"{path.removesuffix('.md')}.html"):
        if home + name in site.pages:
            return name
    place = f"{url_of(path)}index.html"
    fault = f"the built folder has no page {path}, so its short address would lead nowhere"
    raise FinishingError("write_stubs", place, fault, "Build the pages first, all of them.")
