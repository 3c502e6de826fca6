"""What is asked of arrays, checked: distributions along the last axis, and gamma."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from focal_symbolic.errors import InputError
from focal_symbolic.numbers.floats.kinds import Array

__all__ = ["GAMMAS", "LEAST", "WILD", "distributions", "floats", "gammas_of"]

LEAST, GAMMAS = 1e-300, (1e-12, 1e9)
"""Rows with a smaller p, or gamma outside, go to the certified solver."""
WILD = 64.0
"""Logarithms larger than this are summed in twice the precision."""


def distributions(p: ArrayLike, name: str) -> Array:
    """An array of distributions along the last axis.

    Raises: InputError.
    """
    array = floats(p, name)
    if array.ndim == 0 or array.shape[-1] == 0:
        raise InputError(f"{name} has shape {array.shape}; give an array of distributions along the last axis.")
    if array.size and not (array.min() >= 0 and array.max() <= 2):
        for wrong, rule in ((~(array >= 0), "every entry must be at least 0"), (array > 2, "every entry must be at most 1")):
            if not wrong.any():
                continue
            index = tuple(map(int, np.argwhere(wrong)[0]))
            raise InputError(f"{name}[{', '.join(map(str, index))}] = {array[index]}; {rule}.")
    total = array.sum(-1)
    off = np.abs(total - 1) > array.shape[-1] * 2.0**-52
    if off.any():
        index = tuple(map(int, np.argwhere(off)[0]))
        raise InputError(
            f"{name}[{', '.join(map(str, index))}] sums to {total[index]}; each row must sum to 1 within n * 2**-52, "
            "so divide by the sum."
        )
    return array


def gammas_of(gamma: ArrayLike) -> Array:
    """Focusing parameters as float64, each finite and at least 0."""
    array = floats(gamma, "gamma")
    wrong = ~((array >= 0) & np.isfinite(array))
    if wrong.any():
        raise InputError(f"gamma = {array[wrong][0]} is not a focusing parameter; it must be finite and at least 0.")
    return array


def floats(values: ArrayLike, name: str) -> Array:
    """Numbers as float64; what is not made of numbers is refused."""
    array = np.asarray(values)
    if array.dtype.kind not in "fiu":
        raise InputError(f"{name} has dtype {array.dtype}; give an array of floats.")
    return array.astype(np.float64, copy=False)
