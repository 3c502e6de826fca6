"""Labels: which column of the outputs each row belongs to."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from focal_symbolic.errors import InputError
from focal_symbolic.numbers.floats.kinds import Index

__all__ = ["columns_of", "indicators_of"]


def indicators_of(y: Any, shape: tuple[int, ...]) -> Index:
    """0 or 1 for each cell of the outputs of several sigmoids, row after row.

    Raises: InputError.
    """
    given = np.asarray(y.detach().cpu() if hasattr(y, "detach") else y)
    if given.shape != shape:
        raise InputError(f"y has shape {given.shape} and q has {shape}; with multilabel give 0 or 1 for each entry of q.")
    if given.dtype.kind not in "fiub" or not np.isin(given, (0, 1)).all():
        raise InputError("y has an entry that is neither 0 nor 1; with multilabel give 0 or 1 for each entry of q.")
    return given.astype(np.intp).reshape(-1)


def columns_of(y: Any, n: int, width: int, names: list[Any] | None) -> tuple[NDArray[Any], Index]:
    """(the classes in the order of the columns, the column of each of n rows); for one column of positives there are two.

    Raises: InputError.
    """
    given = np.asarray(y.detach().cpu() if hasattr(y, "detach") else y)
    if given.ndim == 2 and given.shape[1] == 1:
        given = given[:, 0]
    if given.ndim != 1 or len(given) != n:
        raise InputError(f"y has shape {given.shape} and q has {n} rows; give one label a row.")
    if given.dtype.kind == "f" and not np.isfinite(given).all():
        raise InputError("y has a label that is NaN or infinite; give one label a row.")
    if given.dtype.kind == "c" or (given.dtype.kind == "O" and len({isinstance(one, str) for one in given}) > 1):
        raise InputError("Unknown label type: y has complex numbers, or mixes names and numbers; give names or whole numbers.")
    if given.dtype.kind == "O" and not all(isinstance(one, str | int | np.integer | np.bool_) for one in given):
        raise InputError("Unknown label type: y has objects; give names or whole numbers.")
    if given.dtype.kind == "O" and not isinstance(given[0], str):
        given = given.astype(np.int64)
    classes = max(width, 2)
    numeric = given.dtype.kind in "fiub"
    if names is not None and width > 1 and set(given.tolist()) <= set(names):
        place = {name: at for at, name in enumerate(names)}
        return np.array(names), np.array([place[one] for one in given.tolist()], dtype=np.intp)
    if numeric and np.isin(given, np.arange(classes)).all():
        return np.arange(classes), given.astype(np.intp)
    found, places = np.unique(given, return_inverse=True)
    if len(found) != classes:
        told = ", ".join(map(repr, found[:5].tolist()))
        raise InputError(
            f"y has {len(found)} different labels ({told}{', ...' if len(found) > 5 else ''}) and q has {classes} classes; "
            f"give the numbers of the columns, from 0 to {classes - 1}."
        )
    return found, places.astype(np.intp)
