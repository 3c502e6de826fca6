"""For which gamma no class loses more than so much, and where a class changes sides: float64 along a grid, ends by halving."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from focal_symbolic.distribution import exact_number
from focal_symbolic.errors import InputError
from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.diagnosis.result import SCAN, STEPS, Diagnosis, Window
from focal_symbolic.numbers.diagnosis.shares import float_of
from focal_symbolic.numbers.floats.kinds import Array

__all__ = ["gammas_at_most", "gammas_of_gain"]

NOISE = 1e-12
"""A factor so near a level is not told from it."""


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

    Notes
    -----
    Found in float64 on the grid of the scan, with the ends halved down; the factors are of `existence/attained`.

    Examples
    --------
    >>> from focal_symbolic.numbers.diagnosis import diagnosis, gammas_at_most
    >>> [(window.low, round(window.high, 6)) for window in gammas_at_most(diagnosis([25, 75], 1), "0.05")]
    [(0.0, 0.304459)]
    """
    most = exact_number(loss, "the greatest loss")
    if not 0 <= most <= 1:
        raise InputError(f"the greatest loss = {loss} is no part of a share; give a number from 0 to 1, or such as 5%.")
    level = float(1 - most)
    return _windows(lambda gammas: _factors(found, gammas).min(-1) - level)


def gammas_of_gain(found: Diagnosis, place: int) -> tuple[Window, ...]:
    """The intervals of gamma up to the end of the scan in which a class has more than its share of the data.

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

    Notes
    -----
    Found in float64 on the grid of the scan, with the ends halved down; the factors are of `existence/attained`.

    Examples
    --------
    >>> from focal_symbolic.numbers.diagnosis import diagnosis, gammas_of_gain
    >>> gammas_of_gain(diagnosis([25, 75], 1), 0)
    (Window(low=0.0, high=None),)
    """
    return _windows(lambda gammas: _factors(found, gammas)[:, place] - 1)


def _factors(found: Diagnosis, gammas: Array) -> Array:
    """q over the share of the data at each gamma, of all classes; 1 for a class that is absent."""
    p = np.array([float_of(share) for share in found.p])
    shares = np.array([float_of(share) for share in found.data])
    if found.head == "softmax":
        q = arrays.along(p / p.sum(), gammas).q
    else:
        q = np.stack([arrays.minimizer(np.stack([p, 1 - p], -1), gamma).q[:, 0] for gamma in gammas])
    there = (p > 0) & (shares > 0)
    return np.where(there, q / np.where(there, shares, 1.0), 1.0)


def _windows(height: Callable[[Array], Array]) -> tuple[Window, ...]:
    """Where a function of gamma is at least 0, from its values on the grid of the scan."""
    grid = np.geomspace(float(SCAN[0]), float(SCAN[1]), STEPS + 1)
    signs = height(grid) >= -NOISE
    windows: list[Window] = []
    opened: float | None = 0.0 if signs[0] else None
    for low, high, before, after in zip(grid, grid[1:], signs, signs[1:], strict=False):
        if before == after:
            continue
        end = _end(height, low, high, bool(after))
        if after:
            opened = end
        else:
            windows.append(Window(0.0 if opened is None else opened, end))
            opened = None
    return (*windows, *([] if opened is None else [Window(opened, None)]))


def _end(height: Callable[[Array], Array], low: float, high: float, rising: bool) -> float:
    """Where the function changes its sign between two gamma."""
    for _ in range(60):
        middle = (low + high) / 2
        above = bool(height(np.array([middle]))[0] >= -NOISE)
        low, high = (low, middle) if above == rising else (middle, high)
    return float((low + high) / 2)
