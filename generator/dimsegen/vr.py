"""What the generator needs to know of each Value Representation (PS3.5 Section 6.2).

Invariant: a VR is supported if and only if it is in `VRS`. The names of functions and types are
those of the runtime module that the generated package carries.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VR:
    """How values of a VR are typed, checked when set, and judged by the rules.

    Attributes
    ----------
    read_type, set_type : str
        Type of the attribute when read and when set.
    coerce : str
        Runtime function that checks and converts a value when it is set.
    is_valid : str or None
        Runtime function that tells whether a stored value keeps the rules of the VR; None where
        every value that can be stored does.
    maximum : int or None
        The largest value, for numbers.
    length : int or None
        The most characters, for text.
    meaning : str
        What a value is, for documentation and error messages.
    rule : str
        What `is_valid` asks of a value.
    """

    read_type: str
    set_type: str
    coerce: str
    is_valid: str | None
    maximum: int | None
    length: int | None
    meaning: str
    rule: str = ""


_UID_RULE = "numbers without leading zeros, separated by periods (PS3.5 9.1)"
_TEXT_RULE = "text without backslash and control characters (PS3.5 6.2)"

VRS: dict[str, VR] = {
    "AE": VR(
        "str",
        "str",
        "to_ae",
        "is_valid_text",
        None,
        16,
        "an AE title of 1 to 16 characters",
        _TEXT_RULE,
    ),
    "AT": VR("list[BaseTag]", "TagsLike", "to_tags", None, None, None, "one or more tags"),
    "LO": VR(
        "str",
        "str",
        "to_lo",
        "is_valid_text",
        None,
        64,
        "text of at most 64 characters",
        _TEXT_RULE,
    ),
    "UI": VR(
        "UID",
        "UIDLike",
        "to_uid",
        "is_valid_uid",
        None,
        64,
        "a UID of at most 64 characters",
        _UID_RULE,
    ),
    "UL": VR("int", "int", "to_ul", None, 0xFFFFFFFF, None, "an integer from 0 to 4294967295"),
    "US": VR("int", "int", "to_us", None, 0xFFFF, None, "an integer from 0 to 65535"),
}

DATA_SET = VR("BytesIO", "BytesIO", "to_data_set", None, None, None, "an encoded data set")


def vr_of(name: str | None) -> VR:
    """Return the facts of VR `name`; those of a data set for None."""
    return DATA_SET if name is None else VRS[name]


def is_value_of(name: str, value: int | str) -> bool:
    """Return whether `value` can be a fixed value of VR `name`."""
    vr = VRS[name]
    if isinstance(value, int):
        return vr.maximum is not None and value <= vr.maximum
    return vr.length is not None and 0 < len(value) <= vr.length and value.isascii()
