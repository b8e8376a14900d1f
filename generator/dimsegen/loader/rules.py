"""The rules that a folder of schemas must keep, and what is said where one is broken.

Invariant: identifiers are never reused for another meaning; each text says what is wrong and
what to do, and starts with the name of the thing where the place alone does not tell it.
"""

RULES: dict[str, str] = {
    # the folder
    "missing-file": "no such file: a folder of schemas has elements.yaml, statuses.yaml and "
    "services/*.yaml",
    "unreadable-file": "cannot be read: {problem}",
    "not-utf-8": "not UTF-8: save the file as UTF-8",
    "no-services": "no services: put at least one .yaml file in this folder",
    "file-name": "this file describes {service}: rename it to {expected}",
    # YAML
    "syntax": "not YAML: {problem}",
    "empty-file": "nothing in this file: remove it or fill it in",
    "second-document": "a second document: one file holds one document, remove the ---",
    "alias": "anchors and aliases are not used here: write the value out",
    "yaml-tag": "YAML tag {tag} is not used here: remove it",
    "key-not-a-word": "a key must be a word",
    "duplicate-key": "{key}: already given in line {line}: remove one of them",
    "bare-dash": 'a dash alone starts a list in YAML: write "-" in quotes',
    "unquoted": '{text}: must be in quotes, YAML misreads it without: write "{text}"',
    # the shape
    "unknown-key": "{key}: unknown key{hint}: use {known}",
    "missing-key": "{key} is missing: add it ({doc})",
    "wrong-kind": "this is {kind}: write {what}",
    "wrong-value": "{text!r}: write {what}",
    # elements.yaml
    "duplicate-tag": "{keyword}: has the tag of {other}: give each element its own",
    "duplicate-name": "{keyword}: has the name of {other}: give each parameter its own",
    "duplicate-keyword": "{keyword}: is an element too: a keyword names one thing",
    "tag-order": "{keyword}: is not in the order of tags: move it before {other}",
    "unsupported-vr": "{keyword}: no support for VR {vr}: use {known}",
    "duplicate-role": "{keyword}: {other} has the role {role} already: only one element can",
    "missing-role": "no element has the role {role}: give it to the one that plays it",
    "role-vr": "{keyword}: the role {role} takes VR {expected}, not {vr}",
    "values-vr": "{keyword}: values are numbers, VR {vr} is not: remove values",
    "data-set-type-values": "{keyword}: the role data-set-type needs none and present, two "
    "different values",
    "not-data-set-type": "{keyword}: {key} belongs to the role data-set-type: remove it",
    "equals-element": "{keyword}: equals {other}, which is not another element of the same VR",
    "missing-description": "{keyword}: no description: add one under descriptions",
    "unknown-keyword": "{keyword}: not in elements.yaml{hint}",
    # statuses.yaml
    "class-overlap": "{name}: shares {codes} with {other}: name them under except in one",
    "unknown-class": "{name}: no status class{hint}: use {known}",
    "type-outside-class": "{name}: {codes} is not in the class {status_class}: correct either",
    "duplicate-code": "{name}: {code} is the code of {other} already",
    "unknown-service": "{name}: no service of that name{hint}",
    # a service table
    "duplicate-service": "{service}: {other} describes it already",
    "unknown-column": "{column}: not a column of this table{hint}: use {known}",
    "too-few-columns": "a service has at least a request column: add it",
    "missing-column": "{keyword}: no {column} cell: write one, a dash in quotes if it is empty",
    "unknown-usage": "{keyword}: {text!r} is not a usage code{hint}: use {known}",
    "equal-in-first-column": "{keyword}: (=) in the {column} column has no column to its left: "
    "remove it",
    "equal-to-nothing": "{keyword}: (=) has only a dash to its left: remove it or correct the "
    "{column} cell",
    "equal-dash": "{keyword}: a dash takes no (=): remove it",
    "equal-in-column": "{keyword}: (=) is for the response column: remove it",
    "all-absent": "{keyword}: a dash in every column: remove the row or correct a cell",
    "fixed-without-value": "{keyword}: {usage!r} needs a value: add value",
    "value-without-fixed": "{keyword}: value is for MF and UF cells: remove it or correct a cell",
    "value-of-data-set": "{keyword}: a data set has no fixed value: use another usage code",
    "value-outside-vr": "{keyword}: {value} is not a value of VR {vr}: write {what}",
    "missing-condition": "{keyword}: 'C' needs required_when, forbidden_when, only_when or "
    "permitted_when",
    "idle-condition": "{keyword}: {key} has no cell to decide: it is for C and U cells, "
    "and only a response has a status and a request",
    "twice-forbidden": "{keyword}: only_when and forbidden_when both forbid: use one of them",
    "unknown-row": "{keyword}: {other} is not a row of this table{hint}",
    "condition-on-itself": "{keyword}: its own presence cannot decide: name another parameter",
    "condition-never": "{keyword}: {other} is always absent in the {column}: correct the "
    "condition or the cell",
    "equals-without-request": "{keyword}: equals {other}, which no request has: correct either",
    "equals-absent": "{keyword}: equals is for the response, where the cell is a dash: remove it",
    "equals-twice": "{keyword}: (=) and equals both say what it equals: use one of them",
    "equals-vr": "{keyword}: equals {other}, which has another VR: correct either",
    # conditions
    "empty-condition": "an empty condition: write one such as {{status: success}}",
    "unknown-test": "{key}: no such test{hint}: use {known}",
    "unknown-status": "{text}: neither a status class nor a code{hint}: write a class such as "
    "success, or a number such as 0x0107",
    "no-status-row": "{keyword}: the condition needs a status, and no row is the status",
    "request-test": "{text!r}: write request: absent or request: present",
    "request-test-absent": "{keyword}: the request cell is a dash: the test of the request is "
    "idle, remove it",
    # message tables
    "message-columns": "messages: has no {column}: every column has its message",
    "unknown-message": "{column}: no column of that name{hint}: use {known}",
    "missing-primitive": "{message}: primitive is missing: name the primitive of the column "
    "{column}",
    "idle-primitive": "{message}: primitive is for further columns: remove it",
    "primitive-disagrees": "{message}: {primitive} is built from {other} too, and they differ in "
    "{what}: make them agree",
    "field-usage": "{keyword}: {text!r} is not for messages: use {known}",
    "field-without-row": "{keyword}: no row of the service table: give it a usage of its own",
    "field-with-row": "{keyword}: the service table decides: write parameter",
    "field-value": "{keyword}: MF needs a value, and only MF takes one",
    "field-not": "{keyword}: not is for a mandatory element without fixed value",
    "missing-field": "{message}: no {keyword}: every message has it",
    "command-field-value": "{message}: {keyword} needs the usage MF and a value",
    "mandatory-not-carried": "{keyword}: {usage} in the {column} column, and {message} does not "
    "carry it: add it there or correct the cell",
    "forbidden-carried": "{keyword}: a dash in the {column} column, and {message} carries it: "
    "remove it there or correct the cell",
    "second-data-set": "{keyword}: {other} is the data set of this message already",
    "data-set-type": "{message}: the data set type says that no data set follows, and {keyword} "
    "is one: correct either",
    "data-set-type-none": "{message}: the data set type says that a data set follows, and there "
    "is none: correct either",
    "duplicate-command-field": "{message}: {value} is the command field of {other} already",
    # statuses of a service
    "unknown-status-type": "{name}: no such status type{hint}",
    "duplicate-status": "{name}: listed twice: remove one",
    "statuses-without-status": "statuses: no row is the status: remove the list or add the row",
    "no-statuses": "statuses: a response has a status: list at least one type",
    "idle-description": "{keyword}: describes no row and no status field: remove it{hint}",
    # errata.yaml
    "unknown-cell": "{cell}: no such row{hint}",
}
