"""Infinite alphabets: how the focal-entropy, and its minimum, move with gamma: by at most (ln 2)^2 times as far.

Source
    Abstract: "continuity of the focal-entropy"; here of its minimum on a countable alphabet.
Statement
    p and q are pmfs on 1, 2, 3, ..., positive everywhere. For gamma, delta >= 0, if H_gamma(P,Q) is finite, so is
    H_delta(P,Q), and |H_gamma(P,Q) - H_delta(P,Q)| <= (ln 2)^2 |gamma - delta|; it falls strictly if some q_j < 1. If the
    entropy H(P) is finite, the minimum H*_gamma(P), which the minimizer takes, is finite and falls strictly with gamma > 0:
    |H*_gamma(P) - H*_delta(P)| <= (ln 2)^2 |gamma - delta|; and 0 <= H(P) - H*_gamma(P) <= (ln 2)^2 gamma, where H(P) is the
    minimum at gamma = 0 (`infinite/gibbs`).
Idea
    Each minimizer is a competitor of the other, and pays what the other gamma adds. At gamma = 0 the data compete, and Gibbs'
    inequality is their optimality.
Trusted
    What `infinite_minimizer` and `infinite` rest on.
Not covered
    Data that change with gamma. Where the entropy is infinite, every focal-entropy is.
"""

from focal_symbolic.proofs.continuity import LN2, delta, fall_at_a_letter, loss_falls, mu, slow_fall, w
from focal_symbolic.proofs.infinite import (
    ENTROPY,
    FAR,
    LATER,
    PMFS,
    H,
    at_least_cross_entropy,
    at_most_cross_entropy,
    below_supremum,
    first_letters,
    first_mass,
    gibbs,
    grows,
    other_gamma,
    positive,
)
from focal_symbolic.proofs.infinite_minimizer import COST, MODERATE, OPTIMAL, optimal, r
from focal_symbolic.proofs.uniqueness import h
from sympy import Abs, Ge, Interval, Rational, oo

from focal_symbolic.claims import countable_optimum, letter, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import cross_entropy, focal_entropy, gamma, loss, multiplier, p, q, x
from focal_symbolic.language import And, Bounded, Every, EveryPart, Implies, Supremum, i, j, total, whole

PHRASE = "continuity"
NEAR = Abs(Supremum(H) - Supremum(LATER)) <= FAR


@theorem(
    "on an infinite alphabet the focal-entropy of two pmfs is Lipschitz in gamma with the constant (ln 2)^2; finite at one "
    "gamma, it is finite at all",
    answers=PHRASE,
    over={gamma: Interval(0, oo), delta: Interval(0, oo), **PMFS},
    where=Bounded(H),
    shows=And(Bounded(LATER), NEAR),
    fuzz=Draws(letters=4, gamma=(Rational(1, 100), Rational(20))),
    false="on an infinite alphabet the focal-entropy is Lipschitz in gamma with a quarter of (ln 2)^2",
    but=And(Bounded(LATER), NEAR.lhs <= FAR / 4),
)
def lipschitz_either_way(proof):
    """It is finite with the cross-entropy; what bounds the change over the first n letters bounds that of the suprema."""
    proof.by("part", proof.use(at_least_cross_entropy), shows=Bounded(cross_entropy(p, q)))
    proof.by("part", proof.use(at_most_cross_entropy, {gamma: delta}), shows=Bounded(LATER))
    first_mass(proof, p)
    first_letters(proof, q)
    sides = []
    for here, there in ((gamma, delta), (delta, gamma)):
        value, other = (focal_entropy(p, q, focus) for focus in (here, there))
        most = Supremum(other) + FAR
        step = {other_gamma(proof, here, there, q[i]): 1, total(p[i]) <= 1: FAR, below_supremum(proof, other): 1}
        line = proof.combine(value <= most, step)
        least = proof.by("sup_least", line, shows=Supremum(value) <= most)
        sides.append(proof.combine(Supremum(value) - Supremum(other) <= FAR, {least: 1}))
    proof.absolute(*sides, shows=NEAR)


LESS = Supremum(LATER) < Supremum(H)


@theorem(
    "on an infinite alphabet the focal-entropy of two pmfs falls strictly with gamma, where it is finite and a letter of the "
    "model has less than 1",
    answers=PHRASE,
    over={gamma: Interval(0, oo), delta: Interval(0, oo), **PMFS, j: letter},
    where=(gamma < delta, q[j] < 1, Bounded(H)),
    shows=And(Bounded(LATER), LESS),
    fuzz=Draws(letters=4, gamma=(Rational(1, 100), Rational(20))),
    false="on an infinite alphabet the focal-entropy of two pmfs falls by a tenth where gamma rises",
    but=And(Bounded(LATER), Supremum(LATER) < Rational(9, 10) * Supremum(H)),
)
def falls_strictly(proof):
    """What the rise of gamma takes away is nonnegative at each letter, positive at one, and adds up."""
    positive(proof, p)
    first_letters(proof, q)
    taken = p[i] * loss(q[i], gamma) - p[i] * loss(q[i], delta)
    line = proof.combine(Ge(taken, 0), {fall_at_a_letter(proof, gamma, delta): 1})
    both = proof.combine(LATER + total(taken) <= Supremum(H), {below_supremum(proof, H): 1})
    grow = [grows(proof, p[i] * loss(q[i], delta)), grows(proof, taken, line)]
    for s in (LATER, total(taken)):
        proof.by("sup_together", both, *grow, shows=Bounded(s))
    together = proof.by("sup_together", both, *grow, shows=Supremum(LATER) + whole(taken) <= Supremum(H))
    strict = proof.use(loss_falls, {x: q[j], gamma: gamma, h: delta - gamma})
    part = {strict: p[j], proof.one_term(line, j): 1, below_supremum(proof, total(taken)): 1}
    proof.combine(LESS, {together: 1} | part)


