"""Random terms: numbers, statements, values by cases, right and wrong rewritings, small changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from random import Random
from typing import TypeVar

from focal_symbolic.logic.meaning import declarations
from focal_symbolic.logic.terms import (
    INFINITY,
    LETTER,
    MINUS,
    NUMBER,
    ONE,
    RELATIONS,
    SIZE,
    TRUE,
    ZERO,
    Malformed,
    Term,
    abstract,
    add,
    close_real,
    eq,
    every,
    in_order,
    instantiate,
    ipow,
    le,
    lt,
    mk,
    mul,
    ne,
    neg,
    rat,
    rebuild,
    rpow,
    shift,
    sub,
    subterms,
    total,
    value,
)

X, Y, Z = REALS = tuple(mk("var", name) for name in "xyz")
LI, LJ = LETTERS = tuple(mk("letter", name) for name in "ij")
HALF, THIRD = rat(Fraction(1, 2)), rat(Fraction(1, 3))
B0, B1 = mk("bletter", 0), mk("bletter", 1)
CONSTANTS = tuple(rat(c) for c in (0, 0, 1, -1, 2, 3, Fraction(1, 2), Fraction(-1, 3)))
EXPONENTS = (HALF, HALF, rat(2), MINUS, THIRD, rat(Fraction(3, 2)), ZERO)
BINDERS = frozenset({"sum", "every"})
T = TypeVar("T")


def p(at: Term) -> Term:
    return mk("entry", "p", at)


def q(at: Term) -> Term:
    return mk("entry", "q", at)


def replaced(t: Term, old: Term, new: Term) -> Term:
    """t with one term put for another wherever it stands as it is; letters bound around it are not looked at."""
    return new if t is old else rebuild(t, lambda s, *_: replaced(s, old, new))


def parts(t: Term, sort: str = NUMBER) -> list[Term]:
    """The closed parts of a sort, in an order that no run changes."""
    return in_order(s for s in subterms(t) if s.sort == sort and s.loose == (0, 0))


class Terms:
    """Terms drawn from one generator."""

    def __init__(self, rng: Random):
        self.rng = rng
        self.declared = [d.name for d in declarations() if not d.parameters]

    def one_of(self, these: Sequence[T]) -> T:
        return self.rng.choice(these)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def some(self, these: Iterable[T], share: float = 0.5) -> list[T]:
        return [a for a in these if self.chance(share)]

    # -- numbers

    def letter(self, bound: Sequence[Term] = ()) -> Term:
        if bound and self.chance(0.7):
            return self.one_of(bound)
        at = self.one_of(LETTERS)
        return at if self.chance(0.85) else mk("image", "s", at)

    def atom(self, bound: Sequence[Term] = ()) -> Term:
        kind = self.rng.random()
        if kind < 0.3:
            return self.one_of(REALS)
        if kind < 0.6:
            return self.one_of((p, q))(self.letter(bound))
        return SIZE if kind < 0.68 else self.one_of(CONSTANTS)

    def number(self, depth: int, bound: tuple[Term, ...] = (), total_only: bool = False) -> Term:
        """A number; `bound`: letters that are bound around it; `total_only`: defined everywhere."""
        if depth <= 0 or self.chance(0.15):
            return self.atom(bound)
        kind = self.rng.random()

        def deeper(less: int = 1) -> Term:
            return self.number(depth - less, bound, total_only)

        if kind < 0.3:
            return add(*(deeper() for _ in range(self.one_of((2, 2, 3)))))
        if kind < 0.55:
            return mul(*(deeper() for _ in range(self.one_of((2, 2, 3)))))
        if kind < 0.68:
            return ipow(deeper(), self.one_of((2, 3, 0, 4, 2) if total_only else (2, -1, 3, -2, 0, 2, -1)))
        if kind < 0.74:
            return mk("abs", deeper())
        if kind < 0.80 or (total_only and kind > 0.92):
            return mk("exp", deeper(2))
        if kind < 0.92:
            at = mk("letter", f"b{len(bound)}")
            return total(abstract(self.number(depth - 1, (*bound, at), total_only), at))
        if kind < 0.95:
            return mk("log", deeper())
        if kind < 0.97:
            return rpow(ipow(deeper(), 2), HALF)
        return rpow(deeper(), self.one_of((*EXPONENTS, self.one_of(REALS), self.number(0, bound))))

    def simple(self) -> Term:
        """A number of which much is known easily."""
        v = self.one_of((X, Y, X, Y, p(LI), q(LJ)))
        forms: tuple[Callable[[], Term], ...] = (
            lambda: v,
            lambda: v,
            lambda: ipow(v, -1),
            lambda: ipow(ipow(v, -1), -1),
            lambda: mk("log", v),
            lambda: sub(X, Y),
            lambda: mul(v, v),
            lambda: ipow(v, -2),
            lambda: neg(v),
            lambda: sub(v, ONE),
            lambda: rpow(v, HALF),
            lambda: mul(X, Y),
            lambda: mk("abs", v),
            lambda: total(mul(p(B0), v)) if v.op == "var" else total(p(B0)),
            lambda: mk("sup", self.growing()),
        )
        return self.one_of(forms)()

    # -- statements

    def relation(self, depth: int = 2) -> Term:
        a = self.number(depth)
        b = self.number(depth) if self.chance(0.4) else self.one_of((ZERO, ZERO, ZERO, ONE))
        return mk(self.one_of(("lt", "lt", "le", "le", "eq", "ne")), *self.rng.sample((a, b), 2))

    def plain_relation(self) -> Term:
        a, b = (ZERO, self.simple()) if self.chance(0.7) else (self.simple(), self.simple())
        return mk(self.one_of(("lt", "lt", "le", "le", "eq", "ne")), *self.rng.sample((a, b), 2))

    def fact(self) -> Term:
        """A statement as hypotheses are: a bound of a name, or of each entry of a family."""
        kind = self.rng.random()
        if kind < 0.45:
            return self._bound(self.one_of((*REALS, p(LI), q(LI), p(LJ))))
        if kind < 0.8:
            body = self._bound(
                self.one_of((p(B0), q(B0), sub(p(B0), q(B0)), sub(X, p(B0)), add(p(B0), Y), sub(p(B0), total(q(B0)))))
            )
            return every(body)
        if kind < 0.84:
            return eq(total(p(B0)), ONE)
        if kind < 0.88:
            return self.nested()
        if kind < 0.91:
            return mk("bijection", "s")
        if kind < 0.94:
            return self.at_every_size()
        if kind < 0.95:
            return self.finite_sup()
        if kind < 0.97 and self.declared:
            return self._bound(mk("decl", self.one_of(self.declared), self.one_of(REALS)))
        return self.relation(1) if self.chance(0.6) else self.statement(1)

    def growing(self) -> Term:
        """A number that depends on the size of the alphabet and on no letter of it."""
        forms = (
            *(total(p(B0)), total(q(B0)), SIZE, ipow(SIZE, -1), X, mul(X, SIZE), add(total(p(B0)), X)),
            *(total(mk("log", p(B0))), total(self.summand()), neg(ipow(SIZE, -1)), sub(X, ipow(SIZE, -2))),
            *(mul(SIZE, ipow(add(SIZE, ONE), -1)), add(total(p(B0)), total(q(B0))), mul(total(p(B0)), total(q(B0)))),
            *(mk("sup", total(q(B0))), mul(mk("sup", total(q(B0))), SIZE), total(mul(X, p(B0)))),
        )
        return self.one_of(forms)

    def summand(self, moving: float = 0.5) -> Term:
        """What is summed over the letter 0; such a share of them change with the alphabet."""
        still = (p(B0), q(B0), ipow(p(B0), 2), mul(X, p(B0)), ONE, mk("exp", p(B0)), mul(p(B0), q(B0)))
        share = ipow(SIZE, -1)
        changing = (
            *(share, ipow(SIZE, -2), mul(sub(ONE, share), share), mul(share, p(B0)), mul(share, total(p(B0)))),
            *(sub(ONE, share), add(p(B0), share), mul(SIZE, q(B0)), ipow(sub(p(B0), share), 2)),
        )
        return self.one_of(changing if self.chance(moving) else still)

    def finite_sup(self) -> Term:
        """What is said of a supremum."""
        number = self.growing()
        return mk("bounded", number) if self.chance(0.6) else self._bound(mk("sup", number))

    def at_every_size(self) -> Term:
        """A statement that is said at every size of the alphabet."""
        number = self.growing()
        entry = self.one_of((p(B0), q(B0), p(B0), q(B0), mk("log", p(B0)), ipow(q(B0), -1)))
        body = self.one_of((self._bound(number), every(self._bound(entry)), every(self._bound(entry)), le(number, X)))
        return mk("parts", body)

    def nested(self) -> Term:
        """A bound for every two letters, or of a sum for every letter."""
        own = sub(p(B0), total(q(B0)))
        t = self.one_of((add(p(B0), q(B1)), mul(p(B0), q(B1)), sub(p(B0), p(B1)), total(mul(p(B0), q(B1))), own))
        return every(self._bound(t) if t.loose[0] == 1 else every(self._bound(t)))

    def tempting(self) -> tuple[Term, Term]:
        """Two numbers that are equal where the signs of some others are right."""
        a, b = self.one_of((X, Y, p(LI), sub(X, Y))), self.one_of((Z, Y, q(LI)))
        forms = (
            *((rpow(ipow(a, 2), HALF), a), (rpow(mul(ipow(a, 2), ipow(b, 2)), HALF), mul(a, b)), (rpow(mul(a, a), HALF), a)),
            *(
                (rpow(ipow(a, 4), rat(Fraction(1, 4))), a),
                (rpow(ipow(a, 2), rat(Fraction(3, 2))), ipow(a, 3)),
                (mk("abs", a), a),
            ),
            *(
                (mk("exp", mul(HALF, mk("log", ipow(a, 2)))), a),
                (rpow(ipow(a, -2), HALF), ipow(a, -1)),
                (ipow(rpow(a, HALF), 2), a),
            ),
        )
        return self.one_of(forms)

    def merged(self, t: Term) -> Term:
        """One letter for two that are bound one inside of the other; t itself where there are no such."""
        try:
            return self._diagonal(t)
        except IndexError:
            return t

    def _bound(self, t: Term) -> Term:
        forms = (lt(ZERO, t), le(ZERO, t), ne(t, ZERO), lt(t, ONE), le(t, ONE), lt(ONE, t), lt(t, ZERO), le(t, ZERO))
        return self.one_of((*forms[:5], *forms))

    def statement(self, depth: int = 2) -> Term:
        """A Boolean of relations between simple numbers, now and then of another kind."""
        if depth == 0 or self.chance(0.3):
            return self.plain_relation() if self.chance(0.9) else self.other_statement()
        op = self.one_of(("and", "or", "not", "implies", "implies", "iff"))
        return mk(op, *(self.statement(depth - 1) for _ in range(1 if op == "not" else 2)))

    def other_statement(self) -> Term:
        kind = self.rng.random()
        if kind < 0.3:
            body = self.plain_relation()
            return every(abstract(body, self.one_of(LETTERS)))
        if kind < 0.45:
            return self.one_of((self.at_every_size, self.finite_sup))()
        if kind < 0.7:
            return mk("finite", self.by_cases())
        return self.exactly_one()

    def exactly_one(self) -> Term:
        """∃! of an equation between a number in which a variable is bound, and another."""
        left = self.one_of((neg(X), sub(ONE, mul(X, X)), ipow(X, 2), ipow(X, -1), mk("log", X), neg(ipow(X, 3)), sub(Y, X)))
        right = self.one_of((ZERO, ONE, HALF, Y, Z, ipow(Y, -1), mul(ZERO, ipow(Y, -1))))
        low, high = self.one_of((ZERO, MINUS, HALF, Z)), self.one_of((ONE, rat(2), Y))
        return mk("one", low, high, close_real(eq(left, right), "x"))

    def by_cases(self) -> Term:
        """A value by cases, in (-oo, +oo]."""
        condition, relation = self.statement(1), self.plain_relation()
        forms = (
            lambda: mk("cases", ONE, condition, INFINITY, TRUE),
            lambda: mk("cases", INFINITY, condition, ONE, TRUE),
            lambda: mk("cases", ipow(X, -1), ne(X, ZERO), INFINITY, TRUE),
            lambda: mk("cases", ONE, relation, X, self.plain_relation(), INFINITY, TRUE),
            lambda: mk("cases", ONE, relation, self.simple(), self.plain_relation(), INFINITY, TRUE),
            lambda: mk("cases", mk("cases", INFINITY, relation, ONE, TRUE), condition, ONE, TRUE),
            lambda: mk("cases", ONE, eq(X, ZERO), mk("log", Y), lt(ZERO, ipow(X, -1)), INFINITY, TRUE),
        )
        return self.one_of(forms)()

    def three(self, e: Term) -> list[Term]:
        return self.rng.sample([lt(ZERO, e), lt(e, ZERO), eq(e, ZERO)], 3)

    # -- other writings

    def law(self, t: Term) -> Term:
        """t with laws applied at random places, some of them wrong."""
        try:
            return self._law(t)
        except Malformed:
            return t

    def _law(self, t: Term) -> Term:
        s = mk(t.op, *(self._law(a) if type(a) is Term else a for a in t.args))
        if self.chance(0.5):
            return s
        match s.op:
            case "rpow":
                return self._law_of_power(s, *s.args)
            case "log":
                return self._law_of_logarithm(s, s.args[0])
            case "ipow":
                return self._law_of_integer_power(s, *s.args)
            case "abs":
                a = s.args[0]
                apart = mul(*(mk("abs", f) for f in a.args)) if a.op == "mul" else s
                return self.one_of((a, mk("abs", neg(a)), rpow(ipow(a, 2), HALF), apart))
            case "exp":
                a = s.args[0]
                apart = mul(*(mk("exp", f) for f in a.args)) if a.op == "add" else s
                return self.one_of((apart, rpow(mk("exp", ONE), a), ipow(mk("exp", neg(a)), -1)))
            case "sum":
                return self._law_of_sum(s, s.args[0])
            case "mul":
                return self._law_of_product(s)
        return s

    def _law_of_power(self, s: Term, b: Term, e: Term) -> Term:
        forms: tuple[Callable[[], Term], ...] = (
            lambda: mul(*(rpow(f, e) for f in b.args)) if b.op == "mul" else s,
            lambda: rpow(b.args[0], mul(rat(b.args[1]), e)) if b.op == "ipow" else s,
            lambda: rpow(b.args[0], mul(b.args[1], e)) if b.op == "rpow" else s,
            lambda: mk("exp", mul(e, mk("log", b))),
            lambda: b.args[0] if b.op == "ipow" and e is HALF else s,
            lambda: mk("abs", b.args[0]) if b.op == "ipow" and e is HALF else s,
            lambda: mul(rpow(b, add(e, ONE)), ipow(b, -1)),
            lambda: mul(rpow(b, mul(HALF, e)), rpow(b, mul(HALF, e))),
            lambda: ipow(b, e.args[0]) if e.op == "rat" and e.args[1] == 1 else s,
        )
        return self.one_of(forms)()

    def _law_of_logarithm(self, s: Term, u: Term) -> Term:
        forms: tuple[Callable[[], Term], ...] = (
            lambda: add(*(mk("log", f) for f in u.args)) if u.op == "mul" else s,
            lambda: mul(rat(u.args[1]), mk("log", u.args[0])) if u.op == "ipow" else s,
            lambda: mul(u.args[1], mk("log", u.args[0])) if u.op == "rpow" else s,
            lambda: u.args[0] if u.op == "exp" else s,
            lambda: neg(mk("log", ipow(u, -1))),
        )
        return self.one_of(forms)()

    def _law_of_integer_power(self, s: Term, b: Term, k: int) -> Term:
        forms: tuple[Callable[[], Term], ...] = (
            lambda: mul(*(ipow(f, k) for f in b.args)) if b.op == "mul" else s,
            lambda: mul(ipow(b, k - 1), b),
            lambda: rpow(b, rat(k)),
            lambda: ipow(mk("abs", b), k),
            lambda: ipow(rpow(b, HALF), 2 * k),
        )
        return self.one_of(forms)()

    def _law_of_sum(self, s: Term, body: Term) -> Term:
        if body.op == "add":
            return add(*map(total, body.args))
        if body.op == "mul":
            outer = [shift(f, -1) for f in body.args if not f.loose[0]]
            inner = [f for f in body.args if f.loose[0]]
            return mul(*outer, total(mul(*inner)) if inner else SIZE) if outer else s
        if not body.loose[0] and self.chance(0.8):
            return mul(SIZE, body)
        kind = self.rng.random()
        if body.op == "sum" and kind < 0.3:
            return mul(SIZE, total(instantiate(body.args[0], B0)))  # the diagonal: wrong
        if body.op == "sum" and kind < 0.7:
            return total(total(_exchanged(body.args[0], 0)))
        return mul(SIZE, instantiate(body, self.one_of(LETTERS))) if s.loose == (0, 0) and kind > 0.9 else s

    def _law_of_product(self, s: Term) -> Term:
        for op in self.rng.sample(("sum", "add"), 2):
            found = [f for f in s.args if f.op == op]
            if found:
                k = s.args.index(found[0])
                rest = s.args[:k] + s.args[k + 1 :]
                if op == "sum":
                    return total(mul(*(shift(f, 1) for f in rest), found[0].args[0]))
                return add(*(mul(*rest, f) for f in found[0].args))
        return s

    # -- small changes

    def changed(self, t: Term) -> Term:
        """t with a small change; t itself where none offers itself, or it does not fit."""
        try:
            return self.one_of((*self._changes(), self.law))(t)
        except (Malformed, IndexError):
            return t

    def _changes(self) -> tuple[Callable[[Term], Term], ...]:
        some = (self._number, self._name, self._relation, self._turned, self._power, self._letter, self._less, self._nothing)
        return (*some, self._part, self._diagonal)

    def _any(self, t: Term, wanted: Callable[[Term], bool]) -> Term:
        return self.one_of([s for s in in_order(subterms(t)) if wanted(s)])

    def _number(self, t: Term) -> Term:
        c = self._any(t, lambda s: s.op == "rat")
        return replaced(t, c, rat((value(c) or 0) + self.one_of((1, -1, Fraction(1, 7)))))

    def _name(self, t: Term) -> Term:
        names = [s for s in in_order(subterms(t)) if s.op in ("var", "entry") and s.loose == (0, 0)]
        return replaced(t, *self.rng.sample(names, 2)) if len(names) > 1 else t

    def _relation(self, t: Term) -> Term:
        r = self._any(t, lambda s: s.op in RELATIONS)
        return replaced(t, r, mk(self.one_of(sorted(RELATIONS - {r.op})), *r.args))

    def _turned(self, t: Term) -> Term:
        r = self._any(t, lambda s: s.op in RELATIONS or s.op == "implies")
        return replaced(t, r, mk(r.op, *r.args[::-1]))

    def _power(self, t: Term) -> Term:
        r = self._any(t, lambda s: s.op == "ipow")
        return replaced(t, r, ipow(r.args[0], r.args[1] + self.one_of((1, -1))))

    def _letter(self, t: Term) -> Term:
        return replaced(t, self._any(t, lambda s: s.sort == LETTER and not s.loose[0]), self.letter())

    def _less(self, t: Term) -> Term:
        r = self._any(t, lambda s: s.op in ("add", "mul", "and", "or"))
        k = self.rng.randrange(len(r.args))
        rest = r.args[:k] + r.args[k + 1 :]
        return replaced(t, r, mk(r.op, *rest) if len(rest) > 1 else rest[0])

    def _nothing(self, t: Term) -> Term:
        """A number with something more that is 0, or 1 as a factor, where it is defined."""
        r = self._any(t, lambda s: s.sort == NUMBER and s.loose == (0, 0))
        x = self.one_of((r, Z))
        zeros = (mul(ZERO, mk("log", x)), mul(ZERO, ipow(x, -1)), sub(mul(x, ipow(x, -1)), ONE), sub(ipow(rpow(x, HALF), 2), x))
        return replaced(t, r, mul(r, ipow(x, 0)) if self.chance(0.2) else add(r, self.one_of(zeros)))

    def _part(self, t: Term) -> Term:
        numbers = parts(t)
        return replaced(t, *self.rng.sample(numbers, 2)) if len(numbers) > 1 else t

    def _diagonal(self, t: Term) -> Term:
        """One letter for two that are bound one inside of the other."""
        r = self._any(t, lambda s: s.op in BINDERS and s.args[0].op in BINDERS)
        inner = r.args[0]
        return replaced(t, r, mk(r.op, mk(inner.op, _joined(inner.args[0], 0))))

    def other_number(self, t: Term) -> Term:
        """t with a part of it replaced by another number."""
        numbers = parts(t)
        return (
            replaced(t, self.one_of(numbers), self.one_of((self.number(1), self.one_of(numbers), ZERO, ONE))) if numbers else t
        )


def _joined(t: Term, depth: int) -> Term:
    """The innermost of the letters bound around t for the next one as well."""
    if t.op == "bletter":
        return mk("bletter", depth) if t.args[0] == depth + 1 else t
    return rebuild(t, lambda s, bound, _: _joined(s, depth + bound)) if t.loose[0] > depth else t


def _exchanged(t: Term, depth: int) -> Term:
    """The innermost two of the letters bound around t exchanged."""
    if t.op == "bletter":
        return mk("bletter", {depth: depth + 1, depth + 1: depth}.get(t.args[0], t.args[0]))
    return rebuild(t, lambda s, bound, _: _exchanged(s, depth + bound)) if t.loose[0] > depth else t
