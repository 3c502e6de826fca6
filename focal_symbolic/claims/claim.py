"""Claims: what is asserted, over which variables, and the nearby falsehood that every check must refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from sympy import Expr, IndexedBase, Rational, Symbol, latex, oo, sympify
from sympy.core.relational import Eq, Ge, Gt, Le, Lt
from sympy.logic.boolalg import And, Boolean, Or

from focal_symbolic import definitions
from focal_symbolic.language import Bijection, Every, i, mass, n, substitute, total

__all__ = [
    "Boxes",
    "Claim",
    "Draws",
    "HardSet",
    "Kind",
    "Letter",
    "Levels",
    "Lower",
    "Mixture",
    "Near",
    "Number",
    "Optimum",
    "Permutation",
    "Pmf",
    "Result",
    "Source",
    "Subpmf",
    "Twin",
    "Upper",
    "Variable",
]

Kind = Literal["universal", "witness", "limit", "open"]
Source = Literal["paper", "own"]


@dataclass(frozen=True)
class Number:
    """A real variable in an interval."""

    symbol: Symbol
    low: Expr = -oo
    high: Expr = oo
    low_open: bool = False
    high_open: bool = False

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        low, high = sympify(self.low), sympify(self.high)
        bounds = []
        if low != -oo:
            bounds.append((Gt if self.low_open else Ge)(self.symbol, low))
        if high != oo:
            bounds.append((Lt if self.high_open else Le)(self.symbol, high))
        return tuple(bounds)


@dataclass(frozen=True)
class Pmf:
    """A probability mass function; `positive` when the alphabet is its support."""

    base: IndexedBase
    positive: bool = True

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        at = self.base[i]
        return Every((Gt if self.positive else Ge)(at, 0)), Every(at <= 1), mass(self.base)


@dataclass(frozen=True)
class Levels:
    """The pmf of a witness: `levels` are (how many letters, weight) from the first letter on, two of them.

    `letters`: one letter of each level. The fuzz changes each weight by a thousandth at most.
    """

    base: IndexedBase
    levels: tuple[tuple[int, int], tuple[int, int]]
    letters: tuple[Symbol, Symbol]

    @property
    def size(self) -> int:
        """How many letters there are."""
        return sum(count for count, _ in self.levels)

    @property
    def values(self) -> tuple[Expr, ...]:
        """The probability of a letter, level by level."""
        whole = sum(count * weight for count, weight in self.levels)
        return tuple(Rational(weight, whole) for _, weight in self.levels)

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        at = self.base[i]
        own = (Eq(self.base[letter], value) for letter, value in zip(self.letters, self.values, strict=True))
        levels = Every(Or(*(Eq(at, value) for value in self.values)))
        return *Pmf(self.base).assumptions, Eq(n, self.size), levels, *own


@dataclass(frozen=True)
class Subpmf:
    """Positive masses whose sum is at most 1: what a model leaves on the support of the data."""

    base: IndexedBase

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        at = self.base[i]
        return Every(at > 0), Every(at <= 1), Le(total(at), 1)


@dataclass(frozen=True)
class Optimum:
    """The pmf q and the multiplier that satisfy p_x phi(q_x) = multiplier: the minimizer, by the claims of uniqueness.

    It needs two letters at least: 0 < q_x < 1.
    """

    q: IndexedBase
    multiplier: Symbol
    p: IndexedBase
    gamma: Expr

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        q = self.q[i]
        return (
            Every(q > 0),
            Every(q < 1),
            mass(self.q),
            Every(Eq(self.p[i] * definitions.slope(q, self.gamma), self.multiplier)),
        )


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet, distinct from those drawn before it where there are enough."""

    index: Symbol

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return ()


@dataclass(frozen=True)
class Lower:
    """A positive number below 1 that bounds the entries of some families from below."""

    symbol: Symbol
    bases: tuple[IndexedBase, ...]

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return Gt(self.symbol, 0), Lt(self.symbol, 1), *(Every(Le(self.symbol, base[i])) for base in self.bases)


@dataclass(frozen=True)
class Upper:
    """A number, at most 1, that bounds the entries of some families from above."""

    symbol: Symbol
    bases: tuple[IndexedBase, ...]

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return Le(self.symbol, 1), *(Every(Le(base[i], self.symbol)) for base in self.bases)


@dataclass(frozen=True)
class Mixture:
    """The family (1 - weight) * first + weight * second, the second relabelled by the bijection `moved` if there is one."""

    base: IndexedBase
    first: IndexedBase
    second: IndexedBase
    weight: Symbol
    moved: IndexedBase | None = None

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        at = i if self.moved is None else self.moved[i]
        mixed = (1 - self.weight) * self.first[i] + self.weight * self.second[at]
        return (Every(Eq(self.base[i], mixed)),)


