"""DocBook, in which NEMA publishes the standard: sections, tables and their plain text."""
