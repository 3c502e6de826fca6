"""The fixed hard cases: distributions, focusing parameters and letters on which every claim is checked to full precision.

Exact rationals throughout: masses of 1e-300, heads of 1 - 1e-30, ties, near-uniform families, 1000 outcomes, class counts.
"""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache, partial
from importlib import resources
from itertools import count, islice, permutations, product
from operator import itemgetter

from sympy import And, S
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.claim import Claim
from focal_symbolic.claims.closed import closed
from focal_symbolic.claims.evaluate import Environment, decide
from focal_symbolic.claims.variables.kind import MANY, Case, Masses, Start, Variable
from focal_symbolic.claims.variables.number import SMALL, TINY
from focal_symbolic.errors import FocalError
from focal_symbolic.language import n

__all__ = ["NoCase", "admit", "alike", "coco_counts", "distributions", "environments", "ordered", "sizes"]


class NoCase(FocalError):
    """A claim for which not one case could be made: its check would be empty."""


# -- the distributions -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def coco_counts() -> dict[str, int]:
    """Instances of each class in COCO train2017, crowd annotations left out: 849,949 in all."""
    text = resources.files("focal_symbolic").joinpath("data/coco_train2017.csv").read_text(encoding="utf-8")
    return {row["class"]: int(row["count"]) for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=1)
def distributions() -> tuple[Start, ...]:
    """The hard distributions by name, small alphabets first."""
    half, third = Fraction(1, 2), Fraction(1, 3)
    named: dict[str, Masses] = {
        "two, skewed": _shares(7, 3),
        "three, skewed": _shares(7, 2, 1),
        "four, one rare": _shares(333, 333, 333, 1),
        "two, even": (half, half),
        "two, a head of 1 - 1e-30": (1 - SMALL, SMALL),
        "two, a tail of 1e-300": (TINY, 1 - TINY),
        "two, even but for 1e-20": (half + Fraction(1, 10**20), half - Fraction(1, 10**20)),
        "three, even": (third,) * 3,
        "three, 1e-30 and 1e-300": (SMALL, 1 - SMALL - TINY, TINY),
        "five, ties": _shares(1, 4, 2, 4, 2),
        "six, powers of 1e10": _shares(*(10 ** (10 * k) for k in range(6))),
        "eighteen, one head": _shares(49, *[3] * 17),
        "COCO train2017": _shares(*coco_counts().values()),
        "a thousand": _shares(*range(1, 1001)),
        "one letter": (Fraction(1),),
    }
    return tuple(Start(label, masses) for label, masses in named.items())


def _shares(*weights: int) -> Masses:
    total = sum(weights)
    return tuple(Fraction(weight, total) for weight in weights)


SMALL_ALPHABET = 6
CASES = {SMALL_ALPHABET: 24, 100: 4, 1000: 2}
"""How many cases a distribution gives a claim, by the size of its alphabet."""


# -- the cases -------------------------------------------------------------------------------------------------------------


def environments(claim: Claim, dps: int = 50, effort: int = 1) -> Iterator[Environment]:
    """The hard cases of a claim, always the same, all of them satisfying its hypotheses; `effort` times as many.

    Raises: NoCase if there is none.
    """
    found = 0
    for found, environment in enumerate(_shared(alike(claim), dps, effort), start=1):  # noqa: B007  (the number is asked below)
        yield environment
    if not found:
        raise NoCase(f"{claim.name}: not one hard case satisfies the hypotheses; the precision check would be empty.")


def alike(claim: Claim) -> Claim:
    """What claims with the same hard cases have in common: variables and hypotheses."""
    return Claim("", "", "own", "", claim.variables, S.true, where=claim.where)


class _Shared:
    """Hard cases that are made when they are first asked for, and kept: claims on the same variables share them."""

    def __init__(self, made: Iterator[Environment]) -> None:
        self.made, self.known = made, list[Environment]()
        self.error: Exception | None = None

    def __iter__(self) -> Iterator[Environment]:
        for place in count():
            if place == len(self.known) and not self.one_more():
                return
            yield self.known[place]

    def one_more(self) -> bool:
        """Whether there is another case. What could not be made for one claim cannot for the next."""
        if self.error is not None:
            raise self.error
        try:
            self.known.append(next(self.made))
        except StopIteration:
            return False
        except Exception as error:
            self.error = error
            raise
        return True


@lru_cache(maxsize=4)
def _shared(claim: Claim, dps: int, effort: int) -> _Shared:
    candidates = (admit(claim, environment, dps) for environment in _candidates(claim, effort))
    return _Shared(environment for environment in candidates if environment is not None)


def _candidates(claim: Claim, effort: int) -> Iterator[Environment]:
    seen: set[Hashable] = set()
    variables = ordered(claim.variables)
    for start in _starts(variables):
        size = len(start.masses)
        few = start.cases or next(cases for most, cases in CASES.items() if size <= most)
        cases = few * effort if size <= SMALL_ALPHABET else few
        for number in range(cases):
            # The first half runs through the options of the first variables, the second is spread over all.
            choice = number if number < cases // 2 else number * 2654435761 % 2**32
            environment = _build(variables, start, choice)
            if environment is not None and (identity := environment.identity) not in seen:
                seen.add(identity)
                yield environment


def _starts(variables: Sequence[Variable]) -> list[Start]:
    """The alphabets of a claim's cases."""
    starts = [Start("", (), MANY)]
    if any(variable.least_letters for variable in variables):
        starts = [*distributions()]
    for variable in variables:
        starts = variable.starts(starts)
    return starts


