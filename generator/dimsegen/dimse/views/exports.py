"""The parts of the package that are not a primitive: its root, the statuses, the named values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...code import layout
from ...code.layout import wrapped
from ...code.membership import inside
from ...table.notation import hex4
from ...table.standard import Standard
from ...table.status_codes import show
from ..family import FAMILY, PRINTED, STANDARD
from ..model import Parameter, Schema, StatusClass
from .primitive import PrimitiveView


@dataclass(frozen=True)
class StatusCodeView:
    """A status type with one code: its member, and what is printed of it."""

    member: str
    name: str
    clause: str
    code: str


@dataclass(frozen=True)
class StatusClassView:
    """A status class: its member, and the test for its codes."""

    member: str
    name: str
    clause: str
    branch: str
    comment: str


@dataclass(frozen=True)
class NamedValues:
    """The values of a parameter that the text restricts, as an enumeration."""

    class_name: str
    doc: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Alias:
    """A name for several classes, for annotations."""

    code: str
    doc: str


@dataclass(frozen=True)
class PackageView:
    """What the root of the package imports and exports."""

    imports: tuple[str, ...]
    exported: tuple[str, ...]
    aliases: tuple[Alias, ...]
    edition: str
    stated: str
    doc: str


def status_class_views(schema: Schema) -> tuple[StatusClassView, ...]:
    """Return the status classes in printed order."""
    return tuple(_status_class(item) for item in schema.status_classes)


def status_code_views(schema: Schema) -> tuple[StatusCodeView, ...]:
    """Return the status types that have one code, in printed order."""
    return tuple(
        StatusCodeView(each.identifier.upper(), each.name, each.clause, hex4(each.exact_codes[0]))
        for each in schema.status_types
        if len(each.patterns) == len(each.exact_codes) == 1
    )


def specific_blocks(schema: Schema) -> str:
    """Return the blocks of codes of the status types that leave theirs to Service Classes."""
    blocks = {
        (pattern.replace("x", "0"), 16 ** pattern.count("x"))
        for each in schema.status_types
        for pattern in each.patterns
        if "x" in pattern
    }
    starts = sorted((int(start, 16), size) for start, size in blocks)
    ranges = [f"range({hex4(start)}, {hex4(start + size)})" for start, size in starts]
    return layout.bracketed("SERVICE_CLASS_SPECIFIC: Final[tuple[range, ...]] = (", ranges, ")", 0)


def _status_class(item: StatusClass) -> StatusClassView:
    tests = inside(item.codes, "code")
    return StatusClassView(
        item.identifier.upper(),
        item.name,
        item.clause,
        layout.branch("if", tests, 4, "or"),
        f"{item.name}: {show(item.codes)}",
    )


def named_values(schema: Schema) -> tuple[NamedValues, ...]:
    """Return an enumeration for each parameter whose values are restricted."""
    return tuple(_named(p) for p in schema.parameters.values() if p.values)


def _named(parameter: Parameter) -> NamedValues:
    members = tuple(f"{name} = {hex4(value)}" for name, value in parameter.values.items())
    return NamedValues(parameter.keyword, f"The values of {parameter.name}.", members)


def package_view(schema: Schema, primitives: Sequence[PrimitiveView]) -> PackageView:
    """Return the root of the package."""
    named = {item.class_name for item in named_values(schema)}
    services = [view.class_name for view in primitives if view.response is not None]
    others = [view.class_name for view in primitives if view.response is None]
    modules = {view.module_name: {view.class_name} for view in primitives}
    modules["_rows"] = set(_ROWS)
    modules["_runtime"] = {_BASE}
    modules["_codec"] = set(_CODEC)
    modules["_fragments"] = set(_FRAGMENTS)
    modules["_messages"] = {"decode"}
    modules["_reassembler"] = {"Reassembler", "ReceivedMessage"}
    modules["_status"] = {"StatusClass", "status_class"}
    modules |= {"_values": named} if named else {}
    exported = {"DimsePrimitiveType", "DimseServiceType"}.union(*modules.values())
    return PackageView(
        tuple(layout.import_from(module, modules[module]) for module in sorted(modules)),
        tuple(sorted(exported, key=layout.export_order)),
        (
            Alias(
                layout.alias("DimseServiceType", services or [_BASE]),
                "Any primitive with a request and a response.",
            ),
            Alias(
                layout.alias("DimsePrimitiveType", [*others, "DimseServiceType"]),
                "Any primitive.",
            ),
        ),
        *_edition(schema),
        package_doc(schema),
    )


def _edition(schema: Schema) -> tuple[str, str]:
    """Return the edition that the tables state, and of which document."""
    first = schema.standards[0]
    is_own = first != PRINTED
    return (first.edition, first.name) if is_own else (schema.edition, STANDARD)


def package_doc(schema: Schema) -> str:
    """Return the docstring of the package: what it is, and what it is made from."""
    names = " and ".join(
        f"DICOM {each.name}" if each == PRINTED else each.name for each in schema.standards
    )
    whose = "its" if len(schema.standards) == 1 else "their"
    what = f"The DIMSE primitives of {names}, generated from {whose} tables: one class a service."
    others = [_cited(each) for each in schema.standards if each != PRINTED]
    # The first line stands alone, and documents can have long names.
    summary = schema.summary or ("The DIMSE primitives of DICOM, and others." if others else "")
    lines = [summary, "", what] if summary else [what]
    cited = [f"{lines.pop()} {'; '.join(others)}."] if others else []
    return "\n".join(wrapped(line, 0) if line else "" for line in [*lines, *cited])


def _cited(standard: Standard) -> str:
    """Return a document with its edition and its address, for a docstring."""
    address = standard.link.partition("{")[0].rstrip("#?/")
    return f"{standard}: {address}" if address else str(standard)


# What the class of any service is, for a package that has none yet.
_BASE = FAMILY.base
_CODEC = ("Anomaly", "DecodeError", "Message")
_FRAGMENTS = ("PDV", "FragmentError", "fragment", "read_pdvs")
_ROWS = ("InvalidPrimitiveError", "Parameter", "Violation")
