"""Infinite alphabets: when the multiplier exceeds 1, told by finitely many letters, and what all but finitely many letters do.

Source
    Abstract: "induces an over-suppression regime in which very small probabilities are further diminished"; here for a
    countable alphabet.
Statement
    p is a pmf on 1, 2, 3, ..., positive everywhere, gamma > 0, q its minimizer, with p_i phi(q_i) = lambda; y_i =
    phi^(-1)(1/p_i), P_n and Y_n the sums of p_i and y_i over the first n letters, S the sum of all y_i, and M the largest
    value of psi. lambda exceeds 1, is 1, or is less exactly when S does. Y_n <= S <= Y_n + M (1 - P_n) for every n. So lambda
    > 1 if and only if Y_n > 1 for some n, and lambda < 1 if and only if Y_n + M (1 - P_n) < 1 for some n: finitely many
    letters decide, without the minimizer. If 2 gamma sqrt(p_i) <= lambda - 1, letter i is suppressed; if lambda <= 1 and (8 +
    2 gamma) p_i < 1, it is amplified. So all letters but finitely many are suppressed if lambda > 1, and amplified if lambda
    <= 1. Conversely, where 1/n < e <= 1/(8 + 2 gamma): if all of the first n letters with p_i < e are suppressed, lambda > 1;
    if all are amplified, lambda < 1 + 2 gamma/sqrt(n), so that lambda <= 1 if this is so for every n.
Idea
    phi falls, so lambda < 1 makes q_i larger than y_i at every letter, and lambda > 1 smaller; the differences have one sign,
    so they add up. y_i = p_i psi(y_i) <= M p_i: the terms M p_i - y_i are nonnegative, and sum up to M - S. If lambda <= 1 and
    a letter rarer than e is suppressed, it is amplified, too: so each of the first n letters has e > 1/n or more.
Trusted
    What `infinite_minimizer`, `over_suppression` and `worst_suppression` rest on.
Not covered
    lambda = 1 is decided by no finite number of letters. That only finitely many letters have e or more for an e > 0, and that
    2 gamma/sqrt(n) is as small as one likes: the first since P sums to 1, so that there are 1/e of them at most.
"""

from focal_symbolic.proofs.continuity import e
from focal_symbolic.proofs.infinite import below_supremum, first_mass, grows, positive
from focal_symbolic.proofs.infinite_minimizer import MODERATE, MOST, OPTIMAL, far_letters, priced_letters, small_entry
from focal_symbolic.proofs.over_suppression import EIGHTH, ENTRY, HALF, SMALL, amplified, entry_and_multiplier, suppressed
from focal_symbolic.proofs.uniqueness import inverse
from focal_symbolic.proofs.worst_suppression import LARGEST, at_most_largest
from focal_symbolic.proofs.worst_suppression import y as mode
from sympy import Eq, Ge, Integer, Interval, Lt, Rational, oo, sqrt

from focal_symbolic.claims import mode_of, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import gamma, multiplier, p, q, slope, x
from focal_symbolic.language import NEVER, And, Bounded, Equivalent, Every, EveryPart, Implies, Or, i, j, n, total, whole

FAR = Draws(letters=40, gamma=(Rational(1, 100), Rational(8)))
PHRASE = "over-suppression regime"
ALL, FIRST = whole(ENTRY), total(ENTRY)
ABOVE, BELOW = Equivalent(multiplier > 1, ALL > 1), Equivalent(multiplier < 1, ALL < 1)


def entries_finite(proof):
    """The entries at the multiplier 1 have a finite sum: each is less than (1 + gamma) p_i."""
    first_mass(proof, p)
    line = proof.combine(FIRST < MOST, {proof.sum(small_entry(proof, Integer(1))): 1, total(p[i]) <= 1: MOST})
    proof.by("sup_least", line, shows=Bounded(FIRST))


def apart(proof, low, high, side):
    """The sum of what is smaller at every letter, by this much at least over the first n, is less than the other sum."""
    with proof.suppose(side):
        line = proof.transfer(Equivalent(low < high, side), side)
        more = high - low
        least = proof.combine(total(low) + total(more) <= whole(high), {below_supremum(proof, total(high)): 1})
        grow = [grows(proof, low), grows(proof, more, proof.combine(Ge(more, 0), {line: 1}))]
        proof.by("sup_together", least, *grow, shows=Bounded(total(more)))
        together = proof.by("sup_together", least, *grow, shows=whole(low) + whole(more) <= whole(high))
        weights = {together: 1, below_supremum(proof, total(more)): 1, proof.sum(line): 1, Eq(whole(q[i]), 1): 1}
        return proof.combine(ALL < 1 if high == q[i] else ALL > 1, weights)


