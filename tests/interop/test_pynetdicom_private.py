"""A private service goes over an association of pynetdicom, with and without the codec."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.package import render_package

from ..conftest import ROOT, run_python

DIALOGUE = """
import logging
from pynetdicom import AE
from pynetdicom import dimse, dimse_messages

from doors import C_ECHO, X_BOLT
from doors.contrib import pynetdicom as ours

LOCKS, OTHER = "1.2.826.0.1.3680043.10.1", "1.2.826.0.1.3680043.10.2"
tables = (dimse_messages._MESSAGE_TYPES, dimse._RQ_TO_MESSAGE, dimse_messages._COMMAND_SET_KEYWORDS)
before = [dict(table) for table in tables]

def lock(request):
    assert isinstance(request, X_BOLT) and request.is_valid_request
    if request.Door == "ATTIC":
        raise LookupError("no such door")
    is_jammed = request.Door == "CELLAR"
    response = request.respond(Status=0xC001 if is_jammed else 0x0000)
    if is_jammed:
        response.ErrorComment = "The key does not turn"
    return response

def told(number, door):
    request = X_BOLT.request(MessageID=number, AffectedSOPClassUID=LOCKS, Door=door)
    response = ours.exchange(assoc, request)
    print(codec, response.Door, hex(response.Status), response.ErrorComment,
          response.response_violations(request))

logging.getLogger("pynetdicom").setLevel(logging.DEBUG)
logging.disable(logging.ERROR)
for codec in (False, True):
    ours.install(codec=codec)
    server = AE()
    server.add_supported_context(LOCKS)
    scp = server.start_server(("localhost", 0), block=False)
    client = AE()
    client.add_requested_context(LOCKS)
    assoc = client.associate("localhost", scp.socket.getsockname()[1])
    assert assoc.is_established
    ours.serve(X_BOLT, lock)
    for number, door in enumerate(("WARD 3", "CELLAR", "ATTIC"), 1):
        told(number, door)
    ours.serve(X_BOLT, None)
    told(4, "WARD 3")
    try:
        ours.exchange(assoc, X_BOLT.request(MessageID=5, AffectedSOPClassUID=OTHER, Door="WARD 3"))
    except ValueError as error:
        print("ValueError")
    assoc.release()
    scp.shutdown()
    ours.uninstall()
assert [dict(table) for table in tables] == before
try:
    ours.exchange(assoc, X_BOLT())
except RuntimeError as error:
    print(error)
try:
    ours.serve(C_ECHO, lock)
except ValueError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the package of the guide."""
    folder = tmp_path_factory.mktemp("package")
    schema = load_schema(ROOT / "docs" / "guides" / "private")
    for name, content in render_package(schema, ROOT / "templates").items():
        path = folder / "doors" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_a_private_service_is_asked_and_answered(doors: Path) -> None:
    env = {"PYTHONPATH": str(doors)}
    done = run_python(Path(sys.executable), "-c", DIALOGUE, env=env)
    assert done.returncode == 0, done.stderr.decode()
    answers = ("WARD 3 0x0 None ()", "CELLAR 0xc001 The key does not turn ()")
    # A handler that raises, and none at all: a failure is the answer, nobody is left waiting.
    failed = ("ATTIC 0xc001 None ()", "WARD 3 0xc001 None ()")
    assert done.stdout.decode().splitlines() == [
        *(f"False {answer}" for answer in (*answers, *failed)),
        "ValueError",
        *(f"True {answer}" for answer in (*answers, *failed)),
        "ValueError",
        "the classes of this package are not in place: call install() first",
        "C_ECHO: pynetdicom serves it itself: bind a handler to its event",
    ]
