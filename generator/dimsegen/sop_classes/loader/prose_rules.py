"""The rules that the schemas of SOP classes must keep, beside those that all schemas must."""

RULES: dict[str, str] = {
    # usages.yaml
    "unknown-legend": "{name}: no such legend{hint}",
    "unknown-request": "{service}: requests of usages.yaml says nothing of it: say there which "
    "parameter names the SOP class",
    "unknown-column": "{name}: usages.yaml does not say what this column is about{hint}",
    # rows
    "unknown-attribute": "{name}: no such keyword in the DICOM dictionary{hint}",
    "known-attribute": "{name}: the DICOM dictionary has it: give the private one another keyword",
    "second-attribute": "{name}: is a private attribute already: remove one of them",
    "attribute-of-another": "{name}: has the creator and the tag of {other}: correct either",
    "private-group": "{name}: a private group is odd, and has blocks for 240 creators: correct it",
    "missing-cell": '{row}: no {column} cell: write one, "" if it is blank',
    "no-such-column": "{row}: the table has no column {column}: remove this or add the column",
    "unknown-code": "{row}: {name!r} is no code of the column {column}{hint}",
    "missing-condition": "{row}: {code} needs required_when, or condition in words: add one",
    "idle-condition": "{row}: no cell is conditional: remove {key}, or add the C",
    "second-in-row": "{name}: a second row in one item of the list: put a dash before it",
    "list-after-nothing": "these rows follow no row: put that of their sequence before them",
    "list-after-list": "these rows follow a list: join the two, or put a row between them",
    "no-sequence": "{keyword}: VR {vr} has no items: correct the keyword, or the depth of what is "
    "below it",
    "second-row": "{row}: has a row already, in line {line}: remove one of them",
    "row-of-macro": "{row}: Table {table} has this row already: remove one of them",
    "others-of": "others: of is missing: say what they are the attributes of",
    "include-table": "include: table is missing: add the label of a macro",
    "idle-key": "{row}: {key} has no meaning here: remove it",
    "unknown-macro": "{name}: not in macros.yaml{hint}",
    "macro-in-itself": "{table}: includes itself: remove one of the includes",
    "unknown-name": "{row}: {name} is no row of the same item{hint}",
    "unknown-field": "{name}: no such keyword in the DICOM dictionary, nor Identifier{hint}",
    # tables
    "one-part": "{table}: needs one of rows, event_types and action_types, and has {given}",
    "idle-table": "{table}: is about {services}, which no SOP class of this file has: correct "
    "either",
    # SOP classes
    "unknown-sop-class": "{name}: no such keyword in the dictionary of UIDs{hint}",
    "known-sop-class": "{name}: the dictionary of UIDs has it: remove its uid and its name",
    "uid-of-another": "{uid}: is the UID of {name}: give each its own",
    "duplicate-sop-class": "{name}: {file} describes it too: remove one of them",
    "other-sop-class": "{name}: is none of the SOP classes of this file{hint}",
    "unknown-statuses": "{name}: no file has this table of statuses{hint}",
    "unknown-stands-for": "{name}: no file describes this SOP class{hint}",
    # examples
    "example-message": "{message}: no table of this file is about such a message: correct it",
    "example-kind": "{keyword}: has VR {vr}: give it {right}",
    "example-value": "{keyword}: {text!r} is no value of VR {vr}: {why}",
    "example-breaks": "{path}: {text}",
    # statuses and states
    "second-status": "{code}: has a row already, in line {line}: remove one of them",
    "idle-statuses": "{table}: is about {service}, which no SOP class of this file has: correct "
    "either",
    "unknown-state-of": "{event}: {name} is none of the states{hint}",
    "unknown-outcome": "{event}: {text!r}: write a state, a status such as C300, or both such as "
    '"COMPLETED or C304"',
}

# What to do about a name that is like no other, in place of {hint}.
_ADVICE = {
    "unknown-attribute": ": correct it",
    "unknown-field": ": correct it",
    "unknown-macro": ": add it there, or correct the label",
    "unknown-name": ": correct it, or the ../ before it",
    "unknown-sop-class": ": correct it, or give it uid and name",
}
ADVICE: dict[str, str] = {
    rule: _ADVICE.get(rule, ": use {known}")
    for rule, text in RULES.items()
    if text.endswith("{hint}")
}