@dataclass(frozen=True)
class Permutation:
    """A bijection of the alphabet, as a family of letters."""

    base: IndexedBase

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return (Bijection(self.base),)


@dataclass(frozen=True)
class Near:
    """A number at which a witness sits; the fuzz moves it by at most `radius`."""

    symbol: Symbol
    value: Expr
    radius: Expr

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return ()


Variable = Number | Pmf | Levels | Subpmf | Optimum | Letter | Lower | Upper | Mixture | Permutation | Near
OfKind = TypeVar("OfKind", bound=Variable)


@dataclass(frozen=True)
class Twin:
    """A false statement near a claim: another goal, or the same goal over wider variables."""

    statement: str
    goal: Boolean | None = None
    variables: tuple[Variable, ...] | None = None


@dataclass(frozen=True)
class Claim:
    """A statement with its source, its variables and its goal.

    name: `file/part`; `statement`: one plain sentence; `source`: "paper" (`reference` is the phrase of the abstract that it
    answers to) or "own"; `where`: hypotheses beyond those of the variables; `goal`: the SymPy Boolean that the derivation
    ends in, that balls enclose and that the fuzz evaluates.
    """

    name: str
    statement: str
    source: Source
    reference: str
    variables: tuple[Variable, ...]
    goal: Boolean
    kind: Kind = "universal"
    where: tuple[Boolean, ...] = ()

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        """All hypotheses: those of the variables, then `where`."""
        return tuple(a for variable in self.variables for a in variable.assumptions) + self.where

    @property
    def witness(self) -> dict[Symbol, Expr]:
        """The exact values of the numbers at which a witness sits."""
        return {v.symbol: sympify(v.value) for v in self.variables if isinstance(v, Near)}

    @property
    def letters(self) -> frozenset[Symbol]:
        """The indices that stand for letters of the case; any other free index ranges over the alphabet."""
        chosen = {variable.index for variable in self.of(Letter)}
        return frozenset(chosen.union(*(variable.letters for variable in self.of(Levels))))

    @property
    def proposition(self) -> Boolean:
        """What the derivation proves: the goal, at the witness if there is one."""
        return substitute(self.goal, self.witness)

    @property
    def latex(self) -> str:
        """The hypotheses and the goal in LaTeX."""
        goal = latex(self.proposition)
        return rf"{latex(And(*self.assumptions, evaluate=False))} \;\Rightarrow\; {goal}" if self.assumptions else goal

    def of(self, kind: type[OfKind]) -> Iterator[OfKind]:
        """The variables of one kind."""
        return (variable for variable in self.variables if isinstance(variable, kind))


@dataclass(frozen=True)
class Boxes:
    """Precision by covering: the goal is decided by balls on the whole of a compact box, one interval for each number.

    A box is cut until every piece is decided; the intervals may be given as exact numbers near 0 and 1.
    """

    intervals: tuple[tuple[Symbol, Expr, Expr], ...]


@dataclass(frozen=True)
class HardSet:
    """Precision by hard cases: the goal at `dps` digits on the fixed hard distributions, by balls and by mpmath."""


@dataclass(frozen=True)
class Draws:
    """Fuzz: random cases from the claim's variables; alphabets of at most `letters` letters, gamma in [low, high]."""

    letters: int = 6
    gamma: tuple[Expr, Expr] = (Rational(1, 10**8), Rational(10**4))


@dataclass(frozen=True)
class Result:
    """A claim with its proof, its other legs and its false twin: what `@theorem` makes of a function in a proof file.

    proof: writes the derivation, line by line, with the writer that it is given; `main`: the main theorem of its file.
    """

    claim: Claim
    proof: Callable[[Any], None]
    enclosure: Boxes | HardSet
    fuzz: Draws
    twin: Twin
    main: bool = False

    @property
    def name(self) -> str:
        return self.claim.name

    @property
    def shows(self) -> Boolean:
        """The goal."""
        return self.claim.goal

    @property
    def falsehood(self) -> Claim:
        """The twin, as a claim of its own: another goal, or other variables."""
        return replace(
            self.claim,
            name=f"{self.claim.name} (twin)",
            statement=self.twin.statement,
            goal=self.claim.goal if self.twin.goal is None else self.twin.goal,
            variables=self.claim.variables if self.twin.variables is None else self.twin.variables,
        )
