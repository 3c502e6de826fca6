"""Where a function of x has its value: the threshold p_0(gamma), the inflection q_-(gamma) and the mode of psi."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from flint import arb
from sympy import Expr, Symbol, sympify
from sympy.core.relational import Eq
from sympy.logic.boolalg import Boolean

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate import Computed, Environment, Value
from focal_symbolic.claims.variables.kind import Case, Determined, Variable
from focal_symbolic.claims.variables.optimum import focus_of
from focal_symbolic.numbers.logits.inflection import inflection_ball
from focal_symbolic.numbers.thresholds import mode_ball, p0_ball

__all__ = ["Crossing", "CrossingRoot", "inflection_of", "mode_of", "threshold_of"]


class Level(NamedTuple):
    """A function of x and gamma that takes a value at exactly one x in (0, 1), whatever gamma > 0 is."""

    function: Callable[[Expr, Expr], Expr]
    value: int
    ball: Callable[[Fraction, int], arb]
    told: str


THRESHOLD = Level(definitions.gain, 1, p0_ball, "where psi falls to 1")
"""There is exactly one such x, p_0(gamma), by `threshold/threshold_exists`."""
INFLECTION = Level(definitions.curvature, 0, inflection_ball, "where B rises to 0")
"""There is exactly one such x, q_-(gamma), by `logits/inflection_exists`."""
MODE = Level(definitions.height, 0, mode_ball, "where psi is largest")
"""There is exactly one such x, the mode of psi, by `amplification/mode` and `amplification/height_falls`."""


@dataclass(frozen=True)
class CrossingRoot(Computed):
    """The one x in (0, 1) at which the function has the value."""

    name: str
    gamma: Fraction
    level: Level

    def computed(self, bits: int) -> dict[str, Value]:
        return {self.name: self.level.ball(self.gamma, bits)}

    def describe(self) -> dict[str, str]:
        return {self.name: self.level.told}


@dataclass(frozen=True)
class Crossing(Determined):
    """A number in (0, 1) at which the function has the value."""

    symbol: Symbol
    gamma: Expr
    level: Level

    @property
    def names(self) -> tuple[str, ...]:
        return (self.symbol.name,)

    @property
    def needs(self) -> frozenset[str]:
        return frozenset(map(str, self.gamma.free_symbols))

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return self.symbol > 0, self.symbol < 1, Eq(self.level.function(self.symbol, self.gamma), self.level.value)

    def options(self, case: Case) -> Sequence[None]:
        return [None] if focus_of(self.gamma, case.environment) > 0 else []

    def put(self, environment: Environment, value: None) -> None:
        environment.roots += (CrossingRoot(self.symbol.name, focus_of(self.gamma, environment), self.level),)


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
    return lambda symbol: Crossing(symbol, sympify(gamma), THRESHOLD)


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
    return lambda symbol: Crossing(symbol, sympify(gamma), INFLECTION)


def mode_of(gamma: Any) -> Callable[[Any], Variable]:
    """The mode of psi: the number in (0, 1) at which h, and so the derivative of psi, is 0.

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
    >>> from focal_symbolic.claims import mode_of
    >>> from focal_symbolic.definitions import x
    >>> len(mode_of(2)(x).assumptions)
    3
    """
    return lambda symbol: Crossing(symbol, sympify(gamma), MODE)
