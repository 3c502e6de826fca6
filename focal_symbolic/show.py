"""Statements and derivations as text for a reader: Unicode mathematics, one line a step."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

from sympy import (
    Add,
    Basic,
    Dummy,
    Expr,
    Function,
    Indexed,
    IndexedBase,
    Integer,
    Mul,
    Pow,
    Rational,
    Sum,
    Symbol,
    diff,
    log,
    oo,
)
from sympy.core.relational import Relational
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.pretty.pretty_symbology import pretty_symbol
from sympy.printing.str import StrPrinter

from focal_symbolic import library
from focal_symbolic.claim import Boxes, Claim, HardSet, Letter, Levels, Number, Result
from focal_symbolic.definitions import gain, gamma, loss, slope, slope_inverse, x
from focal_symbolic.derivation import Step
from focal_symbolic.language import Bijection, Every, Finite, n
from focal_symbolic.logic.kernel import Citation, Theorem

__all__ = ["hypotheses", "line", "page", "sections"]

SUBSCRIPTS = {"i": "ᵢ", "j": "ⱼ", "k": "ₖ", "m": "ₘ", "n": "ₙ", "a": "ₐ"}
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
RELATIONS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
WIDTH = 110


class _Line(StrPrinter):
    """SymPy's one-line printer with the signs of mathematics."""

    printmethod = "_line"  # not "_sympystr": the classes print themselves in plain text through that

    def doprint(self, expr: Any) -> str:
        return super().doprint(expr).replace("*", "·").replace("-", "−")

    def _print_Symbol(self, expr: Symbol) -> str:  # noqa: N802
        return pretty_symbol(expr.name)

    _print_Dummy = _print_Symbol  # noqa: N815

    def _print_IndexedBase(self, expr: IndexedBase) -> str:  # noqa: N802
        return self._print(expr.label)

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
        return super().parenthesize(item, level, strict)

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
            return super()._print_Mul(expr)
        over = [Integer(abs(coefficient.p))] if abs(coefficient.p) != 1 else []
        under = [Integer(coefficient.q)] if coefficient.q != 1 else []
        for factor in Mul.make_args(rest):
            if isinstance(factor, Pow) and factor.exp.is_Rational and factor.exp < 0:
                under.append(factor.base**-factor.exp)
            elif factor != 1:
                over.append(factor)
        top, below = (
            "*".join(self.parenthesize(factor, PRECEDENCE["Mul"]) for factor in sorted(part, key=_place))
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
        plain = isinstance(expr, Relational | Finite | Bijection | Symbol)
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

    def _print_Bijection(self, expr: Bijection) -> str:  # noqa: N802
        return f"{self._print(expr.args[0])} is a bijection of the alphabet"


def _place(factor: Basic) -> int:
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


NAMES: dict[str, Callable[[Expr, Expr], Expr]] = {"φ′": _slope_derivative, "φ": slope, "ψ": gain, "ℓ": loss}
"""The formulas that a reader knows by name."""


def folded(node: Any) -> Any:
    """A statement with each formula of `NAMES` replaced by its name: what stands there is the formula itself."""
    if not isinstance(node, Basic) or not node.args or isinstance(node, Indexed):
        return node
    if isinstance(node, Add | Mul):
        for name, formula in NAMES.items():
            for at, focus in _places(node):
                rest = _without(node, formula(at, focus))
                if rest is not None:
                    short = Function(name)(at, *(() if focus == gamma else (focus,)))
                    factor, others = rest
                    return folded(others + factor * short if isinstance(node, Add) else others * short)
    args = [folded(a) for a in node.args]
    return node.func(*args, evaluate=False) if isinstance(node, Relational) else node.func(*args)


def _without(node: Add | Mul, formula: Expr) -> tuple[int, Expr] | None:
    """What is left of a sum without +formula or -formula, with that sign, or of a product without the formula."""
    if not isinstance(formula, type(node)):
        return None
    if isinstance(node, Mul):
        (number, factors), (own, wanted) = (e.as_coeff_Mul() for e in (node, formula))
        have, parts = Counter(Mul.make_args(factors)), Counter(Mul.make_args(wanted))
        return None if parts - have else (1, number / own * Mul(*(have - parts).elements()))
    have = Counter(node.args)
    for sign in (1, -1):
        parts = Counter(sign * a for a in formula.args)
        if not parts - have:
            return sign, Add(*(have - parts).elements())
    return None


def _places(node: Basic) -> list[tuple[Expr, Expr]]:
    """Where a formula may be taken: the arguments of logarithms, with the exponents of their complements."""
    found: dict[tuple[Expr, Expr], None] = {}
    for logarithm in node.atoms(log):
        at = logarithm.args[0]
        if at.free_symbols:
            powers = (power.exp for power in node.atoms(Pow) if power.base == 1 - at and power.exp.free_symbols)
            found |= {(at, focus): None for focus in powers}
    return sorted(found, key=lambda pair: -pair[0].count_ops())


def line(expression: Basic, fold: bool = True) -> str:
    """An expression or a statement on one line of Unicode mathematics, formulas by their names unless `fold` is off."""
    return _Line({"order": None}).doprint(folded(expression) if fold else expression)


def legend(texts: Iterable[str]) -> Iterator[str]:
    """The formulas behind the names that some lines use."""
    used = "".join(texts)
    for name, formula in NAMES.items():
        if f"{name}(" in used:
            yield f"{name}(x) = {line(formula(x, gamma), fold=False)}"
    if "φ⁻¹" in used:
        yield "φ⁻¹(y; γ) is the x in (0, 1) with φ(x) = y"


def hypotheses(claim: Claim) -> list[str]:
    """The hypotheses of a claim, one line for each variable; a bounded number as one interval."""
    shown = []
    for variable in claim.variables:
        bounds = variable.assumptions
        if isinstance(variable, Number) and len(bounds) == 2:
            left, right = "(" if variable.low_open else "[", ")" if variable.high_open else "]"
            shown.append(f"{line(variable.symbol)} ∈ {left}{line(variable.low)}, {line(variable.high)}{right}")
        elif isinstance(variable, Number) and not bounds:
            shown.append(f"{line(variable.symbol)} real")
        elif isinstance(variable, Levels):
            levels = zip(variable.levels, variable.values, variable.letters, strict=True)
            parts = (f"{count} letters of {line(value)} ({line(at)} is one of them)" for (count, _), value, at in levels)
            shown.append(f"{line(variable.base)}: {' and '.join(parts)}")
        elif isinstance(variable, Letter):
            shown.append(f"{line(variable.index)} a letter")
        elif bounds:
            shown.append(",  ".join(map(line, bounds)))
    witness = [f"{line(symbol)} = {line(value)}" for symbol, value in claim.witness.items()]
    return [*shown, *witness, *map(line, claim.where)]


def argument(value: Any) -> str:
    """An argument of a rule: an expression, a tuple of them, or the pairs of a replacement."""
    if isinstance(value, Basic):
        return line(value)
    if isinstance(value, tuple):
        if value and all(isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], Basic) for pair in value):
            return ", ".join(f"{argument(old)} := {argument(new)}" for old, new in value)
        return ", ".join(map(argument, value))
    return str(value)


