"""Data that vanish somewhere: models on their support, and the minimizer, which vanishes off it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from flint import fmpq
from sympy import Expr, IndexedBase, Symbol, sympify
from sympy.core.relational import Eq, Ge, Gt
from sympy.logic.boolalg import Boolean, Or

from focal_symbolic import definitions
from focal_symbolic.claims.evaluate import Computed, Environment, Value
from focal_symbolic.claims.variables.kind import Case, Determined, Masses, Start, Variable, label
from focal_symbolic.claims.variables.optimum import MultiplierRoot, focus_of, solution
from focal_symbolic.language import Every, i, mass
from focal_symbolic.numbers.balls import to_fmpq

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Minimum", "MinimumRoot", "PriceOn", "Support", "Supported", "minimum", "price_on", "support", "supported"]

OFF = Fraction(1, 2)
"""What is put for a model off the support; any number of (0, 1) would do."""


THIRD = Fraction(1, 3)
ZEROS = (
    Start("zeros", (Fraction(1, 2), Fraction(0), Fraction(1, 2))),
    Start("zeros", (Fraction(7, 10), Fraction(0), Fraction(3, 10))),
    Start("zeros", (Fraction(0), THIRD, 2 * THIRD)),
)


def zeros(usual: list[Start]) -> list[Start]:
    """The usual alphabets, some with letters of probability 0 first."""
    return [*(start for start in ZEROS if start not in usual), *usual]


@dataclass(frozen=True)
class Supported(Variable):
    """What the model r is on the support of the data p, and any numbers of (0, 1] off it.

    The focal-entropy of p and r is then the sum of p_i loss(base_i). It needs r positive wherever p is: the focal-entropy is
    infinite otherwise.
    """

    least_letters: ClassVar[int] = 1
    base: IndexedBase
    model: IndexedBase
    data: IndexedBase

    @property
    def names(self) -> tuple[str, ...]:
        return (label(self.base),)

    @property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.model), label(self.data)})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        t = self.base[i]
        return Every(t > 0), Every(t <= 1), Every(Eq(self.data[i] * (t - self.model[i]), 0))

    @property
    def exact(self) -> frozenset[str]:
        return frozenset({label(self.model), label(self.data)})

    def options(self, case: Case) -> Sequence[Fraction]:
        families = case.environment.families
        model, data = families[label(self.model)], families[label(self.data)]
        return [OFF, Fraction(1)] if all(r > 0 or p == 0 for r, p in zip(model, data, strict=True)) else []

    def drawn(self, chance: Chance, case: Case) -> Fraction:
        return chance.one_of(self.options(case))

    def put(self, environment: Environment, value: Fraction) -> None:
        model, data = environment.families[label(self.model)], environment.families[label(self.data)]
        environment.families[label(self.base)] = tuple(r if p else value for r, p in zip(model, data, strict=True))


def supported(model: Any, data: Any) -> Callable[[Any], Variable]:
    """The model on the support of the data, and any numbers of (0, 1] off it.

    Parameters
    ----------
    model : IndexedBase
        The model, positive wherever the data are.
    data : IndexedBase
        The data, which may vanish somewhere.

    Returns
    -------
    callable
        The kind, to be given its key, an IndexedBase.

    Examples
    --------
    >>> from focal_symbolic.claims import supported
    >>> from focal_symbolic.definitions import p, q
    >>> from focal_symbolic.language import array
    >>> print(supported(q, p)(array("t")).words)
    ∀i: tᵢ > 0,  ∀i: tᵢ ≤ 1,  ∀i: pᵢ·(−qᵢ + tᵢ) = 0
    """
    return lambda base: Supported(base, model, data)


@dataclass(frozen=True)
class MinimumRoot(Computed):
    """The minimizer of data with zeros, the same with another number for its zeros, and the multiplier."""

    names: tuple[str, str, str]
    p: Masses
    gamma: Fraction

    def computed(self, bits: int) -> dict[str, Value]:
        found = solution(tuple(filter(None, self.p)), self.gamma, bits)
        own = iter(found.q)
        q: list[Value] = [next(own) if mass else fmpq(0) for mass in self.p]
        t = [one if mass else to_fmpq(OFF) for one, mass in zip(q, self.p, strict=True)]
        return dict(zip(self.names, (tuple(q), tuple(t), found.multiplier), strict=True))

    def describe(self) -> dict[str, str]:
        return dict(zip(self.names, ("the minimizer", f"the same, {OFF} off the support", "its multiplier"), strict=True))


@dataclass(frozen=True)
class Minimum(Determined):
    """The minimizer q of data with two letters of positive probability at least, with its multiplier; it vanishes where p does.

    t: what q is on the support, and any numbers of (0, 1) off it, so that the focal-entropy is the sum of p_i loss(t_i).
    """

    least_letters: ClassVar[int] = 2
    q: IndexedBase
    t: IndexedBase
    multiplier: Symbol
    p: IndexedBase
    gamma: Expr

    @property
    def names(self) -> tuple[str, ...]:
        return label(self.q), label(self.t), self.multiplier.name

    @property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.p), *map(str, self.gamma.free_symbols)})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        p, q, t = self.p[i], self.q[i], self.t[i]
        return (
            Every(Ge(q, 0)),
            mass(self.q),
            Every(Or(Gt(p, 0), Eq(q, 0))),
            Every(t > 0),
            Every(t < 1),
            Every(Eq(p * (t - q), 0)),
            Every(Eq(p**2 * definitions.slope(t, self.gamma), p * self.multiplier)),
            Gt(self.multiplier, 0),
        )

    @property
    def exact(self) -> frozenset[str]:
        return frozenset({label(self.p)})

    def starts(self, usual: list[Start]) -> list[Start]:
        return zeros(usual)

    def options(self, case: Case) -> Sequence[None]:
        p = case.environment.families[label(self.p)]
        return [None] if len([*filter(None, p)]) > 1 else []

    def put(self, environment: Environment, value: None) -> None:
        """The minimizer and the multiplier, exact where gamma is 0 or the data are uniform on their support."""
        p, gamma = environment.families[label(self.p)], focus_of(self.gamma, environment)
        q, t, multiplier = self.names
        support = [*filter(None, p)]
        if gamma == 0 or len({*support}) == 1:
            environment.families |= {q: p, t: tuple(mass or OFF for mass in p)}
        if gamma == 0:
            environment.numbers[multiplier] = Fraction(1)
        elif len({*support}) == 1:
            environment.roots += (MultiplierRoot(multiplier, tuple(support), gamma),)
        else:
            environment.roots += (MinimumRoot((q, t, multiplier), p, gamma),)


def minimum(p: Any, gamma: Any) -> Callable[[Any], Variable]:
    """The minimizer q for data that may vanish, with its multiplier, under the key (q, t, multiplier); t is q on the support.

    Off the support t has any numbers of (0, 1).

    Parameters
    ----------
    p : IndexedBase
        The data, with two letters of positive probability at least.
    gamma : Expr
        The focusing parameter, at least 0.

    Returns
    -------
    callable
        The kind, to be given its key, two IndexedBase and a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import minimum
    >>> from focal_symbolic.definitions import gamma, multiplier, p, q
    >>> from focal_symbolic.language import array
    >>> print(*minimum(p, gamma)((q, array("t"), multiplier)).words.split(",  "), sep=chr(10))
    ∀i: qᵢ ≥ 0
    ∑ᵢ qᵢ = 1
    ∀i: qᵢ = 0 ∨ pᵢ > 0
    ∀i: tᵢ > 0
    ∀i: tᵢ < 1
    ∀i: pᵢ·(−qᵢ + tᵢ) = 0
    ∀i: pᵢ²·φ(tᵢ) = λ·pᵢ
    λ > 0
    """
    return lambda key: Minimum(key[0], key[1], key[2], p, sympify(gamma))


@dataclass(frozen=True)
class Support(Determined):
    """The indicator s of the support of the data p, and p with 1 for each 0: f_i = p_i + 1 - s_i."""

    least_letters: ClassVar[int] = 1
    indicator: IndexedBase
    filled: IndexedBase
    data: IndexedBase

    @property
    def names(self) -> tuple[str, ...]:
        return label(self.indicator), label(self.filled)

    @property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.data)})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        p, s, f = self.data[i], self.indicator[i], self.filled[i]
        exact = Every(Or(Eq(s, 0), Eq(s, 1))), Every(Or(Gt(p, 0), Eq(s, 0))), Every(Eq(p * (1 - s), 0))
        return *exact, Every(f > 0), Every(Eq(f, p + 1 - s))

    @property
    def exact(self) -> frozenset[str]:
        return frozenset({label(self.data), *self.names})

    def starts(self, usual: list[Start]) -> list[Start]:
        return zeros(usual)

    def put(self, environment: Environment, value: None) -> None:
        families = environment.families
        p = families[label(self.data)]
        families[label(self.indicator)] = tuple(Fraction(one > 0) for one in p)
        families[label(self.filled)] = tuple(one or Fraction(1) for one in p)


def support(data: Any) -> Callable[[Any], Variable]:
    """The indicator of the support of the data, and the data with 1 for each 0, under the key (s, f).

    Parameters
    ----------
    data : IndexedBase
        The data, which may vanish somewhere.

    Returns
    -------
    callable
        The kind, to be given its key, two IndexedBase.

    Examples
    --------
    >>> from focal_symbolic.claims import support
    >>> from focal_symbolic.definitions import p
    >>> from focal_symbolic.language import array
    >>> print(*support(p)((array("s"), array("f"))).words.split(",  "), sep=chr(10))
    ∀i: sᵢ = 0 ∨ sᵢ = 1
    ∀i: sᵢ = 0 ∨ pᵢ > 0
    ∀i: pᵢ·(1 − sᵢ) = 0
    ∀i: fᵢ > 0
    ∀i: fᵢ = pᵢ − sᵢ + 1
    """
    return lambda key: Support(key[0], key[1], data)


@dataclass(frozen=True)
class PriceOn(Determined):
    """A positive number; in each case the multiplier of data that may vanish, where these have one, else 1.

    At gamma = 0 and for a support of one letter nothing is in (0, 1) that phi^(-1) could give. There is no case in which the
    other model is the minimizer itself: no ball decides that two numbers are the same.
    """

    least_letters: ClassVar[int] = 1
    symbol: Symbol
    p: IndexedBase
    gamma: Expr
    other: IndexedBase

    @property
    def names(self) -> tuple[str, ...]:
        return (self.symbol.name,)

    @property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.p), label(self.other), *map(str, self.gamma.free_symbols)})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        return (self.symbol > 0,)

    @property
    def exact(self) -> frozenset[str]:
        return frozenset({label(self.p), label(self.other)})

    def starts(self, usual: list[Start]) -> list[Start]:
        return zeros(usual)

    def options(self, case: Case) -> Sequence[None]:
        """The minimizer is an exact number, 1 over the size of the support, only of data that are uniform on it."""
        families = case.environment.families
        p, other = families[label(self.p)], families[label(self.other)]
        several = len([*filter(None, p)]) > 1 and focus_of(self.gamma, case.environment) > 0
        return [] if several and len({*filter(None, p)}) == 1 and other == p else [None]

    def put(self, environment: Environment, value: None) -> None:
        support = tuple(filter(None, environment.families[label(self.p)]))
        gamma = focus_of(self.gamma, environment)
        if gamma > 0 and len(support) > 1:
            environment.roots += (MultiplierRoot(self.symbol.name, support, gamma),)
        else:
            environment.numbers[self.symbol.name] = Fraction(1)


def price_on(p: Any, gamma: Any, other: Any) -> Callable[[Any], Variable]:
    """A number that may be the multiplier of data that may vanish; nothing is assumed of it but that it is positive.

    Its cases are multipliers: phi^(-1)(multiplier/p_i) sums to 1 over the support there, where gamma is positive and the
    support has two letters at least.

    Parameters
    ----------
    p : IndexedBase
        The data.
    gamma : Expr
        The focusing parameter, at least 0.
    other : IndexedBase
        A model that is compared with the minimizer, which it is in no case.

    Returns
    -------
    callable
        The kind, to be given its key, a Symbol.

    Examples
    --------
    >>> from focal_symbolic.claims import price_on
    >>> from focal_symbolic.definitions import gamma, multiplier, p
    >>> from focal_symbolic.language import array
    >>> print(price_on(p, gamma, array("r"))(multiplier).words)
    λ > 0
    """
    return lambda symbol: PriceOn(symbol, p, sympify(gamma), other)
