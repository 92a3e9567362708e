"""Generate the configuration of each web server for one built folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scripts.guide.addresses import address_of, home_of, redirects
from scripts.guide.guide import Guide
from scripts.hosting.headers import (
    ALWAYS_ASK,
    HASHED,
    LONG,
    SHORT,
    TEXTS,
    TYPES,
    WORKER,
    hashed_files,
    headers_of,
)
from scripts.hosting.policy import Inline, inline_of_folder

HERE = Path(__file__).resolve().parent
FILES = {"crs-guide.nginx.conf": "nginx.conf.j2", "Caddyfile": "Caddyfile.j2"}
"""Configuration files for a web team, with the template of each."""

ROOT_ON_SERVER = "/srv/crs-guide"
"""Path of the built folder on a server, as assumed in the examples."""


def moved_addresses(guide: Guide) -> dict[str, str]:
    """Return the addresses that a server redirects, with their new addresses, below the root.

    If the parts of a page went to several places, its stub page redirects instead: the fragment
    of an address is not sent to a server.
    """
    return {
        f"{home}{redirect.address}": f"{home}{address_of(redirect.target)}"
        for home in (home_of(language, guide) for language in guide.edition.languages)
        for redirect in redirects(guide)
        if not redirect.parts
    }


def server_settings(
    folder: Path, site_address: str, moved: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the configuration for nginx and Caddy, by file name.

    Args:
        folder: The finished site.
        site_address: Where the site is published, ending in a slash.
        moved: Old addresses with their new ones, below the site's root.
    """
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=False,  # noqa: S701 - the files are not HTML and contain no user input
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    parts = urlsplit(site_address)
    context = {
        "address": site_address,
        "host": parts.netloc,
        "base": parts.path,
        "root": ROOT_ON_SERVER,
        "headers": headers_of(inline_of_folder(folder)),
        "hashed": HASHED,
        "long": LONG,
        "short": SHORT,
        "worker": WORKER,
        "always_ask": ALWAYS_ASK,
        "types": TYPES,
        "texts": TEXTS,
        "text_types": list(dict.fromkeys(TYPES[extension] for extension in TEXTS)),
        "moved": moved or {},
    }
    return {
        name: environment.get_template(template).render(context) for name, template in FILES.items()
    }


def write_server_settings(folder: Path, guide: Guide, target: Path) -> None:
    """Write the configuration for nginx and Caddy.

    Args:
        folder: The finished site.
        guide: Content that the site was built from.
        target: Folder for the configuration, outside the site; created if it does not exist.
    """
    target.mkdir(parents=True, exist_ok=True)
    moved = moved_addresses(guide)
    for name, text in server_settings(folder, guide.edition.site_address, moved).items():
        (target / name).write_text(text, encoding="utf-8", newline="\n")


def headers_file(folder: Path, inline: Inline) -> str:
    """Return the file ``_headers`` of Netlify and Cloudflare Pages.

    If two rules match, both hosts join the values of the same header, so no header is set by two
    rules here. For files that may change, the hosts' own default is to revalidate each time.
    """
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers_of(inline).items())]
    lines += [f"/{WORKER}", f"  Cache-Control: {ALWAYS_ASK}"]
    for path in hashed_files(folder):
        lines += [f"/{path}", f"  Cache-Control: {LONG}"]
    return "\n".join(lines) + "\n"


def redirects_file(moved: Mapping[str, str]) -> str:
    """Return the file ``_redirects`` of Netlify and Cloudflare Pages."""
    return "".join(f"/{old} /{new} 301\n" for old, new in moved.items())
