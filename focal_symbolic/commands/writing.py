"""Files and folders that are written whole or not at all, and JSON."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import click

from focal_symbolic.errors import FocalError, InputError

__all__ = ["dump", "folder", "output"]


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


# -- folders -----------------------------------------------------------------------------------------------------------------


def folder(files: Callable[[], Mapping[str, str]], directory: Path, kind: str = "", replaced: bool = False) -> None:
    """Write files to a directory that is not there yet or is empty, all or none. They are asked for once it can be written.

    `kind`: a list of the files under this word goes with them. `replaced`: a directory that such a list tells to be of that
    kind, and that holds nothing else, gives way as a whole.
    Raises: InputError if it holds something else, or cannot be written.
    """
    target = Path(os.path.realpath(directory))
    try:
        _demand_room(directory, target, kind, replaced)
        ancestor = next(path for path in target.parents if path.exists())
        Path(tempfile.mkdtemp(prefix=f".{target.name[:32]}.", dir=ancestor)).rmdir()
    except OSError as error:
        raise InputError(_unwritable(directory, error)) from None
    texts = dict(files())
    if kind:
        texts[LISTING] = "\n".join([kind, *sorted(texts), ""])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name[:32]}.", dir=target.parent))
        try:
            for path, text in texts.items():
                (beside / "new" / path).parent.mkdir(parents=True, exist_ok=True)
                (beside / "new" / path).write_text(text, encoding="utf-8")
            _demand_room(directory, target, kind, replaced)
            _put(beside / "new", target, beside / "old")
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise InputError(_unwritable(directory, error)) from None


LISTING = "files.txt"
"""In a folder of a kind: its kind, and the files that belong to it, line by line."""


def _put(new: Path, target: Path, old: Path) -> None:
    """Put a folder in the place of another, which is moved aside and comes back where that fails."""
    there = target.exists() and any(target.iterdir())
    if there:
        target.rename(old)
    try:
        new.replace(target)
    except BaseException:
        if there:
            old.rename(target)
        raise


def _demand_room(directory: Path, target: Path, kind: str, replaced: bool) -> None:
    """Raises: InputError if the directory holds something that is not to be replaced."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not kind or not target.is_dir():
        raise InputError(f"{directory} is there already and is not empty; name a new directory.")
    listing = target / LISTING
    first, *listed = listing.read_text(encoding="utf-8").splitlines() or [""] if listing.is_file() else [""]
    if first != kind:
        raise InputError(f"{directory} is there already and holds no {kind}; name a new directory.")
    if not replaced:
        raise InputError(f"{directory} holds a {kind} already; replace it with --force, or name a new directory.")
    own = {*listed, LISTING}
    there = (path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir())
    if others := sorted(set(there) - own):
        raise InputError(f"{directory} holds {others[0]}, which is not of the {kind}; move it away, or name a new directory.")


def _unwritable(directory: Path, error: OSError) -> str:
    return f"{directory} cannot be written ({(error.strerror or str(error)).lower()}); name another directory."


def dump(document: dict[str, Any], stream: Any) -> None:
    """Write a document to a stream as JSON, with a line break at its end; what steers a terminal is written as its number."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    if not text.replace("\n", "").isprintable():
        text = "".join(one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] for one in text)
    stream.write(f"{text}\n")
