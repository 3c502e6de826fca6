"""A claim from its parts, and its derivation replayed: what the tests of the kernel share."""

from __future__ import annotations

from focal_symbolic import library
from focal_symbolic.claim import Claim
from focal_symbolic.kernel import Theorem, build, replay


def claim(goal, *assumptions, name="test/claim"):
    """A claim without declared variables: its hypotheses are the assumptions."""
    return Claim(name=name, statement="a test", source="own", reference="", variables=(), goal=goal, where=assumptions)


def prove(derivation, goal, *assumptions, lemmas=library.theorem) -> Theorem:
    """The theorem «assumptions |- goal», from a derivation written as for a proof file."""
    stated = claim(goal, *assumptions)
    return replay(stated, build(stated, derivation), lemmas)
