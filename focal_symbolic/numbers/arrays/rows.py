"""The minimizers of rows, in blocks that fit the cache; a row beyond float64 goes to the certified solver."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from focal_symbolic.errors import InputError
from focal_symbolic.numbers.arrays.batch import Batch
from focal_symbolic.numbers.arrays.checks import GAMMAS, LEAST, WILD, distributions, gammas_of, shape_of, weights
from focal_symbolic.numbers.arrays.long import solve_long
from focal_symbolic.numbers.floats.kinds import Array, Index
from focal_symbolic.numbers.floats.rows import BLOCK, LONG, SETTLED, SHORT, Rows, in_order
from focal_symbolic.numbers.floats.table import Grid, log_slope
from focal_symbolic.numbers.minimizer import solve

__all__ = ["ArrayMinimizer", "minimizer", "seen", "solve_hard", "solve_rows"]


class ArrayMinimizer(NamedTuple):
    """Minimizers along the last axis, with 1 - q and ln lambda.

    Attributes
    ----------
    q : float64 array (..., n)
        The minimizers.
    complement : float64 array (..., n)
        What q leaves of 1, to the same relative accuracy.
    log_multiplier : float64 array (...)
        The ln lambda of each row.
    """

    q: Array
    complement: Array
    log_multiplier: Array


def minimizer(p: ArrayLike, gamma: ArrayLike, alpha: ArrayLike | None = None) -> ArrayMinimizer:
    """The minimizers of the focal-entropy of p along the last axis, with 1 - q and ln lambda.

    Relative error at most 1e-13 in every q and 1 - q for p >= 1e-300 and gamma = 0 or 1e-8 <= gamma <= 1e4, and at most
    1e-13 * max(1, abs(ln lambda)) in ln lambda; never NaN. ln lambda = -inf where one class has it all. With weights alpha the
    minimizer is that of alpha p made to sum to 1, and so is what is said of p.

    Parameters
    ----------
    p : array_like (..., n)
        The data, each row nonnegative with sum 1 within n * 2**-52 (float32: n * 2**-23).
    gamma : array_like
        The focusing parameters, at least 0, broadcast to (...).
    alpha : array_like (..., n) or (n,), optional
        The weights of the loss, at least 0; for n = 2 also one number, alpha for the first class and 1 - alpha for the second.

    Returns
    -------
    ArrayMinimizer
        The arrays q and 1 - q of shape (..., n), and ln lambda of shape (...).

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The q with p phi(q) = lambda on the support, by the claim `uniqueness/strictly_optimal`.

    Examples
    --------
    >>> from focal_symbolic import arrays
    >>> found = arrays.minimizer([[0.7, 0.2, 0.1], [0.5, 0.3, 0.2]], 2.0)
    >>> found.q.round(6)
    array([[0.535169, 0.292693, 0.172139],
           [0.426474, 0.325306, 0.24822 ]])
    >>> found.log_multiplier.round(6)
    array([-0.37185 , -0.134213])
    """
    p, log_scale = seen(distributions(p, "p"), alpha)
    gamma, n = gammas_of(gamma), p.shape[-1]
    shape = shape_of(n, p=p.shape[:-1], gamma=gamma.shape)
    rows = np.broadcast_to(p, (*shape, n)).reshape(-1, n)
    gammas = gamma.reshape(1, 1) if gamma.size == 1 else np.broadcast_to(gamma, shape).reshape(-1, 1)
    q, c, log_multiplier, _ = solve_rows(rows, gammas)
    return ArrayMinimizer(q.reshape(*shape, n), c.reshape(*shape, n), log_multiplier.reshape(shape) + log_scale)


def seen(p: Array, alpha: ArrayLike | None) -> tuple[Array, Array | float]:
    """(the distributions that a loss with weights alpha sees, ln of the sum of alpha p).

    Raises: InputError.
    """
    n = p.shape[-1]
    given = weights(alpha, n)
    if given is None:
        return p, 0.0
    shape_of(n, p=p.shape[:-1], alpha=given.shape[:-1])
    largest = np.maximum(given.max(-1, keepdims=True), np.finfo(float).tiny)
    masses = p * (given / largest)
    total = masses.sum(-1, keepdims=True)
    if not total.all():
        raise InputError("alpha leaves a row no class of positive probability; give one of those a weight above 0.")
    return masses / total, (np.log(total) + np.log(largest))[..., 0]


def solve_rows(p: Array, gamma: Array) -> tuple[Array, Array, Array, Index]:
    """(q, 1 - q, ln lambda, Newton steps) of rows, block by block."""
    if len(p) == 1:
        if p.size > LONG and (found := solve_long(p[0], gamma)) is not None:
            return found[0][None], found[1][None], found[2] - np.log1p(p.sum(1) - 1), np.array([found[3]])
        return _solve_block(p, gamma, None)
    q, c = np.empty(p.shape), np.empty(p.shape)
    log_multiplier, steps = np.empty(len(p)), np.zeros(len(p), dtype=np.intp)
    if p.shape[1] > LONG:
        for at in range(len(p)):
            row = slice(at, at + 1)
            q[row], c[row], log_multiplier[row], steps[row] = solve_rows(p[row], gamma if gamma.size == 1 else gamma[row])
        return q, c, log_multiplier, steps
    size = max(BLOCK // p.shape[1], 1)
    if p.shape[1] <= SHORT and Batch.fits(p, gamma):
        return _solve_batch(p, gamma, size)
    grid = _grid(p, gamma) if gamma.size == 1 < len(p) and p.size >= 1024 and gamma.all() else None
    for at in range(0, len(p), size):
        block = slice(at, at + size)
        q[block], c[block], log_multiplier[block], steps[block] = _solve_block(
            p[block], gamma if gamma.size == 1 else gamma[block], grid
        )
    return q, c, log_multiplier, steps


def _solve_batch(p: Array, gamma: Array, size: int) -> tuple[Array, Array, Array, Index]:
    """Of many short rows at one gamma; those that `Batch` leaves are solved as others are."""
    q, c = np.empty(p.shape), np.empty(p.shape)
    log_multiplier, steps = np.empty(len(p)), np.zeros(len(p), dtype=np.intp)
    batch, left = Batch(float(gamma[0, 0]), p), np.zeros(len(p), dtype=bool)
    for at in range(0, len(p), size):
        block = slice(at, at + size)
        steps[block], left[block] = batch.solve(p[block], q[block], c[block], log_multiplier[block])
    rows = np.flatnonzero(left)
    grid = _grid(p[rows], gamma) if rows.size > 1 else None
    for few in np.array_split(rows, -(-rows.size // size)) if rows.size else ():
        q[few], c[few], log_multiplier[few], steps[few] = _solve_block(p[few], gamma, grid)
    return q, c, log_multiplier, steps


def _grid(p: Array, gamma: Array) -> Grid:
    """A grid for all t that the rows of p can ask for."""
    least = float(np.log(max(p.min() if p.min() > 0 else p[p > 0].min(), LEAST)))  # a row with less is not solved here
    uniform = float(log_slope(np.array([[1 / p.shape[1]]]), gamma)[0, 0])
    return Grid(gamma, uniform - least, p.size // 8)


def _solve_block(p: Array, gamma: Array, grid: Grid | None) -> tuple[Array, Array, Array, Index]:
    easy = (np.count_nonzero(p, axis=1) == 1) | (gamma == 0).ravel()
    if not easy.any():
        return solve_hard(p, gamma, grid)
    # at gamma = 0 and with one class, q = p
    rows = np.arange(len(p))
    head = p.argmax(1)
    rest = p.copy()
    rest[rows, head] = 0
    total = p.sum(1)
    q = p / total[:, None]
    c = 1 - q
    c[rows, head] = rest.sum(1) / total
    log_multiplier = np.where((gamma == 0).ravel(), 0.0, -np.inf) * np.ones(len(p))
    steps = np.zeros(len(p), dtype=np.intp)
    hard = ~easy
    if hard.any():
        q[hard], c[hard], log_multiplier[hard], steps[hard] = solve_hard(
            p[hard], gamma if gamma.size == 1 else gamma[hard], grid
        )
    return q, c, log_multiplier, steps


def solve_hard(
    p: Array, gamma: Array, grid: Grid | None, near: tuple[Array, Array] | None = None
) -> tuple[Array, Array, Array, Index]:
    """Of rows of at least two classes with gamma > 0; near is (ln lambda, q) to begin with, if no row is beyond float64."""
    beyond = ((p < LEAST) & (p > 0)).any(1) | ((gamma < GAMMAS[0]) | (gamma > GAMMAS[1])).ravel()
    q, c, log_multiplier, steps = np.empty_like(p), np.empty_like(p), np.empty(len(p)), np.zeros(len(p), dtype=np.intp)
    if not beyond.any():
        rows = Rows(p, gamma, grid, near)
        least = float(rows.log_p.min())
        astray = rows.solve(SETTLED if least >= -WILD else math.sqrt(SETTLED))  # the fine step is a step of Newton too
        if min(least, float(np.log(rows.heads()[1].min()))) < -WILD:
            rows.step(fine=True)
            rows.steps += 1
        q, c, log_multiplier = in_order(rows)
        log_multiplier, steps = log_multiplier - np.log1p(p.sum(1) - 1), rows.steps
    else:
        astray, plain = beyond, ~beyond
        if plain.any():
            q[plain], c[plain], log_multiplier[plain], steps[plain] = solve_hard(
                p[plain], gamma if gamma.size == 1 else gamma[plain], grid
            )
    for row in np.flatnonzero(astray):
        q[row], c[row], log_multiplier[row] = _certified(p[row], float(gamma.ravel()[row if gamma.size > 1 else 0]))
    return q, c, log_multiplier, steps


def _certified(p: Array, gamma: float) -> tuple[Array, Array, float]:
    """A row beyond float64's ease, by the certified solver."""
    weights = [Fraction(float(weight)) for weight in p]
    total = sum(weights)
    support = np.flatnonzero(p)
    found = solve(tuple(weights[x] / total for x in support), Fraction(gamma), 64)
    q, c = np.zeros_like(p), np.ones_like(p)
    q[support] = [float(one.q) for one in found.q]
    c[support] = [float(one.complement) for one in found.q]
    return q, c, float(found.log_multiplier)