def level(proof):
    """Where lambda = 1, each entry is q_i, so that both sums have the same finite parts."""
    one, unit = Eq(whole(q[i]), 1), Eq(multiplier, 1)
    with proof.suppose(unit):
        same = proof.sum(proof.transfer(Equivalent(Eq(ENTRY, q[i]), unit), unit))
        most = proof.combine(FIRST <= 1, {same: 1, below_supremum(proof, total(q[i])): 1, one: 1})
        proof.by("sup_least", most, shows=ALL <= 1)
        least = proof.combine(total(q[i]) <= ALL, {same: 1, below_supremum(proof, FIRST): 1})
        least = proof.by("sup_least", least, shows=whole(q[i]) <= ALL)
        proof.combine(ALL >= 1, {least: 1, one: 1})
        return proof.sign(Eq(ALL, 1))


@theorem(
    "on an infinite alphabet lambda exceeds 1 exactly when the sum of phi^(-1)(1/p_i) does, and is less than 1 exactly when "
    "that sum is",
    answers=PHRASE,
    over=OPTIMAL,
    shows=And(ABOVE, BELOW),
    fuzz=MODERATE,
    false="on an infinite alphabet lambda exceeds 1 exactly when that sum exceeds 11/10",
    but=And(Equivalent(multiplier > 1, ALL > Rational(11, 10)), BELOW),
)
def multiplier_and_one(proof):
    """phi falls, so q_i lies on the other side of the entry at every letter; the differences add up."""
    priced_letters(proof)
    positive(proof, q)
    entries_finite(proof)
    proof.use(entry_and_multiplier)
    low, high = multiplier < 1, multiplier > 1
    orders = {low: apart(proof, ENTRY, q[i], low), Eq(multiplier, 1): level(proof)}
    proof.trichotomy(orders | {high: apart(proof, q[i], ENTRY, high)})


OPTIMAL_AND_MODE = OPTIMAL | {mode: mode_of(gamma)}
CEILING = FIRST + LARGEST * (1 - total(p[i]))
"""What the entries sum up to at most: beyond the first n letters each is at most M p_i."""


@theorem(
    "on an infinite alphabet the sum of phi^(-1)(1/p_i) lies between its first n terms and these with M = max psi times what P "
    "has beyond them",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), p: OPTIMAL[p], mode: mode_of(gamma)},
    shows=And(Bounded(FIRST), FIRST <= ALL, ALL <= CEILING),
    fuzz=MODERATE,
    false="on an infinite alphabet that sum exceeds its first n terms by at most a half of M times what P has beyond them",
    but=And(Bounded(FIRST), FIRST <= ALL, ALL <= FIRST + LARGEST * (1 - total(p[i])) / 2),
)
def entries_enclosed(proof):
    """Each entry is p_i psi(entry) <= M p_i; what M p_i exceeds it by adds up to at most M less the sum."""
    entries_finite(proof)
    below_supremum(proof, FIRST)
    proof.use(inverse, {mode: 1 / p[i]})
    most, value = proof.use(at_most_largest, {x: ENTRY}), Eq(slope(ENTRY, gamma), 1 / p[i])
    spare = LARGEST * p[i] - ENTRY
    term = proof.combine(Ge(spare, 0), {most: p[i], value: -p[i] * ENTRY})
    line = proof.combine(FIRST + total(spare) <= LARGEST, {total(p[i]) <= 1: LARGEST})
    grow = [grows(proof, ENTRY), grows(proof, spare, term)]
    for s in (FIRST, total(spare)):
        proof.by("sup_together", line, *grow, shows=Bounded(s))
    together = proof.by("sup_together", line, *grow, shows=ALL + whole(spare) <= LARGEST)
    proof.combine(ALL <= CEILING, {together: 1, below_supremum(proof, total(spare)): 1})


CERTIFICATES = (
    Implies(FIRST > 1, multiplier > 1),
    Implies(EveryPart(FIRST <= 1), multiplier <= 1),
    Implies(CEILING < 1, multiplier < 1),
    Implies(EveryPart(CEILING >= 1), multiplier >= 1),
)


