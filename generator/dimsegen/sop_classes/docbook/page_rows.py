"""The statuses and the DIMSE service groups as an edition prints them."""

from __future__ import annotations

import re

from ...document.plain_text import compact, folded
from ...document.tables import Table

_CODE = re.compile(r"[0-9A-F]{4}|[0-9A-F]{2}xx|[0-9A-F]xxx", re.IGNORECASE)
_CODE_HEADS = frozenset({"statuscode", "statuscodes", "responsestatuscodes", "code"})
_SERVICE = re.compile(r"[CN](-[A-Z]+)+")


def statuses_of(page: Table) -> list[tuple[str, ...]]:
    """Return the statuses of `page`: code, class and meaning."""
    heads = [folded(each) for each in page.heads]
    at = next((number for number, head in enumerate(heads) if head in _CODE_HEADS), 2)
    found: list[tuple[str, ...]] = []
    last = ""
    for row in page.rows:
        code = compact(row[at].text)
        # Where several statuses have one class, some editions print it once.
        last = row[0].text.strip() or last
        if _CODE.fullmatch(code):
            found.append((code.upper().replace("X", "x"), last, folded(row[1].text)))
    return found


def services_of(page: Table) -> list[tuple[str, ...]]:
    """Return the services of `page` with the usage of SCU and SCP; not the types of actions."""
    rows = [(compact(row[0].text), compact(row[-1].text)) for row in page.rows]
    return [row for row in rows if _SERVICE.fullmatch(row[0])]
