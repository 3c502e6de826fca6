"""Positive masses that need not be all: what a model leaves on the support of the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy.core.relational import Le
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.variables.kind import Case, Family, Masses, Variable
from focal_symbolic.claims.variables.pmf import wholes
from focal_symbolic.language import Every, i, total

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Subpmf", "submass"]


@dataclass(frozen=True)
class Subpmf(Family):
    """Positive masses whose sum is at most 1."""

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        at = self.base[i]
        return Every(at > 0), Every(at <= 1), Le(total(at), 1)

    def options(self, case: Case) -> Sequence[Masses]:
        return [part for whole in wholes(self, case) for part in (whole, tuple(mass * Fraction(9, 10) for mass in whole))]

    def drawn(self, chance: Chance, case: Case) -> Masses:
        part = chance.masses(case.environment.size + 1)[: case.environment.size]
        whole = sum(part) if chance.coin() else 1
        return tuple(mass / whole for mass in part)


def submass(base: Any) -> Variable:
    """Positive masses whose sum is at most 1.

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
    >>> from focal_symbolic.claims import submass
    >>> from focal_symbolic.definitions import p
    >>> print(submass(p).words)
    ∀i: pᵢ > 0,  ∀i: pᵢ ≤ 1,  ∑ᵢ pᵢ ≤ 1
    """
    return Subpmf(base)
