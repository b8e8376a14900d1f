"""What the end that asks for an association proposes (PS3.8 7.1.1, PS3.7 D.3.3).

This file is copied as it is from `templates/upper_layer/_proposing.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pydicom.uid import UID

from ._facts import CONTEXT_IDS
from ._negotiation import (
    IMPLEMENTATION_CLASS_UID,
    IMPLEMENTATION_VERSION_NAME,
    MAXIMUM_LENGTH,
    check_maximum_length,
)
from ._primitive import PresentationContextDefinition
from .asynchronous_operations_window_sub_item import AsynchronousOperationsWindowSubItem
from .implementation_class_uid_sub_item import ImplementationClassUIDSubItem
from .implementation_version_name_sub_item import ImplementationVersionNameSubItem
from .maximum_length_sub_item import MaximumLengthSubItem
from .scp_scu_role_selection_sub_item import SCPSCURoleSelectionSubItem
from .user_information_item import UserDataSubItem


def proposed_contexts(
    contexts: Iterable[tuple[str, Iterable[str]]],
) -> tuple[PresentationContextDefinition, ...]:
    """Return the presentation contexts of a request, with identifiers in their order.

    Parameters
    ----------
    contexts : iterable of (str, iterable of str)
        Abstract syntax and transfer syntaxes of each.

    Raises
    ------
    TypeError
        If it is none of that.
    ValueError
        If there are more than there are identifiers for.
    """
    given = _pairs(contexts)
    if len(given) > len(CONTEXT_IDS):
        text = f"at most {len(CONTEXT_IDS)} presentation contexts can be proposed"
        raise ValueError(f"{text}, not {len(given)}: open a second association")
    return tuple(
        PresentationContextDefinition(number, abstract, transfer)
        for number, (abstract, transfer) in zip(CONTEXT_IDS, given, strict=False)
    )


def accepted_syntaxes(
    contexts: Iterable[tuple[str, Iterable[str]]],
) -> dict[str, tuple[str, ...]]:
    """Return the transfer syntaxes of each abstract syntax, of all its contexts together."""
    found: dict[str, tuple[str, ...]] = {}
    for abstract, transfer in _pairs(contexts):
        found[abstract] = tuple(dict.fromkeys((*found.get(abstract, ()), *transfer)))
    return found


def _pairs(contexts: Iterable[tuple[str, Iterable[str]]]) -> list[tuple[str, tuple[str, ...]]]:
    pairs: list[tuple[str, tuple[str, ...]]] = []
    for context in contexts:
        try:
            abstract, transfer = context
        except (TypeError, ValueError):
            transfer = ""
        # A text is iterable, too, and so are the characters of a UID.
        if isinstance(transfer, str):
            text = "a context is (abstract syntax, [transfer syntax, ...])"
            raise TypeError(f"{text}, not {context!r:.200}")
        pairs.append((abstract, tuple(transfer)))
    return pairs


def user_information(
    *,
    maximum_length: int = MAXIMUM_LENGTH,
    maximum_operations: tuple[int, int] | None = None,
    roles: Mapping[str, tuple[bool, bool]] = MappingProxyType({}),
    further: Iterable[UserDataSubItem] = (),
) -> tuple[UserDataSubItem, ...]:
    """Return the User Information of a requestor (PS3.8 Annex D, PS3.7 D.3.3).

    Parameters
    ----------
    maximum_length : int, optional
        The longest variable field of a P-DATA-TF PDU that is received, in bytes; 0 for any.
    maximum_operations : (int, int), optional
        How many operations to invoke and to perform at once, to be negotiated; one by default.
    roles : mapping of str to (bool, bool), optional
        SOP class to whether this end wants to be SCU and SCP. By default it is SCU only.
    further : iterable of UserDataSubItem, optional
        Other sub-items, such as a user identity.

    Raises
    ------
    TypeError, ValueError
        If one of them cannot be said, or nothing could be received.
    """
    check_maximum_length(maximum_length)
    items: list[UserDataSubItem] = [
        MaximumLengthSubItem(maximum_length),
        ImplementationClassUIDSubItem(IMPLEMENTATION_CLASS_UID),
    ]
    if maximum_operations is not None:
        items.append(AsynchronousOperationsWindowSubItem(*maximum_operations))
    items += [
        SCPSCURoleSelectionSubItem(UID(uid), int(as_scu), int(as_scp))
        for uid, (as_scu, as_scp) in roles.items()
    ]
    items.append(ImplementationVersionNameSubItem(IMPLEMENTATION_VERSION_NAME))
    # Items stand in increasing order of their types (PS3.8 9.3.1).
    return tuple(sorted([*items, *further], key=lambda item: item.TYPE))
