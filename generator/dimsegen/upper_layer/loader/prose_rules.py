"""The rules that the schemas of the Upper Layer must keep, beside those that all schemas must."""

RULES: dict[str, str] = {
    "class-file": "{name}: its file has another name: rename the file to {expected}",
    "missing-cell": '{row}: no {column} cell: write one, "" if it is blank',
    "unknown-cell-text": "{row}: {text!r} is not a usage code: use {known}",
    "equal-in-first": "{row}: (=) in the {column} column has no column to its left: remove it",
    "fixed-value": "{row}: {cell!r} needs value or same_as: add it",
    "idle-value": "{row}: no cell has a fixed value: remove {key} or correct a cell",
    "value-twice": "{row}: value and same_as both say what it is: use one of them",
    "unknown-parameter": "{row}: {name} is no row of this service{hint}",
    "diagnostic-source": "{row}: its codes depend on {what}: add a row that is a code of it",
    "code-of": "{row}: a code needs of, the name of its enumeration: add it",
    "unknown-enumeration": "{row}: {name}: no field has values with names for it{hint}",
    "duplicate-attribute": "{row}: another row has the attribute {attribute}: rename one of them",
    "missing-requestor": "{name}: nothing says who its requestor is: add requestor",
    "idle-requestor": "{name}: no primitive is issued by its requestor, or to it: remove requestor",
    "missing-issued": "{column}: nothing says who issues it: add it",
    "unknown-issued": "{name}: is no column of {service}{hint}",
    "no-provider": "{column}: goes from {by} to {to}: one of both is the provider: correct either",
    "other-table": "{table}: is not among the tables of the reference: correct either",
    "byte-gap": "{field}: the bytes {octets} do not follow byte {last}: correct them",
    "fixed-width": "{field}: {contents} needs a fixed number of bytes, {octets} is none: correct "
    "either",
    "variable-width": "{field}: {contents} is as long as a length before it says, and {octets} is "
    "{width}: write number, code, or reserved with kept",
    "octets-width": "{field}: {value} has {count} bytes, {octets} is {width}: correct either",
    "missing-of": "{field}: {contents} needs {key}: add it",
    "unknown-field": "{field}: {name} is no field of this structure{hint}",
    "values-of-nothing": "{name}: has values, and no field of that name is a code{hint}",
    "code-without-values": "{field}: no values are listed for it: add them under values",
    "contents-without-items": "{name}: contains and order belong to a field that is items: add "
    "the field, or remove them",
    "items-without-contents": "{field}: nothing says what items there are: add contains and order",
    "unknown-class": "{name}: no file describes this structure{hint}",
    "type-order": "{name}: its type {code} does not follow that of {other}: move it",
    "missing-type": "{name}: an item needs a type: add the field",
    "unknown-service": "{name}: no such service{hint}",
    "unknown-column": "{name}: no such column of its service{hint}",
    "unknown-value": "{field}: {name} is none of its values{hint}",
    "several-pdus": "{service}: nothing tells which of {pdus} it becomes: one parameter has to be "
    "blank in the indication, mandatory in the confirmation, and set by all answers but one",
    "one-of-several": "{name}: nothing tells which of its primitives it is: give an only_when "
    "to a field that one of them alone has",
    "one-condition": "{field}: only_when has {count} values: it depends on one value of one field",
    "not-conveyed": "{name}: nothing says what {row} is: add conveys, sets or takes",
    "header": "{name}: starts with {got}, not with {expected}: correct the fields",
    "empty-item": "{name}: nothing follows its header: add a field",
    "no-items": "{row}: is user_data, and no PDU of {service} has an item for it: correct either",
    "type-place": "{field}: a type is the first field, and nothing else: correct is",
    "fragment-place": "{field}: a fragment ends an item without a type, and nothing else",
    "second-type": "{name}: its type {code} is that of {other} already: correct either",
    "number-width": "{field}: {contents} of {width} bytes cannot be read: use 1, 2 or 4",
    "unlisted-code": "{field}: {other} has no value {code}: correct the condition, or add it",
    "second-code": "{field}: {code} is among the values already: remove one of them",
    "beside-fragments": "{field}: {name} has fragments, and nothing beside them: make it reserved",
    "named-range": "{name}: names one code, and {first} to {last} are several: remove the name, or "
    "write a line for each",
    "idle-key": "{field}: {key} says nothing of {contents}: remove it",
    "other-form": "{field}: {contents} has {expected} elsewhere, and {got} here: correct either",
    "no-length": "{field}: nothing says where it ends: add a length of it before it, or move it to "
    "the end",
    "no-end": "{field}: nothing says where an item without a type ends: add a length of it before "
    "it",
    "length-place": "{field}: a length without of is in the header, and one with of stands before "
    "that field, once: correct is or of",
    "untyped-once": "{name}: nothing tells an item without a type from the next one: write one or "
    "more, or any number",
    "unknown-state": "{name}: no such state{hint}",
    "unknown-event": "{name}: no such event{hint}",
    "unknown-pdu": "{of}: {name}: no PDU has this class{hint}",
    "unknown-primitive": "{of}: {name}: no service has this primitive{hint}",
    "not-by-provider": "{of}: {primitive} is not issued by the provider: correct either",
    "by-provider": "{of}: {primitive} is issued by the provider, not by a user: correct either",
    "second-arrival": "{event}: receiving {pdu} is {other} already: remove one of them",
    "missing-state": '{event}: no {state} cell: write one, "" if it is blank',
    "missing-event": "{event}: no row of transitions: add it",
    "unknown-transition": '{event}: {text!r}: write an action and the next state such as "AE-1 '
    'Sta4", or "" for a blank cell',
    "unknown-action": "{name}: no such action{hint}",
    "other-end": "{event}: {action} ends in {expected}, not in {got}: correct the cell or the "
    "action",
}

# What to do about a name that is like no other, in place of {hint}.
ADVICE: dict[str, str] = {
    rule: ": use {known}" for rule, text in RULES.items() if text.endswith("{hint}")
}
