"""Find what scripts and stylesheets use although the oldest supported browsers do not know it.

MDN's browser-compat-data (BCD) says since which version a browser knows a name. A name that several
interfaces share, such as ``matchAll``, counts as known if one of them is old enough.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import tinycss2

from scripts.root import ROOT
from scripts.tools.npm_tools import node

FLOOR = {"chrome": 77, "firefox": 78, "safari": 13}
"""The oldest supported browsers, by their names in BCD. iOS 13 has the engine of Safari 13."""

ECMASCRIPT = "2019"
"""The newest version of JavaScript that all of them know completely."""

SCRIPTS = ("overrides/assets/javascripts/*.js", "scripts/finishing/*.js")
STYLES = ("overrides/assets/stylesheets/**/*.css",)

EXCEPTION = re.compile(r"Newer browsers only: ([\w, ]+)\.")
"""The comment in a script that lists names which it uses only where they exist, or in a try."""

ACCEPTED = {
    "The page looks plainer.": (
        "::backdrop ::marker accent-color color-scheme field-sizing overscroll-behavior"
        " scroll-margin-top text-decoration-thickness text-decoration:dotted"
        " text-underline-offset text-wrap user-select"
    ),
    "The browser draws its own focus ring and check box.": ":focus-visible appearance",
    "Words stay in one column or get their own width.": "clamp() max() min()",
    "Buttons touch, but do not overlap.": "gap(flex)",
    "The media query is false, as without a script and without forced colors.": (
        "forced-colors scripting"
    ),
    ".md-typeset breaks long words, too, but later.": "overflow-wrap:anywhere",
    "fold.js opens closed parts before printing.": "::details-content content-visibility",
    "The browser chooses the page breaks and the margins of paper; the PDFs have ours.": (
        "@page break-after:avoid break-before:avoid orphans overflow-x:clip page size widows"
    ),
    # Not harmless everywhere: the build could write :is() and :not() out as lists of selectors.
    "The rule is dropped. Words, numbers and links stay.": ":has :is :not(list)",
}
"""Names that stylesheets may use without another value, by what a reader of an old browser gets."""

DYNAMIC_UNITS = {"dvh", "dvw", "lvh", "svh"}


class Use(NamedTuple):
    """A name that a file uses, and the line."""

    file: Path
    line: int
    name: str


def _is_known(feature: Mapping[str, Any]) -> bool:
    """Return whether every browser of the floor has a feature of BCD without prefix and flag."""
    for browser, oldest in FLOOR.items():
        statements = feature["__compat"]["support"][browser]
        for each in statements if isinstance(statements, list) else [statements]:
            added = re.fullmatch(r"≤?([\d.]+)", str(each["version_added"]))
            removed = re.fullmatch(r"≤?([\d.]+)", str(each.get("version_removed")))
            plain = not each.keys() & {"flags", "prefix", "alternative_name"}
            gone = removed and float(removed[1]) <= oldest
            if added and plain and not gone and float(added[1]) <= oldest:
                break
        else:
            return False
    return True


def _features(tree: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the features of a part of BCD with their names, down to a depth."""
    for name, feature in tree.items():
        if name != "__compat":
            if "__compat" in feature:
                yield name, feature
            if depth > 1:
                yield from _features(feature, depth - 1)


def _unknown(features: Iterable[tuple[str, Mapping[str, Any]]]) -> set[str]:
    """Return the names of which no feature is known to every browser of the floor."""
    all_names, known = set(), set()
    for name, feature in features:
        all_names.add(name)
        if name not in known and _is_known(feature):
            known.add(name)
    return all_names - known


