"""The verifier: what it passes, and everything that it must not pass."""

import json
import os
import subprocess
import sys
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from dataclasses import replace

import pytest
from sympy import Piecewise, Rational, exp, log, sympify

from focal_symbolic import definitions as d
from focal_symbolic.claims import library, verify
from focal_symbolic.claims.claim import Boxes, Claim, Draws, HardSet, Result, Twin
from focal_symbolic.claims.derivation import replay
from focal_symbolic.claims.pages import write
from focal_symbolic.claims.variables.letter import Letter
from focal_symbolic.claims.variables.near import Near
from focal_symbolic.claims.variables.number import Number
from focal_symbolic.claims.variables.optimum import Optimum
from focal_symbolic.claims.variables.pmf import Pmf
from focal_symbolic.claims.verify import derivation, fuzz, run
from focal_symbolic.errors import Rejected
from focal_symbolic.language import Eq, Equivalent, Every, Ge, Gt, Implies, Le, Lt, Ne, i, j, real

x, y, gamma, p, q = d.x, real("y"), d.gamma, d.p, d.q
UNIT = Number(x, 0, 1, low_open=True, high_open=True)
RATIO = d.gain(q[i], gamma) / q[i]
OPTIMUM = (Pmf(p), Number(gamma, 0), Optimum(q, d.multiplier, p, gamma))
SOFTPLUS = log(1 + exp(x)) - log(1 + exp(-x))
"""Equal to x, by an identity that no check here can decide."""


def no_proof(proof) -> None:
    proof.given(proof.goal)


def result(goal, twin, variables=(UNIT,), enclosure=None, where=(), kind="universal", name="test/claim"):
    twin = twin if isinstance(twin, Twin) else Twin("a false statement", twin)
    claim = Claim(name, "a statement", "own", "", tuple(variables), goal, kind, tuple(where))
    return Result(claim, no_proof, enclosure or HardSet(), Draws(), twin)


LINE = result(Lt(log(x), x - 1), Lt(log(x), (x - 1) * Rational(1001, 1000)))


@pytest.fixture(scope="module")
def known():
    """Two results of the library, whose derivations replay."""
    return tuple(library.result(name) for name in ("elementary/log_above", "elementary/log_below"))


def numbers(one, examples=60):
    """The outcome without a derivation: an open claim has none."""
    return verify.check(replace(one, claim=replace(one.claim, kind="open")), examples, 30, 0)


@pytest.mark.parametrize(
    "one",
    [
        LINE,
        result(LINE.claim.goal, LINE.twin, enclosure=Boxes(((x, Rational(1, 10**6), 1 - Rational(1, 10**6)),))),
        result(
            Le(d.focal_entropy(p, q, gamma), d.cross_entropy(p, q)),
            Lt(d.focal_entropy(p, q, gamma), d.cross_entropy(p, q)),
            (Pmf(p, positive=False), Pmf(q), Number(gamma, 0)),
        ),
        result(Equivalent(p[i] > p[j], q[i] > q[j]), Equivalent(p[i] > p[j], q[i] >= q[j]), (*OPTIMUM, Letter(i), Letter(j))),
        result(Every(Eq(p[i] * RATIO, d.multiplier)), Every(Eq(p[i] * RATIO, 1)), OPTIMUM),
        result(Ge(q[i], p[i]), Le(q[i], p[i]), (*OPTIMUM, Letter(i), Letter(j)), where=(Le(p[i], p[j]), Eq(d.n, 2))),
        result(
            Lt(x**2, Rational(1, 8)),
            Gt(x**2, Rational(1, 8)),
            (Near(x, Rational(1, 3), Rational(1, 100)),),
            kind="witness",
        ),
        result(LINE.claim.goal, Twin("beyond 1 as well", None, (Number(x, 0, 2, low_open=True),))),
    ],
)
def test_true_claims_pass_and_their_twins_are_refuted(one):
    # The last twin fails at x = 1 only, where both sides vanish.
    outcome = numbers(one)
    assert outcome.measured, outcome.reasons
    assert outcome.twin.refuted_by == ("precision", "fuzz"), outcome.reasons
    assert outcome.sound
    assert not outcome.verified


@pytest.mark.parametrize(
    "goal",
    [
        Lt(log(x), x - 1 - Rational(1, 1000)),
        Gt(d.loss(x, 2), -log(x)),
        Implies(Gt(x, Rational(1, 2)), Lt(x, Rational(9, 10))),
    ],
)
def test_mutated_goals_fail_both_legs(goal):
    outcome = numbers(result(goal, LINE.twin))
    assert (outcome.precision.verdict, outcome.fuzz.verdict) == ("failed", "failed")
    assert outcome.precision.reason
    assert outcome.fuzz.closest
    assert not outcome.sound


