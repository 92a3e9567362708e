"""The content security policy under Google's CSP Evaluator."""

from __future__ import annotations

import json
import subprocess
from typing import NamedTuple

import pytest

from scripts.hosting.headers import headers_of
from scripts.hosting.policy import inline_of_folder
from scripts.tools.npm_tools import ensure_tools, node
from tests.site.conftest import Finished

EVALUATE = """
const [folder, policy] = process.argv.slice(1);
const part = name => require(`${folder}/csp_evaluator/dist/${name}.js`);
const {Severity} = part("finding");
const {csp} = new (part("parser").CspParser)(policy);
const found = new (part("evaluator").CspEvaluator)(csp).evaluate();
console.log(JSON.stringify(found.map(one =>
  [Severity[one.severity], one.directive, one.value ?? "", one.description])));
"""


class Finding(NamedTuple):
    """A finding of the evaluator.

    Attributes:
        severity: ``HIGH``, ``SYNTAX``, ``MEDIUM``, ``HIGH_MAYBE``, ``MEDIUM_MAYBE`` or ``INFO``.
        directive: The directive of the policy.
        value: The value in the directive.
        description: The explanation.
    """

    severity: str
    directive: str
    value: str
    description: str


QUESTION = Finding(
    "MEDIUM_MAYBE",
    "script-src",
    "'self'",
    "'self' can be problematic if you host JSONP, AngularJS or user uploaded files.",
)
"""The evaluator's question about our folder, which the last test here answers. Without 'self' no
script file would run: not every browser supports hashes of files, and a nonce needs a server
that generates pages."""


def findings(policy: str) -> list[Finding]:
    """Return all findings of the evaluator for a policy."""
    done = subprocess.run(
        [str(node()), "-e", EVALUATE, str(ensure_tools("checkers")), policy],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Finding(*one) for one in json.loads(done.stdout)]


def test_the_evaluator_has_one_question_about_the_policy(finished: Finished) -> None:
    assert findings(headers_of(inline_of_folder(finished.folder))["Content-Security-Policy"]) == [
        QUESTION
    ]


def test_the_answer_to_it_is_no(finished: Finished) -> None:
    scripts = {file.name: file for file in finished.folder.rglob("*.js")}
    assert scripts
    for name, file in scripts.items():
        text = file.read_text(encoding="utf-8").lower()
        assert "ng-app" not in text, f"{name}: AngularJS"
        assert "angular.module" not in text, f"{name}: AngularJS"
    # JSONP and uploads need a program on the server, and the site is a folder of static files.
    kinds = {file.suffix for file in finished.folder.rglob("*") if file.is_file()}
    assert not kinds & {".php", ".cgi", ".py", ".pl", ".asp", ".aspx", ".jsp"}


@pytest.mark.parametrize(
    ("weaker", "severity"),
    [
        ("script-src 'self' 'unsafe-inline'", "HIGH"),
        ("script-src 'self' https:", "HIGH"),
        ("script-src 'self' data:", "HIGH"),
        ("script-src 'self' 'unsafe-eval'", "MEDIUM_MAYBE"),
        ("script-src *", "HIGH"),
    ],
)
def test_the_evaluator_would_find_a_weaker_policy(
    finished: Finished, weaker: str, severity: str
) -> None:
    policy = headers_of(inline_of_folder(finished.folder))["Content-Security-Policy"]
    parts = policy.split("; ")
    spoiled = "; ".join(weaker if part.startswith("script-src ") else part for part in parts)
    assert spoiled != policy
    found = [one for one in findings(spoiled) if one != QUESTION]
    assert severity in {one.severity for one in found}


def test_the_evaluator_would_find_that_the_rule_for_all_else_is_gone(finished: Finished) -> None:
    policy = headers_of(inline_of_folder(finished.folder))["Content-Security-Policy"]
    rest = policy.removeprefix("default-src 'none'; ")
    assert rest != policy
    assert ("HIGH", "object-src") in {one[:2] for one in findings(rest)}
