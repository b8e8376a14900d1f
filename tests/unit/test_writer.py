"""The writer replaces a file as a whole or not at all, and touches nothing else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from dimsegen.writer import Drift, find_drift, unified_diff, write, write_file

BANNER = "# Made by a machine."
FILES = {"a.py": f"{BANNER}\nA = 1\n".encode(), "b.py": f"{BANNER}\nB = 2\n".encode()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written = tmp_path / "package"
    write(find_drift(FILES, written, BANNER), written)
    return written


def diff_of(folder: Path, files: dict[str, bytes]) -> str:
    return "".join(unified_diff(find_drift(files, folder, BANNER), folder, "out"))


def test_a_folder_that_is_not_there_lacks_every_file(tmp_path: Path) -> None:
    assert find_drift(FILES, tmp_path / "none", BANNER) == Drift(FILES, (), 0)


def test_what_was_written_is_no_drift(folder: Path) -> None:
    assert not find_drift(FILES, folder, BANNER)
    assert find_drift(FILES, folder, BANNER).same == 2


def test_one_changed_byte_is_drift(folder: Path) -> None:
    (folder / "a.py").write_bytes(FILES["a.py"].replace(b"\n", b"\r\n"))
    assert find_drift(FILES, folder, BANNER) == Drift({"a.py": FILES["a.py"]}, (), 1)


def test_a_page_that_is_no_longer_made_is_an_orphan(tmp_path: Path) -> None:
    banner = f"..{BANNER[1:]}"
    page = {"n_hatch.rst": f"{banner}\n\nN_HATCH\n".encode()}
    write(find_drift(page, tmp_path, banner), tmp_path)
    for name, text in (("own.rst", "Mine\n"), ("a.py", f"{BANNER}\n")):
        (tmp_path / name).write_text(text, "utf-8")
    renamed = {"n_winch.rst": page["n_hatch.rst"]}
    drift = find_drift(renamed, tmp_path, banner)
    assert drift == Drift(renamed, ("n_hatch.rst",), 0)
    write(drift, tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.py", "n_winch.rst", "own.rst"]


def test_an_orphan_has_the_banner_as_its_first_line(folder: Path) -> None:
    contents = {
        "old.py": f"{BANNER}\n",
        "below/old.py": BANNER,
        "mine.py": "'''My own.'''\n",
        "empty.py": "",
        "quoted.py": f"'''Not\n{BANNER}\n'''\n",
        "longer.py": f"{BANNER} Or so.\n",
        "notes.txt": f"{BANNER}\n",
    }
    for name, text in contents.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "folder.py").mkdir()

    drift = find_drift(FILES, folder, BANNER)
    assert drift.orphans == ("below/old.py", "old.py")
    write(drift, folder)
    left = {path.name for path in folder.rglob("*") if path.is_file()}
    assert left == {"a.py", "b.py", "mine.py", "empty.py", "quoted.py", "longer.py", "notes.txt"}


@pytest.mark.parametrize("place", ["package", "package/below"])
def test_a_file_where_the_folder_should_be_is_an_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "package").write_text("mine", encoding="utf-8")
    with pytest.raises(NotADirectoryError, match="is a file, not a folder"):
        find_drift(FILES, tmp_path / place, BANNER)


def test_a_file_that_is_right_keeps_its_time(folder: Path) -> None:
    for name in FILES:
        os.utime(folder / name, ns=(1, 1))
    (folder / "b.py").write_bytes(b"B = 3\n")
    os.utime(folder / "b.py", ns=(1, 1))

    write(find_drift(FILES, folder, BANNER), folder)
    assert (folder / "a.py").stat().st_mtime_ns == 1
    assert (folder / "b.py").stat().st_mtime_ns != 1
    assert (folder / "b.py").read_bytes() == FILES["b.py"]


@pytest.mark.parametrize("call", ["fdopen", "chmod", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    real = getattr(os, call)

    def fail(handle: object, *rest: object) -> None:
        if call == "fdopen":
            real(handle, *rest).close()
        raise OSError(errno.ENOSPC, "No space left on device", "a temporary name")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="cannot be written: No space left") as caught:
        write_file(folder / "a.py", b"A = 5\n")
    assert caught.value.filename == str(folder / "a.py")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(folder / "a.py", b"A = 5\n")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES


def test_a_new_file_can_be_read_by_all_and_an_old_one_keeps_its_mode(folder: Path) -> None:
    assert (folder / "a.py").stat().st_mode & 0o777 == 0o644
    (folder / "a.py").chmod(0o600)
    write_file(folder / "a.py", b"")
    assert (folder / "a.py").stat().st_mode & 0o777 == 0o600


def test_the_diff_goes_from_what_is_there_to_what_ought_to_be(folder: Path) -> None:
    assert diff_of(folder, FILES | {"a.py": f"{BANNER}\nA = 7\n".encode()}) == (
        f"--- out/a.py\n+++ out/a.py\n@@ -1,2 +1,2 @@\n {BANNER}\n-A = 1\n+A = 7\n"
    )


def test_the_diff_shows_new_files_and_orphans_whole(folder: Path) -> None:
    shown = diff_of(folder, {"a.py": FILES["a.py"], "c.py": b"C = 3\n"})
    assert shown == (
        f"--- out/b.py\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-{BANNER}\n-B = 2\n"
        "--- /dev/null\n+++ out/c.py\n@@ -0,0 +1 @@\n+C = 3\n"
    )


def test_the_diff_marks_a_missing_newline_and_breaks_lines_at_newlines_only(folder: Path) -> None:
    (folder / "a.py").write_bytes(b"A = 1\x0c\xe2\x80\xa8 # one line")
    shown = diff_of(folder, FILES | {"a.py": b"A = 1\n"})
    assert shown == (
        "--- out/a.py\n+++ out/a.py\n@@ -1 +1 @@\n"
        "-A = 1\x0c\u2028 # one line\n\\ No newline at end of file\n+A = 1\n"
    )
