"""The focal-entropy of two distributions, and its relatives at gamma = 0, to any number of certified digits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import mpmath
from flint import arb

from focal_symbolic.distribution import digits_of, gamma_of, pair_of
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.alpha import weights_of
from focal_symbolic.numbers.balls import Probability, ball, precision
from focal_symbolic.numbers.rounding import rounded

__all__ = ["cross_entropy", "entropy", "focal_entropy", "focal_entropy_ball"]


def focal_entropy(p: Iterable[object], q: Iterable[object], gamma: object, dps: int = 50, alpha: object = None) -> mpmath.mpf:
    """The focal-entropy of data p and a model q, in nats.

    H_gamma(p, q) = sum of alpha_x p_x (1 - q_x)^gamma ln(1/q_x), with 0 * oo = 0 and alpha = 1 unless it is given; +oo where
    an outcome with alpha_x p_x > 0 has q_x = 0. Each of the `dps` digits is right.

    Parameters
    ----------
    p, q : Distribution, or sequence of n numbers
        Both over the same outcomes, each with sum 1.
    gamma : number
        The focusing parameter, at least 0.
    dps : int
        Decimal digits, from 1 to 100000.
    alpha : sequence of n numbers, optional
        The weights of the loss, at least 0; for n = 2 also one number, alpha for the first outcome, the positives, and
        1 - alpha for the second.

    Returns
    -------
    mpmath.mpf
        The focal-entropy, in nats.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The loss is of [lin2017], the focal-entropy of [shah2026].

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic import focal_entropy
    >>> nstr(focal_entropy(["0.7", "0.3"], ["0.6", "0.4"], 2, dps=20), 20)
    '0.15617186890419970356'
    """
    return _rounded_entropy(p, q, gamma_of(gamma), digits_of(dps), alpha)


def cross_entropy(p: Iterable[object], q: Iterable[object], dps: int = 50) -> mpmath.mpf:
    """The cross-entropy of data p and a model q, in nats.

    H(p, q) = sum of p_x ln(1/q_x): the focal-entropy at gamma = 0. Each of the `dps` digits is right.

    Parameters
    ----------
    p, q : Distribution, or sequence of n numbers
        Both over the same outcomes, each with sum 1.
    dps : int
        Decimal digits, from 1 to 100000.

    Returns
    -------
    mpmath.mpf
        The cross-entropy, in nats.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    As in [cover2006].

    Examples
    --------
    >>> from focal_symbolic.numbers.entropy import cross_entropy
    >>> print(cross_entropy([1, 0], ["0.5", "0.5"], dps=15))
    0.693147180559945
    """
    return _rounded_entropy(p, q, Fraction(0), digits_of(dps))


def entropy(p: Iterable[object], dps: int = 50) -> mpmath.mpf:
    """The Shannon entropy of p, in nats.

    H(p) = sum of p_x ln(1/p_x): the cross-entropy of p with itself. Each of the `dps` digits is right.

    Parameters
    ----------
    p : Distribution, or sequence of n numbers
        The distribution, with sum 1.
    dps : int
        Decimal digits, from 1 to 100000.

    Returns
    -------
    mpmath.mpf
        The entropy, in nats.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    As in [cover2006].

    Examples
    --------
    >>> from focal_symbolic.numbers.entropy import entropy
    >>> print(entropy(["0.5", "0.5"], dps=15))
    0.693147180559945
    """
    return _rounded_entropy(p, p, Fraction(0), digits_of(dps))


def _rounded_entropy(p: object, q: object, gamma: Fraction, digits: int, alpha: object = None) -> mpmath.mpf:
    data, model = pair_of(p, q)
    weights, masses = weights_of(alpha, len(data), labels=data.labels), data.probabilities
    if weights is not None:
        masses = tuple(weight * share for weight, share in zip(weights, masses, strict=True))
    guard = 2 * gamma.numerator.bit_length() + len(data).bit_length()

    def enclose(bits: int) -> list[arb]:
        with precision(bits + guard):
            return [focal_entropy_ball(masses, model.probabilities, gamma)]

    (value,), _ = rounded(enclose, digits)
    return value


def focal_entropy_ball(p: Sequence[Fraction | arb], q: Sequence[Fraction | Probability], gamma: Fraction | arb) -> arb:
    """The focal-entropy enclosed at the present precision; +inf where an outcome with p_x > 0 has q_x = 0.

    Args: p has exact rationals or balls of any sum, q exact rationals or `Probability`; gamma is at least 0. Outcomes with
        p_x = 0 exactly are left out.
    """
    power, total = ball(gamma), arb(0)
    for weight, at in zip(p, q, strict=True):
        if weight == 0:
            continue
        if at == 0 or (isinstance(at, Probability) and at.q.is_zero()):
            return arb.pos_inf()
        total += formulas.entropy_term(ball(weight), at if isinstance(at, Probability) else Probability.exact(at), power)
    return total