WITHIN = Supremum(ENTROPY) <= Supremum(COST) + LN2 * gamma
AT_ZERO = And(Bounded(COST), Supremum(COST) <= Supremum(ENTROPY), WITHIN)


@theorem(
    "on an infinite alphabet, if the entropy is finite, the minimum of the focal-entropy is, and lies below it by at most "
    "(ln 2)^2 gamma",
    answers=PHRASE,
    over=OPTIMAL,
    where=Bounded(ENTROPY),
    shows=AT_ZERO,
    fuzz=MODERATE,
    false="on an infinite alphabet the minimum lies below the entropy by at most a quarter of (ln 2)^2 gamma",
    but=And(*AT_ZERO.args[:2], Supremum(ENTROPY) <= Supremum(COST) + LN2 * gamma / 4),
)
def below_the_entropy(proof):
    """The data compete; and Gibbs' inequality, where the loss at 0 exceeds that at gamma by at most (ln 2)^2 gamma."""
    home, cross = focal_entropy(p, p, gamma), cross_entropy(p, q)
    proof.by("part", proof.use(at_most_cross_entropy, {q: (i, p[i])}), shows=Bounded(home))
    proof.by("part", proof.use(optimal, {r: (i, p[i])}), shows=Bounded(COST))
    proof.combine(
        Supremum(COST) <= Supremum(ENTROPY),
        dict.fromkeys((Supremum(COST) <= Supremum(home), Supremum(home) <= Supremum(ENTROPY)), 1),
    )
    first_mass(proof, p)
    positive(proof, q)
    proof.by("at_size", EveryPart(Every(q[i] < 1)), shows=Every(q[i] < 1))
    most = Supremum(COST) + LN2 * gamma
    slow = {slow_fall(proof, 0, gamma): 1, total(p[i]) <= 1: LN2 * gamma, below_supremum(proof, COST): 1}
    line = proof.combine(cross <= most, slow)
    proof.by("sup_least", line, shows=Bounded(cross))
    proof.by("sup_least", line, shows=Supremum(cross) <= most)
    proof.use(gibbs)
    proof.combine(WITHIN, {Supremum(ENTROPY) <= Supremum(cross): 1, Supremum(cross) <= most: 1})


LATER_OPTIMAL = {q: (i, w[i]), multiplier: mu, gamma: delta}
"""The other minimizer, at delta, in the place of the first."""
COST_LATER = focal_entropy(p, w, delta)
MINIMUM = Abs(Supremum(COST) - Supremum(COST_LATER)) <= FAR
FALLS = Implies(gamma < delta, Supremum(COST_LATER) < Supremum(COST))


@theorem(
    "on an infinite alphabet, if the entropy is finite, so is the minimum of the focal-entropy; it is Lipschitz in gamma with "
    "the constant (ln 2)^2, falls strictly with gamma, and lies below the entropy by at most (ln 2)^2 gamma",
    answers=PHRASE,
    over=OPTIMAL | {delta: Interval.open(0, oo), (w, mu): countable_optimum(p, delta)},
    where=Bounded(ENTROPY),
    shows=And(MINIMUM, FALLS, *AT_ZERO.args),
    fuzz=MODERATE,
    false="on an infinite alphabet the minimum of the focal-entropy is Lipschitz in gamma with a hundredth of (ln 2)^2",
    but=And(MINIMUM.lhs <= FAR / 100, FALLS, *AT_ZERO.args),
    main=True,
)
def minimum_is_lipschitz(proof):
    """Each minimizer is a competitor of the other, and costs at the other gamma what it costs at its own and the modulus."""
    proof.by("at_size", EveryPart(Every(q[i] < 1)), shows=Every(q[i] < 1))
    proof.use(below_the_entropy)
    proof.use(below_the_entropy, LATER_OPTIMAL)
    sides, best = [], []
    for model, here, there, cost, least, at in (
        (w, delta, gamma, COST_LATER, COST, {}),
        (q, gamma, delta, COST, COST_LATER, LATER_OPTIMAL),
    ):
        competitor = focal_entropy(p, model, there)
        near = proof.use(lipschitz_either_way, {q: (i, model[i]), gamma: here, delta: there})
        proof.by("part", near, shows=Bounded(competitor))
        proof.use(optimal, at | {r: (i, model[i])})
        best.append(Supremum(least) <= Supremum(competitor))
        step = Supremum(cost) - Supremum(competitor)
        weights = {best[-1]: 1, -step <= Abs(step): 1, Abs(step) <= FAR: 1}
        sides.append(proof.combine(Supremum(least) - Supremum(cost) <= FAR, weights))
    proof.absolute(*sides, shows=MINIMUM)
    with proof.suppose(gamma < delta):
        proof.use(falls_strictly, {j: i})
        less = proof.combine(FALLS.args[1], {best[1]: 1, LESS: 1})
    proof.implication(gamma < delta, less)
