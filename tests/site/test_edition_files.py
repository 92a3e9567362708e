"""A clinic's own file: a valid one is accepted, and each invalid one gets a clear error."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from scripts.editions import TEMPLATE, load_edition, new_edition
from scripts.guide.errors import ContentError
from scripts.root import ROOT

EDITIONS = ROOT / "docs" / "data" / "editions"
EXAMPLES = ("example-us.yml", "example-uk.yml")
Edit = Callable[..., Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A function that writes the UK example with one part of its text replaced."""

    def write(old: str, new: str) -> Path:
        for file in EDITIONS.glob("example-*"):
            shutil.copy(file, tmp_path)
        text = (tmp_path / "example-uk.yml").read_text(encoding="utf-8")
        assert text.count(old) == 1, f"the example holds {old!r} {text.count(old)} times"
        path = tmp_path / "our-clinic.yml"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return write


def refused(path: Path) -> str:
    """Return the one error for a file."""
    with pytest.raises(ContentError) as raised:
        load_edition(path)
    (problem,) = raised.value.problems
    return str(problem)


@pytest.mark.parametrize("name", EXAMPLES)
def test_takes_each_example(name: str) -> None:
    edition = load_edition(EDITIONS / name).edition
    assert edition.name
    assert "not a real hospital" in edition.name
    assert "example" in edition.site_address


def test_the_numbers_of_the_examples_are_kept_for_fiction() -> None:
    fiction = re.compile(r"202-555-01\d\d|020 7946 0\d{3}")  # NANPA 555-01XX; Ofcom, London
    for name in EXAMPLES:
        text = (EDITIONS / name).read_text(encoding="utf-8")
        numbers = re.findall(r"_(?:24h|line): \"(.*)\"", text)
        assert len(numbers) == 2
        assert all(fiction.fullmatch(number) for number in numbers)


def test_the_template_explains_each_setting() -> None:
    from scripts.guide.models.edition import Edition

    text = TEMPLATE.read_text(encoding="utf-8")
    for setting in set(Edition.model_fields) - {"languages"}:
        assert re.search(rf"^(# )?{setting}:", text, re.MULTILINE), f"{setting} is not explained"


def test_a_new_file_is_refused_until_it_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "our-clinic.yml"
    new_edition(path)
    with pytest.raises(ContentError) as raised:
        load_edition(path)
    assert [problem.field for problem in raised.value.problems] == ["name", "site_address"]


def test_three_values_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "our-clinic.yml"
    new_edition(path)
    text = path.read_text(encoding="utf-8")
    text = text.replace("name: Write the name of your clinic here", "name: Example Clinic")
    text = text.replace("https://write-your-address.example/", "https://example-clinic.example/", 1)
    text = text.replace('# line_24h: "your number, with its area code"', 'line_24h: "202-555-0123"')
    path.write_text(text, encoding="utf-8")
    edition = load_edition(path).edition
    number = edition.number("line_24h")
    assert number
    assert (number.shown, number.dial) == ("(202) 555-0123", "+12025550123")


def test_every_setting_of_the_template_can_be_used(tmp_path: Path) -> None:
    shutil.copy(EDITIONS / "example-logo.svg", tmp_path / "logo.svg")
    kept, used = [], False
    for line in TEMPLATE.read_text(encoding="utf-8").splitlines():
        used = bool(re.match(r"# \w+:", line)) or (used and line.startswith("#   "))
        kept.append(line.removeprefix("# ") if used else line)
    text = "\n".join(kept).replace("your number, with its area code", "202-555-0123")
    text = text.replace("Write the name of your clinic here", "Example Clinic")
    text = text.replace("write-your-address", "example-clinic")
    path = tmp_path / "our-clinic.yml"
    path.write_text(text, encoding="utf-8")
    edition = load_edition(path).edition
    assert set(yaml.safe_load(text)) == set(type(edition).model_fields) - {"languages"}


