"""A small site of an editor who knows MkDocs Material, with our theme, built by MkDocs alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup

from scripts.root import ROOT

OURS = ROOT / "overrides"

BLOCKS = """
!!! warning "In a box"
    Words.

??? note "Folded"
    More words.

=== "First"
    One
=== "Second"
    Two

- [x] done

:material-phone: :smile: ++ctrl+c++ CRS[^1] {--gone--} [Go](#one){ .md-button }

--8<-- "components.md:foot"

| A | B |
| - | - |
| 1 | 2 |

Term
:   Meaning

<div markdown>*inside*</div>

```python
x = 1
```

*[CRS]: cytokine release syndrome
[^1]: A note
"""
LEAN = """---
title: Help
description: Words
template: lean.html
---
# Help
"""
NOTICE = "{% extends 'main.html' %}{% block announce %}Our ward has moved.{% endblock %}"
PAGES = {
    "help.md": LEAN,
    "own.css": ".md-typeset { quotes: none }",
    "index.md": "# Home {#home}\n\n## One {#one}\n\nWords\n\n## Two {#two}\n" + BLOCKS,
    "part/index.md": "# Part\n",
    "part/page.md": "# Page\n\n## One {#one}\n",
    "part/bare.md": "---\nhide: [navigation, toc]\n---\n# Bare\n\n## One {#one}\n",
    "notice.md": "---\ntemplate: notice.html\n---\n# Notice\n",
}


OTHER: dict[str, Any] = {
    "theme": {
        "palette": {"scheme": "default", "primary": "teal", "accent": "teal"},
        "features": ["navigation.footer", "content.action.edit"],
        "logo": "assets/images/favicon.svg",
        "favicon": "assets/images/icon.svg",
        "language": "de",
    },
    "extra": {
        "alternate": [
            {"name": "English", "lang": "en", "link": "/"},
            {"name": "Deutsch", "lang": "de", "link": "/de/"},
        ]
    },
    "repo_url": "https://example.org/guide",
    "edit_uri": "edit/main/docs/",
}
"""Settings that ours does not have."""


class EditorsSite:
    """A small site with our theme and settings, built by MkDocs alone."""

    def __init__(self, home: Path, **settings: object) -> None:
        """Build it, with settings of its own over ours."""
        for name, text in PAGES.items():
            file = home / "docs" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        shutil.copytree(OURS, home / "theme")
        (home / "theme/notice.html").write_text(NOTICE, encoding="utf-8")
        strings = yaml.safe_load((ROOT / "docs/data/strings.yml").read_text("utf-8"))
        theme = {"custom_dir": str(home / "theme"), "language": "en"} | settings.pop("theme", {})  # type: ignore[operator]
        extra = {"strings": strings} | settings.pop("extra", {})  # type: ignore[operator]
        nav = [
            {"Act": ["help.md"]},
            {"Know": [{"Part": ["part/index.md", "part/page.md", "part/bare.md"]}]},
            {"Other": ["notice.md"]},
            "index.md",
        ]
        own = {"plugins": [], "nav": nav, "theme": theme, "extra": extra} | settings
        own |= {"INHERIT": str(ROOT / "mkdocs.yml"), "docs_dir": "docs", "site_dir": "site"}
        (home / "mkdocs.yml").write_text(yaml.safe_dump(own), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(home / "mkdocs.yml")],
            cwd=ROOT,
            check=True,
        )
        self.folder = home / "site"

    def page(self, path: str) -> BeautifulSoup:
        """Return a built page."""
        return BeautifulSoup((self.folder / path / "index.html").read_text("utf-8"), "html.parser")
