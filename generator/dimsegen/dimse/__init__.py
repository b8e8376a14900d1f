"""The tables of PS3.7: services, messages, command elements and statuses.

Its rooms::

    family                       what is peculiar to PS3.7: legend, usage codes, names of its parts
    documents, form, loader      shapes and form of its files; from their values to the model
    model, primitives, findings  the tables as data; the classes they make up; what these report
    requests                     the parameters of requests that tables of other families name
    demands                      what one cell asks for, for whatever says it
    views, package               what the templates print; the files of the generated package
    pages, interchange           the reference pages; all tables as one JSON document
    compare, comparison          what differs between two schemas, and what shows it
    witness                      messages that keep or break a rule, or tell versions apart: all run
    docbook, edition_pages       PS3.7 as NEMA publishes it, held against the schemas; editions
    lint, explain, matrices      what a reviewer objects to; rules in words; tables to show
"""
