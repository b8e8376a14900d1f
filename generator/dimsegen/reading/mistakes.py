"""The rules that a folder of schemas must keep, and what is said where one is broken.

Identifiers are never reused for another meaning; each text says what is wrong and what to do, and
starts with the name of the thing where the place alone does not tell it.
"""

RULES: dict[str, str] = {
    # the folder
    "missing-folder": "no such folder: name the one that has elements.yaml, statuses.yaml and "
    "services/",
    "not-a-folder": "this is a file: a folder is needed here",
    "missing-file": "no such file: a folder of schemas has elements.yaml, statuses.yaml and "
    "services/*.yaml: add it",
    "misnamed-file": "this file is not read: rename it to {expected}",
    "not-a-file": "this is no file: move it elsewhere, or put a file in its place",
    "unreadable-file": "cannot be read ({problem}): mend that or remove it",
    "not-utf-8": "the byte {byte} is no text in UTF-8: save the file as UTF-8",
    "no-services": "no services: put at least one .yaml file in this folder",
    "file-name": "{service}: its file has another name: rename the file to {expected}",
    # YAML
    "empty-file": "nothing in this file: fill it in, or remove it",
    "invisible": "{code} ({name}) cannot be seen: replace it by a space, or remove it",
    "merge-conflict": "a merge conflict: decide what to keep, and remove the marks",
    "tab": "a tab: use spaces",
    "indentation": "the indentation fits no line above: line it up with the lines it belongs to",
    "missing-colon": "{key}: no colon follows: write {key}: and then the value",
    "missing-space": "{key}: no space after the colon: add one",
    "stray-line": "neither a key with its value nor an item of a list: correct or remove this line",
    "no-key": "no key before this colon: write one",
    "missing-comma": "a comma or the closing {close} is missing here: add it",
    "extra-comma": "nothing before this comma: write something or remove the comma",
    "wrong-bracket": "{got} does not close {open}: write {close}",
    "stray-bracket": "{got} closes nothing: remove it",
    "no-opening": "no {open} before this, but one that closes: add it",
    "unclosed-quote": "this quote is not closed in its line: add the other one, or remove this",
    "trailing-text": "the value has ended before this: remove it, or put the whole value in quotes",
    "colon-in-text": "a colon within a value: put a text in quotes, a mapping in {{ }}",
    "reserved-character": "{char} means something else in YAML: put the text in quotes",
    "backslash": "a backslash is not used here: remove it, or say it in other words",
    "bare-dash": 'a dash alone starts a list in YAML: write "-" in quotes',
    "item-in-line": "a dash starts a list, which cannot start here: put it on a line of its own",
    "item-space": "no space after the dash: add one",
    "mixed-list": "a list item among keys, or a key among list items: move it where it belongs",
    "outside": "this does not belong to what is above: indent it, or remove it",
    "second-document": "a second document: one file holds one document, remove the ---",
    "block-text": "{label}text over several lines: write it in one line, in quotes",
    "alias": "anchors (&), aliases (*) and merges (<<) are not used here: write the value out",
    "yaml-tag": "YAML tag {tag} is not used here: remove it",
    "key-not-a-word": "a list or a mapping cannot be a key: write a word before the colon",
    "duplicate-key": "{key}: already given in line {line}: remove one of them",
    "too-deep": "nested too deeply: no schema has so many brackets",
    "syntax": "no YAML that can be read ({problem}): correct this line",
    # the shape
    "unquoted": '{label}{text} needs quotes, or YAML misreads it: write "{right}"',
    "quoted-number": "{label}{text} is a number: remove the quotes",
    "unknown-key": "{name}: unknown key{hint}",
    "missing-key": "{label}{key} is missing: add it ({doc})",
    "wrong-kind": "{label}this is {kind}: write {what}",
    "wrong-value": "{label}{text!r}: write {what}{hint}",
    "nothing": "{label}nothing is written here: write {what}",
    "empty": "{label}nothing in the brackets: write at least one",
    "duplicate-item": "{name}: listed twice: remove one",
    # names
    "misspelt-entry": "{entry}: nothing uses this name, but {count} places use {name}: correct it "
    "here",
    "missing-entry": "{name}: is not here, but {count} places use it: add it",
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
    "renamed-still-here": "{keyword}: renamed from {other}, which is still here: remove "
    "renamed_from, or the other",
    "renamed-twice": "{keyword}: renamed from {other}, and so is {owner}: remove renamed_from from "
    "one of them",
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
    "missing-column": '{keyword}: no {column} cell: write one, "-" if it is a dash',
    "unknown-usage": "{keyword}: {text!r} is not a usage code{hint}",
    "equal-in-first-column": "{keyword}: (=) in the {column} column has no column to its left: "
    "remove it",
    "equal-to-nothing": "{keyword}: (=) has only a dash to its left: remove it or correct the "
    "{column} cell",
    "equal-dash": "{keyword}: a dash takes no (=): remove it",
    "equal-in-column": "{keyword}: (=) is for the {column} column: remove it",
    "all-absent": "{keyword}: a dash in every column: remove the row or correct a cell",
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
    # waivers.yaml
    "no-date": "expires: {text} is no day of the calendar: correct it",
    "duplicate-waiver": "{cell}: line {line} waives this change already: remove one of them",
}

# What to do about a name that is like no other, in place of {hint}.
ADVICE: dict[str, str] = {
    "unknown-key": ": use {known}",
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
