"""Three-valued evaluation: a statement at a point, or over a whole box, by Arb balls and once more by mpmath.

A goal is compiled once into closures. At a point (`decide`) the precision rises until balls separate; what they never
separate stays undecided, and undecided is not a pass. Over a box (`enclose_box`) the box is cut until every piece is decided.

Exact inputs stay exact through +, * and small powers, so 1 - x, totals and ties are compared as rationals; what is a
`Probability` gives its complement and its logarithms. An equality of balls is never proved: it agrees to a number of digits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

import mpmath
from flint import arb, fmpq
from sympy import (
    Abs,
    Add,
    Dummy,
    E,
    Expr,
    Indexed,
    IndexedBase,
    Integer,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    Rational,
    Sum,
    Symbol,
    diff,
    exp,
    factor_terms,
    log,
    oo,
    pi,
    sympify,
)
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne
from sympy.logic.boolalg import And, Boolean, BooleanFalse, BooleanTrue, Equivalent, Implies, Not, Or

from focal_symbolic import definitions
from focal_symbolic.balls import Probability, precision, to_mpf
from focal_symbolic.claim import Boxes, Claim
from focal_symbolic.errors import FocalError, Undecided
from focal_symbolic.language import Bijection, Every, ExistsUnique, Finite, n
from focal_symbolic.minimizer import slope_inverse_ball

__all__ = [
    "Cover",
    "Decision",
    "Environment",
    "Root",
    "Undefined",
    "Unsupported",
    "ball_value",
    "cross_check",
    "decide",
    "enclose_box",
    "exact_text",
    "hypotheses",
    "start_bits",
    "statement",
]

TRUE, UNKNOWN, FALSE = 1, 0, -1
CEILING = 128
"""The highest precision tried, as a multiple of the first."""
EXACT_BITS = 4096
"""A rational of more bits than this becomes a ball."""
MOST_TERMS = 5000
"""A normal form of more terms than this is not multiplied out."""

Value = Any
"""An fmpq (exact), an arb or a Probability; in the mpmath twin an fmpq, an mpf or a pair of mpf."""


class Undefined(FocalError):
    """A goal evaluated outside its domain: the claim, or the case, is wrong."""


class Unsupported(FocalError):
    """A goal with a node that has no evaluation."""


Node = Callable[["BallView"], Value]
Test = Callable[["BallView"], "Verdict"]

# ------------------------------------------------------------------------------------------------- environments


class Root(Protocol):
    """Values that are computed, at any precision: a minimizer, the image of an inverse map, an irrational witness."""

    def at(self, bits: int) -> Mapping[str, Value | tuple[Value, ...]]:
        """The values by name, a tuple for a family; ties share one object."""

    def describe(self) -> Mapping[str, Any]:
        """How the values come about, in exact strings."""


@dataclass
class Environment:
    """One case of a claim: exact numbers and families, what is computed from them, and letters (counted from 1)."""

    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    families: Mapping[str, tuple[Fraction, ...]] = field(default_factory=dict)
    letters: Mapping[str, int] = field(default_factory=dict)
    roots: tuple[Root, ...] = ()
    entries: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Numbers that are an entry of a family: name -> (family, letter)."""
    size: int = 0
    label: str = ""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How Hypothesis shows a case: briefly."""
        printer.text(f"Environment({self.describe()})")

    def view(self, bits: int, dps: int) -> BallView:
        """The case at a precision, which must be in force."""
        numbers: dict[str, Value] = {name: _fmpq(value) for name, value in self.numbers.items()}
        families: dict[str, tuple[Value, ...]] = {name: tuple(map(_fmpq, values)) for name, values in self.families.items()}
        for root in self.roots:
            for name, value in root.at(bits).items():
                (families if isinstance(value, tuple) else numbers)[name] = value
        for name, (family, letter) in self.entries.items():
            numbers[name] = families[family][letter - 1]
        if self.size:
            numbers["n"] = fmpq(self.size)
        return BallView(numbers, families, dict(self.letters), dps)

    def describe(self) -> dict[str, Any]:
        """The case in exact strings, for a report."""
        told: dict[str, Any] = {"case": self.label} if self.label else {}
        told |= {name: exact_text(value) for name, value in self.numbers.items()}
        told |= {name: _family(values) for name, values in self.families.items()}
        for root in self.roots:
            told |= root.describe()
        told |= {name: f"{family}[{letter}]" for name, (family, letter) in self.entries.items()}
        return told | dict(self.letters)


def _family(values: tuple[Fraction, ...]) -> list[str]:
    shown = [exact_text(value) for value in values[:8]]
    return shown if len(values) <= 8 else [*shown, f"... {len(values)} in all"]


def exact_text(value: Fraction) -> str:
    """A rational in full, its powers of 10 written as such: 1/10^300, 1 - 1/10^300."""
    rest = 1 - value
    if 0 < rest < Fraction(1, 10**9) and len(str(rest.numerator)) < len(str(value.numerator)):
        return f"1 - {exact_text(rest)}"
    over, under = _integer_text(value.numerator), _integer_text(value.denominator)
    return over if under == "1" else f"{over}/{under}"


def _integer_text(value: int) -> str:
    digits = len(str(abs(value)))
    if digits <= 15:
        return str(value)
    for power in range(digits - 1, 11, -1):
        factor, rest = divmod(value, 10**power)
        if abs(factor) < 10**9 and rest < 10**9:
            head = (f"{factor}*" if factor != 1 else "") + f"10^{power}"
            return f"({head} + {rest})" if rest else head if factor == 1 else f"({head})"
    return str(value)


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


# ------------------------------------------------------------------------------------------------- arithmetic


class BallView:
    """An environment at one precision: the values, the letters in force, and what has been computed from them."""

    def __init__(
        self, numbers: dict[str, Value], families: dict[str, tuple[Value, ...]], letters: dict[str, int], dps: int
    ) -> None:
        self.numbers, self.families, self.letters, self.dps = numbers, families, letters, dps
        self.memo: dict[Any, Value] = {}
        self.sides: dict[Any, Value] | None = None
        self.tolerance = fmpq(1, 10**dps)

    def child(self, name: str, value: Value) -> BallView:
        """The same environment with one more number, and nothing computed."""
        view = self.__class__.__new__(self.__class__)
        view.__dict__.update(self.__dict__)
        view.numbers, view.letters, view.memo = {**self.numbers, name: value}, dict(self.letters), {}
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

    def unbounded(self, values: Sequence[Value], total: arb) -> arb:
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
        return value.is_finite()

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
                return _from_zero(top if self.widen(exponent) > 0 else top.max(arb(1)))
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
        return top * arb(0, 1) if exponent % 2 else _from_zero(top)

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

    def number(self, value: fmpq) -> Value:
        return value

    def slope_inverse(self, y: Value, gamma: Value) -> Value:
        try:
            return slope_inverse_ball(self.widen(y), self.widen(gamma))
        except Undecided:  # at this precision; a ball that is not a number decides nothing, and more bits are tried
            return arb.nan()

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


_WIDE, _NARROW = arb((1, -6)), arb((1, -20))


def _wide(value: arb) -> bool:
    """Whether a ball has one sign and is so wide that its ends are worth the trouble."""
    return value.is_finite() and not value.contains(0) and bool(value.rad() > abs(value.mid()) * _WIDE)


class BoxView(BallView):
    """A view whose numbers range over intervals: products and reciprocals from the ends, which keep their sign.

    Arb's own product of two wide positive balls reaches below 0. `middle` is the view at the middle of the box, `reach` how
    far each number goes from there; with them an inequality near its zero is decided by the mean value theorem.
    """

    middle: BallView
    ends: dict[str, tuple[fmpq, fmpq]]
    reach: dict[str, arb]

    @classmethod
    def over(cls, numbers: dict[str, Value], middle: BallView, ends: dict[str, tuple[fmpq, fmpq]]) -> BoxView:
        """The view of a box, from its hulls, the view at its middle and its ends."""
        view = cls(numbers, {}, {}, middle.dps)
        view.middle, view.ends = middle, ends
        view.reach = {name: view.widen(value) - view.widen(middle.numbers[name]) for name, value in numbers.items()}
        return view

    def mul(self, values: Sequence[Value]) -> Value:
        product: Value = fmpq(1)
        for value in values:
            if type(product) is fmpq or type(value) is fmpq:
                product = super().mul((product, value))
            else:
                product = self.times(self.widen(product), self.widen(value))
        return product

    def times(self, a: arb, b: arb) -> arb:
        if not (_wide(a) and _wide(b)):
            return a * b
        negative = (a < 0) != (b < 0)
        a, b = abs(a), abs(b)
        product = (a.lower() * b.lower()).union(a.upper() * b.upper())
        return -product if negative else product

    def wide_power(self, base: arb, exponent: int) -> arb:
        if not _wide(base):
            return super().wide_power(base, exponent)
        ends = super().wide_power(base.lower(), exponent), super().wide_power(base.upper(), exponent)
        return ends[0].union(ends[1])

    def sign_of_difference(self, smaller: Node, larger: Node, gradient: dict[str, Node]) -> int:
        """The sign of larger - smaller on the whole box, by its derivatives over the box.

        Where it is monotone in a number, that number goes to the end at which it is least (greatest); in the others the
        mean value theorem adds the derivative times the way from the middle.
        """
        slopes = {name: self.widen(derivative(self)) for name, derivative in gradient.items()}
        parts = {name: slope * self.reach[name] for name, slope in slopes.items()}
        centre = self.widen(self.middle.difference(smaller(self.middle), larger(self.middle)))
        around = sum(parts.values(), centre)
        for sign in (TRUE, FALSE):
            if around * sign > 0:
                return sign
            if not centre * sign > 0:
                continue
            steady = {name: slope * sign > 0 for name, slope in slopes.items() if slope > 0 or slope < 0}
            if steady:
                ends = {name: self.ends[name][0 if rises else 1] for name, rises in steady.items()}
                face = BoxView.over({**self.numbers, **ends}, self.middle, self.ends)
                if face.widen(face.difference(smaller(face), larger(face))) * sign > 0:
                    return sign
        return UNKNOWN


def infinite(value: arb) -> bool:
    """Whether a ball is +oo or -oo, rather than unknown."""
    return not value.is_finite() and value.is_exact() and not value.is_nan()


def _flipped(value: Probability) -> Probability:
    flipped = Probability(value.complement, value.q)
    flipped._log, flipped._log_complement = value._log_complement, value._log
    return flipped


# ------------------------------------------------------------------------------------------------- touching cases

Terms = dict[tuple, fmpq]
"""A sum of monomials: a monomial is a sorted tuple of (atom, power), its value the rational coefficient."""


class Form:
    """A value with its normal form: a polynomial in atoms (an inexact value, a logarithm, a power, ...) over the rationals."""

    __slots__ = ("terms", "value")

    def __init__(self, value: Value, terms: Terms) -> None:
        self.value, self.terms = value, {monomial: c for monomial, c in terms.items() if c != 0}

    @property
    def key(self) -> frozenset:
        return frozenset(self.terms.items())


class FormView(BallView):
    """A ball view that also keeps normal forms, so that what is equal by algebra is equal where balls only touch.

    For a <= b with a = b: the balls of a and b never separate. Logarithms of products and powers with rational exponents are
    split where the factors are positive by their balls; a normal form that would grow too long becomes an atom.
    """

    atoms: dict[Any, Value]

    @classmethod
    def of(cls, view: BallView) -> FormView:
        """The same environment, with normal forms."""
        made = cls(view.numbers, view.families, view.letters, view.dps)
        made.atoms = {}
        return made

    def raw(self, value: Value) -> Value:
        return value.value if type(value) is Form else value

    def widen(self, value: Value) -> arb:
        return super().widen(self.raw(value))

    def form(self, value: Value) -> Form:
        if type(value) is Form:
            return value
        if type(value) is fmpq:
            return Form(value, {(): value})
        return self.atom(value, ("value", id(value)))

    def atom(self, value: Value, name: tuple) -> Form:
        self.atoms[name] = value
        return Form(value, {((name, fmpq(1)),): fmpq(1)})

    def positive(self, name: tuple) -> bool:
        return name in self.atoms and bool(super().widen(self.atoms[name]) > 0)

    def made(self, value: Value, terms: Terms) -> Value:
        """A computed value: plain where it is rational."""
        return value if type(value) is fmpq else Form(value, terms)

    def add(self, values: Sequence[Value]) -> Value:
        total: Terms = {}
        for value in values:
            for monomial, coefficient in self.form(value).terms.items():
                total[monomial] = total.get(monomial, 0) + coefficient
        return self.made(super().add([self.raw(value) for value in values]), total)

    def mul(self, values: Sequence[Value]) -> Value:
        value = super().mul([self.raw(value) for value in values])
        if type(value) is fmpq:
            return value
        product: Terms = {(): fmpq(1)}
        for factor in map(self.form, values):
            terms = factor.terms
            if min(len(product), len(terms)) > 1 and len(product) * len(terms) > MOST_TERMS:
                terms = self.atom(factor.value, ("sum", factor.key)).terms
            longer: Terms = {}
            for a, c in product.items():
                for b, e in terms.items():
                    monomial, coefficient = _times(a, b)
                    longer[monomial] = longer.get(monomial, 0) + c * e * coefficient
            product = longer
        return self.made(value, product)

    def complement(self, value: Value) -> Value:
        terms = {monomial: -c for monomial, c in self.form(value).terms.items()}
        return self.made(super().complement(self.raw(value)), terms | {(): terms.get((), 0) + 1})

    def log(self, value: Value) -> Value:
        result, form = super().log(self.raw(value)), self.form(value)
        if len(form.terms) == 1:
            ((monomial, coefficient),) = form.terms.items()
            if coefficient > 0 and all(self.positive(atom) for atom, _ in monomial):
                terms = _log_rational(coefficient)
                for atom, power in monomial:
                    name = ("log", atom[1] if atom[0] == "sum" else atom)
                    parts = _log_rational(atom[1]) if atom[0] == "number" else {((name, fmpq(1)),): fmpq(1)}
                    for part, c in parts.items():
                        terms[part] = terms.get(part, 0) + c * power
                return self.made(result, terms)
        return self.made(result, self.atom(result, ("log", form.key)).terms)

    def exp(self, value: Value) -> Value:
        result = super().exp(self.raw(value))
        return self.made(result, self.atom(result, ("exp", self.form(value).key)).terms)

    def power(self, base: Value, exponent: Value) -> Value:
        if type(exponent) is fmpq and exponent.q == 1:
            return self.integer_power(base, int(exponent.p))
        result = super().power(self.raw(base), self.raw(exponent))
        if type(result) is fmpq:
            return result
        of = self.form(base)
        if type(exponent) is not fmpq:
            return self.atom(result, ("power", of.key, self.form(exponent).key))
        return self.made(result, self.raised(of, exponent))

    def integer_power(self, base: Value, exponent: int) -> Value:
        result = super().integer_power(self.raw(base), exponent)
        return result if type(result) is fmpq else self.made(result, self.raised(self.form(base), fmpq(exponent)))

    def raised(self, base: Form, exponent: fmpq) -> Terms:
        if len(base.terms) == 1:
            ((monomial, coefficient),) = base.terms.items()
            if exponent.q == 1 or (coefficient > 0 and all(self.positive(atom) for atom, _ in monomial)):
                raised = tuple((atom, power * exponent) for atom, power in monomial)
                if coefficient == 1:
                    return {raised: fmpq(1)}
                self.atoms["number", coefficient] = coefficient
                both, factor = _times(raised, ((("number", coefficient), exponent),))
                return {both: factor}
        name = ("sum", base.key)
        self.atoms[name] = base.value
        return {((name, exponent),): fmpq(1)}

    def absolute(self, value: Value) -> Value:
        raw = self.raw(value)
        if type(raw) is fmpq:
            return abs(raw)
        form, wide = self.form(value), super().widen(raw)
        if not form.terms:
            return fmpq(0)
        if wide < 0:
            return self.mul([fmpq(-1), value])
        return value if wide > 0 else self.atom(abs(wide), ("abs", form.key))

    def slope_inverse(self, y: Value, gamma: Value) -> Value:
        result = super().slope_inverse(self.raw(y), self.raw(gamma))
        return self.atom(result, ("inverse", self.form(y).key, self.form(gamma).key))

    def constant(self, name: Expr) -> Value:
        result = super().constant(name)
        return self.atom(result, ("constant", name)) if result.is_finite() else result

    def difference(self, a: Value, b: Value) -> Value:
        return super().difference(self.raw(a), self.raw(b))

    def order(self, a: Value, b: Value) -> tuple[int | None, Value]:
        order, d = super().order(self.raw(a), self.raw(b))
        if order == UNKNOWN and self.form(a).terms == self.form(b).terms:
            return None, fmpq(0)
        return order, d


def _times(a: tuple, b: tuple) -> tuple[tuple, fmpq]:
    """The product of two monomials, and the rational that its powers of rationals leave."""
    if not a or not b:
        return (a or b), fmpq(1)
    powers: dict[tuple, fmpq] = dict(a)
    for atom, power in b:
        powers[atom] = powers.get(atom, 0) + power
    coefficient = fmpq(1)
    for atom, power in list(powers.items()):
        if power == 0:
            del powers[atom]
        elif atom[0] == "number" and power.q == 1 and atom[1].height_bits() * abs(power) < EXACT_BITS:
            coefficient *= atom[1] ** int(power.p)
            del powers[atom]
    return tuple(sorted(powers.items(), key=lambda item: hash(item[0]))), coefficient


def _log_rational(value: fmpq) -> Terms:
    """The logarithm of a positive rational, over small primes if it is not too long for that."""
    terms: Terms = {}
    primes = (2, 3, 5, 7, 11, 13) if value.height_bits() < 128 else ()
    for part, sign in ((value.p, 1), (value.q, -1)):
        whole = int(part)
        for prime in primes:
            while whole % prime == 0:
                whole //= prime
                name = ((("log", prime), fmpq(1)),)
                terms[name] = terms.get(name, 0) + fmpq(sign)
        if whole > 1:
            name = ((("log", whole), fmpq(1)),)
            terms[name] = terms.get(name, 0) + fmpq(sign)
    return terms


class _Pair:
    """A probability in mpmath: the number, its complement and, when asked for, its logarithm."""

    __slots__ = ("complement", "context", "q")

    def __init__(self, q: Any, complement: Any, context: Any) -> None:
        self.q, self.complement, self.context = q, complement, context

    @property
    def log(self) -> Any:
        return self.context.log1p(-self.complement) if 2 * self.q > 1 else self.context.log(self.q)


_context = mpmath.MPContext()
"""mpmath's own context for this module; nobody else's precision is touched."""


class MpView(BallView):
    """The same environment and the same compiled goal in mpmath: the second way, which shares no transcendental function."""

    @classmethod
    def of(cls, view: BallView, bits: int) -> MpView:
        """The middle of every value of a ball view, to be computed with at `bits` bits."""
        _context.prec = bits
        converted: dict[int, Value] = {}

        def convert(value: Value) -> Value:
            if type(value) is fmpq:
                return value
            if id(value) not in converted:
                middle = _middle(value) if type(value) is arb else None
                converted[id(value)] = (
                    _Pair(_middle(value.q), _middle(value.complement), _context) if middle is None else middle
                )
            return converted[id(value)]

        numbers = {name: convert(value) for name, value in view.numbers.items()}
        families = {name: tuple(map(convert, values)) for name, values in view.families.items()}
        return cls(numbers, families, dict(view.letters), view.dps)

    def widen(self, value: Value) -> Any:
        kind = type(value)
        if kind is fmpq:
            return _context.mpf(int(value.p)) / int(value.q)
        return value.q if kind is _Pair else value

    def complement(self, value: Value) -> Value:
        return _Pair(value.complement, value.q, _context) if type(value) is _Pair else 1 - value

    def finite(self, value: Any) -> bool:
        return bool(_context.isfinite(value))

    def log(self, value: Value) -> Value:
        if type(value) is _Pair:
            return value.log
        if value <= 0:
            raise Undefined(f"mpmath takes the logarithm of {value}")
        if type(value) is not fmpq:
            return _context.log(value)
        near = abs(value - 1) < fmpq(1, 2)
        return _context.log1p(self.widen(value - 1)) if near else _context.log(self.widen(value))

    def log1p(self, value: Value) -> Value:
        wide = self.widen(value)
        return _context.log1p(wide) if abs(wide) < 1 else self.log(1 + wide)

    def exp(self, value: Value) -> Value:
        return _context.exp(self.widen(value))

    def power(self, base: Value, exponent: Value) -> Value:
        wide, e = self.widen(base), self.widen(exponent)
        if wide > 0 and type(base) is not _context.mpf:
            return _context.exp(e * self.log(base))
        if wide == 0 and e < 0:
            raise Undefined("mpmath divides by 0")
        return wide**e

    def integer_power(self, base: Value, exponent: int) -> Value:
        if type(base) is fmpq and base != 0 and base.height_bits() * abs(exponent) < EXACT_BITS:
            return base**exponent
        return self.power(base, fmpq(exponent))

    def unbounded(self, values: Sequence[Value], total: Any) -> Any:
        return total

    def extreme(self, values: list[Value], largest: bool) -> Value:
        return (max if largest else min)(values, key=self.widen)

    def constant(self, name: Expr) -> Value:
        return {pi: +_context.pi, E: +_context.e, oo: _context.inf, -oo: -_context.inf}[name]

    def absolute(self, value: Value) -> Value:
        return abs(self.widen(value))

    def slope_inverse(self, y: Value, gamma: Value) -> Value:
        """Arb's solution after one Newton step of mpmath's, which would move it if it were wrong."""
        y, gamma = self.widen(y), self.widen(gamma)
        with precision(_context.prec):
            found = slope_inverse_ball(_exact_ball(y), _exact_ball(gamma))
            at = _Pair(_middle(found.q), _middle(found.complement), _context)
        view = self.child("x", at)
        view.numbers["gamma"] = gamma
        value, derivative = _slope_and_derivative()
        step = (self.widen(value(view)) - y) / self.widen(derivative(view))
        return _Pair(at.q - step, at.complement + step, _context)

    def order(self, a: Value, b: Value) -> tuple[int | None, Value]:
        x, y = self.widen(a), self.widen(b)
        return (TRUE if x < y else FALSE if x > y else None if x == y else UNKNOWN), y - x

    def relative(self, d: Value, a: Value, b: Value) -> None:
        return None

    def agreement(self, d: Any, scale: Any) -> int | None:
        return self.dps if abs(d) < abs(scale) * _context.mpf(10) ** -self.dps else None


def _middle(value: arb) -> Any:
    if not value.is_finite():
        return _context.mpf(to_mpf(value))
    man, exponent = value.mid().man_exp()
    return _context.ldexp(_context.mpf(int(man)), int(exponent))


def _exact_ball(value: Any) -> arb:
    sign, man, exponent, size = value._mpf_
    if not man:
        return arb(0) if not exponent else arb.nan() if size == -1 else arb.neg_inf() if sign else arb.pos_inf()
    return arb((-int(man) if sign else int(man), int(exponent)))


@lru_cache(maxsize=1)
def _slope_and_derivative() -> tuple[Callable, Callable]:
    slope = definitions.slope(definitions.x, definitions.gamma)
    compiler = _Compiler()
    return compiler.expression(slope), compiler.expression(diff(slope, definitions.x))


# ------------------------------------------------------------------------------------------------- verdicts


class Verdict(NamedTuple):
    """What a compiled statement gives: the truth value, and how near it was."""

    value: int
    slack: arb | None = None
    agreed: int | None = None
    where: tuple[Any, tuple] | None = None
    vacuous: bool = False


@dataclass(frozen=True)
class Decision:
    """The truth of a statement in one case.

    value: +1 proved, -1 refuted, 0 undecided; slack: the least relative room of an inequality; agreed_digits: to how many
    digits the equalities agree, None if there are none or they are exact; where: the part that decided or got stuck;
    vacuous: a hypothesis inside the goal is false here, so the case shows nothing.
    """

    value: int
    slack: mpmath.mpf | None
    agreed_digits: int | None
    where: str
    bits: int
    vacuous: bool = False


def _decision(verdict: Verdict, bits: int) -> Decision:
    where = ""
    if verdict.where:
        relation, letters = verdict.where
        at = ", ".join(f"{name}={letter}" for name, letter in letters)
        where = _printed(relation) + (f" at {at}" if at else "")
    slack = None if verdict.slack is None else to_mpf(verdict.slack)
    return Decision(verdict.value, slack, verdict.agreed, where, bits, verdict.vacuous)


@lru_cache(maxsize=256)
def _printed(relation: Boolean) -> str:
    return str(relation)


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene's conjunction."""
    slack = agreed = where = stuck = None
    vacuous = True
    for verdict in verdicts:
        if verdict.value == FALSE:
            return verdict
        if verdict.value == UNKNOWN:
            stuck = stuck or verdict
            continue
        vacuous = vacuous and verdict.vacuous
        if verdict.slack is not None and (slack is None or verdict.slack < slack):
            slack, where = verdict.slack, verdict.where
        if verdict.agreed is not None:
            agreed = verdict.agreed if agreed is None else min(agreed, verdict.agreed)
    return stuck or Verdict(TRUE, slack, agreed, where, vacuous)


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    """Kleene's disjunction."""
    best = None
    for verdict in verdicts:
        if verdict.value == TRUE and not verdict.vacuous:
            return verdict
        if best is None or verdict.value > best.value:
            best = verdict
    return best or Verdict(FALSE)


