"""Fragments to messages, and what is refused on the way (PS3.8 Annex E)."""

from __future__ import annotations

import copy
import pickle
from io import BytesIO

import pytest
from dimse_primitives import (
    C_STORE,
    PDV,
    DecodeError,
    Reassembler,
    decode,
    fragment,
)

from .fragment_samples import (
    CANCEL,
    DATA_SET,
    ECHO,
    FIND,
    MIB,
    STORE,
    command,
    data,
    feed_all,
    refusal,
)

# To messages


def test_a_message_without_a_data_set() -> None:
    reassembler = Reassembler()
    assert reassembler.feed(command(ECHO[:20], last=False, context_id=9)) is None
    received = reassembler.feed(command(ECHO[20:], context_id=9))
    assert received is not None
    assert received.message == decode(ECHO)
    assert (received.context_id, received.command, received.data_set) == (9, ECHO, None)


def test_a_message_with_a_data_set() -> None:
    (received,) = feed_all(Reassembler(), fragment(STORE, DATA_SET, 100, 3))
    assert received.message.message_type == "C-STORE-RQ"
    assert isinstance(received.message.primitive, C_STORE)
    assert isinstance(received.data_set, BytesIO)
    assert received.message.primitive.DataSet is received.data_set
    assert received.data_set.tell() == 0
    assert received.data_set.read() == DATA_SET
    assert (received.context_id, received.command) == (3, STORE)


def test_one_message_after_the_other_on_any_context() -> None:
    reassembler = Reassembler()
    received = [
        *feed_all(reassembler, fragment(STORE, DATA_SET, 50, 1)),
        *feed_all(reassembler, fragment(ECHO, None, 50, 3)),
        *feed_all(reassembler, fragment(FIND, b"\x08\x00", 50, 1)),
        *feed_all(reassembler, fragment(CANCEL, None, 50, 1)),
    ]
    types = [message.message.message_type for message in received]
    assert types == ["C-STORE-RQ", "C-ECHO-RQ", "C-FIND-RQ", "C-CANCEL-RQ"]
    assert [message.context_id for message in received] == [1, 3, 1, 1]


def test_empty_and_odd_fragments_are_taken() -> None:  # E.1, the notes
    pieces = [command(b"", last=False), command(FIND[:7], last=False), command(FIND[7:])]
    pieces += [
        data(b"", last=False),
        data(b"\x08", last=False),
        data(b"\x00", last=False),
        data(b""),
    ]
    (received,) = feed_all(Reassembler(), pieces)
    assert received.command == FIND
    assert received.data_set is not None
    assert received.data_set.read() == b"\x08\x00"


def test_an_announced_data_set_may_turn_out_empty() -> None:
    (received,) = feed_all(Reassembler(), [command(FIND), data(b"")])
    assert received.data_set is not None
    assert received.data_set.read() == b""


def test_anomalies_of_the_command_set_are_kept() -> None:
    (received,) = feed_all(Reassembler(), [command(FIND + b"\0"), data()])
    assert received.message.anomalies == decode(FIND + b"\0").anomalies != ()


def test_unfinished() -> None:
    reassembler = Reassembler()
    seen = [reassembler.unfinished]
    for pdv in [command(b"", last=False), command(FIND), data(last=False), data()]:
        reassembler.feed(pdv)
        seen.append(reassembler.unfinished)
    assert seen == [False, True, True, True, False]


# What is refused


def test_data_before_the_command() -> None:
    error = refusal(Reassembler(), data(context_id=5))
    assert error.reason == "data-before-command"
    expected = "data-before-command on context 5: its command set is not complete (PS3.7 6.3)"
    assert str(error) == expected


def test_data_before_the_last_command_fragment() -> None:
    error = refusal(Reassembler(), command(FIND[:20], last=False), data())
    assert error.reason == "data-before-command"


def test_data_after_the_last_data_fragment() -> None:
    error = refusal(Reassembler(), command(FIND), data(), data())
    assert error.reason == "data-before-command"


@pytest.mark.parametrize("context_id", [1, 3])
def test_data_that_the_command_did_not_announce(context_id: int) -> None:
    error = refusal(Reassembler(), command(ECHO), data(context_id=context_id))
    assert error.reason == "data-unannounced"
    assert "the C-ECHO-RQ before it announced none (PS3.7 E.1)" in str(error)


