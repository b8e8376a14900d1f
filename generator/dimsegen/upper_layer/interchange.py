"""The tables of the Upper Layer as one JSON document, for people of other languages."""

from __future__ import annotations

from ..export.records import Form
from .model import UpperLayer

FORM = Form(name="dimse-primitives-export-upper-layer", version=1, root=UpperLayer, references={})