def _not(verdict: Verdict) -> Verdict:
    """Kleene's negation; an equality that only agrees to some digits does not make its negation false."""
    if verdict.value == TRUE and verdict.agreed is not None:
        return Verdict(UNKNOWN, where=verdict.where)
    return Verdict(-verdict.value, None if verdict.slack is None else -verdict.slack, None, verdict.where)


# ------------------------------------------------------------------------------------------------- compilation


class _Compiler:
    """SymPy to closures over a view; equal subexpressions are one closure."""

    def __init__(self) -> None:
        self.nodes: dict[Expr, Node] = {}
        self.tests: dict[Boolean, Test] = {}

    def expression(self, expr: Expr) -> Node:
        if expr not in self.nodes:
            self.nodes[expr] = self._expression(expr)
        return self.nodes[expr]

    def statement(self, goal: Boolean) -> Test:
        if goal not in self.tests:
            self.tests[goal] = self._statement(goal)
        return self.tests[goal]

    def _expression(self, expr: Expr) -> Node:
        if isinstance(expr, Rational) and expr.is_finite:
            value = fmpq(int(expr.p), int(expr.q))
            return lambda view: value
        if expr in (pi, E, oo, -oo):
            return lambda view: view.constant(expr)
        if isinstance(expr, Symbol):
            return self._symbol(expr)
        if isinstance(expr, Indexed):
            return self._entry(expr)
        if isinstance(expr, Add):
            return self._addition(expr)
        if isinstance(expr, Sum):
            return self._memo(expr, self._sum(expr))
        if isinstance(expr, Piecewise):
            return self._piecewise(expr)
        arguments = [self.expression(argument) for argument in expr.args]
        if isinstance(expr, Mul):
            if len(arguments) == 2 and expr.args[1] == 1 / expr.args[0]:
                return lambda view: fmpq(1)
            return lambda view: view.mul([argument(view) for argument in arguments])
        if isinstance(expr, Pow):
            if isinstance(expr.exp, Integer):
                base, power = arguments[0], int(expr.exp)
                return lambda view: view.integer_power(base(view), power)
            base, exponent = arguments
            return self._memo(expr, lambda view: view.power(base(view), exponent(view)))
        if isinstance(expr, log) and len(arguments) == 1:
            of = arguments[0]
            constant, rest = expr.args[0].as_coeff_Add()
            if constant == 1 and not isinstance(-rest, (Symbol, Indexed)):
                excess = self.expression(rest)
                return self._memo(expr, lambda view: view.log1p(excess(view)))
            return self._memo(expr, lambda view: view.log(of(view)))
        if isinstance(expr, exp):
            of = arguments[0]
            return self._memo(expr, lambda view: view.exp(of(view)))
        if isinstance(expr, Abs):
            of = arguments[0]
            return lambda view: view.absolute(of(view))
        if isinstance(expr, (Max, Min)):
            largest = isinstance(expr, Max)
            return lambda view: view.extreme([argument(view) for argument in arguments], largest)
        if expr.func == definitions.slope_inverse:
            y, gamma = arguments
            return self._memo(expr, lambda view: view.slope_inverse(y(view), gamma(view)))
        raise Unsupported(f"{expr} ({type(expr).__name__}) has no evaluation; rewrite the statement or teach evaluate.py.")

    def _memo(self, expr: Expr, node: Node) -> Node:
        """The node, computed once for each choice of the letters that it depends on."""
        key = expr
        names = sorted(symbol.name for symbol in expr.free_symbols if symbol.is_integer and symbol != n)

        def remembered(view: BallView) -> Value:
            letters = view.letters
            at = (id(key), *[letters.get(name) for name in names])
            found = view.memo.get(at)
            if found is None:
                found = view.memo[at] = node(view)
            return found

        return remembered

    def _symbol(self, symbol: Symbol) -> Node:
        name = symbol.name
        if not symbol.is_integer or symbol == n:
            return lambda view: view.numbers[name]

        def letter(view: BallView) -> Value:
            return fmpq(view.letters[name]) if name in view.letters else view.numbers[name]

        return letter

    def _entry(self, entry: Indexed) -> Node:
        base, (place,) = str(entry.base.label), entry.indices
        if isinstance(place, Symbol):
            name = place.name
            return lambda view: view.families[base][_place(view.letters[name], view.families[base])]
        place = self.expression(place)
        return lambda view: view.families[base][_place(_whole(place(view)), view.families[base])]

    def _addition(self, expr: Add) -> Node:
        if len(expr.args) == 2 and expr.args[0] == 1:
            of = self.expression(-expr.args[1])
            return lambda view: view.complement(of(view))
        arguments = [self.expression(argument) for argument in expr.args]
        return lambda view: view.add([argument(view) for argument in arguments])

    def _sum(self, expr: Sum, magnitude: bool = False) -> Node:
        if len(expr.limits) != 1:
            raise Unsupported(f"{expr} sums over several letters; nest the sums.")
        over, low, high = expr.limits[0]
        body = self.magnitude(expr.function) if magnitude else self.expression(expr.function)
        low, high, name = self.expression(low), self.expression(high), over.name

        def total(view: BallView) -> Value:
            first, last = _whole(low(view)), _whole(high(view))
            return view.add([at_letter(body, view, name, letter) for letter in range(first, last + 1)])

        return total

    def _piecewise(self, expr: Piecewise) -> Node:
        pieces = [(self.expression(value), self.statement(condition)) for value, condition in expr.args]

        def chosen(view: BallView) -> Value:
            for value, condition in pieces:
                verdict = condition(view)
                if verdict.value == UNKNOWN or verdict.agreed is not None:
                    return arb.nan()
                if verdict.value == TRUE:
                    return value(view)
            raise Undefined(f"no piece of {expr} applies")

        return chosen

    def magnitude(self, expr: Expr) -> Node:
        """The size of the terms of an expression before they cancel: what an agreement is measured against."""
        if isinstance(expr, Add):
            arguments = [self.magnitude(argument) for argument in expr.args]
            return lambda view: view.add([argument(view) for argument in arguments])
        if isinstance(expr, Mul):
            arguments = [self.magnitude(argument) for argument in expr.args]
            return lambda view: view.mul([argument(view) for argument in arguments])
        if isinstance(expr, Sum):
            return self._sum(expr, magnitude=True)
        of = self.expression(expr)
        return lambda view: view.absolute(of(view))

    def _statement(self, goal: Boolean) -> Test:
        if isinstance(goal, (BooleanTrue, BooleanFalse)):
            verdict = Verdict(TRUE if goal == True else FALSE)  # noqa: E712
            return lambda view: verdict
        if isinstance(goal, (Lt, Le)):
            return self._inequality(goal, goal.lhs, goal.rhs, isinstance(goal, Lt))
        if isinstance(goal, (Gt, Ge)):
            return self._inequality(goal, goal.rhs, goal.lhs, isinstance(goal, Gt))
        if isinstance(goal, Eq):
            return self._equality(goal)
        if isinstance(goal, Ne):
            equal = self.statement(Eq(goal.lhs, goal.rhs, evaluate=False))
            return lambda view: _not(equal(view))
        if isinstance(goal, Every):
            return self._every(goal)
        if isinstance(goal, Finite):
            return self._finite(goal)
        if isinstance(goal, ExistsUnique):
            return self._exists_unique(goal)
        if isinstance(goal, Bijection):
            return self._bijection(goal)
        if not isinstance(goal, (And, Or, Not, Implies, Equivalent)):
            raise Unsupported(f"{goal} ({type(goal).__name__}) has no evaluation; rewrite the statement.")
        tests = [self.statement(part) for part in goal.args]
        if isinstance(goal, And):
            return lambda view: _all(test(view) for test in tests)
        if isinstance(goal, Or):
            return lambda view: _any(test(view) for test in tests)
        if isinstance(goal, Not):
            return lambda view: _not(tests[0](view))
        if isinstance(goal, Implies):
            return self._implication(*tests)
        return self._equivalence(goal, tests)

    def _inequality(self, goal: Boolean, smaller: Expr, larger: Expr, strict: bool) -> Test:
        left, right = self.expression(smaller), self.expression(larger)
        gradient: list[dict[str, Node] | None] = []
        factored: list[Node] = []

        def rearranged(view: BoxView) -> int:
            if not gradient:
                gradient.append(self._gradient(larger - smaller))
                factored.append(self._factored(larger - smaller))
            d = view.widen(factored[0](view))
            if d > 0 or d < 0:
                return TRUE if d > 0 else FALSE
            if gradient[0] is None or gradient[0].keys() - view.reach.keys():
                return UNKNOWN
            return view.sign_of_difference(left, right, gradient[0])

        def test(view: BallView) -> Verdict:
            a, b = left(view), right(view)
            where = (goal, tuple(view.letters.items()))
            if view.sides is not None:
                view.sides[where, 0], view.sides[where, 1] = a, b
            order, d = view.order(a, b)
            if order == UNKNOWN and type(view) is BoxView:
                order = rearranged(view)
            if order == UNKNOWN:
                return Verdict(UNKNOWN, where=where)
            value = (FALSE if strict else TRUE) if order is None else order
            return Verdict(value, view.relative(d, a, b), None, where)

        return test

    def _factored(self, difference: Expr) -> Node:
        """The difference with common factors taken out, those inside powers too: b^(e + f) - b^e is b^e (b^f - 1)."""

        def split(power: Pow) -> Expr:
            factors = []
            for term in Add.make_args(power.exp):
                if (power.base, term) not in letters:
                    letters[power.base, term] = Dummy()
                    self.nodes[letters[power.base, term]] = self.expression(power.base**term)
                factors.append(letters[power.base, term])
            return Mul(*factors)

        letters: dict[tuple[Expr, Expr], Dummy] = {}
        is_power = lambda part: isinstance(part, Pow) and bool(part.exp.free_symbols)  # noqa: E731
        return self.expression(factor_terms(difference.replace(is_power, split)))

    def _gradient(self, difference: Expr) -> dict[str, Node] | None:
        """The derivatives by every number, or None where there are none to compile."""
        symbols = sorted((symbol for symbol in difference.free_symbols if isinstance(symbol, Symbol)), key=str)
        try:
            return {symbol.name: self.expression(diff(difference, symbol)) for symbol in symbols}
        except Unsupported:
            return None

    def _equality(self, goal: Eq) -> Test:
        left, right = self.expression(goal.lhs), self.expression(goal.rhs)
        left_size, right_size = self.magnitude(goal.lhs), self.magnitude(goal.rhs)

        def test(view: BallView) -> Verdict:
            a, b = left(view), right(view)
            where = (goal, tuple(view.letters.items()))
            if view.sides is not None:
                view.sides[where, 0], view.sides[where, 1] = a, b
            order, d = view.order(a, b)
            if order is None:
                return Verdict(TRUE, where=where)
            if order != UNKNOWN:
                return Verdict(FALSE, None, None, where)
            agreed = view.agreement(d, view.widen(view.add([left_size(view), right_size(view)])))
            return Verdict(UNKNOWN if agreed is None else TRUE, None, agreed, where)

        return test

    def _every(self, goal: Every) -> Test:
        body, name, size = self.statement(goal.body), goal.over.name, self.expression(n)

        def test(view: BallView) -> Verdict:
            return _all(at_letter(body, view, name, letter) for letter in range(1, _whole(size(view)) + 1))

        return test

    def _finite(self, goal: Finite) -> Test:
        of = self.expression(goal.value)

        def test(view: BallView) -> Verdict:
            value, where = of(view), (goal, tuple(view.letters.items()))
            if view.sides is not None:
                view.sides[where, 0] = value
            if type(value) is fmpq:
                return Verdict(TRUE, where=where)
            wide = view.widen(value)
            if view.finite(wide):
                return Verdict(TRUE, where=where)
            return Verdict(FALSE if type(wide) is arb and infinite(wide) else UNKNOWN, where=where)

        return test

    def _bijection(self, goal: Bijection) -> Test:
        name = str(goal.args[0].label)

        def test(view: BallView) -> Verdict:
            family = view.families[name]
            return Verdict(TRUE if sorted(map(_whole, family)) == list(range(1, len(family) + 1)) else FALSE, where=(goal, ()))

        return test

    def _implication(self, premise: Test, conclusion: Test) -> Test:
        def test(view: BallView) -> Verdict:
            given = premise(view)
            if given.value == FALSE:
                return Verdict(TRUE, vacuous=True)
            then = conclusion(view)
            if TRUE in (given.value, then.value):
                return then
            return Verdict(UNKNOWN, where=given.where)

        return test

    def _equivalence(self, goal: Equivalent, tests: list[Test]) -> Test:
        def test(view: BallView) -> Verdict:
            verdicts = [part(view) for part in tests]
            values = {verdict.value for verdict in verdicts}
            if {TRUE, FALSE} <= values:
                return Verdict(FALSE, None, None, (goal, tuple(view.letters.items())))
            stuck = [verdict for verdict in verdicts if verdict.value == UNKNOWN]
            if stuck:
                return Verdict(UNKNOWN, where=stuck[0].where)
            room = [abs(verdict.slack) for verdict in verdicts if verdict.slack is not None]
            where = (goal, tuple(view.letters.items()))
            return Verdict(TRUE, reduce(lambda a, b: a if a < b else b, room) if room else None, None, where)

        return test

    def _exists_unique(self, goal: ExistsUnique) -> Test:
        """Signs of the difference at the ends and at points between: one change of sign is what the samples can show."""
        if not isinstance(goal.equation, Eq):
            raise Unsupported(f"{goal} asks for a solution of something that is no equation.")
        low, high = map(self.expression, goal.interval)
        sides = self.expression(goal.equation.lhs), self.expression(goal.equation.rhs)
        equal, name = self.statement(goal.equation), goal.unknown.name

        def test(view: BallView) -> Verdict:
            where = (goal, tuple(view.letters.items()))
            a, b = low(view), high(view)
            if view.sides is not None:
                for end, place in ((a, 0), (b, 2)):
                    inside = view.child(name, end)
                    view.sides[where, place], view.sides[where, place + 1] = (side(inside) for side in sides)
                return Verdict(UNKNOWN, where=where)
            order, width = view.order(a, b)
            if order == FALSE:
                return Verdict(FALSE, where=where)
            if order == UNKNOWN:
                return Verdict(UNKNOWN, where=where)
            if order is None:
                there = equal(view.child(name, a))
                return Verdict(there.value, None, there.agreed, where)
            signs, agreed, blurred = [], None, False
            points = (a, *(view.add([a, view.mul([width, t])]) for t in _SAMPLES), b)
            for number, point in enumerate(points):
                inside = view.child(name, point)
                sign, _ = inside.order(sides[0](inside), sides[1](inside))
                if sign == UNKNOWN and number not in (0, len(points) - 1):
                    blurred = True  # too near the root to tell, or too near equality all along
                    continue
                if sign == UNKNOWN and (met := equal(inside)).value == TRUE:
                    sign, agreed = None, met.agreed
                if sign == UNKNOWN:
                    return Verdict(UNKNOWN, where=where)
                signs.append(sign or 0)
            if blurred and _one_root(signs) == FALSE:
                return Verdict(UNKNOWN, where=where)
            return Verdict(_one_root(signs), None, agreed, where)

        return test


