"""A case of a claim, and the ball arithmetic in which its goal is evaluated at one precision.

An `Environment` holds the exact numbers; its `BallView` holds their values and has one method for each operation of a goal.
Exact inputs stay exact through +, * and small powers, so 1 - x, totals and ties are compared as rationals; what is a
`Probability` gives its complement and its logarithms. The other modules refine this view (`boxes`, `forms`, `crosscheck`) or
call it (`compiler`, `points`); it knows none of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from flint import arb, fmpq
from gmpy2 import mpz
from sympy import E, Expr, oo, pi

from focal_symbolic.claims.evaluate.endless import Endless, Minimized, entries, excess, summed
from focal_symbolic.errors import FocalError, Undecided
from focal_symbolic.numbers.balls import Probability, precision, to_fmpq, to_fraction
from focal_symbolic.numbers.minimizer import slope_inverse_ball

__all__ = [
    "EXACT_BITS",
    "FALSE",
    "TRUE",
    "UNKNOWN",
    "BallView",
    "Computed",
    "Environment",
    "Inequality",
    "Node",
    "Root",
    "Undefined",
    "Unsupported",
    "Value",
    "exact_text",
    "first_bits",
    "from_zero",
    "infinite",
    "whole",
]

TRUE, UNKNOWN, FALSE = 1, 0, -1
EXACT_BITS = 4096
"""A rational of more bits than this becomes a ball."""
SHOWN = 8
"""So many entries of a family are told."""
LONG = 1000
"""An integer of more digits, the end of a ball as a rule, is written by its power of 2 where most of it is that."""
Value = Any
"""An fmpq (exact), an arb or a Probability; in `crosscheck` an fmpq, a floating-point number or a pair of them."""
Node = Callable[["BallView"], Value]


class Undefined(FocalError):
    """A goal evaluated outside its domain: the claim, or the case, is wrong."""


class Unsupported(FocalError):
    """A goal with a node that has no evaluation."""


# ------------------------------------------------------------------------------------------------- environments


class Root(Protocol):
    """Values that are computed, at any precision: a minimizer, the image of an inverse map, an irrational witness."""

    def at(self, bits: int) -> Mapping[str, Value | tuple[Value, ...]]:
        """The values by name, a tuple for a family; ties share one object."""

    def describe(self) -> Mapping[str, Any]:
        """How the values come about, in exact strings."""


class Computed(ABC):
    """A root that keeps what it has computed at the highest precision so far: less is never computed again."""

    @abstractmethod
    def computed(self, bits: int) -> Mapping[str, Value | tuple[Value, ...]]:
        """The values by name, computed."""

    def at(self, bits: int) -> Mapping[str, Value | tuple[Value, ...]]:
        """The values by name, at this precision or a higher one."""
        known = vars(self).get("known")
        if known is None or known[0] < bits:
            known = vars(self)["known"] = bits, self.computed(bits)
        found: Mapping[str, Value | tuple[Value, ...]] = known[1]
        return found


class _Values(dict[str, Value]):
    """Values by name, of which some are computed when the first of them is asked for: a hypothesis may need none."""

    def __init__(self, exact: Mapping[str, Value], found: _Found, kind: Mapping[str, Value]) -> None:
        super().__init__(exact)
        self.found, self.kind = found, kind

    def __missing__(self, name: str) -> Value:
        self.found.until(name, self.kind)
        value = self[name] = self.kind[name]
        return value

    def __or__(self, others: Mapping[str, Value]) -> _Values:  # type: ignore[override]
        return _Values({**self, **others}, self.found, self.kind)

    def whole(self) -> dict[str, Value]:
        """All of them."""
        self.found.until(None, self.kind)
        return {**self.kind, **self}


class _Found:
    """What the roots of a case give at a precision, one after the other as far as it is asked for."""

    def __init__(self, environment: Environment, bits: int, exact: Mapping[str, tuple[Value, ...]]) -> None:
        self.bits, self.exact, self.entries = bits, exact, environment.entries
        self.waiting = list(environment.roots)
        self.numbers: dict[str, Value] = {}
        self.families: dict[str, Value] = {}

    def until(self, name: str | None, kind: Mapping[str, Value]) -> None:
        """Compute roots until this name is known; None for all."""
        if name in self.entries and kind is self.numbers:
            self._entry(name)
            return
        while self.waiting and name not in kind:
            with precision(self.bits):
                for given, value in self.waiting[0].at(self.bits).items():
                    (self.families if isinstance(value, tuple) else self.numbers)[given] = value
            del self.waiting[0]
        if name is None:
            for entry in self.entries:
                self._entry(entry)

    def _entry(self, name: str) -> None:
        """A number that is an entry of a family."""
        family, letter = self.entries[name]
        if family not in self.exact:
            self.until(family, self.families)
        self.numbers[name] = (self.families[family] if family in self.families else self.exact[family])[letter - 1]


def whole(values: dict[str, Value]) -> dict[str, Value]:
    """All values of a view, computed."""
    return values.whole() if isinstance(values, _Values) else values


Converted = tuple[tuple[Fraction, ...], tuple[Value, ...]]


@dataclass
class Environment:
    """One case of a claim: exact numbers and families, what is computed from them, and letters (counted from 1)."""

    numbers: dict[str, Fraction] = field(default_factory=dict)
    families: dict[str, tuple[Fraction, ...]] = field(default_factory=dict)
    letters: dict[str, int] = field(default_factory=dict)
    roots: tuple[Root, ...] = ()
    entries: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Numbers that are an entry of a family: name -> (family, letter)."""
    size: int = 0
    label: str = ""
    endless: dict[str, Endless | Minimized] = field(default_factory=dict)
    """Families that go on beyond the alphabet; their first entries are among the roots."""
    converted: dict[str, Converted] = field(default_factory=dict, repr=False, compare=False)
    """Families as they were, and as balls are computed from them."""
    views: dict[int, BallView] = field(default_factory=dict, init=False, repr=False, compare=False)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How Hypothesis shows a case: briefly."""
        printer.text(f"Environment({self.describe()})")

    def view(self, bits: int, dps: int) -> BallView:
        """The case at a precision, which must be in force."""
        numbers: dict[str, Value] = {name: to_fmpq(value) for name, value in self.numbers.items()}
        families: dict[str, tuple[Value, ...]] = {name: self._exact(name, values) for name, values in self.families.items()}
        if self.size:
            numbers["n"] = fmpq(self.size)
        if self.roots or self.entries:
            found = _Found(self, bits, families)
            numbers, families = _Values(numbers, found, found.numbers), _Values(families, found, found.families)
        view = BallView(numbers, families, dict(self.letters), dps)
        view.endless = self.endless
        return view

    def decided_in(self, bits: int, dps: int) -> BallView:
        """The view of a case that is complete: kept, with what has been computed from it for other statements."""
        view = self.views.get(bits)
        if view is None:
            view = self.views[bits] = self.view(bits, dps)
        view.sides, view.dps, view.tolerance = None, dps, fmpq(1, 10**dps)
        view.letters = dict(self.letters)  # cases that differ by these only share their views
        return view

    def _exact(self, name: str, values: tuple[Fraction, ...]) -> tuple[Value, ...]:
        known = self.converted.get(name)
        if known is None or known[0] is not values:
            made = {id(value): value for value in values}  # ties share one object
            balls = {key: to_fmpq(value) for key, value in made.items()}
            known = self.converted[name] = values, tuple([balls[id(value)] for value in values])
        return known[1]

    @property
    def identity(self) -> Hashable:
        """Equal for two cases that `describe` tells alike, with nothing printed."""
        numbers = tuple((name, *_pair(value)) for name, value in self.numbers.items())
        families = tuple((name, len(values), *map(_pair, values[:SHOWN])) for name, values in self.families.items())
        roots = tuple(str(root.describe()) for root in self.roots)
        return self.label, numbers, families, roots, tuple(self.entries.items()), tuple(self.letters.items())

    def describe(self) -> dict[str, Any]:
        """The case in exact strings, for a report."""
        told: dict[str, Any] = {"case": self.label} if self.label else {}
        told |= {name: exact_text(value) for name, value in self.numbers.items()}
        told |= {name: _family(values) for name, values in self.families.items()}
        for root in self.roots:
            told |= root.describe()
        told |= {name: f"{family}[{letter}]" for name, (family, letter) in self.entries.items()}
        return told | dict(self.letters)


def _pair(value: Fraction) -> tuple[int, int]:
    """A rational as something that is hashed fast."""
    return value.numerator, value.denominator


def _family(values: tuple[Fraction, ...]) -> list[str]:
    shown = [exact_text(value) for value in values[:SHOWN]]
    return shown if len(values) <= SHOWN else [*shown, f"... {len(values)} in all"]


def exact_text(value: Fraction) -> str:
    """A rational in full, its powers of 10 written as such: 1/10^300, 1 - 1/10^300."""
    rest = 1 - value
    if 0 < rest < Fraction(1, 10**9) and rest.numerator.bit_length() < value.numerator.bit_length():
        return f"1 - {exact_text(rest)}"
    over, under = _integer_text(value.numerator), _integer_text(value.denominator)
    return over if under == "1" else f"{over}/{under}"


def _integer_text(value: int) -> str:
    written: str = mpz(value).digits()  # str refuses integers of more than 4300 digits
    digits = len(written.lstrip("-"))
    if digits <= 15:
        return written
    if digits > LONG:
        twos = (value & -value).bit_length() - 1
        if twos > value.bit_length() // 2:
            return f"({mpz(value >> twos).digits()}*2^{twos})"
        return written
    for power in range(digits - 1, 11, -1):
        factor, rest = divmod(value, 10**power)
        if abs(factor) < 10**9 and rest < 10**9:
            head = (f"{factor}*" if factor != 1 else "") + f"10^{power}"
            return f"({head} + {rest})" if rest else head if factor == 1 else f"({head})"
    return written


# ------------------------------------------------------------------------------------------------- arithmetic


class Inequality(NamedTuple):
    """An inequality compiled: its two sides and, when first asked for, its difference rearranged.

    rearranged: larger - smaller with its common factors taken out, and its derivative by each number, if there are such.
    """

    smaller: Node
    larger: Node
    rearranged: Callable[[], tuple[Node, dict[str, Node] | None]]


class BallView:
    """An environment at one precision: the values, the letters in force, and what has been computed from them.

    It is long because each operation of a goal is a short method here.
    """

    sides_only = False
    """Whether a view is wanted for the sides of relations, and not for what is true."""

    def __init__(
        self, numbers: dict[str, Value], families: dict[str, tuple[Value, ...]], letters: dict[str, int], dps: int
    ) -> None:
        self.numbers, self.families, self.letters, self.dps = numbers, families, letters, dps
        self.memo: dict[Any, Value] = {}
        self.sides: dict[Any, Value] | None = None
        self.solved: dict[Any, Value] = {}
        self.endless: Mapping[str, Endless | Minimized] = {}
        self.tolerance = fmpq(1, 10**dps)

    def child(self, name: str, value: Value) -> BallView:
        """The same environment with one more number, and nothing computed."""
        view = self.__class__.__new__(self.__class__)
        view.__dict__.update(self.__dict__)
        view.numbers, view.letters, view.memo = self.numbers | {name: value}, dict(self.letters), {}
        view.sides = None
        return view

    # Each operation takes and returns values; an fmpq is exact, and stays so while it is small.

    def widen(self, value: Value) -> arb:
        """The ball of a value."""
        kind = type(value)
        return value if kind is arb else arb(value) if kind is fmpq else value.q

    def add(self, values: Sequence[Value]) -> Value:
        exact, wide = fmpq(0), None
        for value in values:
            if type(value) is fmpq and exact.height_bits() < EXACT_BITS:
                exact = exact + value
            else:
                ball = self.widen(value)
                wide = ball if wide is None else wide + ball
        total = exact if wide is None else wide if exact == 0 else wide + self.widen(exact)
        return total if total is exact or self.finite(total) else self.unbounded(values, total)

    def unbounded(self, values: Sequence[Value], total: Value) -> Value:
        """A sum that is not finite: infinite if its terms are so on one side only; Arb loses that at the first radius."""
        balls = [self.widen(value) for value in values]
        signs = {ball > 0 for ball in balls if infinite(ball)}
        if len(signs) != 1 or not all(ball.is_finite() or infinite(ball) for ball in balls):
            return total
        return arb.pos_inf() if signs.pop() else arb.neg_inf()

    def mul(self, values: Sequence[Value]) -> Value:
        exact, wide = fmpq(1), None
        for value in values:
            if type(value) is fmpq and exact.height_bits() < EXACT_BITS:
                exact = exact * value
            else:
                ball = self.widen(value)
                wide = ball if wide is None else wide * ball
        if wide is None or exact == 1:
            return exact if wide is None else wide
        return exact if exact == 0 and self.finite(wide) else wide * self.widen(exact)

    def times(self, a: arb, b: arb) -> arb:
        return a * b

    def complement(self, value: Value) -> Value:
        kind = type(value)
        if kind is fmpq:
            return 1 - value
        return 1 - value if kind is arb else _flipped(value)

    def finite(self, value: Any) -> bool:
        return bool(value.is_finite())

    def log(self, value: Value) -> Value:
        kind = type(value)
        if kind is fmpq:
            if value <= 0:
                raise Undefined(f"the logarithm of {value} is taken")
            if value == 1:
                return fmpq(0)
            return arb(value - 1).log1p() if abs(value - 1) < fmpq(1, 2) else arb(value).log()
        if kind is not arb:
            return value.log
        if value > 0:
            return value.log() if value.rad() < value.mid() * _NARROW else value.lower().log().union(value.upper().log())
        if value < 0:
            raise Undefined(f"the logarithm of {value.str(6)} is taken")
        return arb.nan()

    def log1p(self, value: Value) -> Value:
        """The logarithm of 1 + value, near 1 without cancellation."""
        if type(value) is not arb:
            return self.log(self.add([fmpq(1), value]))
        if value > -1:
            narrow = value.rad() < (1 + value).mid() * _NARROW
            return value.log1p() if narrow else value.lower().log1p().union(value.upper().log1p())
        return self.log(1 + value)

    def exp(self, value: Value) -> Value:
        return fmpq(1) if type(value) is fmpq and value == 0 else _exp(self.widen(value))

    def power(self, base: Value, exponent: Value) -> Value:
        exact = type(exponent) is fmpq
        if exact and exponent.q == 1:
            return self.integer_power(base, int(exponent.p))
        if type(base) is fmpq and base <= 0:
            if base < 0:
                raise Undefined(f"{base} is raised to the power {exponent}")
            if self.widen(exponent) > 0:
                return fmpq(0)
            if self.widen(exponent) < 0:
                raise Undefined(f"0 is raised to the power {exponent}")
            return arb.nan()
        wide = self.widen(base)
        if type(base) is not fmpq and not wide > 0:
            if wide < 0:
                raise Undefined(f"{wide.str(6)} is raised to the power {exponent}")
            if wide.lower() >= 0 and self.widen(exponent).lower() >= 0:
                top = self.power(wide.upper(), exponent)
                return from_zero(top if self.widen(exponent) > 0 else top.max(arb(1)))
            return arb.nan()
        return _exp(self.times(self.widen(exponent), self.widen(self.log(base))))

    def integer_power(self, base: Value, exponent: int) -> Value:
        if exponent == 0:
            return fmpq(1)
        if exponent == 1:
            return base
        if type(base) is fmpq:
            if base == 0:
                if exponent < 0:
                    raise Undefined("0 is divided by")
                return fmpq(0)
            if base.height_bits() * abs(exponent) < EXACT_BITS:
                return base**exponent
            sign = -1 if base < 0 and exponent % 2 else 1
            return (exponent * self.widen(self.log(abs(base)))).exp() * sign
        if type(base) is not arb and abs(exponent) > 4 and base.q > 0:
            return _exp(exponent * base.log)
        return self.wide_power(self.widen(base), exponent)

    def wide_power(self, base: arb, exponent: int) -> arb:
        if exponent < 0:
            if base.is_zero():
                raise Undefined("0 is divided by")
            return 1 / self.wide_power(base, -exponent)
        if base > 0 or base < 0 or base.is_exact():
            return base**exponent
        if not base.is_finite():
            return arb.nan()
        top = base.abs_upper() ** exponent
        return top * arb(0, 1) if exponent % 2 else from_zero(top)

    def absolute(self, value: Value) -> Value:
        return abs(value) if type(value) in (fmpq, arb) else value

    def extreme(self, values: list[Value], largest: bool) -> Value:
        """The maximum or minimum: the value itself where it is decided which."""
        best = values[0]
        for value in values[1:]:
            if value is best:
                continue
            order, _ = self.order(best, value)
            if order == UNKNOWN:
                a, b = self.widen(best), self.widen(value)
                best = a.max(b) if largest else a.min(b)
            elif (order == TRUE) == largest:
                best = value
        return best

    def constant(self, name: Expr) -> Value:
        return {pi: arb.pi, E: arb.const_e, oo: arb.pos_inf, -oo: arb.neg_inf}[name]()

    def endless_sum(self, kind: str, families: Sequence[str], numbers: Sequence[Value]) -> Value:
        """A sum without end (`endless.recognised`): +oo where it is proved infinite, NaN where it is not known."""
        given = [self.endless[name] for name in families if name in self.endless]
        if len(given) < len(families) or not all(type(value) is fmpq for value in numbers[-1:]):
            return arb.nan()
        if kind == "mass":
            return to_fmpq(given[0].mass)
        data, focus = given[0], to_fraction(numbers[-1])
        if kind == "cost":
            key = ("cost", data, given[1], focus)  # so that what is equal is one value
            if key not in self.solved:
                self.solved[key] = summed(data, given[1], focus)
            return self.solved[key]
        if not isinstance(data, Endless) or focus <= 0:
            return arb.nan()
        if kind == "excess":
            return excess(data, self.widen(numbers[0]), self.widen(numbers[1]), focus)
        return entries(data, self.widen(numbers[0]), focus)

    def slope_inverse(self, y: Value, gamma: Value) -> Value:
        try:
            found = self.solved[self.near(y), self.near(gamma)] = slope_inverse_ball(self.widen(y), self.widen(gamma))
            return found
        except Undecided:  # at this precision; a ball that is not a number decides nothing, and more bits are tried
            return arb.nan()

    def near(self, value: Value) -> Any:
        """What numbers have in common that differ by rounding only: a rational itself, or the first bits."""
        return value if type(value) is fmpq else first_bits(*map(int, self.widen(value).mid().man_exp()))

    def difference(self, a: Value, b: Value) -> Value:
        """b - a, from the complements where both are near 1."""
        if type(a) is fmpq and type(b) is fmpq:
            return b - a
        if arb not in (type(a), type(b)) and 2 * self.widen(a) > 1 and 2 * self.widen(b) > 1:
            return self.widen(self.complement(a)) - self.widen(self.complement(b))
        return self.widen(b) - self.widen(a)

    def order(self, a: Value, b: Value) -> tuple[int | None, Value]:
        """(+1 for a < b, -1 for a > b, None for equal, 0 for undecided; b - a)."""
        if a is b:
            return None, fmpq(0)
        d = self.difference(a, b)
        if type(d) is fmpq:
            return (TRUE if d > 0 else FALSE if d < 0 else None), d
        if d > 0:
            return TRUE, d
        if d < 0:
            return FALSE, d
        if d.is_zero():
            return None, d
        x, y = self.widen(a), self.widen(b)
        if infinite(x) and infinite(y) and (x > 0) == (y > 0):
            return None, fmpq(0)
        return UNKNOWN, d

    def closer(self, inequality: Inequality) -> int:
        """+1 or -1 where the order of the sides shows only if they are rearranged: a point has no more to say."""
        return UNKNOWN

    def relative(self, d: Value, a: Value, b: Value) -> arb | None:
        """The difference over the larger of the two magnitudes, as an exact number near it."""
        d, a, b = self.widen(d), abs(self.widen(a)), abs(self.widen(b))
        if not (d.is_finite() and a.is_finite() and b.is_finite()):
            return None
        scale = a.max(b).mid()
        return arb(0) if scale.is_zero() else (d.mid() / scale).mid()

    def agreement(self, d: arb, scale: arb) -> int | None:
        """The digits to which two numbers agree whose difference lies in d, if there are enough."""
        if not (d.is_finite() and scale.is_finite()) or not scale > 0:
            return None
        error = d.abs_upper() / scale.lower()
        if not error < self.tolerance:
            return None
        man, exponent = error.upper().mid().man_exp()
        return -((int(man).bit_length() + int(exponent)) * 30103 // 100000)


def _exp(value: arb) -> arb:
    """The exponential; of a wide ball from its ends, which keeps it positive and on its side of 1."""
    if value.rad() < _NARROW or not value.is_finite():
        return value.exp()
    return value.lower().exp().union(value.upper().exp())


_NARROW = arb((1, -20))
"""A ball of a greater (relative) radius has its exponential and logarithms from its ends."""


def _flipped(value: Probability) -> Probability:
    flipped = Probability(value.complement, value.q)
    flipped._log, flipped._log_complement = value._log_complement, value._log
    return flipped


def first_bits(man: int, exponent: int) -> tuple[int, int]:
    """The first 60 bits of man * 2**exponent, and where they end."""
    more = man.bit_length() - 60
    return (man >> more, exponent + more) if more > 0 else (man << -more, exponent + more)


def infinite(value: arb) -> bool:
    """Whether a ball is +oo or -oo, rather than unknown."""
    return not value.is_finite() and value.is_exact() and not value.is_nan()


def from_zero(high: arb) -> arb:
    """The ball of [0, high], which does not reach below 0 by so much as a rounding."""
    around = arb(0, high.upper() / 2)
    return around + around.rad()