@theorem(
    "on an infinite alphabet lambda exceeds 1 exactly when phi^(-1)(1/p_i) sums to more than 1 over the first n letters for "
    "some n, and is less than 1 exactly when, for some n, that sum and M = max psi times what P has beyond are less than 1",
    answers=PHRASE,
    over=OPTIMAL_AND_MODE,
    shows=And(*CERTIFICATES),
    fuzz=MODERATE,
    false="on an infinite alphabet lambda is less than 1 if that sum is, over the first n letters for some n",
    but=And(Implies(FIRST < 1, multiplier < 1), *CERTIFICATES[:2], CERTIFICATES[3]),
)
def finite_certificates(proof):
    """The sum of all entries is on the same side of 1; it is the supremum of the one, and the infimum of the other."""
    proof.use(multiplier_and_one)
    proof.use(entries_enclosed)
    positive(proof, p)
    for case, bound, side, known in (
        (FIRST > 1, FIRST <= ALL, ALL > 1, ABOVE),
        (CEILING < 1, ALL <= CEILING, ALL < 1, BELOW),
    ):
        proof.implication(case, proof.transfer(known, proof.combine(side, {case: 1, bound: 1}, where=case)))
    never, low = EveryPart(FIRST <= 1), EveryPart(CEILING >= 1)
    with proof.suppose(never):
        least = proof.by("sup_least", proof.by("at_size", never, shows=FIRST <= 1), shows=ALL <= 1)
        above = multiplier > 1
        absurd = proof.combine(NEVER, {proof.transfer(ABOVE, above, where=above): 1, least: 1})
        refuted = proof.refute(above, absurd)
    proof.implication(never, refuted)
    with proof.suppose(low):
        proof.by("at_size", low, shows=CEILING >= 1)
        most = 1 + (ALL - 1) / LARGEST
        line = proof.combine(total(p[i]) <= most, {CEILING >= 1: 1 / LARGEST, FIRST <= ALL: 1 / LARGEST})
        least = proof.by("sup_least", line, shows=whole(p[i]) <= most)
        least = proof.combine(ALL >= 1, {least: LARGEST, Eq(whole(p[i]), 1): LARGEST})
        below = multiplier < 1
        absurd = proof.combine(NEVER, {proof.transfer(BELOW, below, where=below): 1, least: 1})
        refuted = proof.refute(below, absurd)
    proof.implication(low, refuted)


SUPPRESSED = SMALL.xreplace({j: i})
"""So small a letter is suppressed; it holds of none if lambda <= 1."""
RARE = (8 + 2 * gamma) * p[i] < 1
"""So rare a letter is amplified if lambda <= 1."""
EVERY_LETTER = (
    EveryPart(Every(Implies(SUPPRESSED, q[i] < p[i]))),
    Implies(multiplier <= 1, EveryPart(Every(Implies(RARE, q[i] > p[i])))),
)


@theorem(
    "on an infinite alphabet every letter with 2 gamma sqrt(p_i) <= lambda - 1 is suppressed; if lambda <= 1, every letter "
    "with (8 + 2 gamma) p_i < 1 is amplified",
    answers=PHRASE,
    over=OPTIMAL,
    shows=And(*EVERY_LETTER),
    fuzz=MODERATE,
    false="on an infinite alphabet, if lambda <= 1, every letter with (8 + 2 gamma) p_i < 1 doubles its share",
    but=And(EVERY_LETTER[0], Implies(multiplier <= 1, EveryPart(Every(Implies(RARE, q[i] > 2 * p[i]))))),
)
def every_rare_letter(proof):
    """What holds of one small letter on any alphabet; lambda <= 1 + gamma makes p_i <= 1/4 in the first case."""
    priced_letters(proof)
    positive(proof, p)
    most = proof.by("part", proof.use(far_letters), shows=multiplier <= MOST)
    with proof.suppose(SUPPRESSED):
        half = proof.combine(sqrt(p[i]) <= HALF, {SUPPRESSED: 1 / (2 * gamma), most: 1 / (2 * gamma)})
        proof.combine(p[i] < 1, {proof.apply("power", half, 2): 1, Lt(EIGHTH, HALF, evaluate=False): 2})
        less = proof.use(suppressed, {j: i})
    first = proof.every(proof.implication(SUPPRESSED, less))
    proof.by("on_parts", first, shows=EVERY_LETTER[0])
    low = multiplier <= 1
    with proof.suppose(low):
        with proof.suppose(RARE):
            more = proof.use(amplified, {j: i})
        second = proof.every(proof.implication(RARE, more))
        second = proof.by("on_parts", second, shows=EVERY_LETTER[1].args[1])
    proof.implication(low, second)


RARITY = {e: Interval.Lopen(1 / n, 1 / (8 + 2 * gamma))}
"""A bound of what is called rare, such that some of the first n letters are: their mean is at most 1/n."""
ALL_SUPPRESSED, ALL_AMPLIFIED = Every(Or(p[i] >= e, q[i] < p[i])), Every(Or(p[i] >= e, q[i] > p[i]))
TOLD = Implies(ALL_SUPPRESSED, multiplier > 1), Implies(ALL_AMPLIFIED, multiplier < 1 + 2 * gamma / sqrt(n))


