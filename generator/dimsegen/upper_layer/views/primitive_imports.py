"""What the module of a service primitive imports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ...code import layout
from ..family import FAMILY


def imports_of(code: Iterable[str], has_constants: bool, pdus: Sequence[str]) -> Iterator[str]:
    """Yield the lines that import what a module uses.

    Parameters
    ----------
    code : iterable of str
        The lines that use names from elsewhere.
    has_constants : bool
        Whether the module has constants.
    pdus : sequence of str
        The classes of the PDUs that convey the primitive.
    """
    # Names in strings are no names.
    used = set(re.findall(r"[A-Za-z_]+", re.sub(r'"[^"]*"', "", "\n".join(code))))
    abstract = ["Iterable", "Mapping"] if "Iterable" in used else ["Mapping"]
    yield f"from collections.abc import {', '.join(abstract)}"
    yield "from types import MappingProxyType"
    typing = ["TYPE_CHECKING", "ClassVar", *(["Final"] if has_constants else [])]
    yield f"from typing import {', '.join(typing)}"
    yield ""
    if "UID" in used:
        yield "from pydicom.uid import UID"
        yield ""
    if values := used & _VALUES:
        yield layout.import_from(".._coercion", values)
    yield layout.import_from(".._rows", {"Violation"})
    if "FROM_REQUEST" in used:
        yield layout.import_from(".._runtime", {"FROM_REQUEST"})
    yield layout.import_from("_primitive", used & _SHARED | _ALWAYS)
    if rules := used & _RULES:
        yield layout.import_from("_rules", rules)
    if rules := used & _USER_DATA:
        yield layout.import_from("_user_data", rules)
    for name, module in _ITEMS.items():
        if name in used:
            yield f"from .{module} import {name}"
    yield ""
    yield "if TYPE_CHECKING:"
    for name in pdus:
        yield f"    from .{name.lower()} import {name}"


_VALUES = {"UIDLike", "as_uid", "to_uid"}
_ALWAYS = {"ServiceParameter", FAMILY.base, "raise_any"}
_ITEMS = {
    "PresentationDataValueItem": "presentation_data_value_item",
    "UserDataSubItem": "user_information_item",
}
_SHARED = {
    "Address",
    "DefinitionLike",
    "PresentationContextDefinition",
    "PresentationContextResult",
    "ResultLike",
    "to_address",
    "to_any",
    "to_code",
    "to_data_values",
    "to_definitions",
    "to_results",
    "to_title",
    "to_user_data",
    "to_words",
}
_RULES = {
    "check_data_values",
    "check_definitions",
    "check_results",
    "check_title",
    "check_uid",
    "told",
}
_USER_DATA = {"check_answered", "check_requested"}
