"""Run both versions on PDUs that depart from the least one, and keep where they differ.

Every code of a byte is tried, each with every code that it depends on; every item as often as none,
once and twice, the items of a structure together; texts around their limits; the other order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, product
from typing import Any

from ...sets.finding import Side
from ...witness.chosen_patterns import MOST
from ...witness.packages import Package
from ..model import Contents, Structure, UpperLayer
from .judged_primitives import Difference, Scan
from .octets import Departure, Writer
from .runner import PACKAGE

_TIMES = (0, 1, 2)
_A_BYTE = range(256)
# The fragments of a P-DATA-TF are views of its bytes.
_VIEW = re.compile(r"<memory at [^>]*>")


def scan_structures(
    layers: Sequence[UpperLayer], packages: Sequence[Package], result: Scan
) -> list[str]:
    """Add to `result` where both versions read PDUs otherwise, and return the structures."""
    judges = [_Judge(each) for each in packages]
    names = dict.fromkeys(name for layer in layers for name in layer.structures)
    for name in names:
        versions = [layer.structures[name] for layer in layers if name in layer.structures]
        if (most := _most(versions)) > MOST:
            result.sampled.append(f"{MOST} of the {most} sets of items of {name}")
        differs: dict[bytes, bool] = {}
        for pdu, written in _octets(name, versions, layers):
            within: str | None = None
            for octets in written:
                is_new = octets not in differs
                if is_new:
                    read = [each.read(octets) for each in judges]
                    differs[octets] = read[0] != read[1]
                if within is None:  # without a departure, anything in the PDU may be the reason
                    within = pdu if differs[octets] else ""
                if is_new:
                    result.runs += 1
                    _compare(name, within, octets, read, result)
        result.patterns += len(differs)
    return list(names)


def _octets(
    name: str, versions: Sequence[Structure], layers: Sequence[UpperLayer]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield each PDU that can have the structure, and how it is written: the least one first."""
    for layer in layers:
        if name in layer.structures:
            writer = Writer(layer)
            for pdu in writer.pdus_with(name):
                departures = _departures(name, versions)
                yield pdu, map(partial(writer.write, pdu), departures)


def _departures(name: str, versions: Sequence[Structure]) -> Iterator[Departure]:
    yield Departure(name)
    yield Departure(name, is_reversed=True)
    items = list(dict.fromkeys(each.class_name for s in versions for each in s.contains))
    for times in islice(product(*(_TIMES for _ in items)), MOST):
        yield Departure(name, items=dict(zip(items, times, strict=True)))
    for structure in versions:
        for field in structure.fields:
            if field.contents is Contents.CODE:
                yield from _codes(name, field.name, structure)
            elif field.contents is Contents.CONTEXT_ID:
                yield from (Departure(name, {field.name: number}) for number in (1, 2))
            elif field.contents is Contents.TEXT and field.characters:
                least, most = field.characters
                for size in (0, least, most, most + 1):
                    yield Departure(name, sizes={field.name: size})
            elif field.contents is Contents.REST:
                yield Departure(name, sizes={field.name: 1})


def _codes(name: str, field: str, structure: Structure) -> Iterator[Departure]:
    """Yield every code of a field, with every one that is listed for what it depends on."""
    values = structure.values.get(field, ())
    depends = {other for value in values for other in value.when}
    depends |= {o for each in structure.fields if each.name == field for o in each.only_when}
    others = sorted(depends)
    listed = [[value.first for value in structure.values.get(other, ())] for other in others]
    for chosen in product(*listed):
        for code in _A_BYTE:
            yield Departure(name, {**dict(zip(others, chosen, strict=True)), field: code})


def _most(versions: Sequence[Structure]) -> int:
    items = {each.class_name for structure in versions for each in structure.contains}
    return int(len(_TIMES) ** len(items))


def _compare(name: str, pdu: str, octets: bytes, read: Sequence[str | None], result: Scan) -> None:
    before, after = read
    if before == after:
        return
    shown = f"the PDU {octets.hex(' ')}"
    for side, one, other in ((Side.SENDERS, before, after), (Side.RECEIVERS, after, before)):
        if one is not None and other is None:
            result.note(Difference(name, "", "", side, True, shown, pdu))
    if before is not None and after is not None:
        for side in Side:
            said = f"{shown}: {before}, {after}"
            result.note(Difference(name, "", "", side, False, said, pdu))


class _Judge:
    def __init__(self, package: Package) -> None:
        self._decode: Any = package.module(PACKAGE).decode_pdu

    def read(self, octets: bytes) -> str | None:
        """Return what a version takes bytes for, None if it refuses them."""
        try:
            return _VIEW.sub("a view", repr(self._decode(octets, strict=True).pdu))
        except ValueError:
            return None
