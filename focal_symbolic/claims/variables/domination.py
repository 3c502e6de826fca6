"""Families without end that another bounds, up to a factor: data from above, models from below."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sympy import IndexedBase, Symbol
from sympy.core.relational import Ge, Gt, Le
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate import Changed, Endless, Environment
from focal_symbolic.claims.variables.countable import put_endless
from focal_symbolic.claims.variables.countable_data import move_drawn
from focal_symbolic.claims.variables.kind import Case, Variable, label
from focal_symbolic.language import Every, EveryPart, i
from focal_symbolic.numbers.balls import precision, to_fraction
from focal_symbolic.numbers.countable.families import Geometric

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["AtLeast", "AtMost", "at_least", "at_most"]

MOVES = ((7, 8, Fraction(999, 1000)), (1, 2, Fraction(1, 10**6)), (2, 1, Fraction(1, 2)), (1, 3, Fraction(999, 1000)))
"""Hard changes: beyond the letters that are looked at, and among them."""
ROOM = Fraction(999, 1000)
"""A factor that leaves some room: where there is none, and two sides are the same sum, no ball decides."""
SHARES = tuple(map(Fraction, ("1/2", "1/1000", "1/1000000000", "9/10")))


class Within(NamedTuple):
    """A family that another bounds, and the factor."""

    family: Endless
    factor: Fraction


@dataclass(frozen=True)
class _Domination(Variable):
    """Some families, each bounded by the same one but for one factor."""

    least_letters: ClassVar[int] = 1
    bases: tuple[IndexedBase, ...]
    factor: Symbol
    by: IndexedBase

    @property
    def names(self) -> tuple[str, ...]:
        return *map(label, self.bases), self.factor.name

    @property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.by)})

    @abstractmethod
    def bounded(self, of: Endless, family: Endless) -> Within:
        """The family with its factor; it differs from the first at few letters, or is geometric where that is."""

    @abstractmethod
    def worse(self, factors: Sequence[Fraction]) -> Fraction:
        """The factor for all."""

    def _given(self, case: Case) -> Endless | None:
        found = case.environment.endless[label(self.by)]
        return found if isinstance(found, Endless) else None

    def options(self, case: Case) -> Sequence[tuple[Within, ...]]:
        """The family itself for all, and others near it for each but the first."""
        given = self._given(case)
        if given is None:
            return []
        own = self.bounded(given, given)
        near = [] if given.changed else [self.bounded(given, Changed(given.family, *move)) for move in MOVES]
        return [(own,) * (len(self.bases) - 1) + (other,) for other in (*near, own)]

    def drawn(self, chance: Chance, case: Case) -> tuple[Within, ...]:
        given = self._given(case)
        if given is None:
            chance.drop()
        return tuple(self._one(chance, given) for _ in self.bases)

    def _one(self, chance: Chance, given: Endless) -> Within:
        style = chance.integer(0, 3)
        if given.changed or style == 0:
            return self.bounded(given, given)
        if style == 1 and isinstance(given.family, Geometric):
            return self.bounded(given, self.geometric(given.family, Fraction(chance.integer(1, 9), 10)))
        return self.bounded(given, Changed(given.family, *move_drawn(chance, SHARES)))

    @abstractmethod
    def geometric(self, family: Geometric, share: Fraction) -> Endless:
        """A geometric distribution that the given one bounds."""

    def put(self, environment: Environment, value: tuple[Within, ...]) -> None:
        for base, one in zip(self.bases, value, strict=True):
            put_endless(environment, label(base), one.family)
        environment.numbers[self.factor.name] = self.worse([one.factor for one in value])


def _ratios(of: Endless, family: Endless) -> list[Fraction]:
    """What the entries are over those of the other: exact, or the ends of a ball; 1 at all letters but few.

    Two geometric distributions have the largest or the smallest at the first letter, whichever the caller asks for.
    """
    if of == family:
        return [Fraction(1)]
    if isinstance(of.family, Geometric) and isinstance(family.family, Geometric) and family.family.chance != of.family.chance:
        return [family.family.chance / of.family.chance]
    with precision(128):
        found = [family.entry(letter).q / of.entry(letter).q for letter in family.changed]
        return [Fraction(1), *(to_fraction(end) for one in found for end in (one.lower(), one.upper()))]


@dataclass(frozen=True)
class AtMost(_Domination):
    """Numbers of at least 0, and at most a factor times the data."""

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        bounds = ((Ge(base[i], 0), Le(base[i], self.factor * self.by[i])) for base in self.bases)
        return Ge(self.factor, 0), *(EveryPart(Every(bound)) for pair in bounds for bound in pair)

    def bounded(self, of: Endless, family: Endless) -> Within:
        return Within(family, max(_ratios(of, family)))

    def geometric(self, family: Geometric, share: Fraction) -> Endless:
        return Endless(Geometric(1 - (1 - family.chance) * share))

    def worse(self, factors: Sequence[Fraction]) -> Fraction:
        return max(factors)


@dataclass(frozen=True)
class AtLeast(_Domination):
    """Numbers of at most 1, and at least a factor in (0, 1] times the model."""

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        bounds = ((Le(self.factor * self.by[i], base[i]), Le(base[i], 1)) for base in self.bases)
        return Gt(self.factor, 0), Le(self.factor, 1), *(EveryPart(Every(bound)) for pair in bounds for bound in pair)

    def bounded(self, of: Endless, family: Endless) -> Within:
        return Within(family, min(_ratios(of, family)))

    def geometric(self, family: Geometric, share: Fraction) -> Endless:
        return Endless(Geometric(family.chance * share))

    def worse(self, factors: Sequence[Fraction]) -> Fraction:
        return min(factors) * ROOM


def at_most(p: Any) -> Callable[[Any], Variable]:
    """Families without end of numbers from 0 to a factor times p, under the key (s, ..., factor).

    Parameters
    ----------
    p : IndexedBase
        The family that bounds them.

    Returns
    -------
    callable
        The kind, to be given its key, some IndexedBase and a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import at_most
    >>> from focal_symbolic.definitions import p
    >>> from focal_symbolic.language import array, real
    >>> print(at_most(p)((array("s"), real("C"))).words)
    C ≥ 0,  ∀n: ∀i: sᵢ ≥ 0,  ∀n: ∀i: sᵢ ≤ C·pᵢ
    """
    return lambda key: AtMost(tuple(key[:-1]), key[-1], p)


def at_least(q: Any) -> Callable[[Any], Variable]:
    """Families without end of numbers from a factor in (0, 1] times q to 1, under the key (r, ..., factor).

    Parameters
    ----------
    q : IndexedBase
        The family that bounds them.

    Returns
    -------
    callable
        The kind, to be given its key, some IndexedBase and a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import at_least
    >>> from focal_symbolic.definitions import q
    >>> from focal_symbolic.language import array, real
    >>> print(at_least(q)((array("r"), real("c"))).words)
    c > 0,  c ≤ 1,  ∀n: ∀i: c·qᵢ ≤ rᵢ,  ∀n: ∀i: rᵢ ≤ 1
    """
    return lambda key: AtLeast(tuple(key[:-1]), key[-1], q)
