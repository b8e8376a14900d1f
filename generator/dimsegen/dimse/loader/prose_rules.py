"""The rules that the schemas of PS3.7 must keep, beside those that all schemas must."""

from ...table.rules_of_cells import RULES as OF_CELLS
from ...table.waivers import RULES as OF_WAIVERS

RULES: dict[str, str] = {
    **OF_CELLS,
    **OF_WAIVERS,
    # the folder
    "missing-folder": "no such folder: name the one that has elements.yaml, statuses.yaml and "
    "services/",
    "not-a-folder": "this is a file: a folder is needed here",
    "missing-file": "no such file: a folder of schemas has elements.yaml, statuses.yaml and "
    "services/*.yaml: add it",
    "misnamed-file": "this file is not read: rename it to {expected}",
    "no-services": "no services: put at least one .yaml file in this folder",
    "file-name": "{service}: its file has another name: rename the file to {expected}",
    "unknown-document": "{name}: package.yaml has no such document{hint}",
    # elements.yaml
    "unknown-keyword": "{name}: not in elements.yaml{hint}",
    "duplicate-tag": "{keyword}: has the tag of {other}: give each element its own",
    "duplicate-name": "{keyword}: has the name of {other}: give each its own",
    "duplicate-keyword": "{keyword}: is an element too: a keyword names one thing, remove one",
    "duplicate-value": "{keyword}: {other} has this value already: give each name its own",
    "tag-order": "{keyword}: is not in the order of tags: move it {place}",
    "tag-group": "{keyword}: is not in the group of {other} and the rest: correct the tag",
    "single-vm": '{keyword}: only one value of VR {vr} is supported: write "1"',
    "duplicate-role": "{keyword}: {other} has the role {role} already: remove it from one",
    "missing-role": "no element has the role {role}: give it to the one that plays it",
    "role-vr": "{keyword}: the role {role} takes VR {expected}, not {vr}: correct either",
    "values-vr": "{keyword}: values are numbers, VR {vr} is not: remove values",
    "data-set-type-values": "{keyword}: the role data-set-type needs {key} too: add it",
    "data-set-type-same": "{keyword}: none and present are the same value: correct either",
    "not-data-set-type": "{keyword}: {key} belongs to the role data-set-type: remove it",
    "equals-itself": "{keyword}: equals itself: name the element of the request that it repeats",
    "missing-description": "{keyword}: no description: add one under descriptions",
    # statuses.yaml
    "class-overlap": "{name}: shares {codes} with {other}: name them under except in one",
    "idle-except": "{name}: {code} is not among its codes: remove it here",
    "unknown-class": "{name}: no such status class{hint}",
    "type-outside-class": "{name}: {codes} is not in the class {status_class}: correct either",
    "duplicate-code": "{name}: {code} is the code of {other} already: correct either",
    "status-field-role": "{keyword}: has the role {role}, every response has it: remove it",
    "any-and-others": "{keyword}: {any} stands for every service: remove it, or the others",
    "unknown-service": "{name}: no file describes this service{hint}",
    # a service table
    "taken-service-name": "{service}: {name} is a word of Python or a name in every package: "
    "give it another name",
    "duplicate-service": "{service}: {other} describes it already: remove one of them",
    "column-name": "{column}: is a key of every row: give the column another name",
    "idle-column": "{column}: no row has a cell in this column, but in others: correct its name",
    "fixed-without-value": "{keyword}: {usage!r} needs a value: add value",
    "value-without-fixed": "{keyword}: value is for MF and UF cells: remove it or correct a cell",
    "value-of-data-set": "{keyword}: {usage!r} is not for a data set, which has no fixed value: "
    "use another usage code",
    "value-outside-vr": "{keyword}: {value} is not a value of VR {vr}: write {what}",
    "unnamed-value": "{keyword}: {value} is none of its values: write {known}",
    "missing-condition": "{keyword}: {usage!r} needs required_when, forbidden_when, only_when or "
    "permitted_when",
    "undecided-cell": "{keyword}: {usage!r} needs a condition that decides the {column}: only a "
    "response has a status and a request",
    "idle-condition": "{keyword}: {key} has no cell to decide: remove it, or correct a cell (it is "
    "for C and U, and only a response has a status and a request)",
    "twice-forbidden": "{keyword}: only_when and forbidden_when both forbid: use one of them",
    "contradiction": "{keyword}: required_when and {key} contradict each other: correct either",
    "unknown-row": "{keyword}: {name} is not a row of this table{hint}",
    "equals-without-request": "{keyword}: equals {other}, which no request has: correct either",
    "equals-absent": "{keyword}: equals is for the response, where the cell is a dash: remove it "
    "or correct the cell",
    "equals-twice": "{keyword}: (=) and equals both say what it equals: use one of them",
    "equals-vr": "{keyword}: equals {other}, which has another VR: correct either",
    # conditions
    "condition-on-itself": "{keyword}: its own presence cannot decide: name another parameter",
    "condition-never": "{keyword}: {other} is always absent in the {column}: correct the "
    "condition or the cell",
    "condition-impossible": "{keyword}: {key} never holds: correct the condition",
    "no-status-row": "{keyword}: the condition needs a status, and no row is the status: add the "
    "row or correct the condition",
    "request-test-absent": "{keyword}: the request cell is a dash: remove the test of the request "
    "or correct the cell",
    # message tables
    "unknown-message": "{name}: no column of that name{hint}",
    "missing-message": "messages: no message for the column {column}: add it",
    "duplicate-message": "{message}: another message has this name: give each its own",
    "missing-primitive": "{message}: primitive is missing: name the primitive of the column "
    "{column}",
    "idle-primitive": "{message}: primitive is for columns after the response: remove it",
    "primitive-is-service": "{primitive}: is a service: give the primitive another name",
    "primitive-disagrees": "{primitive}: is built from {other} too, and they differ in {what}: "
    "make them agree",
    "field-without-row": "{keyword}: no row of the service table decides: add the row, or write "
    "another usage",
    "field-with-row": "{keyword}: its row of the service table decides: write {right}",
    "field-without-value": "{keyword}: {usage!r} needs a value: add value",
    "field-idle-value": "{keyword}: value is for MF: remove it, or write MF",
    "field-without-source": "{keyword}: nothing gives it a value: add a row to the service table, "
    "or write MF and a value",
    "field-not": "{keyword}: not is for M: remove it, or write M",
    "missing-field": "{message}: no {keyword}: every message has it, add it",
    "command-field-value": "{keyword}: its value tells the message: write MF and the value",
    "mandatory-not-carried": "{keyword}: {usage} in the {column} column, and {message} does not "
    "carry it: add it here or correct the cell",
    "forbidden-carried": "{keyword}: a dash in the {column} column, and {message} carries it: "
    "remove it here or correct the cell",
    "second-data-set": "{keyword}: {other} is the data set of {message} already: remove one",
    "data-set-type": "{keyword}: says that no data set follows, but {other} does: correct either",
    "data-set-type-none": "{keyword}: does not say that no data set follows, and there is none: "
    "write MF and the value for none, or add the data set",
    "duplicate-command-field": "{message}: {value} is the command field of {other} already: "
    "correct either",
    # statuses of a service
    "unknown-status-type": "{name}: no such status type{hint}",
    "statuses-without-status": "statuses: no row is the status: remove the list or add the row",
    "no-statuses": "statuses: a response has a status: list at least one type",
    "idle-description": "{name}: describes no row and no status field{hint}",
    "example-column": "{name}: no column of that name has a message{hint}",
    "example-keyword": "{name}: no row and no status field{hint}",
    "example-value": "{keyword}: {value} is not an example of {vr}: write {what}",
    # errata.yaml
    "unknown-cell": "{name}: no such row{hint}",
}

# What to do about a name that is like no other, in place of {hint}.
ADVICE: dict[str, str] = {
    "unknown-document": ": add it there or correct it",
    "unknown-keyword": ": add it there or correct it",
    "unknown-class": ": use {known}",
    "unknown-service": ": add the file or correct the name",
    "unknown-row": ": use {known}",
    "unknown-message": ": use {known}",
    "unknown-status-type": ": add it to statuses.yaml or correct it",
    "idle-description": ": remove it",
    "example-column": ": use {known}",
    "example-keyword": ": remove it",
    "unknown-cell": ": correct it or remove it",
}
