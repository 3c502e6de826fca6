"""The Coq leg: what the second judge says of a claim and of its twin, added to what the others have found."""

from __future__ import annotations

from dataclasses import replace

from focal_symbolic.claims.verify.outcomes import ClaimOutcome
from focal_symbolic.logic.coq.judgement import Outcome

__all__ = ["both"]


def both(outcome: ClaimOutcome, told: Outcome) -> ClaimOutcome:
    """The outcome with what Coq says of the claim, and of its false twin."""
    twin = outcome.twin
    if told.refuses_twin:
        how = twin.how | {"coq": "the tactics that give the claim from its derivation do not give the twin"}
        twin = replace(twin, refuted_by=(*twin.refuted_by, "coq"), how=how)
    elif told.verdict != "absent":
        twin = replace(twin, reasons=twin.reasons | {"coq": "Coq was not brought to refuse it"})
    return replace(outcome, coq=told, twin=twin)
