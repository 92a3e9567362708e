"""Declare data that one component owns: how it is read, and its name in the guide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from scripts.guide.reader import Reader

T = TypeVar("T")


@dataclass(frozen=True)
class Store(Generic[T]):
    """Data of a component. ``guide.data(store)`` returns it.

    Attributes:
        name: Unique among all stores.
        read: Function that reads the data from the data folder. It returns None if the files have
            problems, which the reader collects.
    """

    name: str
    read: Callable[[Reader], T | None]
