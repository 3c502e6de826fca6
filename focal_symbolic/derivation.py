"""Derivations as proof files write them: steps whose statements and arguments are SymPy objects, and their terms.

Nothing is checked here; the kernel (`logic.kernel`) does that, on the terms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Integer, Symbol
from sympy.logic.boolalg import Boolean

from focal_symbolic.claim import Claim
from focal_symbolic.definitions import gamma, slope, slope_inverse, x
from focal_symbolic.errors import Rejected
from focal_symbolic.language import Every, i
from focal_symbolic.logic import kernel
from focal_symbolic.logic import rules as _rules  # noqa: F401  (importing the rules registers them with the kernel)
from focal_symbolic.logic.doors import read, read_argument, read_replacements
from focal_symbolic.logic.kernel import Answers, Theorem
from focal_symbolic.logic.meaning import declare
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import Malformed, Term, substitute

__all__ = ["Derivation", "Step", "build", "replay", "stated", "translated"]

declare(slope_inverse.__name__, read(slope(x, gamma)), x.name, (gamma.name,))


@dataclass(frozen=True)
class Step:
    """One line of a derivation: the statement, the rule that gives it, the steps it uses and the rule's arguments."""

    rule: str
    conclusion: Boolean
    premises: tuple[int, ...] = ()
    arguments: tuple[tuple[str, Any], ...] = ()


def _exact(value: Any) -> Any:
    """Python integers in the arguments of a rule as SymPy integers; nothing is parsed."""
    if isinstance(value, tuple):
        return tuple(map(_exact, value))
    return Integer(value) if type(value) is int else value


class Derivation:
    """Collects steps; checks nothing. Calling it adds a step and returns its number."""

    def __init__(self, claim: Claim):
        self.goal: Boolean = claim.proposition
        self.steps: list[Step] = []

    def __call__(self, rule: str, conclusion: Boolean, /, *premises: int, **arguments: Any) -> int:
        """Add the step «conclusion, by rule, from premises»."""
        exact = tuple((name, _exact(value)) for name, value in sorted(arguments.items()))
        self.steps.append(Step(rule, conclusion, premises, exact))
        return len(self.steps) - 1

    def suppose(self, *hypotheses: Boolean) -> Any:
        """Add hypotheses, each a step; they are discharged later or stay as hypotheses of the theorem."""
        steps = tuple(self("hypothesis", hypothesis) for hypothesis in hypotheses)
        return steps[0] if len(steps) == 1 else steps

    def letters(self, at: Symbol, *bounds: Boolean) -> Any:
        """Suppose statements about the letter i for every letter, and take each at the letter `at`."""
        steps = tuple(self("each", bound.xreplace({i: at}), self.suppose(Every(bound)), at=at) for bound in bounds)
        return steps[0] if len(steps) == 1 else steps

    def lemma(self, name: str, conclusion: Boolean, *premises: int, replace: dict | None = None) -> int:
        """Add the instance of the claim `name` at the replacements, its hypotheses discharged by the premises."""
        return self("lemma", conclusion, *premises, name=name, replace=tuple((replace or {}).items()))


def build(claim: Claim, derivation: Callable[[Derivation], None]) -> tuple[Step, ...]:
    """The steps of a derivation towards the goal of `claim`, unchecked."""
    steps = Derivation(claim)
    derivation(steps)
    return tuple(steps.steps)


def stated(claim: Claim) -> tuple[tuple[Term, ...], Term]:
    """The assumptions and the goal of a claim as terms. Raises Rejected where one is not of the language.

    A witness is put in among terms: SymPy would evaluate what it makes undefined.
    """
    try:
        return tuple(map(read, claim.assumptions)), substitute(read(claim.goal), dict(read_replacements(claim.witness.items())))
    except Malformed as error:
        raise Rejected(f"{claim.name}: the claim is not of the language: {error}") from error


def translated(name: str, steps: tuple[Step, ...]) -> tuple[kernel.Step, ...]:
    """The steps as terms. Raises Rejected, with the number of the step, where one is not of the language."""
    out = []
    for number, step in enumerate(steps, start=1):
        try:
            arguments = tuple((key, _argument(key, value)) for key, value in step.arguments)
            out.append(kernel.Step(step.rule, read(step.conclusion), step.premises, arguments))
        except (Malformed, TypeError, ValueError, AttributeError) as error:
            told = f"{type(error).__name__}: {error}"
            raise Rejected(f"{name}: step {number} ({step.rule}) is not of the language: {told}") from error
    return tuple(out)


def _argument(key: str, value: Any) -> Any:
    return read_replacements(value) if key == "replace" else read_argument(value)


def replay(claim: Claim, steps: tuple[Step, ...], lemmas: Callable[[str], Theorem], answers: Answers | None = None) -> Theorem:
    """Replay a derivation in the kernel; the theorem is the claim. Certificates are searched for unless `answers` has them.

    Raises Rejected with claim, step and rule.
    """
    assumptions, goal = stated(claim)
    return kernel.replay(claim.name, goal, assumptions, translated(claim.name, steps), lemmas, answers or Search())
