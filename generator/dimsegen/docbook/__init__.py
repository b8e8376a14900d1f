"""Read PS3.7 as NEMA publishes it, DocBook 5, and hold it against the schemas.

Invariant: it imports the model and the comparison; only `tree` reads XML.
"""
