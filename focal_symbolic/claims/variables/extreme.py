"""A letter that is a rarest or a commonest one of a pmf."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from sympy import IndexedBase, Symbol
from sympy.core.relational import Le
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate import Environment
from focal_symbolic.claims.printing import line
from focal_symbolic.claims.variables.kind import Case, Masses, Start, Variable, label
from focal_symbolic.claims.variables.optimum import OptimumRoot
from focal_symbolic.language import Every, i

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Extreme", "commonest", "rarest"]


def _shares(*weights: int) -> Masses:
    return tuple(Fraction(weight, sum(weights)) for weight in weights)


_LOW = (
    Start("twelve, one a little above", _shares(13, *[12] * 11), 12),
    Start("twenty, ties at the top", _shares(*[9] * 5, *[8] * 15), 12),
    Start("forty, one rare", _shares(1, *[10**20] * 39), 12),
)


@dataclass(frozen=True)
class Extreme(Variable):
    """A letter than which none is rarer, or than which none is commoner; any of those tied."""

    least_letters: ClassVar[int] = 1
    index: Symbol
    base: IndexedBase
    most: bool

    @property
    def names(self) -> tuple[str, ...]:
        return (self.index.name,)

    @property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.base)})

    @property
    def exact(self) -> frozenset[str]:
        return frozenset({label(self.base)})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        own, other = self.base[self.index], self.base[i]
        return (Every(Le(other, own) if self.most else Le(own, other)),)

    @property
    def letters(self) -> frozenset[Symbol]:
        return frozenset({self.index})

    def starts(self, usual: list[Start]) -> list[Start]:
        """For a commonest letter some alphabets in which even that is rare, as it is in few of the others."""
        return [*usual, *(start for start in _LOW if self.most and start not in usual)]

    def options(self, case: Case) -> Sequence[int]:
        """The letters that are tied, those not yet taken first."""
        masses = self._masses(case.environment)
        extreme = max(masses) if self.most else min(masses)
        taken = set(case.environment.letters.values())
        return sorted((letter for letter, mass in enumerate(masses, 1) if mass == extreme), key=lambda letter: letter in taken)

    def _masses(self, environment: Environment) -> Masses:
        """Masses in the same order: those of the family or, of a minimizer that is known by its equations alone, its data's."""
        name = label(self.base)
        if name in environment.families:
            return environment.families[name]
        return next(root.p for root in environment.roots if isinstance(root, OptimumRoot) and root.q == name)

    def drawn(self, chance: Chance, case: Case) -> int:
        return chance.one_of(self.options(case))

    def put(self, environment: Environment, value: int) -> None:
        environment.letters[self.index.name] = value

    @property
    def words(self) -> str:
        return f"{line(self.index)} a {'commonest' if self.most else 'rarest'} letter of {line(self.base)}"


def rarest(p: Any) -> Callable[[Any], Variable]:
    """A letter than which none is rarer.

    Parameters
    ----------
    p : IndexedBase
        The pmf.

    Returns
    -------
    callable
        The kind, to be given its key, a letter.

    Examples
    --------
    >>> from focal_symbolic.claims import rarest
    >>> from focal_symbolic.definitions import p
    >>> from focal_symbolic.language import j
    >>> print(rarest(p)(j).words)
    j a rarest letter of p
    """
    return lambda index: Extreme(index, p, most=False)


def commonest(p: Any) -> Callable[[Any], Variable]:
    """A letter than which none is commoner.

    Parameters
    ----------
    p : IndexedBase
        The pmf.

    Returns
    -------
    callable
        The kind, to be given its key, a letter.

    Examples
    --------
    >>> from focal_symbolic.claims import commonest
    >>> from focal_symbolic.definitions import p
    >>> from focal_symbolic.language import j
    >>> print(commonest(p)(j).words)
    j a commonest letter of p
    """
    return lambda index: Extreme(index, p, most=True)
