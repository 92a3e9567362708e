"""Adds to each page its own security policy, for copies whose server sends none of our headers.

It is narrower than the header's: each page lets through only what stands in itself.
"""

from __future__ import annotations

import re
from pathlib import Path

from scripts.finishing.faults import needed
from scripts.guide.guide import Guide
from scripts.hosting.policy import content_security_policy, inline_of

CHARSET = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)
"""The first line of a head. The policy follows at once: it binds only what comes after it."""

POLICY = re.compile(r'\n?<meta http-equiv="Content-Security-Policy" content="[^"]*">')
"""What this step adds to a page."""


def add_policy(folder: Path, guide: Guide) -> None:  # noqa: ARG001 - the shape of a step
    """Write the policy into the head of each page.

    Raises:
        FinishingError: A page names a file, or runs something, before it says that it is UTF-8.
    """
    for file in sorted(folder.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        place, remedy = file.relative_to(folder).as_posix(), "Let it be the first line of the head."
        fault = "there is no place for the policy: no <meta charset> says utf-8"
        charset = needed(CHARSET.search(html), "add_policy", place, fault, remedy)
        before = html[: charset.start()]
        fault = "there is no place for the policy: <meta charset> does not come first"
        first = not re.search(r"<(script|link|style)\b", before)
        needed(first, "add_policy", place, fault, remedy)
        policy = content_security_policy(inline_of(html), in_page=True)
        meta = f'\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
        html = before + charset[0] + meta + html[charset.end() :]
        file.write_text(html, encoding="utf-8", newline="\n")
