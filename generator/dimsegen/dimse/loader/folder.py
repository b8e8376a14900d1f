"""Find and read the files of a folder of schemas.

Files come in one order on every machine, and one that cannot be read is a problem like any other.
"""

from __future__ import annotations

import os
from pathlib import Path

from ...reading.places import Disk, Place
from ...reading.problems import Report
from ...reading.sources import Source, read_source, start_of
from ...reading.spelling import SURELY_MEANT, closest

REQUIRED = ("elements", "statuses")
KINDS = (*REQUIRED, "errata", "waivers", "package")
SERVICES = "services"
_SUFFIX = ".yaml"
# What people write for it, in capitals or not.
_SUFFIXES = (_SUFFIX, ".yml")


def read_folder(
    folder: Place | Path, report: Report, *, may_be_empty: bool = False, extends: bool = False
) -> tuple[Source, ...]:
    """Return the schema files of `folder`: elements, statuses, errata, …, services by name.

    Parameters
    ----------
    folder : Place or pathlib.Path
        The folder, wherever it is.
    report : Report
        Receives what is missing and what cannot be read.
    may_be_empty : bool, optional
        Whether a folder without any service is as good as others.
    extends : bool, optional
        Whether other tables count beside what it has, so that it needs nothing of its own.
    """
    place = Disk(folder) if isinstance(folder, Path) else folder
    names = _list(place, "", "missing-folder", report)
    if names is None:
        return ()
    paths: list[tuple[str, str]] = []
    misnamed = _misnamed(names)
    for kind in KINDS:
        name = f"{kind}{_SUFFIX}"
        if name in names:
            paths.append((kind, name))
        elif name in misnamed:
            _add_misnamed(place, misnamed[name], name, report)
        elif kind in REQUIRED and not extends:
            report.add(start_of(place, name), "missing-file")
    services = _services(place, report, may_be_empty or extends)
    paths += [("service", f"{SERVICES}/{name}") for name in services]
    read = (read_source(kind, place, path, report) for kind, path in paths)
    return tuple(source for source in read if source is not None)


def _list(place: Place, folder: str, missing: str, report: Report) -> list[str] | None:
    """Return the names in `folder` but for hidden ones; None if it is not there.

    That is reported as `missing`, unless that is empty.
    """
    start = start_of(place, folder)
    try:
        return [name for name in place.names(folder) if not name.startswith(".")]
    except FileNotFoundError:
        if missing:
            report.add(start, missing)
    except NotADirectoryError:
        report.add(start, "not-a-folder")
    except OSError as error:
        report.add(start, "unreadable-file", problem=error.strerror or str(error))
    return None


def _misnamed(names: list[str]) -> dict[str, str]:
    """Return for each file that is missing the one that seems to be meant for it."""
    found: dict[str, str] = {}
    for name in names:
        stem, suffix = os.path.splitext(name)
        meant = closest(stem, KINDS, SURELY_MEANT)
        if meant is not None and suffix.lower() in _SUFFIXES:
            found[f"{meant}{_SUFFIX}"] = name
    return found


def _services(place: Place, report: Report, may_be_empty: bool) -> list[str]:
    missing = "" if may_be_empty else "no-services"
    names = _list(place, SERVICES, missing, report)
    if names is None:
        return []
    found = [name for name in names if name.endswith(_SUFFIX)]
    alike = [name for name in names if name.lower().endswith(_SUFFIXES) and name not in found]
    for name in alike:
        expected = f"{os.path.splitext(name)[0]}{_SUFFIX}"
        _add_misnamed(place, f"{SERVICES}/{name}", expected, report)
    if missing and not found and not alike:
        report.add(start_of(place, SERVICES), missing)
    return found


def _add_misnamed(place: Place, path: str, expected: str, report: Report) -> None:
    report.add(start_of(place, path), "misnamed-file", expected=expected)
