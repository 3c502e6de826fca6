"""Infinite alphabets: the focal-entropy of two pmfs on 1, 2, 3, ... is finite exactly when their cross-entropy is.

Source
    Abstract: "conditions for finiteness"; here for a countable alphabet.
Statement
    p and q are pmfs on 1, 2, 3, ..., positive everywhere; a sum without end of nonnegative terms is the supremum of its first n
    terms. H_gamma(P,Q) is finite if and only if H_0(P,Q) is, and then 2^(-gamma) (H_0 - ln 2) <= H_gamma <= H_0. Then the
    entropy of P is finite, too, and H_0(P,P) <= H_0(P,Q). gamma < delta implies H_delta <= H_gamma <= H_delta + (ln 2)^2 (delta
    - gamma). Let s <= C p and r >= c q at all letters: H_gamma(S,R) exceeds its sum over the first n by at most C times what
    H_0(P,Q) and ln(1/c) sum p have beyond them. So among all P, Q, S and R that one pair so bounds H is continuous, letter by
    letter, in data, model and gamma at once: |H_gamma(P,Q) - H_delta(S,R)| is at most (ln 2)^2 |gamma - delta| sum p_i +
    phi_delta(e) sum p_i |q_i - r_i| + loss_delta(e) sum |p_i - s_i| over the first n letters, where e <= q_i, r_i, and what the
    pair has beyond them.
    For pmfs p, s, q and r that may vanish somewhere, the sum of p_i loss(max(q_i, e)) over the first n letters is at most
    H_delta(S,R) + (ln 2)^2 |gamma - delta| + phi_delta(e) sum s_i |q_i - r_i| + loss_delta(e) sum (p_i - s_i)^+; what R has off
    the support of S does not matter there. As e falls to 0 and n grows, the left side rises to H_gamma(P,Q) in [0, oo], so H is
    lower semicontinuous, letter by letter, in P, Q and gamma at once.
Idea
    Each bound holds for the first n letters; what bounds all finite sums bounds their supremum. Two suprema of sums that grow
    are reached together: that adds the mass of P, which tends to 1, to the entropy.
Trusted
    What `countable` and `continuity` rest on.
Not covered
    Models that vanish where the data do not: there both are infinite by definition.
"""

from focal_symbolic.proofs.continuity import (
    LN2,
    a,
    b,
    cut,
    cut_off,
    d,
    delta,
    e,
    fall,
    lipschitz_in_the_model,
    r,
    s,
    slow_fall,
    t,
    w,
)
from focal_symbolic.proofs.continuity import lower_semicontinuous as up_to_the_boundary
from focal_symbolic.proofs.countable import part_at_least, part_of_gibbs
from sympy import Abs, Eq, Interval, Rational, log, oo

from focal_symbolic.claims import at_least, at_most, below, countable, countable_data, countable_unit, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import cross_entropy, focal_entropy, gamma, loss, p, q, slope
from focal_symbolic.language import And, Bounded, Every, EveryPart, Ge, Implies, Le, Supremum, i, real, total, whole

HALF = Rational(1, 2)
PHRASE = "conditions for finiteness"
H, CROSS, ENTROPY = focal_entropy(p, q, gamma), cross_entropy(p, q), cross_entropy(p, p)
PMFS = {p: countable, q: countable}


def below_supremum(proof, number):
    """A number is at most its supremum."""
    return proof.by("sup_upper", shows=Le(number, Supremum(number), evaluate=False))


def at_size(proof, bound):
    """What holds of each letter at every size holds of the first n."""
    return proof.by("at_size", EveryPart(Every(bound)), shows=Every(bound))


def positive(proof, f):
    """The first n entries are positive."""
    return at_size(proof, f[i] > 0)


def part_of_one(proof, f):
    """The first n entries of a pmf sum to at most 1."""
    return proof.combine(total(f[i]) <= 1, {below_supremum(proof, total(f[i])): 1, Eq(whole(f[i]), 1): 1})


def first_mass(proof, f):
    """The first n entries of a pmf are positive, and sum to at most 1."""
    positive(proof, f)
    return part_of_one(proof, f)


def first_letters(proof, f):
    """The first n entries of a pmf are also at most 1 each."""
    mass, one = first_mass(proof, f), proof.one_term(f[i] > 0, i)
    return proof.every(proof.combine(f[i] <= 1, {one: 1, mass: 1}))


