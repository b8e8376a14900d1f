"""The public contract of the package: names, class attributes, and how a primitive is made."""

from __future__ import annotations

import copy
import inspect
import pickle
import pydoc
import sys
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import dimse_primitives as package
import pytest
from dimse_primitives import (
    C_CANCEL,
    C_FIND,
    C_GET,
    C_STORE,
    N_ACTION,
    N_CREATE,
    N_DELETE,
    N_EVENT_REPORT,
    N_GET,
    N_SET,
    DIMSEPrimitive,
    InvalidPrimitiveError,
    Priority,
    StatusClass,
    Violation,
    status_class,
)
from dimsegen.dimse.loader import load_schema
from pydicom.tag import BaseTag

from ..conftest import ROOT
from ..printed import private

SERVICES = [
    getattr(package, name)
    for name in [
        "C_STORE",
        "C_FIND",
        "C_GET",
        "C_MOVE",
        "C_ECHO",
        "N_EVENT_REPORT",
        "N_GET",
        "N_SET",
        "N_ACTION",
        "N_CREATE",
        "N_DELETE",
    ]
]
PRIMITIVES = [*SERVICES, C_CANCEL]


def test_everything_is_importable_from_the_root() -> None:
    expected = {cls.__name__ for cls in PRIMITIVES} | {
        "DIMSEPrimitive",
        "DimsePrimitiveType",
        "DimseServiceType",
        "InvalidPrimitiveError",
        "Priority",
        "StatusClass",
        "Violation",
        "status_class",
    }
    assert expected <= set(package.__all__)
    assert all(hasattr(package, name) for name in package.__all__)


@pytest.mark.parametrize("cls", PRIMITIVES)
def test_a_new_primitive_has_nothing_set(cls: Any) -> None:
    primitive = cls()
    assert isinstance(primitive, DIMSEPrimitive)
    assert not hasattr(primitive, "__dict__")
    assert primitive.msg_type == cls.__name__.replace("_", "-")
    for keyword in inspect.signature(cls).parameters:
        assert getattr(primitive, keyword) is None
    assert repr(primitive) == f"{cls.__name__}()"


@pytest.mark.parametrize("cls", PRIMITIVES)
def test_parameters_are_the_rows_of_the_table(cls: Any) -> None:
    assert isinstance(cls.PARAMETERS, Mapping)
    with pytest.raises(TypeError):
        cls.PARAMETERS["MessageID"] = None  # type: ignore[index]
    mandatory = [k for k, row in cls.PARAMETERS.items() if row.request in ("M", "MF")]
    if cls is not C_CANCEL:
        assert tuple(mandatory) == cls.REQUEST_KEYWORDS
        assert (
            tuple(k for k, row in cls.PARAMETERS.items() if row.response in ("M", "MF"))
            == cls.RESPONSE_KEYWORDS
        )
    for row in cls.PARAMETERS.values():
        with pytest.raises(AttributeError):
            row.request = "U"
        assert (row.tag is None) == (row.vr is None) == (row.vm is None)
        assert row.reference.startswith("PS3.7 ")


def test_a_row_holds_its_cells_as_printed() -> None:
    row = C_FIND.PARAMETERS["AffectedSOPClassUID"]
    assert (row.name, row.tag, row.vr, row.vm) == ("Affected SOP Class UID", 0x00000002, "UI", "1")
    assert isinstance(row.tag, BaseTag)
    assert (row.request, row.response, row.cancel, row.equals) == ("M", "U(=)", "-", None)
    assert N_GET.PARAMETERS["AffectedSOPClassUID"].equals == "RequestedSOPClassUID"
    assert N_GET.PARAMETERS["AttributeList"].cancel is None
    assert N_GET.PARAMETERS["AttributeList"].reference == "PS3.7 10.1.2.1.8, Table 10.1-2"


def test_c_cancel() -> None:
    assert tuple(C_CANCEL.PARAMETERS) == ("MessageIDBeingRespondedTo",)
    assert C_CANCEL.REQUEST_KEYWORDS == ("MessageIDBeingRespondedTo",)
    assert C_CANCEL.RESPONSE_KEYWORDS == ()
    assert not C_CANCEL(MessageIDBeingRespondedTo=1).is_valid_response
    assert not [name for name in dir(C_CANCEL) if name.startswith(("respon", "validate_resp"))]
    assert C_CANCEL.request(MessageIDBeingRespondedTo=3).MessageIDBeingRespondedTo == 3


@pytest.mark.parametrize("cls", PRIMITIVES)
def test_elements_ascend_by_tag(cls: Any) -> None:
    tags = {k: row.tag for c in PRIMITIVES for k, row in c.PARAMETERS.items()} | {
        "CommandGroupLength": 0x0000,
        "CommandField": 0x0100,
        "CommandDataSetType": 0x0800,
        "OffendingElement": 0x0901,
        "ErrorComment": 0x0902,
        "ErrorID": 0x0903,
    }
    groups = (cls.REQUEST_ELEMENTS, cls.RESPONSE_ELEMENTS, cls.STATUS_OPTIONAL_KEYWORDS)
    for keywords in groups:
        assert [tags[k] for k in keywords] == sorted({tags[k] for k in keywords})
    assert set(cls.STATUS_OPTIONAL_KEYWORDS) <= set(cls.RESPONSE_ELEMENTS)


