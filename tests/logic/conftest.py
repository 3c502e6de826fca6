"""Coq, where it is installed, and what it has compiled: kept for the whole run, in which many files need the same library."""

from __future__ import annotations

import pytest

from focal_symbolic.logic.coq.compiler import Missing, installed


@pytest.fixture(scope="session")
def coq():
    try:
        return installed()
    except Missing as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def cache(tmp_path_factory, worker_id):
    """A folder that the processes of a run share."""
    here = tmp_path_factory.getbasetemp()
    folder = (here if worker_id == "master" else here.parent) / "coq"
    folder.mkdir(exist_ok=True)
    return folder
