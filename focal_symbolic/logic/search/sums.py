"""Normal forms of sums over the alphabet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flint import fmpq

from focal_symbolic.logic.arithmetic import Number
from focal_symbolic.logic.search.needed import needed, spoken
from focal_symbolic.logic.search.powers import Powers
from focal_symbolic.logic.search.tidy import letter_of
from focal_symbolic.logic.terms import ONE, SIZE, Term, abstract, free, instantiate, mk

__all__ = ["Sums"]


class Sums(Powers):
    """Sums over the alphabet, as combinations of sums of monomials."""

    # -- sums

    def total(self, t: Term) -> Number:
        """A sum, as a combination of sums of monomials."""
        field, at = self.field, letter_of(t)
        mark = len(self.equations)
        pieces, whole = [], t
        out = field.number(fmpq(0))
        for outer, body in self._pieces(instantiate(t.args[0], at), at):
            whole = SIZE if body is ONE else mk("sum", abstract(body, at))
            out = field.plus(out, field.product(outer, field.atom(whole)))
            pieces.append((field.fraction(outer), body))
        inner = tuple(dict.fromkeys(self.equations[mark:]))
        del self.equations[mark:]
        self._forget(at)
        data = (at.args[0], needed((instantiate(t.args[0], at), *(body for _, body in pieces)), inner), tuple(pieces))
        as_it_stands = len(pieces) == 1 and pieces[0][0] is ONE and whole is t
        if data[1] or not as_it_stands:
            # What is outside of the sum may need equations that were found inside.
            self.equations += [e for e in inner if ("fresh", at.args[0]) not in spoken(e)]
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