def grows(proof, term, line=None):
    """A term is nonnegative at every letter and size, by a line that says so of an arbitrary letter, or by its sign."""
    weak = line or proof.sign(Ge(term, 0, evaluate=False))
    return proof.by("on_parts", proof.every(weak), shows=EveryPart(Every(Ge(term, 0, evaluate=False))))


@theorem(
    "where the cross-entropy of two pmfs on an infinite alphabet is finite, the focal-entropy is, and at most that",
    answers=PHRASE,
    over={gamma: Interval(0, oo), **PMFS},
    where=Bounded(CROSS),
    shows=And(Bounded(H), Supremum(H) <= Supremum(CROSS)),
    false="where the cross-entropy is finite, the focal-entropy is at most nine tenths of it",
    but=And(Bounded(H), Supremum(H) <= Rational(9, 10) * Supremum(CROSS)),
)
def at_most_cross_entropy(proof):
    """(1 - q)^gamma <= 1 for each letter, and the supremum bounds the sums of the cross-entropy."""
    positive(proof, p)
    first_letters(proof, q)
    factor = proof.apply("power", 1 - q[i] < 1, gamma)
    term = proof.combine(p[i] * loss(q[i], gamma) <= p[i] * loss(q[i], 0), {factor: -p[i] * log(q[i])})
    line = proof.combine(H <= Supremum(CROSS), {proof.sum(term): 1, below_supremum(proof, CROSS): 1})
    proof.by("sup_least", line, shows=Bounded(H))
    proof.by("sup_least", line, shows=Supremum(H) <= Supremum(CROSS))


LEAST = HALF**gamma * (Supremum(CROSS) - log(2)) <= Supremum(H)


@theorem(
    "where the focal-entropy of two pmfs on an infinite alphabet is finite, the cross-entropy is, and the focal-entropy is at "
    "least 2^(-gamma) times the cross-entropy less ln 2",
    answers=PHRASE,
    over={gamma: Interval(0, oo), **PMFS},
    where=Bounded(H),
    shows=And(Bounded(CROSS), LEAST),
    false="where the focal-entropy is finite, it is at least 2^(1 - gamma) times the cross-entropy less ln 2",
    but=And(Bounded(CROSS), 2 * HALF**gamma * (Supremum(CROSS) - log(2)) <= Supremum(H)),
)
def at_least_cross_entropy(proof):
    """The bound of the first n letters, in which H is at most its supremum; 2^gamma (1/2)^gamma = 1."""
    first_mass(proof, p)
    first_letters(proof, q)
    part = proof.use(part_at_least)
    most = proof.combine(CROSS <= 2**gamma * Supremum(H) + log(2), {part: 2**gamma, below_supremum(proof, H): 2**gamma})
    proof.by("sup_least", most, shows=Bounded(CROSS))
    proof.combine(LEAST, {proof.by("sup_least", most, shows=Supremum(CROSS) <= 2**gamma * Supremum(H) + log(2)): HALF**gamma})


GIBBS = Supremum(ENTROPY) <= Supremum(CROSS)


@theorem(
    "where the cross-entropy of two pmfs on an infinite alphabet is finite, the entropy of the data is, and at most that",
    answers=PHRASE,
    over=PMFS,
    where=Bounded(CROSS),
    shows=And(Bounded(ENTROPY), GIBBS),
    false="where the cross-entropy is finite, the entropy is at most nine tenths of it",
    but=And(Bounded(ENTROPY), Supremum(ENTROPY) <= Rational(9, 10) * Supremum(CROSS)),
)
def gibbs(proof):
    """The entropy of the first n letters and their mass are together at most the cross-entropy and 1."""
    first_letters(proof, p)
    first_mass(proof, q)
    part = proof.use(part_of_gibbs)
    both = proof.combine(
        ENTROPY + total(p[i]) <= Supremum(CROSS) + 1, {part: 1, below_supremum(proof, CROSS): 1, total(q[i]) <= 1: 1}
    )
    grow = [grows(proof, p[i]), grows(proof, -p[i] * log(p[i]))]
    proof.by("sup_together", both, *grow, shows=Bounded(ENTROPY))
    together = proof.by("sup_together", both, *grow, shows=Supremum(ENTROPY) + whole(p[i]) <= Supremum(CROSS) + 1)
    proof.combine(GIBBS, {together: 1, Eq(whole(p[i]), 1): 1})


most, least = real("C"), real("c")
PART = focal_entropy(s, r, gamma)


