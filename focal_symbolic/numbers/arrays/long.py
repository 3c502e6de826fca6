"""One long row: its classes are dealt out to nodes in ln p, the nodes solved, and q read off between them."""

from __future__ import annotations

import numpy as np

from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.arrays.checks import GAMMAS, LEAST, WILD
from focal_symbolic.numbers.floats.kinds import Array
from focal_symbolic.numbers.floats.rows import Rows

__all__ = ["solve_long"]

NODE_STEP = 1 / 2500
"""Distance in ln p of the nodes between which q/p is interpolated, for an error of some 1e-16."""
PIECE, TABLE_PIECE = 131_072, 8192
"""Classes worked on at a time: not much fewer than nodes, or so few that a dozen arrays stay in the cache."""
SMALL_CHANGE = 1e-7
"""A change of ln lambda whose square is nothing."""


def solve_long(p: Array, gamma: Array) -> tuple[Array, Array, float, int] | None:
    """(q, 1 - q, ln lambda, Newton steps) of one row of many classes; None where that is no gain.

    The masses of the classes are dealt out to nodes in ln p, each to the two beside it, and the nodes solved as classes. With
    their q/p, and its slope from the elasticity, q of each class is read off by cubic interpolation. The sum of q is then off
    by the square of the nodes' distance, and one joint Newton step, in which only the heaviest has an excess, ends it.
    """
    head = int(p.argmax())
    least = float(p.min()) or float(p.min(where=p > 0, initial=1.0))
    most = max(float(p[:head].max(initial=0.0)), float(p[head + 1 :].max(initial=0.0)))  # of the others
    if not (LEAST <= least <= most and GAMMAS[0] <= gamma <= GAMMAS[1]):
        return None
    low, top = np.log([least, most]).tolist()
    size = int((top - low) / NODE_STEP) + 2
    if not (low > -WILD and 8 * size < p.size):
        return None
    q, c = np.empty_like(p), np.empty_like(p)
    dealt = _dealt(p, head, least, top, size, q)
    nodes = np.exp(top + NODE_STEP * np.arange(1.0 - size, 1.0))
    rows = Rows.gathered(p[None, head : head + 1], nodes[None], (dealt / nodes)[None], gamma)
    if rows.solve().any():
        return None
    rest, stiffness = _read_off(p, head, _cubics(nodes, rows.q[0], float(gamma[0, 0])), q, c)
    # as in `Rows.step`
    held = rest <= 0.5
    q_head = 1 - rest if held else rows.q_head.item()
    c_head = rest if held else 1 - q_head
    move, ease = (one.item() for one in rows.head_moves(np.array([[q_head]]), np.array([[c_head]]), None))
    change = (rest - c_head + q_head * move) / (stiffness + q_head * ease)
    if not abs(change) < SMALL_CHANGE:
        return None
    for start in range(0, p.size, TABLE_PIECE):
        value, slope = q[start : start + TABLE_PIECE], c[start : start + TABLE_PIECE]
        slope *= change
        value -= slope
        np.subtract(1, value, out=slope)
    q_head, c_head = q_head * (1 + move - change * ease), rest - change * stiffness
    q[head], c[head] = (1 - c_head, c_head) if held else (q_head, 1 - q_head)
    return q, c, rows.log_multiplier.item() + change, int(rows.steps[0]) + 1


def _dealt(p: Array, head: int, least: float, top: float, size: int, place: Array) -> Array:
    """The masses at the nodes, of all classes but the head; the place of each class, in nodes, is written to `place`."""
    masses = np.zeros((2, size))
    for start in range(0, p.size, PIECE):
        weight, at = p[start : start + PIECE], place[start : start + PIECE]
        np.log(weight if least <= weight.min() else np.maximum(weight, least), out=at)
        at -= top
        at *= 1 / NODE_STEP
        at += size - 1  # the last node is the heaviest of the others
        if start <= head < start + weight.size:
            weight = weight.copy()
            weight[head - start] = at[head - start] = 0
        below = at.astype(np.intp)
        masses[0] += np.bincount(below, weight, size)
        masses[1] += np.bincount(below, (at - below) * weight, size)
    dealt: Array = masses[0] - masses[1]
    dealt[1:] += masses[1, :-1]
    return dealt


def _read_off(p: Array, head: int, cubics: Array, value: Array, slope: Array) -> tuple[float, float]:
    """q in place of the places in `value`, dq/d ln p in `slope`, and the sums of both; 0 for the head."""
    totals = np.zeros(2)
    indices, rows, buffers = np.empty(TABLE_PIECE, np.intp), np.empty((TABLE_PIECE, 4)), np.empty((3, TABLE_PIECE))
    for start in range(0, p.size, TABLE_PIECE):
        weight, at, rise = (each[start : start + TABLE_PIECE] for each in (p, value, slope))
        index, terms, (place, lead, upper) = indices[: at.size], rows[: at.size], buffers[:, : at.size]
        np.copyto(index, at, casting="unsafe")
        cubics.take(index, 0, out=terms, mode="clip")
        np.subtract(at, index, out=place)
        np.multiply(terms[:, 3], place, out=lead)
        np.add(lead, terms[:, 2], out=upper)
        np.multiply(upper, place, out=at)
        at += terms[:, 1]
        at *= place
        at += terms[:, 0]  # q/p
        upper += upper
        upper += lead
        upper *= place
        upper += terms[:, 1]
        upper *= 1 / NODE_STEP
        upper += at
        np.multiply(upper, weight, out=rise)
        at *= weight
        if start <= head < start + at.size:
            at[head - start] = rise[head - start] = 0
        totals += at.sum(), rise.sum()
    return float(totals[0]), float(totals[1])


def _cubics(nodes: Array, q: Array, gamma: float) -> Array:
    """The cubics that interpolate q/p between nodes in ln p and have its slopes there, (ease - 1) q/p."""
    ratio, odds = q / nodes, q / (1 - q)
    slope = (formulas.ease(formulas.of_gamma(gamma), odds, formulas.lift(-gamma, odds, np.log(q))) - 1) * ratio * NODE_STEP
    rise = np.diff(ratio, append=ratio[-1])
    after = np.append(slope[1:], 0.0)
    return np.stack([ratio, slope, 3 * rise - 2 * slope - after, slope + after - 2 * rise], 1)
