"""Hypothesis strategies: exact distributions with extreme masses, focusing parameters, probabilities, and cases of claims."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from sympy import sympify

from focal_symbolic.claims import cases
from focal_symbolic.claims.claim import Claim, Draws
from focal_symbolic.claims.evaluate import Environment
from focal_symbolic.claims.variables.chance import Chance, Hopeless
from focal_symbolic.claims.variables.kind import Case
from focal_symbolic.distribution import Distribution
from focal_symbolic.numbers.balls import to_fraction

__all__ = ["distributions", "environments", "gammas", "probabilities"]


@st.composite
def probabilities(draw: DrawFn, closed: bool = False) -> Fraction:
    """Exact numbers in (0, 1), or in [0, 1] if `closed`: fractions, 2^-k, 1 - 2^-k, 10^-300.

    Shrinks toward 1/2.
    """
    return Chance(draw).probability(closed)


@st.composite
def gammas(draw: DrawFn, low: Fraction | float | str = Fraction(1, 10**8), high: Fraction | float | str = 10**4) -> Fraction:
    """Exact focusing parameters in [low, high], spread evenly over the powers of 10; the ends come on purpose.

    Shrinks toward the small whole numbers inside.
    """
    return Chance(draw).gamma(Fraction(low), Fraction(high))


@st.composite
def distributions(draw: DrawFn, min_size: int = 1, max_size: int = 6, zeros: bool = False) -> Distribution:
    """Exact distributions over `min_size` to `max_size` outcomes, all of them possible unless `zeros`.

    Masses of up to 300 orders of magnitude, heads of 1 - 2^-k and ties are common. Shrinks toward few outcomes, evenly.
    """
    chance = Chance(draw)
    return Distribution(chance.masses(chance.integer(min_size, max_size), zeros))


TRIES = 64
"""How often a case is drawn, before Hypothesis is told that its choices lead to none."""


def environments(claim: Claim, draws: Draws, dps: int = 50) -> SearchStrategy[Environment]:
    """Cases of a claim: its variables drawn at random, its hypotheses met to `dps` digits, by rearrangement where possible.

    A case that does not meet them is drawn again, from the choices that Hypothesis has made for it: a run of Hypothesis
    costs more than all the rest.
    """
    return _environments(claim, draws, dps)


@st.composite
def _environments(draw: DrawFn, claim: Claim, draws: Draws, dps: int) -> Environment:
    chance = Chance(draw)
    admitted = _admitted(chance, claim, draws, dps)
    if admitted is None:
        again = chance.again()
        tries = (_admitted(again, claim, draws, dps) for _ in range(TRIES))
        admitted = next((found for found in tries if found is not None), None)
    if admitted is None:
        reject()
    return admitted


def _admitted(chance: Chance, claim: Claim, draws: Draws, dps: int) -> Environment | None:
    """A case that meets the hypotheses, or None."""
    try:
        return cases.admit(claim, _drawn(chance, claim, draws), dps, ceiling=8)
    except Hopeless:
        return None


def _drawn(chance: Chance, claim: Claim, draws: Draws) -> Environment:
    """A case, its hypotheses met or not. Raises Hopeless where there is none."""
    variables = cases.ordered(claim.variables)
    environment = Environment({}, {}, {}, (), {}, 0)
    least = max((variable.least_letters for variable in variables), default=0)
    given = [variable.size for variable in variables if variable.size is not None]
    if given:
        (environment.size,) = given
    elif least:
        environment.size = chance.one_of(cases.sizes(claim, least, max(draws.letters, least)))
    low, high = (to_fraction(sympify(end)) for end in draws.gamma)
    case = Case(environment, variables, gammas=(low, high))
    for variable in variables:
        variable.put(environment, variable.drawn(chance, case))
    return environment
