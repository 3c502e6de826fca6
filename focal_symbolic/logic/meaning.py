"""What a statement means, in one page, and D: under which conditions it is defined.

Numbers are real. There is one finite alphabet {1, ..., n}, n >= 1; families of numbers give a real at each letter of every
alphabet, that is, at 1, 2, 3, ...; a family of letters maps the alphabet into itself: that is its sort. Each operation has its
natural domain; outside of it a number, and whatever speaks of it, is undefined. What `sup`, `bounded` and `parts` hold is read
at every size n >= 1 in turn, that is, for the first n letters of an alphabet without end; it speaks of no letter from outside.

    term             value, or truth T              D: defined where its parts are, and
    rat var size     the number; n                  always
    entry image      the family at the letter       always
    add mul          sum, product                   always
    ipow b k         b^k, with b^0 = 1              k < 0: b != 0
    rpow b e         b^e, with 0^0 = 1              b > 0, or b >= 0 and e >= 0
    log t            ln t                           t > 0
    exp abs          e^t, |t|                       always
    sum              over the alphabet              at each letter
    decl f a...      the declared function          in the domain that its declaration names
    oo cases esum    +oo; the value of the first    values by cases: each case where no earlier one holds, each
                     case that holds; their sum     value where its case is the first (the last case is «true»)
    lt le eq ne      <  <=  =  !=                   always
    and or not iff   as usual                       always (all parts, also those of an «or»)
    implies A B      as usual                       A is defined, and B is where A holds
    every            at each letter                 at each letter
    one a b E        exactly one x in [a, b] has    a and b are; E need not be: P(E) is asked for, not T(E)
                     E defined and true
    finite v         v is a real number             always
    bijection s      s takes each letter once       always
    sup b            the least upper bound of b     at every size, and b is bounded
                     over all sizes
    bounded b        some real is >= b at every     at every size
                     size
    parts S          S at every size                at every size
    true             holds                          always

`conditions(t)` is D(t) as a set of statements, each under the binders and behind the guards that it stands under; each is
itself defined where the others hold: its own conditions are among them. P(s) says D(s) and T(s).

**A theorem h1, ..., hk |- c says: for all reals, letters, families and alphabets, P(h1), ..., P(hk) imply P(c).**

T can be read with total operations (b^-1 = 0 at 0, ln t = 0 for t <= 0, b^e as e^(e ln b) for b > 0, 1 for e = 0, else 0):
where D holds the value is the same. Coq reads it so; the supremum as the real number that Coquelicot's `Lub_Rbar` is, or 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from focal_symbolic.logic.fuel import remembered, spend
from focal_symbolic.logic.terms import (
    BINDS_LETTER,
    BINDS_SIZE,
    NUMBER,
    ZERO,
    Key,
    Malformed,
    Term,
    every,
    free,
    is_rigid,
    is_stated,
    le,
    lt,
    mk,
    ne,
    shift,
    substitute,
    subterms,
)

__all__ = ["Declaration", "conditions", "declaration", "declarations", "declare", "freeze", "power_condition"]


@dataclass(frozen=True)
class Declaration:
    """A function that the project adds: the inverse on (0, 1) of a function that falls there.

    `decl name y c...` is the x in (0, 1) with function(x; c...) = y. Its domain: y > 0 and each c > 0. That there is such an x
    is for a derivation to show (rule `inverse`); nothing else is known of the function.
    """

    name: str
    function: Term
    """A number in the variable `x` and the parameters."""
    x: str
    parameters: tuple[str, ...]

    def at(self, x: Term, *parameters: Term) -> Term:
        """The function that is inverted, at these numbers."""
        names: tuple[Key, ...] = tuple(("var", name) for name in (self.x, *self.parameters))
        return substitute(self.function, dict(zip(names, (x, *parameters), strict=True)))

    def domain(self, *arguments: Term) -> frozenset[Term]:
        """The conditions under which the inverse is asked for, at these arguments."""
        if len(arguments) != 1 + len(self.parameters):
            raise Malformed(f"{self.name} takes {1 + len(self.parameters)} arguments.")
        return frozenset(lt(ZERO, a) for a in arguments)


_declared: dict[str, Declaration] = {}
_frozen: list[bool] = []


def freeze() -> None:
    """No function is declared from here on in this process."""
    _frozen.append(True)


def declare(name: str, function: Term, x: str, parameters: tuple[str, ...] = ()) -> Declaration:
    """Declare the inverse of a function; once for each name.

    Raises Malformed if the name is declared already as another function, or the function is not a closed number in the
    variable and the parameters, the same at every size of the alphabet. It may speak of functions that are declared before it,
    and so never of itself: there need not be a function that is the inverse of what is made of it.
    """
    mk("decl", name, ZERO)  # a name
    names = (x, *parameters)
    for v in names:
        mk("var", v)
    if type(function) is not Term or function.sort != NUMBER or not is_stated(function) or len({*names}) != len(names):
        raise Malformed(f"{name} is declared by a closed number in different variables.")
    if not free(function) <= {("var", v) for v in names}:
        raise Malformed(f"the function that {name} inverts speaks of more than {', '.join(names)}.")
    if not is_rigid(function):
        raise Malformed(f"the function that {name} inverts speaks of the alphabet.")
    for s in subterms(function):
        if s.op == "decl":
            declaration(s.args[0]).domain(*s.args[1:])
    new = Declaration(name, function, x, parameters)
    if _frozen and name not in _declared:
        raise Malformed(f"{name} is declared too late: the declarations are frozen.")
    if _declared.setdefault(name, new) != new:
        raise Malformed(f"{name} is declared already, as the inverse of another function.")
    return new


def declaration(name: str) -> Declaration:
    """The declaration of a function. Raises Malformed where there is none."""
    if name not in _declared:
        raise Malformed(f"no function {name} is declared.")
    return _declared[name]


def declarations() -> tuple[Declaration, ...]:
    """All declarations, in the order in which they were made."""
    return tuple(_declared.values())


def power_condition(base: Term, exponent: Term) -> Term:
    """Where base^exponent is defined for a real exponent."""
    return mk("or", lt(ZERO, base), mk("and", le(ZERO, base), le(ZERO, exponent)))


@remembered
def conditions(t: Term) -> frozenset[Term]:
    """D(t): the statements whose truth makes t defined."""
    found = _domain(t)
    spend(1 + len(found))
    return found


def _domain(t: Term) -> frozenset[Term]:
    a = t.args
    if t.op == "implies":
        first = conditions(a[0])
        return first | {mk("implies", a[0], c) for c in conditions(a[1]) - first}
    if t.op == "one":
        return conditions(a[0]) | conditions(a[1])
    if t.op == "cases":
        return _domain_of_cases(a)
    found = frozenset[Term]().union(*(conditions(s) for s in a if type(s) is Term))
    if t.op in BINDS_LETTER:
        return frozenset(map(_at_each_letter, found))
    if t.op in BINDS_SIZE:
        found = frozenset(c if is_rigid(c) else mk("parts", c) for c in found)
        return found | {mk("bounded", a[0])} if t.op == "sup" else found
    if t.op == "ipow" and a[1] < 0:
        return found | {ne(a[0], ZERO)}
    if t.op == "log":
        return found | {lt(ZERO, a[0])}
    if t.op == "rpow":
        return found | {power_condition(a[0], a[1])}
    if t.op == "decl":
        return found | declaration(a[0]).domain(*a[1:])
    return found


def _domain_of_cases(a: tuple[Term, ...]) -> frozenset[Term]:
    found: frozenset[Term] = frozenset()
    passed: list[Term] = []  # «not» of each case before this one
    for number, case in zip(a[::2], a[1::2], strict=True):
        found |= _guarded(passed, conditions(case))
        found |= _guarded([*passed, case], conditions(number))
        passed.append(mk("not", case))
    return found


def _guarded(guards: list[Term], found: frozenset[Term]) -> frozenset[Term]:
    """The conditions behind the guards, one behind the other: each guard is defined where those before it hold."""
    for guard in reversed(guards):
        found = frozenset(mk("implies", guard, c) for c in found)
    return found


def _at_each_letter(condition: Term) -> Term:
    """The condition at each letter. The alphabet is not empty, so where it speaks of no letter it is left as it is."""
    return every(condition) if _reaches(condition, 0) else shift(condition, -1)


def _reaches(t: Term, depth: int) -> bool:
    """Whether the loose letter `depth` occurs in t."""
    if t.loose[0] <= depth:
        return False
    if t.op == "bletter":
        return bool(t.args[0] == depth)
    return any(_reaches(s, depth + (t.op in BINDS_LETTER)) for s in t.args if type(s) is Term)
