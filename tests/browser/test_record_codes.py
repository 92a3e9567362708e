"""Requests of record systems in a real browser: the right page opens and no trace is left."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from scripts.components.record_requests import RECORD_REQUESTS
from scripts.content import load_guide
from scripts.guide.addresses import address_of
from scripts.guide.guide import Guide
from scripts.guide.record_codes import UNKNOWN_CODE
from scripts.root import ROOT
from tests.browser.pages import tab
from tests.conftest import Site

RESPONDER = "clinics/connect.md"

GUIDE = load_guide()
SCRIPT = ROOT / "overrides" / "assets" / "javascripts" / "record-codes.js"
ICD, MESH = "2.16.840.1.113883.6.90", "2.16.840.1.113883.6.177"
CODES = [
    (group.oid, code.code, group.patient, group.staff)
    for group in GUIDE.record_codes.values()
    for code in group.codes
]
PATIENT, STAFF = GUIDE.record_codes["icd-10-cm-crs"].patient, "clinics/index.md#emergency-staff"
BRAIN = GUIDE.record_codes["icd-10-cm-icans"].patient
UNKNOWN = f"index.md#{UNKNOWN_CODE}"
HOSTILE = "<script>document.title='PWNED'</script><img src=x onerror=document.title='PWNED'>"
C, CS, DN = (f"mainSearchCriteria.v.{key}" for key in ("c", "cs", "dn"))
TO, LANGUAGE = "informationRecipient", "informationRecipient.languageCode.c"


@dataclass
class Visit:
    """A tab and a record of its requests and messages while it answered a record system.

    Attributes:
        page: The tab.
        site: The guide.
        asked: Every request of the tab.
        said: Every message and error of its scripts.
    """

    page: Page
    site: Site
    asked: list[Request] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, query: str) -> None:
        """Open a record system's request, and wait until it has led to a page or to none."""
        self.asked.clear()
        self.said.clear()
        here = self.site.address(RESPONDER)
        self.page.goto(f"{here}?{query}")
        if not stays(query):
            self.page.wait_for_url(lambda url: not url.startswith(f"{here}?"))
        self.page.wait_for_load_state()

    def expect_place(self, place: str) -> None:
        assert self.page.url == self.site.url + address_of(place)


def stays(query: str) -> bool:
    return "mainsearchcriteria" not in query.lower()


@pytest.fixture(scope="module")
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    with tab(browser) as page:
        visit = Visit(page, site)
        # Playwright cannot keep a built-in method such as the list's own append.
        page.on("request", lambda request: visit.asked.append(request))  # noqa: PLW0108
        page.on("console", lambda message: visit.said.append(message.text))
        page.on("pageerror", lambda error: visit.said.append(str(error)))
        yield visit


def asks(code: str = "D89.832", system: str = ICD, **more: str) -> str:
    """Return the query of a record system; names in ``more`` have no dots."""
    return urlencode({C: code, CS: system} | more)


# Complete requests, in the form of the standard and of record systems.
FULL = (
    "knowledgeRequestNotification.effectiveTime.v=20260706001023"
    "&holder.assignedEntity.n=epicuser&holder.assignedEntity.certificateText=secret"
    "&assignedAuthorizedPerson.id.root=1.2.840.114350.1.13.99"
    "&representedOrganization.id.root=1.2.840.114350.1.13.99999.3.7.2.1"
    "&assignedEntity.representedOrganization.n=Example%20Infirmary"
    "&patientPerson.administrativeGenderCode.c=F&patientPerson.administrativeGenderCode.dn=Female"
    "&age.v.v=63&age.v.u=a&ageGroup.v.c=D008875&ageGroup.v.cs=2.16.840.1.113883.6.177"
    "&taskContext.c.c=PROBLISTREV&taskContext.c.dn=Problem+list+review"
    "&subTopic.v.c=Q000628&subTopic.v.cs=2.16.840.1.113883.6.177&subTopic.v.dn=therapy"
    "&mainSearchCriteria.v.c={code}&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90"
    "&mainSearchCriteria.v.dn=Cytokine+release+syndrome%2C+grade+2"
    "&mainSearchCriteria.v.ot=CRS+%28grade+2%29"
    "&severityObservation.interpretationCode.c=H"
    "&severityObservation.interpretationCode.cs=2.16.840.1.113883.5.83"
    "&informationRecipient={to}&informationRecipient.healthCareProvider.c.c=200000000X"
    "&informationRecipient.languageCode.c=en"
    "&performer=PROV&performer.healthCareProvider.c.c=163W00000X&performer.languageCode.c=en"
    "&encounter.c.c=AMB&encounter.c.cs=2.16.840.1.113883.5.4&serviceDeliveryLocation.id.root=1.2.3"
    "&locationOfInterest.addr.postalCode=99999&knowledgeResponseType=text%2FHTML"
)
SHORT_FORM = f"searchType=HL7&{C}=G92.02&{CS}={ICD}&{DN}=ICANS"

