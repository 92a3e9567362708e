"""A clinic's own words, in Markdown: turned into HTML, and what that HTML may hold."""

from __future__ import annotations

from html.parser import HTMLParser

from markdown import Markdown

ALLOWED = frozenset(("a", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"))
"""Elements that words of a clinic may become. Headings and pictures are the page's own."""

SCHEMES = ("https://", "tel:", "mailto:")
"""What the address of a link may begin with."""

Fault = tuple[str, str]
"""What is wrong, and the way out."""


def clinic_html(text: str) -> str:
    """Turn a clinic's own Markdown into HTML; HTML in it is shown as it was typed."""
    reader = Markdown(output_format="html")
    reader.preprocessors.deregister("html_block")
    reader.inlinePatterns.deregister("html")
    return reader.convert(text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[Fault] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href") or ""
        if tag == "img":
            remedy = "Take the picture out: only words and links are shown."
            self.faults.append(("the text holds a picture", remedy))
        elif tag not in ALLOWED:
            remedy = "Write plain sentences, lists, links and **bold** words."
            self.faults.append((f"the text holds what becomes <{tag}>", remedy))
        elif tag == "a" and not target.startswith(SCHEMES):
            remedy = "Link to an address that begins with https://, tel: or mailto:."
            self.faults.append((f"the link leads to “{target}”", remedy))


def clinic_words_fault(text: str) -> Fault | None:
    """Tell what is wrong with a clinic's own Markdown, if anything is.

    It looks at what the text becomes: Markdown has more ways to write a link than a pattern knows.
    """
    reader = _Reader()
    reader.feed(clinic_html(text))
    reader.close()
    return next(iter(reader.faults), None)
