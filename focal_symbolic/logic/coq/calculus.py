"""Continuity and derivatives of a number, as tactics that follow it (`library/Calculus.v`)."""

from __future__ import annotations

from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq.bridge import At
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.scope import Unproved
from focal_symbolic.logic.coq.statement import Names, number
from focal_symbolic.logic.meaning import power_condition
from focal_symbolic.logic.signs import POS
from focal_symbolic.logic.terms import ONE, ZERO, Term, derivative, every, free, instantiate, lt, mk, ne, shift, sub

__all__ = ["Calculus"]


class Calculus:
    """Tactics for one function of a variable, in an order in which they meet its parts.

    `context` is where the kernel asked for the signs of bases, `place` where they and the conditions of the function are known.
    What is bound is called by its depth, as it is printed.
    """

    def __init__(self, place: Place, context: Context, variable: str):
        self.place, self.context, self.variable = place, context, variable
        self.key = ("var", variable)

    # -- what is known of a part, below binders

    def known(self, c: Term, names: Names) -> str:
        """A proof of a condition of a part, from that of the whole for every letter."""
        used = []
        for name in reversed(names.letters):
            if _speaks(c):
                c = every(c)
                used.append(name)
            else:
                c = shift(c, -1)
        taken = "".join(f" {name} H{name}" for name in reversed(used))
        return f"({self.place.find(c)}{taken})"

    def positive(self, base: Term, names: Names, at: tuple[Term, ...]) -> str:
        """A proof that a base is positive, by a sign that the kernel asked for at fresh letters (the innermost first)."""
        if not at:
            return self.sign(self.place, base)
        inner = self.place
        for letter in reversed(at):
            inner = inner.at_letter(letter)
        sign = self.sign(inner, self.opened(base, at))
        inner.script.line(f"refine (lt_eq _ _ _ _ {sign} eq_refl _); symmetry; {At(at).number(base)}.")
        bound = "".join(f"forall {k} : nat, ({k} < n)%nat -> " for k in names.letters)
        name = self.place.have(f"{bound}0 < {number(base, names)}", str(inner.script))
        return f"({name}{''.join(f' {k} H{k}' for k in names.letters)})"

    def sign(self, place: Place, base: Term) -> str:
        """The name of: the base is positive."""
        return place.sign(self.context, base, POS)

    @staticmethod
    def opened(t: Term, at: tuple[Term, ...]) -> Term:
        """The part with its loose letters put in, the innermost first."""
        for letter in at:
            t = instantiate(t, letter)
        return t

    def below(self, t: Term, names: Names, at: tuple[Term, ...]) -> tuple[Term, Names, tuple[Term, ...]]:
        """The body of a sum, with the names and the fresh letters below its binder."""
        whole = self.opened(t, at)
        fresh = self.context.fresh(whole)
        return t.args[0], Names((*names.letters, f"k{len(names.letters)}"), names.reals), (fresh, *at)

    # -- continuity

    def continuous(self, t: Term, names: Names, at: tuple[Term, ...] = ()) -> str:
        """The tactic for «t is continuous at the variable»."""
        if self.key not in free(t):
            return "apply c_const"
        a = t.args
        match t.op:
            case "var":
                return "apply c_id"
            case "add" | "mul":
                lemma = "c_plus" if t.op == "add" else "c_mult"
                tactic = self.continuous(a[0], names, at)
                for s in a[1:]:
                    tactic = f"apply {lemma}; [{tactic} | {self.continuous(s, names, at)}]"
                return tactic
            case "ipow":
                inside = self.continuous(a[0], names, at)
                power = inside if a[1] == -1 else f"apply c_pow; {inside}"
                if a[1] >= 0:
                    return power
                nonzero = self.known(ne(a[0], ZERO), names)
                return f"apply c_inv; [{power} | {'' if a[1] == -1 else 'apply pow_nonzero; '}exact {nonzero}]"
            case "rpow" if self.key in free(a[1]):
                parts = [self.continuous(s, names, at) for s in a]
                return f"apply c_rpow_both; [{parts[0]} | {parts[1]} | exact {self.positive(a[0], names, at)}]"
            case "rpow":
                return f"apply c_rpow; [{self.continuous(a[0], names, at)} | exact {self.known(power_condition(*a), names)}]"
            case "log":
                return f"apply c_log; [{self.continuous(a[0], names, at)} | exact {self.known(lt(ZERO, a[0]), names)}]"
            case "exp":
                return f"apply c_exp; {self.continuous(a[0], names, at)}"
            case "sum":
                body, below, letters = self.below(t, names, at)
                k = below.letters[-1]
                return f"apply c_sum; intros {k} H{k}; cbv beta; {self.continuous(body, below, letters)}"
            case "decl":
                domain = " ".join(self.known(lt(ZERO, s), names) for s in a[1:])
                lemma = f"{self.place.step.claim.continuous(a[0])} n Hn _ {' '.join('_' for _ in a[2:])} _"
                return f"refine ({lemma} _ {domain}); {self.continuous(a[1], names, at)}"
        raise Unproved(f"the continuity of {t.op}.")

    # -- derivatives

    def differentiated(self, t: Term, names: Names, at: tuple[Term, ...] = ()) -> str:
        """The tactic for «t has at the variable the derivative that is printed for it»."""
        if self.key not in free(t):
            return "exact (d_const _ _)"
        if t.op == "var":
            return "exact (d_id _)"
        text = number(derivative(t, self.variable), names)
        lemma, close = self._lemma(t, names, at)
        return f"refine (deriv_as _ _ _ {text} _ _); [{lemma} | {close}]"

    def _lemma(self, t: Term, names: Names, at: tuple[Term, ...]) -> tuple[str, str]:
        """The tactic for «t has the derivative that the lemma gives», and one that gives that its printed form."""
        a, close = t.args, "cbv beta; ring"
        inside = [self.differentiated(s, names, at) for s in t.terms] if t.op != "sum" else []
        match t.op:
            case "add" | "mul":
                lemma = "d_plus" if t.op == "add" else "d_mult"
                tactic = inside[0]
                for s in inside[1:]:
                    tactic = f"apply {lemma}; [{tactic} | {s}]"
                return tactic, close
            case "ipow" if a[1] == 0:
                return "exact (d_const 1 _)", close
            case "ipow":
                k = abs(a[1])
                if a[1] > 0:
                    return f"refine (d_pow _ _ _ {k - 1} {k} _ _); [{inside[0]} | simpl; ring]", close
                nonzero = self.known(ne(a[0], ZERO), names)
                if k == 1:
                    return f"apply d_inv; [{inside[0]} | exact {nonzero}]", close
                return f"refine (d_inv_pow _ _ _ {k - 1} (- {k}) _ _ _); [{inside[0]} | exact {nonzero} | simpl; ring]", close
            case "rpow":
                less = number(sub(a[1], ONE), names)
                positive = self.positive(a[0], names, at)
                return f"refine (d_rpow _ _ _ _ _ {less} _ _ _ _); [{inside[0]} | {inside[1]} | exact {positive} | ring]", close
            case "log":
                return f"apply d_log; [{inside[0]} | exact {self.known(lt(ZERO, a[0]), names)}]", close
            case "exp":
                return f"apply d_exp; {inside[0]}", close
            case "sum":
                body, below, letters = self.below(t, names, at)
                k = below.letters[-1]
                rate = f"(fun {k} : nat => {number(derivative(body, self.variable), below)})"
                each = f"intros {k} H{k}; cbv beta; {self.differentiated(body, below, letters)}"
                return f"apply (d_sum _ _ _ {rate}); {each}", "reflexivity"
        raise Unproved(f"the derivative of {t.op}.")


def _speaks(c: Term) -> bool:
    """Whether a loose condition speaks of the innermost letter."""
    at = mk("fresh", 0)
    return ("fresh", 0) in free(instantiate(c, at))
