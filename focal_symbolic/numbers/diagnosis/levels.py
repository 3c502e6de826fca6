"""For which gamma no class loses more than so much, and where a class changes sides: a scan, with certified ends."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import mpmath
import numpy as np

from focal_symbolic.distribution import Distribution, exact_number
from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.decimals import digits
from focal_symbolic.numbers.diagnosis.result import SCAN, STEPS, Diagnosis, Number, Window
from focal_symbolic.numbers.diagnosis.shares import float_of
from focal_symbolic.numbers.floats.kinds import Array
from focal_symbolic.numbers.sweep import crossings

__all__ = ["gammas_at_most", "gammas_of_gain"]

NOISE = 1e-12
"""A factor so near a level is not told from it in float64."""


def gammas_at_most(found: Diagnosis, loss: object) -> tuple[Window, ...]:
    """The intervals of gamma up to the end of the scan in which no class loses more than the part `loss` of its data share.

    Parameters
    ----------
    found : Diagnosis
        A diagnosis of the counts, with its weights and its head, at any gamma.
    loss : number
        The greatest loss, from 0 to 1, such as 0.05.

    Returns
    -------
    tuple of Window
        The intervals, an end of None where one goes on beyond the scan.

    Raises
    ------
    InputError
        For an argument that breaks a rule.
    Undecided
        If an end could not be certified.

    Notes
    -----
    Each end is certified as the gamma at which a class crosses that level (`sweep.crossings`), unless the diagnosis is in
    float64; that there are no other intervals is not, for they are found on the grid of the scan. The q are of
    `uniqueness/strictly_optimal`.

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic.numbers.diagnosis import diagnosis, gammas_at_most
    >>> [(nstr(window.low, 8), nstr(window.high, 8)) for window in gammas_at_most(diagnosis([25, 75], 1), "0.05")]
    [('0.0', '0.30445894')]
    """
    most = exact_number(loss, "the greatest loss")
    if not 0 <= most <= 1:
        raise InputError(f"the greatest loss = {digits(most, 6)} is no part of a share; give one from 0 to 1, or such as 5%.")
    return _windows(found, 1 - most, [at for at, share in enumerate(found.p) if share])


def gammas_of_gain(found: Diagnosis, place: int) -> tuple[Window, ...]:
    """The intervals of gamma up to the end of the scan in which a class has at least its share of the data.

    Parameters
    ----------
    found : Diagnosis
        A diagnosis of the counts, with its weights and its head, at any gamma.
    place : int
        Which class, from 0.

    Returns
    -------
    tuple of Window
        The intervals, an end of None where one goes on beyond the scan.

    Raises
    ------
    InputError
        If there is no such class, or nothing of it.
    Undecided
        If an end could not be certified.

    Notes
    -----
    Certified as `gammas_at_most`; the q are of `uniqueness/strictly_optimal`.

    Examples
    --------
    >>> from focal_symbolic.numbers.diagnosis import diagnosis, gammas_of_gain
    >>> gammas_of_gain(diagnosis([25, 75], 1), 0)
    (Window(low=mpf('0.0'), high=None),)
    """
    if not 0 <= place < len(found.p) or not found.p[place]:
        raise InputError(f"place = {place} is no class with a share; give one from 0 to {len(found.p) - 1}.")
    return _windows(found, Fraction(1), [place])


def _windows(found: Diagnosis, level: Fraction, places: list[int]) -> tuple[Window, ...]:
    """Where each of these classes has at least the part `level` of its share of the data, from the grid of the scan."""
    if not level:
        return (Window(_number(found, 0.0), None),)

    def heights(gammas: Array) -> Array:
        return _factors(found, gammas, places) / float(level) - 1

    grid = np.geomspace(float(SCAN[0]), float(SCAN[1]), STEPS + 1)
    if abs(heights(np.zeros(1)).min()) > NOISE:  # else it begins at the level, and leaves it at once
        grid = np.concatenate([np.zeros(1), grid])
    signs = heights(grid).min(-1) >= -NOISE
    windows: list[Window] = []
    opened: Number | None = _number(found, 0.0) if signs[0] else None
    for low, high, before, after in zip(grid, grid[1:], signs, signs[1:], strict=False):
        if before == after:
            continue
        end = _end(found, heights, level, places, (float(low), float(high)), rising=bool(after))
        if after:
            opened = end
        else:
            windows.append(Window(_number(found, 0.0) if opened is None else opened, end))
            opened = None
    return (*windows, *([] if opened is None else [Window(opened, None)]))


def _number(found: Diagnosis, value: float) -> Number:
    return mpmath.mpf(value) if found.certified else value


def _factors(found: Diagnosis, gammas: Array, places: list[int]) -> Array:
    """q over the share of the data at each gamma, of some classes."""
    p = np.array([float_of(share) for share in found.p])
    shares = np.array([float_of(found.data[at]) for at in places])
    if found.head == "softmax":
        q = arrays.along(p / p.sum(), gammas).q[:, places]
    else:
        pairs = np.stack([p[places], 1 - p[places]], -1)
        q = np.stack([arrays.minimizer(pairs, gamma).q[:, 0] for gamma in gammas])
    factors: Array = q / shares
    return factors


def _end(
    found: Diagnosis,
    heights: Callable[[Array], Array],
    level: Fraction,
    places: list[int],
    bracket: tuple[float, float],
    rising: bool,
) -> Number:
    """Where the least height changes its sign between two gamma: halved in float64, then certified as a class's crossing."""
    low, high = bracket
    wanted = 1e-8 if found.certified else 1e-15
    while high - low > wanted * high:
        middle = (low + high) / 2
        if not low < middle < high:
            break
        above = bool(heights(np.array([middle]))[0].min() >= -NOISE)
        low, high = (low, middle) if above == rising else (middle, high)
    if not found.certified:
        return float((low + high) / 2)
    place = places[int(heights(np.array([low if rising else high]))[0].argmin())]
    data, at = found.data, place
    seen = Distribution(found.p) if found.head == "softmax" else Distribution([found.p[place], 1 - found.p[place]])
    at = place if found.head == "softmax" else 0
    for wider in (1e-6, 1e-4, 1e-2):
        ends = Fraction(max(bracket[0], low * (1 - wider))), Fraction(min(bracket[1], high * (1 + wider)))
        roots = crossings(seen, at, *ends, found.dps, level * data[place])
        if len(roots.gammas) == 1:
            return roots.gammas[0]
    raise Undecided(
        f"diagnose: the end of an interval between gamma = {bracket[0]!r} and {bracket[1]!r} could not be certified."
    )
