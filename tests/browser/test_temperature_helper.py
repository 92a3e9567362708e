"""The converter in a real browser: what it accepts, what it asks, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from scripts.components.registry import Macros
from scripts.content import load_guide
from scripts.guide.models.edition import Level
from scripts.guide.temperature import display, is_at_or_above, to_celsius, to_fahrenheit
from tests.conftest import Site

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "overrides/assets/javascripts"
NEEDED = [SCRIPTS / name for name in ("reading.js", "temperature-helper.js")]
"""The scripts that the helper needs, in this order."""

ADDRESS = "http://guide.test/temperature/"
STRICT_POLICY = "default-src 'none'; script-src 'self'"
FEVER, LOW = Decimal("38.0"), Decimal("36.0")
STORAGE_BLOCKED = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("blocked", "SecurityError"); }
});"""
STORAGE_FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError");
};"""


def wide(text: str) -> str:
    """Return a text in full-width characters, as East Asian keyboards type it."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def helper_page(*, fever: str = "38.0", leading_unit: str = "fahrenheit") -> str:
    """Return a page of the real component, for levels that the built guide does not have."""
    guide = load_guide()
    level = Decimal(fever)
    changes: dict[str, Any] = {
        "leading_unit": leading_unit,
        "fever_level": Level.model_validate({"celsius": fever}),
    }
    levels = {**guide.temperatures}
    levels["fever"] = levels["fever"].model_copy(update={"celsius": level})
    edition = guide.edition.model_copy(update=changes)
    clinic = replace(guide, edition=edition, temperatures=levels)
    helper = Macros(clinic, "temperature.md").temperature_helper()
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Temperature</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<script defer src="reading.js"></script>'
        '<script defer src="temperature-helper.js"></script></head>'
        f"<body><main><h1>Temperature</h1>{helper}</main></body></html>"
    )


@contextmanager
def serving(browser: Browser) -> Iterator[BrowserContext]:
    """Open a browser context in which the temperature page is served."""

    def serve(route: Route) -> None:
        if route.request.url.endswith(".js"):
            script = SCRIPTS / route.request.url.rpartition("/")[2]
            route.fulfill(path=script, content_type="text/javascript")
        else:
            fever = route.request.url.partition("?fever=")[2] or "38.0"
            headers = {"Content-Security-Policy": STRICT_POLICY, "Content-Type": "text/html"}
            route.fulfill(body=helper_page(fever=fever), headers=headers)

    with browser.new_context() as context:
        context.route("http://guide.test/**", serve)
        yield context


@contextmanager
def tab_in(context: BrowserContext) -> Iterator[Page]:
    """Open the temperature page in a new tab, so without a reading; no script may fail in it."""
    errors: list[str] = []
    with context.new_page() as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(ADDRESS)
        yield page
    assert errors == []


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with serving(browser) as context:
        yield context


@pytest.fixture
def temperature_page(context: BrowserContext) -> Iterator[Page]:
    with tab_in(context) as page:
        yield page


@pytest.fixture
def stopped(browser: Browser) -> Iterator[Page]:
    """The temperature page with its clock stopped: a slow machine cannot end the pause early."""
    with serving(browser) as context, tab_in(context) as page:
        page.clock.install(time=0)
        page.clock.pause_at(60)
        yield page


def box(page: Page, unit: str) -> Any:
    return page.locator(f'[data-unit="{unit}"]')


def result(page: Page) -> Any:
    return page.locator("[data-result]")


def enter(page: Page, unit: str, text: str) -> None:
    """Type a whole reading and leave the box."""
    box(page, unit).fill(text)
    box(page, unit).blur()


READ = """readings => readings.map(([unit, text]) => {
  const box = document.querySelector(`[data-unit="${unit}"]`);
  const other = document.querySelector(`[data-unit]:not([data-unit="${unit}"])`);
  const result = document.querySelector("[data-result]");
  box.value = text;
  box.dispatchEvent(new Event("input"));
  box.dispatchEvent(new Event("change"));
  const isInvalid = box.hasAttribute("aria-invalid");
  return [box.value, other.value, result.dataset.state, result.textContent, isInvalid];
})"""


@dataclass(frozen=True)
class Answer:
    """What the helper shows after a reading: the boxes, its state and its words."""

    typed: str
    follower: str
    state: str
    said: str
    is_invalid: bool


