"""`install` and `uninstall`: before and after, once and again, everything and back."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from io import BytesIO
from types import ModuleType
from typing import Any

import dimse_primitives as package
import pytest
from dimse_primitives.contrib import pynetdicom as standin
from dimse_primitives.contrib.pynetdicom import UnsupportedVersionError
from pynetdicom import dimse, dimse_messages, dimse_primitives
from pynetdicom.dimse_messages import DIMSEMessage

from ..printed import printed_services

NAMES = (*(name for name in vars(dimse_primitives) if name[:2] in ("C_", "N_")), "DIMSEPrimitive")
OURS = "dimse_primitives.contrib.pynetdicom._primitives"


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Leave pynetdicom as it was, whatever a test does."""
    yield
    standin.uninstall()


def state() -> dict[str, Any]:
    """Return everything in pynetdicom that could be changed: names, dictionaries, methods."""
    found: dict[str, Any] = {}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] != "pynetdicom" or not isinstance(module, ModuleType):
            continue
        for key, value in list(vars(module).items()):
            if key.startswith("__"):
                continue
            found[f"{name}.{key}"] = id(value)
            if isinstance(value, dict):
                found[f"{name}.{key} entries"] = [(id(k), id(v)) for k, v in value.items()]
            if isinstance(value, type) and value.__module__ == name:
                own = vars(value).items()
                found[f"{name}.{key} own"] = {k: id(v) for k, v in own if k != "__doc__"}
    return found


@pytest.mark.parametrize("codec", [False, True])
def test_uninstall_restores_everything(codec: bool) -> None:
    import pynetdicom.apps.common  # noqa: F401 - a module that is there before

    before = state()
    standin.install(codec=codec)
    assert state() != before
    standin.uninstall()
    assert state() == before


def test_what_is_native_stays_native(monkeypatch: pytest.MonkeyPatch) -> None:
    native = package.DIMSEPrimitive
    user = ModuleType("a_user_of_the_native_classes")
    vars(user)["DIMSEPrimitive"] = native
    monkeypatch.setitem(sys.modules, user.__name__, user)
    standin.install()
    standin.uninstall()
    assert package.DIMSEPrimitive is native
    assert vars(user)["DIMSEPrimitive"] is native
    assert isinstance(package.C_ECHO(), package.DIMSEPrimitive)


def test_a_user_of_the_native_classes_that_comes_in_between_keeps_them() -> None:
    standin.install()
    user: Any = ModuleType("a_late_user_of_the_native_classes")
    exec("from dimse_primitives import C_ECHO, DIMSEPrimitive, DimsePrimitiveType", vars(user))
    native = {name: value for name, value in vars(user).items() if name in package.__all__}
    assert len(native) == 3
    sys.modules[user.__name__] = user
    try:
        standin.uninstall()
        assert {name: getattr(user, name) for name in native} == native
        assert issubclass(user.C_ECHO, user.DIMSEPrimitive)
    finally:
        del sys.modules[user.__name__]


def test_no_name_or_dictionary_keeps_a_class_of_pynetdicoms_own() -> None:
    theirs = {id(getattr(dimse_primitives, name)): name for name in NAMES}
    standin.install()
    left = []
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] != "pynetdicom":
            continue
        for key, value in list(vars(module).items()):
            inside = [*value, *value.values()] if isinstance(value, dict) else []
            left += [f"{name}.{key}" for each in (value, *inside) if id(each) in theirs]
    assert left == []
    assert dimse._RQ_TO_MESSAGE[dimse_primitives.C_ECHO] is dimse_messages.C_ECHO_RQ


def test_a_module_of_a_user_that_has_the_names_gets_ours_and_gives_them_back() -> None:
    module: Any = ModuleType("a_program")
    module.C_ECHO = dimse_primitives.C_ECHO
    module.Echo = dimse_primitives.C_ECHO
    theirs = dimse_primitives.C_ECHO
    sys.modules["a_program"] = module
    try:
        standin.install()
        assert module.C_ECHO.__module__ == module.Echo.__module__ == OURS
        standin.uninstall()
        assert module.C_ECHO is module.Echo is theirs
    finally:
        del sys.modules["a_program"]


