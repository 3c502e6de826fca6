"""A probability mass function over the alphabet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy.core.relational import Ge, Gt
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.variables.kind import Case, Family, Masses, Start, Variable
from focal_symbolic.language import Every, i, mass

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Pmf", "data", "pmf", "wholes"]

ZEROS = (Start("zeros", (Fraction(1, 2), Fraction(0), Fraction(1, 2))), Start("a point", (Fraction(0), Fraction(1))))


@dataclass(frozen=True)
class Pmf(Family):
    """A probability mass function; `positive` when the alphabet is its support."""

    positive: bool = True

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        at = self.base[i]
        return Every((Gt if self.positive else Ge)(at, 0)), Every(at <= 1), mass(self.base)

    def starts(self, usual: list[Start]) -> list[Start]:
        return usual if self.positive else [*usual, *(start for start in ZEROS if start not in usual)]

    def options(self, case: Case) -> Sequence[Masses]:
        return [masses for masses in wholes(self, case) if not self.positive or all(mass.numerator > 0 for mass in masses)]

    def drawn(self, chance: Chance, case: Case) -> Masses:
        return chance.masses(case.environment.size, zeros=not self.positive)


def wholes(variable: Variable, case: Case) -> list[Masses]:
    """The hard distribution of a case for its first pmf; for another such on the same alphabet to compare with."""
    masses, size = case.start.masses, len(case.start.masses)
    if not any(isinstance(v, Pmf) for v in case.before(variable)):
        return [masses]
    even = (Fraction(1, size),) * size
    mixed = tuple((a + b) / 2 for a, b in zip(masses, even, strict=True))
    return [even, masses[::-1], mixed, masses, masses[1:] + masses[:1]]


def pmf(base: Any) -> Variable:
    """A probability mass function that vanishes nowhere.

    Parameters
    ----------
    base : IndexedBase
        Its key.

    Returns
    -------
    Variable
        The family, with its hypotheses.

    Examples
    --------
    >>> from focal_symbolic.claims import pmf
    >>> from focal_symbolic.definitions import p
    >>> print(pmf(p).words)
    ∀i: pᵢ > 0,  ∀i: pᵢ ≤ 1,  ∑ᵢ pᵢ = 1
    """
    return Pmf(base)


def data(base: Any) -> Variable:
    """A probability mass function that may vanish somewhere.

    Parameters
    ----------
    base : IndexedBase
        Its key.

    Returns
    -------
    Variable
        The family, with its hypotheses.

    Examples
    --------
    >>> from focal_symbolic.claims import data
    >>> from focal_symbolic.definitions import p
    >>> print(data(p).words)
    ∀i: pᵢ ≥ 0,  ∀i: pᵢ ≤ 1,  ∑ᵢ pᵢ = 1
    """
    return Pmf(base, positive=False)
