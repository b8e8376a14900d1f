"""A command set as a row of pieces: bytes that never vary, values of known size, and the rest.

What stands side by side and has a known size is written, and read, by one call of `struct`, whose
name tells its elements: ``_pack_command_field_to_status``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ...code import layout
from ...code.naming import snake
from .carried import bytes_literal


@dataclass(frozen=True)
class Piece:
    """Bytes that never vary, or a value of known size, or bytes that an expression has.

    Attributes
    ----------
    constant : bytes
        The bytes; empty if it is a value.
    value : str
        The expression of a value.
    code : str
        How `struct` names the value, empty if the value is bytes of any length.
    element : str
        The name of the element that it is of; empty if that is not known.
    comment : str
        What is said of the element that begins here; empty if none does.
    """

    constant: bytes = b""
    value: str = ""
    code: str = ""
    element: str = ""
    comment: str = ""

    @property
    def is_sized(self) -> bool:
        """Whether the number of its bytes is known."""
        return bool(self.constant or self.code)


def length_of(piece: Piece) -> int:
    """Return the number of bytes of a piece of known size."""
    return len(piece.constant) or struct.calcsize(f"<{piece.code}")


def layout_of(pieces: Iterable[Piece]) -> list[str]:
    """Return the codes of `struct` for pieces of known size, e.g. ``["18s", "H"]``."""
    return [
        piece.code or f"{sum(len(item.constant) for item in run)}s"
        for run in runs_of(pieces)
        for piece in run[:1]
    ]


def runs_of(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield what is one argument: constant pieces side by side, or a value alone."""
    for is_value, group in groupby(pieces, lambda piece: bool(piece.value)):
        found = list(group)
        yield from ([piece] for piece in found) if is_value else [found]


class Structs:
    """The functions of `struct` that a module needs, by name.

    Attributes
    ----------
    codes : dict of str to str
        What each of them is.
    """

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}

    def function(self, kind: str, pieces: Iterable[Piece]) -> str:
        """Return the name of the function that does `kind` with `pieces`: their elements."""
        items = list(pieces)
        first, *others = dict.fromkeys(snake(item.element) for item in items if item.element)
        words = "_to_".join([first, *others[-1:]])
        code = f'struct.Struct("<{"".join(layout_of(items))}").{_METHODS[kind]}'
        name, number = f"_{kind}_{words}", 1
        while self.codes.setdefault(name, code) != code:
            # Request and response can have the same elements in other layouts.
            number += 1
            name = f"_{kind}_{words}_{number}"
        return name


_METHODS = {"pack": "pack", "unpack": "unpack_from", "unpack_whole": "unpack"}


def packed(function: str, pieces: Sequence[Piece], indent: int) -> str:
    """Return the call that writes pieces of known size, each below the comment of its element."""
    pad = " " * (indent + 4)
    lines = [f"{function}("]
    for run in runs_of(pieces):
        for number, piece in enumerate(run, 1):
            lines += [f"{pad}# {piece.comment}"] if piece.comment else []
            comma = "," if number == len(run) else ""
            text = bytes_literal(piece.constant) if piece.constant else piece.value
            lines.append(f"{pad}{text}{comma}")
            if len(lines[-1]) > layout.WIDTH:
                lines[-1] = lines[-1].replace(" + ", f"\n{pad}+ ")
    return "\n".join([*lines, f"{' ' * indent})"])
