"""What the kernel computes with: signs, definedness and a normal form, all by exact rational arithmetic.

Nothing here asks SymPy for a sign, a limit or a simplification. It is used for four things only: building expressions,
exact arithmetic of polynomials over the rationals (`expand`, `factor_list`, `together`), `diff`, and structural equality.

A sign is a set: `signs(e)` is a subset of {-1, 0, 1} that holds the sign of e wherever the facts hold. An empty answer never
occurs and an unknown one is the whole set, so that "unknown" can never be read as "yes".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce

from sympy import (
    Abs,
    Add,
    Dummy,
    Expr,
    Indexed,
    IndexedBase,
    Integer,
    Mul,
    Piecewise,
    Pow,
    Rational,
    S,
    Sum,
    Symbol,
    Tuple,
    exp,
    expand,
    factor_list,
    factorint,
    fraction,
    log,
    oo,
    together,
)
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import And, Boolean, BooleanAtom, Equivalent, Implies, Not, Or

from focal_symbolic.definitions import slope_inverse
from focal_symbolic.language import Bijection, Every, ExistsUnique, Finite, n

__all__ = [
    "NEGATIVE",
    "NONNEGATIVE",
    "POSITIVE",
    "ZERO",
    "Facts",
    "alike",
    "conditions",
    "free",
    "oriented",
    "same",
    "slack",
    "substitute",
    "well_formed",
]

POSITIVE, ZERO, NEGATIVE = frozenset({1}), frozenset({0}), frozenset({-1})
NONNEGATIVE, NONPOSITIVE = frozenset({0, 1}), frozenset({-1, 0})
NONZERO, ANY = frozenset({-1, 1}), frozenset({-1, 0, 1})
DEPTH = 2
"""How many facts may be added up to find one sign."""


def oriented(statement: Boolean) -> Boolean:
    """The statement with every `>` turned into `<`, so that a > b and b < a are the same object."""
    if isinstance(statement, Gt | Ge):
        kind = Lt if isinstance(statement, Gt) else Le
        return kind(statement.rhs, statement.lhs, evaluate=False)
    if isinstance(statement, Relational | BooleanAtom):
        return statement
    if isinstance(statement, Every):
        return Every(oriented(statement.body), statement.over)
    if isinstance(statement, Boolean) and statement.args and not isinstance(statement, ExistsUnique):
        args = [oriented(a) if isinstance(a, Boolean) else a for a in statement.args]
        return statement.func(*args, evaluate=False) if statement.func.is_Boolean and len(args) > 1 else statement
    return statement


def slack(relation: Relational) -> Expr:
    """The difference that the relation says is >= 0 or > 0 (or = 0, or nonzero)."""
    return relation.rhs - relation.lhs if isinstance(relation, Lt | Le) else relation.lhs - relation.rhs


def alike(left: Boolean, right: Boolean) -> bool:
    """Whether two statements are one wherever both are defined.

    One structure, or relations of one kind with the same expanded difference.
    """
    left, right = oriented(left), oriented(right)
    if left == right:
        return True
    if isinstance(left, Every) and isinstance(right, Every):
        letter = Dummy("letter", integer=True)
        return alike(left.body.xreplace({left.over: letter}), right.body.xreplace({right.over: letter}))
    if not (isinstance(left, Relational) and type(left) is type(right)):
        return False
    a, b = slack(left), slack(right)
    if not (isinstance(a, Expr) and isinstance(b, Expr)) or a.has(S.NaN, S.ComplexInfinity) or b.has(S.NaN):
        return False
    return expand(a - b) == 0 or (isinstance(left, Eq | Ne) and expand(a + b) == 0)


def same(left: Boolean, right: Boolean) -> bool:
    """Whether `left` gives `right` as it stands: alike, and nothing is asked to be defined on the right alone.

    x (1/x + 1) > 0 says more than 1 + x > 0.
    """
    return alike(left, right) and (oriented(left) == oriented(right) or conditions(right) <= conditions(left))


def conditions(node: Boolean | Expr) -> set:
    """What must be defined for a statement to be: its logarithms, quotients and real powers, with expanded arguments."""
    if isinstance(node, Indexed):
        return set()
    found = set().union(*map(conditions, node.args))
    if isinstance(node, Pow) and node.exp.is_Integer:
        return found | ({("quotient", expand(node.base))} if node.exp < 0 else set())
    if isinstance(node, Pow | log | slope_inverse):
        found.add((node.func, *map(expand, node.args)))
    return found


_RELATIONS = {Lt, Le, Gt, Ge, Eq, Ne}
_CONNECTIVES = {And, Or, Not, Implies, Equivalent}
_OPERATIONS = {Add, Mul, Pow, log, exp, Abs, slope_inverse}
_REAL, _INTEGER = Symbol("_x", real=True).assumptions0, Symbol("_x", integer=True).assumptions0


def well_formed(statement: Boolean) -> None:
    """Raise ValueError unless the statement is of the language.

    Numbers are rational; a variable is real and assumed to be nothing else; an index is a letter or sigma[letter]; sums run
    over the alphabet, one at a time; oo stands in a value by cases alone. So no float, complex number, pole or assumption
    that SymPy would reason with hides in a theorem, and neither does a truth value that SymPy has worked out.
    """
    kind = type(statement)
    numbers: Sequence[Expr] = ()
    statements: Sequence[Boolean] = ()
    if kind in _RELATIONS:
        numbers = statement.args
    elif kind in _CONNECTIVES:
        statements = statement.args
    elif kind is Every and _is_letter(statement.over):
        statements = (statement.body,)
    elif (
        kind is ExistsUnique
        and _is_variable(statement.unknown)
        and statement.unknown not in Tuple(*statement.interval).free_symbols
    ):
        numbers, statements = statement.interval, (statement.equation,)
    elif kind is Finite:
        value = statement.value
        if isinstance(value, Sum) and _over_alphabet(value):
            value = value.function
        cases = value.args if isinstance(value, Piecewise) else ((value, S.true),)
        numbers, statements = [a for a, _ in cases if a != oo], [case for _, case in cases if case != S.true]
    elif not (kind is Bijection and _is_family(statement.args[0], _INTEGER)):
        raise ValueError(f"{statement} is not a statement of the language")
    for part in numbers:
        _number(part)
    for part in statements:
        well_formed(part)


def _number(e: Expr) -> None:
    if isinstance(e, Rational) or e in (n, S.Exp1) or _is_variable(e):
        return
    if isinstance(e, Indexed) and _is_family(e.base, _REAL) and len(e.indices) == 1 and _is_letter(e.indices[0]):
        return
    if not (_over_alphabet(e) if isinstance(e, Sum) else e.func in _OPERATIONS):
        raise ValueError(f"{e} is not an expression of the language")
    for part in e.args[:1] if isinstance(e, Sum) else e.args:
        _number(part)


def _is_variable(e: Expr) -> bool:
    return type(e) is Symbol and e.assumptions0 == _REAL and not e.name.startswith("_")


def _is_family(base: IndexedBase, assumptions: dict) -> bool:
    return base.shape == (n,) and base.label.assumptions0 == assumptions


def _is_letter(at: Expr) -> bool:
    if isinstance(at, Indexed):
        return _is_family(at.base, _INTEGER) and len(at.indices) == 1 and _is_letter(at.indices[0])
    return type(at) is Symbol and at.assumptions0 == _INTEGER and not at.name.startswith("_")


def _over_alphabet(e: Sum) -> bool:
    return len(e.limits) == 1 and type(e.limits[0][0]) is Symbol and _is_letter(e.limits[0][0]) and e.limits[0][1:] == (1, n)


def free(statement: Boolean) -> set[Symbol]:
    """The free symbols: variables, families and indices."""
    return {a for a in statement.free_symbols if not isinstance(a, Indexed)}


def substitute(node, mapping: dict):
    """Replace symbols, and families through templates, without evaluating any relation.

    A key is a symbol, or a family (an IndexedBase) with value (index, template): family[t] becomes template[index := t].
    Raises ValueError if what is put in would be captured by a Sum, an Every or an ExistsUnique.
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


