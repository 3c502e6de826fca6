"""TRUSTED: a term as Coq text, one branch a node; what is not known is refused.

A statement s is printed as P(s): the conditions D(s) under which it is defined, and its truth T(s), which Coq reads with total
operations (`meaning.py`, `library/Meaning.v`). Free names get a prefix by their kind: `v_x` a number, `l_i` a letter, `c_0` a
fresh letter, `f_p` a family of numbers, `s_sigma` a family of letters; bound ones are `k0, k1, ...` (letters) and `t0, t1, ...`
(reals) from the outermost binder on. The size of the alphabet is `n`, and `n1` below what binds it. No two names print alike,
and none like a word of Coq or of the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from focal_symbolic.logic.meaning import Declaration, conditions, declaration, power_condition
from focal_symbolic.logic.terms import EXTENDED, Term, free

__all__ = ["Names", "Unprintable", "at_size", "binders", "declared", "number", "parts", "proposition", "theorem", "truth"]


class Unprintable(ValueError):
    """The term is not printed in Coq."""


class Names(NamedTuple):
    """What bound letters and reals print as, from the outermost binder on, and what the size of the alphabet does."""

    letters: tuple[str, ...] = ()
    reals: tuple[str, ...] = ()
    size: str = "n"


CLOSED = Names()
PREFIX = {"entry": "f_", "image": "s_", "letter": "l_", "fresh": "c_", "var": "v_"}
TYPE = {"entry": "nat -> R", "image": "nat -> nat", "letter": "nat", "fresh": "nat", "var": "R"}
_BELOW = {"image": "forall k0 : nat, (k0 < n)%nat -> ({} k0 < n)%nat"} | dict.fromkeys(("letter", "fresh"), "({} < n)%nat")
_JOIN = {"add": " + ", "mul": " * ", "and": " /\\ ", "or": " \\/ ", "implies": " -> ", "iff": " <-> "}
_RELATION = {"lt": " < ", "le": " <= ", "eq": " = ", "ne": " <> "}
_FUNCTION = {"rpow": "rpow", "log": "ln", "exp": "exp", "abs": "Rabs"}
_DECIDED = {"lt": "Rlt_dec", "le": "Rle_dec", "eq": "Req_EM_T"}
_DECLARED = re.compile("[a-z]{2,}_inverse")  # as no other name that is printed


def _binder(names: Names, body: Term, of: Callable[[Term, Names], str], head: str = "fun {0} : nat =>") -> str:
    name = f"k{len(names.letters)}"
    return f"({head.format(name, names.size)} {of(body, names._replace(letters=(*names.letters, name)))})"


def at_size(names: Names) -> Names:
    """The names below a binder of the size."""
    return names._replace(size=f"n{int(names.size[1:] or 0) + 1}")


def _bound(t: Term, names: Names = CLOSED) -> str:
    """Coquelicot's least upper bound, of type Rbar, of a number over all sizes of the alphabet."""
    below = at_size(names)
    return f"(Lub_Rbar (fun x : R => exists {below.size} : nat, (0 < {below.size})%nat /\\ x = {number(t, below)}))"


def number(t: Term, names: Names = CLOSED) -> str:
    """A number, of type R; a letter, nat; a template, nat -> R; a value that may be +oo, Rbar."""
    a = t.args
    match t.op:
        case "rat":
            positive = f"{abs(a[0])}" if a[1] == 1 else f"({abs(a[0])} / {a[1]})"
            return positive if a[0] >= 0 else f"(- {positive})"
        case "var" | "letter" | "fresh":
            return f"{PREFIX[t.op]}{a[0]}"
        case "bletter" | "breal":
            return f"{(names.letters if t.op == 'bletter' else names.reals)[-1 - a[0]]}"
        case "entry" | "image":
            return f"({PREFIX[t.op]}{a[0]} {number(a[1], names)})"
        case "add" | "mul":
            return "(" + _JOIN[t.op].join(number(s, names) for s in a) + ")"
        case "ipow":
            power = number(a[0], names) if a[1] == -1 else f"({number(a[0], names)} ^ {abs(a[1])})"
            return power if a[1] >= 0 else f"(/ {power})"
        case "rpow" | "log" | "exp" | "abs":
            return f"({_FUNCTION[t.op]} {' '.join(number(s, names) for s in a)})"
        case "decl" if _DECLARED.fullmatch(declaration(a[0]).name):
            return f"({a[0]} {' '.join(number(s, names) for s in a[1:])})"
        case "sum" | "esum":
            return f"({'r' if t.op == 'sum' else 'e'}sum {names.size} {_binder(names, a[0], number)})"
        case "template":
            return _binder(names, a[0], number)
        case "size" | "oo":
            return f"(INR {names.size})" if t.op == "size" else "p_infty"
        case "sup":
            return f"(real {_bound(a[0], names)})"
        case "cases" if all(case.op in _DECIDED for case in a[1::2][:-1]):
            values = [number(s, names) if s.sort == EXTENDED else f"(Finite {number(s, names)})" for s in a[::2]]
            tests = [" ".join([_DECIDED[s.op], *(number(side, names) for side in s.args)]) for s in a[1::2][:-1]]
            return "(" + "".join(f"if {test} then {values[k]} else " for k, test in enumerate(tests)) + f"{values[-1]})"
    raise Unprintable(f"{t.op} is no number that is printed in Coq.")


