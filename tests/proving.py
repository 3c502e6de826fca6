"""What the tests of the logic share: derivations replayed, single steps concluded, from SymPy's statements or from terms."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Basic, Integer

from focal_symbolic import library
from focal_symbolic.claim import Claim
from focal_symbolic.derivation import build, replay
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.doors import read, read_argument, read_replacements
from focal_symbolic.logic.kernel import Answers, Step, Theorem, conclude
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import Term

# -- derivations -----------------------------------------------------------------------------------------------------------


def claim(goal, *assumptions, name="test/claim") -> Claim:
    """A claim without declared variables: its hypotheses are the assumptions."""
    return Claim(name=name, statement="a test", source="own", reference="", variables=(), goal=goal, where=assumptions)


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
