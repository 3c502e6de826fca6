"""Numbers in (0, 1], one for each letter, whatever their sum: what a model gives to the letters that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.variables.kind import Case, Family, Masses, Variable
from focal_symbolic.claims.variables.pmf import wholes
from focal_symbolic.language import Every, i

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Unit", "unit"]


@dataclass(frozen=True)
class Unit(Family):
    """Numbers in (0, 1], whatever their sum.

    A model with zeros off the support of the data is covered as well: put any such number for each zero, and no sum of
    p_i f(q_i) changes.
    """

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return Every(self.base[i] > 0), Every(self.base[i] <= 1)

    def options(self, case: Case) -> Sequence[Masses]:
        filled = [tuple(mass or Fraction(1, 2) for mass in whole) for whole in wholes(self, case)]
        return [option for one in filled for option in (one, tuple(min(2 * mass, Fraction(1)) for mass in one))]

    def drawn(self, chance: Chance, case: Case) -> Masses:
        size = case.environment.size
        if chance.coin():
            return chance.masses(size)
        return tuple(chance.probability() if chance.integer(0, 3) else Fraction(1) for _ in range(size))


def unit(base: Any) -> Variable:
    """Numbers in (0, 1], whatever their sum.

    Parameters
    ----------
    base : IndexedBase
        Their key.

    Returns
    -------
    Variable
        The family, with its hypotheses.

    Examples
    --------
    >>> from focal_symbolic.claims import unit
    >>> from focal_symbolic.language import array
    >>> print(unit(array("r")).words)
    ∀i: rᵢ > 0,  ∀i: rᵢ ≤ 1
    """
    return Unit(base)
