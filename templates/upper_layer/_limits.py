"""How long and how much an asyncio end bears of its peer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .._reassembler import Reassembler

# A day, beyond which loops differ in what they take.
_LONGEST: Final = 86_400


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of silence that are borne; see `serve` for the others."""

    timeout: float
    spool_threshold: int | None
    max_data_set: int | None

    def __post_init__(self) -> None:
        if not isinstance(self.timeout, int | float):
            raise TypeError(f"timeout is a number of seconds, not {type(self.timeout).__name__}")
        if not 0 < self.timeout <= _LONGEST:
            raise ValueError(f"timeout is more than 0 and at most {_LONGEST} s, not {self.timeout}")

    def reassembler(self) -> Reassembler:
        return Reassembler(spool_threshold=self.spool_threshold, max_data_set=self.max_data_set)
