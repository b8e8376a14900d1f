"""Hexadecimal text in the forms that people paste: a row each, written as the tools write it."""

from __future__ import annotations

import re
import shutil
import subprocess
from base64 import b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from dimse_primitives import C_FIND
from dimse_primitives.__main__ import main
from dimse_primitives._dumps import PastedError
from dimse_primitives._pasted import read_pasted
from hypothesis import given
from hypothesis import strategies as st

# Its last line is short, and beside its digits are characters that look like digits.
MESSAGE = C_FIND.request(
    MessageID=0x6162,
    AffectedSOPClassUID="1.2.840.10008.5.1.4.31",
    Priority=0,
    Identifier=BytesIO(b"\x08\0\x60\0\2\0\0\0CT"),
).encode_request()


def lines(data: bytes, width: int = 16) -> Iterator[tuple[int, bytes, str]]:
    for start in range(0, len(data), width):
        part = data[start : start + width]
        shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        yield start, part, shown


def xxd(data: bytes) -> str:
    return "".join(
        f"{at:08x}: {part.hex(' ', -2):39}  {shown}\n" for at, part, shown in lines(data)
    )


def od(data: bytes) -> str:
    printed = "".join(f"{at:07o} {part.hex(' ')}\n" for at, part, _ in lines(data))
    return f"{printed}{len(data):07o}\n"


def od_with_characters(data: bytes) -> str:
    return "".join(
        f"{at:06x} {part.hex(' '):47}  >{shown}<\n" for at, part, shown in lines(data)
    ) + (f"{len(data):06x}\n")


def od_words(data: bytes) -> str:
    padded = data + bytes(len(data) % 2)
    words = [padded[at : at + 2][::-1].hex() for at in range(0, len(padded), 2)]
    rows = [f"{at * 2:07o} {' '.join(words[at : at + 8])}\n" for at in range(0, len(words), 8)]
    return "".join(rows) + f"{len(data):07o}\n"


def hexdump_canonical(data: bytes) -> str:
    rows = [
        f"{at:08x}  {part[:8].hex(' '):23}  {part[8:].hex(' '):23}  |{shown}|\n"
        for at, part, shown in lines(data)
    ]
    return "".join(rows) + f"{len(data):08x}\n"


def wireshark_hex_dump(data: bytes) -> str:
    return "".join(f"{at:04x}   {part.hex(' '):47}   {shown}\n" for at, part, shown in lines(data))


def c_array(data: bytes) -> str:
    numbers = ",\n  ".join(
        ", ".join(f"0x{byte:02x}" for byte in part) for _, part, _ in lines(data)
    )
    return (
        f"unsigned char message_bin[] = {{\n  {numbers}\n}};\nunsigned int length = {len(data)};\n"
    )


def wireshark_escaped(data: bytes) -> str:
    rows = ["".join(f"\\x{byte:02x}" for byte in part) for _, part, _ in lines(data)]
    return " \\\n".join(f'"{row}"' for row in rows) + "\n"


def pynetdicom_log(data: bytes) -> str:
    rows = "".join(f"D:  {part.hex(' ')}\n" for _, part, _ in lines(data, 25))
    head, foot = " DEBUG - ENCODED PDU ", " END ENCODED PDU "
    return f"I: Requesting Association\nD: {head:=^76}\n{rows}D: {foot:=^76}\nI: Accepted\n"


def powershell(data: bytes) -> str:
    heading = "           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\n\n"
    rows = [f"{at:08X}   {part.hex(' ').upper():47}  {shown}\n" for at, part, shown in lines(data)]
    return heading + "".join(rows)


def dcmtk_log(data: bytes) -> str:
    rows = "".join(f"D:   {part.hex(' ').replace(' ', '  ')}\n" for _, part, _ in lines(data))
    head = f"D: PDU Type: Associate Accept, PDU Length: {len(data)} + 6 bytes PDU header\n"
    return f"I: Requesting Association\n{head}{rows}D: Parsing an A-ASSOCIATE PDU\nT: 00 01\n"


