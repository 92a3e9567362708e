"""Read data files into models, and collect all problems instead of stopping at the first."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from scripts.guide.errors import ContentError, Problem
from scripts.guide.models.base import KEBAB, Model, validate
from scripts.guide.yaml_source import Location, YamlSource, read

M = TypeVar("M", bound=Model)


class Reader:
    """Reads the files of a data folder and collects all problems instead of stopping at the first.

    Attributes:
        data: Folder of the data files.
        root: Folder to which paths in error messages are relative.
        problems: Problems found so far.
        files: Files read so far, by their path in the data folder, or ``clinic.yml`` if outside it.
    """

    def __init__(self, data: Path, root: Path) -> None:
        self.data, self.root = data, root
        self.problems: list[Problem] = []
        self.files: dict[str, YamlSource] = {}

    def source(self, path: Path) -> YamlSource | None:
        """Return a parsed file, or None if it has a problem."""
        try:
            source = read(path, self.root if path.is_relative_to(self.root) else self.data)
        except ContentError as error:
            self.problems += error.problems
            return None
        inside = path.is_relative_to(self.data)
        self.files[path.relative_to(self.data).as_posix() if inside else "clinic.yml"] = source
        return source

    def record(self, model: type[M], source: YamlSource, at: Location = ()) -> M | None:
        """Return a validated record of a file, or None if it has a problem."""
        try:
            return validate(model, source, at)
        except ContentError as error:
            self.problems += error.problems
            return None

    def one(self, model: type[M], name: str | Path) -> M | None:
        """Return the record of a file that contains one; None if it has a problem.

        Args:
            model: Model of the record.
            name: Name in the data folder, or a whole path.
        """
        source = self.source(self.data / name)
        return None if source is None else self.record(model, source)

    def mapping(self, model: type[M], *paths: Path) -> dict[str, M]:
        """Return the named records of several files. A name must be unique across all of them."""
        found: dict[str, M] = {}
        where: dict[str, str] = {}
        for path in paths:
            if (source := self.source(path)) is None:
                continue
            if not isinstance(source.data, dict) or not source.data:
                fault = "the file is empty" if source.data is None else "the file has no entries"
                self.problems.append(source.problem((), fault, "Write names with their entries."))
                continue
            for name in source.data:
                if not KEBAB.fullmatch(name):
                    fault = f"“{name}” is not kebab-case"
                    remedy = "Use lowercase letters, digits and single hyphens."
                    self.problems.append(source.problem((name,), fault, remedy))
                elif name in found:
                    fault = f"“{name}” is also in {where[name]}"
                    self.problems.append(source.problem((name,), fault, "Give it another name."))
                elif (record := self.record(model, source, (name,))) is not None:
                    found[name], where[name] = record, source.file
        return found

    def list(self, model: type[M], name: str, key: str) -> dict[str, M]:
        """Return the records of a file that contains a list, by the value of a unique key."""
        source = self.source(self.data / name)
        if source is None:
            return {}
        if not isinstance(source.data, tuple) or not source.data:
            fault = "the list is empty" if not source.data else "the file is not a list"
            self.problems.append(source.problem((), fault, "Write each entry after a hyphen."))
            return {}
        found: dict[str, M] = {}
        for index in range(len(source.data)):
            record = self.record(model, source, (index,))
            if record is None:
                continue
            value = str(getattr(record, key))
            if value in found:
                fault = f"the {key} “{value}” is used twice"
                self.problems.append(
                    source.problem((index, key), fault, "Give each entry its own.")
                )
            found[value] = record
        return found

    def folder(self, model: type[M], name: str) -> dict[str, M]:
        """Return the records of a folder with one record a file, by the file's name."""
        paths = sorted((self.data / name).glob("*.yml"))
        if not paths:
            self.source(self.data / name / "….yml")
        found = {}
        for path in paths:
            if (source := self.source(path)) is None:
                continue
            if not KEBAB.fullmatch(path.stem):
                fault = f"the file's name “{path.stem}” is not kebab-case"
                remedy = "Use lowercase letters, digits and single hyphens."
                self.problems.append(source.problem((), fault, remedy))
            elif (record := self.record(model, source)) is not None:
                found[path.stem] = record
        return found
