"""Text as rows of cells: which sign separates them, whether there is a header, and forms that are no CSV."""

from __future__ import annotations

import csv
import re
from io import StringIO

from focal_symbolic.commands.reading.cells import numeric
from focal_symbolic.commands.reading.sheet import Sheet, Ways
from focal_symbolic.commands.reading.words import AVERAGES, is_count_name, is_label_name
from focal_symbolic.commands.screen import plain
from focal_symbolic.errors import InputError

__all__ = ["headed", "sheet_of_text"]

SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
RARE = (":", "=", "~", "^")
"""Signs that separate where each line is a name, the sign and a number."""
GIVEN = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|", "space": " "}
"""What may be said for a sign that is hard to type."""
_REPORT = re.compile(r"\s*precision\s+recall\s+f1-score\s+support\s*")
_RULE = re.compile(r"[\s|+:-]*-{2}[\s|+:-]*")
_ROWS = re.compile(r"\s*\([0-9]+ rows?\)\s*")
_FOOT = re.compile(r"(?:Name: .*, )?(?:Length: [0-9]+, )?dtype: \w+")


def sheet_of_text(name: str, text: str, ways: Ways) -> Sheet:
    """The cells of a text. Raises: InputError that names the file and the line."""
    text = text.removeprefix("\ufeff")
    if (match := re.match(r"sep=(.)\r?\n", text)) and ways.sep is None:  # a line for spreadsheets
        text, ways = "\n" + text[match.end() :], ways._replace(sep=match[1])
    text = _without_rules(text)
    if not text.strip():
        raise InputError(f"{name} is empty; give a table of classes and counts, such as the lines class,count and cat,1200.")
    first = next(line for line in text.splitlines() if line.strip())
    if _REPORT.fullmatch(first):
        return _report(name, text)
    sep = GIVEN.get(ways.sep, ways.sep) if ways.sep is not None else _separator(name, text, first)
    if len(sep) != 1:
        raise InputError(f"--sep {plain(repr(ways.sep))} is not one sign; give one such as , or ; or tab.")
    if sep == " " or (sep == "" or not _has(first, sep)):
        spaced = _spaced(name, text)
        if spaced is not None:
            return headed(spaced, ways)
    return headed(_delimited(name, text, sep if sep.strip() or sep == "\t" else ","), ways)


def _without_rules(text: str) -> str:
    """A text without the lines that databases draw around a table, without «# » before its header, and other notes above it.

    What is left out leaves an empty line, so that lines keep their numbers.
    """
    lines = text.split("\n")
    there = [at for at, line in enumerate(lines) if line.strip()]
    if any("|" in lines[at] and not _RULE.fullmatch(lines[at]) for at in there[:2]):
        foot = [at for at in there[-1:] if _ROWS.fullmatch(lines[at])]
        for at in [at for at in there if _RULE.fullmatch(lines[at])] + foot:
            lines[at] = ""
    notes = [at for at in there if lines[at].startswith("# ")]
    if notes and notes == there[: len(notes)] and len(notes) < len(there):
        below = lines[there[len(notes)]]
        for at in notes:
            alike = at == notes[-1] and any(_cells(lines[at], sep) == _cells(below, sep) > 1 for sep in SEPARATORS)
            lines[at] = lines[at][2:] if alike else ""
    return "\n".join(lines)


def _cells(line: str, sep: str) -> int:
    """How many cells a line has."""
    return len(next(csv.reader([line], delimiter=sep, skipinitialspace=True), []))


def _has(line: str, sep: str) -> bool:
    return _cells(line, sep) > 1


def _separator(name: str, text: str, first: str) -> str:
    """The sign that separates cells, by the first line and then by all."""
    found = [sep for sep in SEPARATORS if _has(first, sep)]
    if len(found) > 1:
        found = [sep for sep in found if _even(text, sep)] or found[:1]
    if len(found) > 1:
        named = " or ".join(SEPARATORS[sep] for sep in found)
        raise InputError(f"{name} may be separated by {named}; say which by --sep, such as --sep «{found[0]}».")
    return found[0] if found else next((sep for sep in RARE if _pairs(text, sep)), ",")


def _pairs(text: str, sep: str) -> bool:
    """Whether all lines are a name, the sign, and a number; a header aside."""
    pairs = [[cell.strip() for cell in line.split(sep)] for line in text.splitlines() if line.strip()]
    if any(len(pair) != 2 or not all(pair) for pair in pairs):
        return False
    return numeric([last for _, last in pairs[1:] or pairs], sep) and not any(numeric([first], sep) for first, _ in pairs)


def _even(text: str, sep: str) -> bool:
    """Whether all lines have as many cells."""
    try:
        return (
            len(
                {
                    len(row)
                    for row in csv.reader(StringIO(text, newline=""), delimiter=sep, strict=True, skipinitialspace=True)
                    if row
                }
            )
            == 1
        )
    except csv.Error:
        return False


