"""Options of the test suite, and how it is divided among processes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")  # before NumPy is imported: the processes of a run would wait for one another
ONE_ROOM = ("report",)
"""Rooms in which the files share what takes long to make."""


def pytest_addoption(parser):
    parser.addoption(
        "--campaign", type=int, default=500, metavar="N", help="random instances for the certified solver (default: 500)"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Where tests are divided among processes, those of a group go to one, in the order in which they are collected."""
    if config.getoption("dist", "no") == "load":
        config.option.dist, config.option.loadscopereorder = "loadgroup", False


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The tests of a file in a room are a group, and share what they make; those beside the rooms go wherever there is time."""
    here = Path(__file__).parent
    for item in items:
        room = item.path.parent
        if room != here and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(room.name if room.name in ONE_ROOM else item.path.stem))
