"""When two statements say the same: shape by shape, with numbers compared as they are told to be."""

from __future__ import annotations

import itertools

import pytest
from speech import B0, F0, F1, II, R0, Told, X, Y, Z, log, p, q

from focal_symbolic.logic import fuel
from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.comparison import similar
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.terms import (
    INFINITY,
    ONE,
    RELATIONS,
    TRUE,
    ZERO,
    add,
    eq,
    every,
    le,
    lt,
    mk,
    mul,
    ne,
    rat,
    slack,
    sub,
)

A, B, C = lt(X, Y), le(Y, Z), eq(X, Z)
A2, B2, C2 = lt(ZERO, sub(Y, X)), le(ZERO, sub(Z, Y)), eq(sub(X, Z), ZERO)
"""The same as A, B, C in other words."""
WEAK = lt(ZERO, add(sub(Y, X), ZERO))
"""The same as A, with another slack."""


def alike(s, t, facts=(), equal=lambda _, a, b: same(a, b)):
    """Whether two statements are similar, in both orders."""
    here = Context(Told(), facts)
    found = similar(here, s, t, equal)
    assert found == similar(here, t, s, equal)
    return found


def test_the_words_are_other_words():
    for s, t in ((A, A2), (B, B2), (C, C2)):
        assert s is not t
        assert alike(s, t)


@pytest.mark.parametrize("op", sorted(RELATIONS))
def test_relations_of_one_kind_compare_their_slacks(op):
    assert alike(mk(op, X, Y), mk(op, add(X, Z), add(Y, Z)))
    assert not alike(mk(op, X, Y), mk(op, X, Z))
    for other in RELATIONS - {op}:
        assert not alike(mk(op, X, Y), mk(other, X, Y))


def test_equations_and_their_negations_may_be_turned_and_inequalities_not():
    assert alike(eq(X, Y), eq(Y, X))
    assert alike(ne(X, Y), ne(add(Y, ONE), add(X, ONE)))
    assert not alike(lt(X, Y), lt(Y, X))
    assert not alike(le(X, Y), le(Y, X))


def test_the_slack_as_it_stands_is_compared_first_and_turned_where_that_may_be():
    asked = []

    def equal(_, a, b):
        asked.append((a, b))
        return False

    here = Context(Told(), ())
    assert not similar(here, eq(X, Y), eq(Y, X), equal)
    assert asked == [(slack(eq(X, Y)), slack(eq(Y, X))), (slack(eq(X, Y)), sub(X, Y))]
    asked.clear()
    assert not similar(here, eq(X, Y), eq(add(X, ONE), add(Y, ONE)), equal)
    assert asked == [(sub(X, Y), sub(add(X, ONE), add(Y, ONE))), (sub(X, Y), sub(add(Y, ONE), add(X, ONE)))]
    asked.clear()
    assert not similar(here, lt(X, Y), lt(Y, X), equal)
    assert asked == [(sub(Y, X), sub(X, Y))]


def test_the_comparison_is_asked_in_the_context():
    seen = []
    here = Context(Told(), ())
    assert similar(here, A, A2, lambda context, *_: seen.append(context) or True)
    assert seen == [here]


@pytest.mark.parametrize("op", ["and", "or"])
def test_conjunctions_and_disjunctions_match_part_by_part(op):
    for parts in itertools.permutations((A2, B2, C2)):
        assert alike(mk(op, A, B, C), mk(op, *parts))
    assert alike(mk(op, A, A), mk(op, A2, A))
    assert not alike(mk(op, A, B), mk(op, A2, B2, C2))
    assert not alike(mk(op, A, B, A), mk(op, A2, B2, B2))
    assert not alike(mk(op, A, A), mk(op, A2, B2))
    assert not alike(mk(op, A, B), mk(op, A2, C2))
    assert not alike(mk("and", A, B), mk("or", A2, B2))


def test_a_part_that_is_the_same_is_matched_with_itself():
    """Or one part would take what only the other can be matched with."""
    for one, other in ((A, WEAK), (WEAK, A)):

        def equal(_, a, b, one=one, other=other):
            return (a, b) in ((slack(one), slack(other)), (slack(B), slack(B2)))

        assert similar(Context(Told(), ()), mk("and", one, other, B), mk("and", one, other, B2), equal)


