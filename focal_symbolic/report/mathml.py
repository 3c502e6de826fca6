"""Statements as MathML, for pages: what `claims/printing.py` says on one line, in two dimensions.

The same statement is printed, formulas by their names. Two statements that differ on one line differ here: a product has
U+2062 or a dot between its factors and an application U+2061, and brackets stand wherever a part would be read otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from markupsafe import Markup
from sympy import Add, Indexed, IndexedBase, Integer, Mul, Pow, Rational, Sum, Symbol
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Equivalent, Implies, Or
from sympy.printing.conventions import split_super_sub
from sympy.printing.precedence import PRECEDENCE, precedence
from sympy.printing.pretty.pretty_symbology import pretty_symbol
from sympy.printing.printer import Printer

from focal_symbolic.claims.abbreviations import PLAIN, Letters, definitions, shortened
from focal_symbolic.claims.claim import Claim
from focal_symbolic.claims.printing import NAMES, RELATIONS, factor_place, folded, line, over_and_under, stated
from focal_symbolic.claims.variables.kind import Variable
from focal_symbolic.claims.variables.number import Number
from focal_symbolic.definitions import gamma, slope_inverse, x
from focal_symbolic.language import Bijection, Bounded, Every, EveryPart, ExistsUnique, Finite, Supremum, i, n
from focal_symbolic.logic.terms import Term

__all__ = ["abbreviated", "definition", "inverse", "listed", "math", "parts", "statement", "supposed"]

MATHML = "http://www.w3.org/1998/Math/MathML"
TIMES, APPLIED = "<mo>&#x2062;</mo>", "<mo>&#x2061;</mo>"
DOT = "<mo>⋅</mo>"
SPACED = f'{TIMES}<mspace width="0.17em"/>'
"""A product in which the next factor is a function with a name of several letters."""
CONNECTIVES = {And: "∧", Or: "∨", Implies: "⇒", Equivalent: "⇔"}


def _mi(name: str) -> str:
    return f"<mi>{escape(name)}</mi>"


def _mo(sign: str) -> str:
    return f"<mo>{escape(sign)}</mo>"


def _mn(number: Any) -> str:
    return f"<mn>{number}</mn>"


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


TALL = re.compile("<(mfrac|msqrt|munder|mtable)")
"""What brackets grow for; for an index or an exponent they need not."""


def _fence(sign: str, form: str, inside: str) -> str:
    return f'<mo form="{form}"{"" if TALL.search(inside) else FIXED}>{sign}</mo>'


FIXED = ' stretchy="false"'


def _in(opening: str, inside: str, closing: str) -> str:
    return _row(_fence(opening, "prefix", inside), inside, _fence(closing, "postfix", inside))


def _bracketed(inside: str) -> str:
    return _in("(", inside, ")")


def _text(words: str) -> str:
    return f"<mtext>{escape(words)}</mtext>"


def _over(top: str, below: str) -> str:
    return f"<mfrac>{top}{below}</mfrac>"


def _name(name: str) -> str:
    """A variable with what stands below it: p_1 as p with the index 1."""
    stem, above, below = split_super_sub(name)
    if above or len(below) > 1:
        return _mi(pretty_symbol(name))
    symbol = _mi(pretty_symbol(stem))
    return f"<msub>{symbol}{_mn(below[0]) if below[0].isdigit() else _mi(below[0])}</msub>" if below else symbol


class _Numbers(Printer):  # type: ignore[misc]  # SymPy has no types
    """Numbers of SymPy as MathML, folded before; an object that is not of the language is an error."""

    printmethod = "_focal_mathml"
    _default_settings = {"order": None}  # noqa: RUF012  (so it is declared in SymPy)

    def emptyPrinter(self, expr: Any) -> str:  # noqa: N802  (SymPy's name)
        raise TypeError(f"{type(expr).__name__} has no MathML here")

    def part(self, expr: Any, level: int, strict: bool = False) -> str:
        """The part of a number, in brackets unless it holds together more tightly than the level, or as much if strict."""
        own = PRECEDENCE["Add"] if isinstance(expr, Sum) or _is_negative(expr) else precedence(expr)
        inside = str(self._print(expr))
        return _bracketed(inside) if own < level or (own == level and not strict) else inside

    def listed(self, items: Iterable[Any], sign: str = ",") -> str:
        """Parts between commas."""
        return _mo(sign).join(map(self._print, items))

    def _print_Symbol(self, expr: Symbol) -> str:  # noqa: N802
        return _name(expr.name)

    _print_Dummy = _print_Symbol  # noqa: N815

    def _print_IndexedBase(self, expr: IndexedBase) -> str:  # noqa: N802
        return _name(str(expr.label))

    def _print_Indexed(self, expr: Indexed) -> str:  # noqa: N802
        base, at = self._print(expr.base), self.listed(expr.indices)
        if expr.base.label.is_integer:
            return _row(base, APPLIED, _bracketed(at))
        return f"<msub>{base}{_row(at)}</msub>"

    def _print_Integer(self, expr: Integer) -> str:  # noqa: N802
        return _mn(expr.p) if expr.p >= 0 else _row(_mo("−"), _mn(-expr.p))

    def _print_Rational(self, expr: Rational) -> str:  # noqa: N802
        fraction = _over(_mn(abs(expr.p)), _mn(expr.q))
        return fraction if expr.p >= 0 else _row(_mo("−"), fraction)

    def _print_Infinity(self, expr: Any) -> str:  # noqa: N802
        return _mn("∞")

    def _print_NegativeInfinity(self, expr: Any) -> str:  # noqa: N802
        return _row(_mo("−"), _mn("∞"))

    def _print_Add(self, expr: Add) -> str:  # noqa: N802
        return _row(*(_mo(sign) * bool(sign) + inside for sign, inside in self.terms(expr)))

    def terms(self, expr: Add) -> list[tuple[str, str]]:
        """The terms of a sum, each with its sign; the first has one only if that is a minus."""
        out: list[tuple[str, str]] = []
        for term in self._as_ordered_terms(expr, order=None):
            negative = _is_negative(term)
            inside = self.part(-term if negative else term, PRECEDENCE["Add"])
            if isinstance(term, Sum):
                inside = str(self._print(term))
            out.append(("−" if negative else "+" if out else "", inside))
        return out

    def _print_Mul(self, expr: Mul) -> str:  # noqa: N802
        """Sign, number, symbols, families, powers, functions, sums; what divides under the stroke."""
        coefficient, rest = expr.as_coeff_Mul()
        over, under = over_and_under(coefficient, rest)
        top = self.product(over, alone=bool(under))
        number = _over(top, self.product(under, alone=True)) if under else top
        return _row(_mo("−"), number) if coefficient < 0 else number

    def product(self, factors: list[Any], alone: bool) -> str:
        """Factors one behind the other; one that stands alone above or below a stroke needs no brackets."""
        if not factors:
            return _mn(1)
        if len(factors) == 1 and alone:
            return str(self._print(factors[0]))
        out, before = "", None
        for factor in sorted(factors, key=factor_place):
            shown = self.part(factor, PRECEDENCE["Mul"])
            out += (_between(before, factor, shown) if before is not None else "") + shown
            before = factor
        return _row(out)

    def _print_Pow(self, expr: Pow) -> str:  # noqa: N802
        base, exponent = expr.args
        if exponent == Rational(1, 2):
            return f"<msqrt>{self._print(base)}</msqrt>"
        if exponent.is_Rational and exponent < 0:
            return _over(_mn(1), str(self._print(base**-exponent)))
        below = self.part(base, PRECEDENCE["Pow"])
        if base.is_Rational and not base.is_Integer:
            below = _bracketed(str(self._print(base)))
        if exponent.is_Rational and not exponent.is_Integer:
            return f"<msup>{below}{_row(_mn(exponent.p), _mo('/'), _mn(exponent.q))}</msup>"
        return f"<msup>{below}{self._print(exponent)}</msup>"

    def _print_Sum(self, expr: Sum) -> str:  # noqa: N802
        over, low, high = expr.limits[0]
        below = self._print(over)
        if (low, high) == (1, n):
            sign = f"<munder><mo>∑</mo>{below}</munder>"
        else:
            sign = f"<munderover><mo>∑</mo>{_row(below, _mo('='), self._print(low))}{self._print(high)}</munderover>"
        return _row(sign, self.part(expr.function, PRECEDENCE["Mul"], strict=True))

    def applied(self, head: str, arguments: Iterable[Any], sign: str = ",") -> str:
        """A function at its arguments."""
        return _row(head, APPLIED, _bracketed(self.listed(arguments, sign)))

    def _print_log(self, expr: Any) -> str:
        return self.applied(_mi("ln"), expr.args)

    def _print_exp(self, expr: Any) -> str:
        return self.applied(_mi("exp"), expr.args)

    def _print_Exp1(self, _: Any) -> str:  # noqa: N802
        return self.applied(_mi("exp"), (Integer(1),))

    def _print_Abs(self, expr: Any) -> str:  # noqa: N802
        return _in("|", self._print(expr.args[0]), "|")

    def _print_AppliedUndef(self, expr: AppliedUndef) -> str:  # noqa: N802
        name = expr.func.__name__
        if isinstance(expr, slope_inverse):
            return self.applied(f"<msup>{_mi('φ')}{_row(_mo('−'), _mn(1))}</msup>", expr.args, ";")
        return self.applied(_mi(name), expr.args, ";" if name in NAMES else ",")

    def _print_Piecewise(self, expr: Any) -> str:  # noqa: N802
        rows = (
            f"<mtr><mtd>{self._print(value)}</mtd><mtd>"
            + (_text("otherwise") if case == True else _row(_text("if\N{NO-BREAK SPACE}"), self._print(case)))  # noqa: E712
            + "</mtd></mtr>"
            for value, case in expr.args
        )
        return _row('<mo form="prefix">{</mo>', f"<mtable>{''.join(rows)}</mtable>")


class _MathML(_Numbers):
    """Numbers and statements as MathML."""

    def _print_Relational(self, expr: Relational) -> str:  # noqa: N802
        left, right = expr.args
        return _row(self._print(left), self.sign(expr), self._print(right))

    def sign(self, expr: Relational) -> str:
        """The sign of a relation, spaced as between two numbers wherever it stands."""
        return f'<mo form="infix">{escape(RELATIONS.get(expr.rel_op, expr.rel_op))}</mo>'

    _print_Equality = _print_Unequality = _print_Relational  # noqa: N815

    def clause(self, expr: Any) -> str:
        """A part of a compound statement, in brackets unless it is a plain one."""
        inside = self._print(expr)
        return str(inside if self.is_plain(expr) else _bracketed(inside))

    def is_plain(self, expr: Any) -> bool:
        """Whether a part of a compound statement needs no brackets."""
        return isinstance(expr, Relational | Finite | Bounded | Bijection | Symbol)

    def _connected(self, expr: Any) -> str:
        sign = f'<mo lspace="0.6em" rspace="0.6em">{CONNECTIVES[expr.func]}</mo>'
        return _row(sign.join(map(self.clause, expr.args)))

    _print_And = _print_Or = _print_Implies = _print_Equivalent = _connected  # noqa: N815

    def _print_Not(self, expr: Any) -> str:  # noqa: N802
        return _row(_mo("¬"), _bracketed(self._print(expr.args[0])))

    def _print_BooleanTrue(self, expr: Any) -> str:  # noqa: N802
        return _text("true")

    def _print_Every(self, expr: Any) -> str:  # noqa: N802
        return _row(_mo("∀"), self._print(expr.over), _mo(":"), '<mspace width="0.2em"/>', self._print(expr.body))

    def _print_ExistsUnique(self, expr: Any) -> str:  # noqa: N802
        return _row(self.unique(expr), self._print(expr.equation))

    def unique(self, expr: ExistsUnique) -> str:
        """That there is exactly one number in an interval, before what holds of it."""
        interval = _in("[", self.listed(expr.interval), "]")
        head = _row(_mo("∃"), _mo("!"), self._print(expr.unknown), _mo("∈"), interval, _mo(":"))
        return f'{head}<mspace width="0.2em"/>'

    def _print_Finite(self, expr: Finite) -> str:  # noqa: N802
        return _row(self._print(expr.value), _text("\N{NO-BREAK SPACE}is finite"))

    def _print_Supremum(self, expr: Supremum) -> str:  # noqa: N802
        return _row(_text("sup"), _bracketed(self._print(expr.args[0])))

    def _print_Bounded(self, expr: Bounded) -> str:  # noqa: N802
        return _row(_text("sup"), _bracketed(self._print(expr.args[0])), _text("\N{NO-BREAK SPACE}is finite"))

    def _print_EveryPart(self, expr: EveryPart) -> str:  # noqa: N802
        return _row(_mo("∀"), self._print(n), _mo(":"), '<mspace width="0.2em"/>', self._print(expr.args[0]))

    def _print_Bijection(self, expr: Bijection) -> str:  # noqa: N802
        return _row(self._print(expr.args[0]), _text("\N{NO-BREAK SPACE}is a bijection of the alphabet"))


def _is_negative(expr: Any) -> bool:
    """Whether a number is printed with a minus before it."""
    return bool(expr.is_number and expr.is_Rational and expr < 0) or (isinstance(expr, Mul) and expr.as_coeff_Mul()[0] < 0)


_BRACKET, _NUMBER = re.compile(r'<mrow><mo form="prefix"'), re.compile(r"(<\w+>)*<mn>")


def _between(before: Any, factor: Any, shown: str) -> str:
    """What stands between two factors, so that no product is read as a number or a function of something."""
    applied = _BRACKET.match(shown) and isinstance(before, Symbol | Indexed)
    if applied or _NUMBER.match(shown) or max(map(_letters, (before, factor))) > 1:
        return DOT
    return SPACED if getattr(factor, "is_Function", False) or isinstance(factor, Sum) else TIMES


def _letters(factor: Any) -> int:
    """How many letters a variable is written with."""
    return len(pretty_symbol(split_super_sub(factor.name)[0])) if isinstance(factor, Symbol) else 1


# -- for pages ---------------------------------------------------------------------------------------------------------------


def _element(inside: str) -> Markup:
    return Markup(f'<math xmlns="{MATHML}">{inside}</math>')


@cache
def _of_term(t: Term) -> Any:
    """What is printed of a term; many lines say the same."""
    return folded(stated(t))


@cache
def _math_of_term(t: Term) -> Markup:
    return _element(_MathML().doprint(_of_term(t)))


def _brief(expression: Any, names: Letters) -> Any:
    """What is printed of an expression or a term, with letters for some of its expressions."""
    return shortened(_of_term(expression) if isinstance(expression, Term) else folded(expression), names)


def math(expression: Any, names: Letters = PLAIN) -> Markup:
    """An expression or statement of SymPy, or a term, as one element; `names` are letters that stand for expressions."""
    if isinstance(expression, Term) and not names:
        return _math_of_term(expression)
    return _element(_MathML().doprint(_brief(expression, names)))


def parts(expression: Any, names: Letters = PLAIN) -> list[Markup]:
    """A statement in elements between which a line may be broken: behind connectives, before the signs of long relations."""
    return _elements(_brief(expression, names))


def _elements(node: Any) -> list[Markup]:
    return [_element(_row(part)) for part in _parts(_MathML(), node)]


def _parts(printer: _MathML, node: Any) -> list[str]:
    if isinstance(node, Every) and node.body.func in CONNECTIVES:
        (first, *rest) = _parts(printer, node.body)
        return [_row(_mo("∀"), printer.doprint(node.over), _mo(":")) + '<mspace width="0.2em"/>' + first, *rest]
    if node.func in CONNECTIVES:
        return [part for clause in _clauses(printer, node) for part in clause]
    if isinstance(node, ExistsUnique):
        return [printer.unique(node), *_parts(printer, node.equation)]
    shown = printer.doprint(node)
    if isinstance(node, Relational) and len(_TAG.sub("", shown)) > LONG:
        left, (first, *right) = (_summands(printer, side) for side in node.args)
        return [*left, printer.sign(node) + first, *right]
    return [shown]


def _clauses(printer: _MathML, node: Any) -> list[list[str]]:
    """The parts of each clause of a compound statement, with its brackets and the sign behind it."""
    sign = f'<mo form="postfix" lspace="0.4em" rspace="0.5em">{CONNECTIVES[node.func]}</mo>'
    out: list[list[str]] = []
    for place, clause in enumerate(node.args):
        own = _parts(printer, clause)
        if not printer.is_plain(clause):
            opened, closed = (f'<mo form="{form}"{FIXED}>{mark}</mo>' for form, mark in (("prefix", "("), ("postfix", ")")))
            own = [opened + own[0], *own[1:]]
            own[-1] += closed
        if place < len(node.args) - 1:
            own[-1] += sign
        out.append(own)
    return out


def _summands(printer: _MathML, side: Any) -> list[str]:
    """One side of a relation, a long sum term by term."""
    shown = printer.doprint(side)
    if not isinstance(side, Add) or len(_TAG.sub("", shown)) <= LONG:
        return [shown]
    (sign, first), *others = printer.terms(side)
    return [_row(_mo(sign), first) if sign else first, *(f'<mo form="infix">{sign}</mo>{inside}' for sign, inside in others)]


_TAG = re.compile("<[^>]*>")
LONG = 28
"""Signs in a relation that may be broken."""


def statement(expression: Any, names: Letters = PLAIN) -> Markup:
    """A statement that may be broken between its parts; `names` are letters that stand for expressions.

    Of a long conjunction each clause has a line of its own.
    """
    node = _brief(expression, names)
    if node.func is not And or len(_TAG.sub("", _MathML().doprint(node))) <= LONG:
        return BREAK.join(_elements(node))
    lines = (BREAK.join(_element(_row(part)) for part in clause) for clause in _clauses(_MathML(), node))
    return Markup("").join(Markup('<span class="clause">{}</span>').format(clause) for clause in lines)


BREAK = Markup("<wbr />")
"""Where a line may be broken and no room is left."""


def _hypothesis(variable: Variable) -> Markup:
    """What a claim supposes of a variable: as formulas where its words are such, else in its words."""
    if isinstance(variable, Number) and len(variable.assumptions) == 2:
        opening, closing = "(" if variable.low_open else "[", ")" if variable.high_open else "]"
        ends = _MathML().listed((folded(variable.low), folded(variable.high)))
        return _element(_row(_MathML().doprint(variable.symbol), _mo("∈"), _in(opening, ends, closing)))
    if variable.assumptions and variable.words == Variable.words.fget(variable):  # type: ignore[attr-defined]
        return listed(map(math, variable.assumptions))
    known = [one for name in ("index", "symbol", "base") if (one := getattr(variable, name, None)) is not None]
    for symbol in (*known, *(one[i] for one in known if isinstance(one, IndexedBase))):
        if re.match(f"{re.escape(line(symbol))}(?!\\w)", variable.words):
            return math(symbol) + Markup.escape(variable.words[len(line(symbol)) :])
    return Markup.escape(variable.words)


def listed(some: Iterable[Markup], end: str = "") -> Markup:
    """Formulas between commas, none of which begins a line; `end`: what stands behind the last."""
    every = [*some]
    kept = Markup('<span class="kept">{}{}</span>')
    ended = [kept.format(one, ",") for one in every[:-1]] + [kept.format(one, end) if end else one for one in every[-1:]]
    return Markup(" ").join(ended)


def supposed(claim: Claim) -> list[Markup]:
    """The hypotheses of a claim, one for each variable, then what it supposes beyond them."""
    return [shown for variable in claim.variables if (shown := _hypothesis(variable))] + [*map(statement, claim.where)]


def abbreviated(names: Letters) -> list[Markup]:
    """What each letter stands for."""
    printer = _MathML()
    return [_defined(printer, printer.doprint(letter), one) for letter, one in definitions(names)]


def _defined(printer: _MathML, head: str, formula: Any) -> Markup:
    """What a name stands for, a long sum term by term."""
    first, *others = _summands(printer, formula)
    return BREAK.join(_element(_row(part)) for part in (f'{head}<mo form="infix">=</mo>{first}', *others))


def definition(name: str, formula: Any) -> Markup:
    """What a formula's name stands for; for ℓ″ the formula is that of ℓ."""
    printer = _MathML()
    second = name == "ℓ″"
    head = printer.applied(_mi("ℓ" if second else name), (x,))
    shown = _defined(printer, head, formula)
    return Markup("ℓ″ is the second derivative of ") + shown if second else shown


def inverse() -> Markup:
    """What the inverse of the slope stands for."""
    printer = _MathML()
    y = Symbol("y")
    slope = _row(printer.applied(_mi("φ"), (x,)), '<mo form="infix">=</mo>', printer.doprint(y))
    return math(slope_inverse(y, gamma)) + Markup(" is the x in (0, 1) with ") + _element(slope)
