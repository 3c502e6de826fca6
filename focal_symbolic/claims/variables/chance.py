"""Random numbers and distributions, exact and often extreme, chosen and shrunk by Hypothesis or thrown by a generator.

Everything is drawn as integers and made exact: weights are normalised, never conditioned on; 2^-k, 1 - 2^-k, 1e-300 and ties
come on purpose.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import NoReturn, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["Chance", "Chosen", "Hopeless", "Thrown"]

Option = TypeVar("Option")


_integers = lru_cache(maxsize=1024)(st.integers)


class Hopeless(Exception):
    """Nothing that can be drawn after this makes a case."""


class Chance(ABC):
    """What a kind of variable draws its values from. The simplest value comes first: to it Hypothesis shrinks."""

    def __init__(self) -> None:
        self.drawn: list[int] = []

    @abstractmethod
    def integer(self, low: int, high: int) -> int:
        """A whole number in [low, high]."""

    @abstractmethod
    def order(self, options: Sequence[Option]) -> Sequence[Option]:
        """The options in any order."""

    def begin(self) -> None:
        """A case begins."""
        self.drawn = []

    @abstractmethod
    def turn(self, names: Sequence[str]) -> None:
        """Values for these names are drawn next."""

    def coin(self) -> bool:
        """Yes or no."""
        return self.integer(0, 1) == 1

    def one_of(self, options: Sequence[Option]) -> Option:
        """One of some options; the case is dropped if there are none."""
        if not options:
            raise Hopeless
        return options[self.integer(0, len(options) - 1)]

    def drop(self) -> NoReturn:
        """Drop the case."""
        raise Hopeless

    def unless(self, hopeless: bool) -> None:
        """Drop the case if it is hopeless."""
        if hopeless:
            raise Hopeless

    def probability(self, closed: bool = False) -> Fraction:
        """An exact number in (0, 1), or in [0, 1] if `closed`: a fraction, 2^-k, 1 - 2^-k, 10^-300."""
        style = self.integer(0, 7 if closed else 5)
        if style <= 1:
            under = self.integer(2, 100)
            return Fraction(self.integer(1, under - 1), under)
        if style in (2, 3):
            small = Fraction(self.integer(1, 9), 10 * 2 ** self.integer(0, 60))
            return small if style == 2 else 1 - small
        if style in (4, 5):
            small = Fraction(1, 10 ** self.one_of((12, 30, 300)))
            return small if style == 4 else 1 - small
        return Fraction(style - 6)

    def gamma(self, least: Fraction, most: Fraction) -> Fraction:
        """An exact focusing parameter, evenly over the powers of 10; the ends come on purpose."""
        style = self.integer(0, 11)
        if style <= 3:
            value = Fraction(self.one_of((2, 1, 5, 3, 0, 10)), self.one_of((1, 2, 10)))
        elif style <= 9:
            value = Fraction(self.integer(1, 99), 10) * Fraction(10) ** self.integer(-9, 3)
        else:
            value = least if style == 10 else most
        return min(max(value, least), most)

    def masses(self, size: int, zeros: bool = False) -> tuple[Fraction, ...]:
        """A distribution on so many letters: of up to 300 orders of magnitude, with ties and with heads of 1 - 2^-k."""
        weights = self._weights(size)
        if zeros:
            kept = [weight * self.one_of((1, 1, 1, 0)) for weight in weights]
            weights = kept if any(kept) else weights
        turn = self.integer(0, size - 1)
        total = sum(weights)
        return tuple(Fraction(weight, total) for weight in weights[turn:] + weights[:turn])

    def _weights(self, size: int) -> list[int]:
        style = self.integer(0, 6)
        if style == 0:
            return [self.integer(1, 20) for _ in range(size)]
        if style == 1:
            pair = self.integer(1, 9), self.integer(1, 1000)
            return [pair[self.integer(0, 1)] for _ in range(size)]
        if style == 2:
            return [2 ** self.integer(0, 60) for _ in range(size)]
        if style == 3:
            return [1, *(10 ** self.integer(0, 6) for _ in range(size - 1))]
        if style == 4:
            base = 10 ** self.integer(3, 20)
            return [base + self.integer(0, 9) for _ in range(size)]
        if style == 5:
            # A few equal heads and a tail, down to 1e-300: where the minimizer suppresses or amplifies most.
            heads, depth = self.integer(1, size), self.one_of((2, 3, 5, 12, 30, 300))
            return [10**depth] * heads + [self.integer(1, 3) for _ in range(size - heads)]
        return [self.integer(1, 10**6) for _ in range(size)]


class Chosen(Chance):
    """Numbers that Hypothesis chooses, varies and shrinks."""

    def __init__(self, draw: DrawFn) -> None:
        super().__init__()
        self.draw = draw

    def turn(self, names: Sequence[str]) -> None:
        """It is all one to Hypothesis, which has its own order of choices."""

    def integer(self, low: int, high: int) -> int:
        strategy: SearchStrategy[int] = _integers(low, high)
        self.drawn.append(self.draw(strategy))
        return self.drawn[-1]

    def order(self, options: Sequence[Option]) -> Sequence[Option]:
        found = self.draw(st.permutations(options))
        self.drawn.extend(map(options.index, found))
        return found


class Thrown(Chance):
    """Numbers from a generator of Python, each as likely as any other, in next to no time.

    The seed, the number of the case and the names whose turn it is determine them. So what is made from the same variables
    meets in the same values, and what has been computed of these, as a minimizer, serves again.
    """

    def __init__(self, seed: object) -> None:
        super().__init__()
        self.generator = Random(repr(seed))
        self.seed, self.case = self.generator.getrandbits(64), 0

    def begin(self) -> None:
        super().begin()
        self.case += 1

    def turn(self, names: Sequence[str]) -> None:
        self.generator.seed(f"{self.seed} {self.case} {names}")

    def integer(self, low: int, high: int) -> int:
        self.drawn.append(self.generator.randint(low, high))
        return self.drawn[-1]

    def order(self, options: Sequence[Option]) -> Sequence[Option]:
        places = self.generator.sample(range(len(options)), len(options))
        self.drawn.extend(places)
        return [options[place] for place in places]
