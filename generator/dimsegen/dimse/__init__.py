"""The tables of PS3.7: services, messages, command elements and statuses.

Its rooms::

    family                       what is peculiar to PS3.7: legend, usage codes, names of its parts
    documents, form, loader      the shapes and the form of its files; from their values to the model
    model, primitives, findings  the tables as data; the classes they make up; what these report
    demands                      what one cell asks for, for whatever says it
    views, package               what the templates print; the files of the generated package
    pages, interchange           the reference pages; all tables as one JSON document
    compare, inputs, comparison  what differs between two schemas, read from where they are, proven
    witness                      messages on which two versions differ, found by running both
    docbook                      PS3.7 as NEMA publishes it, held against the schemas
    lint, explain, show          what a reviewer objects to; rules in words; matrices
    commands                     the commands that no other family has
"""
