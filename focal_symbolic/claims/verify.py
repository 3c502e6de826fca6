"""Verification runs: the three legs of every claim, and the same three legs against its false twin.

The rules are few and strict. A claim holds if its derivation replays, every hard case (or the whole box) is decided in its
favour, and no random case speaks against it; and if each of the three refuses the false twin. Undecided is no pass, a run
of no cases is no pass, and an exception is a failure with its sentence, never a refutation.
"""

from __future__ import annotations

import hashlib
import math
import os
import platform
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import metadata
from multiprocessing import get_context
from time import perf_counter
from typing import Any, Literal

import hypothesis
import mpmath
from hypothesis import HealthCheck, Phase, Verbosity
from sympy.logic.boolalg import Implies

from focal_symbolic.claims import cases, judging, library, strategies
from focal_symbolic.claims.claim import Boxes, Claim, Result
from focal_symbolic.claims.derivation import replay
from focal_symbolic.claims.evaluate import Decision, Environment, cross_check, decide, enclose_box, hypotheses, statement
from focal_symbolic.claims.kept import answers
from focal_symbolic.claims.pages import for_twin
from focal_symbolic.errors import FocalError, Rejected, Undecided
from focal_symbolic.logic.coq.judgement import Outcome

__all__ = ["ClaimOutcome", "Derived", "Fuzzed", "Measured", "Report", "Twinned", "check", "verify", "versions"]

LEGS = ("derivation", "precision", "fuzz")
CHUNK = 1000
"""Examples of one Hypothesis run; its memory grows with them."""
TWIN_EXAMPLES = 1000
"""A false twin is looked for in at least so many examples; the search stops at the first."""
TWIN_EFFORT = 8
"""How many times more hard cases a twin is given if the usual ones do not refute it."""
TARGETED = 4
"""One example in so many is spent on climbing towards the smallest slack, where most draws are wasted."""
FUZZ_DPS = 30
"""The fuzz decides signs; it does not need the digits of the precision leg."""

Verdict = Literal["passed", "failed", "undecided"]


# ------------------------------------------------------------------------------------------------- outcomes


@dataclass(frozen=True)
class Derived:
    """What became of a derivation."""

    verdict: Literal["proved", "failed"]
    steps: int = 0
    evidence: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"verdict": self.verdict, "steps": self.steps}
        return told | {"evidence": [*self.evidence], "cited": [*self.cited], "lemmas": [*self.lemmas]} | _why(self.reason)


@dataclass(frozen=True)
class Measured:
    """What became of the precision leg: `checks` are pieces of a box and hard cases."""

    verdict: Verdict
    dps: int
    checks: int = 0
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"verdict": self.verdict, "dps": self.dps, "checks": self.checks} | _why(self.reason)


@dataclass(frozen=True)
class Fuzzed:
    """What became of the fuzz; `closest` is the case with the least relative room, in exact strings."""

    verdict: Verdict
    examples: int = 0
    closest: dict[str, Any] = field(default_factory=dict)
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"verdict": self.verdict, "examples": self.examples, "closest": self.closest} | _why(self.reason)


@dataclass(frozen=True)
class Twinned:
    """Which legs refused the false twin, how, and why the others did not."""

    statement: str
    refuted_by: tuple[str, ...] = ()
    how: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        told = {"statement": self.statement, "refuted_by": [*self.refuted_by], "how": self.how}
        return told | ({"reasons": self.reasons} if self.reasons else {})


