"""A run that is interrupted, terminated or killed leaves no process and no file behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from focal_symbolic.commands.processes import workers
from focal_symbolic.commands.signals import Terminated, sigterm_unwinds

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc")
PATIENCE = 30
"""Seconds; what is asked for takes one, on a machine with nothing else to do."""


def children(parent: int) -> set[int]:
    """The processes that a process has started, and those that these have started."""
    found: set[int] = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found |= {int(path.parent.name)} | children(int(path.parent.name))
    return found


def until(condition) -> bool:
    end = time.monotonic() + PATIENCE
    while not (done := condition()) and time.monotonic() < end:
        time.sleep(0.1)
    return bool(done)


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("how", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)],
    ids=["Ctrl-C", "SIGTERM", "SIGKILL"],
)
def test_nothing_is_left(how, code, tmp_path):
    words = [
        "verify",
        "elementary",
        "convexity",
        "--jobs",
        "2",
        "--examples",
        "100000",
        "--json",
        str(tmp_path / "report.json"),
    ]
    command = [sys.executable, "-m", "focal_symbolic", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert until(lambda: len(children(process.pid)) >= 2)
        time.sleep(1)
        started = children(process.pid)
        process.send_signal(how)
        out, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert until(lambda: not any(map(alive, started)))
    assert out == ""
    assert "Traceback" not in told
    if how != signal.SIGKILL:
        assert told.splitlines()[-1].startswith("focal-symbolic: interrupted after 0 of ")
    assert not [*tmp_path.iterdir()]


def test_workers_end_with_the_block():
    with workers(1) as pool:
        process = pool.submit(os.getpid).result()
        assert alive(process)
    assert until(lambda: not alive(process))


def test_workers_are_ended_where_they_stand():
    def interrupted() -> None:
        with workers(1) as pool:
            started.append(pool.submit(os.getpid).result())
            pool.submit(time.sleep, 1000)
            raise KeyboardInterrupt

    started: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert until(lambda: not alive(started[0]))


def test_sigterm_unwinds_within_the_block_only():
    def terminated() -> None:
        with sigterm_unwinds():
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(PATIENCE)

    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(Terminated):
        terminated()
    assert signal.getsignal(signal.SIGTERM) is before
