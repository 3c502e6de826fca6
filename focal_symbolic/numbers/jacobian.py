"""How the minimizer moves with the data and with gamma: its derivatives in closed form, to any number of certified digits.

The conditions p_i phi(q_i) = lambda and sum q_i = 1, differentiated, are a diagonal matrix plus one of rank one. With
w_i = q_i/e_i, e_i = -d ln phi/d ln q > 0 at q_i, W = sum w_i and t_i = d ln phi(q_i)/d gamma, their solution is

    dq_i/dp_j = (w_j/p_j)([i = j] - w_i/W)        d ln lambda/dp_j = w_j/(p_j W)
    dq_i/dgamma = w_i (t_i - mean t)              d ln lambda/dgamma = mean t, the mean with weights w_i

which the claim differentiability/minimizer_is_differentiable shows to be so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import mpmath
from flint import arb

from focal_symbolic.distribution import Distribution, digits_of, distribution_of, gamma_of
from focal_symbolic.errors import InputError
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import ZERO, Probability, ball, precision
from focal_symbolic.numbers.minimizer import solve
from focal_symbolic.numbers.rounding import rounded
from focal_symbolic.numbers.sweep import weighted_mean

__all__ = ["Jacobian", "jacobian"]


@dataclass(frozen=True)
class Jacobian:
    """The derivatives of the minimizer of p at gamma, every number rounded from a certified enclosure.

    Attributes
    ----------
    p : Distribution
        The data, n outcomes.
    gamma : Fraction
        The focusing parameter.
    dps : int
        How many digits are right.
    by_p : tuple of n tuples of n mpmath.mpf
        The entry by_p[i][j] is dq_i/dp_j, of q as a function of weights p_j that need not sum to 1.
    by_gamma : tuple of n mpmath.mpf
        The dq_i/dgamma; at gamma = 0 from the right.
    log_multiplier_by_p : tuple of n mpmath.mpf
        The d ln lambda/dp_j, of the multiplier at the weights p_j.
    log_multiplier_by_gamma : mpmath.mpf
        The d ln lambda/dgamma.
    radius : mpmath.mpf
        A bound of the relative error of every number here.
    """

    p: Distribution
    gamma: Fraction
    dps: int
    by_p: tuple[tuple[mpmath.mpf, ...], ...]
    by_gamma: tuple[mpmath.mpf, ...]
    log_multiplier_by_p: tuple[mpmath.mpf, ...]
    log_multiplier_by_gamma: mpmath.mpf
    radius: mpmath.mpf


def jacobian(p: Iterable[object], gamma: object, dps: int = 50) -> Jacobian:
    """The derivatives of the minimizer of p in the data and in gamma.

    With H_gamma(p, .) minimized for positive weights p, w_i = q_i/e_i, e_i = -d ln phi/d ln q at q_i, W = sum w_i and
    t_i = d ln phi(q_i)/dgamma: dq_i/dp_j = (w_j/p_j)([i = j] - w_i/W) and dq_i/dgamma = w_i (t_i - mean t), the mean with
    weights w_i. The columns of by_p sum to 0 and so does by_gamma; p_1 dq_i/dp_1 + ... + p_n dq_i/dp_n = 0. Each of the `dps`
    digits is right.

    Parameters
    ----------
    p : Distribution, or sequence of n >= 2 numbers
        The data, all of them positive, with sum 1.
    gamma : number
        The focusing parameter, at least 0.
    dps : int
        Decimal digits, from 1 to 100000.

    Returns
    -------
    Jacobian
        All of the derivatives.

    Raises
    ------
    InputError
        For an argument that breaks a rule.
    Undecided
        If the digits could not be certified.

    Notes
    -----
    That they are the derivatives is the claim `differentiability/minimizer_is_differentiable`.

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic import jacobian
    >>> found = jacobian(["0.7", "0.2", "0.1"], 2, dps=10)
    >>> [nstr(move, 10) for move in found.by_gamma]
    ['-0.05044198824', '0.01846831151', '0.03197367673']
    """
    data, power, digits = distribution_of(p), gamma_of(gamma), digits_of(dps)
    if len(data) < 2:
        raise InputError("p has one outcome, whose q is 1 whatever p and gamma are; give two outcomes at least.")
    if len(data.support) < len(data):
        absent = next(x for x in range(len(data)) if data[x] == 0)
        raise InputError(f"p[{absent}] = 0, where the minimizer has no derivative in both directions; leave that outcome out.")
    weights, size = data.probabilities, len(data)
    even = len(set(weights)) == 1

    def enclose(bits: int) -> list[arb | Fraction]:
        found = solve(weights, power, bits + size.bit_length())
        with precision(bits + 2 * size.bit_length() + 16):
            shares, rates = _shares_and_rates(found.q, power)
            whole = sum(shares, ZERO)
            mean = weighted_mean(shares, rates)
            scaled = [share / ball(weight) for share, weight in zip(shares, weights, strict=True)]
            others = [sum(shares[:x] + shares[x + 1 :], ZERO) for x in range(size)]
            matrix = [
                column * (others[i] if i == j else -shares[i]) / whole for i in range(size) for j, column in enumerate(scaled)
            ]
            moves = [Fraction(0) if even else share * (rate - mean) for share, rate in zip(shares, rates, strict=True)]
            return [mean, *(column / whole for column in scaled), *moves, *matrix]

    (mean, *values), radius = rounded(enclose, digits)
    by_multiplier, by_gamma, entries = values[:size], values[size : 2 * size], values[2 * size :]
    return Jacobian(
        p=data,
        gamma=power,
        dps=digits,
        by_p=tuple(tuple(entries[row : row + size]) for row in range(0, size * size, size)),
        by_gamma=tuple(by_gamma),
        log_multiplier_by_p=tuple(by_multiplier),
        log_multiplier_by_gamma=mean,
        radius=radius,
    )


def _shares_and_rates(q: tuple[Probability, ...], gamma: Fraction) -> tuple[list[arb], list[arb]]:
    """(w_i, t_i) in balls, each distinct q once."""
    power = ball(gamma)
    known: dict[int, tuple[arb, arb]] = {}
    for at in q:
        if id(at) not in known:
            known[id(at)] = at.q / formulas.elasticity(at, power), formulas.gain_rate(at, power)
    shares, rates = zip(*(known[id(at)] for at in q), strict=True)
    return list(shares), list(rates)
