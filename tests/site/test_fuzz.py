"""Random files and readings: each gives the right result or a clear error.

The examples are the same in each run: a test that fails only sometimes helps nobody.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from scripts import content
from scripts.content import load_guide
from scripts.guide.errors import ContentError
from scripts.guide.guide import Guide
from scripts.guide.models.base import Model, validate
from scripts.guide.models.edition import Edition
from scripts.guide.reader import Reader
from scripts.guide.temperature import to_fahrenheit
from scripts.guide.yaml_source import Location, YamlSource, parse
from scripts.root import ROOT
from tests.browser.pages import tab
from tests.conftest import Site
from tests.site.broken_copy import BrokenCopy
from tests.site.hostile import HOSTILE, whole_edition


def tries(count: int) -> settings:
    """Return settings for a number of examples that are the same in each run."""
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=slow,
    )


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.dates(),
        st.datetimes(),
        st.binary(max_size=9),
        st.text(max_size=40),
        st.sampled_from(sorted(HOSTILE.values())),
        st.sampled_from(["38.0", "a-slug", "index.md", "0", "-1", "yes", "2026-02-30", "=", "~"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=4,
)


def assert_clear(error: ContentError) -> None:
    """Check that an error names the file, the line, the field, the cause and the remedy."""
    assert error.problems
    for problem in error.problems:
        text = str(problem)
        assert text.isprintable(), repr(text)
        assert re.match(r"[\w/….-]+:\d+: \S.*: \S", text), text
        assert problem.line >= 1
        assert problem.fault.strip()
        assert re.fullmatch(r"\S.*[.]", problem.remedy, re.DOTALL), text


def plain(value: Any) -> Any:
    """Return parsed data as plain lists and mappings, which can be written again."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, tuple | list) else value


def places(value: Any, at: Location = ()) -> Iterator[Location]:
    """Yield the location of everything in parsed data."""
    yield at
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from places(inner, (*at, key))


def replaced(value: Any, at: Location, new: Any) -> Any:
    """Return a copy of plain data with another value at a location."""
    if not at:
        return new
    if isinstance(value, dict):
        return {k: replaced(v, at[1:], new) if k == at[0] else v for k, v in value.items()}
    return [replaced(v, at[1:], new) if k == at[0] else v for k, v in enumerate(value)]


def cut(value: Any, most: int | None = None) -> Any:
    """Return plain data with at most 20 entries in each inner part: more only take longer."""
    if isinstance(value, dict):
        return {key: cut(inner, 20) for key, inner in [*value.items()][:most]}
    return [cut(inner, 20) for inner in value[:most]] if isinstance(value, list) else value


@functools.cache
def records() -> list[tuple[type[Model], str, Any]]:
    """Return, for each model in the guide's data files, its longest record with its file."""
    found: dict[type[Model], tuple[type[Model], str, Any]] = {}

    class Noting(Reader):
        def record(self, model: type[Any], source: YamlSource, at: Location = ()) -> Any:
            value = source.data
            for part in at:
                value = value[part]
            kept = found.get(model)
            if kept is None or len(str(plain(value))) > len(str(kept[2])):
                found[model] = (model, source.file, cut(plain(value)))
            return super().record(model, source, at)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "Reader", Noting)
        content._load.cache_clear()
        load_guide()
        content._load.cache_clear()
    return list(found.values())


def dumped(record: Any) -> str:
    """Return YAML as ``yaml.safe_dump`` does, several times faster."""
    return str(yaml.dump(record, Dumper=yaml.CSafeDumper, allow_unicode=True))


def checked(model: type[Model], file: str, record: Any) -> Model | None:
    """Return a record after a round trip through YAML; None if it was refused with clear errors."""
    try:
        return validate(model, parse(dumped(record), file))
    except ContentError as error:
        assert_clear(error)
        return None


def test_each_model_of_the_data_is_tried() -> None:
    models = {model.__name__ for model, _, _ in records()}
    assert {"Edition", "Sheet", "Fact", "Source", "Strings", "StoredItem"} <= models
    for model, file, record in records():
        assert checked(model, file, record) is not None


@tries(400)
@given(st.data())
def test_a_record_with_anything_in_any_place_is_read_or_clearly_refused(
    data: st.DataObject,
) -> None:
    model, file, record = data.draw(st.sampled_from(records()))
    at = data.draw(st.sampled_from(list(places(record))))
    checked(model, file, replaced(record, at, data.draw(JUNK)))


@tries(200)
@given(st.data())
def test_an_edition_with_anything_in_any_place_is_read_or_clearly_refused(
    data: st.DataObject,
) -> None:
    record: Any = whole_edition()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from(list(places(record))))
        record = replaced(record, at, data.draw(JUNK))
    edition = checked(Edition, "our-clinic.yml", record)
    if isinstance(edition, Edition):
        assert edition.fever_level.celsius <= 38
        assert edition.name is None or not re.search(r"[<>{}\x00-\x1f\u202e]", edition.name)


