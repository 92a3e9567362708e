"""Building many editions: what is refused before the first build, and what a process makes once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scripts import editions
from scripts.build import BuildRequest, Built
from scripts.components.page import PageContext
from scripts.components.qr_codes import qr_code
from scripts.editions import Result, build_editions, edition_files
from scripts.finishing import app
from scripts.finishing import page_styles as style_step
from scripts.finishing.compress import METHODS, _packed, compress
from scripts.finishing.site import Site as BuiltSite
from scripts.finishing.used_css import StyleSheet
from scripts.guide.errors import ContentError, Problem
from scripts.guide.guide import Guide
from scripts.macros import define_env
from scripts.root import ROOT
from scripts.tools.bill_of_materials import bill_of_materials

EXAMPLES = ROOT / "docs" / "data" / "editions"
EXAMPLE = (EXAMPLES / "example-us.yml").read_text(encoding="utf-8").replace("logo:", "# logo:")


def write(folder: Path, *names: str) -> list[Path]:
    """Write edition files that differ only in their address."""
    files = [folder / f"{name}.yml" for name in names]
    for file in files:
        text = EXAMPLE.replace("site_address: https://", f"site_address: https://{file.stem}.")
        file.write_text(text, encoding="utf-8")
    return files


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of the editions that would have been built; nothing is built."""
    folders: list[Path] = []

    def build_edition(request: BuildRequest, _guide: Guide, **_options: object) -> Built:
        folders.append(request.folder)
        if request.folder.name == "too-long":
            problem = Problem("docs/data/x.yml", 1, "blocks", "it is too long", "Cut words.")
            raise ContentError([problem])
        return Built(int(request.folder.name == "stopped"), "what the engine said", {})

    @contextmanager
    def pool(_workers: int, **_options: object) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(map=map)

    monkeypatch.setattr(editions, "build_edition", build_edition)
    monkeypatch.setattr(editions, "ProcessPoolExecutor", pool)
    return folders


def requests_of(folder: Path) -> dict[Path, BuildRequest]:
    return {file: BuildRequest(folder / "out" / file.stem) for file in edition_files(folder)}


def test_each_file_of_a_folder_is_an_edition_of_its_own(tmp_path: Path, built: list[Path]) -> None:
    files = write(tmp_path, "south", "north")
    (tmp_path / "logo.svg").touch()
    assert list(build_editions(requests_of(tmp_path))) == [Result(file, "") for file in files[::-1]]
    assert [folder.name for folder in built] == ["north", "south"]


def test_a_folder_without_editions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "north.yaml").touch()
    with pytest.raises(ContentError, match=r"there is no \.yml file in it\. Put"):
        edition_files(tmp_path)


def test_two_editions_with_one_folder_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The files are not written to disk: a file system that ignores case would merge them.
    names = [tmp_path / "North.yml", tmp_path / "north.yml"]
    monkeypatch.setattr(Path, "glob", lambda _folder, _pattern: iter(names))
    with pytest.raises(ContentError) as raised:
        edition_files(tmp_path)
    (problem,) = raised.value.problems
    assert (problem.file, problem.remedy) == ("north.yml", "Give it another name.")
    assert "North.yml" in problem.fault


def test_two_editions_with_one_address_are_refused(tmp_path: Path, built: list[Path]) -> None:
    north, south = write(tmp_path, "north", "south")
    south.write_text(north.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        list(build_editions(requests_of(tmp_path)))
    (problem,) = raised.value.problems
    assert (problem.file, problem.field) == ("south.yml", "site_address")
    assert EXAMPLE.splitlines()[problem.line - 1].startswith("site_address")
    assert "north.yml has the same address" in problem.fault
    assert built == []


def test_one_bad_file_stops_all_and_every_fault_is_told(tmp_path: Path, built: list[Path]) -> None:
    _, south, west = write(tmp_path, "north", "south", "west")
    for file in (south, west):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("region: us", "region: moon"), encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        list(build_editions(requests_of(tmp_path)))
    assert {problem.file for problem in raised.value.problems} == {"south.yml", "west.yml"}
    assert built == []


@pytest.mark.parametrize(
    ("name", "said"), [("too-long", "it is too long"), ("stopped", "what the engine said")]
)
def test_an_edition_that_cannot_be_built_holds_no_other_back(
    name: str, said: str, tmp_path: Path, built: list[Path]
) -> None:
    write(tmp_path, "north", name, "west")
    results = {result.file.stem: result.fault for result in build_editions(requests_of(tmp_path))}
    assert results.pop(name).count(said) == 1
    assert results == {"north": "", "west": ""}
    assert len(built) == 3


def test_processes_of_their_own_check_the_files(tmp_path: Path) -> None:
    north, south = write(tmp_path, "north", "south")
    for file in (north, south):
        file.write_text("name: Example", encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        list(build_editions(requests_of(tmp_path)))
    # The errors keep their lines and remedies on the way from the worker processes.
    assert {problem.file for problem in raised.value.problems} == {"north.yml", "south.yml"}
    assert all(problem.remedy for problem in raised.value.problems)


class Counted:
    """A function that records the arguments of each call."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.calls: list[tuple[Any, ...]] = []

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.calls.append((*given, *named.items()))
        return self.function(*given, **named)


def test_equal_files_are_compressed_once(
    tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    _packed.cache_clear()
    packs = {kind: Counted(pack) for kind, pack in METHODS.items()}
    for kind, pack in packs.items():
        monkeypatch.setitem(METHODS, kind, pack)
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.js").write_text("same();" * 500, encoding="utf-8")
        (tmp_path / name / "own.js").write_text(f"{name}();" * 500, encoding="utf-8")
        compress(BuiltSite(tmp_path / name, guide))
    for kind, pack in packs.items():
        assert len(pack.calls) == 3, kind
        packed = [(tmp_path / name / f"same.js{kind}").read_bytes() for name in ("north", "south")]
        assert packed[0] == packed[1]


def test_what_is_the_same_for_all_editions_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for made in (app.icons, bill_of_materials, style_step._read_once):
        made.cache_clear()
    drawn = Counted(app._drawn)
    listed = Counted(lambda _purpose: {})
    read = Counted(StyleSheet)
    monkeypatch.setattr(app, "_drawn", drawn)
    monkeypatch.setattr("scripts.tools.bill_of_materials.locked", listed)
    monkeypatch.setattr(style_step, "StyleSheet", read)
    for _edition in range(3):
        app.icons()
        bill_of_materials()
        style_step._read_once("a { color: red }", "")
    bill_of_materials.cache_clear()
    assert len(drawn.calls) == 2, "with corners and without"
    assert (len(listed.calls), len(read.calls)) == (1, 1)


def test_the_code_of_an_address_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import segno

    make = Counted(segno.make)
    monkeypatch.setattr(segno, "make", make)
    address = "https://counted.example/go/fever/"
    assert qr_code(address) == qr_code(address)
    assert len(make.calls) == 1


def test_a_page_counts_its_sources_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sources_of = Counted(vars(PageContext)["listed"].func)
    monkeypatch.setattr(vars(PageContext)["listed"], "func", sources_of)
    macros: dict[str, Callable[..., str]] = {}
    env = SimpleNamespace(
        conf={"docs_dir": "docs/en", "extra": {}, "theme": {}},
        page=SimpleNamespace(path="symptoms.md"),
        macro=lambda macro, name: macros.update({name: macro}),
    )
    define_env(env)
    for _call in range(3):
        macros["care_card"]("emergency")
        macros["page_foot"]()
    assert len(sources_of.calls) == 1
