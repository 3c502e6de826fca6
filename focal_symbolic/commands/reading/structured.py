"""JSON as a sheet of cells: a dict of counts, records, columns, pairs, labels, COCO's categories and annotations."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from typing import Any

from focal_symbolic.commands.reading.sheet import Sheet
from focal_symbolic.commands.reading.words import AVERAGES, is_count_name, is_label_name
from focal_symbolic.commands.screen import plain
from focal_symbolic.errors import InputError

__all__ = ["MAKERS", "sheet_of_json"]

FORMS = 'a dict of counts such as {"cat": 1200}, a list of records, a list of labels, or COCO\'s annotations'


MAKERS = ("Counter", "OrderedDict", "defaultdict", "array", "tensor")
"""What stands before a bracket where Python prints what it has."""


class _Number(str):
    """A number as it was written."""

    __slots__ = ()


def sheet_of_json(name: str, text: str) -> Sheet:
    """The cells of a JSON text, or of lines of JSON, or of a dict as Python prints it. Raises: InputError."""
    found = _parsed(name, text)
    if isinstance(found, dict) and isinstance(found.get("annotations"), list) and isinstance(found.get("categories"), list):
        return _coco(name, found)
    if isinstance(found, dict) and isinstance(found.get("categories"), list):
        found = found["categories"]
    if isinstance(found, dict) and {"schema", "data"} == set(found):  # pandas, orient="table"
        found = found["data"]
    if isinstance(found, dict) and {"columns", "data"} <= set(found):  # pandas, orient="split"
        return _split(name, found)
    if isinstance(found, dict) and {"index", "data"} <= set(found) <= {"name", "index", "data"}:  # the same of a Series
        return _split(name, {**found, "columns": ["count"], "data": [[value] for value in found["data"]]})
    header, rows = _of_dict(name, found) if isinstance(found, dict) else _of_list(name, found)
    if not rows:
        raise InputError(f"{name} is JSON without an entry; give {FORMS}.")
    return Sheet(name, header, rows, [f"entry {place}" for place in range(1, len(rows) + 1)])


def _parsed(name: str, text: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
            raise InputError(f"{name} repeats «{plain(twice[:40])}» in one dict; give each class once.")
        return made

    decoder = json.JSONDecoder(object_pairs_hook=once, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    try:
        return decoder.decode(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1:
            try:
                return [decoder.decode(line) for line in lines]
            except json.JSONDecodeError:
                pass
        if (printed := _printed(text)) is not None:
            return printed
        raise InputError(f"{name}, line {error.lineno} is not well-formed JSON ({error.msg.lower()}); mend it.") from None
    except RecursionError:
        raise InputError(f"{name} is JSON nested too deep; give {FORMS}.") from None


def _printed(text: str) -> Any:
    """A dict, Counter, list or array as Python prints it; None for what is none."""
    match = re.fullmatch(
        rf"\s*(?:{'|'.join(MAKERS)})?\(?(?:<class '\w+'>, )?([{{\[].*[}}\]])(?:, dtype=\S+)?\)?\s*", text, re.DOTALL
    )
    inside = match[1] if match else ""
    if re.fullmatch(r"\[[\s0-9.e+-]*\]", inside):  # an array that is printed has no commas
        inside = re.sub(r"(?<=[0-9.])\s+(?=[0-9])", ", ", inside)
    try:
        found = ast.literal_eval(inside) if inside else None
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    if isinstance(found, list) and found and all(isinstance(one, tuple) and len(one) == 2 for one in found):
        found = dict(found)  # as OrderedDict prints it
    if isinstance(found, list):
        return [_number(value) for value in found]
    return {str(key): _number(value) for key, value in found.items()} if isinstance(found, dict) else None


def _number(value: Any) -> Any:
    return _Number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, str | bool)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _of_dict(name: str, found: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """A dict of counts, of columns, or of records by class."""
    inner = {key: value for key, value in found.items() if isinstance(value, dict) and key not in AVERAGES}
    if inner and all(key in inner or key in AVERAGES for key in found):
        fields = list(dict.fromkeys(key for value in inner.values() for key in value))
        if any(map(is_count_name, fields)) or not any(map(is_count_name, inner)):  # by class
            rows = [[key, *(_field(name, value.get(field)) for field in fields)] for key, value in inner.items()]
            return ["" if any(map(is_label_name, fields)) else "class", *fields], rows
        return ["", *inner], [[field, *(_field(name, value.get(field)) for value in inner.values())] for field in fields]
    if found and all(isinstance(value, list) for value in found.values()):
        if len({len(value) for value in found.values()}) != 1:
            raise InputError(f"{name} has columns of different lengths; give one entry a class in each.")
        return list(found), [[_field(name, value) for value in row] for row in zip(*found.values(), strict=True)]
    wrong = next((key for key, value in found.items() if not _plain(value)), None)
    if wrong is not None:
        raise InputError(f"{name} has «{plain(wrong[:40])}», which is no count; give {FORMS}.")
    return ["class", "count"], [[key, _cell(value)] for key, value in found.items()]


def _of_list(name: str, found: Any) -> tuple[list[str] | None, list[list[str]]]:
    """A list of records, of pairs, of labels or numbers."""
    if not isinstance(found, list) or not found:
        raise InputError(f"{name} is JSON of another kind; give {FORMS}.")
    if all(isinstance(one, dict) for one in found):
        fields = list(dict.fromkeys(key for one in found for key, value in one.items() if _plain(value)))
        if not fields:
            raise InputError(f"{name} has records without a plain field; give {FORMS}.")
        return fields, [[_cell(one.get(field)) if _plain(one.get(field)) else "" for field in fields] for one in found]
    if all(isinstance(one, list) and len(one) == 2 and all(map(_plain, one)) for one in found):
        return ["class", "count"], [[*map(_cell, one)] for one in found]
    if all(map(_plain, found)):
        numbers = all(isinstance(one, _Number) for one in found)
        return None if numbers else ["label"], [[_cell(one)] for one in found]
    raise InputError(f"{name} is a list of different things; give {FORMS}.")


def _field(name: str, value: Any) -> str:
    if not _plain(value):
        raise InputError(f"{name} is nested deeper than a table; give {FORMS}.")
    return _cell(value)


def _split(name: str, found: dict[str, Any]) -> Sheet:
    """The form of pandas with columns, index and data apart."""
    header, data = [_field(name, one) for one in found["columns"]], found["data"]
    index = found.get("index")
    rows = [[_field(name, value) for value in row] for row in data]
    if isinstance(index, list) and len(index) == len(rows):
        header, rows = ["", *header], [[_field(name, at), *row] for at, row in zip(index, rows, strict=True)]
    if not rows or any(len(row) != len(header) for row in rows):
        raise InputError(f"{name} has rows that do not fit its columns; give {FORMS}.")
    return Sheet(name, header, rows, [f"entry {place}" for place in range(1, len(rows) + 1)])


def _coco(name: str, found: dict[str, Any]) -> Sheet:
    """How many annotations each category has."""
    try:
        names = {str(one["id"]): str(one["name"]) for one in found["categories"]}
        counted = Counter(str(one["category_id"]) for one in found["annotations"])
    except (TypeError, KeyError) as error:
        raise InputError(f"{name} has a category or an annotation without {error}; give COCO's annotations whole.") from None
    if unknown := sorted(set(counted) - set(names)):
        raise InputError(f"{name} has annotations of the category {plain(unknown[0][:40])}, which is not among its categories.")
    rows = [[label, str(counted[key])] for key, label in names.items()]
    return Sheet(name, ["class", "count"], rows, [f"category {key}" for key in names])
