"""Tables in: counts of classes, weights of classes, and the outputs of a model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from focal_symbolic.commands.reading import Sheet, Ways, classes_of, label_column, number_of, numeric, sheet_of, style_of
from focal_symbolic.commands.screen import plain
from focal_symbolic.errors import InputError

if TYPE_CHECKING:
    from focal_symbolic.distribution import Distribution

__all__ = ["data_of", "multiples", "read_counts", "read_outputs", "read_weights"]

SHORT = 40
"""Letters of a cell that are told."""


def read_counts(path: Path, ways: Ways = Ways()) -> tuple[tuple[str, ...], tuple[int, ...] | tuple[Fraction, ...]]:
    """The classes and their counts from a file, or from standard input for «-»; shares are fractions that sum to 1.

    Raises: InputError that names the file and the line, what was found and the mend.
    """
    return classes_of(sheet_of(path, ways), ways)


def multiples(counts: Sequence[int] | Sequence[Fraction]) -> tuple[int, ...]:
    """Whole numbers in the same proportions."""
    scale = math.lcm(*(Fraction(count).denominator for count in counts))
    return tuple(int(count * scale) for count in counts)


def read_weights(
    path: Path, labels: tuple[str, ...], ways: Ways = Ways()
) -> tuple[Fraction, ...] | tuple[tuple[Fraction, Fraction], ...]:
    """The weights of the labels from a table with the columns class and weight, or class and those of positives and negatives.

    Raises: InputError that names the file and the line.
    """
    sheet = sheet_of(path, ways._replace(label_column=None, count_column=None, holds=None))
    places = _weight_columns(sheet)
    column = label_column(sheet, Ways(), places[0])
    if column is None:
        raise InputError(f"{sheet.name} has weights and no classes; give a column class.")
    known, found = set(labels), {}
    for row, name in enumerate(sheet.column(column)):
        place = sheet.at(row)
        if name not in known:
            raise InputError(
                f"{place} has a weight for the class «{plain(name[:SHORT])}», which has no count; mend one of the two files."
            )
        if name in found:
            raise InputError(f"{place} repeats the class «{plain(name[:SHORT])}»; give each class once.")
        found[name] = tuple(_weight(sheet, row, at) for at in places)
    for label in labels:
        if label not in found:
            raise InputError(f"{path} has no weight for the class «{plain(label[:SHORT])}»; give one for each class.")
    if len(places) == 1:
        return tuple(found[label][0] for label in labels)
    return tuple((found[label][0], found[label][1]) for label in labels)


def _weight_columns(sheet: Sheet) -> list[int]:
    """The place of the weights, or those of the positives and of the negatives."""
    header = [] if sheet.header is None else [name.strip().casefold() for name in sheet.header]
    pairs = [[at for at, name in enumerate(header) if name.startswith(side)] for side in ("pos", "neg")]
    if all(len(found) == 1 for found in pairs):
        return [pairs[0][0], pairs[1][0]]
    found = [at for at, name in enumerate(header) if name in ("weight", "weights", "alpha", "α", "w", "class_weight")]
    if len(found) != 1:
        told = ", ".join(f"«{plain(name[:SHORT])}»" for name in header[:8]) or "no names of columns"
        raise InputError(
            f"{sheet.name}, line 1 has {'more than one' if found else 'no'} column «weight», but {told}; name them class "
            "and weight, or class, positive and negative."
        )
    return found


def _weight(sheet: Sheet, row: int, at: int) -> Fraction:
    from focal_symbolic.distribution import exact_number

    cell = sheet.rows[row][at].strip()
    value = exact_number(cell, f"{sheet.at(row)}: the weight")
    if value < 0:
        raise InputError(
            f"{sheet.at(row)} has the weight {plain(cell[:SHORT])}, which is negative; weights must be at least 0."
        )
    return value


def read_outputs(
    path: Path, columns: list[str] | None, logits: bool, ways: Ways = Ways()
) -> tuple[list[str], list[list[str]], list[int], list[list[float]]]:
    """(header, rows, places of the outputs, the outputs) of a table with a column for each output of a model.

    Args: columns name the outputs; else they are the columns all of whose cells are numbers, and unless they are `logits` from
        0 to 1.
    Raises: InputError that names the file and the line.
    """
    sheet = sheet_of(path, ways)
    if not sheet.rows:
        raise InputError(f"{sheet.name} has no row of outputs; give a header and a row for each output of the model.")
    if sheet.header is None:
        raise InputError(f"{sheet.name}, line 1 has numbers where a header names the columns; add one.")
    header = sheet.header
    if header and all(numeric([cell], sheet.sep) and "." in cell for cell in header):
        raise InputError(f"{sheet.name}, line 1 has numbers where a header names the columns; add one.")
    if columns is None:
        read = {at: _outputs(sheet, at) for at, name in enumerate(header) if name}
        places = [at for at, values in read.items() if values is not None and (logits or all(0 <= one <= 1 for one in values))]
        if not places:
            kind = "numbers" if logits else "numbers from 0 to 1"
            raise InputError(
                f"{sheet.name} has no column of {kind}; name the outputs by --columns, or say --logits for logits."
            )
    else:
        places = [_place(sheet, name.strip()) for name in columns]
        read = {at: _outputs(sheet, at) for at in places}
    found = [read[at] for at in places]
    for at, values in zip(places, found, strict=True):
        if values is None:
            _refuse_a_cell(sheet, at)
    return header, sheet.rows, places, [list(row) for row in zip(*(one for one in found if one is not None), strict=True)]


def _outputs(sheet: Sheet, at: int) -> list[float] | None:
    """The numbers of a column; None where one is none."""
    cells = sheet.column(at)
    style = style_of(cells, sheet.sep)
    values = [number_of(cell, style) for cell in cells]
    return [float(value) for value in values if value is not None] if None not in values else None


def _place(sheet: Sheet, name: str) -> int:
    header = sheet.header or []
    if header.count(name) != 1:
        raise InputError(f"{sheet.name} has no single column «{plain(name)}»; --columns must name columns of line 1.")
    return header.index(name)


def _refuse_a_cell(sheet: Sheet, at: int) -> None:
    style = style_of(sheet.column(at), sheet.sep)
    row = next(row for row, cell in enumerate(sheet.column(at)) if number_of(cell, style) is None)
    raise InputError(
        f"{sheet.name}, row {row + 1} has «{plain(sheet.rows[row][at][:SHORT])}» in the column "
        f"«{plain((sheet.header or [])[at])}», which is no finite number; mend it."
    )


def data_of(
    p: tuple[str, ...], counts: Path | None, ways: Ways = Ways()
) -> tuple[tuple[str, ...], Distribution | tuple[str, ...]]:
    """Labels and data distribution, from the command line or from a file of counts."""
    if counts is None:
        return tuple(str(place) for place in range(1, len(p) + 1)), p
    if p:
        raise InputError("give either probabilities or --counts FILE, not both.")
    labels, numbers = read_counts(counts, ways)
    from focal_symbolic.distribution import Distribution

    return labels, Distribution.from_counts(multiples(numbers), name=f"the counts of {counts}")
