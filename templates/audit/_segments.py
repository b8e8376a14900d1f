"""Frames to TCP segments: Ethernet with VLANs, loopback, Linux cooked, raw IP; IPv4 and IPv6.

Invariant: no frame raises anything; one that holds no TCP segment that can be read is None, and
counted by why. Fragments of IP are put together within a bound.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from ipaddress import ip_address
from struct import Struct
from typing import Final, NamedTuple, TypeAlias

#: Who sent it to whom (addresses and ports), sequence number, acknowledgment, flags, the frame with
#: where the data starts and ends in it, and how many bytes of data were sent but not captured.
Segment: TypeAlias = tuple[bytes, int, int, int, bytes, int, int, int]

FIN, SYN, RST, ACK = 0x01, 0x02, 0x04, 0x10
# EtherType, version and header length, total length, fragment, protocol, addresses and ports,
# sequence number, acknowledgment, data offset, flags: an IPv4 packet without options on Ethernet.
_unpack_usual: Final = Struct(">12xHBxHxxHxBxx12sIIBB").unpack_from
_unpack_ipv4: Final = Struct(">BxHHHxB2x8s").unpack_from
_unpack_ipv6: Final = Struct(">4xHBx32s").unpack_from
_unpack_tcp: Final = Struct(">4sIIBB").unpack_from
_IPV4, _IPV6 = 0x0800, 0x86DD
_VERSIONS: Final = {4: _IPV4, 6: _IPV6}
_VLANS: Final = (0x8100, 0x88A8, 0x9100)
_TCP, _FRAGMENT = 6, 44
_EXTENSIONS: Final = (0, 43, 60, 135)
_IP_IN_IP, _IPV6_IN_IP, _AUTHENTICATION = 4, 41, 51
_PACKETS: Final = (_IP_IN_IP, _IPV6_IN_IP)
_UDP, _VXLAN = 17, (4789).to_bytes(2, "big")
_TUNNELS: Final = {47: "GRE, which is not read", 50: "IPsec ESP, which is encrypted"}
_MPLS, _PPPOE = (0x8847, 0x8848), 0x8864
_PPP: Final = {0x0021: _IPV4, 0x0057: _IPV6}
# Of a frame that has a length instead, what follows is LLC; with these, a SNAP header (RFC 1042).
_LONGEST_LLC, _SNAP = 1500, b"\xaa\xaa\x03\0\0\0"
_ETHERNET: Final = 1
# Link types with nothing, or four bytes of address family, before the IP packet.
_NO_HEADER: Final = frozenset((12, 14, 101, 228, 229))
_FAMILY_HEADER: Final = frozenset((0, 108))
# Linux cooked: where the protocol and the packet are.
_COOKED: Final = {113: (14, 16), 276: (0, 20)}
# How many packets in fragments are waited for, and how many fragments one has: of 64 KiB, an IP
# packet has 128 on a link that takes no more than 576 bytes.
_MOST_FRAGMENTED, _MOST_PIECES, _LONGEST_PACKET = 64, 256, 1 << 17


class Endpoint(NamedTuple):
    """An address and a port."""

    address: str
    port: int

    def __str__(self) -> str:
        shown = f"[{self.address}]" if ":" in self.address else self.address
        return f"{shown}:{self.port}"


def endpoints(key: bytes) -> tuple[Endpoint, Endpoint]:
    """Return the sender and the receiver of a segment."""
    size = (len(key) - 4) // 2
    ports = key[2 * size :]
    return (
        Endpoint(str(ip_address(key[:size])), int.from_bytes(ports[:2], "big")),
        Endpoint(str(ip_address(key[size : 2 * size])), int.from_bytes(ports[2:], "big")),
    )


def reverse(key: bytes) -> bytes:
    """Return the key of the segments that go the other way."""
    size = (len(key) - 4) // 2
    return key[size : 2 * size] + key[:size] + key[-2:] + key[-4:-2]


class Segments:
    """Finds the TCP segment in each frame of a capture.

    Attributes
    ----------
    passed_over : Counter of str
        How many frames hold none that can be read, by why.
    unknown_links : int
        How many of them are of a link type that is not known.
    """

    def __init__(self) -> None:
        self.passed_over: Counter[str] = Counter()
        self.unknown_links = 0
        # Of each packet that came in fragments: its pieces by offset, and its size when known.
        self._fragments: OrderedDict[bytes, tuple[dict[int, bytes], list[int]]] = OrderedDict()

    def read(self, link: int, frame: bytes, original: int) -> Segment | None:
        """Return the segment in a frame of a link type; `original` is how long it was."""
        if link == _ETHERNET and len(frame) >= 54:
            (kind, version, total, fragment, protocol, key, seq, ack, offset, flags) = (
                _unpack_usual(frame)
            )
            if kind == _IPV4 and version == 0x45 and protocol == _TCP and not fragment & 0x3FFF:
                start = 34 + (offset >> 4) * 4
                # A sender that leaves the division to its network card has no total length yet.
                end = total + 14 if total else original
                size = len(frame)
                if 54 <= start <= end <= size:
                    return key, seq, ack, flags, frame, start, end, 0
        return self._unusual(link, frame, original)

    def _unusual(self, link: int, frame: bytes, original: int) -> Segment | None:
        try:
            found = self._packet(link, frame)
            if found is None:
                return None
            kind, start = found
            if kind == _IPV4:
                return self._ipv4(frame, start, original)
            return self._ipv6(frame, start, original)
        except (IndexError, ValueError, _ShortError):
            self.passed_over["cut within its headers"] += 1
            return None

    def _packet(self, link: int, frame: bytes) -> tuple[int, int] | None:
        """Return the kind of IP packet and where it starts; None, and counted, if it is none."""
        if link == _ETHERNET:
            kind, start = _number(frame, 12), 14
        elif link in _NO_HEADER or link in _FAMILY_HEADER:
            start = 4 if link in _FAMILY_HEADER else 0
            kind = _VERSIONS.get(frame[start] >> 4, 0)
        elif link in _COOKED:
            where, start = _COOKED[link]
            kind = _number(frame, where)
        else:
            self.passed_over[f"link type {link}, which is not read"] += 1
            self.unknown_links += 1
            return None
        kind, start = _inner(frame, kind, start)
        if kind not in (_IPV4, _IPV6):
            self.passed_over["no IP packet"] += 1
            return None
        return kind, start

    def _ipv4(self, frame: bytes, start: int, original: int) -> Segment | None:
        if len(frame) - start < 20:
            raise _ShortError
        version, total, identity, fragment, protocol, addresses = _unpack_ipv4(frame, start)
        first = start + (version & 0x0F) * 4
        end = start + total if total else original
        if protocol == _AUTHENTICATION and not fragment & 0x3FFF:
            protocol, first = frame[first], first + 8 + frame[first + 1] * 4
        if protocol in _PACKETS and not fragment & 0x3FFF:
            return self._inside(protocol, frame, first, end)
        if protocol != _TCP:
            self.passed_over[_why_not(protocol, frame, first)] += 1
            return None
        if fragment & 0x3FFF:
            key = addresses + identity.to_bytes(2, "big")
            offset, is_last = (fragment & 0x1FFF) * 8, not fragment & 0x2000
            whole = self._whole(key, offset, is_last, frame[first:end])
            return None if whole is None else self._tcp(addresses, whole, 0, len(whole))
        return self._tcp(addresses, frame, first, end)

    def _ipv6(self, frame: bytes, start: int, original: int) -> Segment | None:
        if len(frame) - start < 40:
            raise _ShortError
        size, protocol, addresses = _unpack_ipv6(frame, start)
        first = start + 40
        end = first + size if size else original
        while protocol in _EXTENSIONS or protocol == _AUTHENTICATION:
            # Lengths of all but the Authentication Header count eight bytes (RFC 4302 2.2).
            unit = 4 if protocol == _AUTHENTICATION else 8
            protocol, first = frame[first], first + 8 + frame[first + 1] * unit
        if protocol == _FRAGMENT:
            protocol, word = frame[first], _number(frame, first + 2)
            key = addresses + frame[first + 4 : first + 8]
            whole = self._whole(key, word & 0xFFF8, not word & 1, frame[first + 8 : end])
            if whole is None:
                return None
            frame, first, end = whole, 0, len(whole)
        if protocol in _PACKETS:
            return self._inside(protocol, frame, first, end)
        if protocol != _TCP:
            self.passed_over[_why_not(protocol, frame, first)] += 1
            return None
        return self._tcp(addresses, frame, first, end)

    def _inside(self, protocol: int, frame: bytes, first: int, end: int) -> Segment | None:
        """Return the segment in an IP packet that another one carries."""
        inner = frame[first:end]
        if inner and inner[0] >> 4 == 4 and protocol == _IP_IN_IP:
            return self._ipv4(inner, 0, end - first)
        if inner and inner[0] >> 4 == 6 and protocol == _IPV6_IN_IP:
            return self._ipv6(inner, 0, end - first)
        raise _ShortError

    def _tcp(self, addresses: bytes, frame: bytes, first: int, end: int) -> Segment:
        if len(frame) - first < 14:
            raise _ShortError
        ports, seq, ack, offset, flags = _unpack_tcp(frame, first)
        start = first + (offset >> 4) * 4
        if not first + 20 <= start <= end:
            raise _ShortError
        # What was sent, but not kept: the snapshot length of the capture was shorter.
        have = min(end, len(frame))
        lost = end - max(have, start)
        return addresses + ports, seq, ack, flags, frame, min(start, have), have, lost

    def _whole(self, key: bytes, offset: int, is_last: bool, data: bytes) -> bytes | None:
        """Return the packet that this fragment completes."""
        pieces, size = self._fragments.setdefault(key, ({}, []))
        pieces[offset] = data
        if is_last:
            size[:] = [offset + len(data)]
        if len(self._fragments) > _MOST_FRAGMENTED:
            self._fragments.popitem(last=False)
            self.passed_over["a fragment of a packet that is not whole"] += 1
        have = sum(map(len, pieces.values()))
        if len(pieces) > _MOST_PIECES or have > _LONGEST_PACKET:
            del self._fragments[key]
            self.passed_over["a packet in too many fragments"] += 1
            return None
        if not size or have < size[0]:
            return None
        parts = []
        at = 0
        for position, piece in sorted(pieces.items()):
            if position > at:
                return None
            parts.append(piece[at - position :])
            at = max(at, position + len(piece))
        whole = b"".join(parts)
        self._fragments.pop(key, None)
        return whole[: size[0]]


def _inner(frame: bytes, kind: int, start: int) -> tuple[int, int]:
    """Return what is in a frame behind VLAN tags, MPLS labels, PPPoE or LLC, and where."""
    if kind <= _LONGEST_LLC and frame[start : start + 6] == _SNAP:
        kind, start = _number(frame, start + 6), start + 8
    while kind in _VLANS:
        kind, start = _number(frame, start + 2), start + 4
    if kind in _MPLS:
        while not frame[start + 2] & 1:
            start += 4
        start += 4
        kind = _VERSIONS.get(frame[start] >> 4, 0)
    elif kind == _PPPOE:
        kind, start = _PPP.get(_number(frame, start + 6), 0), start + 8
    return kind, start


def _why_not(protocol: int, frame: bytes, first: int) -> str:
    """Return what an IP packet carries instead of a TCP segment."""
    if protocol == _UDP and frame[first + 2 : first + 4] == _VXLAN:
        return "VXLAN, which is not read"
    return _TUNNELS.get(protocol, "no TCP segment")


class _ShortError(Exception):
    """A frame ends within a header."""


def _number(frame: bytes, where: int) -> int:
    if len(frame) < where + 2:
        raise _ShortError
    return int.from_bytes(frame[where : where + 2], "big")