def test_elements_of_messages() -> None:
    assert C_CANCEL.REQUEST_ELEMENTS == (
        "CommandGroupLength",
        "CommandField",
        "MessageIDBeingRespondedTo",
        "CommandDataSetType",
    )
    # S3: U in the table, and no such element in the message.
    assert "MessageID" not in C_FIND.RESPONSE_ELEMENTS
    # S11: the wire is ascending where Table 9.3-9 is not.
    move = package.C_MOVE.REQUEST_ELEMENTS
    assert move.index("MoveDestination") < move.index("CommandDataSetType")


def test_status_fields_are_looked_up_exactly_then_by_range() -> None:
    assert N_ACTION.STATUS_FIELDS[0x0115] == (
        "AffectedSOPClassUID",
        "AffectedSOPInstanceUID",
        "ActionTypeID",
        "ActionInformation",
    )
    assert N_CREATE.STATUS_FIELDS[0x0106] == ("AttributeList",)
    assert N_GET.STATUS_FIELDS[0xC502] == ("OffendingElement", "ErrorComment")
    assert N_GET.STATUS_FIELDS[0x0001] == N_GET.STATUS_FIELDS[0xB123]
    assert C_GET.STATUS_FIELDS[0xFE00] == C_GET.STATUS_FIELDS[0xFF01] == ()
    assert package.C_MOVE.STATUS_FIELDS[0xA801] == ("OffendingElement", "ErrorComment")
    for cls, code in ((N_DELETE, 0xA700), (C_FIND, 0x0107), (N_GET, 0x0122), (N_GET, 0x1234)):
        assert code not in cls.STATUS_FIELDS
        with pytest.raises(KeyError):
            cls.STATUS_FIELDS[code]
    with pytest.raises(TypeError):
        N_GET.STATUS_FIELDS[0] = ()  # type: ignore[index]
    codes = list(N_GET.STATUS_FIELDS)
    assert len(codes) == len(set(codes)) == len(N_GET.STATUS_FIELDS)
    types = load_schema(ROOT / "schemas").status_types
    own = {code for t in types if t.identifier in private().statuses for code in t.codes}
    assert len({*codes} - own) == 13 + 3 * 0x1000
    assert all(code in N_GET.STATUS_FIELDS for code in codes)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (0x0000, StatusClass.SUCCESS),
        (0x0001, StatusClass.WARNING),
        (0x0107, StatusClass.WARNING),
        (0x0116, StatusClass.WARNING),
        (0xB007, StatusClass.WARNING),
        (0x0110, StatusClass.FAILURE),
        (0x0199, StatusClass.FAILURE),
        (0x0213, StatusClass.FAILURE),
        (0xA700, StatusClass.FAILURE),
        (0xCFFF, StatusClass.FAILURE),
        (0xFE00, StatusClass.CANCEL),
        (0xFF00, StatusClass.PENDING),
        (0xFF01, StatusClass.PENDING),
        (0x0002, None),
        (0x0300, None),
        (0xFF02, None),
        (0x1B000, None),
        (-1, None),
    ],
)
def test_status_class(code: int, expected: StatusClass | None) -> None:
    assert status_class(code) is expected


@pytest.mark.parametrize("cls", SERVICES)
def test_signatures_are_the_table(cls: Any) -> None:
    for side in ("request", "response"):
        cells = {k: getattr(row, side) for k, row in cls.PARAMETERS.items()}
        permitted = {k for fields in cls.STATUS_FIELDS.values() for k in fields}
        arguments = inspect.signature(getattr(cls, side)).parameters
        assert all(a.kind is a.KEYWORD_ONLY for a in arguments.values())
        required = {k for k, a in arguments.items() if a.default is a.empty}
        assert required == {k for k, cell in cells.items() if cell in ("M", "MF")}
        optional = {k for k, cell in cells.items() if cell != "-"} - required
        fields = permitted if side == "response" else set()
        assert set(arguments) - required == (optional | fields) - required


def test_respond_repeats_the_request() -> None:
    request = N_ACTION.request(
        MessageID=7,
        RequestedSOPClassUID="1.2.3",
        RequestedSOPInstanceUID="1.2.4",
        ActionTypeID=2,
    )
    response = request.respond(Status=0x0000)
    assert response == N_ACTION(
        MessageIDBeingRespondedTo=7,
        AffectedSOPClassUID="1.2.3",
        AffectedSOPInstanceUID="1.2.4",
        ActionTypeID=2,
        Status=0x0000,
    )
    response.validate_response(request)
    changed = request.respond(Status=0, ActionTypeID=None, AffectedSOPClassUID="1.2.9")
    assert changed.ActionTypeID is None
    assert changed.AffectedSOPClassUID == "1.2.9"
    with pytest.raises(TypeError):
        request.respond()  # type: ignore[call-arg]


