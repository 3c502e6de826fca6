"""A bijection of the alphabet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from sympy import IndexedBase
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate import Environment
from focal_symbolic.claims.variables.kind import Case, Masses, Variable, label
from focal_symbolic.language import Bijection

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Permutation", "bijection"]


@dataclass(frozen=True)
class Permutation(Variable):
    """A bijection of the alphabet, as a family of letters."""

    least_letters: ClassVar[int] = 1
    base: IndexedBase

    @property
    def names(self) -> tuple[str, ...]:
        return (label(self.base),)

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return (Bijection(self.base),)

    def options(self, case: Case) -> Sequence[Masses]:
        letters = tuple(map(Fraction, range(1, len(case.start.masses) + 1)))
        return [letters[::-1], letters[1:] + letters[:1], letters]

    def drawn(self, chance: Chance, case: Case) -> Masses:
        return tuple(map(Fraction, chance.order(range(1, case.environment.size + 1))))

    def put(self, environment: Environment, value: Masses) -> None:
        environment.families[label(self.base)] = value


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
