"""What a peer may send: pynetdicom's own classes and ours side by side, ours never worse.

Every input goes to one application entity of each kind, over loopback, in a process of its own, and
with each way that pynetdicom has of receiving a data set.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dimse_primitives
import pytest
from dimse_primitives import C_CANCEL, DIMSEPrimitive, StatusClass, decode, status_class

from .wire.differential import WORD
from .wire.inputs import RAW, incomplete

PROGRAM = Path(__file__).parent / "wire" / "differential.py"
OURS = ("-m", "dimse_primitives.contrib.pynetdicom")
VARIANTS = {"classes": OURS, "codec": (*OURS, "--codec")}
INCOMPLETE = tuple(name for name, _ in incomplete())
both = pytest.mark.parametrize("variant", VARIANTS)
NAMES = (*RAW, *INCOMPLETE)
# Inputs and how a data set is received: in a file it is for C-STORE only.
CASES = [(name, mode) for mode, word in WORD.items() for name in NAMES if word in name]
in_every_mode = pytest.mark.parametrize(("name", "mode"), CASES)
# From what leaves a peer in the dark to what serves it.
_RANKS = ("closed", "nothing", "abort", "answer")


@cache
def run(mode: str, *before: str) -> dict[str, dict[str, Any]]:
    """Return what every input comes to."""
    # pynetdicom leaves the files of what it refuses.
    with TemporaryDirectory() as folder:
        said = subprocess.run(
            [sys.executable, *before, PROGRAM, mode],
            env=os.environ | {"PYTHONWARNINGS": "ignore", "TMPDIR": folder},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert said.returncode == 0, said.stderr
    found: dict[str, dict[str, Any]] = json.loads(said.stdout)
    return found


def rank(outcome: dict[str, Any]) -> tuple[int, int]:
    """Return how well a peer is served; a success is better than the failure that says why not."""
    is_served = outcome["end"] == "answer" and status_class(outcome["status"]) in (
        StatusClass.SUCCESS,
        StatusClass.WARNING,
    )
    return _RANKS.index(outcome["end"]), is_served


@in_every_mode
@both
def test_a_peer_is_never_served_less_than_by_pynetdicom(name: str, variant: str, mode: str) -> None:
    theirs, ours = run(mode)[name], run(mode, *VARIANTS[variant])[name]
    assert rank(ours) >= rank(theirs), (theirs, ours)


@pytest.mark.parametrize("mode", WORD)
@both
def test_no_input_ends_a_thread_or_writes_a_traceback(variant: str, mode: str) -> None:
    found = run(mode, *VARIANTS[variant])
    faults = {
        name: outcome
        for name, outcome in found.items()
        if outcome["died"] or outcome["tracebacks"] or outcome["end"] == "closed"
    }
    assert faults == {}
    assert found["the next association"]["end"] == "answer"


def test_pynetdicom_itself_loses_threads_to_these_inputs() -> None:
    died = [name for name, outcome in run("memory").items() if outcome["died"]]
    assert len(died) > 10


@in_every_mode
@both
def test_an_abort_has_a_reason_and_one_line_that_says_why(
    name: str, variant: str, mode: str
) -> None:
    outcome = run(mode, *VARIANTS[variant])[name]
    if outcome["end"] != "abort":
        return
    assert (outcome["source"], outcome["reason"]) == (2, 6)
    assert [line for line in outcome["log"] if "abort" in line or "Unable to decode" in line]
    assert all(line.isprintable() for line in outcome["log"])


@pytest.mark.parametrize(("name", "mode"), [each for each in CASES if each[0] in INCOMPLETE])
@both
def test_a_request_without_a_parameter_is_answered_at_once(
    name: str, variant: str, mode: str
) -> None:
    outcome = run(mode, *VARIANTS[variant])[name]
    service, _, absent = name.partition(" without ")
    if service == C_CANCEL.__name__:
        # There is no response to it: the association goes on.
        assert outcome["then"] == "answer"
    elif absent == "MessageID":
        assert outcome["end"] == "abort"
    elif (theirs := run(mode)[name])["end"] == "answer":
        assert outcome["status"] == theirs["status"]
        assert any(
            "is accepted all the same" in line and absent_name(service, absent) in line
            for line in outcome["log"]
        )
    else:
        check_failure(service, absent, outcome)
    assert outcome["seconds"] < 1 or service == C_CANCEL.__name__


def check_failure(service: str, absent: str, outcome: dict[str, Any]) -> None:
    """Check the failure that says what was missing: listed by the service, and without a fault."""
    response: Any = decode(bytes.fromhex(outcome["command"])).primitive
    assert type(response).__name__ == service
    assert status_class(response.Status) is StatusClass.FAILURE
    assert response.response_violations() == ()
    # A private service may list no failure that has room for it.
    if any("ErrorComment" in fields for fields in failures_of(type(response))):
        assert absent_name(service, absent) in response.ErrorComment


def failures_of(primitive: type[DIMSEPrimitive]) -> list[tuple[str, ...]]:
    """Return what each failure of a service permits."""
    failure = StatusClass.FAILURE
    fields = primitive.STATUS_FIELDS
    return [fields[code] for code in fields if status_class(code) is failure]


def absent_name(service: str, keyword: str) -> str:
    """Return the name of a parameter as it is printed."""
    primitive: type[DIMSEPrimitive] = getattr(dimse_primitives, service)
    return primitive.PARAMETERS[keyword].name


@both
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("PDV of length 1", "Message Control Header|1 bytes at offset 6"),
        ("C-STORE interrupted by C-ECHO", "the incomplete C-STORE-RQ is left out (PS3.8 E.1)"),
        ("command set interrupted by C-ECHO", "the incomplete message is left out (PS3.8 E.1)"),
        ("data set without a command set", "a data set that no command set announces (PS3.8 E.1)"),
        ("Command Field of an unknown response", "Command Field 8777H names no message"),
        ("Command Field missing", "no readable Command Field (at offset 0)"),
        ("Big Endian, a whole request", "looks like a command set in Big Endian"),
        ("Explicit VR, a whole request", "found explicit VR|in Explicit VR Little Endian"),
        ("PDV on context 255", "its presentation context was not accepted (PS3.8 7.6.1)"),
        ("C-STORE on context 99", "its presentation context was not accepted (PS3.8 7.6.1)"),
        ("C-STORE, class unknown", "SOP Class UID '1.2.3.4.5.6'"),
        (
            "C_ECHO without MessageID",
            "C-ECHO request (no Message ID, context 1) cannot be answered",
        ),
    ],
)
def test_the_log_says_why(name: str, said: str, variant: str) -> None:
    log = run("memory", *VARIANTS[variant])[name]["log"]
    assert [line for line in log if any(each in line for each in said.split("|"))]


@pytest.mark.parametrize("mode", WORD)
@both
def test_a_class_that_has_no_service_is_refused_and_not_the_association(
    variant: str, mode: str
) -> None:
    for name in ("C-STORE, class unknown", "C-STORE, class not ASCII"):
        outcome = run(mode, *VARIANTS[variant])[name]
        assert (outcome["status"], outcome["to"], outcome["then"]) == (0x0122, 7, "answer")
        assert any("is answered with 0122H" in line for line in outcome["log"])


@both
def test_what_follows_an_interrupted_message_is_answered(variant: str) -> None:
    found = run("memory", *VARIANTS[variant])
    for name in ("C-STORE interrupted by C-ECHO", "command set interrupted by C-ECHO"):
        assert (found[name]["status"], found[name]["to"]) == (0x0000, 8)


def test_with_the_codec_a_value_that_ends_too_soon_is_used_as_by_pydicom() -> None:
    outcome = run("memory", *VARIANTS["codec"])["C-STORE, instance cut short"]
    assert (outcome["status"], outcome["to"]) == (0x0000, 7)
    assert any(
        "has 8 bytes of the 30 it announces; what is there is used" in line
        for line in outcome["log"]
    )


def test_with_the_codec_what_pydicom_reads_in_explicit_vr_is_served() -> None:
    outcome = run("memory", *VARIANTS["codec"])["Explicit VR, a whole request"]
    assert (outcome["status"], outcome["to"]) == (0x0000, 7)
    (line,) = [each for each in outcome["log"] if each.startswith("dimse_primitives")]
    assert "C-ECHO-RQ: encoding at offset 0: looks like" in line
    assert "what pydicom reads is used" in line


def test_with_the_codec_what_is_logged_is_what_is_served() -> None:
    outcome = run("memory", *VARIANTS["codec"])["Message ID twice"]
    assert outcome["to"] == 7
    (line,) = outcome["log"]
    assert "Message ID (0000,0110) occurs more than once; the first is used" in line
