"""Where libyaml, the parser in C that PyYAML brings with most builds, may read a text.

It is about twenty times as fast as the one in Python. Both read a well-formed schema alike, with
the same places, but not everything else: libyaml takes a tab for a blank, reads ``?`` and ``!``
within words and a byte order mark otherwise, and tells other places of mistakes and of empty
values. So libyaml reads the texts in which none of that can matter, and the parser in Python all
others. A property test compares the two.
"""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

_LIBYAML: type[yaml.SafeLoader] | None = getattr(yaml, "CSafeLoader", None)
# A question mark in a line that is a comment is none to either.
_READ_OTHERWISE = re.compile(r"[\\\t\ufeff]|^(?! *#).*[?!]", re.MULTILINE)


def libyaml_for(text: str) -> type[yaml.SafeLoader] | None:
    """Return the loader of libyaml, None if it is not there or may read `text` otherwise."""
    return None if _is_read_otherwise(text) else _LIBYAML


@lru_cache(maxsize=256)  # those of a few folders
def _is_read_otherwise(text: str) -> bool:
    return _READ_OTHERWISE.search(text) is not None
