"""The shape of elements.yaml."""

from __future__ import annotations

from ...reading.shapes import Choice, Hex, Key, MapOf, Record
from ...table.terms import (
    EDITION,
    KEYWORD,
    KNOWN_DOCUMENT,
    KNOWN_KEYWORD,
    MULTIPLICITY,
    NAME,
    OLD_KEYWORD,
    SECTION,
    SENTENCE,
    TAG,
    VALUE_NAME,
    VR_NAME,
)
from ...table.vr import VRS
from ..model import DEFAULT_REPERTOIRE, Role

IN_DOCUMENT = Key(KNOWN_DOCUMENT, "The document that prints it, if another one.", is_required=False)
RENAMED_FROM = Key(OLD_KEYWORD, "The keyword it had in the version before.", is_required=False)

ELEMENT = Record(
    "element",
    {
        "tag": Key(TAG, "Group and element number, as printed."),
        "vr": Key(Choice(tuple(VRS)), "Value Representation."),
        "vm": Key(MULTIPLICITY, "Value Multiplicity.", stop=len('"1-n"')),
        "name": Key(NAME, "The name, as printed."),
        "role": Key(
            Choice(tuple(role.value for role in Role)),
            "The part the element plays in every message.",
            is_required=False,
        ),
        "values": Key(
            MapOf(VALUE_NAME, Hex(), needs_one=True),
            "The only values that the text allows.",
            is_required=False,
        ),
        "repertoire": Key(
            Choice((DEFAULT_REPERTOIRE,)),
            "The characters, where the text itself restricts them.",
            is_required=False,
        ),
        "equals": Key(
            KNOWN_KEYWORD,
            "The element of the request that every response repeats.",
            is_required=False,
        ),
        "none": Key(Hex(), "The value that says no data set follows.", is_required=False),
        "present": Key(Hex(), "The value to write where one follows.", is_required=False),
        "renamed_from": RENAMED_FROM,
        "document": IN_DOCUMENT,
    },
)

RETIRED = Record(
    "retired_element",
    {
        "tag": Key(TAG, "Group and element number, as printed."),
        "vr": Key(VR_NAME, "Value Representation."),
        "vm": Key(MULTIPLICITY, "Value Multiplicity."),
        "name": Key(NAME, "The name, as printed."),
        "allowed_by": Key(
            SECTION, "The clause that lets a sender write it nevertheless.", is_required=False
        ),
    },
)

DATA_SET = Record(
    "data_set",
    {
        "name": Key(NAME, "The name, as printed."),
        "renamed_from": RENAMED_FROM,
        "document": IN_DOCUMENT,
    },
)

ELEMENTS = Record(
    "elements",
    {
        "edition": Key(
            EDITION, "The edition of the standard that all files state.", is_required=False
        ),
        "elements": Key(
            MapOf(KEYWORD, ELEMENT, needs_one=True), "The command elements, ascending by tag."
        ),
        "retired": Key(
            MapOf(KEYWORD, RETIRED),
            "The retired elements, ascending by tag.",
            is_required=False,
        ),
        "data_sets": Key(
            MapOf(KEYWORD, DATA_SET),
            "The parameters that travel as a data set.",
        ),
        "descriptions": Key(MapOf(KNOWN_KEYWORD, SENTENCE), "What each of them is."),
    },
)
