"""Start of every command: ``python3 -m scripts VERB``. See ``bootstrap.py``."""

import sys

# An older Python cannot even read bootstrap.py, which has the full message.
if sys.version_info < (3, 8):  # noqa: UP036 - the Python found may be older than the one needed
    sys.exit("This guide needs Python 3.11.5 or newer: https://www.python.org/downloads/")

from scripts.tools.bootstrap import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