@pytest.mark.parametrize(
    ("goal", "variables", "simplest"),
    [
        (Gt(x, Rational(1, 10**200)), (UNIT,), {"x": "1/10^300"}),
        (Lt(x, 1 - Rational(1, 10**200)), (UNIT,), {"x": "1 - 1/10^300"}),
        (Lt(x**2, Rational(9, 10)), (UNIT,), {"x": "19/20"}),
        (Lt(gamma, 5000), (Number(gamma, 0),), {"gamma": "10000"}),
        (Ne(x, y), (UNIT, Number(y, 0, 1, low_open=True, high_open=True)), {"x": "1/2", "y": "1/2"}),
        (Gt(p[i], 0), (Pmf(p, positive=False), Letter(i)), {"p": ["1/3", "1/3", "1/3", "0"], "i": 4}),
        (Ne(p[i], p[j]), (Pmf(p), Letter(i), Letter(j)), {"p": ["1"], "i": 1, "j": 1}),
    ],
    ids=["tiny", "near 1", "a range", "large", "ties of numbers", "zeros", "ties of a pmf"],
)
def test_what_is_false_in_few_places_is_found_there_and_told_by_the_simplest(goal, variables, simplest):
    outcome = numbers(result(goal, LINE.twin, variables), examples=200)
    assert outcome.fuzz.verdict == "failed"
    assert outcome.fuzz.closest == simplest


def test_a_counterexample_that_is_not_made_simpler_is_told_as_it_was_found(monkeypatch):
    monkeypatch.setattr(fuzz, "CHUNK", 1)  # of one example, the simplest there is
    outcome = numbers(result(Lt(x**2, Rational(9, 10)), LINE.twin), examples=200)
    found = sympify(outcome.fuzz.closest["x"].replace("^", "**"))
    assert outcome.fuzz.verdict == "failed"
    assert found**2 >= Rational(9, 10)
    assert found != Rational(19, 20)


def test_a_false_box_fails_with_the_place():
    one = result(Lt(log(x), x - 1 - Rational(1, 1000)), LINE.twin, enclosure=Boxes(((x, Rational(1, 10), Rational(99, 100)),)))
    outcome = numbers(one)
    assert outcome.precision.verdict == "failed"
    assert "x" in outcome.precision.reason


@pytest.mark.parametrize("goal", [Le(SOFTPLUS, x), Lt(Piecewise((exp(x), SOFTPLUS < x), (x, True)), 5)])
def test_undecided_and_nan_are_no_pass(goal):
    outcome = numbers(result(goal, LINE.twin), examples=3)
    assert (outcome.precision.verdict, outcome.fuzz.verdict) == ("undecided", "undecided")
    assert "undecided with" in outcome.precision.reason
    assert not outcome.sound


def test_a_twin_that_only_crashes_is_not_refuted():
    outcome = numbers(result(LINE.claim.goal, Lt(log(x - 1), 5)))
    assert outcome.measured
    assert outcome.twin.refuted_by == ()
    assert all("Undefined" in reason for reason in outcome.twin.reasons.values())
    assert not outcome.sound


def test_a_claim_outside_its_domain_fails_and_says_so():
    outcome = numbers(result(Lt(log(x - 1), 5), LINE.twin))
    assert (outcome.precision.verdict, outcome.fuzz.verdict) == ("failed", "failed")
    assert "logarithm" in outcome.precision.reason


def test_a_true_twin_fails_the_claim():
    outcome = numbers(result(LINE.claim.goal, Lt(log(x), 1 - x)))
    assert outcome.twin.refuted_by == ()
    assert not outcome.sound


def test_no_example_is_no_pass():
    outcome = numbers(result(Gt(p[i], 0), LINE.twin, (Pmf(p), Letter(i)), where=(Gt(p[i], 1),)))
    assert (outcome.precision.verdict, outcome.fuzz.verdict) == ("failed", "failed")
    assert "not one hard case" in outcome.precision.reason
    assert outcome.fuzz.examples == 0
    assert outcome.fuzz.reason


def test_a_goal_that_is_always_vacuous_is_no_pass():
    outcome = numbers(result(Implies(Gt(x, 1), Lt(x, -5)), LINE.twin))
    assert (outcome.precision.verdict, outcome.fuzz.verdict) == ("failed", "failed")
    assert "nothing was" in outcome.fuzz.reason


