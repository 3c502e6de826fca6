"""Holes to plant in the logic, to see whether a campaign finds them: `python holes.py HOLE SEED SECONDS`, in its own process.

A function is replaced by its code, so that whoever has imported it by its name has the hole as well. It prints what was found.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from types import FunctionType
from typing import Any

from generator import WEIGHTS, Campaign, Tally

from focal_symbolic.logic import checker, context, kernel, laws, meaning, terms
from focal_symbolic.logic import rules as _rules  # noqa: F401  (importing the rules registers them)
from focal_symbolic.logic.kernel import demand
from focal_symbolic.logic.rules import analysis, common, connectives, quantifiers, suprema
from focal_symbolic.logic.signs import NIL, POS, of_power
from focal_symbolic.logic.terms import MINUS, mk

HOLES: dict[str, Callable[[], None]] = {}


def hole(plant: Callable[[], None]) -> Callable[[], None]:
    """Register a hole under its name."""
    HOLES[plant.__name__] = plant
    return plant


def become(function: Any, other: Any) -> None:
    """The function does from now on what the other does; the names that the other uses are put into its module."""
    assert isinstance(function, FunctionType)
    function.__code__ = other.__code__


# -- definedness -----------------------------------------------------------------------------------------------------------


@hole
def poles_are_defined() -> None:
    """b^-1 needs no b != 0."""
    honest = meaning._domain
    meaning._domain = lambda t: honest(mk("mul", *t.terms, MINUS) if t.op == "ipow" else t)


@hole
def logarithms_are_defined() -> None:
    """ln t needs no t > 0."""
    honest = meaning._domain
    meaning._domain = lambda t: honest(mk("exp", *t.terms) if t.op == "log" else t)


@hole
def powers_are_defined() -> None:
    """b^e is defined for any b."""
    honest = meaning._domain
    meaning._domain = lambda t: honest(mk("add", *t.terms) if t.op == "rpow" else t)


@hole
def guards_are_forgotten() -> None:
    """What is defined behind a guard counts as defined in front of it."""
    honest = meaning._domain
    meaning._domain = lambda t: honest(mk("and", *t.terms) if t.op == "implies" else t)


@hole
def values_are_not_asked() -> None:
    """`instance` does not ask whether the values are defined that it puts in."""
    rule = kernel._rules["instance"]

    def check(*premises: Any, **arguments: Any) -> Any:
        return replace(rule.check(*premises, **arguments), defined=())

    kernel._rules["instance"] = replace(rule, check=check)


@hole
def conclusions_are_not_asked() -> None:
    """The kernel does not ask whether a conclusion is defined."""
    kernel._define = lambda known, t: None


# -- binders ---------------------------------------------------------------------------------------------------------------


@hole
def binders_capture() -> None:
    """Binding a letter under other binders binds it to the innermost."""
    honest = terms._abstract
    terms._abstract = lambda t, at, depth: honest(t, at, 0) if t is not at else mk("bletter", 0)


@hole
def letters_are_put_in_for_others() -> None:
    """The letter of a binder is put in for the letters that other binders bind inside of it."""

    def shallow(body, at, depth=0):
        if body.loose[0] <= depth:
            return body
        if body.op == "bletter":
            return at if body.args[0] == depth else mk("bletter", body.args[0] - 1)
        return rebuild(body, lambda a, bound, _: instantiate(a, at, depth))  # noqa: F821

    become(terms.instantiate, shallow)


@hole
def fresh_letters_are_one() -> None:
    """Every fresh letter is the same one."""
    context.Context.fresh = lambda self, t: mk("fresh", 0)  # type: ignore[method-assign]


@hole
def letters_are_arbitrary() -> None:
    """A letter counts as arbitrary though a hypothesis speaks of it."""
    become(common.arbitrary, lambda key, *theorems: None)


@hole
def facts_hold_at_each_letter() -> None:
    """What a premise says of a letter counts for every letter."""

    def anywhere(theorem):
        names = [mk(*key) for key in sorted(free(theorem.conclusion)) if key[0] == "letter"]  # noqa: F821
        return [every(abstract(theorem.conclusion, a)) for a in names]  # noqa: F821

    become(kernel.arbitrary_in, anywhere)


# -- signs, bases, powers --------------------------------------------------------------------------------------------------


@hole
def bases_have_no_sign() -> None:
    """The laws do not look at the proof that a base is positive."""
    become(laws._positive, lambda now, f, proof: None)


@hole
def products_have_no_sign() -> None:
    """u^e = product of f^(k e), and ln u = sum of k ln f, for f of any sign."""
    become(laws._product, lambda now, u, bases: need(now.same(u, mul(*(ipow(f, k) for f, k, _ in bases)))))  # noqa: F821


@hole
def negative_powers_are_positive() -> None:
    """b^-1 > 0."""
    checker.of_power = lambda base, k: POS if k < 0 else of_power(base, k)  # type: ignore[assignment]


@hole
def even_powers_are_positive() -> None:
    """b^2 > 0."""
    checker.of_power = lambda base, k: POS if k == 2 else of_power(base, k)  # type: ignore[assignment]


# -- rules -----------------------------------------------------------------------------------------------------------------


@hole
def premises_need_no_hypotheses() -> None:
    """A premise is a fact whatever it assumes."""

    def here(answers, hypotheses, premises, shown=()):
        facts = in_order(shown)  # noqa: F821
        for p in premises:
            facts.append(p.conclusion)
        return Context(answers, facts, in_order(hypotheses))  # noqa: F821

    become(kernel.here, here)


@hole
def cases_may_leave_zero_out() -> None:
    """The cases e < 0 and e > 0 are all."""
    honest = connectives.sign_set
    connectives.sign_set = lambda s, difference: honest(s, difference) | NIL


@hole
def bounds_need_not_reach() -> None:
    """`monotone` does not ask whether the sign of the derivative is known on the whole interval."""

    def between(known, bounds, a, b, v):
        inside, closed = [lt(a, v), lt(v, b)], [le(a, v), le(v, b)]  # noqa: F821
        for found, up in ((bounds.low, False), (bounds.high, True)):
            for bound, _ in found:
                inside.append(lt(v, bound) if up else lt(bound, v))  # noqa: F821
                closed.append(le(v, bound) if up else le(bound, v))  # noqa: F821
        return inside, closed

    become(analysis._between, between)


# -- what is read at every size of the alphabet ----------------------------------------------------------------------------


@hole
def sizes_are_put_in() -> None:
    """What speaks of the alphabet may be put into what is read at every size of it."""
    terms._enter = lambda t, *put: None


@hole
def one_size_is_all() -> None:
    """What holds at one size holds at all."""
    suprema._at_every_size = lambda theorem, *more: None


@hole
def families_end_with_the_alphabet() -> None:
    """What is put in for a family need not be defined beyond the alphabet."""
    quantifiers.everywhere_defined = lambda mapping, *spoken: ()


@hole
def suprema_are_reached_together() -> None:
    """Sums of terms of any sign are largest at the same size."""
    suprema.demand = lambda condition, message, *about: message.startswith("no premise") or demand(condition, message, *about)


@hole
def equal_here_is_equal_everywhere() -> None:
    """What is equal at one size is put for the other at all."""
    quantifiers.BINDS_SIZE = frozenset()


@hole
def sums_grow_whatever_is_summed() -> None:
    """A sum of nonnegative terms grows with the alphabet, though they change with it."""
    honest = suprema._at_every_size
    suprema._at_every_size = lambda theorem, *more: honest(theorem, *more[:1])


@hole
def limits_are_continuous() -> None:
    """The supremum of dominated sums is their uniform limit, though the terms change with the alphabet."""
    honest = analysis.demand
    analysis.demand = lambda condition, message, *about: "of a series" in message or honest(condition, message, *about)


@hole
def suprema_are_numbers() -> None:
    """A supremum is a number though it is infinite."""
    honest = meaning._domain
    meaning._domain = lambda t: honest(mk("bounded", *t.terms) if t.op == "sup" else t)


@hole
def suprema_are_reached() -> None:
    """What is below a bound at every size has a supremum below it."""
    rule = kernel._rules["sup_least"]

    def check(*given: Any) -> Any:
        found = rule.check(*given)
        b, bound = given[2].conclusion.args
        return replace(found, gives=(*found.gives, mk("lt", mk("sup", b), bound)))

    kernel._rules["sup_least"] = replace(rule, check=check)


@hole
def declared_functions_change() -> None:
    """A declared function may change with the alphabet, as the inverse of n (1/x - 1) does."""
    x, n = mk("var", "x"), mk("size")
    odds = mk("mul", n, mk("add", mk("ipow", x, -1), MINUS))
    meaning._declared["odds_inverse"] = meaning.Declaration("odds_inverse", odds, "x", ())


@hole
def suprema_are_of_this_size() -> None:
    """The conditions of what stands under a supremum are asked at the size of the alphabet only."""
    meaning.is_rigid = lambda t: True


def found(name: str, seed: object, seconds: float) -> tuple[float | None, Tally]:
    """The CPU seconds until a campaign on the logic with the hole meets a falsehood, or None."""
    HOLES[name]()
    start = time.process_time()
    moves = [move for move in WEIGHTS if move != "twin"]  # the library need not hold in a logic with a hole
    tally = Campaign(seed, moves=moves).run(lambda t: bool(t.false) or time.process_time() - start > seconds)
    return (time.process_time() - start if tally.false else None), tally


if __name__ == "__main__":
    took, tally = found(sys.argv[1], sys.argv[2], float(sys.argv[3]))
    sys.stdout.write(f"{sys.argv[1]}: {'not found' if took is None else f'found in {took:.1f} CPU s'}\n")
    sys.stdout.writelines(f"{falsehood}\n" for falsehood in tally.false)
