"""Names in the generated package, from the names of the standard."""

from __future__ import annotations

import builtins
import keyword
import re
from functools import cache

from ..data import folder_of
from ..families import families


def snake(name: str) -> str:
    """Return ``message_id`` for ``Message ID``."""
    return "_".join(re.findall(r"[a-z0-9]+", name.lower()))


def slot(name: str) -> str:
    """Return the attribute that stores the parameter `name`, e.g. ``_message_id``."""
    return f"_{snake(name)}"


# What the generated functions name themselves.
_TAKEN = frozenset(
    (
        *("absent", "allow_invalid", "command_field", "has_data_set", "optional", "unknown"),
        *("data", "end", "expected", "following", "position", "primitive", "raw", "size", "tag"),
        "self",
    )
)
# What a decoder reads in front of a value.
_TAKEN_PREFIX = "expected_"


def local(name: str) -> str:
    """Return the variable for the parameter `name`, with a ``_`` if the name is taken."""
    variable = snake(name)
    is_taken = variable in _TAKEN or variable.startswith(_TAKEN_PREFIX)
    return f"{variable}_" if is_taken or keyword.iskeyword(variable) else variable


def class_name(service: str) -> str:
    """Return ``N_GET`` for ``N-GET``."""
    return service.replace("-", "_")


def module_name(service: str) -> str:
    """Return ``n_get`` for ``N-GET``."""
    return class_name(service).lower()


# What the root of every package, its dispatch and its classes bind, in small letters: a service
# of that name would take its place.
_BOUND = frozenset(
    (
        *("annotations", "as_buffer", "as_uid", "attach", "contrib", "decode"),
        *("dictionary", "fragment"),
        *("from_request", "io", "new", "no_element", "pdv", "read", "read_pdvs", "replace"),
        *("status_class", "struct", "type_checking", "uid", "unlisted", "unpack_us"),
    )
)
_PYTHON = frozenset(name.lower() for name in (*keyword.kwlist, *keyword.softkwlist, *dir(builtins)))


def is_taken(service: str) -> bool:
    """Return whether the class or the module of `service` would hide something else."""
    return module_name(service) in _BOUND | _PYTHON | _of_families()


@cache  # every service of every version of a schema is asked about
def _of_families() -> frozenset[str]:
    """Return the folders of the families, and the modules that they put into the root."""
    folders = {family.folder for family in families() if family.folder}
    beside = folder_of("templates").glob("*/root/*.py")
    return frozenset(folders | {path.stem for path in beside})


def constant(*words: str) -> str:
    """Return ``_RESPONSE_MESSAGE_ID_MISSING`` for its words."""
    return "_" + "_".join(snake(word) for word in words).upper()
