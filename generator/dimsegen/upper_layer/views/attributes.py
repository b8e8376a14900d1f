"""The attributes of a structure: what its class stores, and what its constructor checks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...code import layout
from ..model import (
    FRAGMENT_HEADER,
    Contained,
    Contents,
    Field,
    Order,
    Structure,
    UpperLayer,
    snake_class,
)

# A field of so many bytes is a number of this format; what fits in it ends here.
FORMATS = {1: "B", 2: "H", 4: "I"}


@dataclass(frozen=True)
class Attribute:
    """An attribute of a class.

    Attributes
    ----------
    name, type : str
        Its name and its type.
    default : str
        The default of the constructor; empty if there is none.
    check : str
        The expression for what is stored, of ``self.name``; empty if anything is.
    doc : str
        What it is, for people.
    contained : tuple of Contained
        The items that it holds; empty if it holds something else.
    """

    name: str
    type: str
    default: str
    check: str
    doc: str
    contained: tuple[Contained, ...] = ()
    is_compared: bool = True

    @property
    def parameter(self) -> str:
        """The parameter of the constructor, which takes more than is stored."""
        kind = _TAKEN.get(self.type, self.type)
        if many := re.fullmatch(r"tuple\[(.*), \.\.\.\]", kind):
            kind = f"Iterable[{many[1]}]"
        return f"{self.name}: {kind}{f' = {self.default}' if self.default else ''}"


_TAKEN = {"UID": "UIDLike", "bytes": "Buffer"}


def largest_in(width: int) -> int:
    """Return the largest number that so many bytes hold."""
    return int(256**width) - 1


def context_ids(field: Field) -> range:
    """Return the presentation context IDs that there are."""
    end = largest_in(field.width or 1) + 1
    return range(end) if field.parity is None else range(field.parity.remainder, end, 2)


def context_id_words(field: Field) -> str:
    """Return what a presentation context ID is, in words."""
    ids = context_ids(field)
    kind = f"{field.parity.value} number" if field.parity else "number"
    return f"{'an' if kind[0] in 'eo' else 'a'} {kind} from {ids[0]} to {ids[-1]}"


def module_of(class_name: str) -> str:
    """Return the module of a class: ``a_associate_rq``, ``maximum_length_sub_item``."""
    return snake_class(class_name)


def resolved(field: Field, layer: UpperLayer) -> Field:
    """Return the field that `field` echoes, or itself."""
    if field.contents is not Contents.ECHO:
        return field
    other = layer.structures[field.of]
    return next(each for each in other.fields if each.octets == field.octets)


def is_kept(structure: Structure, field: Field, layer: UpperLayer) -> bool:
    """Return whether a reserved field is stored: because another structure echoes it, or is one."""
    if field.contents is not Contents.RESERVED:
        return False
    if field.is_kept:
        return True
    echoes = (
        (each.of, each.octets)
        for other in layer.structures.values()
        for each in other.fields
        if each.contents is Contents.ECHO
    )
    return (structure.class_name, field.octets) in set(echoes)


def attributes_of(structure: Structure, layer: UpperLayer) -> tuple[Attribute, ...]:
    """Return the attributes of `structure`, those without a default first."""
    found = [each for field in structure.fields for each in _of_field(structure, field, layer)]
    items = [each for each in found if each.contained]
    others = [each for each in found if not each.contained]
    return (
        *(each for each in others if not each.default),
        *items,
        *(each for each in others if each.default),
    )


def _of_field(structure: Structure, field: Field, layer: UpperLayer) -> list[Attribute]:
    actual = resolved(field, layer)
    label = layout.literal(actual.name)
    name = actual.attribute
    where = f"{field.octets}: {actual.name}"
    value = name
    match actual.contents:
        case Contents.TYPE | Contents.LENGTH:
            return []
        case Contents.RESERVED:
            is_stored = field is not actual or is_kept(structure, field, layer)
            return [_reserved(actual, value)] if is_stored else []
        case Contents.NUMBER | Contents.CODE | Contents.VERSION:
            return [_number(actual, value, where)]
        case Contents.CONTEXT_ID:
            check = f"to_context_id({value}, {label})"
            return [Attribute(name, "int", "", check, f"{where}, {context_id_words(actual)}.")]
        case Contents.AE_TITLE:
            doc = f"{where}, at most {actual.width} characters, without the spaces at the end."
            # What is sent back is as it was received.
            check = "to_text" if field is actual else "to_echoed"
            return [Attribute(name, "str", "", f"{check}({value}, {label}, {actual.width})", doc)]
        case Contents.UID:
            return [Attribute(name, "UID", "", f"to_name({value}, {label})", f"{where}, a UID.")]
        case Contents.TEXT:
            most = actual.characters[1] if actual.characters else 0
            check = f"to_text({value}, {label}, {most})"
            return [Attribute(name, "str", "", check, f"{where}, at most {most} characters.")]
        case Contents.BYTES | Contents.REST:
            is_optional = bool(actual.only_when) or actual.contents is Contents.REST
            default = 'b""' if is_optional else ""
            name = "reserved" if actual.contents is Contents.REST else name
            check = f"to_octets({name}, {label})"
            return [Attribute(name, "bytes", default, check, f"{where}.")]
        case Contents.FRAGMENT:
            return _fragment(actual)
        case _:
            return _items(structure, actual, where)


def _fragment(field: Field) -> list[Attribute]:
    largest = largest_in(FRAGMENT_HEADER)
    header = f'whole(message_control_header, "Message Control Header", {largest})'
    fragment = 'to_fragment(fragment, "Fragment")'
    doc = f"The fragment, the rest of {field.name}; it is not copied."
    return [
        Attribute("message_control_header", "int", "", header, _HEADER_DOC),
        Attribute("fragment", "Buffer", "", fragment, doc),
    ]


_HEADER_DOC = "The Message Control Header (PS3.8 E.2): bit 0 says command, bit 1 last fragment."


def _reserved(field: Field, value: str) -> Attribute:
    check = f'to_octets({value}, "{field.name} {field.octets}", {field.width})'
    doc = f"{field.octets}: {field.name}; the acceptor sends back what it was sent."
    if field.is_kept:
        doc = f"{field.octets}: {field.name}, as it was received; two items are equal without it."
    default = f"bytes({field.width})"
    return Attribute(field.attribute, "bytes", default, check, doc, is_compared=not field.is_kept)


def _number(field: Field, value: str, where: str) -> Attribute:
    maximum = largest_in(field.width or 1)
    check = f"whole({value}, {layout.literal(field.name)}, {maximum})"
    default = "" if field.default is None else str(field.default)
    doc = f"{where}, from 0 to {maximum}."
    if field.contents is Contents.VERSION:
        default, doc = str(1 << (field.bit or 0)), f"{where}, one bit for each version."
    elif field.contents is Contents.CODE:
        default = "0" if field.only_when else default
        doc = f"{where}, a code." if not field.of else f"{where}, one of `{field.of}`."
    return Attribute(field.attribute, "int", default, check, doc)


def is_mixed(structure: Structure) -> bool:
    """Return whether items of several kinds stand there in any order, in one attribute."""
    return structure.order is Order.ANY and len(structure.contains) > 1


def _items(structure: Structure, field: Field, where: str) -> list[Attribute]:
    if is_mixed(structure):
        union = union_of(field)
        classes = f"{field.attribute.upper()}_CLASSES"
        check = f"to_items({field.attribute}, {layout.literal(field.name)}, {classes})"
        doc = f"{where}, in the order of the bytes."
        kind = f"tuple[{union}, ...]"
        return [Attribute(field.attribute, kind, "()", check, doc, structure.contains)]
    found = []
    for each in structure.contains:
        label, value = layout.literal(field.name), each.attribute
        kind = "items" if not each.occurs.is_single else "item"
        attribute = Attribute(
            each.attribute,
            f"{each.class_name} | None",
            "None",
            f"to_{kind}({value}, {label}, {each.class_name})",
            f"{where}: {each.occurs.value}.",
            (each,),
        )
        if not each.occurs.is_single:
            attribute = replace(attribute, type=f"tuple[{each.class_name}, ...]", default="()")
        found.append(attribute)
    return found


def variable_for(printed: str) -> str:
    """Return a variable for a field as it is printed: ``reason_diag`` for ``Reason/Diag.``."""
    return "_".join(re.findall(r"[A-Za-z0-9]+", printed)).lower()


def union_of(field: Field) -> str:
    """Return the alias for the kinds of items of a field: ``UserDataSubItem``."""
    return "".join(word.capitalize() for word in field.attribute.split("_")) + "SubItem"
