"""The derivation leg: the judge replays the steps of a claim, and the kernel refuses them for the false twin."""

from __future__ import annotations

from collections.abc import Generator, Sequence
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


def both(results: Sequence[Result]) -> Generator[tuple[str, tuple[Derived, Refusal]], None, None]:
    """What became of each derivation, and of the same steps towards the false twin, as it comes. An open claim has none."""
    asserted = {result.name: result for result in results if result.claim.kind != "open"}
    own = {name for name, result in asserted.items() if library.owns(result)}
    for name, verdict in judging.verdicts(name for name in asserted if name in own):
        if name in own:
            yield name, (_verdict(verdict), _twin(asserted[name]))
    for name, result in asserted.items():
        if name not in own:
            yield name, (_replayed(result), _twin(result))


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
