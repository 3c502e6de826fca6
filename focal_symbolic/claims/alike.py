"""Claims that say the same: a page need not prove what another has proved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.statements import told

__all__ = ["alike"]

_NAME = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"ln|exp|[^\W\d_]")


def alike(result: Result) -> tuple[str, ...]:
    """The claims of statements.txt that state what this one does, under other names of its letters perhaps."""
    text = resources.files("focal_symbolic.claims").joinpath("statements.txt").read_text(encoding="utf-8")
    (own,) = _stated(told(result)).values()
    return tuple(name for name, said in _stated(text).items() if said == own and name != result.name)


def _stated(text: str) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """By claim: its hypotheses and its goals, letters renamed in the order in which the goals name them."""
    return {name: _renamed(lines) for name, lines in _blocks(text)}


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    for block in re.split(r"\n(?=\S+/\S+.*\n  «)", text):
        title, *lines = block.rstrip("\n").split("\n")
        if lines and lines[0].startswith("  «"):
            yield title.split()[0], [line for line in lines[1:] if line.startswith(("    ", "  ⊢"))]


def _renamed(lines: list[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    names: dict[str, str] = {}

    def said(line: str) -> str:
        return _WORDS.sub(lambda word: word[0] if len(word[0]) > 1 else names.setdefault(word[0], f"#{len(names)}"), line)

    goals = tuple(said(line.strip()) for line in lines if line.startswith("  ⊢"))
    return frozenset(said(line.strip()) for line in sorted(lines) if line.startswith("    ")), goals
