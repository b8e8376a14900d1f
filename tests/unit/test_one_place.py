"""A fact of the tables is typed in a row, and nowhere in what is written around the tables.

No literal of the generator and of the templates is a keyword, a tag, a usage code, a status or a
service; what stands there nevertheless is listed here, with its clause or the reason why no
table says it. `upper_layer/test_one_place.py` asks the same of the rooms of the Upper Layer.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT

from .facts_of_tables import facts_in

GENERATOR = ROOT / "generator" / "dimsegen"
TEMPLATES = ROOT / "templates"

EXAMPLE = "an example for people"
HEADING = "what a page or a report calls a column"
LABEL = "what a line of text is called for people"
TYPE = "a class of pydicom"
LETTER = "a letter that is no usage"
NAMED = "how a message names what it is about, one way or the other"
FIELD = "what makes a value of the field, which Annex C permits"
THEIRS = "an attribute that pynetdicom reads, or leaves out"
_Left = dict[str, dict[str, str]]
IN_GENERATOR: _Left = {
    "commands/explain.py": {
        "a rule, a cell, a status, an element, an attribute, a PDU, a state or an erratum, e.g. "
        "usage-u-to-m, N-GET.AttributeList, N-GET response Attribute List, 0120H, A7xx, "
        "'(0000,1001)', ErrorComment, S4, A_ABORT_PDU.source, 'Sta5 + AE-3'": EXAMPLE,
        "dimsegen explain '(0000,1001)' S4": EXAMPLE,
        "dimsegen explain 0120H": EXAMPLE,
        "dimsegen explain N-GET.AttributeList": EXAMPLE,
    },
    "commands/show.py": {
        "dimsegen show N-GET": EXAMPLE,
        "dimsegen show N-GET --format rst": EXAMPLE,
        "name of a primitive, a PDU, an item or a table, e.g. N-GET, 51H (default: list all of "
        "them)": EXAMPLE,
    },
    "dimse/docbook/__init__.py": {"Verification": "a class that this room has"},
    "dimse/docbook/status_tables.py": {"C": "the letter of Annex C"},
    "dimse/loader/examples.py": {'tags such as "(0010,0020) (0010,0010)"': EXAMPLE},
    "dimse/pages/annexes.py": {"Status": HEADING},
    "dimse/pages/reference.py": {"Status": HEADING},
    "dimse/primitives.py": {
        "C-": "PS3.7 7.5.1: how the names of DIMSE-C services begin",
        "N-": "PS3.7 7.5.2: how the names of DIMSE-N services begin",
    },
    "dimse/witness/trials.py": {"(0010,0010)": EXAMPLE},
    "inputs/git.py": {"C": "the locale in which git speaks English"},
    "sop_classes/docbook/paired_lines.py": {"C": LETTER},
    "sop_classes/documents/example_shapes.py": {"a message such as N-CREATE request": EXAMPLE},
    "sop_classes/documents/file_shapes.py": {
        "The types of N-ACTION that it has, if not all; SCU/SCP.": "what the key means"
    },
    "sop_classes/documents/vocabulary.py": {
        "1C/1C": "the longest of the codes",
        "a service such as N-CREATE": EXAMPLE,
    },
    "sop_classes/explain/sop_class_words.py": {"Error Comment": LABEL, "Error ID": LABEL},
    "sop_classes/matrices.py": {"Status": HEADING, "UID": HEADING},
    "sop_classes/model/__init__.py": {"Status": "a class that this room has"},
    "sop_classes/pages.py": {"Status": HEADING, "UID": HEADING},
    "sop_classes/views/files.py": {"Status": "a class of the package"},
    "table/row.py": {"P": "the name of a type variable"},
    "table/usage.py": dict.fromkeys(
        ("M", "MF", "U", "UF", "C", "NU", "P"), "PS3.7 5, PS3.8 3: the usage codes themselves"
    ),
    "table/vr.py": {"UID": TYPE},
}
IN_TEMPLATES: _Left = {
    "__main__.py": {"UID": "the metavariable of an option"},
    "audit/_judge.py": {"data sets of C-STORE, which are counted only": LABEL},
    "audit/_sop_rules.py": {"C-STORE": "PS3.7 9.1.1: its data set is an instance, with its pixels"},
    "contrib/pynetdicom/_data_sets.py": {
        "AttributeIdentifierList": FIELD,
        "ErrorComment": FIELD,
        "OffendingElement": FIELD,
    },
    "contrib/pynetdicom/_diagnosis.py": {"MessageID": THEIRS},
    "contrib/pynetdicom/_handlers.py": {"Status": THEIRS},
    "contrib/pynetdicom/_messages.py": {
        "CommandDataSetType": THEIRS,
        "CommandField": THEIRS,
        "Status": THEIRS,
    },
    "contrib/pynetdicom/_private.py": {"AffectedSOPClassUID": NAMED, "RequestedSOPClassUID": NAMED},
    "contrib/pynetdicom/_provider.py": {
        "AffectedSOPInstanceUID": THEIRS,
        "MessageID": THEIRS,
        "C-CANCEL request for Message ID %s is ignored: %s others wait": LABEL,
    },
    "contrib/pynetdicom/_refusing.py": {
        "AffectedSOPClassUID": NAMED,
        "RequestedSOPClassUID": NAMED,
        "ErrorComment": FIELD,
        "MessageID": THEIRS,
    },
    "contrib/pynetdicom/_storing.py": {
        "AffectedSOPClassUID": THEIRS,
        "AffectedSOPInstanceUID": THEIRS,
    },
    "contrib/pynetdicom/_unrecognized.py": dict.fromkeys(
        (
            "AffectedSOPClassUID",
            "CommandDataSetType",
            "CommandField",
            "MessageID",
            "MessageIDBeingRespondedTo",
            "Status",
        ),
        "a message that no table has is read and answered element by element",
    ),
    "sop_classes/__init__.py": {"Status": "a class of the package"},
    "sop_classes/_asked.py": {"Status": "what a violation is about"},
    "sop_classes/_check.py": {
        "Status": "what a violation is about",
    },
    "sop_classes/_exchange.py": {"MessageIDBeingRespondedTo": "what makes a message a response"},
    "sop_classes/_instances.py": {
        "AffectedSOPInstanceUID": NAMED,
        "RequestedSOPInstanceUID": NAMED,
    },
    "sop_classes/_refuse.py": {
        "SOPClassUID": NAMED,
        "SOPInstanceUID": NAMED,
        **dict.fromkeys(
            (
                "AffectedSOPClassUID",
                "AffectedSOPInstanceUID",
                "AttributeIdentifierList",
                "AttributeList",
                "ErrorComment",
                "ErrorID",
                "ModificationList",
                "OffendingElement",
            ),
            FIELD,
        ),
    },
}


def written(folder: Path) -> dict[str, Path]:
    """Return the files of a folder that are Python or print it, but those of the Upper Layer."""
    paths = (*folder.rglob("*.py"), *folder.rglob("*.py.j2"))
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path for name, path in names.items() if not name.startswith("upper_layer/")}


@pytest.mark.parametrize(
    ("folder", "reasons"),
    [(GENERATOR, IN_GENERATOR), (TEMPLATES, IN_TEMPLATES)],
    ids=["generator", "templates"],
)
def test_a_fact_of_the_tables_is_typed_in_a_row_alone(folder: Path, reasons: _Left) -> None:
    found = {(name, fact) for name, path in written(folder).items() for fact in facts_in(path)}
    left = {(name, fact) for name, facts in reasons.items() for fact in facts}
    assert found - left == set(), "take it from the row, or say above why it stands there"
    assert left - found == set(), "nothing of it is left"


def test_one_room_asks_what_was_meant() -> None:
    asking = [
        name for name, path in written(GENERATOR).items() if "did you mean" in path.read_text()
    ]
    # A package has a copy of the parser, which therefore stands alone.
    assert sorted(asking) == ["command_line/argument_parser.py", "reading/spelling.py"]
