"""What terms mean at numbers, written from the page of `meaning.py` alone: the oracle that tests of the logic compare with.

An alphabet without end is one of two things at a point. It has SIZES letters: every rule holds of what is read at the sizes 1,
..., SIZES as well, and what is said beyond the alphabet of a point is told apart from what is said in it. Or it is `endless`:
families go on for ever with their last entry, and what is said at every size is tried at some of them and in the end, that is
from some size on, where numbers are series in the size (series.py). Then suprema are limits, or are not there.

`number(t, at)` is the value of a number with total operations, exact where it is rational and a ball (Arb) elsewhere;
`truth(s, at)` is T and `defined(t, at)` is D, three-valued: True, False, or None where the precision does not tell. `holds` is
P and raises the precision until it tells, up to the last of PRECISIONS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb, ctx, fmpq
from series import SIZE as AT_THE_END
from series import Series, Vague, series

from focal_symbolic.logic import meaning
from focal_symbolic.logic.terms import MINUS, Term, mk, subterms

PRECISIONS = (64, 256, 1024)
SIZES = 4
"""The largest size of the alphabet; families have so many entries, or as many as the alphabet of their point."""
BITS = 2048
"""A rational that is longer is computed with as a ball."""

TRIED = (*range(1, 13), 20, 50, 1000)
"""The sizes that are tried of an alphabet without end."""

Number = Fraction | arb | Series
Truth = bool | None


@dataclass
class Point:
    """A value for each free name: reals, letters (counted from 0), families of reals and of letters; n letters in all.

    `endless`: the alphabet has no end; n = None is its size in the end.
    """

    n: int | None
    reals: dict[str, Number] = field(default_factory=dict)
    letters: dict[str, int] = field(default_factory=dict)
    families: dict[str, Sequence[Number]] = field(default_factory=dict)
    images: dict[str, Sequence[int]] = field(default_factory=dict)
    endless: bool = False

    def __repr__(self) -> str:
        parts = [f"{name} = {to}" for name, to in sorted({**self.reals, **{k: v + 1 for k, v in self.letters.items()}}.items())]
        parts += [f"{name} = ({', '.join(map(str, to))})" for name, to in sorted(self.families.items())]
        parts += [f"{name} = ({', '.join(str(k + 1) for k in to)})" for name, to in sorted(self.images.items())]
        return ", ".join([f"n = {self.n}", *parts, *(["without end"] if self.endless else [])])


@dataclass(frozen=True)
class Place:
    """A point, and what is bound around a term: letters and reals, innermost first."""

    point: Point
    letters: tuple[int, ...] = ()
    reals: tuple[Number, ...] = ()

    def at_letter(self, k: int) -> Place:
        return Place(self.point, (k, *self.letters), self.reals)

    def at_real(self, x: Number) -> Place:
        return Place(self.point, self.letters, (x, *self.reals))

    def each_letter(self) -> list[Place]:
        return [place for place, _ in self.counted()]

    def counted(self) -> list[tuple[Place, Number]]:
        """Each letter, and how many there are at which families are the same: beyond their last entries there are many."""
        n, known = self.point.n, max(map(len, self.point.families.values()), default=0)
        if n is not None and n <= max(known, 2 * SIZES):
            return [(self.at_letter(k), Fraction(1)) for k in range(n)]
        more = Fraction(n - known) if n is not None else AT_THE_END + series(Fraction(-known))
        return [*((self.at_letter(k), Fraction(1)) for k in range(known)), (self.at_letter(known), more)]

    def each_size(self) -> list[Place]:
        if self.point.endless:
            sizes = {*TRIED, None, self.point.n}
            return [Place(replace(self.point, n=n), self.letters, self.reals) for n in sizes]
        most = min([SIZES, *map(len, self.point.families.values())]) if self.point.families else SIZES
        return [Place(replace(self.point, n=n), self.letters, self.reals) for n in range(1, max(most, self.point.n) + 1)]


@contextmanager
def precision(bits: int):
    """Balls of so many bits."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


# -- numbers ---------------------------------------------------------------------------------------------------------------


def ball(x: Number) -> arb:
    """The number as a ball. Raises Vague where it changes with the alphabet."""
    if isinstance(x, Series):
        x = x.constant()
    return arb(fmpq(x.numerator, x.denominator)) if isinstance(x, Fraction) else x


def _kept(x: Fraction) -> Number:
    return x if max(abs(x.numerator), x.denominator).bit_length() <= BITS else ball(x)


def _as_series(x: Number) -> Series:
    if isinstance(x, arb):
        raise Vague
    return x if isinstance(x, Series) else series(x)


