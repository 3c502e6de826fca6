"""A pmf that majorizes another: it is more concentrated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from sympy import IndexedBase
from sympy.core.relational import Eq, Ge
from sympy.logic.boolalg import Boolean, Or

from focal_symbolic.claims.evaluate import Environment
from focal_symbolic.claims.variables.kind import Case, Masses, Variable, label
from focal_symbolic.claims.variables.pmf import Pmf
from focal_symbolic.language import Bijection, Every, i

if TYPE_CHECKING:
    from focal_symbolic.claims.variables.chance import Chance

__all__ = ["Majorizing", "majorizing"]

HALF = Fraction(1, 2)
Shares = tuple[Masses, Masses]
"""For each letter but the last, how much of what comes after it is moved up to it; and the relabelling."""


@dataclass(frozen=True)
class Majorizing(Variable):
    """A pmf s that majorizes p, with what shows it: a relabelling, an order of the letters and the excess.

    In the order in which `following` leads from each letter to the next, and from the last to the first, p falls, but where the
    excess is 0: at the last letter. The excess at a letter is what s, relabelled, has up to there more than p has.
    """

    least_letters: ClassVar[int] = 2
    base: IndexedBase
    moved: IndexedBase
    following: IndexedBase
    excess: IndexedBase
    p: IndexedBase

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(map(label, (self.base, self.moved, self.following, self.excess)))

    @property
    def needs(self) -> frozenset[str]:
        return frozenset({label(self.p)})

    @property
    def assumptions(self) -> tuple[Boolean, ...]:
        after, excess = self.following[i], self.excess
        more = self.base[self.moved[after]] - self.p[after]
        return (
            *Pmf(self.base, positive=False).assumptions,
            Bijection(self.moved),
            Bijection(self.following),
            Every(Ge(excess[i], 0)),
            Every(Eq(more, excess[after] - excess[i])),
            Every(Or(self.p[after] <= self.p[i], Eq(excess[i], 0))),
        )

    @property
    def exact(self) -> frozenset[str]:
        return frozenset({label(self.p), *self.names})

    def options(self, case: Case) -> Sequence[Shares]:
        """A half moved up at every letter, at the first, at the last before the end; all but at the first.

        Something is moved in each: no balls decide that two minima which are equal are in order.
        """
        size = case.environment.size
        if size < 2:
            return []
        plain = tuple(map(Fraction, range(1, size + 1)))
        nothing, rest = (Fraction(0),) * (size - 2), (Fraction(1),) * (size - 2)
        return [
            ((HALF,) * (size - 1), plain[::-1]),
            ((HALF, *nothing), plain),
            ((*nothing, HALF), plain[1:] + plain[:1]),
            ((HALF, *rest), plain),
        ]

    def drawn(self, chance: Chance, case: Case) -> Shares:
        size = case.environment.size
        chance.unless(size < 2)
        shares = [chance.probability(closed=True) if chance.integer(0, 2) else Fraction(0) for _ in range(size - 1)]
        if not any(shares):
            shares[0] = HALF
        return tuple(shares), tuple(map(Fraction, chance.order(range(1, size + 1))))

    def put(self, environment: Environment, value: Shares) -> None:
        shares, moved = value
        p = environment.families[label(self.p)]
        order = sorted(range(len(p)), key=lambda at: -p[at])
        excess, following, base = ([Fraction(0)] * len(p) for _ in range(3))
        following[order[-1]] = Fraction(order[0] + 1)
        for (at, after), share in reversed([*zip(pairwise(order), shares, strict=True)]):
            following[at] = Fraction(after + 1)
            excess[at] = share * (excess[after] + p[after])
        for at, before in zip(order, [order[-1], *order], strict=False):
            base[int(moved[at]) - 1] = p[at] + excess[at] - excess[before]
        for name, family in zip(self.names, (base, moved, following, excess), strict=True):
            environment.families[name] = tuple(family)


def majorizing(p: Any) -> Callable[[Any], Variable]:
    """A pmf s that majorizes p, under the key (s, sigma, tau, d): sigma relabels s, tau is an order in which p falls.

    d_i is what s o sigma has, up to the letter i in that order, more than p has; it is nowhere negative, and 0 at the last
    letter, from which tau leads to the first. That there are such sigma, tau and d is what it is to majorize p. s may vanish.

    Parameters
    ----------
    p : IndexedBase
        The pmf that is less concentrated.

    Returns
    -------
    callable
        The kind, to be given its key, an IndexedBase, two families of letters and an IndexedBase.

    Examples
    --------
    >>> from focal_symbolic.claims import majorizing
    >>> from focal_symbolic.definitions import p
    >>> from focal_symbolic.language import array, letters
    >>> print(*majorizing(p)((array("s"), letters("sigma"), letters("tau"), array("d"))).words.split(",  ")[3:], sep=chr(10))
    σ is a bijection of the alphabet
    τ is a bijection of the alphabet
    ∀i: dᵢ ≥ 0
    ∀i: −p[τ(i)] + s[σ(τ(i))] = −dᵢ + d[τ(i)]
    ∀i: dᵢ = 0 ∨ p[τ(i)] ≤ pᵢ
    """
    return lambda key: Majorizing(key[0], key[1], key[2], key[3], p)
