"""Any real numbers, one for each letter: the logits of a softmax, a direction in which they move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.printing import line
from focal_symbolic.claims.variables.kind import Case, Family, Masses, Variable
from focal_symbolic.language import i

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Reals", "reals"]


@dataclass(frozen=True)
class Reals(Family):
    """Real numbers, whatever they are."""

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return ()

    def options(self, case: Case) -> Sequence[Masses]:
        """Numbers of both signs, apart, spread by the masses, or with ties; several families begin with different ones."""
        size = len(case.start.masses)
        turn = sum(isinstance(v, Reals) for v in case.before(self))
        even = tuple(Fraction((-1) ** at * at, 2) for at in range(size))
        spread = tuple(30 * mass - 7 * at for at, mass in enumerate(case.start.masses))
        ties = tuple(Fraction(at % 2) for at in range(size))
        options = [even, spread, ties]
        return options[turn % 3 :] + options[: turn % 3]

    def drawn(self, chance: Chance, case: Case) -> Masses:
        size, style = case.environment.size, chance.integer(0, 2)
        if style == 0:
            return tuple(Fraction(chance.integer(-9, 9), chance.one_of((1, 2, 10))) for _ in range(size))
        if style == 1:
            return tuple(chance.integer(-60, 60) * chance.probability() for _ in range(size))
        return tuple(Fraction(chance.one_of((0, 1, -1, 60))) for _ in range(size))

    @property
    def words(self) -> str:
        return f"{line(self.base[i])} real"


def reals(base: Any) -> Variable:
    """Any real numbers, one for each letter.

    Parameters
    ----------
    base : IndexedBase
        Their key.

    Returns
    -------
    Variable
        The family; it has no hypotheses.

    Examples
    --------
    >>> from focal_symbolic.claims import reals
    >>> from focal_symbolic.language import array
    >>> print(reals(array("z")).words)
    zᵢ real
    """
    return Reals(base)
