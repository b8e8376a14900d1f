"""The generator: from the tables of DICOM, written in YAML, to typed Python.

Its rooms::

    cli, commands             the command line: the commands, one file each
    command_line, reporting   what commands share: options, output; two versions, compared
    explanation               what `explain` and `rules` tell: blocks, the catalogue of rules
    families                  the families of tables that there are; the way to each of them
    reading                   a schema file as text, tree, values of the right shape; its mistakes
    table                     columns, rows, cells, usage codes, conditions, errata, VRs
    sets                      what a change does to senders and receivers, by set arithmetic
    reports, waivers          a comparison as text, Markdown, JSON, SARIF; what is accepted of it
    inputs                    what OLD and NEW name: files, folders, revisions
    export                    a model as a JSON document with a JSON Schema, and back
    style                     the canonical form of schema files
    code, pages               how Python is laid out and named; reStructuredText and sessions
    document                  the standard in DocBook: sections, tables, plain text
    witness                   generated packages run in memory; the least that shows something
    render, writer, data      templates rendered; files written; where schemas and templates are
    streams                   standard output and error, whatever becomes of them
    dimse, upper_layer, sop_classes  the families of PS3.7, PS3.8 and PS3.4, each with its own map
    audit                     the rules of captured dialogues, which no table has
"""
