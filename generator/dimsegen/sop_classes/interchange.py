"""The SOP classes as one JSON document, for people of other languages."""

from __future__ import annotations

from ..export.records import Form
from .model import SOPClasses

FORM = Form(name="dimse-primitives-export-sop-classes", version=1, root=SOPClasses, references={})
