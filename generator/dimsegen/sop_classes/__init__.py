"""The SOP classes of PS3.4: what their data sets shall have, for each service and each side.

Its rooms::

    family             what is peculiar to PS3.4
    documents, loader  the shapes of its schema files; from their values to the model
    agreement          what it names of PS3.7, against the tables of that
    model              SOP classes, attribute tables, statuses and states, as data
    form, lint         the files that fmt writes; what a reviewer objects to
    matrices           what show prints
    explain            what explain and rules say
    explored           what the explorer shows of the attribute tables
    interchange        the form in which export writes the model
    examples           data sets of the schemas: as Python, and against the tables
    printed_lines      the attribute tables as the standard prints them
    presence           what a change of a usage does to both sides
    compare            what changed between two versions
    comparison         what diff reports of it
    witness            data sets that one version accepts and the other rejects
    docbook            PS3.4 as NEMA publishes it, against the schemas
    pages              the reference pages
    edition_pages      the page about editions of PS3.4
    views, package     what the templates print; the files of the generated package
"""
