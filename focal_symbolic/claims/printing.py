"""Statements as a reader writes them: Unicode mathematics on one line, formulas by their names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from sympy import Add, Basic, Dummy, Expr, Function, Indexed, IndexedBase, Integer, Mul, Pow, Rational, Sum, Symbol, diff, log
from sympy.core.relational import Ge, Gt, Le, Lt, Relational
from sympy.logic.boolalg import And, Equivalent, Implies, Not, Or
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.pretty.pretty_symbology import pretty_symbol
from sympy.printing.str import StrPrinter

from focal_symbolic.definitions import curvature, g, gain, gamma, height, loss, s, slope, slope_inverse, x
from focal_symbolic.language import (
    Bijection,
    Bounded,
    Every,
    EveryPart,
    ExistsUnique,
    Finite,
    Supremum,
    i,
    index,
    j,
    k,
    n,
    real,
)
from focal_symbolic.logic.doors import write
from focal_symbolic.logic.terms import Term, free

__all__ = ["ambiguous", "factor_place", "folded", "legend", "line", "named", "over_and_under", "stated"]

SUBSCRIPTS = {"i": "ᵢ", "j": "ⱼ", "k": "ₖ", "m": "ₘ", "n": "ₙ", "a": "ₐ"}
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
RELATIONS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}


class _Line(StrPrinter):  # type: ignore[misc]  # SymPy has no types
    """SymPy's one-line printer with the signs of mathematics."""

    printmethod = "_line"  # not "_sympystr": the classes print themselves in plain text through that

    def doprint(self, expr: Any) -> str:
        return str(super().doprint(expr)).replace("*", "·").replace("-", "−")

    def _print_Exp1(self, expr: Basic) -> str:  # noqa: N802
        return "exp(1)"

    def _print_Symbol(self, expr: Symbol) -> str:  # noqa: N802
        return str(pretty_symbol(expr.name))

    _print_Dummy = _print_Symbol  # noqa: N815

    def _print_IndexedBase(self, expr: IndexedBase) -> str:  # noqa: N802
        return str(self._print(expr.label))

    def _print_Indexed(self, expr: Indexed) -> str:  # noqa: N802
        base, at = self._print(expr.base), ", ".join(map(self._print, expr.indices))
        if expr.base.label.is_integer:
            return f"{base}({at})"
        return base + SUBSCRIPTS[at] if at in SUBSCRIPTS else f"{base}[{at}]"

    def _print_Sum(self, expr: Sum) -> str:  # noqa: N802
        over, low, high = expr.limits[0]
        name = self._print(over)
        if (low, high) == (1, n) and name in SUBSCRIPTS:
            sign = f"∑{SUBSCRIPTS[name]}"
        else:
            sign = f"∑[{name} = {self._print(low)}..{self._print(high)}]"
        return f"{sign} {self.parenthesize(expr.function, PRECEDENCE['Mul'])}"

    def parenthesize(self, item: Any, level: int, strict: bool = False) -> str:
        if isinstance(item, Sum) and level >= PRECEDENCE["Mul"]:
            return f"({self._print(item)})"
        return str(super().parenthesize(item, level, strict))

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:  # noqa: N802
        base, exponent = expr.args
        if exponent == Rational(1, 2):
            return f"√{self.parenthesize(base, PRECEDENCE['Atom'], strict=True)}"
        if exponent.is_Rational and exponent < 0:
            return f"1/{self.parenthesize(base**-exponent, PRECEDENCE['Mul'])}"
        below = self.parenthesize(base, PRECEDENCE["Pow"])
        if exponent.is_Integer:
            return below + str(exponent).translate(SUPERSCRIPTS)
        return f"{below}^{self.parenthesize(exponent, PRECEDENCE['Atom'], strict=True)}"

    def _print_Mul(self, expr: Mul) -> str:  # noqa: N802
        """Sign, number, symbols, families, powers, functions, sums; what is under the stroke last."""
        coefficient, rest = expr.as_coeff_Mul()
        if not coefficient.is_Rational:
            return str(super()._print_Mul(expr))
        over, under = over_and_under(coefficient, rest)
        top, below = (
            "*".join(self.parenthesize(factor, PRECEDENCE["Mul"]) for factor in sorted(part, key=factor_place))
            for part in (over, under)
        )
        sign = "-" if coefficient < 0 else ""
        return f"{sign}{top or 1}" + (f"/({below})" if len(under) > 1 else f"/{below}" if under else "")

    def _print_log(self, expr: Any) -> str:
        return f"ln({self._print(expr.args[0])})"

    def _print_Abs(self, expr: Any) -> str:  # noqa: N802
        return f"|{self._print(expr.args[0])}|"

    def _print_AppliedUndef(self, expr: Any) -> str:  # noqa: N802
        arguments = [self._print(a) for a in expr.args]
        if isinstance(expr, slope_inverse):
            return f"φ⁻¹({'; '.join(arguments)})"
        if expr.func.__name__ in NAMES:
            return f"{expr.func.__name__}({'; '.join(arguments)})"
        return f"{expr.func.__name__}({', '.join(arguments)})"

    def _print_Infinity(self, expr: Any) -> str:  # noqa: N802
        return "∞"

    def _print_NegativeInfinity(self, expr: Any) -> str:  # noqa: N802
        return "-∞"

    def _print_Piecewise(self, expr: Any) -> str:  # noqa: N802
        cases = [
            f"{self._print(value)} {'otherwise' if case == True else 'if ' + self._print(case)}"  # noqa: E712
            for value, case in expr.args
        ]
        return "{" + "; ".join(cases) + "}"

    def _print_Relational(self, expr: Relational) -> str:  # noqa: N802
        left, right = map(self._print, expr.args)
        return f"{left} {RELATIONS.get(expr.rel_op, expr.rel_op)} {right}"

    _print_Equality = _print_Unequality = _print_Relational  # noqa: N815

    def _part(self, expr: Any) -> str:
        plain = isinstance(expr, Relational | Finite | Bounded | Bijection | Symbol)
        return self._print(expr) if plain else f"({self._print(expr)})"

    def _print_And(self, expr: Any) -> str:  # noqa: N802
        return " ∧ ".join(map(self._part, expr.args))

    def _print_Or(self, expr: Any) -> str:  # noqa: N802
        return " ∨ ".join(map(self._part, expr.args))

    def _print_Not(self, expr: Any) -> str:  # noqa: N802
        return f"¬({self._print(expr.args[0])})"

    def _print_Implies(self, expr: Any) -> str:  # noqa: N802
        return " ⇒ ".join(map(self._part, expr.args))

    def _print_Equivalent(self, expr: Any) -> str:  # noqa: N802
        return " ⇔ ".join(map(self._part, expr.args))

    def _print_Every(self, expr: Every) -> str:  # noqa: N802
        return f"∀{self._print(expr.over)}: {self._print(expr.body)}"

    def _print_ExistsUnique(self, expr: Any) -> str:  # noqa: N802
        low, high = map(self._print, expr.interval)
        return f"∃! {self._print(expr.unknown)} ∈ [{low}, {high}]: {self._print(expr.equation)}"

    def _print_Finite(self, expr: Finite) -> str:  # noqa: N802
        return f"{self._print(expr.value)} is finite"

    def _print_Supremum(self, expr: Supremum) -> str:  # noqa: N802
        return f"sup({self._print(expr.args[0])})"

    def _print_Bounded(self, expr: Bounded) -> str:  # noqa: N802
        return f"sup({self._print(expr.args[0])}) is finite"

    def _print_EveryPart(self, expr: EveryPart) -> str:  # noqa: N802
        return f"∀n: {self._print(expr.args[0])}"

    def _print_Bijection(self, expr: Bijection) -> str:  # noqa: N802
        return f"{self._print(expr.args[0])} is a bijection of the alphabet"


