"""The multiplier and the minimizer on infinitely many letters: a head solved letter by letter, a tail summed at once.

S(lambda), the sum of all phi^-1(lambda/p_k), falls strictly and continuously from infinity (or the number of letters) to 0, and
is 1 at the multiplier, whether or not the entropy is finite. Newton's steps on lambda and the head at once say where to look.
The certificate: S - 1 enclosed at one lambda, and a bound from below of how fast S falls around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx

from focal_symbolic.errors import Undecided
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import ZERO, Probability, ball, precision
from focal_symbolic.numbers.countable.expansion import Expansion, Radii, best, radii
from focal_symbolic.numbers.countable.families import GUARD_STEP, Family
from focal_symbolic.numbers.countable.tail import Tail
from focal_symbolic.numbers.minimizer import slope_inverse_ball
from focal_symbolic.numbers.minimizer.inverse import near_logit

__all__ = ["Solved", "solve"]

MOST_LETTERS = 1 << 15
"""Letters that are solved one by one; where more are needed for the digits asked for, these are out of reach."""
START_BITS, STEPS = 80, 5
"""Bits of the first steps, and how many there are at most on each level."""
NEAR = arb((1, -24))
FEW = arb((1, -12))
"""Below, t psi(t) is near enough to q for a start."""


@dataclass(frozen=True)
class Solved:
    """lambda, the q of the first letters, and what the letters beyond them cost, in certified balls."""

    multiplier: arb
    q: list[Probability]
    entropy: arb
    """The focal-entropy of the data and q; NaN where nothing is known of the tail."""


def solve(family: Family, gamma: Fraction, bits: int) -> Solved:
    """The minimizer to about `bits` bits, gamma > 0.

    Raises: Undecided if that is out of reach.
    """
    power = Fraction(gamma)
    guard = family.lost_bits() + 2 * (power.numerator.bit_length() + power.denominator.bit_length())
    guard += -guard % GUARD_STEP
    with precision(START_BITS + guard):
        start = _start(family, ball(power))
    with precision(bits + guard):
        at = ball(power)
        tail = _plan(family, at, start, bits)
        family.check(tail.start)
        letters = range(family.first, tail.start)
        p = [family.probability(k) for k in letters]
        information = [family.information(k) for k in letters]
    levels = [bits + guard]
    while levels[-1] > START_BITS + guard:
        levels.append(max(levels[-1] // 2 + 16, START_BITS + guard))
    multiplier = start
    with precision(levels[-1]):
        q = [_rough(one / multiplier, ball(power)) for one in p]
    for level in reversed(levels):
        small = arb((1, -((level - guard) // 2 + 8)))  # of second order: the next change is nothing
        with precision(level):
            for _ in range(STEPS):
                multiplier, q, change = _step(ball(power), information, tail, multiplier, q)
                if change < small:
                    break
    with precision(bits + guard):
        return _certified(at, p, information, tail, multiplier, q, bits)


def _rough(t: arb, gamma: arb) -> arb:
    """q where p/lambda = t, not certified: in float64 where that will do."""
    if t > FEW:
        near = near_logit(-t.log(), gamma)
        if near is not None:
            return Probability.from_logit(near).q.mid()
        return slope_inverse_ball((1 / t).mid(), gamma).q.mid()
    q = t.mid()
    for _ in range(3):
        q = (t * q * formulas.slope(Probability(q), gamma)).mid()
    return q


def _start(family: Family, gamma: arb) -> arb:
    """lambda to some twenty bits, not certified: Newton on ln S as a function of ln lambda, inside the bracket found so far."""
    some, few = radii(gamma), Expansion(gamma, min(4, family.most_terms))
    log, low, high = ZERO, arb.neg_inf(), arb.pos_inf()
    mass: list[arb] = []
    letters = max(8, family.earliest() - family.first)
    for _ in range(300):
        multiplier = log.exp().mid()
        while (found := best(some, (family.largest(family.first + letters) / multiplier).upper())) is None or not found[
            1
        ] < arb((1, -5)):
            letters *= 2
            if letters > MOST_LETTERS:
                raise _too_many(family, gamma)
        if len(mass) < letters:
            mass = [family.probability(family.first + k) for k in range(letters)]
        tail, rate = Tail.of(family, family.first + letters, few, some).mass(multiplier)
        if not tail.is_finite():
            letters *= 2
            if letters > MOST_LETTERS:
                raise _too_many(family, gamma)
            continue
        q = [_rough(one / multiplier, gamma) for one in mass]
        whole = sum(q, tail.mid())
        fall = sum((one / formulas.elasticity(Probability(one), gamma) for one in q), rate.mid())
        excess = whole.log().mid()
        if abs(excess) < NEAR:
            return multiplier
        low, high = (log, high) if excess > 0 else (low, log)
        step = (excess * whole / fall).mid()
        new = (log + (step if abs(step) < 2 else arb(2) if step > 0 else arb(-2))).mid()
        if not low < new < high and low.is_finite() and high.is_finite():
            new = ((low + high) / 2).mid()
        log = new
    raise Undecided(f"no multiplier of {family.name} is found at gamma = {gamma.str(6)}; lower gamma.")


def _too_many(family: Family, gamma: arb) -> Undecided:
    return Undecided(
        f"{family.name} at gamma = {gamma.str(6, radius=False)} needs more than {MOST_LETTERS} letters before its "
        "tail is small; lower gamma."
    )


def _plan(family: Family, gamma: arb, multiplier: arb, bits: int) -> Tail:
    """The tail from where it is known to so many bits, at the least cost."""
    some = radii(gamma)
    if not family.expands:
        return _grown(family, Expansion(gamma, family.most_terms), some, multiplier, bits)
    cheapest: tuple[float, int, int, float] | None = None
    letters = max(8, family.earliest() - family.first)
    while letters <= MOST_LETTERS:
        found = best(some, (family.largest(family.first + letters) / multiplier).upper())
        if found is not None:
            each = -float(found[1].log()) / float(arb(2).log())
            terms = int((bits + 8) / each) + 1
            cost = 8 * letters + terms**2 + terms**3 / 20
            if cheapest is None or cost < cheapest[0]:
                cheapest = cost, letters, terms, each
        letters += letters // 2
    if cheapest is None:
        raise _too_many(family, gamma)
    _, letters, terms, each = cheapest
    return Tail.of(family, family.first + letters, Expansion(gamma, terms), some, each)


def _grown(family: Family, expansion: Expansion, some: list[Radii], multiplier: arb, bits: int) -> Tail:
    """The tail from where it is narrow enough."""
    letters, widest, reached = max(8, family.earliest() - family.first), arb((1, -bits)), None
    while letters <= MOST_LETTERS:
        tail = Tail.of(family, family.first + letters, expansion, some)
        mass, cost = tail.mass(multiplier)[0], tail.cost(multiplier)
        if mass.is_finite():
            reached = mass.rad() if reached is None or mass.rad() < reached else reached
            if mass.rad() < widest and (cost.rad() < widest or not family.entropy_is_finite):
                return tail
        letters += letters // 2
    told = (
        "nothing is known of the others"
        if reached is None
        else f"the sum of q is known only to within {reached.str(2, radius=False)}"
    )
    raise Undecided(f"{family.name}: with {MOST_LETTERS} letters solved one by one {told}; ask for fewer digits.")


def _step(gamma: arb, information: list[arb], tail: Tail, multiplier: arb, q: list[arb]) -> tuple[arb, list[arb], arb]:
    """A step of Newton's on ln lambda and every ln q at once, from midpoint to midpoint, not certified; its largest change."""
    log = multiplier.log()
    excess, eases = [], []
    for one, known in zip(q, information, strict=True):
        value, elasticity = formulas.log_slope_and_elasticity(Probability(one), gamma)
        excess.append(value - known - log)
        eases.append(1 / elasticity)
    beyond, rate = tail.mass(multiplier)
    gap, fall = beyond - 1, rate
    for one, over, ease in zip(q, excess, eases, strict=True):
        gap += one * (1 + over * ease)
        fall += one * ease
    change = (gap / fall).mid()
    moves = [((over - change) * ease).mid() for over, ease in zip(excess, eases, strict=True)]
    moved = [(one * (1 + w + w * w / 2)).mid() for one, w in zip(q, moves, strict=True)]
    return (multiplier * change.exp()).mid(), moved, max(map(abs, [change, *moves]))


