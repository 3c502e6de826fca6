"""Arb balls: exact conversion, one place that sets the precision, three-valued comparison, formulas, rounding.

A ball is an enclosure, never a number: it is compared with `compare` (+1, -1, or 0 for undecided) and turned into
digits only by `rounded`, which raises the precision until the whole ball rounds to one value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from threading import RLock
from typing import Any, cast

import mpmath
from flint import arb, ctx, fmpq, fmpz
from mpmath.libmp import dps_to_prec, from_man_exp, from_rational
from sympy import Abs, Add, E, Expr, Integer, Max, Min, Mul, Pow, Rational, exp, log, pi

from focal_symbolic.errors import InputError, Undecided

__all__ = [
    "Probability",
    "ball",
    "compare",
    "compiled",
    "pack",
    "precision",
    "relative_radius",
    "rounded",
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

    Args: an arb (returned as it is), int, Fraction, SymPy number or closed expression, fmpz, fmpq, finite mpf, or a
        pair (man, exp) that means man * 2**exp.
    Raises: InputError for anything else, floats and strings included (`exact_number` reads those exactly).
    """
    if isinstance(value, arb):
        return value
    if isinstance(value, (fmpz, fmpq)) or (isinstance(value, int) and not isinstance(value, bool)):
        return arb(value)
    if isinstance(value, Fraction):
        return arb(value.numerator) / value.denominator
    if isinstance(value, Expr) and not value.free_symbols:
        return compiled(value, ())()
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
    return Fraction(int(value.p), int(value.q))


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
        self.complement = 1 - q if complement is None else complement
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


def _power(base: arb, log_base: arb | None, exponent: arb) -> arb:
    """base**exponent for base >= 0, with 0**0 = 1 and 0**e = 0 for e > 0; NaN for a wider ball that touches 0."""
    if exponent.is_zero():
        return ONE
    if base.is_zero():
        return ZERO if exponent > 0 else arb.nan()
    return (exponent * (base.log() if log_base is None else log_base)).exp()


def _integer_power(base: arb, exponent: int) -> arb:
    """base**exponent by products: Arb's own power is NaN for a ball around 0."""
    result, square = ONE, base
    while exponent:
        if exponent & 1:
            result = result * square
        square, exponent = square * square, exponent >> 1
    return result


# ------------------------------------------------------------------------------------------------- compiled formulas


@lru_cache(maxsize=1024)
def compiled(expression: Expr | tuple[Expr, ...], variables: tuple[Expr, ...]) -> Callable:
    """A SymPy expression (or a tuple of them) as a function on balls, rigorous at the precision of the call.

    Statement: for each variable x the function takes an arb or a `Probability`, and it returns the ball of the
        expression (a tuple of balls for a tuple). 1 - x, ln x, ln(1 - x) and powers of 1 - x are taken from the
        `Probability`, so they keep their relative accuracy near 0 and 1. Outside the domain the ball is NaN, which
        decides nothing.
    Args: variables are Symbols or Indexed; the expression is made of +, *, powers, log, exp, Abs, Min, Max, rationals,
        pi and E.
    Raises: InputError for any other node, floats included.
    """
    return _Compiler(variables).function(expression)