def _delimited(name: str, text: str, sep: str) -> Sheet:
    reader = csv.reader(StringIO(text, newline=""), delimiter=sep, strict=True, skipinitialspace=True)
    rows: list[list[str]] = []
    places: list[str] = []
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            cells = [cell.strip() for cell in row]
            if sep == "|" and len(cells) > 2 and not cells[0] and not cells[-1]:
                cells = cells[1:-1]  # a table of Markdown
                if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                    continue
            if rows and len(cells) != len(rows[0]):
                raise InputError(
                    f"{name}, line {reader.line_num} has {len(cells)} fields and {places[0]} has {len(rows[0])}; "
                    "give one for each column, and quote a cell with the separator in it (another one is given by --sep)"
                    f"{'' if len(rows[0]) > 1 else ', or take out what is no line of the table'}."
                )
            rows.append(cells)
            places.append(f"line {reader.line_num}")
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num} is not well-formed CSV ({error}); mend its quotes.") from None
    return Sheet(name, None, rows, places, sep)


def _spaced(name: str, text: str) -> Sheet | None:
    """Names and counts with blanks between, as pandas prints them, or counts and names, as `uniq -c` does; None for others."""
    rows: list[list[str]] = []
    places: list[str] = []
    heading: list[str] | None = None
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if not line.strip() or _FOOT.fullmatch(line.strip()):
            continue
        name_first = re.fullmatch(r"\s*(.*\S)\s+([0-9][0-9.,]*%?)\s*", line)
        count_first = re.fullmatch(r"\s*([0-9]+)\s+(\S.*?)\s*", line)
        if name_first and (not rows or rows[0][2] == "name"):
            rows.append([name_first[1], name_first[2], "name"])
        elif count_first and (not rows or rows[0][2] == "count"):
            rows.append([count_first[2], count_first[1], "count"])
        elif not rows and heading is None and len(line.split()) <= 2:
            heading = line.split()
            continue
        else:
            return None
        places.append(f"line {number}")
    if heading and all(re.match(rf"{at}\s+\S", row[0]) for at, row in enumerate(rows)):  # the index of a frame that is printed
        rows = [[row[0].split(maxsplit=1)[1], *row[1:]] for row in rows]
    if not rows or (heading and not any(map(is_label_name, heading)) and not any(map(is_count_name, heading))):
        return None
    return Sheet(name, ["class", "count"], [row[:2] for row in rows], places, " ")


def _report(name: str, text: str) -> Sheet:
    """The table of scikit-learn's classification_report as it is printed."""
    rows, places = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or _REPORT.fullmatch(line) or line.strip().startswith(AVERAGES):
            continue
        match = re.fullmatch(r"\s*(\S.*?)\s+[0-9.]+\s+[0-9.]+\s+[0-9.]+\s+([0-9]+)\s*", line)
        if not match:
            told = "is no line of a classification_report; give its text as it is printed"
            raise InputError(f"{name}, line {number} {told}.")
        rows.append([match[1], match[2]])
        places.append(f"line {number}")
    if not rows:
        raise InputError(f"{name} is a classification_report without a class; give its text as it is printed.")
    return Sheet(name, ["class", "support"], rows, places, " ")


def headed(sheet: Sheet, ways: Ways) -> Sheet:
    """The sheet with its first row as the header, if it is one. Raises: InputError where that cannot be told."""
    if sheet.header is not None or not sheet.rows:
        return sheet
    first, others = sheet.rows[0], sheet.rows[1:]
    with_header = sheet._replace(header=first, rows=others, places=sheet.places[1:])
    asked = {one for one in (ways.label_column, ways.count_column) if one is not None}
    if asked & set(first) or not others:
        return with_header if asked & set(first) or not _is_data(first) else sheet
    if len(first) == 1:
        return _one_column(sheet, with_header, ways)
    numbers = [at for at in range(len(first)) if numeric([row[at] for row in others], sheet.sep)]
    if first[0] == "" or not any(numeric([first[at]], sheet.sep) for at in numbers):
        return with_header
    names = all(not numeric([row[at]], sheet.sep) for row in others for at in range(len(first)) if at not in numbers)
    if first == [str(at) for at in range(len(first))] and len(numbers) < len(first) and names:
        told = sheet.sep.join(first)
        raise InputError(f"{sheet.name}, line 1 has {told}, numbers of columns or a class; write class{sheet.sep}count there.")
    return sheet


def _is_data(row: list[str]) -> bool:
    """Whether a row alone is one of a class and a count."""
    return len(row) > 1 and any(numeric([cell]) for cell in row)


def _one_column(sheet: Sheet, with_header: Sheet, ways: Ways) -> Sheet:
    first = sheet.rows[0][0]
    if is_label_name(first) or is_count_name(first):
        return with_header
    cells = [row[0] for row in sheet.rows]
    if numeric(cells) or first in cells[1:]:
        return sheet
    if numeric(cells[1:]):
        return with_header
    raise InputError(
        f"{sheet.name} has one column, and line 1 «{plain(first[:40])}» may name it or be a label; write «label» above, "
        f"or say --label-column «{plain(first[:40])}» if it is the name."
    )
