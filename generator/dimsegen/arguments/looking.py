"""The commands that tell what the schemas say."""

from __future__ import annotations

from pathlib import Path

from .options import REPORTS, SCHEMAS, TEMPLATES, Command, Option, formats

COMMANDS = (
    Command(
        "show",
        "print a table, or list all of them",
        "Print the table of a primitive with the rule of each row, the layout of a PDU or an item, "
        "or the state machine of an association; or list them.",
        (
            "dimsegen show",
            "dimsegen show N-GET",
            "dimsegen show N-GET --format rst",
            "dimsegen show A-ASSOCIATE-RQ",
            "dimsegen show 'Table 9-10'",
        ),
        (
            Option(
                "service",
                metavar="SERVICE",
                nargs="?",
                help="name of a primitive, a PDU, an item or a table, e.g. N-GET, 51H (default: "
                "list all of them)",
            ),
            formats("table", "json", "rst"),
            *SCHEMAS,
        ),
    ),
    Command(
        "explain",
        "say what a rule, a cell, a status, an element or an erratum means, with examples",
        "Say what a rule, a cell, a status, an element, a PDU, a state or an erratum means, with "
        "its clause and with examples that were run.",
        (
            "dimsegen explain missing-mandatory",
            "dimsegen explain N-GET.AttributeList",
            "dimsegen explain 0120H",
            "dimsegen explain '(0000,1001)' S4",
            "dimsegen explain A_ASSOCIATE.result",
            "dimsegen explain 'Sta5 + AE-3'",
        ),
        (
            Option(
                "subject",
                metavar="RULE|SERVICE.PARAMETER|STATUS|ELEMENT|ERRATUM",
                nargs="+",
                help="e.g. usage-u-to-m, N-GET.AttributeList, N-GET response Attribute List, "
                "0120H, '(0000,1001)', ErrorComment, S4, A_ABORT_PDU.source, 'Sta5 + AE-3'",
            ),
            formats("text", "markdown"),
            *SCHEMAS,
            TEMPLATES,
        ),
    ),
    Command(
        "rules",
        "list every rule that can be reported",
        "List every rule that can be reported, with what it means: of the loader, of lint, of "
        "diff, of the primitives (violations), of the decoders (anomalies, pdu) and of audit "
        "(dialogue).",
        (
            "dimsegen rules",
            "dimsegen rules violation --format json",
        ),
        (
            Option(
                "kind",
                metavar="KIND",
                nargs="?",
                help="loader, lint, diff, violation, anomaly, pdu or dialogue (default: all)",
            ),
            formats("text", "json", "markdown"),
        ),
    ),
    Command(
        "verify",
        "compare the schemas with PS3.7 or PS3.8 itself, in DocBook",
        "Compare the schemas with the standard itself, in DocBook as NEMA publishes it. Of PS3.7 "
        "every cell, element, message and status, and the user information of Annex D; of PS3.8 "
        "the service tables, the PDUs with their codes, states, actions and transitions. Exit "
        "code 0: they agree, but for the errata; 1: they do not; 2: nothing was compared.",
        (
            "dimsegen verify part07.xml",
            "dimsegen verify part08.xml",
            "dimsegen verify part07.xml -o json=verify.json",
        ),
        (
            Option(
                "document",
                type=Path,
                metavar="PART07.XML|PART08.XML",
                help="PS3.7 or PS3.8 in DocBook, as NEMA publishes it on dicom.nema.org",
            ),
            REPORTS,
            *SCHEMAS,
        ),
    ),
)
