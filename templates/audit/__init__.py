"""A captured dialogue, explained: who said what, which rule it breaks, and who is to mend it.

`audit` is the whole of it; `python -m dimse_primitives audit` is its command line.
"""

from ._audit import Audit, audit
from ._finding import Finding, Place
from ._json import to_json_dict
from ._record import Association, Context, File, Outcome, SentMessage, SentPDU, Summary

__all__ = [
    "Association",
    "Audit",
    "Context",
    "File",
    "Finding",
    "Outcome",
    "Place",
    "SentMessage",
    "SentPDU",
    "Summary",
    "audit",
    "to_json_dict",
]
