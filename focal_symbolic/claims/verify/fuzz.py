"""The fuzz leg: random cases of the claim, of which none may speak against it, and of its twin, of which one must."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

import hypothesis
import mpmath
from hypothesis import HealthCheck, Phase, Verbosity
from hypothesis.strategies import SearchStrategy
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims import strategies
from focal_symbolic.claims.claim import Claim, Draws, Result
from focal_symbolic.claims.closed import statement
from focal_symbolic.claims.evaluate import Decision, Environment, decide
from focal_symbolic.claims.verify.legs import NotRefused, place, refusal, sentence, told
from focal_symbolic.claims.verify.outcomes import Fuzzed, Refusal
from focal_symbolic.errors import FocalError, Undecided

__all__ = ["both"]

CHUNK = 1000
"""Examples of one Hypothesis run; its memory grows with them."""
TWIN_EXAMPLES = 1000
"""A false twin is looked for in at least so many examples; the search stops at the first."""
TARGETED = 4
"""One example in so many is left to Hypothesis, to climb towards the smallest slack, where most draws are wasted.

The others are thrown: a run of Hypothesis costs as much as all the rest of a case, and it varies what it has, so that a
false twin survives half as many cases again.
"""
FUZZ_DPS = 30
"""The fuzz decides signs; it does not need the digits of the precision leg."""


def both(result: Result, examples: int, dps: int, seed: int) -> tuple[Fuzzed, Refusal]:
    """What random cases say of the claim, and of its false twin."""
    return _fuzzed(result, examples, dps, seed), refusal(partial(_refused, result, examples, dps, seed))


class _Counterexample(Exception):
    """A case in which the goal is definitely false; Hypothesis shrinks it."""

    def __init__(self, decision: Decision, environment: Environment) -> None:
        super().__init__(told(decision, environment))
        self.decision, self.environment = decision, environment


@dataclass
class _Tally:
    """What ran: counted by the body of the test, since Hypothesis may run fewer examples than it is asked for."""

    examples: int = 0
    meaningful: int = 0
    stuck: str = ""
    slack: mpmath.mpf | None = None
    closest: dict[str, Any] = field(default_factory=dict)

    def add(self, decision: Decision, environment: Environment) -> None:
        self.examples += 1
        if decision.value == 0:
            self.stuck = self.stuck or told(decision, environment)
            return
        self.meaningful += not decision.vacuous
        room = _room(decision)
        # A touching case, and a trivial one such as 1 > 0, say nothing about how near the claim is to failing.
        if room is not None and room > 0 and (self.slack is None or room < self.slack):
            self.slack = room
            self.closest = {"slack": mpmath.nstr(room, 6), "where": decision.where, "case": environment.describe()}


def _room(decision: Decision) -> mpmath.mpf | None:
    """The slack of a case that holds and shows something."""
    return decision.slack if decision.value > 0 and not decision.vacuous else None


def _nearness(room: mpmath.mpf) -> float:
    """How many powers of 10 the relative room lies below 1, for Hypothesis to climb."""
    value = float(room)
    return min(-math.log10(value), 300) if value > 0 else 0


def _fuzzed(result: Result, examples: int, dps: int, seed: int) -> Fuzzed:
    tally = _Tally()
    try:
        _campaign(result.claim, result.fuzz, examples, dps, seed, tally)
    except _Counterexample as found:
        return Fuzzed("failed", tally.examples, found.environment.describe(), str(found))
    except Undecided as error:
        return Fuzzed("undecided", tally.examples, tally.closest, sentence(error))
    except Exception as error:
        return Fuzzed("failed", tally.examples, tally.closest, sentence(error))
    if tally.stuck:
        return Fuzzed("undecided", tally.examples, tally.closest, tally.stuck)
    if not tally.examples:
        return Fuzzed("failed", reason="not one example was run; the hypotheses leave nothing to draw")
    if not tally.meaningful:
        reason = "the hypothesis inside the goal fails in every example; nothing was tested"
        return Fuzzed("failed", tally.examples, tally.closest, reason)
    return Fuzzed("passed", tally.examples, tally.closest)


def _campaign(claim: Claim, draws: Draws, examples: int, dps: int, seed: int, tally: _Tally, shrink: bool = True) -> None:
    """Decide random cases until one refutes the goal, which is then shrunk if wanted and raised, or all examples are spent."""
    goal, digits = statement(claim), min(dps, FUZZ_DPS)
    strategy = strategies.environments(claim, draws, digits)
    climbing = examples // TARGETED
    try:
        for environment in islice(strategies.thrown(claim, draws, digits, seed), examples - climbing):
            _decided(goal, digits, tally, environment)
    except _Counterexample as found:
        simplest = _simplest(goal, digits, strategy, _seed(seed, claim.name, 0)) if shrink else None
        raise simplest or found from None
    if not tally.examples:
        return

    def climb(environment: Environment) -> None:
        room = _room(_decided(goal, digits, tally, environment))
        if room is not None:
            hypothesis.target(_nearness(room), label="nearness")

    phases = (Phase.generate, Phase.target, *([Phase.shrink] if shrink else []))
    for number, size in enumerate(_chunks(climbing), start=1):
        _run(climb, strategy, size, phases, _seed(seed, claim.name, number))


def _decided(goal: Boolean, dps: int, tally: _Tally, environment: Environment) -> Decision:
    """What a case says of the goal, which counts. Raises _Counterexample if it refutes it."""
    try:
        decision = decide(goal, environment, dps)
    except FocalError as error:
        raise type(error)(f"{error}, {place(environment)}") from error
    tally.add(decision, environment)
    if decision.value < 0:
        raise _Counterexample(decision, environment)
    return decision


def _simplest(goal: Boolean, dps: int, strategy: SearchStrategy[Environment], seed: int) -> _Counterexample | None:
    """The simplest counterexample that Hypothesis finds, if it finds one."""
    try:
        _run(partial(_decided, goal, dps, _Tally()), strategy, CHUNK, (Phase.generate, Phase.shrink), seed)
    except _Counterexample as found:
        return found
    except Exception:  # some other case makes no sense, say: what was found stands
        return None
    return None


def _run(
    body: Callable[[Environment], object], strategy: SearchStrategy[Environment], size: int, phases: Sequence[Phase], seed: int
) -> None:
    """A run of Hypothesis."""
    settings = hypothesis.settings(
        max_examples=size,
        database=None,
        deadline=None,
        derandomize=False,
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=Verbosity.quiet,
        phases=phases,
        suppress_health_check=tuple(HealthCheck),
    )

    def test(environment: Environment) -> None:
        body(environment)

    hypothesis.seed(seed)(settings(hypothesis.given(strategy)(test)))()


def _chunks(examples: int) -> Iterator[int]:
    """The sizes of the runs of Hypothesis that make up so many examples."""
    for start in range(0, examples, CHUNK):
        yield min(CHUNK, examples - start)


def _seed(seed: int, name: str, chunk: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}/{name}/{chunk}".encode()).digest()[:8], "big")


def _refused(result: Result, examples: int, dps: int, seed: int) -> str:
    tally = _Tally()
    try:
        _campaign(result.falsehood, result.fuzz, max(examples, TWIN_EXAMPLES), dps, seed, tally, shrink=False)
    except _Counterexample as found:
        return str(found)
    raise NotRefused(f"{tally.examples} examples do not show that the twin is false; choose one that is false more often")
