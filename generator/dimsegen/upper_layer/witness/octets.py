"""PDUs as bytes, made of the tables alone.

Invariant: this is no second codec. It writes the least PDU that the tables of a version allow, and
departs from it in one place, as a trial asks; whether that is valid, only the generated code says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..model import Contained, Contents, Field, Structure, UpperLayer
from ..views.attributes import context_ids
from .samples import CLASS

_TITLE = b"STORE_SCP"
_BY_CONTENTS = {
    Contents.UID: CLASS.encode(),
    Contents.TEXT: b"A",
    Contents.BYTES: b"1",
    Contents.REST: b"",
    # The Message Control Header of a whole command set (PS3.8 E.2), and a fragment.
    Contents.FRAGMENT: b"\x03\0\0\0\0",
}


@dataclass(frozen=True)
class Departure:
    """In what a structure differs from the least one.

    Attributes
    ----------
    structure : str
        The class of the structure.
    codes : mapping of str to int
        The values of its fields.
    items : mapping of str to int
        How often an item stands in it.
    sizes : mapping of str to int
        How many characters the texts in its fields have.
    is_reversed : bool
        Whether its items stand in the other order.
    """

    structure: str = ""
    codes: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[str, int] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    is_reversed: bool = False


class Writer:
    """Writes the PDUs of one version."""

    def __init__(self, layer: UpperLayer) -> None:
        self._structures = layer.structures

    def pdus_with(self, name: str) -> Iterator[str]:
        """Yield the PDUs that are, or can have in them, the structure `name`."""
        pdus = {each.class_name: each for each in self._structures.values() if each.becomes}
        with_it = [each for each in pdus if each == name or name in self._below(pdus[each])]
        # Some items stand in one PDU only; where no PDU may have them, any is as good.
        allowed = [
            each for each in with_it if each == name or name in self._below(pdus[each], each)
        ]
        yield from allowed or with_it

    def _below(self, structure: Structure, pdu: str = "") -> set[str]:
        """Return what can stand in a structure, in `pdu` if it is given."""
        inside = {
            each.class_name for each in structure.contains if not pdu or each.only_in in ("", pdu)
        }
        known = [self._structures[each] for each in inside if each in self._structures]
        return inside.union(*(self._below(each, pdu) for each in known))

    def write(self, pdu: str, departure: Departure) -> bytes:
        """Return the least PDU that has what `departure` departs in."""
        return self._write(self._structures[pdu], departure)

    def _write(self, structure: Structure, departure: Departure) -> bytes:
        written = b""
        for number, each in reversed(list(enumerate(structure.fields))):
            written = self._field(structure, number, each, written, departure) + written
        return written

    def _field(
        self, structure: Structure, number: int, each: Field, after: bytes, departure: Departure
    ) -> bytes:
        width = each.width or 0
        match each.contents:
            case Contents.TYPE:
                return bytes.fromhex(each.value[:-1])
            case Contents.LENGTH:
                length = self._length(structure, number, each, after, departure)
                return length.to_bytes(width, "big")
            case Contents.CODE:
                return self._code(structure, each, departure).to_bytes(width, "big")
            case Contents.CONTEXT_ID:
                usual = next(number for number in context_ids(each) if number)
                number = self._codes(structure, departure).get(each.name, usual)
                return number.to_bytes(width, "big")
            case Contents.NUMBER:
                number = self._codes(structure, departure).get(each.name, each.default or 1)
                return number.to_bytes(width, "big")
            case Contents.VERSION:
                return (1 << (each.bit or 0)).to_bytes(width, "big")
            case Contents.REST if self._is(structure, departure):
                return bytes(departure.sizes.get(each.name, 0))
            case Contents.TEXT if self._is(structure, departure) and each.name in departure.sizes:
                return b"A" * departure.sizes[each.name]
            case Contents.AE_TITLE:
                return _TITLE.ljust(width)
            case Contents.ITEMS:
                return self._items(structure, departure)
            case Contents.RESERVED:
                return bytes(width)
            case Contents.ECHO:
                sent = self._structures[each.of].fields
                echoed = [one for one in sent if one.octets == each.octets]
                return self._field(structure, 0, echoed[0], b"", departure) if echoed else b""
        return _BY_CONTENTS[each.contents]

    def _length(
        self, structure: Structure, number: int, each: Field, after: bytes, departure: Departure
    ) -> int:
        if not each.of:
            return len(after)
        later = list(enumerate(structure.fields))[number + 1 :]
        place, measured = next(item for item in later if item[1].name == each.of)
        return len(self._field(structure, place, measured, b"", departure))

    def _code(self, structure: Structure, each: Field, departure: Departure) -> int:
        chosen = self._codes(structure, departure)
        if each.name in chosen:
            return chosen[each.name]
        for value in structure.values.get(each.name, ()):
            fits = all(
                str(chosen.get(name, self._first(structure, name))) in codes
                for name, codes in value.when.items()
            )
            if fits and not value.is_reserved:
                return value.first
        return 0

    def _codes(self, structure: Structure, departure: Departure) -> Mapping[str, int]:
        return departure.codes if self._is(structure, departure) else {}

    def _first(self, structure: Structure, name: str) -> int:
        return next(v.first for v in structure.values[name] if not v.is_reserved)

    def _is(self, structure: Structure, departure: Departure) -> bool:
        return structure.class_name == departure.structure

    def _items(self, structure: Structure, departure: Departure) -> bytes:
        is_here = self._is(structure, departure)
        items: list[bytes] = []
        for each in structure.contains:
            inside = self._structures.get(each.class_name)
            if inside is not None:
                times = self._times(each, departure, is_here=is_here)
                items += [self._write(inside, departure)] * times
        if is_here:
            for name, times in departure.items.items():
                is_known = name in {each.class_name for each in structure.contains}
                if not is_known and name in self._structures:
                    items += [self._write(self._structures[name], departure)] * times
        return b"".join(reversed(items) if is_here and departure.is_reversed else items)

    def _times(self, each: Contained, departure: Departure, *, is_here: bool) -> int:
        if is_here and each.class_name in departure.items:
            return departure.items[each.class_name]
        needed = each.class_name == departure.structure
        inside = self._structures[each.class_name]
        needed = needed or departure.structure in self._below(inside)
        return 1 if each.occurs.is_required or needed else 0
