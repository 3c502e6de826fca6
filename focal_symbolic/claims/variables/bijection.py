"""A bijection of the alphabet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.variables.kind import Case, Family, Masses, Variable
from focal_symbolic.language import Bijection

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Permutation", "bijection"]


@dataclass(frozen=True)
class Permutation(Family):
    """A bijection of the alphabet, as a family of letters."""

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return (Bijection(self.base),)

    def options(self, case: Case) -> Sequence[Masses]:
        letters = tuple(map(Fraction, range(1, len(case.start.masses) + 1)))
        return [letters[::-1], letters[1:] + letters[:1], letters]

    def drawn(self, chance: Chance, case: Case) -> Masses:
        return tuple(map(Fraction, chance.order(range(1, case.environment.size + 1))))


def bijection(base: Any) -> Variable:
    """A bijection of the alphabet.

    Parameters
    ----------
    base : IndexedBase
        Its key, a family of letters.

    Returns
    -------
    Variable
        The family, with the hypothesis that it is one-to-one.

    Examples
    --------
    >>> from focal_symbolic.claims import bijection
    >>> from focal_symbolic.language import letters
    >>> print(bijection(letters("sigma")).words)
    σ is a bijection of the alphabet
    """
    return Permutation(base)
