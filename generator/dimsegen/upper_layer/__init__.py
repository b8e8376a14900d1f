"""The Upper Layer: the tables of PS3.8, and of Annex D of PS3.7, that are not DIMSE.

Its rooms::

    family             what is peculiar to PS3.8: legend, usage codes, names of its parts
    documents, loader  the shapes of its schema files; from their values to the model
    model              service tables, PDUs and items, and the state machine, as data
    pages, matrices    the reference pages; what `show` prints
    explored           what the explorer shows of the state machine
    explain, lint      rules, cells, structures and states in words; what a reviewer objects to
    form               the files that `fmt` writes
    interchange        all tables as one JSON document
    ends               who sends what: the requestor or the acceptor of an association
    compare, comparison  what differs between two versions, and what shows it
    witness            primitives, PDUs and transitions on which two versions differ
    edition_pages      the page about editions of PS3.8
    edition_proof      what shows a change between editions
    docbook            PS3.8 and Annex D of PS3.7 as NEMA publishes them, held against the schemas
    views, package     what the templates print; the files of the generated package
"""
