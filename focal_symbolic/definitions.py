"""Every formula of the package, once, in SymPy (natural logarithm, nats).

All else is made from these: the derivations end in them, the balls and the float64 arrays are compiled from them. A power with
exponent 0 is 1, of 0 too: so the loss at gamma = 0 is -ln x at x = 1 as well (`logic/meaning.py`, the balls and SymPy agree).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sympy import Add, Dummy, Expr, Function, IndexedBase, Piecewise, Sum, diff, log, oo
from sympy.core.relational import Eq

from focal_symbolic.language import array, i, n, real, total

__all__ = [
    "cross_entropy",
    "extended_focal_entropy",
    "focal_entropy",
    "focal_entropy_of_letters",
    "g",
    "gain",
    "gamma",
    "loss",
    "multiplier",
    "n",
    "p",
    "q",
    "s",
    "slope",
    "slope_inverse",
    "x",
]

gamma = real("gamma")
"""The focusing parameter, at least 0."""
multiplier = real("lambda")
"""The Lagrange multiplier of the constraint that q sums to 1."""
x = real("x")
"""A single probability, in statements about the loss as a function of one number."""
p, q = array("p"), array("q")
"""The data distribution and the model distribution, as families over the alphabet."""

slope_inverse = Function("phi_inverse", real=True)
"""`slope_inverse(y, gamma)`: the x in (0, 1) with slope(x, gamma) = y, for y > 0 and gamma > 0."""


def loss(x: Expr, gamma: Expr) -> Expr:
    """The focal loss -(1 - x)^gamma ln x."""
    return -((1 - x) ** gamma) * log(x)


_PLACE = Dummy("x", real=True), Dummy("gamma", real=True)


@cache
def _derivative(x: Expr, gamma: Expr) -> Expr:
    return -diff(loss(x, gamma), x)


def slope(x: Expr, gamma: Expr) -> Expr:
    """The slope phi = -d loss/dx = (1 - x)^gamma/x - gamma (1 - x)^(gamma - 1) ln x."""
    return _derivative(*_PLACE).xreplace(dict(zip(_PLACE, (x, gamma), strict=True)))


def gain(x: Expr, gamma: Expr) -> Expr:
    """The gain psi = x phi(x) = (1 - x)^gamma (1 + gamma s(x))."""
    return (1 - x) ** gamma * (1 + gamma * s(x))


def s(x: Expr) -> Expr:
    """s(x) = x ln(1/x) / (1 - x), which rises from 0 to 1 on (0, 1)."""
    return -x * log(x) / (1 - x)


def g(x: Expr) -> Expr:
    """g(x) = ln(1 - x) + s(x), the derivative of ln psi in gamma at gamma = 0."""
    return log(1 - x) + s(x)


def focal_entropy(p: IndexedBase, q: IndexedBase, gamma: Expr) -> Sum:
    """The focal-entropy: the sum of p_i loss(q_i) over an alphabet on which q is positive."""
    return total(p[i] * loss(q[i], gamma))


def focal_entropy_of_letters(p: Sequence[Expr], q: Sequence[Expr], gamma: Expr) -> Expr:
    """The focal-entropy written out over given letters."""
    return Add(*(a * loss(b, gamma) for a, b in zip(p, q, strict=True)))


def cross_entropy(p: IndexedBase, q: IndexedBase) -> Sum:
    """The cross-entropy: the focal-entropy at gamma = 0."""
    return focal_entropy(p, q, 0)


def extended_focal_entropy(p: IndexedBase, q: IndexedBase, gamma: Expr) -> Sum:
    """The focal-entropy in [0, +oo] where q may vanish: loss(0) = +oo and 0 * oo = 0."""
    return total(Piecewise((0, Eq(p[i], 0)), (oo, Eq(q[i], 0)), (p[i] * loss(q[i], gamma), True)))