def _certified(
    gamma: arb, p: list[arb], information: list[arb], tail: Tail, multiplier: arb, q: list[arb], bits: int
) -> Solved:
    """Interval Newton for each letter at one lambda, and the mean value theorem for S.

    ln phi falls in ln q with the elasticity. For |ln lambda' - ln lambda| <= reach, q_k(lambda') lies in the box
    q_k (1 + [-r, r]), r <= 1/4, if (|E_k| + reach)/elasticity < r/2 over the box.
    """
    log, reach = multiplier.log(), arb((1, -(bits // 2)))
    whole, fall, points = tail.mass(multiplier)[0], ZERO, []
    for one, known in zip(q, information, strict=True):
        at = Probability(one)
        over = formulas.log_slope(at, gamma) - known - log
        with precision(ctx.prec // 2 + 32):
            rough = formulas.elasticity(at, gamma)
            spread = (4 * (over.abs_upper() + reach) / rough).abs_upper()
            box = one * arb(1, spread)
            ease = 1 / formulas.elasticity(Probability(box), gamma)
            if not (spread < arb((1, -2)) and ease > 0 and (over.abs_upper() + reach) * ease < spread / 2):
                raise Undecided(
                    f"a letter of p = {(-known).exp().str(6)} is not certified with {bits} bits; ask for fewer digits."
                )
            fall += (box * ease).lower()
        here = one * (over * ease).exp()
        whole += here
        points.append((here, ease))
    if not fall > 0:
        raise Undecided(f"how fast S falls is not decided with {bits} bits; give a gamma nearer to 1.")
    off = ((whole - 1).abs_upper() / fall).abs_upper()
    if not off < reach:
        raise Undecided(f"the multiplier is not certified with {bits} bits; ask for fewer digits.")
    blur = arb(0, off)
    found = multiplier * blur.exp()
    entries = [Probability(here * (blur * ease).exp()) for here, ease in points]
    entropy = sum((formulas.entropy_term(one, at, gamma) for one, at in zip(p, entries, strict=True)), tail.cost(found))
    return Solved(found, entries, entropy)
