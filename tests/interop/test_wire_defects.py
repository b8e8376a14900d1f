"""Defects of pynetdicom that only show on the wire: it has them, with our classes it has not.

Each scenario runs in a process of its own, which is also how a user would run a program of his:
a fork of one that has imported what all of them need.
The numbers are those of the list of defects, None where it is not in that list.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

SCENARIOS = Path(__file__).parent / "wire" / "scenarios.py"
OURS = ("-m", "dimse_primitives.contrib.pynetdicom")
VARIANTS = {"classes": OURS, "codec": (*OURS, "--codec")}

CASES = {
    # scenario: (defect, with pynetdicom's own classes, with ours)
    "lost_attribute_identifier_list": (4, "0x0107 None", "0x0107 [537919504, 537919536]"),
    "empty_data_set": (7, "no response", "0x0000"),
    "unknown_command_field": (
        8,
        "no response, 1 threads died",
        "8777 to 5: 0211, 8030 to 6: 0000",
    ),
    "missing_command_field": (8, "aborted, 1 threads died", "aborted"),
    "many_cancels": (9, "no response, 1 threads died", "0x0000"),
    "cancel_among_stale_ones": (9, "not cancelled", "cancelled"),
    # Not in the list: seen when messages became fast enough for its races.
    "response_taken_away": (None, "0x0000, no response, no association", ", ".join(["0x0000"] * 3)),
    "event_at_once": (None, "no response", "0x0000"),
}
LINE_OF_993 = (
    "dimse_primitives: WARNING: N-ACTION request (Message ID 5, context 5) is invalid: "
    "missing-mandatory: Requested SOP Instance UID is missing: it is M in an N-ACTION request; "
    "set RequestedSOPInstanceUID (PS3.7 10.1.4.1.4, Table 10.1-4)"
)


ALWAYS_SERVED = ("find_without_identifier", "pending_without_identifier")
ONLY_OURS = ("action_without_instance", "response_without_status")


@cache
def run_all(*before: str) -> dict[str, tuple[str, str]]:
    names = (*CASES, *ALWAYS_SERVED, *(ONLY_OURS if before else ()))
    said = subprocess.run(
        [sys.executable, *before, SCENARIOS, *names],
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return {name: (out, err) for name, (out, err) in json.loads(said.stdout).items()}


def run(scenario: str, *before: str) -> tuple[str, str]:
    """Return what the scenario printed, and what was logged."""
    said, logged = run_all(*before)[scenario]
    return said.strip(), logged


@pytest.mark.parametrize("scenario", CASES)
def test_pynetdicom_has_the_defect(scenario: str) -> None:
    assert run(scenario)[0] == CASES[scenario][1]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("scenario", CASES)
def test_with_our_classes_it_has_not(scenario: str, variant: str) -> None:
    assert run(scenario, *VARIANTS[variant])[0] == CASES[scenario][2]


@pytest.mark.parametrize("before", [(), *VARIANTS.values()])
def test_a_request_that_pynetdicom_serves_is_served(before: tuple[str, ...]) -> None:
    assert run("find_without_identifier", *before)[0] == "handler called 1 times"


@pytest.mark.parametrize("before", [(), *VARIANTS.values()])
def test_a_pending_response_without_an_identifier_is_one_response(before: tuple[str, ...]) -> None:
    said, logged = run("pending_without_identifier", *before)
    assert said == "0xFF00, 0x0000"
    assert "Traceback" not in logged


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_request_of_issue_993_is_explained_in_one_line(variant: str) -> None:
    said, logged = run("action_without_instance", *VARIANTS[variant])
    assert said == "5: 0110, 6: 0000"  # it is answered, and the association goes on
    lines = [line for line in logged.splitlines() if line.startswith("dimse_primitives:")]
    assert lines == [LINE_OF_993]
    assert "Traceback" not in logged


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    ("scenario", "logged"),
    [
        ("unknown_command_field", "Command Field 0x0777, which is none of PS3.7 E.1"),
        (
            "missing_command_field",
            "no readable Command Field (at offset 0): the association is",
        ),
        ("many_cancels", "C-CANCEL request for Message ID 12 is ignored: 10 others wait"),
        (
            "find_without_identifier",
            "C-FIND request (Message ID 7, context 3) is accepted all the same: missing-mandatory: "
            "Identifier is missing: it is M in a C-FIND request",
        ),
        (
            "response_without_status",
            "C-ECHO response (Message ID 1, context 1) is invalid: missing-mandatory: Status is "
            "missing: it is M in a C-ECHO response; set Status (PS3.7 9.1.5.1.4, Table 9.1-5)",
        ),
    ],
)
def test_what_is_not_acted_on_is_explained(scenario: str, logged: str, variant: str) -> None:
    assert logged in run(scenario, *VARIANTS[variant])[1]
