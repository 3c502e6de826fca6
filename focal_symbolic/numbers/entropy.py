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
    """The focal-entropy, the sum of alpha_x p_x (1 - q_x)^gamma ln(1/q_x), in nats.

    Statement: every one of the `dps` digits is right; +inf where an outcome with alpha_x p_x > 0 has q_x = 0; 0 * inf = 0.
    Args: p and q are a Distribution or a sequence of numbers, of the same length; gamma is a number at least 0; alpha is a
        weight for each outcome, or for two outcomes one number: alpha for the first, the positives, 1 - alpha for the second.
    Raises: InputError for an argument that breaks a rule.
    """
    return _rounded_entropy(p, q, gamma_of(gamma), digits_of(dps), alpha)


def cross_entropy(p: Iterable[object], q: Iterable[object], dps: int = 50) -> mpmath.mpf:
    """The cross-entropy in nats, the focal-entropy at gamma = 0.

    Args: as for `focal_entropy`.
    Raises: InputError.
    """
    return _rounded_entropy(p, q, Fraction(0), digits_of(dps))


def entropy(p: Iterable[object], dps: int = 50) -> mpmath.mpf:
    """The Shannon entropy in nats, the cross-entropy of p with itself.

    Args: as for `focal_entropy`.
    Raises: InputError.
    """
    return _rounded_entropy(p, p, Fraction(0), digits_of(dps))


def _rounded_entropy(p: object, q: object, gamma: Fraction, digits: int, alpha: object = None) -> mpmath.mpf:
    data, model = pair_of(p, q)
    weights, masses = weights_of(alpha, len(data)), data.probabilities
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