def gdb(data: bytes) -> str:
    rows = (
        f"0x7ffe{at:08x} <pdu+{at}>:" + "".join(f"\t0x{byte:02x}" for byte in part)
        for at, part, _ in lines(data, 8)
    )
    return "\n".join(rows) + "\n"


FORMS: dict[str, tuple[Callable[[bytes], str], str]] = {
    "digits": (bytes.hex, "hexadecimal digits"),
    "Wireshark hex stream, wrapped": (
        lambda data: "\n".join(part.hex() for _, part, _ in lines(data, 30)),
        "hexadecimal digits",
    ),
    "pairs": (lambda data: data.hex(" ").upper(), "hexadecimal digits"),
    "colons": (lambda data: data.hex(":"), "hexadecimal digits, colon-separated"),
    "hyphens": (lambda data: data.hex("-").upper(), "hexadecimal digits, separated by hyphens"),
    "commas": (lambda data: data.hex(","), "hexadecimal digits, separated by commas"),
    "list of 0x": (lambda data: str([f"0x{x:02X}" for x in data]).replace("'", ""), "0x"),
    "0x and digits": (lambda data: f"0x{data.hex()}", "hexadecimal digits"),
    "x/xb of gdb": (gdb, "a list of 0x"),
    "log of DCMTK": (dcmtk_log, "the debugging log of DCMTK"),
    "0x and spaces": (lambda data: " ".join(f"0x{byte:02x}" for byte in data), "0x"),
    "xxd -i": (c_array, "C arrays"),
    "xxd": (xxd, "a dump as xxd prints it"),
    "od -t x1": (od, "a dump as od"),
    "od -A x -t x1z": (od_with_characters, "a dump as od"),
    "od -x": (od_words, "words as od -x and hexdump print it"),
    "hexdump -C": (hexdump_canonical, "a hex dump"),
    "Wireshark hex dump": (wireshark_hex_dump, "a hex dump of Wireshark"),
    "Wireshark escaped string": (wireshark_escaped, "an escaped string"),
    "bytes of Python": (repr, "a bytes literal of Python"),
    "log of pynetdicom": (pynetdicom_log, "the debugging log of pynetdicom"),
    "Format-Hex of PowerShell": (powershell, "a hex dump"),
}