def read_all(page: Page, readings: Sequence[tuple[str, str]]) -> list[Answer]:
    """Put many readings, each a unit and a text, into the boxes without typing: it is quicker."""
    return [Answer(*answer) for answer in page.evaluate(READ, readings)]


def expect_state(page: Page, state: str) -> None:
    expect(result(page)).to_have_attribute("data-state", state)


def expect_boxes(page: Page, fahrenheit: str, celsius: str) -> None:
    expect(box(page, "fahrenheit")).to_have_value(fahrenheit)
    expect(box(page, "celsius")).to_have_value(celsius)


ACCEPTED = [
    ("fahrenheit", "100.4", "38.0"),
    ("fahrenheit", "100,4", "38.0"),
    ("fahrenheit", "101F", "38.3"),
    ("fahrenheit", " 101 °F ", "38.3"),
    ("fahrenheit", "101\u00a0fahrenheit", "38.3"),
    ("fahrenheit", "\u200e100.4\u200f", "38.0"),
    ("fahrenheit", wide("100.4"), "38.0"),
    ("fahrenheit", wide("100.4F"), "38.0"),
    ("fahrenheit", "100。4", "38.0"),
    ("fahrenheit", "100.4℉", "38.0"),
    ("fahrenheit", "100·4", "38.0"),
    ("fahrenheit", "100.", "37.8"),
    ("celsius", "38", "100.4"),
    ("celsius", "38.0°C", "100.4"),
    ("celsius", "38.0º c", "100.4"),
    ("celsius", "38,0\u202f°C", "100.4"),
    ("celsius", "38.0℃", "100.4"),
    ("celsius", wide("38"), "100.4"),
    ("celsius", "\u0663\u0668\u066b\u0660", "100.4"),
    ("celsius", "38.25", "100.9"),
]
"""A unit, a text as people write it, and what the other box shows."""


def test_accepts_a_reading_as_people_write_it(temperature_page: Page) -> None:
    answers = read_all(temperature_page, [(unit, text) for unit, text, _ in ACCEPTED])
    for (unit, text, follower), answer in zip(ACCEPTED, answers, strict=True):
        assert (answer.typed, answer.follower) == (text, follower), (unit, text)
        assert answer.state in {"at-or-above", "below"}, (unit, text)


def test_the_other_box_follows_at_once_and_the_result_after_a_pause(stopped: Page) -> None:
    box(stopped, "fahrenheit").press_sequentially("101.3")
    assert box(stopped, "celsius").input_value() == "38.5"
    stopped.clock.run_for(450)
    assert result(stopped).inner_text() == ""
    stopped.clock.run_for(100)
    expect_state(stopped, "at-or-above")


def test_typing_the_same_reading_differently_does_not_announce_it_again(
    temperature_page: Page,
) -> None:
    enter(temperature_page, "fahrenheit", "101")
    result(temperature_page).evaluate("node => { node.firstElementChild.dataset.seen = 'yes'; }")
    enter(temperature_page, "fahrenheit", "101.00")
    temperature_page.wait_for_timeout(700)
    expect(result(temperature_page).locator("[data-seen]")).to_have_count(1)


def test_an_old_result_never_is_beside_a_new_number(temperature_page: Page) -> None:
    enter(temperature_page, "fahrenheit", "99")
    expect_state(temperature_page, "below")
    box(temperature_page, "fahrenheit").fill("103")
    assert result(temperature_page).inner_text() == ""


STATES = {
    ("fahrenheit", "100.4"): "at-or-above",
    ("fahrenheit", "100.40000001"): "at-or-above",
    ("fahrenheit", "100.3999"): "below",
    ("celsius", "38"): "at-or-above",
    ("celsius", "37.96"): "below",
    ("celsius", "37.99999999"): "below",
    ("celsius", "36"): "below",
    ("celsius", "35.999"): "low",
    ("fahrenheit", "96.8"): "below",
    ("fahrenheit", "96.7999"): "low",
    ("celsius", "30"): "low",
    ("celsius", "45.0"): "at-or-above",
    ("fahrenheit", "86"): "low",
    ("fahrenheit", "113"): "at-or-above",
}


def test_compares_the_exact_reading_with_the_level(temperature_page: Page) -> None:
    answers = read_all(temperature_page, [*STATES])
    assert dict(zip(STATES, (answer.state for answer in answers), strict=True)) == STATES


def test_rounding_never_carries_a_reading_over_the_level_on_screen(temperature_page: Page) -> None:
    readings = [("celsius", "37.99"), ("fahrenheit", "100.3999")]
    answers = read_all(temperature_page, readings)
    for answer, follower in zip(answers, ("100.38", "37.9999"), strict=True):
        assert answer.follower == follower
        assert follower in answer.said


