"""Work by executors: the same numbers in every bit, in order, whatever becomes of a worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from importlib import import_module

import numpy as np
import pytest

from focal_symbolic import arrays, calibrate
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.parallel import AHEAD, worked
from focal_symbolic.numbers.sweep import sweep

HERE = os.getpid()
calibration = import_module("focal_symbolic.numbers.calibration.calibrate")


def squared(x):
    return x * x


def ends_elsewhere(x):
    """The square; another process is killed by the number 3."""
    if x == 3 and os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return x * x


class Forgetful(Executor):
    """Loses every third part, and takes none after the thirtieth."""

    def __init__(self):
        self.taken = self.most = self.waiting = 0

    def submit(self, work, /, *args):
        self.taken += 1
        if self.taken > 30:
            raise RuntimeError("no more")
        future = Future()
        if self.taken % 3:
            future.set_result(work(*args))
        else:
            future.set_exception(OSError("the worker is gone"))
        return future


@pytest.mark.parametrize("count", [0, 1, AHEAD - 1, AHEAD, AHEAD + 1, 100])
def test_parts_come_in_order_and_none_is_lost(count):
    assert list(worked(Forgetful(), squared, ((x,) for x in range(count)))) == [x * x for x in range(count)]


def test_what_the_work_raises_is_raised():
    with ThreadPoolExecutor(2) as pool, pytest.raises(TypeError):
        list(worked(pool, squared, [(1,), (None,), (2,)]))


def test_a_killed_process_loses_nothing():
    # forked, so that HERE is the number of this process there too
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        assert list(worked(pool, ends_elsewhere, ((x,) for x in range(60)))) == [x * x for x in range(60)]


@pytest.fixture
def threads(monkeypatch):
    monkeypatch.setattr("focal_symbolic.numbers.sweep.PART", 40)
    with ThreadPoolExecutor(3) as pool:
        yield pool


def rows(count, n):
    p = np.random.default_rng(1).random((count, n)) ** 3 + 1e-6
    return p / p.sum(1, keepdims=True)


def test_a_sweep_of_many_is_that_of_each(threads):
    p, gammas = rows(23, 4), [0.0, 0.5, 2.0]
    for found in (sweep(p, gammas), sweep(p, gammas, executor=threads), sweep(p, gammas, executor=Forgetful())):
        assert found.q.shape == (23, 3, 4)
        for place, row in enumerate(p):
            one = sweep(row, gammas)
            for name in ("q", "ratio", "log_multiplier", "low", "high"):
                np.testing.assert_array_equal(getattr(found, name)[place], getattr(one, name))
    none = sweep(np.empty((0, 4)), gammas, executor=threads)
    assert (none.q.shape, none.low.shape) == ((0, 3, 4), (0, 3))


def test_a_wrong_row_of_a_sweep_is_named(threads):
    p = rows(23, 4)
    p[17, 2] = -1
    for executor in (None, threads):
        with pytest.raises(InputError, match=r"p\[17, 2\] = -1.0; every entry must be at least 0"):
            sweep(p, [1.0], executor=executor)
    p[17] = 0.3
    with pytest.raises(InputError, match=r"p\[17\] sums to 1.2"):
        sweep(p, [1.0], executor=threads)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"alpha": [1, 2, 3, 4]},
        {"from_logits": True},
        {"multilabel": True, "alpha": 0.25},
        {"from_logits": True, "multilabel": True},
    ],
)
def test_calibrate_gives_the_same_in_every_bit(monkeypatch, settings, dtype):
    monkeypatch.setattr(calibration, "BLOCK", 64)
    q = rows(99, 4).astype(dtype)
    with ThreadPoolExecutor(2) as pool:
        for executor in (pool, Forgetful()):
            np.testing.assert_array_equal(calibrate(q, 2, executor=executor, **settings), calibrate(q, 2, **settings))


def test_calibrate_one_column(monkeypatch):
    monkeypatch.setattr(calibration, "BLOCK", 16)
    q = np.random.default_rng(1).random(99)
    for column in (q, q[:, None]):
        np.testing.assert_array_equal(calibrate(column, 2, 0.25, executor=Forgetful()), calibrate(column, 2, 0.25))
    with pytest.raises(InputError, match="may be one row of a softmax"):
        calibrate(q / q.sum(), 2, executor=Forgetful())


def test_a_wrong_row_is_named_as_without_an_executor(monkeypatch):
    monkeypatch.setattr(calibration, "BLOCK", 64)
    q = rows(99, 4)
    q[80, 1] = np.nan
    told = []
    for executor in (None, Forgetful()):
        with pytest.raises(InputError) as error:
            calibrate(q, 2, executor=executor)
        told.append(str(error.value))
    assert told[0] == told[1]
    assert "q[80, 1]" in told[0]


def test_rows_are_those_of_the_arrays():
    q = rows(5, 4)
    np.testing.assert_array_equal(calibrate(q, 2), arrays.data_distribution(q, 2))
