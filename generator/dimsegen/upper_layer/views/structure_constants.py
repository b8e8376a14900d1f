"""The constants of a structure that its methods use: how runs are packed, which items there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...code import layout
from ..model import Contents, Kind, Structure, UpperLayer
from .attributes import is_mixed, union_of
from .decoded import decoder_name
from .runs import Run, body_of, format_of, is_name, is_untyped, parts_of


def base_of(structure: Structure) -> str:
    """Return the class that a structure derives from."""
    if structure.kind is Kind.PDU:
        return "PDU"
    is_fragment = any(field.contents is Contents.FRAGMENT for field in structure.fields)
    return "FragmentItem" if is_fragment else "Item"


def packings_of(structure: Structure, layer: UpperLayer, lines: Iterable[str]) -> Iterator[str]:
    """Yield each `Struct` that some of `lines` use: a PDU without fields is not unpacked."""
    text = "\n".join(lines)
    for packing in _packings(structure, layer):
        if f"{packing.partition(':')[0]}(" in text:
            yield packing


def _packings(structure: Structure, layer: UpperLayer) -> Iterator[str]:
    extra = "B" if base_of(structure) == "FragmentItem" else ""
    encoded = [part for part in parts_of(structure.fields) if isinstance(part, Run)]
    head = _body_head(structure)
    decoded = [part for part in parts_of(body_of(structure), head) if isinstance(part, Run)]
    if is_name(structure):
        return
    for run in encoded:
        code = format_of(structure, run, layer) + extra
        yield f'_pack_{run.name}: Final = struct.Struct("{code}").pack'
    for run in decoded:
        code = format_of(structure, run, layer) + extra
        yield f'_unpack_{run.name}: Final = struct.Struct("{code}").unpack_from'


def _body_head(structure: Structure) -> str:
    return "head" if structure.kind is Kind.PDU or is_untyped(structure) else "body"


def types_of(structure: Structure, layer: UpperLayer) -> tuple[str, ...]:
    """Return the kinds of items that stand in any order, and what reads each; empty without."""
    mixed = [f for f in structure.fields if f.contents is Contents.ITEMS and is_mixed(structure)]
    if not mixed:
        return ()
    union, names = union_of(mixed[0]), [each.class_name for each in structure.contains]
    inside = [(each, layer.structures[each.class_name]) for each in structure.contains]
    codes = {each.class_name: f"0x{item.type_code or 0:02X}" for each, item in inside}
    once = [codes[each.class_name] for each in structure.contains if each.occurs.is_single]
    kind = f"Callable[[bytes, int, int, Notes], {union} | None]"
    return (
        layout.alias(union, names),
        layout.bracketed(f"{mixed[0].attribute.upper()}_CLASSES: Final = (", names, ")", 0),
        f"_DECODERS: Final[dict[int, {kind}]] = {{",
        *(f"    {codes[name]}: {decoder_name(name)}," for name in names),
        "}",
        "# Those that stand once.",
        f"_ONCE: Final = frozenset({{{', '.join(once)}}})",
    )
