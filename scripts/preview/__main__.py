"""Build the site each time a line arrives on standard input, and answer with a line of JSON.

``server.py`` starts this process. What builds is imported late, so that an error in that code is
an answer too.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback


def main(config: str, folder: str) -> None:
    """Build once for each line, which is the address of the site.

    Args:
        config: Configuration file of MkDocs.
        folder: Folder of the site.
    """
    # Whatever a library prints goes to the terminal, not into an answer.
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        for url in sys.stdin:
            try:
                from scripts.preview.build import build

                answer = build(config, folder, url.strip())
            except Exception:  # noqa: BLE001 - the server shows every error
                answer = {"fault": traceback.format_exc()}
            print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C reaches this process too.
        main(*sys.argv[1:])
