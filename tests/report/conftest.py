"""A small run and its book, made once for each process that tests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from focal_symbolic.claims import library
from focal_symbolic.claims.verify import verify
from focal_symbolic.logic.coq.judgement import Outcome
from focal_symbolic.report import book

NAMES = ("elementary", "convexity/loss_is_convex", "convexity/slope_falls", "amplification/criterion")


@pytest.fixture(scope="session")
def results():
    return {result.name: result for result in library.select(NAMES)}


@pytest.fixture(scope="session")
def run(results):
    return verify([*results.values()], examples=5, dps=20)


@pytest.fixture(scope="session")
def by_coq(run):
    """The run as if Coq had been asked as well, and had said yes."""
    said = Outcome("proved", ("Classical_Prop.classic",), 1.5, refuses_twin=True)
    twins = {o.name: replace(o.twin, refuted_by=(*o.twin.refuted_by, "coq")) for o in run.outcomes}
    outcomes = tuple(replace(o, coq=said, twin=twins[o.name]) for o in run.outcomes)
    return replace(run, outcomes=outcomes, versions=run.versions | {"coq": "8.16.1"})


@pytest.fixture(scope="session")
def pages(run, results):
    return book(run, results)


@pytest.fixture(scope="session")
def failed(by_coq):
    """The run as if one fuzz had failed, and its claim's twin had got past the fuzz."""
    first, *others = by_coq.outcomes
    twin = replace(first.twin, refuted_by=("derivation", "precision", "coq"), reasons={"fuzz": "it held in 5 of 5 cases"})
    bad = replace(first, fuzz=replace(first.fuzz, verdict="failed", reason="false at x = 1/2"), twin=twin)
    return replace(by_coq, outcomes=(bad, *others))
