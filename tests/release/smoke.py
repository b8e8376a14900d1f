"""Use the installed package as a new user does; with the word ``generator``, that one, too."""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import dimse_primitives
from dimse_primitives import N_GET, decode


def main() -> None:
    """Encode, decode, check, and say with which Python."""
    assert "site-packages" in dimse_primitives.__file__, dimse_primitives.__file__
    request = N_GET.request(
        MessageID=7, RequestedSOPClassUID="1.2.3", RequestedSOPInstanceUID="1.2.3.4"
    )
    assert request.request_violations() == ()
    message = decode(request.encode_request(), strict=True)
    assert message.primitive == request
    response = request.respond(Status=0x0000)
    assert [each.rule for each in response.response_violations(request)] == ["missing-conditional"]
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "request.bin"
        file.write_bytes(request.encode_request())
        inspect = [sys.executable, "-m", "dimse_primitives", "inspect", str(file)]
        assert b"conforms" in subprocess.run(inspect, capture_output=True, check=True).stdout
        if sys.argv[1:] == ["generator"]:
            _generate(Path(name))
        else:
            assert not list(Path(dimse_primitives.__file__).parents[1].glob("[Jj]inja2"))
    print(f"smoke test on Python {platform.python_version()}: passed")


def _generate(folder: Path) -> None:
    """Generate from the tables that the wheel brings: the same package comes out."""
    command = Path(sys.executable).with_name("dimsegen")
    subprocess.run([command, "generate"], cwd=folder, capture_output=True, check=True)
    made = folder / "generated" / "dimse_primitives"
    installed = Path(dimse_primitives.__file__).parent
    names = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert "n_get.py" in names
    for name in names:
        assert (made / name).read_bytes() == (installed / name).read_bytes(), name


main()
