"""Turn references into links to the standard's own text, and into links to the errata page.

Invariant: every section, table and annex that a page names can be clicked.
"""

from __future__ import annotations

import re

STANDARD = "https://dicom.nema.org/medical/dicom/current/output/html/part07.html"

_PLACE = re.compile(
    r"(?P<table>Tables? (?P<tables>[A-Z0-9.]+-[0-9]+(?:(?:, | and )[A-Z0-9.]+-[0-9]+)*))"
    r"|(?P<annex>Annex (?P<letter>[A-Z]))"
    r"|(?P<errata>errat(?:um|a) (?P<names>S[0-9]+(?:(?:, | and )S[0-9]+)*))"
    r"|(?<![A-Za-z0-9.-])(?P<section>(?:[0-9]+|[A-Z])(?:\.[0-9]+)+)(?![0-9-])"
)
_TABLE = re.compile(r"[A-Z0-9.]+-[0-9]+")
_ERRATUM = re.compile(r"S[0-9]+")


def section(number: str) -> str:
    """Return the address of a section, e.g. ``10.1.2.1.8``."""
    return f"{STANDARD}#sect_{number}"


def table(number: str) -> str:
    """Return the address of a table, e.g. ``10.1-2``."""
    return f"{STANDARD}#table_{number}"


def linked(text: str) -> str:
    """Return `text` as reStructuredText in which every place of the standard is a link."""
    return _PLACE.sub(_link, text.replace("*", r"\*"))


def _link(found: re.Match[str]) -> str:
    if found["section"]:
        return _anonymous(found["section"], section(found["section"]))
    if found["annex"]:
        return _anonymous(found["annex"], f"{STANDARD}#chapter_{found['letter']}")
    if found["table"]:
        return _TABLE.sub(lambda each: _anonymous(each[0], table(each[0])), found["table"])
    return _ERRATUM.sub(lambda each: f":ref:`{each[0]} <{each[0]}>`", found["errata"])


def _anonymous(words: str, address: str) -> str:
    return f"`{words} <{address}>`__"
