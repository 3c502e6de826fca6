"""Random cases of claims; Hypothesis strategies for them, for exact distributions, focusing parameters and probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from sympy import sympify

from focal_symbolic.claims import cases
from focal_symbolic.claims.claim import Claim, Draws
from focal_symbolic.claims.evaluate import Environment
from focal_symbolic.claims.variables.chance import Chance, Chosen, Hopeless, Thrown
from focal_symbolic.claims.variables.kind import Case, Variable
from focal_symbolic.distribution import Distribution
from focal_symbolic.numbers.balls import to_fraction

__all__ = ["distributions", "environments", "gammas", "probabilities", "thrown"]


@st.composite
def probabilities(draw: DrawFn, closed: bool = False) -> Fraction:
    """Exact numbers in (0, 1), or in [0, 1] if `closed`: fractions, 2^-k, 1 - 2^-k, 10^-300.

    Shrinks toward 1/2.
    """
    return Chosen(draw).probability(closed)


@st.composite
def gammas(draw: DrawFn, low: Fraction | float | str = Fraction(1, 10**8), high: Fraction | float | str = 10**4) -> Fraction:
    """Exact focusing parameters in [low, high], spread evenly over the powers of 10; the ends come on purpose.

    Shrinks toward the small whole numbers inside.
    """
    return Chosen(draw).gamma(Fraction(low), Fraction(high))


@st.composite
def distributions(draw: DrawFn, min_size: int = 1, max_size: int = 6, zeros: bool = False) -> Distribution:
    """Exact distributions over `min_size` to `max_size` outcomes, all of them possible unless `zeros`.

    Masses of up to 300 orders of magnitude, heads of 1 - 2^-k and ties are common. Shrinks toward few outcomes, evenly.
    """
    chance = Chosen(draw)
    return Distribution(chance.masses(chance.integer(min_size, max_size), zeros))


TRIES = 64
"""How often a case is drawn, before Hypothesis is told that its choices lead to none."""
MISSES = TRIES * TRIES
"""After how many cases in a row that do not meet the hypotheses nothing more is drawn."""


def thrown(claim: Claim, draws: Draws, dps: int, seed: object) -> Iterator[Environment]:
    """Cases of a claim, as `environments` has them, each drawn without regard to the others and no two from the same numbers.

    It ends where there seem to be no more. Claims meet in the same cases as far as their variables are the same.
    """
    chance, seen = Thrown(seed), set[tuple[int, ...]]()
    missed = known = 0
    while missed < MISSES and known < TRIES:
        admitted = _admitted(chance, claim, draws, dps)
        if admitted is None:
            missed += 1
        elif (numbers := tuple(chance.drawn)) in seen:
            known += 1
        else:
            seen.add(numbers)
            missed = known = 0
            yield admitted


def environments(claim: Claim, draws: Draws, dps: int = 50) -> SearchStrategy[Environment]:
    """Cases of a claim: its variables drawn at random, its hypotheses met to `dps` digits, by rearrangement where possible.

    A case that does not meet them is drawn again, from the choices that Hypothesis has made for it: a run of Hypothesis
    costs more than all the rest.
    """
    return _environments(claim, draws, dps)


@st.composite
def _environments(draw: DrawFn, claim: Claim, draws: Draws, dps: int) -> Environment:
    chance = Chosen(draw)
    admitted = _admitted(chance, claim, draws, dps)
    if admitted is None:
        again = Thrown(chance.drawn)  # Hypothesis chooses these, and no others
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
    variables, sizes, gammas = _drawn_from(claim, draws)
    chance.begin()
    chance.turn(("n",))
    environment = Environment({}, {}, {}, (), {}, chance.one_of(sizes) if len(sizes) > 1 else sizes[0])
    case = Case(environment, variables, gammas=gammas)
    for variable in variables:
        chance.turn(variable.names)
        variable.put(environment, variable.drawn(chance, case))
    return environment


@lru_cache(maxsize=64)
def _drawn_from(claim: Claim, draws: Draws) -> tuple[tuple[Variable, ...], Sequence[int], tuple[Fraction, Fraction]]:
    """The variables in order, the sizes of alphabet, and the least and greatest gamma."""
    variables = cases.ordered(claim.variables)
    least = max((variable.least_letters for variable in variables), default=0)
    sizes: Sequence[int] = [variable.size for variable in variables if variable.size is not None]
    if not sizes:
        sizes = cases.sizes(claim, least, max(draws.letters, least)) if least else [0]
    low, high = (to_fraction(sympify(end)) for end in draws.gamma)
    return variables, sizes, (low, high)