ANSWERED = {
    "all names of the standard, for a patient": (FULL.format(code="D89.832", to="PAT"), PATIENT),
    "all names of the standard, for staff": (FULL.format(code="D89.832", to="PROV"), STAFF),
    "ICANS, for staff": (FULL.format(code="G92.04", to="PROV"), STAFF),
    "a portal's few names": (f"{SHORT_FORM}&{LANGUAGE}=en", BRAIN),
    "no reader named": (asks(), PATIENT),
    "a payer reads": (asks(informationRecipient="PAYOR"), PATIENT),
    "an unheard-of reader": (asks(informationRecipient="<b>PROV"), PATIENT),
    "a reader in small letters": (asks(informationRecipient="prov"), STAFF),
    "a reader with spaces": (asks(informationRecipient=" PROV "), STAFF),
    "two readers": (asks() + f"&{TO}=PROV&{TO}=PAT", PATIENT),
    "only who asks is staff": (asks(performer="PROV"), PATIENT),
    "small letters": (asks("d89.832"), PATIENT),
    "spaces around the code": (asks(" G92.01 \t"), BRAIN),
    "an encoded dot": (f"{C}=G92%2E01&{CS}=2%2E16%2E840%2E1%2E113883%2E6%2E90", BRAIN),
    "encoded names": (f"mainSearchCriteria%2Ev%2Ec=G92.01&{C}s={ICD}", BRAIN),
    "a plus for a space at the end": (f"{C}=G92.01+&{CS}={ICD}+", BRAIN),
    "the other order": (f"{CS}={ICD}&{C}=G92.01", BRAIN),
    "another code system": (asks("D000080424", MESH), PATIENT),
    "a language with its country": (asks() + f"&{LANGUAGE}=en-US", PATIENT),
    "a language that is not there": (asks() + f"&{LANGUAGE}=es", PATIENT),
    "a hostile language": (asks() + f"&{LANGUAGE}=" + quote("../../evil"), PATIENT),
    "the language of the asking person": (asks() + "&performer.languageCode.c=en", PATIENT),
    "a hostile name for the code": (f"{asks('G92.01')}&{DN}={quote(HOSTILE)}", BRAIN),
    "a long name for the code": (f"{asks('G92.01')}&{DN}={'x' * 10_000}", BRAIN),
    "a hostile unknown name": (f"{asks('G92.01')}&{quote(HOSTILE)}={quote(HOSTILE)}", BRAIN),
    "__proto__ as a name": (f"{asks('G92.01')}&__proto__=x&__proto__[a]=y&constructor=z", BRAIN),
}
REFUSED = {
    "an unknown code": asks("I10"),
    "the parent of the codes": asks("D89.83"),
    "a code without its dot": asks("D89832"),
    "a code of another system": asks("D89.832", MESH),
    "an unheard-of system": asks("D89.832", "2.16.840.1.113883.6.96"),
    "a system by name": asks("D89.832", "ICD-10-CM"),
    "a system with a prefix": asks("D89.832", f"urn:oid:{ICD}"),
    "no system": f"{C}=D89.832",
    "an empty system": f"{C}=D89.832&{CS}=",
    "no code": f"{CS}={ICD}",
    "an empty code": f"{C}=&{CS}={ICD}",
    "words only": f"{DN}=cytokine+release+syndrome",
    "the code twice": f"{C}=D89.832&{C}=D89.833&{CS}={ICD}",
    "the same code twice": f"{C}=D89.832&{C}=D89.832&{CS}={ICD}",
    "the system twice": f"{C}=D89.832&{CS}={ICD}&{CS}={MESH}",
    "names in small letters": f"{C.lower()}=D89.832&{CS.lower()}={ICD}",
    "an old form of the name": f"mainSearchCriteria.c.c=D89.832&mainSearchCriteria.c.cs={ICD}",
    "a dot encoded twice": f"{C}=D89%252E832&{CS}={ICD}",
    "a null sign": f"{C}=D89.832%00&{CS}={ICD}",
    "10 kB": asks("D89.832" + "9" * 10_000),
    "10 kB of spaces and a code": asks(" " * 10_000 + "D89.83x"),
    "script": asks(HOSTILE),
    "script in the system": asks("D89.832", HOSTILE),
    "an address": asks("https://evil.example/"),
    "an address without a scheme": asks("//evil.example/"),
    "a script address": asks("javascript:alert(1)"),
    "a way out of the folder": asks("../../../etc/passwd"),
    "__proto__": asks("__proto__", "__proto__"),
    "constructor": asks("constructor", "constructor"),
    "a selector": asks('"],a[data-code]'),
    "full-width letters": asks("Ｄ８９．８３２"),
    "digits of another script": asks("D٨٩.٨٣٢"),
    "a letter that only looks the same": asks("С78251", "2.16.840.1.113883.3.26.1.1"),
    "a turned reading direction": asks("\u202eD89.832"),
    "broken coding": f"{C}=%E0%A4%A&{CS}={ICD}",
    "a lone surrogate": f"{C}=%ED%A0%80&{CS}={ICD}",
}
STAYS = {
    "nothing": "",
    "other names only": "utm_source=newsletter&x=" + quote(HOSTILE),
    "a reader only": "informationRecipient=PROV",
    "an empty name": "=&&=x",
}