def test_derivations_are_replayed_and_the_twin_is_refused_by_the_kernel(known):
    outcome = verify.check(known[0], 50, 30, 0)
    assert outcome.verified, outcome.reasons
    assert outcome.derivation.steps > 0
    assert outcome.twin.refuted_by == verify.LEGS


def test_a_derivation_that_fails_or_crashes_fails_the_claim(known):
    idle = verify.check(replace(known[0], proof=no_proof), 20, 30, 0)
    assert idle.derivation.verdict == "failed"
    assert "Rejected" in idle.derivation.reason
    crashed = verify.check(replace(known[0], proof=crash), 20, 30, 0)
    assert crashed.derivation.verdict == "failed"
    assert "derivation" not in crashed.twin.refuted_by
    assert "slip of the pen" in crashed.twin.reasons["derivation"]
    assert not idle.verified
    assert not crashed.verified


def test_a_kernel_that_accepts_the_twin_fails_the_claim(known, monkeypatch):
    monkeypatch.setattr(derivation, "replay", lambda *_: None)
    outcome = verify.check(known[0], 20, 30, 0)
    assert outcome.derivation.verdict == "proved"
    assert "derivation" not in outcome.twin.refuted_by
    assert not outcome.verified


def test_missing_and_surplus_claims_fail_the_run(known):
    names = [one.name for one in known]
    assert verify.verify(known, 20, 30, expected=names).verdict == "verified"
    missing = verify.verify(known[:1], 20, 30, expected=names)
    assert (missing.verdict, missing.exit_code, missing.missing) == ("failed", 1, (names[1],))
    surplus = verify.verify(known, 20, 30, expected=names[:1])
    assert (surplus.verdict, surplus.surplus) == ("failed", (names[1],))
    assert any(names[1] in reason for reason in surplus.reasons)


def test_an_empty_run_is_not_verified():
    report = verify.verify(())
    assert report.verdict == "failed"
    assert report.reasons == ("there is no claim to verify.",)


def test_open_claims_are_listed_apart(known):
    conjecture = replace(known[1], claim=replace(known[1].claim, kind="open"))
    report = verify.verify((known[0], conjecture), 20, 30)
    told = report.to_json()
    assert report.verdict == "verified"
    assert [one["name"] for one in told["theorems"]] == [known[0].name]
    assert [one["name"] for one in told["open"]] == [known[1].name]
    assert verify.verify((conjecture,), 20, 30).verdict == "failed"


def test_the_report_has_the_shape_of_the_contract(known):
    told = json.loads(json.dumps(verify.verify(known, 20, 30, seed=7).to_json()))
    assert {"verdict", "seed", "dps", "examples", "versions", "theorems"} <= told.keys()
    assert (told["verdict"], told["seed"], told["dps"], told["examples"]) == ("verified", 7, 30, 20)
    assert {"python", "sympy", "mpmath", "python-flint", "hypothesis"} <= told["versions"].keys()
    one = told["theorems"][0]
    assert {"name", "statement", "latex", "source", "legs", "twin", "seconds"} <= one.keys()
    assert one["legs"]["derivation"].keys() >= {"verdict", "steps", "evidence", "cited"}
    assert one["legs"]["precision"].keys() >= {"verdict", "dps", "checks"}
    assert one["legs"]["fuzz"].keys() >= {"verdict", "examples", "closest"}
    assert one["legs"]["fuzz"]["examples"] == 20
    assert one["twin"]["refuted_by"] == ["derivation", "precision", "fuzz"]
    assert isinstance(one["legs"]["fuzz"]["closest"]["slack"], str)


def stripped(report):
    told = report.to_json()
    for part in (told, *told["theorems"]):
        del part["seconds"]
    return told


@pytest.fixture(scope="module")
def pair(known):
    return known[0], library.result("convexity/loss_is_convex")


@pytest.fixture(scope="module")
def divided(pair):
    """The report of a run in two processes, and the names as they were told."""
    seen = []
    return verify.verify(pair, 20, 30, executor=2, progress=lambda outcome: seen.append(outcome.name)), seen


def test_processes_give_the_same_verdicts_in_the_same_order(pair, divided):
    report, seen = divided
    assert [outcome.name for outcome in report.outcomes] == [one.name for one in pair]
    assert sorted(seen) == sorted(one.name for one in pair)
    assert report.verdict == verify.verify(pair, 20, 30).verdict == "verified"


class Losing(Executor):
    """Loses the first part that it is given, and takes no more."""

    def __init__(self):
        self.taken = 0

    def submit(self, work, /, *args):
        self.taken += 1
        if self.taken > 1:
            raise RuntimeError("no more")
        future = Future()
        future.set_exception(OSError("the worker is gone"))
        return future


