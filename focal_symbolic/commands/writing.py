"""Files that are written whole or not at all, and JSON."""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import click

from focal_symbolic.errors import FocalError

__all__ = ["dump", "output"]


@contextmanager
def output(name: str | None, option: str = "--json", mode: str = "w") -> Iterator[Any]:
    """A stream that becomes the file `name` when the block ends well; until then the old file is as it was.

    None gives None, and «-» stdout. It stays in memory till then, so that nothing is left if the process is killed.
    Raises: click.UsageError at once if the file cannot be written.
    """
    if name is None or name == "-":
        yield sys.stdout if name else None
        return
    try:
        target = Path(os.path.realpath(name))
        _demand_writable(target)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise click.UsageError(f"{option} {name} cannot be written ({reason}); give another file.") from None
    stream = BytesIO() if "b" in mode else StringIO()
    yield stream
    try:
        _write(target, stream.getvalue())
    except OSError as error:
        raise FocalError(f"{option} {name} could not be written ({(error.strerror or str(error)).lower()}).") from None


def _demand_writable(target: Path) -> None:
    """Raises: OSError if a file could not be written there."""
    if target.is_dir():
        raise IsADirectoryError(None, "it is a directory")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(None, "permission denied")
    if not target.exists() or target.is_file():
        with tempfile.TemporaryFile(dir=target.parent):
            pass


def _write(target: Path, text: str | bytes) -> None:
    """Put a file in the place of another at once; a device or a pipe is written to."""
    data = text.encode() if isinstance(text, str) else text
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:32]}.")
    beside = Path(name)
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
        os.chmod(beside, stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def dump(document: dict[str, Any], stream: Any) -> None:
    """Write a document to a stream as JSON, with a line break at its end; what steers a terminal is written as its number."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    if not text.replace("\n", "").isprintable():
        text = "".join(one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] for one in text)
    stream.write(f"{text}\n")