def sections(module: ModuleType) -> dict[str, str]:
    """The header of a proof file by its headings; the first paragraph has the heading ``""``."""
    title, *blocks = re.split(r"\n\s*\n|\n(?=\S)", inspect.getdoc(module) or "")
    found = {"": title}
    for block in blocks:
        heading, *lines = block.strip("\n").splitlines()
        found[heading.strip()] = " ".join(text.strip() for text in lines)
    return found


def module_of(result: Result) -> ModuleType | None:
    """The proof file that defines a result."""
    module = library.modules().get(result.name.split("/")[0])
    return module if module and any(value is result for value in vars(module).values()) else None


def because(step: Step) -> str:
    """The rule of a step, the steps that it uses and its arguments."""
    arguments = dict(step.arguments)
    name = f"lemma {arguments.pop('name')}" if step.rule == "lemma" else step.rule
    used = f" from {', '.join(str(premise + 1) for premise in step.premises)}" if step.premises else ""
    given = "; ".join(f"{key}: {argument(value)}" for key, value in arguments.items() if value != ())
    return f"{name}{used}" + (f" ({given})" if given else "")


def derivation(steps: Iterable[Step]) -> Iterator[str]:
    """The steps, numbered; the reason beside the statement where both fit on a line, else below it."""
    for number, step in enumerate(steps, start=1):
        statement, reason = f"{number:>4}. {line(step.conclusion)}", because(step)
        if len(statement) <= 58 and len(reason) <= WIDTH - 60:
            yield f"{statement:<60}{reason}"
        else:
            yield statement
            yield f"      by {reason}"


