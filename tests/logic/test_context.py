"""Contexts: what they hold, in which order they ask, and that an answer counts only if it is checked."""

from __future__ import annotations

import pytest
from speech import B0, F0, F1, II, JJ, Told, X, Y, Z, exp, log, p, q

from focal_symbolic.logic import context as module
from focal_symbolic.logic import fuel
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.meaning import conditions, power_condition
from focal_symbolic.logic.signs import ANY, NEG, NIL, POS
from focal_symbolic.logic.terms import (
    ONE,
    SIZE,
    TRUE,
    ZERO,
    Malformed,
    add,
    eq,
    every,
    in_order,
    ipow,
    le,
    lt,
    mk,
    mul,
    ne,
    neg,
    rat,
    rpow,
    total,
)

POSITIVE, NOT_ZERO = lt(ZERO, X), ne(X, ZERO)
NOT_EMPTY = [le(ONE, SIZE), lt(ZERO, SIZE)]


def context(*facts, more=(), says=None, **kwargs):
    """A context with these facts, and what it is told."""
    return Context(Told(says), facts, more, **kwargs)


def held(found):
    """The sources beyond «the alphabet is not empty», with their weights."""
    assert list(found.sources[:2]) == NOT_EMPTY
    assert list(found.weights[:2]) == [0, 0]
    return list(zip(found.sources, found.weights, strict=True))[2:]


# -- what is held ----------------------------------------------------------------------------------------------------------


def test_facts_come_first_then_hypotheses_then_what_both_are_defined_by():
    found = context(lt(X, Y), more=(eq(Y, log(Z)), lt(X, ipow(Y, -1))))
    assert held(found) == [
        (lt(X, Y), 0),
        (eq(Y, log(Z)), 1),
        (lt(X, ipow(Y, -1)), 1),
        (lt(ZERO, Z), 2),
        (ne(Y, ZERO), 2),
    ]
    assert dict(found.place) == {s: k for k, s in enumerate(found.sources)}


def test_conditions_come_source_by_source_in_the_order_of_their_digests():
    many = add(*(log(mk("var", f"v{k}")) for k in range(9)))
    found = context(lt(ZERO, many), lt(ZERO, log(X)))
    assert [s for s, _ in held(found)] == [lt(ZERO, many), lt(ZERO, log(X)), *in_order(conditions(many)), POSITIVE]


def test_each_is_held_once_at_its_first_place_with_its_least_weight():
    found = context(POSITIVE, lt(X, Y), POSITIVE, more=(lt(X, Y), lt(ZERO, log(X))))
    assert held(found) == [(POSITIVE, 0), (lt(X, Y), 0), (lt(ZERO, log(X)), 1)]
    found = context(more=(lt(ZERO, log(X)), POSITIVE))
    assert held(found) == [(lt(ZERO, log(X)), 1), (POSITIVE, 1)]


def test_conjunctions_are_taken_apart_below_for_every_too():
    both = mk("and", POSITIVE, mk("and", lt(X, Y), lt(ZERO, p(II))))
    each = every(mk("and", lt(ZERO, p(B0)), mk("and", lt(ZERO, q(B0)), TRUE)))
    found = context(both, more=(each,))
    assert {s for s, w in held(found) if w == 0} == {POSITIVE, lt(X, Y), lt(ZERO, p(II))}
    assert {s for s, w in held(found) if w == 1} == {every(lt(ZERO, p(B0))), every(lt(ZERO, q(B0))), every(TRUE)}


def test_the_negation_of_a_relation_is_the_opposite_relation():
    found = context(mk("not", lt(X, Y)), mk("not", mk("or", POSITIVE, TRUE)))
    assert held(found) == [(le(Y, X), 0), (mk("not", mk("or", POSITIVE, TRUE)), 0)]


def test_disjunctions_and_implications_are_held_as_they_are():
    for s in (mk("or", POSITIVE, NOT_ZERO), mk("implies", POSITIVE, NOT_ZERO), every(mk("or", POSITIVE, lt(ZERO, p(B0))))):
        assert held(context(s)) == [(s, 0)]


def test_a_context_that_holds_the_same_in_the_same_order_has_the_same_serial():
    assert context(POSITIVE, lt(X, Y)).serial == context(POSITIVE, more=(lt(X, Y),)).serial
    assert context(POSITIVE, lt(X, Y)).serial != context(lt(X, Y), POSITIVE).serial
    assert context(POSITIVE).serial != context(NOT_ZERO).serial
    assert len(context().serial) == 8


