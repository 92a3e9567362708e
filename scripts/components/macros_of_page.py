"""The macros: each picks its data and passes it to its partial. No markup, no arithmetic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import cycle
from posixpath import relpath
from typing import Any

from markupsafe import Markup

from scripts.components.copy_texts import paste_texts
from scripts.components.qr_codes import qr_code, qr_path
from scripts.components.render import Words, literal, one_line, render
from scripts.components.sheet_words import SheetWords, conversion
from scripts.guide.addresses import CODES, DIRECTORY, moved_parts
from scripts.guide.citations import lines_of_sources, marks_of, sources_of
from scripts.guide.clinic_words import clinic_html
from scripts.guide.downloads import BILL, PACK, PREVIEW_SIZE, Downloads
from scripts.guide.guide import Guide
from scripts.guide.logo import logo_path
from scripts.guide.models.edition import Which
from scripts.guide.models.link_kit import Moment
from scripts.guide.pages import Page, url_of
from scripts.guide.record_codes import RESPONDER, UNKNOWN_CODE

IDS = re.compile(r' (?:id|aria-labelledby)="[^"]*"')


TITLE_SAYS_ENOUGH = ("about/", "clinics/", "print/")
"""Pages whose parts are no topics of a patient: the list of all topics names the page alone."""


def line_id(path: str, number: int) -> str:
    """Return the id of a line of the sources of a lean page."""
    return f"{path.removesuffix('.md')}-{number}"


class Components:
    """The macros of one page of the guide."""

    def __init__(
        self,
        guide: Guide,
        path: str,
        *,
        directory_urls: bool = True,
        from_file: bool = False,
        downloads: Downloads | None = None,
    ) -> None:
        """Keep the guide and the page.

        Args:
            guide: The checked content.
            path: The page, such as ``about/index.md``.
            directory_urls: Whether addresses end in a slash; not so in a folder that is opened by
                double click.
            from_file: Whether the engine takes addresses as seen from the page's file, as Zensical
                does, and turns them itself into those that are seen from the page.
            downloads: The PDFs and pictures of this build, if it has any.
        """
        self.guide, self.path, self.directory_urls = guide, path, directory_urls
        self.folder = path.rpartition("/")[0] if from_file else url_of(path)
        self.downloads = downloads or Downloads()
        self.words = Words(guide)

    @cached_property
    def page(self) -> Page:
        """The page that calls."""
        return self.guide.pages[self.path]

    @cached_property
    def listed(self) -> list[str]:
        """The sources at the foot of the page, in the order of their numbers."""
        used = sources_of(self.page, self.guide)
        return [name for name in self.page.meta.sources if name in used]

    def url(self, path: str, anchor: str = "") -> str:
        """Give the address of a page as seen from this one."""
        fragment = f"#{anchor}" if anchor else ""
        if not self.directory_urls:
            start = self.path.rpartition("/")[0] or "."
            return relpath(path.removesuffix(".md") + ".html", start) + fragment
        target = url_of(path)
        if fragment and target == url_of(self.path):
            return fragment
        relative = relpath(target or ".", self.folder or ".")
        return f"{relative}/{fragment}"

    def file_url(self, path: str) -> str:
        """Give the address of a file of the site as seen from this page."""
        here = self.folder if self.directory_urls else self.path.rpartition("/")[0]
        return relpath(path, here or ".")

    def render(self, template: str, **context: Any) -> Markup:
        """Render a partial with what all partials share."""
        shared = {
            "strings": self.guide.strings,
            "edition": self.guide.edition,
            "words": self.words,
            "url": self.url,
            "file_url": self.file_url,
            "logo": self.logo,
            "page_address": f"{self.guide.edition.short_address}/{url_of(self.path)}".removesuffix(
                "/"
            ),
        }
        return render(template, **shared | context)

    def temperature(self, name: str) -> Markup:
        """Show a temperature of ``temperatures.yml`` in both units."""
        return self.words.temperature(self.guide.temperatures[name])

    def number(self, name: str, *, mark: bool = True) -> Markup:
        """Show a number with its words, and the mark of its sources."""
        text = self.words.rich(self.guide.numbers[name].text)
        shown = self._mark_of_block("number", name) if mark else Markup("")
        return render("number.html", text=text, mark=shown)

    def region_rules(self, name: str) -> Markup:
        """List a rule by region, the edition's own first, or only the clinic's own rule."""
        if own := self.words.own_rule(name):
            rows = [(self.guide.strings.from_your_team, literal(own))]
            return self.render("region-rules.html", rows=rows, mark=Markup(""))
        regions = self.guide.regions_with(name)
        rules = [region.rules[name] for region in regions]
        rows = [
            (region.name, self.words.rich(rule.text))
            for region, rule in zip(regions, rules, strict=True)
        ]
        sources = dict.fromkeys(source for rule in rules for source in rule.sources)
        return self.render("region-rules.html", rows=rows, mark=self._mark(tuple(sources)))

    def cite(self, *sources: str, fact: str = "") -> Markup:
        """Name the sources of a statement. ``fact`` says what they carry; the checks hold it.

        The reader sees one mark a paragraph or list: the calls before it show nothing.
        """
        return self._mark_of_block("cite", *sources, fact=fact)

    @cached_property
    def _marks(self) -> dict[str, Iterator[tuple[str, ...]]]:
        """The sources of the mark at each macro call of the page, by call and in order.

        The same call may stand on a page more than once. An engine may also render a page more
        than once: then the marks start again.
        """
        marks: dict[str, list[tuple[str, ...]]] = {}
        for call, sources in marks_of(self.page, self.guide):
            key = repr((call.name, call.args, {"fact": ""} | call.kwargs))
            marks.setdefault(key, []).append(sources)
        return {key: cycle(each) for key, each in marks.items()}

    def _mark_of_block(self, name: str, *args: str, fact: str = "") -> Markup:
        """Show the mark of a paragraph or list, if this call is the one that shows it."""
        return self._mark(next(self._marks[repr((name, args, {"fact": fact}))]))

    def _mark(self, sources: tuple[str, ...]) -> Markup:
        """Show the mark that opens sources; nothing where there are none."""
        if not sources:
            return Markup("")
        numbers = sorted(self.listed.index(name) + 1 for name in sources)
        address = f"#source-{numbers[0]}"
        if self.page.meta.lean:
            names = tuple(self.listed[number - 1] for number in numbers)
            numbers = [lines_of_sources(self.page, self.guide).index(names) + 1]
            address = self.url("about/sources.md", line_id(self.path, numbers[0]))
        return self.render("cite.html", address=address, numbers=numbers)

    def term(self, name: str, *, text: str = "") -> Markup:
        """Mark a word of the glossary, leading to its meaning at the foot of the page."""
        term = self.guide.terms[name]
        return self.render("term.html", term=term, text=text or term.term)

    def phone(self, which: Which) -> Markup:
        """Show a number of the edition, or where to find it."""
        return self.words.phone(which)

    def help_bar(self) -> Markup:
        """Lead to help, on screen and on paper, and say whose guide this is."""
        return self.render("help-bar.html", here=self.path == "get-help.md")

    @property
    def logo(self) -> str | None:
        """The address of the clinic's logo; none without the files of a build."""
        name = self.guide.edition.logo
        return self.file_url(logo_path(name)) if name and self.downloads.folder else None

    def care_card(self, name: str) -> Markup:
        """Show one of the three urgencies. Its id is its name."""
        card, groups = self.guide.care_cards[name], self.guide.groups_of(name)
        return self.render("care-card.html", name=name, card=card, groups=groups, prefix="")

    def first_calls(self) -> Markup:
        """Show the two calls of a crisis, short enough for the first screen."""
        return self.render("first-calls.html", cards=self.guide.care_cards)

    def emergency_line(self) -> Markup:
        """Show the signs of an emergency in short, on a page that does not show the card."""
        return self.render("emergency-line.html", card=self.guide.care_cards["emergency"])

    def no_answer(self) -> Markup:
        """Show what to do when nobody answers or calls back."""
        rule = self.guide.no_answer
        lines = [self.words.rich(line) for line in rule.lines]
        return self.render("no-answer.html", lines=lines, mark=self._mark(tuple(rule.sources)))

    def call_script(self) -> Markup:
        """Show what to say when you ring, with blanks."""
        script, rich = self.guide.call_script, self.words.rich
        lines = [rich(line) for line in script.lines]
        return self.render("call-script.html", lines=lines, note=rich(script.note))

    def checklist(self, slug: str) -> Markup:
        """Show a sheet to print, tick and fill in."""
        return self._sheet(slug, self.guide, downloads=self.downloads.of(slug))

    def _sheet(self, slug: str, guide: Guide, **options: Any) -> Markup:
        words = Words(guide)
        context = {
            "slug": slug,
            "tools": True,
            "downloads": [],
            "sheet": SheetWords(guide, slug, words.rich).document(),
            "record": guide.checklists[slug],
            "words": words,
        }
        return self.render("sheet.html", **context | options)

    def link_kit(self) -> Markup:
        """Show which link belongs to which moment, with QR codes and words to copy."""
        guide, edition = self.guide, self.guide.edition

        def moment_of(name: str, moment: Moment) -> dict[str, Any]:
            path, _, anchor = moment.page.partition("#")
            short = guide.short_form(moment.page) or edition.site_address
            files = (
                [qr_path(name, kind) for kind in ("svg", "png")] if self.downloads.folder else []
            )
            return {
                "name": name,
                "when": moment.when,
                "title": guide.pages[path].meta.title,
                "url": self.url(path, anchor),
                "address": edition.site_address + url_of(path) + (f"#{anchor}" if anchor else ""),
                "short": short,
                "qr": qr_code(short),
                "files": files,
                "texts": paste_texts(moment.text, short, self.words),
            }

        moments = [moment_of(name, moment) for name, moment in guide.link_kit.moments.items()]
        named = (name for moment in guide.link_kit.moments.values() for name in moment.sources)
        mark = self._mark(tuple(dict.fromkeys(named)))
        return self.render("link-kit.html", moments=moments, mark=mark)

    def record_codes(self) -> Markup:
        """Show the codes of record systems as links; with script, answer their requests."""

        def link(place: str) -> dict[str, str]:
            path, _, anchor = place.partition("#")
            return {"url": self.url(path, anchor), "title": self._title(place)}

        site, languages = self.guide.edition.site_address, self.guide.edition.languages
        groups: list[dict[str, Any]] = [
            {"group": group, "patient": link(group.patient), "staff": link(group.staff)}
            for group in self.guide.record_codes.values()
        ]
        return self.render(
            "record-codes.html",
            groups=groups,
            codes=f"{site}{CODES}",
            directory=f"{site}{DIRECTORY}",
            unknown=self.url("index.md", UNKNOWN_CODE),
            sources=tuple(dict.fromkeys(s for row in groups for s in row["group"].sources)),
            mark=self._mark,
            language=languages[0],
        )

    def record_requests(self) -> Markup:
        """Show requests that a record system can send, with the page that each opens."""
        responder = f"{self.guide.edition.site_address}{url_of(RESPONDER)}"
        requests = [
            {
                "about": request.about,
                "address": f"{responder}?{request.query}",
                "url": self.url(*request.opens.split("#")),
                "title": self._title(request.opens),
            }
            for request in self.guide.record_requests.values()
        ]
        return self.render("record-requests.html", requests=requests)

    def unknown_code(self) -> Markup:
        """Tell who comes from a record system with an unknown code where they are."""
        return self.render("unknown-code.html", id=UNKNOWN_CODE)

    def _title(self, place: str) -> str:
        """Name a page, or a part of one by its heading."""
        path, _, anchor = place.partition("#")
        page = self.guide.pages[path]
        words = [heading.text for heading in page.headings if heading.id and heading.id == anchor]
        return words[0] if words else page.meta.title

    def sheet_list(self) -> Markup:
        """Show all sheets by occasion, with small pictures of them."""
        size = PREVIEW_SIZE[self.guide.edition.paper]
        return self.render("sheet-list.html", groups=self._groups(), preview_size=size)

    def sheet_pack(self) -> Markup:
        """Show a choice of sheets that come out of the printer together."""
        lead = self.guide.edition.leading_unit
        units = ["celsius", "fahrenheit"] if lead == "celsius" else ["fahrenheit", "celsius"]
        guides = {
            unit: replace(
                self.guide, edition=self.guide.edition.model_copy(update={"leading_unit": unit})
            )
            for unit in units
        }

        def markup(slug: str, guide: Guide) -> Markup:
            # Each sheet stands here twice and nothing links to its parts; search goes by ids.
            return Markup(IDS.sub("", self._sheet(slug, guide, tools=False)))  # noqa: S704

        groups = self._groups()
        for group in groups:
            for sheet in group["sheets"]:
                sheet["markups"] = [
                    {"unit": unit, "sheet": markup(sheet["slug"], guide)}
                    for unit, guide in guides.items()
                ]
        return self.render("sheet-pack.html", groups=groups, units=units)

    def pack_downloads(self) -> Markup:
        """Link to the PDFs that hold all sheets."""
        return self.render("downloads.html", downloads=self.downloads.of(PACK), labelled_by="")

    def download_table(self) -> Markup:
        """Show all PDFs: each sheet and the whole pack, on both papers, in both sizes of print."""
        names = {PACK: self.guide.strings.pack_title} | {
            slug: self.guide.checklists[slug].title for slug in self.guide.sheet_pack.sheets
        }
        rows = [
            {"name": self.words.rich(name), "downloads": self.downloads.of(slug)}
            for slug, name in names.items()
        ]
        return self.render("download-table.html", rows=rows if rows[0]["downloads"] else [])

    def bill_of_materials(self) -> Markup:
        """Link to the list of all parts that this build was made with."""
        file = BILL if self.downloads.folder else None
        return self.render("bill-of-materials.html", file=file)

    def kept_list(self) -> Markup:
        """Show all that our scripts keep in a browser."""
        return self.render("kept-list.html", kept=self.guide.kept)

    def _groups(self) -> list[dict[str, Any]]:
        pack = self.guide.sheet_pack

        def sheet_of(slug: str) -> dict[str, Any]:
            path = f"print/{slug}.md"
            return {
                "slug": slug,
                "page": path,
                "title": self.words.rich(self.guide.checklists[slug].title),
                "about": self.guide.pages[path].meta.description,
                "preview": self.downloads.preview(slug),
                "chosen": slug not in pack.on_request,
            }

        return [
            {"heading": group.heading, "sheets": [sheet_of(slug) for slug in group.sheets]}
            for group in pack.groups
        ]

    def contents(self) -> Markup:
        """List the parts of this page, each a link."""
        parts = [heading for heading in self.guide.pages[self.path].headings if heading.level == 2]
        return self.render("contents.html", parts=parts)

    def figure(self, slug: str) -> Markup:
        """Show a drawing with its words."""
        return self.render("figure.html", slug=slug, figure=self.guide.figures[slug])

    def timeline(self) -> Markup:
        """Show when CRS usually starts, drawn and as a table."""
        timeline = self.guide.timeline
        rows = (name for row in timeline.rows for name in row.sources)
        mark = self._mark(tuple(dict.fromkeys([*timeline.sources, *rows])))
        return self.render("timeline.html", timeline=timeline, mark=mark)

    def grades(self, name: str) -> Markup:
        """Render a table of grades, with a column for each grade, as hospitals print it."""
        table = self.guide.grades[name]
        return self.render("grades.html", name=name, table=table, mark=self._mark)

    def article_review(self) -> Markup:
        """Show what became of each statement of the source article."""
        titles = {path: page.meta.title for path, page in self.guide.pages.items()}
        anchors = {
            f"{path}#{heading.id}": heading.text
            for path, page in self.guide.pages.items()
            for heading in page.headings
        }
        labels = {
            f"{path}#{name}": card.label
            for path in titles
            for name, card in self.guide.care_cards.items()
        }
        names = titles | labels | anchors
        return self.render(
            "article-review.html", statements=self.guide.article, names=names, titles=titles
        )

    def a_to_z(self) -> Markup:
        """Show all topics, questions and lay words as links, by letter."""
        found: dict[tuple[str, str], dict[str, str]] = {}

        def add(text: str, place: str, page: str = "") -> None:
            entry = {"text": text, "url": self.url(*place.split("#")), "page": page}
            found.setdefault((text.casefold(), page and place), entry)

        for term in self.guide.lay_terms.terms.values():
            for text in term.shown:
                add(text[0].upper() + text[1:], term.leads_to[0])
        for path, page in self.guide.pages.items():
            if path == self.path:
                continue
            add(page.meta.title, path)
            if path.startswith(TITLE_SAYS_ENOUGH):
                continue
            for heading in page.headings:
                if heading.id:
                    question = page.meta.questions and heading.level == 3
                    place = f"{path}#{heading.id}"
                    add(heading.text, place, "" if question else page.meta.title)
        letters: dict[str, list[dict[str, str]]] = {}
        for (text, _), entry in sorted(found.items()):
            first = next((letter for letter in text if letter.isalnum()), "#")
            letters.setdefault(first.upper() if first.isalpha() else "0", []).append(entry)
        return self.render("a-to-z.html", letters=sorted(letters.items()))

    def glossary(self) -> Markup:
        """Show all words of the glossary."""
        terms = sorted(self.guide.terms.values(), key=lambda term: term.term.casefold())
        return self.render("glossary.html", terms=terms)

    def source_lines(self, path: str) -> Markup:
        """Show the sources of a lean page, a line for each of its marks and cards."""
        page = self.guide.pages[path]
        lines = [
            (line_id(path, number), [self.guide.sources[name] for name in names])
            for number, names in enumerate(lines_of_sources(page, self.guide), 1)
        ]
        return self.render("source-lines.html", lines=lines)

    def source_library(self) -> Markup:
        """Show all sources that some page cites, and on which pages."""
        pages: dict[str, list[Page]] = {}
        for page in self.guide.pages.values():
            used = sources_of(page, self.guide)
            for name in page.meta.sources:
                if name in used:
                    pages.setdefault(name, []).append(page)
        entries = [(self.guide.sources[name], pages[name]) for name in pages]
        entries.sort(key=lambda entry: entry[0].title.casefold())
        return self.render("source-library.html", entries=entries)

    def review_note(self) -> Markup:
        """Show when the page was checked, when it is due and who reviewed it."""
        return self.render("review-note.html", meta=self.page.meta)

    def page_foot(self) -> Markup:
        """Close a page: next step, words, sources, review note."""
        guide, page = self.guide, self.page
        names = dict.fromkeys(call.first for call in page.calls if call.name == "term")
        return self.render(
            "page-foot.html",
            meta=page.meta,
            local=self._local(),
            moved=[
                {"id": part, "url": self.url(*place.split("#")), "title": self._title(place)}
                for part, place in moved_parts(self.path, guide).items()
            ],
            next_pages=[guide.pages[path] for path in page.meta.next],
            terms=[guide.terms[name] for name in names],
            sources=[guide.sources[name] for name in self.listed],
            library_part=self.path.removesuffix(".md"),
        )

    def _local(self) -> dict[str, Any] | None:
        """Give the clinic's own words and links for this page, if it has any."""
        edition = self.guide.edition
        words = edition.paragraphs.get(self.path)
        if not words and not edition.links:
            return None
        return {"words": one_line(clinic_html(words or "")), "links": edition.links}

    def temperature_helper(self) -> Markup:
        """Show the converter, for those with script, and the table, for everyone."""
        guide = self.guide
        levels = {"fever": guide.temperatures["fever"], "low": guide.temperatures["low"]}
        helper = render(
            "temperature-helper.html",
            helper=self.words.filled(guide.temperature_helper),
            id_prefix="temperature-helper",
            leading_unit=guide.edition.leading_unit,
            **levels,
        )
        return helper + self._table()

    def _table(self) -> Markup:
        return render("temperature-table.html", table=conversion(self.guide, self.words.rich))


def macros_for(
    components: Callable[[], Components], names: list[str]
) -> dict[str, Callable[..., str]]:
    """Give a function for each macro that asks, at each call, for the page it stands on."""

    def bind(name: str) -> Callable[..., str]:
        def macro(*args: Any, **kwargs: Any) -> str:
            return str(getattr(components(), name)(*args, **kwargs))

        macro.__name__ = name
        macro.__doc__ = getattr(Components, name).__doc__
        return macro

    return {name: bind(name) for name in names}
