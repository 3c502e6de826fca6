"""The library of claims as a command wants it: a proof file that is no good is told in one sentence."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from types import ModuleType

from focal_symbolic.errors import FocalError

__all__ = ["library"]


def library(names: Sequence[str] = ()) -> ModuleType:
    """The library with every proof file imported, or with those that the names need.

    Raises: FocalError that names the file and the line, if a proof file is not good Python or cannot be imported.
    """
    from focal_symbolic.claims import library as found

    try:
        found.select(tuple(names)) if names else found.results()
    except FocalError:
        raise
    except Exception as error:
        places = [f"{frame.filename}, line {frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        place = f"{error.filename}, line {error.lineno}" if isinstance(error, SyntaxError) else places[-1]
        raise FocalError(f"{place}: the proof file cannot be imported ({type(error).__name__}: {error}).") from None
    return found
