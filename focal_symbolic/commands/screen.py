"""Text on a screen: how wide it is, where a line is broken, and what a name may do to a terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import IO

from rich.cells import cell_len as cells

__all__ = ["PIPED", "columns_of", "padded", "plain", "table_width", "together", "width", "wrapped"]

PIPED = 80
"""Columns where there is no terminal."""
MOST = 120
"""Text is not made wider than this, however wide the terminal is."""
LEAST = 40


def width(stream: IO[str]) -> int:
    """The columns to be used on a stream: those of its terminal, up to 120; 80 where it is none."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else PIPED
    except (OSError, ValueError):
        columns = PIPED
    return max(LEAST, min(columns, MOST))


def table_width(stream: IO[str]) -> int:
    """The columns to be used for a table: those of a terminal; without one it is data, and comes in one part."""
    return width(stream) if stream.isatty() else sys.maxsize


def padded(text: str, columns: int) -> str:
    """A text with blanks behind it up to so many columns."""
    return text + " " * (columns - cells(text))


def plain(text: str) -> str:
    """A text from outside as it may be shown: what steers a terminal or turns the direction of text is written out."""
    return "".join(
        one if one.isprintable() else f"\\x{ord(one):02x}" if ord(one) < 256 else f"\\u{ord(one):04x}" for one in text
    )


def wrapped(text: str, columns: int, first: str = "", later: str | None = None) -> list[str]:
    """The lines of a text of at most so many columns, broken between words; a formula without blanks after a sign.

    `first` stands before the first line, `later` before the others; without it, as many blanks.
    """
    later = " " * cells(first) if later is None else later
    lines: list[str] = []
    line, empty = first, True
    text = re.sub(r"(?<= )([−+]|\bln) (?=\S)", rf"\1{_GLUE}", text)  # a line may begin with a sign and does not end with one
    for word in re.split(r"[ \n]+", text.strip()):
        for piece in _pieces(word, columns - max(cells(first), cells(later))):
            gap = "" if empty or piece.glued else " "
            if not empty and cells(line) + len(gap) + cells(piece.text) > columns:
                lines.append(line)
                line, gap = later, ""
            line, empty = line + gap + piece.text, False
    return [told.replace(_GLUE, " ").rstrip() for told in (*lines, line)]


def together(text: str, most: int = 30) -> str:
    """A short text that `wrapped` does not break; a longer one as it is."""
    return text.replace(" ", _GLUE) if cells(text) <= most else text


class _Piece:
    """A part of a word; `glued`: to be set right behind the part before it."""

    def __init__(self, text: str, glued: bool) -> None:
        self.text, self.glued = text, glued


_GLUE = "\N{NO-BREAK SPACE}"
_BREAKS = f"·/;,)]{_GLUE}"
"""Signs behind which a formula that does not fit on a line may be broken."""


def _pieces(word: str, room: int) -> list[_Piece]:
    """A word in one piece, or if it is too long for a line in as few as fit, broken behind a sign of a formula."""
    pieces: list[_Piece] = []
    while cells(word) > room:
        end = max((at + 1 for at in range(room - 1) if word[at] in _BREAKS), default=room)
        pieces.append(_Piece(word[:end], bool(pieces)))
        word = word[end:]
    return [*pieces, _Piece(word, bool(pieces))]


def columns_of(names: Sequence[str], head: Sequence[str], rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """A table with names before its rows and a head above; one that is too wide comes in parts, one below the other."""
    left = max(map(cells, names))
    widths = [max(map(cells, column)) for column in zip(head, *rows, strict=True)]
    lines: list[str] = []
    at = 0
    while at < len(head):
        end, room = at + 1, left + 2 + widths[at]
        while end < len(head) and room + 2 + widths[end] <= columns:
            room += 2 + widths[end]
            end += 1
        part = slice(at, end)
        lines += [""] if lines else []
        for name, row in zip(names, (head, *rows), strict=True):
            told = (padded(cell, w) for cell, w in zip(row[part], widths[part], strict=True))
            lines.append("  ".join([padded(name, left), *told]).rstrip())
        at = end
    return lines
