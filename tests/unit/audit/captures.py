"""Captures as tests need them: dialogues in TCP segments, in frames of any link type, in files."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from ipaddress import ip_address
from typing import Any, NamedTuple

from dimse_primitives import C_ECHO, C_FIND, C_STORE, fragment
from dimse_primitives.upper_layer import (
    A_ASSOCIATE,
    A_RELEASE_RP,
    A_RELEASE_RQ,
    Policy,
    user_information,
)

VERIFICATION = "1.2.840.10008.1.1"
CT_STORAGE = "1.2.840.10008.5.1.4.1.1.2"
WORKLIST = "1.2.840.10008.5.1.4.31"
IMPLICIT = "1.2.840.10008.1.2"
FIN, SYN, RST, PUSH, ACK = 1, 2, 4, 8, 16
REQUESTOR, ACCEPTOR = 0, 1


class Packet(NamedTuple):
    """A TCP segment that was captured."""

    time: int
    direction: int
    seq: int
    ack: int
    flags: int
    data: bytes


class Wire:
    """A TCP connection, as a capture sees it."""

    def __init__(self, *, first_seq: int = 1000, is_opened: bool = True, mss: int = 1400) -> None:
        self.packets: list[Packet] = []
        self.time = 1_700_000_000_000_000
        self.seq = [first_seq & 0xFFFFFFFF, 7000]
        self.mss = mss
        if is_opened:
            self._add(REQUESTOR, SYN, b"")
            self.seq[REQUESTOR] += 1
            self._add(ACCEPTOR, SYN | ACK, b"")
            self.seq[ACCEPTOR] += 1
            self._add(REQUESTOR, ACK, b"")

    def _add(self, direction: int, flags: int, data: bytes) -> None:
        self.time += 500
        seq, ack = self.seq[direction], self.seq[1 - direction] if flags & ACK else 0
        self.packets.append(
            Packet(self.time, direction, seq & 0xFFFFFFFF, ack & 0xFFFFFFFF, flags, data)
        )

    def send(self, direction: int, data: bytes) -> Wire:
        """Have a side send bytes, in as many segments as they need."""
        for start in range(0, len(data), self.mss):
            part = data[start : start + self.mss]
            self._add(direction, PUSH | ACK, part)
            self.seq[direction] += len(part)
        return self

    def close(self, *directions: int, flags: int = FIN) -> Wire:
        """Have sides close the connection, or reset it."""
        for direction in directions or (REQUESTOR, ACCEPTOR):
            self._add(direction, flags | ACK, b"")
            self.seq[direction] += 1
        return self


def proposal(*contexts: tuple[int, str], **information: Any) -> A_ASSOCIATE:
    """Return an A-ASSOCIATE request."""
    return A_ASSOCIATE.request(
        application_context_name="1.2.840.10008.3.1.1.1",
        calling_ae_title="VENDOR",
        called_ae_title="PACS",
        user_information=user_information(**information),
        calling_presentation_address=("10.0.0.1", 40000),
        called_presentation_address=("10.0.0.2", 104),
        presentation_context_definition_list=[
            (number, uid, [IMPLICIT]) for number, uid in contexts or ((1, VERIFICATION),)
        ],
    )


def established(wire: Wire, *contexts: tuple[int, str], **information: Any) -> Wire:
    """Have an association established for contexts."""
    asked = proposal(*contexts, **information)
    accepted = {uid: [IMPLICIT] for _, uid in contexts or ((1, VERIFICATION),)}
    answer = Policy(contexts=accepted, maximum_operations=(0, 0))(asked)
    wire.send(REQUESTOR, asked.to_pdu().encode())
    return wire.send(ACCEPTOR, answer.to_pdu().encode())


def p_data(command: bytes, data_set: bytes | None = None, context: int = 1) -> bytes:
    """Return a message as P-DATA-TF PDUs."""
    items = [each.to_bytes() for each in fragment(command, data_set, 16384, context)]
    return b"".join(b"\4\0" + len(item).to_bytes(4, "big") + item for item in items)


def released(wire: Wire) -> Wire:
    """Have the association released."""
    wire.send(REQUESTOR, A_RELEASE_RQ().encode())
    wire.send(ACCEPTOR, A_RELEASE_RP().encode())
    return wire.close()


def echo_request(number: int = 1) -> C_ECHO:
    return C_ECHO.request(MessageID=number, AffectedSOPClassUID=VERIFICATION)


def echoes(wire: Wire, count: int = 1) -> Wire:
    """Have C-ECHOs exchanged."""
    for number in range(1, count + 1):
        request = echo_request(number)
        wire.send(REQUESTOR, p_data(request.encode_request()))
        wire.send(ACCEPTOR, p_data(request.respond(Status=0).encode_response()))
    return wire


def store_request(number: int = 1) -> C_STORE:
    return C_STORE.request(
        MessageID=number,
        AffectedSOPClassUID=CT_STORAGE,
        AffectedSOPInstanceUID=f"1.2.{number}",
        Priority=0,
        DataSet=BytesIO(b"\0\0"),
    )


def find_request(number: int = 1) -> C_FIND:
    return C_FIND.request(
        MessageID=number, AffectedSOPClassUID=WORKLIST, Priority=0, Identifier=BytesIO(b"\0\0")
    )


def whole_dialogue(**options: Any) -> Wire:
    """Return a dialogue without a fault: two C-ECHOs and a C-STORE of 5 000 bytes."""
    wire = established(Wire(**options), (1, VERIFICATION), (3, CT_STORAGE))
    echoes(wire, 2)
    request = store_request(9)
    wire.send(REQUESTOR, p_data(request.encode_request(), bytes(range(250)) * 20, 3))
    wire.send(ACCEPTOR, p_data(request.respond(Status=0).encode_response(), None, 3))
    return released(wire)


# Packets in frames.

_ADDRESSES = {4: ("10.0.0.1", "10.0.0.2"), 6: ("fe80::1", "fe80::2")}


def tcp(packet: Packet) -> bytes:
    ports = (40000, 104) if packet.direction == REQUESTOR else (104, 40000)
    header = struct.pack(
        ">HHIIBBHHH", *ports, packet.seq, packet.ack, 0x80, packet.flags, 65535, 0, 0
    )
    return header + b"\1\1\x08\n" + bytes(8) + packet.data


def ip(packet: Packet, version: int = 4, number: int = 0) -> bytes:
    source, target = (ip_address(each).packed for each in _ADDRESSES[version])
    if packet.direction == ACCEPTOR:
        source, target = target, source
    content = tcp(packet)
    if version == 6:
        return struct.pack(">IHBB", 6 << 28, len(content), 6, 64) + source + target + content
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(content), number, 0x4000, 64, 6, 0)
    return head + source + target + content


def ip_fragments(packet: Packet, number: int, size: int = 504) -> Iterator[bytes]:
    """Yield an IPv4 packet in fragments, the last one first."""
    whole = ip(packet, 4, number)
    head, content = whole[:20], whole[20:]
    for start in reversed(range(0, len(content), size)):
        part = content[start : start + size]
        more = 0x2000 if start + size < len(content) else 0
        yield (
            head[:2]
            + struct.pack(">HHH", 20 + len(part), number, more | start // 8)
            + head[8:]
            + part
        )


def tunnel(packet: bytes) -> bytes:
    """Return an IPv4 packet with another IP packet in it."""
    protocol = 4 if packet[0] >> 4 == 4 else 41
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(packet), 1, 0, 64, protocol, 0)
    return head + bytes((9, 9, 9, 1, 9, 9, 9, 2)) + packet


def authenticated(packet: bytes) -> bytes:
    """Return an IP packet with an Authentication Header (RFC 4302)."""
    header = b"\6\4" + bytes(22)
    if packet[0] >> 4 == 6:
        size = len(packet) - 40 + len(header)
        head = packet[:4] + struct.pack(">HB", size, 51) + packet[7:40]
        return head + header + packet[40:]
    head = packet[:2] + struct.pack(">H", len(packet) + len(header)) + packet[4:9] + b"\x33"
    return head + packet[10:20] + header + packet[20:]


def ethernet(packet: bytes, *vlans: int) -> bytes:
    kind = b"\x08\0" if packet[:1] < b"\x60" else b"\x86\xdd"
    tags = b"".join(b"\x81\0" + struct.pack(">H", vlan) for vlan in vlans)
    return bytes(12) + tags + kind + packet


LINKS: dict[str, tuple[int, Callable[[bytes], bytes]]] = {
    "Ethernet": (1, ethernet),
    "Ethernet, padded": (1, lambda packet: ethernet(packet) + bytes(6)),
    "VLAN": (1, lambda packet: ethernet(packet, 5)),
    "VLAN in VLAN": (1, lambda packet: ethernet(packet, 5, 6)),
    "loopback": (0, lambda packet: b"\2\0\0\0" + packet),
    "loopback of OpenBSD": (108, lambda packet: b"\0\0\0\2" + packet),
    "Linux cooked": (
        113,
        lambda packet: bytes(14) + (b"\x08\0" if packet[0] >> 4 == 4 else b"\x86\xdd") + packet,
    ),
    "Linux cooked, version 2": (
        276,
        lambda packet: (b"\x08\0" if packet[0] >> 4 == 4 else b"\x86\xdd") + bytes(18) + packet,
    ),
    "raw IP": (101, lambda packet: packet),
    "MPLS": (1, lambda packet: bytes(12) + b"\x88\x47\0\6\x40\x40\0\x0c\x81\x40" + packet),
    "PPPoE": (
        1,
        lambda packet: (
            bytes(12)
            + b"\x88\x64\x11\0\0\1"
            + (len(packet) + 2).to_bytes(2, "big")
            + (b"\0\x21" if packet[0] >> 4 == 4 else b"\0\x57")
            + packet
        ),
    ),
    "LLC and SNAP": (
        1,
        lambda packet: (
            bytes(12)
            + (len(packet) + 8).to_bytes(2, "big")
            + b"\xaa\xaa\3\0\0\0"
            + (b"\x08\0" if packet[0] >> 4 == 4 else b"\x86\xdd")
            + packet
        ),
    ),
    "IP in IP": (101, lambda packet: tunnel(packet)),
    "IP with an Authentication Header": (101, lambda packet: authenticated(packet)),
}


def frames(wire: Wire | Iterable[Packet], version: int = 4) -> list[tuple[int, bytes]]:
    """Return the IP packets of a dialogue with their times."""
    packets = wire.packets if isinstance(wire, Wire) else list(wire)
    return [(each.time, ip(each, version, number)) for number, each in enumerate(packets)]


def pcap(
    found: Iterable[tuple[int, bytes]],
    link: str = "Ethernet",
    *,
    order: str = "<",
    is_nano: bool = False,
    snapshot: int = 1 << 18,
) -> bytes:
    """Return a pcap file."""
    number, wrap = LINKS[link]
    magic, factor = (0xA1B23C4D, 1000) if is_nano else (0xA1B2C3D4, 1)
    parts = [struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, snapshot, number)]
    for time, packet in found:
        frame = wrap(packet)
        seconds, micro = divmod(time, 1_000_000)
        kept = frame[:snapshot]
        parts.append(
            struct.pack(f"{order}IIII", seconds, micro * factor, len(kept), len(frame)) + kept
        )
    return b"".join(parts)


def block(order: str, kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    size = len(body) + 12
    return struct.pack(f"{order}II", kind, size) + body + struct.pack(f"{order}I", size)


def pcapng(
    found: Iterable[tuple[int, bytes]],
    links: tuple[str, ...] = ("Ethernet",),
    *,
    order: str = "<",
    resolution: int | None = None,
    kind: int = 6,
) -> bytes:
    """Return a pcapng file, with packets on its interfaces in turn."""
    parts = [block(order, 0x0A0D0D0A, struct.pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, -1))]
    for link in links:
        options = b"" if resolution is None else struct.pack(f"{order}HHBxxxI", 9, 1, resolution, 0)
        parts.append(block(order, 1, struct.pack(f"{order}HHI", LINKS[link][0], 0, 0) + options))
    parts.append(block(order, 5, bytes(12)))  # statistics, which are skipped
    for number, (time, packet) in enumerate(found):
        which = number % len(links)
        frame = LINKS[links[which]][1](packet)
        ticks = time if resolution is None else time * 10 ** (resolution - 6)
        if kind == 3:
            parts.append(block(order, 3, struct.pack(f"{order}I", len(frame)) + frame))
            continue
        place = struct.pack(f"{order}II", ticks >> 32, ticks & 0xFFFFFFFF)
        sizes = struct.pack(f"{order}II", len(frame), len(frame))
        head = struct.pack(
            f"{order}I" if kind == 6 else f"{order}HH", *([which] if kind == 6 else [which, 0])
        )
        parts.append(block(order, kind, head + place + sizes + frame))
    return b"".join(parts)
