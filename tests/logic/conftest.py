"""Coq, where it is installed, and what it has compiled: kept for the whole run, in which many files need the same library."""

from __future__ import annotations

import fcntl

import pytest
from coqtop import compile_in

from focal_symbolic.claims import coq as second
from focal_symbolic.logic.coq.compiler import Missing, compiled, installed
from focal_symbolic.logic.coq.project import library


@pytest.fixture(scope="session")
def coq():
    try:
        return installed()
    except Missing as error:
        pytest.skip(str(error))


def base() -> dict[str, str]:
    """The files that all others require."""
    return library() | {"Definitions.v": second.project(()).definitions()}


@pytest.fixture(scope="session")
def cache(coq, tmp_path_factory, worker_id):
    """A folder that the processes of a run share; the first one to ask compiles the library, while the others wait."""
    here = tmp_path_factory.getbasetemp()
    folder = (here if worker_id == "master" else here.parent) / "coq"
    folder.mkdir(exist_ok=True)
    with (folder.parent / "coq.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        built = compiled(base(), coq, cache=folder)
    assert {path: one.error for path, one in built.items() if one.status != "compiled"} == {}
    return folder


@pytest.fixture(scope="session")
def place(coq, cache, tmp_path_factory):
    """A directory in which the library is compiled."""
    directory = tmp_path_factory.mktemp("project")
    compile_in(directory, base(), coq, cache)
    return directory