def over_and_under(coefficient: Rational, rest: Expr) -> tuple[list[Any], list[Any]]:
    """The factors of |coefficient| rest over the stroke and those under it, a number other than 1 first."""
    over = [Integer(abs(coefficient.p))] if abs(coefficient.p) != 1 else []
    under = [Integer(coefficient.q)] if coefficient.q != 1 else []
    for factor in Mul.make_args(rest):
        if isinstance(factor, Pow) and factor.exp.is_Rational and factor.exp < 0:
            under.append(factor.base**-factor.exp)
        elif factor != 1:
            over.append(factor)
    return over, under


def factor_place(factor: Basic) -> int:
    """Where in a product a factor is written: numbers first, then symbols, families, powers, functions, sums."""
    if isinstance(factor, Add) and not factor.atoms(Function):
        return 4
    kinds = (Integer, Rational, Symbol, Indexed, None, Pow, Function, Add, Sum)
    return next((place for place, kind in enumerate(kinds) if kind and isinstance(factor, kind)), len(kinds))


_AT = Dummy("x", real=True)


@cache
def _slope_rate(focus: Expr) -> Expr:
    return diff(slope(_AT, focus), _AT)


def _slope_derivative(at: Expr, focus: Expr) -> Expr:
    return _slope_rate(focus).xreplace({_AT: at})


