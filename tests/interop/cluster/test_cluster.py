"""A folder of captures on a Dask scheduler: the same command, the same findings, as JSON lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from dimse_primitives.__main__ import main

from ...unit.audit.captures import frames, pcap, whole_dialogue
from ...unit.audit.dialogue_cases import CASES

pytestmark = pytest.mark.cluster
FAULTY = [7, 19]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and two workers, as processes of their own; return its address."""
    folder = tmp_path_factory.mktemp("dask")
    address = folder / "scheduler.json"
    dask = str(Path(sys.executable).parent / "dask")
    common = ["--scheduler-file", str(address)]
    commands = [
        [dask, "scheduler", *common, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
        *(
            [
                dask,
                "worker",
                *common,
                "--no-dashboard",
                "--no-nanny",
                "--nthreads",
                "1",
                "--local-directory",
                str(folder / f"worker{number}"),
            ]
            for number in range(2)
        ),
    ]
    with ExitStack() as ended:
        for command in commands:
            ended.callback(_end, subprocess.Popen(command, stderr=subprocess.DEVNULL))
            deadline = time.monotonic() + 60
            while not address.exists():
                assert time.monotonic() < deadline, "the scheduler does not start"
                time.sleep(0.1)
        reached: str = json.loads(address.read_text())["address"]
        distributed: Any = import_module("distributed")
        with distributed.Client(reached, timeout=60) as client:
            client.wait_for_workers(len(commands) - 1, timeout=60)
        yield reached


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that keeps nothing: one that is asked to end takes leave of its scheduler."""
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def captures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("captures")
    for number in range(24):
        wire = CASES["window-exceeded"][0]() if number in FAULTY else whole_dialogue()
        (folder / f"{number:02}.pcap").write_bytes(pcap(frames(wire)))
    (folder / "zz.pcap").write_bytes(b"no capture")
    return folder


def test_the_cluster_says_what_one_machine_says(
    scheduler: str, captures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(captures), "--json", "-", "--cluster", scheduler]) == 2
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 25
    assert main(["audit", str(captures), "--json", "-"]) == 2
    alone = json.loads(capsys.readouterr().out)
    by_name = {line["files"][0]["file"]: line for line in lines}
    assert [by_name[file["file"]]["files"][0] for file in alone["files"]] == alone["files"]
    found = [each for name in sorted(by_name) for each in by_name[name]["associations"]]
    assert found == alone["associations"]
    assert sum(line["summary"]["findings"] for line in lines) == len(FAULTY)


def test_lines_go_to_a_file_and_the_timeline_to_the_terminal(
    scheduler: str, captures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = tmp_path / "found.jsonl"
    assert main(["audit", str(captures), "--json", str(lines), "--cluster", scheduler]) == 2
    assert len(lines.read_text().splitlines()) == 25
    assert "24 associations, " in capsys.readouterr().out


def test_no_scheduler_is_told(captures: Path) -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-m",
            "dimse_primitives",
            "audit",
            str(captures),
            "--cluster",
            "tcp://127.0.0.1:9",
        ],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert said.returncode == 2
    assert "tcp://127.0.0.1:9: no Dask scheduler: " in said.stderr
    assert "Traceback" not in said.stderr
