"""SymPy goals compiled, once each, into three-valued closures over a view.

An expression becomes a `Node`, which asks the view for each operation; a statement becomes a `Test`, which gives a `Verdict`
by Kleene's logic. An equality of balls is never proved: it agrees to a number of digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, reduce
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from flint import arb, fmpq
from sympy import (
    Abs,
    Add,
    Dummy,
    E,
    Expr,
    Indexed,
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
from focal_symbolic.claims.evaluate.endless import recognised
from focal_symbolic.claims.evaluate.views import (
    FALSE,
    TRUE,
    UNKNOWN,
    BallView,
    Inequality,
    Node,
    Undefined,
    Unsupported,
    Value,
    infinite,
)
from focal_symbolic.language import Bijection, Bounded, Every, EveryPart, ExistsUnique, Finite, Supremum, i, n

__all__ = ["Compiler", "Test", "Verdict", "ball_value", "compiled"]

Test = Callable[[BallView], "Verdict"]
SIMPLE = 2
"""So many operations are sooner done than remembered."""
MANY = 20
"""Letters from which it pays to look for such as have the same term of a sum."""


# ------------------------------------------------------------------------------------------------- verdicts


class Verdict(NamedTuple):
    """What a compiled statement gives: the truth value, and how near it was."""

    value: int
    slack: arb | None = None
    agreed: int | None = None
    where: tuple[Any, tuple[Any, ...]] | None = None
    vacuous: bool = False


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


class Compiler:
    """SymPy to closures over a view; equal subexpressions are one closure.

    It is long because each node of the language has a short method here, and expressions and statements hold each other.
    """

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
        if isinstance(expr, Supremum):
            return self._supremum(expr)
        arguments = [self.expression(argument) for argument in expr.args]
        if isinstance(expr, Mul):
            if len(arguments) == 2 and expr.args[1] == 1 / expr.args[0]:
                return lambda view: fmpq(1)
            return self._shared(expr, lambda view: view.mul([argument(view) for argument in arguments]))
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
        raise Unsupported(f"{expr} ({type(expr).__name__}) has no evaluation; rewrite it or teach evaluate/compiler.py.")

    def _shared(self, expr: Expr, node: Node) -> Node:
        """The node, remembered if it is not simple: the sides of a relation and its derivatives share much."""
        return self._memo(expr, node) if expr.count_ops() > SIMPLE else node

    def _memo(self, expr: Expr, node: Node) -> Node:
        """The node, computed once for each choice of the letters that it depends on."""
        names = sorted(symbol.name for symbol in expr.free_symbols if symbol.is_integer and symbol != n)

        def everywhere(view: BallView) -> Value:
            found = view.memo.get(node)
            if found is None:
                found = view.memo[node] = node(view)
            return found

        def at_a_letter(view: BallView) -> Value:
            at = (node, view.letters.get(name))
            found = view.memo.get(at)
            if found is None:
                found = view.memo[at] = node(view)
            return found

        def at_letters(view: BallView) -> Value:
            letters = view.letters
            at = (node, *[letters.get(name) for name in names])
            found = view.memo.get(at)
            if found is None:
                found = view.memo[at] = node(view)
            return found

        name = names[0] if names else ""
        return everywhere if not names else at_a_letter if len(names) == 1 else at_letters

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
        return self._shared(expr, lambda view: view.add([argument(view) for argument in arguments]))

    def _sum(self, expr: Sum, magnitude: bool = False) -> Node:
        if len(expr.limits) != 1:
            raise Unsupported(f"{expr} sums over several letters; nest the sums.")
        over, low, high = expr.limits[0]
        body = self.magnitude(expr.function) if magnitude else self.expression(expr.function)
        low, high, name = self.expression(low), self.expression(high), over.name
        entries = {entry for entry in expr.function.atoms(Indexed) if entry.indices == (over,)}
        rest = expr.function.xreplace({entry: Symbol("entry") for entry in entries})
        families = sorted({str(entry.base.label) for entry in entries}) if over not in rest.free_symbols else []

        def total(view: BallView) -> Value:
            first, last = _whole(low(view)), _whole(high(view))
            if not families or last - first < MANY:
                return view.add([at_letter(body, view, name, letter) for letter in range(first, last + 1)])
            # letters with the very same entries have the same term
            columns = [view.families[family] for family in families]
            alike = groupby(range(first, last + 1), lambda letter: [id(column[_place(letter, column)]) for column in columns])
            runs = [[*letters] for _, letters in alike]
            return view.add([view.mul([fmpq(len(run)), at_letter(body, view, name, run[0])]) for run in runs])

        return total

    def _supremum(self, expr: Supremum) -> Node:
        """A sum without end as a number, which it is where it is finite."""
        of = self._endless(expr)

        def number(view: BallView) -> Value:
            value = of(view)
            if type(value) is arb and infinite(value):
                raise Undefined(f"{expr} is infinite")
            return value

        return number

    def _endless(self, expr: Supremum) -> Node:
        """A sum without end of terms that are known (`endless`), or +oo."""
        known = recognised(expr.args[0])
        if known is None:
            raise Unsupported(f"{expr} is no sum without end that is known; teach evaluate/endless.py.")
        numbers = [self.expression(number) for number in known.numbers]
        return self._memo(expr, lambda view: view.endless_sum(known.kind, known.families, [number(view) for number in numbers]))

    def _piecewise(self, expr: Piecewise) -> Node:
        _said_of_all(condition for _, condition in expr.args)
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
        if isinstance(goal, EveryPart):
            return self._every_part(goal)
        if isinstance(goal, Bounded):
            return self._finite(goal, self._endless(Supremum(goal.args[0])))
        if isinstance(goal, Finite):
            return self._finite(goal, self.expression(goal.value))
        if isinstance(goal, ExistsUnique):
            return self._exists_unique(goal)
        if isinstance(goal, Bijection):
            return self._bijection(goal)
        if not isinstance(goal, (And, Or, Not, Implies, Equivalent)):
            raise Unsupported(f"{goal} ({type(goal).__name__}) has no evaluation; rewrite the statement.")
        if not isinstance(goal, And | Or):
            _said_of_all(goal.args[:1] if isinstance(goal, Implies) else goal.args)
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

        @cache
        def rearranged() -> tuple[Node, dict[str, Node] | None]:
            return self._factored(larger - smaller), self._gradient(larger - smaller)

        inequality = Inequality(left, right, rearranged)

        def test(view: BallView) -> Verdict:
            a, b = left(view), right(view)
            where = (goal, tuple(view.letters.items()))
            if view.sides is not None:
                view.sides[where, 0], view.sides[where, 1] = a, b
            order, d = view.order(a, b)
            if order == UNKNOWN:
                order = view.closer(inequality)
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

    def _every_part(self, goal: EveryPart) -> Test:
        """At each size up to that of the case: a statement about every size is refuted there, and shown for these.

        That sums are bounded is decided at every size, by their supremum.
        """
        body, size, bounded = self.statement(goal.args[0]), self.expression(n), as_supremum(goal)
        if bounded is not None:
            return self._bounds(goal, self._endless(bounded[0]), self.expression(bounded[1]))

        def test(view: BallView) -> Verdict:
            sizes = range(1, _whole(size(view)) + 1)
            return _all(body(view.child(n.name, fmpq(m)) if m < len(sizes) else view) for m in sizes)

        return test

    def _bounds(self, goal: EveryPart, of: Node, bound: Node) -> Test:
        """Whether a supremum, which may be infinite, is at most a bound."""

        def test(view: BallView) -> Verdict:
            value, most, where = of(view), bound(view), (goal, tuple(view.letters.items()))
            if view.sides is not None:
                view.sides[where, 0], view.sides[where, 1] = value, most
            order, d = view.order(value, most)
            return Verdict(TRUE if order is None else order, view.relative(d, value, most), None, where)

        return test

    def _finite(self, goal: Finite | Bounded, of: Node) -> Test:

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
            ends = view.child(name, a), view.child(name, b)
            if view.sides is not None:
                for place, inside in zip((0, 2), ends, strict=True):
                    view.sides[where, place], view.sides[where, place + 1] = (side(inside) for side in sides)
                if view.sides_only:
                    return Verdict(UNKNOWN, where=where)
            order, width = view.order(a, b)
            if order == FALSE:
                return Verdict(FALSE, where=where)
            if order == UNKNOWN:
                return Verdict(UNKNOWN, where=where)
            if order is None:
                there = equal(ends[0])
                return Verdict(there.value, None, there.agreed, where)
            signs, agreed, blurred = [], None, False
            between = (view.child(name, view.add([a, view.mul([width, t])])) for t in _SAMPLES)
            points = (ends[0], *between, ends[1])
            for number, inside in enumerate(points):
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


def as_supremum(goal: EveryPart) -> tuple[Supremum, Expr] | None:
    """The supremum and its bound, if what is said at every size is that sums without end, which are known, are bounded."""
    body = goal.args[0]
    if not isinstance(body, Le | Ge):
        return None
    above = body.lts - body.gts  # at most 0
    sums = sorted(above.atoms(Sum), key=str)
    names = [Dummy() for _ in sums]
    plain = above.xreplace(dict(zip(sums, names, strict=True)))
    rest = plain.xreplace(dict.fromkeys(names, Integer(0)))
    weights = [diff(plain, name) for name in names]
    if any(part.has(n, *names) for part in (rest, *weights)) or any(s.limits[0][1:] != (1, n) for s in sums):
        return None
    term = Add(*(weight * s.function.xreplace({s.limits[0][0]: i}) for weight, s in zip(weights, sums, strict=True)))
    whole = Sum(term, (i, 1, n))
    return None if recognised(whole) is None else (Supremum(whole), -rest)


def _said_of_all(statements: Iterable[Boolean]) -> None:
    """Refuse to find out whether what is said at every size is so: where it is so at some, it may not be at all of them."""
    for statement in statements:
        if any(as_supremum(part) is None for part in statement.atoms(EveryPart)):
            raise Unsupported(f"{statement} is tried at some sizes only; say it where it is stated, not where it is denied.")


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


def at_letter(node: Callable[[BallView], Any], view: BallView, name: str, letter: int) -> Any:
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


def _place(letter: int, family: tuple[Value, ...]) -> int:
    if not 1 <= letter <= len(family):
        raise Undefined(f"letter {letter} lies outside an alphabet of {len(family)}")
    return letter - 1


_COMPILER = Compiler()
"""One for all: what a claim, its hypotheses and its twin have in common is compiled, and computed in a case, once."""


def compiled(goal: Boolean) -> Test:
    """A statement as a test of views."""
    return _COMPILER.statement(goal)


def ball_value(expr: Expr, view: BallView) -> Value:
    """An expression in a view, at the precision in force: an fmpq where it is rational, a ball otherwise."""
    return _COMPILER.expression(sympify(expr))(view)
