"""A letter of the alphabet."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sympy import Symbol
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate import Environment
from focal_symbolic.claims.printing import line
from focal_symbolic.claims.variables.kind import Case, Variable

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Letter", "letter"]


@dataclass(frozen=True)
class Letter(Variable):
    """A letter of the alphabet, distinct from those drawn before it where there are enough."""

    least_letters: ClassVar[int] = 1
    index: Symbol

    @property
    def names(self) -> tuple[str, ...]:
        return (self.index.name,)

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return ()

    @property
    def letters(self) -> frozenset[Symbol]:
        return frozenset({self.index})

    @property
    def like(self) -> Hashable:
        return Letter

    def options(self, case: Case) -> Sequence[int]:
        """The rarest letter, the commonest, one tied with either, the middle, the first and the last, if not yet taken."""
        order = case.start.ranked
        if not order:
            return []
        size = len(order)
        interesting = [order[0], order[-1], order[1 % size], order[-2 % size], order[size // 2], 1, size]
        taken = set(case.environment.letters.values())
        free = [letter for letter in interesting if letter not in taken]
        return list(dict.fromkeys(free or [letter for letter in order if letter not in taken] or order))

    def drawn(self, chance: Chance, case: Case) -> int:
        taken, every = case.environment.letters.values(), range(1, case.environment.size + 1)
        free = [letter for letter in every if letter not in taken]
        return chance.one_of(free or every)

    def put(self, environment: Environment, value: int) -> None:
        environment.letters[self.index.name] = value

    @property
    def words(self) -> str:
        return f"{line(self.index)} a letter"


def letter(index: Any) -> Variable:
    """A letter of the alphabet.

    Parameters
    ----------
    index : Symbol
        Its key, an index.

    Returns
    -------
    Variable
        The letter, distinct from those drawn before it where there are enough.

    Examples
    --------
    >>> from focal_symbolic.claims import letter
    >>> from focal_symbolic.language import j
    >>> print(letter(j).words)
    j a letter
    """
    return Letter(index)
