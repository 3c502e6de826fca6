"""One distribution in plain Python floats, faster than arrays for a few classes: where the certified solver starts."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.floats.kinds import Array
from focal_symbolic.numbers.floats.rows import Rows
from focal_symbolic.numbers.floats.table import EDGE, LOWEST, STEPS_A_UNIT, Inverse

__all__ = ["Start", "start"]

FEW = 64
"""Up to so many distinct probabilities, plain Python floats are faster than arrays."""
SETTLED = 2e-5
"""Relative change in a step of order 3 after which the next is nothing."""
NEAR = 0.2
"""How near ln lambda must be before these steps begin, as a logarithm of what the classes but one sum to."""


class Start(NamedTuple):
    """Where the certified solver starts."""

    log_multiplier: float
    q: list[float]
    """Those of all but the heaviest, to about 13 digits."""
    arcs: list[float]
    """Those of all, near them."""
    away: float
    """How near: the largest relative change from where the arcs are."""


def start(weights: Sequence[float], counts: Sequence[int], gamma: float) -> Start | None:
    """From float64, for the certified solver; None if Newton did not settle.

    Args: the distinct probabilities of a distribution, heaviest first, at least two, and how often each occurs.
    """
    if len(weights) > FEW:
        return _start_by_arrays(weights, counts, gamma)
    try:
        return _Row(weights, counts, gamma).solve()
    except (ArithmeticError, ValueError):
        return None


def _start_by_arrays(weights: Sequence[float], counts: Sequence[int], gamma: float) -> Start | None:
    first = 1 if counts[0] == 1 else 0  # of the others
    times = np.array([[counts[0] - 1, *counts[1:]]], dtype=np.float64)[:, first:]
    row = np.array([weights])
    rows = Rows.gathered(row[:, :1], row[:, first:], times, np.array([[gamma]]))
    if rows.solve().any():
        return None
    q_head, c_head, _, _ = rows.heads()
    q, c = np.append(q_head, rows.q[0, 1 - first :]), np.append(c_head, 1 - rows.q[0, 1 - first :])
    odds = q / c
    arcs: Array = formulas.arc(formulas.of_gamma(gamma), odds, formulas.lift(-gamma, odds, np.log(q)))
    return Start(float(rows.log_multiplier[0, 0]), q[1:].tolist(), arcs.tolist(), 1e-15)


class _Row:
    """`Rows` for a single short row, without NumPy's cost of a call, and with steps of order 3."""

    def __init__(self, weights: Sequence[float], counts: Sequence[int], gamma: float) -> None:
        self.n, self.gamma, self.scale = sum(counts), gamma, min(gamma, 1.0)
        self.log_p = list(map(math.log, weights))
        self.counts, self.others = list(counts), [counts[0] - 1, *counts[1:]]
        self.table = _table_row(gamma)
        self.of_gamma = formulas.of_gamma(gamma)

    def at(self, log_multiplier: float) -> tuple[list[float], list[float], float, float]:
        """(q of the others, its slopes, ln of their sum over 1 - q of the heaviest by its own equation, its slope).

        Each logit z with its dz/dt is read off the table as by `Inverse`.
        """
        table, asinh, sqrt, exp, last = self.table, math.asinh, math.sqrt, math.exp, len(self.table) - 2
        by, tail = 1 / self.scale, -1 / self.gamma
        c_head, q, slopes = 0.0, [], []
        for log_p in self.log_p:
            t = log_multiplier - log_p
            unit = t * by
            height = (asinh(unit) - LOWEST) * STEPS_A_UNIT
            place = int(height)
            if not 0 <= place <= last:
                place = 0 if place < 0 else last
            low, line = table[place], -1.0 if t > 0 else tail
            rise = table[place + 1] - low
            z = low + (height - place) * rise + line * t
            odds = exp(z if -EDGE < z < EDGE else EDGE if z > 0 else -EDGE)
            c = 1 / (1 + odds)
            c_head = c_head or c
            q.append(odds * c)
            slopes.append(odds * c * c * (rise * STEPS_A_UNIT * by / sqrt(1 + unit * unit) + line))
        rest, slope = (sum(map(operator.mul, each, self.others)) for each in (q, slopes))
        return q[1:], slopes[1:], math.log(rest / c_head), slope / rest + slopes[0] / c_head

    def solve(self) -> Start | None:
        uniform = self.slope(1 / self.n, 1 - 1 / self.n)[0]
        low, high = self.log_p[-1] + uniform, self.log_p[0] + uniform
        at = sum(map(operator.mul, self.log_p, self.counts)) / self.n + uniform if self.gamma > 2.5 else 0.0
        last = math.inf
        for _ in range(100):
            if not low <= at <= high:
                at = (low + high) / 2
            q, slopes, gap, slope = self.at(at)
            low, high = (at, high) if gap > 0 else (low, at)
            change = -gap / slope
            if -NEAR < gap < NEAR and -NEAR < change < NEAR:
                moved = [one + slope * change for one, slope in zip(q, slopes, strict=True)]
                return self.polish(moved if min(moved) > 0 else q)
            slow, last = abs(gap) > last / 2, abs(gap)
            at = (low + high) / 2 if slow else at + change
        return None

    def polish(self, q: list[float]) -> Start | None:
        """Joint Newton steps, with the terms of second order as in the certified solver's steps."""
        k, counts, mul = self.counts[0], self.counts[1:], operator.mul
        for _ in range(8):
            masses = list(map(mul, q, counts))
            rest = sum(masses)
            if not rest < 1:
                return None
            masses.insert(0, 1 - rest)
            levels, eases, arcs = formulas.levels_eases_and_arcs(self.of_gamma, self.log_p[1:], q)
            log_slope, ease, arc = self.slope((1 - rest) / k, (k - 1 + rest) / k)
            levels.insert(0, self.log_p[0] + log_slope)
            eases.insert(0, ease)
            arcs.insert(0, arc)
            weighed = list(map(mul, masses, eases))
            below = sum(weighed)
            mean = sum(map(mul, weighed, levels)) / below
            each = zip(levels, eases, arcs, strict=True)
            moves = [ease * ((x := level - mean) + 0.5 * arc * x * x) for level, ease, arc in each]
            extra = sum(map(mul, masses, moves)) / below
            largest = max(*moves, -min(moves))
            if not largest < 0.5:
                return None
            q = [one + one * (move - extra * ease) for one, move, ease in zip(q, moves[1:], eases[1:], strict=True)]
            if largest < SETTLED:
                return Start(mean + extra, q, arcs, largest)
        return None

    def slope(self, q: float, c: float) -> tuple[float, float, float]:
        """(ln phi, ease, arc) at any q with 1 - q = c."""
        logs = (math.log(q), math.log1p(-q)) if q < 0.5 else (math.log1p(-c), math.log(c))
        found: tuple[float, float, float] = formulas.slope_ease_and_arc(self.of_gamma, q, c, *logs)
        return found


@lru_cache(maxsize=64)
def _table_row(gamma: float) -> list[float]:
    """The table at one gamma."""
    return Inverse(np.array([[gamma]]), 1).flat.tolist()
