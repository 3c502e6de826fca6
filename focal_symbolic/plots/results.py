"""A picture for each result that has something to show: what its theorem says, in floating point, which proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import lambdify, log

from focal_symbolic.definitions import g, gamma, loss, slope, x
from focal_symbolic.distribution import Distribution
from focal_symbolic.numbers import arrays, logits, sweep, thresholds
from focal_symbolic.numbers.countable import Countable
from focal_symbolic.numbers.jacobian import jacobian
from focal_symbolic.plots.shares import draw_ratios
from focal_symbolic.plots.style import COLOURS, Picture, canvas, sequence

__all__ = ["DRAWN", "draw_result"]

Floats = NDArray[np.float64]
DRAWN: dict[str, Callable[[], Picture]] = {}
"""What draws the picture of a result, by the name of its proof file."""
GAMMAS = np.geomspace(0.05, 60, 160)
INSIDE = np.linspace(0.002, 0.998, 300)
SHARES = (0.5, 0.3, 0.15, 0.05)
SEVEN = np.array([1000, 800, 600, 400, 200, 50, 5]) / 3055
TEN_AND_ONE = np.array([1000.0] * 10 + [1]) / 10001
SIZE = (4.8, 3.4)
"""Inches: so wide that its words can be read where a page is as wide as a telephone."""


def draw_result(name: str) -> Picture | None:
    """The picture of a result, or None where it has none.

    Parameters
    ----------
    name : str
        Of its proof file, such as "threshold".

    Returns
    -------
    Picture or None
        To be saved or shown.

    Examples
    --------
    >>> from focal_symbolic import plots
    >>> plots.draw_result("threshold")
    [the threshold p₀ against γ: it falls from one half to 0]
    >>> plots.draw_result("nothing")
    """
    return DRAWN[name]() if name in DRAWN else None


def _of(*names: str) -> Callable[[Callable[[], Picture]], Callable[[], Picture]]:
    """Marks what draws the picture of these results; each is drawn once."""

    def mark(draw: Callable[[], Picture]) -> Callable[[], Picture]:
        kept = cache(draw)
        DRAWN.update(dict.fromkeys(names, kept))
        return kept

    return mark


def _lines(
    about: str, at: Sequence[float] | Floats, lines: Iterable[tuple[Any, str]], level: float | None = None, **told: Any
) -> Picture:
    """Lines over one axis, in colours from dark to light; `level`: a thin line across."""
    given = [*lines]
    with canvas(about, size=SIZE) as (picture, axes):
        for (values, label), colour, style in zip(given, sequence(len(given)), ("-", "--", "-.", ":", "-", "--"), strict=False):
            axes.plot(at, values, style, color=colour, label=label)
        if level is not None:
            axes.axhline(level, color=COLOURS["grey"], linewidth=0.8)
        axes.set(**told)
        if len(given) > 1:
            axes.legend()
    return picture


@cache
def _function(of: Any) -> Callable[..., Floats]:
    """A formula of x and γ as a function of arrays."""
    found: Callable[..., Floats] = lambdify((x, gamma), of(x, gamma))
    return found


@_of("elementary")
def _elementary() -> Picture:
    at = np.linspace(0.12, 1, 200)
    formulas = ((x - 1, "x − 1"), (log(x), "ln x"), (1 - 1 / x, "1 − 1/x"))
    lines = [(lambdify(x, formula)(at), label) for formula, label in formulas]
    about = "ln x lies between 1 − 1/x and x − 1"
    return _lines(about, at, lines, xlabel="x", ylabel="nats", ylim=(-4, 0.2))


@_of("finiteness")
def _quotient() -> Picture:
    """That the focal-entropy is finite where the cross-entropy is."""
    lines = [(_function(loss)(INSIDE, focus) / _function(loss)(INSIDE, 0), f"γ = {focus:g}") for focus in (0.5, 1, 2, 5)]
    about = "the focal loss over the logarithmic loss: it tends to 1 at 0, so both are infinite together"
    return _lines(about, INSIDE, lines, xlabel="probability given to what happened, x", ylabel="quotient of the losses")


@_of("convexity")
def _convexity() -> Picture:
    lines = [(_function(loss)(INSIDE, focus), f"γ = {focus:g}") for focus in (0, 0.5, 2, 5)]
    about = "the focal loss at four γ: each curve is convex"
    return _lines(about, INSIDE, lines, xlabel="probability given to what happened, x", ylabel="loss, nats", ylim=(0, 4))


@_of("continuity", "cross_entropy_limit")
def _in_gamma() -> Picture:
    models = ((0.4, 0.3, 0.2, 0.1), (0.25, 0.25, 0.25, 0.25), (0.05, 0.15, 0.3, 0.5))
    at = np.linspace(0, 8, 120)
    lines = [
        ([float(arrays.focal_entropy(np.array(SHARES), np.array(model), focus)) for focus in at], f"Q = {model}")
        for model in models
    ]
    about = (
        "the focal-entropy of (0.5, 0.3, 0.15, 0.05) against γ for three models: it falls from the cross-entropy, with no jump"
    )
    return _lines(about, at, lines, xlabel="γ", ylabel="focal-entropy, nats", ylim=(0, None))


@_of("uniqueness")
def _cut() -> Picture:
    data = np.array([0.7, 0.2, 0.1])
    found = arrays.minimizer(data, 2.0)
    at = np.linspace(0.01, 0.95, 300)
    level = float(np.exp(found.log_multiplier))
    about = "the curves p φ(q) of three letters at γ = 2, cut at one level λ: there the entries sum to 1"
    with canvas(about, size=SIZE) as (picture, axes):
        for share, entry, colour in zip(data, found.q, sequence(3), strict=True):
            axes.plot(at, share * _function(slope)(at, 2), color=colour, label=f"p = {share:g}, q = {entry:.3f}")
            axes.plot([entry], [level], "o", color=colour, markersize=6)
        axes.axhline(level, color=COLOURS["grey"], linewidth=0.8, label="λ")
        axes.set(xlabel="probability in the model, q", ylabel="p φ(q), nats per unit of q", ylim=(0, 2))
        axes.legend()
    return picture


@_of("ordering", "uniform_limit")
def _along() -> Picture:
    at = np.geomspace(1e-2, 1e3, 200)
    q = sweep.sweep(SHARES, at).q
    about = "the minimizer against γ: from the data to the uniform distribution, and never out of order"
    lines = [(q[:, k], f"p = {share:g}") for k, share in enumerate(SHARES)]
    told: dict[str, Any] = {
        "xscale": "log",
        "ylim": (0, 0.55),
        "xlabel": "γ (logarithmic)",
        "ylabel": "probability in the minimizer, q",
    }
    return _lines(about, at, lines, 1 / len(SHARES), **told)


@_of("departure")
def _departure() -> Picture:
    at = np.geomspace(1e-2, 1e4, 160)
    lines = []
    for most in (0.5, 0.9, 0.999):
        p = np.array([most, *[(1 - most) / 3] * 3])
        lines.append((np.abs(sweep.sweep(p, at).q - p).sum(-1) / 2, f"largest share {most:g}"))
    about = "the distance of minimizer and data against γ, four letters: below 3/4, near it for data that are nearly certain"
    told: dict[str, Any] = {"xscale": "log", "ylim": (0, 0.8), "xlabel": "γ (logarithmic)", "ylabel": "total variation"}
    return _lines(about, at, lines, 0.75, **told)


@_of("amplification")
def _amplification() -> Picture:
    picture: Picture = draw_ratios(Distribution.from_counts([100_000 // 2**k for k in range(15)]), ["1/2", 2, 5, 20], SIZE)
    return picture


@_of("high_suppression")
def _gain() -> Picture:
    at = np.linspace(1e-3, 0.999, 300)
    lines = [(arrays.gain(at, focus), f"γ = {focus:g}") for focus in (0.5, 1, 2, 5)]
    about = "the gain ψ against the probability: above 1 before the threshold p₀, below 1 from one half on"
    return _lines(about, at, lines, 1, xlabel="probability, x", ylabel="gain, ψ(x)", xlim=(0, 1))


@_of("threshold")
def _threshold() -> Picture:
    at = np.geomspace(0.01, 300, 80)
    lines = [([float(thresholds.p0(str(focus), 10)) for focus in at], "p₀(γ)")]
    about = "the threshold p₀ against γ: it falls from one half to 0"
    told: dict[str, Any] = {"xscale": "log", "ylim": (0, 0.55), "xlabel": "γ (logarithmic)", "ylabel": "threshold, p₀(γ)"}
    return _lines(about, at, lines, 0.5, **told)


@_of("over_suppression")
def _rarest() -> Picture:
    every = (np.array([99000, 900, 90, 9, 1]) / 100_000, "5 classes"), (SEVEN, "7 classes"), (TEN_AND_ONE, "11 classes")
    lines = [(sweep.sweep(p, GAMMAS).ratio[:, -1], label) for p, label in every]
    about = "q/p of the rarest class against γ for three data: below 1 it is over-suppressed, in a window of γ or never"
    told: dict[str, Any] = {"xscale": "log", "ylim": (0.6, 1.6), "xlabel": "γ (logarithmic)", "ylabel": "rarest class, q/p"}
    return _lines(about, GAMMAS, lines, 1, **told)


@_of("class_count")
def _class_count() -> Picture:
    lines = [([float(arrays.gain(1 / (n - 1), focus)) for focus in GAMMAS], f"n = {n}") for n in (3, 4, 5, 8, 15)]
    about = "ψ at 1/(n − 1), the worst λ of n classes, against γ: above 1 up to γ*(n); for n = 3 never"
    told: dict[str, Any] = {"xscale": "log", "ylim": (0.5, 1.5), "xlabel": "γ (logarithmic)", "ylabel": "ψ(1/(n − 1))"}
    return _lines(about, GAMMAS, lines, 1, **told)


@_of("window")
def _window() -> Picture:
    levels = np.exp(sweep.sweep(np.array([30] + [1] * 39) / 69, GAMMAS).log_multiplier)
    about = "λ against γ for one class of 30 and 39 of 1: it is above 1 at γ = 1 and 10, and below at 3"
    return _lines(about, GAMMAS, [(levels, "λ")], 1, xscale="log", xlabel="γ (logarithmic)", ylabel="λ")


@_of("worst_suppression")
def _top() -> Picture:
    at = np.geomspace(1, 3000, 80)
    tops = [arrays.gain(np.geomspace(1e-5, 0.9, 2000), focus).max() for focus in at]
    about = "the largest gain against γ, which no λ exceeds: about (1 + ln γ)/e"
    told: dict[str, Any] = {"xscale": "log", "ylim": (0, None), "xlabel": "γ (logarithmic)", "ylabel": "gain"}
    return _lines(about, at, [(tops, "M, the largest ψ"), ((1 + np.log(at)) / np.e, "(1 + ln γ)/e")], **told)


@_of("corrections")
def _corrections() -> Picture:
    p = np.array([100.0] * 8 + [1] * 800) / 1600
    run = sweep.sweep(p, GAMMAS)
    change = arrays.focal_entropy(run.q, run.q, 0) - arrays.focal_entropy(p, p, 0)
    about = "change of the entropy and ln λ against γ, 8 classes of 100 and 800 of 1: where the entropy falls, λ is above 1"
    told: dict[str, Any] = {"xscale": "log", "ylim": (-0.6, 0.8), "xlabel": "γ (logarithmic)", "ylabel": "nats (ln λ: no unit)"}
    return _lines(about, GAMMAS, [(change, "change of the entropy"), (run.log_multiplier, "ln λ")], 0, **told)


@_of("calibration")
def _calibration() -> Picture:
    pairs = np.stack([INSIDE, 1 - INSIDE], -1)
    lines = [(arrays.data_distribution(pairs, focus)[:, 0], f"γ = {focus:g}") for focus in (0, 1, 2, 5)]
    about = "what the output of a model with two classes stands for, at four γ: the data are further from one half"
    return _lines(about, INSIDE, lines, xlabel="what the model says, q", ylabel="what it stands for, p", xlim=(0, 1))


@_of("logits")
def _logits() -> Picture:
    at = np.linspace(-8, 4, 240)
    pairs = np.stack([at, np.zeros_like(at)], -1)
    truth = np.zeros(len(at), dtype=int)
    lines = [(logits.loss(pairs, truth, focus), f"γ = {focus:g}") for focus in (0, 1, 2, 5)]
    about = "the loss of the true class against its logit, two classes: for γ > 0 concave where it is given little"
    return _lines(about, at, lines, xlabel="logit of the true class, less that of the other", ylabel="loss, nats")


# -- of finite alphabets, each from what its theorem compares ------------------------------------------------------------------


@_of("existence")
def _mass() -> Picture:
    """By the slope on a grid: where p φ(q) = λ, q is read off at λ."""
    data, at = np.array(SHARES), np.geomspace(0.02, 3, 240)
    grid = 1 / (1 + np.exp(np.linspace(30, -30, 6000)))
    lines = []
    for focus in (0.5, 2, 5):
        falling = _function(slope)(grid, focus)
        entries = [np.interp(-at, -share * falling, grid) for share in data]
        lines.append((np.sum(entries, axis=0), f"γ = {focus:g}"))
    about = "the sum of φ⁻¹(λ/pᵢ) of four letters against λ: it falls, and is 1 at one λ only"
    told: dict[str, Any] = {"xscale": "log", "ylim": (0, 3), "xlabel": "λ (logarithmic)", "ylabel": "sum of the entries"}
    return _lines(about, at, lines, 1, **told)


@_of("differentiability")
def _tangents() -> Picture:
    at, start, reach = np.linspace(0, 4, 100), 1.0, np.array([0.2, 1.8])
    q, moved = sweep.sweep(SHARES, at).q, arrays.minimizer(np.array(SHARES), start).q
    rates = [float(rate) for rate in jacobian([str(share) for share in SHARES], gamma=1, dps=15).by_gamma]
    about = "the minimizer against γ, with its tangents at γ = 1 by the formula of the derivative"
    with canvas(about, size=SIZE) as (picture, axes):
        for k, colour in enumerate(sequence(len(SHARES))):
            axes.plot(at, q[:, k], color=colour, label=f"p = {SHARES[k]:g}")
            axes.plot(reach, moved[k] + (reach - start) * rates[k], ":", color=COLOURS["vermilion"], linewidth=2.4)
            axes.plot([start], [moved[k]], "o", color=colour, markersize=5)
        axes.plot([], [], ":", color=COLOURS["vermilion"], linewidth=2.4, label="tangent")
        axes.set(xlabel="γ", ylabel="probability in the minimizer, q", ylim=(0, 0.55))
        axes.legend(ncols=2, loc="upper right")
    return picture


@_of("value_asymptotics")
def _value() -> Picture:
    at, lines = np.geomspace(1, 1000, 120), []
    for p in (np.array([0.4, 0.3, 0.3]), np.array([0.6, 0.3, 0.1]), np.array([0.9, 0.09, 0.01])):
        n = len(p)
        values = np.array([float(arrays.focal_entropy(p, arrays.minimizer(p, focus).q, focus)) for focus in at])
        near = n * np.exp(np.log(p).mean()) * _function(loss)(1 / n, at)
        lines.append((values / near, f"P = ({', '.join(f'{share:g}' for share in p)})"))
    about = "the minimum focal-entropy over n G (1 − 1/n)^γ ln n against γ, three data: it tends to 1"
    told: dict[str, Any] = {"xscale": "log", "ylim": (0.8, 1.05), "xlabel": "γ (logarithmic)", "ylabel": "quotient"}
    return _lines(about, at, lines, 1, **told)


@_of("comparison")
def _compared() -> Picture:
    rare, common, at = 0.1, 0.4, np.linspace(0, 10, 120)
    first = at * float(lambdify(x, g(x))(rare) - lambdify(x, g(x))(common))
    apart = np.log(arrays.gain(rare, at)) - np.log(arrays.gain(common, at))
    about = "ln ψ(x) − ln ψ(z) for x = 0.1 and z = 0.4 against γ: more than its tangent at γ = 0, γ (g(x) − g(z))"
    lines = [(apart, "ln ψ(x) − ln ψ(z)"), (first, "γ (g(x) − g(z))")]
    return _lines(about, at, lines, xlabel="γ", ylabel="difference of the logarithms")


@_of("entropy_drop")
def _drop() -> Picture:
    """Heads and a tail as the minimizer: the data are p = λ q/ψ(q)."""
    heads, mass, focus = 10, 0.5, 5.0
    at = np.geomspace(30, 1e12, 120)
    top, small = (1 - mass) / heads, mass / at
    gains = arrays.gain(top, focus), arrays.gain(small, focus)
    tail = mass / gains[1] / ((1 - mass) / gains[0] + mass / gains[1])
    before = _two_levels(1 - tail, heads) + _two_levels(tail, at)
    fall = before - _two_levels(1 - mass, heads) - _two_levels(mass, at)
    bound = (tail - mass) * np.log(top / small) - np.log(1 / mass)
    about = (
        "the fall of the entropy from the data to the minimizer, 10 heads and a tail, against the letters of the tail, γ = 5"
    )
    lines = [(fall, "H(P) − H(Q*)"), (bound, "bound, d ln(c/x) − ln(1/a)")]
    return _lines(about, at, lines, 0, xscale="log", xlabel="letters of the tail (logarithmic)", ylabel="nats")


def _two_levels(mass: Any, count: Any) -> Any:
    """What so many letters with equal shares of a mass give to the entropy."""
    return mass * np.log(count / mass)


@_of("majorization")
def _majorized() -> Picture:
    p, at = np.array([0.5, 0.3, 0.15, 0.05]), np.linspace(0, 0.6, 241)
    found = [(p, "data")] + [(arrays.minimizer(p, focus).q, f"γ = {focus:g}") for focus in (2.0, 10.0)]
    lines = [(np.abs(q - at[:, None]).sum(-1), label) for q, label in found]
    about = "∑ |qᵢ − t| against t, of data and of two minimizers with λ ≤ 1: nowhere more than that of the data"
    return _lines(about, at, lines, xlabel="t", ylabel="sum of the distances to t")


@_of("schur_concavity")
def _concentrated() -> Picture:
    at, lines = np.linspace(0, 0.995, 80), []
    data = (1 - at[:, None]) / 4 + at[:, None] * np.array([1, 0, 0, 0])
    for focus in (0.0, 0.5, 2.0, 5.0):
        found = arrays.minimizer(data, focus)
        lines.append((arrays.focal_entropy(data, found.q, focus), f"γ = {focus:g}"))
    about = "the minimum focal-entropy of four letters while one of them takes from the others: it falls"
    told: dict[str, Any] = {"xlabel": "what the others have lost, of their share", "ylabel": "minimum focal-entropy, nats"}
    return _lines(about, at, lines, ylim=(0, None), **told)


@_of("confidence")
def _confident() -> Picture:
    at, focus, lines = np.linspace(0.002, 0.998, 200), 5.0, []
    for n in (4, 6, 8, 15):
        rest = at / n
        top = (1 - rest) / (n - 1)
        q = np.stack([*[top] * (n - 1), rest], -1)
        lines.append((arrays.data_distribution(q, focus)[:, 0] / top, f"n = {n}"))
    about = (
        "confidence of the data over that of the model, n − 1 equal classes above one, γ = 5: below 1 for some from n = 7 on"
    )
    return _lines(about, at, lines, 1, xlabel="n times the share of the rarest class in the model", ylabel="top share, p/q")


# -- of infinite alphabets -----------------------------------------------------------------------------------------------------


def _zeta(exponent: int, letters: Floats) -> Floats:
    """Shares in proportion to 1/k^a."""
    every = Countable.zeta(exponent)
    return float(every.probability(1, 15)) / letters**exponent


@_of("infinite")
def _sums() -> Picture:
    letters = np.arange(1.0, 1001)
    data = _zeta(2, letters)
    models = (_zeta(3, letters), "1/k³", "blue"), (0.5**letters, "1/2ᵏ", "vermilion")
    about = "cross-entropy and focal-entropy of the first n letters, data 1/k²: both level off, or both grow without end"
    with canvas(about, size=SIZE) as (picture, axes):
        for model, label, colour in models:
            for focus, style in ((0, "--"), (2, "-")):
                summed = np.cumsum(data * _function(loss)(model, focus))
                axes.plot(letters, summed, style, color=COLOURS[colour], label=f"model {label}, γ = {focus}")
        axes.set(xscale="log", xlabel="letters summed, n (logarithmic)", ylabel="nats")
        axes.legend()
    return picture


@_of("countable")
def _parts() -> Picture:
    letters, focus = np.arange(1.0, 3001), 2
    data, model = _zeta(2, letters), _zeta(3, letters)
    cost, cross = (np.cumsum(data * _function(loss)(model, one)) for one in (focus, 0))
    inside = np.cumsum(model), np.cumsum(data)
    about = (
        "sums over the first n letters, data 1/k² and model 1/k³: the entropy stays below the first line, "
        "the focal-entropy above the last"
    )
    lines = [
        (cross + inside[0] - inside[1], "cross-entropy + Q(A) − P(A)"),
        (np.cumsum(data * _function(loss)(data, 0)), "entropy"),
        (cost, "focal-entropy, γ = 2"),
        ((cross - np.log(2)) / 2**focus, "(cross-entropy − ln 2)/4"),
    ]
    return _lines(about, letters, lines, xscale="log", xlabel="letters of A, the first n (logarithmic)", ylabel="nats")


@_of("infinite_minimizer")
def _far() -> Picture:
    letters = np.arange(1.0, 41)
    found = [(_zeta(2, letters), "data, 1/k²")]
    for focus in ("1/2", 2, 10):
        q = Countable.zeta(2).minimizer(gamma=focus, dps=15).entries(len(letters))
        found.append((np.array([float(one) for one in q]), f"γ = {focus}"))
    about = "the data 1/k² and their minimizers on the letters 1, 2, 3, ...: far out each keeps a share of the data"
    told: dict[str, Any] = {"xlabel": "letter, k (logarithmic)", "ylabel": "probability (logarithmic)"}
    return _lines(about, letters, found, xscale="log", yscale="log", **told)


@_of("infinite_structure")
def _settling() -> Picture:
    letters = np.unique(np.geomspace(1, 1e4, 90).round())
    lines = []
    for focus in ("1/2", 2, 10):
        found = Countable.zeta(2).minimizer(gamma=focus, dps=15)
        lines.append(([float(found.ratio(int(k)) * found.multiplier) for k in letters], f"γ = {focus}"))
    about = "λ q/p against the letter, data 1/k²: it tends to 1 at every γ, so that q/p tends to 1/λ"
    return _lines(about, letters, lines, 1, xscale="log", xlabel="letter, k (logarithmic)", ylabel="λ q/p")


@_of("infinite_value")
def _minimum() -> Picture:
    data, at = Countable.zeta(2), np.arange(17) / 4
    entropy = float(data.entropy(15))
    values = [entropy, *(float(data.minimizer(gamma=str(focus), dps=15).entropy) for focus in at[1:])]
    about = "the minimum against γ, data 1/k²: it falls from the entropy of the data, by at most (ln 2)² γ"
    lines = [(values, "minimum of the focal-entropy"), (entropy - np.log(2) ** 2 * at, "entropy − (ln 2)² γ")]
    return _lines(about, at, lines, xlabel="γ", ylabel="nats")


def _slope_inverse(values: Floats, focus: float) -> Floats:
    """Where the slope has these values, by halving."""
    low, high = np.zeros_like(values), np.ones_like(values)
    for _ in range(50):
        middle = (low + high) / 2
        steeper = _function(slope)(middle, focus) > values
        low, high = np.where(steeper, middle, low), np.where(steeper, high, middle)
    return low


@_of("infinite_over_suppression")
def _certificates() -> Picture:
    letters, inside, focus = np.arange(1.0, 61), np.linspace(0.001, 0.999, 999), 2
    most = float((inside * _function(slope)(inside, focus)).max())
    lines = []
    for name, chance in (("1/20", 0.05), ("1/2", 0.5)):
        data = chance * (1 - chance) ** (letters - 1)
        summed = np.cumsum(_slope_inverse(1 / data, focus))
        lines += [(summed + most * (1 - np.cumsum(data)), f"geometric({name}), at most")]
        lines += [(summed, f"geometric({name}), first n")]
    about = "sums of φ⁻¹(1/p) over the first n letters and the most that they come to, γ = 2: once above 1, once below"
    return _lines(about, letters, lines, 1, xlabel="letters summed, n", ylabel="sum of φ⁻¹(1/p)")