def test_a_clinics_lower_level_counts(temperature_page: Page) -> None:
    for fever, reached, not_reached in (
        ("37.5", "99.5", "99.4"),
        # 37.8 °C is exactly 100.04 °F and is shown as 100.0 °F.
        ("37.8", "100.0", "99.9"),
        # 37.7 °C is exactly 99.86 °F and is shown as 99.9 °F.
        ("37.7", "99.87", "99.8"),
    ):
        temperature_page.goto(f"{ADDRESS}?fever={fever}")
        readings = [("fahrenheit", reached), ("fahrenheit", not_reached)]
        states = [answer.state for answer in read_all(temperature_page, readings)]
        assert states == ["at-or-above", "below"], fever
        level = Decimal(fever)
        assert is_at_or_above(Decimal(reached), level, unit="fahrenheit")
        assert not is_at_or_above(Decimal(not_reached), level, unit="fahrenheit")


def test_asks_about_a_number_that_can_only_be_meant_otherwise(temperature_page: Page) -> None:
    for unit, text, asked, fahrenheit, celsius in (
        ("fahrenheit", "38.3", "38.3\u00a0°C", "100.9", "38.3"),
        ("fahrenheit", "38", "38.0\u00a0°C", "100.4", "38.0"),
        ("celsius", "101", "101.0\u00a0°F", "101.0", "38.3"),
        ("celsius", "101 C", "101.0\u00a0°F", "101.0", "38.3"),
        ("fahrenheit", "1013", "101.3\u00a0°F", "101.3", "38.5"),
        ("celsius", "384", "38.4\u00a0°C", "101.1", "38.4"),
    ):
        enter(temperature_page, unit, text)
        expect_state(temperature_page, "question")
        expect(result(temperature_page)).to_contain_text(f"Did you mean {asked}?")
        other = "celsius" if unit == "fahrenheit" else "fahrenheit"
        expect(box(temperature_page, unit)).to_have_value(text)
        expect(box(temperature_page, other)).to_have_value("")
        answer = temperature_page.get_by_role("button", name=f"Yes, {asked}")
        answer.click()
        expect_boxes(temperature_page, fahrenheit, celsius)
        expect_state(temperature_page, "at-or-above")
        expect(answer).to_be_hidden()
        expect(result(temperature_page)).to_be_focused()


def test_a_unit_that_is_written_out_decides(temperature_page: Page) -> None:
    for unit, text, sign in (("fahrenheit", "38 C", "°C"), ("celsius", "100.4°F", "°F")):
        enter(temperature_page, unit, text)
        expect_boxes(temperature_page, "100.4", "38.0")
        expect_state(temperature_page, "at-or-above")
        expect(result(temperature_page)).to_contain_text(f"You wrote {sign}")


def test_says_that_no_thermometer_shows_a_number_out_of_range(temperature_page: Page) -> None:
    outside = [
        *(("celsius", text) for text in ("29.9", "45.1", "70", "99999999999999999999", "3")),
        *(("fahrenheit", text) for text in ("85.9", "113.1", "0", "10")),
    ]
    for reading, answer in zip(outside, read_all(temperature_page, outside), strict=True):
        assert (answer.state, answer.typed) == ("outside", reading[1]), reading
        assert answer.is_invalid, reading
        for words in (
            "does not show this number",
            "take your temperature again",
            "Feeling unwell? Call",
        ):
            assert words in " ".join(answer.said.split()), reading


def test_letters_get_a_plain_message(temperature_page: Page) -> None:
    letters = ("abc", "Lo", "100.4.1", "-38", "38 C F", "°C", "38/100", "<b>")
    answers = read_all(temperature_page, [("celsius", text) for text in letters])
    for text, answer in zip(letters, answers, strict=True):
        assert (answer.state, answer.typed) == ("not-a-number", text)
        assert "Please type a number" in answer.said, text


def test_a_half_typed_number_is_left_in_peace(stopped: Page) -> None:
    for unit, text in (("fahrenheit", "10"), ("celsius", "3")):
        box(stopped, unit).press_sequentially(text)
        stopped.clock.run_for(2000)
        assert result(stopped).inner_text() == ""
        assert box(stopped, unit).get_attribute("aria-invalid") is None
        box(stopped, unit).fill("")


