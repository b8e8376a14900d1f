"""Of what is tried, what shows one thing and least else."""

from __future__ import annotations

from collections.abc import Iterator

from dimsegen.witness.least import least


def is_a(letter: str) -> bool:
    return letter == "a"


def test_what_shows_nothing_else_goes_before_what_came_first() -> None:
    found = least(["bab", "b", "ab", "aa", "a"], tuple, is_a)
    assert found is not None
    assert (found.tried, found.said, found.others) == ("aa", ("a", "a"), 0)


def test_where_nothing_shows_it_alone_the_first_with_least_else_is_taken() -> None:
    found = least(["abb", "ba", "ab", "bbb"], tuple, is_a)
    assert found is not None
    assert (found.tried, found.others) == ("ba", 1)


def test_what_never_shows_it_is_not_found() -> None:
    assert least(["b", "", "bb"], tuple, is_a) is None


def test_no_more_is_tried_than_is_needed() -> None:
    taken = []

    def tries() -> Iterator[str]:
        for each in ("b", "a", "a"):
            taken.append(each)
            yield each

    least(tries(), tuple, is_a)
    assert taken == ["b", "a"]