def test_data_inside_the_command_after_one_without_data() -> None:
    error = refusal(Reassembler(), command(ECHO), command(FIND[:20], last=False), data())
    assert error.reason == "data-before-command"


@pytest.mark.parametrize("last", [True, False])
def test_a_second_command_before_the_last_data_fragment(last: bool) -> None:
    error = refusal(Reassembler(), command(FIND), data(last=False), command(ECHO, last=last))
    assert error.reason == "command-in-data-set"
    assert "the data set of C-FIND-RQ is not complete (PS3.8 E.1)" in str(error)
    error = refusal(Reassembler(), command(FIND), command(ECHO, last=last))
    assert error.reason == "command-in-data-set"


@pytest.mark.parametrize(
    "pdvs",
    [
        [command(FIND[:20], last=False), command(FIND[20:], context_id=3)],
        [command(FIND), data(context_id=3)],
        [command(FIND), data(last=False), data(context_id=3)],
        [command(FIND), data(last=False), command(ECHO, context_id=3)],
    ],
)
def test_interleaved_contexts(pdvs: list[PDV]) -> None:  # E.1
    error = refusal(Reassembler(), *pdvs)
    assert error.reason == "interleaved"
    assert "the message on context 1 is not complete (PS3.8 E.1)" in str(error)


@pytest.mark.parametrize("context_id", [-1, 0, 2, 256, 257])
def test_a_context_id_that_is_none(context_id: int) -> None:
    assert refusal(Reassembler(), command(ECHO, context_id=context_id)).reason == "context-id"


@pytest.mark.parametrize("content", [b"", b"\0", bytes(12), ECHO[:20], b"\xff" * 40])
def test_a_command_set_that_cannot_be_decoded(content: bytes) -> None:
    error = refusal(Reassembler(), command(content))
    assert error.reason == "command-undecodable"
    assert isinstance(error.__cause__, DecodeError)
    assert str(error.__cause__) in str(error)


def test_a_command_set_that_is_too_long() -> None:
    assert feed_all(Reassembler(max_command=len(ECHO)), fragment(ECHO, None, 20, 1))
    error = refusal(
        Reassembler(max_command=len(ECHO)), command(ECHO, last=False), command(b"\0", last=False)
    )
    assert error.reason == "command-too-long"
    assert f"more than {len(ECHO)} bytes" in str(error)


def test_a_command_set_has_a_limit_unless_told_otherwise() -> None:
    assert refusal(Reassembler(), command(bytes(MIB + 1), last=False)).reason == "command-too-long"


def test_a_data_set_that_is_too_long() -> None:
    assert len(feed_all(Reassembler(max_data_set=2), [command(FIND), data(b"ab")] * 2)) == 2
    error = refusal(Reassembler(max_data_set=2), command(FIND), data(b"ab", last=False), data(b"c"))
    assert error.reason == "data-set-too-long"
    assert "more than 2 bytes" in str(error)


def test_an_error_is_a_value_error_that_can_be_copied() -> None:
    error = refusal(Reassembler(), data())
    assert isinstance(error, ValueError)
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (other.reason, other.context_id, other.offset) == ("data-before-command", 1, None)
        assert str(other) == str(error)


def test_after_an_error_nothing_is_taken_until_reset() -> None:
    reassembler = Reassembler()
    first = refusal(reassembler, command(FIND), data(last=False), data(context_id=3))
    for pdv in (data(), command(ECHO), command(ECHO, context_id=3)):
        error = refusal(reassembler, pdv)
        assert error.reason == "unusable"
        assert str(first) in str(error)
    reassembler.reset()
    assert not reassembler.unfinished
    assert refusal(reassembler, data()).reason == "data-before-command"
    reassembler.reset()
    assert len(feed_all(reassembler, fragment(STORE, DATA_SET, 64, 1))) == 1


def test_reset_forgets_what_is_half_received() -> None:
    reassembler = Reassembler()
    reassembler.feed(command(FIND))
    reassembler.feed(data(b"ab", last=False))
    reassembler.reset()
    assert not reassembler.unfinished
    (received,) = feed_all(reassembler, [command(FIND, context_id=3), data(b"cd", context_id=3)])
    assert received.data_set is not None
    assert received.data_set.read() == b"cd"