class _Compiler:
    """Straight-line Python source, one statement a distinct subexpression."""

    def __init__(self, variables: tuple[Expr, ...]) -> None:
        self.variables = variables
        self.lines: list[str] = []
        self.names: dict[Expr, str] = {}
        for place, variable in enumerate(variables):
            self.names[variable] = f"a{place}.q"
            self.names[1 - variable] = f"a{place}.complement"
            self.names[log(variable)] = f"a{place}.log"
            self.names[log(1 - variable)] = f"a{place}.log_complement"

    def function(self, expression: Expr | tuple[Expr, ...]) -> Callable:
        arguments = [f"a{place}" for place in range(len(self.variables))]
        self.lines += [f"if not isinstance({a}, Probability): {a} = Probability({a})" for a in arguments]
        if isinstance(expression, tuple):
            result = f"({''.join(f'{self.ball_of(part)}, ' for part in expression)})"
        else:
            result = self.ball_of(expression)
        source = "\n    ".join([f"def function({', '.join(arguments)}):", *self.lines, f"return {result}"])
        space = {"arb": arb, "Probability": Probability, "power": _power, "integer_power": _integer_power}
        exec(source, space)  # the source is made here, of names and operators only
        return cast(Callable, space["function"])

    def ball_of(self, expression: Expr) -> str:
        return f"arb({int(expression)})" if isinstance(expression, Integer) else self.name(expression)

    def name(self, expression: Expr) -> str:
        """The name that holds an expression; an integer stands for itself."""
        if isinstance(expression, Integer):
            return f"({int(expression)})"
        if expression not in self.names:
            source = self.source(expression)
            name = f"t{len(self.lines)}"
            self.lines.append(f"{name} = {source}")
            self.names[expression] = name
        return self.names[expression]

    def source(self, expression: Expr) -> str:
        if isinstance(expression, Rational):
            return f"arb({int(expression.p)}) / {int(expression.q)}"
        if expression == pi:
            return "arb.pi()"
        if expression == E:
            return "arb.const_e()"
        if isinstance(expression, Add):
            return " + ".join(map(self.name, expression.args))
        if isinstance(expression, Mul):
            return self.product(expression)
        if isinstance(expression, Pow):
            return self.power(*expression.args)
        if isinstance(expression, (log, exp)):
            return f"{self.ball_of(expression.args[0])}.{expression.func.__name__}()"
        if isinstance(expression, Abs):
            return f"abs({self.ball_of(expression.args[0])})"
        if isinstance(expression, (Min, Max)):
            first, *others = map(self.ball_of, expression.args)
            return first + "".join(f".{expression.func.__name__.lower()}({other})" for other in others)
        raise InputError(f"{expression} ({type(expression).__name__}) cannot be compiled to balls; rewrite it.")

    def product(self, expression: Mul) -> str:
        over, under = [], []
        for factor in expression.args:
            if isinstance(factor, Pow) and isinstance(factor.exp, Integer) and factor.exp < 0:
                under.append(self.name(factor.base**-factor.exp))
            else:
                over.append(factor)
        negative = over and over[0] == -1
        top = " * ".join(map(self.name, over[1:] if negative else over)) or "arb(1)"
        top = f"-({top})" if negative else top
        return f"{top} / ({' * '.join(under)})" if under else top

    def power(self, base: Expr, exponent: Expr) -> str:
        if isinstance(exponent, Integer):
            if exponent < 0:
                return f"1 / {self.ball_of(base**-exponent)}"
            return f"integer_power({self.name(base)}, {int(exponent)})"
        if base == E:
            return f"{self.ball_of(exponent)}.exp()"
        known = self.names.get(log(base), "None")
        return f"power({self.ball_of(base)}, {known}, {self.ball_of(exponent)})"


# ------------------------------------------------------------------------------------------------- rounding

GUARD_BITS = 32
"""Bits that a rounded mpf carries beyond its decimal digits, so that printing it rounds the true value."""


SPARE_BITS = 16
"""Bits beyond those, so that next to nothing is too near a tie to be rounded."""

MOST_BINARY_PLACES = 1 << 26
"""Beyond, the decimals of a number take minutes; 1e-300 to the power 1e4 has 10 million places."""


def rounded(
    enclose: Callable[[int], Sequence[arb | Fraction]], digits: int, most_bits: int | None = None
) -> tuple[tuple[mpmath.mpf, ...], mpmath.mpf]:
    """Numbers from enclosures: (values, radius), where radius bounds the relative error of every value.

    Statement: `enclose(bits)` gives enclosures of the same numbers (a Fraction is exact, infinities are kept). The
        precision rises until each whole ball rounds to one `digits`-digit decimal and to one mpf of a few bits more,
        which is returned; so printing a value to `digits` digits gives the true number correctly rounded.
    Raises: Undecided if that takes more than `most_bits` bits.
    """
    mantissa = dps_to_prec(digits) + GUARD_BITS
    bits = mantissa + SPARE_BITS + 1
    most_bits = 4 * bits + 60_000 if most_bits is None else most_bits
    while bits <= most_bits:
        enclosures = enclose(bits)
        with precision(bits):
            values = _quickly(enclosures, digits, mantissa)
            quick = any(value is not None for value in values)
            error = mpmath.make_mpf(from_man_exp(1, 1 - mantissa)) if quick else mpmath.mpf(0)
            for place, enclosure in enumerate(enclosures):
                if values[place] is None:
                    if (value := _round(enclosure, digits, mantissa)) is None:
                        break
                    values[place] = value
                    error = max(error, _error(value, enclosure))
            else:
                return tuple(values), error
        bits += bits // 2
    raise Undecided(
        f"a number does not round to {digits} digits with {most_bits} bits; "
        "it is too near a tie, or too large or small; ask for another number of digits."
    )


def _within_reach(exponent: int) -> None:
    """Raise Undecided for a number whose decimals would take minutes."""
    if abs(exponent) > MOST_BINARY_PLACES:
        raise Undecided("a number is too large or small to be written in decimals in any reasonable time; lower gamma.")


