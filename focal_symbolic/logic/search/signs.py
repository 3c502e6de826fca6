"""The search for signs in one context.

Facts of the premises are tried first; hypotheses and conditions only where these do not suffice.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from flint import fmpq

from focal_symbolic.logic.arithmetic import UNIT, Excess, Expanded, as_term, collect, expand
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.search.factor import factors, together
from focal_symbolic.logic.search.rows import Rows
from focal_symbolic.logic.search.tidy import joined, letter_of, tidied
from focal_symbolic.logic.signs import ANY, NEG, NIL, PLUS, POS, TIMES, absolute, of_power, sign_of
from focal_symbolic.logic.terms import MINUS, Term, add, instantiate, letters

__all__ = ["Found", "Signs", "Tree", "fraction", "letters_in"]

Tree = tuple[Any, ...]
Found = tuple[int, Tree | None]
DEPTH = 2


def fraction(c: fmpq) -> Fraction:
    """A rational as certificates hold it."""
    return Fraction(int(c.p), int(c.q))


letters_in = cache(letters)


def exact(mask: int) -> bool:
    """Whether a mask has one sign, or none."""
    return not mask & (mask - 1)


class Signs:
    """The signs that numbers are found to have in a context, with certificates; `hard`: hypotheses and conditions are used."""

    def __init__(self, context: Context):
        self.rows = Rows(context)
        self.hard = False
        self._memo: dict[tuple[Term, int], Found] = {}
        self._other: dict[tuple[Term, int], Found] = {}

    def harden(self, hard: bool) -> None:
        """Use hypotheses and conditions as facts too, or not."""
        if hard != self.hard:
            self.hard = hard
            self._memo, self._other = self._other, self._memo

    def of(self, e: Term, depth: int = DEPTH) -> Found:
        """The signs that e is found to have, with the certificate."""
        key = e, depth
        if key not in self._memo:
            self._memo[key] = ANY, None
            try:
                found, how = self._signs(e, depth)
            except Excess:
                found, how = ANY, None
            self._memo[key] = (found, how) if found else (ANY, None)
        return self._memo[key]

    def _signs(self, e: Term, depth: int) -> Found:
        p = expand(e)
        if not p or (len(p) == 1 and UNIT in p):
            return sign_of(p.get(UNIT, 0)), ("number",)
        found, how = self._structural(e, depth)
        if not exact(found):
            found, how = self._by_facts(e, depth, found, how)
        if not exact(found) and e.op == "add" and depth:
            found, how = _both(found, how, *self._by_factors(e, depth))
        return found, how

    def _structural(self, e: Term, depth: int) -> Found:
        a = e.args
        match e.op:
            case "add" | "mul":
                return self._of_parts(e, depth)
            case "size" | "exp":
                return POS, (e.op,)
            case "ipow":
                m, c = self.of(a[0], depth)
                return of_power(m, a[1]), ("power", c or ("any",))
            case "rpow":
                m, c = self.of(a[0], depth)
                return (POS, ("rpower", c)) if m == POS else (POS | NIL, ("rpower", ("any",)))
            case "abs":
                m, c = self.of(a[0], depth)
                return absolute(m), ("abs", c or ("any",))
            case "log":
                m, c = self.of(a[0], depth)
                if m == POS:
                    m, d = self.of(add(a[0], MINUS), depth)
                    return (m, ("log", c, d)) if d else (ANY, None)
            case "sum":
                at = letter_of(e)
                m, c = self.of(instantiate(a[0], at), depth)
                if m not in (ANY, POS | NEG):
                    return m, ("total", at.args[0], c)
        return ANY, None

    def _of_parts(self, e: Term, depth: int) -> Found:
        total, ways, table = (NIL, [], PLUS) if e.op == "add" else (POS, [], TIMES)
        for s in e.args:
            m, c = self.of(s, depth)
            total = table[total][m]
            ways.append(c or ("any",))
            if total == ANY:
                return ANY, None
        return total, ("sum" if e.op == "add" else "product", tuple(ways))

    def _by_facts(self, e: Term, depth: int, found: int, how: Tree | None) -> Found:
        tidy, used = tidied(e)
        terms = expand(tidy)
        for row in self.rows.sharing(terms, letters_in(e)):
            if row.weight and not self.hard:
                continue
            ratios = {terms[m] / c for m, c in row.slack.items() if m in terms and m != UNIT}
            for ratio in sorted(ratios):
                rest = _less(terms, row.slack, ratio)
                if not rest or (len(rest) == 1 and UNIT in rest):
                    c = rest.get(UNIT, fmpq(0))
                    m, w, r = (*self.of(as_term(c)), as_term(c))
                elif depth:
                    r = collect(rest)
                    m, w = self.of(r, depth - 1)
                else:
                    continue
                got = PLUS[TIMES[sign_of(ratio)][row.mask]][m]
                if got != ANY:
                    equations = joined(used, row.used)
                    way: Tree = ("facts", ((fraction(ratio), row.source, row.at),), r, w or ("any",))
                    found, how = _both(found, how, got, ("with", equations, way) if equations else way)
                    if exact(found):
                        return found, how
        return found, how

    def _by_factors(self, e: Term, depth: int) -> Found:
        found, how = ANY, None
        for split in dict.fromkeys((together(e), factors(e))):
            if split is not None and not exact(found):
                found, how = _both(found, how, *self._of_factors(*split, depth))
        return found, how

    def _of_factors(self, content: fmpq, parts: tuple[tuple[Term, int], ...], depth: int) -> Found:
        if content and len(parts) < 2 and not (parts and parts[0][1] != 1):
            return ANY, None
        total, ways = sign_of(content), []
        for f, k in parts:
            m, c = self.of(f, depth - 1)
            total = TIMES[total][of_power(m, k)]
            if total == ANY:
                return ANY, None
            ways.append((f, k, c or ("any",)))
        return total, ("factors", fraction(content), tuple(ways))


def _less(a: Expanded, b: Expanded, c: fmpq) -> Expanded:
    """a - c b."""
    out = dict(a)
    for m, d in b.items():
        s = out.get(m, 0) - c * d
        if s:
            out[m] = s
        else:
            del out[m]
    return out


def _both(found: int, how: Tree | None, got: int, way: Tree | None) -> Found:
    both = found & got
    if both == found:
        return found, how
    return (got, way) if both == got or how is None else (both, ("both", how, way))
