"""A fact of the tables is typed in a row, and nowhere in what is written around the tables.

In the templates of the Upper Layer no literal is a number beyond 1, a UID, a status code or a name
that a schema has; in its rooms of the generator, none is one of the last three. What stands there
nevertheless is in `LEFT`, with its clause or the reason why no table says it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from dimsegen.upper_layer.loader import load_schema

from tests.conftest import ROOT
from tests.unit.facts_of_tables import literals

LAYER = load_schema(ROOT / "schemas")
TEMPLATES = ROOT / "templates" / "upper_layer"
ROOMS = ROOT / "generator" / "dimsegen" / "upper_layer"
FILES = sorted(each for folder in (TEMPLATES, ROOMS) for each in folder.rglob("*.*"))

OURS = "a limit of this package: no table has it"
EXAMPLE = "an example for people"
KIND = "a word of the schema files: what kind of contents a row has"
LEFT: dict[str, dict[object, str]] = {
    "_addresses.py": {2: "host and port of an IPv6 address"},
    "_association.py": {20: OURS, 30.0: OURS},
    "_commands.py": {
        2: "an exit code",
        20: OURS,
        128: "PS3.10 7.1: the preamble",
        1e3: "milliseconds in a second",
    },
    "_connection.py": {18: OURS, 20: OURS},
    "_invocations.py": {
        64: OURS,
        0xFFFF: "PS3.7 E.1: a Message ID is a US, which has two bytes (PS3.5 6.2)",
    },
    "_limits.py": {86_400: "seconds in a day"},
    "_negotiation.py": {17: OURS},
    "_pdu.py": {256: OURS, 512: OURS, 1024: OURS},
    "_pdu_stream.py": {18: OURS, 20: OURS},
    "_performing.py": {8: OURS, 16: OURS},
    "_primitive.py": {
        2: "an address is a host and a port",
        0xFFFF: "a TCP port has two bytes",
        "result": "PS3.8 7.1.1.14: a part of a parameter, which has no row",
    },
    "_receiving.py": {0xFFFF_FFFF: "PS3.8 9.3.1: PDU-length has four bytes"},
    "_sending.py": {20: OURS},
    "_inspect_pdus.py": {
        2: "the indent of JSON",
        16: OURS,
        "result": "an answer has one, in every table",
    },
    "_inspect_pdus_text.py": {
        2: "the first of several",
        32: OURS,
        "reserved": "how the attributes of reserved fields begin",
    },
    "_network.py": {
        "examples::\n\n  {} localhost 11112 --called ORTHANC": EXAMPLE,
        "examples::\n\n  {} 11112 --folder received": EXAMPLE,
        "how long to wait; 10": OURS,
        10.0: OURS,
    },
    "aio.py": {24: OURS, 30.0: OURS, 60.0: OURS, 1000: OURS},
    "byte_layouts.py": {"reserved": KIND},
    "coded_values.py": {"reserved": "what the tables print for a code that is not used"},
    "service_rows.py": {
        "diagnostic": KIND,
        "result": "PS3.8 7.1.1.14: a part of a parameter, which has no row",
    },
    "structure_shapes.py": {"reserved": "the longest of the kinds"},
    "machine_shapes.py": {"Sta13": "the longest of the states"},
    "primitive_imports.py": {"PresentationDataValueItem": "the type of a kind of values"},
    "samples.py": {"1.2.840.10008.1.1": EXAMPLE},
    **{
        name: {"reserved": "the variable of what follows the last field"}
        for name in ("attributes.py", "decoder.py", "encoder.py")
    },
}

_UID = re.compile(r"1\.2(\.[0-9]+){3,}")
_STATUS = re.compile(r"[0-9A-F]{2}(xx|[0-9A-F]{2}H?)")
# What has numbers in a text and is none: clauses, addresses, names of other standards.
_CITED = re.compile(r"PS3\.[0-9]+( [A-Z0-9][.0-9]*)?|ISO [0-9]+|[0-9]+(\.[0-9]+)+|%04X")
_NUMBER = re.compile(r"(?<![\w-])[0-9]{2,}(?!\w)")


def names() -> frozenset[str]:
    """Return what the schemas call things: states, fields, parameters, values and the like."""
    machine = LAYER.machine
    found = {text for each in machine.states for text in (each.name, each.text)}
    found |= {text for each in machine.actions for text in (each.name, each.text)}
    found |= {text for each in machine.events for text in (each.name, each.text)}
    values = [*(each.values for each in LAYER.services)]
    for service in LAYER.services:
        found |= {service.name, *(text for row in service.rows for text in (row.name, row.value))}
    for structure in LAYER.structures.values():
        found |= {structure.name, structure.class_name, *(each.name for each in structure.fields)}
        values.append(structure.values)
    for value in (each for one in values for listed in one.values() for each in listed):
        found |= {value.name, value.text}
    return frozenset(found - {""})


NAMES = names()


def is_fact(literal: object, *, is_printed: bool) -> bool:
    """Return whether a literal is what a row should say; in what is printed, numbers are, too."""
    if isinstance(literal, str):
        found = literal in NAMES or _UID.search(literal) or _STATUS.fullmatch(literal)
        return bool(found or (is_printed and _NUMBER.search(_CITED.sub("", literal))))
    return is_printed and isinstance(literal, int | float) and literal not in (0, 1)


@pytest.mark.parametrize("folder", [TEMPLATES, ROOMS], ids=["templates", "generator"])
def test_a_fact_of_the_tables_is_typed_in_a_row_alone(folder: Path) -> None:
    found = {
        (path.name, literal)
        for path in FILES
        if folder in path.parents and path.suffix in (".py", ".j2")
        for literal in literals(path)
        if is_fact(literal, is_printed=folder is TEMPLATES)
    }
    left = {(name, literal) for name, literals in LEFT.items() for literal in literals}
    assert found - left == set(), "take it from the row, or say in LEFT why it stands there"


def test_what_is_left_is_there() -> None:
    there = {(path.name, each) for path in FILES if path.name in LEFT for each in literals(path)}
    assert {(name, literal) for name, reasons in LEFT.items() for literal in reasons} <= there