def test_more_is_given_behind_the_facts():
    found = context(lt(X, Y), more=(eq(Y, log(Z)),), taken=frozenset({3})).extended(POSITIVE, lt(Z, exp(X)))
    assert held(found) == [(lt(X, Y), 0), (POSITIVE, 0), (lt(Z, exp(X)), 0), (eq(Y, log(Z)), 1), (lt(ZERO, Z), 1)]
    assert found.taken == {3}


def test_so_many_facts_and_no_more():
    facts = [lt(rat(k), X) for k in range(module.MOST_SOURCES - 2)]
    assert module.MOST_SOURCES == 4000
    assert len(context(*facts).sources) == 4000
    with pytest.raises(Malformed, match="too many facts"):
        context(*facts, POSITIVE, NOT_ZERO)


def test_letters_of_a_checker_that_are_spoken_of_are_taken():
    found = context(lt(ZERO, p(F1)), more=(lt(ZERO, log(q(F0))),), taken=frozenset({7}))
    assert found.taken == {0, 1, 7}
    assert found.fresh(X) is mk("fresh", 2)
    assert found.fresh(lt(p(mk("fresh", 2)), p(mk("fresh", 4)))) is mk("fresh", 3)
    assert context().fresh(X) is F0
    assert context().fresh(p(F0)) is F1


def test_holding_something_costs_fuel():
    def cost(*facts):
        before = fuel.spent()
        context(*facts)
        return fuel.spent() - before

    assert cost(TRUE) - cost() == 2  # the fact, and asking for its conditions
    assert cost(TRUE, TRUE, TRUE) - cost(TRUE) == 2


# -- questions -------------------------------------------------------------------------------------------------------------


def known(facts):
    """Answers that name a source where it is what is asked for, and say «a rational» of signs."""

    def says(here, question):
        if question[0] == "prove":
            return ("known", here.place[question[1]], ()) if question[1] in here.place else None
        return ("number",) if question[0] == "sign" else ("same",)

    return context(*facts, says=says)


def test_a_sign_is_asked_only_of_a_number_that_is_shown_to_be_defined():
    t = mul(ZERO, log(X))
    here = context(says=lambda _, question: ("number",) if question[0] == "sign" else None)
    assert not here.sign(t, NIL)
    assert here.answers.asked == [("prove", POSITIVE)]
    here = known([POSITIVE])
    assert here.sign(t, NIL)
    assert here.answers.asked == [("sign", t, NIL)]
    assert not here.sign(t, POS | NEG)


def test_equality_is_asked_only_of_numbers_that_are_shown_to_be_defined():
    for a, b in ((log(X), log(X)), (log(X), ZERO), (ZERO, log(X))):
        here = context(says=lambda _, question: ("same",) if question[0] == "equal" else None)
        assert not here.equal(a, b)
        assert here.answers.asked == [("prove", POSITIVE)]
    here = known([POSITIVE])
    assert here.equal(log(X), log(X))
    assert here.answers.asked == []
    assert here.equal(add(log(X), log(X)), mul(rat(2), log(X)))
    assert not here.equal(log(X), X)


def test_a_statement_is_shown_only_where_it_is_defined():
    s = lt(ZERO, add(ONE, mul(ZERO, log(X))))
    here = context(says=lambda _, question: ("sign", ("number",)) if question[1] is s else None)
    assert not here.shows(s)
    assert here.answers.asked == [("prove", POSITIVE)]
    here = context(POSITIVE, says=lambda *_: ("sign", ("number",)))
    assert here.shows(s)
    assert not here.shows(lt(s.args[1], ZERO))


def test_what_is_held_is_shown_without_a_question():
    here = context(lt(ZERO, log(X)))
    assert here.shows(lt(ZERO, log(X)))
    assert here.shows(POSITIVE)
    assert here.is_defined(log(X))
    assert here.is_defined(X)
    assert here.answers.asked == []


def test_a_number_is_defined_where_all_of_its_conditions_are_shown():
    t = add(log(X), ipow(Y, -1))
    for facts in ((), (POSITIVE,), (ne(Y, ZERO),)):
        assert not context(*facts).is_defined(t)
    assert context(POSITIVE, ne(Y, ZERO)).is_defined(t)


