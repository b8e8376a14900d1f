"""Captured dialogues: the rules that no table of a service, a PDU or a SOP class says.

Its rooms::

    family             what is peculiar to it, as data
    documents, loader  the shape of its schema file; from its values to the model
    model              the rules, as data
    explain            what `dimsegen explain` and `rules` say of them
    views, package     what the template prints; the files of the generated package
"""
