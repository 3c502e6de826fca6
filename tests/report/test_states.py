"""How far a claim has come: never further than the run says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from focal_symbolic.logic.coq.judgement import Outcome
from focal_symbolic.report.states import BY_COQ, FAILED, PROVED, RESTS, STATED, least, states

CRITERION, FALLS, CONVEX = "amplification/criterion", "convexity/slope_falls", "convexity/loss_is_convex"
BELOW = {CRITERION: (FALLS,), FALLS: (CONVEX,), CONVEX: ()}


def found(outcomes, below=BELOW):
    return states([outcome for outcome in outcomes if outcome.name in BELOW], below)


def changed(run, name, **to):
    return [replace(outcome, **to) if outcome.name == name else outcome for outcome in run.outcomes]


def test_proved_with_all_it_rests_on(run):
    assert found(run.outcomes) == dict.fromkeys(BELOW, RESTS)


def test_what_the_run_did_not_come_to_is_stated_and_no_more(run):
    some = [outcome for outcome in run.outcomes if outcome.name != CONVEX]
    assert found(some) == {CRITERION: PROVED, FALLS: PROVED, CONVEX: STATED}


def test_what_rests_on_a_failure_is_proved_and_no_more(run):
    broken = replace(run.outcomes[0].fuzz, verdict="failed", reason="no")
    assert found(changed(run, CONVEX, fuzz=broken)) == {CRITERION: PROVED, FALLS: PROVED, CONVEX: FAILED}


@pytest.mark.parametrize("leg", ["precision", "fuzz"])
def test_undecided_is_no_pass(run, leg):
    outcome = next(outcome for outcome in run.outcomes if outcome.name == CRITERION)
    undecided = replace(getattr(outcome, leg), verdict="undecided")
    assert found(changed(run, CRITERION, **{leg: undecided}))[CRITERION] is FAILED


def test_a_twin_that_is_not_refused_fails(run):
    outcome = next(outcome for outcome in run.outcomes if outcome.name == CRITERION)
    twin = replace(outcome.twin, refuted_by=("derivation", "precision"))
    assert found(changed(run, CRITERION, twin=twin))[CRITERION] is FAILED


def test_coq(run, by_coq):
    assert found(by_coq.outcomes) == dict.fromkeys(BELOW, BY_COQ)
    absent = Outcome("absent", reason="coqc is not installed.")
    assert found([replace(outcome, coq=absent) for outcome in run.outcomes]) == dict.fromkeys(BELOW, RESTS)
    failed = changed(by_coq, FALLS, coq=Outcome("failed", reason="no"))
    assert found(failed) == {CRITERION: PROVED, FALLS: FAILED, CONVEX: BY_COQ}
    unasked = changed(by_coq, FALLS, coq=None, twin=next(o.twin for o in run.outcomes if o.name == FALLS))
    assert found(unasked) == {CRITERION: RESTS, FALLS: RESTS, CONVEX: BY_COQ}


def test_an_open_claim_is_stated(run):
    outcome = next(outcome for outcome in run.outcomes if outcome.name == CRITERION)
    twin = replace(outcome.twin, refuted_by=("precision", "fuzz"))
    assert found(changed(run, CRITERION, kind="open", derivation=None, twin=twin))[CRITERION] is STATED


def test_a_box_of_many_has_the_least(run):
    assert least([BY_COQ, RESTS, STATED]) is STATED
    assert least([STATED, FAILED]) is FAILED