def _preorder_all(node):
    yield node
    for a in node.args:
        yield from _preorder_all(a)


def _plus(a: frozenset, b: frozenset) -> frozenset:
    return reduce(frozenset.union, ({x or y} if x * y >= 0 else ANY for x in a for y in b), frozenset())


def _times(a: frozenset, b: frozenset) -> frozenset:
    return frozenset(x * y for x in a for y in b)


def _of(number: Expr) -> frozenset:
    return frozenset({(number.p > 0) - (number.p < 0)})


@lru_cache(maxsize=100_000)
def _terms(e: Expr) -> dict:
    return dict(expand(e).as_coefficients_dict())


class Facts:
    """Relations that hold, and what follows from them by sign rules.

    arguments: relations (others are ignored); `generic`: the indices that range over the whole alphabet in them, so that
    they also hold of a bound index.
    """

    def __init__(self, relations: Iterable[Boolean] = (), generic: Iterable[Symbol] = ()):
        self.relations = [r for r in map(oriented, relations) if isinstance(r, Relational)]
        self.generic = frozenset(generic)
        self._slacks = [(_terms(n - 1), NONNEGATIVE)]  # the alphabet is not empty
        for relation in self.relations:
            signs = {Lt: POSITIVE, Le: NONNEGATIVE, Eq: ZERO, Ne: NONZERO}[type(oriented(relation))]
            self._slacks.append((_terms(slack(relation)), signs))
        self._defined = {a for r in self.relations for a in _subterms(r)}
        self._signs: dict = {}
        self._normal: dict[Expr, Expr] = {}
        self.atoms: dict[Expr, Dummy] = {}
        self._meaning: dict[Dummy, Expr] = {}

    # -- signs ---------------------------------------------------------------------------------------------------------

    def signs(self, e: Expr, depth: int = DEPTH) -> frozenset:
        """The signs that e can have."""
        if (e, depth) not in self._signs:
            self._signs[e, depth] = ANY  # a fact is not used to prove itself
            found = self._structural(e, depth)
            if len(found) > 1 and not e.is_Rational:
                found &= self._by_facts(e, depth)
            if len(found) > 1 and e.is_Add and depth:
                found &= self._by_factors(e, depth)
            self._signs[e, depth] = found or ANY
        return self._signs[e, depth]

    def _structural(self, e: Expr, depth: int) -> frozenset:
        if e.is_Rational:
            return _of(e)
        if e in (n, S.Exp1) or isinstance(e, exp):
            return POSITIVE
        if e.is_Add:
            return reduce(_plus, (self.signs(a, depth) for a in e.args))
        if e.is_Mul:
            return reduce(_times, (self.signs(a, depth) for a in e.args))
        if isinstance(e, Pow):
            return self._of_power(e.base, e.exp, depth)
        if isinstance(e, Abs):
            return frozenset(abs(x) for x in self.signs(e.args[0], depth))
        if isinstance(e, log) and self.signs(e.args[0], depth) == POSITIVE:
            return self.signs(e.args[0] - 1, depth)
        if isinstance(e, Sum):
            over = e.limits[0][0]
            inner = self.under(over).signs(e.function, depth)
            return inner if len(inner) == 1 or inner in (NONNEGATIVE, NONPOSITIVE) else ANY
        if isinstance(e, slope_inverse) and all(self.signs(a, depth) == POSITIVE for a in e.args):
            return POSITIVE
        return ANY

    def _of_power(self, base: Expr, exponent: Expr, depth: int) -> frozenset:
        of = self.signs(base, depth)
        if exponent.is_Integer:
            powers = frozenset((x if exponent % 2 else abs(x)) for x in of)
            return powers - ZERO if exponent < 0 else powers
        if of == POSITIVE:
            return POSITIVE
        return NONNEGATIVE if of <= NONNEGATIVE else ANY

    def _by_facts(self, e: Expr, depth: int) -> frozenset:
        """Write e = c * (slack of a fact) + rest, for each term that they share."""
        found, terms = ANY, _terms(e)
        for fact, signs in self._slacks:
            for ratio in sorted({terms[t] / fact[t] for t in fact if t in terms and t != 1}, key=str):
                rest = expand(Add(*(c * t for t, c in terms.items())) - ratio * Add(*(c * t for t, c in fact.items())))
                if rest.is_Rational:
                    found &= _plus(_times(_of(ratio), signs), _of(rest))
                elif depth:
                    found &= _plus(_times(_of(ratio), signs), self.signs(rest, depth - 1))
        return found

    def _by_factors(self, e: Expr, depth: int) -> frozenset:
        hidden = self._opaque(e)
        numerator, denominator = fraction(together(hidden))
        content, factors = factor_list(numerator)
        if len(factors) + (denominator != 1) < 2 and not (factors and factors[0][1] > 1):
            return ANY
        parts = [(self.restore(f), k) for f, k in factors] + [(self.restore(denominator), -1)]
        return reduce(_times, (self._of_power(f, Integer(k), depth - 1) for f, k in parts), _of(content))

    def under(self, over: Symbol) -> Facts:
        """The facts that hold of a bound index: those generic in it, and those that do not mention it."""
        if over in self.generic:
            return self
        return Facts([r for r in self.relations if over not in r.free_symbols], self.generic)

    # -- definedness ---------------------------------------------------------------------------------------------------

    def undefined(self, e: Expr) -> Expr | None:
        """A part of e that the facts do not show to be defined, or None: logarithms, quotients, real powers."""
        if isinstance(e, Rational | Indexed) or e == S.Exp1 or e in self._defined:
            return None
        if not e.args:
            return None if e.is_Symbol else e
        if isinstance(e, Sum):
            return self.under(e.limits[0][0]).undefined(e.function)
        bad = next((b for b in map(self.undefined, e.args) if b is not None), None)
        if bad is not None:
            return bad
        if isinstance(e, log) and self.signs(e.args[0]) != POSITIVE:
            return e
        if isinstance(e, slope_inverse) and any(self.signs(a) != POSITIVE for a in e.args):
            return e
        if isinstance(e, Pow):
            base, exponent = self.signs(e.base), e.exp
            if exponent.is_Integer:
                return e if exponent < 0 and 0 in base else None
            return None if base == POSITIVE or (base <= NONNEGATIVE and self.signs(exponent) <= NONNEGATIVE) else e
        return None if isinstance(e, Add | Mul | log | exp | Abs | slope_inverse) else e

    # -- normal form ---------------------------------------------------------------------------------------------------

    def vanishes(self, e: Expr) -> bool:
        """Whether e is zero as a rational function of its logarithms, powers, sums and variables.

        Laws of logarithms and powers are used where the facts show that the bases are positive, and sums are linear.
        """
        numerator, _ = fraction(together(self.normal(e)))
        return expand(numerator) == 0

    def restore(self, e: Expr) -> Expr:
        """The expression with each atom replaced by what it stands for."""
        while hidden := e.atoms(Dummy) & self._meaning.keys():
            e = e.xreplace({d: self._meaning[d] for d in hidden})
        return e

    def _atom(self, e: Expr) -> Dummy:
        if e not in self.atoms:
            self.atoms[e] = Dummy(f"a{len(self.atoms)}", real=True)
            self._meaning[self.atoms[e]] = e
        return self.atoms[e]

    def _opaque(self, e: Expr) -> Expr:
        """A rational function: everything that is not arithmetic becomes an atom as it stands."""
        if e.is_Rational or e.is_Symbol:
            return e
        if e.is_Add or e.is_Mul:
            return e.func(*map(self._opaque, e.args))
        if isinstance(e, Pow) and e.exp.is_Integer:
            return self._opaque(e.base) ** e.exp
        return self._atom(e)

    def normal(self, e: Expr) -> Expr:
        """A rational function in variables and atoms; equal expressions mostly get the same one."""
        if e not in self._normal:
            self._normal[e] = self._normalised(e)
        return self._normal[e]

    def _normalised(self, e: Expr) -> Expr:
        if e.is_Rational or e.is_Symbol:
            return e
        if isinstance(e, Indexed):
            return self._atom(e)
        if e.is_Add or e.is_Mul:
            return e.func(*map(self.normal, e.args))
        if isinstance(e, Pow):
            if e.exp.is_Integer:
                base = self.normal(e.base)
                if base.is_Add and base.could_extract_minus_sign():
                    return (-1) ** e.exp * expand(-base) ** e.exp
                return base**e.exp
            return self._power(e.base, e.exp)
        if isinstance(e, exp):
            return self._exponential(e.args[0])
        if isinstance(e, log):
            factors = self._positive_factors(e.args[0])
            if factors is None:
                return self._atom(log(self._tidy(e.args[0])))
            return Add(*(k * self._logarithm(f) for f, k in factors))
        if isinstance(e, Sum):
            return self._sum(e)
        if isinstance(e, Abs):
            inside = self._tidy(e.args[0])
            return self._atom(Abs(-inside if inside.could_extract_minus_sign() else inside))
        return self._atom(e.func(*map(self._tidy, e.args)) if e.args else e)

    def _tidy(self, e: Expr) -> Expr:
        numerator, denominator = fraction(together(self.normal(e)))
        return self.restore(expand(numerator)) / self.restore(expand(denominator))

    def _positive_factors(self, e: Expr) -> list[tuple[Expr, Integer]] | None:
        """e as a product of powers of primes and of factors that the facts show positive, or None."""
        numerator, denominator = fraction(together(self.normal(e)))
        if numerator == 0:
            return None
        content, out = Rational(1), []
        for polynomial, side in ((numerator, 1), (denominator, -1)):
            constant, factors = factor_list(polynomial)
            content *= constant**side
            for hidden, power in factors:
                f = self.restore(hidden)
                of = self.signs(f)
                if of == NEGATIVE:
                    f, content = -f, content * (-1) ** power
                elif of != POSITIVE:
                    return None
                out.append((expand(f), Integer(power * side)))
        if not (content.is_Rational and content > 0):
            return None
        for integer, side in ((content.p, 1), (content.q, -1)):
            out += [(Integer(prime), Integer(power * side)) for prime, power in factorint(integer).items()]
        return out

    def _logarithm(self, e: Expr) -> Expr:
        """The logarithm of one positive factor, which may itself be a power."""
        if isinstance(e, Pow) and self.signs(e.base) == POSITIVE:
            return self.normal(e.exp) * self.normal(log(e.base))
        return self._atom(log(e))

    def _power(self, base: Expr, exponent: Expr) -> Expr:
        factors = self._positive_factors(base)
        if factors is None:
            return self._atom(Pow(self._tidy(base), self._tidy(exponent)))
        exponent = expand(self.normal(exponent))
        return Mul(*(self._positive_power(f, expand(k * exponent)) for f, k in factors))

    def _positive_power(self, base: Expr, exponent: Expr) -> Expr:
        """base^(sum of c m), split into (base^m)^c over its terms, so that integer multiples share an atom."""
        if isinstance(base, Pow) and self.signs(base.base) == POSITIVE:
            return self._power(base.base, base.exp * self.restore(exponent))
        out = Integer(1)
        for term in Add.make_args(exponent):
            c, monomial = term.as_coeff_Mul()
            if not c.is_Rational:
                c, monomial = Integer(1), term
            unit = self.restore(monomial) / c.q
            out *= (self.normal(base) if unit == 1 else self._atom(Pow(base, unit, evaluate=False))) ** c.p
        return out

    def _exponential(self, exponent: Expr) -> Expr:
        out = Integer(1)
        for term in Add.make_args(expand(self.normal(exponent))):
            logs = [a for a in term.free_symbols if isinstance(self._meaning.get(a), log) and term.diff(a, 2) == 0]
            if logs:
                one = min(logs, key=str)
                out *= self._power(self._meaning[one].args[0], self.restore(term / one))
            else:
                c, monomial = term.as_coeff_Mul()
                out *= self._atom(exp(self.restore(monomial) / c.q)) ** c.p
        return out

    def _sum(self, e: Sum) -> Expr:
        over = e.limits[0][0]
        inside = self.under(over)
        if inside is not self:
            inside.atoms, inside._meaning = self.atoms, self._meaning
        out = Integer(0)
        for term in Add.make_args(expand(inside.normal(e.function))):
            outer, inner = Integer(1), Integer(1)
            for factor in Mul.make_args(term):
                if over in self.restore(factor).free_symbols:
                    inner *= factor
                else:
                    outer *= factor
            if inner == 1:
                out += outer * n
            else:
                body = self.restore(inner)
                bound = Symbol(f"_x{len(body.atoms(Sum))}", integer=True)
                out += outer * self._atom(Sum(body.xreplace({over: bound}), (bound, 1, n)))
        return out


def _subterms(relation: Relational) -> Iterable[Expr]:
    """The parts of a relation that it asserts to be defined."""
    for side in relation.args:
        yield from _preorder(side)


def _preorder(e: Expr) -> Iterable[Expr]:
    yield e
    if not isinstance(e, Indexed):
        for a in e.args:
            if isinstance(a, Expr):
                yield from _preorder(a)
