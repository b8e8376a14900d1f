"""What the caller of a service gets of a response: pynetdicom's own classes and ours side by side.

The data set of a response may be none that can be decoded, or belong to a failure. Every case runs
over loopback, in a process of its own for each kind of classes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import dimse_primitives
import pytest
from dimse_primitives import StatusClass, status_class

from .wire.responses import CASES

PROGRAM = Path(__file__).parent / "wire" / "responses.py"
OURS = ("-m", "dimse_primitives.contrib.pynetdicom")
VARIANTS = {"classes": OURS, "codec": (*OURS, "--codec")}
both = pytest.mark.parametrize("variant", VARIANTS)
each_case = pytest.mark.parametrize(("service", "status", "kind"), CASES)
PATIENT = "12"


@cache
def run(*before: str) -> dict[str, dict[str, Any]]:
    """Return what came of every case."""
    said = subprocess.run(
        [sys.executable, *before, PROGRAM],
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert "Traceback" not in said.stderr
    found: dict[str, dict[str, Any]] = json.loads(said.stdout)
    return found


def name_of(service: str, status: int, kind: str) -> str:
    return f"{service} {status:04X} {kind}"


def is_permitted(service: str, status: int) -> bool:
    """Return whether Annex C permits a data set with a failure."""
    primitive: Any = getattr(dimse_primitives, service)
    return any(
        field not in primitive.RESPONSE_ELEMENTS for field in primitive.STATUS_FIELDS[status]
    )


@each_case
@both
def test_a_response_is_given_once_and_nothing_is_locked_meanwhile(
    service: str, status: int, kind: str, variant: str
) -> None:
    found = run(*VARIANTS[variant])[name_of(service, status, kind)]
    final = [[0x0000, None, True]] if service == "C_FIND" else []
    assert [each[0] for each in found["got"]].count(status) <= 1
    assert len(found["got"]) == 1 + len(final)
    assert found["got"][1:] == final
    assert all(is_free for _, _, is_free in found["got"])


@each_case
@both
def test_its_caller_gets_what_pynetdicom_gives_and_never_less(
    service: str, status: int, kind: str, variant: str
) -> None:
    case = name_of(service, status, kind)
    theirs, ours = run()[case]["got"], run(*VARIANTS[variant])[case]["got"]
    # Theirs may come twice, the second time with what there is.
    last = {given: shown for given, shown, _ in theirs}
    for given, shown, _ in ours:
        assert given in last
        if shown != last[given]:
            assert last[given] is None
            assert status_class(given) is StatusClass.FAILURE


@each_case
@both
def test_what_cannot_be_decoded_is_one_line(
    service: str, status: int, kind: str, variant: str
) -> None:
    found = run(*VARIANTS[variant])[name_of(service, status, kind)]
    assert found["tracebacks"] == 0
    (given, shown, _), *_ = found["got"]
    is_looked_at = service.startswith("C") or status == 0x0000 or is_permitted(service, status)
    if shown is not None or not is_looked_at:
        assert found["log"] == []
        return
    (line,) = found["log"]
    name = service.replace("_", "-")
    assert f"of the {name} response (Message ID 1, context " in line
    instead = "" if given == status else f" and {given:04X}H"
    assert f"with status {status:04X}H cannot be decoded, its caller gets None{instead}: " in line


@each_case
@both
def test_the_data_set_of_a_failure_is_given_where_annex_c_permits_it(
    service: str, status: int, kind: str, variant: str
) -> None:
    if service.startswith("C") or status_class(status) is not StatusClass.FAILURE:
        # pynetdicom gives those itself.
        return
    case = name_of(service, status, kind)
    assert run()[case]["got"] == [[status, None, True]]
    expected = PATIENT if is_permitted(service, status) and kind != "undecodable" else None
    assert run(*VARIANTS[variant])[case]["got"] == [[status, expected, True]]


def test_pynetdicom_itself_gives_it_twice_and_the_first_time_with_its_lock_held() -> None:
    for kind, last in (("undecodable", None), ("unshowable", PATIENT)):
        found = run()[f"C_FIND FF00 {kind}"]
        assert found["got"][:2] == [[0xFF00, None, False], [0xFF00, last, True]]
        assert found["tracebacks"] == 1
