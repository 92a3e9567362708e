"""All components. To add one, write its module and name its class here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from scripts.components.a_to_z import AToZ
from scripts.components.article_review import ArticleReview
from scripts.components.base import Component
from scripts.components.bill_of_materials import BillOfMaterials
from scripts.components.call_script import CallScriptOnPage
from scripts.components.care_card import CareCardOnPage
from scripts.components.checklist import ChecklistOnPage
from scripts.components.cite import Cite
from scripts.components.contents import Contents
from scripts.components.download_table import DownloadTable
from scripts.components.emergency_line import EmergencyLine
from scripts.components.figure import FigureOnPage
from scripts.components.first_calls import FirstCalls
from scripts.components.glossary import Glossary
from scripts.components.grades import GradesOnPage
from scripts.components.help_bar import HelpBar
from scripts.components.kept_list import KeptList
from scripts.components.link_kit import LinkKitOnPage
from scripts.components.no_answer import NoAnswerOnPage
from scripts.components.number import NumberInText
from scripts.components.pack_downloads import PackDownloads
from scripts.components.page import PageContext
from scripts.components.page_foot import PageFoot
from scripts.components.phone import PhoneInText
from scripts.components.record_codes import RecordCodes
from scripts.components.record_requests import RecordRequests
from scripts.components.region_rules import RegionRules
from scripts.components.review_note import ReviewNote
from scripts.components.sheet_list import SheetList
from scripts.components.sheet_pack import SheetPackOnPage
from scripts.components.source_library import SourceLibrary
from scripts.components.source_lines import SourceLines
from scripts.components.temperature import TemperatureInText
from scripts.components.temperature_helper import Helper
from scripts.components.term import TermInText
from scripts.components.timeline import TimelineOnPage
from scripts.components.unknown_code import UnknownCode
from scripts.guide.citations import Carried, Citations
from scripts.guide.guide import Guide
from scripts.guide.pages import Call

CLASSES: tuple[type[Component], ...] = (
    TemperatureInText,
    NumberInText,
    Cite,
    TermInText,
    PhoneInText,
    RegionRules,
    HelpBar,
    PageFoot,
    ReviewNote,
    Contents,
    CareCardOnPage,
    FirstCalls,
    EmergencyLine,
    NoAnswerOnPage,
    CallScriptOnPage,
    Helper,
    ChecklistOnPage,
    LinkKitOnPage,
    SheetList,
    SheetPackOnPage,
    PackDownloads,
    DownloadTable,
    BillOfMaterials,
    KeptList,
    RecordCodes,
    RecordRequests,
    UnknownCode,
    FigureOnPage,
    TimelineOnPage,
    GradesOnPage,
    ArticleReview,
    AToZ,
    Glossary,
    SourceLines,
    SourceLibrary,
)

COMPONENTS: dict[str, Component] = {each.macro: each() for each in CLASSES}
"""Every macro that a page may call, by its name."""


def carried(call: Call, guide: Guide) -> Carried:
    """Return the facts and the sources that a macro call rests on."""
    return COMPONENTS[call.name].carried(call, guide) if call.name in COMPONENTS else ((), ())


CITATIONS = Citations(carried, {name for name, each in COMPONENTS.items() if each.marking})
"""Answers what pages rest on."""


class Macros(PageContext):
    """The macros of one page: an attribute for each component, which renders it there."""

    def __init__(self, guide: Guide, path: str, **options: Any) -> None:
        """Keep the guide, the page and the options of ``PageContext``."""
        super().__init__(guide, path, CITATIONS, **options)

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        """Return the function that renders a component.

        Raises:
            AttributeError: There is no such component.
        """
        if name not in COMPONENTS:
            raise AttributeError(f"there is no component “{name}”")

        def macro(*args: Any, **options: Any) -> Markup:
            return COMPONENTS[name].html(self, *args, **options)

        macro.__name__, macro.__doc__ = name, COMPONENTS[name].html.__doc__
        return macro
