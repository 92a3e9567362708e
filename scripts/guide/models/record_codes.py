"""Codes that record systems use in requests, and the pages they lead to."""

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
    # The code is also the name of a folder, and some file systems allow no colon.
    if not CODE.fullmatch(code):
        remedy = "Write it in capitals and digits, such as D89.831."
        raise fault("code", f"“{code}” cannot be a code", remedy)
    return code


def _is_oid(oid: str) -> str:
    if not OID.fullmatch(oid):
        remedy = (
            'Write numbers with dots between them, in quotes, such as "2.16.840.1.113883.6.90".'
        )
        raise fault("oid", f"“{oid}” is not an object identifier", remedy)
    return oid


def _is_parameter(parameter: str) -> str:
    if not PARAMETER.fullmatch(parameter):
        remedy = "Write it as in an address, such as age.v.v=63, with + for a space."
        raise fault("parameter", f"“{parameter}” is not a parameter", remedy)
    return parameter


class Code(Model):
    """A code.

    Attributes:
        code: Spelling of the system that defines it.
        meaning: Meaning in our words, as stated in the fact; not the system's own name for it.
    """

    code: Annotated[str, AfterValidator(_is_code)]
    meaning: Plain


class CodeGroup(Sourced):
    """Codes of one system that lead to the same places.

    Attributes:
        system: Name of the system.
        oid: Object identifier of the system, which requests contain.
        published: Day on which their addresses were published.
        patient: Page for a patient or caregiver.
        staff: Page for a clinician.
        codes: The codes, all of them named by the fact.
    """

    system: Plain
    oid: Annotated[str, AfterValidator(_is_oid)]
    published: datetime.date
    patient: Place
    staff: Place
    codes: Some[Code]


class RecordRequest(Model):
    """An example request of a record system, for people who set one up.

    Attributes:
        about: Who asks, and on behalf of which reader.
        parameters: Names and values, as written in the address.
        opens: The page that it opens.
    """

    about: Plain
    parameters: Some[Annotated[str, AfterValidator(_is_parameter)]]
    opens: Place

    @property
    def query(self) -> str:
        """The query string: the part of the address after the question mark."""
        return "&".join(self.parameters)
