"""A verification run: each claim and its twin through each leg, here or in processes of their own."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import closing, contextmanager
from hashlib import blake2b
from importlib import metadata
from multiprocessing import get_context
from time import perf_counter
from typing import Literal, NamedTuple

from sympy import srepr

from focal_symbolic.claims import cases, library
from focal_symbolic.claims.claim import Claim, Result
from focal_symbolic.claims.derivation import stated
from focal_symbolic.claims.verify import coq as coq_leg
from focal_symbolic.claims.verify import derivation, fuzz, precision
from focal_symbolic.claims.verify.outcomes import ClaimOutcome, Derived, Fuzzed, Measured, Refusal, Report, Twinned
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.coq.judgement import Outcome

__all__ = ["check", "said", "verify", "versions"]

PART = 4
"""How many claims at most go to another process at a time."""
Progress = Callable[[ClaimOutcome], None]
Second = Callable[[Sequence[str]], tuple[dict[str, Outcome], str]]
"""The second judge: what Coq says of the claims named, and its version."""


def versions() -> dict[str, str]:
    """The versions that a run depends on.

    Returns
    -------
    dict of str to str
        Python's and those of the packages.

    Examples
    --------
    >>> from focal_symbolic.claims.verify import versions
    >>> sorted(versions())
    ['gmpy2', 'hypothesis', 'mpmath', 'python', 'python-flint', 'sympy']
    """
    packages = ("sympy", "mpmath", "python-flint", "hypothesis", "gmpy2")
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in packages}


def verify(
    results: Sequence[Result] | None = None,
    examples: int = 200,
    dps: int = 50,
    seed: int = 0,
    executor: Executor | Literal["processes"] | int | None = None,
    progress: Progress | None = None,
    expected: Collection[str] | None = None,
    coq: Second | None = None,
    known: Mapping[str, ClaimOutcome] | None = None,
) -> Report:
    """What becomes of the results given, or of all of the library, on each leg.

    The outcomes stand in the order of `results`, whatever the executor; the same seed gives the same verdicts.

    Parameters
    ----------
    results : sequence of Result, optional
        What is verified; None for the library.
    examples : int
        How many random cases each claim is given.
    dps : int
        Decimal digits of the precision leg.
    seed : int
        From which the random cases come.
    executor : Executor, int or {'processes'}, optional
        None (here, one after the other), "processes" (one for each core), a number of processes, or any executor, such as that
        of a dask cluster; other processes import the results by name, so there they must be the library's. What an executor
        loses, because a worker was killed, is done again in a process of its own.
    progress : callable, optional
        Called with each outcome as it comes.
    expected : collection of str, optional
        The names that must be there; for the whole library, claims.txt.
    coq : callable, optional
        The second judge, if it is to be asked.
    known : dict of str to ClaimOutcome, optional
        What was found before and is taken over, by the names of the claims.

    Returns
    -------
    Report
        The outcomes, with what is missing.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> from focal_symbolic.claims.verify import verify
    >>> verify([library.result("elementary/log_below")], examples=20, dps=30).verdict
    'verified'
    """
    began = perf_counter()
    if results is None:
        results = tuple(library.results().values())
        expected = library.expected_names() if expected is None else expected
    names = [result.name for result in results]
    resumed = tuple(name for name in names if known is not None and name in known)
    outcomes = {name: known[name] for name in resumed} if known is not None else {}
    left = [result for result in results if result.name not in outcomes]
    asserted = [result.name for result in left if result.claim.kind != "open"]
    told, version = coq(asserted) if coq else ({}, "")
    for outcome in _outcomes(left, examples, dps, seed, executor) if left else ():
        judged = outcome if coq is None or outcome.kind == "open" else coq_leg.both(outcome, told[outcome.name])
        outcomes[outcome.name] = judged
        if progress is not None:
            progress(judged)
    return Report(
        outcomes=tuple(outcomes[name] for name in names),
        seed=seed,
        dps=dps,
        examples=examples,
        versions=versions() | ({"coq": version} if coq else {}),
        missing=tuple(sorted(set(expected) - set(names))) if expected is not None else (),
        surplus=tuple(sorted(set(names) - set(expected))) if expected is not None else (),
        seconds=perf_counter() - began,
        resumed=resumed,
    )


def check(result: Result, examples: int = 200, dps: int = 50, seed: int = 0) -> ClaimOutcome:
    """What becomes of a claim and its twin on the three legs.

    Parameters
    ----------
    result : Result
        The claim with its proof and its twin.
    examples : int
        How many random cases it is given.
    dps : int
        Decimal digits of the precision leg.
    seed : int
        From which the random cases come.

    Returns
    -------
    ClaimOutcome
        The outcome of each leg.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> from focal_symbolic.claims.verify import check
    >>> check(library.result("elementary/log_below"), examples=20, dps=30).verified
    True
    """
    return next(_outcomes([result], examples, dps, seed, None))


class _Numbers(NamedTuple):
    """What precision and fuzz say of a claim and of its twin, and how long they took."""

    precision: tuple[Measured, Refusal]
    fuzz: tuple[Fuzzed, Refusal]
    seconds: float


def _numbers(result: Result, examples: int, dps: int, seed: int) -> _Numbers:
    began = perf_counter()
    measured, fuzzed = precision.both(result, dps), fuzz.both(result, examples, dps, seed)
    return _Numbers(measured, fuzzed, perf_counter() - began)


def _numbers_of(named: Sequence[tuple[str, bytes]], examples: int, dps: int, seed: int) -> list[_Numbers]:
    """The same of several claims in another process, which imports them by their names."""
    library.results()  # what a process has imported changes the stream of Hypothesis: all of it, whatever comes first
    return [_numbers_if(name, there, examples, dps, seed) for name, there in named]


def _numbers_if(name: str, there: bytes, examples: int, dps: int, seed: int) -> _Numbers:
    """What is found of the claim of this name, if it says the same here."""
    result = library.result(name)
    if said(result) == there:
        return _numbers(result, examples, dps, seed)
    reason = "another process imports another statement of this name; a page must say the same whenever it is imported."
    refusal = Refusal(reason=reason)
    return _Numbers((Measured("failed", dps, reason=reason), refusal), (Fuzzed("failed", reason=reason), refusal), 0)


def said(result: Result) -> bytes:
    """The name of what a claim and its twin say, in every process alike.

    Parameters
    ----------
    result : Result
        The claim with its twin.

    Returns
    -------
    bytes
        Sixteen of them, others if either says another thing.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> from focal_symbolic.claims.verify.run import said
    >>> len(said(library.result("elementary/log_below")))
    16
    """
    name = blake2b(digest_size=16)
    for claim in (result.claim, result.falsehood):
        try:
            assumptions, goal = stated(claim)
            words = b"".join(t.digest for t in (*assumptions, goal))
        except Rejected:  # not of the language of the logic
            words = srepr((*claim.assumptions, claim.goal)).encode()
        name.update(blake2b(words).digest())
    return name.digest()


def _length(result: Result) -> int:
    """How many steps a derivation has; 0 where its page cannot be written, which its own leg tells."""
    try:
        return len(library.steps(result.name))
    except Exception:
        return 0


class _Found:
    """What is known so far of the claims of a run; a claim is told once both its derivation and its numbers are."""

    def __init__(self, results: Sequence[Result]) -> None:
        self.left = {result.name: result for result in results}
        self.derived: dict[str, tuple[Derived, Refusal]] = {}
        self.numbers: dict[str, _Numbers] = {}
        self.lost: list[Result] = []

    def told(self) -> Iterator[ClaimOutcome]:
        """The outcomes that have become known, each once."""
        for name in [*self.numbers]:
            if name in self.derived or self.left[name].claim.kind == "open":
                yield _outcome(self.left.pop(name), self.derived.get(name), self.numbers.pop(name))

    def take(self, done: Future[list[_Numbers]], part: Sequence[Result]) -> None:
        """The numbers of a part that another process has worked on, or has lost."""
        try:
            told = done.result()
        except Exception:  # whatever an executor says of a worker that is gone; the parts themselves raise nothing
            self.lost += part
        else:
            self.numbers |= {result.name: numbers for result, numbers in zip(part, told, strict=True)}


def _outcome(result: Result, derived: tuple[Derived, Refusal] | None, numbers: _Numbers) -> ClaimOutcome:
    claim, (derivation_, refused) = result.claim, derived or (None, None)
    legs = {"derivation": refused} if refused is not None else {}
    legs |= {"precision": numbers.precision[1], "fuzz": numbers.fuzz[1]}
    return ClaimOutcome(
        name=claim.name,
        statement=claim.statement,
        latex=claim.latex,
        source=claim.source,
        reference=claim.reference,
        kind=claim.kind,
        derivation=derivation_,
        precision=numbers.precision[0],
        fuzz=numbers.fuzz[0],
        twin=Twinned.by(result.twin.statement, legs),
        seconds=numbers.seconds,
    )


def _outcomes(
    results: Sequence[Result], examples: int, dps: int, seed: int, executor: Executor | str | int | None
) -> Iterator[ClaimOutcome]:
    found = _Found(results)
    if executor is None or executor == 1 or len(results) < 2:
        with closing(derivation.both(results)) as derivations:
            for result in results:
                while result.claim.kind != "open" and result.name not in found.derived:
                    found.derived |= [next(derivations)]
                found.numbers[result.name] = _numbers(result, examples, dps, seed)
                yield from found.told()
        return
    with _pool(executor, len(results)) as pool, closing(derivation.both(results)) as derivations:
        waiting: dict[Future[list[_Numbers]], list[Result]] = {}
        for part in _parts(results):
            named = [(result.name, said(result)) for result in part]
            try:
                waiting[pool.submit(_numbers_of, named, examples, dps, seed)] = part
            except RuntimeError:  # a worker has been killed, and the executor takes no more
                found.lost += part
        for name, derived in derivations:  # judged here while the others measure and draw
            found.derived[name] = derived
            for done in [future for future in waiting if future.done()]:
                found.take(done, waiting.pop(done))
            yield from found.told()
        for done in as_completed([*waiting]):
            found.take(done, waiting.pop(done))
            yield from found.told()
    for result in found.lost:
        found.numbers[result.name] = _alone(result, examples, dps, seed)
        yield from found.told()


def _alone(result: Result, examples: int, dps: int, seed: int) -> _Numbers:
    """The numbers of a claim, in a process of its own; a failure if that ends as well."""
    try:
        with _pool(1, 1) as pool:
            return pool.submit(_numbers_of, [(result.name, said(result))], examples, dps, seed).result()[0]
    except Exception as error:
        told = f"{type(error).__name__}: {error}".rstrip(".: ")
        reason = f"no other process brought back what it measured ({told}); verify the claim alone."
        refusal = Refusal(reason=reason)
        return _Numbers((Measured("failed", dps, reason=reason), refusal), (Fuzzed("failed", reason=reason), refusal), 0)


def _parts(results: Sequence[Result]) -> list[list[Result]]:
    """The results in parts for a process each: such as share their hard cases, a few at a time; those of dear values together.

    Longest derivations first, so that no process is left alone with one at the end.
    """
    alike: dict[Claim, list[Result]] = {}
    dear = [result for result in results if any(variable.dear for variable in result.claim.variables)]
    for result in results:
        if result not in dear:
            alike.setdefault(cases.alike(result.claim), []).append(result)
    parts = [group[start : start + PART] for group in alike.values() for start in range(0, len(group), PART)]
    parts += [dear] if dear else []
    return sorted(parts, key=lambda part: sum(map(_length, part)), reverse=True)


@contextmanager
def _pool(executor: Executor | str | int, most: int) -> Iterator[Executor]:
    if isinstance(executor, Executor):
        yield executor
        return
    workers = executor if isinstance(executor, int) else os.cpu_count() or 1
    # Fresh processes: what the parent has imported changes the stream of Hypothesis.
    with ProcessPoolExecutor(min(workers, most), mp_context=get_context("spawn")) as pool:
        yield pool
