"""The probability q_-(gamma) at which the loss, as a function of the logit, turns from concave to convex."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Expr, Symbol, sympify
from sympy.core.relational import Eq
from sympy.logic.boolalg import Boolean

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate import Computed, Environment, Value
from focal_symbolic.claims.variables.kind import Case, Determined, Variable
from focal_symbolic.claims.variables.optimum import focus_of
from focal_symbolic.numbers.logits.inflection import inflection_ball

__all__ = ["Inflection", "InflectionRoot", "inflection_of"]


@dataclass(frozen=True)
class InflectionRoot(Computed):
    """The one x in (0, 1) with B(x) = 0."""

    name: str
    gamma: Fraction

    def computed(self, bits: int) -> dict[str, Value]:
        return {self.name: inflection_ball(self.gamma, bits)}

    def describe(self) -> dict[str, str]:
        return {self.name: "where B rises to 0"}


@dataclass(frozen=True)
class Inflection(Determined):
    """A number in (0, 1) at which B is 0: there is exactly one, q_-(gamma), by `logits/inflection_exists`."""

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
        return self.symbol > 0, self.symbol < 1, Eq(definitions.curvature(self.symbol, self.gamma), 0)

    def options(self, case: Case) -> Sequence[None]:
        return [None] if focus_of(self.gamma, case.environment) > 0 else []

    def put(self, environment: Environment, value: None) -> None:
        environment.roots += (InflectionRoot(self.symbol.name, focus_of(self.gamma, environment)),)


def inflection_of(gamma: Any) -> Callable[[Any], Variable]:
    """The inflection: the number in (0, 1) at which B, and so the second derivative by the logit, is 0.

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
    >>> from focal_symbolic.claims import inflection_of
    >>> from focal_symbolic.definitions import x
    >>> len(inflection_of(2)(x).assumptions)
    3
    """
    return lambda symbol: Inflection(symbol, sympify(gamma))
