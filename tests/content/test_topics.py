"""The topics that a guide like this must cover, and where a reader finds each."""

from __future__ import annotations

import re

import pytest
from bs4 import Tag

from scripts.components.reading_path import READING_PATH
from scripts.guide.guide import Guide
from tests.content.built import text_of, words_of_section

WORDS_A_MINUTE = 200
"""Words that a tired adult reads in a minute."""

TOPICS = {
    # What to do now.
    "the number that calls for help": ("get-help.md", "emergency", "EMERGENCY"),
    "the 24-hour line comes first": ("get-help.md", "call-now", "24-hour number"),
    "an emergency: breathing": ("get-help.md", "emergency", "breathing"),
    "an emergency: seizure": ("get-help.md", "emergency", "seizure"),
    "an emergency: confusion": ("get-help.md", "emergency", "[Cc]onfused"),
    "call now: fever, even once": ("get-help.md", "call-now", "FEVER.*even once"),
    "call now: chills without a fever": ("get-help.md", "call-now", "chills.*without a fever"),
    "call now: handwriting": ("get-help.md", "call-now", "[Hh]andwriting"),
    "tell your team: tiredness": ("get-help.md", "tell-your-team", "tired"),
    "what to say": ("get-help.md", "what-to-say", "had CAR T-cell therapy on"),
    "what to say: the temperature": ("get-help.md", "what-to-say", "The temperature is"),
    "what to do if nobody answers": ("get-help.md", "nobody-answers", "EMERGENCY.*emergency room"),
    "what to bring": ("get-help.md", "what-to-bring", "wallet card"),
    "what not to take": ("get-help.md", "what-not-to-take", "[Aa]cetaminophen.*[Ii]buprofen"),
    "no steroids unasked": ("get-help.md", "what-not-to-take", "[Ss]teroids"),
    "do not drive yourself": ("get-help.md", "nobody-answers", "Do not drive"),
    # Temperature.
    "a number to act on": ("temperature.md", "at-or-above", "FEVER.*call"),
    "below the number does not mean well": ("temperature.md", "below", "does not mean that all"),
    "101 °F is too late": ("temperature.md", "not-101", "HIGHER.*Do not wait"),
    "how to take a temperature": ("temperature.md", "how", "under your tongue"),
    "never in the back passage": ("temperature.md", "where", "rectum"),
    "fever medicine hides a fever": (
        "temperature.md",
        "after-fever-medicine",
        "fever.*can hide it",
    ),
    "a low temperature": ("temperature.md", "low", "LOW"),
    # Signs.
    "infection looks the same": ("symptoms.md", "looks-like-infection", "infection"),
    "ill without a fever": ("symptoms.md", "no-fever", "no fever"),
    "ICANS": ("symptoms.md", "brain-signs", r"\(?ICANS"),
    "handwriting": ("symptoms.md", "handwriting", "write.*same sentence"),
    "grades": ("symptoms.md", "grades", "[Gg]rade 4"),
    "CRS can change fast": ("symptoms.md", "fast-change", "fast|hours"),
    # Treatment.
    "tocilizumab": ("management.md", "tocilizumab", "Tocilizumab"),
    "steroids": ("management.md", "steroids", "[Ss]teroids"),
    "steroids: what they may do": ("management.md", "steroids", "blood sugar.*infections"),
    "steroids: not to be stopped": ("management.md", "steroids", "Do not stop"),
    "IEC-HS in plain words": ("management.md", "iec-hs", "24-hour.*fever that comes back"),
    "intensive care: talk beforehand": ("management.md", "intensive-care", "before your infusion"),
    "after steroids": ("long-term-effects.md", "after-steroids", "EMERGENCY"),
    "late signs after any product": ("long-term-effects.md", "after-any-car-t", "any product"),
    "birth control": ("long-term-effects.md", "fertility", "about a year"),
    "irradiated blood": ("long-term-effects.md", "low-counts", "90 days"),
    "an HIV test": ("long-term-effects.md", "follow-up", "HIV"),
    "antibiotics, as infection looks the same": ("management.md", "antibiotics", "infection"),
    "a diary helps the call": ("management.md", "diary", "diary"),
    "treating ICANS": ("management.md", "brain-side-effects", "steroids|corticosteroids"),
    # Day by day.
    "when it starts, by product": ("after-infusion.md", "when-it-starts", "Yescarta.*day|Day"),
    "it can start late": ("after-infusion.md", "late-start", "[Ll]ate|51"),
    "staying near": ("after-infusion.md", "stay-near", "2 weeks"),
    "driving": ("after-infusion.md", "driving", "2 weeks"),
    "near: the team first": ("after-infusion.md", "stay-near", "hospital Ask your team"),
    "driving: the team first": ("after-infusion.md", "driving", "^Driving Ask your team"),
    "the change of June 2025": ("after-infusion.md", "june-2025", "June 2025"),
    "rules elsewhere": ("after-infusion.md", "driving", "US.*UK.*EU.*Canada"),
    "which day is day 0": ("after-infusion.md", "first-weeks", "day 0"),
    "the wallet card": ("after-infusion.md", "wallet-card", "wallet card"),
    "do not donate": ("after-infusion.md", "do-not-donate", "donate"),
    # Who is with the reader.
    "caregivers: the handwriting check": ("carers.md", "handwriting", "write"),
    "caregivers: a seizure": ("carers.md", "seizure", "EMERGENCY"),
    "children": ("children.md", "signs", "child"),
    "children and temperatures": ("temperature.md", "where", "For a young child"),
    # Later.
    "infections": ("long-term-effects.md", "infections", "infection"),
    "second cancers": ("long-term-effects.md", "second-cancers", "cancer"),
    "late effects of Carvykti: movement": ("long-term-effects.md", "movement", "Carvykti"),
    "late effects of Carvykti: gut": ("long-term-effects.md", "gut", "Carvykti"),
    "late effects of Carvykti: face": ("long-term-effects.md", "movement", "face"),
    "low blood counts": ("long-term-effects.md", "low-counts", "blood"),
    "low antibodies": ("long-term-effects.md", "antibodies", "antibod"),
    "memory and thinking": ("long-term-effects.md", "memory", "memory"),
    "joint pain": ("long-term-effects.md", "joint-pain", "[Jj]oint"),
    "vaccines": ("long-term-effects.md", "vaccines", "vaccin"),
    "fifteen years of follow-up": ("long-term-effects.md", "follow-up", "15 years"),
    # Risk.
    "age is not what the article says": ("risk-factors.md", "age", "age|older|children"),
    "how much cancer there is": ("risk-factors.md", "amount-of-cancer", "cancer"),
    # Those who treat.
    "emergency staff: tocilizumab": ("clinics/index.md", "er-treatment", "[Tt]ocilizumab"),
    "emergency staff: ICANS grades": ("clinics/index.md", "er-icans", "ICE score"),
}
"""Each topic with its page, its id and a pattern of its words.

Words in capitals are replaced by what the edition or the data contains.
"""


