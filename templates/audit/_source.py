"""What a dialogue asks of whatever its bytes come from."""

from __future__ import annotations

from typing import Protocol

from ._finding import Place
from ._segments import Endpoint


class Source(Protocol):
    """Where the bytes come from."""

    @property
    def ends(self) -> tuple[Endpoint, Endpoint] | None:
        """The requestor and the acceptor; None where there are no addresses."""

    @property
    def sees_both(self) -> bool:
        """Whether what both sides send is seen."""

    def place_of(self, sender: str) -> Place:
        """Return where it is."""

    def acknowledged(self, sender: str) -> int:
        """Return how many bytes of the peer a side has acknowledged."""

    def position(self, sender: str) -> int:
        """Return how many bytes a side has sent."""
