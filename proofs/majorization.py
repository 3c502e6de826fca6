"""Majorization: where lambda <= 1 the minimizer is less unequal than the data.

Source
    own
Statement
    If lambda <= 1, then sum |q_i - t| <= sum |p_i - t| for every t: Q* is majorized by P. The inequality is strict at every
    t strictly between p_k and q_k for some letter k.
Idea
    psi falls where it is at most 1. If psi(t) >= lambda, every suppressed letter has q_i >= t, as psi(q_i) < lambda;
    and |q_i - t| - |p_i - t| <= q_i - p_i at every letter. If psi(t) < lambda, every amplified letter has q_i <= t, and
    the same holds with p_i - q_i. Both sums are 0.
Trusted
    What the lemmas trust.
Not covered
    That Q* = D P for a doubly stochastic matrix D, which is the same (Hardy, Littlewood and Polya).
"""

from focal_symbolic.proofs.amplification import ratio_law
from focal_symbolic.proofs.high_suppression import below_one_beyond, larger_before
from focal_symbolic.proofs.uniqueness import multiplier_positive
from sympy import Abs, Interval, Rational, oo

from focal_symbolic.claims import letter, optimum, pmf, theorem
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, x
from focal_symbolic.language import NEVER, And, Implies, Le, Ne, i, j, k, mass, real, total

h, t, v, y = map(real, "htvy")
POSITIVE = Interval.open(0, oo)
OPTIMAL = {gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), k: letter}


@theorem(
    "where psi(x) < lambda <= 1, psi is less than lambda at every point beyond x too",
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1), y: Interval.open(x, 1), v: Interval.Lopen(0, 1)},
    where=gain(x, gamma) < v,
    shows=gain(y, gamma) < v,
    false="where psi(x) < lambda <= 1, psi is less than 99/100 lambda at every point beyond x",
    but=gain(y, gamma) < Rational(99, 100) * v,
)
def below_beyond(proof):
    """psi(y) <= 1 there, and psi is larger before such a point."""
    proof.combine(gain(x, gamma) <= 1, {gain(x, gamma) < v: 1, v <= 1: 1})
    proof.use(below_one_beyond)
    larger = proof.use(larger_before, {x: y, v: x / y})
    proof.combine({larger: 1, gain(x, gamma) < v: 1})


def beyond_level(proof, at, grows):
    """An amplified letter has q <= t if psi(t) < lambda; a suppressed one has q >= t if psi(t) >= lambda."""
    order, wrong = (p[at] < q[at], t < q[at]) if grows else (q[at] < p[at], q[at] < t)
    law, level = proof.use(ratio_law, {j: at}), gain(q[at], gamma)
    with proof.suppose(order):
        weights = {order: multiplier / p[at], law: 1 / p[at]}
        side = proof.combine(multiplier < level if grows else level < multiplier, weights)
        with proof.suppose(wrong):
            low, high = (t, q[at]) if grows else (q[at], t)
            less = proof.use(below_beyond, {x: low, y: high, v: multiplier})
            known = {side: 1} if grows else {multiplier <= gain(t, gamma): 1}
            never = proof.combine(NEVER, {less: 1, **known})
        return proof.refute(wrong, never)


def less_spread(proof, at, grows):
    """|q - t| <= |p - t| + q - p where psi(t) >= lambda (`grows`), or the same with p - q where psi(t) < lambda."""
    own, data = q[at] - t, Abs(p[at] - t)
    bound = data + (q[at] - p[at] if grows else p[at] - q[at])
    with_it, against = (p[at] <= q[at], q[at] < p[at]) if grows else (q[at] <= p[at], p[at] < q[at])
    up, down = p[at] - t <= data, t - p[at] <= data
    with proof.suppose(with_it):
        first = proof.combine(own <= bound, {up: 1} if grows else {up: 1, with_it: 2})
        second = proof.combine(-own <= bound, {down: 1, with_it: 2} if grows else {down: 1})
        near = proof.absolute(first, second, shows=Abs(own) <= bound)
    far = beyond_level(proof, at, not grows)
    with proof.suppose(against):
        side = {up if grows else down: 1}
        first = proof.combine(own <= bound, side if grows else side | {far: 2})
        second = proof.combine(-own <= bound, side | {far: 2} if grows else side)
        return proof.cases({with_it: near, against: proof.absolute(first, second, shows=Abs(own) <= bound)})


def strictly_less_spread(proof, grows):
    """The same at k, strictly: t lies between p_k and q_k, in this order if `grows`."""
    own, data = q[k] - t, Abs(p[k] - t)
    bound = data + (q[k] - p[k] if grows else p[k] - q[k])
    low, high, side = (p[k] < t, t < q[k], t - p[k] <= data) if grows else (q[k] < t, t < p[k], p[k] - t <= data)
    near, far = {side: 1, low if grows else high: 2}, {side: 1, low: 2, high: 2}
    first = proof.combine(own < bound, near if grows else far)
    second = proof.combine(-own < bound, far if grows else near)
    return proof.absolute(first, second, shows=Abs(own) < bound)


T = (1 - v) * p[k] + v * q[k]


def sums_at(level):
    """The two sums, in order."""
    return total(Abs(q[i] - level)) < total(Abs(p[i] - level))


SPREADS = total(Abs(q[i] - t)), total(Abs(p[i] - t))
"""Q* is majorized by P, both of mass 1, if the first is at most the second for every t: less, with any h > 0 added."""