@cache
def _loss_curvature(focus: Expr) -> Expr:
    return diff(loss(_AT, focus), _AT, 2)


def _loss_second(at: Expr, focus: Expr) -> Expr:
    return _loss_curvature(focus).xreplace({_AT: at})


NAMES: dict[str, Callable[[Expr, Expr], Expr]] = {
    "ℓ″": _loss_second,
    "φ′": _slope_derivative,
    "φ": slope,
    "ψ": gain,
    "ℓ": loss,
    "B": curvature,
    "h": height,
    "g": lambda at, _: g(at),
    "s": lambda at, _: s(at),
}
"""The formulas that a reader knows by name."""
OWN = ("B", "h", "g", "s")
"""Those of them whose names are letters, which a claim may use for something else."""


def folded(node: Any) -> Any:
    """A statement with each formula of `NAMES` replaced by its name, s and g also where SymPy has turned them: `_forms`."""
    if not isinstance(node, Basic):
        return node
    used = {str(one) for one in node.atoms(Symbol, IndexedBase)}
    return _folded(node, tuple(name for name in OWN if name not in used))


def _folded(node: Any, own: tuple[str, ...]) -> Any:
    if not isinstance(node, Basic) or not node.args or isinstance(node, Indexed):
        return node
    if isinstance(node, Add | Mul):
        for name, at, focus in _candidates(node, own):
            forms = (_without(node, form) for form in _forms(name, at, focus))
            rest = next((form for form in forms if form is not None), None)
            if rest is not None:
                short = Function(name)(at, *(() if focus == gamma else (focus,)))
                factor, others = rest
                return _folded(others + factor * short if isinstance(node, Add) else others * short**factor, own)
    args = [_folded(a, own) for a in node.args]
    return node.func(*args, evaluate=False) if isinstance(node, Relational) else node.func(*args)


def _without(node: Add | Mul, formula: Expr) -> tuple[int, Expr] | None:
    """What is left of a sum without +formula or -formula, with that sign, or of a product without formula^1 or formula^-1."""
    if not isinstance(formula, type(node)):
        return None
    if isinstance(node, Mul):
        for power in (1, -1):
            (number, factors), (own, wanted) = (e.as_coeff_Mul() for e in (node, formula**power))
            have, parts = Counter(Mul.make_args(factors)), Counter(Mul.make_args(wanted))
            if not parts - have:
                return power, number / own * Mul(*(have - parts).elements())
        return None
    have = Counter(node.args)
    for sign in (1, -1):
        parts = Counter(sign * a for a in formula.args)
        if not parts - have:
            return sign, Add(*(have - parts).elements())
    return None


def _forms(name: str, at: Expr, focus: Expr) -> tuple[Expr, ...]:
    """A formula, and what it is where SymPy has turned s, inside |.|: both ends of its fraction with the other sign."""
    formula = NAMES[name](at, focus)
    return (formula, formula.xreplace({s(at): at * log(at) / (at - 1)})) if name in ("s", "g") else (formula,)


def _candidates(node: Add | Mul, own: tuple[str, ...]) -> Iterator[tuple[str, Expr, Expr]]:
    """The formulas that may be a part of a sum or a product, with the place and the exponent at which they may be."""
    powered = _places(node)
    yield from ((name, at, focus) for name in NAMES if name not in OWN for at, focus in powered)
    terms = node.args if isinstance(node, Add) else (node,)
    logs = dict.fromkeys(factor.args[0] for term in terms for factor in Mul.make_args(term) if isinstance(factor, log))
    direct = [at for at in logs if at.free_symbols]
    others = sorted(node.free_symbols - {gamma}, key=str) if direct else []
    for name in own:
        for at in direct:
            yield name, at, gamma
            if name in ("B", "h"):
                yield from ((name, at, focus) for focus in others if focus not in at.free_symbols)


