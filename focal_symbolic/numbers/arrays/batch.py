"""Many short rows at one gamma: ln lambda of each from a fine grid of q(t), ln phi(q) = t, then a joint Newton step.

All classes of a row are treated alike, so that nothing is sorted or singled out. Rows for which that will not do, with a class
that has nearly all or next to nothing, are left to `Rows`.
"""

from __future__ import annotations

import numpy as np

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.arrays.checks import GAMMAS
from focal_symbolic.numbers.floats.kinds import Array, Mask
from focal_symbolic.numbers.floats.rows import GENTLE, MAX_STEPS, SETTLED
from focal_symbolic.numbers.floats.table import Grid, log_slope

__all__ = ["MANY", "Batch"]

MANY = 100_000
"""Numbers from which on the grid is worth its making."""
LEAST, MOST = 1e-14, 0.99
"""Rows with a smaller p would make the grid wide, those with a larger are beyond its end."""
TOP = 0.8
"""A class of more mass in the minimizer keeps too few digits of 1 - q."""
NODES, NUMBERS_A_NODE = 65_536, 32
"""The most nodes, and for how many numbers there is one."""
NEAR = 1e-4
"""A change of ln lambda after which Newton on the grid has converged."""
ROUNDS, FAR = 8, 4.0
"""Newton steps on the grid, and how far each may go."""
STEEP = -1e-100


class Batch:
    """Rows at one gamma, transposed: a class a line."""

    def __init__(self, gamma: float, p: Array) -> None:
        self.gamma, self.of_gamma = gamma, formulas.of_gamma(gamma)
        column, n = np.array([[gamma]]), p.shape[1]
        high = float(log_slope(np.array([[1 / n]]), column)[0, 0]) - float(np.log(max(p.min(), LEAST)))
        self.grid = Grid(column, high, min(p.size // NUMBERS_A_NODE, NODES), TOP, NODES)

    @staticmethod
    def fits(p: Array, gamma: Array) -> bool:
        """Whether it is worth while for such rows."""
        return gamma.size == 1 and p.size >= MANY and GAMMAS[0] <= float(gamma[0, 0]) <= GENTLE

    def solve(self, p: Array, q: Array, c: Array, log_multiplier: Array) -> tuple[int, Mask]:
        """Write what is found for a block of rows to q, 1 - q and ln lambda; (Newton steps, the rows that are left)."""
        weights = np.ascontiguousarray(p.T)
        fit: Mask = (weights.min(0) >= LEAST) & (weights.max(0) <= MOST)
        if fit.all():
            return self.solve_fitting(weights, q, c, log_multiplier)
        left, steps = ~fit, 0
        if fit.any():
            weights = weights[:, fit]
            some, complement, level = (np.empty_like(each) for each in (weights.T, weights.T, weights[0]))
            steps, left[fit] = self.solve_fitting(weights, some, complement, level)
            q[fit], c[fit], log_multiplier[fit] = some, complement, level
        return steps, left

    def solve_fitting(self, weights: Array, q: Array, c: Array, log_multiplier: Array) -> tuple[int, Mask]:
        """The same, of rows that may be tried, transposed."""
        log_p = np.log(weights)
        level, astray = self.on_grid(weights, log_p)
        found = self.grid.shares(level - log_p)[0]
        found[:, astray] = 1 / len(found)  # harmless
        steps, going = 0, ~astray
        while going.any() and steps < MAX_STEPS:
            steps += 1
            level, largest = self.step(log_p, found, level)
            going = ~(largest < SETTLED) & ~astray
        q[:] = found.T
        np.subtract(1, q, out=c)
        heavy = np.flatnonzero(found.max(0) > 0.5)
        if heavy.size:  # what the others leave of 1 says more
            some = found[:, heavy]
            head = some.argmax(0)
            some[head, np.arange(heavy.size)] = 0
            rest = some.sum(0)
            q[heavy, head], c[heavy, head] = 1 - rest, rest
        log_multiplier[:] = level - np.log1p(weights.sum(0) - 1)
        return steps, astray | going

    def on_grid(self, weights: Array, log_p: Array) -> tuple[Array, Mask]:
        """(ln lambda, whether Newton on the grid went astray) of each row."""
        c = 1 - weights
        gain = np.exp(self.gamma * np.log(c)) * (1 + formulas.lift(-self.gamma, weights / c, log_p))
        level = np.log(np.einsum("ij,ij->j", weights, gain))
        for _ in range(ROUNDS):
            q, slope = self.grid.shares(level - log_p)
            total = q.sum(0)
            change = np.clip(np.log(total) * total / np.minimum(slope.sum(0), STEEP), -FAR, FAR)
            level -= change
            astray = ~(np.abs(change) < NEAR)
            if not astray.any():
                break
        return level, astray | ~(level - log_p.max(0) > self.grid.low)

    def step(self, log_p: Array, q: Array, level: Array) -> tuple[Array, Array]:
        """As `Rows.step`, of all classes: (ln lambda, the largest relative change of each row); q is moved in place."""
        c = 1 - q
        log_q, odds = np.log(q), q / c
        lift = formulas.lift(-self.gamma, odds, log_q)
        ease = formulas.ease(self.of_gamma, odds, lift)
        np.log(c, out=c)
        c *= self.gamma
        c += log_p
        c -= log_q
        c -= level
        lift += 1
        c += np.log(lift, out=lift)
        c *= ease
        change = (np.einsum("ij,ij->j", q, c) + (q.sum(0) - 1)) / np.einsum("ij,ij->j", q, ease)
        ease *= change
        c -= ease
        largest = np.maximum(c.max(0), -c.min(0))
        if not largest.max() < 0.5:
            np.clip(c, -0.5, 1, out=c)
        c += 1
        q *= c
        if not largest.max() < 0.1:
            np.minimum(q, TOP, out=q)
        return level + change, largest
