"""What a network does to segments changes nothing; what a capture lacks is said, never guessed."""

from __future__ import annotations

import pytest
from dimse_primitives.audit import Audit, audit
from hypothesis import given, settings
from hypothesis import strategies as st

from .captures import (
    ACCEPTOR,
    ACK,
    CT_STORAGE,
    FIN,
    PUSH,
    REQUESTOR,
    RST,
    SYN,
    Packet,
    Wire,
    established,
    frames,
    p_data,
    pcap,
    released,
    store_request,
    whole_dialogue,
)
from .test_reading import assert_whole

DIALOGUE = whole_dialogue(mss=300)
PACKETS = DIALOGUE.packets


def audited(packets: list[Packet]) -> Audit:
    return audit(pcap(frames(packets)))


def rules(found: Audit) -> list[str]:
    (association,) = found.associations
    return [each.rule for each in association.findings]


@pytest.mark.parametrize("first", [0xFFFFFFFF, 0xFFFFFFF0, 0xFFFFFC00, 0x7FFFFFFF, 0])
def test_sequence_numbers_wrap(first: int) -> None:
    assert_whole(audited(whole_dialogue(first_seq=first, mss=300).packets))


def test_every_segment_twice() -> None:
    assert_whole(audited([packet for packet in PACKETS for _ in range(2)]))


def test_every_segment_again_later() -> None:
    shifted = [*PACKETS[:3], *PACKETS[3:]]
    later = [packet for pair in zip(PACKETS[5:], PACKETS, strict=False) for packet in pair]
    assert_whole(audited([*shifted[:5], *later, *PACKETS[-5:]]))


def test_segments_that_overlap() -> None:
    found = []
    for packet in PACKETS:
        data = packet.data
        if len(data) > 20:
            half = len(data) // 2
            found.append(packet._replace(data=data[: half + 7]))
            found.append(packet._replace(seq=(packet.seq + half) & 0xFFFFFFFF, data=data[half:]))
        else:
            found.append(packet)
    assert_whole(audited(found))


def test_neighbours_in_the_other_order() -> None:
    swapped = list(PACKETS)
    for at in range(3, len(swapped) - 3, 2):
        swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
    assert_whole(audited(swapped))


def test_a_response_that_was_captured_before_its_request() -> None:
    answers = [packet for packet in PACKETS if packet.direction == ACCEPTOR and packet.data]
    response = answers[1]
    at = PACKETS.index(response)
    moved = [*PACKETS[: at - 1], response, PACKETS[at - 1], *PACKETS[at + 1 :]]
    assert_whole(audited(moved))


@pytest.mark.parametrize("order", [(1, 0, 2, 3), (3, 0, 1, 2), (0, 3, 1, 2), (1, 2, 0, 3)])
def test_a_handshake_in_another_order(order: tuple[int, ...]) -> None:
    assert_whole(audited([*(PACKETS[at] for at in order), *PACKETS[4:]]))


def test_keep_alives() -> None:
    probes = [
        PACKETS[-5]._replace(flags=ACK, seq=(PACKETS[-5].seq - 1) & 0xFFFFFFFF, data=data)
        for data in (b"", b"\0")
    ]
    assert_whole(audited([*PACKETS[:-5], *probes, *PACKETS[-5:]]))


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_any_order_within_a_window(random: object, width: int) -> None:
    keys = {
        index: index + random.random() * width  # type: ignore[attr-defined]
        for index in range(3, len(PACKETS) - 2)
    }
    middle = sorted(keys, key=keys.__getitem__)
    order = [0, 1, 2, *middle, len(PACKETS) - 2, len(PACKETS) - 1]
    assert_whole(audited([PACKETS[index] for index in order]))


# What is missing.


def data_packets(direction: int) -> list[Packet]:
    return [packet for packet in PACKETS if packet.direction == direction and packet.data]


def test_bytes_of_a_data_set_are_missing() -> None:
    lost = [packet for packet in data_packets(REQUESTOR) if len(packet.data) == 300][5]
    found = audited([packet for packet in PACKETS if packet is not lost])
    assert rules(found) == ["missing-bytes"]
    (association,) = found.associations
    store = association.messages[4]
    assert (store.kind, store.data_set_bytes, store.missing_bytes) == ("C-STORE-RQ", 5000, 300)
    assert association.findings[0].message == "300 bytes are not in the capture"
    assert association.findings[0].mends == "capture"
    assert association.outcome.value == "released"


