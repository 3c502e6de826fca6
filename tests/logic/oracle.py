"""Another reading of meaning.py's page, in numbers: the value of a term in a world, and whether it is defined there.

A world is a size n of the alphabet and the values of free names. Rationals are exact; what logarithms, exponentials and real
powers give is a float, and where a comparison hangs on its last digits `Unclear` is raised.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from focal_symbolic.logic.terms import (
    EXTENDED,
    LETTER,
    NUMBER,
    STATEMENT,
    TRUE,
    Term,
    abstract,
    eq,
    mk,
    rat,
)

INFINITE = math.inf
EPSILON = 1e-9


class Unclear(Exception):
    """A comparison that floats do not decide."""


@dataclass
class World:
    """Values of free names: numbers, letters (from 0), families of numbers and of letters."""

    n: int
    vars: dict[str, Fraction] = field(default_factory=dict)
    letters: dict[Any, int] = field(default_factory=dict)
    entries: dict[str, list[Fraction]] = field(default_factory=dict)
    images: dict[str, list[int]] = field(default_factory=dict)

    def letter(self, t: Term, bound: tuple[int, ...]) -> int:
        if t.op == "bletter":
            return bound[t.args[0]]
        if t.op == "image":
            return self.images[t.args[0]][self.letter(t.args[1], bound)]
        return self.letters[t.args[0]]

    def value(self, t: Term, bound: tuple[int, ...] = ()) -> Any:
        """The value of a number, with total operations: 0 to a negative power is 0, and so is ln of what is not positive."""
        a = t.args
        match t.op:
            case "rat":
                return Fraction(*a)
            case "var":
                return self.vars[a[0]]
            case "size":
                return Fraction(self.n)
            case "entry":
                return self.entries[a[0]][self.letter(a[1], bound)]
            case "add":
                return sum((self.value(s, bound) for s in a), Fraction(0))
            case "mul":
                return math.prod((self.value(s, bound) for s in a), start=Fraction(1))
            case "ipow":
                b = self.value(a[0], bound)
                return b ** a[1] if a[1] >= 0 or b else Fraction(0)
            case "rpow":
                return _power(self.value(a[0], bound), self.value(a[1], bound))
            case "log":
                x = self.value(a[0], bound)
                return Fraction(0) if x == 1 or not _less(0, x) else math.log(x)
            case "exp":
                x = self.value(a[0], bound)
                return Fraction(1) if x == 0 else math.exp(x)
            case "abs":
                return abs(self.value(a[0], bound))
            case "sum" | "esum":
                return sum((self.value(a[0], (k, *bound)) for k in range(self.n)), Fraction(0))
            case "decl":
                return self.value(a[1], bound) / 2  # any total function
            case "oo":
                return INFINITE
            case "cases":
                return next(self.value(v, bound) for v, c in zip(a[::2], a[1::2], strict=True) if self.true(c, bound))
        raise AssertionError(t.op)

    def true(self, t: Term, bound: tuple[int, ...] = ()) -> bool:
        """The truth of a statement, with total operations."""
        a = t.args
        match t.op:
            case "lt":
                return _less(*(self.value(s, bound) for s in a))
            case "le":
                return not _less(*(self.value(s, bound) for s in a[::-1]))
            case "eq" | "ne":
                x, y = (self.value(s, bound) for s in a)
                return (not _less(x, y) and not _less(y, x)) == (t.op == "eq")
            case "and":
                return False not in [self.true(s, bound) for s in a]
            case "or":
                return True in [self.true(s, bound) for s in a]
            case "not":
                return not self.true(a[0], bound)
            case "implies":
                return not self.true(a[0], bound) or self.true(a[1], bound)
            case "iff":
                return self.true(a[0], bound) == self.true(a[1], bound)
            case "every":
                return all(self.true(a[0], (k, *bound)) for k in range(self.n))
            case "finite":
                return self.value(a[0], bound) != INFINITE
            case "bijection":
                return sorted(self.images[a[0]]) == list(range(self.n))
            case "true":
                return True
        raise AssertionError(t.op)

    def defined(self, t: Term, bound: tuple[int, ...] = ()) -> bool:
        """Whether a term is defined, by the table in meaning.py read line by line."""
        a = t.args
        if t.op in ("sum", "esum", "every"):
            return all(self.defined(a[0], (k, *bound)) for k in range(self.n))
        if t.op == "implies":
            return self.defined(a[0], bound) and (not self.true(a[0], bound) or self.defined(a[1], bound))
        if t.op == "cases":
            for v, c in zip(a[::2], a[1::2], strict=True):
                if not self.defined(c, bound):
                    return False
                if self.true(c, bound):
                    return self.defined(v, bound)
        if not all(self.defined(s, bound) for s in a if type(s) is Term and s.sort != LETTER):
            return False
        match t.op:
            case "ipow":
                return a[1] >= 0 or _differ(self.value(a[0], bound))
            case "log":
                return _less(0, self.value(a[0], bound))
            case "rpow":
                b, e = (self.value(s, bound) for s in a)
                return _less(0, b) or (not _less(b, 0) and not _less(e, 0))
            case "decl":
                return all(_less(0, self.value(s, bound)) for s in a[1:])
        return True


def _power(b: Any, e: Any) -> Any:
    if not _less(0, b):
        return Fraction(1) if e == 0 else Fraction(0)
    if isinstance(e, Fraction) and e.denominator == 1 and abs(e) < 20:
        return b ** int(e)
    return Fraction(1) if b == 1 else math.exp(e * math.log(b))


def _differ(x: Any) -> bool:
    return _less(0, x) or _less(x, 0)


def _less(x: Any, y: Any) -> bool:
    """x < y; infinities as they are, exact numbers exactly."""
    if isinstance(x, float) or isinstance(y, float):
        if INFINITE in (x, y):
            return x != INFINITE
        if abs(x - y) <= EPSILON * (1 + abs(x) + abs(y)):
            raise Unclear
    return x < y


# -- random worlds and terms -----------------------------------------------------------------------------------------------

NUMBERS = tuple(map(Fraction, ("0", "1", "-1", "2", "1/2", "-3/2", "3")))
LETTERS = tuple(mk("letter", name) for name in "ij")


def worlds(draw: random.Random, count: int) -> Iterator[World]:
    """Random worlds with small numbers."""
    for _ in range(count):
        n = draw.randint(1, 3)
        yield World(
            n,
            {name: draw.choice(NUMBERS) for name in "xyz"},
            {key: draw.randrange(n) for key in ("i", "j", 0, 1)},
            {name: [draw.choice(NUMBERS) for _ in range(n)] for name in "pq"},
            {"s": [draw.randrange(n) for _ in range(n)]},
        )


def term(draw: random.Random, sort: str, size: int) -> Term:
    """A random closed term of about this size, all operations but ∃! among its parts."""
    at = LETTERS[draw.randrange(2)]
    if sort == LETTER:
        return mk("image", "s", term(draw, LETTER, 0)) if draw.random() < 0.2 else at
    if sort == NUMBER and size <= 1:
        leaf = draw.randrange(6)
        if leaf < 3:
            return mk("var", draw.choice("xyz"))
        return rat(draw.choice(NUMBERS)) if leaf == 3 else mk("size") if leaf == 4 else mk("entry", draw.choice("pq"), at)
    k = draw.randint(1, max(1, size - 1))

    def part(of: str, less: int = 1) -> Term:
        return term(draw, of, size - less)

    def body(of: str) -> Term:
        return abstract(part(of), at)

    if sort == NUMBER:
        match draw.choice(("add", "mul", "ipow", "ipow", "rpow", "log", "exp", "abs", "sum", "log")):
            case "add" | "mul" | "rpow" as op:
                return mk(op, part(NUMBER, k), term(draw, NUMBER, k))
            case "ipow":
                return mk("ipow", part(NUMBER), draw.choice((-2, -1, -1, 0, 1, 2, 3)))
            case "sum":
                return mk("sum", body(NUMBER))
            case op:
                return mk(op, part(NUMBER))
    if sort == EXTENDED:
        if size <= 2:
            return mk("oo")
        if draw.random() < 0.2:
            return mk("esum", body(EXTENDED))
        pairs = [
            (part(draw.choice((NUMBER, EXTENDED)), 2), term(draw, STATEMENT, size // 2)) for _ in range(draw.randint(1, 2))
        ]
        return mk("cases", *(t for pair in pairs for t in pair), part(NUMBER, 2), TRUE)
    if size <= 1:
        return draw.choice((TRUE, mk("bijection", "s"), eq(term(draw, NUMBER, 1), term(draw, NUMBER, 1))))
    match draw.choice(("lt", "le", "eq", "ne", "lt", "and", "or", "not", "implies", "implies", "iff", "every", "finite")):
        case "lt" | "le" | "eq" | "ne" as op:
            return mk(op, part(NUMBER, k), term(draw, NUMBER, k))
        case "not":
            return mk("not", part(STATEMENT))
        case "every":
            return mk("every", body(STATEMENT))
        case "finite":
            return mk("finite", part(EXTENDED))
        case op:
            return mk(op, part(STATEMENT, k), term(draw, STATEMENT, k))
