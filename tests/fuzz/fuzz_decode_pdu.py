"""Fuzz `decode_pdu` with atheris: what `pdu_oracle` says must hold, for bytes of any kind.

Invariant: a finding is an exception, so that libFuzzer keeps the bytes. `README.md` says how to run
it, and what to do with a finding.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

# Of what this imports, the modules of the package are instrumented.
with atheris.instrument_imports(include=["dimse_primitives"]):
    from dimse_primitives import upper_layer as ul

from tests.fuzz.pdu_oracle import check

CHILD = "FUZZ_DECODE_PDU_CHILD"
"""Set in the environment of the process that fuzzes: it ends without cleaning up."""

UID = "1.2.840.10008.1.1"


def seeds() -> list[bytes]:
    """Return a PDU of each kind, with every item that it may have."""
    context = ul.ApplicationContextItem(UID)
    syntax = ul.TransferSyntaxSubItem(UID)
    common = (
        ul.MaximumLengthSubItem(16384),
        ul.ImplementationClassUIDSubItem(UID),
        ul.AsynchronousOperationsWindowSubItem(2, 2),
        ul.SCPSCURoleSelectionSubItem(UID, 1, 1),
        ul.ImplementationVersionNameSubItem("VERSION"),
        ul.SOPClassExtendedNegotiationSubItem(UID, b"\1"),
    )
    related = (ul.RelatedGeneralSOPClassIdentification(UID),)
    asked = (
        *common,
        ul.SOPClassCommonExtendedNegotiationSubItem(UID, UID, related),
        ul.UserIdentitySubItemRQ(2, b"user", 1, b"passcode"),
    )
    request = ul.PresentationContextItemRQ(1, ul.AbstractSyntaxSubItem(UID), (syntax, syntax))
    answer = ul.PresentationContextItemAC(1, 0, syntax)
    information = ul.UserInformationItem
    value = ul.PresentationDataValueItem(1, 3, b"\0\0")
    pdus: list[ul.PDU] = [
        ul.A_ASSOCIATE_RQ("CALLED", "CALLING", context, (request,), information(asked)),
        ul.A_ASSOCIATE_AC(
            "CALLED",
            "CALLING",
            context,
            (answer, ul.PresentationContextItemAC(3, 3)),
            information((*common, ul.UserIdentitySubItemAC(b"ticket"))),
        ),
        ul.A_ASSOCIATE_RJ(1, 1, 1),
        ul.P_DATA_TF((value, value)),
        ul.A_RELEASE_RQ(),
        ul.A_RELEASE_RP(),
        ul.A_ABORT_PDU(2, 1),
    ]
    return [pdu.encode() for pdu in pdus]


def fuzz(arguments: list[str]) -> None:
    """Run libFuzzer in this process, which it ends."""
    atheris.Setup(arguments, check)
    atheris.Fuzz()


def main(arguments: list[str]) -> int:
    """Run another process that fuzzes, with the seeds, and return its exit code.

    A folder among `arguments` is the corpus to begin with and to add to; a file is tried alone.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-decode-pdu-") as folder:
        for number, seed in enumerate(seeds()):
            Path(folder, f"{number:03}").write_bytes(seed)
        command = [sys.executable, __file__, "-print_final_stats=1", *arguments]
        if not any(Path(argument).is_file() for argument in arguments):
            command.append(folder)
        return subprocess.run(command, env=os.environ | {CHILD: "1"}, check=False).returncode


if __name__ == "__main__":
    if CHILD in os.environ:
        fuzz(sys.argv)
    else:
        sys.exit(main(sys.argv[1:]))
