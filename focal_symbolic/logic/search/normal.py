"""Normal forms with the laws of logarithms, powers and sums, and the equations that lead to them.

A law is used only for a base whose sign has a certificate. Each equation holds where the number that goes in is defined.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from flint import fmpq

from focal_symbolic.logic.arithmetic import UNIT, WIDTHS, Excess, Number, Wide, as_term, collect, expand, same
from focal_symbolic.logic.search.needed import needed
from focal_symbolic.logic.search.signs import Signs, Tree
from focal_symbolic.logic.search.sums import Sums
from focal_symbolic.logic.search.tidy import Equations, tidied
from focal_symbolic.logic.search.unequal import unequal
from focal_symbolic.logic.terms import Term, mk, subterms

__all__ = ["Normal"]


@cache
def _has_laws(t: Term) -> bool:
    """Whether t has parts that a law speaks of."""
    return any(s.op in ("log", "exp", "rpow", "abs", "sum", "decl") for s in subterms(t))


class Normal(Sums):
    """Normal forms in one context."""

    def __init__(self, signs: Signs, plain: bool = False):
        super().__init__(signs)
        self.plain = None if plain else Normal(signs, plain=True)  # for facts, whose normal forms need no facts

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

    def other_words(self, number: Term) -> Iterator[tuple[Term, Equations]]:
        """The number of a fact in other words, with the equations that lead to them."""
        return self.plain.forms(number) if self.plain else iter(())

    # -- normal forms

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
                return self.of_log(t)
            case "sum":
                return self.total(t)
            case "abs":
                return self._of_abs(t)
            case "decl":
                return self.inside(t, mk("decl", a[0], *map(self.tidy, a[1:])))
        return field.atom(t)

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