def plus(x: Number, y: Number) -> Number:
    if isinstance(x, Series) or isinstance(y, Series):
        return _as_series(x) + _as_series(y)
    return _kept(x + y) if isinstance(x, Fraction) and isinstance(y, Fraction) else ball(x) + ball(y)


def times(x: Number, y: Number) -> Number:
    if any(isinstance(z, Fraction) and not z for z in (x, y)):
        return Fraction(0)
    if isinstance(x, Series) or isinstance(y, Series):
        return _as_series(x) * _as_series(y)
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return _kept(x * y)
    return ball(x) * ball(y)


def sign(x: Number) -> int:
    """-1, 0 or 1. Raises Vague."""
    if isinstance(x, Series):
        return x.sign()
    if isinstance(x, Fraction):
        return (x > 0) - (x < 0)
    if x > 0:
        return 1
    if x < 0:
        return -1
    if x.is_zero():
        return 0
    raise Vague


def _integer_power(b: Number, k: int) -> Number:
    if k == 0:
        return Fraction(1)
    if k < 0 and sign(b) == 0:
        return Fraction(0)
    if isinstance(b, Series):
        out = one = b if k > 0 else b.inverse()
        for _ in range(abs(k) - 1):
            out = out * one
        return out
    if isinstance(b, Fraction) and max(abs(b.numerator), b.denominator).bit_length() * abs(k) <= BITS:
        return b**k
    return ball(b) ** k


def _exact_root(b: Fraction, q: int) -> Fraction | None:
    """The q-th root of a positive rational, if it is rational."""
    roots = []
    for whole in (b.numerator, b.denominator):
        r = round(whole ** (1 / q)) if whole < 2**50 else 0
        if r**q != whole:
            return None
        roots.append(r)
    return Fraction(*roots)


def _constant(x: Number) -> Number:
    """The number, as one that does not change with the alphabet. Raises Vague."""
    return x.constant() if isinstance(x, Series) else x


def _real_power(b: Number, e: Number) -> Number:
    """e^(e ln b) for b > 0; 1 for e = 0; else 0."""
    b, e = _constant(b), _constant(e)
    if isinstance(e, Fraction) and e == 0:
        return Fraction(1)
    if sign(b) <= 0:
        return Fraction(1 if sign(e) == 0 else 0)
    if isinstance(e, Fraction) and isinstance(b, Fraction):
        if b == 1:
            return b
        root = b if e.denominator == 1 else _exact_root(b, e.denominator) if e.denominator < 5 else None
        if root is not None:
            return _integer_power(root, e.numerator)
    return (ball(e) * ball(b).log()).exp()


def _logarithm(x: Number) -> Number:
    x = _constant(x)
    if sign(x) <= 0 or (isinstance(x, Fraction) and x == 1):
        return Fraction(0)
    return ball(x).log()


def _exponential(x: Number) -> Number:
    x = _constant(x)
    return Fraction(1) if isinstance(x, Fraction) and not x else ball(x).exp()


def _absolute(x: Number) -> Number:
    return abs(x)


def _letter(t: Term, at: Place) -> int:
    match t.op:
        case "letter":
            return at.point.letters[t.args[0]]
        case "bletter":
            return at.letters[t.args[0]]
        case "fresh":
            return at.point.letters[f"'{t.args[0]}"]
        case "image":
            return at.point.images[t.args[0]][_letter(t.args[1], at)]
    raise ValueError(f"{t} is no letter")


def number(t: Term, at: Place) -> Number:
    """The value, with total operations. Raises Vague."""
    a = t.args
    match t.op:
        case "rat":
            return Fraction(*a)
        case "var":
            return at.point.reals[a[0]]
        case "size":
            return AT_THE_END if at.point.n is None else Fraction(at.point.n)
        case "breal":
            return at.reals[a[0]]
        case "entry":
            family = at.point.families[a[0]]
            return family[min(_letter(a[1], at), len(family) - 1)]
        case "add" | "mul":
            out = number(a[0], at)
            for s in a[1:]:
                out = (plus if t.op == "add" else times)(out, number(s, at))
            return out
        case "ipow":
            return _integer_power(number(a[0], at), a[1])
        case "rpow":
            return _real_power(number(a[0], at), number(a[1], at))
        case "log":
            return _logarithm(number(a[0], at))
        case "exp":
            return _exponential(number(a[0], at))
        case "abs":
            return _absolute(number(a[0], at))
        case "sum":
            out = Fraction(0)
            for place, many in at.counted():
                out = plus(out, times(many, number(a[0], place)))
            return out
        case "sup":
            return _largest([number(a[0], place) for place in at.each_size()])
        case "decl":
            return _declared(a[0], [number(s, at) for s in a[1:]], at.point.n)
    raise ValueError(f"{t.op} is no number")