@lru_cache(maxsize=256)
def sizes(claim: Claim, least: int, most: int) -> list[int]:
    """The sizes of alphabet that the hypotheses on n alone allow, in [least, most] or, if none is there, above it."""
    plain = And(*(condition for condition in claim.where if condition.free_symbols == {n}))
    allowed = [size for size in range(least, 4 * most + 1) if plain.subs(n, size) is S.true]
    inside = [size for size in allowed if size <= most]
    if not allowed:
        raise NoCase(f"{claim.name}: no alphabet of {least} to {4 * most} letters meets the hypotheses on n.")
    return inside or allowed[:2]


def _build(variables: tuple[Variable, ...], start: Start, choice: int) -> Environment | None:
    """The case number `choice` on an alphabet: a digit of it for each variable, in mixed radix. None if one has no value."""
    environment = Environment({}, {}, {}, (), {}, len(start.masses), start.label)
    case = Case(environment, variables, start)
    for variable in variables:
        options = variable.options(case)
        if not options:
            return None
        choice, digit = divmod(choice, len(options))
        variable.put(environment, options[digit])
    return environment


@lru_cache(maxsize=256)
def ordered(variables: tuple[Variable, ...]) -> tuple[Variable, ...]:
    """The variables, each after those it is made from."""
    waiting, done = list(variables), []
    made = {name for variable in variables for name in variable.names}
    known: set[str] = set()
    while waiting:
        ready = next((variable for variable in waiting if variable.needs & made <= known), None)
        if ready is None:
            raise NoCase(f"the variables {', '.join(sorted(made - known))} are made from each other; put one first.")
        done.append(ready)
        waiting.remove(ready)
        known.update(ready.names)
    return tuple(done)


# -- hypotheses ------------------------------------------------------------------------------------------------------------

TRIES = 48
"""How many rearrangements of a case are tried to meet the hypotheses."""


def admit(claim: Claim, environment: Environment, dps: int = 50, ceiling: int = 4) -> Environment | None:
    """The environment if it meets the hypotheses of the claim, or one with letters and like numbers rearranged, or None.

    What no rearrangement changes is asked once, and what is said of some letters once for these.
    """
    if not claim.where:
        return environment
    staying, moved = _conditions(claim)
    if any(decide(condition, environment, dps, ceiling).value <= 0 for condition in staying):
        return None
    if not moved:
        return environment
    known: dict[Hashable, bool] = {}
    for letters, numbers in islice(_rearranged(claim, environment), TRIES + 1):
        candidate = None
        for place, (condition, names) in enumerate(moved):
            asked = (place, *[letters.get(name, numbers.get(name)) for name in names])
            if asked not in known:
                candidate = candidate or _with(environment, letters, numbers)
                known[asked] = decide(condition, candidate, dps, ceiling).value > 0
            if not known[asked]:
                break
        else:
            return candidate or _with(environment, letters, numbers)
    return None


@lru_cache(maxsize=256)
def _conditions(claim: Claim) -> tuple[list[Boolean], list[tuple[Boolean, list[str]]]]:
    """The hypotheses that stay as they are when a case is rearranged, and the others with the names in them that move.

    Those come first that ask for less: of two variables, the later is made from the earlier.
    """
    order = {name: place for place, variable in enumerate(ordered(claim.variables)) for name in variable.names}
    numbers, letters = _movable(claim)
    movable = {*letters, *(name for names in numbers for name in names)}
    staying, moved = list[tuple[int, Boolean]](), list[tuple[int, Boolean, list[str]]]()
    for condition in map(partial(closed, claim), claim.where):
        names = {*map(str, condition.free_symbols)}
        last = max((order.get(name, 0) for name in names), default=0)
        if names & movable:
            moved.append((last, condition, sorted(names & movable)))
        else:
            staying.append((last, condition))
    by_last = itemgetter(0)
    return [c for _, c in sorted(staying, key=by_last)], [(c, names) for _, c, names in sorted(moved, key=by_last)]


def _movable(claim: Claim) -> tuple[list[list[str]], list[str]]:
    """The names of numbers that may change places, and of letters that may be others; what something is made from stays."""
    made_from = frozenset(name for variable in claim.variables for name in variable.needs)
    groups: dict[Hashable, list[str]] = {}
    letters: list[str] = []
    for variable in claim.variables:
        if variable.like is None:
            continue
        free = [name for name in variable.names if name not in made_from]
        if variable.letters:
            letters += free
        else:
            groups.setdefault(variable.like, []).extend(free)
    return [names for names in groups.values() if len(names) > 1], letters


def _rearranged(claim: Claim, environment: Environment) -> Iterator[tuple[dict[str, int], dict[str, Fraction]]]:
    """The letters and the numbers of the environment, then rearranged."""
    groups, movable = _movable(claim)
    swaps = [[dict(zip(group, order, strict=True)) for order in permutations(group)] for group in groups]
    names = [name for name in environment.letters if name in movable]
    letters = list(permutations(environment.letters[name] for name in names))
    if names and environment.size ** len(names) <= TRIES:
        every = product(range(1, environment.size + 1), repeat=len(names))
        letters += [chosen for chosen in every if len(set(chosen)) == min(len(names), environment.size)]
    values = environment.numbers
    numbers = [{name: values[source] for part in swap for name, source in part.items()} for swap in product(*swaps)]
    for chosen in dict.fromkeys(letters):
        for moved in numbers:
            yield environment.letters | dict(zip(names, chosen, strict=True)), values | moved


def _with(environment: Environment, letters: dict[str, int], numbers: dict[str, Fraction]) -> Environment:
    """The environment with these letters and numbers."""
    made = replace(environment, letters=letters, numbers=numbers)
    if numbers == environment.numbers:
        made.views = environment.views
    return made