IN_A_TAB = {
    name: (ANSWERED | {refused: (query, UNKNOWN) for refused, query in REFUSED.items()})[name]
    for name in (
        *("all names of the standard, for a patient", "all names of the standard, for staff"),
        *("a portal's few names", "a hostile language", "a hostile name for the code"),
        *("a long name for the code", "a hostile unknown name", "__proto__ as a name"),
        *("an unknown code", "10 kB", "script", "script in the system", "an address"),
        *("a way out of the folder", "broken coding", "a lone surrogate"),
    )
}
"""Requests that a tab opens: those that could leave a trace, and one of each other kind."""

ANSWER = """([script, queries]) => queries.map((query) => {
  let led = "";
  new Function("location", script)({
    search: new URL(`?${query}`, location.href).search,
    replace: (address) => { led = new URL(address, document.baseURI).href; },
  });
  return led;
})"""
"""Runs the script of the page with other addresses, and returns where it leads, which is quick."""


def places_of(visit: Visit, queries: list[str]) -> list[str]:
    """Return the place to which each request leads, or an empty text."""
    visit.page.goto(visit.site.address(RESPONDER))
    script = SCRIPT.read_text(encoding="utf-8")
    led: list[str] = visit.page.evaluate(ANSWER, [script, queries])
    return [address.removeprefix(visit.site.url) for address in led]


def test_every_code_opens_its_page_for_each_reader(visit: Visit) -> None:
    wanted = {
        asks(code, system, informationRecipient=to): address_of(place)
        for system, code, patient, staff in CODES
        for to, place in (("PAT", patient), ("PROV", staff))
    }
    assert len(wanted) == 2 * len(CODES)
    assert dict(zip(wanted, places_of(visit, [*wanted]), strict=True)) == wanted


def test_each_request_that_is_shown_works_unchanged(visit: Visit) -> None:
    visit.page.goto(visit.site.address(RESPONDER))
    requests = GUIDE.data(RECORD_REQUESTS)
    assert requests
    queries = []
    for about in requests:
        shown = visit.page.locator("dt", has_text=about).locator("+ dd code").inner_text()
        address, _, query = shown.partition("?")
        assert address == GUIDE.edition.site_address + address_of(RESPONDER)
        queries.append(query)
    assert places_of(visit, queries) == [address_of(each.opens) for each in requests.values()]


