"""What the module of a PDU, an item or a sub-item imports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...code import layout
from ...code.naming import class_name as service_class
from ..model import Structure
from .attributes import module_of
from .decoded import decoder_name, known_name, regular_name


def imports_of(
    structure: Structure, code: Iterable[str], extra: Iterable[str], has_event: bool
) -> Iterator[str]:
    """Yield the lines that import what a module uses.

    Parameters
    ----------
    structure : Structure
        What the module is about.
    code : iterable of str
        The lines that use names from elsewhere.
    extra : iterable of str
        Other names that are used.
    has_event : bool
        Whether the structure is received as an event.
    """
    # Names in strings are no names.
    text = re.sub(r'"[^"]*"', "", "\n".join(code))
    used = {*re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text), *extra}
    yield ""
    yield from _standard(used, is_conveyed=bool(structure.becomes))
    yield ""
    if "UID" in used:
        yield "from pydicom.uid import UID"
        yield ""
    if outer := {"Buffer", "DecodeError"} & used:
        yield layout.import_from(".._codec", outer)
    if "UIDLike" in used:
        yield "from .._coercion import UIDLike"
    modules = {module: used & names for module, names in _SHARED.items() if used & names}
    if has_event:
        modules["_states"] = {"Event"}
    for each in structure.contains:
        name = each.class_name
        functions = {decoder_name(name), known_name(name), regular_name(name)}
        modules[module_of(name)] = ({name} | functions) & used
    for module in sorted(modules):
        yield layout.import_from(module, modules[module])
    if structure.becomes:
        yield ""
        yield "if TYPE_CHECKING:"
        for name in sorted(map(service_class, structure.becomes)):
            yield f"    from .{name.lower()} import {name}"


def _standard(used: set[str], *, is_conveyed: bool) -> Iterator[str]:
    if "struct" in used:
        yield "import struct"
    if abstract := sorted({"Callable", "Iterable"} & used):
        yield f"from collections.abc import {', '.join(abstract)}"
    yield f"from dataclasses import dataclass{', field' if 'field' in used else ''}"
    if "lru_cache" in used:
        yield "from functools import lru_cache"
    typing = ["TYPE_CHECKING"] if is_conveyed else []
    typing += ["ClassVar", "Final", *(["TypeAlias"] if "TypeAlias" in used else [])]
    yield f"from typing import {', '.join(typing)}"


# The names that generated modules use of each that they share.
_SHARED = {
    "_one_fragment": {"pdu_of_fragment"},
    "_pdu": {
        *("FragmentItem", "Item", "KNOWN_ITEMS", "LONGEST_KNOWN", "LONGEST_UID", "NAMES", "Notes"),
        *("PDU", "cut", "new", "pack_item", "regular_ae_title", "regular_uid"),
        "unpack_item",
    },
    "_pdu_values": {
        *("all_of", "encode_ae_title", "first_of", "setters", "to_context_id", "to_echoed"),
        "to_fragment",
        *("to_item", "to_items", "to_name", "to_octets", "to_text", "too_long", "whole"),
    },
}
