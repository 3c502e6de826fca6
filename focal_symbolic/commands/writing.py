"""Files that are written whole or not at all, and JSON."""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from focal_symbolic.errors import FocalError

__all__ = ["dump", "output"]


@contextmanager
def output(name: str | None, option: str = "--json", mode: str = "w") -> Iterator[Any]:
    """A stream that becomes the file `name` when the block ends well; until then the old file is as it was.

    None gives None, and «-» stdout.
    Raises: click.UsageError at once if the file cannot be written.
    """
    if name is None or name == "-":
        yield sys.stdout if name else None
        return
    target = Path(os.path.realpath(name))
    try:
        stream, beside = _opened(Path(name), target, mode)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.UsageError(f"{option} {name} cannot be written ({reason}); give another file.") from None
    try:
        yield stream
        try:
            stream.close()
            if beside is not None:
                os.replace(beside, target)
        except OSError as error:
            raise FocalError(f"{option} {name} could not be written ({(error.strerror or str(error)).lower()}).") from None
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _opened(given: Path, target: Path, mode: str) -> tuple[IO[Any], Path | None]:
    """A stream and the file beside the target that it fills, to be renamed; None for a device or a pipe."""
    if target.is_dir():
        raise IsADirectoryError(None, "it is a directory")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(None, "permission denied")
    encoding = None if "b" in mode else "utf-8"
    if given.exists() and not given.is_file():
        return given.open(mode, encoding=encoding), None
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:32]}.")
    os.chmod(beside, stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
    return open(handle, mode, encoding=encoding), Path(beside)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def dump(document: dict[str, Any], stream: Any) -> None:
    json.dump(document, stream, ensure_ascii=False, indent=1)
    stream.write("\n")
