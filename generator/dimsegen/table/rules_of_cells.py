"""The rules that the rows of a table with usage codes must keep, and what is said otherwise."""

RULES: dict[str, str] = {
    "renamed-still-here": "{keyword}: renamed from {other}, which is still here: remove "
    "renamed_from, or the other",
    "renamed-twice": "{keyword}: renamed from {other}, and so is {owner}: remove renamed_from from "
    "one of them",
    "missing-column": '{keyword}: no {column} cell: write one, "-" if it is a dash',
    "unknown-usage": "{keyword}: {text!r} is not a usage code{hint}",
    "equal-in-first-column": "{keyword}: (=) in the {column} column has no column to its left: "
    "remove it",
    "equal-to-nothing": "{keyword}: (=) has only a dash to its left: remove it or correct the "
    "{column} cell",
    "equal-dash": "{keyword}: a dash takes no (=): remove it",
    "equal-in-column": "{keyword}: (=) is for the {column} column: remove it",
    "all-absent": "{keyword}: a dash in every column: remove the row or correct a cell",
}