def rarer(proof):
    """An arbitrary letter rarer than e is as rare as `amplified` asks for."""
    known = proof.combine(RARE, {p[i] < e: 8 + 2 * gamma, e <= 1 / (8 + 2 * gamma): 8 + 2 * gamma})
    proof.combine(p[i] < EIGHTH, {known: EIGHTH, p[i] > 0: gamma / 4})
    proof.combine(2 * MOST * p[i] < 1, {known: 1, p[i] > 0: 6})


def too_much(proof, moved, common):
    """0 < 0, if each letter has more than 1/n: it is not rarer than e, or it is moved, and then the line `common` says so."""
    enough = p[i] >= e
    more = proof.combine(p[i] > 1 / n, {enough: 1, e > 1 / n: 1}, where=enough)
    sums = proof.sum(proof.either({enough: more, moved: common}))
    return proof.combine(NEVER, {sums: 1, total(p[i]) <= 1: 1})


@theorem(
    "on an infinite alphabet, where 1/n < e <= 1/(8 + 2 gamma), lambda > 1 if those of the first n letters that are rarer than "
    "e are all suppressed, and lambda < 1 + 2 gamma/sqrt(n) if they are all amplified",
    answers=PHRASE,
    over=OPTIMAL | RARITY,
    shows=And(*TOLD),
    fuzz=FAR,
    false="on an infinite alphabet, if all of the first n letters that are rarer than e are amplified, lambda < 1",
    but=And(TOLD[0], Implies(ALL_AMPLIFIED, multiplier < 1)),
)
def told_by_the_first_letters(proof):
    """Else each of them has more than 1/n, which is more than P has."""
    priced_letters(proof)
    first_mass(proof, p)
    less, more, low, high = q[i] < p[i], q[i] > p[i], multiplier <= 1, multiplier >= 1 + 2 * gamma / sqrt(n)
    with proof.suppose(ALL_SUPPRESSED, low):
        rare = p[i] < e
        with proof.suppose(less, rare):
            rarer(proof)
            never = proof.combine(NEVER, {proof.use(amplified, {j: i}): 1, less: 1})
        with proof.suppose(less):
            common = proof.combine(p[i] > 1 / n, {proof.refute(rare, never): 1, e > 1 / n: 1})
        never = too_much(proof, less, common)
    proof.implication(ALL_SUPPRESSED, proof.refute(low, never))
    with proof.suppose(ALL_AMPLIFIED, high):
        flat = p[i] <= 1 / n
        with proof.suppose(more, flat):
            proof.combine(SUPPRESSED, {proof.apply("power", flat, HALF): 2 * gamma, high: 1})
            small = 1 / (8 + 2 * gamma)
            proof.combine(p[i] < 1, dict.fromkeys((flat, e > 1 / n, e <= small, small < 1), 1))
            never = proof.combine(NEVER, {proof.use(suppressed, {j: i}): 1, more: 1})
        with proof.suppose(more):
            common = proof.refute(flat, never)
        never = too_much(proof, more, common)
    proof.implication(ALL_AMPLIFIED, proof.refute(high, never))


@theorem(
    "on an infinite alphabet every letter with 2 gamma sqrt(p_i) <= lambda - 1 is suppressed, and if lambda <= 1 every "
    "letter with (8 + 2 gamma) p_i < 1 is amplified; where 1/n < e <= 1/(8 + 2 gamma), lambda > 1 if those of the first n "
    "letters that are rarer than e are all suppressed, and lambda < 1 + 2 gamma/sqrt(n) if they are all amplified; and "
    "lambda > 1 exactly when phi^(-1)(1/p_i) sums to more than 1 over the first n letters for some n, lambda < 1 exactly "
    "when, for some n, that sum and M = max psi times what P has beyond are less than 1",
    answers=PHRASE,
    over=OPTIMAL_AND_MODE | RARITY,
    shows=And(*EVERY_LETTER, *TOLD, *CERTIFICATES),
    fuzz=FAR,
    false="on an infinite alphabet, if all of the first n letters that are rarer than e are amplified, lambda < 1",
    but=And(*EVERY_LETTER, TOLD[0], Implies(ALL_AMPLIFIED, multiplier < 1), *CERTIFICATES),
    main=True,
)
def far_letters_and_the_multiplier(proof):
    """The three theorems above."""
    proof.use(every_rare_letter)
    proof.use(told_by_the_first_letters)
    proof.use(finite_certificates)
