"""Files as sheets of cells: text, JSON, arrays of NumPy, Parquet and workbooks, told by how they begin."""

from __future__ import annotations

import codecs
import io
import sys
from pathlib import Path
from typing import Any

from focal_symbolic.commands.reading.packed import ZIP, refuse_other_kinds, unpacked
from focal_symbolic.commands.reading.sheet import Sheet, Ways
from focal_symbolic.commands.reading.structured import MAKERS, sheet_of_json
from focal_symbolic.commands.reading.text import sheet_of_text
from focal_symbolic.commands.reading.workbook import sheet_of_workbook
from focal_symbolic.commands.screen import plain
from focal_symbolic.errors import InputError

__all__ = ["array_of", "sheet_of"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
JSON = ("{", "[", *(f"{maker}(" for maker in MAKERS))
NUMPY, PARQUET = b"\x93NUMPY", b"PAR1"


def sheet_of(path: Path, ways: Ways = Ways()) -> Sheet:
    """The cells of a file, or of standard input for «-».

    Raises: InputError that names the file, what it is, and the mend.
    """
    name = "standard input" if str(path) == "-" else plain(str(path))
    data = _bytes_of(path, name)
    if data.startswith(NUMPY):
        return _of_array(name, _loaded(name, data))
    if data.startswith(PARQUET):
        return _of_parquet(name, data)
    if data.startswith(ZIP):
        return sheet_of_workbook(name, data, ways)
    text = _text_of(name, data, ways.encoding)
    if text.lstrip("\ufeff \t\r\n").startswith(JSON):
        return sheet_of_json(name, text)
    return sheet_of_text(name, text, ways)


def array_of(path: Path) -> Any:
    """The array of a file of NumPy; None where it is no such file.

    Raises: InputError where it cannot be read.
    """
    if str(path) == "-":
        return None
    name = plain(str(path))
    try:
        with open(path, "rb") as stream:
            if stream.read(len(NUMPY)) != NUMPY:
                return None
            stream.seek(0)
            return _load(name, stream)
    except OSError as error:
        raise _unreadable(name, error) from None


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None
    return unpacked(name, data)


def _unreadable(name: str, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"{name} cannot be read ({reason.lower()}); give the path of a table, or - for standard input.")


def _text_of(name: str, data: bytes, encoding: str | None) -> str:
    """The text of a file. Raises: InputError where it is none."""
    refuse_other_kinds(name, data)
    if encoding is None:
        encoding = next((found for start, found in _BOMS if data.startswith(start)), "utf-8")
    try:
        text = data.decode(encoding)
    except LookupError:
        raise InputError(f"--encoding {plain(encoding)} is not known; give one such as latin-1 or utf-16.") from None
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        told = "UTF-8" if encoding.startswith("utf-8") else plain(encoding)
        raise InputError(
            f"{name}, line {number} is not {told} text; save the file as UTF-8, or say its --encoding, such as latin-1."
        ) from None
    if "\0" in text:
        number = text.count("\n", 0, text.index("\0")) + 1
        wide = "utf-16-le" if data[:1] != b"\0" else "utf-16-be"
        raise InputError(
            f"{name}, line {number} holds a NUL byte, so this is binary data, or text by --encoding {wide}; give text."
        )
    return text


def _loaded(name: str, data: bytes) -> Any:
    return _load(name, io.BytesIO(data))


def _load(name: str, stream: Any) -> Any:
    import numpy as np

    try:
        return np.load(stream, allow_pickle=False)
    except (ValueError, EOFError, OSError) as error:
        if "pickle" in str(error).lower():
            raise InputError(f"{name} is an array of Python objects; save it as an array of numbers or of text.") from None
        raise InputError(
            f"{name} is no whole array of NumPy ({' '.join(str(error).split())[:80].lower()}); save it anew."
        ) from None


def _of_array(name: str, array: Any) -> Sheet:
    """One dimension is a column without a name, two are columns; fields have names."""
    if array.dtype.names:
        header: list[str] | None = list(array.dtype.names)
        rows = [[*map(_cell, row.tolist())] for row in array.reshape(-1)]
    elif array.ndim in (1, 2) and array.dtype.kind in "fiubUS":
        width = 1 if array.ndim == 1 else array.shape[1]
        header, rows = None, [[*map(_cell, row)] for row in array.reshape(len(array), width).tolist()]
    else:
        raise InputError(f"{name} is an array of {array.ndim} dimensions and of {array.dtype}; give counts in one dimension.")
    if not rows:
        raise InputError(f"{name} is an array without an entry; give the counts of the classes.")
    return Sheet(name, header, rows, [f"row {place}" for place in range(1, len(rows) + 1)])


def _of_parquet(name: str, data: bytes) -> Sheet:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise InputError(
            f"{name} is a Parquet file, which needs pyarrow; install the extra tables (pip install 'focal-symbolic[tables]') "
            "or save it as CSV."
        ) from None
    try:
        table = parquet.read_table(io.BytesIO(data))
    except (arrow.ArrowException, OSError) as error:
        raise InputError(
            f"{name} is no whole Parquet file ({' '.join(str(error).split())[:80].lower()}); save it anew."
        ) from None
    header = ["" if one.startswith("__index_level_") else one for one in table.column_names]
    columns = [[*map(_cell, column.to_pylist())] for column in table.columns]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return Sheet(name, header, rows, [f"row {place}" for place in range(1, len(rows) + 1)])


def _cell(value: Any) -> str:
    """A value as text; a missing one as an empty cell."""
    if value is None or value != value:  # noqa: PLR0124  # NaN
        return ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
