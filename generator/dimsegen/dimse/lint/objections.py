"""What a schema that loads may still do wrong, and what is said then.

As in `reading.mistakes`, identifiers are never reused for another meaning, and each text says what
is wrong and what to do. None of these rules is about what a schema means.
"""

from ...style.canonical import FORM_RULES

RULES: dict[str, str] = {
    **FORM_RULES,
    # order
    "row-order": "{keyword}: its clause is printed elsewhere: move it {place}",
    "field-order": "{keyword}: is not in the order of tags: move it {place}, or name it in an "
    "erratum if it is printed here",
    "message-order": "{column}: is not in the order of the columns: move it {place}",
    "status-order": "{name}: its clause is printed elsewhere: move it {place}",
    "description-order": "{keyword}: is not in the order of what it describes: move it {place}",
    "erratum-order": "{identifier}: is not in the order of numbers: move it {place}",
    # clauses and conditions
    "missing-clause": "{keyword}: no clause: add see",
    "never-true": "{keyword}: {key} holds in no {message}: {advice}",
    "always-true": "{keyword}: {key} holds in every {message}: {advice}",
    # errata
    "missing-erratum": "{keyword}: {what}, and no erratum says why: add {cell} to one",
    "idle-erratum": "{identifier}: nothing in {cell} differs from its table: remove it from "
    "applies_to",
    # what nobody needs
    "unused-element": "{keyword}: no row, message or status has it: remove it",
    "unused-status-type": "{name}: no service lists it: remove it",
    "duplicate-description": "{keyword}: described in the words of {other}: say what sets it apart",
    "repeated-description": "{keyword}: elements.yaml says the same: remove it here",
}
