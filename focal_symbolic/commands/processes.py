"""Worker processes that end when they are no longer wanted: with the run, at Ctrl-C, at SIGTERM, or when the parent is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from types import FrameType

__all__ = ["Terminated", "ended_by_signals", "workers"]


class Terminated(KeyboardInterrupt):
    """The process was asked to end by SIGTERM."""


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Within the block SIGTERM unwinds like Ctrl-C does, so that files and children are cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_: int, __: FrameType | None) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def workers(most: int) -> Iterator[Executor]:
    """An executor of so many processes; when the block ends early they are ended at once, whatever they are at."""
    # Fresh processes: what the parent has imported changes the stream of Hypothesis.
    pool = ProcessPoolExecutor(most, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.kill()
        raise
    pool.shutdown()


def _prepare() -> None:
    """A worker leaves Ctrl-C to its parent, and ends when its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
