"""Texts that a clinic pastes into its own documents and messages: plain, HTML and ASCII."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from markupsafe import escape

from scripts.components.render import Formatter, curly

PLAIN_LETTERS = str.maketrans(
    {"\u00a0": " ", "°": "", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "→": "->"}
)
"""ASCII replacements for characters that old record systems lose."""


def copy_texts(lines: Sequence[str], address: str, words: Formatter) -> dict[str, str]:
    """Return a text in each form.

    Args:
        lines: Paragraphs of the text, with placeholders.
        address: Full address that replaces ``[[address]]``.
        words: Formatter of the edition, for the other placeholders.

    Returns:
        ``plain``: text with typographic characters. ``html``: paragraphs with a link. ``letters``:
        ASCII only, which survives in a record system that stores RTF.
    """
    shown = address.removeprefix("https://").removesuffix("/")
    plain = [curly(words.plain(line, address=shown)) for line in lines]
    link = f'<a href="{escape(address)}">{escape(shown)}</a>'
    return {
        "plain": "\n".join(plain),
        "html": "\n".join(f"<p>{str(escape(line)).replace(shown, link)}</p>" for line in plain),
        "letters": plain_letters("\n".join(plain)),
    }


def plain_letters(text: str) -> str:
    """Return a text in ASCII only."""
    split = unicodedata.normalize("NFKD", text.translate(PLAIN_LETTERS))
    return split.encode("ascii", "ignore").decode("ascii")
