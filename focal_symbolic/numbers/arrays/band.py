"""The band of amplified classes: where the gain exceeds lambda."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from focal_symbolic.errors import InputError
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.arrays.checks import floats, gammas_of
from focal_symbolic.numbers.floats.kinds import Array, Mask
from focal_symbolic.numbers.floats.table import EDGE, logistic
from focal_symbolic.numbers.floats.twofold import log_of_rounded

__all__ = ["amplification_band"]


def amplification_band(log_multiplier: ArrayLike, gamma: ArrayLike) -> tuple[Array, Array]:
    """The ends of the band of amplified classes: the model has q > p where p_low < p < p_high, since there psi(p) > lambda.

    p_low = 0 if lambda <= 1. If psi exceeds lambda nowhere, both are the p at which psi is largest.

    Parameters
    ----------
    log_multiplier : array_like
        The ln lambda of minimizers, as `minimizer` gives it.
    gamma : array_like
        The focusing parameters, at least 0, of a shape that broadcasts with it.

    Returns
    -------
    low : float64 array
        The p_low, in the shape of both.
    high : float64 array
        The p_high, in the same shape.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The claims `amplification/criterion` and `amplification/mode`.

    Examples
    --------
    >>> from focal_symbolic import arrays
    >>> low, high = arrays.amplification_band([-0.4, 0.1], 2.0)
    >>> low.round(6), high.round(6)
    (array([0.      , 0.017694]), array([0.463469, 0.235487]))
    """
    level, power = np.broadcast_arrays(floats(log_multiplier, "log_multiplier"), gammas_of(gamma))
    if np.isnan(level).any():
        raise InputError("log_multiplier has a NaN; give the ln lambda of a minimizer.")
    positive = np.where(power > 0, power, 1.0)

    def log_gain(z: Array) -> tuple[Array, Array]:
        """(ln psi, d ln psi / d ln q) at a logit."""
        odds = np.exp(z)
        log_q = -np.logaddexp(0, -z)
        lift = formulas.lift(-positive, 1.0, odds * log_q)
        stiff = odds * (formulas.stiffness(positive, 1.0, lift) - 1)  # stiffness less 1
        return positive * -np.logaddexp(0, z) + log_of_rounded(1 + lift, -lift), (lift - stiff) / (1 + lift)

    def bisect(low: Array, high: Array, above: Callable[[Array], Mask]) -> Array:
        for _ in range(70):
            middle = (low + high) / 2
            up = above(middle)
            low, high = np.where(up, middle, low), np.where(up, high, middle)
        return (low + high) / 2

    def polished(z: Array) -> Array:
        q: Array = logistic(z)[0]
        value, slope = log_gain(z)
        steep = np.abs(slope) > 1e-6 * np.minimum(np.abs(value), 1)  # far below the mode both are like q
        move = (np.where(np.isfinite(level), level, value) - value) / np.where(steep, slope, np.inf)
        moved: Array = q * (1 + np.where(np.abs(move) < 1e-6, move, 0.0))
        return moved

    ends = np.full(level.shape, -EDGE), np.full(level.shape, 40.0)  # above, 1 - q is lost in q
    with np.errstate(
        over="ignore", invalid="ignore"
    ):  # a gamma near the end of float64 has infinite terms, and NaN is not above
        mode = bisect(*ends, lambda z: log_gain(z)[1] > 0)
        none = log_gain(mode)[0] <= level
        low = polished(bisect(ends[0], mode, lambda z: log_gain(z)[0] <= level))
        high = polished(bisect(mode, ends[1], lambda z: log_gain(z)[0] > level))
    at_mode = logistic(mode)[0]
    low = np.where(level <= 0, 0.0, np.where(none, at_mode, low))
    high = np.where(none, at_mode, np.where(np.isneginf(level), 1.0, high))
    return np.where(power > 0, low, 0.0), np.where(power > 0, high, np.where(level < 0, 1.0, 0.0))
