"""Requests that a record system can send."""

from __future__ import annotations

from markupsafe import Markup

from scripts.components.base import Component
from scripts.components.page import PageContext
from scripts.guide.models.record_codes import RecordRequest
from scripts.guide.pages import url_of
from scripts.guide.store import Store

RECORD_REQUESTS = Store(
    "record-requests", lambda reader: reader.list(RecordRequest, "record-requests.yml", "about")
)


class RecordRequests(Component):
    """Requests that a record system can send, with the page that each opens."""

    macro = "record_requests"
    stores = (RECORD_REQUESTS,)

    def html(self, page: PageContext) -> Markup:
        """Render each request with the page that it opens."""
        guide = page.guide
        responder = guide.edition.site_address + url_of(guide.page_for("record-systems"))
        requests = [
            {
                "about": request.about,
                "address": f"{responder}?{request.query}",
                "url": page.url(*request.opens.split("#")),
                "title": page.guide.title_of(request.opens),
            }
            for request in guide.data(RECORD_REQUESTS).values()
        ]
        return page.render("record-requests.html", requests=requests)
