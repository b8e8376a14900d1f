"""The dispatch on the Command Field, and the dictionary of command elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...code import layout
from ...code.naming import class_name, module_name
from ...table.notation import hex4, tag_in_words
from ..model import Parameter, RetiredElement, Role, Schema
from ..primitives import Direction, Primitive
from .carried import tag_bytes


@dataclass(frozen=True)
class MessageView:
    """An entry of the table of messages, and one of the table of decoders."""

    entry: str
    decoder: str


@dataclass(frozen=True)
class MessagesView:
    """What the template of the dispatch prints."""

    imports: str
    messages: tuple[MessageView, ...]
    composite: str
    normalized: str
    command_field: str
    command_field_byte: str


@dataclass(frozen=True)
class DictionaryView:
    """What the template of the dictionary prints."""

    elements: tuple[str, ...]
    retired: tuple[str, ...]
    items: tuple[str, ...]


def messages_view(schema: Schema, primitives: Sequence[Primitive]) -> MessagesView:
    """Return the dispatch: the messages of all primitives, ascending by Command Field."""
    roles = _roles(schema)
    command_field = roles[Role.COMMAND_FIELD]
    found = [
        (primitive, direction) for primitive in primitives for direction in primitive.directions
    ]
    found.sort(key=lambda item: item[1].message.command_field)
    return MessagesView(
        imports=layout.import_modules(".", sorted(module_name(p.name) for p in primitives)),
        messages=tuple(_message(primitive, direction) for primitive, direction in found),
        composite=_names("COMPOSITE", [each.name for each in primitives if each.is_composite]),
        normalized=_names("NORMALIZED", [each.name for each in primitives if each.is_normalized]),
        command_field=f"{command_field.name} {tag_in_words(command_field.tag)}",
        command_field_byte=f"0x{tag_bytes(command_field)[3]:02X}",
    )


def _names(constant: str, names: Sequence[str]) -> str:
    return layout.bracketed(
        f"{constant}: Final[tuple[str, ...]] = (", layout.strings(names), ")", 0
    )


def _roles(schema: Schema) -> dict[Role, Parameter]:
    return {p.role: p for p in schema.parameters.values() if p.role is not None}


def _message(primitive: Primitive, direction: Direction) -> MessageView:
    module, name = module_name(primitive.name), class_name(primitive.name)
    side = direction.side
    code = hex4(direction.message.command_field)
    own = next((f.parameter for f in direction.message.fields if f.parameter.is_data_set), None)
    status = primitive.status_row if direction.carries_status else None
    items = (
        layout.literal(direction.message_type),
        f"{module}.{name}",
        f"{module}.{name}.{side.upper()}_ELEMENTS",
        layout.literal(own and own.keyword),
        layout.literal(status and status.keyword),
        _data_set_with(primitive, own) if direction.carries_status else "{}",
    )
    entry = layout.bracketed(f"{code}: MessageType(", items, "),", 4)
    return MessageView(entry, f"{code}: {module}.decode_{side}")


def _data_set_with(primitive: Primitive, own: Parameter | None) -> str:
    """Return the data set by status, where Annex C returns another than the message's own."""
    others: dict[int, str] = {}
    for status in primitive.statuses:
        fields = [f.parameter for f in status.fields if f.is_permitted_in(primitive.name)]
        data_sets = [parameter for parameter in fields if parameter.is_data_set]
        if own is not None and own not in data_sets:
            for parameter in data_sets:
                others |= dict.fromkeys(status.exact_codes, parameter.keyword)
    shown = [f"{hex4(code)}: {layout.literal(others[code])}" for code in sorted(others)]
    return f"{{{', '.join(shown)}}}"


def dictionary_view(schema: Schema) -> DictionaryView:
    """Return the dictionary: every command element, ascending by tag."""
    roles = _roles(schema)
    elements = [p for p in schema.parameters.values() if p.tag is not None]
    data_set_type = roles[Role.DATA_SET_TYPE]
    allowed = [f"0x{each.tag:08X}" for each in schema.retired if each.allowed_by]
    return DictionaryView(
        tuple(_element(parameter) for parameter in elements),
        tuple(_element(each) for each in schema.retired),
        (
            *([f"allowed=frozenset({{{', '.join(allowed)}}})"] if allowed else []),
            f"group_length=0x{roles[Role.GROUP_LENGTH].tag:08X}",
            f"command_field=0x{roles[Role.COMMAND_FIELD].tag:08X}",
            f"data_set_type=0x{data_set_type.tag:08X}",
            f"none=0x{data_set_type.none:04X}",
            f"present=0x{data_set_type.present:04X}",
        ),
    )


def _element(parameter: Parameter | RetiredElement) -> str:
    tag = f"0x{parameter.tag:08X}"
    texts = layout.strings([parameter.keyword, parameter.name])
    vr, vm = layout.strings([parameter.vr or "", parameter.vm or ""])
    return layout.bracketed(f"{tag}: Element(", [*texts, tag, vr, vm], "),", 8)
