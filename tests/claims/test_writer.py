"""The writer of pages: the lines that it can add, the premises that it finds, and what it says where it finds none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from focal_symbolic.proofs import convexity, elementary, finiteness, ordering, uniqueness
from sympy import Abs, Interval, Rational, diff, exp, log, oo, sin

from focal_symbolic.claims import data, letter, library, pmf, theorem
from focal_symbolic.claims.claim import Boxes, Draws, HardSet
from focal_symbolic.claims.derivation import replay
from focal_symbolic.claims.pages import write
from focal_symbolic.claims.variables.number import Number
from focal_symbolic.claims.writer.desk import NotShown
from focal_symbolic.definitions import gamma, multiplier, p, q, x
from focal_symbolic.language import (
    NEVER,
    And,
    Eq,
    Equivalent,
    Every,
    Gt,
    Implies,
    Le,
    Ne,
    Or,
    i,
    j,
    mass,
    real,
    total,
)
from focal_symbolic.logic.doors import read

t, y = real("t"), real("y")
HALF = Rational(1, 2)


def page(shows, over=None, where=(), **more):
    """A page whose proof is the function that it decorates."""
    return theorem("a test", over=over, where=where, shows=shows, false="false", but=NEVER, **more)


def proved(result):
    """The theorem of a page, from the kernel, and its steps."""
    written = write(result, library.theorem)
    return replay(result.claim, written.steps, library.theorem), written.steps


def steps_of(result):
    found, steps = proved(result)
    assert found.conclusion is read(result.claim.proposition)
    return [(step.rule, len(step.premises)) for step in steps if step.rule != "hypothesis"]


UNIT = {x: Interval.open(0, 1)}


# -- what a page states ------------------------------------------------------------------------------------------------------


def test_a_theorem_is_named_for_its_function_and_says_its_defaults():
    @page(log(x) < x - 1, {gamma: Interval(0, oo), x: Interval.Lopen(0, 1)}, answers="convexity")
    def some_name(proof):
        """Nothing."""

    claim = some_name.claim
    assert (claim.name, claim.source, claim.reference, claim.kind) == (
        "test_writer/some_name",
        "paper",
        "convexity",
        "universal",
    )
    assert claim.variables == (Number(gamma, 0), Number(x, 0, 1, low_open=True))
    assert some_name.enclosure == Boxes(((gamma, 0, 6), (x, Rational(1, 1000), 1)))
    assert some_name.fuzz == Draws()
    assert some_name.shows == claim.goal
    assert not some_name.main


@pytest.mark.parametrize(
    ("shows", "over", "box"),
    [
        (log(x) < x, UNIT, True),
        (log(x) <= x, UNIT, False),
        (And(log(x) < x, log(x) < 2 * x), UNIT, True),
        (x < x + gamma, {gamma: Interval(-oo, oo), x: Interval.open(0, 1)}, False),
        (q[i] < 2, {q: pmf}, False),
        (log(x) < x * y * t, {x: Interval.open(0, 1), y: Interval.open(0, 1), t: Interval.open(0, 1)}, False),
    ],
)
def test_a_box_is_implied_by_strict_inequalities_of_two_numbers(shows, over, box):
    assert isinstance(page(shows, over)(lambda proof: None).enclosure, Boxes if box else HardSet)


def test_what_is_said_is_taken():
    result = page(log(x) < x, UNIT, precision={x: (HALF, 1)}, fuzz=Draws(letters=2), reference="DLMF")(lambda proof: None)
    assert result.enclosure == Boxes(((x, HALF, 1),))
    assert (result.fuzz.letters, result.claim.source, result.claim.reference) == (2, "own", "DLMF")


# -- premises are found ------------------------------------------------------------------------------------------------------


def test_only_what_is_needed_becomes_a_premise():
    over = {gamma: Interval(0, oo), y: Interval(3, 4), x: Interval.open(0, 1)}
    found, steps = proved(page(x * gamma <= gamma, over)(lambda proof: proof.sign()))
    assert {str(h) for h in found.hypotheses} == {"0 <= gamma", "x < 1"}
    assert len(steps) == 3


def test_hypotheses_for_every_letter_are_used_at_letters_and_in_sums():
    over = {p: data, q: pmf, j: letter}
    assert steps_of(page(p[j] * q[j] >= 0, over)(lambda proof: proof.sign())) == [("sign", 2)]
    assert steps_of(page(total(p[i] * q[i]) >= 0, over)(lambda proof: proof.sign())) == [("sign", 2)]


def test_a_key_is_found_at_a_letter_or_in_a_conjunction():
    over, where = {p: pmf, j: letter}, And(p[j] < HALF, Or(x > 0, x < 0))

    @page(p[j] ** 2 < p[j] / 2, over, where)
    def square(proof):
        proof.combine({p[j] < HALF: p[j]})

    assert steps_of(square) == [("part", 1), ("combination", 2)]


def test_equations_may_be_weighted_with_either_sign():
    for sign in (1, -1):

        @page(Eq(q[j], p[j]), {p: pmf, q: pmf, j: letter}, Eq(2 * p[j], q[j] + p[j]))
        def equal(proof, sign=sign):
            proof.combine({Eq(2 * p[j], q[j] + p[j]): sign})

        assert steps_of(equal) == [("combination", 1)]


def test_cases_are_closed_by_a_fact_and_weakened_where_branches_differ():
    @page(x**2 > 0, {x: Interval(-1, 1)}, Ne(x, 0))
    def square(proof):
        sides = {case: proof.sign(x**2 > 0, where=case) for case in (x < 0, x > 0)}
        proof.cases(sides)

    assert steps_of(square) == [("sign", 1), ("sign", 1), ("cases", 3)]

    @page(Le(0, x * (1 + x), evaluate=False), {x: Interval(0, 1)})
    def product(proof):
        strict = proof.sign(x * (1 + x) > 0, where=x > 0)
        proof.cases({x > 0: strict, Eq(x, 0): proof.rewrite(by=Eq(x, 0), shows=proof.goal, where=Eq(x, 0))})

    assert ("weaken", 1) in steps_of(product)


def test_what_ends_in_absurdity_shows_anything():
    @page(x > HALF, UNIT, 2 * x > 1)
    def half(proof):
        never = proof.combine(NEVER, {x <= HALF: 2, 2 * x > 1: 1}, where=x <= HALF)
        proof.refute(x <= HALF, never)

    assert [rule for rule, _ in steps_of(half)] == ["combination", "absurd", "cases"]


def test_a_conjunction_is_put_together_at_the_end():
    @page(And(log(x) < x - 1, log(x) > 1 - 1 / x), UNIT)
    def both(proof):
        proof.use(elementary.log_above)
        proof.use(elementary.log_below)

    assert steps_of(both) == [("lemma", 0), ("lemma", 0), ("conjunction", 2)]


def test_the_last_line_may_say_the_goal_otherwise():
    @page(x - log(x) >= 1, UNIT)
    def other(proof):
        proof.use(elementary.log_above)

    assert steps_of(other) == [("lemma", 0), ("combination", 1)]


def test_the_sign_of_a_derivative_is_found():
    @page(exp(x) > 1, UNIT)
    def rises(proof):
        proof.monotone(exp(t), along=t, start=0, end=x)

    @page(exp(-x) < 1, UNIT)
    def falls(proof):
        proof.monotone(exp(-t), along=t, start=0, end=x)

    for result in (rises, falls):
        assert steps_of(result) == [("sign", 0), ("monotone", 2)]


def test_absolute_values_are_bounded_without_a_word():
    @page(Abs(x) + x >= 0, {x: Interval(-oo, oo)})
    def size(proof):
        proof.combine({-x <= Abs(x): 1})

    assert steps_of(size) == [("absolute_value", 0), ("combination", 1)]


def test_a_case_discharged_by_an_implication():
    @page(Implies(x < HALF, x**2 < x / 2), UNIT)
    def small(proof):
        proof.implication(x < HALF, proof.combine(x**2 < x / 2, {x < HALF: x}, where=x < HALF))

    assert [rule for rule, _ in steps_of(small)] == ["combination", "implication"]


def test_sums_strictly_and_one_term():
    @page(p[j] <= 1, {p: data, j: letter})
    def least(proof):
        proof.combine({proof.one_term(p[i] >= 0, at=j): 1, mass(p): 1})

    assert [rule for rule, _ in steps_of(least)][-2:] == ["sum_term", "combination"]


def test_the_same_line_is_written_once():
    @page(And(x < 1, x * (1 - x) > 0), UNIT)
    def twice(proof):
        proof.sign(x * (1 - x) > 0)
        proof.sign(x * (1 - x) > 0)

    assert len(proved(twice)[1]) == 4


# -- what is said where nothing is found -------------------------------------------------------------------------------------


def refused(result, proof=None, over=None):
    """What the writer says of a page with another proof, or with other variables."""
    claim = result.claim if over is None else page(result.shows, over)(lambda proof: None).claim
    with pytest.raises(NotShown) as refusal:
        write(replace(result, claim=replace(claim, name=result.name), proof=proof or result.proof), library.theorem, anew=True)
    return str(refusal.value)


def test_an_unknown_sign_is_told_with_its_part_and_what_would_do():
    told = refused(convexity.loss_is_convex, over={gamma: Interval(-1, oo), x: Interval.open(0, 1)})
    assert told.splitlines() == [
        "convexity/loss_is_convex: proof.monotone needs «γ·(γ − 1)/(t + 1) + 2·γ + 2·t > 0».",
        "  The sign of γ·(γ − 1)/(t + 1) + 2·γ + 2·t is not known here: {-, 0, +}.",
        "  Unknown: the sign of γ, {-, 0, +}.",
        "  Nearest facts: γ ≥ −1.",
        "  It would follow from γ ≥ 0.",
    ]


def test_what_is_not_defined_is_told():
    told = refused(elementary.log_above, over={x: Interval.Ropen(0, 1)})
    assert "proof.monotone does not show «ln(x) < x − 1».\n  Not known: «x > 0», without which it is not defined." in told
    assert told.endswith("It would follow from x > 0.")


def test_a_hypothesis_of_a_theorem_is_told():
    told = refused(
        ordering.order, lambda proof: proof.use(convexity.slope_falls, {x: q[i], convexity.u: (q[j] - q[i]) / (1 - q[i])})
    )
    assert told.startswith("ordering/order: to use convexity/slope_falls, «(−qᵢ + qⱼ)/(1 − qᵢ) > 0» must hold.")
    assert told.endswith("It would follow from −qᵢ + qⱼ > 0.")


def test_what_is_left_over_is_told():
    def proof(proof):
        bound = proof.use(finiteness.loss_at_least, {x: q[i]})
        term = proof.combine(p[i] * bound.lhs <= p[i] * bound.rhs, {bound: p[i]})
        proof.combine({proof.sum(term): 1})

    told = refused(finiteness.at_least_cross_entropy, proof)
    assert told.endswith("What is left over, with the weights as they stand: 2^(−γ)·(−ln(2)·(∑ᵢ pᵢ) + ln(2)).")


def test_a_weight_of_unknown_sign_is_told():
    told = refused(
        uniqueness.support,
        lambda proof: proof.combine({proof.use(uniqueness.optimality): 1, total(uniqueness.r[i]) < 1: multiplier}),
    )
    assert "The weight of «∑ᵢ rᵢ < 1» is not known to be nonnegative." in told
    assert "It would follow from λ ≥ 0." in told


def test_weights_that_give_a_weak_inequality_only():
    told = refused(elementary.log_above, lambda proof: proof.combine(x < 1, {x < 1: 0, Le(x, 1): 1}))
    assert told.endswith("no strict line has a weight that is known to be positive.")


LOG = elementary.log_above


REFUSED = {
    "the proof says nothing": (LOG, lambda proof: None),
    "the proof ends in «1 - 1/x < log(x)», not in «log(x) < x - 1».": (LOG, lambda proof: proof.use(elementary.log_below)),
    "not used, so leave it out: «1 < x + 1».": (LOG, lambda proof: (proof.sign(x + 1 > 1), LOG.proof(proof))),
    "a statement became True when it was written": (LOG, lambda proof: proof.sign(x - x < 1)),
    "is not of the language: sin": (LOG, lambda proof: proof.sign(sin(x) < 1)),
    "there is no rule «magic»": (LOG, lambda proof: proof.by("magic")),
    "nothing before this line shows «3»": (LOG, lambda proof: proof.combine({3: x})),
    "to use ordering/relabel": (ordering.structure, lambda proof: proof.use(ordering.relabel, {p: (i, p[j])})),
    "is no side of": (ordering.order, lambda proof: proof.transfer(proof.sign(p[i] > 0), q[i] > 0)),
    "proof.apply needs «pᵢ = qᵢ».": (ordering.order, lambda proof: proof.apply(log, Eq(p[i], q[i]))),
    "the case «x <= 1/2» is not needed": (LOG, lambda proof: proof.refute(x <= HALF, proof.sign(x > 0))),
    "leave a gap, and no fact here closes it": (LOG, lambda proof: gap(proof, x > HALF)),
    "the cases must compare the same two numbers": (LOG, lambda proof: gap(proof, x > 2)),
    "proof.sum: ": (ordering.order, lambda proof: proof.sum(proof.use(ordering.order))),
    "nothing before this line says that one of": (LOG, lambda proof: alternatives(proof, x > 0, x < 0)),
    "constant does not give": (LOG, lambda proof: proof.constant(Gt(log(2), 1, evaluate=False))),
    "absolute does not give": (LOG, lambda proof: proof.absolute(x < 1, x > 0)),
}


def gap(proof, other):
    """Two cases, each with a line that uses it."""
    return proof.cases({case: used(proof, case) for case in (x < HALF, other)})


def used(proof, case):
    """x^2 < 2 under a case that it does not need, but uses."""
    return proof.by("combination", x < 1, case, shows=x < 1, where=case, weights=(1, 0))


def alternatives(proof, *cases):
    """A line for each alternative of an «or» that nothing says."""
    return proof.either({case: used(proof, case) for case in cases})


@pytest.mark.parametrize("told", REFUSED)
def test_a_page_that_goes_wrong_is_told_in_a_sentence(told):
    result, proof = REFUSED[told]
    found = refused(result, proof)
    assert found.startswith(f"{result.name}: ")
    assert any(part in found for part in told.split("|")), found


def test_an_author_never_sees_a_bare_refusal():
    """Whatever is written, what comes back names the claim and is NotShown."""
    odd = [None, 3, "x", x, x < 1, Eq(x, 1), Every(q[i] > 0), Equivalent(x < 1, x > 0), (x, 1), sin(x), [x < 1], {x: 1}]
    ways = {
        "sign": lambda proof, a: proof.sign(a if a is not None else 5),
        "combine": lambda proof, a: proof.combine(x < 1, {x < 1: a}),
        "apply": lambda proof, a: proof.apply(log, a),
        "transfer": lambda proof, a: proof.transfer(a, x < 1),
        "rewrite": lambda proof, a: proof.rewrite(x < 1, by=a),
        "sum": lambda proof, a: proof.sum(a),
        "monotone": lambda proof, a: proof.monotone(a, along=t, start=x, end=1),
        "use": lambda proof, a: proof.use(elementary.log_below, {x: a}),
        "compare": lambda proof, a: proof.sign(x < a),
    }
    said = [(name, a, outcome(way, a)) for name, way in ways.items() for a in odd]
    bare = [(name, a, found) for name, a, found in said if not found.startswith("elementary/log_above: ")]
    assert {name for name, *_ in bare} <= {"compare"}  # there it is the author's own comparison that fails


def outcome(way, a):
    """What is said of a page with one odd line."""
    try:
        write(replace(LOG, proof=lambda proof: way(proof, a)), library.theorem, anew=True)
    except NotShown as error:
        return str(error)
    except (TypeError, AttributeError) as error:
        return f"bare: {error}"
    return "elementary/log_above: written"


@pytest.mark.parametrize("odd", [object(), (1, 2), lambda: 0, float("nan"), "x < 1", b"x"], ids=lambda odd: type(odd).__name__)
def test_what_is_not_of_the_language_is_refused_and_never_evaluated(odd):
    for way in (
        lambda proof: proof.combine({odd: 1}),
        lambda proof: proof.by("sign", weights=(odd,)),
        lambda proof: proof.sign(odd),
    ):
        with pytest.raises(NotShown, match=r"^elementary/log_above: "):
            write(replace(LOG, proof=way), library.theorem, anew=True)


def test_a_hypothesis_in_other_words_is_shown_and_not_assumed():
    """The lemma asks for 0 < 1 - t and t < 1 is supposed: a rate under 0 < 1 - t would be no rate under bounds of t."""
    curve = (1 - t) * (1 - log(1 - t))

    @page(curve.xreplace({t: x}) < 1, UNIT)
    def mirrored(proof):
        with proof.suppose(0 < t, t < 1):
            line = proof.use(elementary.log_above, {x: 1 - t})
            rate = proof.combine(diff(curve, t) < 0, {line: 1, t > 0: 1})
        proof.monotone(curve, along=t, start=0, end=x, rate=rate)

    found, _ = proved(mirrored)
    assert found.hypotheses == {read(0 < x), read(x < 1)}
