"""What is known of a table once it is in cells, and what the user says of how it is to be read."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Sheet", "Ways"]


class Ways(NamedTuple):
    """How a table is to be read, where it does not tell itself."""

    sep: str | None = None
    encoding: str | None = None
    label_column: str | None = None
    count_column: str | None = None
    holds: str | None = None
    """"counts" of the classes, or "labels", one a row."""
    sheet: str | None = None
    """Of a workbook."""


class Sheet(NamedTuple):
    """A table in cells, whatever file it was in."""

    name: str
    """Of the file, for messages."""
    header: list[str] | None
    rows: list[list[str]]
    places: list[str]
    """Where each row is: "line 3", for messages."""
    sep: str = ","

    def column(self, at: int) -> list[str]:
        """The cells of a column."""
        return [row[at].strip() for row in self.rows]

    def at(self, row: int) -> str:
        """Where a row is, for a message."""
        return f"{self.name}, {self.places[row]}"
