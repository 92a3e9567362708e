"""The folder of the repository, which all files are named from."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
