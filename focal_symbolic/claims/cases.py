"""The fixed hard cases: distributions, focusing parameters and letters on which every claim is checked to full precision.

Exact rationals throughout: masses of 1e-300, heads of 1 - 1e-30, ties, near-uniform families, 1000 outcomes, class counts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib import resources
from itertools import permutations, product
from typing import TypeVar, assert_never

from flint import arb, fmpq
from sympy import And, Expr, IndexedBase, Rational, S, oo, sympify

from focal_symbolic import definitions
from focal_symbolic.claims.claim import (
    Claim,
    Letter,
    Levels,
    Lower,
    Mixture,
    Near,
    Number,
    Optimum,
    Permutation,
    Pmf,
    Subpmf,
    Upper,
    Variable,
)
from focal_symbolic.claims.evaluate import BallView, Environment, Root, Value, ball_value, decide, exact_text, hypotheses
from focal_symbolic.errors import FocalError, Undecided
from focal_symbolic.language import n
from focal_symbolic.numbers.balls import Probability, precision, to_fmpq, to_fraction
from focal_symbolic.numbers.minimizer import solve

__all__ = [
    "FormulaRoot",
    "InverseRoot",
    "NoCase",
    "OptimumRoot",
    "add_bound",
    "add_levels",
    "add_mixture",
    "add_optimum",
    "admit",
    "at",
    "bounds",
    "coco_counts",
    "distributions",
    "environments",
    "extreme",
    "interval",
    "level_masses",
    "needs",
    "ordered",
    "sizes",
]

Masses = tuple[Fraction, ...]
Bound = Fraction | tuple[str, int]
"""A number, or an entry: (family, letter)."""
Option = TypeVar("Option")
TINY, SMALL = Fraction(1, 10**300), Fraction(1, 10**30)


class NoCase(FocalError):
    """A claim for which not one case could be made: its check would be empty."""


# ------------------------------------------------------------------------------------------------- computed values


@dataclass(frozen=True)
class OptimumRoot:
    """The minimizer and the multiplier of exact p and gamma."""

    q: str
    multiplier: str
    p: Masses
    gamma: Fraction

    def at(self, bits: int) -> dict[str, Value]:
        found = solve(self.p, self.gamma, bits)
        return {self.q: found.q, self.multiplier: found.multiplier}

    def describe(self) -> dict[str, str]:
        return {self.q: "the minimizer", self.multiplier: "its multiplier"}


@dataclass(frozen=True)
class MultiplierRoot:
    """The multiplier alone, where the minimizer is known exactly."""

    multiplier: str
    p: Masses
    gamma: Fraction

    def at(self, bits: int) -> dict[str, Value]:
        return {self.multiplier: solve(self.p, self.gamma, bits).multiplier}

    def describe(self) -> dict[str, str]:
        return {self.multiplier: "the multiplier"}


@dataclass(frozen=True)
class InverseRoot:
    """The p and the multiplier of which an exact q is the minimizer: p_i = (1/phi(q_i)) / sum_j 1/phi(q_j)."""

    p: str
    multiplier: str
    q: Masses
    gamma: Fraction

    def at(self, bits: int) -> dict[str, Value]:
        return _inverse(self.p, self.multiplier, self.q, self.gamma, bits)

    def describe(self) -> dict[str, str]:
        return {self.p: "the inverse map of q", self.multiplier: "its multiplier"}


@lru_cache(maxsize=1)
def _slope() -> Expr:
    return definitions.slope(definitions.x, definitions.gamma)


@lru_cache(maxsize=64)
def _inverse(p: str, multiplier: str, q: Masses, gamma: Fraction, bits: int) -> dict[str, Value]:
    with precision(bits + 2 * gamma.numerator.bit_length()):
        shares: dict[Fraction, arb] = {}
        for mass in q:
            if mass not in shares:
                view = BallView({"x": to_fmpq(mass), "gamma": to_fmpq(gamma)}, {}, {}, 15)
                shares[mass] = 1 / view.widen(ball_value(_slope(), view))
        total = sum((shares[mass] for mass in q), arb(0))
        made: dict[Fraction, Probability] = {}
        for place, mass in enumerate(q):
            if mass not in made:
                rest = sum((shares[other] for at, other in enumerate(q) if at != place), arb(0))
                made[mass] = Probability(shares[mass] / total, rest / total)
        return {p: tuple(made[mass] for mass in q), multiplier: 1 / total}


@dataclass(frozen=True)
class MixtureRoot:
    """A mixture of two families of which one at least is computed; `places`: where the second stands, letter by letter."""

    name: str
    parts: tuple[tuple[str, Masses | Root], tuple[str, Masses | Root]]
    weight: Fraction
    places: tuple[int, ...]

    def at(self, bits: int) -> dict[str, Value]:
        families = []
        for name, part in self.parts:
            families.append(tuple(map(to_fmpq, part)) if isinstance(part, tuple) else part.at(bits)[name])
        families[1] = _moved(families[1], self.places)
        view, weight = BallView({}, {}, {}, 15), to_fmpq(self.weight)
        mixed = (view.add([view.mul([1 - weight, a]), view.mul([weight, b])]) for a, b in zip(*families, strict=True))
        return {self.name: tuple(mixed)}

    def describe(self) -> dict[str, str]:
        (first, _), (second, _) = self.parts
        moved = "" if list(self.places) == sorted(self.places) else " relabelled"
        return {self.name: f"{exact_text(1 - self.weight)} {first} + {exact_text(self.weight)} {second}{moved}"}


@dataclass(frozen=True)
class FormulaRoot:
    """A number given by a closed formula that is not rational."""

    name: str
    value: Expr

    def at(self, bits: int) -> dict[str, Value]:
        return {self.name: ball_value(self.value, BallView({}, {}, {}, 15))}

    def describe(self) -> dict[str, str]:
        return {self.name: str(self.value)}


def add_optimum(environment: Environment, variable: Optimum, p: Masses, gamma: Fraction) -> Environment | None:
    """The environment with the minimizer and the multiplier of p, exact where they are; None for a single outcome."""
    if len(p) < 2 or min(p) <= 0:
        return None
    q, multiplier = _name(variable.q), variable.multiplier.name
    if gamma == 0:
        environment.families[q], environment.numbers[multiplier] = p, Fraction(1)
    elif len(set(p)) == 1:
        environment.families[q] = p
        environment.roots += (MultiplierRoot(multiplier, p, gamma),)
    else:
        environment.roots += (OptimumRoot(q, multiplier, p, gamma),)
    return environment


def level_masses(variable: Levels, factors: Sequence[Fraction] = (Fraction(1),) * 2) -> Masses:
    """The pmf of a witness, the weight of each level times its factor."""
    parts = zip(variable.levels, factors, strict=True)
    weights = [weight * factor for (count, weight), factor in parts for _ in range(count)]
    whole = sum(weights)
    return tuple(weight / whole for weight in weights)


def add_levels(environment: Environment, variable: Levels, masses: Masses) -> None:
    """Put the pmf of a witness into the environment, with a letter of each level."""
    environment.families[_name(variable.base)] = masses
    for letter, place in zip(variable.letters, (1, environment.size), strict=True):
        environment.letters[letter.name] = place


def add_mixture(environment: Environment, variable: Mixture) -> None:
    """Put a mixture into the environment, exact if its parts are."""
    weight = environment.numbers[variable.weight.name]
    parts = _part(environment, variable.first), _part(environment, variable.second)
    (_, first), (_, second) = parts
    plain = range(1, environment.size + 1)
    places = tuple(map(int, plain if variable.moved is None else environment.families[_name(variable.moved)]))
    if isinstance(first, tuple) and isinstance(second, tuple):
        mixed = tuple((1 - weight) * a + weight * b for a, b in zip(first, _moved(second, places), strict=True))
        environment.families[_name(variable.base)] = mixed
    else:
        environment.roots += (MixtureRoot(_name(variable.base), parts, weight, places),)


def _moved(family: Sequence, places: Sequence[int]) -> tuple:
    """The family with its entry at places[x], counted from 1, at each letter x."""
    return tuple(family[place - 1] for place in places)


def _part(environment: Environment, base: IndexedBase) -> tuple[str, Masses | Root]:
    """A family with its name: its masses, or what computes them."""
    name = _name(base)
    if name in environment.families:
        return name, environment.families[name]
    return name, next(root for root in environment.roots if name in root.describe())


# ------------------------------------------------------------------------------------------------- the distributions


@lru_cache(maxsize=1)
def coco_counts() -> dict[str, int]:
    """Instances of each class in COCO train2017, crowd annotations left out: 849,949 in all."""
    text = resources.files("focal_symbolic").joinpath("data/coco_train2017.csv").read_text(encoding="utf-8")
    return {row["class"]: int(row["count"]) for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=1)
def distributions() -> tuple[tuple[str, Masses], ...]:
    """The hard distributions by name, small alphabets first."""
    half, third = Fraction(1, 2), Fraction(1, 3)
    return (
        ("two, skewed", _shares(7, 3)),
        ("three, skewed", _shares(7, 2, 1)),
        ("four, one rare", _shares(333, 333, 333, 1)),
        ("two, even", (half, half)),
        ("two, a head of 1 - 1e-30", (1 - SMALL, SMALL)),
        ("two, a tail of 1e-300", (TINY, 1 - TINY)),
        ("two, even but for 1e-20", (half + Fraction(1, 10**20), half - Fraction(1, 10**20))),
        ("three, even", (third,) * 3),
        ("three, 1e-30 and 1e-300", (SMALL, 1 - SMALL - TINY, TINY)),
        ("five, ties", _shares(1, 4, 2, 4, 2)),
        ("six, powers of 1e10", _shares(*(10 ** (10 * k) for k in range(6)))),
        ("eighteen, one head", _shares(49, *[3] * 17)),
        ("COCO train2017", _shares(*coco_counts().values())),
        ("a thousand", _shares(*range(1, 1001))),
        ("one letter", (Fraction(1),)),
    )


def _shares(*weights: int) -> Masses:
    total = sum(weights)
    return tuple(Fraction(weight, total) for weight in weights)


GAMMAS = tuple(map(Fraction, ("2", "1/2", "5", "1", "3/10", "100", "1e-8", "1e4", "0")))
"""Focusing parameters; the first are those that large alphabets are given."""

UNITS = (
    Fraction(1, 2),
    Fraction(1, 10),
    Fraction(9, 10),
    Fraction(7, 19),
    SMALL,
    1 - SMALL,
    TINY,
    1 - Fraction(1, 2**40),
    Fraction(1, 2**40),
    Fraction(3, 10),
    1 - TINY,
    Fraction(2, 3),
)
"""Where in an interval of length 1 a number is put."""

SMALL_ALPHABET = 6
CASES = {SMALL_ALPHABET: 24, 100: 4, 1000: 2}
"""How many cases a distribution gives a claim, by the size of its alphabet."""
CASES_WITHOUT_ALPHABET = 160


# ------------------------------------------------------------------------------------------------- variables


def environments(claim: Claim, dps: int = 50, effort: int = 1) -> Iterator[Environment]:
    """The hard cases of a claim, always the same, all of them satisfying its hypotheses; `effort` times as many.

    Raises: NoCase if there is none.
    """
    found = 0
    for environment in _candidates(claim, effort):
        admitted = admit(claim, environment, dps)
        if admitted is not None:
            found += 1
            yield admitted
    if not found:
        raise NoCase(f"{claim.name}: not one hard case satisfies the hypotheses; the precision check would be empty.")


def _candidates(claim: Claim, effort: int) -> Iterator[Environment]:
    seen: set[str] = set()
    levels = list(claim.of(Levels))
    if levels:
        starts = [("", level_masses(levels[0]), CASES_WITHOUT_ALPHABET)]
    elif any(isinstance(v, (Pmf, Subpmf, Optimum, Letter)) for v in claim.variables):
        starts = [(label, masses, _cases(len(masses))) for label, masses in distributions()]
        if any(isinstance(v, Pmf) and not v.positive for v in claim.variables):
            zeros = (("zeros", (Fraction(1, 2), Fraction(0), Fraction(1, 2))), ("a point", (Fraction(0), Fraction(1))))
            starts += [(label, masses, _cases(len(masses))) for label, masses in zeros]
    else:
        starts = [("", (), CASES_WITHOUT_ALPHABET)]
    for label, masses, few in starts:
        cases = few * effort if len(masses) <= SMALL_ALPHABET else few
        for number in range(cases):
            # The first half runs through the options of the first variables, the second is spread over all.
            choice = number if number < cases // 2 else number * 2654435761 % 2**32
            environment = _build(claim, label, masses, choice)
            if environment is not None and (told := str(environment.describe())) not in seen:
                seen.add(told)
                yield environment


@lru_cache(maxsize=256)
def sizes(claim: Claim, least: int, most: int) -> list[int]:
    """The sizes of alphabet that the hypotheses on n alone allow, in [least, most] or, if none is there, above it."""
    plain = And(*(condition for condition in claim.where if condition.free_symbols == {n}))
    allowed = [size for size in range(least, 4 * most + 1) if plain.subs(n, size) is S.true]
    inside = [size for size in allowed if size <= most]
    if not allowed:
        raise NoCase(f"{claim.name}: no alphabet of {least} to {4 * most} letters meets the hypotheses on n.")
    return inside or allowed[:2]


def _cases(size: int) -> int:
    return next(cases for most, cases in CASES.items() if size <= most)


def _build(claim: Claim, label: str, masses: Masses, choice: int) -> Environment | None:
    """The case number `choice` of a claim on a distribution: a digit of it for each variable, in mixed radix."""
    environment = Environment({}, {}, {}, (), {}, len(masses), label)
    digits, first = _Digits(choice), True
    for variable in ordered(claim.variables):
        if not _assign(environment, variable, digits, masses, first):
            return None
        first = first and not isinstance(variable, Pmf)
    return environment


def ordered(variables: Sequence[Variable]) -> list[Variable]:
    """The variables, each after those it is made from."""
    waiting, done = list(variables), []
    made = {name for v in variables for name in _makes(v)}
    known: set[str] = set()
    while waiting:
        ready = [v for v in waiting if needs(v) & made <= known]
        if not ready:
            raise NoCase(f"the variables {', '.join(sorted(made - known))} are made from each other; put one first.")
        done.append(ready[0])
        waiting.remove(ready[0])
        known |= _makes(ready[0])
    return done


def _makes(variable: Variable) -> set[str]:
    match variable:
        case Pmf(base=base) | Subpmf(base=base) | Mixture(base=base) | Permutation(base=base):
            return {_name(base)}
        case Optimum(q=q, multiplier=multiplier):
            return {_name(q), multiplier.name}
        case Letter(index=index):
            return {index.name}
        case Levels(base=base, letters=letters):
            return {_name(base), *map(str, letters)}
    return {variable.symbol.name}


def needs(variable: Variable) -> set[str]:
    """The names of what a variable is made from."""
    match variable:
        case Number(low=low, high=high):
            return {str(symbol) for symbol in sympify(low).free_symbols | sympify(high).free_symbols}
        case Optimum(p=p, gamma=gamma):
            return {_name(p), *map(str, gamma.free_symbols)}
        case Mixture(first=first, second=second, weight=weight, moved=moved):
            return {_name(first), _name(second), weight.name, *(() if moved is None else (_name(moved),))}
        case Lower(bases=bases) | Upper(bases=bases):
            return set(map(_name, bases))
    return set()


def _depends(variable: Number) -> bool:
    return bool(needs(variable))


class _Digits:
    """A number read digit by digit in mixed radix: each digit picks one of some options."""

    def __init__(self, number: int) -> None:
        self.rest = number

    def pick(self, options: Sequence[Option]) -> Option | None:
        """The next; None if there are no options."""
        if not options:
            return None
        self.rest, digit = divmod(self.rest, len(options))
        return options[digit]


def _families(variable: Pmf | Subpmf | Permutation, masses: Masses, first: bool) -> list[Masses]:
    if isinstance(variable, Permutation):
        letters = tuple(map(Fraction, range(1, len(masses) + 1)))
        return [letters[::-1], letters[1:] + letters[:1], letters]
    whole = [masses] if first else _partners(masses)
    if isinstance(variable, Pmf):
        return [option for option in whole if not variable.positive or min(option) > 0]
    return [option for base in whole for option in (base, tuple(mass * Fraction(9, 10) for mass in base))]


def _assign(environment: Environment, variable: Variable, digits: _Digits, masses: Masses, first: bool) -> bool:
    """Put one variable into the environment; False if it has no value there. `first`: no pmf has been put there yet."""
    match variable:
        case Pmf() | Subpmf() | Permutation():
            if (family := digits.pick(_families(variable, masses, first))) is None:
                return False
            environment.families[_name(variable.base)] = family
        case Number():
            if (number := digits.pick(_numbers(variable, environment))) is None:
                return False
            environment.numbers[variable.symbol.name] = number
        case Letter():
            if (letter := digits.pick(_letters(environment, masses))) is None:
                return False
            environment.letters[variable.index.name] = letter
        case Lower() | Upper():
            if (bound := digits.pick(bounds(variable, environment))) is None:
                return False
            add_bound(environment, variable, bound)
        case Levels():
            add_levels(environment, variable, level_masses(variable))
        case Near():
            at(environment, variable.symbol.name, sympify(variable.value))
        case Mixture():
            add_mixture(environment, variable)
        case Optimum():
            p, gamma = environment.families[_name(variable.p)], focus(environment, variable)
            return add_optimum(environment, variable, p, gamma) is not None
        case _:
            assert_never(variable)
    return True


def add_bound(environment: Environment, variable: Lower | Upper, bound: Bound) -> None:
    """Put a bound of some families into the environment, a number or an entry."""
    if isinstance(bound, tuple):
        environment.entries[variable.symbol.name] = bound
    else:
        environment.numbers[variable.symbol.name] = bound


def focus(environment: Environment, variable: Optimum) -> Fraction:
    """The gamma of an optimum, which may be a formula in the numbers of the case."""
    numbers = {symbol: environment.numbers[symbol.name] for symbol in variable.gamma.free_symbols}
    values = {symbol: Rational(value) for symbol, value in numbers.items()}
    return to_fraction(variable.gamma.xreplace(values))


def at(environment: Environment, name: str, value: Expr) -> None:
    """Give a number the value of a closed formula, as a rational if it is one."""
    if value.is_Rational:
        environment.numbers[name] = to_fraction(value)
    else:
        environment.roots += (FormulaRoot(name, value),)


def _partners(masses: Masses) -> list[Masses]:
    """Distributions on the same alphabet to compare with."""
    size = len(masses)
    even = (Fraction(1, size),) * size
    mixed = tuple((a + b) / 2 for a, b in zip(masses, even, strict=True))
    return [even, masses[::-1], mixed, masses, masses[1:] + masses[:1]]


def interval(variable: Number, environment: Environment) -> tuple[Fraction | None, Fraction | None, bool, bool]:
    """The ends of a number's interval (None for none) and whether each is left out; irrational ends are moved inside."""
    ends: list[tuple[Fraction | None, bool]] = []
    low, high = sympify(variable.low), sympify(variable.high)
    for end, is_open, inward in ((low, variable.low_open, True), (high, variable.high_open, False)):
        if end in (oo, -oo):
            ends.append((None, True))
            continue
        with precision(256):
            value = ball_value(end, environment.view(256, 50))
            if type(value) is fmpq:
                ends.append((to_fraction(value), is_open))
            else:
                wide = value if type(value) is arb else value.q
                ends.append((to_fraction(wide.upper() if inward else wide.lower()), False))
    (least, least_open), (most, most_open) = ends
    return least, most, least_open, most_open


