"""Checks of what every page must have and what no page may contain."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Any

from scripts.checks.first_hand import unfit
from scripts.checks.places import fault_of_place
from scripts.checks.words import bare, unlike_the_house, unsayable
from scripts.components.base import Component
from scripts.components.registry import CITATIONS, COMPONENTS, carried
from scripts.guide.errors import Problem
from scripts.guide.guide import Guide
from scripts.guide.models.base import CONTROL
from scripts.guide.models.page import ROLES
from scripts.guide.pages import Call, Page
from scripts.guide.yaml_source import YamlSource

ANSWER = "{ .crs-answer }"
OPENS_WITH, CLOSES_WITH = "{{ help_bar() }}", "{{ page_foot() }}"
CALL = re.compile(r"\{\{-?\s*(\w+)\s*\(.*?\)\s*-?\}\}")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
ONE = r"(?:[#.][\w-]+|(?!on|style|src|href)[\w-]+=(?:\"[^\"{}]*\"|[\w-]+))"
ATTRIBUTES = re.compile(rf"\{{:?\s*{ONE}(?:\s+{ONE})*\s*\}}")
"""Attributes of a word, line or block, as attr_list reads them, but none that runs or loads."""
_TAG = "(?:div|section|aside|figure|figcaption)"
MARKDOWN_IN_HTML = re.compile(rf'<{_TAG}(?: class="[\w -]*")? markdown>|</{_TAG}>')
"""Tags of md_in_html, and their closing tags."""
ADMONITION = re.compile(r"^\s*!!!(?= \w)")
SNIPPET = re.compile(r'-+8<-+(?!-| \[(?:start|end):)(?: "([^":]+):([\w-]+)")?')
"""A line that includes a snippet: its file and the name of the part, if it names both."""
MARKUP = {
    "raw HTML": re.compile(r"<[a-zA-Z/!]"),
    "a placeholder of data": re.compile(r"\[\[[^\]]*\]\]"),
    "a brace": re.compile(r"[{}]"),
    "a control character": CONTROL,
}
"""Markup that a page must not contain outside its macro calls."""

UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*")
FRAME_IDS = "menu|search-(box|title|privacy)"
"""Ids that the frame writes around every page."""


def check_pages(
    files: Mapping[str, YamlSource],  # noqa: ARG001 - every check has this signature
    guide: Guide,
    unread: Collection[str],
) -> Iterator[Problem]:
    """Check every page, and that each role has a page."""
    for role in ROLES:
        having = [page for page in guide.pages.values() if page.meta.role == role]
        for page in having[1:]:
            fault = f"{having[0].path} already has the role “{role}”"
            yield page.problem(page.front.line(("role",)), "role", fault, "Remove one.")
        if not having and not unread:
            fault = f"no page has the role “{role}”"
            remedy = f"Write role: {role} in the front matter of the page for it."
            yield Problem("docs/en", 1, "role", fault, remedy)
    for page in guide.pages.values():
        yield from faults_of(page, guide, unread)


def faults_of(page: Page, guide: Guide, unread: Collection[str] = ()) -> Iterator[Problem]:
    """Yield every problem of a page.

    Args:
        page: The page.
        guide: The content.
        unread: Pages that exist but could not be read; links to them are accepted.
    """
    # The other checks need to know what the macros show.
    if wrong_calls := [problem for call in page.calls for problem in _call(page, call, guide)]:
        yield from wrong_calls
        return
    yield from _frame(page)
    yield from _answer(page, guide)
    yield from _headings(page)
    yield from _questions(page)
    yield from _markup(page)
    yield from _snippets(page, guide)
    yield from _sources(page, guide)
    yield from _ways_on(page, guide, unread)
    yield from _prose(page, guide)


def _call(page: Page, call: Call, guide: Guide) -> Iterator[Problem]:
    """Check a macro call against the rules of its component."""
    component = COMPONENTS.get(call.name)
    if component is None:
        remedy = f"Use one of: {', '.join(COMPONENTS)}."
        yield page.problem(call.line, call.name, f"there is no macro “{call.name}”", remedy)
        return
    for fault, remedy in (
        *_alone(page, call, component),
        *_options(call, component),
        *_names(call, component, guide),
    ):
        yield page.problem(call.line, call.name, fault, remedy)


def _alone(page: Page, call: Call, component: Component) -> Iterator[tuple[str, str]]:
    text = dict(page.lines()).get(call.line, "")
    if component.block and not re.fullmatch(r"\{\{ \w+\([^{}]*\) \}\}", text.rstrip()):
        fault = "a block macro must be alone on its line, without indent"
        yield fault, "Move it to a line of its own, without indent or list marker."


def _options(call: Call, component: Component) -> Iterator[tuple[str, str]]:
    options = ", ".join(component.options)
    for option in call.kwargs:
        if option not in component.options:
            remedy = f"Options: {options}." if options else "It takes none."
            yield f"the macro has no option “{option}”", remedy


def _names(call: Call, component: Component, guide: Guide) -> Iterator[tuple[str, str]]:
    """Check the names that a call passes, and what the component says of the call."""
    if not component.listed_in:
        if call.args:
            yield "the macro takes no name", "Leave the parentheses empty."
        return
    if not call.args:
        yield "the macro needs a name", f"See {component.listed_in}."
    if len(call.args) > 1 and not component.many:
        yield "the macro takes one name", "Remove the others."
    known = component.names(guide)
    for name in call.args if component.many else call.args[:1]:
        if name not in known:
            yield f"there is no “{name}”", f"Use a name of {component.listed_in}."
            return
    yield from component.faults(call, guide)


def _frame(page: Page) -> Iterator[Problem]:
    lines = [(number, text) for number, text in page.lines() if text.strip()]
    if not lines or lines[0][1] != OPENS_WITH:
        fault = f"the page does not open with {OPENS_WITH}"
        remedy = "Put it first: every page must link to help at the top."
        yield page.problem(lines[0][0] if lines else page.first_line, "text", fault, remedy)
    if not lines or lines[-1][1] != CLOSES_WITH:
        last = lines[-1][0] if lines else page.first_line
        fault = f"the page does not close with {CLOSES_WITH}"
        yield page.problem(last, "text", fault, "Put it last: it shows sources and dates.")
    tops = [heading for heading in page.headings if heading.level == 1]
    if len(tops) != 1 or tops[0].text != page.meta.title:
        line = tops[0].line if tops else page.first_line
        fault = "the page needs one # heading with the same words as title"
        yield page.problem(line, "heading", fault, "Make them equal.")
        return
    after = [text.strip() for number, text in lines if number > tops[0].line]
    sentences = after.index(ANSWER) if ANSWER in after else 0
    if not 1 <= sentences <= 3:
        fault = "the page does not open with its answer in one to three sentences, one a line"
        remedy = f"Write them under the heading, then a line {ANSWER}."
        yield page.problem(tops[0].line, "answer", fault, remedy)


def _answer(page: Page, guide: Guide) -> Iterator[Problem]:
    """Check the sources of the first paragraph."""
    end = next((number for number, text in page.lines() if text.strip() == ANSWER), 0)
    for call in page.calls:
        cited = carried(call, guide)[1] if call.line < end else ()
        for fault, remedy in unfit(guide.sources, cited, "a first paragraph"):
            yield page.problem(call.line, call.name, fault, remedy)


def _headings(page: Page) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    level = 1
    for heading in page.headings:
        if heading.level > 1 and not heading.id:
            fault = f"the heading “{heading.text}” has no explicit id"
            remedy = "Add { #short-id }: links must work when words change."
            yield page.problem(heading.line, "heading", fault, remedy)
        if re.search(r"[*_`{\[]", heading.text):
            fault = f"the heading “{heading.text}” contains more than words"
            remedy = "Remove the macro or markup: other pages show the heading as plain text."
            yield page.problem(heading.line, "heading", fault, remedy)
        if heading.level > level + 1:
            fault = f"the heading “{heading.text}” skips a level"
            yield page.problem(
                heading.line, "heading", fault, "Use one # more than the heading above it, at most."
            )
        level = heading.level
        if not heading.id:
            continue
        if heading.id in seen:
            fault = f"the id “{heading.id}” is used twice"
            remedy = f"Change one; the other is on line {seen[heading.id]}."
            yield page.problem(heading.line, "heading", fault, remedy)
        if writer := writer_of(heading.id, page):
            fault = f"the id “{heading.id}” is one that {writer} writes"
            yield page.problem(heading.line, "heading", fault, "Give the heading another id.")
        seen[heading.id] = heading.line
    yield from _repeated(page)


def _questions(page: Page) -> Iterator[Problem]:
    """Check that a page of questions has some, each with an answer."""
    asked = [heading for heading in page.headings if heading.level == 3]
    if page.meta.questions and not asked:
        remedy = "Write ### headings, or remove questions: true."
        line = page.front.line(("questions",))
        yield page.problem(line, "questions", "the page has no question", remedy)
    starts = {heading.line for heading in page.headings}
    written = [number for number, text in page.lines() if text.strip()]
    for heading in asked if page.meta.questions else ():
        below = next((number for number in written if number > heading.line), heading.line)
        if below in starts:
            fault = f"the question “{heading.text}” has no answer"
            yield page.problem(heading.line, "heading", fault, "Write an answer below it.")


def writer_of(name: str, page: Page) -> str:
    """Return what writes an id on a page by itself; empty if nothing does."""
    own = {f"the macro {call.name}": COMPONENTS[call.name].own_ids for call in page.calls}
    own["the frame of every page"] = FRAME_IDS
    return next((writer for writer, ids in own.items() if re.fullmatch(ids, name)), "")


def _repeated(page: Page) -> Iterator[Problem]:
    """Find components that would write an id a second time."""
    seen: dict[tuple[str, Any], int] = {}
    for call in page.calls:
        if not COMPONENTS[call.name].block:
            continue
        if (call.name, call.first) in seen:
            fault = f"the macro is already on line {seen[call.name, call.first]}"
            yield page.problem(call.line, call.name, fault, "Keep one, and link to it.")
        seen[call.name, call.first] = call.line
    names = {call.name: call.line for call in page.calls}
    if "source_library" in names and page.meta.sources:
        fault = "the sources of this page and of the whole guide would have the same ids"
        remedy = "Cite nothing on this page."
        yield page.problem(names["source_library"], "source_library", fault, remedy)


def _markup(page: Page) -> Iterator[Problem]:
    above = ""
    for number, line in page.lines():
        prose = prose_of(line)
        found = [name for name, pattern in MARKUP.items() if pattern.search(prose)]
        if UNDERLINE.fullmatch(line) and above.strip():
            found.append("an underlined heading")
        for name in found:
            fault, remedy = f"the page contains {name}", "Use plain Markdown, or a macro."
            yield page.problem(number, "text", fault, remedy)
        above = line


def _snippets(page: Page, guide: Guide) -> Iterator[Problem]:
    """Check that a snippet is a part of a page: no check reads other files."""
    for number, line in page.lines():
        if not (match := SNIPPET.match(line.strip())):
            continue
        source = guide.pages.get(match[1])
        marked = rf"\[start:{match[2]}\](.*?)\[end:{match[2]}\]"
        part = re.search(marked, source.body, re.DOTALL) if source else None
        if not part:
            fault = "the snippet is not a marked part of a page, so no check reads its words"
            remedy = 'Mark it on its page with [start:NAME] and [end:NAME]; write "PAGE.md:NAME".'
            yield page.problem(number, "snippet", fault, remedy)
        elif "{{" in part[1]:
            fault = "the snippet contains a macro, which works only on its own page"
            yield page.problem(number, "snippet", fault, "Repeat those words and the macro here.")


def _sources(page: Page, guide: Guide) -> Iterator[Problem]:
    used, listed = CITATIONS.sources_in_all_regions(page, guide), page.meta.sources
    line = page.front.line(("sources",))
    if missing := [name for name in used if name not in listed]:
        fault = f"cited but not listed: {', '.join(missing)}"
        yield page.problem(line, "sources", fault, "Add them to the list.")
    if unused := [name for name in listed if name not in used]:
        fault = f"listed but not cited: {', '.join(unused)}"
        yield page.problem(line, "sources", fault, "Cite them, or remove them.")
    if len(set(listed)) != len(listed):
        yield page.problem(line, "sources", "a source is listed twice", "Keep one.")


def _ways_on(page: Page, guide: Guide, unread: Collection[str]) -> Iterator[Problem]:
    for index, path in enumerate(page.meta.next):
        if wrong := fault_of_place(path, guide, unread):
            yield page.problem(page.front.line(("next", index)), "next", *wrong)
    for number, text in page.lines():
        for _, target in LINK.findall(text):
            file, _, anchor = target.partition("#")
            path = normpath(join(dirname(page.path), file)) if file else page.path
            if ":" in file or path in unread:
                continue
            if path not in guide.pages:
                fault = f"the link leads to “{target}”, which is not a page"
                remedy = "Link to a .md file, from this file's folder."
                yield page.problem(number, "link", fault, remedy)
            elif wrong := fault_of_place(f"{path}#{anchor}", guide):
                yield page.problem(number, "link", *wrong)


def prose_of(line: str) -> str:
    """Return the text of a line that readers may see: no macros, link targets, names or tags."""
    line = CALL.sub(" ", ADMONITION.sub("", line))
    line = LINK.sub(r"\1", line)
    line = MARKDOWN_IN_HTML.sub(" ", line)
    return ATTRIBUTES.sub(lambda found: " ".join(["", *re.findall('"(.*?)"', found[0])]), line)


def _prose(page: Page, guide: Guide) -> Iterator[Problem]:
    allowed = re.compile("|".join(guide.word_rules.allowed_numbers), re.IGNORECASE)
    patterns = (f"(?:{pattern})" for pattern in guide.word_rules.typed_numbers)
    typed = re.compile("|".join(patterns), re.IGNORECASE)
    heads = [(page.front.line((key,)), getattr(page.meta, key)) for key in ("title", "description")]
    for number, line in heads + [(number, prose_of(line)) for number, line in page.lines()]:
        for fault, reason in unsayable(line, guide.word_rules):
            yield page.problem(number, "words", fault, reason)
        for fault, remedy in unlike_the_house(line, guide.word_rules):
            yield page.problem(number, "words", fault, remedy)
        if match := typed.search(allowed.sub(" ", bare(line))):
            fault = f"the clinical number “{match[0].strip()}” is typed by hand"
            remedy = 'Put it in docs/data/ and call {{ number("…") }}.'
            yield page.problem(number, "number", fault, remedy)
