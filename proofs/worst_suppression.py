"""Worst suppression: a rare class never loses more than the factor max psi, which grows like (1 + ln gamma)/e.

Source
    own
Statement
    If psi(q_i) <= M at every letter, then lambda <= M, so a letter with psi(q_j) > 1 keeps more than the share 1/M of
    its probability. For gamma > 1 and c = ln(gamma - 1) - 1 > 0: (1 + ln gamma - 1/gamma)/e < psi(1/gamma), and psi(x)
    < gamma/(gamma - 1) c e^(2/c)/e for every x. Both bounds are (1 + ln gamma)/e + o(1), as c e^(2/c) = c + 2 + 2/c +
    ...
Idea
    lambda sum q_i/psi(q_i) = 1. (1 - 1/gamma)^(gamma - 1) > 1/e. With m = gamma - 1 and t = m x, psi(x) < e^(-t) (1 +
    gamma x ln(1/x)) and -t ln t <= 1 - t, so psi(x) < (1 + 1/m) e^(-t) (2 + c t); and e^u >= 1 + u at u = t + 2/c - 1.
Trusted
    The mean value theorem (through `elementary`), monotonicity of ln and exp (rule `apply`).
Not covered
    The maximum itself, which is at the mode of psi. That lambda comes near to it: a uniform head of m classes with 1/m
    at the mode and a tail that vanishes (`class_count/rarest_of_n_suppressed`).
"""

from focal_symbolic.proofs.elementary import exp_above, log_above, log_below
from focal_symbolic.proofs.over_suppression import floor, multiplier_as_a_sum
from focal_symbolic.proofs.uniqueness import multiplier_positive
from sympy import Interval, Rational, exp, log, oo

from focal_symbolic.claims import letter, optimum, pmf, theorem
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, x
from focal_symbolic.language import And, Eq, Every, Implies, i, j, mass, real, total

t, u, y, z = map(real, "tuyz")
OPTIMAL = {gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), j: letter}


@theorem(
    "if psi(q_i) <= M at every letter, less at one, then lambda < M",
    over=OPTIMAL | {z: Interval.open(0, oo)},
    where=(Every(gain(q[i], gamma) <= z), gain(q[j], gamma) < z),
    shows=multiplier < z,
    false="if psi(q_i) <= M at every letter, less at one, then lambda < 9/10 M",
    but=multiplier < Rational(9, 10) * z,
)
def multiplier_below(proof):
    """1/lambda = sum q_i/psi(q_i) > sum q_i/M."""
    terms = []
    for at, line in ((i, gain(q[i], gamma) <= z), (j, gain(q[j], gamma) < z)):
        share = q[at] / gain(q[at], gamma)
        terms.append(proof.combine(line.func(q[at] / z, share), {line: q[at] / (z * gain(q[at], gamma))}))
    sums = proof.sum(terms[0], strict=terms[1])
    proof.use(multiplier_as_a_sum)
    proof.use(multiplier_positive)
    unit = Eq(multiplier * total(q[i] / gain(q[i], gamma)), 1)
    proof.combine({sums: multiplier * z, unit: z, mass(q): multiplier})


@theorem(
    "psi(1/gamma) is more than (1 + ln gamma - 1/gamma)/e for gamma > 1",
    over={gamma: Interval.open(1, oo)},
    shows=gain(1 / gamma, gamma) > (1 + log(gamma) - 1 / gamma) / exp(1),
    false="psi(1/gamma) is more than (1 + ln gamma)/e for gamma > 1",
    but=gain(1 / gamma, gamma) > (1 + log(gamma)) / exp(1),
)
def gain_at_inverse(proof):
    """(gamma - 1) ln(1 - 1/gamma) > -1."""
    line = proof.use(log_below, {x: 1 - 1 / gamma})
    power = proof.combine((gamma - 1) * log(1 - 1 / gamma) > -1, {line: gamma - 1})
    power = proof.apply(exp, power)
    proof.combine({power: 1 + log(gamma) - 1 / gamma})


C = log(gamma - 1) - 1
MOST = gamma / (gamma - 1) * C * exp(2 / C - 1)


@theorem(
    "psi(x) is less than gamma/(gamma - 1) c e^(2/c)/e, where c = ln(gamma - 1) - 1 > 0",
    over={gamma: Interval.open(1 + exp(1), oo), x: Interval.open(0, 1)},
    shows=gain(x, gamma) < MOST,
    false="psi(x) is less than c e^(2/c)/e, where c = ln(gamma - 1) - 1 > 0",
    but=gain(x, gamma) < C * exp(2 / C - 1),
)
def gain_below(proof):
    """psi(x) < e^(-t) (1 + gamma x ln(1/x)) < (1 + 1/m) e^(-t) (2 + c t) at t = m x, m = gamma - 1."""
    m = gamma - 1
    far = proof.apply(log, exp(1) < m)
    proof.combine(C > 0, {far: 1})
    power = proof.combine(m * log(1 - x) < -m * x, {proof.use(log_above, {x: 1 - x}): m})
    power = proof.combine((1 - x) ** m < exp(-m * x), {proof.apply(exp, power): 1})
    line, bracket = proof.use(exp_above, {x: -log(m * x)}), 1 - x - gamma * x * log(x)
    whole = proof.combine(bracket < gamma / m * (2 + C * m * x), {line: gamma * x, x > 0: 1, m > 0: 1 / m**2})
    bound = proof.use(exp_above, {x: m * x + 2 / C - 1})
    weights = {power: bracket, whole: exp(-m * x), bound: gamma / m * C * exp(-m * x)}
    proof.combine(weights)


@theorem(
    "lambda is less than M = gamma/(gamma - 1) c e^(2/c)/e, c = ln(gamma - 1) - 1, and where psi(q_j) > 1, p_j < M q_j",
    over=OPTIMAL | {gamma: Interval.open(1 + exp(1), oo)},
    shows=And(multiplier < MOST, Implies(gain(q[j], gamma) > 1, p[j] < MOST * q[j])),
    false="lambda is less than half of that",
    but=And(2 * multiplier < MOST, Implies(gain(q[j], gamma) > 1, p[j] < MOST * q[j])),
    main=True,
)
def worst_factor(proof):
    """lambda < M, and p_j < lambda q_j where psi(q_j) > 1."""
    proof.use(gain_below, {x: q[j]})
    below = proof.use(multiplier_below, {z: MOST})
    rare = gain(q[j], gamma) > 1
    kept = proof.use(floor, where=rare)
    proof.implication(rare, proof.combine(p[j] < MOST * q[j], {kept: 1, below: q[j]}, where=rare))
