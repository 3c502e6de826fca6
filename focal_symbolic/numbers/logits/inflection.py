"""The inflection q_-: the probability of the true class below which the loss is concave in its logit."""

from __future__ import annotations

from fractions import Fraction

import mpmath
from flint import arb

from focal_symbolic.distribution import digits_of, gamma_of
from focal_symbolic.errors import InputError
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import Probability, ball, precision
from focal_symbolic.numbers.rounding import rounded
from focal_symbolic.numbers.thresholds import concave_root

__all__ = ["inflection", "inflection_ball"]

SPARE_BITS = 64


def inflection(gamma: object, dps: int = 50) -> mpmath.mpf:
    """The inflection q_-: the one x in (0, 1) with B(x) = 0, which is the greatest gradient's.

    The loss is convex in the logits if and only if the true class has at least q_-, for sigmoid and softmax alike; below, its
    Hessian has one negative eigenvalue. q_- is less than e^(-2 - 1/gamma), and less than 3/50 whatever gamma is.

    Parameters
    ----------
    gamma : number
        The focusing parameter, more than 0.
    dps : int
        Decimal digits, each right, from 1 to 100000.

    Returns
    -------
    mpmath.mpf
        The inflection q_-.

    Raises
    ------
    InputError
        For an argument that breaks a rule; at gamma = 0 the loss is convex in the logits everywhere.

    Notes
    -----
    The claims `logits/inflection_exists` and `logits/convex_or_not`.

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic import logits
    >>> nstr(logits.inflection(2, 15), 15)
    '0.0578463790860253'
    """
    focus = gamma_of(gamma)
    if focus == 0:
        raise InputError("gamma = 0 is the cross-entropy, which is convex in the logits everywhere; give gamma > 0.")

    def enclose(bits: int) -> list[arb]:
        return [inflection_ball(focus, bits)]

    (value,), _ = rounded(enclose, digits_of(dps))
    return value


def inflection_ball(gamma: Fraction, bits: int) -> arb:
    """The inflection q_- of a gamma > 0, enclosed.

    B is concave, and negative at e^(-2 - 1/gamma)/(1 + gamma): from there Newton's steps come up to q_-.

    Parameters
    ----------
    gamma : Fraction
        The focusing parameter, more than 0.
    bits : int
        How narrow the ball is to be, about 2**-bits relative.

    Returns
    -------
    arb
        A ball that holds q_-.

    Raises
    ------
    Undecided
        If the signs of B on both sides of it are not decided.

    Notes
    -----
    The claim `logits/inflection_exists`.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from focal_symbolic.numbers.logits.inflection import inflection_ball
    >>> inflection_ball(Fraction(2), 64).str(15, radius=False)
    '0.0578463790860253'
    """
    lost = 2 * (gamma.numerator.bit_length() + gamma.denominator.bit_length()) + SPARE_BITS
    with precision(bits + lost):
        focus = ball(gamma)

        def curve(x: arb) -> tuple[arb, arb]:
            at = Probability(x)
            return formulas.curvature(at, focus), formulas.curvature_rate(at, focus)

        return concave_root(curve, ((-2 - 1 / focus).exp() / (1 + focus)).mid(), bits)
