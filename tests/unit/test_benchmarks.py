"""The helpers of the benchmarks: what they count, how they judge, what they print, untimed."""

import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest
from dimsegen.dimse.loader import load_schema

from benchmarks import measure
from benchmarks.__main__ import main
from benchmarks.growth import copy_service, make_schemas
from benchmarks.interpreter import run_fresh
from benchmarks.memory import bytes_each
from benchmarks.primitives import pass_ours, set_ours, set_theirs
from benchmarks.registry import SUBJECTS, Subject
from benchmarks.result import Measure, Result, Unit
from benchmarks.table import quantity, render, to_json

FAST = Result("fake: fast", 10.0, 60.0, Unit.NANOSECONDS, Measure.TIMES, 5)
SLOW = Result("fake: slow", 20.0, 60.0, Unit.NANOSECONDS, Measure.TIMES, 5)
SMALL = Result("size: small", 216.0, 553.0, Unit.BYTES, Measure.SHARE, 0.5)
QUICK = Result("start: quick", 5.9e6, None, Unit.NANOSECONDS, Measure.OURS, 15e6)
PLAIN = Result("start: plain", 1.2e3, 2.4e3, Unit.NANOSECONDS, Measure.TIMES)


def subject(*results: Result) -> Subject:
    name = results[0].name.partition(":")[0]
    return Subject(name, lambda: iter(results), "Not measured.")


class Clock:
    """A clock that only work moves."""

    def __init__(self) -> None:
        self.now = 0
        self.worked: list[str] = []

    def __call__(self) -> int:
        return self.now

    def batch(self, name: str, cost: int, noise: tuple[int, ...] = ()) -> measure.Batch:
        rest = list(noise)

        def work(count: int) -> None:
            self.worked.append(name)
            self.now += cost * count + (rest.pop() if rest else 0)

        return work


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(measure, "thread_time_ns", clock)
    return clock


# Judging


@pytest.mark.parametrize(
    ("measure_", "limit", "ratio", "passed"),
    [
        (Measure.TIMES, 3, 3.0, True),
        (Measure.TIMES, 3.1, 3.0, False),
        (Measure.TIMES, None, 3.0, None),
        (Measure.GAIN, 0.3, 1 / 3, True),
        (Measure.GAIN, 1.4, 1 / 3, False),
        (Measure.SHARE, 0.34, 1 / 3, True),
        (Measure.SHARE, 0.33, 1 / 3, False),
        (Measure.OURS, 10, None, True),
        (Measure.OURS, 9.9, None, False),
    ],
)
def test_a_limit_is_held_against_what_the_measure_names(
    measure_: Measure, limit: float | None, ratio: float | None, passed: bool | None
) -> None:
    result = Result("fake", 10.0, 30.0, Unit.BYTES, measure_, limit)
    assert result.ratio == ratio
    assert result.passed is passed


def test_a_ratio_to_nothing_is_no_verdict_but_an_error() -> None:
    result = Result("fake", 10.0, None, Unit.BYTES, Measure.SHARE, 0.5)
    with pytest.raises(ValueError, match="fake: nothing to compare with"):
        _ = result.passed


# Timing


def test_the_fastest_batch_counts(clock: Clock) -> None:
    quiet = clock.batch("quiet", 50)
    noisy = clock.batch("noisy", 100, noise=(0, 0, 9_000_000, 7_000_000, 8_000_000))
    assert measure.fastest([quiet, noisy], rounds=9) == [50, 100]


def test_every_round_has_each_batch_once_and_begins_with_another(clock: Clock) -> None:
    shortest = measure.SHORTEST_BATCH
    batches = [clock.batch(name, shortest) for name in "abc"]
    measure.fastest(batches, rounds=3)
    assert "".join(clock.worked)[-9:] == "abc" + "bca" + "cab"


def test_the_count_doubles_until_a_batch_is_long_enough(clock: Clock) -> None:
    assert measure.count_for(clock.batch("a", 100), shortest=1000) == 16
    assert measure.count_for(clock.batch("a", 1000), shortest=1000) == 1


def test_a_batch_that_was_held_up_does_not_make_the_count_too_small(clock: Clock) -> None:
    held_up = clock.batch("a", 100, noise=(0, 0, 0, 0, 0, 0, 5000, 5000, 0, 5000))
    assert measure.count_for(held_up, shortest=1000) == 16


def test_the_garbage_collector_is_out_while_it_counts_and_back_afterwards() -> None:
    assert gc.isenabled()
    with measure.undisturbed():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with measure.undisturbed():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_bytes_each_is_the_size_of_what_is_kept() -> None:
    each = bytes_each(lambda number: number.to_bytes(100, "big"), count=500)
    assert each == pytest.approx(sys.getsizeof(bytes(100)), abs=1)


