"""Normal forms with the laws of logarithms, powers and sums, and the equations that lead to them.

A law is used only for a base whose sign has a certificate. Each equation holds where the number that goes in is defined.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from flint import fmpq

from focal_symbolic.logic.arithmetic import (
    UNIT,
    WIDTHS,
    Excess,
    Expanded,
    Field,
    Number,
    Wide,
    as_term,
    collect,
    expand,
    merged,
    same,
)
from focal_symbolic.logic.search.tidy import Equations, letter_of, tidied
from focal_symbolic.logic.search.unequal import unequal
from focal_symbolic.logic.signs import ANY, NEG, POS, TIMES, sign_of
from focal_symbolic.logic.terms import (
    ONE,
    SIZE,
    ZERO,
    Key,
    Term,
    abstract,
    free,
    instantiate,
    ipow,
    letters,
    mk,
    mul,
    rat,
    rpow,
    subterms,
)

if TYPE_CHECKING:
    from focal_symbolic.logic.search.finder import Finder

__all__ = ["Normal"]

Tree = tuple[Any, ...]
_LARGEST_PRIME = 10**6


@cache
def _has_laws(t: Term) -> bool:
    """Whether t has parts that a law speaks of."""
    return any(s.op in ("log", "exp", "rpow", "abs", "sum", "decl") for s in subterms(t))


def primes(k: int) -> Iterator[int]:
    """The prime factors of k, those beyond a million in one piece."""
    p = 2
    while p * p <= k and p < _LARGEST_PRIME:
        while k % p == 0:
            yield p
            k //= p
        p += 1
    if k > 1:
        yield k


class Rooted(Field):
    """A field with roots: A^q is replaced by f for each atom A = f^(1/q)."""

    def __init__(self, width: int):
        super().__init__(width)
        self.roots: list[tuple[int, int, Any]] = []

    def product(self, x: Number, y: Number) -> Number:
        if not self.roots:
            return super().product(x, y)
        return self.reduced(self.rooted(self.times(x[0], y[0])), self.rooted(self.times(x[1], y[1])))

    def power(self, x: Number, k: int) -> Number:
        found = super().power(x, k)
        return self.product(found, (self.one, self.one)) if self.roots else found

    def rooted(self, p: Any) -> Any:
        """p with the powers of roots replaced."""
        for k, q, f in self.roots:
            if p.degrees()[k] >= q:
                out = self.zero
                for m, c in p.terms():
                    rest = self.ctx.from_dict({(*m[:k], m[k] % q, *m[k + 1 :]): c})
                    out += rest * f ** (int(m[k]) // q) if m[k] >= q else rest
                p = out
        return p

    def fraction(self, x: Number) -> Term:
        """A rational function as a term."""
        if x[1] == self.one:
            return self.term(x[0])
        c, found = x[1].factor()
        top = x[0] * (1 / c)
        low = [ipow(self.term(f), -int(k)) for f, k in found]
        return mul(*low) if top == self.one else mul(self.term(top), *low)


class Normal:
    """Normal forms in one context."""

    def __init__(self, finder: Finder, plain: bool = False):
        self.finder = finder
        self.plain = None if plain else Normal(finder, plain=True)  # for facts, whose normal forms need no facts
        self.way = False, False
        self.width = 0
        self._signs: dict[Term, tuple[int, Tree]] = {}
        self._start()

    def _start(self) -> None:
        self.field = Rooted(WIDTHS[self.width])
        self.memo: dict[Term, Number] = {}
        self.tidied: dict[Term, Term] = {}
        self.equations: list[tuple[Any, ...]] = []
        self.stuck = False

    # -- questions

    def equal(self, a: Term, b: Term) -> Tree | None:
        """A certificate that a = b, or None."""
        if unequal(a, b):
            return None
        if same(a, b):
            return ("same",)
        (c, left), (d, right) = tidied(a), tidied(b)
        if same(c, d):
            return "with", (*left, *(e for e in right if e not in left)), ("same",)
        if not (_has_laws(a) or _has_laws(b)):
            return None
        for way in self._ways():
            self._go(way)
            if self._agree(a, b):
                return "with", needed((a, b), tuple(dict.fromkeys(self.equations))), ("same",)
            if not self.stuck:
                return None  # no sign was missing: other facts give the same normal forms
        return None

    def _ways(self) -> tuple[tuple[bool, bool], ...]:
        """Whether hypotheses and conditions are used, and facts in other words: where less does not suffice."""
        plain = ((False, False), (True, False))
        return plain if self.plain is None else (*plain, (False, True), (True, True))

    def _go(self, way: tuple[bool, bool]) -> None:
        if way != self.way:
            self.way, self._signs = way, {}
            self._start()

    def _agree(self, a: Term, b: Term) -> bool:
        for width in range(self.width, len(WIDTHS)):
            try:
                x, y = self.of(a), self.of(b)
                return x == y or not self.field.plus(x, self.field.product(self.field.number(fmpq(-1)), y))[0]
            except Wide:
                self.width = min(width + 1, len(WIDTHS) - 1)
                self._start()
            except (ZeroDivisionError, Excess):
                return False
        return False

    def forms(self, e: Term) -> Iterator[tuple[Term, Equations]]:
        """Normal forms of a number, with the equations that lead to them."""
        for way in self._ways()[:2]:
            if not _has_laws(e):
                return
            self._go(way)
            for width in range(self.width, len(WIDTHS)):
                try:
                    f = self.field.fraction(self.of(e))
                    if f is not e:
                        yield f, needed((e, f), tuple(dict.fromkeys(self.equations)))
                    break
                except Wide:
                    self.width = min(width + 1, len(WIDTHS) - 1)
                    self._start()
                except (ZeroDivisionError, Excess):
                    break
            if not self.stuck:
                return

    # -- signs of bases

    def sign(self, f: Term) -> int:
        """POS or NEG where a certificate shows it, else 0."""
        if f not in self._signs:
            self._signs[f] = 0, ()
            before = self.finder.hard
            self.finder.harden(self.way[0])
            m, c = self.finder.signs(f)
            self.finder.harden(before)
            if m not in (POS, NEG) and self.way[1]:
                m, c = self._by_facts(f)
            if m in (POS, NEG) and c is not None:
                self._signs[f] = m, ("sign", c)
        self.stuck = self.stuck or not self._signs[f][0]
        return self._signs[f][0]

    def _by_facts(self, f: Term) -> tuple[int, Tree | None]:
        """The sign of a number that a fact speaks of in other words: both have the same normal form, up to a rational."""
        goal = expand(f)
        for row in self.finder.rows(letters(f)):
            if (row.weight and not self.way[0]) or row.mask not in (POS, NEG) or len(row.slack) < 2:
                continue
            for form, used in self.plain.forms(row.number) if self.plain else ():
                found = expand(form)
                ratio = goal.get(next(iter(found)), fmpq(0)) / next(iter(found.values())) if found else None
                if ratio and goal == {m: ratio * c for m, c in found.items()}:
                    way: Tree = ("facts", ((Fraction(int(ratio.p), int(ratio.q)), row.source, row.at),), ZERO, ("number",))
                    return TIMES[row.mask][sign_of(ratio)], ("with", used, way)
        return ANY, None

    def proof(self, f: Term) -> Tree:
        """The proof of 0 < f."""
        return ("sign", ("number",)) if f.op == "rat" else self._signs[f][1]

    # -- normal forms

    def emit(self, t: Term, law: str, *data: Any) -> None:
        """Note an equation."""
        self.equations.append((law, t, *data))

    def of(self, t: Term) -> Number:
        """The normal form of a number."""
        if t not in self.memo:
            self.memo[t] = self._of(t)
        return self.memo[t]

    def _of(self, t: Term) -> Number:
        a, field = t.args, self.field
        match t.op:
            case "rat":
                return field.number(fmpq(*a))
            case "add" | "mul":
                out = self.of(a[0])
                for s in a[1:]:
                    out = (field.plus if t.op == "add" else field.product)(out, self.of(s))
                return out
            case "ipow":
                return field.power(self.of(a[0]), a[1])
            case "rpow":
                return self.power(t, a[0], a[1])
            case "exp":
                return self.exponential(t)
            case "log":
                return self._of_log(t)
            case "sum":
                return self.total(t)
            case "abs":
                return self._of_abs(t)
            case "decl":
                return self.inside(t, mk("decl", a[0], *map(self.tidy, a[1:])))
        return field.atom(t)

    def inside(self, t: Term, new: Term) -> Number:
        """t as an atom with other arguments."""
        if new is not t:
            self.emit(t, "inside", new)
        return self.field.atom(new)

    def _of_log(self, t: Term) -> Number:
        found = self.split(t.args[0])
        if found is None:
            return self.inside(t, mk("log", self.tidy(t.args[0])))
        if not (len(found) == 1 and found[0] == (t.args[0], 1)):
            self.emit(t, "ln_product", self.with_proofs(found))
        out = self.field.number(fmpq(0))
        for f, k in found:
            out = self.field.plus(out, self.field.product(self.field.number(fmpq(k)), self.logarithm(f)))
        return out

    def _of_abs(self, t: Term) -> Number:
        p = expand(self.tidy(t.args[0]))
        if not p or (len(p) == 1 and UNIT in p):
            c = p.get(UNIT, fmpq(0))
            self.emit(t, "absolute", as_term(c))
            return self.field.number(abs(c))
        x = min(collect(p), collect({m: -c for m, c in p.items()}), key=lambda s: s.digest)
        new = mk("abs", x)
        if new is not t:
            self.emit(t, "absolute", new)
        return self.field.atom(new)

    def tidy(self, t: Term) -> Term:
        """The normal form as a term."""
        found = self.tidied.get(t)
        if found is None:
            found = self.tidied[t] = self.field.fraction(self.of(t))
        return found

    def split(self, t: Term) -> list[tuple[Term, int]] | None:
        """t as a product of powers of primes and of factors with a certificate that they are positive, or None."""
        a, b = self.of(t)
        if not a:
            return None
        content, out = fmpq(1), []
        for p, side in ((a, 1), (b, -1)):
            c, found = p.factor()
            content *= c**side
            for g, k in found:
                f = self.field.term(g)
                if self.sign(f) == NEG:
                    f, content = self.field.term(-g), content * (-1) ** int(k)
                if self.sign(f) != POS:
                    return None
                out.append((f, int(k) * side))
        if content <= 0:
            return None
        for integer, side in ((int(content.p), 1), (int(content.q), -1)):
            out += [(rat(p), side) for p in primes(integer)]
        return out

    def with_proofs(self, found: list[tuple[Term, int]]) -> tuple[Tree, ...]:
        """Factors with the proofs that they are positive."""
        return tuple((f, k, self.proof(f)) for f, k in found)

    def logarithm(self, f: Term) -> Number:
        """ln f of one positive factor."""
        t = mk("log", f)
        if f.op == "rpow" and self.sign(f.args[0]) == POS:
            self.emit(t, "ln_power", self.proof(f.args[0]))
            return self.field.product(self.of(f.args[1]), self.of(mk("log", f.args[0])))
        if f.op == "exp":
            self.emit(t, "ln_exp")
            return self.of(f.args[0])
        return self.field.atom(t)

    def power(self, t: Term, base: Term, exponent: Term) -> Number:
        """A real power."""
        e = self.exponent(exponent)
        if not e or (len(e) == 1 and UNIT in e and e[UNIT].denominator == 1):
            k = int(e.get(UNIT, 0))
            self.emit(t, "power_integer", k)
            return self.field.power(self.of(base), k)
        found = self.split(base)
        if found is None:
            return self.inside(t, rpow(self.tidy(base), collect(e)))
        tidy = collect(e)
        whole = [rpow(f, tidy if k == 1 else mul(rat(k), tidy)) for f, k in found]
        if whole != [t]:
            self.emit(t, "power_product", self.with_proofs(found), tidy)
        out = self.field.number(fmpq(1))
        for (f, k), w in zip(found, whole, strict=True):
            out = self.field.product(out, self.positive_power(f, {m: c * k for m, c in e.items()}, w))
        return out

    def exponent(self, t: Term) -> Expanded:
        """A number as a sum of monomials, whole part first: (2 - c)/(c - 1) is 1/(c - 1) - 1."""
        a, b = self.of(t)
        if b == self.field.one:
            return expand(self.field.term(a))
        q, r = divmod(a, b)
        return merged(expand(self.field.term(q)), expand(self.field.fraction((r, b))))

    def positive_power(self, f: Term, e: Expanded, whole: Term) -> Number:
        """f^e for one positive factor."""
        if f.op == "rpow" and self.sign(f.args[0]) == POS:
            self.emit(whole, "power_power", self.proof(f.args[0]))
            inner, exponent = f.args[0], mul(f.args[1], whole.args[1])
            return self.power(rpow(inner, exponent), inner, exponent)
        if f.op == "exp":
            self.emit(whole, "power_exp")
            return self.exponential(mk("exp", mul(f.args[0], whole.args[1])))
        units = [(collect({m: fmpq(1, int(c.q))}), int(c.p)) for m, c in e.items()]
        if not (len(units) == 1 and units[0][1] == 1 and whole is rpow(f, units[0][0]) and units[0][0] is not ONE):
            self.emit(whole, "power_sum", tuple(units), self.proof(f))
        out = self.field.number(fmpq(1))
        for (m, c), (unit, k) in zip(e.items(), units, strict=True):
            one = self.of(f) if unit is ONE else self._unit_power(f, unit, m, c)
            out = self.field.product(out, self.field.power(one, k))
        return out

    def _unit_power(self, f: Term, unit: Term, m: Any, c: fmpq) -> Number:
        new, field = rpow(f, unit), self.field
        if m == UNIT and int(c.q) > 1 and new not in field.index and self.of(f)[1] == field.one:
            field.atom(new)
            field.roots.append((field.index[new], int(c.q), self.of(f)[0]))
            self.emit(f, "root", int(c.q), self.proof(f))
        return field.atom(new)

    def exponential(self, t: Term) -> Number:
        """An exponential."""
        field = self.field
        out, units, later = field.number(fmpq(1)), [], []
        for m, c in self.exponent(t.args[0]).items():
            logs = [s for s, k in m if s.op == "log" and k == 1]
            if logs:
                rest = collect({tuple((s, k) for s, k in m if s is not logs[0]): c})
                whole, f = collect({m: c}), logs[0].args[0]
                units.append((whole, 1))
                proof = self.proof(f) if f.op == "rat" or self.sign(f) == POS else ("asked",)
                later.append(("exp_ln", mk("exp", whole), f, rest, proof))
                mark = len(self.equations)
                out = field.product(out, self.power(rpow(f, rest), f, rest))
                later += self.equations[mark:]
                del self.equations[mark:]
            else:
                unit = collect({m: fmpq(1, int(c.q))})
                units.append((unit, int(c.p)))
                out = field.product(out, field.power(field.atom(mk("exp", unit)), int(c.p)))
        if not (len(units) == 1 and units[0][1] == 1 and units[0][0] is t.args[0]):
            self.emit(t, "exp_sum", tuple(units))
        self.equations += later
        return out

    # -- sums

    def total(self, t: Term) -> Number:
        """A sum, as a combination of sums of monomials."""
        field, at = self.field, letter_of(t)
        mark = len(self.equations)
        pieces = []
        out = field.number(fmpq(0))
        for outer, body in self._pieces(instantiate(t.args[0], at), at):
            whole = field.atom(SIZE if body is ONE else mk("sum", abstract(body, at)))
            out = field.plus(out, field.product(outer, whole))
            pieces.append((field.fraction(outer), body))
        inner = tuple(dict.fromkeys(self.equations[mark:]))
        del self.equations[mark:]
        self._forget(at)
        data = (at.args[0], needed((instantiate(t.args[0], at), *(body for _, body in pieces)), inner), tuple(pieces))
        if not (len(pieces) == 1 and pieces[0][0] is ONE and mk("sum", abstract(pieces[0][1], at)) is t and not data[1]):
            # What is outside of the sum may need equations that were found inside.
            self.equations += [e for e in inner if ("fresh", at.args[0]) not in _spoken(e)]
            self.emit(t, "sum_linear", *data)
        return out

    def _forget(self, at: Term) -> None:
        """What is known of numbers that speak of the letter is forgotten with its equations."""
        key = ("fresh", at.args[0])
        self.memo = {t: x for t, x in self.memo.items() if key not in free(t)}
        self.tidied = {t: s for t, s in self.tidied.items() if key not in free(t)}

    def _pieces(self, body: Term, at: Term) -> Iterator[tuple[Number, Term]]:
        """The body as a sum of (number free of the letter, number of it)."""
        field, key = self.field, ("fresh", at.args[0])
        for b, a in self.parts(body).values():
            inner, outer = field.one, field.one
            c, found = b.factor()
            for f, k in found:
                if key in free(field.term(f)):
                    inner = inner * f**k
                else:
                    outer = outer * f**k
            sums: dict[tuple[int, ...], Any] = {}
            for powers, coefficient in a.terms():
                ins = tuple(int(k) if k and key in free(field.atoms[j]) else 0 for j, k in enumerate(powers))
                outs = tuple(0 if i else int(k) for i, k in zip(ins, powers, strict=True))
                sums[ins] = sums.get(ins, field.zero) + field.ctx.from_dict({outs: coefficient})
            for ins, p in sums.items():
                yield field.reduced(p, outer * c), field.fraction(field.reduced(field.ctx.from_dict({ins: 1}), inner))

    def parts(self, t: Term) -> dict[Term, Number]:
        """{denominator: (denominator, numerator)}: sums multiplied out and not brought together."""
        field = self.field
        if t.op == "add":
            out: dict[Term, Number] = {}
            for s in t.args:
                for k, (b, a) in self.parts(s).items():
                    out[k] = b, (out[k][1] + a if k in out else a)
            return out
        if t.op == "mul" or (t.op == "ipow" and t.args[0].op in ("add", "mul") and 0 < t.args[1] < 9):
            out = {ONE: (field.one, field.one)}
            for s in t.args if t.op == "mul" else [t.args[0]] * t.args[1]:
                new: dict[Term, Number] = {}
                for b, a in out.values():
                    for d, c in self.parts(s).values():
                        x, y = field.reduced(field.times(a, c), field.times(b, d))
                        k = field.term(y)
                        new[k] = y, (new[k][1] + x if k in new else x)
                out = new
            return out
        a, b = self.of(t)
        return {field.term(b): (b, a)}


# -- what an identity needs of the equations -------------------------------------------------------------------------------


def _terms(x: Any) -> Iterator[Term]:
    """The terms in a part of a certificate."""
    if type(x) is Term:
        yield x
    elif type(x) is tuple:
        for part in x:
            yield from _terms(part)


def _spoken(equation: tuple[Any, ...]) -> frozenset[Key]:
    return frozenset().union(*(free(t) for t in _terms(equation)))


def needed(about: tuple[Term, ...], equations: Equations) -> Equations:
    """Those of the equations that speak of parts of these numbers, or of parts of what such an equation brings."""
    of: dict[Term, list[int]] = {}
    for k, e in enumerate(equations):
        of.setdefault(e[1], []).append(k)
    chosen: set[int] = set()
    waiting, seen = [*about], set(about)
    while waiting and of:
        t = waiting.pop()
        parts = [*t.terms]
        for k in of.pop(t, ()):
            chosen.add(k)
            parts += (*_terms(equations[k]), *_made(equations[k]))
        for s in parts:
            if s not in seen:
                seen.add(s)
                waiting.append(s)
    return tuple(e for k, e in enumerate(equations) if k in chosen)


def _made(e: tuple[Any, ...]) -> tuple[Term, ...]:
    """The numbers that the right side of an equation is made of, beside those that it brings."""
    law, t, *data = e
    match law:
        case "ln_product":
            return tuple(mk("log", f) for f, _, _ in data[0])
        case "ln_power":
            return (mk("log", t.args[0].args[0]), t.args[0].args[1])
        case "power_product":
            return tuple(rpow(f, data[1] if k == 1 else mul(rat(k), data[1])) for f, k, _ in data[0])
        case "power_sum":
            return tuple(t.args[0] if u is ONE else rpow(t.args[0], u) for u, _ in data[0])
        case "power_power":
            return (rpow(t.args[0].args[0], mul(t.args[0].args[1], t.args[1])),)
        case "power_exp":
            return (mk("exp", mul(t.args[0].args[0], t.args[1])),)
        case "exp_sum":
            return tuple(mk("exp", u) for u, _ in data[0])
        case "exp_ln":
            return (rpow(data[0], data[1]),)
        case "power_integer":
            return (ipow(t.args[0], data[0]),)
        case "sum_linear":
            at = mk("fresh", data[0])
            return tuple(SIZE if i is ONE else mk("sum", abstract(i, at)) for _, i in data[2])
    return ()
