"""Letters for what a long statement says again and again, so that a reader sees its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sympy import Add, Basic, Expr, Indexed, Mul, Pow, Sum, Symbol
from sympy.core.relational import Relational

from focal_symbolic.claims.printing import folded, line
from focal_symbolic.language import Bounded, EveryPart, Supremum

__all__ = ["PLAIN", "Letters", "abbreviations", "brief", "definitions", "shortened"]

Letters = Mapping[Expr, Symbol]
"""Expressions with the letter for each, in the order in which they are taken out; one may contain letters of others."""

PLAIN: Letters = MappingProxyType({})
"""No letters."""

LETTERS = "ACDFGKLMRTUVWXYZ"
"""Capitals that are read as nothing else: not as B, E, H, I, N, O, P, Q or S."""

LONG = 160
"""Signs of a statement that is read at a glance: no shorter one is abbreviated."""

OFTEN = 3
"""How often an expression is said before it gets a letter."""

TWICE = 60
"""Signs of an expression that gets one although it is said only twice."""

WORTH = 9
"""Signs of an expression that is worth a letter."""

SAVED = 30
"""Signs that a letter must save."""


def abbreviations(statement: Basic) -> dict[Expr, Symbol]:
    """Letters for the expressions that a long statement says over and over, the longest first.

    Parameters
    ----------
    statement : Basic
        A statement of SymPy.

    Returns
    -------
    dict
        Expressions, with formulas by their names, and the capital that stands for each; an expression may contain other
        letters. Empty where the statement is short or says nothing long often.

    Examples
    --------
    >>> from sympy import And, Eq, log
    >>> from focal_symbolic.language import real
    >>> x, y = real("x"), real("y")
    >>> long = log(x + y**2 + 1) + y
    >>> [*abbreviations(And(*(Eq(x**k * log(long), k * x * long) for k in range(2, 9)))).values()]
    [A]
    >>> abbreviations(Eq(x, y))
    {}
    """
    node, found = folded(statement), dict[Expr, Symbol]()
    taken = {line(symbol) for symbol in node.atoms(Symbol)}
    for name in (name for name in LETTERS if name not in taken):
        if len(line(node, fold=False)) <= LONG:
            break
        said = Counter(_compound(node))
        words = {one: line(one, fold=False) for one, count in said.items() if count > 1}
        words = {one: text for one, text in words.items() if said[one] >= OFTEN or len(text) >= TWICE}
        saved = {one: (said[one] - 1) * len(text) for one, text in words.items() if len(text) >= WORTH}
        best = max(saved, key=lambda one: (saved[one], words[one]), default=None)
        if best is None or saved[best] < SAVED:
            break
        found[best] = Symbol(name)
        node = shortened(node, {best: found[best]})
    return found


def _compound(node: Any, bound: frozenset[Symbol] = frozenset()) -> Iterator[Expr]:
    """The sums, products and powers of an expression, as often as they stand there, that hold nothing bound outside of them."""
    if not isinstance(node, Basic) or isinstance(node, Indexed | Supremum | Bounded | EveryPart):
        return
    if isinstance(node, Add | Mul | Pow | Sum) and not node.is_number and not bound & node.free_symbols:
        yield -node if _is_negative(node) else node
    for part in node.args:
        yield from _compound(part, bound | frozenset(getattr(node, "bound_symbols", ())))


def _is_negative(node: Expr) -> bool:
    """Whether a product begins with a minus, which is said beside its letter."""
    return isinstance(node, Mul) and node.args[0] == -1


def shortened(node: Any, names: Letters) -> Any:
    """A statement with letters for some of its expressions; formulas must be named (`printing.folded`) already."""
    for expression, letter in names.items():
        node = _replaced(node, expression, letter)
    return node


def _replaced(node: Any, expression: Expr, letter: Symbol) -> Any:
    """A statement with a letter where an expression stands that means the same as outside."""
    if node == expression:
        return letter
    if isinstance(node, Mul) and _is_negative(node) and -node == expression:
        return -letter
    if not isinstance(node, Basic) or not node.args or isinstance(node, Indexed | Supremum | Bounded | EveryPart):
        return node
    if not expression.free_symbols.isdisjoint(getattr(node, "bound_symbols", ())):
        return node
    args = [_replaced(a, expression, letter) for a in node.args]
    return node.func(*args, evaluate=False) if isinstance(node, Relational) else node.func(*args)


def brief(expression: Basic, names: Letters) -> str:
    """An expression or a statement on one line, with letters for some of its expressions."""
    return line(shortened(folded(expression), names), fold=False)


def definitions(names: Letters) -> Iterator[tuple[Symbol, Expr]]:
    """What each letter stands for, said with the others."""
    pairs = list(names.items())
    for place, (expression, letter) in enumerate(pairs, start=1):
        yield letter, shortened(expression, dict(pairs[place:]))
