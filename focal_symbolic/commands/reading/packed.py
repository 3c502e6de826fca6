"""What a file is by how it begins: packed tables are unpacked, and what is no table is named."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from focal_symbolic.commands.screen import plain
from focal_symbolic.errors import InputError

__all__ = ["MOST", "WORKBOOK", "ZIP", "refuse_other_kinds", "unpacked"]

MOST = 1 << 32
"""Bytes that a packed file may have when it is unpacked."""
ZIP, WORKBOOK = b"PK\x03\x04", "[Content_Types].xml"
"""How a zip file begins, and what is in it if it is of Excel or its kin."""
_PACKED: dict[bytes, tuple[str, Callable[[io.BytesIO], Any]]] = {
    b"\x1f\x8b": ("gzip", gzip.open),
    b"BZh": ("bzip2", bz2.open),
    b"\xfd7zXZ\0": ("xz", lzma.open),
}
_OTHERS = {
    b"\xd0\xcf\x11\xe0": ("a spreadsheet of an old Excel", "save it as .xlsx, or the sheet as CSV"),
    b"\x89HDF": ("an HDF5 file", "save the table as CSV or Parquet"),
    b"\x80": ("a pickle", "save the counts as CSV or JSON, for a pickle can run code"),
    b"ARROW1": ("a Feather file", "save the table as CSV or Parquet"),
    b"SQLite format 3\0": ("a database of SQLite", "save the table as CSV"),
    b"\x28\xb5\x2f\xfd": ("packed by zstd", "give the table unpacked"),
    b"%PDF": ("a PDF", "give the table as CSV"),
    b"\x89PNG": ("a picture", "give the table as CSV"),
    b"\xff\xd8\xff": ("a picture", "give the table as CSV"),
}


def unpacked(name: str, data: bytes) -> bytes:
    """The bytes of a file, unpacked if they are packed; a zip file has to have one file in it, or be a workbook.

    Raises: InputError where they cannot be.
    """
    kind = next((kind for start, kind in _PACKED.items() if data.startswith(start)), None)
    try:
        if kind is not None:
            with kind[1](io.BytesIO(data)) as stream:
                return _within(name, stream.read(MOST + 1))
        return _of_zip(name, data) if data.startswith(ZIP) else data
    except InputError:
        raise
    except (OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
        told = plain(" ".join(str(error).split())[:80].lower())
        raise InputError(
            f"{name} is no whole file of {kind[0] if kind else 'zip'} ({told}); give the table unpacked."
        ) from None


def _of_zip(name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        inside = [member.filename for member in members]
        if WORKBOOK in inside:
            _within(name, b"", sum(member.file_size for member in members))
            return data
        if "mimetype" in inside:
            raise InputError(f"{name} is a spreadsheet of OpenDocument; save the sheet as CSV, or as .xlsx.")
        if len(inside) > 1 and all(one.endswith(".npy") for one in inside):
            raise InputError(f"{name} is an archive of NumPy's arrays; save the array of counts alone by numpy.save.")
        if len(inside) != 1:
            raise InputError(f"{name} is a zip file with {len(inside)} files in it; give the table alone.")
        with archive.open(members[0]) as stream:
            return _within(name, stream.read(MOST + 1))


def _within(name: str, data: bytes, size: int = 0) -> bytes:
    """The bytes. Raises: InputError where they are too many."""
    if max(len(data), size) > MOST:
        raise InputError(f"{name} unpacks to more than {MOST >> 30} GB; give the table alone.")
    return data


def refuse_other_kinds(name: str, data: bytes) -> None:
    """Raises: InputError for a file that is no table, with what it is."""
    for start, (kind, mend) in _OTHERS.items():
        if data.startswith(start):
            raise InputError(f"{name} is {kind}; {mend}.")
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<svg")):
        raise InputError(f"{name} is a page of HTML or XML; give the table as CSV or JSON.")
