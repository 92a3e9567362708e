"""Adds to each page its own security policy, for copies whose server sends none of our headers.

It is narrower than the header's: each page lets through only what stands in itself.
"""

from __future__ import annotations

import re
from pathlib import Path

from scripts.content import Guide
from scripts.hosting.policy import content_security_policy, inline_of

CHARSET = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)
"""The first line of a head. The policy follows at once: it binds only what comes after it."""

POLICY = re.compile(r'\n?<meta http-equiv="Content-Security-Policy" content="[^"]*">')
"""What an earlier run has added."""


def add_policy(folder: Path, guide: Guide) -> None:  # noqa: ARG001 - the shape of a step
    """Write the policy into the head of each page.

    Raises:
        ValueError: A page names a file, or runs something, before it says that it is UTF-8.
    """
    for file in sorted(folder.rglob("*.html")):
        html = POLICY.sub("", file.read_text(encoding="utf-8"))
        charset = CHARSET.search(html)
        before = html[: charset.start()] if charset else html
        if charset is None or re.search(r"<(script|link|style)\b", before):
            raise ValueError(f"{file}: no place for the policy: <meta charset> is not first")
        policy = content_security_policy(inline_of(html), in_page=True)
        meta = f'\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
        html = before + charset[0] + meta + html[charset.end() :]
        file.write_text(html, encoding="utf-8", newline="\n")
