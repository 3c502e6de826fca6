"""Small wrong changes to a derivation, all of them: what the kernel must notice.

`of_derivation(steps)` yields (number of the step, what was changed, the changed step). All but those that say the same as
the step did must be rejected, by its own rule or because the rest no longer fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sympy import Basic, Expr, Indexed, IndexedBase, Integer, Number, Symbol, Tuple
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.logic.boolalg import Boolean, Implies

from focal_symbolic.kernel import Step
from focal_symbolic.language import Bijection, Every, ExistsUnique, i, j, k, real

OTHER_RELATIONS = {Lt: (Le, Gt), Le: (Lt, Ge), Gt: (Ge, Lt), Ge: (Gt, Le), Eq: (Le, Ne), Ne: (Eq, Lt)}
FUNCTIONS = ("log", "exp", "power", "base")
UNUSED = real("omega")


def rebuilt(node: Basic, args: list) -> Basic:
    """The node with other arguments; no relation is evaluated."""
    return node.func(*args, evaluate=False) if isinstance(node, Relational) else node.func(*args)


def numbers(node: Basic) -> Iterator[tuple[str, Basic]]:
    """The expression with 1 added to a number in it, at each place of a number."""
    if isinstance(node, Number):
        yield f"{node} + 1", node + 1
    if isinstance(node, Indexed | Tuple) or not node.args:
        return
    for place, part in enumerate(node.args):
        for change, other in numbers(part):
            yield change, rebuilt(node, [*node.args[:place], other, *node.args[place + 1 :]])


def relations(statement: Relational) -> Iterator[tuple[str, Boolean]]:
    """A relation with another sign, another constant or another kind."""
    left, right = statement.args
    kind = statement.func
    if kind not in {Eq, Ne}:
        yield "sides swapped", kind(right, left, evaluate=False)
    yield "one side negated", kind(-left, right, evaluate=False) if left != 0 else kind(left, -right, evaluate=False)
    yield "1 added", kind(left, right + 1, evaluate=False)
    yield from dict(reversed(list(numbers(statement)))).items()  # each number once, at its first place
    for other in OTHER_RELATIONS[kind]:
        yield f"{kind.__name__} -> {other.__name__}", other(left, right, evaluate=False)


def statements(statement: Boolean) -> Iterator[tuple[str, Boolean]]:
    """A statement with one change in it."""
    if isinstance(statement, Relational):
        yield from relations(statement)
        return
    if isinstance(statement, Implies):
        yield "implication reversed", Implies(*statement.args[::-1])
    if isinstance(statement, Every):
        yield from ((change, Every(body, statement.over)) for change, body in statements(statement.body))
        return
    if isinstance(statement, ExistsUnique):
        x, (low, high) = statement.unknown, statement.interval
        yield "lower end + 1", ExistsUnique(statement.equation, (x, low + 1, high))
        yield "upper end + 1", ExistsUnique(statement.equation, (x, low, high + 1))
        yield from ((change, ExistsUnique(e, (x, low, high))) for change, e in statements(statement.equation))
        return
    if isinstance(statement, Bijection):
        return
    for place, part in enumerate(statement.args):
        for change, other in statements(part) if isinstance(part, Boolean) else numbers(part):
            yield change, rebuilt(statement, [*statement.args[:place], other, *statement.args[place + 1 :]])


def letter_beside(at: Symbol) -> Symbol:
    return next(a for a in (i, j, k) if a != at)


def values(name: str, value: Any, step: Step) -> Iterator[tuple[str, Any]]:
    """An argument of a rule with one change in it."""
    arguments = dict(step.arguments)
    if name == "weights":
        for place, weight in enumerate(value):
            before, after = value[:place], value[place + 1 :]
            yield f"weight {place + 1} negated", (*before, -weight, *after)
            yield f"weight {place + 1} + 1", (*before, weight + 1, *after)
        yield "weight dropped", value[:-1]
    elif name == "on":
        for place, case in enumerate(value):
            before, after = value[:place], value[place + 1 :]
            yield f"case {place + 1} dropped", before + after
            for change, other in relations(case):
                yield f"case {place + 1}: {change}", (*before, other, *after)
    elif name == "replace":
        for place, (old, new) in enumerate(value):
            before, after = value[:place], value[place + 1 :]
            if old != new:
                yield f"{old} not replaced", before + after
            if isinstance(new, tuple):
                yield f"{old}: template + 1", (*before, (old, (new[0], new[1] + 1)), *after)
            elif isinstance(old, Symbol) and old.is_integer:
                yield f"{old}: another letter", (*before, (old, letter_beside(new)), *after)
            else:
                yield f"{old}: value + 1", (*before, (old, new + 1), *after)
    elif name == "function" and isinstance(value, str):
        yield from ((f"function {other}", other) for other in FUNCTIONS if other != value)
    elif name == "function":
        yield "function + variable", value + arguments["variable"]
        yield "function doubled", 2 * value
    elif name == "variable":
        yield "another variable", UNUSED
    elif name in {"at", "over"} and not isinstance(value, Indexed):
        yield "another letter", letter_beside(value)
    elif isinstance(value, Expr) and not isinstance(value, IndexedBase | Indexed):
        yield f"{name} + 1", value + Integer(1)
        yield f"{name} negated", -value


def of_step(step: Step) -> Iterator[tuple[str, Step]]:
    """A step with one change in its conclusion, its premises or its arguments."""
    for change, other in statements(step.conclusion):
        yield f"conclusion: {change}", replace(step, conclusion=other)
    for place in range(len(step.premises)):
        left = step.premises[:place] + step.premises[place + 1 :]
        yield f"premise {step.premises[place] + 1} dropped", replace(step, premises=left)
    for place, (name, value) in enumerate(step.arguments):
        for change, other in values(name, value, step):
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