@dataclass(frozen=True)
class ClaimOutcome:
    """The three legs of a claim and its twin, and what Coq says of it if it was asked. An open claim has no derivation."""

    name: str
    statement: str
    latex: str
    source: str
    reference: str
    kind: str
    derivation: Derived | None
    precision: Measured
    fuzz: Fuzzed
    twin: Twinned
    seconds: float
    coq: Outcome | None = None

    @property
    def verified(self) -> bool:
        """Whether every leg holds and every leg refused the twin; never so for an open claim."""
        proved = self.derivation is not None and self.derivation.verdict == "proved"
        legs = LEGS if self.coq is None else (*LEGS, "coq")
        return proved and self.measured and (self.coq is None or self.coq.verdict == "proved") and self.twin.refuted_by == legs

    @property
    def measured(self) -> bool:
        """Whether precision and fuzz passed."""
        return self.precision.verdict == self.fuzz.verdict == "passed"

    @property
    def sound(self) -> bool:
        """Whether the run may stand: the claim is verified or, if it is open, its numbers agree and its twin is refused."""
        return self.verified or (self.kind == "open" and self.measured and self.twin.refuted_by == LEGS[1:])

    @property
    def reasons(self) -> tuple[str, ...]:
        """A sentence for each thing that went wrong."""
        legs = {"derivation": self.derivation, "precision": self.precision, "fuzz": self.fuzz}
        told = [f"{self.name}: {leg}: {outcome.reason}" for leg, outcome in legs.items() if outcome and outcome.reason]
        told += [f"{self.name}: twin: {leg}: {reason}" for leg, reason in self.twin.reasons.items()]
        return (*told, *([f"coq: {self.coq.reason}"] if self.coq and self.coq.reason and self.coq.verdict != "absent" else ()))

    def to_json(self) -> dict[str, Any]:
        """The claim in the shape of the contract."""
        legs = {"coq": self.coq.to_json()} if self.coq else {}
        legs |= {"derivation": self.derivation.to_json()} if self.derivation else {}
        return {
            "name": self.name,
            "statement": self.statement,
            "latex": self.latex,
            "source": self.source,
            "reference": self.reference,
            "kind": self.kind,
            "legs": legs | {"precision": self.precision.to_json(), "fuzz": self.fuzz.to_json()},
            "twin": self.twin.to_json(),
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True)
class Report:
    """A verification run."""

    outcomes: tuple[ClaimOutcome, ...]
    seed: int
    dps: int
    examples: int
    versions: dict[str, str]
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    seconds: float = 0

    @property
    def theorems(self) -> tuple[ClaimOutcome, ...]:
        """The claims that are asserted."""
        return tuple(outcome for outcome in self.outcomes if outcome.kind != "open")

    @property
    def open(self) -> tuple[ClaimOutcome, ...]:
        """The conjectures, which are never counted as verified."""
        return tuple(outcome for outcome in self.outcomes if outcome.kind == "open")

    @property
    def verified(self) -> bool:
        """Whether something was asserted, all of it holds, and no claim is missing or unexpected."""
        return bool(self.theorems) and all(o.sound for o in self.outcomes) and not (self.missing or self.surplus)

    @property
    def verdict(self) -> Literal["verified", "failed"]:
        return "verified" if self.verified else "failed"

    @property
    def exit_code(self) -> int:
        """0 if verified, 1 if not."""
        return 0 if self.verified else 1

    @property
    def reasons(self) -> tuple[str, ...]:
        """A sentence for each thing that went wrong."""
        told = [reason for outcome in self.outcomes for reason in outcome.reasons]
        told += [f"{name}: the claim is in claims.txt and no proof file defines it; restore it." for name in self.missing]
        told += [f"{name}: the claim is not in claims.txt; add its name there." for name in self.surplus]
        told += sorted({o.coq.reason for o in self.outcomes if o.coq and o.coq.verdict == "absent"})
        return tuple(told) if told or self.theorems else ("there is no claim to verify.",)

    def to_json(self) -> dict[str, Any]:
        """The run in the shape of the contract: verdict, seed, dps, examples, versions, theorems; and what is open or amiss."""
        return {
            "verdict": self.verdict,
            "seed": self.seed,
            "dps": self.dps,
            "examples": self.examples,
            "versions": self.versions,
            "theorems": [outcome.to_json() for outcome in self.theorems],
            "open": [outcome.to_json() for outcome in self.open],
            "missing": [*self.missing],
            "surplus": [*self.surplus],
            "reasons": [*self.reasons],
            "seconds": round(self.seconds, 3),
        }


def _why(reason: str) -> dict[str, str]:
    return {"reason": reason} if reason else {}


def versions() -> dict[str, str]:
    """The versions that a run depends on."""
    packages = ("sympy", "mpmath", "python-flint", "hypothesis", "gmpy2")
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in packages}


# ------------------------------------------------------------------------------------------------- the run

Progress = Callable[[ClaimOutcome], None]
Second = Callable[[Sequence[str]], tuple[dict[str, Outcome], str]]
"""The second judge: what Coq says of the claims named, and its version."""


