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


def test_as_many_associations_as_pynetdicom_serves_and_the_others_are_refused() -> None:
    theirs = run("stock", 40, 0, 50)
    assert theirs["answers"]["hangs"] == 1
    found = run("codec-soft", 40, 0, 50)
    assert found["served"] == found["answers"]["accepted"] == theirs["served"]
    assert found["answers"] == {"accepted": theirs["served"], "rejected": 50 - theirs["served"]}
    assert found["slowest"] < 4
    assert found["idle"] < 0.5
    assert found["afterwards"] == "accepted"


def test_where_the_hard_limit_is_reached_as_many_are_served_and_the_port_is_closed() -> None:
    # Whoever is sent A-ASSOCIATE-RJ has an open file, and all are taken by those that are served.
    theirs = run("stock", 40, 0, 50)
    found = run("codec", 40, 0, 50)
    assert found["served"] == found["answers"]["accepted"] == theirs["served"]
    assert found["answers"] == {"accepted": theirs["served"], "closed": 50 - theirs["served"]}
    assert found["slowest"] < 4
    assert found["idle"] < 0.5
    assert found["afterwards"] == "accepted"


def test_a_connection_whose_number_is_above_1023_is_served() -> None:
    # select, and with it pynetdicom, knows no greater one.
    assert run("stock", 1100, 1030, 1)["served"] == 0
    found = run("codec", 1100, 1030, 3)
    assert found["answers"] == {"accepted": 3}
    assert found["served"] == 3
