"""Strategies and hard cases: exact, extreme where they should be, within the hypotheses, and the same every time."""

import subprocess
import sys
from fractions import Fraction
from itertools import islice

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sympy import Rational, oo

from focal_symbolic import definitions as d
from focal_symbolic.claims import cases, strategies
from focal_symbolic.claims.claim import Claim, Draws
from focal_symbolic.claims.closed import hypotheses
from focal_symbolic.claims.evaluate import decide
from focal_symbolic.claims.variables.bijection import Permutation
from focal_symbolic.claims.variables.bounds import Lower, Upper
from focal_symbolic.claims.variables.crossing import inflection_of, mode_of
from focal_symbolic.claims.variables.letter import Letter
from focal_symbolic.claims.variables.levels import Levels
from focal_symbolic.claims.variables.majorizing import majorizing
from focal_symbolic.claims.variables.mixture import Mixture
from focal_symbolic.claims.variables.near import Near
from focal_symbolic.claims.variables.number import Number
from focal_symbolic.claims.variables.optimum import InverseRoot, Optimum, OptimumRoot
from focal_symbolic.claims.variables.pmf import Pmf
from focal_symbolic.claims.variables.reals import Reals
from focal_symbolic.claims.variables.submass import Subpmf
from focal_symbolic.distribution import Distribution
from focal_symbolic.language import And, Eq, Ge, Gt, Lt, array, i, j, letters, n, real

