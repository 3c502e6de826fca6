"""What the derivatives by the logits have in common: the probability of the true class, its complement and their logarithms.

Everything follows from the logit t of the true class against the rest. Of a softmax it is z_y - ln sum e^(z_k) over the others,
whose shares w_k of the rest make the gradient and the Hessian those of two classes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.floats.double import Double, exp_of, log_of, log_of_one_plus, where
from focal_symbolic.numbers.floats.kinds import Array

__all__ = ["Point", "others"]

Number = Any
"""An array of floats, or of `Double`."""


class Point:
    """The true class at its logit t under gamma; what is asked for are arrays of floats.

    Parameters
    ----------
    q, c, log_q, power
        Its probability, 1 - q, ln q and (1 - q)^gamma, all in the same arithmetic.
    gamma
        The focusing parameter.
    """

    def __init__(self, q: Number, c: Number, log_q: Number, power: Number, gamma: Number) -> None:
        self.q, self.power = q, power
        self._at = gamma, q, c, log_q

    @classmethod
    def precise(cls, t: Double, gamma: float) -> Point:
        """In about 100 bits, so that all but the last rounding is exact."""
        right, focus = t.high >= 0, Double(np.array(gamma))
        away = where(right, t, -t)
        odds = exp_of(-away)
        whole, rest = odds + 1.0, log_of_one_plus(odds)
        small, large, far = odds / whole, Double(np.ones_like(t.high)) / whole, -(away + rest)
        q, c = where(right, large, small), where(right, small, large)
        return cls(q, c, where(right, -rest, far), exp_of(focus * where(right, far, -rest)), focus)

    @classmethod
    def quick(cls, t: Array, gamma: float) -> Point:
        """In floats, some twenty times as fast: an error of some units in the last place, times gamma + 1."""
        right, away = t >= 0, np.abs(t)
        odds = np.exp(-away)
        whole, rest = 1 + odds, np.log1p(odds)
        small, large, far = odds / whole, 1 / whole, -away - rest
        q, c = np.where(right, large, small), np.where(right, small, large)
        return cls(q, c, np.where(right, -rest, far), np.exp(gamma * np.where(right, far, -rest)), gamma)

    def loss(self) -> Array:
        """The loss."""
        return _rounded(formulas.loss_of(self.power, self._at[3]))

    def pull(self) -> Array:
        """(1 - q) psi: minus the derivative by t."""
        return _rounded(self.power * formulas.pull(*self._at))

    def second(self) -> Array:
        """q (1 - q)^gamma B: the second derivative by t."""
        return _rounded(self.power * (self.q * formulas.curvature_of(*self._at)))

    def fisher(self) -> Array:
        """psi q (1 - q): what the second derivative is without psi'."""
        return _rounded(self.power * formulas.pull(*self._at) * self.q)

    def spread(self) -> Array:
        """(1 - q) psi - q (1 - q)^gamma B: times minus two shares, the mixed derivative by two logits of other classes."""
        return _rounded(self.power * formulas.spread(*self._at))


def others(z: Array, y: NDArray[np.intp]) -> tuple[Double, Double]:
    """(the logit of the true class against the rest, the share of each other class in the rest), of rows of logits.

    The share of the true class is 0.
    """
    at = y[..., None]
    rest = z.copy()
    np.put_along_axis(rest, at, -np.inf, -1)
    most = rest.max(-1, keepdims=True)
    np.put_along_axis(rest, at, most, -1)
    powers = exp_of(Double(rest) - most)
    for part in (powers.high, powers.low):
        np.put_along_axis(part, at, 0.0, -1)
    total = powers.total()
    logit = Double(np.take_along_axis(z, at, -1)) - most - (log_of(total.high) + total.low / total.high)
    return Double(logit.high[..., 0], logit.low[..., 0]), powers / total


def _rounded(value: Number) -> Array:
    """As floats; 0 where (1 - q)^gamma is 0 in floats, whatever it is multiplied with."""
    return np.nan_to_num(value.rounded() if isinstance(value, Double) else value, nan=0.0, posinf=np.inf, neginf=-np.inf)
