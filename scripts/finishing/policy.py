"""Add a Content Security Policy to each page, for copies whose server does not send our headers.

It is narrower than the policy in the header: each page allows only its own inline content.
"""

from __future__ import annotations

import re
from pathlib import Path

from scripts.finishing.faults import needed
from scripts.guide.guide import Guide
from scripts.hosting.policy import content_security_policy, inline_of

CHARSET = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)
"""First line of a head. The policy follows at once, because it applies only to what follows it."""

POLICY = re.compile(r'\n?<meta http-equiv="Content-Security-Policy" content="[^"]*">')
"""The policy that this step adds to a page."""


def add_policy(folder: Path, guide: Guide) -> None:  # noqa: ARG001 - the shape of a step
    """Write the policy into the head of each page.

    Raises:
        FinishingError: A page links a file or runs a script before it declares UTF-8.
    """
    for file in sorted(folder.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        place, remedy = file.relative_to(folder).as_posix(), "Make it the first line of the head."
        fault = "there is no place for the policy: no <meta charset> has the value utf-8"
        charset = needed(CHARSET.search(html), "add_policy", place, fault, remedy)
        before = html[: charset.start()]
        fault = "there is no place for the policy: <meta charset> does not come first"
        first = not re.search(r"<(script|link|style)\b", before)
        needed(first, "add_policy", place, fault, remedy)
        policy = content_security_policy(inline_of(html), in_page=True)
        meta = f'\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
        html = before + charset[0] + meta + html[charset.end() :]
        file.write_text(html, encoding="utf-8", newline="\n")