def test_a_module_that_is_imported_in_between_is_given_back_too() -> None:
    theirs = dimse_primitives.C_ECHO
    standin.install()
    module: Any = ModuleType("pynetdicom_late")
    exec("from pynetdicom.dimse_primitives import C_ECHO", vars(module))
    sys.modules["pynetdicom_late"] = module
    try:
        assert module.C_ECHO.__module__ == OURS
        standin.uninstall()
        assert module.C_ECHO is theirs
    finally:
        del sys.modules["pynetdicom_late"]


def test_it_may_be_called_again_and_with_another_codec() -> None:
    before = state()
    standin.install()
    once = state()
    standin.install()
    assert state() == once
    assert (standin.is_installed(), standin.is_installed(codec=True)) == (True, False)
    standin.install(codec=True)
    assert standin.is_installed(codec=True)
    standin.install(codec=False)
    assert (standin.is_installed(), standin.is_installed(codec=True)) == (True, False)
    standin.uninstall()
    standin.uninstall()
    assert not standin.is_installed()
    assert state() == before


def test_an_older_version_is_refused_and_nothing_is_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(standin, "version", lambda name: "2.1.1")
    before = state()
    with pytest.raises(UnsupportedVersionError) as caught:
        standin.install()
    assert str(caught.value) == (
        "pynetdicom 2.1.1 is not supported, only 3.0 and newer: pip install 'pynetdicom>=3.0,<3.2'"
    )
    assert state() == before


@pytest.mark.parametrize("found", ["3.0.2", "3.1.0.dev0", "3.1.4"])
def test_the_next_minor_version_is_supported(
    found: str, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(standin, "version", lambda name: found)
    standin.install()
    assert standin.is_installed()
    assert [each for each in recwarn if each.category is RuntimeWarning] == []


@pytest.mark.parametrize("found", ["3.2.0", "4.0.1"])
def test_what_is_newer_runs_and_says_once_that_it_was_not_tried(
    found: str, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(standin, "version", lambda name: found)
    standin.install()
    standin.install(codec=True)
    assert standin.is_installed(codec=True)
    said = [str(each.message) for each in recwarn if each.category is RuntimeWarning]
    assert said == [
        f"pynetdicom {found} has not been tried with this package, neither its classes nor its "
        "codec, only 3.0.0, 3.0.1, 3.0.3, 3.0.4, 3.1.0.dev0 have; where something fails: "
        "pip install 'pynetdicom>=3.0,<3.2'"
    ]


def test_an_installation_that_fails_half_way_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dimse_primitives.contrib.pynetdicom import _wire

    def broken() -> Iterator[object]:
        yield DIMSEMessage, "decode_msg", None
        raise OSError("no more")

    before = state()
    monkeypatch.setattr(_wire, "replacements", broken)
    with pytest.raises(OSError, match="no more"):
        standin.install(codec=True)
    assert state() == before
    assert not standin.is_installed()


def test_nothing_of_pynetdicom_is_imported_before_install() -> None:
    code = (
        "import sys, dimse_primitives.contrib.pynetdicom as ours\n"
        "print('pynetdicom' in sys.modules)\n"
        "ours.install()\n"
        "from pynetdicom.dimse_primitives import C_ECHO\n"
        "print(C_ECHO.__module__)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", OURS]


def test_without_pynetdicom_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(standin, "version", missing)
    with pytest.raises(UnsupportedVersionError, match=r"pip install 'pynetdicom>=3\.0,<3\.2'"):
        standin.install()


@pytest.mark.parametrize("codec", [False, True])
def test_every_message_has_the_elements_of_its_primitive_and_no_attribute_is_missing(
    codec: bool,
) -> None:
    standin.install(codec=codec)
    for name, keywords in dimse_messages._COMMAND_SET_KEYWORDS.items():
        service = name.rpartition("-")[0]
        if service not in printed_services():
            continue
        primitive = getattr(dimse_primitives, service.replace("-", "_"))()
        own = [word for word in keywords if not word.startswith("Command")]
        assert [word for word in own if not hasattr(primitive, word)] == []


def test_a_misspelt_attribute_is_refused() -> None:
    standin.install()
    for name in NAMES[:-1]:
        primitive = getattr(dimse_primitives, name)()
        with pytest.raises(AttributeError):
            primitive.MesageID = 5


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("x" * 65, "x" * 64),
        ("naïve", "na?ve"),
        (["one", "two"], "one/two"),
        ("D:\\store\\1.dcm", "D:/store/1.dcm"),
        ("two\nlines\tand a tab", "two lines and a tab"),
    ],
)
def test_a_comment_that_lo_does_not_allow_reaches_its_reader(
    value: object, kept: str, caplog: pytest.LogCaptureFixture
) -> None:
    standin.install()
    response: Any = dimse_primitives.C_ECHO()
    response.ErrorComment = value
    assert response.ErrorComment == kept
    assert "changed to what LO allows (PS3.5 6.2)" in caplog.text


