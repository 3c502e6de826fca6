"""What a kind of variable says of itself: its names and hypotheses, its hard cases, how it is drawn, and its words.

A kind is one file here: a frozen dataclass below `Variable`, the function by which pages write it, and a line in `__init__.py`.
Nothing else knows the kinds apart.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from sympy import Expr, IndexedBase, Rational, Symbol
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate import Environment
from focal_symbolic.claims.printing import line

if TYPE_CHECKING:  # it imports Hypothesis, which a start without it is quicker for
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["GAMMAS", "MANY", "Case", "Determined", "Family", "Interval", "Masses", "Start", "Variable", "label", "rational"]

Masses = tuple[Fraction, ...]
Interval = tuple[Symbol, Expr, Expr]
"""A number with the ends of an interval."""

GAMMAS = tuple(map(Fraction, ("2", "1/2", "5", "1", "3/10", "100", "1e-8", "1e4", "0")))
"""Focusing parameters; the first are those that large alphabets are given."""
MANY = 160
"""How many hard cases a claim has where only its numbers vary."""


@dataclass(frozen=True, eq=False)
class Start:
    """An alphabet on which hard cases are made: its label, its masses, and how many cases (None: by its size)."""

    label: str
    masses: Masses
    cases: int | None = None

    @cached_property
    def ranked(self) -> tuple[int, ...]:
        """The letters, counted from 1, the rarest first."""
        return tuple(sorted(range(1, len(self.masses) + 1), key=lambda letter: self.masses[letter - 1]))


@dataclass
class Case:
    """A case in the making, for a variable to find its value in.

    variables: all of the claim, each after those that it is made from; start: the alphabet that a hard case is made on;
    gammas: the least and the greatest focusing parameter of a random case.
    """

    environment: Environment
    variables: tuple[Variable, ...]
    start: Start = Start("", ())
    gammas: tuple[Fraction, Fraction] = (min(filter(None, GAMMAS)), max(GAMMAS))

    def before(self, variable: Variable) -> tuple[Variable, ...]:
        """The variables that have their values when this one is given its own."""
        return self.variables[: self.variables.index(variable)]


class Variable(ABC):
    """A variable of a claim.

    A value goes the same way everywhere: `options` are the hard ones and `drawn` is a random one; `put` enters either into
    the environment. What is said of most kinds is said here.
    """

    least_letters: ClassVar[int] = 0
    """How many letters there have to be; 0 if it needs no alphabet."""
    dear: ClassVar[bool] = False
    """Whether its values take so long that all claims with it are best looked at in one process, which keeps them."""

    # -- what it is --

    @property
    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """The names that it gives values to."""

    @property
    def needs(self) -> frozenset[str]:
        """The names of what it is made from."""
        return frozenset()

    @property
    @abstractmethod
    def assumptions(self) -> tuple[Boolean, ...]:
        """Its hypotheses."""

    @property
    def letters(self) -> frozenset[Symbol]:
        """The indices among its names: each stands for one letter of the case."""
        return frozenset()

    @property
    def witness(self) -> dict[Symbol, Expr]:
        """The exact value that the claim asserts something of, if it is such a number."""
        return {}

    # -- its values --

    @abstractmethod
    def options(self, case: Case) -> Sequence[Any]:
        """Its hard values in a case, the most telling first; none if it has none there."""

    @abstractmethod
    def drawn(self, chance: Chance, case: Case) -> Any:
        """A random value in a case."""

    @abstractmethod
    def put(self, environment: Environment, value: Any) -> None:
        """Enter a value into the environment."""

    def starts(self, usual: list[Start]) -> list[Start]:
        """The alphabets on which hard cases are made: the usual ones, or what it makes of them."""
        return usual

    @property
    def size(self) -> int | None:
        """How many letters there are, where it says so."""
        return None

    @property
    def exact(self) -> frozenset[str]:
        """The families that have to stay as they are drawn; others may be replaced by computed ones."""
        return frozenset()

    @property
    def like(self) -> Hashable:
        """What is equal for numbers or letters of which each may have the value of another; None if it may not."""
        return None

    # -- its words --

    @property
    def box(self) -> Interval | None:
        """The interval on which balls cover it unless a page says another, if it can be covered."""
        return None

    @property
    def words(self) -> str:
        """Its line in a page."""
        return ",  ".join(map(line, self.assumptions))


class Determined(Variable):
    """A variable that is what others make it: None stands for its one value, where it has one."""

    def options(self, case: Case) -> Sequence[None]:
        return [None]

    def drawn(self, chance: Chance, case: Case) -> None:
        chance.unless(not self.options(case))


@dataclass(frozen=True)
class Family(Variable):
    """A variable that is a family: its value is a number for each letter."""

    least_letters: ClassVar[int] = 1
    base: IndexedBase

    @property
    def names(self) -> tuple[str, ...]:
        return (label(self.base),)

    def put(self, environment: Environment, value: Masses) -> None:
        environment.families[label(self.base)] = value


def label(base: IndexedBase) -> str:
    """The name of a family."""
    return str(base.name)


def rational(value: Fraction) -> Rational:
    """An exact number of SymPy."""
    return Rational(value.numerator, value.denominator)