def test_validate_raises_with_every_violation() -> None:
    with pytest.raises(InvalidPrimitiveError) as caught:
        N_GET(MessageID=1).validate_request()
    error = caught.value
    assert isinstance(error, ValueError)
    assert [v.parameter for v in error.violations] == [
        "RequestedSOPClassUID",
        "RequestedSOPInstanceUID",
    ]
    lines = str(error).split("\n")
    assert len(lines) == 2
    assert "PS3.7 10.1.2.1.3, Table 10.1-2" in lines[0]
    assert "Requested SOP Class UID is missing: it is M in an N-GET request" in lines[0]
    assert pickle.loads(pickle.dumps(error)).violations == error.violations


def test_a_violation_is_frozen() -> None:
    violation = Violation("rule", "Keyword", "message", "reference")
    with pytest.raises(AttributeError):
        violation.rule = "other"  # type: ignore[misc]
    assert str(violation) == "rule: message (reference)"


def test_equality_is_of_class_and_values() -> None:
    one = N_CREATE(MessageID=1, AttributeList=BytesIO(b"abc"))
    assert one == N_CREATE(MessageID=1, AttributeList=BytesIO(b"abc"))
    assert one != N_CREATE(MessageID=1, AttributeList=BytesIO(b"abd"))
    assert one != N_CREATE(MessageID=1)
    assert N_CREATE() != N_DELETE()
    assert N_CREATE() != "N_CREATE()"
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)
    for other in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert other == one


def test_repr_shows_what_is_set() -> None:
    primitive = N_GET(
        MessageIDBeingRespondedTo=1,
        AffectedSOPClassUID="1.2.3",
        AttributeIdentifierList=["PatientName", (0x0010, 0x0020)],
        AttributeList=BytesIO(b"1234"),
        Status=0x0107,
        ErrorComment="no such",
    )
    assert repr(primitive) == (
        "N_GET(MessageIDBeingRespondedTo=1, AttributeIdentifierList=[(0010,0010), (0010,0020)], "
        "AffectedSOPClassUID='1.2.3', AttributeList=<4 bytes>, Status=0x0107, "
        "ErrorComment='no such')"
    )


def test_repr_and_equality_survive_a_closed_data_set() -> None:
    closed, other = BytesIO(b"1234"), BytesIO(b"1234")
    closed.close()
    primitive = N_CREATE(AttributeList=closed)
    assert repr(primitive) == "N_CREATE(AttributeList=<closed>)"
    assert primitive == N_CREATE(AttributeList=closed)
    assert primitive != N_CREATE(AttributeList=other)
    other.close()
    assert primitive != N_CREATE(AttributeList=other)


@pytest.mark.parametrize("code", ["x", "0110", None, 0.5, (1,), [], -1, 0x10000])
def test_what_is_no_status_has_no_fields(code: Any) -> None:
    for cls in SERVICES:
        assert code not in cls.STATUS_FIELDS
        assert cls.STATUS_FIELDS.get(code) is None
        with pytest.raises(KeyError):
            cls.STATUS_FIELDS[code]


def test_an_empty_data_set_counts_as_present() -> None:
    request = C_STORE(
        MessageID=1,
        AffectedSOPClassUID="1.2",
        AffectedSOPInstanceUID="1.3",
        Priority=Priority.MEDIUM,
    )
    assert not request.is_valid_request
    request.DataSet = BytesIO()
    assert request.is_valid_request
    assert request.request_violations() == ()


def test_type_ids_are_optional_in_a_response() -> None:  # pynetdicom 1026, fo-dicom 298, 323
    for cls in (N_ACTION, N_EVENT_REPORT):
        response = cls(MessageIDBeingRespondedTo=1, Status=0)
        assert response.response_violations() == ()
        assert "None" not in repr(response)


def test_n_set_signature_includes_what_annex_c_returns() -> None:
    response = N_SET.response(
        MessageIDBeingRespondedTo=1, Status=0x0106, ModificationList=BytesIO(b"x")
    )
    assert response.response_violations() == ()


@pytest.mark.parametrize("cls", PRIMITIVES)
def test_help_is_short_and_says_the_cells_of_every_row(cls: Any) -> None:
    lines = pydoc.plain(pydoc.render_doc(cls)).splitlines()
    # Since Python 3.13, a signature takes a line a parameter.
    assert len(lines) < (300 if sys.version_info < (3, 13) else 370)
    text = " ".join(line.lstrip(" |") for line in lines)
    for row in cls.PARAMETERS.values():
        assert row.name in text
        assert f" {row.reference}" in text
