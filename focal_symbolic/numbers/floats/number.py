"""The inverse of the slope at one number in plain Python floats: where its certified inverse starts."""

from __future__ import annotations

import math

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.floats.table import EDGE, looked_up

__all__ = ["logit_of_log_slope"]

STEPS = 8
SETTLED = 2e-6
"""A step of Newton's after which the next is nothing, relative to the logit where that is large."""


def logit_of_log_slope(t: float, gamma: float) -> float | None:
    """The logit z at which ln phi = t, to about 13 digits; None if Newton did not settle, or float64 is too narrow.

    Args: 1e-300 < gamma < 1e9, and |t| < EDGE.
    """
    z, of_gamma = looked_up(t, gamma), formulas.of_gamma(gamma)
    for _ in range(STEPS):
        if not -EDGE < z < EDGE:
            return None
        odds = math.exp(z)
        log_c = -math.log1p(odds) if z < 0 else -z - math.log1p(1 / odds)
        log_q = z + log_c if z < 0 else -math.log1p(1 / odds)
        lift = formulas.lift(-gamma, odds, log_q)
        excess = gamma * log_c + math.log1p(lift) - log_q - t
        move: float = excess * formulas.ease(of_gamma, odds, lift) * (1 + odds)
        z += move
        if abs(move) <= SETTLED * max(1.0, abs(z)):
            return z
    return None