def test_a_fresh_interpreter_writes_pyc_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert run_fresh("import sys; print(sys.dont_write_bytecode, sys.argv)", "a") == (
        "False ['-c', 'a']\n"
    )


def test_a_fresh_interpreter_that_fails_is_an_error() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run_fresh("raise SystemExit(2)")


# Printing


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (51.26, Unit.NANOSECONDS, "51.3 ns"),
        (0.5, Unit.NANOSECONDS, "0.50 ns"),
        (1040.6, Unit.PER_SECOND, "1041 /s"),
        (3_904.0, Unit.NANOSECONDS, "3.90 µs"),
        (561e6, Unit.NANOSECONDS, "561 ms"),
        (1.5e9, Unit.NANOSECONDS, "1.50 s"),
        (547.4, Unit.BYTES, "547 B"),
        (None, Unit.BYTES, "-"),
    ],
)
def test_a_quantity_has_its_unit(value: float | None, unit: Unit, shown: str) -> None:
    assert quantity(value, unit) == shown


def test_the_table_is_aligned() -> None:
    assert render([FAST, SLOW, SMALL, QUICK, PLAIN]).split("\n") == [
        "name             ours   theirs  ratio      target  verdict",
        "------------  -------  -------  -----  ----------  -------",
        "fake: fast    10.0 ns  60.0 ns  6.00x       >= 5x  pass",
        "fake: slow    20.0 ns  60.0 ns  3.00x       >= 5x  FAIL",
        "size: small     216 B    553 B   0.39      <= 0.5  pass",
        "start: quick  5.90 ms        -      -  <= 15.0 ms  pass",
        "start: plain  1.20 µs  2.40 µs  2.00x",
    ]


def test_json_says_the_same() -> None:
    document = json.loads(to_json([SLOW], {"pydicom": "3"}))
    assert document == {
        "versions": {"pydicom": "3"},
        "results": [
            {
                "name": "fake: slow",
                "ours": 20.0,
                "theirs": 60.0,
                "unit": "ns",
                "measure": "theirs / ours, at least",
                "ratio": 3.0,
                "limit": 5,
                "passed": False,
            }
        ],
    }


# The command


def test_the_exit_code_is_0_if_every_target_is_met(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], [subject(FAST), subject(SMALL), subject(QUICK, PLAIN)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(render([FAST, SMALL, QUICK, PLAIN]))
    assert "3 targets, 0 missed" in printed


def test_the_exit_code_is_1_if_a_target_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], [subject(FAST, SLOW)]) == 1
    assert "2 targets, 1 missed" in capsys.readouterr().out


def test_only_runs_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "size"], [subject(SLOW), subject(SMALL)]) == 0
    assert capsys.readouterr().out.startswith(render([SMALL]))


def test_only_refuses_a_name_that_there_is_not() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--only", "speed"], [subject(FAST)])
    assert caught.value.code == 2


def test_json_is_written_also_if_a_target_is_missed(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    assert main(["--json", str(file)], [subject(SLOW)]) == 1
    document = json.loads(file.read_text(encoding="utf-8"))
    assert [result["name"] for result in document["results"]] == ["fake: slow"]
    assert set(document["versions"]) == {"Python", "dimse-primitives", "pynetdicom", "pydicom"}


def test_every_subject_has_a_name_of_its_own() -> None:
    names = [item.name for item in SUBJECTS]
    assert len(set(names)) == len(names)


# Fairness


def test_both_sides_make_the_same_primitive(caplog: pytest.LogCaptureFixture) -> None:
    theirs = set_theirs(1)
    for ours in (set_ours(1), pass_ours(1)):
        assert ours.request_violations() == ()
        for keyword in (*ours.REQUEST_KEYWORDS, "AttributeIdentifierList"):
            assert getattr(ours, keyword) == getattr(theirs, keyword)
    assert theirs.is_valid_request
    assert caplog.records == []  # so that no time of theirs goes into logging


def test_copies_of_services_load_like_the_real_ones(tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    make_schemas(folder, 40)
    assert len(load_schema(folder).services) == 40


def test_a_copy_has_a_name_and_command_fields_of_its_own() -> None:
    text = "service: C-FIND\n    name: C-FIND-RQ\n      CommandField: {value: 0x0020}\n"
    text += "    name: C-FIND-RSP\n      CommandField: {value: 0x8020}\n"
    text += "    name: C-CANCEL-FIND-RQ\n      CommandField: {value: 0x0FFF}\n"
    name, copy = copy_service(text, 27)
    assert name == "C-FIND-ABB"
    assert copy == (
        "service: C-FIND-ABB\n    name: C-FIND-ABB-RQ\n      CommandField: {value: 0x101B}\n"
        "    name: C-FIND-ABB-RSP\n      CommandField: {value: 0x901B}\n"
        "    name: C-CANCEL-FIND-ABB-RQ\n      CommandField: {value: 0x0FFF}\n"
    )