def test_an_emptied_box_clears_everything_quietly(stopped: Page) -> None:
    for rest in ("", "   "):
        enter(stopped, "fahrenheit", "101")
        enter(stopped, "fahrenheit", rest)
        stopped.clock.run_for(700)
        expect_boxes(stopped, rest, "")
        assert result(stopped).inner_text() == ""


@pytest.mark.essential
def test_the_level_says_call_now_and_whom(temperature_page: Page) -> None:
    enter(temperature_page, "fahrenheit", "100.4")
    expect(result(temperature_page)).to_contain_text("call now")
    expect(result(temperature_page)).to_contain_text("24-hour number")
    expect(result(temperature_page)).to_contain_text("One reading is enough")


@pytest.mark.essential
def test_below_the_level_says_when_to_call_all_the_same(temperature_page: Page) -> None:
    enter(temperature_page, "fahrenheit", "99")
    for words in ("Call now all the same if you feel unwell", "chills", "fever medicine"):
        expect(result(temperature_page)).to_contain_text(words)
    for words in ("steroids", "your team give you a lower number? Use theirs"):
        expect(result(temperature_page)).to_contain_text(words)


@pytest.mark.essential
def test_a_low_reading_says_to_call_now(temperature_page: Page) -> None:
    enter(temperature_page, "celsius", "35.9")
    for words in ("call now, even if you feel well", "warning sign", "Take it again at once"):
        expect(result(temperature_page)).to_contain_text(words)
    expect(result(temperature_page)).to_contain_text(
        "drowsy, confused, cold or shivering? Call 911"
    )


def test_each_answer_names_the_emergency_number_and_what_to_do_if_nobody_answers(
    temperature_page: Page,
) -> None:
    readings = [("fahrenheit", text) for text in ("101", "99", "95.5", "94", "38", "500", "Hi")]
    for reading, answer in zip(readings, read_all(temperature_page, readings), strict=True):
        for words in ("any other emergency sign? Call 911 at once", "Ring again, then call 911"):
            assert words in " ".join(answer.said.split()), reading


@pytest.mark.essential
def test_nothing_is_ever_called_normal_or_safe(temperature_page: Page) -> None:
    said = temperature_page.locator("[data-temperature-helper]").evaluate(
        "root => [...root.querySelectorAll('template')].reduce("
        "(text, template) => text + ' ' + template.content.textContent, root.textContent)"
    )
    assert "call now" in said
    assert not re.search(r"\b(normal|safe|fine|ok|okay)", said, re.IGNORECASE)


def test_the_result_is_announced_politely(temperature_page: Page) -> None:
    expect(result(temperature_page)).to_have_attribute("role", "status")
    expect(result(temperature_page)).to_have_attribute("aria-live", "polite")


def test_both_boxes_have_a_name(temperature_page: Page) -> None:
    for name in ("Fahrenheit (°F)", "Celsius (°C)"):
        expect(temperature_page.get_by_role("textbox", name=name)).to_be_visible()


def test_clear_empties_the_boxes_and_can_be_undone(temperature_page: Page) -> None:
    enter(temperature_page, "celsius", "38.5")
    temperature_page.get_by_role("button", name="Clear").click()
    expect_boxes(temperature_page, "", "")
    expect(result(temperature_page)).to_contain_text("empty")
    assert kept(temperature_page) == ""
    undo = temperature_page.get_by_role("button", name="Bring it back")
    undo.click()
    expect_boxes(temperature_page, "101.3", "38.5")
    expect_state(temperature_page, "at-or-above")
    expect(undo).to_be_hidden()


def test_clear_works_at_the_first_click_after_typing(temperature_page: Page) -> None:
    # Leaving the box shows the result, which must not move the button away from the pointer.
    box(temperature_page, "fahrenheit").press_sequentially("101")
    clear = temperature_page.get_by_role("button", name="Clear").bounding_box()
    assert clear
    temperature_page.mouse.move(clear["x"] + 5, clear["y"] + 5)
    temperature_page.mouse.down()
    temperature_page.mouse.up()
    expect_boxes(temperature_page, "", "")


def kept(page: Page) -> Any:
    return page.evaluate("JSON.parse(sessionStorage.getItem('crs-temperature-helper')).text")


def test_a_reading_survives_a_reload(temperature_page: Page) -> None:
    enter(temperature_page, "fahrenheit", "100,4")
    temperature_page.reload()
    expect_boxes(temperature_page, "100,4", "38.0")
    expect_state(temperature_page, "at-or-above")


