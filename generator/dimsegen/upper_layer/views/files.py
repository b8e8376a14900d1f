"""Every file of the package ``upper_layer``: which template prints it, and what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ...code import layout
from ...render import Printed
from ..family import FAMILY
from ..model import Kind, Structure, UpperLayer
from .attributes import module_of
from .conversion import conversion_view
from .decoded import decoder_name
from .encoder import has_fragment
from .enumerations import enumerations_of
from .facts import facts_of
from .primitive import PrimitiveView, primitive_view
from .structure import StructureView, structure_view
from .transitions import machine_view
from .user_data import user_data_view

_printed = partial(Printed.within, FAMILY.folder)


@dataclass(frozen=True)
class Branch:
    """A PDU that `decode_pdu` can tell: its type, its decoder, and what it reads from."""

    code: str
    decoder: str
    source: str


@dataclass(frozen=True)
class Length:
    """The field that says how long a PDU is, and the first of its bytes."""

    name: str
    start: int


def files_of(layer: UpperLayer) -> Iterator[Printed]:
    """Yield every file that is printed of `layer`."""
    views = [structure_view(each, layer) for each in layer.structures.values()]
    for view in views:
        yield _printed(f"{view.module}.py", "structure.py.j2", view=view)
    primitives = [primitive_view(service, layer) for service in layer.services]
    for primitive in primitives:
        yield _printed(f"{primitive.module}.py", "primitive.py.j2", view=primitive)
    enumerations = enumerations_of(layer)
    yield _printed("_enumerations.py", "_enumerations.py.j2", enumerations=enumerations)
    yield _printed("_facts.py", "_facts.py.j2", facts=facts_of(layer))
    yield _printed("_conversion.py", "_conversion.py.j2", view=conversion_view(layer))
    yield _printed("_states.py", "_states.py.j2", view=machine_view(layer.machine))
    yield _printed("_user_data.py", "_user_data.py.j2", view=user_data_view(layer))
    pdus = [each for each in layer.structures.values() if each.kind is Kind.PDU]
    imports = [
        layout.import_from(module_of(each.class_name), {decoder_name(each.class_name)})
        for each in sorted(pdus, key=lambda each: module_of(each.class_name))
    ]
    # Those with fragments first: of them there are most.
    pdus.sort(key=lambda each: (not has_fragment(each, layer), each.type_code or 0))
    branches = [_branch(each, layer) for each in pdus]
    given = {"branches": branches, "imports": imports, "length": _length(pdus)}
    yield _printed("_decode.py", "_decode.py.j2", **given)
    yield _printed("__init__.py", "__init__.py.j2", view=_root(layer, views, primitives))


def _length(pdus: list[Structure]) -> Length:
    *before, field = pdus[0].header
    return Length(field.name, sum(each.width or 0 for each in before))


def _branch(structure: Structure, layer: UpperLayer) -> Branch:
    source = (
        "memoryview(data)"
        if has_fragment(structure, layer)
        else "data if type(data) is bytes else bytes(data)"
    )
    return Branch(f"0x{structure.type_code:02X}", decoder_name(structure.class_name), source)


@dataclass(frozen=True)
class Root:
    """What the root of the package imports and exports."""

    imports: tuple[str, ...]
    exported: tuple[str, ...]


def _root(layer: UpperLayer, views: list[StructureView], primitives: list[PrimitiveView]) -> Root:
    modules: dict[str, set[str]] = {view.module: {view.class_name} for view in views}
    for view in views:
        if view.union:
            modules[view.module].add(view.union.partition(":")[0])
    modules["_enumerations"] = {each.name for each in enumerations_of(layer)}
    modules |= {view.module: {view.class_name} for view in primitives}
    modules["_primitive"] = {
        "PresentationContextDefinition",
        "PresentationContextResult",
        "ServiceParameter",
        FAMILY.base,
    }
    modules["_states"] = {"Action", "Event", "State", "TRANSITIONS"}
    modules["_decode"] = {"decode_pdu"}
    modules["_stream"] = {"read_pdu_header", "split_pdus"}
    modules["_pdu"] = {"PDU", "DecodedPDU", "Item", "UnknownItem"}
    modules["_association"] = {"Association"}
    modules["_association_events"] = {
        "Aborted",
        "Accepted",
        "AssociateRequested",
        "AssociationEvent",
        "ConnectionClosed",
        "LocalProtocolError",
        "MessageReceived",
        "Rejected",
        "ReleaseRequested",
        "Released",
    }
    modules["_negotiation"] = {"Policy", "PresentationContext", "rejection"}
    modules["_proposing"] = {"user_information"}
    exported = set().union(*modules.values())
    return Root(
        tuple(layout.import_from(module, modules[module]) for module in sorted(modules)),
        tuple(sorted(exported, key=layout.export_order)),
    )
