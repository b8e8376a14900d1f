"""What a user of the package reads first: its version, the names in tracebacks, hints."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import traceback
from importlib.metadata import version

import dimse_primitives
import pytest
from dimse_primitives import C_ECHO, C_STORE, N_GET, DecodeError, FragmentError, decode, read_pdvs
from dimse_primitives.__main__ import main
from dimse_primitives.aio import AssociationAborted, AssociationRejected
from dimse_primitives.upper_layer import LocalProtocolError
from pydicom.dataset import Dataset


def test_the_version_is_that_of_the_distribution() -> None:
    assert dimse_primitives.__version__ == version("dimse-primitives")
    with pytest.raises(AttributeError, match=r"module 'dimse_primitives' has no attribute 'nix'"):
        dimse_primitives.nix  # type: ignore[attr-defined]  # noqa: B018


def test_what_is_not_used_is_not_imported() -> None:
    """Neither the other families by the root and its help, nor what the version is looked up with.

    What pydicom imports is asked first, in the same process.
    """
    code = """
import sys, pydicom.uid, pydicom.tag
before = set(sys.modules)
import dimse_primitives
print(*sys.modules.keys() - before)
from dimse_primitives.__main__ import main
sys.argv[1:] = ["--help"]
try: main()
except SystemExit: print(*sys.modules.keys() - before)
"""
    said = subprocess.check_output([sys.executable, "-c", code], text=True).splitlines()
    imported, with_help = {*said[0].split()}, {*said[-1].split()}
    assert "dimse_primitives.n_get" in imported
    assert "importlib.metadata" not in imported
    assert "dimse_primitives._auditing" in with_help
    for family in ("upper_layer", "sop_classes", "audit"):
        assert f"dimse_primitives.{family}" not in imported | with_help


def test_a_traceback_names_what_can_be_imported() -> None:
    for fails, name in (
        (C_ECHO().validate_request, "InvalidPrimitiveError"),
        (lambda: decode(b""), "DecodeError"),
        (lambda: list(read_pdvs(b"\0")), "FragmentError"),
    ):
        with pytest.raises(ValueError, match=r".") as caught:
            fails()
        (line, *_) = traceback.format_exception_only(caught.value)
        assert line.startswith(f"dimse_primitives.{name}: ")
        assert getattr(dimse_primitives, name) is type(caught.value)
        again = pickle.loads(pickle.dumps(caught.value))
        assert (type(again), str(again)) == (type(caught.value), str(caught.value))


@pytest.mark.parametrize(
    "error",
    [AssociationAborted, AssociationRejected, DecodeError, FragmentError, LocalProtocolError],
)
def test_an_error_is_where_its_module_says(error: type[Exception]) -> None:
    assert getattr(sys.modules[error.__module__], error.__name__) is error
    assert "._" not in error.__module__


def test_a_pydicom_data_set_is_answered_with_how_to_encode_it() -> None:
    dataset = Dataset()
    dataset.PatientName = "Doe^Jane"
    with pytest.raises(TypeError, match=r"not Dataset; ") as caught:
        C_STORE(DataSet=dataset)  # type: ignore[arg-type]
    stream = io.BytesIO()
    hint = str(caught.value).partition("; ")[2].partition(" encodes")[0]
    exec(hint, {"dataset": dataset, "stream": stream})
    assert stream.getvalue() == b"\x10\x00\x10\x00\x08\x00\x00\x00Doe^Jane"
    C_STORE(DataSet=stream)
    with pytest.raises(TypeError, match=r"not bytes$"):
        C_STORE(DataSet=b"")  # type: ignore[arg-type]


def test_a_value_is_said_to_be_the_value() -> None:
    (violation,) = (
        each
        for each in N_GET(RequestedSOPClassUID="hello world").request_violations()
        if each.rule == "invalid-value"
    )
    assert violation.message.endswith("(PS3.5 9.1) (the value is hello world)")


def test_a_near_miss_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for words, meant in ((["inspct"], "inspect"), (["inspect", "f", "--jsn"], "--json")):
        with pytest.raises(SystemExit) as stop:
            main(words)
        assert stop.value.code == 2
        assert f"(did you mean {meant}?)" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["inspect", "echo", "serve", "audit"])
def test_the_help_of_a_command_has_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert f"\nexamples:\n  python -m dimse_primitives {command} " in capsys.readouterr().out


def test_the_command_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"dimse_primitives {version('dimse-primitives')}\n"
