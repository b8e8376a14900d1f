"""The classes that stand in for those of another library: what differs from the native ones.

Which parameters need a property follows from their VR, their values and their cells; none is named
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...code import layout
from ...code.naming import class_name, module_name, slot
from ...table.words import with_article
from ..model import Parameter
from ..primitives import Primitive


@dataclass(frozen=True)
class AdapterAttribute:
    """A property that takes or gives other values than that of the native class."""

    keyword: str
    doc: str
    read_type: str
    value: str
    set_type: str
    assignment: str


@dataclass(frozen=True)
class AdapterClass:
    """A class that stands in for another library's."""

    class_name: str
    module_name: str
    doc: str
    data_sets: str
    attributes: tuple[AdapterAttribute, ...]


@dataclass(frozen=True)
class ContribView:
    """Everything that the templates of a contrib package print."""

    adapters: tuple[AdapterClass, ...]
    modules_import: str
    imports: tuple[str, ...]
    aliases: tuple[str, ...]


def contrib_view(primitives: Sequence[Primitive]) -> ContribView:
    """Return the stand-ins for the classes of `primitives`."""
    services = [class_name(item.name) for item in primitives if item.response is not None]
    others = [class_name(item.name) for item in primitives if item.response is None]
    adapters = tuple(_adapter(primitive) for primitive in primitives)
    parameters = {
        parameter.keyword: parameter
        for primitive in primitives
        for parameter in primitive.parameters.values()
    }
    return ContribView(
        adapters,
        layout.import_modules("...", sorted(adapter.module_name for adapter in adapters)),
        tuple(_imports(list(parameters.values()), adapters)),
        (
            layout.alias("DimseServiceType", services),
            layout.alias("DimsePrimitiveType", [*others, "DimseServiceType"]),
        ),
    )


def _adapter(primitive: Primitive) -> AdapterClass:
    parameters = primitive.parameters.values()
    data_sets = [layout.literal(slot(item.name)) for item in parameters if item.is_data_set]
    article, _, name = with_article(primitive.name).partition(" ")
    return AdapterClass(
        class_name(primitive.name),
        module_name(primitive.name),
        f"{article.capitalize()} {name} primitive for pynetdicom.",
        layout.tuple_of(data_sets),
        tuple(filter(None, (_attribute(item, primitive) for item in parameters))),
    )


@dataclass(frozen=True)
class _Kind:
    """How values are read and set: types, a function to read with, and what is assigned."""

    read_type: str
    read: str
    set_type: str
    coerce: str
    arguments: tuple[str, ...]


def _attribute(parameter: Parameter, primitive: Primitive) -> AdapterAttribute | None:
    """Return the property for `parameter`; None where that of the native class will do."""
    kind = _kind(parameter, primitive)
    if kind is None:
        return None
    stored = f"self.{slot(parameter.name)}"
    return AdapterAttribute(
        parameter.keyword,
        f"{parameter.name}, as pynetdicom has it.",
        kind.read_type,
        f"{kind.read}({stored})" if kind.read else stored,
        f"{kind.set_type} | None",
        layout.call(f"{stored} = {kind.coerce}(", ["value", *kind.arguments], ")", 8),
    )


def _kind(parameter: Parameter, primitive: Primitive) -> _Kind | None:
    rows = {row.keyword: row for row in primitive.rows}
    row = rows.get(parameter.keyword)
    name, keyword = layout.literal(parameter.name), layout.literal(parameter.keyword)
    if parameter.values:
        return _Kind("int | None", "", "int", "to_named", (name, parameter.keyword))
    if parameter.is_data_set:
        return _Kind("BytesIO | None", "", "BytesIO", "to_data_set", (keyword,))
    if parameter.vr == "UI":
        return _Kind("UID | None", "as_uid", "UIDLike", "to_uid", (name,))
    if parameter.vr == "LO":
        return _Kind("str | None", "", "str", "to_comment", (name,))
    if parameter.vr == "AT" and row is not None:
        # One tag is read as itself, which the type of the native class does not allow for.
        return _Kind("Any", "as_tags", "TagsLike", "to_tags", (name,))
    if parameter.vr == "AE" and row is not None:
        title = layout.literal(parameter.name.replace("Application Entity", "AE"))
        if primitive.request.cell(row).usage.is_mandatory:
            return _Kind("str | None", "", "str | bytes", "to_title", (title,))
        message = layout.literal(primitive.request.label)
        return _Kind("str | None", "", "str | bytes", "to_optional_title", (title, message))
    return None


def _imports(parameters: Sequence[Parameter], adapters: Sequence[AdapterClass]) -> Iterable[str]:
    code = "\n".join(
        f"{item.read_type} {item.value} {item.set_type}\n{item.assignment}"
        for adapter in adapters
        for item in adapter.attributes
    )

    def used(*names: str) -> set[str]:
        return {name for name in names if name in code}

    values = used("TagsLike", "UIDLike", "as_uid(", "to_tags(")
    yield layout.import_from("..._coercion", {name.strip("(") for name in values})
    if named := {item.keyword for item in parameters if item.values}:
        yield layout.import_from("..._values", named)
    yield layout.import_from("_adapter", {"NOTES", "Adapter"})
    coerced = used(
        "as_tags(",
        "to_comment(",
        "to_data_set(",
        "to_named(",
        "to_optional_title(",
        "to_title(",
        "to_uid(",
    )
    yield layout.import_from("_coerce", {name.strip("(") for name in coerced})
