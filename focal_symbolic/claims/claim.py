"""Claims: what is asserted, over which variables, and the nearby falsehood that every check must refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from sympy import Expr, Rational, Symbol, latex
from sympy.logic.boolalg import And, Boolean

from focal_symbolic.claims.variables.kind import Interval, Variable
from focal_symbolic.language import substitute

__all__ = ["Boxes", "Claim", "Draws", "HardSet", "Kind", "Result", "Source", "Twin"]

Kind = Literal["universal", "witness", "limit", "open"]
Source = Literal["paper", "own"]


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

    @cached_property
    def assumptions(self) -> tuple[Boolean, ...]:
        """All hypotheses: those of the variables, then `where`."""
        return tuple(a for variable in self.variables for a in variable.assumptions) + self.where

    @property
    def witness(self) -> dict[Symbol, Expr]:
        """The exact values of the numbers at which a witness sits."""
        return {symbol: value for variable in self.variables for symbol, value in variable.witness.items()}

    @property
    def letters(self) -> frozenset[Symbol]:
        """The indices that stand for letters of the case; any other free index ranges over the alphabet."""
        return frozenset[Symbol]().union(*(variable.letters for variable in self.variables))

    @property
    def proposition(self) -> Boolean:
        """What the derivation proves: the goal, at the witness if there is one."""
        return substitute(self.goal, self.witness)

    @property
    def latex(self) -> str:
        """The hypotheses and the goal in LaTeX."""
        goal = latex(self.proposition)
        return rf"{latex(And(*self.assumptions, evaluate=False))} \;\Rightarrow\; {goal}" if self.assumptions else goal


@dataclass(frozen=True)
class Boxes:
    """Precision by covering: the goal is decided by balls on the whole of a compact box, one interval for each number.

    A box is cut until every piece is decided; the intervals may be given as exact numbers near 0 and 1.
    """

    intervals: tuple[Interval, ...]


@dataclass(frozen=True)
class HardSet:
    """Precision by hard cases: the goal at `dps` digits on the fixed hard distributions, by balls and in floating point."""


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
        """The name of the claim."""
        return self.claim.name

    @property
    def shows(self) -> Boolean:
        """The goal."""
        return self.claim.goal

    @cached_property
    def falsehood(self) -> Claim:
        """The twin, as a claim of its own: another goal, or other variables."""
        return replace(
            self.claim,
            name=f"{self.claim.name} (twin)",
            statement=self.twin.statement,
            goal=self.claim.goal if self.twin.goal is None else self.twin.goal,
            variables=self.claim.variables if self.twin.variables is None else self.twin.variables,
        )
