"""Small wrong changes to a derivation, all of them: what the kernel must notice.

`of_derivation(steps)` yields (number of the step, what was changed, the changed step), on terms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from focal_symbolic.logic.kernel import Step
from focal_symbolic.logic.terms import LETTER, NUMBER, RELATIONS, STATEMENT, Term, add, ipow, mk, mul, neg, rat

OTHER_RELATIONS = {"lt": ("le",), "le": ("lt",), "eq": ("le", "ne"), "ne": ("eq", "lt")}
FUNCTIONS = ("log", "exp", "power", "base")
ONE, UNUSED = rat(1), mk("var", "omega")

Changes = Iterator[tuple[str, Any]]


def with_part(t: Term, place: int, part: Any) -> Term:
    """t with another argument."""
    return mk(t.op, *t.args[:place], part, *t.args[place + 1 :])


def once(changes: Changes) -> Changes:
    """Each change at its first place."""
    seen: dict[str, Any] = {}
    for change, other in changes:
        seen.setdefault(change, other)
    yield from seen.items()


def numbers(t: Term) -> Changes:
    """A number with 1 added to a rational or to an integer exponent in it, at each place."""
    if t.op == "rat":
        c = Fraction(*t.args)
        yield f"{c} + 1", rat(c + 1)
    if t.op == "ipow":
        yield f"^{t.args[1]} + 1", ipow(t.args[0], t.args[1] + 1)
    for place, part in enumerate(t.args):
        if type(part) is Term and part.sort != LETTER:
            for change, other in numbers(part):
                yield change, with_part(t, place, other)


def relations(t: Term) -> Changes:
    """A relation with another sign, another constant or another kind."""
    left, right = t.args
    if t.op in ("lt", "le"):
        yield "sides swapped", mk(t.op, right, left)
    zero = left.op == "rat" and not left.args[0]
    yield "one side negated", mk(t.op, left, neg(right)) if zero else mk(t.op, neg(left), right)
    yield "1 added", mk(t.op, left, add(right, ONE))
    yield from once(numbers(t))
    for other in OTHER_RELATIONS[t.op]:
        yield f"{t.op} -> {other}", mk(other, left, right)


def statements(t: Term) -> Changes:
    """A statement with one change in it."""
    if t.op in RELATIONS:
        yield from relations(t)
        return
    if t.op == "implies":
        yield "implication reversed", mk("implies", *reversed(t.args))
    if t.op == "one":
        for place, end in ((0, "lower"), (1, "upper")):
            yield f"{end} end + 1", with_part(t, place, add(t.args[place], ONE))
        yield from ((change, with_part(t, 2, other)) for change, other in statements(t.args[2]))
        return
    for place, part in enumerate(t.args):
        if type(part) is Term:
            for change, other in statements(part) if part.sort == STATEMENT else numbers(part):
                yield change, with_part(t, place, other)


def letter_beside(at: Term) -> Term:
    """Another letter."""
    return next(letter for name in "ijk" if (letter := mk("letter", name)) is not at)


def values(name: str, value: Any, arguments: dict[str, Any]) -> Changes:
    """An argument of a rule with one change in it."""
    if name == "weights":
        for place, weight in enumerate(value):
            before, after = value[:place], value[place + 1 :]
            yield f"weight {place + 1} negated", (*before, neg(weight), *after)
            yield f"weight {place + 1} + 1", (*before, add(weight, ONE), *after)
        yield "weight dropped", value[:-1]
    elif name == "on":
        for place, case in enumerate(value):
            before, after = value[:place], value[place + 1 :]
            yield f"case {place + 1} dropped", before + after
            yield from ((f"case {place + 1}: {change}", (*before, other, *after)) for change, other in relations(case))
    elif name == "replace":
        for place, pair in enumerate(value):
            before, after = value[:place], value[place + 1 :]
            yield f"{pair[0][1]} not replaced", before + after
            yield f"{pair[0][1]}: another value", (*before, (pair[0], another(pair[1])), *after)
    elif name == "function" and type(value) is str:
        yield from ((f"function {other}", other) for other in FUNCTIONS if other != value)
    elif name == "function":
        yield "function + variable", add(value, arguments["variable"])
        yield "function doubled", mul(rat(2), value)
    elif name == "variable":
        yield "another variable", UNUSED
    elif type(value) is Term and value.sort == LETTER:
        yield "another letter", letter_beside(value)
    elif type(value) is Term and value.sort == NUMBER:
        yield f"{name} + 1", add(value, ONE)
        yield f"{name} negated", neg(value)


def another(value: Term) -> Term:
    """Another letter, or the number or template with 1 added."""
    if value.sort == LETTER:
        return letter_beside(value)
    return add(value, ONE) if value.sort == NUMBER else mk("template", add(value.args[0], ONE))


def of_step(step: Step) -> Iterator[tuple[str, Step]]:
    """A step with one change in its conclusion, its premises or its arguments."""
    for change, other in statements(step.conclusion):
        yield f"conclusion: {change}", replace(step, conclusion=other)
    for place in range(len(step.premises)):
        left = step.premises[:place] + step.premises[place + 1 :]
        yield f"premise {step.premises[place] + 1} dropped", replace(step, premises=left)
    for place, (name, value) in enumerate(step.arguments):
        for change, other in values(name, value, dict(step.arguments)):
            if other != value:
                arguments = (*step.arguments[:place], (name, other), *step.arguments[place + 1 :])
                yield f"argument: {change}", replace(step, arguments=arguments)


def of_derivation(steps: tuple[Step, ...]) -> Iterator[tuple[int, str, Step]]:
    """Every mutant of every step, each change of a step once."""
    for number, step in enumerate(steps):
        seen = {step}
        for change, mutant in of_step(step):
            if mutant not in seen:
                seen.add(mutant)
                yield number, change, mutant
