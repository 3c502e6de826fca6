"""Fuel: work is counted, a step ends where it has spent what it may, and what was computed before makes no difference."""

from __future__ import annotations

import pytest
from speech import Told, X, Y

from focal_symbolic.errors import Rejected
from focal_symbolic.logic import fuel, kernel
from focal_symbolic.logic.fuel import MOST, Exhausted, metered, remembered, spend, spent, unmetered
from focal_symbolic.logic.kernel import Outcome, Step, conclude
from focal_symbolic.logic.terms import ONE, ZERO, lt, rat


def test_within_a_meter_so_much_may_be_spent_and_no_more():
    assert MOST == 5_000_000
    with metered():
        spend(MOST)
        assert spent() == MOST
        with pytest.raises(Exhausted, match="at most 5000000 units"):
            spend(1)


def test_work_that_is_not_metered_has_no_end():
    spend(MOST)
    with unmetered():
        spend(2 * MOST)
        spend(1)


def test_a_meter_within_another_counts_for_itself():
    with metered():
        spend(MOST - 1)
        with metered():
            spend(MOST)
        with unmetered():
            spend(MOST)
            assert spent() == MOST
        assert spent() == MOST - 1
        spend(1)
        with pytest.raises(Exhausted):
            spend(1)


def test_a_meter_ends_with_its_block_even_where_an_error_leaves_it():
    before = spent()
    with pytest.raises(Exhausted), metered():
        spend(MOST + 1)
    assert spent() == before
    spend(MOST + 1)


def test_what_is_remembered_is_computed_once_and_costs_the_same_each_time():
    calls = []

    @remembered
    def cost(k):
        """What it costs."""
        calls.append(k)
        spend(k)
        return 2 * k

    assert (cost.__name__, cost.__doc__) == ("cost", "What it costs.")
    for _ in range(3):
        before = spent()
        assert cost(10) == 20
        assert spent() - before == 10
    assert cost(11) == 22
    assert calls == [10, 11]


def test_what_is_remembered_of_what_is_remembered_costs_all_of_it():
    @remembered
    def inner(k):
        spend(k)
        return k

    @remembered
    def outer(k):
        spend(1)
        return inner(k) + inner(k)

    inner(5)
    for _ in range(2):
        before = spent()
        assert outer(5) == 10
        assert spent() - before == 11


def test_an_answer_of_nothing_is_remembered_too_and_an_error_is_not():
    calls = []

    @remembered
    def nothing(k):
        calls.append(k)
        if k:
            raise ValueError(k)

    assert nothing(0) is None
    assert nothing(0) is None
    for _ in range(2):
        with pytest.raises(ValueError, match="3"):
            nothing(3)
    assert calls == [0, 3, 3]


def test_what_is_remembered_may_be_beyond_what_a_step_has():
    @remembered
    def cost():
        spend(MOST + 1)
        return 1

    assert cost() == 1
    with metered(), pytest.raises(Exhausted):
        cost()


def wasteful(monkeypatch, work):
    """A rule that spends so much."""

    def check(answers, conclusion):
        spend(work)
        return Outcome(frozenset({conclusion}), (conclusion,))

    found = kernel.Rule("waste", check, {}, (), "exact", "")
    monkeypatch.setattr(kernel, "rules", {"waste": found})
    return Step("waste", lt(X, Y))


def test_a_step_that_spends_too_much_is_refused_and_leaves_the_next_one_its_own(monkeypatch):
    step = wasteful(monkeypatch, MOST)
    with pytest.raises(Rejected, match="Exhausted: a step does at most"):
        conclude(step, [], None, Told())
    step = wasteful(monkeypatch, MOST // 2)
    for _ in range(3):
        assert conclude(step, [], None, Told()).conclusion is lt(X, Y)


def test_the_goal_is_compared_with_a_meter_of_its_own(monkeypatch):
    class Wasting(Told):
        def answer(self, context, question):
            spend(MOST * 2)  # a search is nobody's work
            return super().answer(context, question)

    step = wasteful(monkeypatch, 10)
    goal = lt(ZERO, ONE)
    with pytest.raises(Rejected, match="not in the goal"):
        kernel.replay("claim", goal, (lt(X, Y),), (step,), None, Wasting())
    assumptions = [lt(rat(k), X) for k in range(500)]
    monkeypatch.setattr(fuel, "MOST", 400)
    with pytest.raises(Rejected, match="claim: the goal is not compared: Exhausted: a step does at most"):
        kernel.replay("claim", goal, (lt(X, Y), *assumptions), (step,), None, Wasting())
