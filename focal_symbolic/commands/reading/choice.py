"""Which column of a sheet names the classes, which counts them, and what the counts are."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from focal_symbolic.commands.reading.cells import LONGEST, Style, number_of, numeric, style_of
from focal_symbolic.commands.reading.sheet import Sheet, Ways
from focal_symbolic.commands.reading.words import (
    AVERAGES,
    INDICES,
    LABELS,
    is_count_name,
    is_file,
    is_label_name,
    is_share_name,
    is_total,
    key,
)
from focal_symbolic.commands.screen import plain
from focal_symbolic.errors import InputError

__all__ = ["classes_of", "label_column"]

SHORT = 40
"""Letters of a cell that are told."""


def classes_of(sheet: Sheet, ways: Ways) -> tuple[tuple[str, ...], tuple[int, ...] | tuple[Fraction, ...]]:
    """(the classes, their counts); shares in the place of counts are fractions that sum to 1.

    Raises: InputError that says what was found, and the option that decides.
    """
    sheet = _without_averages(_upright(sheet))
    if not sheet.rows:
        raise InputError(f"{sheet.name} has a header and no class; give at least one line with a class and its count.")
    if ways == Ways(ways.sep, ways.encoding, sheet=ways.sheet) and (found := _marked(sheet)) is not None:
        return found
    counts = _count_column(sheet, ways)
    if counts is None:
        return _tallied(sheet, label_column(sheet, ways, None))
    labels = label_column(sheet, ways, counts)
    names = [str(at) for at in range(len(sheet.rows))] if labels is None else _names(sheet, labels, counts)
    values = _values(sheet, counts, names)
    if labels is not None and ways.holds is None and ways.count_column is None and all(map(is_file, names)):
        column = f"«{plain(sheet.header[counts][:SHORT])}»" if sheet.header is not None else str(counts + 1)
        raise InputError(
            f"{sheet.name} has names of files, such as «{plain(names[0][:SHORT])}», so that each row may be an example with "
            f"its label; say --label-column {column} --holds labels if it is, or --holds counts."
        )
    _refuse_a_total(sheet, sheet.column(counts), names, values)
    return tuple(names), _counts(sheet, counts, values)


def _upright(sheet: Sheet) -> Sheet:
    """A row of counts below the names of the classes, or a report that lies on its side, stood up."""
    if sheet.header is not None and len(sheet.rows) == 1 and len(sheet.header) > 2 and _names_a_row(sheet):
        sheet = sheet._replace(header=sheet.header[1:], rows=[sheet.rows[0][1:]])
    header = sheet.header
    if header is None or not sheet.rows:
        return sheet
    report = {"precision", "recall", "support"} <= {*map(key, sheet.column(0))}
    counts = len(sheet.rows) == 1 and len(header) > 1 and all(numeric([cell], sheet.sep) for cell in sheet.rows[0])
    if not report and (
        not counts or any(map(is_label_name, header)) or any(is_count_name(name) or not name for name in header)
    ):
        return sheet
    names = ["class", *sheet.column(0)] if report else ["class", "count"]
    rows = [[name, *column] for name, *column in zip(header, *sheet.rows, strict=True)]
    places = [f"column {at}" for at in range(1, len(rows) + 1)]
    return (
        Sheet(sheet.name, names, rows[1:], places[1:], sheet.sep)
        if report
        else Sheet(sheet.name, names, rows, places, sheet.sep)
    )


def _names_a_row(sheet: Sheet) -> bool:
    """Whether the first column is the index of the one row of counts."""
    first, cell = (sheet.header or [""])[0], sheet.rows[0][0].strip()
    return (key(first) in INDICES or is_label_name(first)) and (is_count_name(cell) or (first == "" and cell in ("", "0")))


def _marked(sheet: Sheet) -> tuple[tuple[str, ...], tuple[int, ...]] | None:
    """The classes and their counts where each row is an example that has a 1 in the column of its class, and else 0."""
    if sheet.header is None or len(sheet.rows) < 2:
        return None
    places = [at for at, name in enumerate(sheet.header) if name and {*map(_bit, sheet.column(at))} <= {"0", "1"}]
    if len(places) < 2 or any(is_count_name(name) or is_label_name(name) or is_share_name(name) for name in sheet.header):
        return None
    counts = [sum(_bit(cell) == "1" for cell in sheet.column(at)) for at in places]
    once = all(sum(_bit(row[at].strip()) == "1" for at in places) == 1 for row in sheet.rows)
    return (tuple(sheet.header[at] for at in places), tuple(counts)) if once else None


def _bit(cell: str) -> str:
    return {"0.0": "0", "1.0": "1"}.get(cell, cell)


def _without_averages(sheet: Sheet) -> Sheet:
    """A classification_report without its averages."""
    if sheet.header is None or not {"precision", "recall", "support"} <= {*map(key, sheet.header)}:
        return sheet
    kept = [at for at, row in enumerate(sheet.rows) if not any(cell.strip() in AVERAGES for cell in row)]
    return sheet._replace(rows=[sheet.rows[at] for at in kept], places=[sheet.places[at] for at in kept])


def _header(sheet: Sheet) -> list[str]:
    return sheet.header if sheet.header is not None else [""] * len(sheet.rows[0])


def _told(sheet: Sheet) -> str:
    """The columns, for a message."""
    if sheet.header is None:
        return f"{len(sheet.rows[0])} columns without names"
    shown = ", ".join(f"«{plain(name[:SHORT])}»" for name in sheet.header[:8])
    return f"the columns {shown}{', ...' if len(sheet.header) > 8 else ''}"


def _named(sheet: Sheet, name: str, option: str) -> int:
    """The place of a column that an option names, by its name or, where there are none, by its number from 1."""
    if sheet.header is None:
        if name.isascii() and name.isdigit() and 1 <= int(name[:9]) <= len(sheet.rows[0]):
            return int(name) - 1
        raise InputError(
            f"{option} {plain(name)} is no column of {sheet.name}, which has {_told(sheet)}; give a number from 1."
        )
    places = [at for at, one in enumerate(sheet.header) if one == name]
    places = places or [at for at, one in enumerate(sheet.header) if key(one) == key(name)]
    if len(places) != 1:
        many = "more than one column" if places else "no column"
        raise InputError(f"{option} {plain(name)} names {many} of {sheet.name}, which has {_told(sheet)}; give one of them.")
    return places[0]


def _count_column(sheet: Sheet, ways: Ways) -> int | None:
    """The place of the counts; None where each row is an example with a label."""
    if ways.count_column is not None:
        return _named(sheet, ways.count_column, "--count-column")
    if ways.holds == "labels":
        return None
    header = _header(sheet)
    labels = None if ways.label_column is None else _named(sheet, ways.label_column, "--label-column")
    places = [at for at in range(len(header)) if at != labels]
    for kind in (lambda name: key(name) == "count", is_count_name, is_share_name):
        found = [at for at in places if kind(header[at])]
        if len(found) > 1:
            raise InputError(_which(sheet, found, "more than one column", "counts"))
        if found:
            return found[0]
    numbers = [at for at in places if numeric(sheet.column(at), sheet.sep)]
    unknown = [at for at in numbers if not is_label_name(header[at])]
    repeated = labels if labels is not None else next((at for at in places if is_label_name(header[at])), None)
    if ways.holds == "counts":
        return _one_of(sheet, unknown or numbers)
    if len(header) == 1:
        return _only_column(sheet, numbers, named=repeated is not None)
    if repeated is not None and len(set(sheet.column(repeated))) < len(sheet.rows):
        return None  # a label that occurs again is of examples
    unknown = [at for at in unknown if key(header[at]) not in INDICES or sheet.header is None] or unknown
    if sheet.header is None and len(unknown) == len(header) == 2:
        unknown = unknown[1:]  # a number and how often it occurs
    return _one_of(sheet, unknown)


def _one_of(sheet: Sheet, numbers: list[int]) -> int:
    if len(numbers) == 1:
        return numbers[0]
    header = _header(sheet)
    found = numbers or range(len(header))
    raise InputError(_which(sheet, found, "more than one column" if numbers else "no column", "counts"))


def _which(sheet: Sheet, places: Sequence[int], many: str, what: str) -> str:
    """The sentence that asks which column it is."""
    name = "1" if sheet.header is None else f"«{plain(_header(sheet)[places[0]][:SHORT])}»"
    where = f"{sheet.name}, line 1" if sheet.header is not None and sheet.places[0].startswith("line") else sheet.name
    one = "«count»" if many == "no column" else f"of {what}"
    if many == "no column" and not any(numeric(sheet.column(at), sheet.sep) for at in places):
        return (
            f"{where} has no column «count», and no other of {_told(sheet)} is of numbers; if each row is an example say which "
            "column has its label by --label-column with --holds labels (and put a line of names above, if there is none)."
        )
    return (
        f"{where} has {many} {one}, but {_told(sheet)}; say which has the {what} by --count-column, such as "
        f"--count-column {name}, or that each row is an example by --holds labels."
    )


def _only_column(sheet: Sheet, numbers: list[int], named: bool) -> int | None:
    """One column: labels, or counts of classes without names."""
    if named or not numbers:
        return None
    values = [number_of(cell, style_of(sheet.column(0), sheet.sep)) for cell in sheet.column(0)]
    whole = [value for value in values if value is not None and value.denominator == 1]
    if len(whole) < len(values) or max(whole) > len(whole) or len(set(whole)) == len(whole):
        return 0  # shares; or numbers that as labels would say nothing
    raise InputError(
        f"{sheet.name} has {len(values)} whole numbers from {min(whole)} to {max(whole)} and no name of a column, which may be "
        "labels of examples or counts of classes; say --holds labels or --holds counts."
    )


def label_column(sheet: Sheet, ways: Ways, counts: int | None) -> int | None:
    """The place of the names of the classes; None where they have none.

    Raises: InputError where there is no such column.
    """
    if ways.label_column is not None:
        return _named(sheet, ways.label_column, "--label-column")
    header = _header(sheet)
    places = [at for at in range(len(header)) if at != counts and any(sheet.column(at))]
    if not places:
        return None

    def rank(at: int) -> tuple[bool, bool, int]:
        name = key(header[at])
        repeats = counts is not None and len(set(sheet.column(at))) < len(sheet.rows)
        known = LABELS.index(name) if name in LABELS else len(LABELS)
        return repeats, numeric(sheet.column(at), sheet.sep) and known == len(LABELS), known

    best = min(places, key=rank)
    if counts is None and not is_label_name(header[best]) and len(places) > 1:
        raise InputError(
            f"{sheet.name} has {_told(sheet)}, none of them known for labels; say which has them by --label-column."
        )
    return best


def _names(sheet: Sheet, labels: int, counts: int | None) -> list[str]:
    """The classes, each named once."""
    seen: dict[str, int] = {}
    what = "count" if counts is None or sheet.header is None else sheet.header[counts]
    for row, name in enumerate(sheet.column(labels)):
        if not name:
            raise InputError(f"{sheet.at(row)} has a {plain(what[:SHORT])} and no class; name it, or take the row out.")
        if name in seen:
            raise InputError(
                f"{sheet.at(row)} repeats the class «{plain(name[:SHORT])}» of {sheet.places[seen[name]]}; give each once, "
                "with its counts added up, or if each row is an example say --holds labels."
            )
        seen[name] = row
    return [*seen]


def _tallied(sheet: Sheet, labels: int | None) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """How often each label occurs, in the order in which they come."""
    found: dict[str, int] = {}
    for row, name in enumerate(sheet.column(labels or 0)):
        if not name:
            raise InputError(f"{sheet.at(row)} has no label; give one, or take the row out.")
        found[name] = found.get(name, 0) + 1
    return tuple(found), tuple(found.values())


def _values(sheet: Sheet, at: int, names: list[str]) -> list[Fraction]:
    """The numbers of a column. Raises: InputError for what is none."""
    cells = sheet.column(at)
    style = style_of([cell for cell in cells if cell], sheet.sep)
    column = "count" if sheet.header is None else sheet.header[at][:SHORT] or "count"
    what = column if is_count_name(column) or is_share_name(column) else "count"
    _refuse_two_readings(sheet, cells, style)
    values = []
    for row, cell in enumerate(cells):
        value = number_of(cell, style)
        if not cell:
            raise InputError(f"{sheet.at(row)} has no {what} for the class «{plain(names[row][:SHORT])}»; give a whole number.")
        if value is None:
            raise InputError(f"{sheet.at(row)} has the {what} «{plain(cell[:SHORT])}», {_why(cell)}.")
        if value < 0:
            raise InputError(
                f"{sheet.at(row)} has the {what} {plain(cell[:SHORT])}, which is negative; counts must be at least 0."
            )
        values.append(value)
    return values


def _why(cell: str) -> str:
    """What is wrong with a cell that is no number, and how it would be written."""
    digits = cell.replace("_", "")
    if len(cell) > LONGEST:
        return f"which has {len(cell)} characters; give at most {LONGEST}"
    if digits.isdecimal():
        written = "".join(str(int(one)) for one in digits)
        sign = "an underscore" if digits != cell else "digits of another script"
        return f"which is not an integer but has {sign}; write {written}"
    if cell.casefold() in ("nan", "na", "n/a", "null", "none", "-", "inf"):
        return "which is no number; give a whole number, 0 for a class that does not occur"
    return "which is not an integer; give a whole number"


def _refuse_two_readings(sheet: Sheet, cells: list[str], style: Style) -> None:
    if not style.ambiguous:
        return
    row = next(at for at, cell in enumerate(cells) if "." in cell or "," in cell)
    digits = "".join(one for one in cells[row] if one.isdigit())
    raise InputError(
        f"{sheet.at(row)} has the count «{cells[row]}», which may be {digits} or {digits[:-3]}; write it without its mark."
    )


def _refuse_a_total(sheet: Sheet, cells: list[str], names: list[str], values: list[Fraction]) -> None:
    """Raises: InputError for a row that adds up the others."""
    total, whole = sum(values, Fraction(0)), all(value.denominator == 1 for value in values)
    room = 0 if whole else Fraction(len(values), 2 * 10 ** max(map(_places, cells))) / (100 if "%" in "".join(cells) else 1)
    for row, (name, value) in enumerate(zip(names, values, strict=True)):
        if is_total(name) and len(values) > 2 and abs(2 * value - total) <= room and total > 0:
            raise InputError(
                f"{sheet.at(row)} has the class «{plain(name[:SHORT])}» with the sum of all other counts; take that row out."
            )


def _counts(sheet: Sheet, at: int, values: list[Fraction]) -> tuple[int, ...] | tuple[Fraction, ...]:
    """Whole numbers as they are; shares and percentages, whose sum is 1 to the digits that are given, made to sum to 1."""
    cells = sheet.column(at)
    percent = ["%" in cell for cell in cells]
    if all(value.denominator == 1 for value in values) and not any(percent):
        if sum(values) == 1 and len(values) > 1 and is_share_name(_header(sheet)[at]):
            return tuple(values)
        return tuple(int(value) for value in values)
    total, places = sum(values, Fraction(0)), max(map(_places, cells))
    room = Fraction(len(values), 2 * 10**places)
    if not any(percent) and abs(total - 100) <= room and total > 2:
        percent = [True] * len(cells)
        values, total = [value / 100 for value in values], total / 100
    if all(percent):
        room /= 100
    if (all(percent) or not any(percent)) and abs(total - 1) <= room:
        return tuple(value / total for value in values)
    row = percent.index(True) if any(percent) else _first(values, lambda value: value.denominator != 1)
    told, found = f"{math.floor(total * 10**6) / 10**6:g}", plain(cells[row][:SHORT])
    marked = re.fullmatch(r"([1-9][0-9]{0,2})[.,]([0-9]{3})", cells[row])
    perhaps = f" (with a mark between thousands it would be {marked[1]}{marked[2]})" if marked else ""
    raise InputError(
        f"{sheet.at(row)} has the count «{found}», which is not an integer{perhaps}, and the column sums to {told}, "
        "so that it has no shares either; give whole numbers, or shares that sum to 1 or 100 %."
    )


def _first(values: list[Fraction], holds: Callable[[Fraction], bool]) -> int:
    return next(at for at, value in enumerate(values) if holds(value))


def _places(cell: str) -> int:
    """How many digits are behind the point."""
    body = cell.rstrip("% ").partition("e")[0]
    return len(body) - 1 - max(body.rfind("."), body.rfind(",")) if "." in body or "," in body else 0
