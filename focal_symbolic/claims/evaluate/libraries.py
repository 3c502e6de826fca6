"""The two libraries of the second way: MPFR, and mpmath for what lies beyond MPFR's exponents.

MPFR rounds every function correctly, and Arb computes its logarithms and exponentials on its own: they share no more than
the integers of GMP.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gmpy2
import mpmath
from flint import arb

from focal_symbolic.claims.evaluate.views import infinite
from focal_symbolic.errors import Undecided

__all__ = ["MPFR", "MPMATH", "Library"]


class Library(ABC):
    """Floating-point numbers of any precision, with their functions; each is told of by its name."""

    name: str
    number: Any
    log: Any
    log1p: Any
    exp: Any
    finite: Any

    @abstractmethod
    def at(self, bits: int) -> Any:
        """A block that works at so many bits, and leaves no trace."""

    @property
    @abstractmethod
    def bits(self) -> int:
        """The precision in force."""

    @property
    @abstractmethod
    def beyond(self) -> bool:
        """Whether a number of the block was too large or too small for the library."""

    @property
    @abstractmethod
    def pi(self) -> Any:
        """Its own pi."""

    @abstractmethod
    def scaled(self, man: int, exponent: int) -> Any:
        """The number man * 2**exponent."""

    @abstractmethod
    def parts(self, value: Any) -> tuple[int, int]:
        """A finite number as (man, exponent), exactly."""

    def middle(self, value: arb) -> Any:
        """The midpoint of a ball. Raises Undecided for a ball that is not a number."""
        if value.is_finite():
            man, exponent = value.mid().man_exp()
            return self.scaled(int(man), int(exponent))
        if infinite(value):
            return self.number("inf" if value > 0 else "-inf")
        raise Undecided(f"the ball {value} has no midpoint; raise the precision.")

    def ball(self, value: Any) -> arb:
        """A number as the ball of that number alone."""
        if self.finite(value):
            return arb(self.parts(value))
        return arb.pos_inf() if value > 0 else arb.neg_inf() if value < 0 else arb.nan()


class _Mpfr(Library):
    name = "MPFR"
    number = staticmethod(gmpy2.mpfr)
    log, log1p, exp = staticmethod(gmpy2.log), staticmethod(gmpy2.log1p), staticmethod(gmpy2.exp)
    finite = staticmethod(gmpy2.is_finite)

    @contextmanager
    def at(self, bits: int) -> Iterator[None]:
        before = gmpy2.get_context()
        gmpy2.set_context(gmpy2.context(precision=bits))
        try:
            yield
        finally:
            gmpy2.set_context(before)

    @property
    def bits(self) -> int:
        return int(gmpy2.get_context().precision)

    @property
    def beyond(self) -> bool:
        context = gmpy2.get_context()
        return bool(context.overflow or context.underflow)

    @property
    def pi(self) -> Any:
        return gmpy2.const_pi()

    def scaled(self, man: int, exponent: int) -> Any:
        whole = gmpy2.mpfr(man)
        return gmpy2.mul_2exp(whole, exponent) if exponent >= 0 else gmpy2.div_2exp(whole, -exponent)

    def parts(self, value: Any) -> tuple[int, int]:
        man, exponent = value.as_mantissa_exp()
        return int(man), int(exponent)


class _Mpmath(Library):
    """mpmath in a context of its own: nobody else's precision is touched. Its exponents are integers without end."""

    name = "mpmath"
    beyond = False

    def __init__(self) -> None:
        self.context = mpmath.MPContext()
        self.number = self.context.mpf
        self.log, self.log1p, self.exp = self.context.log, self.context.log1p, self.context.exp
        self.finite = self.context.isfinite

    @contextmanager
    def at(self, bits: int) -> Iterator[None]:
        before, self.context.prec = self.context.prec, bits
        try:
            yield
        finally:
            self.context.prec = before

    @property
    def bits(self) -> int:
        return int(self.context.prec)

    @property
    def pi(self) -> Any:
        return +self.context.pi

    def scaled(self, man: int, exponent: int) -> Any:
        return self.context.ldexp(self.context.mpf(man), exponent)

    def parts(self, value: Any) -> tuple[int, int]:
        negative, man, exponent, _ = value._mpf_
        return (-int(man) if negative else int(man)), int(exponent)


MPFR, MPMATH = _Mpfr(), _Mpmath()
