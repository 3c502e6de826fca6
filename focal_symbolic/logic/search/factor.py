"""Numbers as products: the factors of numerator and denominator."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from flint import fmpq, fmpq_mpoly

from focal_symbolic.logic.arithmetic import Excess, Field, widely
from focal_symbolic.logic.terms import Term

__all__ = ["Factors", "factors", "together"]

Factors = tuple[fmpq, tuple[tuple[Term, int], ...]]


@cache
def factors(t: Term) -> Factors | None:
    """t = content * product of term^power, numerator and denominator together; None where it is undefined or too large."""

    def work(field: Field) -> Factors:
        a, b = field.of(t)
        if not a:
            return fmpq(0), ()
        content, out = fmpq(1), []
        for p, side in ((a, 1), (b, -1)):
            c, found = p.factor()
            content *= c**side
            out += [(field.term(f), int(k) * side) for f, k in found]
        return content, tuple(out)

    return _tried(work)


@cache
def together(t: Term) -> Factors | None:
    """As `factors`, but nothing is cancelled between numerator and denominator, and denominators stay as they were written."""

    def work(field: Field) -> Factors:
        a, low = _over(field, t)
        if not a:
            return fmpq(0), ()
        c, found = a.factor()
        return c, (*((field.term(f), int(k)) for f, k in found), *((f, -k) for f, k in low.items()))

    return _tried(work)


def _tried(work: Callable[[Field], Factors]) -> Factors | None:
    try:
        return widely(work)
    except (ZeroDivisionError, Excess):
        return None


Low = dict[Term, int]


def _times(field: Field, x: fmpq_mpoly, low: Low) -> fmpq_mpoly:
    for t, k in low.items():
        x = field.times(x, field.of(t)[0] ** k)
    return x


def _over(field: Field, s: Term) -> tuple[fmpq_mpoly, Low]:
    """s as a polynomial over a product of denominators."""
    match s.op:
        case "rat":
            return field.number(fmpq(*s.args))[0], {}
        case "mul":
            top, low = field.one, Low()
            for a, b in (_over(field, x) for x in s.args):
                top = field.times(top, a)
                for t, k in b.items():
                    low[t] = low.get(t, 0) + k
            return top, low
        case "add":
            parts, low = [_over(field, x) for x in s.args], Low()
            for _, b in parts:
                for t, k in b.items():
                    low[t] = max(low.get(t, 0), k)
            top = field.zero
            for a, b in parts:
                top = top + _times(field, a, {t: k - b.get(t, 0) for t, k in low.items() if k > b.get(t, 0)})
            return top, low
        case "ipow":
            a, b = _over(field, s.args[0])
            k = s.args[1]
            if k >= 0:
                return field.power((a, field.one), k)[0], {t: j * k for t, j in b.items()}
            if not a:
                raise ZeroDivisionError
            up = {t: -j * k for t, j in b.items()}
            if a.is_constant():
                return _times(field, field.number(1 / a.leading_coefficient() ** -k)[0], up), {}
            return _times(field, field.one, up), {field.term(a) if b else s.args[0]: -k}
    return field.atom(s)[0], {}
