"""The pmf of a witness, with two values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import Expr, Rational, Symbol
from sympy.core.relational import Eq
from sympy.logic.boolalg import Boolean, Or

from focal_symbolic.claims.evaluate import Environment
from focal_symbolic.claims.printing import line
from focal_symbolic.claims.variables.kind import MANY, Case, Family, Masses, Start, Variable, label
from focal_symbolic.claims.variables.pmf import Pmf
from focal_symbolic.language import Every, i, n

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Levels", "levels"]


@dataclass(frozen=True)
class Levels(Family):
    """The pmf of a witness: `levels` are (how many letters, weight) from the first letter on, two of them.

    `at`: one letter of each level. The fuzz changes each weight by a thousandth at most.
    """

    levels: tuple[tuple[int, int], tuple[int, int]]
    at: tuple[Symbol, Symbol]

    @property
    def names(self) -> tuple[str, ...]:
        return (label(self.base), *(letter.name for letter in self.at))

    @property
    def size(self) -> int:
        return sum(count for count, _ in self.levels)

    @property
    def values(self) -> tuple[Expr, ...]:
        """The probability of a letter, level by level."""
        whole = sum(count * weight for count, weight in self.levels)
        return tuple(Rational(weight, whole) for _, weight in self.levels)

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        at = self.base[i]
        own = (Eq(self.base[letter], value) for letter, value in zip(self.at, self.values, strict=True))
        levels = Every(Or(*(Eq(at, value) for value in self.values)))
        return *Pmf(self.base).assumptions, Eq(n, self.size), levels, *own

    @property
    def letters(self) -> frozenset[Symbol]:
        return frozenset(self.at)

    @property
    def exact(self) -> frozenset[str]:
        return frozenset({label(self.base)})

    def masses(self, factors: Sequence[Fraction] = (Fraction(1),) * 2) -> Masses:
        """The pmf, the weight of each level times its factor."""
        parts = [(count, weight * factor) for (count, weight), factor in zip(self.levels, factors, strict=True)]
        whole = sum(count * weight for count, weight in parts)
        return tuple(mass for count, weight in parts for mass in [weight / whole] * count)

    def starts(self, usual: list[Start]) -> list[Start]:
        return [Start("", self.masses(), MANY)]

    def options(self, case: Case) -> Sequence[Masses]:
        return [self.masses()]

    def drawn(self, chance: Chance, case: Case) -> Masses:
        return self.masses([1 + Fraction(chance.integer(-100, 100), 10**5) for _ in self.levels])

    def put(self, environment: Environment, value: Masses) -> None:
        super().put(environment, value)
        for letter, place in zip(self.at, (1, environment.size), strict=True):
            environment.letters[letter.name] = place

    @property
    def words(self) -> str:
        levels = zip(self.levels, self.values, self.at, strict=True)
        parts = (
            f"{count} letter{'' if count == 1 else 's'} of {line(value)} ({line(at)} is one of them)"
            for (count, _), value, at in levels
        )
        return f"{line(self.base)}: {' and '.join(parts)}"


def levels(first: tuple[int, int], second: tuple[int, int], at: tuple[Any, Any]) -> Callable[[Any], Variable]:
    """The pmf of a witness with two values.

    Parameters
    ----------
    first, second : pair of int
        How many letters, and the weight of each.
    at : pair of Symbol
        A letter of each.

    Returns
    -------
    callable
        The kind, to be given its key, an IndexedBase.

    Examples
    --------
    >>> from focal_symbolic.claims import levels
    >>> from focal_symbolic.definitions import p
    >>> from focal_symbolic.language import j, k
    >>> print(levels((8, 100), (800, 1), (j, k))(p).words)
    p: 8 letters of 1/16 (j is one of them) and 800 letters of 1/1600 (k is one of them)
    """
    return lambda base: Levels(base, (first, second), at)
