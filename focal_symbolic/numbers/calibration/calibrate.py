"""The calibration map: class-posterior probabilities from the outputs of a model trained with the focal loss."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focal_symbolic.distribution import float_gamma, in_order
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.alpha import is_one_number, pairs_of, weights_of
from focal_symbolic.numbers.arrays import data_distribution
from focal_symbolic.numbers.calibration.containers import names_of, opened
from focal_symbolic.numbers.floats.kinds import Array
from focal_symbolic.numbers.parallel import worked

__all__ = ["calibrate", "logits_of_pairs", "posterior", "softmax_of"]

BLOCK = 1 << 18
"""Numbers that are worked on at a time where more than the outputs themselves is held: 2 MB an array."""


def calibrate(
    q: Any,
    gamma: object,
    alpha: object = None,
    from_logits: bool = False,
    multilabel: bool = False,
    executor: Executor | None = None,
) -> Any:
    """The class-posterior probabilities behind the outputs of a model trained with the focal loss, row by row.

    For a softmax p_x is proportional to 1/(alpha_x phi(q_x)), phi(q) = (1 - q)^gamma/q - gamma (1 - q)^(gamma - 1) ln q; a
    sigmoid is a softmax of two, the class and its absence.

    Parameters
    ----------
    q : array_like (N, C) or (N,), DataFrame, Series or tensor
        Outputs of the model. Two dimensions, N x C, are softmax outputs of C >= 2 classes, each row with sum 1, or with
        `multilabel` C sigmoids; one dimension, or one column, are the outputs of one sigmoid for the positives. An array, a
        DataFrame or Series, or a PyTorch tensor; float32 rows may miss 1 by C * 2**-23 and are divided by their sum in float64.
    gamma : number
        The focusing parameter of the loss, at least 0.
    alpha : number or sequence, optional
        The class weights of the loss, all above 0: for a softmax one a class; for a sigmoid a number, alpha for positives and
        1 - alpha for negatives, or with `multilabel` one such number a class, or a pair of weights (positives, negatives) each.
        Of a DataFrame also a dict by its columns.
    from_logits : bool
        Whether q are logits, before the softmax or the sigmoid.
    multilabel : bool
        Whether each column is a sigmoid of its own.
    executor : concurrent.futures.Executor, optional
        What works on the rows, a block at a time; a block that it loses is done here. The result is the same in every bit.

    Returns
    -------
    array, DataFrame, Series or tensor
        Probabilities of the shape of q, of relative error at most 1e-13 above 1e-300; those of a softmax are the rows of
        `arrays.data_distribution` in every bit. Arrays are float64, pandas keeps index and columns, a tensor its type and
        device.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The inverse map of the minimizer [charoenphakdee2021], the focal calibration of [komisarenko2024]; the claim
    `class_count/every_pmf_is_a_minimizer`.

    Examples
    --------
    >>> from focal_symbolic import calibrate
    >>> calibrate([[0.19, 0.81], [0.5, 0.5]], gamma=2).round(4).tolist()
    [[0.0199, 0.9801], [0.5, 0.5]]
    """
    values, back = opened(q)
    names = names_of(q)
    in_columns = in_order(alpha, None if names is None else tuple(names), "alpha")
    if executor is not None and values.ndim in (1, 2) and values.size > BLOCK:
        return back(_posterior_by(executor, values, (gamma, in_columns, from_logits, multilabel)))
    return back(posterior(values, gamma, in_columns, from_logits, multilabel))


def _posterior_by(executor: Executor, values: NDArray[Any], settings: tuple[Any, ...]) -> Array:
    """The same, by an executor."""
    if values.ndim == 1 and not (settings[2] or settings[3]):
        _refuse_a_row(values, settings[1])
    rows = values.reshape(-1, 1) if values.ndim == 1 else values
    size, found = max(BLOCK // max(rows.shape[1], 1), 1), np.empty(rows.shape)
    try:
        for place, part in enumerate(
            worked(executor, posterior, ((rows[at : at + size], *settings) for at in range(0, len(rows), size)))
        ):
            found[place * size : (place + 1) * size] = part
    except InputError:  # told again with the place in all the rows
        return posterior(values, *settings)
    return found.reshape(values.shape)


def posterior(values: NDArray[Any], gamma: object, alpha: object, from_logits: bool, multilabel: bool) -> Array:
    """As `calibrate`, of an array."""
    power = float_gamma(gamma)
    if values.ndim > 2:
        raise InputError(f"q has {values.ndim} dimensions; give N rows of C classes, such as q.reshape(-1, C).")
    if values.ndim == 2 and not values.shape[1]:
        raise InputError(f"q has shape {values.shape}, and so no class; give N rows of C classes.")
    if values.ndim == 2 and values.shape[1] > 1 and not multilabel:
        return _softmax(values, power, alpha, from_logits)
    if values.ndim == 1 and not multilabel and not from_logits:
        _refuse_a_row(values, alpha)
    rows = values.reshape(-1, 1) if values.ndim < 2 else values
    return _sigmoids(rows, power, alpha, from_logits).reshape(values.shape)


def _softmax(values: NDArray[Any], gamma: float, alpha: object, from_logits: bool) -> Array:
    size = values.shape[1]
    if alpha is not None and is_one_number(alpha):
        if size == 2:
            raise InputError(
                f"alpha = {alpha} is one number, and of two columns either may be the positives; give one weight a column, "
                "or q as the column of the positives."
            )
        weights_of(alpha, size)  # refuses
    exact = weights_of(alpha, size, positive=True)
    weights = None if exact is None else np.array([float(weight) for weight in exact])
    if not from_logits:
        return data_distribution(values, gamma, alpha=weights)
    _demand_logits(values)
    found = np.empty(values.shape)

    def work(rows: slice) -> Array:
        return data_distribution(*_reordered(softmax_of(values[rows].astype(np.float64)), gamma), alpha=weights)

    return _by_rows(work, found)


def _reordered(pair: tuple[Array, Array], gamma: float) -> tuple[Array, float, Array]:
    return pair[0], gamma, pair[1]


def _sigmoids(values: NDArray[Any], gamma: float, alpha: object, from_logits: bool) -> Array:
    pairs = pairs_of(alpha, values.shape[1], positive=True)
    weights = None if pairs is None else np.array([[float(weight) for weight in pair] for pair in pairs])
    if from_logits:
        _demand_logits(values)
    elif values.size and not (values.min() >= 0 and values.max() <= 1):
        index = tuple(map(int, np.argwhere(~((values >= 0) & (values <= 1)))[0]))
        raise InputError(
            f"q[{', '.join(map(str, index))}] = {values[index]} is no probability; every entry must be from 0 to 1 "
            "(not NaN or infinity), and logits need from_logits=True."
        )

    def work(rows: slice) -> Array:
        block = values[rows].astype(np.float64)
        if not from_logits:
            return data_distribution(np.stack([block, 1 - block], -1), gamma, alpha=weights)[..., 0]
        q, c = logits_of_pairs(block)
        return data_distribution(np.stack([q, c], -1), gamma, np.stack([c, q], -1), weights)[..., 0]

    return _by_rows(work, np.empty(values.shape))


def _by_rows(work: Callable[[slice], Array], found: Array) -> Array:
    size = max(BLOCK // found.shape[1], 1)
    for at in range(0, len(found), size):
        rows = slice(at, at + size)
        found[rows] = work(rows)
    return found


def softmax_of(logits: Array) -> tuple[Array, Array]:
    """(q, 1 - q) of rows of logits, both to full relative accuracy."""
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    total = powers.sum(-1, keepdims=True)
    q = powers / total
    c = 1 - q
    head = np.expand_dims(q.argmax(-1), -1)
    np.put_along_axis(powers, head, 0.0, -1)
    np.put_along_axis(c, head, powers.sum(-1, keepdims=True) / total, -1)
    return q, c


def logits_of_pairs(logits: Array) -> tuple[Array, Array]:
    """(q, 1 - q) of sigmoids at logits, both to full relative accuracy."""
    small = np.exp(-np.abs(logits))
    low, high = small / (1 + small), 1 / (1 + small)
    return np.where(logits > 0, high, low), np.where(logits > 0, low, high)


def _demand_logits(values: NDArray[Any]) -> None:
    """Raises: InputError unless all are numbers below infinity, and a row has one above minus infinity."""
    wrong = np.isnan(values) | (values == np.inf)
    if wrong.any():
        index = tuple(map(int, np.argwhere(wrong)[0]))
        raise InputError(
            f"q[{', '.join(map(str, index))}] = {values[index]} is no logit; give finite numbers, or -inf for a class out."
        )
    if values.size and (lost := np.isneginf(values).all(-1)).any() and values.shape[-1] > 1:
        raise InputError(f"q[{int(np.argmax(lost))}] has all logits -inf; give one of them a finite number.")


def _refuse_a_row(values: NDArray[Any], alpha: object) -> None:
    """Raises: InputError for one dimension that may be a row of a softmax, unless both readings give the same.

    They do with two classes and no alpha, and where all are 0 or 1.
    """
    if np.isin(values, (0, 1)).all() or (values.size == 2 and alpha is None):
        return
    short = values.dtype.kind == "f" and values.dtype.itemsize < 8
    off = abs(float(values.sum(dtype=np.float64)) - 1)
    if off <= values.size * 2.0 ** (-23 if short else -52) and values.size > 1:
        raise InputError(
            "q has one dimension and sums to 1, so that it may be one row of a softmax or a column of positives; "
            "give [q] for the row, or q as N rows of one column."
        )
