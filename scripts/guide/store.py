"""Data that one component owns: where it is read from, and under which name the guide keeps it."""

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
        read: Reads it from the data folder. None where the files have faults, which the reader
            keeps.
    """

    name: str
    read: Callable[[Reader], T | None]