def test_a_reading_stays_in_its_tab(temperature_page: Page) -> None:
    enter(temperature_page, "fahrenheit", "100.4")
    tab = temperature_page.context.new_page()
    tab.goto(temperature_page.url)
    expect(box(tab, "fahrenheit")).to_be_visible()
    expect_boxes(tab, "", "")


def test_garbage_in_storage_is_ignored(temperature_page: Page) -> None:
    for garbage in (
        *("{", "null", "5", '"38"', "[]"),
        *('{"box":"constructor","text":"38"}', '{"box":"celsius"}'),
    ):
        temperature_page.evaluate(
            "text => sessionStorage.setItem('crs-temperature-helper', text)", garbage
        )
        temperature_page.reload()
        expect(box(temperature_page, "celsius")).to_be_visible()
        expect_boxes(temperature_page, "", "")
        assert result(temperature_page).inner_text() == "", garbage
        [answer] = read_all(temperature_page, [("celsius", "38")])
        assert answer.state == "at-or-above", garbage


@pytest.mark.parametrize("before", [STORAGE_BLOCKED, STORAGE_FULL], ids=["blocked", "full"])
def test_works_without_storage(temperature_page: Page, before: str) -> None:
    temperature_page.add_init_script(before)
    temperature_page.reload()
    enter(temperature_page, "celsius", "38")
    expect_boxes(temperature_page, "100.4", "38")
    expect_state(temperature_page, "at-or-above")


def test_the_table_says_in_words_what_its_marks_mean(temperature_page: Page) -> None:
    tables = temperature_page.locator(".crs-temperature-table")
    for words in ("Call now from here", "Do not wait for that", "even if you feel well"):
        expect(tables).to_contain_text(words)


def test_agrees_with_python_at_every_tenth_of_a_degree(temperature_page: Page) -> None:
    readings = {
        "celsius": [str(Decimal(count).scaleb(-1)) for count in range(300, 451)],
        "fahrenheit": [str(Decimal(count).scaleb(-1)) for count in range(860, 1131)],
    }
    typed = [(unit, text) for unit, texts in readings.items() for text in texts]
    answers = read_all(temperature_page, typed)
    found = [
        [*reading, answer.follower, answer.state]
        for reading, answer in zip(typed, answers, strict=True)
    ]
    expected = []
    for text in readings["celsius"]:
        celsius = Decimal(text)
        zone = "low" if celsius < LOW else "below"
        state = "at-or-above" if is_at_or_above(celsius, FEVER) else zone
        expected.append(["celsius", text, display(to_fahrenheit(celsius)), state])
    for text in readings["fahrenheit"]:
        fahrenheit = Decimal(text)
        zone = "below" if is_at_or_above(fahrenheit, LOW, unit="fahrenheit") else "low"
        reached = is_at_or_above(fahrenheit, FEVER, unit="fahrenheit")
        state = "at-or-above" if reached else zone
        expected.append(["fahrenheit", text, display(to_celsius(fahrenheit)), state])
    assert found == expected


def test_works_in_a_folder_opened_by_double_click(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(helper_page(), encoding="utf-8")
    for script in NEEDED:
        (tmp_path / script.name).write_bytes(script.read_bytes())
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        enter(page, "fahrenheit", "101")
        expect_boxes(page, "101", "38.3")


def test_the_guide_itself_has_the_helper(site: Site, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.address("temperature.md"))
        enter(page, "fahrenheit", "100.4")
        expect_boxes(page, "100.4", "38.0")
        expect_state(page, "at-or-above")
        expect(page.get_by_role("button", name="Yes,")).to_be_hidden()
        expect(page.get_by_role("button", name="Bring it back")).to_be_hidden()


def test_the_guide_itself_has_the_table_without_script(site: Site, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.address("temperature.md"))
        expect(page.get_by_role("row", name="100.4")).to_be_visible()
        expect(page.locator("[data-temperature-helper]")).to_be_hidden()
        expect(page.get_by_role("table")).to_have_count(2)


def test_the_editions_unit_comes_first() -> None:
    for leading, following in (("celsius", "fahrenheit"), ("fahrenheit", "celsius")):
        html = helper_page(leading_unit=leading)
        for mark in ('data-unit="{}"', 'data-value="{}"'):
            assert html.index(mark.format(leading)) < html.index(mark.format(following))


def test_the_script_is_silent_where_its_markup_is_absent(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        for script in NEEDED:
            page.add_script_tag(path=script)
        assert errors == []