def test_leads_to_the_right_page_to_help_or_nowhere(visit: Visit) -> None:
    wanted = {
        **{name: (query, address_of(place)) for name, (query, place) in ANSWERED.items()},
        **{name: (query, address_of(UNKNOWN)) for name, query in REFUSED.items()},
        **{name: (query, "") for name, query in STAYS.items()},
    }
    assert len(wanted) == len(ANSWERED) + len(REFUSED) + len(STAYS)
    found = places_of(visit, [query for query, _ in wanted.values()])
    assert dict(zip(wanted, found, strict=True)) == {name: at for name, (_, at) in wanted.items()}


@pytest.mark.parametrize("name", IN_A_TAB)
def test_opens_without_a_trace(visit: Visit, name: str, guide: Guide) -> None:
    query, place = IN_A_TAB[name]
    visit.open(query)
    visit.expect_place(place)
    if place == UNKNOWN:
        note = visit.page.locator(f"#{UNKNOWN_CODE}")
        expect(note).to_be_in_viewport()
        expect(note).to_contain_text(guide.strings.record_codes_unknown)
        expect(note.get_by_role("link", name=guide.strings.get_help)).to_be_in_viewport()
    expect_no_trace(visit)


def test_stays_on_the_page_without_a_trace(visit: Visit) -> None:
    visit.open(STAYS["other names only"])
    assert visit.page.url.startswith(visit.site.address(RESPONDER))
    expect(visit.page.locator("h1")).to_have_text(GUIDE.pages[RESPONDER].meta.title)
    expect_no_trace(visit)


def expect_no_trace(visit: Visit) -> None:
    """Check that nothing was sent elsewhere, stored, run, or written into the page."""
    page, site = visit.page, visit.site
    assert all(request.url.startswith(site.url) for request in visit.asked)
    # Even our own server learns nothing: no request has a referrer.
    assert not [r.url for r in visit.asked if r.headers.get("referer")]
    assert [said for said in visit.said if "404" not in said] == []
    kept = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    local, session = json.loads(kept)
    assert local == session == {}
    assert page.context.cookies() == []
    held = page.content()
    for trace in ("PWNED", "evil", "etc/passwd", "9999999999", "xxxxxxxxxx", "Infirmary", "secret"):
        assert trace not in held + kept
    assert page.title() != "PWNED"
    assert "Object.prototype" not in page.evaluate("() => Object.keys({}).join() + ({}).a")


def test_the_request_is_not_in_the_history(visit: Visit) -> None:
    visit.page.goto(visit.site.address("faq.md"))
    visit.open(asks())
    visit.page.go_back()
    assert visit.page.url == visit.site.address("faq.md")


def test_no_page_tells_another_where_its_reader_came_from(visit: Visit) -> None:
    visit.open(asks())
    assert visit.page.evaluate("() => document.referrer") == ""
    visit.page.locator(".crs-help-bar a").click()
    visit.page.wait_for_url("**/get-help/")
    assert visit.page.evaluate("() => document.referrer") == ""
    assert not [r.url for r in visit.asked if r.headers.get("referer")]


def test_the_note_is_seen_by_nobody_else(visit: Visit) -> None:
    visit.page.goto(visit.site.address("index.md"))
    expect(visit.page.locator(f"#{UNKNOWN_CODE}")).to_be_hidden()


def test_without_script_each_code_is_a_link(browser: Browser, site: Site) -> None:
    with tab(browser, java_script_enabled=False) as page:
        page.goto(f"{site.address(RESPONDER)}?{asks(HOSTILE)}")
        assert "PWNED" not in page.content()
        shown = page.locator("a[data-code]:visible").evaluate_all(
            """links => links.map((link) =>
              [link.dataset.system, link.closest("tr").cells[0].innerText, link.href])"""
        )
        assert shown == [
            [system, code, site.url + address_of(place)]
            for system, code, *places in CODES
            for place in places
        ]


def test_the_page_of_a_code_needs_no_request(visit: Visit) -> None:
    for _, code, patient, _ in (CODES[0], CODES[7]):
        visit.page.goto(f"{visit.site.url}connect/{code}/")
        visit.page.wait_for_url(re.compile(r"^(?!.*/connect/)"))
        visit.expect_place(patient)