def _largest(values: list[Number]) -> Number:
    """The least upper bound: of a number that grows without end its limit, if it has one."""
    ends = [x.limit() for x in values if isinstance(x, Series)]
    values = [*(x for x in values if not isinstance(x, Series)), *(x for x in ends if x is not None)]
    if all(isinstance(x, Fraction) for x in values):
        return max(values)
    out = ball(values[0])
    for x in values[1:]:
        out = out.max(ball(x))
    return out


def _declared(name: str, arguments: list[Number], n: int | None) -> Number:
    """The x in (0, 1) at which the declared function, which falls there, has the first argument as its value."""
    of = meaning.declaration(name)
    if any(sign(x) <= 0 for x in arguments):
        return Fraction(0)
    low, high = Fraction(0), Fraction(1)
    reals = dict(zip(of.parameters, arguments[1:], strict=True))
    for _ in range(ctx.prec):
        middle = (low + high) / 2
        try:
            over = sign(plus(number(of.function, Place(Point(n, {**reals, of.x: middle}))), -arguments[0]))
        except Vague:
            break
        low, high = (middle, high) if over > 0 else (low, middle)
    return ball(low).union(ball(high))


# -- statements ------------------------------------------------------------------------------------------------------------


def both(truths: Iterable[Truth]) -> Truth:
    """The conjunction; False as soon as one is."""
    out: Truth = True
    for one in truths:
        if one is False:
            return False
        out = None if one is None else out
    return out


def opposite(one: Truth) -> Truth:
    return None if one is None else not one


def any_of(truths: Iterable[Truth]) -> Truth:
    """The disjunction; True as soon as one is."""
    return opposite(both(map(opposite, truths)))


def implies(one: Truth, other: Callable[[], Truth]) -> Truth:
    return True if one is False else any_of((opposite(one), other()))


_AS_SIGN = {"lt": {-1}, "le": {-1, 0}, "eq": {0}, "ne": {-1, 1}}


def _compared(op: str, x: Number, y: Number) -> Truth:
    gap = plus(x, -y)
    try:
        return sign(gap) in _AS_SIGN[op]
    except Vague:
        pass
    if op == "le" and gap <= 0:
        return True
    return False if op == "lt" and gap >= 0 else None


def truth(s: Term, at: Place) -> Truth:
    """T: the truth, with total operations."""
    a = s.args
    match s.op:
        case "lt" | "le" | "eq" | "ne":
            try:
                return _compared(s.op, number(a[0], at), number(a[1], at))
            except Vague:
                return None
        case "and":
            return both(truth(p, at) for p in a)
        case "or":
            return any_of(truth(p, at) for p in a)
        case "not":
            return opposite(truth(a[0], at))
        case "implies":
            return implies(truth(a[0], at), lambda: truth(a[1], at))
        case "iff":
            x, y = truth(a[0], at), truth(a[1], at)
            return None if x is None or y is None else x == y
        case "every":
            return both(truth(a[0], place) for place in at.each_letter())
        case "one":
            return _exactly_one(*a, at)
        case "finite":
            return _finite(a[0], at)
        case "parts":
            return both(truth(a[0], place) for place in at.each_size())
        case "bounded":
            return _bounded(a[0], at)
        case "bijection":
            return sorted(at.point.images[a[0]]) == list(range(at.point.n))
        case "true":
            return True
    raise ValueError(f"{s.op} is no statement")


def _bounded(t: Term, at: Place) -> Truth:
    """Whether a number has an upper bound at every size: whether it grows to +oo in the end."""
    try:
        ends = [x for place in at.each_size() if place.point.n is None and isinstance(x := number(t, place), Series)]
        return all(x.limit() is not None or x.sign() < 0 for x in ends)
    except Vague:
        return None


def _finite(v: Term, at: Place) -> Truth:
    """Whether a value in (-oo, +oo] is a real number."""
    match v.op:
        case "oo":
            return False
        case "esum":
            return both(_finite(v.args[0], place) for place in at.each_letter())
        case "cases":
            out: Truth = False
            for value, case in zip(v.args[-2::-2], v.args[::-2], strict=True):
                chosen = truth(case, at)
                first = _finite(value, at)
                out = first if chosen is True else out if chosen is False else (out if out is first else None)
            return out
    return True


