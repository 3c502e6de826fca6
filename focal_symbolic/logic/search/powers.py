"""Normal forms of logarithms, powers and exponentials."""

from __future__ import annotations

from typing import Any

from flint import fmpq

from focal_symbolic.logic.arithmetic import UNIT, Expanded, Number, collect
from focal_symbolic.logic.search.bases import Bases
from focal_symbolic.logic.signs import POS
from focal_symbolic.logic.terms import ONE, Term, mk, mul, rat, rpow

__all__ = ["Powers"]


class Powers(Bases):
    """Logarithms, powers and exponentials, of products of factors that are positive."""

    def of_log(self, t: Term) -> Number:
        """The logarithm of a number."""
        found = self.split(t.args[0])
        if found is None:
            return self.inside(t, mk("log", self.tidy(t.args[0])))
        if not (len(found) == 1 and found[0] == (t.args[0], 1)):
            self.emit(t, "ln_product", self.with_proofs(found))
        out = self.field.number(fmpq(0))
        for f, k in found:
            out = self.field.plus(out, self.field.product(self.field.number(fmpq(k)), self.logarithm(f)))
        return out

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
