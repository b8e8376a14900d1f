"""The generator: from the tables of DICOM, written in YAML, to typed Python.

Its rooms::

    cli, commands, command_line  the commands, one file each; the options and output they share
    reporting, inputs            two versions compared; the files, folders, revisions they are
    reports, explanation         a comparison as text, JSON, SARIF; what `explain` and `rules` tell
    families, agreement_of       the families of tables that there are; that they agree
    reading, style               a schema file as text, tree, values; its mistakes; its form
    table                        columns, rows, cells, usage codes, conditions, errata, VRs
    sets, waivers                what a change does to senders and receivers; what is accepted of it
    export                       a model as a JSON document with a JSON Schema, and back
    code, pages                  how Python is laid out and named; reStructuredText and sessions
    document                     the standard in DocBook: sections, tables, plain text
    witness                      generated packages run in memory; the least that shows something
    render, data                 templates rendered; where schemas and templates are
    writer, streams              files written; standard output and error, whatever becomes of them
    dimse, upper_layer, sop_classes  the families of PS3.7, PS3.8 and PS3.4, each with its own map
    audit                        the rules of captured dialogues: a family, too, but without tables
"""