def beyond(data, model):
    """What the cross-entropy has beyond the first n letters, and ln(1/c) times the mass of the data there."""
    cross = cross_entropy(data, model)
    return Supremum(cross) - cross + log(1 / least) * (1 - total(data[i]))


@theorem(
    "on an infinite alphabet let P and Q have a finite cross-entropy. With data of at most C times P and a model of at least c "
    "times Q the focal-entropy is finite, and lies between its sum over the first n letters and that with C times what the "
    "cross-entropy of P and Q, and ln(1/c) times P, have beyond them",
    answers=PHRASE,
    over={gamma: Interval(0, oo), p: countable_data, q: countable_unit, (s, most): at_most(p), (r, least): at_least(q)},
    where=Bounded(CROSS),
    shows=And(Bounded(PART), PART <= Supremum(PART), Supremum(PART) <= PART + most * beyond(p, q)),
    false="it exceeds its sum over the first n letters by at most half of that",
    but=And(Bounded(PART), PART <= Supremum(PART), Supremum(PART) <= PART + most * beyond(p, q) / 2),
)
def truncation(proof):
    """At each letter s loss(r) <= C p ln(1/(c q)); what is left over is nonnegative, and makes up the difference of the two."""
    for bound in (q[i] > 0, s[i] >= 0, s[i] <= most * p[i], least * q[i] <= r[i], r[i] <= 1):
        at_size(proof, bound)
    part_of_one(proof, p)
    proof.combine(r[i] > 0, {least * q[i] <= r[i]: 1, proof.sign(least * q[i] > 0): 1})
    factor = proof.apply("power", 1 - r[i] < 1, gamma)
    logs, dear = proof.apply(log, least * q[i] <= r[i]), -log(least) - log(q[i])
    proof.combine(Ge(dear, 0), {logs: 1, proof.sign(-log(r[i]) >= 0): 1})
    left = most * p[i] * dear - s[i] * loss(r[i], gamma)
    more = proof.combine(Ge(left, 0), {factor: -s[i] * log(r[i]), logs: s[i], s[i] <= most * p[i]: dear})
    whole_of = most * (Supremum(CROSS) - log(least))
    share = {below_supremum(proof, CROSS): most, total(p[i]) <= 1: -most * log(least)}
    line = proof.combine(PART + total(left) <= whole_of, share)
    grow = [grows(proof, s[i] * loss(r[i], gamma)), grows(proof, left, more)]
    for sums in (PART, total(left)):
        proof.by("sup_together", line, *grow, shows=Bounded(sums))
    together = proof.by("sup_together", line, *grow, shows=Supremum(PART) + whole(left) <= whole_of)
    below_supremum(proof, PART)
    proof.combine(Supremum(PART) <= PART + most * beyond(p, q), {together: 1, below_supremum(proof, total(left)): 1})


LATER = focal_entropy(p, q, delta)
CHANGE = And(Bounded(LATER), Supremum(LATER) <= Supremum(H), Supremum(H) <= Supremum(LATER) + LN2 * (delta - gamma))


@theorem(
    "raising gamma to delta lowers the focal-entropy of two pmfs on an infinite alphabet by at most (ln 2)^2 (delta - gamma), "
    "where it is finite",
    answers="continuity",
    over={gamma: Interval(0, oo), delta: Interval(0, oo), **PMFS},
    where=(gamma < delta, Bounded(H)),
    shows=CHANGE,
    fuzz=Draws(letters=4, gamma=(Rational(1, 100), Rational(20))),
    false="raising gamma to delta lowers the focal-entropy by at most a quarter of (ln 2)^2 (delta - gamma)",
    but=And(*CHANGE.args[:2], Supremum(H) <= Supremum(LATER) + LN2 * (delta - gamma) / 4),
)
def lipschitz_in_gamma(proof):
    """Both bounds of the loss, times p_i, summed over the first n letters."""
    first_mass(proof, p)
    first_letters(proof, q)
    slow = slow_fall(proof, gamma, delta)
    line = proof.combine(LATER <= Supremum(H), {fall(proof, gamma, delta): 1, below_supremum(proof, H): 1})
    proof.by("sup_least", line, shows=Bounded(LATER))
    proof.by("sup_least", line, shows=Supremum(LATER) <= Supremum(H))
    most = Supremum(LATER) + LN2 * (delta - gamma)
    line = proof.combine(H <= most, {slow: 1, total(p[i]) <= 1: LN2 * (delta - gamma), below_supremum(proof, LATER): 1})
    proof.by("sup_least", line, shows=Supremum(H) <= most)


