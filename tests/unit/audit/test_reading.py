"""Captures of every kind that people make say the same."""

from __future__ import annotations

import gzip
import io
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from dimse_primitives.audit import Audit, audit, to_json_dict
from dimse_primitives.audit._json import association_to_json

from . import captures
from .captures import LINKS, Wire, frames, pcap, pcapng, whole_dialogue

DIALOGUE = whole_dialogue()
KINDS = [
    "A-ASSOCIATE-RQ",
    "A-ASSOCIATE-AC",
    "C-ECHO-RQ",
    "C-ECHO-RSP",
    "C-ECHO-RQ",
    "C-ECHO-RSP",
    "C-STORE-RQ",
    "C-STORE-RSP",
    "A-RELEASE-RQ",
    "A-RELEASE-RP",
]


def assert_whole(found: Audit) -> None:
    (association,) = found.associations
    pdus = [each.name for each in association.pdus]
    assert [*pdus[:2], *[each.kind for each in association.messages], *pdus[2:]] == KINDS
    assert association.outcome.value == "released"
    assert found.summary.is_faultless, to_json_dict(found)
    assert association.messages[4].data_set_bytes == 5000
    assert not found.files[0].problem


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("link", LINKS)
def test_every_link_type(link: str, version: int) -> None:
    found = audit(pcap(frames(DIALOGUE, version), link))
    assert_whole(found)
    ends = {4: "10.0.0.1:40000", 6: "[fe80::1]:40000"}
    assert found.associations[0].requestor == ends[version]


FILES: dict[str, Callable[[], bytes]] = {
    "big-endian": lambda: pcap(frames(DIALOGUE), order=">"),
    "nanoseconds": lambda: pcap(frames(DIALOGUE), is_nano=True),
    "pcapng": lambda: pcapng(frames(DIALOGUE)),
    "pcapng, big-endian": lambda: pcapng(frames(DIALOGUE), order=">"),
    "pcapng, nanoseconds": lambda: pcapng(frames(DIALOGUE), resolution=9),
    "pcapng, interfaces of several types": lambda: pcapng(
        frames(DIALOGUE), ("loopback", "Ethernet", "raw IP")
    ),
    "pcapng, older packets": lambda: pcapng(frames(DIALOGUE), kind=2),
    "pcapng, several sections": lambda: b"".join(
        pcapng([each], order=order)
        for each, order in zip(frames(DIALOGUE), "<>" * 99, strict=False)
    ),
    "gzip": lambda: gzip.compress(pcap(frames(DIALOGUE))),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file(name: str) -> None:
    found = audit(FILES[name]())
    assert_whole(found)
    assert found.associations[0].messages[0].place.time == 1_700_000_000_003_000_000


def test_packets_without_times() -> None:
    found = audit(pcapng(frames(DIALOGUE), kind=3))
    assert_whole(found)
    assert association_to_json(found.associations[0])["messages"][0]["time"] is None


def test_fragments_of_ip_in_any_order() -> None:
    packets = [
        (packet.time, part)
        for number, packet in enumerate(DIALOGUE.packets)
        for part in captures.ip_fragments(packet, number)
    ]
    assert len(packets) > len(DIALOGUE.packets)
    assert_whole(audit(pcap(packets)))


def test_a_folder_and_what_is_below_it(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for name in ("b.pcap", "below/a.pcapng", "below/.hidden"):
        (tmp_path / name).write_bytes(pcap(frames(DIALOGUE)))
    found = audit(tmp_path)
    assert [Path(file.name).name for file in found.files] == ["b.pcap", "a.pcapng"]
    assert found.summary.associations == 2


def test_a_stream_that_gives_a_byte_at_a_time() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size, 1) if size is not None and size > 0 else size)

    assert_whole(audit(Slow(pcap(frames(DIALOGUE)))))


