"""Worker processes that end when they are no longer wanted: with the run, at Ctrl-C, or when the parent is killed."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

__all__ = ["workers"]


@contextmanager
def workers(most: int) -> Iterator[Executor]:
    """An executor of so many processes; when the block ends early they are ended at once, whatever they are at.

    Where this process can be copied they are copies of it, made at once, which need not import what it has imported: SymPy and
    the pages. A thread would not be copied, but what it holds would stay locked, so that a process with threads is not.
    """
    gc.freeze()  # nobody looks for garbage among what has been imported, in this process or in its copies
    copied = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if copied else "spawn")
    pool = ProcessPoolExecutor(most, mp_context=context, initializer=_prepare)
    try:
        if copied:
            pool.submit(os.getpid).result()  # the first task makes all processes
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
