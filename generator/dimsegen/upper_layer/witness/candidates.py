"""What may show a finding, smallest first; only running it says whether it does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from ...sets.finding import Finding
from ..compare.field_findings import named
from ..compare.machine_findings import DESCRIBED, MACHINE
from ..model import Contents, Field, Service, Structure, UpperLayer
from .octets import Departure, Writer
from .runner import Example
from .tried_items import fragments_in_primitives, items_in_primitives
from .tried_primitives import primitives

_TIMES = (0, 1, 2)
# The bytes in a line of an example.
_A_LINE = 22


def candidates(finding: Finding, layer: UpperLayer, other: UpperLayer) -> Iterator[Example]:
    """Yield what may show a finding, with the values that either version knows.

    Parameters
    ----------
    layer, other : UpperLayer
        The version that is to accept it, and the one that is to reject it.
    """
    services = {each.name: each for each in layer.services}
    service = services.get(finding.service)
    if service is not None and finding.direction and finding.keyword:
        yield from primitives(service, layer, finding.direction, finding.keyword)
    elif service is not None:
        yield from _of_service(finding, service, layer)
    elif finding.service in layer.structures:
        structure = layer.structures[finding.service]
        for octets in octets_for(finding, layer, other):
            yield example_of(octets)
        yield from items_in_primitives(structure.class_name, layer)
        yield from fragments_in_primitives(structure, layer)
        if finding.keyword in layer.structures:
            yield from items_in_primitives(finding.keyword, layer)
    elif finding.service == MACHINE and finding.rule != DESCRIBED:
        yield from _of_machine(finding, layer)


def _of_service(finding: Finding, service: Service, layer: UpperLayer) -> Iterator[Example]:
    columns = [finding.direction] if finding.direction else list(service.columns)
    for column in columns:
        if column in service.columns:
            yield from primitives(service, layer, column, finding.keyword)


def octets_for(finding: Finding, layer: UpperLayer, other: UpperLayer) -> Iterator[bytes]:
    """Yield PDUs that have in them what the finding is about."""
    structure = layer.structures.get(finding.service)
    if structure is None:
        return
    writer = Writer(layer)
    for departure in _departures(finding, structure, other.structures.get(finding.service)):
        for pdu in writer.pdus_with(structure.class_name):
            yield writer.write(pdu, departure)


def example_of(octets: bytes) -> Example:
    """Return the code that decodes a PDU, and refuses what is irregular in it."""
    return Example(f"pdu = bytes.fromhex({_hexadecimal(octets)})\ndecode_pdu(pdu, strict=True)")


def reading_of(octets: bytes, read: str) -> Example:
    """Return the code that decodes a PDU, and takes it for `read` and nothing else."""
    given = f"pdu = bytes.fromhex({_hexadecimal(octets)})\nfound = decode_pdu(pdu).pdu\n"
    return Example(f"{given}assert found == {read}, found")


def _hexadecimal(octets: bytes) -> str:
    """Return a literal with the digits of `octets`, in as many lines as they need."""
    digits = [octets[at : at + _A_LINE].hex(" ") for at in range(0, len(octets), _A_LINE)]
    if len(digits) == 1:
        return f'"{digits[0]}"'
    return "".join(["\n", *(f'    "{line}"\n' for line in digits)])


def _departures(
    finding: Finding, structure: Structure, other: Structure | None
) -> Iterator[Departure]:
    name, keyword = structure.class_name, finding.keyword
    yield Departure(name)
    versions = [each for each in (structure, other) if each]
    fields = [field for each in versions for field in each.fields if named(field) == keyword]
    if finding.rule == "occurrence-changed":
        for times in _TIMES:
            yield Departure(name, items={keyword: times})
        yield Departure(name, is_reversed=True)
    if not keyword:
        # Of a structure as a whole, such as the order of its fields: that they differ shows it.
        for field in structure.fields:
            if field.contents in (Contents.CODE, Contents.NUMBER):
                yield from _of_field(name, field, versions)
    for codes, field in product(_conditions(fields, versions), fields[:1]):
        for departure in _of_field(name, field, versions):
            yield Departure(name, {**codes, **departure.codes}, departure.items, departure.sizes)


def _conditions(fields: list[Field], versions: list[Structure]) -> Iterator[dict[str, int]]:
    """Yield what decides on a field, in every way."""
    deciding = sorted({name for field in fields for name in field.only_when})
    codes = [sorted({*_codes(name, versions)}) for name in deciding]
    for chosen in product(*codes):
        yield dict(zip(deciding, chosen, strict=True))


def _codes(name: str, versions: list[Structure]) -> Iterator[int]:
    """Yield the codes that either version lists for a field, and one that neither does."""
    listed = [value for each in versions for value in each.values.get(name, ())]
    named = [value.first for value in listed]
    yield from named
    yield next(code for code in range(256) if all(each != code for each in named))


def _of_field(name: str, field: Field, versions: list[Structure]) -> Iterator[Departure]:
    match field.contents:
        case Contents.CODE | Contents.NUMBER:
            for each in versions:
                for value in each.values.get(field.name, ()):
                    chosen = {other: int(codes[0]) for other, codes in value.when.items()}
                    yield Departure(name, {**chosen, field.name: value.first})
            for code in _codes(field.name, versions):
                yield Departure(name, {field.name: code})
        case Contents.TEXT:
            limits = {0, *(limit for each in versions for limit in _limits(field.name, each))}
            for size in sorted(limits):
                yield Departure(name, sizes={field.name: size})
        case Contents.CONTEXT_ID:
            for number in (1, 2):
                yield Departure(name, {field.name: number})
        case Contents.REST:
            yield Departure(name, sizes={field.name: 1})
        case Contents.ITEMS:
            yield Departure(name)
            for item in (item for each in versions for item in each.contains):
                for times in _TIMES:
                    yield Departure(name, items={item.class_name: times})
        case _:
            yield Departure(name)


def _limits(name: str, structure: Structure) -> Iterator[int]:
    for field in structure.fields:
        if field.name == name and field.characters:
            least, most = field.characters
            yield from (max(least - 1, 0), least, most, most + 1)


def _of_machine(finding: Finding, layer: UpperLayer) -> Iterator[Example]:
    state, _, event = finding.keyword.partition(" + ")
    if not event:
        received = f"{finding.keyword}.RECEIVED"
        arrivals = [each.name for each in layer.machine.events if each.pdu == finding.keyword]
        for name in arrivals:
            yield Example(f"assert {received} is Event.{name}, {received}")
        if not arrivals:
            yield Example(f'assert not hasattr({finding.keyword}, "RECEIVED"), {received}')
        return
    key = f"TRANSITIONS[Event.{event}, State.{state}]"
    for cell in layer.machine.transitions:
        if (cell.event, cell.state) == (event, state):
            action = cell.action.replace("-", "_")
            states = "".join(f"State.{name}, " for name in cell.next)
            yield Example(f"assert {key} == (Action.{action}, ({states.strip()})), {key}")
            return
    yield Example(f"assert (Event.{event}, State.{state}) not in TRANSITIONS, {key}")