def verify(
    results: Sequence[Result] | None = None,
    examples: int = 200,
    dps: int = 50,
    seed: int = 0,
    executor: Executor | Literal["processes"] | int | None = None,
    progress: Progress | None = None,
    expected: Collection[str] | None = None,
    coq: Second | None = None,
) -> Report:
    """Check the results given, or all of the library, and report.

    Statement: the outcomes stand in the order of `results`, whatever the executor; the same seed gives the same verdicts.
    Args: `executor` is None (here, one after the other), "processes" (one for each core), a number of processes, or an
        executor; other processes import the results by name, so there they must be the library's. `progress` is called
        with each outcome as it comes. `expected` are the names that must be there; for the whole library, claims.txt.
        `coq` is the second judge, if it is to be asked.
    """
    began = perf_counter()
    if results is None:
        results = tuple(library.results().values())
        expected = library.expected_names() if expected is None else expected
    outcomes: dict[str, ClaimOutcome] = {}
    asserted = [result.name for result in results if result.claim.kind != "open"]
    told, version = coq(asserted) if coq else ({}, "")
    for outcome in _outcomes(results, examples, dps, seed, executor):
        judged = outcome if coq is None or outcome.kind == "open" else _with_coq(outcome, told[outcome.name])
        outcomes[outcome.name] = judged
        if progress is not None:
            progress(judged)
    names = [result.name for result in results]
    return Report(
        outcomes=tuple(outcomes[name] for name in names),
        seed=seed,
        dps=dps,
        examples=examples,
        versions=versions() | ({"coq": version} if coq else {}),
        missing=tuple(sorted(set(expected) - set(names))) if expected is not None else (),
        surplus=tuple(sorted(set(names) - set(expected))) if expected is not None else (),
        seconds=perf_counter() - began,
    )


def _with_coq(outcome: ClaimOutcome, told: Outcome) -> ClaimOutcome:
    """The outcome with what Coq says of the claim and of its twin."""
    twin = outcome.twin
    if told.refuses_twin:
        how = twin.how | {"coq": "the tactics that give the claim from its derivation do not give the twin"}
        twin = replace(twin, refuted_by=(*twin.refuted_by, "coq"), how=how)
    elif told.verdict != "absent":
        twin = replace(twin, reasons=twin.reasons | {"coq": "Coq was not brought to refuse it"})
    return replace(outcome, coq=told, twin=twin)


def _outcomes(
    results: Sequence[Result], examples: int, dps: int, seed: int, executor: Executor | str | int | None
) -> Iterator[ClaimOutcome]:
    if executor is None or executor == 1 or len(results) < 2:
        derived = _derivations(results)
        for result in results:
            yield replace(_check_rest(result, examples, dps, seed), derivation=derived.get(result.name))
        return
    with _pool(executor, len(results)) as pool:
        # Longest derivations first, so that no worker is left alone with one at the end.
        order = sorted(results, key=lambda result: -len(library.steps(result.name)))
        waiting = [pool.submit(_check_named, result.name, examples, dps, seed) for result in order]
        derived = _derivations(results)  # judged here while the others measure and draw
        for done in as_completed(waiting):
            outcome = done.result()
            yield replace(outcome, derivation=derived.get(outcome.name))


@contextmanager
def _pool(executor: Executor | str | int, most: int) -> Iterator[Executor]:
    if isinstance(executor, Executor):
        yield executor
        return
    workers = executor if isinstance(executor, int) else os.cpu_count() or 1
    # Fresh processes: what the parent has imported changes the stream of Hypothesis.
    with ProcessPoolExecutor(min(workers, most), mp_context=get_context("spawn")) as pool:
        yield pool


def _check_named(name: str, examples: int, dps: int, seed: int) -> ClaimOutcome:
    return _check_rest(library.result(name), examples, dps, seed)


def check(result: Result, examples: int = 200, dps: int = 50, seed: int = 0) -> ClaimOutcome:
    """The three legs of a result, and of its twin."""
    derived = _derivations([result]).get(result.name)
    return replace(_check_rest(result, examples, dps, seed), derivation=derived)


def _check_rest(result: Result, examples: int, dps: int, seed: int) -> ClaimOutcome:
    """All but the derivation, which the judge sees to."""
    began = perf_counter()
    claim = result.claim
    return ClaimOutcome(
        name=claim.name,
        statement=claim.statement,
        latex=claim.latex,
        source=claim.source,
        reference=claim.reference,
        kind=claim.kind,
        derivation=None,
        precision=_measure(result, dps),
        fuzz=_fuzz(result, examples, dps, seed),
        twin=_refuse(result, examples, dps, seed),
        seconds=perf_counter() - began,
    )


def _sentence(error: BaseException) -> str:
    return f"{type(error).__name__}: {judging.told(error)}"


# ------------------------------------------------------------------------------------------------- derivation


