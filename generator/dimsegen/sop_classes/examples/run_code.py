"""The code of a data set in its message: as it is shown, and as it is run in a package."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pydicom.dataset import Dataset

from ...witness.packages import Package
from .data_set_code import code
from .message_code import Message
from .python_values import Content

_PACKAGE = "sop_classes"


def body_of(content: Content, message: Message) -> str:
    """Return the lines that make a data set and its message, and check them."""
    return "\n".join([*code(content, "data_set", message.dictionary), *message.lines()])


def shown(body: str, message: Message, package: str = "dimse_primitives") -> str:
    """Return `body` after what it imports; `package` is the import name of the package."""
    head = [
        *(("from io import BytesIO", "") if message.is_query else ()),
        f"from {package} import {message.imported}",
        f"from {package}.{_PACKAGE} import check",
        "from pydicom.dataset import Dataset",
    ]
    return "\n".join([*head, "", body])


def run(body: str, message: Message, package: Package) -> tuple[Any, ...]:
    """Return what the code of `package` says to the message of `body`."""
    *lines, call = body.split("\n")
    namespace = {
        "BytesIO": BytesIO,
        "Dataset": Dataset,
        "check": package.module(_PACKAGE).check,
        message.imported: package.find(message.imported),
    }
    exec(compile("\n".join(lines), "<example>", "exec"), namespace)
    found: tuple[Any, ...] = eval(call, namespace)
    return found
