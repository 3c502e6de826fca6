"""Numbers with the arguments of their atoms expanded, and the equations that say so."""

from __future__ import annotations

from typing import Any

from flint import fmpq

from focal_symbolic.logic.arithmetic import UNIT, Excess, Expanded, Field, collect, expand, widely
from focal_symbolic.logic.terms import (
    BINDS_LETTER,
    ONE,
    RELATIONS,
    SIZE,
    STATEMENT,
    Term,
    abstract,
    instantiate,
    ipow,
    mk,
    mul,
    rebuild,
    slack,
)

__all__ = ["FIRST_LETTER", "Equations", "canonical", "joined", "letter_of", "tidied"]

Equations = tuple[tuple[Any, ...], ...]

FIRST_LETTER = 100
"""The fresh letters of the search are these and later ones; a context takes its own from 0 on."""

_ATOMS = frozenset({"log", "exp", "abs", "rpow", "decl"})
_tidied: dict[Term, tuple[Term, Equations]] = {}


def joined(*groups: Equations) -> Equations:
    """Equations, each once, in the order in which they come."""
    return tuple(dict.fromkeys(e for group in groups for e in group))


def tidied(t: Term) -> tuple[Term, Equations]:
    """A number with the arguments of its logarithms, exponentials, powers and absolute values expanded; the equations used."""
    found = _tidied.get(t)
    if found is None:
        found = _tidied[t] = _tidy(t)
    return found


def _tidy(t: Term) -> tuple[Term, Equations]:
    if not t.terms or t.op in ("entry", "sum"):
        return (t, ()) if t.op != "sum" else _tidy_sum(t)
    parts = [tidied(a) if type(a) is Term else (a, ()) for a in t.args]
    used = joined(*(e for _, e in parts))
    if t.op not in _ATOMS:
        return mk(t.op, *(a for a, _ in parts)), used
    new = mk(t.op, *(collect(expand(a)) if type(a) is Term else a for a, _ in parts))
    return new, used if new is t else (*used, ("inside", t, new))


def _tidy_sum(t: Term) -> tuple[Term, Equations]:
    at = letter_of(t)
    body = instantiate(t.args[0], at)
    inner, used = tidied(body)
    new = collect(expand(inner))
    if new is body:
        return t, ()
    whole = SIZE if new is ONE else mk("sum", abstract(new, at))
    return whole, (("sum_linear", t, at.args[0], used, ((ONE, new),)),)


def letter_of(t: Term) -> Term:
    """The fresh letter for the body of a sum or of «every»: by how many binders are inside, so that no two in force are one.

    Bodies of one level get the same letter, and so the same normal form.
    """
    return mk("fresh", FIRST_LETTER + _levels(t))


_depth: dict[Term, int] = {}


def _levels(t: Term) -> int:
    """How many binders of letters are nested in t."""
    if t not in _depth:
        _depth[t] = max((_levels(s) for s in t.terms), default=0) + (t.op in BINDS_LETTER)
    return _depth[t]


_canonical: dict[Term, Term] = {}


def canonical(s: Term) -> Term:
    """A statement with its relations as 0 R expanded slack, scaled: the same for statements that say the same of numbers."""
    found = _canonical.get(s)
    if found is None:
        if s.op in RELATIONS:
            found = mk(s.op, mk("rat", 0, 1), _scaled(slack(s), s.op in ("eq", "ne")))
        elif s.sort == STATEMENT and s.op not in ("one", "finite"):
            found = rebuild(s, lambda a, *_: canonical(a) if a.sort == STATEMENT else a)
        else:
            found = s
        _canonical[s] = found
    return found


_ONE: Expanded = {UNIT: fmpq(1)}


def _scaled(t: Term, either: bool) -> Term:
    """One number for all positive multiples of t as a rational function (for all multiples, if `either`)."""

    def work(field: Field) -> tuple[Expanded, Expanded]:
        a, b = field.of(t)
        return expand(field.term(a)), expand(field.term(b))

    try:
        top, low = expand(t), _ONE
        if not all(k > 0 and a.op not in ("add", "ipow") for m in top for a, k in m):  # it is no polynomial of its atoms
            top, low = widely(work)
    except (ZeroDivisionError, Excess):
        return t
    if not top:
        return collect(top)
    if _lead(low) < 0:
        top = {m: -c for m, c in top.items()}
    scale = _lead(top) if either else abs(_lead(top))
    unit = _lead(low)
    out = collect({m: c / scale for m, c in top.items()})
    return out if set(low) == {UNIT} else mul(out, ipow(collect({m: c / unit for m, c in low.items()}), -1))


def _lead(p: Expanded) -> fmpq:
    return p[min(p, key=lambda m: [(a.digest, k) for a, k in m])]
