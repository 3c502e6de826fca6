"""Arrays, pandas and PyTorch: an array is taken out of what was given, and what is found goes back into the same kind."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from focal_symbolic.errors import InputError
from focal_symbolic.numbers.arrays.checks import numbers
from focal_symbolic.numbers.floats.kinds import Array

__all__ = ["names_of", "opened"]


def opened(values: Any, name: str = "q") -> tuple[NDArray[Any], Callable[[Array], Any]]:
    """(an array of real numbers, what puts an array of that shape back into the kind of container).

    A DataFrame or Series keeps its index, columns and name; a tensor its device and type, and is cut from its gradient.
    Raises: InputError.
    """
    kind = type(values).__module__.partition(".")[0]
    if kind == "pandas" and hasattr(values, "index") and hasattr(values, "to_numpy"):
        return numbers(_of_pandas(values, name), name), lambda found: _to_pandas(values, found)
    if kind == "torch" and hasattr(values, "detach"):
        plain = values.detach().cpu()
        if plain.is_floating_point() and plain.element_size() < 4:
            raise InputError(
                f"{name} is a tensor of {plain.dtype}, too short for probabilities; give {name}.float(), or logits."
            )
        torch = sys.modules["torch"]
        return numbers(plain.numpy(), name), lambda found: torch.from_numpy(found).to(_dtype(values, torch)).to(values.device)
    if hasattr(values, "toarray"):
        raise InputError(f"{name} is a sparse matrix; give an array, such as {name}.toarray().")
    array = values if isinstance(values, np.ndarray) else np.asarray(values)
    if array.dtype.kind == "c":
        raise InputError(f"{name} has complex numbers. Complex data not supported; give an array of floats.")
    return numbers(_of_objects(array, name) if array.dtype.kind == "O" else array, name), lambda found: found


def names_of(values: Any) -> list[Any] | None:
    """The names of the columns of a DataFrame, else None."""
    return (
        list(values.columns) if type(values).__module__.partition(".")[0] == "pandas" and hasattr(values, "columns") else None
    )


def _of_objects(array: NDArray[Any], name: str) -> Array:
    """Numbers that came as objects. Raises: InputError, and TypeError of NumPy's for what is none."""
    try:
        return array.astype(np.float64)
    except ValueError:
        raise InputError(f"{name} has an entry that is no number; give an array of floats.") from None


def _of_pandas(values: Any, name: str) -> Any:
    array = values.to_numpy()
    if array.dtype.kind == "O":  # pandas' own types of floats, or none at all
        try:
            array = values.to_numpy(dtype=np.float64, na_value=np.nan)
        except (TypeError, ValueError):
            raise InputError(f"{name} has a column that is not of numbers; give the columns of the outputs alone.") from None
    return array


def _to_pandas(values: Any, found: Array) -> Any:
    if found.ndim == 1:
        return type(values)(found, index=values.index, name=values.name)
    return type(values)(found, index=values.index, columns=values.columns)


def _dtype(values: Any, torch: Any) -> Any:
    return values.dtype if values.is_floating_point() else torch.float64