@tries(400)
@given(
    st.text(
        alphabet=st.sampled_from("ab:-[]{}\"'#&*!|>%@`,?\n \t\\0.\x00\u202e\ufeff<é"), max_size=60
    )
)
def test_any_text_is_yaml_or_clearly_refused(text: str) -> None:
    try:
        parse(text, "docs/data/x.yml")
    except ContentError as error:
        assert_clear(error)


FILES = tuple(
    sorted(
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "docs" / "data").rglob("*.yml")
        if "editions" not in file.parts
    )
)


@pytest.fixture(scope="module")
def fuzzed(untouched: Path, tmp_path_factory: pytest.TempPathFactory) -> BrokenCopy:
    return BrokenCopy(untouched, tmp_path_factory.mktemp("fuzzed"))


@tries(20)
@given(st.data())
def test_the_guide_with_anything_in_one_place_is_read_or_clearly_refused(
    fuzzed: BrokenCopy, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(FILES))
    before = fuzzed.read(file)
    record = plain(parse(before, file).data)
    at = data.draw(st.sampled_from(list(places(record))))
    try:
        fuzzed.written(file, dumped(replaced(record, at, data.draw(JUNK))))
        load_guide(fuzzed.root)
    except ContentError as error:
        assert_clear(error)
    finally:
        fuzzed.written(file, before)


# The converter.

READINGS = st.one_of(
    st.decimals(allow_nan=True, allow_infinity=True),
    st.decimals(min_value=29, max_value=114, places=2),
    st.decimals(min_value=29, max_value=46),
)


def nearest_tenth(exact: Fraction) -> Fraction:
    return Fraction((exact * 10 + Fraction(1, 2)).__floor__(), 10)


@tries(500)
@given(READINGS)
def test_a_reading_is_converted_rightly_or_refused(degrees: Decimal) -> None:
    if degrees.is_finite() and 30 <= degrees <= 45:
        exact = Fraction(degrees) * 9 / 5 + 32
        assert Fraction(to_fahrenheit(degrees)) == nearest_tenth(exact)
    else:
        with pytest.raises(ValueError, match="is outside"):
            to_fahrenheit(degrees)


@pytest.fixture(scope="module")
def converter(browser: Browser, site: Site) -> Iterator[Page]:
    with tab(browser) as page:
        page.goto(site.address("temperature.md"))
        yield page


TYPE = """([unit, text]) => {
  const box = (unit) => document.querySelector(`[data-temperature-helper] [data-unit="${unit}"]`);
  for (const each of ["celsius", "fahrenheit"]) box(each).value = "";
  box(unit).value = text;
  box(unit).dispatchEvent(new Event("input", { bubbles: true }));
  box(unit).dispatchEvent(new Event("change", { bubbles: true }));
  const result = document.querySelector("[data-temperature-helper] [data-result]");
  return [box("celsius").value, box("fahrenheit").value, result.dataset.state, window.ran];
}"""
TYPED = st.one_of(
    st.decimals(min_value=29, max_value=114, places=2).map(str),
    st.decimals(min_value=37, max_value=39, places=4).map(str),
    st.text(alphabet=st.sampled_from("0123456789.,-+eE °CFcf٣８℃\u200e<"), max_size=9),
    st.text(max_size=12),
    st.sampled_from(sorted(HOSTILE.values())),
)


@tries(300)
@given(st.sampled_from(["celsius", "fahrenheit"]), TYPED)
def test_whatever_is_typed_is_converted_rightly_or_not_at_all(
    converter: Page, guide: Guide, unit: str, text: str
) -> None:
    celsius, fahrenheit, state, ran = converter.evaluate(TYPE, [unit, text])
    other = fahrenheit if unit == "celsius" else celsius
    assert ran is None
    levels = ("at-or-above", "below", "low")
    assert state in (*levels, "question", "outside", "not-a-number", "")
    assert bool(other) == (state in levels), (text, other, state)
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", text) or state not in levels:
        return
    exact = Fraction(text)
    in_celsius = exact if unit == "celsius" else (exact - 32) * 5 / 9
    in_other = exact * 9 / 5 + 32 if unit == "celsius" else in_celsius
    assert 30 <= in_celsius <= 45
    assert abs(Fraction(other) - in_other) <= Fraction(1, 20)
    fever = guide.temperatures["fever"]
    reached = in_celsius >= Fraction(fever.celsius)
    if unit == "fahrenheit":
        reached = reached or exact >= Fraction(fever.fahrenheit_text)
    assert (state == "at-or-above") == reached, (text, state)
