"""A number at which a witness sits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sympy import Expr, Symbol, sympify
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate import BallView, Computed, Environment, Value, ball_value
from focal_symbolic.claims.printing import line
from focal_symbolic.claims.variables.kind import Case, Variable, rational
from focal_symbolic.numbers.balls import to_fraction

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["FormulaRoot", "Near", "near"]


@dataclass(frozen=True)
class FormulaRoot(Computed):
    """A number given by a closed formula that is not rational."""

    name: str
    value: Expr

    def computed(self, bits: int) -> dict[str, Value]:
        return {self.name: ball_value(self.value, BallView({}, {}, {}, 15))}

    def describe(self) -> dict[str, str]:
        return {self.name: str(self.value)}


@dataclass(frozen=True)
class Near(Variable):
    """A number at which a witness sits; the fuzz moves it by at most `radius`."""

    symbol: Symbol
    value: Expr
    radius: Expr

    @property
    def names(self) -> tuple[str, ...]:
        return (self.symbol.name,)

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return ()

    @property
    def witness(self) -> dict[Symbol, Expr]:
        return {self.symbol: sympify(self.value)}

    def options(self, case: Case) -> Sequence[Expr]:
        return [sympify(self.value)]

    def drawn(self, chance: Chance, case: Case) -> Expr:
        shift = 2 * chance.probability(closed=True) - 1
        return sympify(self.value) + sympify(self.radius) * rational(shift)

    def put(self, environment: Environment, value: Expr) -> None:
        if value.is_Rational:
            environment.numbers[self.symbol.name] = to_fraction(value)
        else:
            environment.roots += (FormulaRoot(self.symbol.name, value),)

    @property
    def words(self) -> str:
        return f"{line(self.symbol)} = {line(sympify(self.value))}"


def near(value: Any, radius: Any) -> Callable[[Any], Variable]:
    """The number at which a witness sits; the fuzz moves it by the radius at most.

    Parameters
    ----------
    value : Expr
        The number.
    radius : Expr
        How far random cases may be from it.

    Returns
    -------
    callable
        The kind, to be given its key, a Symbol.

    Examples
    --------
    >>> from sympy import Rational
    >>> from focal_symbolic.claims import near
    >>> from focal_symbolic.language import real
    >>> print(near(Rational(1, 4), Rational(1, 50))(real("v")).words)
    v = 1/4
    """
    return lambda symbol: Near(symbol, sympify(value), sympify(radius))
