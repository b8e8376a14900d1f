"""Recognise a key and its value that run together because a colon or a space was left out.

Only what cannot have been meant as it stands is taken for a slip.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import tree
from .position import Position
from .problems import Report

_RUN_TOGETHER = re.compile(r"([\w.-]+)(:|\s+)(\S.*)")
# What only a value starts with.
_STARTS_VALUE = ("{", "[", '"', "'")


@dataclass(frozen=True)
class Slip:
    """A key and a value that run together in `scalar`."""

    scalar: tree.Scalar
    key: str
    has_colon: bool
    value: str

    @property
    def is_sure(self) -> bool:
        """Whether the value shows by itself that it is one."""
        return self.value.startswith(_STARTS_VALUE)

    def tell(self, report: Report) -> None:
        """Report what is missing, where it is missing."""
        start = self.scalar.position
        column = start.column + len(self.key) + self.has_colon
        rule = "missing-space" if self.has_colon else "missing-colon"
        report.add(Position(start.file, start.line, column), rule, key=self.key)


def slip_in(node: tree.Node) -> Slip | None:
    """Return the slip in `node`, None if it has none."""
    if not (isinstance(node, tree.Scalar) and node.is_plain):
        return None
    match = _RUN_TOGETHER.fullmatch(node.text)
    return Slip(node, match[1], match[2] == ":", match[3]) if match else None
