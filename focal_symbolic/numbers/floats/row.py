"""One distribution in plain Python floats, faster than arrays for a few classes: where the certified solver starts."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.floats.rows import Rows
from focal_symbolic.numbers.floats.table import EDGE, LOWEST, STEPS_A_UNIT, Inverse

__all__ = ["start"]

FEW = 64
"""Up to so many distinct probabilities, plain Python floats are faster than arrays."""
SETTLED = 2e-5
"""Relative change in a step of order 3 after which the next is nothing."""
NEAR = 0.2
"""How near ln lambda must be before these steps begin, as a logarithm of what the classes but one sum to."""


def start(weights: Sequence[float], counts: Sequence[int], gamma: float) -> tuple[float, list[float]] | None:
    """(ln lambda, q of all but the heaviest) to about 13 digits, for the certified solver; None if Newton did not settle.

    Args: the distinct probabilities of a distribution, heaviest first, at least two, and how often each occurs.
    """
    if len(weights) > FEW:
        return _start_by_arrays(weights, counts, gamma)
    try:
        return _Row(weights, counts, gamma).solve()
    except (ArithmeticError, ValueError):
        return None


def _start_by_arrays(weights: Sequence[float], counts: Sequence[int], gamma: float) -> tuple[float, list[float]] | None:
    first = 1 if counts[0] == 1 else 0  # of the others
    times = np.array([[counts[0] - 1, *counts[1:]]], dtype=np.float64)[:, first:]
    row = np.array([weights])
    rows = Rows.gathered(row[:, :1], row[:, first:], times, np.array([[gamma]]))
    if rows.solve().any():
        return None
    return float(rows.log_multiplier[0, 0]), rows.q[0, 1 - first :].tolist()


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

    def solve(self) -> tuple[float, list[float]] | None:
        uniform = self.slopes([1 / self.n], 1 - 1 / self.n)[0][0]
        low, high = self.log_p[-1] + uniform, self.log_p[0] + uniform
        at = sum(map(operator.mul, self.log_p, self.counts)) / self.n + uniform if self.gamma > 2.5 else 0.0
        last = math.inf
        for _ in range(100):
            if not low <= at <= high:
                at = (low + high) / 2
            q, slopes, gap, slope = self.at(at)
            low, high = (at, high) if gap > 0 else (low, at)
            change = -gap / slope
            if abs(gap) < NEAR and abs(change) < NEAR:
                moved = [one + slope * change for one, slope in zip(q, slopes, strict=True)]
                return self.polish(at + change, moved if min(moved) > 0 else q)
            slow, last = abs(gap) > last / 2, abs(gap)
            at = (low + high) / 2 if slow else at + change
        return None

    def polish(self, log_multiplier: float, q: list[float]) -> tuple[float, list[float]] | None:
        """Joint Newton steps, with the terms of second order as in the certified solver's steps."""
        k, counts, mul = self.counts[0], self.counts, operator.mul
        for _ in range(8):
            rest = sum(map(mul, q, counts[1:]))
            if not rest < 1:
                return None
            log_slopes, eases, arcs = self.slopes([(1 - rest) / k, *q], (k - 1 + rest) / k)
            excesses = [log_p + log_slope - log_multiplier for log_p, log_slope in zip(self.log_p, log_slopes, strict=True)]
            masses = [1 - rest, *map(mul, q, counts[1:])]
            weighed = list(map(mul, masses, eases))
            below = sum(weighed)
            change = sum(map(mul, weighed, excesses)) / below
            each = zip(excesses, eases, arcs, strict=True)
            moves = [ease * ((x := excess - change) + 0.5 * arc * x * x) for excess, ease, arc in each]
            extra = sum(map(mul, masses, moves)) / below
            log_multiplier += change + extra
            q = [one + one * (move - extra * ease) for one, move, ease in zip(q, moves[1:], eases[1:], strict=True)]
            largest = max(*moves, -min(moves))
            if not largest < 0.5:
                return None
            if largest < SETTLED:
                return log_multiplier, q
        return None

    def slopes(self, q: list[float], c_head: float) -> tuple[list[float], list[float], list[float]]:
        """(ln phi, ease, arc) of the classes, the heaviest first; only that one may be above 1/2."""
        c = [c_head, *[1 - one for one in q[1:]]]
        log_q, log_c = list(map(math.log, q)), [math.log(c_head), *[math.log1p(-one) for one in q[1:]]]
        if q[0] < 0.5:
            log_c[0] = math.log1p(-q[0])
        else:
            log_q[0] = math.log1p(-c_head)
        found: tuple[list[float], list[float], list[float]] = formulas.slopes_eases_and_arcs(self.of_gamma, q, c, log_q, log_c)
        return found


@lru_cache(maxsize=64)
def _table_row(gamma: float) -> list[float]:
    """The table at one gamma."""
    return Inverse(np.array([[gamma]]), 1).flat.tolist()
