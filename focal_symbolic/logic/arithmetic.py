"""Exact arithmetic over atoms: when two numbers are the same rational function.

A number is a rational function of its atoms: every part that is not a rational, a sum, a product or an integer power. No law of
logarithms, powers or sums is known here. So if two numbers are the same rational function, they are equal wherever both
are defined.

`expand` works on dictionaries and is remembered; `Field` computes fractions of polynomials with FLINT. Both are bounded: what
grows beyond WIDTHS atoms, MONOMIALS, DEGREE or coefficients of BITS raises `Excess`, and all of it costs fuel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from math import comb, prod
from types import MappingProxyType
from typing import Any, TypeVar

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from focal_symbolic.logic.fuel import remembered, spend
from focal_symbolic.logic.terms import BITS, Term, add, ipow, mk, mul, rat

__all__ = [
    "UNIT",
    "Excess",
    "Expanded",
    "Field",
    "Monomial",
    "bits",
    "collect",
    "constant",
    "expand",
    "merged",
    "proportion",
    "same",
    "widely",
]

Monomial = tuple[tuple[Term, int], ...]
Expanded = Mapping[Monomial, fmpq]
Number = tuple[fmpq_mpoly, fmpq_mpoly]
"""Numerator and denominator, coprime, the denominator with leading coefficient 1."""

UNIT: Monomial = ()
ONE, NIL = fmpq(1), fmpq(0)
WIDTHS = (12, 24, 48, 96, 192)
MONOMIALS, DEGREE, POWER, STEPS = 20_000, 400, 8, 200_000


class Excess(ValueError):
    """A computation beyond its bounds."""


# -- expanded numbers ------------------------------------------------------------------------------------------------------


@remembered
def expand(t: Term) -> Expanded:
    """The number as {monomial: coefficient}; a monomial is ((atom, power), ...), sorted, powers may be negative.

    An integer power of a sum is multiplied out up to POWER; beyond it, and to a negative power, the sum is an atom, its
    first coefficient taken out. Raises Excess.
    """
    return MappingProxyType(_expanded(t))  # it is remembered: nobody changes it


def _expanded(t: Term) -> Expanded:
    spend(1)
    a = t.args
    match t.op:
        case "rat":
            return {UNIT: fmpq(*a)} if a[0] else {}
        case "add":
            total: dict[Monomial, fmpq] = {}
            for s in a:
                _add_to(total, expand(s), ONE)
            return total
        case "mul":
            out = expand(a[0])
            for s in a[1:]:
                out = _times(out, expand(s))
            return out
        case "ipow":
            return _power(expand(a[0]), a[1])
    return {((t, 1),): ONE}


def _power(base: Expanded, k: int) -> Expanded:
    if len(base) == 1:
        ((m, c),) = base.items()
        return {tuple((s, j * k) for s, j in m) if k else UNIT: _rational_power(c, k)}
    if 0 <= k <= POWER:
        out: Expanded = {UNIT: ONE}
        for _ in range(k):
            out = _times(out, base)
        return out
    if not base:  # 0 to a negative power is undefined: an atom of which nothing is known. To a positive one it is 0
        return {} if k > 0 else {((ipow(rat(0), -1), 1),): ONE}
    lead = base[min(base, key=_order)]
    inner = collect({m: c / lead for m, c in base.items()})
    return {((inner, k),): _rational_power(lead, k)}


def _rational_power(c: fmpq, k: int) -> fmpq:
    if bits(c) * abs(k) > BITS and abs(c) != 1:
        raise Excess("a power of a rational is too large.")
    return c**k


def _order(m: Monomial) -> list[tuple[bytes, int]]:
    return [(t.digest, k) for t, k in m]


def merged(a: Expanded, b: Expanded, c: fmpq = ONE) -> Expanded:
    """a + c b."""
    out = dict(a)
    _add_to(out, b, c)
    return out


def _add_to(out: dict[Monomial, fmpq], b: Expanded, c: fmpq) -> None:
    """out + c b, in place."""
    for m, d in b.items():
        s = _counted(out.get(m, NIL) + c * d)
        if s:
            out[m] = s
        else:
            out.pop(m, None)


def _counted(c: fmpq) -> fmpq:
    """A coefficient that was computed. Raises Excess where it is too large."""
    size = bits(c)
    if size > BITS:
        raise Excess("a coefficient is too large.")
    spend(1 + size // 32)
    return c


def bits(c: fmpq) -> int:
    """The bits of the larger of numerator and denominator."""
    size: int = c.height_bits()
    return size


def _times(a: Expanded, b: Expanded) -> Expanded:
    if len(a) * len(b) > MONOMIALS:
        raise Excess("a product has too many terms.")
    out: dict[Monomial, Any] = {}
    for m, c in a.items():
        for j, d in b.items():
            k = _joined(m, j)
            out[k] = _counted(out.get(k, NIL) + c * d)
    return {m: c for m, c in out.items() if c}


def _joined(m: Monomial, j: Monomial) -> Monomial:
    if not m or not j:
        return m or j
    spend(4 * (len(m) + len(j)))
    powers = dict(m)
    for t, k in j:
        powers[t] = powers.get(t, 0) + k
    return tuple(sorted(((t, k) for t, k in powers.items() if k), key=lambda x: x[0].digest))


def collect(p: Expanded) -> Term:
    """The term of an expanded number; one for each."""
    parts = []
    for m, c in p.items():
        factors = [s if k == 1 else ipow(s, k) for s, k in m]
        parts.append(mul(as_term(c), *factors) if c != 1 or not factors else mul(*factors))
    return add(*parts)


def as_term(c: fmpq) -> Term:
    """The rational number as a term."""
    return mk("rat", int(c.p), int(c.q))


def constant(t: Term) -> fmpq | None:
    """The rational that t expands to, or None. Raises Excess."""
    p = expand(t)
    return p.get(UNIT, NIL) if not p or (len(p) == 1 and UNIT in p) else None


# -- fractions of polynomials ----------------------------------------------------------------------------------------------


class Wide(Exception):
    """More atoms than the ring has generators."""


@cache
def _ring(width: int) -> tuple[fmpq_mpoly_ctx, tuple[fmpq_mpoly, ...]]:
    """A ring of polynomials with its generators."""
    ctx = fmpq_mpoly_ctx.get(tuple(f"a{k}" for k in range(width)), Ordering.lex)
    return ctx, ctx.gens()


class Field:
    """Rational functions over Q in atoms that are generators of one ring; equations replace atoms by what they equal."""

    def __init__(self, width: int, equations: Mapping[Term, Term] | None = None):
        self.ctx, self.gens = _ring(width)
        self.atoms: list[Term] = []
        self.index: dict[Term, int] = {}
        self.one, self.zero = self.ctx.constant(1), self.ctx.constant(0)
        self.equations = equations or {}
        self.memo: dict[Term, Number] = {}
        self.steps = 0

    def atom(self, t: Term) -> Number:
        """The atom as a generator. Raises Wide where none is left."""
        k = self.index.get(t)
        if k is None:
            if len(self.atoms) == len(self.gens):
                raise Wide
            k = self.index[t] = len(self.atoms)
            self.atoms.append(t)
        return self.gens[k], self.one

    def number(self, c: fmpq) -> Number:
        """A rational number."""
        return self.ctx.constant(c), self.one

    def reduced(self, a: fmpq_mpoly, b: fmpq_mpoly) -> Number:
        """a/b, coprime. b is not zero."""
        if not a:
            return self.zero, self.one
        size = self.size(a)
        if not b.is_constant():
            size += self.size(b)
            degree = int(a.total_degree() + b.total_degree())
            if degree > DEGREE:
                raise Excess("a fraction has too high a degree.")
            self.bound(len(a) + len(b))
            spend(size * degree // 16)
            g = a.gcd(b)
            if not g.is_constant():
                a, b = a / g, b / g
        c = b.leading_coefficient()
        return (a, b) if c == 1 else (a * (1 / c), b * (1 / c))

    def bound(self, size: int) -> None:
        """Raise Excess beyond MONOMIALS."""
        if size > MONOMIALS:
            raise Excess("a rational function has too many terms.")

    def size(self, p: fmpq_mpoly) -> int:
        """The words that a polynomial takes, counted. Raises Excess where a coefficient is too large."""
        most = max(map(bits, p.coeffs()), default=0)
        if most > BITS:
            raise Excess("a coefficient is too large.")
        words = len(p) * (1 + most // 64)
        spend(words)
        return words

    def times(self, a: fmpq_mpoly, b: fmpq_mpoly) -> fmpq_mpoly:
        """The product of two polynomials. Raises Excess."""
        terms = len(a) * len(b)
        self.bound(terms if len(a) > 1 < len(b) else 0)
        spend(1 + terms)
        return a * b

    def plus(self, x: Number, y: Number) -> Number:
        """x + y."""
        if x[1] == y[1]:
            return self.reduced(x[0] + y[0], x[1])
        return self.reduced(self.times(x[0], y[1]) + self.times(y[0], x[1]), self.times(x[1], y[1]))

    def product(self, x: Number, y: Number) -> Number:
        """x y."""
        if x[1] == self.one and y[1] == self.one:
            out = self.times(x[0], y[0])
            self.size(out)
            return out, self.one
        return self.reduced(self.times(x[0], y[0]), self.times(x[1], y[1]))

    def power(self, x: Number, k: int) -> Number:
        """x^k. Raises ZeroDivisionError for 0 to a negative power, Excess."""
        for p in x:
            if len(p) > 1:
                if abs(k) * sum(map(int, p.degrees())) > DEGREE:
                    raise Excess("a power of a sum has too high a degree.")
                terms = min(comb(len(p) + abs(k) - 1, abs(k)), prod(1 + abs(k) * int(d) for d in p.degrees()))
                self.bound(terms)
                spend(terms * self.size(p) * abs(k))
                if abs(k) * max(map(bits, p.coeffs())) > BITS:
                    raise Excess("a power of a sum has too large coefficients.")
            elif p:
                _rational_power(p.leading_coefficient(), k)
        if k >= 0:
            return x[0] ** k, x[1] ** k
        if not x[0]:
            raise ZeroDivisionError("0 to a negative power")
        return self.reduced(x[1] ** -k, x[0] ** -k)

    def of(self, t: Term, inside: frozenset[Term] = frozenset()) -> Number:
        """The rational function of a number; `inside`: atoms whose equation is being followed, which are not replaced again."""
        if not inside and t in self.memo:
            return self.memo[t]
        spend(1)
        self.steps += 1
        if self.steps > STEPS:
            raise Excess("a rational function takes too many steps.")
        to = self.equations.get(t)
        out = self._of(t, inside) if to is None or t in inside else self.of(to, inside | {t})
        if not inside:
            self.memo[t] = out
        return out

    def _of(self, t: Term, inside: frozenset[Term]) -> Number:
        match t.op:
            case "rat":
                return self.number(fmpq(*t.args))
            case "add" | "mul":
                out = self.of(t.args[0], inside)
                for s in t.args[1:]:
                    out = (self.plus if t.op == "add" else self.product)(out, self.of(s, inside))
                return out
            case "ipow":
                return self.power(self.of(t.args[0], inside), t.args[1])
        return self.atom(t)

    def term(self, p: fmpq_mpoly) -> Term:
        """A polynomial as a term."""
        out: dict[Monomial, fmpq] = {}
        for m, c in p.terms():
            powers = ((self.atoms[k], int(e)) for k, e in enumerate(m) if e)
            out[tuple(powers)] = c
        return collect(out)


T = TypeVar("T")


def widely(work: Callable[[Field], T], equations: Mapping[Term, Term] | None = None) -> T:
    """work(field) with the smallest ring that holds its atoms. Raises Excess if none does."""
    for width in WIDTHS:
        try:
            return work(Field(width, equations))
        except Wide:
            continue
    raise Excess("there are more atoms than the widest ring has.")


@remembered
def _same(a: Term, b: Term) -> bool:
    return expand(a) == expand(b) or _ratio(a, b, None) == ONE


def same(a: Term, b: Term, equations: Mapping[Term, Term] | None = None) -> bool:
    """Whether a and b are the same rational function, with the equations in force. Raises Excess."""
    if a is b:
        return True
    return _ratio(a, b, equations) == ONE if equations else _same(a, b)


def proportion(a: Term, b: Term, equations: Mapping[Term, Term] | None = None) -> fmpq | None:
    """The rational c with a = c b as rational functions, or None; 1 where both are 0. Raises Excess."""
    return _ratio(a, b, equations) if equations else _proportion(a, b)


@remembered
def _proportion(a: Term, b: Term) -> fmpq | None:
    return _ratio(a, b, None)


def _ratio(a: Term, b: Term, equations: Mapping[Term, Term] | None) -> fmpq | None:
    def work(field: Field) -> fmpq | None:
        (x, d), (y, e) = field.of(a), field.of(b)
        if not x or not y:
            return ONE if not x and not y else None
        if d != e:
            return None
        c = x.leading_coefficient() / y.leading_coefficient()
        return c if x == y * c else None

    try:
        return widely(work, equations)
    except ZeroDivisionError:
        return None
