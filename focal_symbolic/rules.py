"""The inference rules. Each docstring says what the rule gives, what it checks, and which classical theorem it leans on.

A rule is a function `(conclusion, *premises, **arguments) -> hypotheses`. It works out for itself what follows from the
premises and compares that with the stated conclusion; it raises `Rejected` where they differ. The strongest form is
demanded: a strict inequality is not accepted in its weak form.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import lcm

from sympy import Abs, Add, Expr, Indexed, IndexedBase, Integer, Mul, Piecewise, Pow, Sum, Symbol, diff, exp, log, oo
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import And, Boolean, Equivalent, Implies, Not, Or

from focal_symbolic import balls
from focal_symbolic.algebra import (
    NEGATIVE,
    NONNEGATIVE,
    POSITIVE,
    ZERO,
    Facts,
    alike,
    conditions,
    free,
    oriented,
    same,
    slack,
    substitute,
)
from focal_symbolic.definitions import gamma, slope, slope_inverse
from focal_symbolic.errors import Rejected
from focal_symbolic.kernel import Citation, Evidence, Theorem, rule
from focal_symbolic.language import Bijection, Every, ExistsUnique, Finite, n

MEAN_VALUE = Citation(
    "mean value theorem",
    "f continuous on [a, b] and differentiable on (a, b), f' > 0 on (a, b): f(a) < f(b)",
    "Rudin, Principles of Mathematical Analysis, 3rd ed., Theorems 5.10 and 5.11",
)
ELEMENTARY = Citation(
    "monotonicity of ln, exp and powers",
    "ln and exp increase; x^e increases in x > 0 for e > 0 and b^x in x for b > 1",
    "NIST DLMF, sections 4.2 and 4.5; Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.6",
)
INTERMEDIATE_VALUE = Citation(
    "intermediate value theorem",
    "f continuous on [a, b], f(a) >= c >= f(b): f(x) = c for some x in [a, b]",
    "Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 4.23",
)
INVERSE = Citation(
    "continuous inverse theorem",
    "a continuous strictly monotone function on an interval has a continuous inverse on its image",
    "Bartle and Sherbert, Introduction to Real Analysis, 4th ed., Theorem 5.6.5",
)


# -- shared by the rules ---------------------------------------------------------------------------------------------------


def demand(condition: bool, message: str) -> None:
    """Reject with the message unless the condition is True itself."""
    if condition is not True:
        raise Rejected(message)


def hypotheses_of(*theorems: Theorem) -> frozenset[Boolean]:
    return frozenset().union(*(theorem.hypotheses for theorem in theorems))


def facts_of(*theorems: Theorem, more: tuple[Boolean, ...] = ()) -> Facts:
    """The conclusions as facts; an index is generic if no hypothesis speaks of it."""
    fixed = set().union(*(free(h) for h in hypotheses_of(*theorems)), *map(free, more))
    indices = {a for t in theorems for a in free(t.conclusion) if a.is_integer and a != n}
    return Facts([*(t.conclusion for t in theorems), *more], indices - fixed)


def arises(computed: Boolean, stated: Boolean) -> None:
    """Reject unless the stated conclusion is the computed one."""
    if not same(computed, stated):
        raise Rejected(f"the premises give {computed}, not {stated}.")


def defined(facts: Facts, *expressions: Expr) -> None:
    """Reject unless the facts show that the expressions are defined."""
    for expression in expressions:
        if (bad := facts.undefined(expression)) is not None:
            raise Rejected(f"nothing shows that {bad} is defined.")


def relation(statement: Boolean) -> Relational:
    if not isinstance(statement, Relational):
        raise Rejected(f"{statement} is not a relation between numbers.")
    return oriented(statement)


def split(statement: Boolean) -> tuple[Expr, bool, Expr]:
    """(smaller, strictly, larger) of an inequality."""
    found = relation(statement)
    if not isinstance(found, Lt | Le):
        raise Rejected(f"{statement} is not an inequality.")
    return found.lhs, isinstance(found, Lt), found.rhs


def inequality(smaller: Expr, strictly: bool, larger: Expr) -> Boolean:
    return (Lt if strictly else Le)(smaller, larger, evaluate=False)


def holds(facts: Facts, statement: Boolean) -> bool:
    """Whether the facts give a relation by the sign rules."""
    if not isinstance(statement, Relational):
        return False
    found = oriented(statement)
    of = facts.signs(slack(found))
    known = {Lt: of == POSITIVE, Le: of <= NONNEGATIVE, Eq: of == ZERO, Ne: not of & ZERO}[type(found)]
    return known and all(facts.undefined(side) is None for side in found.args)


# -- logic -----------------------------------------------------------------------------------------------------------------


@rule()
def hypothesis(conclusion):
    """Any statement holds under itself as a hypothesis."""
    return {conclusion}


def letter(at: Expr) -> set[Boolean]:
    """The hypotheses under which `at` is a letter: none for an index, a bijection for sigma[index]."""
    if isinstance(at, Indexed):
        return {Bijection(at.base)} | letter(at.indices[0])
    demand(isinstance(at, Symbol) and at.is_integer is True and at != n, f"{at} is not an index over the alphabet.")
    return set()


@rule()
def each(conclusion, family, *, at):
    """From a statement for every letter, the statement at one letter, free or sigma[i] with sigma a bijection."""
    every = family.conclusion
    demand(isinstance(every, Every), f"{every} is not a statement for every letter.")
    arises(substitute(every.body, {every.over: at}), conclusion)
    return family.hypotheses | letter(at)


@rule()
def every(conclusion, body):
    """From a statement about a free index that no hypothesis speaks of, the statement for every letter."""
    demand(isinstance(conclusion, Every), f"{conclusion} is not a statement for every letter.")
    arises(body.conclusion, conclusion.body)
    fixed = [h for h in body.hypotheses if conclusion.over in free(h)]
    demand(not fixed, f"{conclusion.over} is not arbitrary: {fixed[:1]} speaks of it.")
    return body.hypotheses


@rule()
def instance(conclusion, theorem, *premises, replace):
    """A theorem at other values of its variables; its hypotheses are discharged by premises or by their signs.

    A hypothesis that is not discharged stays. The values put in must be defined, and an index becomes an index.
    """
    mapping = dict(replace)
    arises(substitute(theorem.conclusion, mapping), conclusion)
    stated = {h: substitute(h, mapping) for h in theorem.hypotheses}
    facts = facts_of(*premises)
    left = {s for s in stated.values() if not any(same(t.conclusion, s) for t in premises) and not holds(facts, s)}
    if left:
        facts = facts_of(*premises, more=tuple(sorted(left, key=str)))
    extra: set[Boolean] = set()
    for old, new in mapping.items():
        if isinstance(new, tuple):
            demand(isinstance(old, IndexedBase) and not old.label.is_integer, f"{old} is not a family of numbers.")
            defined(facts.under(new[0]), new[1])
        elif isinstance(old, Symbol) and old.is_integer and old != n:
            extra |= letter(new)
        else:
            demand(isinstance(old, Symbol) and old != n, f"{old} is not a variable.")
            defined(facts, new)
    return left | hypotheses_of(*premises) | extra


@rule()
def lemma(conclusion, theorem, *premises, replace):
    """An instance of another claim, replayed before; what that claim rests on is counted here too."""
    return instance(conclusion, theorem, *premises, replace=replace)


def sign_set(statement: Boolean, difference: Expr) -> frozenset[int]:
    """The signs of `difference` for which a relation on it holds."""
    found = relation(statement)
    signs = {Lt: {1}, Le: {0, 1}, Eq: {0}, Ne: {-1, 1}}[type(found)]
    if same(Eq(slack(found) - difference, 0, evaluate=False), Eq(Integer(0), 0, evaluate=False)):
        return frozenset(signs)
    demand((slack(found) + difference).expand() == 0, f"{statement} does not compare the same two numbers.")
    return frozenset(-a for a in signs)


def decided(left: set[Boolean], *statements: Boolean) -> None:
    """Reject unless the hypotheses left show that every relation in the statements is defined, so true or false."""
    facts = Facts(left)
    for found in sorted(set().union(*(s.atoms(Relational) for s in statements)), key=str):
        defined(facts, *found.args)


@rule()
def cases(conclusion, *branches, on):
    """A statement that holds in each of several cases, of which one always holds: relations between the same two numbers.

    One premise more than there are cases may be a relation between the same numbers that excludes the remaining cases.
    """
    demand(0 < len(on) <= len(branches) <= len(on) + 1, "each case needs one branch.")
    difference = slack(relation(on[0]))
    covered = frozenset().union(*(sign_set(c, difference) for c in on))
    left: set[Boolean] = set()
    for excluded in branches[len(on) :]:
        covered |= {-1, 0, 1} - sign_set(excluded.conclusion, difference)
        left |= excluded.hypotheses
    demand(covered == {-1, 0, 1}, f"the cases {on} leave a gap.")
    for case, branch in zip(on, branches, strict=False):
        arises(branch.conclusion, conclusion)
        kept = {h for h in branch.hypotheses if not same(case, h)}
        demand(len(kept) < len(branch.hypotheses), f"the branch does not use its case {case}.")
        left |= kept
    decided(left, *on)
    return left


@rule()
def trichotomy(conclusion, *branches, on):
    """If b < 0, b = 0, b > 0 give a < 0, a = 0, a > 0 in turn, then a relation holds of a just where it holds of b.

    `on`: the three relations on b, one for each branch, each a hypothesis of its branch.
    """
    demand(isinstance(conclusion, Equivalent) and len(conclusion.args) == 2, f"{conclusion} is not an equivalence.")
    demand(len(branches) == len(on) == 3, "a trichotomy has three branches.")
    of_b, of_a = slack(relation(on[0])), slack(relation(branches[0].conclusion))
    left: set[Boolean] = set()
    seen: list[int] = []
    for case, branch in zip(on, branches, strict=True):
        signs = sign_set(case, of_b)
        demand(len(signs) == 1 and sign_set(branch.conclusion, of_a) == signs, f"the branch under {case} breaks the order.")
        kept = {h for h in branch.hypotheses if not same(case, h)}
        demand(len(kept) < len(branch.hypotheses), f"the branch does not use its case {case}.")
        left |= kept
        seen += signs
    demand(sorted(seen) == [-1, 0, 1], f"the cases {on} leave a gap.")
    decided(left, *on)
    shown = set.intersection(*(conditions(branch.conclusion) for branch in branches)) | conditions(on[0])
    demand(conditions(conclusion) <= shown, f"nothing shows that {conclusion} is defined.")
    first, second = conclusion.args
    for a, b in ((first, second), (second, first)):
        try:
            if sign_set(a, of_a) == sign_set(b, of_b):
                return left
        except Rejected:
            continue
    raise Rejected(f"the branches do not give {conclusion}.")


@rule()
def transfer(conclusion, equivalence, known):
    """From «A if and only if B» and A, B."""
    demand(isinstance(equivalence.conclusion, Equivalent), f"{equivalence.conclusion} is not an equivalence.")
    first, second = equivalence.conclusion.args
    for a, b in ((first, second), (second, first)):
        if same(known.conclusion, a) and same(b, conclusion):
            return hypotheses_of(equivalence, known)
    raise Rejected(f"{equivalence.conclusion} and {known.conclusion} do not give {conclusion}.")


@rule()
def implication(conclusion, theorem):
    """From B under the hypothesis A, «A implies B»."""
    demand(isinstance(conclusion, Implies), f"{conclusion} is not an implication.")
    given, then = conclusion.args
    arises(theorem.conclusion, then)
    kept = {h for h in theorem.hypotheses if not same(given, h)}
    demand(len(kept) < len(theorem.hypotheses), f"{given} is not a hypothesis of the premise.")
    decided(kept, given)
    return kept


@rule()
def conjunction(conclusion, *parts):
    """From A, B, ..., «A and B and ...»."""
    demand(isinstance(conclusion, And), f"{conclusion} is not a conjunction.")
    for part in conclusion.args:
        demand(any(same(t.conclusion, part) for t in parts), f"nothing shows {part}.")
    demand(len(parts) == len(conclusion.args), "a conjunction has one premise for each part.")
    return hypotheses_of(*parts)


@rule()
def part(conclusion, whole):
    """From «A and B and ...», one of its parts."""
    demand(isinstance(whole.conclusion, And), f"{whole.conclusion} is not a conjunction.")
    demand(any(same(a, conclusion) for a in whole.conclusion.args), f"{conclusion} is not a part of {whole.conclusion}.")
    return whole.hypotheses


@rule()
def alternative(conclusion, known, *premises):
    """From A, «A or B or ...», all relations between numbers; premises show that the others are defined."""
    demand(isinstance(conclusion, Or), f"{conclusion} is not a disjunction.")
    demand(any(same(known.conclusion, a) for a in conclusion.args), f"{known.conclusion} is not one of {conclusion}.")
    for other in conclusion.args:
        defined(facts_of(known, *premises), *relation(other).args)
    return hypotheses_of(known, *premises)


@rule()
def either(conclusion, disjunction, *branches):
    """From «A or B or ...» and a statement that follows under each of them, the statement."""
    demand(isinstance(disjunction.conclusion, Or), f"{disjunction.conclusion} is not a disjunction.")
    cases = disjunction.conclusion.args
    demand(len(branches) == len(cases), "each part of the disjunction needs one branch.")
    left = set(disjunction.hypotheses)
    for branch in branches:
        arises(branch.conclusion, conclusion)
        kept = {h for h in branch.hypotheses if not any(same(case, h) for case in cases)}
        demand(len(branch.hypotheses) - len(kept) == 1, "a branch must use one part of the disjunction.")
        left |= kept
    used = [case for case in cases if any(same(case, h) for branch in branches for h in branch.hypotheses)]
    demand(len(used) == len(cases), "a part of the disjunction has no branch.")
    return left


@rule()
def absurd(conclusion, false):
    """From a strict inequality between equal numbers, any statement: the hypotheses never hold together."""
    smaller, strictly, larger = split(false.conclusion)
    demand(strictly and (larger - smaller).expand() == 0, f"{false.conclusion} is not absurd.")
    return false.hypotheses


@rule()
def rewrite(conclusion, equation, theorem, *premises):
    """Replace one side of an equation (or of an equivalence) by the other, at some or all places in a theorem.

    Premises show that a relation between numbers is still defined; other statements get no new logarithm, quotient or power.
    """
    equal = equation.conclusion
    demand(isinstance(equal, Eq | Equivalent) and len(equal.args) == 2, f"{equal} is neither equation nor equivalence.")
    bound = {s for whole in (theorem.conclusion, conclusion) for node in _nodes(whole) for s in _bound(node)}
    fixed = {s for h in equation.hypotheses for s in free(h)}
    demand(not bound & free(equal) & fixed, "the equation is not known for every letter.")
    demand(all(s.is_integer for s in bound & free(equal)), "a bound variable would be captured.")
    numbers = isinstance(conclusion, Relational)
    for old, new in (equal.args, equal.args[::-1]):
        if alike(_replace(theorem.conclusion, old, new), _replace(conclusion, old, new)):
            before, after = ({_replace(a, old, new) for a in _partial(s)} for s in (theorem.conclusion, conclusion))
            if numbers:
                defined(facts_of(equation, theorem, *premises), *conclusion.args)
            demand(numbers or after <= before, "a part of the conclusion is not known to be defined.")
            return hypotheses_of(equation, theorem, *premises)
    raise Rejected(f"{equal} does not turn {theorem.conclusion} into {conclusion}.")


def _nodes(node):
    yield node
    for a in node.args:
        yield from _nodes(a)


def _partial(node) -> set[Expr]:
    return {part for part in _nodes(node) if isinstance(part, Pow | log | slope_inverse)}


def _bound(node) -> set[Symbol]:
    return {node.limits[0][0]} if isinstance(node, Sum) else getattr(node, "bound_symbols", set()) & node.atoms(Symbol)


def _replace(node, old, new):
    if node == old or (isinstance(node, Boolean) and isinstance(old, Boolean) and oriented(node) == oriented(old)):
        return new
    if not node.args or isinstance(node, Indexed):
        return node
    args = [_replace(a, old, new) for a in node.args]
    return node.func(*args, evaluate=False) if isinstance(node, Relational) else node.func(*args)


# -- arithmetic ------------------------------------------------------------------------------------------------------------


@rule()
def identity(conclusion, *premises):
    """An equation between rational functions of logarithms, powers and sums, by normal form.

    Premises show that everything is defined and which bases are positive.
    """
    equation = relation(conclusion)
    demand(isinstance(equation, Eq), f"{conclusion} is not an equation.")
    facts = facts_of(*premises)
    defined(facts, equation.lhs, equation.rhs)
    demand(facts.vanishes(equation.lhs - equation.rhs), f"the two sides of {conclusion} have different normal forms.")
    return hypotheses_of(*premises)


@rule()
def sign(conclusion, *premises):
    """The sign of a difference, from the signs of its parts."""
    found = relation(conclusion)
    facts = facts_of(*premises)
    defined(facts, found.lhs, found.rhs)
    of = facts.signs(slack(found))
    strongest = {Lt: (POSITIVE,), Le: (NONNEGATIVE, ZERO), Eq: (ZERO,), Ne: (frozenset({-1, 1}),)}[type(found)]
    demand(of in strongest, f"the difference has a sign in {sorted(of)}, which is not just what {conclusion} says.")
    return hypotheses_of(*premises)


@rule()
def combination(conclusion, *premises, weights):
    """A linear combination of relations: larger - smaller is, as an identity, a sum of weight times premise.

    Weights of inequalities are nonnegative, those of equations arbitrary. Premises beyond the weights show signs and that
    expressions are defined. Strict if some strict premise has a positive weight.
    """
    found = relation(conclusion)
    facts = facts_of(*premises)
    strictly, total = False, Integer(0)
    demand(0 < len(weights) <= len(premises), "there must be a weight for each of the first premises.")
    for weight, theorem in zip(weights, premises, strict=False):
        premise = relation(theorem.conclusion)
        demand(not isinstance(premise, Ne), f"{premise} cannot be added up.")
        defined(facts, weight)
        if not isinstance(premise, Eq):
            of = facts.signs(weight)
            demand(of <= NONNEGATIVE, f"the weight {weight} of {premise} is not known to be nonnegative.")
            strictly |= isinstance(premise, Lt) and of == POSITIVE
        total += weight * slack(premise)
    if isinstance(found, Eq):
        equations = all(isinstance(t.conclusion, Eq) for t, _ in zip(premises, weights, strict=False))
        demand(equations, "an equation needs equations.")
    else:
        demand(isinstance(found, Lt if strictly else Le), f"the premises give {'<' if strictly else '<='}, not {conclusion}.")
    defined(facts, found.lhs, found.rhs)
    demand(facts.vanishes(slack(found) - total), f"{conclusion} is not this combination of the premises.")
    return hypotheses_of(*premises)


@rule(Evidence.CITED, ELEMENTARY)
def apply(conclusion, ordered, *premises, function, parameter=None):
    """A monotone elementary function on both sides of an inequality: "log", "exp", "power" (x^e) or "base" (b^x).

    `parameter`: the exponent e or the base b. Leans on the monotonicity of ln, exp and powers.
    """
    smaller, strictly, larger = split(ordered.conclusion)
    facts = facts_of(ordered, *premises)
    if function == "log":
        demand(facts.signs(smaller) == POSITIVE, f"{smaller} is not known to be positive.")
        computed = inequality(log(smaller), strictly, log(larger))
    elif function == "exp":
        computed = inequality(exp(smaller), strictly, exp(larger))
    elif function == "power":
        defined(facts, parameter)
        of, low = facts.signs(parameter), facts.signs(smaller)
        if of <= NONNEGATIVE:
            demand(low <= NONNEGATIVE, f"{smaller} is not known to be nonnegative.")
            computed = inequality(smaller**parameter, strictly and of == POSITIVE, larger**parameter)
        else:
            demand(of == NEGATIVE and low == POSITIVE, f"the sign of {parameter} or of {smaller} is not known.")
            computed = inequality(larger**parameter, strictly, smaller**parameter)
    elif function == "base":
        defined(facts, parameter)
        demand(facts.signs(parameter) == POSITIVE, f"the base {parameter} is not known to be positive.")
        of = facts.signs(parameter - 1)
        if of <= NONNEGATIVE:
            computed = inequality(parameter**smaller, strictly and of == POSITIVE, parameter**larger)
        else:
            demand(of <= frozenset({-1, 0}), f"{parameter} is not known to be on one side of 1.")
            computed = inequality(parameter**larger, strictly and of == NEGATIVE, parameter**smaller)
    else:
        raise Rejected(f"no monotone function «{function}» is known.")
    arises(computed, conclusion)
    return hypotheses_of(ordered, *premises)


@rule()
def weaken(conclusion, strict):
    """From a < b, a <= b."""
    smaller, strictly, larger = split(strict.conclusion)
    demand(strictly, f"{strict.conclusion} is weak already.")
    arises(Le(smaller, larger, evaluate=False), conclusion)
    return strict.hypotheses


@rule()
def absolute(conclusion, one, other):
    """From x <= b and -x <= b, in either order, |x| <= b."""
    found = relation(conclusion)
    demand(isinstance(found, Lt | Le) and isinstance(found.lhs, Abs), f"{conclusion} does not bound an absolute value.")
    inside = found.lhs.args[0]
    bounds = [found.func(side, found.rhs, evaluate=False) for side in (inside, -inside)]
    if not same(one.conclusion, bounds[0]):
        bounds.reverse()
    arises(one.conclusion, bounds[0])
    arises(other.conclusion, bounds[1])
    return hypotheses_of(one, other)


@rule()
def absolute_value(conclusion, *premises):
    """x <= |x| and -x <= |x|."""
    found = relation(conclusion)
    demand(isinstance(found, Le) and isinstance(found.rhs, Abs), f"{conclusion} is not x <= |x|.")
    inside = found.rhs.args[0]
    demand(found.lhs in (inside, -inside), f"{found.lhs} is neither {inside} nor its negative.")
    defined(facts_of(*premises), inside)
    return hypotheses_of(*premises)


@rule()
def logarithms(conclusion):
    """The sign of a sum of rational multiples of logarithms of rationals, by comparing integers."""
    smaller, strictly, larger = split(conclusion)
    demand(strictly, "the comparison of two different integers is strict.")
    terms = []
    for term in Add.make_args((larger - smaller).expand()):
        logs = [a for a in Mul.make_args(term) if isinstance(a, log)]
        demand(len(logs) == 1, f"{term} is not a multiple of a logarithm.")
        weight, argument = term / logs[0], logs[0].args[0]
        demand(weight.is_Rational and argument.is_Rational and argument.p > 0, f"{term} is not rational.")
        terms.append((Fraction(int(weight.p), int(weight.q)), Fraction(int(argument.p), int(argument.q))))
    scale = lcm(*(weight.denominator for weight, _ in terms))
    value = Fraction(1)
    for weight, argument in terms:
        value *= argument ** int(weight * scale)
    demand(value > 1, f"{conclusion} is false: the product of the powers is at most 1.")
    return ()


@rule(Evidence.ENCLOSED)
def constant(conclusion):
    """A strict inequality between two constants, by balls that do not overlap."""
    smaller, strictly, larger = split(conclusion)
    demand(strictly and not (larger - smaller).free_symbols, f"{conclusion} is not a strict inequality of constants.")
    with balls.precision(256):
        below, above = balls.compiled((smaller, larger), ())()
    demand(balls.compare(above, below) == 1, f"the sides are enclosed by {below} and {above}, which leaves it open.")
    return ()


# -- sums ------------------------------------------------------------------------------------------------------------------


def summed(theorem: Theorem, over: Symbol) -> tuple[Expr, Expr]:
    """The two sides of a relation about an arbitrary letter, summed over the alphabet."""
    found = relation(theorem.conclusion)
    demand(not isinstance(found, Ne), f"{found} cannot be added up.")
    fixed = [h for h in theorem.hypotheses if over in free(h)]
    demand(not fixed, f"{over} is not arbitrary: {fixed[:1]} speaks of it.")
    demand(over.is_integer is True and over != n, f"{over} is not an index.")
    return tuple(Sum(side, (over, 1, n)) for side in found.args)


@rule()
def sum_terms(conclusion, terms, *, over):
    """A relation between terms, for an arbitrary letter, summed over the alphabet, which is not empty."""
    left, right = summed(terms, over)
    arises(oriented(terms.conclusion).func(left, right, evaluate=False), conclusion)
    return terms.hypotheses


@rule()
def sum_strictly(conclusion, terms, strict, *, over):
    """A weak inequality between terms, strict at one letter, summed over the alphabet: strict."""
    left, right = summed(terms, over)
    smaller, strictly, larger = split(terms.conclusion)
    demand(not strictly, "the terms are strictly ordered already; sum them.")
    below, is_strict, above = split(strict.conclusion)
    letters = [a for a in free(strict.conclusion) if a.is_integer and a != n]
    at = [a for a in letters if substitute(smaller, {over: a}) == below and substitute(larger, {over: a}) == above]
    demand(is_strict and len(at) > 0, f"{strict.conclusion} is not the strict inequality of one term.")
    arises(Lt(left, right, evaluate=False), conclusion)
    return hypotheses_of(terms, strict)


@rule()
def sum_term(conclusion, terms, *, over):
    """One term of a sum of nonnegative terms is at most the sum."""
    smaller, _, term = split(terms.conclusion)
    demand(smaller == 0, f"{terms.conclusion} does not say that the terms are nonnegative.")
    left = split(conclusion)[0]
    whole = summed(terms, over)[1]
    letters = [a for a in free(left) if a.is_integer and a != n]
    demand(any(substitute(term, {over: a}) == left for a in letters), f"{left} is not a term of the sum.")
    arises(Le(left, whole, evaluate=False), conclusion)
    return terms.hypotheses


@rule()
def sum_pair(conclusion, terms, apart, *, over):
    """Two terms of a sum of nonnegative terms, at letters that differ because the terms do, are at most the sum."""
    smaller, _, term = split(terms.conclusion)
    demand(smaller == 0, f"{terms.conclusion} does not say that the terms are nonnegative.")
    whole = summed(terms, over)[1]
    differ = relation(apart.conclusion)
    demand(isinstance(differ, Lt | Ne), f"{differ} does not say that two terms differ.")
    letters = [a for a in free(differ) if a.is_integer and a != n]
    values = [[a for a in letters if substitute(term, {over: a}) == side] for side in differ.args]
    demand(all(len(found) == 1 for found in values), f"{differ} does not compare two terms of the sum.")
    arises(Le(differ.lhs + differ.rhs, whole, evaluate=False), conclusion)
    return hypotheses_of(terms, apart)


@rule()
def relabel(conclusion, *premises):
    """A sum over the alphabet is not changed by a bijection of the alphabet."""
    equation = relation(conclusion)
    demand(isinstance(equation, Eq) and all(isinstance(s, Sum) for s in equation.args), f"{conclusion} is not of two sums.")
    defined(facts_of(*premises), *equation.args)
    for plain, moved in (equation.args, equation.args[::-1]):
        for at in moved.function.atoms(Indexed):
            over = moved.limits[0][0]
            if at.indices != (over,) or not at.base.label.is_integer or over in plain.free_symbols:
                continue
            if substitute(plain.function, {plain.limits[0][0]: at}) == moved.function:
                return hypotheses_of(*premises) | {Bijection(at.base)}
    raise Rejected(f"{conclusion} does not relabel a sum.")


# -- extended values -------------------------------------------------------------------------------------------------------


def signed(condition: Boolean, signs: dict[Expr, int]) -> bool:
    """The truth of a Boolean over comparisons with 0, given the signs."""
    if isinstance(condition, Relational):
        demand(condition.rhs == 0 and condition.lhs in signs, f"{condition} does not compare with 0.")
        found = signs[condition.lhs]
        of = {Lt: found < 0, Le: found <= 0, Gt: found > 0, Ge: found >= 0, Eq: found == 0, Ne: found != 0}
        return of[type(condition)]
    if isinstance(condition, And | Or | Not | Implies):
        values = [signed(a, signs) for a in condition.args]
        if isinstance(condition, And):
            return all(values)
        if isinstance(condition, Or):
            return any(values)
        return not values[0] if isinstance(condition, Not) else (not values[0] or values[1])
    demand(condition in (True, False), f"{condition} is not a Boolean of comparisons with 0.")
    return bool(condition)


@rule()
def finite_value(conclusion, *premises):
    """Where a value given by cases is finite, by a table of the signs that its conditions compare with 0.

    Gives «Finite(cases) if and only if C»; in each row the case that applies must be +oo or a defined expression.
    """
    demand(isinstance(conclusion, Equivalent) and len(conclusion.args) == 2, f"{conclusion} is not an equivalence.")
    finite, condition = sorted(conclusion.args, key=lambda a: not isinstance(a, Finite))
    demand(isinstance(finite, Finite) and isinstance(finite.value, Piecewise), f"{conclusion} is not of a value by cases.")
    relations = set().union(*(c.atoms(Relational) for c in (condition, *(c for _, c in finite.value.args))))
    numbers = sorted({r.lhs for r in relations}, key=str)
    given = facts_of(*premises)
    defined(given, *numbers)
    for row in product(*(sorted(given.signs(a)) for a in numbers)):
        signs = dict(zip(numbers, row, strict=True))
        value = next((value for value, case in finite.value.args if signed(case, signs)), None)
        demand(value is not None, f"no case applies where the signs are {signs}.")
        more = tuple(({-1: Lt, 0: Eq, 1: Gt}[s])(a, 0, evaluate=False) for a, s in signs.items())
        if value != oo:
            defined(facts_of(*premises, more=more), value)
        demand((value != oo) is signed(condition, signs), f"{conclusion} fails where the signs are {signs}.")
    return hypotheses_of(*premises)


@rule()
def finite_sum(conclusion, terms):
    """A finite sum of values in (-oo, +oo] is finite if and only if each of them is.

    The premise, «Finite(value by cases) if and only if C» for an arbitrary letter, shows that each value is defined.
    """
    demand(isinstance(terms.conclusion, Equivalent), f"{terms.conclusion} does not say where a term is finite.")
    finite, condition = sorted(terms.conclusion.args, key=lambda a: not isinstance(a, Finite))
    demand(isinstance(finite, Finite) and isinstance(finite.value, Piecewise), f"{finite} is not of a value by cases.")
    demand(isinstance(conclusion, Equivalent), f"{conclusion} is not an equivalence.")
    overs = [a.over for a in conclusion.args if isinstance(a, Every)]
    demand(len(overs) == 1, f"{conclusion} does not speak of every letter.")
    fixed = [h for h in terms.hypotheses if overs[0] in free(h)]
    demand(not fixed, f"{overs[0]} is not arbitrary: {fixed[:1]} speaks of it.")
    computed = Equivalent(Finite(Sum(finite.value, (overs[0], 1, n))), Every(condition, overs[0]))
    demand(computed == conclusion, f"the premise gives {computed}, not {conclusion}.")
    return terms.hypotheses


# -- analysis --------------------------------------------------------------------------------------------------------------


def parts(facts: Facts, node):
    """The parts of an expression or statement, each with the facts that hold of it: fewer where a variable is bound."""
    yield facts, node
    for over in _bound(node):
        facts = facts.under(over)
    for a in node.args:
        yield from parts(facts, a)


def arbitrary(variable: Symbol, *theorems: Theorem) -> None:
    """Reject unless the variable is a real number of which no hypothesis speaks."""
    demand(isinstance(variable, Symbol) and variable.is_integer is not True, f"{variable} is not a real variable.")
    fixed = [h for h in hypotheses_of(*theorems) if variable in free(h)]
    demand(not fixed, f"{variable} is not arbitrary: {fixed[:1]} speaks of it.")


def continuous(facts: Facts, function: Expr, variable: Symbol) -> None:
    """Reject unless the facts show the function to be defined and continuous in the variable."""
    defined(facts, function)
    for under, part in parts(facts, function):
        if not (isinstance(part, Expr) and variable in part.free_symbols) or part == variable:
            continue
        known = isinstance(part, Add | Mul | Pow | log | exp | Sum | slope_inverse)
        demand(known, f"{part.func} is not known to be continuous.")
        if isinstance(part, Pow) and variable in part.exp.free_symbols:
            demand(under.signs(part.base) == POSITIVE, f"{part} may jump where its base is 0.")
        if isinstance(part, slope_inverse):
            demand(variable not in part.args[1].free_symbols, f"{part} is not known to be continuous in its second argument.")


def bounds_of(theorem: Theorem, variable: Symbol) -> tuple[list, list, list]:
    """The hypotheses as lower bounds and upper bounds (bound, strictly) of the variable, and the others."""
    low, high, other = [], [], []
    for h in sorted(theorem.hypotheses, key=str):
        if variable not in free(h):
            other.append(h)
            continue
        smaller, strictly, larger = split(h)
        if larger == variable and variable not in smaller.free_symbols:
            low.append((smaller, strictly))
        else:
            demand(smaller == variable and variable not in larger.free_symbols, f"{h} is not a bound of {variable}.")
            high.append((larger, strictly))
    return low, high, other


@rule(Evidence.CITED, MEAN_VALUE)
def monotone(conclusion, derivative, ordered, *premises, function, variable):
    """f(a) < f(b) from a < b and f' > 0 between them (and the like for <=, and for f' < 0).

    `derivative`: the sign of f', under hypotheses that bound the variable. Checked: the stated derivative is the derivative;
    [a, b] lies in the closure of the bounds; f is continuous on [a, b]. Leans on the mean value theorem.
    """
    smaller, strictly, larger = split(derivative.conclusion)
    a, apart, b = split(ordered.conclusion)
    low, high, other = bounds_of(derivative, variable)
    demand(all(strict for _, strict in low + high), "the derivative is asked for strictly between its bounds only.")
    demand(variable not in a.free_symbols | b.free_symbols, f"the ends of the interval speak of {variable}.")
    arbitrary(variable, ordered, *premises)
    facts = facts_of(ordered, *premises)
    defined(facts, *(bound for bound, _ in low + high))
    inside: list[Boolean] = [*other]
    closed: list[Boolean] = [*other, Le(a, variable, evaluate=False), Le(variable, b, evaluate=False)]
    for bound, strict in low:
        of = facts.signs(a - bound)
        demand(of <= NONNEGATIVE, f"{a} is not known to be at least {bound}.")
        inside.append(inequality(bound, strict, variable))
        closed.append(inequality(bound, of == POSITIVE, variable))
    for bound, strict in high:
        of = facts.signs(bound - b)
        demand(of <= NONNEGATIVE, f"{b} is not known to be at most {bound}.")
        inside.append(inequality(variable, strict, bound))
        closed.append(inequality(variable, of == POSITIVE, bound))
    between = facts_of(ordered, *premises, more=(*inside, Lt(a, variable, evaluate=False), Lt(variable, b, evaluate=False)))
    continuous(facts_of(ordered, *premises, more=tuple(closed)), function, variable)
    for under, part in parts(between, function):
        if isinstance(part, Pow) and variable in part.base.free_symbols and not part.exp.is_Integer:
            demand(under.signs(part.base) == POSITIVE, f"{part} is not known to be differentiable.")
    demand(not function.atoms(slope_inverse), "the inverse of the slope is not known to be differentiable.")
    rate, given = diff(function, variable), larger - smaller
    at_a, at_b = substitute(function, {variable: a}), substitute(function, {variable: b})
    if between.vanishes(given - rate):
        computed = inequality(at_a, strictly and apart, at_b)
    else:
        demand(between.vanishes(given + rate), f"{derivative.conclusion} is not about the derivative {rate}.")
        computed = inequality(at_b, strictly and apart, at_a)
    arises(computed, conclusion)
    return frozenset(other) | hypotheses_of(ordered, *premises)


@rule(Evidence.CITED, INTERMEDIATE_VALUE, INVERSE)
def inverse(conclusion, falling, above, below, *premises, high, low):
    """The inverse of the slope: for y > 0 and gamma > 0 it lies in (0, 1), and the slope takes the value y there.

    `falling`: the derivative of the slope is negative on (0, 1). `above`, `below`: the slope exceeds y at `high` and is
    below y at `low`, which the premises place in (0, 1). Leans on the intermediate value theorem and the continuous
    inverse theorem.
    """
    y = next(iter(falling_variables(above, below)))
    at = Symbol("_t", real=True)
    smaller, strictly, larger = split(falling.conclusion)
    names = [v for v in free(falling.conclusion) if v != gamma]
    demand(strictly and len(names) == 1, f"{falling.conclusion} is not about one variable.")
    bounds_low, bounds_high, other = bounds_of(falling, names[0])
    demand(bounds_low == [(0, True)] and bounds_high == [(1, True)], "the slope must fall on the whole of (0, 1).")
    facts = Facts([Gt(at, 0), Lt(at, 1), *other])
    rate = (larger - smaller).xreplace({names[0]: at})
    demand(facts.vanishes(rate + diff(slope(at, gamma), at)), f"{falling.conclusion} is not about the derivative of the slope.")
    continuous(facts, slope(at, gamma), at)
    arises(above.conclusion, Gt(slope(high, gamma), y, evaluate=False))
    arises(below.conclusion, Lt(slope(low, gamma), y, evaluate=False))
    known = facts_of(*premises)
    for point in (high, low):
        demand(known.signs(point) == POSITIVE and known.signs(1 - point) == POSITIVE, f"{point} is not known to lie in (0, 1).")
    left = hypotheses_of(above, below, *premises) | frozenset(other)
    allowed = {oriented(Gt(y, 0)), oriented(Gt(gamma, 0))}
    demand({oriented(h) for h in left} - {oriented(Ge(gamma, 0))} <= allowed, f"more than y > 0 and gamma > 0 is used: {left}.")
    value = slope_inverse(y, gamma)
    results = (Gt(value, 0, evaluate=False), Lt(value, 1, evaluate=False), Eq(slope(value, gamma), y, evaluate=False))
    demand(any(same(r, conclusion) for r in results), f"{conclusion} is not one of {results}.")
    return {Gt(y, 0), Gt(gamma, 0)}


def falling_variables(above: Theorem, below: Theorem) -> set[Symbol]:
    names = (free(above.conclusion) | free(below.conclusion)) - {gamma}
    demand(len(names) == 1, "the values at the two points must be compared with one variable.")
    return names


@rule(Evidence.CITED, INTERMEDIATE_VALUE)
def root(conclusion, falling, above, below, ordered, *premises):
    """Exactly one root in [a, b] of a continuous strictly decreasing function with f(a) >= c >= f(b).

    `falling`: f(v) < f(u) under hypotheses on u and v that hold wherever a <= u < v <= b; `above`, `below`: the values at the
    ends; `ordered`: a <= b. The premises show that, and that f is defined and continuous on [a, b]; if f uses the inverse of
    the slope, one must show that it is defined. Leans on the intermediate value theorem.
    """
    demand(isinstance(conclusion, ExistsUnique), f"{conclusion} does not state a unique root.")
    equation, variable, (a, b) = conclusion.equation, conclusion.unknown, conclusion.interval
    demand(isinstance(equation, Eq) and variable not in equation.rhs.free_symbols, f"{equation} is not f({variable}) = c.")
    function, value = equation.args
    demand(variable not in a.free_symbols | b.free_symbols, f"the ends of the interval speak of {variable}.")
    arbitrary(variable, *premises)
    arises(above.conclusion, Ge(substitute(function, {variable: a}), value, evaluate=False))
    arises(below.conclusion, Le(substitute(function, {variable: b}), value, evaluate=False))
    arises(ordered.conclusion, Le(a, b, evaluate=False))
    names = free(falling.conclusion) - free(function)
    demand(len(names) == 1, "the premise must compare the function at two variables.")
    later = next(iter(names))
    arbitrary(later, *premises)
    demand(later not in a.free_symbols | b.free_symbols, f"the ends of the interval speak of {later}.")
    arises(falling.conclusion, Lt(substitute(function, {variable: later}), function, evaluate=False))
    own = {h for h in falling.hypotheses if variable in free(h) or later in free(h)}
    ends = Le(a, variable, evaluate=False), Le(variable, b, evaluate=False)
    inside = Lt(variable, later, evaluate=False), Lt(a, later, evaluate=False), Le(later, b, evaluate=False)
    pair = facts_of(*premises, more=(ends[0], Lt(variable, b, evaluate=False), *inside))
    for h in sorted(own, key=str):
        demand(holds(pair, h), f"the function is not known to fall on the whole of [{a}, {b}]: nothing shows {h}.")
    continuous(facts_of(*premises, more=ends), function, variable)
    if function.atoms(slope_inverse):
        shown = [t for t in premises if isinstance(t.conclusion, Eq) and t.conclusion.atoms(slope_inverse)]
        demand(any(INVERSE in t.cited for t in shown), "nothing shows that the slope has a continuous inverse.")
    return (falling.hypotheses - own) | hypotheses_of(above, below, ordered, *premises)
