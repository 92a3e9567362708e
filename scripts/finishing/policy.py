"""Add a Content Security Policy to each page, for copies whose server does not send our headers.

It is narrower than the policy in the header: each page allows only its own inline content.
"""

from __future__ import annotations

from scripts.finishing.faults import needed
from scripts.finishing.site import Site
from scripts.hosting.policy import content_security_policy, inline_of


def add_policy(site: Site) -> None:
    """Write the policy into the head of each page, after the line that declares UTF-8.

    Raises:
        FinishingError: A head does not begin with that line. The policy must be next to it,
            because it applies only to what follows it.
    """
    for page in site.pages.values():
        remedy = "Make <meta charset=utf-8> the first line of the head."
        first = page.head[0].get("charset", "") if len(page.head) else ""
        fault = "there is no place for the policy: the head does not begin with <meta charset>"
        needed(first.lower() == "utf-8", "add_policy", page.place, fault, remedy)
        policy = content_security_policy(inline_of(page.tree), in_page=True)
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        page.add_to_head(meta, page.head[0].getnext())
