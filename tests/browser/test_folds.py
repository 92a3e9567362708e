"""Folded parts: closed at first, and open for a reader who follows a link, searches or prints."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.pages import PHONE, tab
from tests.conftest import Site

FAQ = "faq.md"
QUESTION = "wait-until-morning"
CLOSED = "details.crs-fold:not([open])"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    with tab(browser, width=PHONE, java_script_enabled=request.param) as page:
        yield page


@pytest.fixture
def scripted(browser: Browser, site: Site) -> Iterator[Page]:
    with tab(browser, width=PHONE) as page:
        page.goto(site.address(FAQ))
        yield page


def answer(page: Page) -> Locator:
    return page.locator(f"#{QUESTION}")


def test_every_question_is_folded_and_opens_by_a_touch(page: Page, site: Site) -> None:
    page.goto(site.address(FAQ))
    questions = page.locator(".crs-questions details.crs-question")
    assert questions.count() >= 25
    assert page.locator(".crs-questions h3").count() == questions.count()
    expect(answer(page)).to_be_hidden()
    page.locator("summary", has_text="Can I wait until morning?").click()
    expect(answer(page)).to_be_visible()
    expect(page.locator("details.crs-question[open]")).to_have_count(1)


def test_the_address_of_a_question_opens_its_answer(page: Page, site: Site) -> None:
    page.goto(f"{site.address(FAQ)}#{QUESTION}")
    expect(answer(page)).to_be_in_viewport(ratio=1)
    expect(page.locator("summary", has_text="Can I wait until morning?")).to_be_in_viewport(ratio=1)


def test_a_link_from_another_page_opens_the_answer(page: Page, site: Site) -> None:
    page.goto(site.address("a-z.md"))
    page.locator(f"a[href$='#{QUESTION}']").first.click()
    expect(answer(page)).to_be_in_viewport(ratio=1)


def test_a_question_is_worked_with_the_keyboard(page: Page, site: Site) -> None:
    page.goto(site.address(FAQ))
    page.locator("summary", has_text="Can I wait until morning?").focus()
    page.keyboard.press("Enter")
    expect(answer(page)).to_be_visible()
    page.keyboard.press("Space")
    expect(answer(page)).to_be_hidden()


def test_questions_stay_headings_for_a_screen_reader(page: Page, site: Site) -> None:
    page.goto(site.address(FAQ))
    name = "Can I wait until morning?"
    expect(page.get_by_role("heading", level=3, name=name)).to_be_visible()


def test_paper_shows_every_answer_and_source(page: Page, site: Site) -> None:
    page.goto(site.address(FAQ))
    page.emulate_media(media="print")
    for part in (answer(page), page.locator("#sources > li").last, page.locator("#words")):
        expect(part).to_be_visible()
    for text in page.locator(".crs-question > div > p:first-child").all():
        expect(text).to_be_visible()


def test_older_browsers_open_all_for_paper_and_close_them_again(scripted: Page) -> None:
    scripted.wait_for_function("document.querySelector('head script[src*=page]')")
    scripted.wait_for_load_state("networkidle")
    folds = scripted.locator(CLOSED).count()
    assert folds >= 25
    scripted.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert scripted.locator(CLOSED).count() == 0
    scripted.evaluate("dispatchEvent(new Event('afterprint'))")
    assert scripted.locator(CLOSED).count() == folds


def test_older_browsers_open_what_an_address_leads_into(scripted: Page) -> None:
    scripted.wait_for_load_state("networkidle")
    scripted.evaluate(f"history.replaceState(null, '', '#{QUESTION}')")
    expect(answer(scripted)).to_be_hidden()
    scripted.evaluate("dispatchEvent(new Event('hashchange'))")
    expect(answer(scripted)).to_be_in_viewport()


def test_a_summary_is_large_enough_for_a_finger(scripted: Page) -> None:
    for summary in scripted.locator(".crs-fold > summary").all():
        box = summary.bounding_box()
        assert box is not None
        assert box["height"] >= 44
