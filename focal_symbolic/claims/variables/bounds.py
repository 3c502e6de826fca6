"""Numbers that bound the entries of families, from below and from above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq
from sympy import IndexedBase, Symbol
from sympy.core.relational import Gt, Le
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate import Endless, Environment
from focal_symbolic.claims.variables.kind import Case, Variable, label
from focal_symbolic.language import Every, EveryPart, i
from focal_symbolic.numbers.balls import precision, to_fraction

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Ceiling", "Lower", "Peak", "Upper", "above", "below", "ceiling", "peak"]

Bound = Fraction | tuple[str, int]
"""A number, or an entry: (family, letter)."""
CLEAR = 1 - Fraction(1, 2**64)
"""What is less by this factor than an end of a ball of 256 bits is less than the number in it."""


@dataclass(frozen=True)
class _Bound(Variable):
    """A number beyond all entries of some families, or the extreme entry itself."""

    symbol: Symbol
    bases: tuple[IndexedBase, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.symbol.name,)

    @cached_property
    def needs(self) -> frozenset[str]:
        return frozenset(map(label, self.bases))

    def drawn(self, chance: Chance, case: Case) -> Bound:
        options: Sequence[Bound] = self.options(case)
        return chance.one_of(options)

    def put(self, environment: Environment, value: Bound) -> None:
        if isinstance(value, tuple):
            environment.entries[self.symbol.name] = value
        else:
            environment.numbers[self.symbol.name] = value

    def extreme(self, environment: Environment, largest: bool) -> tuple[list[Bound], Fraction]:
        """The extreme entry, as a number if it is exact, and a number no further inside; balls may not tell which it is."""
        family, letter, sure = _extreme(environment, [label(base) for base in self.bases], largest)
        with precision(256):
            entry = environment.view(256, 50).families[family][letter - 1]
            if type(entry) is fmpq:
                return [to_fraction(entry)], to_fraction(entry)
            wide = entry if type(entry) is arb else entry.q
            return [(family, letter)] if sure else [], to_fraction(wide.upper() if largest else wide.lower())


@dataclass(frozen=True)
class Lower(_Bound):
    """A positive number that bounds the entries of some families from below."""

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return Gt(self.symbol, 0), *(Every(Le(self.symbol, base[i])) for base in self.bases)

    def options(self, case: Case) -> Sequence[Bound]:
        exact, outer = self.extreme(case.environment, largest=False)
        return [*exact, outer / 2, outer / 10**6] if outer > 0 else []


@dataclass(frozen=True)
class Upper(_Bound):
    """A number that bounds the entries of some families from above."""

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return tuple(Every(Le(base[i], self.symbol)) for base in self.bases)

    def options(self, case: Case) -> Sequence[Bound]:
        exact, outer = self.extreme(case.environment, largest=True)
        return list(dict.fromkeys([*exact, (outer + 1) / 2, Fraction(1)]))


@dataclass(frozen=True)
class Ceiling(_Bound):
    """A number that bounds the entries of a family without end from above, at every size of the alphabet."""

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return tuple(EveryPart(Every(Le(base[i], self.symbol))) for base in self.bases)

    def options(self, case: Case) -> Sequence[Bound]:
        """The largest of the first entries where no later entry can exceed it, and larger numbers."""
        environment = case.environment
        exact, outer = self.extreme(environment, largest=True)
        later = Fraction(0)
        for base in self.bases:
            endless = environment.endless[label(base)]
            if not isinstance(endless, Endless):
                return []
            with precision(256):
                later = max(later, to_fraction(endless.largest(environment.size + 1)))
        most = max(outer, later)
        more = [most + (1 - most) * share for share in (Fraction(1, 2), Fraction(1, 1000))]
        return [*(exact if later < outer * CLEAR else []), *more, Fraction(1)]


@dataclass(frozen=True)
class Peak(Ceiling):
    """A letter of a family without end of which no other letter has more, and what it has."""

    letter: Symbol

    @property
    def names(self) -> tuple[str, ...]:
        return self.letter.name, self.symbol.name

    @property
    def letters(self) -> frozenset[Symbol]:
        return frozenset({self.letter})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        (base,) = self.bases
        return *super().assumptions, Le(self.symbol, base[self.letter])

    def options(self, case: Case) -> Sequence[Bound]:
        """That letter, where it is among the first and balls tell."""
        return [option for option in super().options(case) if isinstance(option, tuple)]

    def put(self, environment: Environment, value: Bound) -> None:
        super().put(environment, value)
        if isinstance(value, tuple):
            environment.letters[self.letter.name] = value[1]


def _extreme(environment: Environment, families: Sequence[str], largest: bool) -> tuple[str, int, bool]:
    """The family and letter with the largest or smallest entry, the first of ties; and whether balls tell that it is."""
    for bits in (256, 1024):
        with precision(bits):
            view = environment.view(bits, 50)
            places = [(name, letter) for name in families for letter in range(len(view.families[name]))]
            best, sure = places[0], True
            for place in places[1:]:
                order, _ = view.order(view.families[best[0]][best[1]], view.families[place[0]][place[1]])
                sure = sure and order != 0
                if order == (1 if largest else -1):
                    best = place
            if sure:
                break
    return best[0], best[1] + 1, sure


def below(*families: Any) -> Callable[[Any], Variable]:
    """A positive number that no entry of the families falls short of.

    Parameters
    ----------
    *families : IndexedBase
        The families that it bounds.

    Returns
    -------
    callable
        The kind, to be given its key, a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import below
    >>> from focal_symbolic.definitions import p
    >>> from focal_symbolic.language import real
    >>> print(below(p)(real("m")).words)
    m > 0,  ∀i: m ≤ pᵢ
    """
    return lambda symbol: Lower(symbol, families)


def above(*families: Any) -> Callable[[Any], Variable]:
    """A number that no entry of the families exceeds.

    Parameters
    ----------
    *families : IndexedBase
        The families that it bounds.

    Returns
    -------
    callable
        The kind, to be given its key, a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import above
    >>> from focal_symbolic.definitions import p
    >>> from focal_symbolic.language import real
    >>> print(above(p)(real("m")).words)
    ∀i: pᵢ ≤ m
    """
    return lambda symbol: Upper(symbol, families)


def ceiling(*families: Any) -> Callable[[Any], Variable]:
    """A number that no entry of the families without end exceeds, at any size of the alphabet.

    Parameters
    ----------
    *families : IndexedBase
        The families that it bounds.

    Returns
    -------
    callable
        The kind, to be given its key, a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import ceiling
    >>> from focal_symbolic.definitions import p
    >>> from focal_symbolic.language import real
    >>> print(ceiling(p)(real("m")).words)
    ∀n: ∀i: pᵢ ≤ m
    """
    return lambda symbol: Ceiling(symbol, families)


def peak(p: Any) -> Callable[[Any], Variable]:
    """A letter of which no other of a family without end has more, and a number, what it has, under the key (j, m).

    Parameters
    ----------
    p : IndexedBase
        The family.

    Returns
    -------
    callable
        The kind, to be given its key, a letter and a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import peak
    >>> from focal_symbolic.definitions import p
    >>> from focal_symbolic.language import j, real
    >>> print(peak(p)((j, real("m"))).words)
    ∀n: ∀i: pᵢ ≤ m,  m ≤ pⱼ
    """
    return lambda key: Peak(key[1], (p,), key[0])
