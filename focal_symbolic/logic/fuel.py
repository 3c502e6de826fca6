"""Fuel: how much a step may compute, counted as work and not as time, so that every machine draws the same line.

What costs work says so (`spend`), about one unit a microsecond. A step that spends more than MOST ends in `Exhausted`. The
search for a certificate is none of the step's work (`unmetered`); checking what it found is. What is remembered costs at each
use what it cost the first time (`remembered`): whether a step ends does not depend on what was computed before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import TypeVar, TypeVarTuple

__all__ = ["MOST", "Exhausted", "metered", "remembered", "spend", "spent", "unmetered"]

MOST = 5_000_000


class Exhausted(ValueError):
    """A step that computes more than it may."""


class _Tank:
    spent = 0
    limit: float = float("inf")


_tank = _Tank()


def spend(work: int) -> None:
    """Count some work. Raises Exhausted where a step has spent more than MOST."""
    _tank.spent += work
    if _tank.spent > _tank.limit:
        raise Exhausted(f"a step does at most {MOST} units of work.")


def spent() -> int:
    """The work counted so far, here."""
    return _tank.spent


@contextmanager
def _limited(limit: float) -> Iterator[None]:
    before = _tank.spent, _tank.limit
    _tank.spent, _tank.limit = 0, limit
    try:
        yield
    finally:
        _tank.spent, _tank.limit = before


def metered() -> AbstractContextManager[None]:
    """A context with MOST units of work."""
    return _limited(MOST)


def unmetered() -> AbstractContextManager[None]:
    """A context whose work counts for nobody."""
    return _limited(float("inf"))


Ts = TypeVarTuple("Ts")
T = TypeVar("T")


def remembered(function: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
    """The function, each answer kept with what it cost; an answer that is kept costs that again."""
    memo: dict[tuple[*Ts], tuple[T, int]] = {}

    @wraps(function)
    def asked(*arguments: *Ts) -> T:
        found = memo.get(arguments)
        if found is None:
            before = _tank.spent
            answer = function(*arguments)
            memo[arguments] = answer, _tank.spent - before
            return answer
        spend(found[1])
        return found[0]

    return asked
