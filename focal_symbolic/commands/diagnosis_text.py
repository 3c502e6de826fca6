"""A diagnosis in words, in a table, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import mpmath
from rich.cells import cell_len as cells

from focal_symbolic.commands.screen import columns_of, padded, plain, wrapped
from focal_symbolic.distribution import exact_number
from focal_symbolic.errors import InputError
from focal_symbolic.numbers import thresholds
from focal_symbolic.numbers.decimals import digits
from focal_symbolic.numbers.diagnosis import (
    FLOAT_ERROR,
    MOST_CERTIFIED,
    SCAN,
    STEPS,
    VERDICTS,
    Diagnosis,
    Number,
    Window,
    gammas_at_most,
    gammas_of_gain,
)

__all__ = ["Along", "along_gamma", "document", "lines", "sentence", "several"]

FLOAT_DIGITS = 13
SHOWN = 15
"""Rows printed from each end of a long table."""
MEANING = "the optimum of a model without features; for a classifier the same map acts on each class-posterior probability"
"""What a diagnosis describes."""
LEAST_LOST = 1e-6
"""Percent; what is less is told as less, for then the factors are 1 in every digit that is printed."""


def _shown(value: Number | Fraction | int | None, places: int) -> str:
    """A number for the table or the JSON."""
    if value is None:
        return "-"
    return digits(mpmath.mpf(value) if isinstance(value, float) else value, places)


def _interval(window: Window, places: int) -> str:
    high = f"beyond {SCAN[1]}" if window.high is None else _shown(window.high, places)
    return f"({_shown(window.low, places)}, {high})"


def _windows_in_words(windows: tuple[Window, ...], places: int) -> str:
    return " and ".join(_interval(window, places) for window in windows) or "none"


def sentence(found: Diagnosis, labels: Sequence[str]) -> str:
    """The diagnosis in a sentence or two."""
    gamma, tally, present = _shown(found.gamma, 6), found.tally, sum(verdict != "absent" for verdict in found.verdicts)
    if found.tilted:
        return _of_weights(found, labels, gamma, present)
    if present == 1:
        return "There is only one class with a share, and it keeps it at every γ."
    if found.gamma == 0:
        return f"At γ = 0 the loss is the cross-entropy, and each of the {present} classes keeps its share."
    if tally["kept"] == present:
        return f"The {present} classes have equal shares, and keep them at every γ."
    if found.head == "sigmoid":
        return (
            f"At γ = {gamma} a sigmoid per class amplifies {tally['amplified']} of {present} classes, those of a share below "
            "1/2, and over-suppresses none; so it is at every γ > 0, since each class is a problem of two."
        )
    buried = {
        at: factor
        for at, (verdict, factor) in enumerate(zip(found.verdicts, found.ratio, strict=True))
        if verdict == "over-suppressed" and factor is not None
    }
    if not buried:
        gain, lose = tally["amplified"], tally["suppressed"]
        gaining = f"the rarest of {present} classes gains" if gain == 1 else f"the {gain} rarest of {present} classes gain"
        losing = "the commonest loses" if lose == 1 else f"the {lose} commonest lose"
        return f"At γ = {gamma} the focal loss over-suppresses no class: {gaining}, {losing}.{_advice(found)}"
    named = f" ({', '.join(labels[at] for at in buried)})" if len(buried) <= 4 else ""
    worst = min(buried, key=buried.__getitem__)
    lost = 100 * (1 - float(buried[worst]))
    one = len(buried) == 1
    if lost < LEAST_LOST:
        told = f"{'it loses' if one else 'they lose'} less than a millionth of a percent"
    else:
        named = named or f", {labels[worst]} the most"
        told = f"{'it loses' if one else 'they lose up to'} {lost:.3g} %"
    return (
        f"At γ = {gamma} the focal loss over-suppresses {len(buried)} of {present} classes{named}: although rare, {told} "
        f"of {'its' if one else 'their'} share.{_advice(found)}"
    )


def _of_weights(found: Diagnosis, labels: Sequence[str], gamma: str, present: int) -> str:
    """The sentence where weights change the optimum: against the shares of the data."""
    tally = found.tally
    if tally["kept"] == present:
        return f"At γ = {gamma} with these weights each of the {present} classes keeps its share of the data."
    gain, lose = tally["amplified"], tally["suppressed"] + tally["over-suppressed"]
    buried = [labels[at] for at, verdict in enumerate(found.verdicts) if verdict == "over-suppressed"]
    rare = ""
    if buried:
        named = f" ({', '.join(buried)})" if len(buried) <= 4 else ""
        rare = f", {len(buried)} of them although rarer than one that has more{named}"
    return (
        f"At γ = {gamma} with these weights {gain} of {present} classes {'has' if gain == 1 else 'have'} more in the model "
        f"than in the data and {lose} {'has' if lose == 1 else 'have'} less{rare}."
    )


def _advice(found: Diagnosis) -> str:
    """Which gamma over-suppress no class."""
    windows = found.burying_windows
    if not windows:
        return f" No γ up to {SCAN[1]} over-suppresses a class."
    if len(windows) == 1 and windows[0].high is not None and not windows[0].low:
        return f" γ >= {_above(windows[0].high)} over-suppresses none."
    if windows[0].high is None and not windows[0].low:
        return f" Every γ > 0 up to {SCAN[1]} over-suppresses some class."
    return f" Some class is over-suppressed for γ in {_windows_in_words(windows, 6)}, and none for other γ."


def _above(value: Number) -> str:
    """A number rounded up to six digits, so that what is printed is on the safe side."""
    return _on_the_side(value, 1)


def _below(value: Number) -> str:
    """A number rounded down to six digits."""
    return _on_the_side(value, -1)


def _on_the_side(value: Number, side: int) -> str:
    text = _shown(value, 6)
    if side * (mpmath.mpf(text) - value) < 0:
        places = len(text.partition(".")[2])
        text = _shown(Fraction(text) + Fraction(side, 10**places), 6)
    return text


def lines(
    found: Diagnosis, labels: Sequence[str], every: bool = False, columns: int | None = None, counted: bool = True
) -> list[str]:
    """The diagnosis as printed: a sentence, the numbers, the table of classes from the commonest to the rarest.

    Args: labels name the classes; every, to print all of a long table; columns, to break the sentences for a screen; counted,
        unless the counts stand for shares.
    """
    labels = [*map(plain, labels)]
    facts = _facts(found)
    left = max(len(name) for name, _ in facts)
    told = [*_broken(sentence(found, labels), columns), ""]
    for name, value in facts:
        told += _broken(value, columns, f"{name:<{left}}  ")
    return [
        *told,
        "",
        *_table(found, labels, every, counted, columns),
        "",
        *_broken(MEANING, columns),
        *_broken(_accuracy(found), columns),
    ]


def several(
    found: Sequence[Diagnosis], labels: Sequence[str], every: bool = False, counted: bool = True, columns: int | None = None
) -> list[str]:
    """A table of the factors of all classes at several gamma, with how many each over-suppresses and the most that is lost."""
    first = found[0]
    order = sorted(range(len(first.counts)), key=lambda at: (-first.data[at], at))
    head = ["class", "count" if counted else "share", *(f"γ = {_shown(one.gamma, 6)}" for one in found)]
    factors = [one.factor for one in found]

    def row(at: int) -> list[str]:
        size = str(first.counts[at]) if counted else _six(first.data[at])
        return [plain(labels[at]), size, *(_six(each[at]) for each in factors)]

    cut = not every and len(order) > 2 * SHOWN + 1
    rows = [row(at) for at in ((*order[:SHOWN], *order[-SHOWN:]) if cut else order)]
    rows.append(["over-suppressed", "", *(str(one.tally["over-suppressed"]) for one in found)])
    rows.append(["the most one of them loses", "", *map(_most_lost, found)])
    left = f"... {len(order) - 2 * SHOWN} more classes (--all prints them)"
    table = _lined(head, rows, SHOWN if cut else None, left, columns)
    told = f"the factors of the classes, the share in the model over that in the data; {MEANING}"
    advice = [] if first.head != "softmax" or first.tilted else _broken(_advice(first).strip(), columns)
    return [*table, "", *advice, *_broken(told, columns), *_broken(_accuracy(first), columns)]


def _most_lost(found: Diagnosis) -> str:
    buried = [
        float(factor)
        for factor, verdict in zip(found.factor, found.verdicts, strict=True)
        if verdict == "over-suppressed" and factor is not None
    ]
    return f"{100 * (1 - min(buried)):.3g} %" if buried else "-"


class Along(NamedTuple):
    """The answers to --at-most and --class, in words and for JSON."""

    lines: list[str]
    document: dict[str, Any]


def along_gamma(found: Diagnosis, labels: Sequence[str], at_most: str | None, chosen: str | None) -> Along:
    """For which gamma no class loses more than so much, and for which one class has its share or more.

    Raises: InputError for a loss that is none, and for a class that does not occur.
    """
    told, document = [], {}
    if at_most is not None:
        windows = gammas_at_most(found, Fraction(exact_number(at_most.rstrip("% "), "--at-most"), 1 + 99 * ("%" in at_most)))
        largest = windows[-1].high if windows else None
        last = "" if largest is None else f", the largest {_below(largest)}"
        told.append(f"no class loses more than {at_most} of its share for γ in {_windows_in_words(windows, 6)}{last}")
        document["at_most"] = {"loss": at_most, "gamma": _ends(found, windows)}
    if chosen is not None:
        place = labels.index(chosen)
        if not found.p[place]:
            raise InputError(f"--class {plain(chosen)} has no share, at any γ; give a class that occurs.")
        windows = gammas_of_gain(found, place)
        told.append(f"{plain(chosen)} has its share or more for γ in {_windows_in_words(windows, 6)}")
        document["class"] = {"name": chosen, "gamma": _ends(found, windows)}
    if told:
        ends = "each end is certified" if found.certified else "these in float64"
        told.append(f"{ends}; γ scanned from {float(SCAN[0]):g} to {SCAN[1]}, a narrower interval is missed")
    return Along([line.replace("γ in none", "no γ") for line in told], document)


def _ends(found: Diagnosis, windows: tuple[Window, ...]) -> list[list[str | None]]:
    places = found.dps if found.certified else FLOAT_DIGITS
    return [[_shown(one.low, places), None if one.high is None else _shown(one.high, places)] for one in windows]


def _broken(text: str, columns: int | None, first: str = "") -> list[str]:
    return [first + text] if columns is None else wrapped(text, columns, first)


def _facts(found: Diagnosis) -> list[tuple[str, str]]:
    """The numbers that are about all classes, each with its name."""
    facts: list[tuple[str, str]] = []
    if found.multiplier is not None:
        facts.append(("λ", _shown(found.multiplier, 6)))
    if found.band is not None:
        low, high = (_shown(end, 6) for end in found.band)
        facts.append(("amplified", f"{low} < p < {high}"))
    before, after = _shown(found.entropy_before, 6), _shown(found.entropy_after, 6)
    of = "" if found.head == "softmax" else ", summed over the classes"
    facts.append(("entropy", f"{before} nats in the data, {after} in the model{of}"))
    if found.head == "softmax":
        facts.append(("λ > 1", f"γ in {_windows_in_words(found.multiplier_windows, 6)}"))
        whose = ", of the weighted shares" if found.tilted else ""
        buried = f"some class for γ in {_windows_in_words(found.burying_windows, 6)}"
        facts.append(("over-suppressed", (buried if found.burying_windows else f"no class up to γ = {SCAN[1]}") + whose))
        if 0 < found.gamma <= SCAN[1]:
            facts.append(("classes", _class_count(found)))
    facts = [(name, value.replace("γ in none", "no γ")) for name, value in facts]
    if found.uniform_weights:
        same = "the same for all classes: they change nothing"
        facts.append(("weights", same if found.head == "softmax" else "the same for all classes, on their positives"))
    elif found.weights is not None:
        seen = "p is the share times the weight, made to sum to 1"
        if found.head == "sigmoid":
            seen = "p is the share with the positives weighted"
            seen += " by α and the negatives by 1 − α" if found.negatives is not None else ""
        facts.append(("weights", f"{seen}; factor and verdict are against the share of the data"))
    if absent := found.tally["absent"]:
        zero = "a count of 0" if found.weights is None else "a count or weight of 0"
        facts.append(("absent", f"{absent} class{'es' if absent > 1 else ''} with {zero}: the optimum gives them q = 0"))
    return facts


def _class_count(found: Diagnosis) -> str:
    """How many classes it takes to over-suppress one at this gamma, and up to which gamma so many as here can."""
    present = sum(1 for share in found.p if share)
    needed = thresholds.classes(found.gamma)
    told = f"it takes {needed} to over-suppress one at this γ"
    if present <= 3:
        return f"{told}, and {'one never is' if present == 1 else f'of {present} none is'} at any γ"
    return f"{told}; with {present} some shares do for γ < {_shown(thresholds.class_threshold(present, 6), 6)}, none beyond"


def _accuracy(found: Diagnosis) -> str:
    """How far the numbers and the intervals may be relied on."""
    told = "every digit printed is certified"
    if not found.certified:
        told = f"float64, relative error <= {FLOAT_ERROR:g} in q (more than {MOST_CERTIFIED} classes)"
    if found.head != "softmax":
        return told
    if found.proved:
        return f"{told}; that there are no other γ up to {SCAN[1]} is proved"
    scan = f"{float(SCAN[0]):g} to {SCAN[1]} in {STEPS} geometric steps"
    return f"{told}; γ scanned from {scan}, a narrower window is missed"


def _six(value: Number | Fraction | None) -> str:
    return _shown(value, 6)


def _table(found: Diagnosis, labels: Sequence[str], every: bool, counted: bool, columns: int | None) -> list[str]:
    tilted = found.tilted
    factors, logits = found.factor, found.bias
    order = sorted(range(len(found.counts)), key=lambda at: (-found.p[at], -found.counts[at], at))
    counts = ["count"] if counted else []
    header = ["class", *counts, *(["weight", "share"] if tilted else []), "p", "q", "factor", "bias", "verdict"]

    def row(at: int) -> list[str]:
        weight = [_shown(found.weights[at], 6), _shown(found.data[at], 6)] if tilted and found.weights else []
        numbers = [*map(_six, (found.p[at], found.q[at], factors[at], logits[at]))]
        return [labels[at], *([str(found.counts[at])] if counted else []), *weight, *numbers, found.verdicts[at]]

    if every or len(order) <= 2 * SHOWN + 1:
        cut, rows = None, [row(at) for at in order]
    else:
        cut, rows = SHOWN, [row(at) for at in (*order[:SHOWN], *order[-SHOWN:])]
    between = Counter(found.verdicts[at] for at in order[SHOWN:-SHOWN])
    parts = ", ".join(f"{between[verdict]} {verdict}" for verdict in VERDICTS if between[verdict])
    return _lined(header, rows, cut, f"... {sum(between.values())} more classes: {parts} (--all prints them)", columns)


def _lined(header: Sequence[str], rows: Sequence[Sequence[str]], cut: int | None, left: str, columns: int | None) -> list[str]:
    """A table in lines, with what is left out behind `cut` rows; one that is too wide for the screen in parts."""
    widths = [max(map(cells, column)) for column in zip(header, *rows, strict=True)]
    if columns is not None and sum(widths) + 2 * len(widths) - 2 > columns:
        gap = [["...", *[""] * (len(header) - 1)]]
        whole = [*rows] if cut is None else [*rows[:cut], *gap, *rows[cut:]]
        text = columns_of([header[0], *(row[0] for row in whole)], header[1:], [row[1:] for row in whole], columns)
        return text if cut is None else [*text, *wrapped(left, columns)]
    text = ["  ".join(padded(cell, width) for cell, width in zip(one, widths, strict=True)).rstrip() for one in (header, *rows)]
    if cut is not None:
        text.insert(cut + 1, left)
    return text


def document(found: Diagnosis, labels: Sequence[str], counted: bool = True) -> dict[str, Any]:
    """The diagnosis for JSON; numbers that carry precision are decimal strings. No counts where there were shares."""
    places = found.dps if found.certified else FLOAT_DIGITS

    def text(value: Number | Fraction | None) -> str | None:
        return None if value is None else _shown(value, places)

    def windows(some: tuple[Window, ...]) -> list[list[str | None]]:
        return [[text(window.low), text(window.high)] for window in some]

    classes, factors, logits = [], found.factor, found.bias
    for at, label in enumerate(labels):
        one: dict[str, Any] = {"class": label, "count": found.counts[at] if counted else None}
        if found.weights is not None:
            one["weight"] = text(found.weights[at])
        if found.negatives is not None:
            one["weight_of_negatives"] = text(found.negatives[at])
        if found.tilted:
            one["share"] = text(found.data[at])
        one |= {"p": text(found.p[at]), "q": text(found.q[at]), "factor": text(factors[at]), "bias": text(logits[at])}
        if found.multipliers is not None:
            one["multiplier"] = text(found.multipliers[at])
        classes.append(one | {"verdict": found.verdicts[at]})
    return {
        "gamma": digits(found.gamma, found.dps),
        "head": found.head,
        "dps": places,
        "method": "certified" if found.certified else "float64",
        "sentence": sentence(found, labels),
        "multiplier": text(found.multiplier),
        "log_multiplier": text(found.log_multiplier),
        "band": None if found.band is None else [text(end) for end in found.band],
        "entropy": {"data": text(found.entropy_before), "model": text(found.entropy_after)},
        "multiplier_above_1": windows(found.multiplier_windows),
        "over_suppressing": windows(found.burying_windows),
        "scan": {"from": "0.01", "to": "1000", "steps": STEPS, "proved": found.proved},
        "verdicts": found.tally,
        "classes": classes,
    }