def _numbers(variable: Number, environment: Environment) -> list[Fraction]:
    low, high, low_open, high_open = interval(variable, environment)
    if low is not None and high is not None:
        pool = [low + (high - low) * unit for unit in UNITS] + [low, high]
    elif low is not None:
        pool = [*GAMMAS, *(low + gamma for gamma in GAMMAS), *(() if variable.symbol == definitions.gamma else UNITS)]
    elif high is not None:
        pool = [high - gamma for gamma in GAMMAS]
    else:
        pool = [*GAMMAS, *(-gamma for gamma in GAMMAS)]
    fit = [value for value in pool if _inside(value, low, high, low_open, high_open)]
    return list(dict.fromkeys(fit))


def _inside(value: Fraction, low: Fraction | None, high: Fraction | None, low_open: bool, high_open: bool) -> bool:
    above = low is None or value > low or (value == low and not low_open)
    return above and (high is None or value < high or (value == high and not high_open))


def _letters(environment: Environment, masses: Masses) -> list[int]:
    """The rarest letter, the commonest, one tied with either, the middle, the first and the last, if not yet taken."""
    order = sorted(range(1, len(masses) + 1), key=lambda letter: masses[letter - 1])
    if not order:
        return []
    interesting = [order[0], order[-1], order[1 % len(order)], order[-2 % len(order)], order[len(order) // 2], 1, len(order)]
    taken = set(environment.letters.values())
    free = [letter for letter in interesting if letter not in taken]
    return list(dict.fromkeys(free or [letter for letter in order if letter not in taken] or order))


def bounds(variable: Lower | Upper, environment: Environment) -> list[Bound]:
    """Bounds of some families: the extreme entry, and numbers beyond it; none if there is no such bound."""
    largest = isinstance(variable, Upper)
    family, letter = extreme(environment, [_name(base) for base in variable.bases], largest)
    with precision(256):
        entry = environment.view(256, 50).families[family][letter - 1]
        if type(entry) is fmpq:
            outer = to_fraction(entry)
            exact: list[Bound] = [outer]
        else:
            wide = entry if type(entry) is arb else entry.q
            outer = to_fraction(wide.upper() if largest else wide.lower())
            exact = [(family, letter)]
    if largest:
        return list(dict.fromkeys([*exact, (outer + 1) / 2, Fraction(1)])) if outer <= 1 else []
    return [*(exact if outer < 1 else []), outer / 2, outer / 10**6] if outer > 0 else []


def extreme(environment: Environment, families: Sequence[str], largest: bool) -> tuple[str, int]:
    """The family and letter with the largest or smallest entry, decided by balls; the first of ties."""
    for bits in (256, 1024, 4096):
        with precision(bits):
            view = environment.view(bits, 50)
            places = [(name, letter) for name in families for letter in range(len(view.families[name]))]
            best, sure = places[0], True
            for place in places[1:]:
                order, _ = view.order(view.families[best[0]][best[1]], view.families[place[0]][place[1]])
                sure = sure and order != 0
                if order == (1 if largest else -1):
                    best = place
            if sure:
                return best[0], best[1] + 1
    raise Undecided(f"{', '.join(families)}: balls do not tell which entry is the extreme one with 4096 bits; change the case.")


# ------------------------------------------------------------------------------------------------- hypotheses


TRIES = 48
"""How many rearrangements of a case are tried to meet the hypotheses."""


def admit(claim: Claim, environment: Environment, dps: int = 50) -> Environment | None:
    """The environment if it meets the hypotheses of the claim, or one with letters and like numbers rearranged, or None."""
    if not claim.where:
        return environment
    condition = hypotheses(claim)
    for number, candidate in enumerate(_rearranged(claim, environment)):
        if decide(condition, candidate, dps, ceiling=4).value > 0:
            return candidate
        if number >= TRIES:
            break
    return None


def _rearranged(claim: Claim, environment: Environment) -> Iterator[Environment]:
    bound = {str(symbol) for v in claim.of(Optimum) for symbol in (v.gamma, v.multiplier)}
    groups: dict[tuple, list[str]] = {}
    for v in claim.of(Number):
        if v.symbol.name not in bound and v.symbol.name in environment.numbers and not _depends(v):
            groups.setdefault((v.low, v.high, v.low_open, v.high_open), []).append(v.symbol.name)
    swaps = [[dict(zip(names, order, strict=True)) for order in permutations(names)] for names in groups.values()]
    fixed = set().union(*map(needs, claim.of(Number)))  # a number drawn in view of a letter is not drawn again
    names = [name for name in environment.letters if name not in fixed]
    letters = list(permutations(environment.letters[name] for name in names))
    if names and environment.size ** len(names) <= TRIES:
        every = product(range(1, environment.size + 1), repeat=len(names))
        letters += [chosen for chosen in every if len(set(chosen)) == min(len(names), environment.size)]
    for chosen in dict.fromkeys(letters):
        for swap in product(*swaps):
            moved = {name: environment.numbers[source] for part in swap for name, source in part.items()}
            yield Environment(
                {**environment.numbers, **moved},
                environment.families,
                {**environment.letters, **dict(zip(names, chosen, strict=True))},
                environment.roots,
                environment.entries,
                environment.size,
                environment.label,
            )


def _name(base: IndexedBase) -> str:
    return str(base.label)
