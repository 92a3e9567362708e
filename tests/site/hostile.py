"""Hostile texts, and every place in an edition's file where someone could write them."""

from __future__ import annotations

import datetime
import types
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml

from scripts.guide.models.base import Model
from scripts.guide.models.edition import Edition
from scripts.root import ROOT

Place = tuple[str | int, ...]
"""The keys and indexes that lead to a text from the top of a file."""

KEY = "any.md"
"""Placeholder for any key of a mapping whose keys are free."""

RUNS = "window.ran=1"
"""A script that must never run on any page."""

HOSTILE = {
    "a script": f"<script>{RUNS}</script>",
    "a picture that fails": f"<img src=x onerror={RUNS}>",
    "a drawing that runs": f"<svg/onload={RUNS}>",
    "a way out of an attribute": f'" autofocus onfocus="{RUNS}',
    "a way out of the other quotes": f"' onmouseover='{RUNS}",
    "a way out of a comment": f"--><script>{RUNS}</script>",
    "a way out of the title": f"</title><script>{RUNS}</script>",
    "entities": f"&lt;script&gt;{RUNS}&lt;/script&gt;",
    "a numbered entity": "&#60;b&#62; &nbsp; &amp;amp;",
    "a template": "{{ 7 * 7 }}",
    "a template's block": "{% include '/etc/passwd' %}",
    "a placeholder": "[[fever]]",
    "a placeholder that is not": "[[../../etc/passwd",
    "a link that runs": f"[a](javascript:{RUNS})",
    "a link that runs, in capitals": "[a](JaVaScRiPt:alert)",
    "a link with its target below": f"[a][b]\n\n[b]: javascript:{RUNS}",
    "a link with its target in a list": f"- [b]: javascript:{RUNS}\n\n[a][b]",
    "a link with its target in a numbered list": f"1. [b]: javascript:{RUNS}\n\n[a][b]",
    "a link with a nameless target": f"[]: javascript:{RUNS}\n\n[a][]",
    "a link to data": "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "a picture from elsewhere": "![a](https://elsewhere.example/a.png)",
    "attributes": "{: onclick=alert }",
    "a heading": "# A heading of its own",
    "Typst": '#read("/etc/passwd") *a* $c$ `d` @e ~f \\g',
    "shell and formats": "$(id) `id` %s %(x)s \\1 \\g<0> ; rm -rf",
    "a formula": '=HYPERLINK("https://elsewhere.example")',
    "a header of its own": "a\r\nSet-Cookie: a=b",
    "a line of its own": "a\nSet-Cookie: a=b",
    "a nothing": "a\x00b",
    "an escape": "a\x1b[31mb",
    "a turned reading direction": "a\u202eb",
    "an invisible space": "a\u200bb",
    "a mark of the byte order": "a\ufeffb",
    "letters from right to left": "مرحبا שלום",
    "a pile of accents": "a" + "\u0301" * 40,
    "signs beyond the first plane": "𝒜 🧪 👩\u200d🔬",
    "a very long word": "W" * 120,
    "more than fits": "W" * 121 * 40,
    "far more than fits": "many words " * 20_000,
    "nothing": "",
    "spaces": "   ",
}


def _texts(annotation: Any, place: Place) -> Iterator[Place]:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _texts(inner[0], place)
    elif origin in (Union, types.UnionType):
        for kind in inner:
            yield from _texts(kind, place)
    elif origin is tuple:
        yield from _texts(inner[0], (*place, 0))
    elif origin is dict:
        yield from _texts(inner[1], (*place, KEY))
    elif isinstance(annotation, type) and issubclass(annotation, Model):
        yield from text_places(annotation, place)
    elif origin is Literal or annotation in (str, bool, int, Decimal, datetime.date):
        yield place
    else:
        assert annotation is type(None), f"what may {place} hold: {annotation}?"


def text_places(model: type[Model], at: Place = ()) -> Iterator[Place]:
    """Yield every place in a model's file, including fixed words, dates and booleans."""
    for name, field in model.model_fields.items():
        yield from _texts(field.annotation, (*at, name))


PLACES = tuple(dict.fromkeys(text_places(Edition)))


def whole_edition() -> dict[str, Any]:
    """Return a valid file of an edition in which every setting is set."""
    example = ROOT / "docs" / "data" / "editions" / "example-uk.yml"
    record: dict[str, Any] = yaml.safe_load(example.read_text(encoding="utf-8"))
    return record | {
        "languages": ["en"],
        "offline": True,
        "local_review": {"reviewer": "Dr Example", "reviewed": datetime.date(2026, 11, 22)},
        "links": [{"label": "A map", "address": "https://example-infirmary.example/map"}],
        "paragraphs": {"after-infusion.md": "Come to the **main door**."},
    }


def put(record: Any, place: Place, text: str) -> Any:
    """Return a copy of a record with a text at a place."""
    if not place:
        return text
    if isinstance(record, list):
        return [put(record[0], place[1:], text), *record[1:]]
    key = next(iter(record)) if place[0] == KEY else place[0]
    return {**record, key: put(record.get(key), place[1:], text)}


def at(record: Any, place: Place) -> Any:
    """Return the value at a place."""
    for part in place:
        record = record[next(iter(record)) if part == KEY else part]
    return record