NEAR, FAR = focal_entropy(s, r, delta), LN2 * Abs(gamma - delta)


def other_gamma(proof, one, other, model):
    """The sum of p_i loss(q_i) at one gamma is at most that at the other and (ln 2)^2 |gamma - delta| sum p_i."""
    goal = total(p[i] * loss(model, one)) <= total(p[i] * loss(model, other)) + FAR * total(p[i])
    rises, falls, equal = one < other, other < one, Eq(one, other)
    with proof.suppose(rises):
        slow = {slow_fall(proof, one, other, model): 1, other - one <= Abs(gamma - delta): LN2 * total(p[i])}
        up = proof.combine(goal, slow)
    with proof.suppose(falls):
        down = proof.combine(goal, {fall(proof, other, one, model): 1, Ge(FAR * total(p[i]), 0, evaluate=False): 1})
    return proof.cases({rises: up, falls: down, equal: proof.rewrite(by=equal, shows=goal, where=equal)})


CUT, MORE = cut(q[i]), (p[i] - s[i] + Abs(p[i] - s[i])) / 2
"""The larger of q_i and e; what p_i exceeds s_i by."""
STEEP, EXCESS = slope(e, delta) * total(s[i] * Abs(q[i] - r[i])), loss(e, delta) * total(MORE)
FIRST = total(p[i] * loss(CUT, gamma))


@theorem(
    "on an infinite alphabet the focal-entropy of the first n letters, with the model cut off below at e, is at most that of "
    "other data, another model and another gamma, with (ln 2)^2 |gamma - delta|, phi(e) sum s_i |q_i - r_i| and loss(e) sum "
    "(p_i - s_i)^+ over these letters: lower semicontinuity in data, model and gamma at once, zeros allowed",
    answers="continuity",
    over={e: Interval.open(0, 1), p: countable_data, s: countable_data, q: countable_data, r: countable_unit}
    | {gamma: Interval(0, oo), delta: Interval(0, oo)},
    where=Bounded(NEAR),
    shows=FIRST <= Supremum(NEAR) + FAR + STEEP + EXCESS,
    fuzz=Draws(letters=4, gamma=(Rational(1, 100), Rational(20))),
    false="the same without what the change of data adds",
    but=FIRST <= Supremum(NEAR) + FAR + STEEP,
)
def lower_semicontinuous(proof):
    """Over the first n letters first gamma changes, then the data, then the model; a part of a sum is at most its supremum."""
    for bound in (p[i] >= 0, s[i] >= 0, q[i] >= 0, r[i] > 0, r[i] <= 1):
        at_size(proof, bound)
    part_of_one(proof, p)
    proof.every(proof.combine(q[i] <= 1, {proof.one_term(q[i] >= 0, i): 1, part_of_one(proof, q): 1}))
    cut_off(proof, q[i])
    first = other_gamma(proof, gamma, delta, CUT)
    dear, here = proof.monotone(loss(t, delta), along=t, start=e, end=CUT), loss(CUT, delta)
    change = p[i] - s[i] <= Abs(p[i] - s[i])
    term = proof.combine(p[i] * here <= s[i] * here + MORE * loss(e, delta), {dear: MORE, change: here / 2})
    second = proof.sum(term)
    third = proof.use(up_to_the_boundary, {p: (i, s[i]), a: (i, q[i]), b: (i, r[i]), gamma: delta})
    proof.combine({first: 1, total(p[i]) <= 1: FAR, second: 1, third: 1, below_supremum(proof, NEAR): 1})


PATH = FAR * total(p[i]) + slope(e, delta) * total(p[i] * Abs(q[i] - r[i])) + loss(e, delta) * total(Abs(p[i] - s[i]))
DOMINATED = Abs(Supremum(H) - Supremum(NEAR))
CLOSE = DOMINATED <= PATH + most * beyond(d, w)


