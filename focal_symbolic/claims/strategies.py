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
from focal_symbolic.claims.variables.chance import Chance
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


def environments(claim: Claim, draws: Draws) -> SearchStrategy[Environment]:
    """Cases of a claim: its variables drawn at random, its hypotheses met, by rearrangement where that is possible."""
    return _environments(claim, draws)


@st.composite
def _environments(draw: DrawFn, claim: Claim, draws: Draws) -> Environment:
    chance, variables = Chance(draw), cases.ordered(claim.variables)
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
    admitted = cases.admit(claim, environment)
    if admitted is None:
        reject()
    return admitted
