"""What the generator needs to know of each Value Representation (PS3.5 Section 6.2).

A VR is supported if and only if it is in `VRS`. The names of functions and types are those of the
runtime module that the generated package carries.
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
    meaning : str
        What can be set besides None; another type is a TypeError, another value a ValueError.
    is_valid : str or None
        Runtime function that tells whether a stored value keeps the rules of the VR; None where
        every value that can be stored does.
    maximum : int or None
        The largest value, for numbers.
    length : int or None
        The most characters, for text.
    size : int or None
        Number of bytes of a value, None if it varies.
    code : str
        How `struct` names a value, where its size is known.
    unpack : str
        Runtime function that reads such a value.
    padding : str
        What makes the length of text even.
    encode, decode : str
        Runtime functions that write an element and read a value, where its size varies.
    stored_type, read : str
        Type that is stored where it is not the one that is read, and the runtime function that
        makes the one of the other.
    """

    read_type: str
    set_type: str
    coerce: str
    meaning: str
    is_valid: str | None = None
    maximum: int | None = None
    length: int | None = None
    size: int | None = None
    code: str = ""
    unpack: str = ""
    padding: str = ""
    encode: str = ""
    decode: str = ""
    stored_type: str = ""
    read: str = ""


VRS: dict[str, VR] = {
    "AE": VR(
        read_type="str",
        set_type="str",
        coerce="to_ae",
        meaning="an AE title of 1 to 16 ASCII characters, not all of them spaces",
        is_valid="is_valid_ae",
        length=16,
        padding=" ",
        encode="encode_text",
        decode="decode_ae",
    ),
    "AT": VR(
        read_type="list[BaseTag]",
        set_type="TagsLike",
        coerce="to_tags",
        meaning="tags in any form that pydicom.tag.Tag takes",
        encode="encode_at",
        decode="decode_at",
    ),
    "LO": VR(
        read_type="str",
        set_type="str",
        coerce="to_lo",
        meaning="text of at most 64 ASCII characters",
        is_valid="is_valid_lo",
        length=64,
        padding=" ",
        encode="encode_text",
        decode="decode_lo",
    ),
    "UI": VR(
        read_type="UID",
        set_type="UIDLike",
        coerce="to_uid",
        meaning="a UID of at most 64 characters",
        is_valid="is_valid_uid",
        length=64,
        padding="\\0",
        encode="encode_ui",
        decode="decode_ui",
        stored_type="str",
        read="as_uid",
    ),
    "UL": VR(
        read_type="int",
        set_type="int",
        coerce="to_ul",
        meaning="an integer from 0 to 4294967295",
        maximum=0xFFFFFFFF,
        size=4,
        code="I",
        unpack="unpack_ul",
    ),
    "US": VR(
        read_type="int",
        set_type="int",
        coerce="to_us",
        meaning="an integer from 0 to 65535",
        maximum=0xFFFF,
        size=2,
        code="H",
        unpack="unpack_us",
    ),
}

DATA_SET = VR(
    read_type="BytesIO",
    set_type="BytesIO",
    coerce="to_data_set",
    meaning="an encoded data set",
)


def vr_of(name: str | None) -> VR:
    """Return the facts of VR `name`; those of a data set for None."""
    return DATA_SET if name is None else VRS[name]


def is_value_of(name: str, value: int | str) -> bool:
    """Return whether `value` can be a fixed value of VR `name`."""
    vr = VRS[name]
    if isinstance(value, int):
        return vr.maximum is not None and value <= vr.maximum
    return vr.length is not None and 0 < len(value) <= vr.length and value.isascii()
