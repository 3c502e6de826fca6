"""One distribution at each of many gamma, with warm starts between solved neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from focal_symbolic.errors import InputError
from focal_symbolic.numbers.arrays.checks import GAMMAS, WILD, distributions, gammas_of
from focal_symbolic.numbers.arrays.rows import ArrayMinimizer, seen, solve_hard, solve_rows
from focal_symbolic.numbers.floats.kinds import Array, Index
from focal_symbolic.numbers.floats.rows import BLOCK, LONG, SHORT

__all__ = ["along", "solve_along"]

WARM = 8
"""Along gamma, one row in so many starts from the table."""
WORTH, NEAR_GAMMAS = 10_000, 2.5
"""Warm starts are no gain for fewer numbers, nor where ln gamma of the rows from the table is further apart."""


def along(p: ArrayLike, gamma: ArrayLike, alpha: ArrayLike | None = None) -> ArrayMinimizer:
    """The minimizers of one distribution at each of many gamma, as `minimizer` gives them.

    With warm starts from solved neighbours, where they are a gain.

    Parameters
    ----------
    p : array_like (n,)
        The data, nonnegative with sum 1 within n * 2**-52.
    gamma : array_like (m,)
        The focusing parameters, at least 0.
    alpha : array_like (n,), optional
        The weights of the loss, at least 0; for n = 2 also one number, alpha for the first class and 1 - alpha for the second.

    Returns
    -------
    ArrayMinimizer
        The arrays q and 1 - q of shape (m, n), and ln lambda of shape (m,).

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The minimizer is continuous in gamma, by the claim `continuity/lipschitz_in_gamma`.

    Examples
    --------
    >>> from focal_symbolic import arrays
    >>> arrays.along([0.7, 0.2, 0.1], [0.0, 1.0, 2.0]).q.round(6)
    array([[0.7     , 0.2     , 0.1     ],
           [0.599303, 0.263318, 0.137379],
           [0.535169, 0.292693, 0.172139]])
    """
    data, gammas = distributions(p, "p"), gammas_of(gamma)
    if data.ndim != 1 or gammas.ndim != 1:
        raise InputError(f"p and gamma have shapes {data.shape} and {gammas.shape}; give one dimension each.")
    weights, log_scale = seen(data, alpha)
    if weights.ndim != 1:
        raise InputError("alpha has more than one dimension; give one weight a class.")
    q, c, log_multiplier, _ = solve_along(weights, gammas)
    return ArrayMinimizer(q, c, log_multiplier + log_scale)


def solve_along(p: Array, gamma: Array) -> tuple[Array, Array, Array, Index]:
    """(q, 1 - q, ln lambda, Newton steps) of one row at each gamma.

    One gamma in `WARM` is solved from the table; then, halving the distance again and again, those between start from the
    cubics in ln gamma through ln q/p and ln lambda at the four nearest ones that are solved.
    """

    def cold(rows: Array) -> tuple[Array, Array, Array, Index]:
        return solve_rows(np.broadcast_to(p, (rows.size, p.size)), rows[:, None])

    if not p.all():
        q, c = np.zeros((gamma.size, p.size)), np.ones((gamma.size, p.size))
        q[:, p > 0], c[:, p > 0], log_multiplier, steps = solve_along(p[p > 0], gamma)
        return q, c, log_multiplier, steps
    zero = gamma == 0
    if zero.any() and not zero.all():
        parts = zip(cold(gamma[zero]), solve_along(p, gamma[~zero]), strict=True)
        back = np.argsort(np.argsort(~zero, kind="stable"), kind="stable")
        q, c, log_multiplier, steps = (np.concatenate(pair)[back] for pair in parts)
        return q, c, log_multiplier, steps
    grid, back = np.unique(gamma, return_inverse=True)
    few = SHORT < p.size <= LONG and p.size * grid.size >= WORTH and grid.size >= 4 * WARM
    if not (few and GAMMAS[0] <= grid[0] and grid[-1] <= GAMMAS[1] and np.exp(-WILD) <= p.min()):
        return cold(gamma)
    place = np.log(grid)
    solved = np.union1d(np.arange(0, grid.size, WARM), grid.size - 1)
    if np.diff(place[solved]).max() > NEAR_GAMMAS:
        return cold(gamma)
    q, c, log_multiplier = np.empty((grid.size, p.size)), np.empty((grid.size, p.size)), np.empty(grid.size)
    steps = np.zeros(grid.size, dtype=np.intp)
    ratio = np.empty_like(q)

    def keep(rows: Index, found: tuple[Array, Array, Array, Index]) -> None:
        q[rows], c[rows], log_multiplier[rows], steps[rows] = found
        ratio[rows] = np.log(q[rows] / p)

    keep(solved, cold(grid[solved]))
    for stride in (WARM // 2, WARM // 4, WARM // 8):
        new = np.setdiff1d(np.arange(0, grid.size, stride), solved)
        for rows in np.array_split(new, max(new.size * p.size // BLOCK, 1)):
            first: Index = np.clip(np.searchsorted(solved, rows) - 2, 0, solved.size - 4)
            beside = solved[first[:, None] + np.arange(4)]
            share = _lagrange(place[rows], place[beside])
            start = p * np.exp(sum(share[:, j, None] * ratio[beside[:, j]] for j in range(4)))
            near = np.einsum("ij,ij->i", share, log_multiplier[beside]), start
            same = np.ascontiguousarray(np.broadcast_to(p, start.shape))
            keep(rows, solve_hard(same, grid[rows, None], None, near))
        solved = np.union1d(solved, new)
    return q[back], c[back], log_multiplier[back], steps[back]


def _lagrange(at: Array, nodes: Array) -> Array:
    """The weights of the values at the nodes (rows, k) in the polynomials through them, at one place a row."""
    off = at[:, None] - nodes
    weights = np.ones_like(nodes)
    for j in range(nodes.shape[1]):
        for k in range(nodes.shape[1]):
            if j != k:
                weights[:, j] *= off[:, k] / (nodes[:, j] - nodes[:, k])
    return weights