def _quickly(enclosures: Sequence[arb | Fraction], digits: int, mantissa: int) -> list[mpmath.mpf | None]:
    """As `_round` for each by a few integer operations; None if it is not decided so. The errors are at most 2**(1 - mantissa).

    With a middle of m units and a radius of at most r units, the whole ball rounds to one float if m lies further than r
    from the middle of two floats, and with that float to one decimal if further than r + half a float's step from the middle
    of two. Here m is cut to `SPARE_BITS` more bits than the float has, and r = 4 allows for that and for the radius.
    """
    bits, half = mantissa + SPARE_BITS, 1 << (SPARE_BITS - 1)
    whole_number: Any = int if bits < 8192 else fmpz  # which of the two is the faster
    values: list[mpmath.mpf | None] = [None] * len(enclosures)
    most = _power_of_ten(digits, whole_number)
    for at, enclosure in enumerate(enclosures):
        # Arb compares top bits: the radius is at most 2**(size - 1 - accuracy) units before the cut, so half a unit after it
        if isinstance(enclosure, Fraction) or not (enclosure.is_finite() and enclosure.rel_accuracy_bits() >= bits):
            continue
        man, e = enclosure.mid().man_exp()
        shift = man.bit_length() - bits
        exponent = int(e) + shift
        if not (shift >= 0 and -MOST_BINARY_PLACES < exponent < 0):
            continue
        middle = whole_number(man)
        m = abs(middle) >> shift
        place = digits - (bits + exponent) * 30103 // 100000
        if place < 1 or -4 <= (m & (2 * half - 1)) - half <= 4:
            continue
        power = _power_of_ten(place, whole_number)
        scaled = m * power
        whole = scaled >> -exponent
        if whole >= most:
            power = _power_of_ten(place - 1, whole_number)
            scaled = m * power
            whole = scaled >> -exponent
        # off the middle of two decimals; of numbers that are a digit shorter or longer nothing is said here
        tie = 1 << (-exponent - 1)
        if most <= 10 * whole < 10 * most and abs((scaled & (2 * tie - 1)) - tie) > power * (half + 4):
            value = int(m + half) >> SPARE_BITS
            values[at] = mpmath.make_mpf(from_man_exp(value if middle > 0 else -value, exponent + SPARE_BITS))
    return values


@lru_cache(maxsize=64)
def _power_of_ten(exponent: int, whole_number: type) -> Any:
    return whole_number(10) ** exponent


def _round(enclosure: arb | Fraction, digits: int, mantissa: int) -> mpmath.mpf | None:
    """The one value of `mantissa` bits to which the whole enclosure rounds, if its decimals are decided too."""
    if isinstance(enclosure, Fraction):
        return mpmath.make_mpf(from_rational(enclosure.numerator, enclosure.denominator, mantissa, "n"))
    if not enclosure.is_finite():
        return None if enclosure.is_nan() or not enclosure.is_exact() else to_mpf(enclosure)
    if enclosure.is_zero():
        return mpmath.mpf(0)
    if relative_radius(enclosure) > HALF:
        return None
    ends = {_nearest(end, mantissa) for end in (enclosure.lower(), enclosure.mid(), enclosure.upper())}
    if len(ends) > 1:
        return None
    value = mpmath.make_mpf(ends.pop())
    decimal = _decimal(enclosure, digits)
    return value if decimal is not None and decimal == _decimal(ball(value), digits) else None


def _nearest(end: arb, mantissa: int) -> tuple:
    man, exponent = end.mid().man_exp()
    return from_man_exp(int(man), int(exponent), mantissa, "n")


def _decimal(value: arb, digits: int) -> tuple[int, int] | None:
    """(n, e) such that every point of the ball rounds to n * 10**e with `digits` digits, or None."""
    man, exponent = value.mid().man_exp()
    _within_reach(int(exponent))
    place = (int(abs(man)).bit_length() + int(exponent)) * 30103 // 100000 - digits
    while True:
        nearest = (abs(value) * arb(10) ** -place + HALF).floor().unique_fmpz()
        if nearest is None:
            return None
        size = len(str(nearest)) if nearest < 10 ** (digits + 1) else digits + 2
        if size == digits:
            return int(nearest), place
        if nearest == 10**digits:
            return 10 ** (digits - 1), place + 1
        place += size - digits


def _error(value: mpmath.mpf, enclosure: arb | Fraction) -> mpmath.mpf:
    """A bound of |value - x| / |x| over the enclosure."""
    if not mpmath.isfinite(value) or value == 0:
        return mpmath.mpf(0)
    x = ball(enclosure)
    return to_mpf((abs(ball(value) - x) / x.abs_lower()).upper())
