"""Words that a clinic pastes into its own papers and messages, in the forms that programs take."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from markupsafe import escape

from scripts.components.render import Words, curly

PLAIN_LETTERS = str.maketrans(
    {"\u00a0": " ", "°": "", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "→": "->"}
)
"""Signs that old record systems lose, and what stands for each."""


def paste_texts(lines: Sequence[str], address: str, words: Words) -> dict[str, str]:
    """Give a text in each form.

    Args:
        lines: The text, one paragraph each, with its placeholders.
        address: What ``[[address]]`` becomes, in full.
        words: Fills the other placeholders.

    Returns:
        ``plain``: text with typographic signs. ``html``: paragraphs with a link. ``letters``: plain
        letters only, which survive in a record system that stores RTF.
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
    """Give a text without any letter or sign that ASCII lacks."""
    split = unicodedata.normalize("NFKD", text.translate(PLAIN_LETTERS))
    return split.encode("ascii", "ignore").decode("ascii")