_HALVINGS = (1, 12)
_SAMPLES = (*(fmpq(1, 2**k) for k in reversed(_HALVINGS)), *(1 - fmpq(1, 2**k) for k in _HALVINGS[1:]))
"""Where between its ends an interval is sampled: halves, and ever nearer to both ends."""


def _one_root(signs: list[int]) -> int:
    """+1 for one sign change (or one exact hit) along the samples, -1 for none or several."""
    hits = signs.count(0)
    changes = sum(a != b for a, b in pairwise([sign for sign in signs if sign]))
    if hits == 0:
        return TRUE if changes == 1 else FALSE
    inner = 0 in signs[1:-1]
    if hits > 1 or changes > 1:
        return FALSE
    return TRUE if (changes == 1) == inner else FALSE


def at_letter(node: Callable, view: BallView, name: str, letter: int) -> Any:
    """A compiled part with one letter set, which is put back afterwards."""
    missing = name not in view.letters
    before = view.letters.get(name, 0)
    view.letters[name] = letter
    try:
        return node(view)
    finally:
        if missing:
            del view.letters[name]
        else:
            view.letters[name] = before


def _whole(value: Value) -> int:
    if type(value) is not fmpq or value.q != 1:
        raise Undefined(f"{value} stands for a letter and is no whole number")
    return int(value.p)


