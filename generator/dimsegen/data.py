"""Where the schemas and templates are: in the repository, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_REPOSITORY = _PACKAGE.parent.parent


def folder_of(kind: str) -> Path:
    """Return the folder ``schemas`` or ``templates`` that came with this generator.

    Parameters
    ----------
    kind : str
        ``schemas`` or ``templates``.
    """
    installed = _PACKAGE / kind
    return installed if installed.is_dir() else _REPOSITORY / kind
