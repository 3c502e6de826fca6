"""Hypothesis strategies: exact distributions with extreme masses, focusing parameters, probabilities, and cases of claims.

Everything is drawn as integers and made exact: weights are normalised, never conditioned on; 2^-k, 1 - 2^-k, 1e-300 and ties
come on purpose. An optimum is drawn both ways: the solver on a random p, and the closed inverse map on a random q.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile

from hypothesis import assume, reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from sympy import IndexedBase, Rational, oo, sympify

from focal_symbolic.claims import cases
from focal_symbolic.claims.claim import (
    Claim,
    Draws,
    Letter,
    Levels,
    Lower,
    Mixture,
    Near,
    Number,
    Optimum,
    Permutation,
    Pmf,
    Subpmf,
    Upper,
    Variable,
)
from focal_symbolic.claims.evaluate import Environment
from focal_symbolic.distribution import Distribution
from focal_symbolic.numbers.balls import to_fraction

__all__ = ["distributions", "environments", "gammas", "probabilities"]


@st.composite
def probabilities(draw: DrawFn, closed: bool = False) -> Fraction:
    """Exact numbers in (0, 1), or in [0, 1] if `closed`: fractions, 2^-k, 1 - 2^-k, 10^-300.

    Shrinks toward 1/2.
    """
    style = draw(st.integers(0, 7 if closed else 5))
    if style <= 1:
        under = draw(st.integers(2, 100))
        return Fraction(draw(st.integers(1, under - 1)), under)
    if style in (2, 3):
        small = Fraction(draw(st.integers(1, 9)), 10 * 2 ** draw(st.integers(0, 60)))
        return small if style == 2 else 1 - small
    if style in (4, 5):
        small = Fraction(1, 10 ** draw(st.sampled_from([12, 30, 300])))
        return small if style == 4 else 1 - small
    return Fraction(style - 6)


@st.composite
def gammas(draw: DrawFn, low: Fraction | float | str = Fraction(1, 10**8), high: Fraction | float | str = 10**4) -> Fraction:
    """Exact focusing parameters in [low, high], spread evenly over the powers of 10; the ends come on purpose.

    Shrinks toward the small whole numbers inside.
    """
    least, most = Fraction(low), Fraction(high)
    style = draw(st.integers(0, 11))
    if style <= 3:
        value = Fraction(draw(st.sampled_from([2, 1, 5, 3, 0, 10])), draw(st.sampled_from([1, 2, 10])))
    elif style <= 9:
        value = Fraction(draw(st.integers(1, 99)), 10) * Fraction(10) ** draw(st.integers(-9, 3))
    else:
        value = least if style == 10 else most
    return min(max(value, least), most)


@st.composite
def _weights(draw: DrawFn, size: int, zeros: bool) -> list[int]:
    style = draw(st.integers(0, 6))
    if style == 0:
        weights = [draw(st.integers(1, 20)) for _ in range(size)]
    elif style == 1:
        pair = draw(st.integers(1, 9)), draw(st.integers(1, 1000))
        weights = [pair[draw(st.integers(0, 1))] for _ in range(size)]
    elif style == 2:
        weights = [2 ** draw(st.integers(0, 60)) for _ in range(size)]
    elif style == 3:
        weights = [1, *(10 ** draw(st.integers(0, 6)) for _ in range(size - 1))]
    elif style == 4:
        base = 10 ** draw(st.integers(3, 20))
        weights = [base + draw(st.integers(0, 9)) for _ in range(size)]
    elif style == 5:
        # A few equal heads and a tail, down to 1e-300: where the minimizer suppresses or amplifies most.
        heads, depth = draw(st.integers(1, size)), draw(st.sampled_from([2, 3, 5, 12, 30, 300]))
        weights = [10**depth] * heads + [draw(st.integers(1, 3)) for _ in range(size - heads)]
    else:
        weights = [draw(st.integers(1, 10**6)) for _ in range(size)]
    if zeros:
        kept = [weight * draw(st.sampled_from([1, 1, 1, 0])) for weight in weights]
        weights = kept if any(kept) else weights
    turn = draw(st.integers(0, size - 1))
    return weights[turn:] + weights[:turn]


@st.composite
def _masses(draw: DrawFn, size: int, zeros: bool = False) -> tuple[Fraction, ...]:
    weights = draw(_weights(size, zeros))
    total = sum(weights)
    return tuple(Fraction(weight, total) for weight in weights)


@st.composite
def distributions(draw: DrawFn, min_size: int = 1, max_size: int = 6, zeros: bool = False) -> Distribution:
    """Exact distributions over `min_size` to `max_size` outcomes, all of them possible unless `zeros`.

    Masses of up to 300 orders of magnitude, heads of 1 - 2^-k and ties are common. Shrinks toward few outcomes, evenly.
    """
    size = draw(st.integers(min_size, max_size))
    return Distribution(draw(_masses(size, zeros)))


def environments(claim: Claim, draws: Draws) -> SearchStrategy[Environment]:
    """Cases of a claim: its variables drawn at random, its hypotheses met, by rearrangement where that is possible."""
    return _environments(claim, draws)


@st.composite
def _environments(draw: DrawFn, claim: Claim, draws: Draws) -> Environment:
    optima = list(claim.of(Optimum))
    alphabet = any(isinstance(v, (Pmf, Subpmf, Letter, Permutation)) for v in claim.variables)
    environment = Environment({}, {}, {}, (), {}, 0)
    if alphabet:
        least = 2 if optima else 1
        environment.size = draw(st.sampled_from(cases.sizes(claim, least, max(draws.letters, least))))
    for witness in claim.of(Levels):
        environment.size = witness.size
    for variable in cases.ordered(claim.variables):
        if isinstance(variable, Pmf):
            name = str(variable.base.label)
            environment.families[name] = draw(_masses(environment.size, not variable.positive))
        elif isinstance(variable, Levels):
            factors = [1 + Fraction(draw(st.integers(-100, 100)), 10**5) for _ in variable.levels]
            cases.add_levels(environment, variable, cases.level_masses(variable, factors))
        elif isinstance(variable, Subpmf):
            part = draw(_masses(environment.size + 1))[: environment.size]
            whole = sum(part) if draw(st.booleans()) else 1
            environment.families[str(variable.base.label)] = tuple(mass / whole for mass in part)
        elif isinstance(variable, Number):
            environment.numbers[variable.symbol.name] = _number(draw, variable, environment, draws)
        elif isinstance(variable, Near):
            shift = 2 * draw(probabilities(closed=True)) - 1
            cases.at(environment, variable.symbol.name, sympify(variable.value) + sympify(variable.radius) * Rational(shift))
        elif isinstance(variable, Optimum):
            _optimum(draw, variable, environment, claim)
        elif isinstance(variable, Mixture):
            cases.add_mixture(environment, variable)
        elif isinstance(variable, Permutation):
            letters = draw(st.permutations(range(1, environment.size + 1)))
            environment.families[str(variable.base.label)] = tuple(map(Fraction, letters))
        elif isinstance(variable, Letter):
            taken = environment.letters.values()
            free = [letter for letter in range(1, environment.size + 1) if letter not in taken]
            environment.letters[variable.index.name] = draw(st.sampled_from(free or range(1, environment.size + 1)))
        else:
            _bound(draw, variable, environment)
    admitted = cases.admit(claim, environment)
    if admitted is None:
        reject()
    return admitted


def _number(draw: DrawFn, variable: Number, environment: Environment, draws: Draws) -> Fraction:
    low, high, low_open, high_open = cases.interval(variable, environment)
    least, most = map(to_fraction, map(sympify, draws.gamma))
    if low is None:
        size = draw(gammas(least, most))
        return size * draw(st.sampled_from([1, -1])) if high is None else high - size
    if high is not None:
        assume(low < high or (low == high and not (low_open or high_open)))
        # An end that belongs to the interval is drawn now and then, one that does not never.
        unit = draw(probabilities(closed=not (low_open or high_open)))
        if not low_open and high_open and draw(st.integers(0, 9)) == 9:
            unit = Fraction(0)
        if low_open and not high_open and draw(st.integers(0, 9)) == 9:
            unit = Fraction(1)
        return low + (high - low) * unit
    if low == 0 and variable.high == oo:
        return Fraction(0) if not low_open and draw(st.integers(0, 15)) == 15 else draw(gammas(least, most))
    return low + draw(gammas(least, max(most - low, least)))


def _optimum(draw: DrawFn, variable: Optimum, environment: Environment, claim: Claim) -> None:
    """The minimizer of the p drawn, or p replaced by the data of which the masses drawn are the minimizer.

    p is not replaced if another family is made from it, or if bounds of it or numbers that depend on it are drawn already.
    """
    base, gamma = str(variable.p.label), cases.focus(environment, variable)
    masses = environment.families[base]
    exact = gamma == 0 or len(set(masses)) == 1
    shared = any(v is not variable and variable.p in _families(v) for v in claim.variables)
    before = takewhile(lambda v: v is not variable, cases.ordered(claim.variables))
    shared |= any(base in cases.needs(v) for v in before)
    if exact or shared or draw(st.booleans()):
        assume(cases.add_optimum(environment, variable, masses, gamma) is not None)
        return
    del environment.families[base]
    environment.families[str(variable.q.label)] = masses
    environment.roots += (cases.InverseRoot(base, variable.multiplier.name, masses, gamma),)


def _families(variable: Variable) -> tuple[IndexedBase, ...]:
    """The families that are not to be replaced: from which another is made, or those of a witness."""
    if isinstance(variable, Optimum):
        return (variable.p,)
    if isinstance(variable, Levels):
        return (variable.base,)
    return (variable.base, variable.first, variable.second) if isinstance(variable, Mixture) else ()


def _bound(draw: DrawFn, variable: Lower | Upper, environment: Environment) -> None:
    options = cases.bounds(variable, environment)
    assume(options)
    chosen = options[draw(st.integers(0, len(options) - 1))]
    cases.add_bound(environment, variable, chosen)
