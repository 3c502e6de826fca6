"""Families without end that may vanish somewhere, and numbers of (0, 1] without end: a pmf, and others near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Any

from sympy.core.relational import Eq
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate import Changed, Endless
from focal_symbolic.claims.variables.countable import CountablePmf
from focal_symbolic.claims.variables.kind import Case, Variable
from focal_symbolic.language import Every, EveryPart, i, whole

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["CountableData", "CountableUnit", "countable_data", "countable_unit", "move_drawn"]

MOVES = ((2, 1, Fraction(1)), (1, 3, Fraction(1, 2)), (1, 2, Fraction(1, 10**6)))
"""Hard changes of a pmf: (the letter that gives, the letter that is given, the share)."""
SHARES = tuple(map(Fraction, ("1", "1/2", "1/1000", "1/1000000000")))
LETTERS = 4
"""Only the first letters change."""


def move_drawn(chance: Chance, shares: Sequence[Fraction]) -> tuple[int, int, Fraction]:
    """A random change of a pmf, as in `MOVES`: of two of the first letters."""
    source = chance.integer(1, LETTERS)
    target = chance.one_of([letter for letter in range(1, LETTERS + 1) if letter != source])
    return source, target, chance.one_of(shares)


@dataclass(frozen=True)
class CountableData(CountablePmf):
    """A pmf on 1, 2, 3, ... that may vanish somewhere."""

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return EveryPart(Every(self.base[i] >= 0)), Eq(whole(self.base[i]), 1)

    def changed(self, of: Endless, source: int, target: int, share: Fraction) -> Endless:
        """The pmf of a family with a share of one entry moved to another."""
        return Changed(of.family, source, target, share)

    def options(self, case: Case) -> Sequence[Endless]:
        """By turns a change of a pmf and a pmf as it is."""
        plain = [Endless(family) for family in dict.fromkeys(one.family for one in super().options(case))]
        return [*chain.from_iterable((self.changed(one, *MOVES[k % len(MOVES)]), one) for k, one in enumerate(plain))]

    def drawn(self, chance: Chance, case: Case) -> Endless:
        found = super().drawn(chance, case)
        if chance.coin():
            return Endless(found.family)
        return self.changed(found, *move_drawn(chance, SHARES))


@dataclass(frozen=True)
class CountableUnit(CountableData):
    """Numbers in (0, 1], one for each of 1, 2, 3, ..., whatever their sum.

    A model with zeros off the support of the data is covered as well: put any such number for each zero, and no sum of
    p_i f(q_i) changes.
    """

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return EveryPart(Every(self.base[i] > 0)), EveryPart(Every(self.base[i] <= 1))

    def changed(self, of: Endless, source: int, target: int, share: Fraction) -> Endless:
        """The same, with 1 for an entry that is 0."""
        return Changed(of.family, source, target, share, Fraction(1))


def countable_data(base: Any) -> Variable:
    """A probability mass function on infinitely many letters that may vanish somewhere.

    Parameters
    ----------
    base : IndexedBase
        Its key.

    Returns
    -------
    Variable
        The family, with its hypotheses: at every size n of the alphabet, and of the supremum of its sums.

    Examples
    --------
    >>> from focal_symbolic.claims import countable_data
    >>> from focal_symbolic.definitions import p
    >>> print(countable_data(p).words)
    ∀n: ∀i: pᵢ ≥ 0,  sup(∑ᵢ pᵢ) = 1
    """
    return CountableData(base)


def countable_unit(base: Any) -> Variable:
    """Numbers in (0, 1] for infinitely many letters, whatever their sum.

    Parameters
    ----------
    base : IndexedBase
        Their key.

    Returns
    -------
    Variable
        The family, with its hypotheses, at every size n of the alphabet.

    Examples
    --------
    >>> from focal_symbolic.claims import countable_unit
    >>> from focal_symbolic.language import array
    >>> print(countable_unit(array("r")).words)
    ∀n: ∀i: rᵢ > 0,  ∀n: ∀i: rᵢ ≤ 1
    """
    return CountableUnit(base)
