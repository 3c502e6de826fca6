"""Tables of classes, as CSV files: their counts, and their weights."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from focal_symbolic.commands.screen import plain
from focal_symbolic.errors import InputError

if TYPE_CHECKING:
    from fractions import Fraction

    from focal_symbolic.distribution import Distribution

__all__ = ["data_of", "read_counts", "read_outputs", "read_weights"]


def read_counts(path: Path) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The classes and their counts from a CSV file with the columns class and count, in UTF-8 with or without a BOM.

    Raises: InputError that names the file and the line.
    """
    names, cells, places = _read_column(path, "count")
    for count, place in zip(cells, places, strict=True):
        if not re.fullmatch(r"[+-]?[0-9]{1,1000}", count):
            raise InputError(f"{place} has the count «{plain(count[:40])}», which is not an integer; give a whole number.")
        if int(count) < 0:
            raise InputError(f"{place} has the count {count}, which is negative; counts must be at least 0.")
    counts = tuple(map(int, cells))
    _refuse_a_total(names, counts, places)
    return names, counts


def read_weights(path: Path, labels: tuple[str, ...]) -> tuple[Fraction, ...]:
    """The weights of the labels from a CSV file with the columns class and weight.

    Raises: InputError that names the file and the line.
    """
    from focal_symbolic.distribution import exact_number

    names, cells, places = _read_column(path, "weight")
    known, found = set(labels), {}
    for name, cell, place in zip(names, cells, places, strict=True):
        if name not in known:
            raise InputError(
                f"{place} has a weight for the class «{plain(name[:40])}», which has no count; mend one of the two files."
            )
        found[name] = exact_number(cell, f"{place}: the weight")
        if found[name] < 0:
            raise InputError(f"{place} has the weight {plain(cell[:40])}, which is negative; weights must be at least 0.")
    for label in labels:
        if label not in found:
            raise InputError(f"{path} has no weight for the class «{plain(label[:40])}»; give one for each class.")
    return tuple(found[label] for label in labels)


def read_outputs(path: Path, columns: list[str] | None, logits: bool) -> tuple[list[str], list[list[str]], list[int]]:
    """(header, rows, places of the outputs) of a CSV file with a column for each output of a model.

    Args: columns name the outputs; else they are the columns all of whose cells are numbers, and unless they are `logits` from
        0 to 1.
    Raises: InputError that names the file and the line.
    """
    reader = csv.reader(StringIO(_text_of(path, "..."), newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise InputError(
                    f"{path}, line {reader.line_num} has {len(row)} fields and the header has {len(header)}; "
                    "give one for each column."
                )
            rows.append(row)
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num} is not well-formed CSV ({error}); mend its quotes.") from None
    if not rows:
        raise InputError(f"{path} has no row of outputs; give a header and a row for each output of the model.")
    if header and all(_is_output(cell, True) for cell in header):
        raise InputError(f"{path}, line 1 has numbers where a header names the columns; add one.")
    if columns is None:
        places = [at for at, name in enumerate(header) if name and all(_is_output(row[at], logits) for row in rows)]
        if not places:
            kind = "numbers" if logits else "numbers from 0 to 1"
            raise InputError(f"{path} has no column of {kind}; name the outputs by --columns, or say --logits for logits.")
        return header, rows, places
    places = []
    for name in columns:
        if header.count(name.strip()) != 1:
            raise InputError(f"{path} has no single column «{plain(name.strip())}»; --columns must name columns of line 1.")
        places.append(header.index(name.strip()))
        for number, row in enumerate(rows, 1):
            if not _is_output(row[places[-1]], True):
                raise InputError(
                    f"{path}, row {number} has «{plain(row[places[-1]][:40])}» in the column «{plain(name.strip())}», "
                    "which is no finite number; mend it."
                )
    return header, rows, places


def _is_output(cell: str, logits: bool) -> bool:
    """Whether a cell is a finite number, and unless for logits one from 0 to 1."""
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?", cell.strip()):
        return False
    return logits or 0 <= float(cell) <= 1


def _read_column(path: Path, column: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(classes, cells of a column, places for messages) of a CSV file with the columns class and `column`.

    Raises: InputError that names the file and the line.
    """
    rows = csv.reader(StringIO(_text_of(path, column), newline=""), strict=True)
    seen: dict[str, int] = {}
    cells, places = [], []
    try:
        header = [cell.strip() for cell in next(rows, [])]
        for name in ("class", column):
            if header.count(name) != 1:
                found = "no column" if name not in header else "more than one column"
                raise InputError(f"{path}, line 1 has {found} «{name}»; the header must name class and {column} once each.")
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            place = f"{path}, line {rows.line_num}"
            if len(row) != len(header):
                raise InputError(f"{place} has {len(row)} fields and the header has {len(header)}; give one for each column.")
            name, cell = (row[header.index(one)].strip() for one in ("class", column))
            if not name:
                raise InputError(f"{place} has a {column} and no class; name it.")
            if name in seen:
                raise InputError(f"{place} repeats the class «{plain(name)}» of line {seen[name]}; give each class once.")
            seen[name] = rows.line_num
            cells.append(cell)
            places.append(place)
    except csv.Error as error:
        raise InputError(f"{path}, line {rows.line_num} is not well-formed CSV ({error}); mend its quotes.") from None
    if not cells:
        raise InputError(f"{path} has a header and no class; give at least one line class,{column}.")
    return tuple(seen), tuple(cells), tuple(places)


def _text_of(path: Path, column: str) -> str:
    """The text of a file in UTF-8. Raises: InputError where it cannot be read, or is none."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"{path} cannot be read ({reason.lower()}); give a CSV file with the columns class,{column}."
        ) from None
    if (kind := next((kind for start, kind in _BINARY.items() if data.startswith(start)), None)) is not None:
        raise InputError(f"{path} is {kind}; give a CSV file of text with the columns class,{column}.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}, line {number} is not UTF-8 text; save the file as UTF-8.") from None
    if "\0" in text:
        number = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(f"{path}, line {number} holds a NUL byte, so this is binary data; give a CSV file of text.")
    return text


_BINARY = {
    b"\x93NUMPY": "an array of NumPy",
    b"PAR1": "a Parquet file",
    b"PK\x03\x04": "a spreadsheet or another zip file",
    b"\x1f\x8b": "compressed by gzip",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
}
"""How files begin that are taken for tables."""
_TOTALS = {"total", "totals", "sum", "all", "grand total", "overall"}


def _refuse_a_total(names: tuple[str, ...], counts: tuple[int, ...], places: tuple[str, ...]) -> None:
    """Raises: InputError for a row that adds up the others."""
    for name, count, place in zip(names, counts, places, strict=True):
        if name.casefold().strip(" :") in _TOTALS and len(counts) > 2 and 2 * count == sum(counts) > 0:
            raise InputError(f"{place} has the class «{plain(name)}» with the sum of all other counts; take that row out.")


def data_of(p: tuple[str, ...], counts: Path | None) -> tuple[tuple[str, ...], Distribution | tuple[str, ...]]:
    """Labels and data distribution, from the command line or from a file of counts."""
    if counts is None:
        return tuple(str(place) for place in range(1, len(p) + 1)), p
    if p:
        raise InputError("give either probabilities or --counts FILE, not both.")
    labels, numbers = read_counts(counts)
    from focal_symbolic.distribution import Distribution

    return labels, Distribution.from_counts(numbers, name=f"the counts of {counts}")
