"""Convert a clinic's own Markdown to HTML, and check what that HTML contains."""

from __future__ import annotations

from html.parser import HTMLParser

from markdown import Markdown

ALLOWED = frozenset(("a", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"))
"""HTML elements allowed in a clinic's text. Headings and images belong to the page alone."""

SCHEMES = ("https://", "tel:", "mailto:")
"""URL schemes that a link may use."""

Fault = tuple[str, str]
"""What is wrong, and how to correct it."""


def clinic_html(text: str) -> str:
    """Return a clinic's Markdown as HTML. Any HTML in it is escaped, so it shows as typed."""
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
            remedy = "Remove the picture: only words and links are shown."
            self.faults.append(("the text contains a picture", remedy))
        elif tag not in ALLOWED:
            remedy = "Write plain sentences, lists, links and **bold** words."
            self.faults.append((f"the text contains what becomes <{tag}>", remedy))
        elif tag == "a" and not target.startswith(SCHEMES):
            remedy = "Link to an address that begins with https://, tel: or mailto:."
            self.faults.append((f"the link leads to “{target}”", remedy))


def clinic_words_fault(text: str) -> Fault | None:
    """Return the first problem in a clinic's Markdown, or None.

    The check parses the resulting HTML, because Markdown has more ways to write a link than a
    regular expression can cover.
    """
    reader = _Reader()
    reader.feed(clinic_html(text))
    reader.close()
    return next(iter(reader.faults), None)
