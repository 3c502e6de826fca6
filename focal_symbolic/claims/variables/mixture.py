"""The mixture of two families."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from sympy import IndexedBase, Symbol
from sympy.core.relational import Eq
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate import BallView, Computed, Environment, Root, Value, exact_text
from focal_symbolic.claims.variables.kind import Determined, Masses, Variable, label
from focal_symbolic.language import Every, i
from focal_symbolic.numbers.balls import to_fmpq

__all__ = ["Mixture", "MixtureRoot", "mixture"]

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class MixtureRoot(Computed):
    """A mixture of two families of which one at least is computed; `places`: where the second stands, letter by letter."""

    name: str
    parts: tuple[tuple[str, Masses | Root], tuple[str, Masses | Root]]
    weight: Fraction
    places: tuple[int, ...]

    def computed(self, bits: int) -> dict[str, Value]:
        families = []
        for name, part in self.parts:
            families.append(tuple(map(to_fmpq, part)) if isinstance(part, tuple) else part.at(bits)[name])
        families[1] = _moved(families[1], self.places)
        view, weight = BallView({}, {}, {}, 15), to_fmpq(self.weight)
        mixed = (view.add([view.mul([1 - weight, a]), view.mul([weight, b])]) for a, b in zip(*families, strict=True))
        return {self.name: tuple(mixed)}

    def describe(self) -> dict[str, str]:
        (first, _), (second, _) = self.parts
        moved = "" if list(self.places) == sorted(self.places) else " relabelled"
        return {self.name: f"{exact_text(1 - self.weight)} {first} + {exact_text(self.weight)} {second}{moved}"}


@dataclass(frozen=True)
class Mixture(Determined):
    """The family (1 - weight) * first + weight * second, the second relabelled by the bijection `moved` if there is one."""

    base: IndexedBase
    first: IndexedBase
    second: IndexedBase
    weight: Symbol
    moved: IndexedBase | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (label(self.base),)

    @cached_property
    def needs(self) -> frozenset[str]:
        moved = () if self.moved is None else (label(self.moved),)
        return frozenset({label(self.first), label(self.second), self.weight.name, *moved})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        at = i if self.moved is None else self.moved[i]
        mixed = (1 - self.weight) * self.first[i] + self.weight * self.second[at]
        return (Every(Eq(self.base[i], mixed)),)

    @property
    def exact(self) -> frozenset[str]:
        return frozenset(map(label, (self.base, self.first, self.second)))

    def put(self, environment: Environment, value: None) -> None:
        """The mixture, exact if its parts are."""
        weight = environment.numbers[self.weight.name]
        parts = _part(environment, self.first), _part(environment, self.second)
        (_, first), (_, second) = parts
        plain = range(1, environment.size + 1)
        places = tuple(map(int, plain if self.moved is None else environment.families[label(self.moved)]))
        if isinstance(first, tuple) and isinstance(second, tuple):
            mixed = tuple((1 - weight) * a + weight * b for a, b in zip(first, _moved(second, places), strict=True))
            environment.families[label(self.base)] = mixed
        else:
            environment.roots += (MixtureRoot(label(self.base), parts, weight, places),)


def _moved(family: Sequence[Entry], places: Sequence[int]) -> tuple[Entry, ...]:
    """The family with its entry at places[x], counted from 1, at each letter x."""
    return tuple(family[place - 1] for place in places)


def _part(environment: Environment, base: IndexedBase) -> tuple[str, Masses | Root]:
    """A family with its name: its masses, or what computes them."""
    name = label(base)
    if name in environment.families:
        return name, environment.families[name]
    return name, next(root for root in environment.roots if name in root.describe())


def mixture(first: Any, second: Any, weight: Any, moved: Any = None) -> Callable[[Any], Variable]:
    """The family (1 - weight) first + weight second, the second relabelled by `moved` if that is given.

    Parameters
    ----------
    first, second : IndexedBase
        The families that are mixed.
    weight : Symbol
        How much of the second, in [0, 1].
    moved : IndexedBase, optional
        A bijection of the alphabet.

    Returns
    -------
    callable
        The kind, to be given its key, an IndexedBase.

    Examples
    --------
    >>> from focal_symbolic.claims import mixture
    >>> from focal_symbolic.definitions import p, q
    >>> from focal_symbolic.language import array, real
    >>> print(mixture(p, q, real("w"))(array("c")).words)
    ∀i: cᵢ = w·qᵢ + pᵢ·(1 − w)
    """
    return lambda base: Mixture(base, first, second, weight, moved)
