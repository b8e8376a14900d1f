"""Decoders as straight-line code: one step an element, or a run of elements of fixed size.

A decoder takes the regular way only. Whatever does not fit raises, and the runtime reads the
message again, slowly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from ...code import layout
from ...code.naming import local, slot
from ...table.notation import hex4
from ...table.vr import vr_of
from ..model import Parameter, Role
from ..primitives import Direction, Primitive
from .carried import (
    Carried,
    Step,
    bytes_literal,
    carried_by,
    comment_of,
    fixed_value,
    group_length_comment,
    group_length_of,
    header,
    size_of,
    tag_bytes,
    wire_number,
)
from .pieces import Piece, Structs, length_of, runs_of


@dataclass(frozen=True)
class DecoderView:
    """What the template of a decoder prints."""

    name: str
    message: str
    is_whole: bool
    steps: tuple[Step, ...]
    assignments: tuple[str, ...]
    result: str
    uses: frozenset[str]


def decoder_of(primitive: Primitive, direction: Direction, structs: Structs) -> DecoderView:
    """Return the decoder of `direction`; what it needs of `struct` is added to `structs`."""
    return _DecoderBuilder(primitive, direction, structs).build()


class _DecoderBuilder:
    """Writes one decoder."""

    def __init__(self, primitive: Primitive, direction: Direction, structs: Structs) -> None:
        self._primitive = primitive
        self._direction = direction
        self._elements = carried_by(primitive, direction)
        self._read: set[str] = set()
        self._structs = structs
        self._uses: set[str] = set()

    def build(self) -> DecoderView:
        """Return the finished decoder."""
        return DecoderView(
            name=f"decode_{self._direction.side}",
            message=self._direction.message_type,
            is_whole=all(map(size_of, self._elements)),
            steps=tuple(self._steps(self._elements)),
            assignments=tuple(
                f"primitive.{slot(p.name)} = {local(p.name) if p.keyword in self._read else None}"
                for p in self._primitive.parameters.values()
            ),
            result=self._result(),
            uses=frozenset(self._uses | {"new"}),
        )

    def _result(self) -> str:
        data_set_type = next(
            item.parameter for item in self._elements if item.parameter.role is Role.DATA_SET_TYPE
        )
        fixed = next(fixed_value(i) for i in self._elements if i.parameter is data_set_type)
        has_data_set = f"{local(data_set_type.name)} != 0x{data_set_type.none:04X}"
        return "False" if fixed is not None else has_data_set

    def _steps(self, items: Sequence[Carried]) -> Iterator[Step]:
        """Yield the steps, the first of which begins with the group length."""
        position = len(_run_of(items))
        yield from self._run(items[:position], items[position:], self._group_length())
        is_after_run = True
        while position < len(items):
            item, position = items[position], position + 1
            run = _run_of(items[position:])
            has_next = position < len(items) and not run
            if is_after_run and item.is_mandatory:
                yield self._sure(item)
                yield from [self._next(4)] if has_next else []
            else:
                yield self._optional(item, has_next)
            is_after_run = bool(run)
            if run:
                position += len(run)
                yield from self._run(run, items[position:])

    def _group_length(self) -> tuple[Piece, ...]:
        """Return the pieces of the first element, which counts the bytes of all others."""
        parameter = group_length_of(self._direction)
        start = header(parameter, 4)
        if all(map(size_of, self._elements)):
            others = [piece for item in self._elements for piece in _pieces(item)]
            start += sum(map(length_of, others)).to_bytes(4, "little")
            return (Piece(start, element=parameter.name),)
        return (Piece(start, element=parameter.name), Piece(value="following", code="I"))

    def _run(
        self, items: Sequence[Carried], after: Sequence[Carried], start: Sequence[Piece] = ()
    ) -> Iterator[Step]:
        """Yield the steps that read elements of known size, and the header of what is `after` them.

        Every regular message has those elements, and they are read at once; so is the header, if
        there is one for sure.
        """
        pieces = [*start, *(piece for item in items for piece in _pieces(item))]
        is_header_sure = bool(after) and (after[0].is_mandatory or any(map(size_of, after)))
        passed = list(pieces)
        if is_header_sure:
            pieces += _header(after[0])
            # The header of an element that may be absent is read, and not passed.
            passed = pieces if after[0].is_mandatory else passed
        targets, tests = _targets(pieces)
        tests += ["following != end - 12"] if "following" in targets else []
        tests += [test for item in items if (test := _value_test(item))]
        tests += ["size & 1"] if after and after[0].is_mandatory else []
        self._read.update(item.parameter.keyword for item in items)
        # A message of known size is unpacked whole, which checks its size.
        is_whole = bool(start) and len(items) == len(self._elements)
        kind = "unpack_whole" if is_whole else "unpack"
        unpack = self._structs.function(kind, pieces)
        comments = [f"    # {group_length_comment(self._direction)}"] if start else []
        code = [
            _assignment(targets, unpack, "data" if start else "data, position"),
            layout.branch("if", tests, 4, "or"),
            "        raise IrregularError",
        ]
        code += [] if is_whole else [f"    position {'=' if start else '+='} {_span(passed)}"]
        yield Step("\n".join([*comments, *map(_comment, items)]), "\n".join(code))
        if after and not is_header_sure:
            yield self._next(4)

    def _sure(self, item: Carried) -> Step:
        """Return the step that reads a value whose header is read and right."""
        name = local(item.parameter.name)
        self._read.add(item.parameter.keyword)
        decode = self._decode_function(item.parameter)
        code = layout.call(f"{name} = {decode}(", ["data[position : position + size]"], ")", 4)
        return Step(_comment(item), f"{code}\n    position += size")

    def _optional(self, item: Carried, has_next: bool) -> Step:
        """Return the step that reads an element which may be absent."""
        parameter = item.parameter
        self._read.add(parameter.keyword)
        vr, name = vr_of(parameter.vr), local(parameter.name)
        lines = [
            f"    {name} = None",
            f"    if tag == {wire_number(parameter)}:",
            f"        if {'size & 1' if vr.size is None else f'size != {vr.size}'}:",
            "            raise IrregularError",
        ]
        if vr.size is None:
            decode = f"{name} = {self._decode_function(parameter)}("
            lines.append(layout.call(decode, ["data[position + 8 : position + 8 + size]"], ")", 8))
        else:
            self._uses.add(vr.unpack)
            lines.append(f"        ({name},) = {vr.unpack}(data, position + 8)")
        lines += ["        position += 8 + size", *([self._next(8).code] if has_next else [])]
        return Step(_comment(item), "\n".join(lines))

    def _next(self, indent: int) -> Step:
        """Return the step that reads the header of the next element, if there is one."""
        self._uses |= {"NO_ELEMENT", "unpack_header"}
        code = "tag, size = unpack_header(data, position) if position < end else NO_ELEMENT"
        return Step("", f"{' ' * indent}{code}")

    def _decode_function(self, parameter: Parameter) -> str:
        name = vr_of(parameter.vr).decode
        self._uses.add(name)
        return name


def _run_of(items: Sequence[Carried]) -> list[Carried]:
    """Return the elements in front that every regular message has, with a value of known size."""
    return list(takewhile(size_of, items))


def _targets(pieces: Sequence[Piece]) -> tuple[list[str], list[str]]:
    """Return the variables that pieces are read to, and the tests for those that never vary."""
    targets: list[str] = []
    tests: list[str] = []
    runs = list(runs_of(pieces))
    for run, following in zip_longest(runs, runs[1:]):
        if run[0].value:
            targets.append(run[0].value)
        else:
            targets.append(f"expected_{following[0].value}" if following else "expected")
            constant = bytes_literal(b"".join(piece.constant for piece in run))
            tests.append(f"{targets[-1]} != {constant}")
    return targets, tests


def _pieces(item: Carried) -> Iterator[Piece]:
    """Yield the pieces of an element of known size: what its bytes must be, and its value."""
    size, name = size_of(item) or 0, item.parameter.name
    fixed = fixed_value(item)
    if fixed is None:
        yield Piece(header(item.parameter, size), element=name)
        yield Piece(value=local(name), code=vr_of(item.parameter.vr).code, element=name)
    else:
        yield Piece(header(item.parameter, size) + fixed.to_bytes(size, "little"), element=name)


def _header(item: Carried) -> tuple[Piece, Piece]:
    """Return the pieces of a header of which only the tag can be known."""
    size = Piece(value="size", code="I")
    if not item.is_mandatory:
        return Piece(value="tag", code="I"), size
    return Piece(tag_bytes(item.parameter), element=item.parameter.name), size


def _span(pieces: Sequence[Piece]) -> str:
    """Return the number of bytes of `pieces`, and what they are as a comment."""
    names = list(dict.fromkeys(piece.element for piece in pieces if piece.element))
    last = f"the header of {names[-1]}" if pieces[-1].value == "size" else names[-1]
    words = f"{names[0]} to {last}" if len(names) > 1 else names[0]
    return f"{sum(map(length_of, pieces))}  # {words}"


def _value_test(item: Carried) -> str:
    """Return the test for a value that the decoder leaves to the runtime; empty if none is."""
    if not item.parameter.values or fixed_value(item) is not None:
        return ""
    values = layout.tuple_of(list(map(hex4, item.parameter.values.values())))
    return f"{local(item.parameter.name)} not in {values}"


def _comment(item: Carried) -> str:
    return f"    # {comment_of(item)}"


def _assignment(targets: Sequence[str], function: str, arguments: str) -> str:
    """Return ``targets = function(arguments)``, broken where the formatter breaks it."""
    if len(targets) == 1:
        return f"    ({targets[0]},) = {function}({arguments})"
    before = ", ".join(targets)
    if len(f"    {before} = {function}(") <= layout.WIDTH:
        return layout.call(f"{before} = {function}(", [arguments], ")", 4)
    if len(f"    {before} = (") <= layout.WIDTH:
        return layout.assignment(before, f"{function}({arguments})", 4)
    lines = ["    (", *(f"        {target}," for target in targets)]
    return "\n".join([*lines, f"    ) = {function}({arguments})"])
