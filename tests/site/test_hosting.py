"""The finished site behind the real nginx and Caddy, with the settings for web teams."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, ConsoleMessage, Page

from scripts.finishing.faults import FinishingError
from scripts.finishing.policy import add_policy
from scripts.finishing.site import Site as BuiltSite
from scripts.guide.addresses import address_of, redirects
from scripts.guide.pages import url_of
from scripts.hosting.headers import (
    ALWAYS_ASK,
    HASHED,
    LONG,
    SHORT,
    TEXTS,
    TYPES,
    WORKER,
    hashed_files,
    headers_of,
)
from scripts.hosting.local import Server, running
from scripts.hosting.policy import inline_of_folder
from scripts.hosting.settings import (
    FILES,
    headers_file,
    moved_addresses,
    redirects_file,
    server_settings,
    write_server_settings,
)
from scripts.root import ROOT
from scripts.tools.servers import SERVERS
from tests.conftest import serve
from tests.site.conftest import Finished

SETTINGS = dict(zip(SERVERS, FILES, strict=True))
"""The settings file of each server."""

VISITED = (
    *("index.md", "get-help.md", "temperature.md", "print/pack.md", "print/fridge.md"),
    *("clinics/link.md", "clinics/connect.md"),
)
"""Pages whose scripts have something to do."""

POLICY = re.compile(r'\n?<meta http-equiv="Content-Security-Policy" content="[^"]*">')
STRANGER = "<script>document.title = 'ran'</script>"

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""


@pytest.fixture(scope="module")
def hosted(finished: Finished, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The site with hidden files beside it, as an upload may leave them, which must not be served.

    A compressed file that differs from its original shows which of the two a server sends.
    """
    folder = tmp_path_factory.mktemp("hosted") / "site"
    shutil.copytree(finished.folder, folder)
    (folder / ".env").write_text("secret", encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("secret", encoding="utf-8")
    (folder / "assets" / ".hidden.css").write_text("secret", encoding="utf-8")
    (folder / "zipped.json").write_text('{"from": "the file itself"}', encoding="utf-8")
    (folder / "zipped.json.gz").write_bytes(gzip.compress(b'{"from": "the zipped file"}'))
    return Finished(folder, finished.guide)


@pytest.fixture(scope="module", params=SERVERS)
def server(
    request: pytest.FixtureRequest, hosted: Finished, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Each server in turn, with the settings that `build --hosting` writes for it."""
    home = tmp_path_factory.mktemp(request.param)
    write_server_settings(hosted.folder, hosted.guide, home)
    with running(request.param, hosted.folder, home / SETTINGS[request.param]) as server:
        yield server


def test_every_kind_of_file_in_the_site_has_a_content_type(finished: Finished) -> None:
    kinds = {file.suffix.removeprefix(".") for file in finished.folder.rglob("*") if file.is_file()}
    assert kinds - {""} <= set(TYPES)
    assert set(TEXTS) <= set(TYPES)


def test_each_file_comes_with_its_type_and_every_header(server: Server, hosted: Finished) -> None:
    examples: dict[str, Path] = {}
    for file in sorted(hosted.folder.rglob("*")):
        if file.is_file() and file.suffix and not re.search(r"/\.", str(file)):
            examples.setdefault(file.suffix.removeprefix("."), file)
    assert len(examples) >= 8
    expected = headers_of(inline_of_folder(hosted.folder))
    for kind, file in examples.items():
        answer = server.get("/" + file.relative_to(hosted.folder).as_posix())
        assert answer.status == 200, file
        assert answer.body == file.read_bytes()
        charset = "; charset=utf-8" if kind in TEXTS else ""
        assert answer.headers["content-type"].lower() == TYPES[kind] + charset
        for name, value in expected.items():
            assert answer.headers[name.lower()] == value, f"{file}: {name}"


def test_every_page_is_found_at_its_address(server: Server, hosted: Finished) -> None:
    for path in hosted.guide.pages:
        answer = server.get(f"/{url_of(path)}")
        assert answer.status == 200, path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.body == (hosted.folder / url_of(path) / "index.html").read_bytes()


def test_only_files_with_a_hash_in_their_name_are_kept_for_long(
    server: Server, hosted: Finished
) -> None:
    hashed = hashed_files(hosted.folder)
    assert {Path(path).suffix for path in hashed} == {".css", ".js"}
    for path in hashed:
        assert server.get(f"/{path}").headers["cache-control"] == LONG
    later = ("assets/javascripts/address-stub.js", "assets/javascripts/search-index.js")
    for path in ("", "get-help/", *later, "sitemap.xml"):
        assert server.get(f"/{path}").headers["cache-control"] == SHORT, path
    missing = server.get("/" + re.sub(r"\.[0-9a-f]{8}\.", ".00000000.", hashed[0]))
    assert missing.status == 404
    assert missing.headers["cache-control"] == SHORT


def test_the_worker_is_asked_for_each_time_and_never_leads_on(
    server: Server, hosted: Finished
) -> None:
    answer = server.get(f"/{WORKER}")
    assert answer.status == 200
    assert answer.body == (hosted.folder / WORKER).read_bytes()
    assert answer.headers["cache-control"] == ALWAYS_ASK
    assert answer.headers["content-type"].startswith(TYPES["js"])
    assert "worker-src 'self'" in answer.headers["content-security-policy"]


def test_the_guide_works_offline_under_the_policy(server: Server, tab: Tab) -> None:
    page = tab.open(server.url)
    page.evaluate(
        """() => navigator.serviceWorker.controller || new Promise((done) =>
          navigator.serviceWorker.addEventListener("controllerchange", () => done(true)))"""
    )
    href = "document.querySelector('link[rel=manifest]').href"
    assert page.evaluate(f"async () => (await fetch({href})).headers.get('content-type')") == (
        TYPES["webmanifest"] + "; charset=utf-8"
    )
    page.reload(wait_until="networkidle")
    assert tab.complaints() == []


def test_an_unchanged_page_is_not_sent_again(server: Server) -> None:
    tag = server.get("/get-help/").headers["etag"]
    again = server.get("/get-help/", **{"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")


def test_texts_are_sent_compressed_to_those_who_can_read_it(
    server: Server, hosted: Finished
) -> None:
    search = "assets/javascripts/search-index.js"
    for path in ("", "get-help/", hashed_files(hosted.folder)[0], search, "sitemap.xml"):
        plain = server.get(f"/{path}")
        packed = server.get(f"/{path}", **{"Accept-Encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip", path
        assert gzip.decompress(packed.body) == plain.body
        assert len(packed.body) < len(plain.body) / 2
        assert "accept-encoding" in packed.headers["vary"].lower()
        assert "content-encoding" not in plain.headers


def test_a_file_that_was_compressed_before_is_sent_unchanged(server: Server) -> None:
    answer = server.get("/zipped.json", **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.body) == b'{"from": "the zipped file"}'
    assert answer.headers["content-type"].startswith(TYPES["json"])


def test_caddy_sends_the_files_of_the_build_to_those_who_can_read_more(
    hosted: Finished, tmp_path: Path
) -> None:
    write_server_settings(hosted.folder, hosted.guide, tmp_path)
    with running("caddy", hosted.folder, tmp_path / SETTINGS["caddy"]) as server:
        for asked, kind in (("gzip, deflate, br, zstd", "br"), ("zstd, gzip", "gz")):
            answer = server.get("/get-help/", **{"Accept-Encoding": asked})
            assert answer.headers["content-encoding"] == kind.replace("gz", "gzip")
            packed = hosted.folder / "get-help" / f"index.html.{kind}"
            assert answer.body == packed.read_bytes()
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            assert "content-security-policy" in answer.headers


def test_a_wrong_address_shows_the_page_that_leads_to_help(
    server: Server, hosted: Finished
) -> None:
    ours = (hosted.folder / "404.html").read_bytes()
    policy = headers_of(inline_of_folder(hosted.folder))["Content-Security-Policy"]
    for path in ("/no-such-page", "/no-such-page/", "/no/such.css", "/get-help/gone.pdf"):
        answer = server.get(path)
        assert (answer.status, answer.body) == (404, ours), path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == SHORT
        assert answer.headers["content-security-policy"] == policy


def test_a_folder_without_its_last_slash_leads_on_without_naming_the_server(
    server: Server,
) -> None:
    answer = server.get("/get-help")
    assert answer.status in (301, 308)
    assert answer.headers["location"] == "/get-help/"
    assert re.search(r"\d", answer.headers.get("server", "")) is None


@pytest.mark.parametrize("path", ["/assets/", "/assets/javascripts/", "/.git/"])
def test_no_folder_is_listed(server: Server, hosted: Finished, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404
    assert answer.body == (hosted.folder / "404.html").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        *("/.env", "/.git/config", "/assets/.hidden.css", "/get-help/../.env", "/%2eenv"),
        *("/_headers", "/_redirects", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd"),
    ],
)
def test_no_hidden_file_is_served(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status in (400, 404)
    assert b"secret" not in answer.body
    assert b"Content-Security-Policy:" not in answer.body
    assert b"root:x:" not in answer.body


def test_moved_addresses_lead_on(server: Server, hosted: Finished) -> None:
    moved = moved_addresses(hosted.guide)
    assert moved
    for old, new in moved.items():
        answer = server.get(f"/{old}")
        assert (answer.status, answer.headers["location"]) == (301, f"/{new}")
        page = new.partition("#")[0]
        assert (hosted.folder / page / "index.html").is_file(), f"{old} leads to no page"


def test_every_address_that_leads_on_is_known_to_the_servers(finished: Finished) -> None:
    moved = moved_addresses(finished.guide)
    for redirect in redirects(finished.guide):
        if redirect.parts:  # Only the stub can tell them apart: no server sees the fragment.
            assert redirect.address not in moved
        else:
            assert moved[redirect.address] == address_of(redirect.target)


class Tab:
    """A tab that records all errors and everything that the policy blocks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def open(self, url: str) -> Page:
        self.said.clear()
        self.page.goto(url, wait_until="networkidle")
        return self.page

    def complaints(self) -> list[str]:
        return [*self.said, *self.page.evaluate("window.violations")]


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    """A tab with scripts."""
    with browser.new_context() as context:
        context.add_init_script(VIOLATIONS)
        yield Tab(context.new_page())


@pytest.mark.parametrize("path", VISITED)
def test_a_page_opens_under_the_policy_with_no_complaint(
    server: Server, tab: Tab, path: str
) -> None:
    page = tab.open(server.url + url_of(path))
    assert tab.complaints() == []
    # The policy has allowed the page's style and scripts.
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    assert page.locator(".crs-scheme").is_visible() == (not page.locator(".crs-lean").count())


def test_search_works_under_the_policy(server: Server, tab: Tab) -> None:
    page = tab.open(server.url)
    page.locator(".crs-header__search").click()
    page.locator("#search-box").press_sequentially("fever")
    page.locator(".crs-search__link").first.wait_for()
    assert page.locator(".crs-search__card").is_visible()
    assert tab.complaints() == []
    page.locator(".crs-search__link").first.click()
    page.wait_for_url(lambda url: url.startswith(server.url) and url != server.url)
    assert tab.complaints() == []


def test_the_temperature_helper_works_under_the_policy(
    server: Server, tab: Tab, hosted: Finished
) -> None:
    page = tab.open(server.url + url_of("temperature.md"))
    fever = hosted.guide.temperatures["fever"]
    form = page.locator(".crs-temperature-helper")
    form.locator("input[inputmode]").first.fill(fever.fahrenheit_text)
    form.locator("[role=status]").filter(has_text=re.compile(r"\w")).first.wait_for()
    assert tab.complaints() == []


def test_dark_and_light_can_be_chosen_under_the_policy(server: Server, tab: Tab) -> None:
    page = tab.open(server.url)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label("Dark").check()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert tab.complaints() == []


def with_stranger(finished: Finished, folder: Path, *, bound: bool) -> Path:
    """Return a copy of the site with an unknown script in its first page.

    Args:
        finished: The site.
        folder: The folder of the copy.
        bound: Whether the page keeps its own policy.
    """
    shutil.copytree(finished.folder, folder, ignore=shutil.ignore_patterns("index.html.*"))
    page = folder / "index.html"
    html = page.read_text(encoding="utf-8").replace("</body>", f"{STRANGER}</body>")
    assert STRANGER in html
    page.write_text(html if bound else POLICY.sub("", html), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", SERVERS)
def test_the_header_alone_stops_a_script_that_the_build_has_not_seen(
    name: str, finished: Finished, tab: Tab, tmp_path: Path
) -> None:
    folder = with_stranger(finished, tmp_path / "site", bound=False)
    write_server_settings(finished.folder, finished.guide, tmp_path)
    with running(name, folder, tmp_path / SETTINGS[name]) as server:
        page = tab.open(server.url)
        assert any("script-src-elem inline" in text for text in tab.complaints())
        assert page.title() != "ran"
        tab.open(server.url + url_of("get-help.md"))
        assert tab.complaints() == []


def test_the_page_alone_stops_a_script_that_the_build_has_not_seen(
    finished: Finished, tab: Tab, tmp_path: Path
) -> None:
    for url in serve(with_stranger(finished, tmp_path / "site", bound=True)):
        page = tab.open(url)
        assert any("script-src-elem inline" in text for text in tab.complaints())
        assert page.title() != "ran"
        tab.open(url + url_of("get-help.md"))
        assert tab.complaints() == []


def test_scripts_and_styles_that_the_build_has_seen_work(
    finished: Finished, tab: Tab, tmp_path: Path
) -> None:
    css = "<style>p { color: rgb(1, 2, 3) }</style>"
    html = f'<!doctype html><head><meta charset="utf-8"><link rel="icon" href="data:,">{css}'
    html += f"<title>x</title></head><p style='margin: 7px'></p>{STRANGER}"
    (tmp_path / "index.html").write_text(html.replace("data:,", "x.svg"), encoding="utf-8")
    (tmp_path / "x.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    site = BuiltSite(tmp_path, finished.guide)
    add_policy(site)
    site.write()
    for url in serve(tmp_path):
        page = tab.open(url)
        assert tab.complaints() == []
        assert page.title() == "ran"
        style = page.locator("p").evaluate(
            "p => [getComputedStyle(p).color, getComputedStyle(p).margin]"
        )
        assert style == ["rgb(1, 2, 3)", "7px"]


def test_each_page_binds_itself_before_it_names_any_file(finished: Finished) -> None:
    header = headers_of(inline_of_folder(finished.folder))["Content-Security-Policy"]
    files = sorted(finished.folder.rglob("*.html"))
    assert len(files) > len(finished.guide.pages)
    for file in files:
        html = file.read_text(encoding="utf-8")
        [policy] = POLICY.findall(html)
        assert not re.search("<(script|link|style|img)", html.split(policy)[0]), file
        assert policy.count("'none'") >= 4
        # Browsers warn about this directive in a meta element, where it has no effect.
        assert "frame-ancestors" not in policy
        for part in policy.partition('content="')[2].removesuffix('">').split("; "):
            assert set(part.split()) <= set(header.replace(";", "").split()), file


def test_a_page_that_fetches_before_it_could_be_bound_stops_the_build(
    finished: Finished, tmp_path: Path
) -> None:
    html = '<head><link rel="icon" href="x.svg"><meta charset="utf-8"></head>'
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    with pytest.raises(FinishingError, match=r"add_policy: index\.html: there is no place"):
        add_policy(BuiltSite(tmp_path, finished.guide))


def test_the_policy_lets_nothing_in_from_elsewhere(finished: Finished) -> None:
    policy = headers_of(inline_of_folder(finished.folder))["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert "unsafe-hashes" not in directives["script-src"]
    for name in ("base-uri", "form-action"):
        assert directives[name] == "'none'"
    assert directives["frame-ancestors"] == "'self'"


def test_the_other_headers_tell_nobody_where_a_reader_was_and_hold_to_our_types_and_https(
    finished: Finished,
) -> None:
    # The values are repeated here, so that a header lost in the module is noticed.
    headers = headers_of(inline_of_folder(finished.folder))
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-site"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    for sense in ("camera", "geolocation", "microphone"):
        assert f"{sense}=()" in headers["Permissions-Policy"]


def test_no_page_has_script_that_no_hash_can_allow(finished: Finished) -> None:
    assert inline_of_folder(finished.folder).handlers == set()
    for file in finished.folder.rglob("*.html"):
        assert 'href="javascript:' not in file.read_text(encoding="utf-8"), file


def test_data_blocks_need_no_hash(tmp_path: Path) -> None:
    html = '<script type="application/ld+json">{"a": 1}</script><script src="a.js"></script>'
    html += "<script>one()</script><style>p{}</style><p style='color: red' onclick='x()'></p>"
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    found = inline_of_folder(tmp_path)
    assert found.scripts == {"one()"}
    assert found.styles == {"p{}"}
    assert found.attributes == {"color: red"}
    assert found.handlers == {"<p onclick>"}


@pytest.mark.parametrize("name", SERVERS)
def test_a_guide_below_another_site_leaves_that_site_alone(
    name: str, finished: Finished, tmp_path: Path
) -> None:
    root = tmp_path / "root"
    shutil.copytree(finished.folder, root / "crs")
    (root / "index.html").write_text("the hospital's own page", encoding="utf-8")

    moved = {"old/": "symptoms/#fever"}
    texts = server_settings(root / "crs", "https://hospital.example/crs/", moved)
    file = tmp_path / SETTINGS[name]
    file.write_text(texts[file.name], encoding="utf-8")
    with running(name, root / "crs" if name == "caddy" else root, file) as server:
        page = server.get("/crs/get-help/")
        assert page.status == 200
        assert page.headers["referrer-policy"] == "no-referrer"
        assert server.get("/crs/gone/").body == (root / "crs" / "404.html").read_bytes()
        assert server.get("/crs/old/").headers["location"] == "/crs/symptoms/#fever"
        assert server.get("/crs/assets/.x").status == 404
        hashed = server.get(f"/crs/{hashed_files(root / 'crs')[0]}")
        assert hashed.headers["cache-control"] == LONG
        assert server.get("/crs").headers["location"] == "/crs/"
        assert "content-security-policy" not in server.get("/").headers


def test_the_file_for_netlify_and_cloudflare_gives_each_header_once(
    finished: Finished, hosted: Finished
) -> None:
    text = (finished.folder / "_headers").read_text(encoding="utf-8")
    assert text == headers_file(finished.folder, inline_of_folder(finished.folder))
    text = headers_file(hosted.folder, inline_of_folder(hosted.folder))
    rules: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        # Limits of Cloudflare Pages: 100 rules, 2,000 characters a line.
        assert len(line) <= 2000
        if line.startswith("/"):
            rules[line] = {}
        else:
            name, _, value = line.strip().partition(": ")
            list(rules.values())[-1][name] = value
    assert len(rules) <= 100
    everywhere = rules.pop("/*")
    assert everywhere == headers_of(inline_of_folder(hosted.folder))
    assert rules.pop(f"/{WORKER}") == {"Cache-Control": ALWAYS_ASK}
    assert rules
    for path, own in rules.items():
        assert (hosted.folder / path.removeprefix("/")).is_file()
        assert re.search(HASHED, path)
        assert own == {"Cache-Control": LONG}


def test_the_redirects_for_netlify_and_cloudflare_are_those_of_the_servers(
    finished: Finished,
) -> None:
    text = (finished.folder / "_redirects").read_text(encoding="utf-8")
    assert text == redirects_file(moved_addresses(finished.guide))
    for line in text.splitlines():
        old, new, status = line.split(" ")
        assert old.startswith("/"), line
        assert new.startswith("/"), line
        assert status == "301"


def test_the_settings_name_the_edition_s_host(finished_edition: Finished) -> None:
    texts = server_settings(finished_edition.folder, finished_edition.guide.edition.site_address)
    for text in texts.values():
        assert "example-infirmary.example" in text
        assert "crs-guide.example" not in text


def test_the_github_workflow_builds_with_our_command_and_publishes_that_folder() -> None:
    text = (ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    steps = [step for job in workflow["jobs"].values() for step in job.get("steps", [])]
    commands = [step["run"] for step in steps if "run" in step]
    [build] = [command for command in commands if "scripts build" in command]
    [upload] = [step for step in steps if "upload-pages-artifact" in step.get("uses", "")]
    assert build.split() == ["python3", "-m", "scripts", "build"]
    assert upload["with"]["path"] == "site"
    assert all(
        re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps if "uses" in step
    )
    assert "secrets" not in text
    assert workflow["permissions"] == {"contents": "read"}


def test_the_github_workflow_publishes_nothing_that_has_not_passed_the_tests() -> None:
    folder = ROOT / ".github" / "workflows"
    jobs = yaml.safe_load((folder / "pages.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs["publish"]["needs"] == "build"
    assert jobs["build"]["needs"] == "test"
    assert jobs["test"] == {"uses": "./.github/workflows/test.yml"}
    tests = yaml.safe_load((folder / "test.yml").read_text(encoding="utf-8"))
    whole = tests["jobs"]["test"]
    assert ".ci/run" in [step.get("run") for step in whole["steps"]]
    assert whole["if"] == "github.event_name != 'push' || github.ref == 'refs/heads/main'"
