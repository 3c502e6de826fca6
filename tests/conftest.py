"""Options of the test suite, and how it is divided among processes."""

from __future__ import annotations

import os

import pytest

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")  # before NumPy is imported: the processes of a run would wait for one another
TOGETHER = (
    ("tests/test_proofs.py", "tests/claims/test_pages.py", "tests/claims/test_statements.py", "tests/logic/test_mutations.py"),
    ("tests/report/",),
)
"""Files that share what takes long to make: the theorem of every claim; a run and its book."""


def pytest_addoption(parser):
    parser.addoption(
        "--campaign", type=int, default=500, metavar="N", help="random instances for the certified solver (default: 500)"
    )


def group(nodeid):
    """The tests that go to one process: those of a file in a room, or of files together; beside the rooms each by itself."""
    file = nodeid.split("::")[0]
    for files in TOGETHER:
        if file.startswith(files):
            return files[0]
    return file if file.count("/") > 1 else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Where tests are divided among processes, a group goes to one, in the order in which they are collected."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group(nodeid)

    config.option.loadscopereorder = False
    return Groups(config, log)
