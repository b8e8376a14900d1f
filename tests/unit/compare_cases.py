"""Edits of every kind, and all that has to be found about each.

A finding is written as its rule, service, direction, keyword and verdicts, a hyphen standing for
what it is not about. What is expected was worked out by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .schema_edits import content, edited, files, text_of

ELEMENTS = "elements.yaml"
STATUSES = "statuses.yaml"
N_GET = "services/n_get.yaml"
N_SET = "services/n_set.yaml"
N_ACTION = "services/n_action.yaml"
N_DELETE = "services/n_delete.yaml"
C_FIND = "services/c_find.yaml"
C_STORE = "services/c_store.yaml"
C_ECHO = "services/c_echo.yaml"


@dataclass(frozen=True)
class Case:
    """The texts of the new version, what is found, and the texts of the old one."""

    new: Mapping[str, str]
    expected: tuple[str, ...]
    old: Mapping[str, str] = field(default_factory=dict)


def one(name: str, before: str, after: str, *expected: str) -> Case:
    return Case(edited(name, (before, after)), expected)


def everywhere(old: str, new: str) -> dict[str, str]:
    """Return the texts in which a word is written otherwise."""
    names = [ELEMENTS, STATUSES, "errata.yaml", *files()]
    return {name: re.sub(rf"\b{old}\b", new, text_of(name)) for name in names}


def fixed(value: str) -> dict[str, str]:
    row = 'Priority:                             {request: M,   response: "-",    see'
    return edited(C_STORE, (row, f'Priority: {{request: MF, response: "-", value: {value}, see'))


def renamed(former: str, keyword: str, name: str) -> dict[str, str]:
    texts = everywhere(former, keyword)
    declared = texts[ELEMENTS].replace(f"name: {name}}}", f"name: {name}, renamed_from: {former}}}")
    return texts | {ELEMENTS: declared}


def listing(status: str) -> list[str]:
    """Return the services that list a status, in the order of their files."""
    found = [content(text_of(name)) for name in files()]
    return [each["service"] for each in found if status in each["statuses"]]


def without_n_delete() -> dict[str, str]:
    lines = text_of("errata.yaml").split("\n")
    return {N_DELETE: "", "errata.yaml": "\n".join(x for x in lines if "- N-DELETE." not in x)}


def with_a_cancel(name: str) -> dict[str, str]:
    """Return the C-ECHO that can be cancelled as a C-FIND can."""
    text = text_of(name).replace("response: Rsp/Conf}", "response: Rsp/Conf, cancel: CnclReq}")
    text = re.sub(r"(response: (?:[MUC]|\"[^\"]*\"),)", r'\1 cancel: "-",', text)
    row = "  MessageIDBeingRespondedTo: "
    lines = [
        line.replace('cancel: "-"', "cancel: M") if line.startswith(row) else line
        for line in text.split("\n")
    ]
    text = "\n".join(lines)
    start = text_of(C_FIND).index("  cancel:\n")
    message = text_of(C_FIND)[start : text_of(C_FIND).index("\n# The Status clause")]
    message = message.replace("C-CANCEL-FIND-RQ", "C-CANCEL-ECHO-RQ")
    return {name: text.replace("\n# The Status clause", f"{message}\n# The Status clause")}


def row_renamed() -> dict[str, str]:
    """Return the N-ACTION whose Action Reply is called as that of N-EVENT-REPORT."""
    text = re.sub(r"\bActionReply\b", "EventReply", text_of(N_ACTION))
    see = 'see: "10.1.4.1.9"'
    return {N_ACTION: text.replace(see, f"{see}, renamed_from: ActionReply")}


CASES: dict[str, Case] = {
    "another fixed value": Case(
        fixed("0x0001"),
        ("fixed-value-changed C-STORE request Priority breaks/breaks",),
        old=fixed("0x0002"),
    ),
    "an equality in prose that is gone": one(
        N_SET,
        "equals: RequestedSOPClassUID, ",
        "",
        "equality-removed N-SET response AffectedSOPClassUID ok/breaks",
    ),
    "an equality with another parameter": one(
        N_SET,
        "equals: RequestedSOPClassUID",
        "equals: RequestedSOPInstanceUID",
        "equality-removed N-SET response AffectedSOPClassUID ok/breaks",
        "equality-added N-SET response AffectedSOPClassUID breaks/ok",
    ),
    "an equality that the table printed and prose states": one(
        C_ECHO,
        'response: "U(=)",',
        "response: U, equals: AffectedSOPClassUID,",
        "documentation-edited C-ECHO - AffectedSOPClassUID ok/ok",
    ),
    "a value less": one(ELEMENTS, ", HIGH: 0x0001", "", "values-narrowed - - Priority breaks/ok"),
    "a value more": one(
        ELEMENTS,
        "HIGH: 0x0001",
        "HIGH: 0x0001, STAT: 0x0003",
        "values-widened - - Priority ok/breaks",
    ),
    "a value for another": one(
        ELEMENTS,
        "HIGH: 0x0001",
        "HIGH: 0x0003",
        "values-narrowed - - Priority breaks/ok",
        "values-widened - - Priority ok/breaks",
    ),
    "any value": one(
        ELEMENTS,
        ", values: {LOW: 0x0002, MEDIUM: 0x0000, HIGH: 0x0001}",
        "",
        "values-widened - - Priority ok/breaks",
    ),
    "another name for a value": one(
        ELEMENTS, "HIGH: 0x0001", "URGENT: 0x0001", "documentation-edited - - Priority ok/ok"
    ),
    "one tag where there were several": one(
        ELEMENTS,
        '"(0000,0901)", vr: AT, vm: "1-n"',
        '"(0000,0901)", vr: AT, vm: "1"',
        "element-changed - - OffendingElement breaks/ok",
    ),
    "a longer text": one(
        ELEMENTS,
        '"(0000,0600)", vr: AE',
        '"(0000,0600)", vr: LO',
        "element-changed - - MoveDestination ok/breaks",
    ),
    "a number in other bytes": one(
        ELEMENTS,
        '"(0000,0903)", vr: US',
        '"(0000,0903)", vr: UL',
        "element-changed - - ErrorID breaks/breaks",
    ),
    "another tag": one(
        ELEMENTS, '"(0000,0903)"', '"(0000,0904)"', "element-changed - - ErrorID breaks/breaks"
    ),
    "another name as printed": one(
        ELEMENTS, "name: Error ID", "name: Error Number", "documentation-edited - - ErrorID ok/ok"
    ),
    "another description": one(
        ELEMENTS, "How urgent the", "How pressing the", "documentation-edited - - Priority ok/ok"
    ),
    "a new element": Case(
        edited(
            ELEMENTS,
            ("data_sets:\n", "data_sets:\n  Extra: {name: Extra}\n"),
            ("descriptions:\n", 'descriptions:\n  Extra: "More."\n'),
        ),
        ("element-added - - Extra ok/ok",),
    ),
    "the value to write where a data set follows": Case(
        {ELEMENTS: text_of(ELEMENTS).replace("present: 0x0001", "present: 0x0000")},
        ("data-set-type-changed - - CommandDataSetType ok/ok",),
    ),
    "the command field": one(
        N_GET,
        "value: 0x0110",
        "value: 0x0118",
        "command-field-changed N-GET request CommandField breaks/breaks",
    ),
    "a data set that may be missing": one(
        N_SET,
        "{usage: M, not: 0x0101}",
        "{usage: M}",
        "data-set-type-changed N-SET request CommandDataSetType ok/breaks",
    ),
    "an element that a message carries": one(
        C_ECHO,
        "value: 0x8030}\n",
        "value: 0x8030}\n      MessageID: {usage: parameter}\n",
        "message-field-added C-ECHO response MessageID ok/breaks",
    ),
    "an element of a message alone": one(
        C_ECHO,
        "value: 0x0030}\n",
        "value: 0x0030}\n      ErrorID: {usage: MF, value: 0x0001}\n",
        "message-field-added C-ECHO request ErrorID breaks/breaks",
    ),
    "another value of an element of a message alone": Case(
        edited(C_ECHO, ("0x0030}\n", "0x0030}\n      ErrorID: {usage: MF, value: 0x0001}\n")),
        ("message-field-changed C-ECHO request ErrorID breaks/breaks",),
        old=edited(C_ECHO, ("0x0030}\n", "0x0030}\n      ErrorID: {usage: MF, value: 0x0002}\n")),
    ),
    "a message": Case(with_a_cancel(C_ECHO), ("message-added C-ECHO cancel - ok/breaks",)),
    "a service that is gone": Case(without_n_delete(), ("service-removed N-DELETE - - breaks/ok",)),
    "a status with new codes": one(
        N_GET,
        "  - success\n",
        "  - success\n  - missing_attribute\n",
        "status-added N-GET response Status ok/breaks",
    ),
    "a status with codes that are listed already, and no new field": one(
        N_GET,
        "  - failed\n",
        "  - failed\n  - refused_out_of_resources\n",
        "status-added N-GET response Status ok/ok",
    ),
    "a status with codes that are listed already, and a new field": one(
        C_FIND,
        "  - failed\n",
        "",
        "status-removed C-FIND response Status breaks/ok",
    ),
    "a status field without a row": one(
        STATUSES,
        'codes: ["0210"], see: "C.5.9"}\n    fields: {}',
        'codes: ["0210"], see: "C.5.9"}\n    fields:\n      ErrorID: {response: [N-GET]}',
        "status-field-added N-GET response ErrorID ok/breaks",
    ),
    "a status field that lifts a dash": one(
        STATUSES,
        'codes: ["0210"], see: "C.5.9"}\n    fields: {}',
        'codes: ["0210"], see: "C.5.9"}\n    fields:\n'
        "      AttributeIdentifierList: {response: [N-GET]}",
        "status-field-added N-GET response AttributeIdentifierList ok/breaks",
    ),
    "a status field that its cell allows anyway": one(
        STATUSES,
        'codes: ["0210"], see: "C.5.9"}\n    fields: {}',
        'codes: ["0210"], see: "C.5.9"}\n    fields:\n      AttributeList: {response: [N-SET]}',
        "status-field-added N-SET response AttributeList ok/ok",
    ),
    "a status field that reaches no service": one(
        STATUSES,
        'codes: ["0210"], see: "C.5.9"}\n    fields: {}',
        'codes: ["0210"], see: "C.5.9"}\n    fields:\n      Identifier: {response: [N-SET]}',
        "status-field-added - - - ok/ok",
    ),
    "another code for a status": one(
        STATUSES,
        'codes: ["0124"]',
        'codes: ["0125"]',
        *(
            f"status-codes-changed {service} response Status breaks/breaks"
            for service in listing("refused_not_authorized")
        ),
    ),
    "another class for a code": Case(
        {
            STATUSES: text_of(STATUSES).replace(
                '["0001", "Bxxx", "0107", "0116"]', '["0001", "Bxxx", "0107", "0116", "0300"]'
            )
        },
        (
            "condition-changed N-CREATE response AffectedSOPInstanceUID ok/ok",
            "condition-changed N-EVENT-REPORT response EventReply ok/ok",
            "status-class-changed - - - ok/ok",
        ),
    ),
    "an element with another keyword": Case(
        renamed("ActionTypeID", "ActionTypeNumber", "Action Type ID"),
        ("renamed - - ActionTypeNumber ok/ok",),
    ),
    "a row that is another data set": Case(
        row_renamed(),
        ("renamed N-ACTION - EventReply ok/ok",),
    ),
    "another summary": one(
        C_ECHO, 'summary: "', 'summary: "Now, ', "documentation-edited C-ECHO - - ok/ok"
    ),
    "another clause": one(
        N_GET,
        'see: "10.1.2.1.5"',
        'see: "10.1.2.1.55"',
        "documentation-edited N-GET - AttributeIdentifierList ok/ok",
    ),
    "another message table": one(
        N_GET, 'table: "10.3-3"', 'table: "10.3-33"', "documentation-edited N-GET request - ok/ok"
    ),
    "another example": one(
        N_GET,
        '"(2110,0010)"',
        '"(2110,0020)"',
        "documentation-edited N-GET request - ok/ok",
    ),
    "another decision": one(
        "errata.yaml", "Read as C-GET", "Read it as C-GET", "documentation-edited - - - ok/ok"
    ),
}
