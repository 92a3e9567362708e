"""Every address of the guide leads somewhere: in pages, PDFs, QR codes and files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from scripts.components.link_kit import LINK_KIT
from scripts.components.qr_codes import qr_path
from scripts.guide.addresses import CODES, SHORT
from scripts.guide.guide import Guide
from tests.conftest import Site
from tests.site.html_check import broken_links, is_external, read_html, target_of

TEXT = {".html", ".json", ".xml", ".txt", ""}
"""Suffixes of files with addresses, including the files for servers, which have none."""


def dead_ends(folder: Path, own: str, found: Iterator[tuple[str, str]]) -> list[str]:
    """Return the addresses that lead to no file or to no id of a built folder.

    Args:
        folder: The folder.
        own: The address at which it is to be served.
        found: Pairs of the file that contains an address, and the complete address.
    """
    root, dead = folder.resolve(), []
    ids: dict[Path, set[str]] = {}
    for where, address in found:
        target, fragment = target_of(root / "index.html", f"/{address.removeprefix(own)}", root)
        if not target.is_file():
            dead.append(f"{where}: {address}: there is no such file")
        elif fragment and target.suffix == ".html":
            if target not in ids:
                ids[target] = set(read_html(target.read_text(encoding="utf-8")).ids)
            if fragment not in ids[target]:
                dead.append(f"{where}: {address}: there is no such id")
    return dead


def in_texts(folder: Path, own: str) -> Iterator[tuple[str, str]]:
    """Yield the file and the address for each complete address of the guide in a text file."""
    pattern = re.compile(re.escape(own) + r"[\w./#%-]*")
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix in TEXT:
            # An “@id” of schema.org looks like an address but is only a name.
            text = re.sub(r'"@id": ?"[^"]*"', "", file.read_text(encoding="utf-8"))
            for address in set(pattern.findall(unescape(text))):
                yield file.relative_to(folder).as_posix(), address.rstrip(".")


def in_pdfs(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the file and the address for each link of a PDF."""
    for file in sorted(folder.rglob("*.pdf")):
        for page in PdfReader(file).pages:
            for annotation in page.get("/Annots") or ():
                action = annotation.get_object().get("/A") or {}
                if "/URI" in action:
                    yield file.name, str(action["/URI"])


def test_every_whole_address_of_our_own_leads_somewhere(site: Site, guide: Guide) -> None:
    own = guide.edition.site_address
    found = list(in_texts(site.folder, own))
    # The sitemap, robots.txt, the codes for machines, and the head of each page.
    named = {where for where, _ in found}
    assert {"sitemap.xml", "robots.txt", "connect.json", "index.html"} <= named
    assert len({address for _, address in found}) > len(guide.pages)
    assert dead_ends(site.folder, own, iter(found)) == []


def test_every_link_of_a_pdf_leads_to_a_page_of_ours_or_dials(site: Site, guide: Guide) -> None:
    own = guide.edition.site_address
    found = list(in_pdfs(site.folder))
    others = {pair for pair in found if not pair[1].startswith(("tel:", own))}
    assert others == set(), "a PDF leads to another site, or to where no page is"
    ours = [pair for pair in found if pair[1].startswith(own)]
    assert dead_ends(site.folder, own, iter(ours)) == []


def test_a_link_in_a_pdf_would_be_found(tmp_path: Path) -> None:
    # Our PDFs have no links today, so this shows that the reader of links works.
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_uri(0, "https://other.example/", RectangleObject((0, 0, 9, 9)))
    writer.write(tmp_path / "a.pdf")
    assert list(in_pdfs(tmp_path)) == [("a.pdf", "https://other.example/")]


def test_every_address_printed_on_a_pdf_is_one_of_ours(site: Site, guide: Guide) -> None:
    host = guide.edition.short_address
    printed = []
    for file in sorted(site.folder.rglob("*.pdf")):
        text = " ".join(page.extract_text() for page in PdfReader(file).pages)
        there = re.findall(re.escape(host) + r"[\w/-]*", text)
        assert there, f"{file.name} does not say where it is online"
        printed += [(file.name, f"{guide.edition.site_address}{a[len(host) + 1 :]}") for a in there]
    assert dead_ends(site.folder, guide.edition.site_address, iter(printed)) == []


def test_every_qr_code_to_download_leads_to_a_page_of_ours(site: Site, guide: Guide) -> None:
    own = guide.edition.site_address
    codes = [site.folder / qr_path(name, "png") for name in guide.data(LINK_KIT).moments]
    read = [(file.name, zxingcpp.read_barcodes(Image.open(file))[0].text) for file in codes]
    assert all(address.startswith(own) for _, address in read)
    assert dead_ends(site.folder, own, iter(read)) == []


def test_every_redirect_for_servers_leads_to_a_page(site: Site, guide: Guide) -> None:
    lines = (site.folder / "_redirects").read_text(encoding="utf-8").split("\n")
    targets = [line.split()[1] for line in lines if line and not line.startswith("#")]
    assert targets
    own = guide.edition.site_address
    found = (("_redirects", own + target.lstrip("/")) for target in targets)
    assert dead_ends(site.folder, own, found) == []


def test_short_addresses_codes_and_the_page_for_errors_are_among_what_is_checked(
    site: Site,
) -> None:
    files = {file.relative_to(site.folder).as_posix() for file in site.folder.rglob("*.html")}
    for part in (SHORT, CODES, "404.html", "print/"):
        assert any(name.startswith(part) for name in files), part
    assert broken_links(site.folder) == []


def test_every_link_away_says_so_and_opens_in_its_place(site: Site, guide: Guide) -> None:
    away = 0
    for file in site.folder.rglob("*.html"):
        for link in read_html(file.read_text(encoding="utf-8")).links:
            assert "target" not in link.attributes, f"{file}: {link.address}"
            own = link.address.startswith(guide.edition.site_address)
            if link.tag == "a" and is_external(link.address) and not own:
                away += 1
                assert link.attributes.get("rel", "").split()[-2:] == ["external", "noopener"], (
                    f"{file}:{link.line}: {link.address}"
                )
    assert away > len(guide.sources) / 2


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://x.example/gone/", "there is no such file"),
        ("https://x.example/#gone", "there is no such id"),
        ("https://x.example/print/a.pdf", "there is no such file"),
    ],
)
def test_an_address_that_leads_nowhere_is_found(address: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<p id="here">a</p>', encoding="utf-8")
    own = "https://x.example/"
    good = [("a", own), ("a", f"{own}#here")]
    assert dead_ends(tmp_path, own, iter(good)) == []
    [fault] = dead_ends(tmp_path, own, iter([*good, ("b.pdf", address)]))
    assert fault == f"b.pdf: {address}: {says}"
