"""Certificates that nobody searched for: forged ones by question, random ones, and honest ones with changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from flint import fmpq
from random_terms import HALF, LETTERS, Terms

from focal_symbolic.logic import checker
from focal_symbolic.logic.arithmetic import collect, expand, merged
from focal_symbolic.logic.certificates import GRAMMAR, Certificate, named, read_certificate, written
from focal_symbolic.logic.context import CATEGORY, Context, Question
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import (
    LETTER,
    MINUS,
    NUMBER,
    ONE,
    RELATIONS,
    STATEMENT,
    Malformed,
    Term,
    add,
    eq,
    free,
    in_order,
    instantiate,
    le,
    letters,
    lt,
    mk,
    mul,
    ne,
    rat,
    slack,
    subterms,
)


def table_of(tree: Any) -> dict[str, Term]:
    """The terms that a certificate names."""
    if type(tree) is tuple:
        return {name: t for part in tree for name, t in table_of(part).items()}
    return {named(tree): tree} if type(tree) is Term and named(tree).startswith("#") else {}


class Forger:
    """Answers that are random in part; where the checker refuses a random one, the honest one is given.

    `share` is how often a random one is tried; `passed` counts those that the checker believed.
    """

    def __init__(self, rng: Random, share: float):
        self.rng, self.share, self.search, self.passed = rng, share, Search(), 0

    def answer(self, context: Context, question: Question) -> tuple[str, Mapping[str, Term]] | None:
        """A random certificate that the checker believes, or the honest one."""
        if self.rng.random() >= self.share:
            return self.search.answer(context, question)
        honest = self.search.answer(context, question) if self.rng.random() < 0.5 else None
        for _ in range(2):
            forged = self._forged(context, question, honest)
            if forged is not None and self._believed(context, question, forged):
                self.passed += 1
                return written(forged), table_of(forged)
        return honest or self.search.answer(context, question)

    def _forged(
        self, context: Context, question: Question, honest: tuple[str, Mapping[str, Term]] | None
    ) -> Certificate | None:
        drawn = Draws(self.rng, context, question)
        try:
            if honest is not None and self.rng.random() < 0.6:
                return drawn.varied(read_certificate(*honest, category=CATEGORY[question[0]]), CATEGORY[question[0]])
            return drawn.certificate()
        except (Malformed, ValueError, IndexError):
            return None

    def _believed(self, context: Context, question: Question, forged: Certificate) -> bool:
        try:
            tree = read_certificate(written(forged), table_of(forged), CATEGORY[question[0]])
            return checker.check(context, question, tree)
        except Exception:  # whatever goes wrong in a certificate is a refusal; the kernel treats it so
            return False


class Draws:
    """Random certificates for one question in one context."""

    def __init__(self, rng: Random, context: Context, question: Question):
        self.rng, self.terms, self.context, self.question = rng, Terms(rng), context, question
        about = [t for t in question[1:] if type(t) is Term]
        found = in_order({s for t in (*about, *context.sources) for s in subterms(t) if s.loose == (0, 0)})
        self.numbers = [s for s in found if s.sort == NUMBER] or [ONE]
        self.letters = [*(s for s in found if s.sort == LETTER), *LETTERS, mk("fresh", 0), mk("fresh", 1)]
        self.statements = [s for s in found if s.sort == STATEMENT] or [lt(MINUS, ONE)]

    def certificate(self) -> Certificate:
        """A certificate that is likely to fit the question, or any one."""
        kind, *about = self.question
        if self.rng.random() < 0.15:
            return self.part(CATEGORY[kind], 3)
        if kind == "sign":
            return self.sign(about[0], 4)
        if kind == "prove":
            return self.proof(about[0], 4)
        among = in_order({*subterms(about[0]), *subterms(about[1])})
        return self.natural(among) if self.rng.random() < 0.5 else self.under(("same",), 3, among)

    # -- of the grammar

    def part(self, shape: Any, depth: int) -> Any:
        """Any part of this shape."""
        if type(shape) is list:
            return tuple(self.part(shape[0], depth - 1) for _ in range(self.rng.choice((0, 1, 1, 2))))
        if type(shape) is tuple:
            return tuple(self.part(s, depth - 1) for s in shape)
        if shape in GRAMMAR:
            kinds = GRAMMAR[shape]
            kind = self.rng.choice(sorted(kinds if depth > 0 else [k for k, holds in kinds.items() if len(holds) < 2]))
            return (kind, *(self.part(s, depth - 1) for s in kinds[kind]))
        return self.leaf(shape)

    def leaf(self, shape: str) -> Any:
        match shape:
            case "number":
                return self.rng.choice(self.numbers) if self.rng.random() < 0.7 else self.terms.number(2)
            case "letter":
                return self.rng.choice(self.letters)
            case "statement":
                return self.rng.choice(self.statements) if self.rng.random() < 0.5 else self.terms.plain_relation()
            case "integer":
                return self.rng.choice((1, -1, 2, -2, 0, 3))
            case "index":
                return self.rng.choice((0, 1, 2, self.rng.randrange(max(1, len(self.context.sources)))))
        return Fraction(self.rng.choice((1, 1, -1, 2, Fraction(1, 2), 0, -2)))

    def varied(self, tree: Any, shape: Any) -> Any:
        """A part with a change at a random place."""
        if self.rng.random() < 0.12:
            return self.part(shape, 2)
        if type(shape) is list:
            changed = [self.varied(t, shape[0]) if self.rng.random() < 0.6 else t for t in tree]
            return tuple(changed[:-1] if changed and self.rng.random() < 0.05 else changed)
        if type(shape) is tuple:
            return tuple(self.varied(t, s) for t, s in zip(tree, shape, strict=True))
        if shape not in GRAMMAR:
            return self.leaf(shape) if self.rng.random() < 0.2 else tree
        shapes = GRAMMAR[shape][tree[0]]
        k = self.rng.randrange(len(shapes)) if shapes else 0
        return (
            tree[0],
            *(self.varied(t, s) if place == k else t for place, (t, s) in enumerate(zip(tree[1:], shapes, strict=True))),
        )

    # -- by what is asked

    def sign(self, e: Term, depth: int) -> Certificate:
        """A certificate of the sign of e, by its operation, by facts, through another number."""
        kind = self.rng.random()
        if depth <= 0:
            return self.rng.choice((("number",), ("any",), self.facts(e, 0)))
        if kind < 0.55:
            found = self._by_operation(e, depth)
            if found is not None:
                return found
        if kind < 0.8:
            return self.facts(e, depth)
        if kind < 0.9:
            f = self.terms.law(e) if self.rng.random() < 0.6 else self.terms.other_number(e)
            return ("equals", f, self.sign(f, depth - 1))
        if kind < 0.95:
            return self.under(self.sign(e, depth - 1), depth, in_order(subterms(e)))
        if kind < 0.96:  # e as a square
            root = ("root", e, 2, self.positive(e, 1))
            return ("with", (root,), ("equals", mk("ipow", mk("rpow", e, HALF), 2), ("power", ("rpower", ("any",)))))
        if kind < 0.97:
            f, k = self.rng.choice(self.numbers), self.rng.choice((1, -1, 2))
            rest = mul(e, mk("ipow", f, -k))
            return ("factors", Fraction(1), ((f, k, self.sign(f, depth - 1)), (rest, 1, self.sign(rest, depth - 1))))
        return ("both", self.sign(e, depth - 1), self.sign(e, depth - 1))

    def _by_operation(self, e: Term, depth: int) -> Certificate | None:
        a = e.terms
        match e.op:
            case "add" | "mul":
                return ("sum" if e.op == "add" else "product", tuple(self.sign(s, depth - 1) for s in a))
            case "ipow" | "rpow" | "abs":
                return ({"ipow": "power", "rpow": "rpower", "abs": "abs"}[e.op], self.sign(a[0], depth - 1))
            case "sum":
                k = self.rng.choice((0, 0, 1, 2))
                return ("total", k, self.sign(instantiate(a[0], mk("fresh", k)), depth - 1))
            case "exp" | "size":
                return (e.op,)
            case "log":
                return ("log", self.sign(a[0], depth - 1), self.sign(add(a[0], MINUS), depth - 1))
            case "rat":
                return ("number",)
        return None

    def facts(self, e: Term, depth: int) -> Certificate:
        """e as a combination of facts that cancel some of it, and a rest."""
        left, rows = expand(e), []
        for _ in range(self.rng.choice((0, 1, 1, 2, 3))):
            k = self.rng.randrange(len(self.context.sources))
            s, at = self.context.sources[k], ()
            while s.op == "every":
                at += (self.rng.choice([*in_order(letters(e)), *self.letters]),)
                s = instantiate(s.args[0], at[-1])
            if s.op in RELATIONS:
                fact = expand(slack(s))
                ratios = [left[m] / c for m, c in fact.items() if m in left]
                ratio = self.rng.choice(ratios) if ratios and self.rng.random() < 0.9 else None
                exact = Fraction(1) if ratio is None else Fraction(int(ratio.p), int(ratio.q))
                rows.append((exact, k, at))
                left = (
                    merged(left, fact, -ratio)
                    if ratio is not None
                    else merged(left, fact, fmpq(-exact.numerator, exact.denominator))
                )
        rest = collect(left)
        return ("facts", tuple(rows), rest, self.sign(rest, depth - 1) if depth > 0 else ("number",))

    def proof(self, s: Term, depth: int) -> Certificate:
        """A proof of a statement, by its kind."""
        kind = self.rng.random()
        if depth <= 0 or kind < 0.1:
            return self.rng.choice((("asked",), ("known", self.leaf("index"), ()), ("sign", ("any",))))
        if kind < 0.2:
            k = self.rng.randrange(len(self.context.sources))
            depth_of = 0
            t = self.context.sources[k]
            while t.op == "every":
                t, depth_of = t.args[0], depth_of + 1
            return ("known", k, tuple(self.rng.choice(self.letters) for _ in range(self.rng.randint(0, depth_of))))
        if kind < 0.27:
            return self.under(self.proof(s, depth - 1), depth, in_order(subterms(s)))
        match s.op:
            case op if op in RELATIONS:
                return ("sign", self.sign(slack(s), depth))
            case "or":
                j = self.rng.randrange(len(s.args))
                return ("or", j, self.proof(s.args[j], depth - 1))
            case "and":
                return ("and", tuple(self.proof(a, depth - 1) for a in s.args))
            case "implies":
                return ("given", self.proof(s.args[1], depth - 1))
            case "every":
                k = self.rng.choice((0, 0, 1, 2))
                return ("all", k, self.proof(instantiate(s.args[0], mk("fresh", k)), depth - 1))
        return ("asked",)

    def under(self, inner: Certificate, depth: int, among: list[Term]) -> Certificate:
        """A certificate under equations or statements."""
        if self.rng.random() < 0.3:
            shown = []
            for _ in range(self.rng.choice((1, 1, 2))):
                t, s = self.rng.choice(self.numbers), self.rng.choice(self.statements)
                s = self.rng.choice((lt(mk("rat", 0, 1), t), ne(t, mk("rat", 0, 1)), le(mk("rat", 0, 1), t), eq(t, t), s))
                shown.append((s, self.proof(s, depth - 2)))
            inner = ("shown", tuple(shown), inner)
        equations: list[Certificate] = []
        for _ in range(self.rng.choice((1, 1, 2, 3))):
            found = [t for t in among if t.op in ("log", "exp", "rpow", "abs", "sum") and t.loose == (0, 0)]
            if found:
                t = self.rng.choice(found)
                equation = self.equation(t, depth - 1)
                equations.append(equation)
                among = [*among, *self._brought(equation, t)]
        return ("with", tuple(equations), inner)

    def natural(self, among: list[Term]) -> Certificate:
        """An identity under the equations that suggest themselves, with proofs of any kind that bases are positive."""
        equations, queue, seen = list[Certificate](), self.rng.sample(among, len(among)), set[Term]()
        while queue and len(equations) < 8:
            t = queue.pop()
            law = self._natural_law(t) if t.loose == (0, 0) and t not in seen else None
            seen.add(t)
            if law is not None:
                equations.append(law)
                queue += self._brought(law, t)
        return ("with", tuple(equations), ("same",))

    def _natural_law(self, t: Term) -> Certificate | None:
        a = t.args
        match t.op, (a[0].op if a and type(a[0]) is Term else ""):
            case "rpow", base:
                e = expand(a[1])
                if not e or (len(e) == 1 and () in e and int(e[()].q) == 1):
                    return ("power_integer", t, int(e[()].p) if e else 0)
                if base in ("mul", "ipow"):
                    return ("power_product", t, self.bases(a[0], 1), a[1])
                if base == "rpow":
                    return ("power_power", t, self.positive(a[0].args[0], 1))
                return ("power_exp", t) if base == "exp" else None
            case "log", "exp":
                return ("ln_exp", t)
            case "log", "rpow":
                return ("ln_power", t, self.positive(a[0].args[0], 1))
            case "log", "mul" | "ipow":
                return ("ln_product", t, self.bases(a[0], 1))
            case "exp", "mul":
                return self._exp_ln(t, 1)
        return None

    def _brought(self, equation: Certificate, t: Term) -> list[Term]:
        """Numbers that an equation may have on its right side."""
        if equation[0] == "power_product":
            return [mk("rpow", f, equation[3] if k == 1 else mul(rat(k), equation[3])) for f, k, _ in equation[2]]
        if equation[0] == "exp_ln":
            return [mk("rpow", equation[2], equation[3])]
        if equation[0] == "power_power":
            return [mk("rpow", t.args[0].args[0], mul(t.args[0].args[1], t.args[1]))]
        return []

    def positive(self, f: Term, depth: int) -> Certificate:
        return self.rng.choice((("asked",), ("sign", ("any",)), self.proof(lt(mk("rat", 0, 1), f), depth)))

    def bases(self, u: Term, depth: int) -> tuple[tuple[Term, int, Certificate], ...]:
        factors = u.args if u.op == "mul" else (u,)
        split = [f.args if f.op == "ipow" else (f, 1) for f in factors]
        return tuple((f, k, self.positive(f, depth)) for f, k in split)

    def units(self, e: Term) -> tuple[tuple[Term, int], ...]:
        found = []
        for s in e.args if e.op == "add" else (e,):
            whole = [f for f in s.args if f.op == "rat" and f.args[1] == 1] if s.op == "mul" else []
            rest = mul(*(f for f in s.args if f is not whole[0])) if whole else s
            found.append((rest, whole[0].args[0] if whole else 1))
        return tuple(found)

    def equation(self, t: Term, depth: int) -> Certificate:
        """An equation for the number t by one of the laws, whether it applies or not."""
        a = t.args
        forms: dict[str, list[Callable[[], Certificate]]] = {
            "log": [
                lambda: ("ln_product", t, self.bases(a[0], depth)),
                lambda: ("ln_power", t, self.positive(a[0].args[0], depth)) if a[0].op == "rpow" else ("ln_exp", t),
                lambda: ("ln_exp", t),
            ],
            "exp": [
                lambda: ("exp_sum", t, self.units(a[0])),
                lambda: self._exp_ln(t, depth),
            ],
            "rpow": [
                lambda: ("power_integer", t, self._integer(a[1])),
                lambda: ("power_product", t, self.bases(a[0], depth), a[1]),
                lambda: ("power_sum", t, self.units(a[1]), self.positive(a[0], depth)),
                lambda: ("power_power", t, self.positive(a[0].args[0], depth)) if a[0].op == "rpow" else ("power_exp", t),
            ],
            "abs": [lambda: ("absolute", t, mk("abs", mul(MINUS, a[0]))), lambda: ("absolute", t, self.leaf("number"))],
            "sum": [lambda: self._linear(t, depth)],
        }
        general: list[Callable[[], Certificate]] = [
            lambda: ("inside", t, mk(t.op, *(self.terms.law(s) if type(s) is Term else s for s in a))),
            lambda: ("root", t, self.rng.choice((2, 3, 0)), self.positive(t, depth)),
        ]
        return self.rng.choice((forms[t.op] * 3) + general)()

    def _integer(self, e: Term) -> int:
        c = expand(e)
        if len(c) == 1 and () in c and int(c[()].q) == 1 and self.rng.random() < 0.9:
            return int(c[()].p)
        return self.rng.choice((0, 1, 2, -1))

    def _exp_ln(self, t: Term, depth: int) -> Certificate:
        factors = t.args[0].args if t.args[0].op == "mul" else (t.args[0],)
        logs = [f for f in factors if f.op == "log"]
        f = self.rng.choice(logs) if logs else None
        rest = mul(*(g for g in factors if g is not f)) if f is not None else ONE
        base = f.args[0] if f is not None else self.leaf("number")
        return ("exp_ln", t, base, rest, self.positive(base, depth))

    def _linear(self, t: Term, depth: int) -> Certificate:
        k = self.rng.choice((0, 0, 1, 2))
        body = instantiate(t.args[0], mk("fresh", k))
        pieces = []
        for s in body.args if body.op == "add" else (body,):
            factors = s.args if s.op == "mul" else (s,)
            inner = [f for f in factors if ("fresh", k) in free(f) or self.rng.random() < 0.05]
            outer = [f for f in factors if f not in inner]
            pieces.append((mul(*outer), mul(*inner)))
        return ("sum_linear", t, k, (), tuple(pieces))
