"""The gamma at which p_0 is 1/(n - 1): up to it n classes can suppress their rarest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sympy import Symbol
from sympy.core.relational import Eq
from sympy.logic.boolalg import Boolean

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate import Computed, Environment, Value
from focal_symbolic.claims.variables.kind import Case, Determined, Variable
from focal_symbolic.language import n
from focal_symbolic.numbers.thresholds import class_threshold_ball

__all__ = ["GammaStar", "GammaStarRoot", "gamma_star"]


@dataclass(frozen=True)
class GammaStarRoot(Computed):
    """gamma*(n) of an exact n."""

    name: str
    size: int

    def computed(self, bits: int) -> dict[str, Value]:
        return {self.name: class_threshold_ball(self.size, bits)}

    def describe(self) -> dict[str, str]:
        return {self.name: f"gamma*({self.size})"}


@dataclass(frozen=True)
class GammaStar(Determined):
    """The gamma > 0 with psi(1/(n - 1)) = 1, of four letters or more: there is one, by the claim `threshold/gamma_exists`."""

    least_letters: ClassVar[int] = 4
    symbol: Symbol

    @property
    def names(self) -> tuple[str, ...]:
        return (self.symbol.name,)

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return self.symbol > 0, Eq(definitions.gain(1 / (n - 1), self.symbol), 1)

    def options(self, case: Case) -> Sequence[None]:
        return [None] if case.environment.size >= self.least_letters else []

    def put(self, environment: Environment, value: None) -> None:
        environment.roots += (GammaStarRoot(self.symbol.name, environment.size),)


def gamma_star(symbol: Any) -> Variable:
    """The gamma up to which so many classes as there are can suppress their rarest: psi(1/(n - 1)) is 1 at it.

    Parameters
    ----------
    symbol : Symbol
        Its key.

    Returns
    -------
    Variable
        The number, with its hypotheses.

    Examples
    --------
    >>> from focal_symbolic.claims import gamma_star
    >>> from focal_symbolic.definitions import gamma
    >>> print(gamma_star(gamma).words)
    γ > 0,  ψ(1/(n − 1)) = 1
    """
    return GammaStar(symbol)
