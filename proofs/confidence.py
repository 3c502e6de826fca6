"""Many classes: when the data are more confident than the model, and how many classes it takes to turn that round.

Source
    own; Charoenphakdee, Vongkulbhisal, Chairatanakul and Sugiyama (CVPR 2021) have the two thresholds.
Statement
    p_j > q_j if and only if psi(q_j) < lambda. If the top confidence q_j has psi(q_j) <= 1, that is q_j >= p_0, the data give
    more to that class, unless q is uniform; if h(q_j) >= 0, that is q_j is at most the mode of psi, they give less. The mode
    lies before p_0, and both fall in gamma. Of n >= 3 classes with n - 1 <= 1/p_0 the data give more to the top class of every
    q that is not uniform; if n - 1 > 1/p_0, they give less to the n - 1 equal top classes of some q.
Idea
    1/lambda is the mean of the 1/psi(q_i) under q. Before a point where psi <= 1 psi is larger, and before one where h >= 0 it
    is smaller. Few classes: `class_count`, read from the model.
Trusted
    What the lemmas trust.
Not covered
    Two classes, where the data are always the more confident (`calibration/between_two_temperatures`). That psi rises up to
    its mode and that p_0 is the only root of psi = 1: `amplification`, `threshold`.
"""

from focal_symbolic.proofs.amplification import height, ratio_law, rises
from focal_symbolic.proofs.class_count import (
    LEAST,
    RARE,
    ROOM,
    SHARE,
    SHARE_OF_RAREST,
    WHOLE,
    commonest_suppressed,
    if_rare,
    least_gain_loses,
    rarest_suppressed,
    two_levels,
)
from focal_symbolic.proofs.high_suppression import below_one_beyond, larger_before
from focal_symbolic.proofs.ordering import order
from focal_symbolic.proofs.over_suppression import rare_gain
from focal_symbolic.proofs.threshold import above_one_before
from focal_symbolic.proofs.uniqueness import multiplier_positive
from focal_symbolic.proofs.worst_suppression import multiplier_below
from sympy import Interval, Rational, log, oo

from focal_symbolic.claims import commonest, letter, optimum, pmf, theorem, threshold_of
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, x
from focal_symbolic.language import And, Eq, Every, Implies, i, j, k, n, real

u, v, y, z = map(real, "uvyz")
POSITIVE, INSIDE = Interval.open(0, oo), Interval.open(0, 1)
MODEL = {gamma: POSITIVE, p: pmf, (q, multiplier): optimum(p, gamma), j: letter}
PAIR = MODEL | {k: letter}
TOP = Every(q[i] <= q[j]), q[k] < q[j]
"""The class j has the top confidence, and the model is not uniform."""
MODEL_AND_TOP = MODEL | {j: commonest(q), k: letter}
"""The same with j a kind, so that every hard case has the class at the top."""


KEPT = Implies(Eq(p[j], q[j]), Eq(gain(q[j], gamma), multiplier))
LOWERED = Implies(p[j] < q[j], gain(q[j], gamma) > multiplier)


@theorem(
    "the data give more to a class than the model only if psi(q_j) < lambda, as much only if it is lambda, and less only if it "
    "is more",
    over=MODEL,
    shows=And(Implies(p[j] > q[j], gain(q[j], gamma) < multiplier), KEPT, LOWERED),
    false="the data give more to a class than the model only if psi(q_j) > lambda",
    but=And(Implies(p[j] > q[j], gain(q[j], gamma) > multiplier), KEPT, LOWERED),
)
def raised(proof):
    """lambda - psi(q_j) is lambda/p_j times p_j - q_j; as the orders exclude each other, «only if» is «exactly if»."""
    at, law = gain(q[j], gamma), proof.use(ratio_law)
    proof.use(multiplier_positive)
    more, level, less = p[j] > q[j], Eq(p[j], q[j]), p[j] < q[j]
    for case, line in ((more, at < multiplier), (level, Eq(at, multiplier)), (less, at > multiplier)):
        proof.implication(case, proof.combine(line, {case: multiplier / p[j], law: 1 / p[j]}, where=case))


@theorem(
    "the data are more confident than the model if the top confidence has psi(q_j) <= 1, unless the model is uniform",
    reference="Charoenphakdee, Vongkulbhisal, Chairatanakul and Sugiyama, CVPR 2021",
    over=MODEL_AND_TOP,
    where=(q[k] < q[j], gain(q[j], gamma) <= 1),
    shows=q[j] < p[j],
    false="the data are more confident than the model by a tenth if the top confidence has psi(q_j) <= 1",
    but=Rational(11, 10) * q[j] < p[j],
)
def top_raised(proof):
    """Every rarer class has a larger gain."""
    least, more = gain(q[j], gamma) <= gain(q[i], gamma), gain(q[j], gamma) < gain(q[k], gamma)
    proof.use(larger_before, {x: q[j], v: q[k] / q[j]}, shows=more)
    rarer, equal = q[i] < q[j], Eq(q[i], q[j])
    larger = proof.use(larger_before, {x: q[j], v: q[i] / q[j]}, where=rarer)
    larger = proof.combine(least, {larger: 1}, where=rarer)
    same = proof.rewrite(by=equal, shows=least, where=equal)
    proof.every(proof.cases({rarer: larger, equal: same}))
    proof.use(least_gain_loses)