def test_a_condition_that_is_not_shown_is_told_the_first_of_them():
    t = add(log(X), ipow(Y, -1))
    first, second = in_order([POSITIVE, ne(Y, ZERO)])
    assert context().undefined(t) is first
    assert context(first).undefined(t) is second
    assert context(first, second).undefined(t) is None
    assert context().undefined(X) is None


def test_a_condition_is_asked_for_once():
    here = context()
    for _ in range(3):
        assert not here.is_defined(log(X))
        assert here.undefined(log(X)) is POSITIVE
    assert here.answers.asked == [("prove", POSITIVE)]


def test_conditions_are_asked_for_in_the_order_of_their_digests_until_one_fails():
    t = add(*(log(mk("var", f"v{k}")) for k in range(6)))
    here = context()
    assert not here.is_defined(t)
    assert here.answers.asked == [("prove", in_order(conditions(t))[0])]
    here = context(*in_order(conditions(t))[:-1])
    assert not here.is_defined(t)
    assert here.answers.asked == [("prove", in_order(conditions(t))[-1])]


@pytest.mark.parametrize("answer", [None, "(same)", ("text", {}, 1), ["(same)", {}], "ab", {"(same)": 1, "b": 2}])
def test_an_answer_is_a_pair_of_text_and_table_or_there_is_none(answer):
    class Odd:
        def answer(self, *_):
            return answer

    assert not Context(Odd(), ()).equal(add(X, X), mul(rat(2), X))


def test_an_answer_of_the_wrong_grammar_is_refused():
    for text in ("(any)", "same", "", "(same) (same)", "(with)"):
        with pytest.raises(Malformed):
            context(says=lambda *_, text=text: text).equal(add(X, X), mul(rat(2), X))


def test_an_answer_is_of_the_category_of_its_question():
    said = {"sign": "(number)", "prove": "(asked)", "equal": "(same)"}
    assert context(says=lambda _, question: said[question[0]]).sign(add(ONE, ONE), POS)
    assert context(says=lambda _, question: said[question[0]]).equal(add(ONE, ONE), rat(2))
    assert not context(says=lambda _, question: said[question[0]]).shows(POSITIVE)
    for kind, ask in (
        ("sign", lambda here: here.sign(ONE, POS)),
        ("prove", lambda here: here.shows(POSITIVE)),
        ("equal", lambda here: here.equal(add(ONE, ONE), rat(2))),
    ):
        for other in said.keys() - {kind}:
            with pytest.raises(Malformed):
                ask(context(says=lambda *_, other=other: said[other]))


def test_a_certificate_is_checked():
    assert context(says=lambda *_: ("number",)).sign(add(X, neg(X)), NIL)
    assert not context(says=lambda *_: ("number",)).sign(add(X, neg(X)), POS | NEG)
    assert not context(says=lambda *_: ("number",)).sign(X, POS | NEG)
    assert context(says=lambda *_: ("any",)).sign(X, ANY)


def test_the_search_for_an_answer_costs_no_fuel_and_its_check_does():
    class Wasting(Told):
        def answer(self, here, question):
            fuel.spend(10**9)
            return super().answer(here, question)

    here = Context(Wasting(lambda *_: ("number",)), ())
    e = add(X, neg(X))
    before = fuel.spent()
    assert here.sign(e, NIL)
    assert 0 < fuel.spent() - before < 100


# -- comparison ------------------------------------------------------------------------------------------------------------


def test_statements_that_compare_equal_numbers_are_alike():
    here = known([])
    assert here.alike(lt(X, Y), lt(ZERO, add(Y, neg(X))))
    assert here.alike(lt(X, Y), lt(X, Y))
    assert not here.alike(lt(X, Y), lt(ZERO, add(X, neg(Y))))
    assert not here.alike(lt(X, Y), le(X, Y))


def test_statements_are_alike_only_where_their_numbers_are_shown_to_be_defined():
    stated = lt(X, add(Y, log(Z), neg(log(Z))))
    assert not known([]).alike(lt(X, Y), stated)
    assert known([lt(ZERO, Z)]).alike(lt(X, Y), stated)


def test_powers_ask_for_their_own_condition():
    here = known([])
    assert not here.is_defined(rpow(X, Y))
    assert here.answers.asked == [("prove", power_condition(X, Y))]
    assert not known([every(lt(ZERO, p(B0)))]).is_defined(log(p(JJ)))
    assert known([every(lt(ZERO, p(B0)))]).is_defined(total(log(p(B0))))
