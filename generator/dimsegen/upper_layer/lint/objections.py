"""What schemas of the Upper Layer that load may still do wrong, and what is said then.

Identifiers are never reused for another meaning. None of these rules is about what a table means.
"""

from __future__ import annotations

from ...style.canonical import FORM_RULES

RULES: dict[str, str] = {
    **FORM_RULES,
    "missing-clause": "{keyword}: no clause: add see",
    "unused-structure": "{name}: no PDU has it in it: remove it, or name it under contains",
    "unreceived-pdu": "{name}: no event is its arrival: name it as the pdu of one",
    "unused-action": "{name}: no cell of the table has it: remove it",
    "unreached-state": "{name}: no cell ends in it: remove it, or correct the cell that should",
    "idle-event": "{name}: its row is blank: remove it",
    "erratum-order": "{identifier}: is not in the order of numbers: move it {place}",
}
