"""How Python is written: layout, names, and tests of membership."""