@theorem(
    "on an infinite alphabet let D and W have a finite cross-entropy. For data of at most C times D and models of at least c "
    "times W the focal-entropies at gamma and delta are finite, and differ by at most (ln 2)^2 |gamma - delta| sum p_i, "
    "phi(e) sum p_i |q_i - r_i| and loss(e) sum |p_i - s_i| over the first n letters, of which none has less than e in either "
    "model, and C times what the cross-entropy of D and W, and ln(1/c) times D, have beyond them",
    answers="continuity",
    over={gamma: Interval(0, oo), delta: Interval(0, oo), d: countable, w: countable}
    | {(p, s, most): at_most(d), (q, r, least): at_least(w), e: below(q, r)},
    where=(e < 1, Bounded(cross_entropy(d, w))),
    shows=And(Bounded(H), Bounded(NEAR), CLOSE),
    fuzz=Draws(letters=4, gamma=(Rational(1, 100), Rational(20))),
    false="the same without what there is beyond the first n letters",
    but=And(Bounded(H), Bounded(NEAR), DOMINATED <= PATH),
)
def continuous_where_dominated(proof):
    """Gamma, the model and the data change over the first n letters; what is beyond them is small for both."""
    for bound in (w[i] > 0, p[i] >= 0, least * w[i] <= q[i], least * w[i] <= r[i], q[i] <= 1, r[i] <= 1):
        at_size(proof, bound)
    proof.sign(least * w[i] > 0)
    for f in (q, r):
        proof.combine(f[i] > 0, {least * w[i] <= f[i]: 1, least * w[i] > 0: 1})
    proof.use(truncation, {p: (i, d[i]), q: (i, w[i]), s: (i, p[i]), r: (i, q[i])})
    proof.use(truncation, {p: (i, d[i]), q: (i, w[i]), gamma: delta})
    model = proof.use(lipschitz_in_the_model, {a: (i, q[i]), b: (i, r[i]), gamma: delta})
    dear, here, apart = proof.monotone(loss(t, delta), along=t, start=e, end=r[i]), loss(r[i], delta), Abs(p[i] - s[i])
    sides, change = [], focal_entropy(p, q, delta) - focal_entropy(p, r, delta)
    rest = most * beyond(d, w)
    for sign, (one, other), (part, end) in ((1, (gamma, delta), (NEAR, H)), (-1, (delta, gamma), (H, NEAR))):
        first, excess = other_gamma(proof, one, other, q[i]), sign * (p[i] - s[i])
        term = proof.combine(excess * here <= apart * loss(e, delta), {dear: apart, excess <= apart: here})
        weights = {first: 1, model: 1, sign * change <= Abs(change): 1, proof.sum(term): 1}
        weights |= {part <= Supremum(part): 1, Supremum(end) <= end + rest: 1}
        sides.append(proof.combine(sign * (Supremum(H) - Supremum(NEAR)) <= PATH + rest, weights))
    proof.absolute(*sides, shows=CLOSE)


AT_HOME = focal_entropy(p, p, gamma)


@theorem(
    "the focal-entropy of two pmfs on an infinite alphabet is finite exactly when the cross-entropy is; it is for some model "
    "only if the entropy of the data is, and then it is for the data themselves as the model",
    answers=PHRASE,
    over={gamma: Interval(0, oo), **PMFS},
    shows=And(
        Implies(Bounded(CROSS), Bounded(H)),
        Implies(Bounded(H), Bounded(CROSS)),
        Implies(Bounded(H), Bounded(ENTROPY)),
        Implies(Bounded(ENTROPY), Bounded(AT_HOME)),
    ),
    false="the focal-entropy of two pmfs on an infinite alphabet is finite exactly when the entropy of the data is",
    but=And(Implies(Bounded(ENTROPY), Bounded(H)), Implies(Bounded(H), Bounded(ENTROPY))),
    main=True,
)
def finite_together(proof):
    """Both bounds, Gibbs' inequality, and the upper bound at q = p."""
    positive(proof, p)
    first_letters(proof, q)
    grows(proof, p[i] * loss(q[i], gamma))
    with proof.suppose(Bounded(CROSS)):
        finite = proof.by("part", proof.use(at_most_cross_entropy), shows=Bounded(H))
    proof.implication(Bounded(CROSS), finite)
    with proof.suppose(Bounded(H)):
        cross = proof.by("part", proof.use(at_least_cross_entropy), shows=Bounded(CROSS))
        entropy = proof.by("part", proof.use(gibbs), shows=Bounded(ENTROPY))
    proof.implication(Bounded(H), cross)
    proof.implication(Bounded(H), entropy)
    with proof.suppose(Bounded(ENTROPY)):
        at_home = proof.by("part", proof.use(at_most_cross_entropy, {q: (i, p[i])}), shows=Bounded(AT_HOME))
    proof.implication(Bounded(ENTROPY), at_home)
