"""Every subject there is to measure: a new one is a module and an entry here.

Invariant: the order is that of the table, and a subject's results start with its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .aio import measure_aio
from .associations import measure_associations, measure_idle, measure_pipelined, measure_stores
from .audit import measure_audit
from .codec import measure_decode, measure_encode
from .data_sets import measure_data_sets
from .diff import measure_diff
from .generate import measure_generate
from .growth import measure_growth
from .imports import measure_import
from .memory import measure_memory
from .pdus import measure_pdus
from .primitives import measure_construct, measure_valid
from .result import Result
from .stores import measure_dcmtk


@dataclass(frozen=True)
class Subject:
    """Something to measure.

    Attributes
    ----------
    name : str
        What ``--only`` calls it.
    measure : callable
        Yields its results, one after another.
    note : str
        What a reader of the table must know to judge them.
    """

    name: str
    measure: Callable[[], Iterator[Result]]
    note: str


SUBJECTS = (
    Subject(
        "construct",
        measure_construct,
        "N_GET with Message ID, two UIDs given as str and two tags given as int. pynetdicom checks "
        "UIDs when they are set; ours checks their length there and their syntax in "
        "request_violations(), the 'check': only the lines with it do what pynetdicom does.",
    ),
    Subject("valid", measure_valid, "The same valid N_GET request on both sides."),
    Subject(
        "encode",
        measure_encode,
        "A typical primitive of each message to bytes. 'by hand': functions for that one message, "
        "in benchmarks/handwritten, which check less and do not know of anything else.",
    ),
    Subject(
        "decode",
        measure_decode,
        "The bytes to a primitive, and its UIDs read, because ours makes UIDs of pydicom when they "
        "are read and the others when they decode. pydicom alone leaves all values unread.",
    ),
    Subject(
        "pdu",
        measure_pdus,
        "Presentation contexts with four transfer syntaxes each. A P-DATA-TF has one fragment, of "
        "which ours makes a view and pynetdicom a copy. Both headers are read and packed at once; "
        "what is left is the making of the PDU, its item and what decode_pdu returns. The lines "
        "'least' are what no decoder or encoder in Python does without, and no more: decoding "
        "would not be 20 times as fast as pynetdicom's with them alone, encoding just so.",
    ),
    Subject(
        "sop class",
        measure_data_sets,
        "check() of the bytes of a request that is right; 'theirs' is pydicom reading the same "
        "bytes without looking at a value but series. 'rows alone' is the walk over the rows of "
        "the table, after reading: what rules written out for each SOP class could save a part of.",
    ),
    Subject(
        "memory",
        measure_memory,
        "Bytes an instance, 20 000 kept alive. 'shared': the values are constants of the caller, "
        "as SOP Class UIDs are; 'own': every instance has values that no other has, which "
        "cost both sides alike and leave less to save.",
    ),
    Subject(
        "import",
        measure_import,
        "Median over fresh interpreters: CPU time, which the target is held against, and time on "
        "the wall; theirs is pynetdicom.dimse_primitives.",
    ),
    Subject(
        "echo",
        measure_associations,
        "C-ECHO between two application entities of pynetdicom over loopback, in one process: CPU "
        "time of both sides. 'theirs' is pynetdicom as it is, 'ours' is after install(codec=True). "
        "The last lines are the profile over four associations, before and after.",
    ),
    Subject(
        "store",
        measure_stores,
        "The same with C-STORE over one association. The two PDUs of a small one meet Nagle's "
        "algorithm, which makes pynetdicom wait for an acknowledgement; ours turns it off.",
    ),
    Subject(
        "idle",
        measure_idle,
        "The same with nothing to send: what it costs to look whether there is something.",
    ),
    Subject(
        "pipelined",
        measure_pipelined,
        "300 C-ECHO requests sent at once by a peer that is a socket, to a server of pynetdicom: "
        "answers a second.",
    ),
    Subject(
        "asyncio",
        measure_aio,
        "dimse_primitives.aio at both ends, in one process; 'theirs' is pynetdicom's associations "
        "as they are, with the same messages. Of idle associations, half of what both ends take.",
    ),
    Subject(
        "dcmtk",
        measure_dcmtk,
        "C-STORE from files of one process to another over loopback, the receiver keeping nothing. "
        "'theirs' is storescu to storescp, 'ours' has one end or both with asyncio; memory is the "
        "most that an end had, and must not grow with the data set.",
    ),
    Subject(
        "audit",
        measure_audit,
        "Captures of C-STORE and C-ECHO, without a fault: 200 MB and 20 000 small messages a "
        "second of one core. 'theirs' is to read the same messages with pynetdicom and judge "
        "nothing. 2 GB are made while they are read.",
    ),
    Subject(
        "generate",
        measure_generate,
        "Fastest of several processes, start of the interpreter included: CPU time, which the "
        "target is held against, and time on the wall.",
    ),
    Subject(
        "diff",
        measure_diff,
        "The whole schema with itself, and with one cell of N-GET changed: fastest of several "
        "processes, start of the interpreter included. 'exhaustive': every pattern of presence of "
        "that service is run on both versions.",
    ),
    Subject(
        "growth",
        measure_growth,
        "CPU time of `dimsegen generate` a service; 'theirs' is that of the smallest number.",
    ),
)
