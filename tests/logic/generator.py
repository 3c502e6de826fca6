"""Random derivation steps: whatever the kernel accepts is evaluated by the oracle where its hypotheses hold.

A campaign is made from its seed alone. Each move draws premises, a rule with arguments of its types and a conclusion that is
likely to follow, or nearly does; certificates are searched for, random, or both; other moves take a step of the library and
change it. What is accepted joins a pool from which later moves draw premises. `python generator.py SEED STEPS` runs one.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from forging import Forger
from jump import nowhere
from numeric import Point, nearly
from random_points import names_of, where
from random_terms import B0, HALF, LETTERS, LI, LJ, REALS, THIRD, Terms, X, Y, Z, p, parts, q, replaced

from focal_symbolic.claims import library
from focal_symbolic.claims.kept import kept
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.context import Answers, Context, Question
from focal_symbolic.logic.kernel import Step, Theorem, conclude
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.stored import Stored
from focal_symbolic.logic.terms import (
    INFINITY,
    LETTER,
    MINUS,
    NUMBER,
    ONE,
    RELATIONS,
    SIZE,
    STATEMENT,
    TRUE,
    ZERO,
    Malformed,
    Term,
    abstract,
    add,
    close_real,
    derivative,
    eq,
    every,
    free,
    in_order,
    instantiate,
    ipow,
    is_stated,
    le,
    lt,
    mk,
    mul,
    ne,
    neg,
    rat,
    rebuild,
    rpow,
    slack,
    sub,
    substitute,
    total,
)
from focal_symbolic.logic.text import Derivation

TRIES, ENOUGH = 30, 5
POOL, FEW = 60, 4


@dataclass(frozen=True)
class Falsehood:
    """An accepted step that is false at a point where its hypotheses hold."""

    rule: str
    theorem: Theorem
    point: Point
    arguments: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return f"{self.rule} {self.arguments}: {self.theorem} at {self.point}"


@dataclass
class Tally:
    """What became of the steps, by rule; `false` are those that must not be."""

    steps: Counter[tuple[str, str]] = field(default_factory=Counter)
    false: list[Falsehood] = field(default_factory=list)
    forged: int = 0

    def count(self, outcome: str) -> int:
        return sum(n for (_, found), n in self.steps.items() if found == outcome)

    def __str__(self) -> str:
        rules = sorted({rule for rule, _ in self.steps})
        rows = [f"  {rule:16}" + "".join(f" {self.steps[rule, o]:7} {o}" for o in OUTCOMES) for rule in rules]
        head = ", ".join(f"{self.count(o)} {o}" for o in OUTCOMES)
        return "\n".join([f"{head}; {self.forged} certificates forged and believed; {len(self.false)} false", *rows])


OUTCOMES = ("tried", "untold", "unmet", "refused")
"""Accepted and evaluated; accepted, but the precision did not tell; accepted, but no point met its hypotheses; refused."""


class Either:
    """The first of several answers."""

    def __init__(self, *sources: Answers):
        self.sources = sources

    def answer(self, context: Context, question: Question) -> Any:
        """The first answer that there is."""
        return next((found for s in self.sources if (found := s.answer(context, question)) is not None), None)


class Campaign:
    """Random moves from one seed."""

    def __init__(self, seed: object, forged: float = 0.25, moves: Sequence[str] = ()):
        self.rng = Random(str(seed))
        self.terms, self.forged = Terms(self.rng), forged
        self.tally, self.pool = Tally(), list[Theorem]()
        self.answers: Any = None
        self.moves = [(getattr(self, f"move_{name}"), WEIGHTS[name]) for name in moves or WEIGHTS]

    def run(self, enough: Callable[[Tally], bool]) -> Tally:
        """Move until the tally is enough."""
        makers, weights = zip(*self.moves, strict=True)
        while not enough(self.tally):
            self.answers = Forger(self.rng, self.forged if self.rng.random() < 0.6 else 0.0)
            try:
                self.rng.choices(makers, weights)[0]()
            except Malformed:
                continue
            self.tally.forged += self.answers.passed
            if self.rng.random() < 0.01 or len(self.pool) > POOL:
                self.pool = self.rng.sample(self.pool, len(self.pool) // 4)
        return self.tally

    # -- steps

    def attempt(self, rule: str, conclusion: Term, *premises: Theorem | None, **arguments: Any) -> Theorem | None:
        """The theorem of a step, if the kernel accepts it; tried at points unless it is a hypothesis."""
        used = [p_ for p_ in premises if p_ is not None]
        if len(used) < len(premises) or not is_stated(conclusion):
            return None
        given = tuple(sorted(arguments.items()))
        try:
            theorem = conclude(Step(rule, conclusion, (), given), used, self.lemma, self.answers)
        except Rejected:
            self.tally.steps[rule, "refused"] += rule != "hypothesis"
            return None
        if rule != "hypothesis":
            self.judge(rule, theorem, given)
            if theorem.conclusion.nodes < 60 and len(theorem.hypotheses) <= FEW:
                self.pool.append(theorem)
        return theorem

    def judge(self, rule: str, theorem: Theorem, given: tuple[tuple[str, Any], ...] = ()) -> None:
        """Evaluate a theorem at points where its hypotheses hold."""
        names = names_of([theorem.conclusion, *theorem.hypotheses])
        told = met = 0
        for at in where(self.rng, theorem.hypotheses, names, TRIES):
            met += 1
            found = nearly(theorem.conclusion, at)
            told += found is True
            if found is False:
                self.tally.false.append(Falsehood(rule, theorem, at, given))
                told = max(told, 1)
                break
            if met == ENOUGH or not names:
                break
        self.tally.steps[rule, "tried" if told else "untold" if met else "unmet"] += 1

    def lemma(self, name: str) -> Theorem:
        """The lemma of a name: one of the pool."""
        return self.pool[int(name)]

    def suppose(self, *statements: Term) -> list[Theorem]:
        """Hypotheses, each a theorem under itself."""
        found = [self.attempt("hypothesis", s) for s in statements if is_stated(s)]
        return [t for t in found if t is not None]

    def premises(self, most: int = 3) -> list[Theorem]:
        """Some hypotheses, and some of what is proved."""
        found = self.suppose(*(self.terms.fact() for _ in range(self.rng.randint(0, most))))
        return [*found, *(self.rng.sample(self.pool, 1) if self.pool and self.terms.chance(0.3) else [])]

    def relation_premise(self, *ops: str) -> Theorem | None:
        """A premise that is a relation."""
        found = [t for t in self.pool if t.conclusion.op in (ops or RELATIONS)]
        if found and self.terms.chance(0.5):
            return self.rng.choice(found)
        for _ in range(6):
            s = self.terms.relation(1) if self.terms.chance(0.5) else self.terms.fact()
            if s.op in (ops or RELATIONS):
                return next(iter(self.suppose(s)), None)
        return None

    def blurred(self, s: Term, share: float = 0.2) -> Term:
        """The statement, now and then written otherwise or with a change."""
        if not self.terms.chance(share):
            return s
        out = self.terms.changed(s)
        return out if out.sort == STATEMENT and out.loose == (0, 0) else s

    # -- moves: numbers

    def move_sign(self) -> None:
        e = self.terms.number(3)
        c = self.rng.choice((lt(ZERO, e), le(ZERO, e), ne(e, ZERO), lt(e, ZERO), le(e, ZERO)))
        self.attempt("sign", c, *self.premises())

    def move_identity(self) -> None:
        e = self._number_with_laws() if self.terms.chance(0.65) else self.terms.number(3)
        f = self.terms.law(e)
        f = self.terms.law(e) if f is e else f
        f = self.terms.other_number(f) if self.terms.chance(0.2) else f
        if self.terms.chance(0.2):
            e, f = self.terms.tempting()
        if f is not e:
            self.attempt("identity", eq(*self.rng.sample((e, f), 2)), *self.premises())

    def _number_with_laws(self) -> Term:
        a, b = self.terms.number(1), self.terms.number(1)
        w = self.rng.choice((HALF, Y, THIRD, Z, p(LI), MINUS))

        def deep() -> Term:
            b1 = mk("bletter", 1)
            return self.rng.choice(
                (p(b1), q(b1), p(B0), q(B0), mul(p(B0), q(b1)), add(p(b1), q(B0)), X, p(LI), mul(q(B0), p(LI)))
            )

        forms: tuple[Callable[[], Term], ...] = (
            lambda: rpow(ipow(a, 2), HALF),
            lambda: rpow(mul(a, b), w),
            lambda: rpow(rpow(a, w), self.terms.number(0)),
            lambda: mk("log", mul(a, b)),
            lambda: mk("log", ipow(a, 2)),
            lambda: mk("log", rpow(a, w)),
            lambda: total(total(mk("exp", mul(deep(), deep())))),
            lambda: total(total(mk("abs", add(deep(), mul(deep(), deep()))))),
            lambda: total(mul(deep(), total(mul(deep(), deep())))),
            lambda: total(mul(p(LI), q(self.rng.choice((B0, LI, LJ))))),
            lambda: rpow(ipow(a, -1), w),
            lambda: mul(rpow(a, w), rpow(a, self.terms.number(0))),
            lambda: mul(rpow(a, w), rpow(a, neg(w))),
        )
        e = self.rng.choice(forms)()
        while e.loose != (0, 0):
            e = total(e)
        return e

    def move_combination(self) -> None:
        rows = [t for t in (self.relation_premise("lt", "le", "eq", "lt") for _ in range(self.rng.choice((1, 2, 2, 3)))) if t]
        if not rows:
            return
        weights = [self._weight() for _ in rows]
        whole = add(*(mul(w, slack(t.conclusion)) for w, t in zip(weights, rows, strict=True)))
        whole = self.terms.law(whole) if self.terms.chance(0.3) else whole
        ops = {t.conclusion.op for t in rows}
        op = "eq" if ops == {"eq"} else "lt" if "lt" in ops else "le"
        op = self.rng.choice(("lt", "le", "eq")) if self.terms.chance(0.15) else op
        c = mk(op, *((whole, ZERO) if op == "eq" else (ZERO, whole)))
        self.attempt("combination", self.blurred(c), *rows, *self.premises(1), weights=tuple(weights))

    def _weight(self) -> Term:
        """A weight, most often one that is positive wherever it is defined."""
        t = self.terms.number(1)
        forms = (ONE, ONE, rat(2), HALF, mk("exp", t), add(ONE, ipow(t, 2)), ipow(t, 2), mk("abs", t), t, MINUS, ipow(t, -1))
        return self.rng.choice((*forms, ipow(t, -2), ZERO))

    def move_apply(self) -> None:
        t = self.relation_premise("lt", "le")
        if t is None or t.conclusion.op not in ("lt", "le"):
            return
        a, b = t.conclusion.args
        w = self.rng.choice((*REALS, HALF, rat(2), MINUS, ZERO, ONE, THIRD))
        kind = self.rng.choice(("log", "exp", "power", "power", "base", "base"))
        forms: dict[str, Callable[[Term], Term]] = {
            "log": lambda s: mk("log", s),
            "exp": lambda s: mk("exp", s),
            "power": lambda s: rpow(s, w),
            "base": lambda s: rpow(w, s),
        }
        sides = [forms[kind](s) for s in (a, b)]
        if kind in ("power", "base"):
            sides = self.rng.sample(sides, 2)
        c = mk(t.conclusion.op if self.terms.chance(0.7) else self.rng.choice(("lt", "le")), *sides)
        arguments = {"function": kind} | ({"parameter": w} if kind in ("power", "base") else {})
        helpful = (lt(ZERO, a), le(ZERO, a), lt(ZERO, w), le(ZERO, w), lt(w, ZERO), lt(ONE, w), lt(w, ONE))
        known = self.suppose(*self.terms.some(helpful, 0.3))
        self.attempt("apply", self.blurred(c, 0.1), t, *known, *self.premises(1), **arguments)

    def move_absolute(self) -> None:
        x, b = self.terms.number(1), self.terms.number(1)
        op = self.rng.choice(("lt", "le"))
        if self.terms.chance(0.5):
            self.attempt("absolute_value", self.blurred(le(self.rng.choice((x, neg(x))), mk("abs", x))), *self.premises(1))
            return
        pair = self.suppose(mk(op, x, b), mk(op, neg(x), b))
        if len(pair) == 2:
            self.attempt("absolute", self.blurred(mk(op, mk("abs", x), b)), *pair)

    def move_weaken(self) -> None:
        t = self.relation_premise("lt", "le")
        if t is not None:
            a, b = t.conclusion.args
            a = self.terms.law(a) if self.terms.chance(0.4) else a
            self.attempt("weaken", self.blurred(le(a, b)), t)

    def move_constant(self) -> None:
        logs = [mk("log", rat(self.rng.choice((2, 3, 5, 7, Fraction(1, 2), Fraction(1, 3))))) for _ in range(3)]
        z = sub(mk("log", rat(6)), add(mk("log", rat(2)), mk("log", rat(3))))
        combination = add(*(mul(rat(self.rng.randint(-9, 9)), s) for s in logs))
        numbers = (
            *(combination, combination, z, ipow(z, -1), ipow(ipow(z, -1), 0), rpow(logs[0], logs[1]), mk("exp", combination)),
            *(mk("log", sub(logs[0], ONE)), ipow(logs[0], -2), mk("abs", combination), rpow(z, ZERO)),
        )
        number = self.rng.choice(numbers)
        c = lt(*self.rng.sample((number, self.rng.choice((ZERO, ONE, combination, rat(2)))), 2))
        self.attempt(self.rng.choice(("constant", "constant", "logarithms")), c)

    # -- moves: letters and sums

    def move_sums(self) -> None:
        t = self.relation_premise("lt", "le", "eq", "lt", "le")
        if t is None:
            return
        at = self.rng.choice(LETTERS)
        kind = self.rng.choice(("terms", "term", "pair", "strictly"))
        a, b = t.conclusion.args
        if kind == "terms":
            self.attempt("sum_terms", self.blurred(mk(t.conclusion.op, *(total(abstract(s, at)) for s in (a, b)))), t, over=at)
            return
        if kind == "strictly":
            weak = self.relation_premise("le")
            if weak is not None:
                other = self.rng.choice(LETTERS)
                sides = weak.conclusion.args
                strict = self.suppose(lt(*(substitute(s, {("letter", at.args[0]): other}) for s in sides)))
                if strict:
                    c = lt(*(total(abstract(s, at)) for s in sides))
                    self.attempt("sum_strictly", self.blurred(c), weak, strict[0], over=at)
            return
        body = self.rng.choice((ipow(p(at), 2), mk("abs", q(at)), ipow(sub(p(at), X), 2), mk("exp", p(at)), p(at)))
        terms = self.attempt("sign", le(ZERO, body), *self.premises(2))
        whole = total(abstract(body, at))
        at_, other = (substitute(body, {("letter", at.args[0]): x}) for x in (self.terms.letter(), self.terms.letter()))
        if kind == "term":
            self.attempt("sum_term", self.blurred(le(at_, whole)), terms, over=at)
        else:
            apart = self.suppose(self.rng.choice((lt, ne))(at_, other))
            if apart:
                self.attempt("sum_pair", self.blurred(le(add(at_, other), whole)), terms, apart[0], over=at)

    def move_relabel(self) -> None:
        at = mk("letter", "b0")
        body = abstract(self.terms.number(2, (at,)), at)
        moved = _at_images(body, 0)
        c = eq(*self.rng.sample((total(body), total(moved)), 2))
        t = self.attempt("relabel", self.blurred(c, 0.3), *self.premises(1))
        if t is not None and self.terms.chance(0.5):
            self.attempt("implication", mk("implies", mk("bijection", "s"), t.conclusion), t)

    def move_each(self) -> None:
        found = [t for t in self.pool if t.conclusion.op == "every"] or self.suppose(
            self.terms.nested(), every(abstract(self.terms.fact(), LI))
        )
        if found:
            t, at = self.rng.choice(found), self.terms.letter()
            self.attempt("each", self.blurred(instantiate(t.conclusion.args[0], at)), t, at=at)

    def move_sizes(self) -> None:
        """What is read at every size of the alphabet."""
        number = self.terms.growing()
        kinds = ("part", "parts", "upper", "least", "least", "together", "together", "reached", "declared", "elsewhere", "into")
        kind = self.rng.choice(kinds)
        if kind == "part":
            for t in self.suppose(self.terms.at_every_size()):
                self.attempt("at_size", self.blurred(t.conclusion.args[0]), t)
        elif kind == "parts":
            for t in (*self.premises(2), *self.rng.sample(self.pool, min(2, len(self.pool)))):
                self.attempt("on_parts", mk("parts", self.blurred(t.conclusion, 0.1)), t)
        elif kind == "elsewhere":
            self._elsewhere()
        elif kind == "declared" and self.terms.declared:
            value = mk("decl", self.rng.choice(self.terms.declared), self.rng.choice((X, ONE)))
            for t in self.suppose(mk(self.rng.choice(("lt", "le")), *self.rng.sample((value, self.rng.choice((Y, HALF))), 2))):
                self.attempt("on_parts", mk("parts", t.conclusion), t)
        elif kind == "upper":
            finite = self.suppose(mk("bounded", self.rng.choice((number, number, SIZE)))) if self.terms.chance(0.8) else []
            self.attempt("sup_upper", self.blurred(le(number, mk("sup", number)), 0.1), *finite, *self.premises(1))
        elif kind == "least":
            bound = self.rng.choice((X, X, SIZE, total(p(B0)), mk("sup", total(q(B0))), ZERO, ONE))
            t = self._said(mk(self.rng.choice(("lt", "le")), number, bound))
            strictly = mk("lt", mk("sup", number), bound)
            c = self.rng.choice((le(mk("sup", number), bound), mk("bounded", number), strictly))
            self.attempt("sup_least", self.blurred(c, 0.1), t)
        elif kind == "together":
            self._together()
        elif kind == "reached" and self.terms.chance(0.3):
            goal, premises = nowhere(self.attempt)
            self.attempt("root_of_sup", goal, *premises)
        elif kind == "reached":
            self._root_of_sup()
        else:
            self._into()

    def _said(self, s: Term) -> Theorem | None:
        """A statement that follows from its signs, or is supposed at every size, or at one."""
        ways = (lambda: self._at_size(s), lambda: self._signed(s))
        found = self.rng.choice(ways)()
        return found or self._at_size(s)

    def _elsewhere(self) -> None:
        """What is defined at this size, perhaps not at others, as one of two alternatives."""
        s = self.rng.choice((self.terms.at_every_size, self.terms.finite_sup))()
        inner = s.args[0] if s.op in ("parts", "bounded") else next(a for a in s.args if a.op == "sup").args[0]
        known = self.suppose(lt(X, Y), *in_order(conditions(inner)))
        known += self.suppose(*self.terms.some(in_order(conditions(s)), 0.4))
        self.attempt("alternative", self.blurred(mk("or", lt(X, Y), s), 0.1), *known)

    def _together(self) -> None:
        """Suprema of sums, of terms that are nonnegative or not, and change with the alphabet or do not."""
        bodies = [self.terms.summand(0.15) for _ in range(self.rng.choice((2, 2, 3)))]
        if self.terms.chance(0.3):
            share = ipow(SIZE, -1)
            bodies = self.rng.choice(
                ([ipow(SIZE, -2), mul(sub(ONE, share), share)], [p(B0), q(B0)], [mul(share, p(B0)), q(B0)])
            )
        sums = [total(body) for body in bodies]
        whole = self.rng.choice((*[add] * 9, mul))(*sums)
        bound = self.rng.choice((X, X, ONE, SIZE, add(X, mk("sup", total(p(B0))))))
        equal = self.attempt("identity", eq(whole, bound)) if bound is ONE else None
        t = (
            self._said(le(whole, bound))
            if equal is None
            else self.attempt("combination", le(whole, bound), equal, weights=(ONE,))
        )
        rise = []
        for body in bodies:
            s = every(le(ZERO, body))
            known = self._signed(s)
            line = known and self.attempt("on_parts", mk("parts", s), known)
            rise += [line] if line else self.suppose(*self.terms.some([mk("parts", s)], 0.85))
        c = self.rng.choice((le(add(*(mk("sup", s) for s in sums)), bound), mk("bounded", self.rng.choice(sums))))
        self.attempt("sup_together", self.blurred(c, 0.1), t, *rise)

    def _root_of_sup(self) -> None:
        """The supremum of the sums of p/x takes a value once, between ends, where it is dominated."""
        v, low, high, c = mk("var", "u"), Y, Z, self.rng.choice((ONE, mk("var", "v")))
        whole, mass = total(p(B0)), mk("sup", total(p(B0)))
        known = self.suppose(mk("bounded", whole), lt(ZERO, mass), mk("parts", every(le(ZERO, p(B0)))))
        if len(known) < 3:
            return
        finite, positive, nonnegative = known

        def over(t: Term) -> Term:
            return total(mul(p(B0), ipow(t, -1)))

        def scaled(t: Term, above: Theorem | None, kind: str) -> Theorem | None:
            upper = self.attempt("sup_upper", le(whole, mass), finite)
            line = self.attempt("combination", le(over(t), mul(mass, ipow(t, -1))), upper, above, weights=(ipow(t, -1), ZERO))
            out = le(mk("sup", over(t)), mul(mass, ipow(t, -1))) if kind == "least" else mk("bounded", over(t))
            return self.attempt("sup_least", out, line)

        first, later = self.suppose(lt(ZERO, X)), self.suppose(lt(X, v))
        if not first or not later:
            return
        after = self.attempt("combination", lt(ZERO, v), *first, *later, weights=(ONE, ONE))
        back = self.attempt("sup_upper", le(over(X), mk("sup", over(X))), scaled(X, first[0], "bounded"))
        back = self.attempt("combination", le(whole, mul(X, mk("sup", over(X)))), back, *first, weights=(X, ZERO))
        least = self.attempt("sup_least", le(mass, mul(X, mk("sup", over(X)))), back)
        gap = self.attempt(
            "combination", lt(ipow(v, -1), ipow(X, -1)), *later, *first, after, weights=(ipow(mul(X, v), -1), ZERO, ZERO)
        )
        falls = self.attempt(
            "combination",
            lt(mk("sup", over(v)), mk("sup", over(X))),
            *(scaled(v, after, "least"), least, gap, positive, *first),
            weights=(ONE, ipow(X, -1), mass, ZERO, ZERO),
        )
        self._root_under(falls, (low, high, c), over, finite, nonnegative)

    def _root_under(
        self,
        falls: Theorem | None,
        ends: tuple[Term, Term, Term],
        over: Callable[[Term], Term],
        finite: Theorem,
        nonnegative: Theorem,
    ) -> None:
        """A root of what falls, with its ends and what dominates it, some of which may be missing or others."""
        low, high, c = ends
        most = mul(p(LI), ipow(self.rng.choice((low, low, X)), -1))
        entry = self.attempt("each", le(ZERO, p(LI)), self.attempt("at_size", every(le(ZERO, p(B0))), nonnegative), at=LI)
        known = self.suppose(lt(ZERO, low), le(low, X))
        if len(known) < 2:
            return
        above = self.attempt("combination", lt(ZERO, X), *known, weights=(ONE, ONE))
        term = mul(p(LI), ipow(X, -1))
        bottom = self.attempt("combination", le(ZERO, term), entry, above, weights=(ipow(X, -1), ZERO))
        gap = self.attempt(
            "combination",
            le(ipow(X, -1), ipow(low, -1)),
            known[1],
            known[0],
            above,
            weights=(ipow(mul(low, X), -1), ZERO, ZERO),
        )
        top = self.attempt("combination", le(term, most), gap, entry, *known[:1], above, weights=(p(LI), ZERO, ZERO, ZERO))
        both = mk("and", le(ZERO, term), le(term, most))
        line = self.attempt("every", every(abstract(both, LI)), self.attempt("conjunction", both, bottom, top))
        dominated = self.attempt("on_parts", mk("parts", every(abstract(both, LI))), line)
        sides = (le(c, mk("sup", over(low))), le(mk("sup", over(high)), c), le(low, high))
        around = self.suppose(*(self.blurred(s, 0.1) for s in sides))
        more = self.suppose(*self.terms.some((lt(ZERO, low), mk("bounded", over(low)), le(low, high)), 0.8))
        goal = mk("one", low, high, close_real(eq(mk("sup", over(X)), c), "x"))
        if len(around) == 3:
            self.attempt("root_of_sup", self.blurred(goal, 0.1), falls, *around, dominated, *more)

    def _at_size(self, s: Term) -> Theorem | None:
        """A statement, as a rule: from the same at every size of the alphabet; else supposed."""
        if self.terms.chance(0.25):
            return next(iter(self.suppose(s)), None)
        return next((self.attempt("at_size", s, t) for t in self.suppose(mk("parts", s))), None)

    def _signed(self, s: Term) -> Theorem | None:
        """A statement that follows from the signs of its parts, at every letter if it is said so."""
        if s.op != "every":
            return self.attempt("sign", s)
        return self.attempt("every", s, self.attempt("sign", instantiate(s.args[0], LI)))

    def _into(self) -> None:
        """What is said at every size, with other values, or equals put for equals; these may speak of the alphabet."""
        s = self.rng.choice((lt(X, Y), eq(X, X), every(le(p(B0), p(B0))), every(le(p(B0), p(B0))), le(total(p(B0)), Y)))
        ways = (lambda: self._at_size(s), lambda: self._signed(s), lambda: next(iter(self.suppose(s)), None))
        t = self.rng.choice(ways)()
        whole = None if t is None else self.attempt("on_parts", mk("parts", s), t)
        if whole is None:
            return
        here = self.rng.choice((SIZE, SIZE, total(q(B0)), p(LI), Z))
        if self.terms.chance(0.3):
            equation = self.suppose(eq(here, self.rng.choice((X, Y))))
            if equation:
                c = mk("parts", replaced(s, equation[0].conclusion.args[1], here))
                self.attempt("rewrite", c, *equation, whole)
            return
        inverse = self.rng.choice((ipow(q(B0), -1), mk("log", q(B0)), mul(here, q(B0))))
        own = {("var", "x"): here, ("entry", "p"): mk("template", inverse)}
        mapping = own if self.terms.chance(0.6) else self._mapping()
        mapping = {key: to for key, to in mapping.items() if key in free(s) or self.terms.chance(0.2)}
        goal = substitute(whole.conclusion, mapping)
        extra = self.suppose(*(substitute(h, mapping) for h in in_order(whole.hypotheses)))
        extra += self.suppose(*(every(c) for c in conditions(inverse) if c.loose[0]))
        self.attempt("instance", goal, whole, *extra, *self.premises(1), replace=tuple(mapping.items()))

    def move_every(self) -> None:
        for t in (*self.premises(2), *self.rng.sample(self.pool, min(2, len(self.pool)))):
            at = self.rng.choice(LETTERS)
            self.attempt("every", self.blurred(every(abstract(t.conclusion, at)), 0.1), t)

    def _mapping(self) -> dict[tuple[str, str], Term]:
        mapping: dict[tuple[str, str], Term] = {}
        for v in self.rng.sample(REALS, self.rng.choice((0, 1, 2))):
            mapping["var", v.args[0]] = self.rng.choice((self.terms.number(2), self.terms.number(0), ipow(ZERO, -1), ZERO))
        if self.terms.chance(0.4):
            mapping["letter", "i"] = self.terms.letter()
        if self.terms.chance(0.4):
            at = mk("letter", "b0")
            mapping["entry", "p"] = mk("template", abstract(self.terms.number(2, (at,)), at))
        return mapping

    def move_instance(self) -> None:
        source = self.rng.sample(self.pool, min(1, len(self.pool))) if self.terms.chance(0.6) else []
        t = next(iter(source or self.premises()), None)
        if t is None:
            return
        mapping = self._mapping() if self.terms.chance(0.8) else {}
        goal = substitute(t.conclusion, mapping)
        extra = self.suppose(*(substitute(h, mapping) for h in in_order(t.hypotheses) if self.terms.chance(0.3)))
        if self.terms.chance(0.3) and t in self.pool:
            arguments = {"name": str(self.pool.index(t)), "replace": tuple(mapping.items())}
            self.attempt("lemma", self.blurred(goal), *extra, *self.premises(1), **arguments)
        else:
            self.attempt("instance", self.blurred(goal), t, *extra, *self.premises(1), replace=tuple(mapping.items()))

    def move_nested(self) -> None:
        """Statements for every two letters, said again with the letters changed."""
        for t in self.suppose(self.terms.nested()):
            c = self.rng.choice((self.terms.merged, self.terms.law, self.terms.changed))(t.conclusion)
            self.attempt("instance", c, t, replace=())
            for other in self.suppose(c):
                self.attempt("instance", t.conclusion, other, replace=())
            at = self.terms.letter()
            one = self.attempt("each", instantiate(t.conclusion.args[0], at), t, at=at)
            if one is not None:
                self.attempt("every", every(abstract(one.conclusion, self.rng.choice(LETTERS))), one)

    def move_rewrite(self) -> None:
        t = next(iter(self.premises()), None) or self.relation_premise()
        if t is None:
            return
        numbers = parts(t.conclusion)
        a = self.rng.choice(numbers) if numbers and self.terms.chance(0.6) else self.terms.number(1)
        b = self.terms.law(a) if self.terms.chance(0.5) else self.terms.number(1)
        e = next(iter(self.suppose(eq(a, b))), None)
        if e is not None and self.terms.chance(0.3):
            e = self.attempt("identity", eq(a, self.terms.law(a)), *self.premises(1)) or e
        if e is not None:
            a, b = e.conclusion.args
            c = replaced(t.conclusion, *self.rng.sample((a, b), 2))
            self.attempt("rewrite", self.blurred(c), e, t, *self.premises(1))

    # -- moves: connectives

    def move_implication(self) -> None:
        b = self.terms.plain_relation()
        hypotheses = self.suppose(*(self.terms.statement(1) for _ in range(self.rng.choice((1, 1, 2)))))
        t = self.attempt("sign", b, *hypotheses) or next(iter(hypotheses), None)
        if t is not None:
            case = self.rng.choice([*in_order(t.hypotheses), self.terms.plain_relation()])
            case = self.terms.law(case) if self.terms.chance(0.2) else case
            self.attempt("implication", mk("implies", case, self.rng.choice((t.conclusion, t.conclusion, b))), t)

    def _cases_of(self, e: Term) -> list[Term]:
        forms = ([lt(e, ZERO), le(ZERO, e)], [lt(ZERO, e), le(e, ZERO)], [ne(e, ZERO), eq(e, ZERO)], [le(e, ZERO), le(ZERO, e)])
        return self.rng.choice((*forms, self.terms.three(e), [lt(e, ZERO), lt(ZERO, e)]))

    def move_cases(self) -> None:
        e = self.terms.simple()
        on = self._cases_of(e)
        goals = (self.terms.plain_relation(), le(ZERO, ipow(self.terms.simple(), 2)), self.terms.statement(1))
        goal = self.rng.choice((*goals, ne(e, ZERO), lt(ZERO, ipow(e, 2)), le(ZERO, mul(e, e))))
        known, branches = self.suppose(*self.terms.some([self.terms.fact()])), []
        for case in on:
            h = self.suppose(self.terms.law(case) if self.terms.chance(0.1) else case)
            t = self.attempt("sign", goal, *h, *known) if goal.op in RELATIONS else next(iter(h), None)
            branches.append(t)
        self.attempt("cases", goal, *branches, on=tuple(on))
        if len(on) == 2:
            disjunction = self.suppose(mk("or", *on))
            self.attempt("either", goal, *disjunction, *branches)

    def move_trichotomy(self) -> None:
        e = self.terms.simple()
        also = (
            mul(rat(2), e),
            ipow(e, 3),
            sub(mk("exp", e), ONE),
            add(e, mul(e, ipow(Y, 2))),
            mul(e, mk("abs", Y)),
            ipow(e, -1),
        )
        f, on, branches = self.rng.choice((*also, self.terms.simple())), self.terms.three(e), []
        known = self.suppose(*self.terms.some([self.terms.fact(), self.terms.fact()]))
        for case in on:
            wanted = mk(case.op, *(f if a is e else a for a in case.args))
            branches.append(self.attempt("sign", wanted, *self.suppose(case), *known))
        if None not in branches:
            k = self.rng.randrange(3)
            c = mk("iff", branches[k].conclusion, on[self.rng.choice((k, k, self.rng.randrange(3)))])
            self.attempt("trichotomy", self.blurred(c, 0.1), *branches, on=tuple(on))

    def move_equivalence(self) -> None:
        a, b = self.terms.plain_relation(), self.terms.statement(1)
        equivalence = next(iter(self.suppose(mk("iff", a, b))), None)
        if equivalence is None:
            return
        t = next(iter(self.suppose(self.rng.choice((a, b)))), None)
        self.attempt("transfer", self.blurred(self.rng.choice((a, b)), 0.1), equivalence, t)
        c = mk(self.rng.choice(("and", "or", "implies", "iff")), a, self.terms.plain_relation())
        for t in self.suppose(c, *(t.conclusion for t in self.premises(1))):
            self.attempt("rewrite", replaced(t.conclusion, a, b), equivalence, t)

    def move_boolean(self) -> None:
        known = [*self.premises(3), *self.rng.sample(self.pool, min(1, len(self.pool)))]
        if not known:
            return
        statements = [t.conclusion for t in known]
        if len(known) > 1:
            t = self.attempt("conjunction", self.blurred(mk("and", *statements)), *known)
            if t is not None:
                self.attempt("part", self.blurred(self.rng.choice(t.conclusion.args)), t)
        self.attempt("alternative", mk("or", self.blurred(statements[0]), self.terms.statement(1)), *known)
        self.attempt("absurd", self.terms.statement(1), *known[:1])
        whole = [t for t in self.pool if t.conclusion.op == "and"] or self.suppose(
            mk("and", self.terms.statement(1), statements[0])
        )
        for t in whole[:1]:
            if t.conclusion.op == "and":
                self.attempt("part", self.rng.choice(t.conclusion.args), t)

    def move_finite(self) -> None:
        v = self.terms.by_cases()
        if self.terms.chance(0.5):
            case = self._comparison(2)
            rows = ((ONE, case, INFINITY, TRUE), (INFINITY, case, X, TRUE), (ONE, case, self.terms.simple(), TRUE))
            v = mk("cases", *self.rng.choice(rows))
        cases = [s for s in v.args[1::2] if s is not TRUE]
        guard = mk("and", lt(ZERO, X), mk("implies", ne(X, ZERO), self.terms.plain_relation()))
        c = self.rng.choice((*cases * 2, *(mk("not", s) for s in cases), self._comparison(2), guard, le(ZERO, ONE)))
        t = self.attempt("finite_value", mk("iff", mk("finite", v), c), *self.premises(2))
        if t is not None:
            at = self.rng.choice(LETTERS)
            a, b = (abstract(s, at) for s in (v, c))
            self.attempt("finite_sum", mk("iff", mk("finite", mk("esum", a)), every(b)), t)
            known = self.attempt("sign", c, *self.premises(1)) if c.op in RELATIONS else None
            self.attempt("transfer", mk("finite", v), t, *([known] if known else self.suppose(c)))

    def _comparison(self, depth: int) -> Term:
        """A Boolean of comparisons of few numbers with 0."""
        if depth == 0 or self.terms.chance(0.3):
            e = self.rng.choice((X, Y, p(LI), sub(X, Y), sub(ONE, X), ipow(ipow(X, -1), -1), mul(X, Y)))
            return mk(self.rng.choice(("lt", "le", "eq", "ne")), *self.rng.sample((e, ZERO), 2))
        op = self.rng.choice(("and", "or", "not", "implies"))
        return mk(op, *(self._comparison(depth - 1) for _ in range(1 if op == "not" else 2)))

    def move_consequence(self) -> None:
        """What D of a premise says of the numbers in it, behind guards or not."""
        forms = (self.terms.statement(2), mk("finite", self.terms.by_cases()), self.terms.fact(), self.terms.exactly_one())
        known = self.suppose(self.rng.choice(forms))
        numbers = parts(known[0].conclusion) if known else []
        if not numbers:
            return
        s = self.rng.choice(numbers)
        forms = (ne(s, ZERO), lt(ZERO, s), le(ZERO, s), lt(ZERO, ipow(s, -2)), eq(mul(s, ipow(s, -1)), ONE), lt(s, add(s, ONE)))
        c = self.rng.choice(forms)
        self.attempt("identity" if c.op == "eq" else "sign", c, *known)
        guarded = mk("implies", self.rng.choice((lt(ZERO, ONE), self.terms.plain_relation())), c)
        for h in self.suppose(guarded):
            self.attempt("instance", guarded, h, *known, replace=())

    # -- moves: analysis

    def move_monotone(self) -> None:
        f = self.rng.choice((*FUNCTIONS, self.terms.number(2)))
        low, high = self.rng.choice((ZERO, ZERO, ONE, MINUS, Y)), self.rng.choice((ONE, rat(2), Z))
        shares = ((lt(low, X), 0.8), (lt(X, high), 0.4), (lt(ZERO, Y), 0.4), (lt(ZERO, p(LI)), 0.3))
        try:
            rate = derivative(f, "x")
        except Malformed:
            rate = ONE
        rate = self.terms.law(rate) if self.terms.chance(0.1) else rate
        known = self.suppose(*(b for b, share in shares if self.terms.chance(share)))
        signs = (lt(ZERO, rate), le(ZERO, rate), lt(rate, ZERO), le(rate, ZERO))
        slope = next((t for c in self.rng.sample(signs, 3) if (t := self.attempt("sign", c, *known))), None)
        if slope is None:
            return
        a, b = (
            self.rng.choice((ZERO, ONE, HALF, Z, MINUS, p(LI), low, low)),
            self.rng.choice((ONE, rat(2), Z, q(LI), high, high)),
        )
        ordered = self.suppose(self.rng.choice((lt(a, b), le(a, b))))
        others = (lt(ZERO, Y), lt(ZERO, a), le(b, ONE), le(low, a), lt(low, a), le(b, high), lt(ZERO, p(LI)), le(ZERO, low))
        ends = [substitute(f, {("var", "x"): v}) for v in (a, b)]
        rises = slope.conclusion.args[0] is ZERO
        strictly = "lt" if slope.conclusion.op == "lt" and ordered and ordered[0].conclusion.op == "lt" else "le"
        c = mk(strictly if self.terms.chance(0.8) else "lt", *(ends if rises == self.terms.chance(0.9) else ends[::-1]))
        premises = self.suppose(*self.terms.some(others, 0.6))
        self.attempt("monotone", c, slope, *ordered, *premises, function=f, variable=X)

    def move_root(self) -> None:
        v, u = mk("var", "u"), mk("var", "v")
        f = self.rng.choice(FALLING)
        value = self.rng.choice((ZERO, ONE, HALF, Z, MINUS, ipow(Z, -1)))
        a, b = self.rng.choice((ZERO, MINUS, HALF, Y)), self.rng.choice((ONE, rat(2), Z))

        def at(t: Term) -> Term:
            return substitute(f, {("var", "x"): t})

        hypotheses = self.suppose(lt(v, u), *self.terms.some((lt(ZERO, v), le(a, v), le(u, b), lt(v, b), lt(ZERO, p(LI))), 0.6))
        falls = lt(at(u), at(v))
        falling = (
            self.attempt("sign", falls, *hypotheses)
            or self.attempt("apply", lt(*(mk("log", s) for s in (v, u))), *hypotheses, function="log")
            or next(iter(self.suppose(falls)), None)
        )
        if falling is not None and falling.conclusion is not falls:
            falling = self.attempt("combination", falls, falling, weights=(ONE,))
        ends = []
        for s in (le(value, at(a)), le(at(b), value), le(a, b)):
            ends.append((self.attempt("sign", s) if self.terms.chance(0.5) else None) or next(iter(self.suppose(s)), None))
        body = close_real(eq(f, value), "x")
        others = self.suppose(*self.terms.some((lt(ZERO, a), lt(ZERO, p(LI)), ne(Z, ZERO))))
        t = self.attempt("root", mk("one", a, b, body), falling, *ends, *others)
        if t is not None:
            mapping = self._mapping()
            self.attempt("instance", substitute(t.conclusion, mapping), t, replace=tuple(mapping.items()))

    def move_exactly_one(self) -> None:
        """What follows from «∃! iff B» and ∃!, which is proved or supposed, at other values."""
        f = add(neg(X), mul(ZERO, self.rng.choice((Y, Z, p(LI)))))
        v, u = mk("var", "u"), mk("var", "v")

        def at(t: Term) -> Term:
            return substitute(f, {("var", "x"): t})

        falling = self.attempt("sign", lt(at(u), at(v)), *self.suppose(lt(v, u)))
        ends = [self.attempt("sign", s) for s in (le(ZERO, at(ZERO)), le(at(ONE), ZERO), le(ZERO, ONE))]
        one = mk("one", ZERO, ONE, close_real(eq(f, ZERO), "x"))
        found = self.attempt("root", one, falling, *ends)
        if self.terms.chance(0.4):
            one = self.terms.exactly_one()
            found = next(iter(self.suppose(one)), None)
        never = self.rng.choice((lt(ONE, ZERO), self.terms.plain_relation()))
        t = self.attempt("transfer", self.rng.choice((never, never, one)), *self.suppose(mk("iff", one, never)), found)
        if t is not None:
            mapping = self._mapping()
            self.attempt("instance", substitute(t.conclusion, mapping), t, replace=tuple(mapping.items()))

    # -- moves: the library

    def move_twin(self) -> None:
        """A step of the library with a change in its conclusion, its premises or its arguments."""
        name = self.rng.choice(_claims())
        derivation, theorems = _theorems(name)
        k = self.rng.choice([k for k, s in enumerate(derivation.steps) if s.rule != "hypothesis"])
        step = derivation.steps[k]
        premises = [theorems[n] for n in step.premises]
        c, arguments = step.conclusion, dict(step.arguments)
        if self.terms.chance(0.25) and len(premises) > 1:
            n = self.rng.randrange(len(premises))
            if self.terms.chance(0.5):
                del premises[n]
            else:
                premises[n] = theorems[self.rng.randrange(k)]
            c = self.terms.changed(c) if self.terms.chance(0.5) else c
        else:
            c = self.terms.changed(c)
        if arguments and self.terms.chance(0.15):
            key = self.rng.choice(sorted(arguments))
            arguments[key] = self._other_argument(arguments[key])
        before, self.answers.search = (
            self.answers.search,
            Either(Stored(derivation.answers, derivation.table), self.answers.search),
        )
        lemma, self.lemma = self.lemma, _lemma  # type: ignore[method-assign]
        try:
            self._judge_twin(step.rule, c, premises, arguments, theorems[k])
        finally:
            self.answers.search, self.lemma = before, lemma  # type: ignore[method-assign]

    def _other_argument(self, value: Any) -> Any:
        if type(value) is tuple:
            return tuple(self._other_argument(v) if self.terms.chance(0.5) else v for v in value)
        if type(value) is Term and value.sort in (NUMBER, STATEMENT, LETTER):
            out = self.terms.letter() if value.sort == LETTER else self.terms.changed(value)
            return out if out.sort == value.sort else value
        return value

    def _judge_twin(self, rule: str, c: Term, premises: list[Theorem], arguments: dict[str, Any], of: Theorem) -> None:
        if not is_stated(c):
            return
        given = tuple(sorted(arguments.items()))
        try:
            theorem = conclude(Step(rule, c, (), given), premises, self.lemma, self.answers)
        except Rejected:
            self.tally.steps["twin " + rule, "refused"] += 1
            return
        if not (theorem.conclusion is of.conclusion and theorem.hypotheses >= of.hypotheses):
            self.judge("twin " + rule, theorem, given)


FUNCTIONS = (
    *(ipow(X, 2), mk("exp", X), mk("log", X), rpow(X, HALF), ipow(X, -1), rpow(X, Y), mul(X, mk("log", X)), mk("abs", X)),
    *(ipow(X, 3), rpow(Y, X), mul(p(LI), X), total(rpow(X, p(B0))), neg(mk("log", X)), neg(ipow(X, -1)), ipow(X, -2)),
    *(
        add(X, mk("exp", X)),
        mul(X, mk("exp", X)),
        rpow(ipow(X, 2), HALF),
        total(mul(ipow(p(B0), 2), X)),
        sub(X, Y),
        rpow(X, MINUS),
    ),
)
FALLING = (
    *(
        neg(X),
        neg(X),
        ipow(X, -1),
        neg(ipow(X, 3)),
        neg(mk("log", X)),
        neg(mk("exp", X)),
        sub(ONE, ipow(X, 2)),
        neg(rpow(X, HALF)),
    ),
    *(
        mul(X, neg(p(LI))),
        rpow(HALF, X),
        neg(mul(X, rpow(X, Y))),
        add(neg(X), mul(ZERO, Y)),
        add(neg(X), mul(ZERO, mk("log", Z))),
    ),
)

WEIGHTS = {
    "sign": 10,
    "identity": 12,
    "combination": 6,
    "apply": 8,
    "absolute": 2,
    "weaken": 4,
    "constant": 2,
    "sums": 6,
    "relabel": 2,
    "each": 3,
    "every": 4,
    "sizes": 6,
    "instance": 14,
    "rewrite": 8,
    "nested": 2,
    "implication": 6,
    "cases": 6,
    "trichotomy": 4,
    "equivalence": 4,
    "boolean": 4,
    "finite": 5,
    "consequence": 5,
    "monotone": 8,
    "root": 4,
    "exactly_one": 2,
    "twin": 8,
}


def _at_images(body: Term, depth: int) -> Term:
    """The body with the image under s put for its letter."""
    if body.op == "bletter":
        return mk("image", "s", body) if body.args[0] == depth else body
    return rebuild(body, lambda t, bound, _: _at_images(t, depth + bound)) if body.loose[0] > depth else body


@cache
def _claims() -> tuple[str, ...]:
    """The claims whose derivations are kept."""
    return tuple(name for name in library.expected_names() if kept(name.split("/", maxsplit=1)[0]).get(name))


@cache
def _theorems(name: str) -> tuple[Derivation, tuple[Theorem, ...]]:
    """The derivation of a claim, as it is kept, and the theorem of each step."""
    derivation = kept(name.split("/", maxsplit=1)[0])[name]
    answers, found = Either(Stored(derivation.answers, derivation.table), Search()), list[Theorem]()
    for step in derivation.steps:
        found.append(conclude(step, [found[k] for k in step.premises], _lemma, answers))
    return derivation, tuple(found)


@cache
def _lemma(name: str) -> Theorem:
    """The theorem of a claim of the library."""
    return library.theorem(name)


def main() -> None:
    """Run a campaign of so many steps that are tried, and print what became of them."""
    seed, steps = sys.argv[1], int(sys.argv[2])
    start = time.process_time()
    tally = Campaign(seed).run(lambda t: t.count("tried") >= steps)
    sys.stdout.write(f"seed {seed}, {time.process_time() - start:.0f} CPU s: {tally}\n")
    for falsehood in tally.false:
        sys.stdout.write(f"FALSE {falsehood}\n")


if __name__ == "__main__":
    main()
