"""Verification and numbers on a cluster of dask, of which a worker is killed: nothing is lost, and the report is the same."""

from __future__ import annotations

import os
import signal

import numpy as np
import pytest

from focal_symbolic import calibrate
from focal_symbolic.claims import library, verify
from focal_symbolic.numbers.sweep import sweep

distributed = pytest.importorskip("distributed", reason="the extra «cluster» is not installed")
NAMES = (
    "elementary/log_above",
    "elementary/exp_above",
    "elementary/log_square",
    "convexity/loss_is_convex",
    "ordering/relabel",
)


@pytest.fixture(scope="module")
def cluster():
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as found,
        distributed.Client(found) as client,
    ):
        yield found, client


def told(report):
    """The report without its times."""
    found = report.to_json()
    for part in (found, *found["theorems"]):
        del part["seconds"]
    return found


def test_verify_on_a_cluster_with_a_killed_worker(cluster):
    found, client = cluster
    results = [library.result(name) for name in NAMES]
    first = {worker.process.pid for worker in found.workers.values()}
    killed = []

    def kill_one(_outcome):
        if not killed:
            killed.append(next(iter(first)))
            os.kill(killed[0], signal.SIGKILL)

    with client.get_executor() as executor:
        report = verify.verify(results, 20, 30, executor=executor, progress=kill_one)
    assert killed
    assert report.verdict == "verified"
    client.wait_for_workers(2, timeout=60)
    assert {worker.process.pid for worker in found.workers.values()} != first
    assert told(report) == told(verify.verify(results, 20, 30, executor=2))


def test_numbers_on_a_cluster(cluster, monkeypatch):
    _, client = cluster
    monkeypatch.setattr("focal_symbolic.numbers.sweep.PART", 100)
    p = np.random.default_rng(2).random((40, 5)) + 0.1
    p /= p.sum(1, keepdims=True)
    q = np.random.default_rng(3).random((200_000, 4))
    q /= q.sum(1, keepdims=True)
    with client.get_executor() as executor:
        there, here = sweep(p, [0.5, 2.0], executor=executor), sweep(p, [0.5, 2.0])
        np.testing.assert_array_equal(calibrate(q, 2, executor=executor), calibrate(q, 2))
    np.testing.assert_array_equal(there.q, here.q)
    np.testing.assert_array_equal(there.log_multiplier, here.log_multiplier)