@pytest.mark.parametrize("make", [pcap, pcapng])
def test_a_capture_that_is_cut_is_told_as_far_as_it_goes(
    make: Callable[[list[tuple[int, bytes]]], bytes],
) -> None:
    whole = make(frames(DIALOGUE))
    for size in (len(whole) - 3, len(whole) // 2, 25, 4):
        found = audit(whole[:size])
        (file,) = found.files
        assert file.is_cut
        assert "offset" in file.problem
    assert len(audit(whole[: len(whole) - 3]).associations) == 1


def test_a_damaged_capture_names_the_offset() -> None:
    good = pcap(frames(DIALOGUE))
    found = audit(good + b"\xff" * 40)
    assert f"at offset {len(good)}: a frame of" in found.files[0].problem
    assert not found.files[0].is_cut
    assert len(found.associations) == 1


def test_damaged_gzip() -> None:
    packed = gzip.compress(pcap(frames(DIALOGUE)), mtime=0)
    found = audit(packed[: len(packed) // 2] + b"\0" * 20)
    assert "packed with gzip, and damaged" in found.files[0].problem
    assert audit(packed[:-9]).files[0].is_cut


def test_what_could_be_unpacked_before_the_damage_is_told() -> None:
    """However gzip is damaged; and several members are one file."""
    data = pcap(frames(DIALOGUE))
    half = len(data) // 2
    assert_whole(audit(gzip.compress(data[:half]) + gzip.compress(data[half:]) + bytes(512)))
    for packed in (gzip.compress(data)[:-9], gzip.compress(data) + b"something else"):
        found = audit(packed)
        assert found.files[0].is_cut
        assert found.summary.messages == 6
    cut = audit(gzip.compress(data[: half * 3 // 2])[:-9])
    assert len(cut.associations) == 1


def test_a_file_that_was_reserved_and_not_written() -> None:
    """It is not read to its end, which may be far away."""
    for data in (pcap(frames(DIALOGUE)), pcapng(frames(DIALOGUE))):
        found = audit(data + bytes(1 << 20))
        assert found.summary.is_faultless
        assert f"at offset {len(data)}: nothing but zeros" in found.files[0].problem
        assert found.files[0].is_cut


def test_an_empty_file() -> None:
    assert audit(b"").files[0].problem == "at offset 0: the file is empty"


@pytest.mark.parametrize("content", [b"no capture at all", b"\x7fELF" + bytes(99)])
def test_what_is_no_capture(content: bytes) -> None:
    (file,) = audit(content).files
    assert file.problem.startswith("at offset 0: no capture, no PDU and no hexadecimal text")


def test_a_link_type_that_is_not_read_is_said() -> None:
    data = bytearray(pcap(frames(DIALOGUE)))
    data[20] = 105
    (file,) = audit(bytes(data)).files
    assert file.not_checked == {"frames: link type 105, which is not read": len(DIALOGUE.packets)}
    assert "no frame can be read: link type 105" in file.problem


@pytest.mark.parametrize(("protocol", "what"), [(47, "GRE"), (50, "IPsec ESP"), (17, "VXLAN")])
def test_a_tunnel_that_is_not_read_is_said(protocol: int, what: str) -> None:
    inner = frames(DIALOGUE)[0][1]
    packet = bytearray(captures.tunnel(struct.pack(">HHHH", 5000, 4789, 0, 0) + inner))
    packet[9] = protocol
    (file,) = audit(pcap([(1, bytes(packet))])).files
    ((said, count),) = file.not_checked.items()
    assert said.startswith(f"frames: {what}")
    assert count == 1


def test_tls_is_named() -> None:
    wire = (
        Wire().send(0, b"\x16\3\1\2\0\1\0\1\xfc\3\3" + bytes(99)).send(1, b"\x16\3\3" + bytes(99))
    )
    (file,) = audit(pcap(frames(wire))).files
    assert file.not_checked == {"TLS between 10.0.0.1 and 10.0.0.2:104": 1}


def test_tls_from_the_middle_is_named() -> None:
    wire = Wire(is_opened=False).send(0, b"\x17\3\3\1\0" + bytes(256))
    (file,) = audit(pcap(frames(wire))).files
    assert file.not_checked == {"TLS between 10.0.0.1 and 10.0.0.2:104": 1}


def test_what_is_not_dicom_is_passed_over() -> None:
    wire = Wire().send(0, b"GET / HTTP/1.1\r\n\r\n").send(1, b"HTTP/1.1 200 OK\r\n").close()
    found = audit(pcap([*frames(wire), (0, b"\x45" + bytes(30)), (0, b"")]))
    assert found.associations == []
    assert not found.files[0].problem


def test_only_a_port() -> None:
    data = pcap(frames(DIALOGUE))
    assert_whole(audit(data, port=104))
    assert audit(data, port=11112).associations == []


def test_a_port_is_taken_for_dicom_whatever_it_starts_with() -> None:
    wire = Wire().send(0, b"GET / HTTP/1.1\r\n\r\n").close()
    (association,) = audit(pcap(frames(wire)), port=104).associations
    assert [each.rule for each in association.findings][:1] == ["invalid-pdu"]


# PDUs without TCP.


def sent(direction: int) -> bytes:
    return b"".join(each.data for each in DIALOGUE.packets if each.direction == direction)


def test_pdus_of_both_sides_as_they_are() -> None:
    found = audit(b"".join(each.data for each in DIALOGUE.packets))
    assert_whole(found)
    assert found.files[0].taken_for == "PDUs as they are"
    assert "inferred" in next(iter(found.files[0].not_checked))


def test_pdus_of_one_side() -> None:
    found = audit(sent(0))
    (association,) = found.associations
    assert [each.rule for each in association.findings] == ["one-direction"]
    assert len(association.messages) == 3


def test_a_followed_stream_as_text() -> None:
    text, at = "", [0, 0]
    for packet in DIALOGUE.packets:
        for start in range(0, len(packet.data), 16):
            part = packet.data[start : start + 16]
            indent = "    " * packet.direction
            text += f"{indent}{at[packet.direction]:08X}  {part.hex(' '):47}   ...\n"
            at[packet.direction] += len(part)
    found = audit(text.encode())
    assert_whole(found)
    assert found.files[0].taken_for == "a followed stream as Wireshark dumps it"
    assert not any("inferred" in what for what in found.files[0].not_checked)


def test_packets_as_tcpdump_prints_them() -> None:
    text = ""
    for packet in DIALOGUE.packets:
        raw = captures.ip(packet)
        text += "12:00:00.0 IP a > b\n"
        for start in range(0, len(raw), 16):
            text += f"\t0x{start:04x}:  {raw[start : start + 16].hex(' ', -2):39}  ...\n"
    assert_whole(audit(text.encode()))
