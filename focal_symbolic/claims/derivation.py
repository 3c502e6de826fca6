"""Claims as the kernel sees them: their statements as terms, and the replay of their steps.

Nothing is checked here; the kernel (`logic.kernel`) does that, on the terms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from focal_symbolic.claims.claim import Claim
from focal_symbolic.claims.printing import ambiguous
from focal_symbolic.definitions import gamma, slope, slope_inverse, x
from focal_symbolic.errors import Rejected
from focal_symbolic.logic import kernel
from focal_symbolic.logic import rules as _rules  # noqa: F401  (importing the rules registers them with the kernel)
from focal_symbolic.logic.doors import read, read_replacements
from focal_symbolic.logic.kernel import Answers, Step, Theorem
from focal_symbolic.logic.meaning import declare
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import Malformed, Term, substitute

__all__ = ["replay", "stated"]

declare(slope_inverse.__name__, read(slope(x, gamma)), x.name, (gamma.name,))


def stated(claim: Claim) -> tuple[tuple[Term, ...], Term]:
    """The assumptions and the goal of a claim as terms. Raises Rejected where one is not of the language, or where
    two names would be printed alike.

    A witness is put in among terms: SymPy would evaluate what it makes undefined.
    """
    try:
        assumptions = tuple(map(read, claim.assumptions))
        goal = substitute(read(claim.goal), dict(read_replacements(claim.witness.items())))
    except Malformed as error:
        raise Rejected(f"{claim.name}: the claim is not of the language: {error}") from error
    name = ambiguous((*assumptions, goal))
    if name is not None:
        raise Rejected(f"{claim.name}: the variable {name} is printed like a letter, an entry or another name; rename it.")
    return assumptions, goal


def replay(claim: Claim, steps: Sequence[Step], lemmas: Callable[[str], Theorem], answers: Answers | None = None) -> Theorem:
    """Replay a derivation in the kernel; the theorem is the claim. Certificates are searched for unless `answers` has them.

    Raises Rejected with claim, step and rule.
    """
    assumptions, goal = stated(claim)
    return kernel.replay(claim.name, goal, assumptions, steps, lemmas, answers or Search())
