"""Answers by search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from focal_symbolic.logic.certificates import named, written
from focal_symbolic.logic.checker import checked
from focal_symbolic.logic.context import Context, Question
from focal_symbolic.logic.laws import Invalid
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.search.finder import Finder
from focal_symbolic.logic.search.signs import Tree
from focal_symbolic.logic.search.tidy import FIRST_LETTER
from focal_symbolic.logic.stored import key_of
from focal_symbolic.logic.terms import NUMBER, Malformed, Term, abstract, every, free, mk

__all__ = ["Search"]

_MOST_SHOWN = 40


class Search:
    """Certificates searched for; `found` and `table` keep what was found, for `stored.Stored`."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.table: dict[str, Term] = {}
        self._finders: dict[bytes, Finder] = {}
        self._tried: dict[tuple[bytes, Question], str | None] = {}

    def answer(self, context: Context, question: Question) -> tuple[str, Mapping[str, Term]] | None:
        """A certificate for the question, if the search finds one."""
        key = (context.serial, question)
        if key not in self._tried:
            self._tried[key] = self._searched(context, question)
        text = self._tried[key]
        return None if text is None else (text, self.table)

    def _searched(self, context: Context, question: Question) -> str | None:
        finder = self._finders.get(context.serial)
        if finder is None:
            finder = self._finders[context.serial] = Finder(context)
        tree = finder.answer(question)
        tree = None if tree is None else _completed(finder, question, tree)
        if tree is None:
            return None
        self._note(tree)
        text = self.found[key_of(context, question)] = written(tree)
        return text

    def _note(self, part: Any) -> None:
        """Enter the terms of a certificate in the table."""
        if type(part) is tuple:
            for p in part:
                self._note(p)
        elif type(part) is Term:
            name = named(part)
            if name.startswith("#") and self.table.setdefault(name, part) is not part:
                raise Malformed(f"two terms are named {name}.")


def _completed(finder: Finder, question: Question, tree: Tree) -> Tree | None:
    """A certificate with proofs of the conditions that it left open, or None."""
    known = finder.context.place.keys() | _conditions(t for t in question if type(t) is Term)
    if all(c in known or _closed(c) in known for c in _conditions(_brought(tree))):
        return tree  # nothing is left open
    shown: list[tuple[Term, Tree]] = []
    for _ in range(_MOST_SHOWN):
        whole = ("shown", tuple(shown), tree) if shown else tree
        try:
            return whole if checked(finder.context, question, whole) else None
        except Invalid as error:
            if error.missing is None:
                return None
            s = _closed(error.missing)
            proof = finder.prove(s)
            if proof is None or any(s is t for t, _ in shown):
                return None
            shown.insert(0, (s, proof))
    return None


def _brought(part: Any) -> Iterator[Term]:
    """The numbers that a certificate brings, whose conditions must be known."""
    if type(part) is tuple:
        for p in part:
            yield from _brought(p)
    elif type(part) is Term and part.sort == NUMBER and part.op != "rat":
        yield part


def _conditions(terms: Iterable[Term]) -> frozenset[Term]:
    return frozenset[Term]().union(*map(conditions, terms))


def _closed(s: Term) -> Term:
    """A condition at letters of the search, for every letter."""
    for kind, k in sorted(free(s), key=str):
        if kind == "fresh" and k >= FIRST_LETTER:
            s = every(abstract(s, mk("fresh", k)))
    return s
