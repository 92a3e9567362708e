"""What every page must have, and what no page may say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from scripts.citations import sources_of
from scripts.errors import Problem
from scripts.pages import Call, Page

if TYPE_CHECKING:
    from scripts.content import Guide


@dataclass(frozen=True)
class MacroRule:
    """How a macro may be called.

    Attributes:
        block: It stands alone on a line, at column 0.
        store: The part of the guide that its first argument names, if it takes one.
        kept_in: Where a writer finds those names.
        options: Keywords that it takes.
    """

    block: bool
    store: str = ""
    kept_in: str = ""
    options: Collection[str] = field(default=())


PHONES = ("line_24h", "day_line", "emergency")

MACROS = {
    "temperature": MacroRule(False, "temperatures", "docs/data/temperatures.yml"),
    "number": MacroRule(False, "numbers", "docs/data/numbers/", ("mark",)),
    "cite": MacroRule(False, "sources", "docs/data/sources.yml", ("fact",)),
    "term": MacroRule(False, "terms", "docs/data/glossary.yml", ("text",)),
    "phone": MacroRule(False, "phones", "docs/contributing/writing.md"),
    "region_rule": MacroRule(False, "rules", "docs/data/region-rules.yml"),
    "help_bar": MacroRule(True),
    "page_foot": MacroRule(True),
    "review_note": MacroRule(True),
    "care_card": MacroRule(True, "care_cards", "docs/data/care-cards.yml"),
    "call_script": MacroRule(True),
    "temperature_helper": MacroRule(True),
    "temperature_table": MacroRule(True),
    "checklist": MacroRule(True, "checklists", "docs/data/checklists/"),
    "figure": MacroRule(True, "figures", "docs/data/figures/"),
    "timeline": MacroRule(True),
    "grades": MacroRule(True, "grades", "docs/data/grades.yml"),
    "article_review": MacroRule(True),
    "glossary": MacroRule(True),
    "source_library": MacroRule(True),
}
"""All macros that a page may call; ``scripts/macros.py`` gives each its body."""

OPENS_WITH, CLOSES_WITH = "{{ help_bar() }}", "{{ page_foot() }}"
CALL = re.compile(r"\{\{-?\s*(\w+)\s*\(.*?\)\s*-?\}\}")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
MARKUP = re.compile(r"^\s*(<[a-zA-Z/!]|\|.*\||!!! |\?\?\? |[-*] \[[ xX]\])")
MARKUP_NAMES = {"<": "raw HTML", "|": "a Markdown table", "!": "an admonition", "?": "a collapsed block"}


def faults_of(page: Page, guide: Guide) -> Iterator[Problem]:
    """Yield everything about a page that stops the build."""
    # A page whose macros are wrong cannot be judged further.
    if wrong_calls := [problem for call in page.calls for problem in _call(page, call, guide)]:
        yield from wrong_calls
        return
    yield from _frame(page)
    yield from _headings(page)
    yield from _markup(page)
    yield from _sources(page, guide)
    yield from _ways_on(page, guide)
    yield from _prose(page, guide)


def _names(rule: MacroRule, guide: Guide) -> Collection[str]:
    if rule.store == "phones":
        return PHONES
    if rule.store == "rules":
        return guide.region.rules
    names: Collection[str] = getattr(guide, rule.store)
    return names


def _call(page: Page, call: Call, guide: Guide) -> Iterator[Problem]:
    rule = MACROS.get(call.name)
    if rule is None:
        fault = f"there is no macro “{call.name}”"
        yield page.problem(call.line, call.name, fault, f"Use one of: {', '.join(MACROS)}.")
        return
    if rule.block:
        text = dict(page.lines()).get(call.line, "")
        if not re.fullmatch(r"\{\{ \w+\(.*\) \}\}", text.rstrip()):
            fault = "a block macro must stand alone at column 0"
            yield page.problem(call.line, call.name, fault, "Put it on a line of its own, without indent or list mark.")
    for option in call.kwargs:
        if option not in rule.options:
            fault = f"the macro has no option “{option}”"
            known = f"Options: {', '.join(rule.options)}." if rule.options else "It takes none."
            yield page.problem(call.line, call.name, fault, known)
    if not rule.store:
        if call.args:
            yield page.problem(call.line, call.name, "the macro takes no name", "Leave the brackets empty.")
        return
    if not call.args:
        yield page.problem(call.line, call.name, "the macro needs a name", f"See {rule.kept_in}.")
    for name in call.args if call.name == "cite" else call.args[:1]:
        if name not in _names(rule, guide):
            fault = f"there is no “{name}”"
            yield page.problem(call.line, call.name, fault, f"Use a name of {rule.kept_in}.")
            return
    if call.name == "cite":
        from scripts.content import unsupported  # noqa: PLC0415 - content imports this module

        if not call.kwargs.get("fact"):
            yield page.problem(call.line, "cite", "no fact is named", 'Add fact="…", an id of docs/data/facts.yml.')
            return
        for fault, remedy in unsupported(guide.facts, guide.sources, [call.kwargs["fact"]], call.args):
            yield page.problem(call.line, "cite", fault, remedy)


def _frame(page: Page) -> Iterator[Problem]:
    lines = [(number, line) for number, line in page.lines() if line.strip()]
    if not lines or lines[0][1] != OPENS_WITH:
        fault = f"the page does not open with {OPENS_WITH}"
        yield page.problem(page.first_line, "text", fault, "Put it first: each page leads to help at once.")
    if not lines or lines[-1][1] != CLOSES_WITH:
        last = lines[-1][0] if lines else page.first_line
        fault = f"the page does not close with {CLOSES_WITH}"
        yield page.problem(last, "text", fault, "Put it last: it shows sources and dates.")
    tops = [heading for heading in page.headings if heading.level == 1]
    if len(tops) != 1 or tops[0].text != page.meta.title:
        line = tops[0].line if tops else page.first_line
        yield page.problem(line, "heading", "the page needs one # heading, the same words as title", "Make them equal.")
        return
    after = [(number, line) for number, line in lines if number > tops[0].line]
    answer = []
    for number, line in after:
        if line.strip() == "{ .crs-answer }":
            break
        answer.append((number, line))
    else:
        answer = []
    if not 1 <= len(answer) <= 3:
        fault = "the page does not open with its answer in one to three sentences, one a line"
        remedy = "Write them under the heading, then a line { .crs-answer }."
        yield page.problem(tops[0].line, "answer", fault, remedy)


def _headings(page: Page) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    level = 1
    for heading in page.headings:
        if heading.level > 1 and not heading.id:
            fault = f"the heading “{heading.text}” has no written-out id"
            yield page.problem(heading.line, "heading", fault, "Add { #short-id }: links must not change with words.")
        if heading.level > level + 1:
            fault = f"the heading “{heading.text}” skips a level"
            yield page.problem(heading.line, "heading", fault, "Use one # more than the heading above it, at most.")
        level = heading.level
        if heading.id in seen and heading.id:
            fault = f"the id “{heading.id}” stands twice"
            yield page.problem(heading.line, "heading", fault, f"Change one; the other is on line {seen[heading.id]}.")
        seen[heading.id] = heading.line
    for call in page.calls:
        if call.name == "care_card" and call.first in seen:
            fault = f"the id “{call.first}” of the care card is also that of the heading on line {seen[call.first]}"
            yield page.problem(call.line, "care_card", fault, "Give the heading another id.")


def _markup(page: Page) -> Iterator[Problem]:
    for number, line in page.lines():
        if match := MARKUP.match(line):
            name = MARKUP_NAMES.get(match[1][0], "a task list")
            yield page.problem(number, "text", f"{name} stands in the page", "Use Markdown, or ask for a component.")


def _sources(page: Page, guide: Guide) -> Iterator[Problem]:
    used, listed = sources_of(page, guide), page.meta.sources
    line = page.front.line(("sources",))
    if missing := [name for name in used if name not in listed]:
        fault = f"cited but not listed: {', '.join(missing)}"
        yield page.problem(line, "sources", fault, "Add them to the list.")
    if unused := [name for name in listed if name not in used]:
        fault = f"listed but not cited: {', '.join(unused)}"
        yield page.problem(line, "sources", fault, "Cite them, or take them out.")
    if len(set(listed)) != len(listed):
        yield page.problem(line, "sources", "a source stands twice", "Keep one.")


def _ways_on(page: Page, guide: Guide) -> Iterator[Problem]:
    from scripts.content import anchors_of  # noqa: PLC0415 - content imports this module

    for index, path in enumerate(page.meta.next):
        if path not in guide.pages:
            line = page.front.line(("next", index))
            yield page.problem(line, "next", f"there is no page “{path}”", "Name a file of docs/en, such as symptoms.md.")
    for number, line in page.lines():
        for _, target in LINK.findall(line):
            file, _, anchor = target.partition("#")
            if ":" in file:
                continue
            path = normpath(join(dirname(page.path), file)) if file else page.path
            if path not in guide.pages:
                fault = f"the link leads to “{target}”, which is no page"
                yield page.problem(number, "link", fault, "Link to a .md file, from this file's folder.")
            elif anchor and anchor not in anchors_of(guide.pages[path]):
                fault = f"{path} has no anchor “{anchor}”"
                anchors = ", ".join(sorted(anchors_of(guide.pages[path])))
                yield page.problem(number, "link", fault, f"Use one of: {anchors}.")


def prose_of(line: str) -> str:
    """Give a line as its reader sees it typed: without macros, link targets and ids."""
    line = CALL.sub(" ", line)
    line = LINK.sub(r"\1", line)
    return re.sub(r"\{\s*[#.][^}]*\}", " ", line)


def _prose(page: Page, guide: Guide) -> Iterator[Problem]:
    allowed = re.compile("|".join(guide.words.allowed_numbers), re.IGNORECASE)
    typed = re.compile("|".join(f"(?:{pattern})" for pattern in guide.words.typed_numbers), re.IGNORECASE)
    heads = [(page.front.line((key,)), getattr(page.meta, key)) for key in ("title", "description")]
    for number, line in heads + [(number, prose_of(line)) for number, line in page.lines()]:
        for banned in guide.words.banned:
            if match := banned.regex.search(line):
                yield page.problem(number, "words", f"“{match[0]}” must not be said", banned.reason)
        if match := typed.search(allowed.sub(" ", line)):
            fault = f"the clinical number “{match[0].strip()}” is typed by hand"
            yield page.problem(number, "number", fault, 'Put it in docs/data/ and call {{ number("…") }}.')
