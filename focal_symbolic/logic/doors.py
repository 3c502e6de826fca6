"""The doors between SymPy and terms: statements are written, differentiated and shown in SymPy, and judged as terms.

`read` rebuilds a SymPy object from exact types, node by node; whatever is not of the language is refused, and nothing is
evaluated on the way. `write` gives an object back, with names for bound letters that are not free in it, and only where
reading it again gives the same term.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp
from sympy.core.function import UndefinedFunction
from sympy.core.numbers import Half, NegativeOne, One, Zero
from sympy.core.relational import Equality, GreaterThan, LessThan, StrictGreaterThan, StrictLessThan, Unequality

from focal_symbolic.language import Bijection, Bounded, Every, EveryPart, ExistsUnique, Finite, Supremum, n
from focal_symbolic.logic.terms import (
    EXTENDED,
    INFINITY,
    SIZE,
    TRUE,
    Key,
    Malformed,
    Term,
    abstract,
    add,
    close_real,
    free,
    instantiate,
    mk,
    mul,
    open_real,
)

__all__ = ["read", "read_argument", "read_family", "read_letter", "read_replacements", "write"]

_REAL = sp.Symbol("x", real=True).assumptions0
_INTEGER = sp.Symbol("i", integer=True).assumptions0
_INTEGERS = (sp.Integer, Zero, One, NegativeOne)
_RATIONALS = (sp.Rational, Half, *_INTEGERS)
_RELATIONS = {
    Equality: "eq",
    Unequality: "ne",
    StrictLessThan: "lt",
    LessThan: "le",
    StrictGreaterThan: "lt",
    GreaterThan: "le",
}
_TURNED = (StrictGreaterThan, GreaterThan)
_CONNECTIVES = {sp.And: "and", sp.Or: "or", sp.Not: "not", sp.Implies: "implies", sp.Equivalent: "iff"}
_FUNCTIONS = {sp.log: "log", sp.exp: "exp", sp.Abs: "abs"}
_AT_EVERY_SIZE = {Supremum: "sup", Bounded: "bounded", EveryPart: "parts"}


def _is_symbol(e: Any, assumptions: dict[str, bool]) -> bool:
    return type(e) is sp.Symbol and e.assumptions0 == assumptions


def read_family(base: Any) -> Key:
    """The kind and name of a family: of numbers (entry) or of letters (image). Raises Malformed otherwise."""
    if type(base) is sp.IndexedBase and base.shape == (n,):
        if _is_symbol(base.label, _REAL):
            return "entry", base.label.name
        if _is_symbol(base.label, _INTEGER):
            return "image", base.label.name
    raise Malformed(f"{base} is no family over the alphabet.")


def read_letter(e: Any) -> Term:
    """The letter that a symbol or an entry of a family of letters stands for. Raises Malformed otherwise."""
    if _is_symbol(e, _INTEGER):
        return mk("letter", e.name)
    if type(e) is sp.Indexed and len(e.indices) == 1:
        kind, name = read_family(e.base)
        if kind == "image":
            return mk("image", name, read_letter(e.indices[0]))
    raise Malformed(f"{e} is no letter.")


def read(e: Any) -> Term:
    """The term of a SymPy number or statement. Raises Malformed where it, or a part of it, is not of the language."""
    kind = type(e)
    if kind in _RATIONALS:
        return mk("rat", int(e.p), int(e.q))
    if kind is sp.Symbol:
        return SIZE if e == n else _variable(e)
    if kind is sp.Indexed:
        return _entry(e)
    if kind in (sp.Add, sp.Mul):
        return (add if kind is sp.Add else mul)(*map(read, e.args))
    if kind is sp.Pow:
        base, exponent = e.args
        return mk("ipow", read(base), int(exponent)) if type(exponent) in _INTEGERS else mk("rpow", read(base), read(exponent))
    if kind in _FUNCTIONS:
        return mk(_FUNCTIONS[kind], *map(read, e.args))
    if kind is sp.Sum:
        return _sum(e)
    if kind in _RELATIONS:
        sides = [read(a) for a in e.args]
        return mk(_RELATIONS[kind], *(reversed(sides) if kind in _TURNED else sides))
    if kind in _CONNECTIVES:
        return mk(_CONNECTIVES[kind], *map(read, e.args))
    return _other(e, kind)


def _variable(e: sp.Symbol) -> Term:
    if not _is_symbol(e, _REAL):
        raise Malformed(f"{e} is no real variable; make it by real({e.name!r}) of focal_symbolic.language.")
    return mk("var", e.name)


def _entry(e: sp.Indexed) -> Term:
    kind, name = read_family(e.base)
    if kind != "entry" or len(e.indices) != 1:
        raise Malformed(f"{e} is no entry of a family of numbers.")
    return mk("entry", name, read_letter(e.indices[0]))


def _sum(e: sp.Sum) -> Term:
    body = read(e.args[0])
    for limit in e.args[1:]:  # SymPy flattens a sum in a sum: the first limit is the innermost
        at, low, high = limit
        if not (type(low) is One and high == n and _is_symbol(high, n.assumptions0) and _is_symbol(at, _INTEGER)):
            raise Malformed(f"{e} is not over the alphabet.")
        body = mk("esum" if body.sort == EXTENDED else "sum", abstract(body, read_letter(at)))
    return body


def _other(e: Any, kind: Any) -> Term:
    if e is sp.S.Exp1:
        return mk("exp", mk("rat", 1, 1))
    if e is sp.oo:
        return INFINITY
    if e is sp.true:
        return TRUE
    if kind is Every and _is_symbol(e.args[1], _INTEGER):
        return mk("every", abstract(read(e.args[0]), read_letter(e.args[1])))
    if kind is ExistsUnique:
        equation, (x, low, high) = e.args
        if _is_symbol(x, _REAL):
            return mk("one", read(low), read(high), close_real(read(equation), x.name))
    if kind is Bijection and (family := read_family(e.args[0]))[0] == "image":
        return mk("bijection", family[1])
    if kind in _AT_EVERY_SIZE:
        return mk(_AT_EVERY_SIZE[kind], read(e.args[0]))
    if kind is Finite:
        return mk("finite", read(e.args[0]))
    if kind is sp.Piecewise:
        return mk("cases", *(read(part) for pair in e.args for part in pair))
    if type(kind) is UndefinedFunction:
        return mk("decl", kind.__name__, *map(read, e.args))
    exact = "; write it as a Rational" if kind is sp.Float else ""
    raise Malformed(f"{e} of kind {kind.__name__} is not of the language{exact}.")


def read_argument(a: Any) -> Any:
    """An argument of a rule, as terms, integers, names and tuples of these. Raises Malformed otherwise."""
    if type(a) in (tuple, sp.Tuple):
        return tuple(map(read_argument, a))
    if type(a) in (str, int):
        return a
    if _is_symbol(a, _INTEGER) or (type(a) is sp.Indexed and read_family(a.base)[0] == "image"):
        return read_letter(a)
    return read(a)


def read_replacements(pairs: Iterable[tuple[Any, Any]]) -> tuple[tuple[Key, Term], ...]:
    """What `instance` and `lemma` put in, as ((kind, name), term) pairs; a family is replaced by (letter, number at it)."""
    out: list[tuple[Key, Term]] = []
    for old, new in pairs:
        if type(old) is sp.IndexedBase:
            at, number = new
            out.append((read_family(old), mk("template", abstract(read(number), read_letter(at)))))
        elif _is_symbol(old, _INTEGER):
            out.append((("letter", old.name), read_letter(new)))
        else:
            out.append((("var", _variable(old).args[0]), read(new)))
    return tuple(sorted(out, key=lambda pair: pair[0]))


# -- back to SymPy ---------------------------------------------------------------------------------------------------------


def write(t: Term) -> Any:
    """A SymPy object of a statement or number, as SymPy evaluates it: for authors, for numbers and for display.

    It is not evidence: SymPy may merge what the term keeps apart. `shown` says whether it reads back as the same term.
    """
    return _Writer(t).write(t)


def shown(t: Term) -> Any:
    """The SymPy object of a statement. Raises Malformed where SymPy would show another statement than t."""
    e = write(t)
    if read(e) is not t:
        raise Malformed(f"SymPy would show «{e}» for another statement.")
    return e


class _Writer:
    """Writes one term; bound letters and reals get names that are not free in it."""

    def __init__(self, t: Term):
        self.taken = {name for _, name in free(t)} | {"n"}

    def name(self, stem: str) -> str:
        name, k = stem, 0
        while name in self.taken:
            name, k = f"{stem}{k}", k + 1
        return name

    def write(self, t: Term) -> Any:
        a = t.args
        match t.op:
            case "rat":
                return sp.Rational(*a)
            case "var":
                return sp.Symbol(a[0], real=True)
            case "letter":
                return sp.Symbol(a[0], integer=True)
            case "size":
                return n
            case "oo":
                return sp.oo
            case "true":
                return sp.true
            case "entry":
                return sp.IndexedBase(a[0], shape=(n,), real=True)[self.write(a[1])]
            case "image":
                return sp.IndexedBase(sp.Symbol(a[0], integer=True), shape=(n,))[self.write(a[1])]
            case "bijection":
                return Bijection(sp.IndexedBase(sp.Symbol(a[0], integer=True), shape=(n,)))
            case "ipow":
                return sp.Pow(self.write(a[0]), a[1])
            case "sum" | "esum" | "every":
                name = self.name("i")
                self.taken.add(name)
                body, at = self.write(instantiate(a[0], mk("letter", name))), sp.Symbol(name, integer=True)
                self.taken.remove(name)
                return Every(body, at) if t.op == "every" else sp.Sum(body, (at, 1, n))
            case "one":
                name = self.name("x")
                self.taken.add(name)
                equation = self.write(open_real(a[2], mk("var", name)))
                self.taken.remove(name)
                return ExistsUnique(equation, (sp.Symbol(name, real=True), self.write(a[0]), self.write(a[1])))
            case "decl":
                return sp.Function(a[0], real=True)(*map(self.write, a[1:]))
        parts = [self.write(s) for s in a]
        if t.op == "cases":
            return sp.Piecewise(*zip(parts[::2], parts[1::2], strict=True))
        relation = {"lt": sp.Lt, "le": sp.Le, "eq": sp.Eq, "ne": sp.Ne}
        if t.op in relation:
            return relation[t.op](*parts, evaluate=False)
        connective = {op: kind for kind, op in _CONNECTIVES.items()}
        if t.op in connective:
            return connective[t.op](*parts, evaluate=False)
        at_every_size = {op: kind for kind, op in _AT_EVERY_SIZE.items()}
        if t.op in at_every_size:
            return at_every_size[t.op](*parts)
        return {"add": sp.Add, "mul": sp.Mul, "rpow": sp.Pow, "log": sp.log, "exp": sp.exp, "abs": sp.Abs, "finite": Finite}[
            t.op
        ](*parts)