def test_what_an_executor_loses_is_done_again_and_the_report_is_the_same(pair, divided):
    lossy = Losing()
    report = verify.verify(pair, 20, 30, executor=lossy)
    assert lossy.taken > 1
    assert report.verdict == "verified"
    assert stripped(report) == stripped(divided[0])


def test_what_is_lost_twice_is_a_failure(known, monkeypatch):
    monkeypatch.setattr(run, "ProcessPoolExecutor", lambda *_, **__: nullcontext(Losing()))
    outcomes = verify.verify(known, 20, 30, executor=Losing()).outcomes
    assert {outcome.verified for outcome in outcomes} == {False}
    for outcome in outcomes:
        assert (outcome.precision.verdict, outcome.fuzz.verdict) == ("failed", "failed")
        assert "no other process brought back what it measured (OSError: the worker is gone)" in outcome.precision.reason
        assert outcome.twin.refuted_by == ("derivation",)


def crash(proof):
    raise ZeroDivisionError("a slip of the pen")


CHANGED = {
    "elementary/log_above": lambda one: replace(one, claim=replace(one.claim, goal=Lt(log(x), x - 1 + Rational(1, 1000)))),
    "elementary/log_below": lambda one: replace(one, claim=replace(one.claim, where=(Lt(x, Rational(1, 2)),))),
    "elementary/exp_above": lambda one: replace(
        one, claim=replace(one.claim, variables=(*one.claim.variables, Number(gamma, 0)))
    ),
    "elementary/log_square": lambda one: replace(one, twin=Twin("x is above 1/2", Gt(x, Rational(1, 2)))),
    "logits/convex_from": lambda one: replace(one, proof=crash),
}
"""Claims, and in what they are something else in this process: goal, hypothesis, variables, twin, proof."""


@pytest.fixture(scope="module")
def elsewhere():
    """The outcomes of a run whose other processes import the library as it is; one claim is the same here."""

    def forget():
        for cached in (library.written, library.anew, library.theorem):
            cached.cache_clear()

    with pytest.MonkeyPatch.context() as patch:
        others = [change(library.result(name)) for name, change in CHANGED.items()]
        for other in others:
            patch.setitem(library.results(), other.name, other)
        forget()
        report = verify.verify((*others, library.result("finiteness/nonnegative")), 20, 30, executor=2)
    forget()
    return {outcome.name: outcome for outcome in report.outcomes}


@pytest.mark.parametrize("name", [*CHANGED][:3], ids=["goal", "hypothesis", "variables"])
def test_a_page_that_says_something_else_in_another_process_fails(elsewhere, name):
    # Its derivation would be that of one statement, and its numbers those of another.
    outcome = elsewhere[name]
    assert (outcome.precision.verdict, outcome.fuzz.verdict) == ("failed", "failed")
    assert "another process imports another statement" in outcome.precision.reason
    assert not {"precision", "fuzz"} & {*outcome.twin.refuted_by}


def test_a_twin_that_is_another_one_in_another_process_fails(elsewhere):
    outcome = elsewhere["elementary/log_square"]
    assert "another process imports another statement" in outcome.twin.reasons["fuzz"]
    assert not outcome.verified


def test_a_page_that_cannot_be_written_does_not_end_the_run(elsewhere):
    outcome = elsewhere["logits/convex_from"]
    assert "slip of the pen" in outcome.derivation.reason
    assert not outcome.verified


def test_what_is_the_same_everywhere_is_verified_beside_what_is_not(elsewhere):
    assert [name for name, outcome in elsewhere.items() if outcome.verified] == ["finiteness/nonnegative"]


SCRIPT = """
import json
from focal_symbolic.claims import library, verify
told = verify.verify([library.result("ordering/order")], 30, 30, seed=3).to_json()
del told["seconds"], told["theorems"][0]["seconds"]
print(json.dumps(told))
"""


def test_the_same_seed_gives_the_same_report_whatever_the_hash_seed():
    runs = [
        subprocess.run([sys.executable, "-c", SCRIPT], env={**os.environ, "PYTHONHASHSEED": h}, capture_output=True, check=True)
        for h in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert b'"examples": 30' in runs[0].stdout


def test_the_same_seed_gives_the_same_report_here(known):
    assert stripped(verify.verify(known, 30, 30, seed=5)) == stripped(verify.verify(known, 30, 30, seed=5))


def test_the_rejection_is_the_kernels():
    with pytest.raises(Rejected):
        replay(LINE.claim, write(LINE, library.theorem).steps, library.theorem)
