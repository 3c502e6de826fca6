"""The table of contents of the proofs, read off the text of their files: nothing is imported or believed.

It is there at once, where the claims themselves wait for SymPy. `verify` and `show` go to the library.
"""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.machinery import FileFinder
from pathlib import Path

from focal_symbolic.errors import FocalError

__all__ = ["Entry", "File", "contents"]


@dataclass(frozen=True)
class Entry:
    """A claim as its page states it; `main`: the main theorem of its file."""

    name: str
    sentence: str
    source: str
    kind: str
    main: bool


@dataclass(frozen=True)
class File:
    """A proof file with the first line of its header."""

    name: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def main(self) -> Entry | None:
        """The main theorem."""
        return next((entry for entry in self.entries if entry.main), None)


def contents() -> tuple[File, ...]:
    """The proof files in the order of their names, their claims in the order in which they stand there.

    Raises: FocalError that names the file and the line, if one is not good Python.
    """
    return tuple(_file(name, path) for name, path in sorted(_paths().items()))


def _paths() -> dict[str, Path]:
    """The proof files by name; those whose name starts with `_` are templates."""
    found = {}
    for info in pkgutil.iter_modules(import_module("focal_symbolic.proofs").__path__):
        if not info.name.startswith("_") and isinstance(info.module_finder, FileFinder):
            found[info.name] = Path(info.module_finder.path, f"{info.name}.py")
    return found


def _file(name: str, path: Path) -> File:
    try:
        tree = ast.parse(path.read_bytes(), str(path))
    except OSError as error:
        raise FocalError(f"{path}: the proof file cannot be read ({(error.strerror or str(error)).lower()}).") from None
    except SyntaxError as error:
        raise FocalError(f"{path}, line {error.lineno}: the proof file is not Python ({error.msg}).") from None
    except ValueError as error:  # a NUL
        raise FocalError(f"{path}: the proof file is not Python ({error}).") from None
    title = (ast.get_docstring(tree) or name).splitlines()[0].rstrip(".")
    return File(name, title, tuple(_entries(name, tree)))


def _entries(file: str, tree: ast.Module) -> Iterator[Entry]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        for made in node.decorator_list:
            if isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id == "theorem":
                given = {keyword.arg: keyword.value for keyword in made.keywords}
                sentence = _text(made.args[0] if made.args else given.get("sentence"))
                yield Entry(
                    f"{file}/{node.name}",
                    sentence or "(a sentence that is made when the page is imported)",
                    "paper" if "answers" in given else "own",
                    _text(given.get("kind")) or "universal",
                    isinstance(main := given.get("main"), ast.Constant) and main.value is True,
                )


def _text(node: ast.expr | None) -> str:
    """The text that stands there in plain letters, if it does."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
