"""A letter that is a rarest or a commonest one of a pmf."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sympy import IndexedBase, Symbol
from sympy.core.relational import Le
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate import Environment
from focal_symbolic.claims.printing import line
from focal_symbolic.claims.variables.kind import Case, Variable, label
from focal_symbolic.language import Every, i

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Extreme", "commonest", "rarest"]


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

    def options(self, case: Case) -> Sequence[int]:
        """The letters that are tied, those not yet taken first."""
        masses = case.environment.families[label(self.base)]
        extreme = max(masses) if self.most else min(masses)
        taken = set(case.environment.letters.values())
        return sorted((letter for letter, mass in enumerate(masses, 1) if mass == extreme), key=lambda letter: letter in taken)

    def drawn(self, chance: Chance, case: Case) -> int:
        return chance.one_of(self.options(case))

    def put(self, environment: Environment, value: int) -> None:
        environment.letters[self.index.name] = value

    @property
    def words(self) -> str:
        return f"{line(self.index)} a {'commonest' if self.most else 'rarest'} letter of {line(self.base)}"


def rarest(p: Any) -> Callable[[Any], Variable]:
    """A letter than which none is rarer."""
    return lambda index: Extreme(index, p, most=False)


def commonest(p: Any) -> Callable[[Any], Variable]:
    """A letter than which none is commoner."""
    return lambda index: Extreme(index, p, most=True)