@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_the_bytes_it_prints(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write, form = FORMS[name]
    file = tmp_path / "pasted.txt"
    file.write_text(write(MESSAGE), encoding="ascii")
    assert main(["inspect", str(file)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("C-FIND-RQ: ")
    assert form in printed.splitlines()[-1]


@pytest.mark.parametrize("name", FORMS)
@given(data=st.binary(min_size=3, max_size=70))
def test_any_bytes_come_back(name: str, data: bytes) -> None:
    assert read_pasted(FORMS[name][0](data).encode()).data == data


def signed(data: bytes) -> str:
    return ", ".join(str(byte - 256 if byte > 127 else byte) for byte in data)


# What could be hexadecimal, or a word, is read where it says that it is bytes of DICOM.
OF_DICOM: dict[str, tuple[Callable[[bytes], str], str]] = {
    "a list of Python": (lambda data: str([*data]), "a list of decimal numbers"),
    "an array of Java": (lambda data: f"new byte[] {{{signed(data)}}};", "a list of decimal"),
    "a slice of Go": (lambda data: str([*data]).replace(",", ""), "a list of decimal numbers"),
    "Base64": (lambda data: b64encode(data).decode(), "Base64"),
    "Base64 in lines": (lambda data: encodebytes(data).decode(), "Base64"),
    "Base64 of URLs": (lambda data: urlsafe_b64encode(data).decode().rstrip("="), "Base64"),
    "a data URL": (lambda data: "data:;base64," + b64encode(data).decode(), "Base64"),
}


@pytest.mark.parametrize("name", OF_DICOM)
@given(data=st.binary(min_size=3, max_size=70))
def test_bytes_of_dicom_come_back(name: str, data: bytes) -> None:
    write, form = OF_DICOM[name]
    for start in (b"\x04\0\0\0\0\x04", b"\0\0\0\0\4\0\0\0", b"\0\0\0\4\x01\x03"):
        pasted = read_pasted(write(start + data).encode())
        assert pasted.data == start + data
        assert pasted.form.startswith(form)


@pytest.mark.parametrize("text", ["deed", "hello world", "[10, 20]", "[1, 2, 300]", "x[1, 2] y z"])
def test_what_may_be_something_else_is_not_taken_for_it(text: str) -> None:
    assert read_pasted(text.encode()).form not in ("Base64", "a list of decimal numbers")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_windows_saves(encoding: str) -> None:
    assert read_pasted(xxd(MESSAGE).replace("\n", "\r\n").encode(encoding)).data == MESSAGE


TOOLS = ["od -t x1", "od -A x -t x1z", "od -x", "hexdump", "hexdump -C", "xxd", "xxd -i", "xxd -p"]


@pytest.mark.parametrize("command", TOOLS)
def test_what_a_tool_prints_that_leaves_out_lines(command: str, tmp_path: Path) -> None:
    tool, *options = command.split()
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not here: install it (the rows above have its form)")
    data = bytes(4000) + MESSAGE + b"ab cd | > " * 99
    file = tmp_path / "data.bin"
    file.write_bytes(data)
    printed = subprocess.run([tool, *options, str(file)], capture_output=True, check=True).stdout
    assert read_pasted(printed).data == data


def test_a_followed_stream_says_who_sent_what() -> None:
    text = (
        "00000000  01 00 00 02                                       ....\n"
        "    00000000  02 00                                             ..\n"
        "00000004  05 06                                             ..\n"
        "    00000002  07                                                .\n"
    )
    pasted = read_pasted(text.encode())
    assert pasted.form == "a followed stream as Wireshark dumps it"
    assert pasted.pieces == (
        ("requestor", b"\1\0\0\2"),
        ("acceptor", b"\2\0"),
        ("requestor", b"\5\6"),
        ("acceptor", b"\7"),
    )


def test_arrays_of_a_followed_stream_say_who_sent_what() -> None:
    text = "char peer0_0[] = { /* Packet 4 */\n0x01, 0x00 };\nchar peer1_0[] = {\n0x02 };\n"
    assert read_pasted(text.encode()).pieces == (("requestor", b"\1\0"), ("acceptor", b"\2"))


def test_packets_of_tcpdump() -> None:
    text = (
        "12:00:01.1 IP a > b\n\t0x0000:  4500 003c  E..<\n"
        "12:00:02.1 IP b > a\n\t0x0000:  4500 00  E..\n"
    )
    pasted = read_pasted(text.encode())
    assert pasted.is_packets
    assert [piece.data.hex() for piece in pasted.pieces] == ["4500003c", "450000"]
    assert pasted.form.endswith("(2 other lines left out)")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("00 00 00 0", "it has 7 digits, an odd number"),
        ("00000000: 0000\n00000010: 00", "line 2: its address is 00000010, but 2 (hex)"),
        ("0000000 00\n*\n77777777777 00", "line 3: repeats 8209686820726 bytes, too many"),
        ("b'\\x0'", "a bytes literal of Python that cannot be read"),
    ],
)
def test_text_that_contradicts_itself(text: str, said: str) -> None:
    with pytest.raises(PastedError, match=re.escape(said)):
        read_pasted(text.encode())


@given(st.text("0123456789abcdefx \n:|-,*>{}'\"\\b", max_size=300))
def test_any_text_is_bytes_or_a_clear_error(text: str) -> None:
    with suppress(PastedError):
        assert read_pasted(text.encode()).pieces


@given(st.binary(max_size=200))
def test_what_is_no_text_is_bytes_as_they_are(data: bytes) -> None:
    raw = data + b"\0"
    if raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        assert read_pasted(raw).data == raw
