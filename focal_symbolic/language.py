"""The language of statements: SymPy expressions over one finite alphabet {1, ..., n}.

A statement is a SymPy Boolean. Free real symbols are universally quantified; a free index (`i`, `j`, `k`) ranges over the
alphabet. To SymPy's own connectives this module adds those that it lacks: `Every` (over the alphabet), `ExistsUnique`
(a real number in a closed interval) and `Finite` (of a value in [-oo, +oo]).

A family of numbers goes on beyond the alphabet. `Supremum`, `Bounded` and `EveryPart` are about every size of the alphabet in
turn, that is, about the first n letters of an alphabet without end: the supremum of the finite sums of nonnegative terms is
their sum over all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Expr, Indexed, IndexedBase, Sum, Symbol, Tuple, sympify
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import And, Boolean, Equivalent, Implies, Or

__all__ = [
    "NEVER",
    "And",
    "Bijection",
    "Bounded",
    "Eq",
    "Equivalent",
    "Every",
    "EveryPart",
    "ExistsUnique",
    "Finite",
    "Ge",
    "Gt",
    "Implies",
    "Le",
    "Lt",
    "Ne",
    "Or",
    "Supremum",
    "array",
    "i",
    "index",
    "j",
    "k",
    "letters",
    "mass",
    "n",
    "positive",
    "real",
    "substitute",
    "total",
    "whole",
]

n = Symbol("n", integer=True, positive=True)
"""The size of the alphabet."""
i, j, k = (Symbol(name, integer=True) for name in "ijk")


def real(name: str) -> Symbol:
    """A real variable. Positivity and the like are hypotheses of a statement, never assumptions hidden in a symbol."""
    return Symbol(name, real=True)


def index(name: str) -> Symbol:
    """An index that ranges over the alphabet {1, ..., n}."""
    return Symbol(name, integer=True)


def array(name: str) -> IndexedBase:
    """A family of n reals, one for each letter of the alphabet."""
    return IndexedBase(name, shape=(n,), real=True)


def letters(name: str) -> IndexedBase:
    """A family of n letters, such as a bijection of the alphabet."""
    return IndexedBase(Symbol(name, integer=True), shape=(n,))


def total(summand: Expr, over: Symbol = i) -> Sum:
    """The sum of `summand` over the alphabet."""
    return Sum(summand, (over, 1, n))


def positive(number: Expr) -> Gt:
    """The number is positive: a statement also where SymPy can work it out."""
    return Gt(number, 0, evaluate=False)


NEVER = Lt(0, 0, evaluate=False)
"""What does not hold: the end of a proof by contradiction."""


def mass(family: IndexedBase) -> Eq:
    """The family sums to 1."""
    return Eq(total(family[i]), 1)


class Every(Boolean):  # type: ignore[misc]  # SymPy has no types
    """`Every(body, i)`: the body holds at each letter i of the alphabet."""

    def __new__(cls, body: Boolean, over: Symbol = i) -> Every:
        node: Every = super().__new__(cls, sympify(body), over)
        return node

    @property
    def body(self) -> Boolean:
        return self.args[0]

    @property
    def over(self) -> Symbol:
        return self.args[1]

    @property
    def free_symbols(self) -> set[Any]:
        return {*self.body.free_symbols} - {self.over}

    @property
    def bound_symbols(self) -> set[Any]:
        return {self.over}

    def _sympystr(self, printer: Any) -> str:
        return f"for every {printer._print(self.over)}: {printer._print(self.body)}"

    def _latex(self, printer: Any) -> str:
        return rf"\forall {printer._print(self.over)}\colon\ {printer._print(self.body)}"


class ExistsUnique(Boolean):  # type: ignore[misc]  # SymPy has no types
    """`ExistsUnique(equation, (x, low, high))`: exactly one real x in [low, high] satisfies the equation."""

    def __new__(cls, equation: Boolean, over: tuple[Any, ...]) -> ExistsUnique:
        node: ExistsUnique = super().__new__(cls, sympify(equation), Tuple(*over))
        return node

    @property
    def equation(self) -> Boolean:
        return self.args[0]

    @property
    def unknown(self) -> Symbol:
        return self.args[1][0]

    @property
    def interval(self) -> tuple[Expr, Expr]:
        return self.args[1][1], self.args[1][2]

    @property
    def free_symbols(self) -> set[Any]:
        low, high = self.interval
        return {*self.equation.free_symbols} - {self.unknown} | {*low.free_symbols, *high.free_symbols}

    @property
    def bound_symbols(self) -> set[Any]:
        return {self.unknown}

    def _sympystr(self, printer: Any) -> str:
        low, high = map(printer._print, self.interval)
        return f"exactly one {printer._print(self.unknown)} in [{low}, {high}]: {printer._print(self.equation)}"

    def _latex(self, printer: Any) -> str:
        low, high = map(printer._print, self.interval)
        name = printer._print(self.unknown)
        return rf"\exists!\, {name} \in \left[{low},\, {high}\right]\colon\ {printer._print(self.equation)}"


class Finite(Boolean):  # type: ignore[misc]  # SymPy has no types
    """`Finite(value)`: the value, in [-oo, +oo], is a real number."""

    def __new__(cls, value: Expr) -> Finite:
        node: Finite = super().__new__(cls, sympify(value))
        return node

    @property
    def value(self) -> Expr:
        return self.args[0]

    def _sympystr(self, printer: Any) -> str:
        return f"{printer._print(self.value)} is finite"

    def _latex(self, printer: Any) -> str:
        return rf"{printer._print(self.value)} < \infty"


class Bijection(Boolean):  # type: ignore[misc]  # SymPy has no types
    """`Bijection(sigma)`: the family sigma of letters takes each letter of the alphabet exactly once."""

    def __new__(cls, family: IndexedBase) -> Bijection:
        node: Bijection = super().__new__(cls, family)
        return node

    def _sympystr(self, printer: Any) -> str:
        return f"{printer._print(self.args[0])} is a bijection of the alphabet"

    def _latex(self, printer: Any) -> str:
        return rf"{printer._print(self.args[0])}\ \text{{is a bijection}}"


class _AtEverySize:
    """What is read at every size of the alphabet: the size is bound in it."""

    @property
    def free_symbols(self) -> set[Any]:
        return {*self.args[0].free_symbols} - {n}  # type: ignore[attr-defined]


class Supremum(_AtEverySize, Expr):  # type: ignore[misc]  # SymPy has no types
    """`Supremum(number)`: the least upper bound of the number over all sizes of the alphabet, where there is one."""

    is_extended_real = True
    is_commutative = True

    def __new__(cls, number: Expr) -> Supremum:
        node: Supremum = super().__new__(cls, sympify(number))
        return node

    def _sympystr(self, printer: Any) -> str:
        return f"sup over n of ({printer._print(self.args[0])})"

    def _latex(self, printer: Any) -> str:
        return rf"\sup_n \left({printer._print(self.args[0])}\right)"


class Bounded(_AtEverySize, Boolean):  # type: ignore[misc]  # SymPy has no types
    """`Bounded(number)`: some real number is at least the number at every size of the alphabet."""

    def __new__(cls, number: Expr) -> Bounded:
        node: Bounded = super().__new__(cls, sympify(number))
        return node

    def _sympystr(self, printer: Any) -> str:
        return f"sup over n of ({printer._print(self.args[0])}) is finite"

    def _latex(self, printer: Any) -> str:
        return rf"\sup_n \left({printer._print(self.args[0])}\right) < \infty"


class EveryPart(_AtEverySize, Boolean):  # type: ignore[misc]  # SymPy has no types
    """`EveryPart(statement)`: the statement holds at every size of the alphabet."""

    def __new__(cls, statement: Boolean) -> EveryPart:
        node: EveryPart = super().__new__(cls, sympify(statement))
        return node

    def _sympystr(self, printer: Any) -> str:
        return f"for every n: {printer._print(self.args[0])}"

    def _latex(self, printer: Any) -> str:
        return rf"\forall n\colon\ {printer._print(self.args[0])}"


def whole(summand: Expr, over: Symbol = i) -> Supremum:
    """The sum of nonnegative terms over an alphabet without end: the supremum of the sums over its first n letters."""
    return Supremum(total(summand, over))


def substitute(node: Any, mapping: dict[Any, Any]) -> Any:
    """Replace symbols, and families through templates, without evaluating any relation.

    A key is a symbol, or a family (an IndexedBase) with value (index, template): family[t] becomes template[index := t].
    Raises ValueError if what is put in would be captured by a Sum, an Every or an ExistsUnique, or speaks of one size of the
    alphabet where every size is meant.
    """
    if node in mapping:
        return mapping[node]
    if isinstance(node, Indexed):
        at = substitute(node.indices[0], mapping)
        if node.base in mapping:
            over, template = mapping[node.base]
            return substitute(template, {over: at})
        return node.base[at]
    if not node.args:
        return node
    if isinstance(node, _AtEverySize):
        inside = {a.base if isinstance(a, Indexed) else a for a in _preorder_all(node)}
        if any(_is_sized(b[1] if isinstance(b, tuple) else b) for a, b in mapping.items() if a in inside):
            raise ValueError(f"{n} would be captured")
    if isinstance(node, Sum | Every | ExistsUnique):
        bound = {node.limits[0][0]} if isinstance(node, Sum) else node.bound_symbols
        inside = {a.base if isinstance(a, Indexed) else a for a in _preorder_all(node)}
        mapping = {a: b for a, b in mapping.items() if a not in bound and a in inside}
        incoming = set().union(
            *(b[1].free_symbols - {b[0]} if isinstance(b, tuple) else b.free_symbols for b in mapping.values())
        )
        if bound & incoming:
            raise ValueError(f"{min(map(str, bound & incoming))} would be captured")
        if isinstance(node, Sum):
            return node.func(substitute(node.function, mapping), *node.limits)
        if isinstance(node, Every):
            return Every(substitute(node.body, mapping), node.over)
    args = [substitute(a, mapping) for a in node.args]
    return node.func(*args, evaluate=False) if isinstance(node, Relational) else node.func(*args)


def _is_sized(node: Any) -> bool:
    """Whether a formula speaks of the size of the alphabet; that a family has so many entries is no such word."""
    return bool(node == n) or (not isinstance(node, IndexedBase | _AtEverySize) and any(map(_is_sized, node.args)))


def _preorder_all(node: Any) -> Iterator[Any]:
    yield node
    for a in node.args:
        yield from _preorder_all(a)
