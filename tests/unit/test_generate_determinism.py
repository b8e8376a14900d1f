"""The same schemas give the same bytes, whatever the machine, and they run on every Python."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from dimsegen.families import families_in

from ..conftest import (
    NO_OTHER,
    ROOT,
    other_interpreters,
    run_dimsegen,
    run_python,
    tree,
)

SCHEMAS = ROOT / "schemas"
THIS = Path(sys.executable)
# Every locale variable, so that none of the machine's own gets through.
PLAIN = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

# One request and its response, as a user would make them; it prints what is wrong with them.
SMOKE = """
import dimse_primitives as package
from dimse_primitives import C_CANCEL, N_GET, InvalidPrimitiveError

request = N_GET.request(
    MessageID=1,
    RequestedSOPClassUID="1.2.840.10008.1.1",
    RequestedSOPInstanceUID="1.2.3",
    AttributeIdentifierList=["PatientName", 0x00100020],
)
assert request.is_valid_request and request.request_violations() == (), request
response = request.respond(Status=0x0000)
assert response.AffectedSOPInstanceUID == "1.2.3", response
assert C_CANCEL.request(MessageIDBeingRespondedTo=1).is_valid_request
try:
    response.validate_response(request)
except InvalidPrimitiveError as error:
    print(len(package.__all__), [(each.rule, each.parameter) for each in error.violations])
"""
SAID = "[('missing-conditional', 'AttributeList')]"


@cache
def here() -> dict[str, bytes]:
    """Return what this process renders."""
    files: dict[str, bytes] = {}
    for family in families_in(SCHEMAS, "package"):
        schema = family.step("loader").load_schema(SCHEMAS)
        files |= family.step("package").render_package(schema, ROOT / "templates")
    return files


def output_of(said: subprocess.CompletedProcess[bytes], folder: Path) -> dict[str, bytes]:
    assert (said.returncode, said.stderr) == (0, b"")
    return tree(folder / "dimse_primitives")


def test_what_is_committed_is_what_the_schemas_give() -> None:
    committed = tree(ROOT / "generated" / "dimse_primitives")
    differing = [name for name in here() | committed if committed.get(name) != here().get(name)]
    assert differing == [], "run make generate"


def test_the_newest_python_hash_seed_optimization_locale_and_relative_paths_change_nothing(
    tmp_path: Path,
) -> None:
    newest = [THIS, *other_interpreters().values()][-1]
    (tmp_path / "linked").symlink_to(SCHEMAS)
    arguments = ("generate", "--schemas", "linked", "--output", ".")
    env = {"PYTHONHASHSEED": "0", "PYTHONOPTIMIZE": "2", **PLAIN}
    assert output_of(run_dimsegen(newest, *arguments, cwd=tmp_path, env=env), tmp_path) == here()


@pytest.mark.parametrize("env", [PLAIN, {"PYTHONIOENCODING": "ascii:strict"}])
def test_a_terminal_that_knows_no_umlaut_and_no_arrow_gets_others_and_a_file_gets_utf_8(
    tmp_path: Path, schemas: Path, env: dict[str, str]
) -> None:
    file = schemas / "elements.yaml"
    text = file.read_text(encoding="utf-8").replace("Who sends.", "Für wen.")
    file.write_text(text, encoding="utf-8")
    arguments = ("generate", "--schemas", schemas, "--output", tmp_path / "out")
    said = run_dimsegen(THIS, *arguments, "--check", env=env)
    assert (said.returncode, b"F\\xfcr wen." in said.stdout) == (1, True)

    said = run_dimsegen(THIS, *arguments, env=env)
    assert b" cells -> " in said.stdout
    written = output_of(said, tmp_path / "out")
    assert "Für wen.".encode() in written["x_ping.py"]


def test_the_oldest_python_writes_the_same_bytes(tmp_path: Path) -> None:
    """Those between differ in nothing that the generator uses; all run what it writes."""
    others = [*other_interpreters().values()]
    if not others:
        pytest.skip(NO_OTHER)
    arguments = ("generate", "--schemas", SCHEMAS, "--output", tmp_path)
    said = run_dimsegen(others[0], *arguments, env={"PYTHONHASHSEED": "4242"})
    assert output_of(said, tmp_path) == here()


def test_another_python_runs_what_was_generated(interpreter: Path) -> None:
    said = run_python(interpreter, "-W", "error", "-c", SMOKE)
    assert said.stderr == b""
    assert said.stdout.decode().strip().endswith(SAID)


def test_this_python_runs_what_was_generated() -> None:
    said = run_python(THIS, "-W", "error", "-c", SMOKE)
    assert said.stderr == b""
    assert said.stdout.decode().strip().endswith(SAID)