def test_a_whole_message_is_missing_and_nothing_is_guessed() -> None:
    lost = data_packets(REQUESTOR)[2]
    found = audited([packet for packet in PACKETS if packet is not lost])
    (association,) = found.associations
    assert rules(found)[0] == "missing-bytes"
    # Its response is there; it is not said to answer nothing.
    assert [each.kind for each in association.messages].count("C-ECHO-RSP") == 2
    assert not [each for message in association.messages for each in message.findings]
    assert association.outcome.value == "released"


@pytest.mark.parametrize("count", range(3, len(PACKETS), 3))
def test_a_capture_that_ends_in_the_middle(count: int) -> None:
    found = audited(PACKETS[:count])
    for association in found.associations:
        said = {each.rule for each in association.findings}
        assert said <= {"capture-ends-early"}
        assert not [each for message in association.messages for each in message.findings]


def test_a_capture_that_starts_in_the_middle() -> None:
    first = PACKETS.index(data_packets(REQUESTOR)[1])
    found = audited(PACKETS[first:])
    (association,) = found.associations
    assert rules(found) == ["capture-starts-late"]
    assert association.messages[0].kind == "C-ECHO-RQ"
    assert association.outcome.value == "released"
    assert association.requestor == "10.0.0.1:40000"


def test_a_capture_that_starts_in_the_middle_of_a_message() -> None:
    first = next(at for at, packet in enumerate(PACKETS) if len(packet.data) == 300) + 9
    found = audited(PACKETS[first:])
    # Nothing can be told for certain before the response; from there on it is.
    assert len(found.associations) == 1
    assert [each.kind for each in found.associations[0].messages] == ["C-STORE-RSP"]


@pytest.mark.parametrize("direction", [REQUESTOR, ACCEPTOR])
def test_one_direction_only(direction: int) -> None:
    found = audited([packet for packet in PACKETS if packet.direction == direction])
    if direction == ACCEPTOR:
        # It starts with the answer: what was proposed is not known.
        assert rules(found) == ["capture-starts-late", "one-direction"]
        return
    assert "one-direction" in rules(found)
    (association,) = found.associations
    assert not [each for message in association.messages for each in message.findings]


def test_a_snapshot_length_is_missing_bytes() -> None:
    found = audit(pcap(frames(PACKETS), snapshot=200))
    (association,) = found.associations
    assert {each.rule for each in association.findings} <= {"missing-bytes", "bytes-passed-over"}


def test_a_port_is_used_again() -> None:
    again = whole_dialogue(first_seq=900_000, mss=300)
    found = audited([*PACKETS, *again.packets])
    assert [each.outcome.value for each in found.associations] == ["released"] * 2
    assert found.summary.is_faultless


def test_a_late_copy_after_the_end_is_no_association() -> None:
    found = audited([*PACKETS, *data_packets(REQUESTOR)])
    assert len(found.associations) == 1


def test_what_is_never_acknowledged_is_waited_for_within_bounds() -> None:
    wire = established(Wire(mss=60000), (1, CT_STORAGE))
    request = store_request()
    wire.send(REQUESTOR, p_data(request.encode_request(), bytes(12 << 20)))
    del wire.packets[8]
    (association,) = audited(wire.packets).associations
    assert association.findings[0].message == "60000 bytes are not in the capture"


@pytest.mark.parametrize("flags", [FIN, RST])
def test_a_reset_need_not_wait_for_what_is_missing(flags: int) -> None:
    wire = established(Wire())
    wire.seq[REQUESTOR] += 50 if flags == RST else 0
    wire.close(REQUESTOR, flags=flags)
    (association,) = audited(wire.packets).associations
    assert association.outcome.value == "lost"


def test_odd_flags_and_empty_segments() -> None:
    odd = [
        Packet(1, REQUESTOR, 5, 0, flags, data)
        for flags in range(64)
        for data in (b"", b"\1\0\0\0\0\x44\0\1")
    ]
    audited([*odd, *PACKETS])


