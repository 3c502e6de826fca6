"""The precision leg: the goal decided by balls on every hard case, or on the whole of a box, and again in floating point."""

from __future__ import annotations

from functools import partial

from sympy.logic.boolalg import Boolean, Implies

from focal_symbolic.claims import cases
from focal_symbolic.claims.claim import Boxes, Claim, Result
from focal_symbolic.claims.closed import hypotheses, statement
from focal_symbolic.claims.evaluate import decide, decide_twice, enclose_box
from focal_symbolic.claims.verify.legs import NotRefused, place, refusal, sentence, told
from focal_symbolic.claims.verify.outcomes import Measured, Refusal, Verdict
from focal_symbolic.errors import Undecided

__all__ = ["both"]

TWIN_EFFORT = 8
"""How many times more hard cases a twin is given if the usual ones do not refute it."""


def both(result: Result, dps: int) -> tuple[Measured, Refusal]:
    """What balls say of the claim, and of its false twin."""
    return _measured(result, dps), refusal(partial(_refused, result, dps))


def _measured(result: Result, dps: int) -> Measured:
    claim, checks = result.claim, 0
    try:
        if isinstance(result.enclosure, Boxes):
            cover = enclose_box(_conditional(claim), result.enclosure.intervals)
            checks += cover.pieces
            if cover.value <= 0:
                return Measured("failed" if cover.value else "undecided", dps, checks, cover.where)
        goal, meaningful = statement(claim), False
        for environment in cases.environments(claim, dps):
            decision, complaint = decide_twice(goal, environment, dps)
            checks += 1
            if decision.value <= 0:
                verdict: Verdict = "failed" if decision.value else "undecided"
                return Measured(verdict, dps, checks, told(decision, environment))
            meaningful = meaningful or not decision.vacuous
            if complaint is not None:
                return Measured("failed", dps, checks, f"{complaint}, {place(environment)}")
    except Undecided as error:
        return Measured("undecided", dps, checks, sentence(error))
    except Exception as error:
        return Measured("failed", dps, checks, sentence(error))
    if not meaningful:
        return Measured("failed", dps, checks, "the hypothesis inside the goal fails in every case; nothing was checked")
    return Measured("passed", dps, checks)


def _conditional(claim: Claim) -> Boolean:
    """The proposition under the hypotheses that are not in its variables."""
    goal = statement(claim).xreplace(claim.witness)
    return Implies(hypotheses(claim), goal, evaluate=False) if claim.where else goal


def _refused(result: Result, dps: int) -> str:
    falsehood = result.falsehood
    goal = statement(falsehood)
    for effort in (1, TWIN_EFFORT):
        for environment in cases.environments(falsehood, dps, effort):
            decision = decide(goal, environment, dps, ceiling=4)
            if decision.value < 0:
                return told(decision, environment)
    if isinstance(result.enclosure, Boxes):
        cover = enclose_box(_conditional(falsehood), result.enclosure.intervals)
        if cover.value < 0:
            return cover.where
    raise NotRefused("no hard case shows that the twin is false; choose one that is false there")
