"""All components. Each module of this folder is searched for subclasses of ``Component``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

import scripts.components
from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.citations import Carried, Citations
from scripts.guide.guide import Guide
from scripts.guide.pages import Call


def _found() -> Iterator[Component]:
    """Yield each component of the modules in this folder."""
    for module in pkgutil.iter_modules(scripts.components.__path__, "scripts.components."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, type) and issubclass(each, Component) and "macro" in vars(each):
                yield each()


COMPONENTS: dict[str, Component] = {each.macro: each for each in _found()}
"""Every macro that a page may call, by its name."""


def carried(call: Call, guide: Guide) -> Carried:
    """Return the facts and the sources that a macro call is based on."""
    return COMPONENTS[call.name].carried(call, guide) if call.name in COMPONENTS else ((), ())


CITATIONS = Citations(carried, {name for name, each in COMPONENTS.items() if each.marking})
"""Lookup of the facts and sources of pages."""


class Macros(PageContext):
    """The macros of one page: one attribute for each component, a function that renders it."""

    def __init__(self, guide: Guide, path: str, **options: Any) -> None:
        """Set the guide, the page and the options of ``PageContext``."""
        super().__init__(guide, path, CITATIONS, **options)

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        """Return the function that renders a component.

        Raises:
            AttributeError: No component has this name.
        """
        if name not in COMPONENTS:
            raise AttributeError(f"there is no component “{name}”")

        def macro(*args: Any, **options: Any) -> Markup:
            return COMPONENTS[name].html(self, *args, **options)

        macro.__name__, macro.__doc__ = name, COMPONENTS[name].html.__doc__
        return macro
