"""How a structure becomes bytes: a few expressions, computed before they are packed."""

from __future__ import annotations

from dataclasses import dataclass

from ...code.fit import fitted
from ...code.layout import WIDTH
from ..model import FRAGMENT_HEADER, Contents, Field, Structure, UpperLayer
from .attributes import is_mixed, resolved
from .runs import Part, Run, is_name, keeps_bytes, parts_of, stored


@dataclass(frozen=True)
class Encoder:
    """The body of ``encode``, or of ``buffers`` where fragments are not copied."""

    lines: tuple[str, ...]
    is_buffers: bool


def has_fragment(structure: Structure, layer: UpperLayer) -> bool:
    """Return whether a fragment stands in `structure`, at any depth."""
    if any(field.contents is Contents.FRAGMENT for field in structure.fields):
        return True
    inside = (layer.structures[each.class_name] for each in structure.contains)
    return any(has_fragment(each, layer) for each in inside)


def encoder_of(structure: Structure, layer: UpperLayer) -> Encoder:
    """Return how `structure` is encoded."""
    if is_name(structure):
        return Encoder((), is_buffers=False)
    parts = parts_of(structure.fields)
    own = [f for f in structure.fields if f.contents is Contents.LENGTH and not f.of]
    if has_fragment(structure, layer):
        return Encoder(fitted(_buffers(structure, parts, layer), 8), is_buffers=True)
    lines = [
        line
        for part in parts
        if isinstance(part, Field)
        for line in _variable(structure, part, layer)
    ]
    if len(parts) == 1 and isinstance(parts[0], Run):
        values = ", ".join(_values(structure, parts[0], layer, is_fixed=True))
        lines.append(f"return _pack_{parts[0].name}({values})")
        return Encoder(fitted(lines, 8), is_buffers=False)
    if own:
        lines.append(f"length = {_size(structure.fields, structure)}")
    lines += ["try:", *(f"    {line}" for line in _joined(structure, parts, layer))]
    lines += ["except struct.error:", "    raise too_long(self.NAME) from None"]
    return Encoder(fitted(lines, 8), is_buffers=False)


def _joined(structure: Structure, parts: tuple[Part, ...], layer: UpperLayer) -> list[str]:
    """Return the lines that pack the runs and return them with what is between them."""
    terms: list[str] = []
    named: list[str] = []
    runs: list[str] = []
    for part in parts:
        if isinstance(part, Run):
            values = ", ".join(_values(structure, part, layer, is_fixed=False))
            terms.append(f"_pack_{part.name}({values})")
            named.append(part.name)
            runs.append(f"{part.name} = {terms[-1]}")
        else:
            terms += locals_of(part, structure)
            named += locals_of(part, structure)
    line = f"return {' + '.join(terms)}"
    if len(line) + 12 <= WIDTH:
        return [line]
    return [*runs, f"return {' + '.join(named)}"]


def locals_of(field: Field, structure: Structure) -> list[str]:
    """Return the variables with the bytes of a field, one for each kind of item."""
    if field.contents is Contents.ITEMS and not is_mixed(structure):
        return [each.attribute for each in structure.contains]
    return ["reserved" if field.contents is Contents.REST else field.attribute]


def _variable(structure: Structure, field: Field, layer: UpperLayer) -> list[str]:
    (name, *_) = locals_of(field, structure)
    match field.contents:
        case Contents.UID | Contents.TEXT:
            return [f'{name} = self.{name}.encode("latin-1")']
        case Contents.BYTES | Contents.REST:
            return [f"{name} = self.{name}"]
        case _:
            return _items(structure, field, layer)


def _items(structure: Structure, field: Field, layer: UpperLayer) -> list[str]:
    """Return the lines that encode the items, each kind of them to a variable."""
    if is_mixed(structure):
        return [f'{field.attribute} = b"".join([item.encoded for item in self.{field.attribute}])']
    lines = []
    for each in structure.contains:
        is_kept = keeps_bytes(layer.structures[each.class_name])
        value = f"self.{each.attribute}"
        if each.occurs.is_single:
            lines.append(f'{each.attribute} = b"" if {value} is None else {value}.encoded')
        elif is_kept:
            lines.append(f'{each.attribute} = b"".join([item.encoded for item in {value}])')
        else:
            # There may be many: their bytes are not all kept at once.
            lines.append(f"{each.attribute} = bytearray()")
            lines += [f"for item in {value}:", f"    {each.attribute} += item.encode()"]
    return lines


def _size(fields: tuple[Field, ...], structure: Structure) -> str:
    """Return the expression for how many bytes follow the length of the whole."""
    own = [i for i, f in enumerate(fields) if f.contents is Contents.LENGTH and not f.of]
    after = fields[own[0] + 1 :] if own else ()
    fixed = sum(field.width or 0 for field in after if field.width is not None)
    names = [name for f in after if f.width is None for name in locals_of(f, structure)]
    terms = [f"len({name})" for name in names]
    return " + ".join([*([str(fixed)] if fixed else []), *terms])


def _values(structure: Structure, run: Run, layer: UpperLayer, is_fixed: bool) -> list[str]:
    return [_value(structure, field, layer, is_fixed) for field in stored(structure, run, layer)]


def _value(structure: Structure, field: Field, layer: UpperLayer, is_fixed: bool) -> str:
    actual = resolved(field, layer)
    match actual.contents:
        case Contents.TYPE:
            return f"0x{structure.type_code:02X}"
        case Contents.LENGTH if field.of:
            measured = next(f for f in structure.fields if f.name == field.of)
            sizes = [f"len({name})" for name in locals_of(measured, structure)]
            return " + ".join(sizes)
        case Contents.LENGTH:
            return _size(structure.fields, structure) if is_fixed else "length"
        case Contents.AE_TITLE:
            return f"encode_ae_title(self.{actual.attribute})"
        case _:
            return f"self.{actual.attribute}"


def _buffers(structure: Structure, parts: tuple[Part, ...], layer: UpperLayer) -> list[str]:
    """Return the lines for a list of buffers, in which the fragments stand as they are."""
    run = parts[0]
    assert isinstance(run, Run)
    if structure.contains:
        (contained,) = structure.contains
        lines = [
            f"if len(self.{contained.attribute}) == 1:",
            "    # Nearly all have one: both headers are packed at once.",
            f"    (one,) = self.{contained.attribute}",
            "    return pdu_of_fragment(",
            f"        0x{structure.type_code:02X},",
            "        one.presentation_context_id,",
            "        one.message_control_header,",
            "        one.fragment,",
            "    )",
            "buffers: list[Buffer] = []",
            f"for item in self.{contained.attribute}:",
            "    buffers += item.buffers()",
        ]
        size = "sum(map(len, buffers))"
        values, rest = [], "*buffers"
    else:
        counted = sum(each.width or 0 for each in structure.counted) + FRAGMENT_HEADER
        lines, size = [], f"len(self.fragment) + {counted}"
        values, rest = ["self.message_control_header"], "self.fragment"
    lines.append(f"length = {size}")
    packed = [_value(structure, f, layer, False) for f in stored(structure, run, layer)] + values
    return [
        *lines,
        "try:",
        f"    return [_pack_{run.name}({', '.join(packed)}), {rest}]",
        "except struct.error:",
        "    raise too_long(self.NAME) from None",
    ]
