"""Examples that can be pasted as they are."""

from __future__ import annotations

import ast
import builtins
from io import BytesIO


def runnable(code: str, package: str) -> str:
    """Return `code` below the imports that it needs.

    Parameters
    ----------
    code : str
        Python whose unknown names are those of the package, or ``BytesIO``.
    package : str
        Import name of the package.
    """
    if not code or code.startswith("from "):
        return code
    names = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    needed = sorted({node.id for node in names} - made - {BytesIO.__name__, *dir(builtins)})
    lines = [f"from {package} import {', '.join(needed)}"]
    if any(node.id == BytesIO.__name__ for node in names):
        lines = [f"from {BytesIO.__module__.lstrip('_')} import {BytesIO.__name__}", "", *lines]
    return "\n".join([*lines, "", code])
