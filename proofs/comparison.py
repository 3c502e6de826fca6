"""Comparison: what holds of the gains at gamma = 0+, by g, holds at every gamma.

Source
    own
Statement
    For x < y, ln psi(x) - ln psi(y) > gamma (g(x) - g(y)), where g is the derivative of ln psi in gamma at gamma = 0.
    So g(x) >= g(y) makes psi(x) > psi(y) at every gamma > 0. If g at a rarest letter is at least the mean of g under
    Q*, that letter is not suppressed, whatever gamma is.
Idea
    ln psi = gamma g - (u - ln(1 + u)) with u = gamma s, and u - ln(1 + u) rises. By e^t >= 1 + t, 1/lambda = sum
    q_i/psi(q_i) >= (1 + sum q_i (ln psi(q_j) - ln psi(q_i)))/psi(q_j) >= (1 + gamma (g(q_j) - sum q_i
    g(q_i)))/psi(q_j).
Trusted
    The mean value theorem (rule `monotone`), monotonicity of exp (rule `apply`).
Not covered
    Which data meet the hypothesis: it is about the minimizer.
"""

from focal_symbolic.proofs.amplification import ratio_law
from focal_symbolic.proofs.class_count import share_bends
from focal_symbolic.proofs.elementary import exp_above
from focal_symbolic.proofs.ordering import order
from focal_symbolic.proofs.over_suppression import multiplier_as_a_sum
from focal_symbolic.proofs.threshold import log_gain
from focal_symbolic.proofs.uniqueness import multiplier_positive
from sympy import Interval, Rational, exp, log, oo

from focal_symbolic.claims import letter, optimum, pmf, theorem
from focal_symbolic.definitions import g, gain, gamma, multiplier, p, q, s, x
from focal_symbolic.language import Eq, Every, i, j, k, mass, real, total

t, u, y, z = map(real, "tuyz")
AHEAD = {gamma: Interval.open(0, oo), x: Interval.open(0, 1), z: Interval.open(x, 1)}
OPTIMAL = {gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), j: letter, k: letter}


@theorem(
    "for x < z, ln psi(x) - ln psi(z) is more than gamma (g(x) - g(z))",
    over=AHEAD,
    shows=log_gain(x) - log_gain(z) > gamma * (g(x) - g(z)),
    false="for x < z, ln psi(x) - ln psi(z) is more than gamma (g(x) - g(z)) + gamma/100",
    but=log_gain(x) - log_gain(z) > gamma * (g(x) - g(z)) + gamma / 100,
)
def gains_compared(proof):
    """u - ln(1 + u) rises, and s(x) < s(y)."""
    proof.use(share_bends)
    low, high = gamma * s(x), gamma * s(z)
    proof.combine(low < high, {s(x) < s(z): gamma})
    proof.combine({proof.monotone(t - log(1 + t), along=t, start=low, end=high): 1})


@theorem(
    "for x < z with g(x) >= g(z), psi(x) is more than psi(z) at every gamma > 0",
    over=AHEAD,
    where=g(x) >= g(z),
    shows=gain(x, gamma) > gain(z, gamma),
    false="for x < z with g(x) >= g(z), psi(x) is more than twice psi(z)",
    but=gain(x, gamma) > 2 * gain(z, gamma),
)
def larger_at_every_gamma(proof):
    """The line above, with gamma (g(x) - g(y)) >= 0."""
    order = proof.combine(log_gain(z) < log_gain(x), {proof.use(gains_compared): 1, g(x) >= g(z): gamma})
    proof.combine({proof.apply(exp, order): 1})


DRIFT = total(q[i] * g(q[i])) <= g(q[j])


def price_of_drift(proof, at):
    """q_i (1 + gamma (g(q_j) - g(q_i)))/psi(q_j) < q_i/psi(q_i), where q_j < q_i."""
    raised = proof.use(exp_above, {x: log_gain(q[j]) - log_gain(q[at])})
    compared = proof.use(gains_compared, {x: q[j], z: q[at]})
    line = q[at] / gain(q[j], gamma) * (1 + gamma * (g(q[j]) - g(q[at]))) < q[at] / gain(q[at], gamma)
    weight = q[at] / gain(q[j], gamma)
    return proof.combine(line, {raised: weight, compared: weight})


@theorem(
    "a rarest letter, if others are commoner and g there is at least the mean of g under Q*, is amplified",
    over=OPTIMAL,
    where=(Every(p[j] <= p[i]), p[j] < p[k], DRIFT),
    shows=p[j] < q[j],
    false="a rarest letter with g at least the mean of g under Q* gains a tenth",
    but=Rational(11, 10) * p[j] < q[j],
    main=True,
)
def rarest_kept(proof):
    """e^t >= 1 + t at t = ln psi(q_j) - ln psi(q_i) >= gamma (g(q_j) - g(q_i)), summed with weights q_i/psi(q_j)."""
    equal, a = Eq(q[j], q[i]), gain(q[j], gamma)
    proof.transfer(proof.use(order), p[j] <= p[i])
    with proof.suppose(q[j] < q[i]):
        ahead = price_of_drift(proof, i)
    line = q[i] / a * (1 + gamma * (g(q[j]) - g(q[i]))) <= q[i] / gain(q[i], gamma)
    level = proof.rewrite(by=equal, shows=line, where=equal)
    term = proof.cases({q[j] < q[i]: ahead, equal: level})
    proof.transfer(proof.use(order, {i: k}), p[j] < p[k])
    strict = price_of_drift(proof, k)
    sums = proof.sum(term, strict=strict)
    proof.use(multiplier_as_a_sum)
    proof.use(multiplier_positive)
    unit = Eq(multiplier * total(q[i] / gain(q[i], gamma)), 1)
    below = {sums: multiplier * a, unit: a, mass(q): multiplier * (1 + gamma * g(q[j])), DRIFT: gamma * multiplier}
    below = proof.combine(multiplier < a, below)
    proof.combine({below: p[j] / multiplier, proof.use(ratio_law): 1 / multiplier})
