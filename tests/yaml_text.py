"""YAML as a reader without the generator has it."""

from __future__ import annotations

from typing import Any

import yaml

# Where PyYAML has libyaml: its parser in Python takes twenty times as long.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def content_of(text: str) -> Any:
    """Return the content of a YAML text."""
    return yaml.load(text, Loader=_LOADER)


def rows(text: str) -> list[str]:
    """Return the lines that are neither blank nor comments."""
    lines = text.splitlines()
    return [line for line in lines if line.strip() and not line.strip().startswith("#")]
