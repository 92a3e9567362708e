"""A rule that differs by region: staying near, driving."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.components.render import literal
from scripts.components.review import Review, Row
from scripts.guide.citations import Carried
from scripts.guide.guide import Guide
from scripts.guide.pages import Call, Heading


class RegionRules(Component):
    """A rule for each region, the edition's own region first, or only the clinic's own rule."""

    macro = "region_rules"
    listed_in = "docs/data/region-rules.yml"

    def names(self, guide: Guide) -> Collection[str]:
        """Return the names of the rules."""
        return {name for region in guide.regions.values() for name in region.rules}

    def html(self, page: PageContext, name: str) -> Markup:
        """Render a rule for each region, or only the clinic's own rule."""
        if own := page.formatter.own_rule(name):
            rows = [(page.guide.strings.from_your_team, literal(own))]
            return page.render("region-rules.html", rows=rows, mark=Markup(""))
        regions = page.guide.regions_with(name)
        rules = [region.rules[name] for region in regions]
        rows = [
            (region.name, page.formatter.rich(rule.text))
            for region, rule in zip(regions, rules, strict=True)
        ]
        sources = dict.fromkeys(source for rule in rules for source in rule.sources)
        return page.render("region-rules.html", rows=rows, mark=page.mark(tuple(sources)))

    def carried(self, call: Call, guide: Guide) -> Carried:
        """Return the facts and the sources of the rules; a clinic's own rule has none."""
        if guide.edition.own_rule(call.first):
            return (), ()
        rules = [region.rules[call.first] for region in guide.regions_with(call.first)]
        return [rule.fact for rule in rules], [source for rule in rules for source in rule.sources]

    def rows(self, call: Call, review: Review, section: Heading | None) -> Iterator[Row]:
        """Yield a row for each region, or one for the clinic's own rule."""
        if own := review.page.formatter.own_rule(call.first):
            yield Row(section, "own", str(own))
            return
        for region in review.guide.regions_with(call.first):
            rule = region.rules[call.first]
            words = f"{region.name}: {review.say(rule.text)}"
            yield review.row(section, "region-rule", words, rule.facts, rule.sources)
