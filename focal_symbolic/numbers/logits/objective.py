"""The focal loss as an objective of gradient boosting: gradient and Hessian of raw scores, for LightGBM and XGBoost."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from focal_symbolic.distribution import float_gamma
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.arrays.checks import floats
from focal_symbolic.numbers.floats.kinds import Array
from focal_symbolic.numbers.logits.losses import labels_of, of_labels
from focal_symbolic.numbers.logits.point import Point

__all__ = ["Objective", "objective"]

LEAST = 2.0**-100
"""What a curvature is at least: float32, in which the packages keep it, has smaller numbers still."""


class Objective:
    """The gradient and Hessian that LightGBM and XGBoost ask for; made by `objective`.

    Called as their native interfaces do, with the raw scores and the data set, or as their scikit-learn interfaces do, with
    labels, raw scores and sample weights.

    Parameters
    ----------
    gamma, alpha, head, convex
        As of `objective`.

    Notes
    -----
    The claims `logits/by_the_score` and `logits/second_of_the_softmax`.

    Examples
    --------
    >>> from focal_symbolic import logits
    >>> gradient, curvature = logits.objective(gamma=2)([1, 0], [0.0, -8.0])
    >>> gradient.round(6).tolist(), curvature.round(6).tolist()
    ([-0.298287, 0.0], [0.399143, 0.0])
    """

    def __init__(self, gamma: object, alpha: object = None, head: str = "sigmoid", convex: bool = True) -> None:
        if head not in ("softmax", "sigmoid"):
            raise InputError(f"head = {head!r} is no head; give 'softmax' or 'sigmoid'.")
        self.gamma, self.alpha, self.head, self.convex = float_gamma(gamma), alpha, head, convex
        of_labels(alpha if head == "sigmoid" else None, np.zeros(0, dtype=np.intp), 2, head)

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: ArrayLike | None = None) -> tuple[Array, Array]:
        """(gradient, curvature) by the raw scores, of their shape; of a softmax, the diagonal of the Hessian."""
        if hasattr(y_pred, "get_label"):
            y_true, y_pred, sample_weight = y_pred.get_label(), y_true, y_pred.get_weight()
        scores = floats(y_pred, "y_pred")
        wrong = ~np.isfinite(scores)
        if wrong.any():
            raise InputError(f"y_pred has the score {scores[wrong][0]}; give finite raw scores, and lower the learning rate.")
        if self.head == "sigmoid":
            gradient, curvature = self._sigmoid(scores, labels_of(y_true, 2, "y_true"))
        else:
            gradient, curvature = self._softmax(scores, y_true)
        if sample_weight is not None and np.size(sample_weight):
            weight = floats(sample_weight, "sample_weight").reshape((-1,) + (1,) * (scores.ndim - 1))
            gradient, curvature = gradient * weight, curvature * weight
        return gradient, curvature

    def _sigmoid(self, scores: Array, classes: NDArray[np.intp]) -> tuple[Array, Array]:
        if scores.shape != classes.shape:
            raise InputError(
                f"y_pred has shape {scores.shape} and y_true {classes.shape}; a sigmoid has one score an example, and "
                "several classes need head='softmax'."
            )
        point = Point.quick(np.where(classes == 1, scores, -scores), self.gamma)
        pull, curvature = point.pull(), self._convex(point.second(), point.fisher())
        return _weighed(np.where(classes == 1, -pull, pull), curvature, of_labels(self.alpha, classes, 2, self.head))

    def _softmax(self, scores: Array, y_true: ArrayLike) -> tuple[Array, Array]:
        if scores.ndim != 2 or scores.shape[1] < 2:
            raise InputError(f"y_pred has shape {scores.shape}; a softmax needs a column of raw scores a class.")
        size = scores.shape[1]
        classes = labels_of(y_true, size, "y_true")
        if classes.shape != scores.shape[:1]:
            raise InputError(f"y_pred has {len(scores)} rows and y_true shape {classes.shape}; give one class a row.")
        at = classes[:, None]
        rest = scores.copy()
        np.put_along_axis(rest, at, -np.inf, 1)
        most = rest.max(1, keepdims=True)
        w = np.exp(rest - most)
        total = w.sum(1, keepdims=True)
        w /= total
        point = Point.quick((np.take_along_axis(scores, at, 1) - most - np.log(total))[:, 0], self.gamma)
        pull, second, fisher = (one[:, None] for one in (point.pull(), point.second(), point.fisher()))
        gradient, curvature, safe = (w * one for one in (pull, (1 - w) * pull + w * second, (1 - w) * pull + w * fisher))
        safe = 2 * np.maximum(np.maximum(curvature, safe), w * second)
        for found, own in ((gradient, -pull), (curvature, second), (safe, 2 * np.maximum(fisher, second))):
            np.put_along_axis(found, at, own, 1)
        weight = of_labels(self.alpha, classes, size, self.head)
        return _weighed(gradient, self._convex(curvature, safe), None if weight is None else weight[:, None])

    def _convex(self, curvature: Array, safe: Array) -> Array:
        """The larger of the two, which is positive, if that is asked for."""
        return np.maximum(np.maximum(curvature, safe), LEAST) if self.convex else curvature


def objective(gamma: object, alpha: object = None, head: str = "sigmoid", convex: bool = True) -> Objective:
    """The focal loss as a custom objective for LightGBM and XGBoost: gradient and Hessian of the raw scores.

    Boosting divides by sums of Hessians, and that of the focal loss is negative where the true class has less than
    `inflection(gamma)`, so there a step goes the wrong way. With `convex` the Hessian is replaced by the larger one of it and
    psi(q) times that of the cross-entropy. That is positive, and it is the Hessian itself from the mode of psi on. Of a softmax
    boosting takes a diagonal alone; with `convex` it is a positive one that no direction of the Hessian exceeds, at least twice
    the Hessian's own, as the packages take twice or n/(n - 1) times that of the cross-entropy.

    Parameters
    ----------
    gamma : number
        The focusing parameter, at least 0.
    alpha : number or sequence, optional
        The class weights: for a sigmoid a number, alpha for positives and 1 - alpha for negatives, or two weights (positives,
        negatives); for a softmax one a class.
    head : {"sigmoid", "softmax"}
        One raw score an example for two classes, or one a class.
    convex : bool
        Whether what boosting is given is positive everywhere, as above; else the Hessian as it is.

    Returns
    -------
    Objective
        To be given as `objective` to `lightgbm.LGBMRegressor`, `xgboost.XGBRegressor` and the like, in `params` to
        `lightgbm.train`, as `obj` to `xgboost.train`. Begin at the raw score `initial_bias(counts, gamma, alpha, head)`; what
        is predicted are raw scores, which `calibrate(..., from_logits=True)` turns into probabilities.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The claims `logits/along_the_own_logit` and `logits/convex_or_not`; [wang2019] has derivatives for boosting too.

    Examples
    --------
    >>> from focal_symbolic import logits
    >>> exact, safe = (logits.objective(2, convex=convex)([1], [-4.0])[1].round(6).tolist() for convex in (False, True))
    >>> exact, safe
    ([-0.046703], [0.01954])
    """
    return Objective(gamma, alpha, head, convex)


def _weighed(gradient: Array, curvature: Array, weight: Array | None) -> tuple[Array, Array]:
    return (gradient, curvature) if weight is None else (gradient * weight, curvature * weight)
