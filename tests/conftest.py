"""Options of the test suite."""

from __future__ import annotations


def pytest_addoption(parser):
    parser.addoption(
        "--campaign", type=int, default=500, metavar="N", help="random instances for the certified solver (default: 500)"
    )
