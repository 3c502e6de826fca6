"""A softmax model trained with the focal loss by L-BFGS, in NumPy and SciPy alone.

With ψ the gain of the definitions, the loss of a case with label j has the gradient ψ(q_j)(q_k - [j = k]) in the logits z_k:
that is d loss/d ln q_j = -ψ(q_j), which `formulas.lift` has from the definitions, times d ln q_j/dz_k = [j = k] - q_k.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from focal_symbolic.numbers import formulas

__all__ = ["Trained", "focal_loss", "softmax", "train"]

Array = NDArray[np.float64]


def softmax(logits: Array) -> Array:
    """The distributions that logits stand for, along the last axis."""
    found: Array = np.exp(logits - logsumexp(logits, axis=-1, keepdims=True))
    return found


def focal_loss(logits: Array, weights: Array, gamma: float) -> tuple[float, Array]:
    """The sum of weight times focal loss, in nats, and its gradient in the logits.

    weights: how often each class was seen in each case, of the shape (m, n) of the logits.
    """
    log_q = logits - logsumexp(logits, axis=-1, keepdims=True)
    q = np.exp(log_q)
    rest = 1 - q
    head = q.argmax(-1)[:, None]
    others = q.copy()
    np.put_along_axis(others, head, 0.0, -1)
    np.put_along_axis(rest, head, others.sum(-1, keepdims=True), -1)  # to full relative accuracy
    rest = np.maximum(rest, np.finfo(float).tiny)
    power = rest**gamma
    gains = weights * power * (1 + formulas.lift(-gamma, q / rest, log_q))
    value = float((weights * formulas.loss_of(power, log_q)).sum())
    return value, q * gains.sum(-1, keepdims=True) - gains


class Trained(NamedTuple):
    """A trained model."""

    matrix: Array
    """(features, classes); logits are features @ matrix."""
    gradient: float
    """The largest entry of the gradient where training stopped."""
    steps: int

    def __call__(self, features: Array) -> Array:
        return softmax(features @ self.matrix)


def train(features: Array, weights: Array, gamma: float, decay: float = 0.0, steps: int = 3000) -> Trained:
    """The linear softmax model of least mean focal loss plus decay/2 times the sum of squares, from logits 0."""
    classes, total = weights.shape[-1], weights.sum()

    def objective(flat: Array) -> tuple[float, Array]:
        matrix = flat.reshape(-1, classes)
        value, slope = focal_loss(features @ matrix, weights / total, gamma)
        return value + decay / 2 * float(flat @ flat), (features.T @ slope).ravel() + decay * flat

    start = np.zeros(features.shape[1] * classes)
    options = {"maxiter": steps, "maxfun": 2 * steps, "ftol": 1e-16, "gtol": 1e-10, "maxcor": 20}
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options=options)
    return Trained(found.x.reshape(-1, classes), float(np.abs(found.jac).max()), int(found.nit))
