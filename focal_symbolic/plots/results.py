"""A picture for each result that has something to show: what its theorem says, in floating point, which proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import lambdify, log

from focal_symbolic.definitions import gamma, loss, slope, x
from focal_symbolic.distribution import Distribution
from focal_symbolic.numbers import arrays, logits, sweep, thresholds
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
    with canvas(about) as (picture, axes):
        for (values, label), colour, style in zip(given, sequence(len(given)), ("-", "--", "-.", ":", "-", "--"), strict=False):
            axes.plot(at, values, style, color=colour, label=label)
        if level is not None:
            axes.axhline(level, color=COLOURS["grey"], linewidth=0.8)
        axes.set(**told)
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


@_of("finiteness", "infinite")
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


@_of("uniqueness", "existence", "infinite_minimizer")
def _cut() -> Picture:
    data = np.array([0.7, 0.2, 0.1])
    found = arrays.minimizer(data, 2.0)
    at = np.linspace(0.01, 0.95, 300)
    level = float(np.exp(found.log_multiplier))
    about = "the curves p φ(q) of three letters at γ = 2, cut at one level λ: there the entries sum to 1"
    with canvas(about) as (picture, axes):
        for share, entry, colour in zip(data, found.q, sequence(3), strict=True):
            axes.plot(at, share * _function(slope)(at, 2), color=colour, label=f"p = {share:g}, q = {entry:.3f}")
            axes.plot([entry], [level], "o", color=colour, markersize=6)
        axes.axhline(level, color=COLOURS["grey"], linewidth=0.8, label="λ")
        axes.set(xlabel="probability in the model, q", ylabel="p φ(q), nats per unit of q", ylim=(0, 2))
        axes.legend()
    return picture


@_of("ordering", "uniform_limit", "value_asymptotics", "differentiability")
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
    picture: Picture = draw_ratios(Distribution.from_counts([100_000 // 2**k for k in range(15)]), ["1/2", 2, 5, 20])
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
    told: dict[str, Any] = {"xscale": "log", "ylim": (0, 0.55), "xlabel": "γ (logarithmic)", "ylabel": "share, p"}
    return _lines(about, at, lines, 0.5, **told)


@_of("over_suppression", "comparison")
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
    at = np.geomspace(0.1, 3000, 80)
    tops = [arrays.gain(np.geomspace(1e-5, 0.9, 2000), focus).max() for focus in at]
    about = "the largest gain against γ: a rare class keeps more than one over it of its share"
    told: dict[str, Any] = {"xscale": "log", "ylim": (1, None), "xlabel": "γ (logarithmic)", "ylabel": "largest ψ"}
    return _lines(about, at, [(tops, "largest ψ")], **told)


@_of("corrections", "entropy_drop", "majorization")
def _corrections() -> Picture:
    p = np.array([100.0] * 8 + [1] * 800) / 1600
    run = sweep.sweep(p, GAMMAS)
    change = arrays.focal_entropy(run.q, run.q, 0) - arrays.focal_entropy(p, p, 0)
    about = "change of the entropy and ln λ against γ, 8 classes of 100 and 800 of 1: it falls at some γ, all with λ > 1"
    told: dict[str, Any] = {"xscale": "log", "ylim": (-1, 2), "xlabel": "γ (logarithmic)", "ylabel": "nats (ln λ: no unit)"}
    return _lines(about, GAMMAS, [(change, "change of the entropy"), (run.log_multiplier, "ln λ")], 0, **told)


@_of("calibration", "confidence")
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
