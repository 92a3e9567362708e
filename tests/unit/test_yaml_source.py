"""YAML is read with the line of each key, and ambiguous YAML is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scripts.guide import yaml_source
from scripts.guide.errors import ContentError, Problem
from scripts.guide.yaml_source import dotted, parse, read


@pytest.fixture(params=["C", "Python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Both parsers of PyYAML: the one in C and the one in Python must give the same results."""
    loaders = {"C": getattr(yaml, "CSafeLoader", yaml.SafeLoader), "Python": yaml.SafeLoader}
    monkeypatch.setattr(yaml_source, "_Loader", loaders[request.param])
    parse.cache_clear()
    yield
    parse.cache_clear()


def fault_of(text: str) -> Problem:
    """Return the one error of a text."""
    with pytest.raises(ContentError) as refused:
        parse(text, "made-up.yml")
    [problem] = refused.value.problems
    return problem


def test_lists_become_tuples_and_nothing_else_changes() -> None:
    source = parse('a: [1, two, "3", 4.5, true, null, 2026-11-22]\nb: {c: [[x]]}\n', "made-up.yml")
    first = source.data["a"]
    assert isinstance(first, tuple)
    assert first[:6] == (1, "two", "3", 4.5, True, None)
    assert first[6].isoformat() == "2026-11-22"
    assert source.data["b"] == {"c": (("x",),)}


def test_every_key_and_item_knows_its_line() -> None:
    text = "# first\na: 1\n\nb:\n  c: 2\n  d:\n    - x\n    -\n      e: y\n"
    source = parse(text, "made-up.yml")
    assert {dotted(location): line for location, line in source.lines.items()} == {
        "the file": 2,
        "a": 2,
        "b": 4,
        "b.c": 5,
        "b.d": 6,
        "b.d[0]": 7,
        "b.d[1]": 9,
        "b.d[1].e": 9,
    }


def test_lines_count_from_where_the_text_is_in_its_file() -> None:
    assert parse("a: 1\nb: 2\n", "made-up.md", first_line=12).line(("b",)) == 13


def test_a_missing_key_has_the_line_of_the_nearest_thing_above_it() -> None:
    source = parse("a:\n  b: 1\nc: 2\n", "made-up.yml")
    assert source.line(("a", "gone")) == 1
    assert source.line(("c", "gone", 3)) == 3
    assert source.line(("gone",)) == 1
    assert source.problem(("a", "gone"), "it is missing", "Add it.") == Problem(
        "made-up.yml", 1, "a.gone", "it is missing", "Add it."
    )


def test_an_empty_text_holds_nothing() -> None:
    assert parse("# nothing\n", "made-up.yml").data is None
    assert parse("", "made-up.yml").line(("a",)) == 1


def test_places_are_written_as_people_write_them() -> None:
    assert dotted(("items", 2, "text")) == "items[2].text"
    assert dotted((0, "id")) == "[0].id"
    assert dotted(()) == "the file"


def test_each_key_that_occurs_twice_is_named_with_the_line_of_the_first() -> None:
    with pytest.raises(ContentError) as refused:
        parse("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n", "made-up.yml")
    assert [str(problem) for problem in refused.value.problems] == [
        "made-up.yml:4: b.c: the key is used twice. Keep one; the other is on line 3.",
        "made-up.yml:5: a: the key is used twice. Keep one; the other is on line 1.",
    ]


@pytest.mark.parametrize("key", ["yes", "No", "on", "~", "null", "38.0", "911", "2026-11-22"])
def test_a_key_that_yaml_does_not_read_as_text_is_refused(key: str) -> None:
    problem = fault_of(f"first: 1\n{key}: 2\n")
    assert (problem.line, problem.field) == (2, key)
    assert problem.remedy == f'Put it in quotes: "{key}".'
    assert parse(f'"{key}": 2\n', "made-up.yml").data == {key: 2}


@pytest.mark.parametrize("value", ['{{ temperature("fever") }}', "{[1]: 2}", "{{x}: y}"])
def test_braces_that_yaml_takes_for_its_own_are_refused(value: str) -> None:
    problem = fault_of(f"a: 1\ntext: {value}\n")
    assert (problem.line, problem.field) == (2, "text")
    assert problem.remedy == "Put the text in quotes."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: c: d\n", 2),
        ("a: 1\nb: [1, 2\nc: 3\n", 3),
        ("a: 1\nb: [[fever]] x\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("- a\nb: 1\n", 2),
        ("a: @x\n", 1),
        ("a: 1\nb: !made-up 2\n", 2),
        ("a: 1\nb: *gone\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\n<<: {b: 2}\n", 2),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_line(text: str, line: int) -> None:
    problem = fault_of(text)
    assert problem.fault.startswith("this is not YAML (")
    assert problem.field == "syntax"
    assert problem.line == line


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_quote_that_is_not_closed_is_named_where_it_opens(quote: str) -> None:
    assert fault_of(f"a: 1\nb: {quote}two\nc: 3\nd: 4\n").line == 2


@pytest.mark.parametrize("character", ["\x07", "\x00", "\x1b", "\x7f", "\x9f"])
def test_a_control_character_is_named_with_its_line(character: str) -> None:
    # A two-byte letter comes first, because one parser counts bytes and the other characters.
    problem = fault_of(f"a: é\nb: x{character}y\n")
    assert problem.line == 2
    assert f"U+{ord(character):04X}" in problem.fault


@pytest.mark.parametrize("text", ["a: &x [*x]\n", "a: &x [1]\nb: *x\n", "a: &x {b: *x}\n"])
def test_yaml_that_refers_to_itself_is_refused(text: str) -> None:
    assert fault_of(text).remedy == "Write it in full."


@pytest.mark.parametrize("date", ["2026-02-30", "2026-13-01", "2026-00-10"])
def test_a_date_that_no_calendar_has_is_refused(date: str) -> None:
    problem = fault_of(f"a: 1\nday: {date}\n")
    assert (problem.line, problem.field) == (2, "day")
    assert f"“{date}”" in problem.fault


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        parse(text, "made-up.yml")
    except ContentError as refused:
        problems = refused.problems
    # YAML knows more line breaks than splitlines(), so it may report a line past the last.
    assert all(1 <= problem.line <= len(text.splitlines()) + 2 for problem in problems)


def test_a_text_that_was_read_before_is_not_read_again() -> None:
    assert parse("a: 1\n", "made-up.yml") is parse("a: 1\n", "made-up.yml")
    assert parse("a: 1\n", "made-up.yml") is not parse("a: 1\n", "another.yml")


def test_a_file_is_named_from_the_root(tmp_path: Path) -> None:
    file = tmp_path / "docs" / "a.yml"
    file.parent.mkdir()
    file.write_text("a: é\n", encoding="utf-8")
    assert read(file, tmp_path).file == "docs/a.yml"
    assert read(file, tmp_path / "elsewhere").file == "a.yml"


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"gone\.yml:1: the file: the file is missing\."):
        read(tmp_path / "gone.yml", tmp_path)
    (tmp_path / "latin.yml").write_bytes(b"a: \xe9\n")
    with pytest.raises(ContentError, match=r"latin\.yml:1: the file: the file is not UTF-8"):
        read(tmp_path / "latin.yml", tmp_path)


def test_a_folder_in_the_place_of_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"1: the file: this is a folder"):
        read(tmp_path, tmp_path.parent)
