"""Codes that record systems ask with, and where each leads."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator

from scripts.guide.models.address import Place
from scripts.guide.models.base import Model, Plain, Some, Sourced, fault

CODE = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)?")
OID = re.compile(r"[0-2](\.(0|[1-9][0-9]*))+")
PARAMETER = re.compile(r"[A-Za-z][A-Za-z0-9.]*=[A-Za-z0-9.+_/-]*")


def _is_code(code: str) -> str:
    # It names a folder too, on systems that know no colon.
    if not CODE.fullmatch(code):
        remedy = "Write it in capitals and digits, such as D89.831."
        raise fault("code", f"“{code}” cannot be a code", remedy)
    return code


def _is_oid(oid: str) -> str:
    if not OID.fullmatch(oid):
        remedy = (
            'Write numbers with dots between them, in quotes, such as "2.16.840.1.113883.6.90".'
        )
        raise fault("oid", f"“{oid}” is no object identifier", remedy)
    return oid


def _is_parameter(parameter: str) -> str:
    if not PARAMETER.fullmatch(parameter):
        remedy = "Write it as an address holds it, such as age.v.v=63, with + for a space."
        raise fault("parameter", f"“{parameter}” is no parameter", remedy)
    return parameter


class Code(Model):
    """A code.

    Attributes:
        code: As its system writes it.
        meaning: In our words, as the fact has it; not the system's own name for it.
    """

    code: Annotated[str, AfterValidator(_is_code)]
    meaning: Plain


class CodeGroup(Sourced):
    """Codes of one system that lead to the same places.

    Attributes:
        system: Its name.
        oid: Its object identifier, which requests carry.
        published: The day on which their addresses were published.
        patient: Where a patient or caregiver is led.
        staff: Where a clinician is led.
        codes: The codes, all of them named by the fact.
    """

    system: Plain
    oid: Annotated[str, AfterValidator(_is_oid)]
    published: datetime.date
    patient: Place
    staff: Place
    codes: Some[Code]


class RecordRequest(Model):
    """A request as a record system sends it, for people who set one up.

    Attributes:
        about: Who asks, and for whom.
        parameters: Names and values, as they stand in the address.
        opens: The page that it opens.
    """

    about: Plain
    parameters: Some[Annotated[str, AfterValidator(_is_parameter)]]
    opens: Place

    @property
    def query(self) -> str:
        """What follows the question mark."""
        return "&".join(self.parameters)