_ANY = st.builds(
    Packet,
    time=st.just(0),
    direction=st.integers(0, 1),
    seq=st.sampled_from([0, 1, 2, 100, 2**31, 2**32 - 1]) | st.integers(0, 2**32 - 1),
    ack=st.sampled_from([0, 1, 2, 100, 2**31]) | st.integers(0, 2**32 - 1),
    flags=st.sampled_from([0, ACK, PUSH | ACK, SYN, SYN | ACK, FIN | ACK, RST]),
    data=st.sampled_from([b"", DIALOGUE.packets[3].data, *(p.data for p in PACKETS[4:9])])
    | st.binary(max_size=40),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_ANY, max_size=30))
def test_any_segments_give_an_answer(packets: list[Packet]) -> None:
    audited(packets)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_gives_an_answer(data: st.DataObject) -> None:
    raw = bytearray(pcap(frames(PACKETS[:20])))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 255))
    audit(bytes(raw))


def test_the_release_is_not_needed_for_an_end() -> None:
    wire = released(established(Wire()))
    assert audited(wire.packets).summary.is_faultless


# What comes twice.


def changed(packet: Packet, at: int, data: bytes) -> Packet:
    return packet._replace(data=packet.data[:at] + data + packet.data[at + len(data) :])


def longest_packet() -> Packet:
    return next(packet for packet in PACKETS if len(packet.data) == 300)


@pytest.mark.parametrize("later", [1, 3, 8])
def test_what_comes_again_and_is_not_the_same_is_told(later: int) -> None:
    """The first copy was taken, and the finding says in which frames they are."""
    packet = longest_packet()
    at = PACKETS.index(packet)
    again = changed(packet, 100, b"\xfe\xfd\xfc")
    found = audited([*PACKETS[: at + later], again, *PACKETS[at + later :]])
    (association,) = found.associations
    (finding,) = association.findings
    assert (finding.rule, finding.mends) == ("repeat-differs", "capture")
    assert finding.place.frame == at + later + 1
    assert finding.message.startswith("3 bytes came twice and differ, the first of them byte ")
    assert f"those in frame {at + 1} were taken" in finding.message
    assert f"those in frame {at + later + 1} were not" in finding.message
    assert [message.violations for message in association.messages] == [()] * 6


def test_what_overlaps_and_is_not_the_same_is_told() -> None:
    """Of the second segment, the part that was there already is not taken."""
    packet = longest_packet()
    at = PACKETS.index(packet)
    first = packet._replace(data=packet.data[:200])
    second = packet._replace(seq=packet.seq + 150, data=bytes(7) + packet.data[157:])
    (association,) = audited([*PACKETS[:at], first, second, *PACKETS[at + 1 :]]).associations
    (finding,) = association.findings
    assert "bytes came twice and differ" in finding.message
    (other,) = audited([*PACKETS[:at], second, first, *PACKETS[at + 1 :]]).associations
    assert [each.rule for each in other.findings] == ["repeat-differs"]


def test_a_probe_may_have_any_byte() -> None:
    """RFC 9293 3.8.4."""
    probe = PACKETS[-5]._replace(flags=ACK, seq=PACKETS[-5].seq - 1, data=b"\xee")
    assert_whole(audited([*PACKETS[:-5], probe, *PACKETS[-5:]]))


def test_what_comes_again_when_its_first_copy_is_not_kept_is_counted() -> None:
    """What is remembered is bounded."""
    request = store_request()
    wire = established(Wire(mss=1000), (1, CT_STORAGE))
    first = len(wire.packets)
    wire.send(REQUESTOR, p_data(request.encode_request(), bytes(2_000_000)))
    again = wire.packets[first]
    wire.send(ACCEPTOR, p_data(request.respond(Status=0).encode_response()))
    wire.packets.append(again)
    found = audit(pcap(frames(released(wire))))
    assert found.summary.is_faultless
    assert any("could not be compared" in what for what in found.files[0].not_checked)


def test_ports_that_are_used_again_when_the_start_was_not_captured() -> None:
    """What is not within the sequence numbers of the first is of another connection."""
    again = whole_dialogue(first_seq=900_000_000, mss=300).packets[3:]
    found = audited([*PACKETS, *again])
    assert [each.outcome.value for each in found.associations] == ["released", "released"]
    assert found.summary.messages == 12
