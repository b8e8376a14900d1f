"""Primitives of an association, valid ones unless something is changed."""

from __future__ import annotations

from typing import Any

from dimse_primitives import Violation
from dimse_primitives.upper_layer import (
    A_ASSOCIATE,
    A_ASSOCIATE_RQ,
    ImplementationClassUIDSubItem,
    MaximumLengthSubItem,
)

VERIFICATION, IMPLICIT = "1.2.840.10008.1.1", "1.2.840.10008.1.2"
INFORMATION = (MaximumLengthSubItem(16384), ImplementationClassUIDSubItem("1.2.3"))
HERE, THERE = ("10.0.0.1", 11112), ("10.0.0.2", 104)


def request(**values: Any) -> A_ASSOCIATE:
    given: dict[str, Any] = {
        "application_context_name": "1.2.840.10008.3.1.1.1",
        "calling_ae_title": "CALLING",
        "called_ae_title": "CALLED",
        "user_information": INFORMATION,
        "calling_presentation_address": HERE,
        "called_presentation_address": THERE,
        "presentation_context_definition_list": [(1, VERIFICATION, [IMPLICIT])],
    }
    return A_ASSOCIATE.request(**{**given, **values})


def indication(**values: Any) -> A_ASSOCIATE:
    pdu = request(**values).to_pdu()
    assert isinstance(pdu, A_ASSOCIATE_RQ)
    return pdu.to_primitive(calling_presentation_address=HERE, called_presentation_address=THERE)


def response(**values: Any) -> A_ASSOCIATE:
    given: dict[str, Any] = {
        "application_context_name": "1.2.840.10008.3.1.1.1",
        "calling_ae_title": "CALLING",
        "called_ae_title": "CALLED",
        "user_information": INFORMATION,
        "result": 0,
        "presentation_context_definition_list_result": [(1, 0, IMPLICIT)],
        "responding_ae_title": "CALLED",
        "responding_presentation_address": THERE,
    }
    return A_ASSOCIATE.response(**{**given, **values})


def rules(violations: tuple[Violation, ...]) -> list[tuple[str, str]]:
    return [(each.rule, each.parameter) for each in violations]
