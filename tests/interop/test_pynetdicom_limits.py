"""A server that may open few files, or has many: whom it serves, and what becomes of the others."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip(
        "this system has no epoll, and only with epoll is a peer refused", allow_module_level=True
    )


@cache
def run(mode: str, limit: int, occupied: int, peers: int) -> dict[str, Any]:
    words = [mode, *map(str, (limit, occupied, peers))]
    command = [sys.executable, "-m", "tests.interop.limits", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_at_the_limit_of_open_files_a_peer_is_refused_and_nothing_spins() -> None:
    found = run("codec", 40, 0, 50)
    assert set(found["answers"]) == {"accepted", "rejected"}
    assert found["answers"]["rejected"] >= 10
    assert found["served"] == found["answers"]["accepted"]
    assert found["slowest"] < 4
    assert found["idle"] < 0.5


def test_as_many_associations_as_pynetdicom_serves_and_the_others_are_refused() -> None:
    theirs = run("stock", 40, 0, 50)
    assert theirs["answers"]["hangs"] == 1
    found = run("codec-soft", 40, 0, 50)
    assert found["served"] == found["answers"]["accepted"] == theirs["served"]
    assert found["answers"] == {"accepted": theirs["served"], "rejected": 50 - theirs["served"]}
    assert found["slowest"] < 4
    assert found["idle"] < 0.5


def test_where_the_hard_limit_is_reached_a_refusal_takes_the_place_of_one_association() -> None:
    # Whoever is answered has an open file, and all are taken by those that are served.
    assert run("codec", 40, 0, 50)["served"] == run("stock", 40, 0, 50)["served"] - 1


def test_a_connection_whose_number_is_above_1023_is_served() -> None:
    # select, and with it pynetdicom, knows no greater one.
    assert run("stock", 1100, 1030, 1)["served"] == 0
    found = run("codec", 1100, 1030, 3)
    assert found["answers"] == {"accepted": 3}
    assert found["served"] == 3
