"""Workbooks of Excel as sheets of cells."""

from __future__ import annotations

import io
import warnings
from typing import Any

from focal_symbolic.commands.reading.sheet import Sheet, Ways
from focal_symbolic.commands.reading.text import headed
from focal_symbolic.commands.screen import plain
from focal_symbolic.errors import InputError

__all__ = ["sheet_of_workbook"]


def sheet_of_workbook(name: str, data: bytes, ways: Ways) -> Sheet:
    """The cells of the one sheet that has any, or of that which is asked for; what is computed there is as it was saved.

    Raises: InputError that says what was found, and the option that decides.
    """
    found = {title: rows for title, rows in _cells(name, data).items() if rows or title == ways.sheet}
    told = ", ".join(f"«{plain(title[:40])}»" for title in [*found][:8])
    if ways.sheet is None and len(found) != 1:
        more = f"{len(found)} sheets with cells, {told}; say which by --sheet" if found else "no cell; give one with a table"
        raise InputError(f"{name} is a workbook with {more}.")
    if ways.sheet is not None and ways.sheet not in found:
        raise InputError(
            f"--sheet {plain(ways.sheet)} is no sheet of {name}, which has {told or 'none with a cell'}; give one."
        )
    ((title, rows),) = found.items() if ways.sheet is None else ((ways.sheet, found[ways.sheet]),)
    if not rows:
        raise InputError(f"{name} has no cell in its sheet «{plain(title[:40])}»; give one with a table.")
    columns = [at for at in range(len(rows[0][1])) if any(row[at] for _, row in rows)]
    cells = [[row[at] for at in columns] for _, row in rows]
    return headed(Sheet(name, None, cells, [f"row {number}" for number, _ in rows], "\t"), ways)


def _cells(name: str, data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """By sheet: the rows that have a cell, with their numbers from 1."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise InputError(
            f"{name} is a workbook of Excel, which needs openpyxl; install the extra tables "
            "(pip install 'focal-symbolic[tables]') or save the sheet as CSV."
        ) from None
    found = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and of other things that are no cells
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for sheet in book.worksheets:
                rows = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
                width = max(map(len, rows), default=0)
                numbered = [(at, [*row, *([""] * (width - len(row)))]) for at, row in enumerate(rows, 1) if any(row)]
                found[sheet.title] = numbered
    except Exception as error:  # whatever it says of a file that is spoiled
        told = plain(" ".join(str(error).split())[:80].lower())
        raise InputError(f"{name} is no whole workbook of Excel ({told}); save it anew, or the sheet as CSV.") from None
    return found


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
