"""What other libraries need to work with the primitives: one package for each, never imported here.

This file is copied as it is from `templates/contrib/__init__.py`. Do not edit the copy.
"""
