"""The search for signs and proofs of conditions in one context.

Facts of the premises are tried first; hypotheses and conditions only where these do not suffice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from flint import fmpq

from focal_symbolic.logic.arithmetic import UNIT, Excess, Expanded, Monomial, as_term, collect, expand
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.search.factor import factors, together
from focal_symbolic.logic.search.tidy import Equations, canonical, joined, letter_of, tidied
from focal_symbolic.logic.signs import ANY, MASK, NEG, NIL, PLUS, POS, TIMES, absolute, of_power, sign_of
from focal_symbolic.logic.terms import MINUS, RELATIONS, ZERO, Term, add, instantiate, ipow, letters, mul, slack

if TYPE_CHECKING:
    from focal_symbolic.logic.search.normal import Normal

__all__ = ["Finder"]

Tree = tuple[Any, ...]
Found = tuple[int, Tree | None]
DEPTH = 2


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


def fraction(c: fmpq) -> Fraction:
    """A rational as certificates hold it."""
    return Fraction(int(c.p), int(c.q))


letters_in = cache(letters)


def exact(mask: int) -> bool:
    """Whether a mask has one sign, or none."""
    return not mask & (mask - 1)


class Finder:
    """Certificates for questions in a context, where they can be found."""

    def __init__(self, context: Context):
        self.context = context
        self.hard = False
        self._memo: dict[tuple[Term, int], Found] = {}
        self._other: dict[tuple[Term, int], Found] = {}
        self._rows: dict[frozenset[Term], list[Row]] = {}
        self._places: dict[frozenset[Term], dict[Monomial, list[int]]] = {}
        self._known: dict[frozenset[Term], dict[Term, tuple[int, tuple[Term, ...]]]] = {}
        self._normal: Normal | None = None

    # -- questions

    def answer(self, question: tuple[Any, ...]) -> Tree | None:
        """A certificate for the question, or None."""
        kind, *about = question
        if kind == "sign":
            return self.sign(*about)
        return self.prove(*about) if kind == "prove" else self.normal.equal(*about)

    @property
    def normal(self) -> Normal:
        """The normal forms of this context."""
        if self._normal is None:
            from focal_symbolic.logic.search.normal import Normal  # noqa: PLC0415  (the two lean on each other)

            self._normal = Normal(self)
        return self._normal

    def harden(self, hard: bool) -> None:
        """Use hypotheses and conditions as facts too, or not."""
        if hard != self.hard:
            self.hard = hard
            self._memo, self._other = self._other, self._memo

    def sign(self, e: Term, wanted: int) -> Tree | None:
        """A certificate that the sign of e is among those wanted, or None."""
        for hard in (False, True):
            self.harden(hard)
            m, c = self.signs(e)
            if not m & ~wanted:
                return c
        for f, used in self.normal.forms(e):
            for hard in (False, True):
                self.harden(hard)
                m, c = self.signs(f)
                if not m & ~wanted:
                    return ("with", used, ("equals", f, c)) if used else ("equals", f, c)
        return None

    def prove(self, s: Term) -> Tree | None:
        """A proof of a statement whose conditions are shown elsewhere, or None."""
        known = self._at(letters_in(s)).get(canonical(s))
        if known is not None:
            return "known", *known
        a = s.args
        if s.op in RELATIONS:
            c = self.sign(slack(s), MASK[s.op])
            if c is None and s.op == "ne":
                c = self._by_quotient(slack(s))
            return None if c is None else ("sign", c)
        if s.op == "every":
            at = letter_of(s)
            p = self.prove(instantiate(a[0], at))
            return None if p is None else ("all", at.args[0], p)
        if s.op == "implies":
            p = Finder(self.context.extended(a[0])).prove(a[1])
            return None if p is None else ("given", p)
        if s.op == "or":
            return next((("or", k, p) for k, part in enumerate(a) if (p := self.prove(part)) is not None), None)
        if s.op == "and":
            found = [self.prove(part) for part in a]
            return None if None in found else ("and", tuple(found))
        return None

    # -- what is known

    def rows(self, at: frozenset[Term]) -> list[Row]:
        """The relations that hold, universal ones at these letters."""
        self._at(at)
        return self._rows[at]

    def _sharing(self, terms: Expanded, at: frozenset[Term]) -> Iterator[Row]:
        """The relations whose slack has a monomial, other than 1, of these."""
        rows = self.rows(at)
        if at not in self._places:
            places = self._places[at] = {}
            for k, row in enumerate(rows):
                for m in row.slack:
                    places.setdefault(m, []).append(k)
        places = self._places[at]
        return (rows[k] for k in sorted({k for m in terms if m != UNIT for k in places.get(m, ())}))

    def _at(self, at: frozenset[Term]) -> dict[Term, tuple[int, tuple[Term, ...]]]:
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

    # -- signs

    def signs(self, e: Term, depth: int = DEPTH) -> Found:
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
                m, c = self.signs(a[0], depth)
                return of_power(m, a[1]), ("power", c or ("any",))
            case "rpow":
                m, c = self.signs(a[0], depth)
                return (POS, ("rpower", c)) if m == POS else (POS | NIL, ("rpower", ("any",)))
            case "abs":
                m, c = self.signs(a[0], depth)
                return absolute(m), ("abs", c or ("any",))
            case "log":
                m, c = self.signs(a[0], depth)
                if m == POS:
                    m, d = self.signs(add(a[0], MINUS), depth)
                    return (m, ("log", c, d)) if d else (ANY, None)
            case "sum":
                at = letter_of(e)
                m, c = self.signs(instantiate(a[0], at), depth)
                if m not in (ANY, POS | NEG):
                    return m, ("total", at.args[0], c)
        return ANY, None

    def _of_parts(self, e: Term, depth: int) -> Found:
        total, ways, table = (NIL, [], PLUS) if e.op == "add" else (POS, [], TIMES)
        for s in e.args:
            m, c = self.signs(s, depth)
            total = table[total][m]
            ways.append(c or ("any",))
            if total == ANY:
                return ANY, None
        return total, ("sum" if e.op == "add" else "product", tuple(ways))

    def _by_facts(self, e: Term, depth: int, found: int, how: Tree | None) -> Found:
        tidy, used = tidied(e)
        terms = expand(tidy)
        for row in self._sharing(terms, letters_in(e)):
            if row.weight and not self.hard:
                continue
            ratios = {terms[m] / c for m, c in row.slack.items() if m in terms and m != UNIT}
            for ratio in sorted(ratios):
                rest = _less(terms, row.slack, ratio)
                if not rest or (len(rest) == 1 and UNIT in rest):
                    c = rest.get(UNIT, fmpq(0))
                    m, w, r = (*self.signs(as_term(c)), as_term(c))
                elif depth:
                    r = collect(rest)
                    m, w = self.signs(r, depth - 1)
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

    def _by_quotient(self, e: Term) -> Tree | None:
        """A certificate that e is not 0: it is a known number that is not, times factors that are not."""
        self.harden(True)
        for row in self.rows(letters_in(e)):
            split = None if row.mask & NIL or len(row.slack) < 2 else factors(mul(e, ipow(row.number, -1)))
            if split is None or not split[0]:
                continue
            ways = [(f, k, *self.signs(f)) for f, k in split[1]]
            if not any(m & NIL for _, _, m, _ in ways):
                known: Tree = ("facts", ((Fraction(1), row.source, row.at),), ZERO, ("number",))
                return "factors", fraction(split[0]), ((row.number, 1, known), *((f, k, c) for f, k, _, c in ways))
        return None

    def _of_factors(self, content: fmpq, parts: tuple[tuple[Term, int], ...], depth: int) -> Found:
        if content and len(parts) < 2 and not (parts and parts[0][1] != 1):
            return ANY, None
        total, ways = sign_of(content), []
        for f, k in parts:
            m, c = self.signs(f, depth - 1)
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


def _both(found: int, how: Tree | None, got: int, way: Tree | None) -> Found:
    both = found & got
    if both == found:
        return found, how
    return (got, way) if both == got or how is None else (both, ("both", how, way))
