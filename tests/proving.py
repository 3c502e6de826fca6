"""What the tests of the logic share: derivations replayed, single steps concluded, from SymPy's statements or from terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sympy import Basic, Integer, Symbol

from focal_symbolic.claims import library
from focal_symbolic.claims.claim import Claim
from focal_symbolic.claims.derivation import replay
from focal_symbolic.claims.derivation import terms as terms_of
from focal_symbolic.errors import Rejected
from focal_symbolic.language import Every, i
from focal_symbolic.logic.doors import read, read_argument, read_replacements
from focal_symbolic.logic.kernel import Answers, Step, Theorem, conclude
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import Malformed, Term

# -- derivations -----------------------------------------------------------------------------------------------------------


def claim(goal, *assumptions, name="test/claim") -> Claim:
    """A claim without declared variables: its hypotheses are the assumptions."""
    return Claim(name=name, statement="a test", source="own", reference="", variables=(), goal=goal, where=assumptions)


class Derivation:
    """Collects steps, written by hand in SymPy; checks nothing. Calling it adds a step and returns its number."""

    def __init__(self, stated: Claim):
        self.goal = stated.proposition
        self.steps: list[Step] = []

    def __call__(self, rule: str, conclusion: Any, /, *premises: int, **arguments: Any) -> int:
        """Add the step «conclusion, by rule, from premises»."""
        exact = tuple((name, _exact(value)) for name, value in sorted(arguments.items()))
        self.steps.append(Step(rule, conclusion, premises, exact))
        return len(self.steps) - 1

    def suppose(self, *hypotheses: Any) -> Any:
        """Add hypotheses, each a step; they are discharged later or stay as hypotheses of the theorem."""
        steps = tuple(self("hypothesis", hypothesis) for hypothesis in hypotheses)
        return steps[0] if len(steps) == 1 else steps

    def letters(self, at: Symbol, *bounds: Any) -> Any:
        """Suppose statements about the letter i for every letter, and take each at the letter `at`."""
        steps = tuple(self("each", bound.xreplace({i: at}), self.suppose(Every(bound)), at=at) for bound in bounds)
        return steps[0] if len(steps) == 1 else steps

    def lemma(self, name: str, conclusion: Any, *premises: int, replace: dict | None = None) -> int:
        """Add the instance of the claim `name` at the replacements, its hypotheses discharged by the premises."""
        return self("lemma", conclusion, *premises, name=name, replace=tuple((replace or {}).items()))


def _exact(value: Any) -> Any:
    """Python integers in the arguments of a rule as SymPy integers; nothing is parsed."""
    if isinstance(value, tuple):
        return tuple(map(_exact, value))
    return Integer(value) if type(value) is int else value


def build(stated: Claim, derivation: Callable[[Derivation], Any]) -> tuple[Step, ...]:
    """The steps of a derivation towards the goal of a claim, as terms. Raises Rejected where one is not of the language."""
    terms_of(stated)
    steps, out = Derivation(stated), []
    derivation(steps)
    for number, step in enumerate(steps.steps, start=1):
        try:
            arguments = tuple((k, read_replacements(a) if k == "replace" else read_argument(a)) for k, a in step.arguments)
            out.append(Step(step.rule, read(step.conclusion), step.premises, arguments))
        except (Malformed, TypeError, ValueError, AttributeError) as error:
            told = f"{type(error).__name__}: {error}"
            raise Rejected(f"{stated.name}: step {number} ({step.rule}) is not of the language: {told}") from error
    return tuple(out)


def by_hand(stated: Claim, derivation: Callable[[Derivation], Any]) -> Callable[[Any], None]:
    """A proof for a result whose steps are written by hand and not looked at before the kernel sees them."""

    def proof(writer: Any) -> None:
        writer.lines += writer.ledger.stored(build(stated, derivation))[-1:]

    return proof


def prove(derivation, goal, *assumptions, lemmas=library.theorem, answers: Answers | None = None) -> Theorem:
    """The theorem «assumptions |- goal», from a derivation written as for a proof file; certificates are searched for."""
    stated = claim(goal, *assumptions)
    return replay(stated, build(stated, derivation), lemmas, answers)


# -- single steps ----------------------------------------------------------------------------------------------------------


def term(s: Any) -> Term:
    """A statement or number as a term."""
    return s if type(s) is Term else read(s)


def terms(*statements: Any) -> frozenset[Term]:
    """Statements as a set of terms: the hypotheses of a theorem."""
    return frozenset(map(term, statements))


def theorem(rule: str, conclusion: Any, *premises: Any, lemmas=library.theorem, **arguments: Any) -> Theorem:
    """The theorem of one step. A premise that is a bare statement is supposed; `replace` may be a dict of replacements.

    Raises Rejected, as the kernel does.
    """
    used = [p if type(p) is Theorem else theorem("hypothesis", p) for p in premises]
    given = tuple((name, _argument(value)) for name, value in arguments.items())
    return conclude(Step(rule, term(conclusion), (), given), used, lemmas, Search())


def refused(match: str, rule: str, conclusion: Any, *premises: Any, **arguments: Any) -> None:
    """The step is refused with a message that matches."""
    with pytest.raises(Rejected, match=match):
        theorem(rule, conclusion, *premises, **arguments)


def _argument(value: Any) -> Any:
    if type(value) is dict:
        return read_replacements(value.items())
    if type(value) is tuple:
        return tuple(map(_argument, value))
    if type(value) is int:
        return read(Integer(value))
    return read_argument(value) if isinstance(value, str | int | Basic) else value
