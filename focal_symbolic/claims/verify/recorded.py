"""A run read back from the JSON that it was written as."""

from __future__ import annotations

from typing import Any

from focal_symbolic.claims.verify.outcomes import LEGS, ClaimOutcome, Derived, Fuzzed, Measured, Report, Twinned
from focal_symbolic.errors import FocalError
from focal_symbolic.logic.coq.judgement import Outcome

__all__ = ["outcome_of", "recorded"]


def recorded(document: Any) -> Report:
    """The run that a document of `Report.to_json` tells of.

    Raises: FocalError if it is no such document, or its verdict is not what its claims come to.
    """
    try:
        told = [*document["theorems"], *document["open"]]
        report = Report(
            outcomes=tuple(map(outcome_of, told)),
            seed=_of(int, document["seed"]),
            dps=_of(int, document["dps"]),
            examples=_of(int, document["examples"]),
            versions={_of(str, name): _of(str, number) for name, number in document["versions"].items()},
            missing=_texts(document["missing"]),
            surplus=_texts(document["surplus"]),
            seconds=_number(document["seconds"]),
            resumed=_texts(document.get("resumed", [])),
        )
        verdict = document["verdict"]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = f"there is no {error}" if isinstance(error, KeyError) else str(error)
        raise FocalError(f"it is no report of «focal-symbolic verify --json» ({what}).") from None
    if report.verdict != verdict:
        raise FocalError(f"it says «{verdict}», and its claims come to «{report.verdict}»; verify again.")
    return report


def outcome_of(told: dict[str, Any]) -> ClaimOutcome:
    """What became of a claim, from its entry in such a document; raises as Python does for what is none."""
    legs, kind = told["legs"], _of(str, told["kind"])
    twin = told["twin"]
    refuted, how = _texts(twin["refuted_by"]), _words(twin["how"])
    if set(refuted) - {*LEGS, "coq"}:
        raise ValueError("there is no such leg as refutes a twin")
    return ClaimOutcome(
        name=_of(str, told["name"]),
        statement=_of(str, told["statement"]),
        latex=_of(str, told["latex"]),
        source=_of(str, told["source"]),
        reference=_of(str, told["reference"]),
        kind=kind,
        derivation=None if kind == "open" else _derived(legs["derivation"]),
        precision=_measured(legs["precision"]),
        fuzz=_fuzzed(legs["fuzz"]),
        twin=Twinned(_of(str, twin["statement"]), refuted, how, _words(twin.get("reasons", {}))),
        seconds=_number(told["seconds"]),
        coq=_coq(legs["coq"], "coq" in refuted) if "coq" in legs else None,
    )


def _derived(leg: dict[str, Any]) -> Derived:
    return Derived(
        _among(("proved", "failed"), leg["verdict"]),
        _of(int, leg["steps"]),
        _texts(leg["evidence"]),
        _texts(leg["cited"]),
        _texts(leg["lemmas"]),
        _of(str, leg.get("reason", "")),
    )


def _measured(leg: dict[str, Any]) -> Measured:
    verdict = _among(("passed", "failed", "undecided"), leg["verdict"])
    return Measured(verdict, _of(int, leg["dps"]), _of(int, leg["checks"]), _of(str, leg.get("reason", "")))


def _fuzzed(leg: dict[str, Any]) -> Fuzzed:
    verdict = _among(("passed", "failed", "undecided"), leg["verdict"])
    return Fuzzed(verdict, _of(int, leg["examples"]), _of(dict, leg["closest"]), _of(str, leg.get("reason", "")))


def _coq(leg: dict[str, Any], refuses: bool) -> Outcome:
    verdict = _among(("proved", "failed", "absent"), leg["verdict"])
    return Outcome(verdict, _texts(leg["axioms"]), _number(leg["seconds"]), _of(str, leg.get("reason", "")), refuses)


# -- exact types -------------------------------------------------------------------------------------------------------------


def _of(kind: type, given: Any) -> Any:
    if type(given) is not kind:
        raise TypeError(f"«{str(given)[:40]}» stands where {kind.__name__} is asked for")
    return given


def _number(given: Any) -> float:
    return float(given if type(given) is int else _of(float, given))


def _among(words: tuple[str, ...], given: Any) -> Any:
    if given not in words:
        raise ValueError(f"«{str(given)[:40]}» is no verdict of a leg")
    return given


def _texts(given: Any) -> tuple[str, ...]:
    return tuple(_of(str, text) for text in _of(list, given))


def _words(given: Any) -> dict[str, str]:
    return {_of(str, key): _of(str, text) for key, text in _of(dict, given).items()}
