"""Primitives to PDUs and back: which function makes which, and how.

Invariant: which PDU a primitive becomes, and which primitive a PDU, follows from what a PDU sets
and from when its fields are significant; no parameter is known by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...code import layout
from ...code.fit import fitted
from ...code.naming import class_name as service_class
from ..model import Row, Service, Structure, UpperLayer, snake_class
from ..model.pdu_choice import is_answer, pdus_of, telling_row
from .attributes import module_of, variable_for
from .conveyed import Conveyed, assigned, conveyed_by, member_of
from .conveyed_items import item_functions
from .enumerations import enumerations_of
from .functions import Function, head, in_body
from .structure import where_of

_PRIMITIVE = {
    "Address",
    "PresentationContextDefinition",
    "PresentationContextResult",
    "missing",
    "unfit",
}


@dataclass(frozen=True)
class ConversionView:
    """What is printed: the imports, and the functions in the order in which they are read."""

    imports: tuple[str, ...]
    functions: tuple[Function, ...]


def conversion_view(layer: UpperLayer) -> ConversionView:
    """Return what is printed of the ways between primitives and PDUs."""
    writer = _Conversions(layer)
    items = list(item_functions(layer))
    functions = [*writer.to_pdus(), *(to_item for to_item, _ in items)]
    functions += [*writer.to_primitives(), *(to_record for _, to_record in items)]
    return ConversionView(tuple(_imports(functions, layer)), tuple(functions))


class _Conversions:
    """Writes the functions for the PDUs and primitives of a layer."""

    def __init__(self, layer: UpperLayer) -> None:
        self._layer = layer
        self._pdus = [each for each in layer.structures.values() if each.becomes]

    def to_pdus(self) -> Iterator[Function]:
        """Yield, for each service, what makes a PDU of its primitive."""
        for service in self._layer.services:
            pdus = pdus_of(service, self._pdus)
            name = f"{service_class(service.name).lower()}_to_pdu"
            if len(pdus) == 1:
                yield self._to_pdu(name, service, pdus[0])
            elif decisive := telling_row(service, pdus):
                yield _chosen_pdu(name, service, pdus, decisive)
                yield from (self._to_pdu(_making(pdu), service, pdu) for pdu in pdus)

    def _to_pdu(self, name: str, service: Service, pdu: Structure) -> Function:
        conveyed = conveyed_by(pdu, service, self._layer)
        names = [each.row.attribute for each in conveyed]
        lines = [line for name in names for line in assigned(name, f"primitive._{name}", 4)]
        lines += _required([each.row for each in conveyed if not each.without])
        for each in conveyed:
            if each.without:
                lines += [f"if {each.row.attribute} is None:"]
                lines += [f"    {each.row.attribute} = {each.without}"]
        arguments = [f"{key}={value}" for key, value in _condition(pdu, service).items()]
        arguments += [_argument(each) for each in conveyed]
        lines += in_body(f"return {pdu.class_name}(", arguments, ")")
        signature = head(name, [f"primitive: {service_class(service.name)}"], pdu.class_name)
        return Function(signature, f"Return the PDU of {where_of(pdu)}.", tuple(lines))

    def to_primitives(self) -> Iterator[Function]:
        """Yield, for each PDU, what makes a primitive of it."""
        services = {service.name: service for service in self._layer.services}
        for pdu in self._pdus:
            conveyed = [services[name] for name in pdu.becomes]
            name = f"{snake_class(pdu.class_name)}_to_primitive"
            if len(conveyed) == 1:
                yield self._to_primitive(name, conveyed[0], pdu)
            else:
                # First those that it conveys under a condition.
                conveyed.sort(key=lambda service: not _condition(pdu, service))
                yield _chosen_primitive(name, pdu, conveyed)
                for service in conveyed:
                    yield self._to_primitive(_reading(pdu, service), service, pdu)

    def _to_primitive(self, name: str, service: Service, pdu: Structure) -> Function:
        kind = service_class(service.name)
        received = {each.row.name: each.received for each in conveyed_by(pdu, service, self._layer)}
        lines = [f"primitive = new({kind})"]
        for row in service.rows:
            value = _received(row, pdu, received)
            lines += assigned(f"primitive._{row.attribute}", value, 4)
        lines.append("return primitive")
        column = service.columns[pdu.received_as].lower()
        doc = f"Return the {service.name} {column} that {pdu.class_name} conveys."
        parameters = [f"pdu: {pdu.class_name}"]
        parameters += [f"{variable_for(each)}: Address | None" for each in pdu.takes]
        return Function(head(name, parameters, kind), doc, tuple(lines))


def _making(pdu: Structure) -> str:
    return f"_to_{snake_class(pdu.class_name)}"


def _reading(pdu: Structure, service: Service) -> str:
    return f"_from_{snake_class(pdu.class_name)}_{service_class(service.name).lower()}"


def _argument(each: Conveyed) -> str:
    return f"{each.argument}={each.sent}"


def _required(rows: list[Row]) -> Iterator[str]:
    """Yield the branch on the parameters that a PDU cannot do without."""
    if rows:
        names = [row.attribute for row in rows]
        tests = [f"{name} is None" for name in names]
        yield from (line[4:] for line in layout.branch("if", tests, 4, "or").split("\n"))
        yield from (f"    {line}" for line in fitted([_refusal(names)], 8))


def _refusal(names: list[str]) -> str:
    return f"raise missing(primitive, {', '.join(layout.strings(names))})"


def _condition(pdu: Structure, service: Service) -> dict[str, str]:
    """Return the attributes of a PDU that say that it conveys a service, and their values.

    They are those on which it depends that a field is significant which conveys a parameter.
    """
    names = {row.name for row in service.rows}
    found: dict[str, str] = {}
    for field in pdu.fields:
        if field.conveys in names:
            for other, codes in field.only_when.items():
                decisive = next(each for each in pdu.fields if each.name == other)
                found[decisive.attribute] = member_of(pdu, decisive, codes[0])
    return found


def _chosen_pdu(name: str, service: Service, pdus: list[Structure], decisive: Row) -> Function:
    """Return the function that chooses: what only an answer has tells it, and what it says."""
    *tested, last = pdus
    value = f"primitive._{decisive.attribute}"
    lines = []
    for pdu in tested:
        test = "is None"
        if is_answer(pdu):
            test = f"== {decisive.enumeration}.{pdu.sets[decisive.name]}"
        lines += [f"if {value} {test}:", f"    return {_making(pdu)}(primitive)"]
    lines.append(f"return {_making(last)}(primitive)")
    signature = head(
        name,
        [f"primitive: {service_class(service.name)}"],
        " | ".join(sorted(pdu.class_name for pdu in pdus)),
    )
    doc = f"Return the PDU that conveys {service.name}: an answer has a {decisive.name}."
    return Function(signature, doc, tuple(lines))


def _chosen_primitive(name: str, pdu: Structure, services: list[Service]) -> Function:
    *conditional, last = services
    lines = []
    for service in conditional:
        tests = [f"pdu.{key} == {value}" for key, value in _condition(pdu, service).items()]
        lines += [f"if {' and '.join(tests)}:", f"    return {_reading(pdu, service)}(pdu)"]
    lines.append(f"return {_reading(pdu, last)}(pdu)")
    kinds = " | ".join(sorted(service_class(service.name) for service in services))
    names = " or ".join(sorted(service.name for service in services))
    doc = f"Return the {names} primitive that {pdu.class_name} conveys."
    return Function(head(name, [f"pdu: {pdu.class_name}"], kinds), doc, tuple(lines))


def _received(row: Row, pdu: Structure, received: dict[str, str]) -> str:
    """Return the expression for a parameter of the primitive that a PDU conveys."""
    if row.name in pdu.sets:
        return f"int({row.enumeration}.{pdu.sets[row.name]})"
    if row.name in received:
        return received[row.name]
    if row.name in pdu.takes:
        return variable_for(row.name)
    # What is fixed is not carried.
    if row.usage(pdu.received_as).is_mandatory and row.value:
        return layout.literal(row.value)
    if row.usage(pdu.received_as).is_mandatory and row.same_as in received:
        return received[row.same_as]
    return "None"


def _imports(functions: Iterable[Function], layer: UpperLayer) -> Iterator[str]:
    """Yield the lines that import what the functions use."""
    text = "\n".join(line for each in functions for line in (each.head, *each.lines))
    used = set(re.findall(r"[A-Za-z_]\w*", re.sub(r'f?"[^"]*"', "", text)))
    modules = {module_of(name): {name} for name in layer.structures}
    for service in layer.services:
        name = service_class(service.name)
        modules[name.lower()] = {name}
    modules["_enumerations"] = {each.name for each in enumerations_of(layer)}
    modules["_pdu"] = {"new"}
    modules["_primitive"] = _PRIMITIVE
    if "UID" in used:
        yield "from pydicom.uid import UID"
        yield ""
    for module in sorted(modules):
        if names := modules[module] & used:
            yield layout.import_from(module, names)