BAD = {
    "a fever level that is too high": (
        '"37.5"',
        '"38.5"',
        "fever level 38.5 °C is above 38.0 °C, so people would call too late",
    ),
    "a level in Fahrenheit": ('"37.5"', '"99.5"', "It looks like a Fahrenheit reading."),
    "a level of a thing that is not alive": ('"37.5"', '"20.0"', "outside 30.0 to 45.0 °C"),
    "a level without quotes": ('"37.5"', "37.5", 'Write it in °C and in quotes: "37.5".'),
    "a level with its unit": ('"37.5"', '"37.5 °C"', "is not a number"),
    "a level with a comma": ('"37.5"', '"37,5"', "is not a number"),
    "a number that is too short": (
        '"020 7946 0018"',
        '"7946 0018"',
        "is not a valid telephone number",
    ),
    "a number of another country": (
        '"020 7946 0018"',
        '"202-555-0142"',
        "is not a valid telephone number",
    ),
    "words for a number": ('"020 7946 0018"', '"ask at the desk"', "is not a telephone number"),
    "a number without quotes": ('"020 7946 0018"', "2079460018", "this must be text"),
    "an emergency number of another country": (
        'emergency_number: "999"',
        'emergency_number: "911"',
        "“911” is not an emergency number in the region uk",
    ),
    "no emergency number": (
        'emergency_number: "999"\n',
        "",
        "emergency_number: the key is missing",
    ),
    "an address without https": (
        "site_address: https://",
        "site_address: http://",
        "Write https://…/ with a slash at the end.",
    ),
    "an address without its slash": (
        "site_address: https://example-infirmary.example/",
        "site_address: https://example-infirmary.example",
        "Write https://…/ with a slash at the end.",
    ),
    "an unknown region": ("region: uk", "region: france", "Use one of: us, uk, ca, au, eu."),
    "an unknown paper": ("paper: a4", "paper: a5", "paper"),
    "an unknown unit": ("leading_unit: celsius", "leading_unit: kelvin", "leading_unit"),
    "a misspelled setting": ("short_name:", "shortname:", "shortname: the key is unknown"),
    "an empty name": (
        "name: Example Infirmary CAR T Team (an example, not a real hospital)",
        'name: ""',
        "name: the text is empty",
    ),
    "HTML in the name": ("short_name: Example", "short_name: <b>Example</b>", "contains < or >"),
    "a logo that is not there": ("example-logo.svg", "logo.svg", "there is no file logo.svg"),
    "a logo of another kind": (
        "example-logo.svg",
        "logo.jpg",
        "“logo.jpg” is not the name of an SVG or PNG file",
    ),
    "a logo in another folder": (
        "example-logo.svg",
        "../logo.svg",
        "is not the name of an SVG or PNG file",
    ),
    "rules without their document": (
        "  source: Example Infirmary discharge policy, an example\n",
        "",
        "rules.source: the key",
    ),
    "words for a page that is not there": (
        "after-infusion.md: |",
        "aftercare.md: |",
        "there is no page “aftercare.md”",
    ),
    "a link that runs a script": (
        "(https://example-infirmary.example/map)",
        "(javascript:alert)",
        "the link leads to",
    ),
    "words that lower urgency": (
        "Come to the **main door**",
        "A fever is normal. Come to the **main door**",
        "must not be said",
    ),
    "HTML in the words for a page": (
        "**main door**",
        "<script>main door</script>",
        "the text contains < or >",
    ),
    "a review without its day": (
        "region: uk",
        "region: uk\nlocal_review:\n  reviewer: Dr Example",
        "local_review.reviewed: the key is missing",
    ),
    "a language that there is not": ("region: uk", "region: uk\nlanguages: [xx]", "languages"),
    "the same setting twice": ("region: uk", "region: uk\nregion: uk", "region"),
    "a line that is no setting": ("region: uk", "region: uk\nour clinic", "syntax"),
}


@pytest.mark.parametrize("what", BAD)
def test_refuses(what: str, edited: Edit) -> None:
    old, new, said = BAD[what]
    problem = refused(edited(old, new))
    assert said in problem
    assert re.match(r"our-clinic\.yml:\d+: ", problem), "no file and line"


def test_at_least_25_kinds_of_bad_files_are_refused_each_with_its_own_words() -> None:
    assert len(BAD) >= 25


def test_names_the_line_of_a_fault(edited: Edit) -> None:
    path = edited('"37.5"', '"38.5"')
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(at for at, line in enumerate(lines, 1) if "fever_level" in line)
    assert re.match(rf"our-clinic\.yml:({number}|{number + 1}): fever_level", refused(path))


LOGOS = {
    "a script": (b"<script>1</script>", "<script>"),
    "a handler": (b'<path onload="x()" d="M0 0"/>', "onload"),
    "a picture from elsewhere": (b'<image href="https://example.org/x.png"/>', "<image>"),
    "a paint from elsewhere": (b'<path fill="url(https://example.org)" d="M0 0"/>', "fill"),
}


@pytest.mark.parametrize("what", LOGOS)
def test_refuses_a_logo_that_can_run_or_fetch(what: str, edited: Edit) -> None:
    path = edited("example-logo.svg", "ours.svg")
    inner, said = LOGOS[what]
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + inner + b"</svg>"
    (path.parent / "ours.svg").write_bytes(drawing)
    assert said in refused(path)


def test_refuses_a_logo_that_would_cost_a_phone_too_much(edited: Edit) -> None:
    path = edited("example-logo.svg", "ours.png")
    (path.parent / "ours.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(70_000))
    assert "70 kB; the limit is 60 kB" in refused(path)


def test_refuses_a_picture_that_only_bears_the_name_of_png(edited: Edit) -> None:
    path = edited("example-logo.svg", "ours.png")
    (path.parent / "ours.png").write_bytes(b"GIF89a")
    assert "not a PNG image" in refused(path)
