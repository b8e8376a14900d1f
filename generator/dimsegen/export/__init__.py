"""A model of frozen dataclasses as a JSON document, and back, for any family of tables.

All of it follows from the types of the model: a field that the model gains is written, read and
described without a line here. The place of a row in a file is not part of what it says.
"""
