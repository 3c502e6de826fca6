"""Sums over an alphabet without end: which are known, and their values, enclosed or proved infinite.

A supremum of finite sums is recognised by its term: p_i of a pmf, p_i loss(q_i) of two of them, phi_inverse(lambda/p_i), or
M p_i - phi_inverse(lambda/p_i). What else a statement takes the supremum of has no evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from flint import arb, ctx
from sympy import Expr, IndexedBase, Integer, Pow, Sum

from focal_symbolic.definitions import loss, slope_inverse
from focal_symbolic.language import n
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import ZERO, Probability, ball, precision
from focal_symbolic.numbers.countable.cost import cost
from focal_symbolic.numbers.countable.expansion import Expansion, radii
from focal_symbolic.numbers.countable.families import Family
from focal_symbolic.numbers.countable.solver import Solved, solve
from focal_symbolic.numbers.countable.tail import Tail
from focal_symbolic.numbers.minimizer import slope_inverse_ball
from focal_symbolic.numbers.thresholds import mode_ball

__all__ = ["Changed", "Endless", "Minimized", "Term", "entries", "excess", "recognised", "summed"]

LOST, LETTERS, MORE_LETTERS, MOST_LETTERS, TERMS = 24, 32, 128, 1 << 12, 8
"""Bits that a sum may lose; the letters computed one by one, more where the others are wanted narrower, and how many at most;
the terms of the expansion beyond."""
ROUGH_BITS = 64
NARROW = arb((1, -10))
"""The radius from which the others are known well enough."""


@dataclass(frozen=True)
class Endless:
    """A pmf on 1, 2, 3, ..., all of them possible."""

    family: Family

    @property
    def name(self) -> str:
        """What it is called."""
        return self.family.name

    def entry(self, letter: int) -> Probability:
        """The probability of a letter, counted from 1, at the present precision."""
        return Probability(self.family.probability(self.family.first + letter - 1))

    def tied(self, letter: int) -> int:
        """The first letter that is known to be exactly as likely."""
        return self.family.tied(self.family.first + letter - 1) - self.family.first + 1

    def largest(self, letter: int) -> arb:
        """A number that no entry from this letter on exceeds."""
        return self.family.largest(self.family.first + letter - 1)

    @property
    def changed(self) -> tuple[int, ...]:
        """The letters whose entries are not those of the family."""
        return ()

    @property
    def mass(self) -> Fraction:
        """The sum of all entries."""
        return Fraction(1)


@dataclass(frozen=True)
class Changed(Endless):
    """Such a pmf with a share of one entry moved to another; or numbers that are no pmf, with one put for an entry of 0."""

    source: int
    target: int
    share: Fraction
    filled: Fraction | None = None

    @property
    def name(self) -> str:
        moved = f"{self.family.name} with {self.share} of letter {self.source} given to letter {self.target}"
        return f"{moved}, and {self.filled} put for it" if self.filled is not None and self.share == 1 else moved

    @property
    def changed(self) -> tuple[int, ...]:
        return self.source, self.target

    @property
    def mass(self) -> Fraction:
        return 1 + self.filled if self.filled is not None and self.share == 1 else Fraction(1)

    def entry(self, letter: int) -> Probability:
        own = super().entry
        if letter == self.source and self.share == 1:
            return Probability(ball(self.filled or Fraction(0)))
        if letter == self.source:
            return Probability(own(letter).q * ball(1 - self.share))
        if letter == self.target:
            return Probability(own(letter).q + own(self.source).q * ball(self.share))
        return own(letter)

    def tied(self, letter: int) -> int:
        found = super().tied(letter)
        return letter if {letter, found} & {*self.changed} else found

    def largest(self, letter: int) -> arb:
        found = super().largest(letter)
        for one in self.changed:
            found = found.max(self.entry(one).q.upper()) if one >= letter else found
        return found


@dataclass(frozen=True)
class Minimized:
    """The minimizer of such a pmf, with its multiplier."""

    data: Endless
    gamma: Fraction

    @property
    def name(self) -> str:
        """What it is called."""
        return f"the minimizer of {self.data.name}"

    @property
    def mass(self) -> Fraction:
        """The sum of all entries."""
        return Fraction(1)

    @property
    def solved(self) -> Solved:
        """The minimizer at the present precision."""
        return _solved(self.data.family, self.gamma, ctx.prec)

    def entry(self, letter: int) -> Probability:
        """The probability of a letter, counted from 1, at the present precision."""
        found = self.solved
        if letter <= len(found.q):
            return found.q[letter - 1]
        return slope_inverse_ball(found.multiplier / self.data.entry(letter).q, ball(self.gamma))

    def tied(self, letter: int) -> int:
        """The first letter that is known to be exactly as likely: ties of the data are ties of their minimizer."""
        return self.data.tied(letter)


@lru_cache(maxsize=512)
def _solved(family: Family, gamma: Fraction, bits: int) -> Solved:
    return solve(family, gamma, bits)


_cost = lru_cache(maxsize=512)(cost)


class Term(NamedTuple):
    """The term of a sum that is known: its kind, the families that it speaks of, and the numbers."""

    kind: str
    families: tuple[str, ...]
    numbers: tuple[Expr, ...]


def recognised(whole: Expr) -> Term | None:
    """What is summed, where its sum without end is known: terms that are the same at every size of the alphabet."""
    if not isinstance(whole, Sum) or len(whole.limits) != 1:
        return None
    body, over = whole.function, whole.limits[0][0]
    found = next((term for term, formula in _known(body, over) if formula == body), None)
    return None if found is None or any(number.has(over, n) for number in found.numbers) else found


def _known(body: Expr, i: Expr) -> Iterator[tuple[Term, Expr]]:
    """The sums that may be meant, each with its term at the letter i."""
    bases = sorted(body.atoms(IndexedBase), key=str)
    exponents = [Integer(0), Integer(1), *sorted((power.exp for power in body.atoms(Pow)), key=str)]
    for p in bases:
        yield Term("mass", (str(p.label),), ()), p[i]
        for q in bases:
            for focus in exponents:
                yield Term("cost", (str(p.label), str(q.label)), (focus,)), p[i] * loss(q[i], focus)
        for inverse in body.atoms(slope_inverse):
            price, focus = inverse.args[0] * p[i], inverse.args[1]
            if not price.has(i):
                entry = slope_inverse(price / p[i], focus)
                yield Term("entries", (str(p.label),), (price, focus)), entry
                most = body.coeff(p[i])
                yield Term("excess", (str(p.label),), (price, most, focus)), most * p[i] - entry


def summed(data: Endless | Minimized, model: Endless | Minimized, gamma: Fraction) -> arb:
    """The sum of p loss(q), at the present precision; NaN where it is not known."""
    bits = max(ctx.prec - LOST, 32)
    if isinstance(data, Minimized):
        return _own_entropy(data, ctx.prec) if model == data and gamma == 0 else arb.nan()
    if isinstance(model, Minimized):
        if model.data.name != data.name or model.gamma != gamma:
            return arb.nan()
        return arb.pos_inf() if data.family.entropy_is_finite is False else model.solved.entropy
    if data.family.first != model.family.first:
        return arb.nan()
    whole = _cost(data.family, model.family, gamma, bits)
    for letter in sorted({*data.changed, *model.changed}):
        whole += _term(data.entry(letter), model.entry(letter), gamma)
        whole -= _term(Endless(data.family).entry(letter), Endless(model.family).entry(letter), gamma)
    return whole


def _term(data: Probability, model: Probability, gamma: Fraction) -> arb:
    """What a letter adds to the focal-entropy: nothing where the data vanish, +oo where the model alone does."""
    if data.q.is_zero() or model.complement.is_zero():
        return ZERO
    return arb.pos_inf() if model.q.is_zero() else formulas.entropy_term(data, model, ball(gamma))


@lru_cache(maxsize=512)
def _own_entropy(model: Minimized, _bits: int) -> arb:
    """The entropy of a minimizer, infinite if that of its data is: q/p tends to 1/lambda, which is not 0.

    Letter by letter at first; beyond, q <= t = (1 + gamma) p/lambda, and x ln(1/x) grows up to 1/e, so what is left lies
    between 0 and the sum of t ln(1/t).
    """
    family, letters = model.data.family, max(LETTERS, len(model.solved.q))
    if family.entropy_is_finite is False:
        return arb.pos_inf()
    steep = (1 + ball(model.gamma)) / model.solved.multiplier
    while not (steep * model.data.largest(letters + 1)).log() < -1:
        letters *= 2
        if letters > MOST_LETTERS:
            return arb.nan()
    head = (-one.q * one.log for one in map(model.entry, range(1, letters + 1)))
    mass, information = family.moments(family.first + letters, 1, 2)
    return sum(head, ZERO) + ZERO.union((steep * (information - steep.log() * mass)).abs_upper())


@lru_cache(maxsize=512)
def _tail(family: Family, gamma: Fraction, letters: int, bits: int) -> Tail:
    focus = ball(gamma)
    return Tail.of(family, family.first + letters, Expansion(focus, min(TERMS, family.most_terms)), radii(focus))


@lru_cache(maxsize=512)
def _largest_gain(gamma: Fraction, bits: int) -> arb:
    """The largest psi: an entry is p psi(entry)/multiplier."""
    mode = Probability(mode_ball(gamma, bits))
    return mode.q * formulas.slope(mode, ball(gamma))


def entries(data: Endless, multiplier: arb, gamma: Fraction) -> arb:
    """The sum of phi_inverse(multiplier/p): letter by letter at first, the others by the expansion of the tail.

    Where that does not reach, an entry is at most M p/multiplier, M the largest psi. NaN where the others are not the family's.
    """
    if any(letter > LETTERS for letter in data.changed):
        return arb.nan()
    focus, family = ball(gamma), data.family
    with precision(ROUGH_BITS):  # a bound, of which the digits are not wanted
        beyond = _largest_gain(gamma, ctx.prec) / multiplier * family.tail(family.first + LETTERS)
    found, letters = ZERO.union(beyond.abs_upper()), LETTERS
    for tried in (LETTERS, MORE_LETTERS):
        if found.rad() < NARROW:
            break
        rest = _tail(family, gamma, tried, ctx.prec).mass(multiplier)[0]
        if rest.is_finite() and rest.rad() < found.rad():
            found, letters = rest, tried
    return sum((slope_inverse_ball(multiplier / data.entry(k).q, focus).q for k in range(1, letters + 1)), found)


def excess(data: Endless, multiplier: arb, most: arb, gamma: Fraction) -> arb:
    """The supremum of the sums of most p - phi_inverse(multiplier/p), whose terms are not negative if `most` is large enough.

    As far as the largest psi, a ball as `most` is, may be more than multiplier times `most`, the sums may exceed their limit.
    NaN where it is more.
    """
    over = _largest_gain(gamma, ctx.prec) / multiplier - most
    return arb.nan() if over > 0 else most - entries(data, multiplier, gamma) + ZERO.union(over.max(ZERO))