def defined(t: Term, at: Place) -> Truth:
    """D: whether the term is defined."""
    a = t.args
    match t.op:
        case "sum" | "esum" | "every" | "template":
            return both(defined(a[0], place) for place in at.each_letter())
        case "sup" | "bounded" | "parts":
            inside = both(defined(a[0], place) for place in at.each_size())
            return inside if inside is False or t.op != "sup" else both((inside, _bounded(a[0], at)))
        case "implies":
            return both((defined(a[0], at), implies(truth(a[0], at), lambda: defined(a[1], at))))
        case "one":
            return both((defined(a[0], at), defined(a[1], at)))
        case "cases":
            return _defined_by_cases(a, at)
        case "ipow" | "rpow" | "log" | "decl":
            parts = both(defined(s, at) for s in t.terms)
            return parts if parts is False else both((parts, _in_domain(t, at)))
    return both(defined(s, at) for s in t.terms)


def _in_domain(t: Term, at: Place) -> Truth:
    """Whether the arguments are in the domain of the operation."""
    try:
        if t.op == "ipow":
            return t.args[1] >= 0 or sign(number(t.args[0], at)) != 0
        if t.op == "rpow":
            base = sign(number(t.args[0], at))
            return base > 0 or (base == 0 and sign(number(t.args[1], at)) >= 0)
        if t.op == "decl":
            return all(sign(number(s, at)) > 0 for s in t.terms)
        return sign(number(t.args[0], at)) > 0
    except Vague:
        return None


def _defined_by_cases(a: tuple[Any, ...], at: Place) -> Truth:
    """Each case where no earlier one holds; each value where its case is the first."""
    open_: Truth = True
    found: list[Truth] = []
    for value, case in zip(a[::2], a[1::2], strict=True):
        found.append(implies(open_, lambda case=case: defined(case, at)))
        here = both((open_, truth(case, at)))
        found.append(implies(here, lambda value=value: defined(value, at)))
        open_ = both((open_, opposite(truth(case, at))))
    return both(found)


def _exactly_one(low: Term, high: Term, equation: Term, at: Place) -> Truth:
    """Whether exactly one x of [low, high] has P(equation); told where the sides are told apart on a grid of pieces."""
    try:
        a, b = number(low, at), number(high, at)
        if sign(plus(b, -a)) < 0:
            return False
    except Vague:
        return None
    if equation.op != "eq" or not (isinstance(a, Fraction) and isinstance(b, Fraction)):
        return None
    if a == b:
        return both((defined(equation, at.at_real(a)), truth(equation, at.at_real(a))))
    return _roots_on_a_grid(equation, at, [a + (b - a) * k / 64 for k in range(65)])


def _roots_on_a_grid(equation: Term, at: Place, grid: list[Fraction]) -> Truth:
    """True and False by the signs of left - right on a grid, its slope and its range between the points of it."""
    signs = [_side(equation, at.at_real(x)) for x in grid]
    if None in signs:
        return None
    roots, told = signs.count(0), True
    if signs.count(0) == 0 and _jumps(equation, at, grid, signs):
        return False
    for x, y, s, r in zip(grid, grid[1:], signs, signs[1:], strict=False):
        piece = at.at_real(ball(x).union(ball(y)))
        inside = defined(equation, piece)
        if inside is None:
            return None
        crossed = inside and {s, r} == {-1, 1}
        roots += crossed
        told = told and (
            not inside or _strict(equation, piece) or (not crossed and s and r and truth(equation, piece) is False)
        )
    return False if roots > 1 else (roots == 1) if told else None


def _jumps(equation: Term, at: Place, grid: list[Fraction], signs: list[int | None]) -> bool:
    """Whether the one change of the sign of left - right on the grid is a jump that no halving of the piece makes smaller."""
    changes = [k for k, pair in enumerate(pairwise(signs)) if {*pair} == {-1, 1}]
    if len(changes) != 1 or _NOWHERE in signs or not any(s.op == "sup" for s in subterms(equation)):
        return False
    low, high = grid[changes[0]], grid[changes[0] + 1]
    for _ in range(60):
        middle = (low + high) / 2
        side = _side(equation, at.at_real(middle))
        if side not in (-1, 1):
            return False
        low, high = (middle, high) if side == signs[changes[0]] else (low, middle)
    gap = mk("add", equation.args[0], mk("mul", MINUS, equation.args[1]))
    first, last = (number(gap, at.at_real(x)) for x in (low, high))
    return bool(abs(plus(first, -last)) > Fraction(1, 1000))


_NOWHERE = 2


