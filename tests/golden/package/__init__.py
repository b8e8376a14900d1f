"""Tiny folders of schemas, and the whole package that each of them gives."""
