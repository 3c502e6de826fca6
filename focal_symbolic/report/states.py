"""How far each claim has come, in the words and colours of blueprints of formalisation projects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from focal_symbolic.claims.verify import ClaimOutcome

__all__ = ["BY_COQ", "FAILED", "LEGEND", "PROVED", "RESTS", "STATED", "State", "least", "states"]


class State(NamedTuple):
    """How far a claim has come; `key`: its class in the style sheet, `rank`: more is further."""

    rank: int
    key: str
    mark: str
    words: str
    meaning: str


FAILED = State(0, "failed", "✗", "failed", "a check of it failed, or its false twin was not refused")
STATED = State(1, "stated", "○", "stated", "no proof of it was judged in this run")
PROVED = State(
    2, "proved", "◐", "proved", "derived, enclosed, fuzzed, its twin refused; this run does not say it of all it rests on"
)
RESTS = State(3, "rests", "●", "proved with all it rests on", "so is every claim that its derivation leads back to")
BY_COQ = State(4, "coq", "■", "accepted by Coq", "all this, and Coq has compiled its derivation and refused its twin as well")
LEGEND = (STATED, PROVED, RESTS, BY_COQ, FAILED)


def states(outcomes: Iterable[ClaimOutcome], below: Mapping[str, Collection[str]]) -> dict[str, State]:
    """The state of each claim of a run, and of what it rests on; `below`: what each claim rests on directly.

    What was not asked counts as nothing: a claim that Coq was not asked of is not accepted by it, and one that the run did not
    come to is stated.
    """
    told = {outcome.name: outcome for outcome in outcomes}
    found: dict[str, State] = {}

    def state(name: str) -> State:
        if name not in found:
            outcome = told.get(name)
            under = [state(other) for other in below.get(name, ())]
            found[name] = _state(outcome, under)
        return found[name]

    for name in (*told, *(other for names in below.values() for other in names)):
        state(name)
    return found


def _state(outcome: ClaimOutcome | None, under: Collection[State]) -> State:
    """The state of a claim, given those of what it rests on."""
    if outcome is None:
        return STATED
    if outcome.kind == "open":
        return STATED if outcome.sound else FAILED
    if outcome.coq is not None and outcome.coq.verdict == "absent":
        outcome = replace(outcome, coq=None)
    if not outcome.verified:
        return FAILED
    if any(one.rank < RESTS.rank for one in under):
        return PROVED
    return BY_COQ if outcome.coq is not None and all(one is BY_COQ for one in under) else RESTS


def least(some: Iterable[State]) -> State:
    """The state that has come least far."""
    return min(some, key=lambda state: state.rank)
