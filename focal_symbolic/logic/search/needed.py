"""What an identity needs of the equations that were found on the way to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from focal_symbolic.logic.search.tidy import Equations
from focal_symbolic.logic.terms import ONE, SIZE, Key, Term, abstract, free, ipow, mk, mul, rat, rpow

__all__ = ["needed", "spoken", "terms_of"]


def terms_of(x: Any) -> Iterator[Term]:
    """The terms in a part of a certificate, or in an argument of a rule."""
    if type(x) is Term:
        yield x
    elif type(x) is tuple:
        for part in x:
            yield from terms_of(part)


def spoken(equation: tuple[Any, ...]) -> frozenset[Key]:
    """The free names in an equation."""
    return frozenset().union(*(free(t) for t in terms_of(equation)))


def needed(about: tuple[Term, ...], equations: Equations) -> Equations:
    """Those of the equations that speak of parts of these numbers, or of parts of what such an equation brings."""
    of: dict[Term, list[int]] = {}
    for k, e in enumerate(equations):
        of.setdefault(e[1], []).append(k)
    chosen: set[int] = set()
    waiting, seen = [*about], set(about)
    while waiting and of:
        t = waiting.pop()
        parts = [*t.terms]
        for k in of.pop(t, ()):
            chosen.add(k)
            parts += (*terms_of(equations[k]), *_made(equations[k]))
        for s in parts:
            if s not in seen:
                seen.add(s)
                waiting.append(s)
    return tuple(e for k, e in enumerate(equations) if k in chosen)


def _made(e: tuple[Any, ...]) -> tuple[Term, ...]:
    """The numbers that the right side of an equation is made of, beside those that it brings."""
    law, t, *data = e
    match law:
        case "ln_product":
            return tuple(mk("log", f) for f, _, _ in data[0])
        case "ln_power":
            return (mk("log", t.args[0].args[0]), t.args[0].args[1])
        case "power_product":
            return tuple(rpow(f, data[1] if k == 1 else mul(rat(k), data[1])) for f, k, _ in data[0])
        case "power_sum":
            return tuple(t.args[0] if u is ONE else rpow(t.args[0], u) for u, _ in data[0])
        case "power_power":
            return (rpow(t.args[0].args[0], mul(t.args[0].args[1], t.args[1])),)
        case "power_exp":
            return (mk("exp", mul(t.args[0].args[0], t.args[1])),)
        case "exp_sum":
            return tuple(mk("exp", u) for u, _ in data[0])
        case "exp_ln":
            return (rpow(data[0], data[1]),)
        case "power_integer":
            return (ipow(t.args[0], data[0]),)
        case "sum_linear":
            at = mk("fresh", data[0])
            return tuple(SIZE if i is ONE else mk("sum", abstract(i, at)) for _, i in data[2])
    return ()
