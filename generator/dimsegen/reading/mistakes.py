"""The rules that any file of schemas must keep, and what is said where one is broken.

Identifiers are never reused for another meaning; each text says what is wrong and what to do, and
starts with the name of the thing where the place alone does not tell it. Each family adds its own.
"""

RULES: dict[str, str] = {
    # the files
    "no-files": "no files: put at least one .yaml file in {folder}",
    "not-a-file": "this is no file: move it elsewhere, or put a file in its place",
    "unreadable-file": "cannot be read ({problem}): mend that or remove it",
    "not-utf-8": "the byte {byte} is no text in UTF-8: save the file as UTF-8",
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
}

# What to do about a name that is like no other, in place of {hint}.
ADVICE: dict[str, str] = {
    "unknown-key": ": use {known}",
}
