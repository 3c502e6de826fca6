"""Cells as numbers: thousands separated, or a comma for the point, where the whole column is so; percents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

__all__ = ["LONGEST", "Style", "number_of", "numeric", "style_of"]

LONGEST = 1000
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_BLANK_BETWEEN = re.compile(r"(?<=[0-9])[ \u00a0\u202f\u2009'’](?=[0-9]{3}(?![0-9]))")


class Style(NamedTuple):
    """How the numbers of a column are written."""

    decimal: str = "."
    thousands: str = ""
    ambiguous: bool = False
    """Whether every mark in it may be either."""


def _grouped(cell: str, mark: str) -> bool:
    """Whether a mark separates groups as in 1,200 or, in India, 12,34,567."""
    part = re.escape(mark)
    return re.fullmatch(rf"[+-]?[1-9][0-9]{{0,2}}(?:{part}[0-9]{{2,3}})*{part}[0-9]{{3}}%?", cell) is not None


def style_of(cells: Sequence[str], sep: str = ",") -> Style:
    """What point and comma mean in a column."""
    commas = [cell for cell in cells if "," in cell]
    points = [cell for cell in cells if "." in cell]
    both = [cell for cell in commas if "." in cell]
    if both:
        last = max(both[0].rindex("."), both[0].rindex(","))
        return Style(both[0][last], "," if both[0][last] == "." else ".")
    if commas:
        if all(_grouped(cell, ",") for cell in commas):
            unsure = not points and sep != "," and all(re.search(r",0+%?$", cell) for cell in commas)
            return Style(".", ",", unsure)
        return Style(",", "." if points and all(_grouped(cell, ".") for cell in points) else "")
    if any(cell.count(".") > 1 for cell in points):
        return Style(",", ".")
    return Style(ambiguous=bool(points) and all(re.fullmatch(r"[1-9][0-9]{0,2}\.000", cell) for cell in points))


def number_of(cell: str, style: Style) -> Fraction | None:
    """The number in a cell, of percents a hundredth; None where there is none. Other digits than 0 to 9 are no number here."""
    text = _BLANK_BETWEEN.sub("", cell.strip())
    percent = text.endswith("%")
    text = text.rstrip("%").rstrip() if percent else text
    if style.thousands:
        body = text.partition(style.decimal)[0]
        if style.thousands in body and not _grouped(body, style.thousands):
            return None
        text = text.replace(style.thousands, "")
    text = text.replace(style.decimal, ".") if style.decimal != "." else text
    if len(text) > LONGEST or _PLAIN.fullmatch(text) is None:
        return None
    return Fraction(text) / (100 if percent else 1)


def numeric(cells: Sequence[str], sep: str = ",") -> bool:
    """Whether a column is of numbers, those that are missing aside."""
    there = [cell.strip() for cell in cells if cell.strip()]
    style = style_of(there, sep)
    return bool(there) and all(number_of(cell, style) is not None for cell in there)
