"""A probability mass function on infinitely many letters, and its minimizer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from flint import arb, fmpq
from sympy import Expr, IndexedBase, Symbol, sympify
from sympy.core.relational import Eq
from sympy.logic.boolalg import Boolean

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate import Computed, Endless, Environment, Minimized, Value
from focal_symbolic.claims.variables.kind import Case, Determined, Start, Variable, label
from focal_symbolic.claims.variables.optimum import focus_of
from focal_symbolic.language import Every, EveryPart, i, n, whole
from focal_symbolic.numbers.balls import Probability, ball, precision, to_fraction
from focal_symbolic.numbers.countable.borderline import Borderline
from focal_symbolic.numbers.countable.families import Family, Geometric, Poisson, Zeta
from focal_symbolic.numbers.formulas import log_slope

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["CountableOptimum", "CountablePmf", "LowPrice", "countable", "countable_optimum", "low_price"]

STARTS = [
    Start(f"the first {size} letters", tuple(Fraction(1, 2**k) for k in range(1, size + 1)), cases)
    for size, cases in ((6, 30), (11, 8))
]
"""How many letters of the alphabet are looked at one by one."""
LARGEST_GAMMA = 12
"""Beyond, a minimizer takes too many letters one by one."""

Kind = Callable[[object], Family]


@lru_cache(maxsize=512)
def _family(kind: Kind, parameter: str) -> Endless:
    """One for each parameter, so that what is computed of it is kept."""
    return Endless(kind(parameter))


_HARD: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Geometric, ("1/2", "9/10", "1/20")),
    (Zeta, ("2", "3/2", "4")),
    (Poisson, ("3", "1/2")),
    (Borderline, ("2", "3")),
)
_MODELS: dict[Kind, tuple[tuple[Kind, tuple[str, ...]], ...]] = {
    Geometric: ((Geometric, ("1/3", "4/5")), (Zeta, ("2",))),
    Zeta: ((Geometric, ("1/2",)), (Zeta, ("3", "5/4"))),
    Poisson: ((Poisson, ("2",)),),
    Borderline: (),
}
"""Models for each kind of data of which it is known whether the cross-entropy is finite, beside the data themselves."""


def _all(kinds: Sequence[tuple[Kind, tuple[str, ...]]]) -> list[Endless]:
    return [_family(kind, parameter) for kind, parameters in kinds for parameter in parameters]


def _exact(entry: Probability) -> Value:
    """0 and 1 as the numbers they are."""
    return fmpq(0) if entry.q.is_zero() else fmpq(1) if entry.complement.is_zero() else entry


@dataclass(frozen=True)
class EndlessRoot(Computed):
    """The first entries of a family that goes on."""

    name: str
    endless: Endless | Minimized
    size: int

    def computed(self, bits: int) -> dict[str, Value]:
        found: list[Value] = []
        with precision(bits):
            for letter in range(1, self.size + 1):
                first = self.endless.tied(letter)
                found.append(found[first - 1] if first < letter else _exact(self.endless.entry(letter)))
        return {self.name: tuple(found)}

    def describe(self) -> dict[str, str]:
        return {self.name: self.endless.name}


@dataclass(frozen=True)
class EndlessMultiplier(Computed):
    """The multiplier of a minimizer that goes on."""

    name: str
    minimized: Minimized

    def computed(self, bits: int) -> dict[str, Value]:
        with precision(bits):
            return {self.name: self.minimized.solved.multiplier}

    def describe(self) -> dict[str, str]:
        return {self.name: "its multiplier"}


@dataclass(frozen=True)
class CountablePmf(Variable):
    """A pmf on 1, 2, 3, ..., all of them possible."""

    least_letters: ClassVar[int] = 1
    dear: ClassVar[bool] = True
    base: IndexedBase

    @property
    def names(self) -> tuple[str, ...]:
        return (label(self.base),)

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return EveryPart(Every(self.base[i] > 0)), Eq(whole(self.base[i]), 1)

    def starts(self, usual: list[Start]) -> list[Start]:
        return STARTS

    def _data(self, case: Case) -> Endless | None:
        """The data of which this is a model, if there are such."""
        given = [v for v in case.before(self) if isinstance(v, CountablePmf)]
        found = case.environment.endless[given[0].names[0]] if given else None
        return found if isinstance(found, Endless) else None

    def options(self, case: Case) -> Sequence[Endless]:
        data = self._data(case)
        return _all(_HARD) if data is None else [*_all(_MODELS[type(data.family)]), data]

    def drawn(self, chance: Chance, case: Case) -> Endless:
        data = self._data(case)
        if data is not None and chance.integer(0, 5) == 0:
            return data
        kinds = [kind for kind, _ in (_HARD[:3] if data is None else _MODELS[type(data.family)])]
        kind = chance.one_of(kinds)
        steps = chance.integer(1, 19)
        if kind is Geometric:
            return _family(kind, str(Fraction(steps, 20)))
        return _family(kind, str(1 + Fraction(steps, 4) if kind is Zeta else Fraction(steps, 4)))

    def put(self, environment: Environment, value: Endless) -> None:
        put_endless(environment, label(self.base), value)


def put_endless(environment: Environment, name: str, value: Endless | Minimized) -> None:
    """Enter a family that goes on into the environment."""
    environment.endless[name] = value
    environment.roots += (EndlessRoot(name, value, environment.size),)


@dataclass(frozen=True)
class CountableOptimum(Determined):
    """The pmf q on 1, 2, 3, ... and the multiplier that satisfy p_x phi(q_x) = multiplier."""

    least_letters: ClassVar[int] = 1
    dear: ClassVar[bool] = True
    q: IndexedBase
    multiplier: Symbol
    p: IndexedBase
    gamma: Expr

    @property
    def names(self) -> tuple[str, ...]:
        return label(self.q), self.multiplier.name

    @cached_property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.p), *map(str, self.gamma.free_symbols)})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        q = self.q[i]
        return (
            EveryPart(Every(q > 0)),
            EveryPart(Every(q < 1)),
            Eq(whole(q), 1),
            EveryPart(Every(Eq(self.p[i] * definitions.slope(q, self.gamma), self.multiplier))),
        )

    def starts(self, usual: list[Start]) -> list[Start]:
        return STARTS

    def options(self, case: Case) -> Sequence[None]:
        """That of p, where gamma is neither 0 nor too large to be computed with, and p a family as it is."""
        data = case.environment.endless[label(self.p)]
        plain = isinstance(data, Endless) and not data.changed
        return [None] if plain and 0 < focus_of(self.gamma, case.environment) <= LARGEST_GAMMA else []

    def put(self, environment: Environment, value: None) -> None:
        data = environment.endless[label(self.p)]
        if isinstance(data, Endless):
            found = Minimized(data, focus_of(self.gamma, environment))
            q, multiplier = self.names
            put_endless(environment, q, found)
            environment.roots += (EndlessMultiplier(multiplier, found),)


@dataclass(frozen=True)
class LowPrice(Variable):
    """A number at which each of the first n letters, two at least, has an entry of at least 1/n: y <= p_i phi(1/n)."""

    least_letters: ClassVar[int] = 2
    symbol: Symbol
    p: IndexedBase
    gamma: Expr

    @property
    def names(self) -> tuple[str, ...]:
        return (self.symbol.name,)

    @property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.p), *map(str, self.gamma.free_symbols)})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return self.symbol > 0, Every(self.symbol <= self.p[i] * definitions.slope(1 / n, self.gamma))

    def _most(self, environment: Environment) -> Fraction:
        """The largest, rounded down."""
        data, size, focus = environment.endless[label(self.p)], environment.size, focus_of(self.gamma, environment)
        with precision(64 + int(focus)):
            steep = log_slope(Probability(arb(1) / size), ball(focus)).exp()
            return min(to_fraction((data.entry(letter).q * steep).lower()) for letter in range(1, size + 1))

    def options(self, case: Case) -> Sequence[Fraction]:
        """All but the largest, and a small one."""
        focus = focus_of(self.gamma, case.environment)
        if not 0 < focus <= LARGEST_GAMMA or case.environment.size < 2:
            return []
        most = self._most(case.environment)
        return [most * share for share in (Fraction(999, 1000), Fraction(1, 10))]

    def drawn(self, chance: Chance, case: Case) -> Fraction:
        options = self.options(case)
        chance.unless(not options)
        return options[0] * Fraction(chance.integer(1, 100), 100)

    def put(self, environment: Environment, value: Fraction) -> None:
        environment.numbers[self.symbol.name] = value


def low_price(p: Any, gamma: Any) -> Callable[[Any], Variable]:
    """A number y > 0 that is at most p_i phi(1/n) for the first n letters of an alphabet without end, n >= 2.

    Parameters
    ----------
    p : IndexedBase
        The data, a pmf on infinitely many letters.
    gamma : Expr
        The focusing parameter, more than 0.

    Returns
    -------
    callable
        The kind, to be given its key, a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import low_price
    >>> from focal_symbolic.definitions import gamma, p
    >>> from focal_symbolic.language import real
    >>> print(low_price(p, gamma)(real("y")).words)
    y > 0,  ∀i: y ≤ pᵢ·φ(1/n)
    """
    return lambda symbol: LowPrice(symbol, p, sympify(gamma))


def countable(base: Any) -> Variable:
    """A probability mass function on infinitely many letters that vanishes nowhere.

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
    >>> from focal_symbolic.claims import countable
    >>> from focal_symbolic.definitions import p
    >>> print(countable(p).words)
    ∀n: ∀i: pᵢ > 0,  sup(∑ᵢ pᵢ) = 1
    """
    return CountablePmf(base)


def countable_optimum(p: Any, gamma: Any) -> Callable[[Any], Variable]:
    """The minimizer for the data p on infinitely many letters, with its multiplier, under the key (q, multiplier).

    Parameters
    ----------
    p : IndexedBase
        The data, a pmf on infinitely many letters.
    gamma : Expr
        The focusing parameter, more than 0.

    Returns
    -------
    callable
        The kind, to be given its key, an IndexedBase and a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import countable_optimum
    >>> from focal_symbolic.definitions import gamma, multiplier, p, q
    >>> print(countable_optimum(p, gamma)((q, multiplier)).words)
    ∀n: ∀i: qᵢ > 0,  ∀n: ∀i: qᵢ < 1,  sup(∑ᵢ qᵢ) = 1,  ∀n: ∀i: pᵢ·φ(qᵢ) = λ
    """
    return lambda key: CountableOptimum(key[0], key[1], p, sympify(gamma))
