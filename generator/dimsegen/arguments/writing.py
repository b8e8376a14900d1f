"""The commands that write files from the schemas."""

from __future__ import annotations

from pathlib import Path

from .options import CHECK, PACKAGE, SCHEMAS, TEMPLATES, Command, Option, output_folder

COMMANDS = (
    Command(
        "generate",
        "write the package from the schemas",
        "Write the package from the schemas: the classes, their rules, the codec, the "
        "documentation. Only files that change are written; what is not made of the schemas any "
        "more is removed.",
        (
            "dimsegen generate",
            "dimsegen generate --check",
            "dimsegen generate --schemas mine --extends standard --package mine",
        ),
        (
            *SCHEMAS,
            TEMPLATES,
            output_folder("generated", "folder to put the package in"),
            PACKAGE,
            CHECK,
        ),
    ),
    Command(
        "docs",
        "write the reference pages from the schemas",
        "Write the reference pages from the schemas, and the explorer with them: a page a "
        "primitive, with its table, its rules and its bytes.",
        (
            "dimsegen docs",
            "dimsegen docs --schemas mine --output pages --package mine",
        ),
        (
            *SCHEMAS,
            TEMPLATES,
            output_folder("docs/reference"),
            Option(
                "--package",
                metavar="NAME",
                default="dimse_primitives",
                help="import name of the package that they are about (default: dimse_primitives)",
            ),
            CHECK,
        ),
    ),
    Command(
        "export",
        "write all tables as one JSON document, for other languages",
        "Write all tables as one JSON document, for other languages. It says its format and "
        "version first; its JSON Schema is schemas/json-schema/export.json, and dimsegen json- "
        "schema writes that. The same schemas always give the same bytes.",
        ("dimsegen export -o ps3.7.json",),
        (
            Option(
                "-o",
                "--output",
                type=Path,
                metavar="FILE",
                help="file to write (default: standard output)",
            ),
            Option("--part", metavar="PART", help="part of the standard (default: PS3.7)"),
            *SCHEMAS,
            CHECK,
        ),
    ),
    Command(
        "json-schema",
        "write the JSON Schemas of the YAML files, for editors, and of what export writes",
        "Write the JSON Schemas of the YAML files, for editors, and that of what export writes.",
        ("dimsegen json-schema",),
        (output_folder("schemas/json-schema"), CHECK),
    ),
    Command(
        "editions",
        "write the pages about what changed between editions of the standard",
        "Write the page about what changed between editions of PS3.7, for all neighbours in a "
        "folder of editions, that about PS3.8, and the one about how editions of PS3.4 differ from "
        "the schemas.",
        ("dimsegen editions docbook",),
        (
            Option(
                "folder",
                type=Path,
                metavar="FOLDER",
                help="folder of editions in DocBook: EDITION/part07.xml, part08.xml, part04.xml",
            ),
            *SCHEMAS,
            TEMPLATES,
            output_folder("docs/editions", "folder to put the page in"),
            CHECK,
        ),
    ),
)