p, q, gamma = d.p, d.q, d.gamma
few = settings(max_examples=150, database=None, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
GAMMA = Number(gamma, 0)
OPTIMUM = Optimum(q, d.multiplier, p, gamma)
r, w, sigma, low, high = array("r"), real("w"), letters("sigma"), real("low"), real("high")


def claim(*variables, where=(), name="test/claim"):
    return Claim(name, "a statement", "own", "", tuple(variables), Gt(1, 0, evaluate=False), "universal", tuple(where))


CLAIMS = {
    "numbers": claim(Number(d.x, 0, 1, low_open=True), GAMMA),
    "dependent": claim(Number(d.x, 0, 1, low_open=True, high_open=True), Number(w, d.x, 1)),
    "pmfs": claim(Pmf(p, positive=False), Pmf(q), GAMMA),
    "subpmf": claim(Pmf(p), Subpmf(q), Letter(i)),
    "reals": claim(Reals(q), Reals(r), Number(w, -1, 1), Letter(i), where=(Ge(q[i], r[i]),)),
    "inflection": claim(Number(gamma, 0, low_open=True), inflection_of(gamma)(w), Number(d.x, 0, 1)),
    "mode": claim(Number(gamma, 0, low_open=True), mode_of(gamma)(w), Number(d.x, 0, 1)),
    "optimum": claim(Pmf(p), GAMMA, OPTIMUM, Letter(i), Letter(j), where=(Ge(q[i], q[j]),)),
    "bounds": claim(Pmf(p), GAMMA, OPTIMUM, Lower(low, (p, q)), Upper(high, (q,))),
    "bounds first": claim(Pmf(p), Upper(high, (p,)), Number(gamma, 0, high, low_open=True), OPTIMUM),
    "number of a letter": claim(Pmf(p), Letter(i), Letter(j), Number(w, 0, p[i]), where=(Lt(p[i], p[j]),)),
    "mixture": claim(Pmf(p), Pmf(r), Number(w, 0, 1), Mixture(q, p, r, w)),
    "mixed optimum": claim(
        Optimum(array("t"), real("nu"), array("s"), gamma), Mixture(array("s"), p, r, w), Pmf(p), Pmf(r), Number(w, 0, 1), GAMMA
    ),
    "moved mixture": claim(Pmf(p), GAMMA, OPTIMUM, Permutation(sigma), Number(w, 0, 1), Mixture(r, p, q, w, sigma)),
    "permutation": claim(Pmf(p), Permutation(sigma)),
    "majorizing": claim(Pmf(p), GAMMA, OPTIMUM, majorizing(p)((r, sigma, letters("tau"), array("d")))),
    "two letters": claim(Pmf(p), GAMMA, OPTIMUM, where=(Eq(n, 2),)),
    "ordered": claim(Number(gamma, 0), Number(w, 0), where=(Lt(gamma, w),)),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_hard_cases_satisfy_every_assumption(name):
    found = list(cases.environments(CLAIMS[name]))
    assumptions = hypotheses(CLAIMS[name], everything=True)
    assert len(found) > 10
    for environment in found:
        if environment.size <= 20:
            assert decide(assumptions, environment).value == 1, environment.describe()
    assert [e.describe() for e in found] == [e.describe() for e in cases.environments(CLAIMS[name])]


@pytest.mark.parametrize("name", CLAIMS)
def test_drawn_cases_satisfy_every_assumption(name):
    assumptions = hypotheses(CLAIMS[name], everything=True)
    ran = []

    @settings(few, max_examples=40, phases=[Phase.generate])
    @given(strategies.environments(CLAIMS[name], Draws()))
    def run(environment):
        ran.append(environment)
        assert decide(assumptions, environment, 30).value == 1, environment.describe()

    run()
    assert len(ran) >= 20


def thrown(name, count, seed=0):
    return list(islice(strategies.thrown(CLAIMS[name], Draws(), 30, seed), count))


@pytest.mark.parametrize("name", CLAIMS)
def test_thrown_cases_satisfy_every_assumption(name):
    assumptions = hypotheses(CLAIMS[name], everything=True)
    found = thrown(name, 30)
    assert len(found) == 30
    for environment in found:
        assert decide(assumptions, environment, 30).value == 1, environment.describe()
    assert [e.describe() for e in found] == [e.describe() for e in thrown(name, 30)]
    assert [e.describe() for e in found] != [e.describe() for e in thrown(name, 30, seed=1)]


def test_what_is_thrown_reaches_the_extremes_and_ties():
    masses = [families for e in thrown("pmfs", 200) for families in e.families.values()]
    assert any(0 in one for one in masses)
    assert any(len(set(one)) == 1 < len(one) for one in masses)
    assert any(1 < len(set(one)) < len(one) for one in masses)
    assert min(one for family in masses for one in family if one) < Fraction(1, 10**290)
    numbers = [e.numbers for e in thrown("numbers", 200)]
    assert {Fraction(1, 10**300), 1 - Fraction(1, 10**300), Fraction(1)} <= {one["x"] for one in numbers}
    assert {Fraction(0), Fraction(1, 10**8), Fraction(10**4), Fraction(2)} <= {one["gamma"] for one in numbers}
    two = strategies.thrown(claim(Number(d.x, 0, 1), Number(w, 0, 1)), Draws(), 30, 0)
    pairs = [tuple(e.numbers.values()) for e in islice(two, 200)]
    assert any(a == b for a, b in pairs)
    assert len(set(pairs)) > 150


def test_no_case_is_thrown_twice_and_there_may_be_none():
    order = claim(Permutation(sigma), where=(Eq(n, 3),))
    assert len({e.families["sigma"] for e in strategies.thrown(order, Draws(), 30, 0)}) == 6
    assert len([*strategies.thrown(order, Draws(), 30, 0)]) == 6
    assert not [*strategies.thrown(claim(Pmf(p), Letter(i), where=(Gt(p[i], 1),)), Draws(), 30, 0)]


def test_cases_are_told_apart_as_their_descriptions_tell_them():
    for one in (CLAIMS["bounds"], CLAIMS["moved mixture"]):
        found = list(cases.environments(one))
        told = [str(environment.describe()) for environment in found]
        assert len({environment.identity for environment in found}) == len(set(told)) == len(found)


def test_what_does_not_meet_the_hypotheses_is_drawn_again():
    rare = claim(Number(d.x, 0, 1), Number(w, 0, 1), where=(Gt(d.x, Rational(97, 100)), Lt(w, Rational(3, 100))))
    begun, ran = [], []
    strategy = st.composite(lambda draw: (begun.append(1), draw(strategies.environments(rare, Draws())))[1])()

    @settings(few, max_examples=100, phases=[Phase.generate])
    @given(strategy)
    def run(environment):
        ran.append(tuple(environment.numbers.values()))
        assert environment.numbers["x"] > Fraction(97, 100)
        assert environment.numbers["w"] < Fraction(3, 100)

    run()
    assert len(ran) == 100
    assert len(begun) < 130  # about one in nine meets them at the first attempt
    assert len(set(ran)) > 50
    first, ran[:] = ran[:], []
    run()
    assert ran == first


def test_both_ways_to_an_optimum_are_drawn():
    roots = set()

    @settings(few, phases=[Phase.generate])
    @given(strategies.environments(CLAIMS["optimum"], Draws()))
    def run(environment):
        roots.update(type(root) for root in environment.roots)

    run()
    assert {OptimumRoot, InverseRoot} <= roots


def test_the_hypotheses_can_leave_nothing():
    with pytest.raises(cases.NoCase, match="test/claim"):
        list(cases.environments(claim(Pmf(p), Letter(i), where=(Gt(p[i], 1),))))


def test_a_witness_moves_only_within_its_radius():
    near = claim(Near(d.x, Rational(1, 3), Rational(1, 100)))
    seen = set()

    @few
    @given(strategies.environments(near, Draws()))
    def run(environment):
        seen.add(environment.numbers["x"])

    run()
    assert len(seen) > 10
    assert all(abs(value - Fraction(1, 3)) <= Fraction(1, 100) for value in seen)
    (exact,) = cases.environments(near)
    assert exact.numbers == {"x": Fraction(1, 3)}


def test_distributions_are_exact_and_reach_the_extremes():
    smallest, ties = [], []

    @few
    @given(strategies.distributions(2, 6))
    def run(masses):
        assert isinstance(masses, Distribution)
        assert sum(masses) == 1
        assert min(masses) > 0
        smallest.append(min(masses))
        ties.append(len(set(masses)) < len(masses))

    run()
    assert min(smallest) < Fraction(1, 10**290)
    assert any(ties)
    assert not all(ties)


@few
@given(st.from_type(Distribution))
def test_distributions_are_registered(masses):
    assert sum(masses) == 1


@few
@given(strategies.probabilities(), strategies.gammas(Fraction(1, 2), 50))
def test_numbers_stay_in_their_ranges(probability, power):
    assert 0 < probability < 1
    assert Fraction(1, 2) <= power <= 50


def test_coco_counts():
    counts = cases.coco_counts()
    assert len(counts) == 80
    assert sum(counts.values()) == 849_949


@pytest.mark.parametrize("first", ["hypothesis", "focal_symbolic.claims.strategies"])
def test_either_import_may_come_first(first):
    subprocess.run([sys.executable, "-c", f"import {first}, hypothesis, focal_symbolic.claims.strategies"], check=True)


@pytest.mark.parametrize(("low_open", "ends"), [(False, {Fraction(0), Fraction(1)}), (True, {Fraction(1)})])
def test_a_closed_end_is_visited_and_an_open_one_never(low_open, ends):
    seen = set()

    @few
    @given(strategies.environments(claim(Number(d.x, 0, 1, low_open=low_open)), Draws()))
    def run(environment):
        seen.add(environment.numbers["x"])

    run()
    assert seen & {Fraction(0), Fraction(1)} == ends


def test_a_number_may_be_unbounded():
    for variable in (Number(w), Number(w, -oo, 3), Number(w, 3, oo)):
        assert list(cases.environments(claim(variable)))
        assert hypothesis.find(strategies.environments(claim(variable), Draws()), lambda _: True, settings=few)


def test_a_witness_has_its_levels_and_a_letter_of_each():
    witness = claim(Levels(p, ((3, 333), (1, 1)), (i, j)), GAMMA, OPTIMUM)
    assumptions = hypotheses(witness, everything=True)
    for environment in cases.environments(witness):
        assert decide(assumptions, environment).value == 1, environment.describe()
        assert environment.families["p"] == (Fraction(333, 1000),) * 3 + (Fraction(1, 1000),)

    @few
    @given(strategies.environments(witness, Draws()))
    def check(environment):  # near the witness, whose optimum it must be
        *heads, tail = environment.families["p"]
        assert len(set(heads)) == 1
        assert sum(heads) + tail == 1
        assert Fraction(998, 1000) < heads[0] / (333 * tail) < Fraction(1003, 1000)
        assert decide(And(*OPTIMUM.assumptions), environment, 30).value == 1

    check()
