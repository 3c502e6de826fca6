"""Where the gain is 1: the threshold p_0 of a gamma, and the gamma whose threshold is 1/(n - 1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from sympy import Expr, Symbol, sympify
from sympy.core.relational import Eq, Gt, Lt
from sympy.logic.boolalg import Boolean

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate import Environment, Value
from focal_symbolic.claims.variables.kind import Case, Variable, rational
from focal_symbolic.language import n
from focal_symbolic.numbers.balls import to_fraction
from focal_symbolic.numbers.thresholds import class_threshold_ball, p0_ball

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["GammaStar", "GammaStarRoot", "Threshold", "ThresholdRoot", "gamma_star", "threshold"]


@dataclass(frozen=True)
class ThresholdRoot:
    """p_0 of an exact gamma."""

    name: str
    gamma: Fraction

    def at(self, bits: int) -> dict[str, Value]:
        return {self.name: p0_ball(self.gamma, bits)}

    def describe(self) -> dict[str, str]:
        return {self.name: "p_0(gamma)"}


@dataclass(frozen=True)
class GammaStarRoot:
    """gamma*(n) of an exact n."""

    name: str
    size: int

    def at(self, bits: int) -> dict[str, Value]:
        return {self.name: class_threshold_ball(self.size, bits)}

    def describe(self) -> dict[str, str]:
        return {self.name: f"gamma*({self.size})"}


@dataclass(frozen=True)
class Threshold(Variable):
    """The x in (0, 1) with psi(x) = 1: there is one, by the claim threshold/one_threshold."""

    symbol: Symbol
    gamma: Expr

    @property
    def names(self) -> tuple[str, ...]:
        return (self.symbol.name,)

    @property
    def needs(self) -> frozenset[str]:
        return frozenset(map(str, self.gamma.free_symbols))

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return Gt(self.symbol, 0), Lt(self.symbol, 1), Eq(definitions.gain(self.symbol, self.gamma), 1)

    def focus(self, environment: Environment) -> Fraction:
        """Its gamma, which may be a formula in the numbers of the case."""
        values = {symbol: rational(environment.numbers[symbol.name]) for symbol in self.gamma.free_symbols}
        return to_fraction(self.gamma.xreplace(values))

    def options(self, case: Case) -> Sequence[Fraction]:
        gamma = self.focus(case.environment)
        return [gamma] if gamma > 0 else []

    def drawn(self, chance: Chance, case: Case) -> Fraction:
        gamma = self.focus(case.environment)
        chance.unless(gamma <= 0)
        return gamma

    def put(self, environment: Environment, value: Fraction) -> None:
        environment.roots += (ThresholdRoot(self.symbol.name, value),)


@dataclass(frozen=True)
class GammaStar(Variable):
    """The gamma > 0 with psi(1/(n - 1)) = 1, of four letters or more: there is one, by the claim threshold/one_threshold."""

    least_letters: ClassVar[int] = 4
    symbol: Symbol

    @property
    def names(self) -> tuple[str, ...]:
        return (self.symbol.name,)

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return Gt(self.symbol, 0), Eq(definitions.gain(1 / (n - 1), self.symbol), 1)

    def options(self, case: Case) -> Sequence[int]:
        size = case.environment.size
        return [size] if size >= self.least_letters else []

    def drawn(self, chance: Chance, case: Case) -> int:
        size = case.environment.size
        chance.unless(size < self.least_letters)
        return size

    def put(self, environment: Environment, value: int) -> None:
        environment.roots += (GammaStarRoot(self.symbol.name, value),)


def threshold(gamma: Any) -> Callable[[Any], Variable]:
    """The threshold p_0 of a gamma: psi is 1 there."""
    return lambda symbol: Threshold(symbol, sympify(gamma))


def gamma_star(symbol: Any) -> Variable:
    """The gamma up to which so many classes as there are can suppress their rarest: psi(1/(n - 1)) is 1 at it."""
    return GammaStar(symbol)