def test_the_command_set_of_a_message_is_what_is_sent_once_somebody_has_it() -> None:
    standin.install(codec=True)
    primitive: Any = dimse_primitives.C_ECHO(MessageID=1)  # type: ignore[call-arg]
    primitive.AffectedSOPClassUID = "1.2.840.10008.1.1"
    message: Any = dimse_messages.C_ECHO_RQ()
    message.primitive_to_message(primitive)
    direct = [each.presentation_data_value_list for each in message.encode_msg(1, 16382)]
    assert message.command_set.MessageID == 1
    seen = [each.presentation_data_value_list for each in message.encode_msg(1, 16382)]
    assert seen == direct
    message.command_set.MessageID = 2
    changed = [each.presentation_data_value_list for each in message.encode_msg(1, 16382)]
    assert changed != direct


def fragments(max_pdu: int, data_set: bytes) -> list[list[tuple[int, bytes]]]:
    """Return the presentation data values of a C-FIND request."""
    primitive: Any = dimse_primitives.C_FIND()
    primitive.MessageID = 1
    primitive.AffectedSOPClassUID = "1.2.840.10008.5.1.4.1.2.1.1"
    primitive.Priority = 2
    primitive.Identifier = BytesIO(data_set)
    message: Any = dimse_messages.C_FIND_RQ()
    message.primitive_to_message(primitive)
    return [each.presentation_data_value_list for each in message.encode_msg(1, max_pdu)]


@pytest.mark.parametrize("codec", [False, True])
@pytest.mark.parametrize("max_pdu", [0, 7, 8, 16, 100, 16382])
def test_fragments_are_those_of_pynetdicom(max_pdu: int, codec: bool) -> None:
    theirs = fragments(max_pdu, bytes(range(200)))
    standin.install(codec=codec)
    assert fragments(max_pdu, bytes(range(200))) == theirs


@pytest.mark.parametrize("codec", [False, True])
@pytest.mark.parametrize("data_set", [bytes(20_000), bytes(301)], ids=["even", "odd"])
def test_every_fragment_is_even_whatever_the_peer_takes(codec: bool, data_set: bytes) -> None:
    standin.install(codec=codec)
    for max_pdu in (*range(8, 40), 16381, 16382, 16383, 16384, 0xFFFFFFFF):
        values = [value for each in fragments(max_pdu, data_set) for _, value in each]
        # Four bytes of length and one of context are in the item, and one before the fragment.
        assert max(map(len, values)) <= max_pdu - 5
        sizes = [len(value) - 1 for value in values]
        # Nothing is padded: of an odd data set the last fragment is odd.
        assert not any(size % 2 for size in (sizes if len(data_set) % 2 == 0 else sizes[:-1]))
        assert b"".join(value[1:] for value in values if not value[0] & 1) == data_set


def test_primitives_can_be_copied_pickled_answered_and_compared() -> None:
    standin.install()
    for name in NAMES[:-1]:
        made: Any = getattr(dimse_primitives, name)(MessageIDBeingRespondedTo=7)
        made._context_id = 3
        for other in (copy.copy(made), pickle.loads(pickle.dumps(made))):
            assert (type(other), other, other._context_id) == (type(made), made, 3)
    request: Any = dimse_primitives.C_ECHO(MessageID=1)  # type: ignore[call-arg]
    assert type(request.respond(Status=0)) is dimse_primitives.C_ECHO