def _places(node: Basic) -> list[tuple[Expr, Expr]]:
    """Where a formula may be taken: the arguments of logarithms, with the exponents of their complements."""
    found: dict[tuple[Expr, Expr], None] = {}
    for logarithm in node.atoms(log):
        at = logarithm.args[0]
        if at.free_symbols:
            powers = (power.exp for power in node.atoms(Pow) if power.base == 1 - at and power.exp.free_symbols)
            found |= {(at, -focus if focus.could_extract_minus_sign() else focus): None for focus in powers}
    return sorted(found, key=lambda pair: -pair[0].count_ops())


def line(expression: Basic, fold: bool = True) -> str:
    """An expression or a statement on one line of Unicode mathematics, formulas by their names unless `fold` is off."""
    return _Line({"order": None}).doprint(folded(expression) if fold else expression)


def legend(texts: Iterable[str]) -> Iterator[str]:
    """The formulas behind the names that some lines use."""
    used = "\n".join(texts)
    for name, formula in named(used):
        if name == "ℓ″":
            yield f"ℓ″ is the second derivative of ℓ(x) = {line(formula, fold=False)}"
        else:
            yield f"{name}(x) = {line(formula, fold=False)}"
    if "φ⁻¹" in used:
        yield "φ⁻¹(y; γ) is the x in (0, 1) with φ(x) = y"


def named(used: str) -> Iterator[tuple[str, Expr]]:
    """The names that a text uses with their formulas in x and γ; for ℓ″ that of ℓ, whose second derivative it is."""
    for name, formula in NAMES.items():
        if re.search(rf"(?<!\w){name}\(", used) and not (name == "ℓ" and "ℓ″" in used):
            yield name, (loss if name == "ℓ″" else formula)(x, gamma)


def ambiguous(terms: Iterable[Term]) -> str | None:
    """The name of a variable that is printed as another name of the same claim, or as a letter or an entry may be."""
    seen: dict[str, tuple[str, Any]] = {line(n): ("size", "n")} | {line(a): ("letter", a.name) for a in (i, j, k)}
    families = set[str]()
    for key in sorted(set[tuple[str, Any]]().union(*map(free, terms))):
        kind, name = key
        shown = line(Symbol(name))
        if seen.setdefault(shown, key) != key:
            return str(name)
        if kind in ("entry", "image"):
            families.add(shown)
    for shown, (_, name) in seen.items():
        if any(shown == family + end for family in families for end in SUBSCRIPTS.values()):
            return str(name)
    return None


_TURNED = {Lt: Gt, Le: Ge}
_LETTERS, _REALS = tuple(index(name) for name in "ijkma"), tuple(real(name) for name in "xyzuvw")


def stated(t: Term) -> Any:
    """The SymPy object of a term as one writes it: bounds as x > 0, not 0 < x, and bound letters i, j, k."""
    return _turned(_named(write(t)))


def _named(node: Any) -> Any:
    """A statement with plain names for what it binds."""
    if isinstance(node, Every | ExistsUnique | Sum):
        old = node.limits[0][0] if isinstance(node, Sum) else next(iter(node.bound_symbols))
        inside = {a.name for a in node.atoms(Symbol)} - {old.name}
        new = next((a for a in (_LETTERS if old.is_integer else _REALS) if a.name not in inside), old)
        node = node.xreplace({old: new})
    if not isinstance(node, Basic) or not node.args or isinstance(node, Indexed):
        return node
    args = [_named(a) for a in node.args]
    return node.func(*args, evaluate=False) if isinstance(node, Relational) else node.func(*args)


def _turned(node: Any) -> Any:
    """A statement with numbers on the right side of its bounds."""
    if isinstance(node, Every):
        return Every(_turned(node.body), node.over)
    if isinstance(node, EveryPart):
        return EveryPart(_turned(node.args[0]))
    if isinstance(node, Relational):
        left, right = node.args
        if type(node) in _TURNED and not left.free_symbols and right.free_symbols:
            return _TURNED[type(node)](right, left, evaluate=False)
    elif isinstance(node, And | Or | Implies | Equivalent | Not):
        return node.func(*map(_turned, node.args), evaluate=False)
    return node
