"""The threshold p_0(gamma), at which the gain falls to 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import Expr, Symbol, sympify
from sympy.core.relational import Eq
from sympy.logic.boolalg import Boolean

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate import Computed, Environment, Value
from focal_symbolic.claims.variables.kind import Case, Determined, Variable
from focal_symbolic.claims.variables.optimum import focus_of
from focal_symbolic.numbers.thresholds import p0_ball

if TYPE_CHECKING:
    pass

__all__ = ["Crossing", "CrossingRoot", "threshold_of"]


@dataclass(frozen=True)
class CrossingRoot(Computed):
    """The one x in (0, 1) with psi(x) = 1."""

    name: str
    gamma: Fraction

    def computed(self, bits: int) -> dict[str, Value]:
        return {self.name: p0_ball(self.gamma, bits)}

    def describe(self) -> dict[str, str]:
        return {self.name: "where psi falls to 1"}


@dataclass(frozen=True)
class Crossing(Determined):
    """A number in (0, 1) at which psi is 1: there is exactly one, p_0(gamma), by `threshold/threshold_exists`."""

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
        return self.symbol > 0, self.symbol < 1, Eq(definitions.gain(self.symbol, self.gamma), 1)

    def options(self, case: Case) -> Sequence[None]:
        return [None] if focus_of(self.gamma, case.environment) > 0 else []

    def put(self, environment: Environment, value: None) -> None:
        environment.roots += (CrossingRoot(self.symbol.name, focus_of(self.gamma, environment)),)


def threshold_of(gamma: Any) -> Callable[[Any], Variable]:
    """The threshold p_0(gamma): the number in (0, 1) at which psi is 1.

    Parameters
    ----------
    gamma : Expr
        The focusing parameter, more than 0.

    Returns
    -------
    callable
        The kind, to be given its key, a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import threshold_of
    >>> from focal_symbolic.definitions import gamma, x
    >>> print(threshold_of(gamma)(x).words)
    x > 0,  x < 1,  ψ(x) = 1
    """
    return lambda symbol: Crossing(symbol, sympify(gamma))
