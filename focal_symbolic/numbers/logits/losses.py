"""The focal loss by the logits: its value, gradient and Hessian, of a softmax or of sigmoids."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from focal_symbolic.distribution import float_gamma, gamma_of
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.alpha import is_one_number, pairs_of, weights_of
from focal_symbolic.numbers.arrays.checks import floats
from focal_symbolic.numbers.floats.double import Double
from focal_symbolic.numbers.floats.kinds import Array
from focal_symbolic.numbers.logits.point import Point, others

__all__ = ["gradient", "hessian", "labels_of", "loss", "of_labels"]


def loss(z: ArrayLike, y: ArrayLike, gamma: object, alpha: object = None, head: str = "softmax") -> Array:
    """The focal loss -alpha_y (1 - q_y)^gamma ln q_y of each example, in nats, q being the softmax or the sigmoid of z.

    The relative error is at most a unit in the last place above 1e-290, for logits of any size and every gamma.

    Parameters
    ----------
    z : array_like (..., n) for a softmax, (...) for a sigmoid
        The logits, finite.
    y : array_like (...)
        The true classes: 0, ..., n - 1 for a softmax; for a sigmoid 1 for positives and 0 for negatives.
    gamma : number
        The focusing parameter, at least 0.
    alpha : number or sequence, optional
        The class weights: for a softmax one a class; for a sigmoid a number, alpha for positives and 1 - alpha for negatives,
        or two weights (positives, negatives).
    head : {"softmax", "sigmoid"}
        What makes probabilities of the logits.

    Returns
    -------
    float64 array (...)
        The losses.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The loss of [lin2017]. Worked out in 100 bits of floats, from the logit of the true class against the rest.

    Examples
    --------
    >>> from focal_symbolic import logits
    >>> logits.loss([[2.0, 1.0, -1.0], [1000.0, 0.0, 0.0]], [0, 1], gamma=0.5).round(6).tolist()
    [0.189439, 1000.0]
    >>> float(logits.loss(-1.6, 1, gamma=2, head="sigmoid").round(6))
    1.234913
    """
    values, classes, weight = _given(z, y, gamma, alpha, head)
    t = others(values, classes)[0] if head == "softmax" else Double(_against(values, classes))
    return _weighted(Point.precise(t, float_gamma(gamma)).loss(), weight)


def gradient(z: ArrayLike, y: ArrayLike, gamma: object, alpha: object = None, head: str = "softmax") -> Array:
    """The gradient of each example's loss by its logits: alpha_y psi(q_y)(q - e_y), of a sigmoid -+ alpha_y (1 - q_y) psi(q_y).

    The relative error of each entry is at most a few units in the last place above 1e-290.

    Parameters
    ----------
    z, y, gamma, alpha, head
        As of `loss`.

    Returns
    -------
    float64 array, of the shape of z
        The gradients.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The claims `logits/gradient_of_the_softmax` and `logits/gradient_by_the_score`; psi is the factor to the gradient of the
    cross-entropy [mukhoti2020].

    Examples
    --------
    >>> from focal_symbolic import logits
    >>> logits.gradient([2.0, 1.0, -1.0], 0, gamma=2).round(6).tolist()
    [-0.068309, 0.060167, 0.008143]
    >>> logits.gradient([0.0, 0.0], [1, 0], gamma=2, head="sigmoid").round(6).tolist()
    [-0.298287, 0.298287]
    """
    values, classes, weight = _given(z, y, gamma, alpha, head)
    focus = float_gamma(gamma)
    if head == "sigmoid":
        pull = Point.precise(Double(_against(values, classes)), focus).pull()
        return _weighted(np.where(classes == 1, -pull, pull), weight)
    t, shares = others(values, classes)
    pull = Point.precise(t, focus).pull()[..., None]
    found = pull * shares.rounded()
    np.put_along_axis(found, classes[..., None], -pull, -1)
    return _weighted(found, None if weight is None else weight[..., None])


def hessian(z: ArrayLike, y: ArrayLike, gamma: object, alpha: object = None, head: str = "softmax") -> Array:
    """The Hessian of each example's loss by its logits; of a sigmoid, the second derivative.

    With w_k the shares of the other classes in what the true class y leaves, g = (1 - q_y) psi(q_y) and
    h = q_y (1 - q_y)^gamma B(q_y) it is h at (y, y), -w_k h at (y, k), and w_k times delta_kl g - w_l (g - h) at (k, l). The
    relative error is at most a few units in the last place above 1e-290; at (k, k), where it may cancel, of its terms.

    Parameters
    ----------
    z, y, gamma, alpha, head
        As of `loss`.

    Returns
    -------
    float64 array, (..., n, n) of a softmax, (...) of a sigmoid
        The Hessians.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The claims `logits/second_of_the_softmax` and `logits/by_the_score`. It has one negative eigenvalue where q_y is less than
    `inflection`, and none elsewhere: `logits/convex_or_not`.

    Examples
    --------
    >>> from focal_symbolic import logits
    >>> logits.hessian([-4.0, -8.0, 0.0], [1, 1, 1], gamma=2, head="sigmoid").round(8).tolist()
    [-0.04670326, -0.00368177, 0.3991434]
    >>> logits.hessian([2.0, 1.0, -1.0], 0, gamma=2).round(4).tolist()
    [[0.1379, -0.1215, -0.0164], [-0.1215, 0.1141, 0.0073], [-0.0164, 0.0073, 0.0091]]
    """
    values, classes, weight = _given(z, y, gamma, alpha, head)
    focus = float_gamma(gamma)
    if head == "sigmoid":
        return _weighted(Point.precise(Double(_against(values, classes)), focus).second(), weight)
    t, shares = others(values, classes)
    point, at = Point.precise(t, focus), classes[..., None]
    g, h, spread = (one[..., None] for one in (point.pull(), point.second(), point.spread()))
    w = shares.rounded()
    found: Array = -w[..., :, None] * w[..., None, :] * spread[..., None]
    place = np.arange(w.shape[-1])
    found[..., place, place] = w * ((1.0 - shares).rounded() * g + w * h)
    row = -w * h
    np.put_along_axis(row, at, h, -1)
    np.put_along_axis(found, at[..., None], row[..., None, :], -2)
    np.put_along_axis(found, at[..., None, :], row[..., :, None], -1)
    return _weighted(found, None if weight is None else weight[..., None, None])


# ------------------------------------------------------------------------------------------------- what is given


def labels_of(y: ArrayLike, size: int, name: str = "y") -> NDArray[np.intp]:
    """Classes 0, ..., size - 1 as integers.

    Raises: InputError.
    """
    found = np.asarray(y)
    if found.dtype.kind not in "biuf":
        raise InputError(f"{name} has dtype {found.dtype}; give the numbers of the classes, from 0 to {size - 1}.")
    wrong = ~((found >= 0) & (found < size)) | (found != np.floor(np.where(np.isfinite(found), found, 0.5)))
    if wrong.any():
        index = tuple(map(int, np.argwhere(wrong)[0]))
        where = f"[{', '.join(map(str, index))}]" if index else ""
        raise InputError(f"{name}{where} = {found[index]} is no class; give whole numbers from 0 to {size - 1}.")
    return found.astype(np.intp)


def of_labels(alpha: object, classes: NDArray[np.intp], size: int, head: str) -> Array | None:
    """The weight of each example.

    Raises: InputError.
    """
    if alpha is None:
        return None
    if head == "sigmoid":
        pairs = pairs_of(alpha if is_one_number(alpha) else [alpha], 1) or ()
        each = np.array([[float(one) for one in pair[::-1]] for pair in pairs])[0]
    else:
        each = np.array([float(one) for one in weights_of(alpha, size) or ()])
    found: Array = each[classes]
    return found


def _given(z: ArrayLike, y: ArrayLike, gamma: object, alpha: object, head: str) -> tuple[Array, NDArray[np.intp], Any]:
    """The logits, the classes and the weights.

    Raises: InputError.
    """
    gamma_of(gamma)
    values = floats(z, "z")
    if head not in ("softmax", "sigmoid"):
        raise InputError(f"head = {head!r} is no head; give 'softmax' or 'sigmoid'.")
    softmax = head == "softmax"
    if softmax and (not values.ndim or values.shape[-1] < 2):
        raise InputError(f"z has shape {values.shape}; a softmax needs two logits or more along the last axis.")
    wrong = ~np.isfinite(values)
    if wrong.any():
        index = tuple(map(int, np.argwhere(wrong)[0]))
        raise InputError(f"z[{', '.join(map(str, index))}] = {values[index]} is no logit; give finite numbers.")
    size = values.shape[-1] if softmax else 2
    classes, rows = labels_of(y, size), values.shape[:-1] if softmax else values.shape
    if classes.shape != rows:
        raise InputError(f"y has shape {classes.shape} and the examples of z have {rows}; give one class an example.")
    return values, classes, of_labels(alpha, classes, size, head)


def _against(z: Array, classes: NDArray[np.intp]) -> Array:
    """The logits of the true class, of sigmoids."""
    found: Array = np.where(classes == 1, z, -z)
    return found


def _weighted(found: Array, weight: Array | None) -> Array:
    return found if weight is None else found * weight