def citation(cited: Citation) -> str:
    """A cited theorem with its statement and reference, on one line."""
    return f"{cited.name}: {cited.statement} [{cited.reference}]"


def _paragraph(title: str, lines: Iterable[str], wrap: bool = True) -> Iterator[str]:
    for text in lines:
        for part in textwrap.wrap(text, WIDTH - 15, subsequent_indent="  ", break_long_words=False) if wrap else [text]:
            yield f"  {title:<13}{part}"
            title = ""


def _checks(result: Result) -> Iterator[str]:
    if isinstance(result.enclosure, Boxes):
        box = " × ".join(f"{line(s)} ∈ [{line(a)}, {line(b)}]" for s, a, b in result.enclosure.intervals)
        yield f"precision: the goal is enclosed by balls on the whole of {box}"
    elif isinstance(result.enclosure, HardSet):
        yield "precision: the goal is decided by balls, and again by mpmath, on the hard cases"
    low, high = result.fuzz.gamma
    ends = f"{float(low):g} ≤ γ ≤ {float(high):g}" if high != oo else f"γ ≥ {float(low):g}"
    yield f"fuzz: cases drawn from the variables, up to {result.fuzz.letters} letters, {ends}"


def _trust(theorem: Theorem) -> Iterator[str]:
    yield f"evidence: {', '.join(sorted(theorem.evidence))}"
    for cited in sorted(theorem.cited):
        yield f"cited: {citation(cited)}"
    for name in sorted(theorem.lemmas):
        yield f"lemma: {name}"
    yield "and the kernel with its rules (focal-symbolic verify --trusted lists them)"


def page(result: Result) -> Iterator[str]:
    """The page of a result: statement, hypotheses, derivation step by step, what is trusted, the false twin.

    Raises: Rejected if the derivation does not replay; the lines before it have been given by then.
    """
    claim = result.claim
    header = sections(module) if (module := module_of(result)) else {}
    goal = line(claim.proposition)
    yield claim.name
    yield from _paragraph("Statement", [f"{claim.statement}."])
    origin = "abstract of the paper" if claim.source == "paper" else "this project"
    yield from _paragraph("Source", [f"{origin}: {claim.reference}" if claim.reference else origin])
    yield from _paragraph("Kind", [claim.kind])
    yield from _paragraph("For all", hypotheses(claim), wrap=False)
    yield from _paragraph("Goal", [goal], wrap=False)
    if idea := header.get("Idea"):
        yield from _paragraph("Idea", [idea])
    yield ""
    if claim.kind == "open":
        yield from _paragraph("Derivation", ["none: this is a conjecture, checked by numbers only"])
    else:
        steps = library.steps(claim.name)
        told = [*derivation(steps)]
        if names := [*legend([goal, *told])]:
            yield from _paragraph("Names", names, wrap=False)
            yield ""
        yield f"  Derivation ({len(steps)} step{'s' if len(steps) > 1 else ''})"
        yield from (f"  {text}" for text in told)
        theorem = library.theorem(claim.name)
        yield "      replayed by the kernel"
        yield ""
        yield from _paragraph("Rests on", _trust(theorem))
    if left := header.get("Not covered"):
        yield from _paragraph("Not covered", [left])
    yield from _paragraph("Also checked", _checks(result))
    twin = result.falsehood
    changed = line(twin.proposition) if result.twin.goal is not None else f"{goal} for {'; '.join(hypotheses(twin))}"
    yield from _paragraph("False twin", [result.twin.statement])
    yield from _paragraph("", [changed], wrap=False)