def uses_in_scripts(bcd: Mapping[str, Any], modules: Path, files: Iterable[Path]) -> Iterator[Use]:
    """Yield the names, and the syntax, that scripts use and the floor does not know."""
    reader = Path(__file__).with_name("script_names.js")
    command = [str(node()), str(reader), str(modules), ECMASCRIPT, *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    found = json.loads(done.stdout)
    used = {name for names in found.values() for name, _ in names}
    members = [*_features(bcd["api"], 2), *_features(bcd["javascript"]["builtins"], 3)]
    unknown = _unknown(each for each in members if each[0] in used) | {"look-behind"}
    for file, names in found.items():
        for name, line in names:
            if name in unknown or name.startswith("syntax: "):
                yield Use(Path(file), line, name)


class StyleReader:
    """Finds the names in stylesheets that the floor does not know."""

    def __init__(self, bcd: Mapping[str, Any]) -> None:
        """Store the unknown names of each kind."""
        css = bcd["css"]
        self._values = css["properties"]
        self._rules = css["at-rules"]
        self._properties = _unknown(_features(css["properties"], 1))
        self._selectors = _unknown(_features(css["selectors"], 1))
        self._functions = _unknown(_features(css["types"], 3))

    def uses(self, rules: Iterable[Any]) -> Iterator[tuple[int, str]]:
        """Yield the line and the name of each use outside ``@supports``."""
        for rule in rules:
            if rule.type == "qualified-rule":
                yield from self._in_selector(rule.prelude)
                yield from self._in_block(rule.content)
            elif rule.lower_at_keyword != "supports":
                kind = self._rules.get(rule.lower_at_keyword, {})
                if kind and not _is_known(kind):
                    yield rule.source_line, f"@{rule.lower_at_keyword}"
                unknown = _unknown(_features(kind, 1))
                for token in _all(rule.prelude):
                    if token.type == "ident" and token.lower_value in unknown:
                        yield token.source_line, token.lower_value
                if rule.lower_at_keyword == "page":
                    yield from self._in_block(rule.content)
                else:
                    yield from self.uses(_rules(rule.content))

    def _in_selector(self, tokens: list[Any]) -> Iterator[tuple[int, str]]:
        colons = ""
        for token in _all(tokens):
            if colons and token.type in ("ident", "function"):
                name = token.lower_value if token.type == "ident" else token.lower_name
                if name in self._selectors:
                    yield token.source_line, colons + name
                elif name == "not" and any(_is(each, ",") for each in token.arguments):
                    yield token.source_line, ":not(list)"
            colons = colons + ":" if _is(token, ":") else ""

    def _in_block(self, content: list[Any]) -> Iterator[tuple[int, str]]:
        parsed = tinycss2.parse_blocks_contents(content, True, True)
        block = [(each.lower_name, each) for each in parsed if each.type == "declaration"]
        names = [name for name, _ in block]
        is_flex = any(n == "display" and "flex" in tinycss2.serialize(d.value) for n, d in block)
        for at, (name, declaration) in enumerate(block):
            line = declaration.source_line
            news = set(self._in_value(name, declaration.value))
            if name in names[:at]:
                # A browser that does not know the second value keeps the first one.
                if not news:
                    yield line, f"{name} twice"
            elif f"-webkit-{name}" in names:
                continue
            elif name in self._properties:
                yield line, name
            else:
                yield from ((line, new) for new in sorted(news))
            if name == "gap" and is_flex:
                yield line, "gap(flex)"

    def _in_value(self, name: str, value: list[Any]) -> Iterator[str]:
        unknown = _unknown(_features(self._values.get(name, {}), 1))
        for token in _all(value):
            if token.type == "ident" and token.lower_value in unknown:
                yield f"{name}:{token.lower_value}"
            elif token.type == "function" and token.lower_name in self._functions:
                yield f"{token.lower_name}()"
            elif token.type == "dimension" and token.lower_unit in DYNAMIC_UNITS:
                yield token.lower_unit
            elif _is(token, "/") and name == "content":
                yield "content:alt_text"


def _is(token: Any, sign: str) -> bool:
    return bool(token.type == "literal" and token.value == sign)


def _all(tokens: Iterable[Any]) -> Iterator[Any]:
    """Yield tokens, and the tokens in their brackets and functions."""
    for token in tokens:
        yield token
        yield from _all(getattr(token, "arguments", None) or getattr(token, "content", None) or [])


def _rules(content: Any) -> list[Any]:
    rules: list[Any] = tinycss2.parse_rule_list(content, True, True)
    return rules


def problems(modules: Path, root: Path = ROOT) -> list[str]:
    """Return a message for each use that is not accepted, and for each exception without a use.

    Args:
        modules: Folder of the npm packages.
        root: Folder of the project.
    """
    bcd = json.loads((modules / "@mdn/browser-compat-data/data.json").read_text("utf-8"))
    accepted = {name for names in ACCEPTED.values() for name in names.split()}
    reader = StyleReader(bcd)
    found = []
    seen: set[str] = set()
    for file in (file for pattern in STYLES for file in sorted(root.glob(pattern))):
        for line, name in reader.uses(_rules(file.read_text("utf-8"))):
            seen.add(name)
            if name not in accepted:
                found.append(Use(file, line, name))
    scripts = [file for pattern in SCRIPTS for file in sorted(root.glob(pattern))]
    excused = {
        (file, name)
        for file in scripts
        for names in EXCEPTION.findall(file.read_text("utf-8"))
        for name in re.findall(r"\w+", names)
    }
    in_scripts = list(uses_in_scripts(bcd, modules, scripts))
    found += [use for use in in_scripts if (use.file, use.name) not in excused]
    unused = excused - {(use.file, use.name) for use in in_scripts}
    oldest = ", ".join(f"{name.title()} {version}" for name, version in FLOOR.items())
    return [
        *(
            f"{use.file.relative_to(root).as_posix()}:{use.line}: {use.name}: not all of {oldest}"
            " know it, or it is needless. Write it in an older way, after a value for them, or only"
            " where it exists, with an exception (scripts/tools/browser_floor.py)."
            for use in found
        ),
        *(
            f"{file.relative_to(root).as_posix()}: {name}: the exception is not needed. Remove it."
            for file, name in sorted(unused)
        ),
        *(
            f"scripts/tools/browser_floor.py: {name}: the exception is not needed. Remove it."
            for name in sorted(accepted - seen)
        ),
    ]
