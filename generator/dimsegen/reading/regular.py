"""Read a file that the command line names.

A pipe or a device may have no end, and is refused before it is opened.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read_regular(path: Path) -> bytes:
    """Return the content of a file, or of what a link to one leads to.

    Raises
    ------
    OSError
        If it is none, or cannot be read; `strerror` says why and what to do.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        what = "is no regular file: save what it gives, and name that file"
        raise OSError(errno.EINVAL, what, str(path))
    return path.read_bytes()
