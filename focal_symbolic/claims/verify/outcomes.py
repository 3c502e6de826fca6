"""What became of a claim on each leg, of its twin, and of a whole run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from focal_symbolic.logic.coq.judgement import Outcome

__all__ = ["LEGS", "ClaimOutcome", "Derived", "Fuzzed", "Measured", "Refusal", "Report", "Twinned", "Verdict"]

LEGS = ("derivation", "precision", "fuzz")
Verdict = Literal["passed", "failed", "undecided"]


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
class Refusal:
    """What a leg says of the false twin: how it refused it, or why it did not."""

    how: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Twinned:
    """Which legs refused the false twin, how, and why the others did not."""

    statement: str
    refuted_by: tuple[str, ...] = ()
    how: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    @classmethod
    def by(cls, statement: str, legs: Mapping[str, Refusal]) -> Twinned:
        """What became of the twin, from what each leg says of it."""
        how = {leg: refusal.how for leg, refusal in legs.items() if refusal.how}
        return cls(statement, tuple(how), how, {leg: legs[leg].reason for leg in legs if leg not in how})

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
    resumed: tuple[str, ...] = ()

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
        """The word for it."""
        return "verified" if self.verified else "failed"

    @property
    def sentence(self) -> str:
        """What the run found, in one sentence."""
        held, asserted = sum(outcome.verified for outcome in self.theorems), len(self.theorems)
        more = f"; {len(self.open)} open" if self.open else ""
        more += f"; {len(self.missing)} missing" if self.missing else ""
        more += f"; {len(self.surplus)} not listed in claims.txt" if self.surplus else ""
        more += f"; {len(self.resumed)} of them taken over from an interrupted run" if self.resumed else ""
        judge = f"Coq {self.versions['coq']}" if "coq" in self.versions else ""
        done = f"derived, enclosed, fuzzed and proved by {judge}" if judge else "derived, enclosed and fuzzed"
        return (
            f"{self.verdict}: {held} of {asserted} claims {done}, with their false twins refuted{more} "
            f"(dps {self.dps}, {self.examples} examples, seed {self.seed}, {self.seconds:.1f} s)."
        )

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
            **({"resumed": [*self.resumed]} if self.resumed else {}),
            "reasons": [*self.reasons],
            "seconds": round(self.seconds, 3),
        }


def _why(reason: str) -> dict[str, str]:
    return {"reason": reason} if reason else {}