SHAPES = [
    *(lambda s: s, lambda s: mk("not", s), every, lambda s: mk("and", s, TRUE), lambda s: mk("or", s, TRUE)),
    *(lambda s: mk("implies", s, TRUE), lambda s: mk("implies", TRUE, s), lambda s: mk("iff", TRUE, s)),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_numbers_are_compared_with_that_of_the_first_statement_first(shape):
    def equal(_, a, b):
        return (a, b) == (slack(A), slack(WEAK))

    assert similar(Context(Told(), ()), shape(A), shape(WEAK), equal)
    assert not similar(Context(Told(), ()), shape(WEAK), shape(A), equal)


def test_a_part_is_not_given_away_to_one_that_says_the_same():
    """In whatever order parts come: not all that is equal is found to be."""
    words = (A, WEAK, lt(ZERO, add(sub(Y, X), ZERO, ZERO)))
    for whole, given, wanting in itertools.permutations(words):

        def equal(_, a, b, given=given, wanting=(whole, wanting)):
            return b is slack(given) and a in map(slack, wanting)

        assert similar(Context(Told(), ()), mk("or", whole, wanting), mk("or", whole, given), equal)


def test_an_equivalence_matches_in_both_orders():
    assert alike(mk("iff", A, B), mk("iff", B2, A2))
    assert not alike(mk("iff", A, B), mk("iff", A2, C2))


def test_negations_match():
    assert alike(mk("not", A), mk("not", A2))
    assert not alike(mk("not", A), mk("not", B))


def test_implications_match_from_left_to_right():
    assert alike(mk("implies", A, B), mk("implies", A2, B2))
    assert not alike(mk("implies", A, B), mk("implies", B, A))
    assert not alike(mk("implies", A, B), mk("implies", A2, C2))
    assert not alike(mk("implies", A, B), mk("implies", C2, B2))


def test_what_follows_is_compared_where_both_premises_are_given():
    seen = []

    def equal(context, a, b):
        seen.append(context.sources[2:])
        return same(a, b)

    assert similar(
        Context(Told(), ()), mk("implies", A, lt(ZERO, log(X))), mk("implies", A2, lt(ZERO, add(log(X), ZERO))), equal
    )
    assert seen == [(), (A, A2)]


def test_statements_for_every_letter_match_at_a_letter_that_neither_has():
    assert alike(every(lt(p(B0), q(B0))), every(lt(ZERO, sub(q(B0), p(B0)))))
    assert not alike(every(lt(ZERO, p(B0))), every(lt(ZERO, q(B0))))
    assert not alike(every(lt(p(B0), q(F0))), every(lt(p(B0), q(B0))))
    assert not alike(every(lt(p(B0), add(q(F0), ZERO))), every(lt(p(B0), q(B0))))
    assert not alike(every(lt(p(B0), q(F1))), every(lt(add(p(B0), ZERO), q(B0))), facts=(lt(ZERO, p(F0)),))
    nested = every(every(lt(p(B0), add(p(mk("bletter", 1)), ZERO))))
    assert alike(every(every(lt(p(B0), p(mk("bletter", 1))))), nested)
    assert not alike(every(every(lt(p(mk("bletter", 1)), p(B0)))), nested)


def test_bodies_of_unique_existence_and_finite_values_are_compared_literally():
    body, other = eq(mul(R0, X), Y), eq(mul(R0, X), add(Y, ZERO))
    assert alike(mk("one", ZERO, ONE, body), mk("one", ZERO, ONE, body))
    assert not alike(mk("one", ZERO, ONE, body), mk("one", ZERO, ONE, other))
    assert not alike(mk("one", ZERO, ONE, body), mk("one", ZERO, add(ONE, ZERO), body))
    value = mk("cases", X, A, INFINITY, TRUE)
    assert not alike(mk("finite", value), mk("finite", mk("cases", X, A2, INFINITY, TRUE)))
    assert not alike(mk("bijection", "s"), mk("bijection", "t"))
    assert alike(mk("finite", value), mk("finite", value))


def test_numbers_are_no_statements():
    assert alike(X, X)
    assert not alike(X, Y, equal=lambda *_: True)
    assert not alike(p(II), p(F0), equal=lambda *_: True)


def test_other_kinds_of_statements_are_not_alike():
    kinds = [A, mk("and", A, B), mk("or", A, B), mk("not", A), mk("implies", A, B), mk("iff", A, B), every(A), TRUE]
    kinds += [mk("bijection", "s"), mk("one", ZERO, ONE, A), mk("finite", INFINITY)]
    for s, t in itertools.combinations(kinds, 2):
        assert not alike(s, t, equal=lambda *_: True)


def test_comparing_costs_fuel():
    here = Context(Told(), ())

    def cost(s, t):
        before = fuel.spent()
        similar(here, s, t, lambda *_: False)
        return fuel.spent() - before

    assert cost(A, A) == 1
    assert cost(A, mk("not", A)) == 1
    parts = [lt(ZERO, rat(k)) for k in range(1, 31)]
    whole = mk("or", *parts)
    assert cost(whole, whole) == 1
    assert cost(mk("or", *parts[:-1], A), whole) > 29 * 30 // 2
