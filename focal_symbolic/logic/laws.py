"""The laws of logarithms, exponentials, powers and sums, as equations of certificates.

Each law takes a number t, and data from the certificate, and works out the number that equals t; it raises `Invalid` where
it does not apply. `now` is where it stands: what is known and which equations are in force. All numbers that the data bring are
defined (the checker asks before), and a base is positive by a proof.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Protocol, Self

from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.terms import (
    MINUS,
    ONE,
    SIZE,
    ZERO,
    Term,
    abstract,
    add,
    free,
    instantiate,
    ipow,
    lt,
    mk,
    mul,
    rat,
    rpow,
    total,
    value,
)

__all__ = ["LAWS", "Invalid"]

Bases = tuple[tuple[Term, int, tuple[Any, ...]], ...]
Units = tuple[tuple[Term, int], ...]
Equations = tuple[tuple[Any, ...], ...]


class Now(Protocol):
    """What a law asks of the place where it stands, a `checker.Situation`; each method is told there."""

    def proves(self, s: Term, how: tuple[Any, ...]) -> bool:
        """Whether the certificate proves the statement."""

    def same(self, a: Term, b: Term) -> bool:
        """Whether two numbers are the same rational function, with the equations in force."""

    def brought(self, *terms: Term) -> None:
        """Raise Invalid unless the terms are closed, speak of opened letters only, and are known to be defined."""

    def opened_at(self, k: int, more: frozenset[Term]) -> Self:
        """Where the fresh letter k stands for any letter, and more conditions hold."""

    def using(self, equations: Equations) -> Self:
        """Where the equations are in force."""


class Invalid(ValueError):
    """A certificate that does not show what it is for; `missing` is a condition that it leaves open, if that is why."""

    def __init__(self, message: str, missing: Term | None = None):
        super().__init__(message)
        self.missing = missing


def need(condition: bool) -> None:
    """Raise Invalid unless the condition is True itself."""
    if condition is not True:
        raise Invalid("a certificate does not show what it is for.")


def _positive(now: Now, f: Term, proof: tuple[Any, ...]) -> None:
    need(now.proves(lt(ZERO, f), proof))


def _of(t: Term, op: str) -> Term:
    """t, which is such an operation."""
    need(t.op == op)
    return t


def _product(now: Now, u: Term, bases: Bases) -> None:
    """u is the product of f^k, each f > 0."""
    for f, _, proof in bases:
        now.brought(f)
        _positive(now, f, proof)
    need(now.same(u, mul(*(ipow(f, k) for f, k, _ in bases))))


def _combination(now: Now, u: Term, units: Units) -> None:
    """u is the sum of p w over the units (w, p)."""
    now.brought(*(w for w, _ in units))
    need(now.same(u, add(*(mul(rat(p), w) for w, p in units))))


def ln_product(now: Now, t: Term, bases: Bases) -> Term:
    """ln u = sum of k ln f, where u = product of f^k, f > 0."""
    _product(now, _of(t, "log").args[0], bases)
    return add(*(mul(rat(k), mk("log", f)) for f, k, _ in bases))


def ln_power(now: Now, t: Term, proof: tuple[Any, ...]) -> Term:
    """ln f^e = e ln f, f > 0."""
    f, e = _of(_of(t, "log").args[0], "rpow").args
    _positive(now, f, proof)
    return mul(e, mk("log", f))


def ln_exp(_: Now, t: Term) -> Term:
    """ln e^u = u."""
    u: Term = _of(_of(t, "log").args[0], "exp").args[0]
    return u


def power_integer(now: Now, t: Term, k: int) -> Term:
    """The real power f^e is the integer power f^k, where e = k and the real power is defined."""
    f, e = _of(t, "rpow").args
    need(now.same(e, rat(k)))
    return ipow(f, k)


def power_product(now: Now, t: Term, bases: Bases, exponent: Term) -> Term:
    """u^e = product of f^(k e), where u = product of f^k, f > 0."""
    u, e = _of(t, "rpow").args
    now.brought(exponent)
    need(now.same(e, exponent))
    _product(now, u, bases)
    return mul(*(rpow(f, exponent if k == 1 else mul(rat(k), exponent)) for f, k, _ in bases))


def power_sum(now: Now, t: Term, units: Units, proof: tuple[Any, ...]) -> Term:
    """f^(sum of p w) = product of (f^w)^p, f > 0."""
    f, e = _of(t, "rpow").args
    _combination(now, e, units)
    _positive(now, f, proof)
    return mul(*(ipow(f if w is ONE else rpow(f, w), p) for w, p in units))


def power_power(now: Now, t: Term, proof: tuple[Any, ...]) -> Term:
    """(f^e)^c = f^(e c), f > 0."""
    inner, c = _of(t, "rpow").args
    f, e = _of(inner, "rpow").args
    _positive(now, f, proof)
    return rpow(f, mul(e, c))


def power_exp(_: Now, t: Term) -> Term:
    """(e^u)^c = e^(u c)."""
    inner, c = _of(t, "rpow").args
    return mk("exp", mul(_of(inner, "exp").args[0], c))


def exp_sum(now: Now, t: Term, units: Units) -> Term:
    """e^(sum of p w) = product of (e^w)^p."""
    _combination(now, _of(t, "exp").args[0], units)
    return mul(*(ipow(mk("exp", w), p) for w, p in units))


def exp_ln(now: Now, t: Term, f: Term, exponent: Term, proof: tuple[Any, ...]) -> Term:
    """e^(c ln f) = f^c, f > 0."""
    now.brought(f, exponent)
    _positive(now, f, proof)
    need(now.same(_of(t, "exp").args[0], mul(exponent, mk("log", f))))
    return rpow(f, exponent)


def sum_linear(now: Now, t: Term, k: int, equations: Equations, pieces: tuple[tuple[Term, Term], ...]) -> Term:
    """The sum of a combination is the combination of the sums: sum of (outer inner) = outer (sum of inner).

    The equations are in force in the body at the fresh letter k.
    """
    body = instantiate(_of(t, "sum").args[0], mk("fresh", k))
    under = now.opened_at(k, conditions(body)).using(equations)
    for outer, inner in pieces:
        need(("fresh", k) not in free(outer))
        under.brought(outer, inner)
    need(under.same(body, add(*(mul(outer, inner) for outer, inner in pieces))))
    at = mk("fresh", k)
    return add(*(mul(outer, SIZE if inner is ONE else total(abstract(inner, at))) for outer, inner in pieces))


def inside(now: Now, t: Term, other: Term) -> Term:
    """An operation at equal arguments; it is defined there as t is."""
    need(t.op == other.op and t.op in ("log", "exp", "abs", "decl", "rpow") and len(t.args) == len(other.args))
    for a, b in zip(t.args, other.args, strict=True):
        if type(a) is Term:
            now.brought(b)
        need(now.same(a, b) if type(a) is Term else a == b)
    return other


def absolute(now: Now, t: Term, other: Term) -> Term:
    """|x| = |-x|; |c| of a rational c."""
    x = _of(t, "abs").args[0]
    now.brought(other)
    c = value(other)
    y = other if c is not None else _of(other, "abs").args[0]
    need(now.same(x, y) or now.same(x, mul(MINUS, y)))
    return other if c is None else rat(abs(c))


def root(now: Now, t: Term, q: int, proof: tuple[Any, ...]) -> Term:
    """t = (t^(1/q))^q, t > 0."""
    need(q > 0)
    _positive(now, t, proof)
    return ipow(rpow(t, rat(Fraction(1, q))), q)


LAWS: dict[str, Callable[..., Term]] = {
    law.__name__: law
    for law in (
        *(ln_product, ln_power, ln_exp, power_integer, power_product, power_sum, power_power, power_exp),
        *(exp_sum, exp_ln, sum_linear, inside, absolute, root),
    )
}
