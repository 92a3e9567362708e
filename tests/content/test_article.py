"""Every statement of the source article is handled, and none of its sentences is copied."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from bs4 import Tag

from scripts.guide.guide import Guide
from tests.conftest import Site
from tests.content.built import blocks, text_of
from tests.site.html_check import target_of

SHINGLES = Path(__file__).with_name("article-shingles.txt")
RUN = 8
FIVE_QUESTIONS = ("what-is-crs", "recognize", "treatment", "long-term", "at-home")


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case and without punctuation and hyphens."""
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def shingles_of(text: str) -> dict[str, str]:
    """Return each run of words of a text by its hash, as in article-shingles.txt."""
    words = words_of(text)
    runs = (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:12]: run for run in runs}


@pytest.fixture(scope="module")
def article() -> frozenset[str]:
    """The hashes of all runs of words of the source article."""
    lines = SHINGLES.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def test_all_86_statements_are_there_in_order(guide: Guide) -> None:
    assert [statement.number for statement in guide.article] == list(range(1, 87))


def test_every_statement_is_shown_with_its_verdict(guide: Guide, parts: dict[str, Tag]) -> None:
    shown = parts["about/what-we-changed.md"].select(".crs-article-review > li")
    assert [item["id"] for item in shown] == [f"statement-{n}" for n in range(1, 87)]
    for item, statement in zip(shown, guide.article, strict=True):
        assert guide.strings.verdicts[statement.verdict] in text_of(item)
        assert bool(item.select(".crs-article-review__where a")) == bool(statement.where)


def test_every_statement_leads_to_where_its_matter_is(
    guide: Guide, parts: dict[str, Tag], site: Site
) -> None:
    root = site.folder.resolve()
    here = site.file("about/what-we-changed.md").resolve()
    for statement in guide.article:
        links = parts["about/what-we-changed.md"].select(f"#statement-{statement.number} a")
        assert len(links) == len(statement.where)
        for link, place in zip(links, statement.where, strict=True):
            path, _, anchor = place.partition("#")
            assert target_of(here, str(link["href"]), root) == (site.file(path).resolve(), anchor)
            assert not anchor or parts[path].find(id=anchor), place
            assert text_of(link), place


def test_what_is_dropped_says_why(guide: Guide, parts: dict[str, Tag]) -> None:
    for statement in guide.article:
        if statement.dropped:
            item = parts["about/what-we-changed.md"].select_one(f"#statement-{statement.number}")
            assert item is not None
            assert len(statement.dropped.split()) > 2
            assert words_of(statement.dropped)[-1] in words_of(text_of(item))


def test_statements_that_could_harm_are_replaced_not_repeated(guide: Guide) -> None:
    for statement in guide.article:
        if statement.verdict in ("unsafe", "contradicted") and not statement.dropped:
            assert statement.what_we_did, statement.number


def test_no_page_shares_a_run_of_eight_words_with_the_article(
    parts: dict[str, Tag], article: frozenset[str]
) -> None:
    # The five questions have the article's own wording, so that a reader of it finds them here.
    questions = [
        parts["faq.md"].select_one(f"details:has(> #{name}) h3") for name in FIVE_QUESTIONS
    ]
    kept = {text_of(question) for question in questions if question}
    assert len(kept) == len(FIVE_QUESTIONS)
    copied: dict[str, str] = {}
    for path, part in parts.items():
        for block in blocks(part):
            # Links that name the questions may be listed in one block, so each part is compared
            # alone.
            for text in re.split("[;:]", text_of(block)):
                if text.strip() not in kept:
                    copied |= {run: path for m, run in shingles_of(text).items() if m in article}
    assert copied == {}


def test_the_marks_of_the_article_find_a_run_of_its_words(article: frozenset[str]) -> None:
    # These eight words are from the article's disclaimer. They show that both sides hash alike;
    # otherwise nothing would ever be found.
    assert len(article) > 1000
    assert shingles_of("Is for educational purposes only, and does NOT…").keys() <= article
    assert not shingles_of("is for educational purposes only and does much").keys() & article