def _derivations(results: Sequence[Result]) -> dict[str, Derived]:
    """What the judge says of each claim that is asserted; one that is not of the library is replayed here."""
    asserted = [result for result in results if result.claim.kind != "open"]
    of_library = [result.name for result in asserted if library.results().get(result.name) is result]
    verdicts = {name: _verdict(verdict) for name, verdict in judging.judged(of_library).items()}
    return verdicts | {result.name: _replayed(result) for result in asserted if result.name not in of_library}


def _verdict(verdict: dict[str, Any]) -> Derived:
    if verdict["verdict"] != "proved":
        return Derived("failed", reason=verdict["reason"])
    cited = tuple(f"{name} ({reference})" for name, reference in verdict["cited"])
    return Derived("proved", verdict["steps"], tuple(verdict["evidence"]), cited, tuple(verdict["lemmas"]))


def _replayed(result: Result) -> Derived:
    try:
        steps = library.steps_of(result)
        theorem = replay(result.claim, steps, library.theorem, answers(result.name))
    except Exception as error:
        return Derived("failed", reason=_sentence(error))
    cited = sorted(f"{citation.name} ({citation.reference})" for citation in theorem.cited)
    return Derived("proved", len(steps), tuple(sorted(theorem.evidence)), tuple(cited), tuple(sorted(theorem.lemmas)))


# ------------------------------------------------------------------------------------------------- precision


def _measure(result: Result, dps: int) -> Measured:
    claim, checks = result.claim, 0
    try:
        if isinstance(result.enclosure, Boxes):
            cover = enclose_box(_conditional(claim), result.enclosure)
            checks += cover.pieces
            if cover.value <= 0:
                return Measured("failed" if cover.value else "undecided", dps, checks, cover.where)
        goal, meaningful = statement(claim), False
        for environment in cases.environments(claim, dps):
            decision = decide(goal, environment, dps)
            checks += 1
            if decision.value <= 0:
                verdict: Verdict = "failed" if decision.value else "undecided"
                return Measured(verdict, dps, checks, _told(decision, environment))
            meaningful = meaningful or not decision.vacuous
            complaint = cross_check(goal, environment, dps, decision.bits)
            if complaint is not None:
                return Measured("failed", dps, checks, f"{complaint}, {_case(environment)}")
    except Undecided as error:
        return Measured("undecided", dps, checks, _sentence(error))
    except Exception as error:
        return Measured("failed", dps, checks, _sentence(error))
    if not meaningful:
        return Measured("failed", dps, checks, "the hypothesis inside the goal fails in every case; nothing was checked")
    return Measured("passed", dps, checks)


def _conditional(claim: Claim) -> Any:
    """The proposition under the hypotheses that are not in its variables."""
    goal = statement(claim).xreplace(claim.witness)
    return Implies(hypotheses(claim), goal, evaluate=False) if claim.where else goal


def _told(decision: Decision, environment: Environment) -> str:
    what = {1: "true", 0: f"undecided with {decision.bits} bits", -1: "false"}[decision.value]
    return f"{what}: {decision.where}, {_case(environment)}"


def _case(environment: Environment) -> str:
    return "at " + ", ".join(f"{name} = {value}" for name, value in environment.describe().items())


# ------------------------------------------------------------------------------------------------- fuzz


class _Counterexample(Exception):
    """A case in which the goal is definitely false; Hypothesis shrinks it."""

    def __init__(self, decision: Decision, environment: Environment) -> None:
        super().__init__(_told(decision, environment))
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
            self.stuck = self.stuck or _told(decision, environment)
            return
        self.meaningful += not decision.vacuous
        room = decision.slack
        if room is None or decision.vacuous or decision.value < 0:
            return
        hypothesis.target(_nearness(room), label="nearness")
        # A touching case, and a trivial one such as 1 > 0, say nothing about how near the claim is to failing.
        if room > 0 and (self.slack is None or room < self.slack):
            self.slack = room
            self.closest = {"slack": mpmath.nstr(room, 6), "where": decision.where, "case": environment.describe()}


def _nearness(room: mpmath.mpf) -> float:
    """How many powers of 10 the relative room lies below 1, for Hypothesis to climb."""
    value = float(room)
    return min(-math.log10(value), 300) if value > 0 else 0


def _fuzz(result: Result, examples: int, dps: int, seed: int) -> Fuzzed:
    tally = _Tally()
    try:
        _campaign(result.claim, result, examples, dps, seed, tally)
    except _Counterexample as found:
        return Fuzzed("failed", tally.examples, found.environment.describe(), str(found))
    except Undecided as error:
        return Fuzzed("undecided", tally.examples, tally.closest, _sentence(error))
    except Exception as error:
        return Fuzzed("failed", tally.examples, tally.closest, _sentence(error))
    if tally.stuck:
        return Fuzzed("undecided", tally.examples, tally.closest, tally.stuck)
    if not tally.examples:
        return Fuzzed("failed", reason="not one example was run; the hypotheses leave nothing to draw")
    if not tally.meaningful:
        reason = "the hypothesis inside the goal fails in every example; nothing was tested"
        return Fuzzed("failed", tally.examples, tally.closest, reason)
    return Fuzzed("passed", tally.examples, tally.closest)


