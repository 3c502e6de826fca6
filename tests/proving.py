"""A claim from its parts, and its derivation replayed: what the tests of the logic share."""

from __future__ import annotations

from focal_symbolic import library
from focal_symbolic.claim import Claim
from focal_symbolic.derivation import build, replay
from focal_symbolic.logic.kernel import Theorem


def claim(goal, *assumptions, name="test/claim"):
    """A claim without declared variables: its hypotheses are the assumptions."""
    return Claim(name=name, statement="a test", source="own", reference="", variables=(), goal=goal, where=assumptions)


def prove(derivation, goal, *assumptions, lemmas=library.theorem, answers=None) -> Theorem:
    """The theorem «assumptions |- goal», from a derivation written as for a proof file; certificates are searched for."""
    stated = claim(goal, *assumptions)
    return replay(stated, build(stated, derivation), lemmas, answers)
