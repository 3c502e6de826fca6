"""What is asked of arrays, checked: distributions along the last axis, and gamma."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from focal_symbolic.errors import InputError
from focal_symbolic.numbers.alpha import weights_of
from focal_symbolic.numbers.floats.kinds import Array

__all__ = ["GAMMAS", "LEAST", "WILD", "checked", "distributions", "floats", "gammas_of", "in_float64", "shape_of", "weights"]

LEAST, GAMMAS = 1e-300, (1e-12, 1e9)
"""Rows with a smaller p, or gamma outside, go to the certified solver."""
WILD = 64.0
"""Logarithms larger than this are summed in twice the precision."""


def distributions(p: ArrayLike, name: str) -> Array:
    """An array of distributions along the last axis, in float64.

    Raises: InputError.
    """
    return in_float64(checked(p, name))


def in_float64(array: NDArray[Any]) -> Array:
    """Checked rows in float64; those of a shorter float sum to 1 to its own accuracy, and are divided by their sum."""
    wide = array.astype(np.float64, order="C", copy=False)  # sums go along memory, so that a row's bits are its own
    if array.dtype.kind == "f" and array.dtype.itemsize < 8:
        wide = wide / wide.sum(-1, keepdims=True)
    return wide


def checked(p: ArrayLike, name: str) -> NDArray[Any]:
    """An array of distributions along the last axis, of the type that it came in.

    Statement: each row sums to 1 within n times the distance from 1 to the next number of the type: 2**-52 for float64, 2**-23
        for float32.
    Raises: InputError.
    """
    array = numbers(p, name)
    if array.ndim == 0 or array.shape[-1] == 0:
        raise InputError(f"{name} has shape {array.shape}; give an array of distributions along the last axis.")
    if array.size and not (array.min() >= 0 and array.max() <= 2):
        for wrong, rule in ((~(array >= 0), "every entry must be at least 0"), (array > 2, "every entry must be at most 1")):
            if not wrong.any():
                continue
            index = tuple(map(int, np.argwhere(wrong)[0]))
            raise InputError(f"{name}[{', '.join(map(str, index))}] = {array[index]}; {rule}.")
    total = array.sum(-1, dtype=np.float64)
    short = array.dtype.kind == "f" and array.dtype.itemsize < 8
    places = np.finfo(array.dtype).nmant if short else 52
    off = np.abs(total - 1) > array.shape[-1] * 2.0**-places
    if off.any():
        index = tuple(map(int, np.argwhere(off)[0]))
        raise InputError(
            f"{name}[{', '.join(map(str, index))}] sums to {total[index]}; each row must sum to 1 within "
            f"n * 2**-{places}, so divide by the sum."
        )
    return array


def gammas_of(gamma: ArrayLike) -> Array:
    """Focusing parameters as float64, each finite and at least 0."""
    array = floats(gamma, "gamma")
    wrong = ~((array >= 0) & np.isfinite(array))
    if wrong.any():
        raise InputError(f"gamma = {array[wrong][0]} is not a focusing parameter; it must be finite and at least 0.")
    return array


def weights(alpha: ArrayLike | None, n: int, positive: bool = False) -> Array | None:
    """The weights of n classes along the last axis; one number is alpha and 1 - alpha for two classes.

    Args: positive, where a weight of 0 is refused.
    Raises: InputError.
    """
    if alpha is None:
        return None
    array = floats(alpha, "alpha")
    if array.ndim > 1 and array.shape[-1] != n:
        raise InputError(f"alpha has shape {array.shape} and there are {n} classes; give one weight a class.")
    if array.ndim == 0 or array.shape[-1] != n:
        array = np.array([float(weight) for weight in weights_of(alpha, n) or ()])
    wrong = ~((array >= 0) & np.isfinite(array)) | (positive & (array == 0))
    if wrong.any():
        rule = "above 0, for what has no weight leaves no trace in the outputs" if positive else "at least 0"
        index = tuple(map(int, np.argwhere(wrong)[0]))
        raise InputError(f"alpha[{', '.join(map(str, index))}] = {array[index]}; a weight must be finite and {rule}.")
    return array


def shape_of(n: int, **shapes: tuple[int, ...]) -> tuple[int, ...]:
    """The common shape of rows of n classes, of arrays named with the shapes of theirs.

    Raises: InputError if they do not fit.
    """
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        full = {name: shape if name == "gamma" else (*shape, n) for name, shape in shapes.items()}
        told = ", ".join(f"{name} of shape {shape}" for name, shape in full.items())
        raise InputError(
            f"{told}: one does not fit the other; give as many rows in each, and gamma one number or one a row."
        ) from None


def floats(values: ArrayLike, name: str) -> Array:
    """Numbers as float64; what is not made of numbers is refused."""
    return numbers(values, name).astype(np.float64, copy=False)


def numbers(values: ArrayLike, name: str) -> NDArray[Any]:
    """An array of real numbers of the type that they have.

    Raises: InputError.
    """
    if hasattr(values, "filled") and np.ma.is_masked(values):  # numpy.ma takes its time to load, and is not asked for less
        raise InputError(f"{name} has masked entries; leave those rows out.")
    try:
        array = np.asarray(values)
    except ValueError:
        raise InputError(f"{name} has rows of different lengths; give an array.") from None
    if array.dtype.kind not in "fiu":
        raise InputError(f"{name} has dtype {array.dtype}; give an array of floats.")
    return array
