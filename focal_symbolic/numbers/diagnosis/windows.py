"""The windows of gamma in which lambda exceeds 1, or a class is over-suppressed: scanned, or covered by boxes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import mpmath
import numpy as np

from focal_symbolic.errors import Undecided
from focal_symbolic.numbers import arrays, formulas
from focal_symbolic.numbers.balls import ZERO, Probability, ball, precision, sign
from focal_symbolic.numbers.decimals import digits
from focal_symbolic.numbers.diagnosis.result import FLOAT_ERROR, SCAN, STEPS, Number, Window
from focal_symbolic.numbers.diagnosis.shares import Problem
from focal_symbolic.numbers.floats.row import start
from focal_symbolic.numbers.minimizer import solve
from focal_symbolic.numbers.sweep import Roots, crossings, multiplier_roots

__all__ = ["windows"]


@dataclass(frozen=True)
class _Height:
    """A function of gamma, of which the windows are asked for in which it is positive."""

    value: Callable[[float], float]
    """Itself, in float64."""
    limit: int
    """Its sign near gamma = 0."""
    upward: int
    """Whether it is the function of the roots (1) or its negative (-1)."""
    roots: Callable[[Fraction, Fraction], Roots]
    """Its certified roots between two gamma."""
    certified: bool


def windows(problem: Problem, prove: bool) -> tuple[tuple[Window, ...], tuple[Window, ...], tuple[tuple[float, float], ...]]:
    """(where lambda > 1, where the rarest class is suppressed, (gamma, ln lambda) on the grid)."""
    if problem.size == 1:
        return (), (), ()
    grid = {float(gamma) for gamma in np.geomspace(float(SCAN[0]), float(SCAN[1]), STEPS + 1)}
    if SCAN[0] < problem.gamma < SCAN[1]:
        grid.add(float(problem.gamma))
    points = sorted(grid)
    values = [_at(problem, gamma) for gamma in points]
    lifting, losing = _heights(problem)
    scan = tuple((gamma, value) for gamma, (value, _) in zip(points, values, strict=True))
    if prove:
        return _covered(lifting), _covered(losing) if len(problem.distinct) > 1 else (), scan
    lifted = _intervals(lifting, points, [value for value, _ in values])
    buried = _intervals(losing, points, [-value for _, value in values]) if len(problem.distinct) > 1 else ()
    return lifted, buried, scan


def _heights(problem: Problem) -> tuple[_Height, _Height]:
    """(ln lambda, -ln(q/p) of the rarest)."""
    near_zero = _limits(problem)

    def multiplier(low: Fraction, high: Fraction) -> Roots:
        return multiplier_roots(problem.distribution, low, high, problem.dps)

    def burying(low: Fraction, high: Fraction) -> Roots:
        return crossings(problem.distribution, problem.size - 1, low, high, problem.dps)

    return (
        _Height(lambda gamma: _at(problem, gamma)[0], near_zero[0], 1, multiplier, problem.certified),
        _Height(lambda gamma: -_at(problem, gamma)[1], -near_zero[1], -1, burying, problem.certified),
    )


def _at(problem: Problem, gamma: float) -> tuple[float, float]:
    """(ln lambda, ln(q/p) of the rarest), in float64."""
    floats = problem.float_shares
    if len(floats) == 1:
        return float(np.log(arrays.gain(floats[0], gamma))), 0.0
    found = start(floats, problem.times, gamma)
    if found is not None:
        return found.log_multiplier, math.log(found.q[-1] / floats[-1])
    solved = solve(problem.whole, Fraction(gamma), 64)
    return float(solved.log_multiplier), float((solved.q[-1].q / ball(problem.distinct[-1])).log())


def _limits(problem: Problem) -> tuple[int, int]:
    """The signs of ln lambda and of ln(q/p) of the rarest for gamma near 0: those of E g(p), and g(p_min) - E g(p)."""
    if problem.certified:
        with precision(256):
            g = [formulas.drift(Probability.exact(share)) for share in problem.distinct]
            mean = sum((ball(p * count) * one for p, count, one in zip(problem.distinct, problem.times, g, strict=True)), ZERO)
            return sign(mean), sign(g[-1] - mean)
    shares = np.array(problem.float_shares)
    drifts = formulas.drift_of_logs(shares, 1 - shares, np.log(shares), np.log1p(-shares))
    average = float((shares * np.array(problem.times) * drifts).sum())
    return int(np.sign(average)), int(np.sign(drifts[-1] - average))


def _covered(height: _Height) -> tuple[Window, ...]:
    """The windows of a function, from all its roots up to the end of the scan."""
    roots = height.roots(Fraction(0), SCAN[1])
    if roots.unresolved:
        low, high = (digits(end, 6) for end in roots.unresolved[0])
        raise Undecided(f"diagnose: a window may end at a gamma between {low} and {high}, undecided; leave prove out.")
    opened = mpmath.mpf(0) if height.limit > 0 else None
    windows = []
    for root, rising in zip(roots.gammas, roots.rising, strict=True):
        if rising == (height.upward > 0):
            opened = root
        else:
            windows.append(Window(opened, root))
            opened = None
    return (*windows, *([] if opened is None else [Window(opened, None)]))


def _intervals(height: _Height, points: Sequence[float], values: Sequence[float]) -> tuple[Window, ...]:
    """The windows of a function, from its values on the grid."""
    noise = 4 * FLOAT_ERROR
    last, at = height.limit, 0.0
    zero = mpmath.mpf(0) if height.certified else 0.0
    opened: Number | None = zero if height.limit > 0 else None
    windows = []
    for gamma, level in zip(points, values, strict=True):
        side = 0 if abs(level) <= noise else 1 if level > 0 else -1
        if side and last and side != last:
            root = _end(height, at or _near_zero(height, last, gamma), gamma, last)
            if side > 0:
                opened = root
            else:
                windows.append(Window(opened, root))
                opened = None
        elif side > 0 and opened is None:
            opened = zero
        if side:
            last, at = side, gamma
    return (*windows, *([] if opened is None else [Window(opened, None)]))


def _near_zero(height: _Height, side: int, gamma: float) -> float:
    """A gamma below, at which the function still has the sign that it has near 0."""
    for _ in range(20):
        gamma /= 4
        if height.value(gamma) * side > 0:
            return gamma
    raise Undecided("diagnose: whether lambda exceeds 1 for gamma near 0 is undecided.")


def _end(height: _Height, low: float, high: float, side: int) -> Number:
    """The end of a window between two gamma, by halving in float64, then certified."""
    first, last = low, high
    wanted = 1e-8 if height.certified else 1e-13
    while high - low > wanted * high:
        middle = math.sqrt(low * high)
        if not low < middle < high:
            break
        low, high = (middle, high) if height.value(middle) * side > 0 else (low, middle)
    if not height.certified:
        return (low + high) / 2
    for wider in (1e-8, 1e-5, 1e-2, 1.0):
        a, b = max(first, low * (1 - wider)), min(last, high * (1 + wider))
        roots = height.roots(Fraction(a), Fraction(b))
        if roots.gammas:
            return roots.gammas[0]
    raise Undecided(f"diagnose: the end of a window between gamma = {first!r} and {last!r} could not be certified.")
