"""An irregular PDU for an anomaly, found by trying, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...explanation.blocks import Block, Code, Heading
from ...explanation.run_tables import files_of
from ...witness.least import least
from ...witness.packages import imported
from ..family import FAMILY
from ..model import UpperLayer
from ..witness.candidates import example_of
from ..witness.octets import Departure, Writer
from ..witness.runner import Example, refusals


def anomaly_example(kind: str, layer: UpperLayer, templates: Path) -> Iterator[Block]:
    """Yield a PDU with an anomaly of this kind, if departing from the tables gives one."""
    with imported(files_of(FAMILY, layer, templates)) as package:
        found = least(
            _tried(layer),
            lambda example: refusals(example, package),
            lambda each: each.words.startswith(f"DecodeError: {kind}:"),
        )
    if found:
        yield Heading("example")
        yield Code("invalid", found.tried.code, tuple(each.words for each in found.said))


def _tried(layer: UpperLayer) -> Iterator[Example]:
    """Yield PDUs that depart from the tables, the smallest first."""
    writer = Writer(layer)
    octets = [
        writer.write(pdu, departure)
        for structure in layer.structures.values()
        for departure in _departures(layer, structure.class_name)
        for pdu in writer.pdus_with(structure.class_name)
    ]
    pdus = [name for name, each in layer.structures.items() if each.becomes]
    whole = [writer.write(pdu, Departure()) for pdu in pdus]
    shorter = [each[:2] + (len(each) - 7).to_bytes(4, "big") + each[6:] for each in whole]
    longer = [each + b"\0" for each in whole]
    spaced = [each.replace(b" ", b"\0") for each in whole]
    version = [each[:6] + b"\0\2" + each[8:] for each in whole]
    for each in sorted((*octets, *shorter, *longer, *spaced, *version), key=len):
        yield example_of(each)


def _departures(layer: UpperLayer, name: str) -> Iterator[Departure]:
    structure = layer.structures[name]
    for item in structure.contains:
        yield Departure(name, items={item.class_name: 0})
        yield Departure(name, items={item.class_name: 2})
    yield Departure(name, is_reversed=True)
    for field in structure.values:
        yield Departure(name, {field: 0x63})
