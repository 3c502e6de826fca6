"""Work in parts by any executor: processes, threads, or a cluster."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

__all__ = ["worked"]

Found = TypeVar("Found")
AHEAD = 32
"""How many parts wait or are worked on at a time, so that not all are held twice."""


def worked(executor: Executor, work: Callable[..., Found], parts: Iterable[tuple[Any, ...]]) -> Iterator[Found]:
    """work(*part) of each part, in order, by an executor; a part that it loses, or that raises there, is done here.

    Args: work is a function that other processes can import by its name.
    """
    waiting: deque[tuple[Future[Found] | None, tuple[Any, ...]]] = deque()
    for part in parts:
        waiting.append((_sent(executor, work, part), part))
        if len(waiting) >= AHEAD:
            yield _brought(*waiting.popleft(), work)
    while waiting:
        yield _brought(*waiting.popleft(), work)


def _sent(executor: Executor, work: Callable[..., Found], part: tuple[Any, ...]) -> Future[Found] | None:
    try:
        return executor.submit(work, *part)
    except RuntimeError:  # a process of it has been killed, and it takes no more
        return None


def _brought(future: Future[Found] | None, part: tuple[Any, ...], work: Callable[..., Found]) -> Found:
    if future is None:
        return work(*part)
    try:
        return future.result()
    except Exception:  # whatever an executor says of a worker that is gone; what the work itself raises, it raises here too
        return work(*part)
