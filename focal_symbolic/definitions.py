"""Every formula of the package, once, in SymPy (natural logarithm, nats).

All else is made from these: the derivations end in them, the balls and the float64 arrays are compiled from them. A power with
exponent 0 is 1, of 0 too: so the loss at gamma = 0 is -ln x at x = 1 as well (`logic/meaning.py`, the balls and SymPy agree).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sympy import Add, Dummy, Expr, Function, IndexedBase, Piecewise, Sum, diff, exp, log, oo
from sympy.core.relational import Eq

from focal_symbolic.language import array, i, n, real, total

__all__ = [
    "cross_entropy",
    "curvature",
    "extended_focal_entropy",
    "focal_entropy",
    "focal_entropy_of_letters",
    "g",
    "gain",
    "gamma",
    "height",
    "loss",
    "multiplier",
    "n",
    "p",
    "q",
    "s",
    "sigmoid",
    "slope",
    "slope_inverse",
    "softmax",
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
    """The focal loss -(1 - x)^gamma ln x, in nats.

    Parameters
    ----------
    x : Expr
        The probability given to what happened, in (0, 1].
    gamma : Expr
        The focusing parameter, at least 0.

    Returns
    -------
    Expr
        The loss.

    Notes
    -----
    Of [lin2017].

    Examples
    --------
    >>> from focal_symbolic.definitions import gamma, loss, x
    >>> loss(x, gamma)
    -(1 - x)**gamma*log(x)
    """
    return -((1 - x) ** gamma) * log(x)


_PLACE = Dummy("x", real=True), Dummy("gamma", real=True)


@cache
def _derivative(x: Expr, gamma: Expr) -> Expr:
    return -diff(loss(x, gamma), x)


def slope(x: Expr, gamma: Expr) -> Expr:
    """The slope phi = -d loss/dx = (1 - x)^gamma/x - gamma (1 - x)^(gamma - 1) ln x.

    Parameters
    ----------
    x : Expr
        A probability, in (0, 1).
    gamma : Expr
        The focusing parameter, at least 0.

    Returns
    -------
    Expr
        The slope, differentiated by SymPy.

    Notes
    -----
    At the minimizer p_x phi(q_x) is the same for all x [charoenphakdee2021].

    Examples
    --------
    >>> from focal_symbolic.definitions import slope, x
    >>> slope(x, 0)
    1/x
    """
    return _derivative(*_PLACE).xreplace(dict(zip(_PLACE, (x, gamma), strict=True)))


def gain(x: Expr, gamma: Expr) -> Expr:
    """The gain psi = x phi(x) = (1 - x)^gamma (1 + gamma s(x)).

    Parameters
    ----------
    x : Expr
        A probability, in (0, 1).
    gamma : Expr
        The focusing parameter, at least 0.

    Returns
    -------
    Expr
        The gain.

    Notes
    -----
    The ratio of the gradients of the focal loss and of the cross-entropy [mukhoti2020].

    Examples
    --------
    >>> from focal_symbolic.definitions import gain, gamma, x
    >>> gain(x, gamma)
    (1 - x)**gamma*(-gamma*x*log(x)/(1 - x) + 1)
    """
    return (1 - x) ** gamma * (1 + gamma * s(x))


def s(x: Expr) -> Expr:
    """The function s(x) = x ln(1/x)/(1 - x), which rises from 0 to 1 on (0, 1).

    Parameters
    ----------
    x : Expr
        A probability, in (0, 1).

    Returns
    -------
    Expr
        The value s(x).

    Notes
    -----
    Bounds of the logarithm are in [olver2010], 4.5(i).

    Examples
    --------
    >>> from focal_symbolic.definitions import s, x
    >>> s(x)
    -x*log(x)/(1 - x)
    """
    return -x * log(x) / (1 - x)


def g(x: Expr) -> Expr:
    """The function g(x) = ln(1 - x) + s(x), the derivative of ln psi in gamma at gamma = 0.

    Parameters
    ----------
    x : Expr
        A probability, in (0, 1).

    Returns
    -------
    Expr
        The value g(x).

    Notes
    -----
    Its sign is the claim `high_suppression/g_sign`.

    Examples
    --------
    >>> from focal_symbolic.definitions import g, x
    >>> g(x)
    -x*log(x)/(1 - x) + log(1 - x)
    """
    return log(1 - x) + s(x)


def height(x: Expr, gamma: Expr) -> Expr:
    """The function h(x) = (1 - gamma x) ln(1/x) - 2 (1 - x), which has the sign of psi'.

    Parameters
    ----------
    x : Expr
        A probability, in (0, 1).
    gamma : Expr
        The focusing parameter, at least 0.

    Returns
    -------
    Expr
        The value h(x).

    Notes
    -----
    That it changes its sign exactly once is the claim `amplification/mode`.

    Examples
    --------
    >>> from focal_symbolic.definitions import height, x
    >>> height(x, 0)
    2*x - log(x) - 2
    """
    return -(1 - gamma * x) * log(x) - 2 * (1 - x)


def curvature(x: Expr, gamma: Expr) -> Expr:
    """The function B(x) = (1 + 2 gamma)(1 - x) - gamma (1 - (1 + gamma) x) ln(1/x).

    Parameters
    ----------
    x : Expr
        A probability, in (0, 1).
    gamma : Expr
        The focusing parameter, at least 0.

    Returns
    -------
    Expr
        The value B(x).

    Notes
    -----
    x (1 - x)^gamma B(x) is the second derivative of the loss by the logit of x: the claim `logits/by_the_score`.

    Examples
    --------
    >>> from focal_symbolic.definitions import curvature, x
    >>> curvature(x, 0)
    1 - x
    """
    return (1 + 2 * gamma) * (1 - x) + gamma * (1 - (1 + gamma) * x) * log(x)


def sigmoid(z: Expr) -> Expr:
    """The probability 1/(1 + e^-z) whose logit is z.

    Parameters
    ----------
    z : Expr
        The logit, any real number.

    Returns
    -------
    Expr
        The probability.

    Notes
    -----
    The logistic function, as in [guo2017].

    Examples
    --------
    >>> from focal_symbolic.definitions import sigmoid, x
    >>> sigmoid(x)
    1/(1 + exp(-x))
    """
    return 1 / (1 + exp(-z))


def softmax(z: Expr, at: Expr) -> Expr:
    """The probability e^(z_at)/sum e^(z_i) that a softmax gives to a letter.

    Parameters
    ----------
    z : Expr
        The logit of the letter i.
    at : Expr
        The letter.

    Returns
    -------
    Expr
        The probability.

    Notes
    -----
    As in [guo2017].

    Examples
    --------
    >>> from focal_symbolic.definitions import q, softmax
    >>> from focal_symbolic.language import i, j
    >>> softmax(q[i], j)
    exp(q[j])/Sum(exp(q[i]), (i, 1, n))
    """
    return exp(z.xreplace({i: at})) / total(exp(z))


def focal_entropy(p: IndexedBase, q: IndexedBase, gamma: Expr) -> Sum:
    """The focal-entropy, the sum of p_i loss(q_i) over an alphabet on which q is positive, in nats.

    Parameters
    ----------
    p, q : IndexedBase
        The data and the model, families over the alphabet.
    gamma : Expr
        The focusing parameter, at least 0.

    Returns
    -------
    Sum
        The focal-entropy.

    Notes
    -----
    Of [shah2026].

    Examples
    --------
    >>> from focal_symbolic.definitions import focal_entropy, gamma, p, q
    >>> focal_entropy(p, q, gamma)
    Sum(-(1 - q[i])**gamma*log(q[i])*p[i], (i, 1, n))
    """
    return total(p[i] * loss(q[i], gamma))


def focal_entropy_of_letters(p: Sequence[Expr], q: Sequence[Expr], gamma: Expr) -> Expr:
    """The focal-entropy written out over given letters, in nats.

    Parameters
    ----------
    p, q : sequence of n Expr
        The data and the model, letter by letter.
    gamma : Expr
        The focusing parameter, at least 0.

    Returns
    -------
    Expr
        The focal-entropy.

    Notes
    -----
    Of [shah2026].

    Examples
    --------
    >>> from sympy import Rational
    >>> from focal_symbolic.definitions import focal_entropy_of_letters, x
    >>> focal_entropy_of_letters([Rational(1, 2)] * 2, [x, 1 - x], 2)
    -x**2*log(1 - x)/2 - (1 - x)**2*log(x)/2
    """
    return Add(*(a * loss(b, gamma) for a, b in zip(p, q, strict=True)))


def cross_entropy(p: IndexedBase, q: IndexedBase) -> Sum:
    """The cross-entropy, the focal-entropy at gamma = 0, in nats.

    Parameters
    ----------
    p, q : IndexedBase
        The data and the model, families over the alphabet.

    Returns
    -------
    Sum
        The cross-entropy.

    Notes
    -----
    As in [cover2006].

    Examples
    --------
    >>> from focal_symbolic.definitions import cross_entropy, p, q
    >>> cross_entropy(p, q)
    Sum(-log(q[i])*p[i], (i, 1, n))
    """
    return focal_entropy(p, q, 0)


def extended_focal_entropy(p: IndexedBase, q: IndexedBase, gamma: Expr) -> Sum:
    """The focal-entropy in [0, +oo] where q may vanish: loss(0) = +oo and 0 * oo = 0.

    Parameters
    ----------
    p, q : IndexedBase
        The data and the model, families over the alphabet.
    gamma : Expr
        The focusing parameter, at least 0.

    Returns
    -------
    Sum
        The focal-entropy, in nats.

    Notes
    -----
    Of [shah2026]; where it is finite is the claim `finiteness/finite_on_the_support`.

    Examples
    --------
    >>> from focal_symbolic.definitions import extended_focal_entropy, p, q
    >>> extended_focal_entropy(p, q, 0)
    Sum(Piecewise((0, Eq(p[i], 0)), (oo, Eq(q[i], 0)), (-log(q[i])*p[i], True)), (i, 1, n))
    """
    return total(Piecewise((0, Eq(p[i], 0)), (oo, Eq(q[i], 0)), (p[i] * loss(q[i], gamma), True)))
