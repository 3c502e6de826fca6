"""The minimizer of the focal-entropy with its multiplier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from flint import arb
from sympy import Expr, IndexedBase, Symbol, sympify
from sympy.core.relational import Eq
from sympy.logic.boolalg import Boolean

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate import BallView, Computed, Environment, Value, ball_value
from focal_symbolic.claims.variables.kind import Case, Determined, Masses, Variable, label, rational
from focal_symbolic.language import Every, i, mass, total
from focal_symbolic.numbers.balls import ZERO, Probability, precision, to_fmpq, to_fraction
from focal_symbolic.numbers.minimizer import Solution, solve

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = [
    "InverseRoot",
    "MultiplierRoot",
    "Optimum",
    "OptimumRoot",
    "Price",
    "focus_of",
    "multiplier_of",
    "optimum",
    "solution",
]


@lru_cache(maxsize=1024)
def solution(p: Masses, gamma: Fraction, bits: int) -> Solution:
    """The minimizer, kept for all claims: they meet in the same hard cases."""
    return solve(p, gamma, bits)


@dataclass(frozen=True)
class OptimumRoot(Computed):
    """The minimizer and the multiplier of exact p and gamma."""

    q: str
    multiplier: str
    p: Masses
    gamma: Fraction

    def computed(self, bits: int) -> dict[str, Value]:
        found = solution(self.p, self.gamma, bits)
        return {self.q: found.q, self.multiplier: found.multiplier}

    def describe(self) -> dict[str, str]:
        return {self.q: "the minimizer", self.multiplier: "its multiplier"}


@dataclass(frozen=True)
class MultiplierRoot(Computed):
    """The multiplier alone, where the minimizer is known exactly."""

    multiplier: str
    p: Masses
    gamma: Fraction

    def computed(self, bits: int) -> dict[str, Value]:
        return {self.multiplier: solution(self.p, self.gamma, bits).multiplier}

    def describe(self) -> dict[str, str]:
        return {self.multiplier: "the multiplier"}


@dataclass(frozen=True)
class InverseRoot(Computed):
    """The p and the multiplier of which an exact q is the minimizer: p_i = (1/phi(q_i)) / sum_j 1/phi(q_j)."""

    p: str
    multiplier: str
    q: Masses
    gamma: Fraction

    def computed(self, bits: int) -> dict[str, Value]:
        return _inverse(self.p, self.multiplier, self.q, self.gamma, bits)

    def describe(self) -> dict[str, str]:
        return {self.p: "the inverse map of q", self.multiplier: "its multiplier"}


@lru_cache(maxsize=1)
def _slope() -> Expr:
    return definitions.slope(definitions.x, definitions.gamma)


def _inverse(p: str, multiplier: str, q: Masses, gamma: Fraction, bits: int) -> dict[str, Value]:
    with precision(bits + 2 * gamma.numerator.bit_length()):
        shares: dict[Fraction, arb] = {}
        for mass_ in q:
            if mass_ not in shares:
                view = BallView({"x": to_fmpq(mass_), "gamma": to_fmpq(gamma)}, {}, {}, 15)
                shares[mass_] = 1 / view.widen(ball_value(_slope(), view))
        each = [shares[one] for one in q]
        whole = sum(each, ZERO)
        made: dict[Fraction, Probability] = {}
        for place, one in enumerate(q):
            if one not in made:
                made[one] = Probability(each[place] / whole, sum(each[:place] + each[place + 1 :], ZERO) / whole)
        return {p: tuple(made[one] for one in q), multiplier: 1 / whole}


def focus_of(gamma: Expr, environment: Environment) -> Fraction:
    """A gamma, which may be a formula in the numbers of the case."""
    return to_fraction(gamma.xreplace({symbol: rational(environment.numbers[symbol.name]) for symbol in gamma.free_symbols}))


@dataclass(frozen=True)
class Optimum(Variable):
    """The pmf q and the multiplier that satisfy p_x phi(q_x) = multiplier: the minimizer, by the claims of uniqueness.

    It needs two letters at least: 0 < q_x < 1.
    """

    least_letters: ClassVar[int] = 2
    q: IndexedBase
    multiplier: Symbol
    p: IndexedBase
    gamma: Expr

    @property
    def names(self) -> tuple[str, ...]:
        return label(self.q), self.multiplier.name

    @cached_property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.p), *map(str, self.gamma.free_symbols)})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        q = self.q[i]
        return (
            Every(q > 0),
            Every(q < 1),
            mass(self.q),
            Every(Eq(self.p[i] * definitions.slope(q, self.gamma), self.multiplier)),
        )

    @property
    def exact(self) -> frozenset[str]:
        return frozenset({label(self.p)})

    def focus(self, environment: Environment) -> Fraction:
        """Its gamma."""
        return focus_of(self.gamma, environment)

    def options(self, case: Case) -> Sequence[bool]:
        """The minimizer of p, if p has two letters at least and all of them have mass."""
        p = case.environment.families[label(self.p)]
        return [False] if len(p) > 1 and all(one.numerator > 0 for one in p) else []

    def drawn(self, chance: Chance, case: Case) -> bool:
        """Whether p is replaced by the data of which the masses drawn are the minimizer; else the minimizer of p.

        It is not replaced if another family is made from it, or if bounds of it or numbers that depend on it are drawn.
        """
        chance.unless(not self.options(case))
        environment, p = case.environment, label(self.p)
        alike = self.focus(environment) == 0 or _even(environment.families[p])
        shared = any(v is not self and p in v.exact for v in case.variables) or any(p in v.needs for v in case.before(self))
        return not (alike or shared) and not chance.coin()

    def put(self, environment: Environment, value: bool) -> None:
        """The minimizer and the multiplier of p, exact where they are, or p and the multiplier of q if `value`."""
        p, q, multiplier = label(self.p), label(self.q), self.multiplier.name
        masses, gamma = environment.families[p], self.focus(environment)
        if value:
            del environment.families[p]
            environment.families[q] = masses
            environment.roots += (InverseRoot(p, multiplier, masses, gamma),)
        elif gamma == 0:
            environment.families[q], environment.numbers[multiplier] = masses, Fraction(1)
        elif _even(masses):
            environment.families[q] = masses
            environment.roots += (MultiplierRoot(multiplier, masses, gamma),)
        else:
            environment.roots += (OptimumRoot(q, multiplier, masses, gamma),)


def _even(masses: Masses) -> bool:
    return all(one == masses[0] for one in masses)


@dataclass(frozen=True)
class Price(Determined):
    """The multiplier alone: the positive number that makes phi^(-1)(multiplier/p_i) sum to 1. It needs two letters at least."""

    least_letters: ClassVar[int] = 2
    symbol: Symbol
    p: IndexedBase
    gamma: Expr

    @property
    def names(self) -> tuple[str, ...]:
        return (self.symbol.name,)

    @property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.p), *map(str, self.gamma.free_symbols)})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        entry = definitions.slope_inverse(self.symbol / self.p[i], self.gamma)
        return self.symbol > 0, Eq(total(entry), 1)

    @property
    def exact(self) -> frozenset[str]:
        return frozenset({label(self.p)})

    def options(self, case: Case) -> Sequence[None]:
        """That of p, if two letters at least have mass, and gamma is positive."""
        support = [*filter(None, case.environment.families[label(self.p)])]
        return [None] if len(support) > 1 and focus_of(self.gamma, case.environment) > 0 else []

    def put(self, environment: Environment, value: None) -> None:
        support = tuple(filter(None, environment.families[label(self.p)]))
        environment.roots += (MultiplierRoot(self.symbol.name, support, focus_of(self.gamma, environment)),)


def multiplier_of(p: Any, gamma: Any) -> Callable[[Any], Variable]:
    """The multiplier for the data p, with nothing said of a minimizer: it makes phi^(-1)(multiplier/p_i) sum to 1.

    Parameters
    ----------
    p : IndexedBase
        The data, a pmf that vanishes nowhere.
    gamma : Expr
        The focusing parameter, more than 0.

    Returns
    -------
    callable
        The kind, to be given its key, a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import multiplier_of
    >>> from focal_symbolic.definitions import gamma, multiplier, p
    >>> print(multiplier_of(p, gamma)(multiplier).words)
    λ > 0,  ∑ᵢ φ⁻¹(λ/pᵢ; γ) = 1
    """
    return lambda symbol: Price(symbol, p, sympify(gamma))


def optimum(p: Any, gamma: Any) -> Callable[[Any], Variable]:
    """The minimizer for the data p, with its multiplier, under the key (q, multiplier).

    Parameters
    ----------
    p : IndexedBase
        The data, a pmf that vanishes nowhere.
    gamma : Expr
        The focusing parameter, at least 0.

    Returns
    -------
    callable
        The kind, to be given its key, an IndexedBase and a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import optimum
    >>> from focal_symbolic.definitions import gamma, multiplier, p, q
    >>> print(optimum(p, gamma)((q, multiplier)).words)
    ∀i: qᵢ > 0,  ∀i: qᵢ < 1,  ∑ᵢ qᵢ = 1,  ∀i: pᵢ·φ(qᵢ) = λ
    """
    return lambda key: Optimum(key[0], key[1], p, sympify(gamma))
