"""Every message is written as pydicom writes its elements, and is read back as it was.

Invariant: what a message carries is known from the printed tables, and what its bytes are from
pydicom; the generated encoders are asked for nothing but the result.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from dimse_primitives import InvalidPrimitiveError, decode
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset

from tests.fuzz.command_sets import (
    DATA_SET_TYPE,
    KEYWORDS,
    NONE,
    PRESENT,
    TABLES,
    TAGS,
    Kind,
    elements_of,
    kinds,
    regular,
)
from tests.fuzz.strategies import Values, made, of, some, values


def each_kind(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test with every message."""
    each = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
    repeated: Callable[..., None] = each(settings(max_examples=25)(test))
    return repeated


def by_pydicom(kind: Kind, given_values: dict[str, Any]) -> bytes:
    """Return what pydicom writes for the elements of a message, the group length first."""
    held = kind.data_set is not None and bool(given_values.get(kind.data_set))
    elements = Dataset()
    elements.CommandField = kind.command_field
    elements.CommandDataSetType = PRESENT if held else NONE
    for keyword in kind.elements:
        if keyword in given_values:
            setattr(elements, keyword, given_values[keyword])
    body = DicomBytesIO()
    body.is_little_endian = True
    body.is_implicit_VR = True
    write_dataset(body, elements)
    written = bytes(body.getvalue())
    return struct.pack("<HHII", 0, 0, 4, len(written)) + written


def test_there_are_twenty_three_messages() -> None:
    assert len(kinds()) == 23
    assert len({kind.command_field for kind in kinds()}) == 23


@each_kind
@given(data=st.data())
def test_a_command_set_is_byte_for_byte_what_pydicom_writes(
    kind: Kind, data: st.DataObject
) -> None:
    given_values = data.draw(values(kind))
    encoded = kind.encode(made(kind, given_values))
    assert encoded == by_pydicom(kind, given_values)
    assert encoded == regular(kind, given_values)


@each_kind
@given(data=st.data())
def test_what_is_decoded_is_what_was_encoded(kind: Kind, data: st.DataObject) -> None:
    given_values = data.draw(values(kind))
    sent = made(kind, given_values)
    # With 0115H the data set that comes back is that of the request (C.5.10).
    fields = sent.STATUS_FIELDS.get(given_values.get("Status", -1), ())
    returned = [key for key in fields if key in sent.PARAMETERS and not sent.PARAMETERS[key].tag]
    assume(kind.data_set in returned or not returned)
    data_set = given_values.get(kind.data_set or "") or None
    received = decode(kind.encode(sent), data_set, strict=True)
    if kind.data_set in given_values and data_set is None:
        # An empty data set is not sent.
        setattr(sent, kind.data_set, None)
    assert received.primitive == sent
    assert received.message_type == kind.name
    assert received.has_data_set is (data_set is not None)
    assert received.anomalies == ()
    assert received.unknown == ()


@each_kind
@given(data=st.data())
def test_a_parameter_that_the_direction_does_not_carry_is_left_out(
    kind: Kind, data: st.DataObject
) -> None:
    given_values = data.draw(values(kind))
    more = data.draw(_others(kind))
    if given_values.get("Status") == 0x0115:
        # Annex C returns the information of the request with it, as the data set.
        given_values["Status"] = 0
    assert kind.encode(made(kind, {**given_values, **more})) == regular(kind, given_values)


@each_kind
@given(data=st.data())
def test_whatever_is_set_is_written_if_that_is_allowed(kind: Kind, data: st.DataObject) -> None:
    given_values = data.draw(_anything(kind))
    if given_values.get("Status") == 0x0115:
        given_values["Status"] = 0
    encoded = dict(elements_of(kind.encode(made(kind, given_values), allow_invalid=True)))
    written = {KEYWORDS[tag] for tag in encoded} - set(_FIXED)
    assert written == {key for key in given_values if key in TAGS}
    held = kind.data_set is not None and bool(given_values.get(kind.data_set))
    assert encoded[DATA_SET_TYPE] == struct.pack("<H", PRESENT if held else NONE)


@each_kind
@given(data=st.data())
def test_every_mandatory_parameter_that_is_missing_is_named(
    kind: Kind, data: st.DataObject
) -> None:
    given_values = data.draw(values(kind))
    omitted = data.draw(_omitted(kind))
    for key, is_empty in omitted.items():
        if is_empty:
            given_values[key] = b""
        else:
            del given_values[key]
    with pytest.raises(InvalidPrimitiveError) as raised:
        kind.encode(made(kind, given_values))
    named = [(each.rule, each.parameter) for each in raised.value.violations]
    assert named == [("missing-mandatory", key) for key in kind.mandatory if key in omitted]


@each_kind
@given(data=st.data())
def test_unknown_elements_are_written_in_tag_order_and_read_back(
    kind: Kind, data: st.DataObject
) -> None:
    given_values = data.draw(values(kind))
    unknown = data.draw(_unknown)
    encoded = kind.encode(made(kind, given_values), unknown=unknown)
    written = elements_of(encoded)
    assert [tag for tag, _ in written] == sorted(tag for tag, _ in written)
    known = elements_of(regular(kind, given_values))
    assert sorted(written[1:]) == sorted([*known[1:], *unknown])
    message = decode(encoded)
    assert message.unknown == tuple(sorted(unknown))
    assert kind.encode(made(kind, given_values), unknown=message.unknown) == encoded


_FIXED = ("CommandGroupLength", "CommandField", "CommandDataSetType")
_tags = st.integers(1, 0x0001FFFF).filter(lambda tag: tag not in KEYWORDS)
_unknown = st.lists(st.tuples(_tags, st.binary(max_size=9)), unique_by=lambda element: element[0])


def _all_parameters(kind: Kind) -> tuple[str, ...]:
    return TABLES.rows(kind.service) + TABLES.status_fields(kind.service)


@cache
def _anything(kind: Kind) -> st.SearchStrategy[Values]:
    return some({}, {key: of(key) for key in _all_parameters(kind)})


@cache
def _others(kind: Kind) -> st.SearchStrategy[Values]:
    """Return a strategy for what a primitive may have that the message does not carry."""
    others = [key for key in _all_parameters(kind) if key not in kind.parameters]
    return some({}, {key: of(key) for key in others})


@cache
def _omitted(kind: Kind) -> st.SearchStrategy[dict[str, bool]]:
    """Return a strategy for mandatory parameters, each with whether it is there, but empty."""
    whether = {
        key: st.booleans() if key == kind.data_set else st.just(False) for key in kind.mandatory
    }
    return some({}, whether).filter(bool)
