"""The relations that hold in a context, as a search for signs wants them, and what else is known there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from focal_symbolic.logic.arithmetic import UNIT, Expanded, Monomial, expand
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.search.tidy import Equations, canonical, tidied
from focal_symbolic.logic.signs import MASK
from focal_symbolic.logic.terms import RELATIONS, Term, instantiate, slack

__all__ = ["Row", "Rows"]


@dataclass(frozen=True)
class Row:
    """A relation that holds: its expanded slack, the signs it may have, where it comes from, the equations used."""

    number: Term
    slack: Expanded
    mask: int
    used: Equations
    at: tuple[Term, ...]
    weight: int
    source: int


class Rows:
    """The relations that hold in a context, by the letters at which universal ones are taken."""

    def __init__(self, context: Context):
        self.context = context
        self._rows: dict[frozenset[Term], list[Row]] = {}
        self._places: dict[frozenset[Term], dict[Monomial, list[int]]] = {}
        self._known: dict[frozenset[Term], dict[Term, tuple[int, tuple[Term, ...]]]] = {}

    def at(self, at: frozenset[Term]) -> list[Row]:
        """The relations that hold, universal ones at these letters."""
        self.known(at)
        return self._rows[at]

    def sharing(self, terms: Expanded, at: frozenset[Term]) -> Iterator[Row]:
        """The relations whose slack has a monomial, other than 1, of these."""
        rows = self.at(at)
        if at not in self._places:
            places = self._places[at] = {}
            for k, row in enumerate(rows):
                for m in row.slack:
                    places.setdefault(m, []).append(k)
        places = self._places[at]
        return (rows[k] for k in sorted({k for m in terms if m != UNIT for k in places.get(m, ())}))

    def known(self, at: frozenset[Term]) -> dict[Term, tuple[int, tuple[Term, ...]]]:
        """What is known at these letters, in canonical form: the source, and the letters at which it is taken."""
        if at not in self._known:
            rows: list[Row] = []
            known: dict[Term, tuple[int, tuple[Term, ...]]] = {}
            seen: set[Term] = set()
            for k, s in enumerate(self.context.sources):
                weight = self.context.weights[k]
                for c, found, compared in _said(s, at if s.op == "every" else frozenset()):
                    known.setdefault(c, (k, found))
                    if compared is not None and (c not in seen or not weight):
                        seen.add(c)
                        rows.append(Row(*compared, found, weight, k))
            rows.sort(key=lambda row: len(row.slack))  # plain facts first: they need no further sign
            self._rows[at], self._known[at] = rows, known
        return self._known[at]


Said = tuple[Term, tuple[Term, ...], tuple[Term, Expanded, int, Equations] | None]


@cache
def _said(s: Term, at: frozenset[Term]) -> tuple[Said, ...]:
    """What a source says at letters: canonical statements, the letters, and of a relation the numbers that it compares."""
    out: list[Said] = []
    for t, found in _taken_at(s, at, ()):
        compared = None
        if t.op in RELATIONS:
            tidy, used = tidied(slack(t))
            compared = slack(t), expand(tidy), MASK[t.op], used
        out.append((canonical(t), found, compared))
    return tuple(out)


def _taken_at(s: Term, at: frozenset[Term], found: tuple[Term, ...]) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    if s.op == "every" and len(found) < 2:
        for letter in sorted(at, key=lambda t: t.digest):
            yield from _taken_at(instantiate(s.args[0], letter), at, (*found, letter))
    yield s, found
