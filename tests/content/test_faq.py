"""The questions page: each question has an address of its own and an answer."""

from __future__ import annotations

import re

import pytest
from bs4 import Tag

from tests.content.built import section, text_of

OF_THE_ARTICLE = {
    "what-is-crs": "What is cytokine release syndrome",
    "recognize": "recognize",
    "treatment": "What is the treatment for",
    "long-term": "When can I expect long-term effects",
    "at-home": "How can I manage .* at home",
}


@pytest.fixture(scope="module")
def questions(parts: dict[str, Tag]) -> list[Tag]:
    return parts["faq.md"].select("h3")


def name_of(question: Tag) -> str:
    """Return the id of a question. The answer has it, so that a link opens the answer."""
    answer = question.find_next("div")
    assert isinstance(answer, Tag)
    return str(answer["id"])


@pytest.mark.parametrize("name", OF_THE_ARTICLE)
def test_a_question_of_the_article_keeps_its_name(questions: list[Tag], name: str) -> None:
    [question] = [question for question in questions if name_of(question) == name]
    assert re.search(OF_THE_ARTICLE[name], text_of(question))


def test_the_questions_of_the_article_come_first(questions: list[Tag]) -> None:
    assert [name_of(question) for question in questions[:5]] == list(OF_THE_ARTICLE)


def test_at_least_twenty_more_questions_are_answered(questions: list[Tag]) -> None:
    assert len({name_of(question) for question in questions}) == len(questions)
    assert len(questions) >= 25


def test_questions_are_asked_and_are_in_groups(questions: list[Tag]) -> None:
    groups: dict[str, int] = {}
    for question in questions:
        assert text_of(question).endswith("?"), text_of(question)
        group = question.find_previous("h2")
        assert isinstance(group, Tag)
        groups[str(group["id"])] = groups.get(str(group["id"]), 0) + 1
    assert len(groups) >= 5
    assert max(groups.values()) <= 15


def test_every_answer_begins_with_the_answer(parts: dict[str, Tag], questions: list[Tag]) -> None:
    for question in questions:
        answer = section(parts["faq.md"], name_of(question))
        name = text_of(question)
        assert answer, name
        assert answer[0].name == "p", name
        first = re.split(r"(?<=[.?])\s", text_of(answer[0]))[0]
        assert first.endswith((".", ":")), f"{name} {first}"
        assert len(first.split()) <= 25, f"{name} {first}"
        assert not first.startswith(("Read more", "See ")), name
        assert "?" not in first, f"{name} is answered by a question"