def _campaign(claim: Claim, result: Result, examples: int, dps: int, seed: int, tally: _Tally, shrink: bool = True) -> None:
    """Draw cases until one refutes the goal, which is then shrunk if wanted and raised, or all examples are spent."""
    goal, digits = statement(claim), min(dps, FUZZ_DPS)
    strategy = strategies.environments(claim, result.fuzz)

    def body(environment: Environment) -> None:
        try:
            decision = decide(goal, environment, digits)
        except FocalError as error:
            raise type(error)(f"{error}, {_case(environment)}") from error
        tally.add(decision, environment)
        if decision.value < 0:
            raise _Counterexample(decision, environment)

    targeted = examples // TARGETED
    for number, (size, phases) in enumerate(
        [*((size, PLAIN) for size in _chunks(examples - targeted)), *((size, CLIMBING) for size in _chunks(targeted))]
    ):
        settings = hypothesis.settings(
            max_examples=size,
            database=None,
            deadline=None,
            derandomize=False,
            report_multiple_bugs=False,
            print_blob=False,
            verbosity=Verbosity.quiet,
            phases=(*phases, Phase.shrink) if shrink else phases,
            suppress_health_check=tuple(HealthCheck),
        )
        before = tally.examples
        hypothesis.seed(_seed(seed, claim.name, number))(settings(hypothesis.given(strategy)(body)))()
        if tally.examples == before:
            return


PLAIN = (Phase.generate,)
CLIMBING = (Phase.generate, Phase.target)


def _chunks(examples: int) -> Iterator[int]:
    """The sizes of the runs of Hypothesis that make up so many examples."""
    for start in range(0, examples, CHUNK):
        yield min(CHUNK, examples - start)


def _seed(seed: int, name: str, chunk: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}/{name}/{chunk}".encode()).digest()[:8], "big")


# ------------------------------------------------------------------------------------------------- the false twin


def _refuse(result: Result, examples: int, dps: int, seed: int) -> Twinned:
    """Each leg against the twin. An exception other than the kernel's own refusal is no refutation."""
    attempts: dict[str, Callable[[], str]] = {
        "derivation": lambda: _refuse_derivation(result),
        "precision": lambda: _refuse_precision(result, dps),
        "fuzz": lambda: _refuse_fuzz(result, examples, dps, seed),
    }
    if result.claim.kind == "open":
        del attempts["derivation"]
    how: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for leg, attempt in attempts.items():
        try:
            how[leg] = attempt()
        except _NotRefused as error:
            reasons[leg] = str(error)
        except Exception as error:
            reasons[leg] = _sentence(error)
    return Twinned(result.twin.statement, tuple(how), how, reasons)


class _NotRefused(Exception):
    """A leg that did not refuse the twin."""


def _refuse_derivation(result: Result) -> str:
    falsehood = result.falsehood
    steps = for_twin(result, library.steps_of(result))
    try:
        replay(falsehood, steps, library.theorem, answers(result.name))
    except Rejected as refusal:
        return str(refusal)
    raise _NotRefused("the kernel accepts the derivation of the false twin")


def _refuse_precision(result: Result, dps: int) -> str:
    falsehood = result.falsehood
    goal = statement(falsehood)
    for effort in (1, TWIN_EFFORT):
        for environment in cases.environments(falsehood, dps, effort):
            decision = decide(goal, environment, dps, ceiling=4)
            if decision.value < 0:
                return _told(decision, environment)
    if isinstance(result.enclosure, Boxes):
        cover = enclose_box(_conditional(falsehood), result.enclosure)
        if cover.value < 0:
            return cover.where
    raise _NotRefused("no hard case shows that the twin is false; choose one that is false there")


def _refuse_fuzz(result: Result, examples: int, dps: int, seed: int) -> str:
    tally = _Tally()
    try:
        _campaign(result.falsehood, result, max(examples, TWIN_EXAMPLES), dps, seed, tally, shrink=False)
    except _Counterexample as found:
        return str(found)
    raise _NotRefused(f"{tally.examples} examples do not show that the twin is false; choose one that is false more often")
