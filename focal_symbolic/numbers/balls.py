"""Arb balls: exact conversion, one place that sets the precision, three-valued comparison, probabilities.

A ball is an enclosure, never a number: it is compared with `compare` (+1, -1, or 0 for undecided) and turned into
digits only by `rounding.rounded`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from numbers import Rational
from operator import mul
from threading import RLock

import mpmath
from flint import arb, ctx, fmpq, fmpz
from mpmath.libmp import from_man_exp

from focal_symbolic.errors import InputError, Undecided

__all__ = [
    "Probability",
    "ball",
    "compare",
    "fractional_powers",
    "integer_power",
    "pack",
    "power",
    "precision",
    "relative_radius",
    "sign",
    "to_fmpq",
    "to_fraction",
    "to_mpf",
    "unpack",
]

ZERO, ONE, HALF = arb(0), arb(1), arb((1, -1))
Packed = tuple[tuple[int, int], tuple[int, int]]

_precision_lock = RLock()


class precision:  # noqa: N801 - used like a function
    """Work at `bits` bits inside the block and restore the former precision after it.

    Arb's precision belongs to the process, so blocks of different threads wait for each other.
    """

    __slots__ = ("before", "bits")

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        _precision_lock.acquire()
        self.before = ctx.prec
        try:
            ctx.prec = self.bits
        except BaseException:
            _precision_lock.release()
            raise

    def __exit__(self, *_: object) -> None:
        ctx.prec = self.before
        _precision_lock.release()


# ------------------------------------------------------------------------------------------------- conversion


def ball(value: object) -> arb:
    """The ball of a number: exact for integers, dyadics and mpf, the tightest at this precision for other rationals.

    Args: an arb (returned as it is), int, Fraction, SymPy Rational, fmpz, fmpq, finite mpf, or a pair (man, exp) that
        means man * 2**exp.
    Raises: InputError for anything else, floats and strings included (`exact_number` reads those exactly).
    """
    if isinstance(value, arb):
        return value
    if isinstance(value, Fraction):
        return arb(value.numerator) / value.denominator
    if isinstance(value, (fmpz, fmpq)) or (isinstance(value, int) and not isinstance(value, bool)):
        return arb(value)
    if isinstance(value, Rational) and not isinstance(value, bool):  # SymPy's among them
        top, under = int(value.numerator), int(value.denominator)
        return arb(top) if under == 1 else arb(top) / under
    if isinstance(value, mpmath.mpf) and mpmath.isfinite(value):
        negative, man, exponent, _ = value._mpf_
        return arb((-int(man) if negative else int(man), int(exponent)))
    if isinstance(value, tuple) and len(value) == 2 and all(type(part) is int for part in value):
        return arb(value)
    raise InputError(f"{value!r} is not an exact number; give an int, Fraction, SymPy Rational, mpf or (man, exp) pair.")


def to_fmpq(value: Fraction) -> fmpq:
    """A rational as Arb reads it fastest."""
    return fmpq(value.numerator, value.denominator)


def to_fraction(value: arb | fmpq | Rational) -> Fraction:
    """A rational of FLINT or SymPy, or the midpoint of a finite ball, exactly."""
    if isinstance(value, arb):
        man, exponent = value.mid().man_exp()
        return int(man) * Fraction(2) ** int(exponent)
    return Fraction(int(value.numerator), int(value.denominator))


def to_mpf(value: arb) -> mpmath.mpf:
    """The midpoint of a ball as an mpf, bit for bit, whatever the precision of mpmath; infinities are kept.

    Raises: Undecided for a ball that is not a number.
    """
    if not value.is_finite():
        if value.is_exact() and not value.is_nan():
            return mpmath.mpf("inf") if value > 0 else mpmath.mpf("-inf")
        raise Undecided(f"the ball {value} has no midpoint; raise the precision.")
    man, exponent = value.mid().man_exp()
    return mpmath.make_mpf(from_man_exp(int(man), int(exponent)))


def pack(value: arb) -> Packed | None:
    """A finite ball as exact integers ((man, exp) of the midpoint, (man, exp) of the radius), else None; it pickles."""
    if not value.is_finite():
        return None
    middle, radius = value.mid().man_exp(), value.rad().man_exp()
    return (int(middle[0]), int(middle[1])), (int(radius[0]), int(radius[1]))


def unpack(packed: Packed | None) -> arb:
    """The ball that `pack` took apart; None gives a ball that is not a number."""
    if packed is None:
        return arb.nan()
    middle, radius = arb(packed[0]), arb(packed[1])
    man, exponent = packed[1]
    exact = arb(middle, arb((max((man << 64) - 1, 0), exponent - 64)))  # Arb rounds a radius up by one unit, always
    return exact if exact.rad() == radius else arb(middle, radius)


# ------------------------------------------------------------------------------------------------- comparison


def compare(a: object, b: object) -> int:
    """+1 if a > b, -1 if a < b for all points of the balls, 0 if undecided; equal, NaN or infinite is undecided."""
    a, b = ball(a), ball(b)
    if not (a.is_finite() and b.is_finite()):
        return 0
    return 1 if a > b else -1 if a < b else 0


def sign(a: object) -> int:
    """The sign of a ball: +1, -1, or 0 if undecided."""
    return compare(a, ZERO)


def relative_radius(value: arb) -> arb:
    """An upper bound of the radius over the least absolute value; 0 for an exact ball, infinite if 0 is inside."""
    if value.is_exact():
        return arb.nan() if value.is_nan() else ZERO
    least = value.abs_lower()
    return (value.rad() / least).upper() if least > 0 else arb.pos_inf()


# ------------------------------------------------------------------------------------------------- probabilities


class Probability:
    """A number in [0, 1] known together with its complement, each with a good relative accuracy.

    The logarithms are computed when asked for, from whichever of the two is small; once more if the precision rises.
    """

    __slots__ = ("_log", "_log_complement", "complement", "q")

    def __init__(self, q: arb, complement: arb | None = None) -> None:
        self.q = q
        self.complement = ONE - q if complement is None else complement
        self._log: tuple[int, arb] | None = None
        self._log_complement: tuple[int, arb] | None = None

    @classmethod
    def exact(cls, value: Fraction) -> Probability:
        """The probability and its complement at this precision."""
        return cls(ball(value), ball(1 - value))

    @classmethod
    def from_logit(cls, z: arb) -> Probability:
        """The probability with ln(q/(1 - q)) = z; the whole ball z on one side of 0, or it loses accuracy."""
        if z > 0:
            t = (-z).exp()
            return cls(1 / (1 + t), t / (1 + t))
        t = z.exp()
        return cls(t / (1 + t), 1 / (1 + t))

    @property
    def log(self) -> arb:
        """ln q."""
        if self._log is None or self._log[0] < ctx.prec:
            self._log = ctx.prec, _log(self.q, self.complement)
        return self._log[1]

    @property
    def log_complement(self) -> arb:
        """ln(1 - q)."""
        if self._log_complement is None or self._log_complement[0] < ctx.prec:
            self._log_complement = ctx.prec, _log(self.complement, self.q)
        return self._log_complement[1]

    def __repr__(self) -> str:
        return f"Probability({self.q.str(10)}, complement={self.complement.str(10)})"


def _log(value: arb, complement: arb) -> arb:
    return (-complement).log1p() if value > HALF else value.log()


def power(base: arb, log_base: arb | None, exponent: arb) -> arb:
    """base**exponent for base >= 0, with 0**0 = 1 and 0**e = 0 for e > 0; NaN for a wider ball that touches 0."""
    if exponent.is_zero():
        return ONE
    if base.is_zero():
        return ZERO if exponent > 0 else arb.nan()
    return (exponent * (base.log() if log_base is None else log_base)).exp()


def fractional_powers(bases: Sequence[arb], top: int, under: int) -> list[arb]:
    """base**(top/under) of each base > 0, for integers top >= 0 and under > 0, by roots and products."""
    whole, rest = divmod(top, under)
    powers = _integer_powers(bases, whole)
    if not rest:
        return powers
    roots = list(bases)
    while under % 2 == 0:
        roots, under = list(map(arb.sqrt, roots)), under // 2
    if under > 1:
        roots = [root.root(under) for root in roots]
    roots = _integer_powers(roots, rest)
    return list(map(mul, powers, roots)) if whole else roots


def _integer_powers(bases: Sequence[arb], exponent: int) -> list[arb]:
    if exponent > 8:
        return [base**exponent for base in bases]
    powers = [ONE] * len(bases) if not exponent else list(bases)
    for _ in range(exponent - 1):
        powers = list(map(mul, powers, bases))
    return powers


def integer_power(base: arb, exponent: int) -> arb:
    """base**exponent by products: Arb's own power is NaN for a ball around 0."""
    result, square = ONE, base
    while exponent:
        if exponent & 1:
            result = result * square
        square, exponent = square * square, exponent >> 1
    return result
