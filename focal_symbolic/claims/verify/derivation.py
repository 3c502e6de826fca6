"""The derivation leg: the judge replays the steps of a claim, and the kernel refuses them for the false twin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from focal_symbolic.claims import judging, library
from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.derivation import replay
from focal_symbolic.claims.kept import answers
from focal_symbolic.claims.pages import for_twin
from focal_symbolic.claims.verify.legs import NotRefused, refusal, sentence
from focal_symbolic.claims.verify.outcomes import Derived, Refusal
from focal_symbolic.errors import Rejected

__all__ = ["both"]


def both(results: Sequence[Result]) -> dict[str, tuple[Derived, Refusal]]:
    """What became of each derivation, and of the same steps towards the false twin. An open claim has none."""
    asserted = [result for result in results if result.claim.kind != "open"]
    of_library = [result.name for result in asserted if library.results().get(result.name) is result]
    judged = {name: _verdict(verdict) for name, verdict in judging.judged(of_library).items()}
    return {result.name: (judged.get(result.name) or _replayed(result), _twin(result)) for result in asserted}


def _verdict(verdict: dict[str, Any]) -> Derived:
    if verdict["verdict"] != "proved":
        return Derived("failed", reason=verdict["reason"])
    cited = tuple(f"{name} ({reference})" for name, reference in verdict["cited"])
    return Derived("proved", verdict["steps"], tuple(verdict["evidence"]), cited, tuple(verdict["lemmas"]))


def _replayed(result: Result) -> Derived:
    """A claim that is not of the library is replayed here."""
    try:
        steps = library.steps_of(result)
        theorem = replay(result.claim, steps, library.theorem, answers(result.name))
    except Exception as error:
        return Derived("failed", reason=sentence(error))
    cited = sorted(f"{citation.name} ({citation.reference})" for citation in theorem.cited)
    return Derived("proved", len(steps), tuple(sorted(theorem.evidence)), tuple(cited), tuple(sorted(theorem.lemmas)))


def _twin(result: Result) -> Refusal:
    return refusal(partial(_refused, result))


def _refused(result: Result) -> str:
    steps = for_twin(result, library.steps_of(result))
    try:
        replay(result.falsehood, steps, library.theorem, answers(result.name))
    except Rejected as error:
        return str(error)
    raise NotRefused("the kernel accepts the derivation of the false twin")