def _side(equation: Term, at: Place) -> int | None:
    """The sign of left - right, or _NOWHERE where it is undefined; None where that is not told."""
    found = defined(equation, at)
    if found is not True:
        return None if found is None else _NOWHERE
    try:
        return sign(plus(number(equation.args[0], at), -number(equation.args[1], at)))
    except Vague:
        return None


def _strict(equation: Term, piece: Place) -> bool:
    """Whether left - right is strictly monotone in the bound real on the piece."""
    try:
        return sign(plus(dual(equation.args[0], piece)[1], -dual(equation.args[1], piece)[1])) != 0
    except Vague:
        return False


def holds(s: Term, point: Point) -> Truth:
    """P: whether the statement is defined and true there; the precision is raised until it tells."""
    for bits in PRECISIONS:
        with precision(bits):
            found = both((defined(s, Place(point)), truth(s, Place(point))))
        if found is not None:
            return found
    return None


def nearly(s: Term, point: Point) -> Truth:
    """As `holds`, but numbers count as equal that balls do not tell apart and that differ by less than 2^-200 of their size."""
    found = holds(s, point)
    if found is not None:
        return found
    with precision(PRECISIONS[-1]):
        place = Place(point)
        return True if defined(s, place) is True and _nearly(s, place) else None


def _nearly(s: Term, at: Place) -> bool:
    """Whether T, read so that balls that touch are equal, is true: positive parts only."""
    a = s.args
    match s.op:
        case "le" | "eq":
            try:
                x, y = ball(number(a[0], at)), ball(number(a[1], at))
            except Vague:
                return False
            gap = abs(x - y)
            return bool(gap < (1 + abs(x)) * arb(2) ** -200) or truth(s, at) is True
        case "and":
            return all(_nearly(p, at) for p in a)
        case "or":
            return any(_nearly(p, at) for p in a)
        case "implies":
            return truth(a[0], at) is False or _nearly(a[1], at)
        case "every":
            return all(_nearly(a[0], place) for place in at.each_letter())
        case "parts":
            return all(_nearly(a[0], place) for place in at.each_size())
    return truth(s, at) is True


# -- slopes ----------------------------------------------------------------------------------------------------------------

Dual = tuple[Number, Number]


def dual(t: Term, at: Place, name: str | None = None) -> Dual:
    """Value and slope, in the variable of this name or in the innermost bound real. Raises Vague, also where there is none."""
    a = t.args
    match t.op:
        case "var" | "breal":
            seed = a[0] == (0 if name is None else name) and (t.op == "breal") == (name is None)
            return number(t, at), Fraction(int(seed))
        case "add":
            pairs = [dual(s, at, name) for s in a]
            value, slope = pairs[0]
            for v, d in pairs[1:]:
                value, slope = plus(value, v), plus(slope, d)
            return value, slope
        case "mul":
            value, slope = dual(a[0], at, name)
            for s in a[1:]:
                v, d = dual(s, at, name)
                value, slope = times(value, v), plus(times(slope, v), times(value, d))
            return value, slope
        case "ipow":
            b, d = dual(a[0], at, name)
            slope = times(times(Fraction(a[1]), _integer_power(b, a[1] - 1)), d) if a[1] else Fraction(0)
            return _integer_power(b, a[1]), slope
        case "rpow":
            return _dual_power(dual(a[0], at, name), dual(a[1], at, name))
        case "log":
            x, d = dual(a[0], at, name)
            return _logarithm(x), times(d, _integer_power(x, -1))
        case "exp":
            x, d = dual(a[0], at, name)
            return _exponential(x), times(d, _exponential(x))
        case "abs":
            x, d = dual(a[0], at, name)
            return _absolute(x), times(d, Fraction(sign(x)))
        case "sum":
            value = slope = Fraction(0)
            for place in at.each_letter():
                v, d = dual(a[0], place, name)
                value, slope = plus(value, v), plus(slope, d)
            return value, slope
        case "sup":
            raise Vague
        case "decl":
            if any(dual(s, at, name)[1] != 0 for s in a[1:]):
                raise Vague
    return number(t, at), Fraction(0)


def _dual_power(base: Dual, exponent: Dual) -> Dual:
    """b^e and its slope b^e (e' ln b + e b'/b), b > 0; that of a power of a constant to a constant is 0."""
    (b, b_slope), (e, e_slope) = base, exponent
    value = _real_power(b, e)
    if all(isinstance(d, Fraction) and not d for d in (b_slope, e_slope)):
        return value, Fraction(0)
    if sign(b) <= 0:
        raise Vague
    inner = plus(times(e_slope, _logarithm(b)), times(e, times(b_slope, _integer_power(b, -1))))
    return value, times(value, inner)