def outside(proof, case, sign):
    """sum |q_i - t| = 1 - n t for t <= 0, which sum |p_i - t| is at least; or the same for t >= 1."""
    with proof.suppose(case):
        sides = [proof.sign(Le(side * (q[i] - t), sign * (q[i] - t), evaluate=False)) for side in (1, -1)]
        size = proof.absolute(*sides, shows=Abs(q[i] - t) <= sign * (q[i] - t))
        terms = proof.combine(
            Abs(q[i] - t) <= Abs(p[i] - t) + sign * (q[i] - p[i]), {size: 1, sign * (p[i] - t) <= Abs(p[i] - t): 1}
        )
        return proof.combine(SPREADS[0] <= SPREADS[1], {proof.sum(terms): 1, mass(p): 1, mass(q): 1})


@theorem(
    "if lambda <= 1, Q* is majorized by P: sum |q_i - t| exceeds sum |p_i - t| by less than any h > 0, for every t",
    over={gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), t: Interval(-oo, oo), h: POSITIVE},
    where=multiplier <= 1,
    shows=SPREADS[0] < SPREADS[1] + h,
    false="if lambda <= 1, sum |q_i - t| exceeds 9/10 sum |p_i - t| by less than any h > 0",
    but=SPREADS[0] < Rational(9, 10) * SPREADS[1] + h,
)
def majorized(proof):
    """|q_i - t| - |p_i - t| is at most q_i - p_i at every letter, or at most p_i - q_i at every letter."""
    proof.use(multiplier_positive)
    branches = {}
    for grows, case in {True: multiplier <= gain(t, gamma), False: gain(t, gamma) < multiplier}.items():
        with proof.suppose(0 < t, t < 1, case):
            branches[case] = proof.combine(
                SPREADS[0] <= SPREADS[1], {proof.sum(less_spread(proof, i, grows)): 1, mass(p): 1, mass(q): 1}
            )
    with proof.suppose(0 < t, t < 1):
        inside = proof.cases(branches)
    with proof.suppose(0 < t):
        positive_ = proof.cases({t < 1: inside, t >= 1: outside(proof, t >= 1, -1)})
    proof.combine({proof.cases({t <= 0: outside(proof, t <= 0, 1), 0 < t: positive_}): 1, h > 0: 1})


@theorem(
    "if lambda <= 1, sum |q_i - t| is less than sum |p_i - t| at every t strictly between p_k and q_k",
    over=OPTIMAL | {v: Interval.open(0, 1)},
    where=(multiplier <= 1, Ne(p[k], q[k])),
    shows=sums_at(T),
    false="if lambda <= 1, sum |q_i - t| is less than 9/10 sum |p_i - t| there",
    but=sums_at(T).lhs < Rational(9, 10) * sums_at(T).rhs,
)
def less_unequal(proof):
    """|q_i - t| - |p_i - t| is at most q_i - p_i at every letter, or at most p_i - q_i at every letter."""
    proof.use(multiplier_positive)
    cases = {True: multiplier <= gain(t, gamma), False: gain(t, gamma) < multiplier}
    orders = {}
    for up in (True, False):
        between = (p[k] < t, t < q[k]) if up else (q[k] < t, t < p[k])
        branches = {}
        for grows, case in cases.items():
            with proof.suppose(0 < t, t < 1, *between, case):
                if grows == up:
                    sums = proof.sum(less_spread(proof, i, grows), strict=strictly_less_spread(proof, grows))
                    branches[case] = proof.combine(sums_at(t), {sums: 1, mass(p): 1, mass(q): 1})
                else:
                    order = proof.combine(p[k] < q[k] if up else q[k] < p[k], {between[0]: 1, between[1]: 1})
                    far = beyond_level(proof, k, up)
                    branches[case] = proof.combine(NEVER, {far: 1, between[1 if up else 0]: 1, order: 0})
        with proof.suppose(0 < t, t < 1, *between):
            line = proof.cases(branches, shows=sums_at(t))
        order = p[k] < q[k] if up else q[k] < p[k]
        with proof.suppose(order):
            if up:
                proof.combine(p[k] < T, {order: v})
            proof.combine(T < 1, {p[k] <= 1: 1 - v, q[k] < 1: v})
            orders[order] = proof.instance(line, {t: T})
    proof.cases(orders)


STRICT = Implies(Ne(p[k], q[k]), sums_at(T))


@theorem(
    "if lambda <= 1, Q* is majorized by P: sum |q_i - t| exceeds sum |p_i - t| by less than any h > 0 for every t, and is less "
    "at every t strictly between p_k and q_k",
    over=OPTIMAL | {t: Interval(-oo, oo), h: POSITIVE, v: Interval.open(0, 1)},
    where=multiplier <= 1,
    shows=And(SPREADS[0] < SPREADS[1] + h, STRICT),
    false="if lambda <= 1, sum |q_i - t| exceeds 9/10 sum |p_i - t| by less than any h > 0 for every t",
    but=And(SPREADS[0] < Rational(9, 10) * SPREADS[1] + h, STRICT),
    main=True,
)
def minimizer_is_majorized(proof):
    """The two theorems above."""
    proof.use(majorized)
    differ = Ne(p[k], q[k])
    proof.implication(differ, proof.use(less_unequal, where=differ))
