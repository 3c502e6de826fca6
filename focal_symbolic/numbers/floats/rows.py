"""Newton on ln lambda and q for rows of classes at once; the heaviest class of a row is held out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from focal_symbolic.numbers.floats.bracket import bracketed
from focal_symbolic.numbers.floats.kinds import Array, Mask
from focal_symbolic.numbers.floats.table import Grid, Inverse, excess, logistic
from focal_symbolic.numbers.floats.twofold import log_of_rounded, sum_of_logs, two_sum, two_total

__all__ = ["BLOCK", "GENTLE", "LONG", "MAX_STEPS", "SETTLED", "SHORT", "Rows", "in_order"]

MAX_STEPS = 6
"""Newton steps that a row may take from its start; the tests hold every row to it."""
BLOCK = 32_768
"""Numbers worked on at a time: 256 kB an array, so that a step stays in the cache."""
GENTLE = 16.0
"""Up to this gamma the rounding of 1 - q is harmless in gamma ln(1 - q)."""
LONG = 8192
"""A row of more classes starts from the same problem with its classes gathered."""
SHORT = 128
"""Rows of at most so many classes are worked across."""
SETTLED = 1.2e-7
"""Relative change in a Newton step after which the next is nothing: about half its square, whatever gamma."""


class Rows:
    """Newton on ln lambda and q, for rows of at least two classes with gamma > 0.

    With excess E_i = ln p_i + ln phi(q_i) - ln lambda, a change d of ln lambda moves ln q_i by (E_i - d)/elasticity_i; the
    sum of q stays 1 at the d below, a mean of the E_i. The heaviest class is 1 less the others where those are below 1/2.
    """

    def __init__(self, p: Array, gamma: Array, grid: Grid | None = None, near: tuple[Array, Array] | None = None) -> None:
        self.grid = grid
        rows = np.arange(len(p))
        self.head = p.argmax(1)
        heaviest = p[rows, self.head][:, None]
        others = p.copy()
        others[rows, self.head] = others[:, -1]
        others = others[:, :-1]
        present = others > 0
        self.count: Array | None = None if present.all() else present.astype(np.float64)
        if self.count is not None:
            rarest = np.where(present, others, np.inf).min(1, keepdims=True)
            others = np.where(present, others, rarest)  # weighed 0, but worked on
        self.axis = 1
        if others.shape[1] <= SHORT < len(p):  # short rows lie across, so that sums over them run along memory
            self.axis, others, heaviest, gamma = 0, np.ascontiguousarray(others.T), heaviest.T, gamma.T
            self.count = None if self.count is None else np.ascontiguousarray(self.count.T)
        self.gamma, self.p, self.p_head = gamma, others, heaviest
        self.log_p, self.log_head = np.log(others), np.log(heaviest)
        n = p.shape[1] if self.count is None else 1 + self.count.sum(self.axis, keepdims=True)
        self.n = np.full_like(heaviest, n) if self.count is None else n
        self.steps = np.zeros(len(p), dtype=np.intp)
        self.move, self.ease = np.empty_like(others), np.empty_like(others)
        if near is None:
            self.begin()
        else:
            log_multiplier, q = near
            self.q_head = q[rows, self.head].reshape(heaviest.shape)
            q[rows, self.head] = q[:, -1]
            self.q = np.minimum(q[:, :-1] if self.axis else np.ascontiguousarray(q[:, :-1].T), 0.5)
            self.log_multiplier = log_multiplier.reshape(heaviest.shape)

    @classmethod
    def gathered(cls, heaviest: Array, others: Array, counts: Array, gamma: Array) -> Rows:
        """A single row of the heaviest class and of others that occur so often, all of shape (1, n)."""
        self = cls.__new__(cls)
        self.axis, self.grid, self.gamma = 1, None, gamma
        self.p, self.p_head, self.log_head = others, heaviest, np.log(heaviest)
        self.log_p, self.count = np.log(others), counts
        self.n = 1 + counts.sum(1, keepdims=True)
        self.move, self.ease = np.empty_like(others), np.empty_like(others)
        self.steps = np.zeros(1, dtype=np.intp)
        self.begin()
        return self

    def begin(self) -> None:
        """ln lambda and q from the table, or for a long row from a shorter one."""
        if self.p_head.size == 1 and self.p.size > LONG:
            _begin_long(self)
            return
        inverse = self.grid or Inverse(self.gamma, self.axis)
        self.log_multiplier = bracketed(self.log_p, self.log_head, self.count, self.gamma, self.n, self.axis, inverse)
        self.q = np.minimum(inverse.shares(self.log_multiplier - self.log_p)[0], 0.5)
        inverse = inverse.inverse if isinstance(inverse, Grid) else inverse
        self.q_head = logistic(inverse(self.log_multiplier - self.log_head)[0])[0]

    def blocks(self) -> Iterator[tuple[slice, slice]]:
        """Pieces of a long row; the whole of a block of short ones."""
        size = self.p.shape[1] if self.log_p.size <= 2 * BLOCK else BLOCK
        return ((slice(None), slice(at, at + size)) for at in range(0, self.p.shape[1], size))

    def weighed(self, q: Array, block: tuple[slice, slice], by: Array | None = None) -> Array:
        """The sums over classes of q, or of q * by."""
        if self.count is not None:
            q = q * self.count[block]
        if by is None:
            total: Array = q.sum(self.axis, keepdims=True)
        else:
            total = np.einsum("ij,ij->j" if self.axis == 0 else "ij,ij->i", q, by).reshape(self.p_head.shape)
        return total

    def heads(self) -> tuple[Array, Array, Mask, Array]:
        """(q, 1 - q of the heaviest, whether that is what the others leave, by how much all exceed 1)."""
        rest = sum(self.weighed(self.q[block], block) for block in self.blocks())
        held = np.asarray(rest <= 0.5)
        self.q_head = np.where(held, 1 - rest, self.q_head)
        return self.q_head, np.where(held, rest, 1 - self.q_head), held, np.where(held, 0.0, rest + self.q_head - 1)

    def step(self, fine: bool = False) -> Array:
        """One Newton step; the largest relative change in each row."""
        q_head, c_head, held, over = self.heads()
        lost = None
        if fine:  # large gamma multiplies what is lost in the sum
            rest, low = two_total(self.q if self.count is None else self.q * self.count, self.axis)
            c_head = np.where(held, rest, c_head)
            total, error = two_sum(rest, q_head, low)
            over = np.where(held, 0.0, (total - 1) + error)
            lost = np.where(held, low / rest, ((1 - c_head) - q_head) / c_head)
        numerator, denominator = over, np.zeros_like(over)
        careful = fine or float(self.gamma.max()) > GENTLE
        for block in self.blocks():
            q = self.q[block]
            c = 1 - q
            log_c = log_of_rounded(c, q) if careful else np.log(c)
            move, ease = self.moves(self.p[block], self.log_p[block], q, c, log_c, ((1 - c) - q) / c if fine else None)
            self.move[block], self.ease[block] = move, ease
            numerator = numerator + self.weighed(q, block, move)
            denominator = denominator + self.weighed(q, block, ease)
        move, ease = self.head_moves(q_head, c_head, lost)
        change = (numerator + q_head * move) / (denominator + q_head * ease)
        self.log_multiplier = self.log_multiplier + change
        self.q_head = self.q_head * (1 + np.clip(move - change * ease, -0.5, 1))
        largest = np.where(held, 0.0, np.abs(move - change * ease))
        for block in self.blocks():
            by = np.subtract(self.move[block], change * self.ease[block], out=self.move[block])
            most, least = by.max(self.axis, keepdims=True), by.min(self.axis, keepdims=True)
            largest = np.maximum(largest, np.maximum(most, -least))
            if not (most.max() < 0.5 and least.min() > -0.5):
                np.expm1(np.clip(by, -1, 0.7), out=by)  # a large step is one in ln q
            by += 1
            q = np.multiply(self.q[block], by, out=self.q[block])
            if not q.max() <= 0.5:
                np.minimum(q, 0.5, out=q)
        return largest.ravel()

    def head_moves(self, q: Array, c: Array, lost: Array | None) -> tuple[Array, Array]:
        """As `moves`, of the heaviest."""
        log_c = np.where(c < 0.5, np.log(c), log_of_rounded(c, q))
        return self.moves(self.p_head, self.log_head, q, c, log_c, lost)

    def moves(self, p: Array, log_p: Array, q: Array, c: Array, log_c: Array, lost: Array | None) -> tuple[Array, Array]:
        """(the excess divided by the elasticity, 1/elasticity); in twice the precision with what c lost, relative."""
        log_q = np.where(q > 0.5, log_of_rounded(q, c), np.log(q)) if p is self.p_head else np.log(q)
        if lost is not None:
            high, low = sum_of_logs(p, q, c, lost, self.gamma)
            return excess((high - self.log_multiplier) + low, q / c, log_q, self.gamma)
        return excess(log_p - log_q + self.gamma * log_c - self.log_multiplier, q / c, log_q, self.gamma)

    def solve(self, settled: float = SETTLED) -> Mask:
        """Newton until every row has settled; which rows have not."""
        going = np.ones(self.steps.size, dtype=bool)
        for _ in range(2 * MAX_STEPS):
            largest = self.step()
            self.steps += going
            going &= ~(largest < settled)
            if not going.any():
                break
        return going


def _begin_long(rows: Rows) -> None:
    """The same for a single long row, whose classes are first gathered in bins of ln p.

    The bins' middles are solved, and q/p, smooth in ln p, is read off between them.
    """
    size = min(rows.p.size // 16, 65_536)
    low, top = float(rows.log_p.min()), float(rows.log_p.max())
    width = max((top - low) / size, 1e-12)
    place, index = rows.move, rows.ease.view(np.int64)  # not needed yet, and fresh memory is slow
    for block in rows.blocks():
        np.subtract(rows.log_p[block], low, out=place[block])
        place[block] *= 1 / width
        index[block] = place[block]
    count = np.bincount(index[0], None if rows.count is None else rows.count[0], minlength=size + 2)
    middles = np.exp(low + (np.arange(count.size) + 0.5) * width)[None]
    bins = Rows.gathered(rows.p_head, middles, count[None].astype(np.float64), rows.gamma)
    bins.solve()
    rows.log_multiplier, rows.q_head = bins.log_multiplier, bins.q_head
    ratio = (bins.q / middles)[0]
    rise = np.diff(ratio, append=ratio[-1])
    rows.q = np.empty_like(rows.p)
    for block in rows.blocks():
        at = np.maximum(place[block] - 0.5, 0)
        below = at.astype(np.intp)
        at -= below
        at *= rise.take(below)
        at += ratio.take(below)
        at *= rows.p[block]
        np.minimum(at, 0.5, out=rows.q[block])


def in_order(rows: Rows) -> tuple[Array, Array, Array]:
    """(q, 1 - q, ln lambda), in the order of p."""
    q_head, c_head, _, _ = rows.heads()
    numbers = np.arange(q_head.size)
    n = rows.p.shape[rows.axis]
    q = np.empty((numbers.size, n + 1))
    others = rows.q if rows.count is None else rows.q * rows.count
    q[:, :-1] = others if rows.axis else others.T
    q[:, -1] = q[numbers, np.minimum(rows.head, n - 1)]
    q[numbers, rows.head] = q_head.ravel()
    c = 1 - q
    c[numbers, rows.head] = c_head.ravel()
    return q, c, rows.log_multiplier.ravel()