@pytest.fixture
def values(guide: Guide) -> dict[str, str]:
    """The values of the words in capitals."""
    levels = {"FEVER": "fever", "LOW": "low", "HIGHER": "some-places-say"}
    shown = {word: guide.temperatures[name] for word, name in levels.items()}
    return {word: re.escape(level.fahrenheit_text) for word, level in shown.items()} | {
        "EMERGENCY": re.escape(guide.edition.emergency_number)
    }


@pytest.mark.parametrize("topic", TOPICS)
def test_the_guide_says(parts: dict[str, Tag], values: dict[str, str], topic: str) -> None:
    path, anchor, words = TOPICS[topic]
    words = re.sub("|".join(values), lambda word: values[word[0]], words)
    said = words_of_section(parts[path], anchor)
    assert re.search(words, said), said


NUMBER_FIRST = (
    "index.md",
    "get-help.md",
    "symptoms.md",
    "carers.md",
    "print/symptom-watch-list.md",
)


@pytest.mark.parametrize("path", NUMBER_FIRST)
def test_the_fever_level_and_the_24_hour_line_are_on(
    parts: dict[str, Tag], guide: Guide, path: str
) -> None:
    said = " ".join(parts[path].get_text(" ").split())
    assert guide.temperatures["fever"].fahrenheit_text in said
    assert guide.strings.line_24h_label in said


def test_the_two_urgent_cards_come_before_anything_else_to_read(parts: dict[str, Tag]) -> None:
    assert kinds(parts["get-help.md"])[1:5] == [
        "crs-answer",
        "crs-first-calls",
        "crs-care-card crs-care-card--emergency",
        "crs-care-card crs-care-card--call-now",
    ]


def test_the_home_page_leads_to_help_then_to_the_tiles(parts: dict[str, Tag]) -> None:
    order = ["crs-help-bar", "crs-answer", "crs-first-calls", "crs-tiles", "crs-emergency-line"]
    shown = [kind.removeprefix("crs-plain-list ") for kind in kinds(parts["index.md"])]
    assert shown[:5] == order


def test_a_step_of_the_reading_path_takes_two_minutes(parts: dict[str, Tag], guide: Guide) -> None:
    for step in guide.data(READING_PATH).steps:
        path, _, anchor = step.page.partition("#")
        frame = ".crs-help-bar, .crs-emergency-line, .crs-toc, .crs-page-foot, sup, svg"
        said = words_of_section(parts[path], anchor) if anchor else text_of(parts[path], frame)
        assert len(said.split()) <= 2 * WORDS_A_MINUTE, step.page


def kinds(page: Tag) -> list[str]:
    """Return the classes of the first blocks of a page that a reader sees."""
    shown = page.find_all(lambda tag: not tag.has_attr("hidden"), recursive=False)[:7]
    return [" ".join(tag.get_attribute_list("class")) for tag in shown if "class" in tag.attrs]


WHOM = re.compile(r"\b([Cc]all|[Rr]ing|[Tt]ell the nurse|[Aa]sk (them|the staff|not to be sent))\b")
SENTENCE = re.compile(r"[.?!]”?(?=\s[A-Z“]|$)")


def test_every_what_if_is_answered_whole_in_its_first_two_sentences(parts: dict[str, Tag]) -> None:
    answers = parts["what-if.md"].select(".crs-questions details")
    assert len(answers) >= 30
    for answer in answers:
        first = answer.find("p")
        assert isinstance(first, Tag)
        said = text_of(first)
        assert len(SENTENCE.findall(said)) <= 2, said
        assert WHOM.search(said), said