def _place(letter: int, family: tuple) -> int:
    if not 1 <= letter <= len(family):
        raise Undefined(f"letter {letter} lies outside an alphabet of {len(family)}")
    return letter - 1


@lru_cache(maxsize=1024)
def _compiled(goal: Boolean) -> Test:
    return _Compiler().statement(goal)


@lru_cache(maxsize=256)
def _compiled_expression(expr: Expr) -> Node:
    return _Compiler().expression(expr)


def ball_value(expr: Expr, view: BallView) -> Value:
    """An expression in a view, at the precision in force: an fmpq where it is rational, a ball otherwise."""
    return _compiled_expression(sympify(expr))(view)


# ------------------------------------------------------------------------------------------------- deciding


def start_bits(dps: int) -> int:
    """The first precision for a number of digits."""
    return max(dps * 333 // 100 + 32, 128)


def statement(claim: Claim) -> Boolean:
    """The goal of a claim, for every letter of a free index that is no variable of the claim."""
    return _closed(claim, claim.goal)


def hypotheses(claim: Claim, everything: bool = False) -> Boolean:
    """The hypotheses of a claim beyond those of its variables (or all of them), closed like its goal."""
    return And(*(_closed(claim, h) for h in (claim.assumptions if everything else claim.where)), evaluate=False)


def _closed(claim: Claim, goal: Boolean) -> Boolean:
    given = {n, *claim.letters, *(base.label for base in goal.atoms(IndexedBase))}
    free = {symbol for symbol in goal.free_symbols if isinstance(symbol, Symbol) and symbol.is_integer} - given
    return reduce(Every, sorted(free, key=str), goal)


def decide(goal: Boolean, environment: Environment, dps: int = 50, ceiling: int = CEILING) -> Decision:
    """The truth of a statement in one case, by balls of rising precision.

    Statement: +1 if balls (or exact arithmetic) show it, its equalities agreeing to `dps` digits at least; -1 if they
        show the contrary; 0 if neither at `ceiling` times the first precision.
    Raises: Undefined where the statement makes no sense (the logarithm of a negative number); Unsupported.
    """
    test, bits = _compiled(goal), start_bits(dps)
    first, last = bits, bits * ceiling
    while True:
        with precision(bits):
            view = environment.view(bits, dps)
            if bits == 2 * first:
                view = FormView.of(view)
            verdict = test(view)
            if verdict.value != UNKNOWN or bits >= last:
                return _decision(verdict, bits)
        bits *= 2


def cross_check(goal: Boolean, environment: Environment, dps: int = 50, bits: int | None = None) -> str | None:
    """Whether mpmath finds each compared side in Arb's ball, widened by 10^(2-dps) of its size; a sentence if not.

    Statement: the two sides of every relation that is evaluated are computed a second time by mpmath from the same exact
        case; a side on which they differ is tried again with more bits before it is called a disagreement.
    """
    test, bits = _compiled(goal), bits or start_bits(dps)
    with precision(bits):
        view = environment.view(bits, dps)
        view.sides = {}
        test(view)
    complaint = None
    for working in (bits + 64, 4 * bits, 16 * bits):
        with precision(working):
            other = MpView.of(view, working)
            other.sides = {}
            try:
                test(other)
            except Undefined as error:  # a difference that is lost at this precision
                complaint = str(error)
                continue
            complaint = _disagreement(view, other, dps)
        if complaint is None:
            return None
    return complaint


def _disagreement(view: BallView, other: MpView, dps: int) -> str | None:
    both = [key for key in view.sides or {} if key in (other.sides or {})]
    if not both and view.sides:
        return "mpmath evaluates none of the sides that Arb does"
    margin = fmpq(1, 10 ** max(dps - 2, 1))
    for key in both:
        mine, theirs = view.widen(view.sides[key]), _exact_ball(_context.mpf(other.widen(other.sides[key])))
        if not mine.is_finite():
            if infinite(mine) and not (infinite(theirs) and (mine > 0) == (theirs > 0)):
                return f"Arb has {mine.str(10)} and mpmath {theirs.str(10)}"
            continue
        if not abs(theirs - mine.mid()) <= mine.rad() + mine.abs_upper() * margin:
            (relation, letters), side = key
            at = ", ".join(f"{name}={letter}" for name, letter in letters)
            return f"side {side + 1} of {relation} {at}: Arb has {mine.str(15)} and mpmath {theirs.str(15)}"
    return None


# ------------------------------------------------------------------------------------------------- boxes


@dataclass(frozen=True)
class Cover:
    """The truth of a statement over a whole box: +1 with every piece proved, -1 with a point or piece, 0 where it stuck."""

    value: int
    pieces: int
    where: str


Piece = tuple[tuple[Fraction, Fraction], ...]


def enclose_box(goal: Boolean, boxes: Boxes, bits: int = 128, limit: int = 30_000) -> Cover:
    """Decide a statement on the whole of a compact box by balls.

    Statement: the box is cut at its relatively widest side (at a power of 2, where it spans several) until each piece is
        proved by balls that hold all of it. A piece, or the middle of one, on which the statement is false refutes it.
        After `limit` pieces it is undecided.
    Raises: Undefined if the statement makes no sense on a piece.
    """
    test = _compiled(goal)
    names = [symbol.name for symbol, _, _ in boxes.intervals]
    with precision(bits):
        whole = tuple((_outward(low, down=True), _outward(high, down=False)) for _, low, high in boxes.intervals)
        unit = [low >= 0 and high <= 1 for low, high in whole]
        queue: deque[Piece] = deque([whole])
        proved = tried = 0
        while queue:
            piece = queue.popleft()
            tried += 1
            values = {name: _hull(*ends, is_unit) for name, ends, is_unit in zip(names, piece, unit, strict=True)}
            middle = {name: _fmpq((low + high) / 2) for name, (low, high) in zip(names, piece, strict=True)}
            centre = BallView(middle, {}, {}, 15)
            ends = {name: (_fmpq(low), _fmpq(high)) for name, (low, high) in zip(names, piece, strict=True)}
            view = BoxView.over(values, centre, ends)
            verdict = test(view)
            if verdict.value == TRUE:
                proved += 1
                continue
            if verdict.value == FALSE:
                return Cover(FALSE, tried, f"false on {_tell(names, piece)}")
            if test(centre).value == FALSE:
                return Cover(FALSE, tried, "false at " + ", ".join(f"{name}={at}" for name, at in middle.items()))
            if tried >= limit or all(low == high for low, high in piece):
                return Cover(UNKNOWN, tried, f"undecided on {_tell(names, piece)} after {tried} pieces")
            queue.extend(_halves(piece, unit))
    return Cover(TRUE, proved, "")


def _tell(names: list[str], piece: Piece) -> str:
    return ", ".join(f"{name} in [{low}, {high}]" for name, (low, high) in zip(names, piece, strict=True))


def _outward(end: Expr, down: bool) -> Fraction:
    """An end of an interval as a rational, rounded outward if it is none."""
    value = ball_value(end, BallView({}, {}, {}, 15))
    if type(value) is fmpq:
        return Fraction(int(value.p), int(value.q))
    man, exponent = (value.lower() if down else value.upper()).mid().man_exp()
    return int(man) * Fraction(2) ** int(exponent)


def _hull(low: Fraction, high: Fraction, unit: bool) -> Value:
    """The ball of an interval; inside [0, 1] with the complement and the logarithms from its ends."""
    if low == high:
        return _fmpq(low)
    if not unit:
        return _between(low, high)
    hull = Probability(_between(low, high), _between(1 - high, 1 - low))
    if low > 0:
        hull._log = _EVER, _log_ends(low, high)
    if high < 1:
        hull._log_complement = _EVER, _log_ends(1 - high, 1 - low)
    return hull


_EVER = 1 << 60
"""A precision at which logarithms taken from the ends of an interval are never taken again."""


def _log_ends(low: Fraction, high: Fraction) -> arb:
    view = BallView({}, {}, {}, 15)
    return view.widen(view.log(_fmpq(low))).union(view.widen(view.log(_fmpq(high))))


def _between(low: Fraction, high: Fraction) -> arb:
    return _from_zero(arb(_fmpq(high))) if low == 0 else arb(_fmpq(low)).union(arb(_fmpq(high)))


def _from_zero(high: arb) -> arb:
    """The ball of [0, high], which does not reach below 0 by so much as a rounding."""
    around = arb(0, high.upper() / 2)
    return around + around.rad()


def _halves(piece: Piece, unit: list[bool]) -> tuple[Piece, Piece]:
    widths = [_octaves(low, high, is_unit) for (low, high), is_unit in zip(piece, unit, strict=True)]
    place = max(range(len(piece)), key=widths.__getitem__)
    low, high = piece[place]
    cut = _cut(low, high, unit[place])
    left, right = list(piece), list(piece)
    left[place], right[place] = (low, cut), (cut, high)
    return tuple(left), tuple(right)


def _octaves(low: Fraction, high: Fraction, unit: bool) -> float:
    """How wide an interval is: near enough the powers of 2 that it spans, toward 0 and, for probabilities, toward 1."""
    width = _ratio(low, high) if low > 0 else float(high - low)
    return max(width, _ratio(1 - high, 1 - low)) if unit and high < 1 else width


def _ratio(low: Fraction, high: Fraction) -> float:
    ratio = high / low
    return float(ratio - 1) if ratio < 2 else float(ratio.numerator.bit_length() - ratio.denominator.bit_length())


def _cut(low: Fraction, high: Fraction, unit: bool) -> Fraction:
    if unit and high < 1 and (1 - low) > 4 * (1 - high) and (low == 0 or (1 - low) / (1 - high) > high / low):
        return 1 - _cut(1 - high, 1 - low, unit=False)
    if low > 0 and high > 4 * low:
        return Fraction(2) ** ((_exponent(low) + _exponent(high)) // 2) if high > 16 * low else 2 * low
    return (low + high) / 2


def _exponent(value: Fraction) -> int:
    return value.numerator.bit_length() - value.denominator.bit_length()