@theorem(
    "the data are less confident than the model if h(q_j) >= 0 at the top confidence, unless the model is uniform",
    reference="Charoenphakdee, Vongkulbhisal, Chairatanakul and Sugiyama, CVPR 2021",
    over=MODEL_AND_TOP,
    where=(q[k] < q[j], height(q[j]) >= 0),
    shows=p[j] < q[j],
    false="the data are less confident than the model by a tenth if h(q_j) >= 0 at the top confidence",
    but=11 * p[j] < 10 * q[j],
)
def top_lowered(proof):
    """psi rises up to q_j, so that every rarer class has a smaller gain."""
    most, less = gain(q[i], gamma) <= gain(q[j], gamma), gain(q[k], gamma) < gain(q[j], gamma)
    proof.use(rises, {x: q[k], u: (q[j] - q[k]) / (1 - q[k])}, shows=less)
    rarer, equal = q[i] < q[j], Eq(q[i], q[j])
    smaller = proof.use(rises, {x: q[i], u: (q[j] - q[i]) / (1 - q[i])}, where=rarer)
    smaller = proof.combine(most, {smaller: 1}, where=rarer)
    same = proof.rewrite(by=equal, shows=most, where=equal)
    proof.every(proof.cases({rarer: smaller, equal: same}))
    below = proof.use(multiplier_below, {z: gain(q[j], gamma), j: k})
    proof.use(multiplier_positive)
    proof.combine({below: p[j] / multiplier, proof.use(ratio_law): 1 / multiplier})


@theorem(
    "where h(x) >= 0 psi(x) is more than 1: the mode of psi lies before p_0; and h falls in gamma, so the mode does",
    over={gamma: POSITIVE, x: INSIDE, z: Interval.open(gamma, oo)},
    shows=And(
        Implies(height(x) >= 0, gain(x, gamma) > 1),
        height(x).xreplace({gamma: z}) < height(x),
    ),
    false="where h(x) >= 0 psi(x) is more than 11/10",
    but=And(
        Implies(height(x) >= 0, gain(x, gamma) > Rational(11, 10)),
        height(x).xreplace({gamma: z}) < height(x),
    ),
)
def mode_before_threshold(proof):
    """psi exceeds 1 near 0 and rises up to x."""
    early, small = height(x) >= 0, x / (8 * (1 + gamma))
    start = proof.use(rare_gain, {x: small})
    up = proof.use(rises, {x: small, u: (x - small) / (1 - small)}, where=early)
    proof.implication(early, proof.combine(gain(x, gamma) > 1, {start: 1, up: 1}, where=early))
    proof.combine(height(x).xreplace({gamma: z}) < height(x), {gamma < z: -x * log(x)})


def lowers(rare, size):
    """The data of q = (rare, each, ..., each) on 1 + 1/size classes: lambda q/psi(q), of which `each` has less than in q."""
    _, tail, head, each = two_levels(rare, size)
    return And(tail > 0, Eq(tail + head / size, 1), rare < each, head < each)


@theorem(
    "if psi(1/(n - 1)) > 1 and x is small, the model (x, c, ..., c) on n classes is more confident than its data",
    over={gamma: POSITIVE, y: WHOLE, x: Interval.open(0, LEAST)},
    where=ROOM,
    shows=lowers(x, y),
    false="if psi(1/(n - 1)) > 1 and x is small, such a model is more confident than its data by a tenth",
    but=And(lowers(x, y), 11 * two_levels(x, y)[2] < 10 * two_levels(x, y)[3]),
)
def top_lowered_somewhere(proof):
    """The data give more to the rarest class, and the other n - 1 have the rest."""
    _, tail, head, each = two_levels(x, y)
    proof.use(rarest_suppressed)
    proof.combine(x < each, {x < LEAST: 1 + y})
    proof.combine(head < each, {x < tail: y, Eq(tail + head / y, 1): y})


CONFIDENT = Implies((n - 1) * x <= 1, q[j] < p[j])
RAREST = Every(q[k] <= q[i])


@theorem(
    "of n classes the data are more confident than any model but the uniform one if n - 1 <= 1/p_0, and less than some if "
    "n - 1 > 1/p_0",
    over=PAIR | {x: threshold_of(gamma)} | SHARE_OF_RAREST,
    where=(n >= 3, *TOP, RAREST),
    shows=And(CONFIDENT, Implies((n - 1) * x > 1, if_rare(lowers(y, SHARE)))),
    false="of n classes the data are more confident by a tenth than any model but the uniform one if n - 1 <= 1/p_0",
    but=And(Implies((n - 1) * x <= 1, Rational(11, 10) * q[j] < p[j]), Implies((n - 1) * x > 1, if_rare(lowers(y, SHARE)))),
    main=True,
)
def confidence_of_the_data(proof):
    """psi(1/(n - 1)) <= 1 exactly when 1/(n - 1) >= p_0; the order of the data is that of the model."""
    few, many, low = (n - 1) * x <= 1, (n - 1) * x > 1, gain(SHARE, gamma) <= 1
    with proof.suppose(few):
        equal, beyond = Eq(x, SHARE), x < SHARE
        level = proof.rewrite(Eq(gain(x, gamma), 1), by=equal, shows=Eq(gain(SHARE, gamma), 1), where=equal)
        level = proof.combine(low, {level: 1}, where=equal)
        less = proof.use(below_one_beyond, {y: SHARE}, where=beyond)
        proof.combine(x <= SHARE, {few: SHARE})
        proof.cases({equal: level, beyond: less}, shows=low)
        proof.every(proof.transfer(proof.use(order, {i: j, j: i}), q[i] <= q[j]))
        proof.every(proof.transfer(proof.use(order, {j: k}), q[k] <= q[i]))
        proof.transfer(proof.use(order, {i: j, j: k}), q[j] > q[k])
        raises = proof.use(commonest_suppressed)
    proof.implication(few, raises)
    with proof.suppose(many):
        proof.use(above_one_before, {y: SHARE})
        line = proof.implication(RARE, proof.use(top_lowered_somewhere, {x: y, y: SHARE}, where=RARE))
    proof.implication(many, line)