def truth(t: Term, names: Names = CLOSED) -> str:
    """T(t): the truth of a statement where it is defined, of type Prop."""
    a = t.args
    match t.op:
        case "lt" | "le" | "eq" | "ne":
            return f"({number(a[0], names)}{_RELATION[t.op]}{number(a[1], names)})"
        case "or" if power := _power(t):
            return f"(pdef {number(power[0], names)} {number(power[1], names)})"
        case "and" | "or" | "implies" | "iff":
            return "(" + _JOIN[t.op].join(truth(s, names) for s in a) + ")"
        case "not":
            return f"(~ {truth(a[0], names)})"
        case "every":
            return _binder(names, a[0], truth, "forall {0} : nat, ({0} < {1})%nat ->")
        case "one":
            name, low, high = f"t{len(names.reals)}", number(a[0], names), number(a[1], names)
            inside = proposition(a[2], names._replace(reals=(*names.reals, name)))
            return f"(exists! {name} : R, {low} <= {name} /\\ {name} <= {high} /\\ {inside})"
        case "finite" | "bounded":
            return f"(is_finite {(number if t.op == 'finite' else _bound)(a[0], names)})"
        case "parts":
            below = at_size(names)
            return f"(forall {below.size} : nat, (0 < {below.size})%nat -> {truth(a[0], below)})"
        case "bijection":
            return f"(bijection n s_{a[0]})"
        case "true":
            return "True"
    raise Unprintable(f"{t.op} is no statement that is printed in Coq.")


def _power(t: Term) -> tuple[Term, Term] | None:  # base and exponent, where t says that the power is defined
    bounds = [s.args[1] for part in t.args for s in part.terms if s.op == "le"]
    return next(((b, e) for b in bounds for e in bounds if power_condition(b, e) is t), None)


def parts(t: Term, names: Names = CLOSED) -> list[str]:
    """P(t) part by part: the conditions under which t is defined, smaller ones first, and its truth."""
    return [truth(s, names) for s in (*sorted(conditions(t), key=lambda c: (c.nodes, c.digest)), t)]


def proposition(t: Term, names: Names = CLOSED) -> str:
    """P(t): t is defined, and holds."""
    texts = parts(t, names)
    return "(" + " /\\ ".join(texts) + ")" if len(texts) > 1 else texts[0]


def binders(keys: Iterable[tuple[str, Any]]) -> list[str]:
    """The binders of the size and of these free names, with what is known of each, in their order."""
    out = ["(n : nat)", "(Hn : (0 < n)%nat)"]
    for kind, key in sorted({*keys}, key=lambda key: (list(PREFIX).index(key[0]), str(key[1]))):
        name = f"{PREFIX[kind]}{key}"
        out.append(f"({name} : {TYPE[kind]})")
        out += [f"(H{name} : {_BELOW[kind].format(name)})"] if kind in _BELOW else []
    return out


def theorem(hypotheses: Iterable[Term], conclusion: Term) -> str:
    """For all values of the free names: P of each hypothesis implies P of the conclusion."""
    given = (*hypotheses, conclusion)
    quantified = " ".join(binders(key for t in given for key in free(t)))
    return f"forall {quantified},\n  " + " ->\n  ".join(map(proposition, given))


def declared(f: Declaration) -> str:
    """The definition of a declared function, the inverse of another."""
    given = " ".join(["t0", *(f"v_{name}" for name in f.parameters)])
    return f"Definition {f.name} ({given} : R) : R := inverse_of (fun v_{f.x} : R => {number(f.function)}) t0."
