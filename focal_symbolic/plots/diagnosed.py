"""The picture of a diagnosis: q/p against p with the amplified band, and λ against γ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from focal_symbolic.plots.style import COLOURS, HEIGHT, VERDICTS, WIDTH, Picture, canvas, legend_below, logarithmic, sequence

if TYPE_CHECKING:
    from focal_symbolic.numbers.diagnosis import Diagnosis

__all__ = ["diagnosed", "draw_diagnosis"]

MANY = 2000
"""Beyond so many classes the marks are small."""


LINES = ("--", ":", "-.")
"""How the factors at further γ are drawn."""
WIDE = 4.0
"""Factors that span more than this have a logarithmic axis."""


def diagnosed(found: Diagnosis, *others: Diagnosis) -> Picture:
    """q/p of each class against p, and for a softmax λ against γ.

    Parameters
    ----------
    found : Diagnosis
        Of class counts.
    *others : Diagnosis
        Of the same counts at further γ, drawn as lines.

    Returns
    -------
    Picture
        To be saved or shown.
    """
    drawn = len(_points(found))
    about = f"q/p against p of {drawn} classes at γ = {float(found.gamma):g}; marks above the line are amplified"
    columns = 2 if found.scan else 1
    size = WIDTH * columns + (1.4 if columns == 1 else 0), HEIGHT + 0.4 + 0.1 * len(others)
    with canvas(about, columns, size=size, squeeze=False) as (picture, ((first, *rest),)):
        _classes(first, found, others)
        for axes in rest:
            _multiplier(axes, found)
    return picture


def draw_diagnosis(several: Sequence[Diagnosis], stream: IO[bytes], form: str = "svg") -> None:
    """Draw q/p of each class against p, and for a softmax λ against γ; the same bytes each time.

    Parameters
    ----------
    several : sequence of Diagnosis
        Of the same counts: the first has its classes as marks, the others are lines.
    stream : binary file
        Takes the picture.
    form : {'svg', 'png', 'pdf'}
        Its form.

    Examples
    --------
    >>> from io import BytesIO
    >>> from focal_symbolic import plots
    >>> from focal_symbolic.numbers.diagnosis import diagnosis
    >>> stream = BytesIO()
    >>> plots.draw_diagnosis([diagnosis([333, 333, 333, 1], 1)], stream)
    >>> stream.getvalue()[:5]
    b'<?xml'
    """
    diagnosed(*several).save(stream, form)


def _points(found: Diagnosis) -> list[tuple[float, float, str]]:
    """The share, the factor and the verdict of each class of the data."""
    every = zip(found.data, found.factor, found.verdicts, strict=True)
    return [(float(share), float(factor), verdict) for share, factor, verdict in every if factor is not None]


def _classes(axes: Any, found: Diagnosis, others: Sequence[Diagnosis]) -> None:
    """q/p against p, the factor of a class against its share of the data, which has a logarithmic axis."""
    shown = _points(found)
    shares = [share for share, _, _ in shown]
    low, high = min(shares) / 1.6, min(max(shares) * 1.6, 1.0)
    axes.set(xlim=(low, high), xlabel="share in the data, p (logarithmic)", ylabel="factor, q/p")
    logarithmic(axes, "x")
    banded = _band(axes, found, low, high)
    axes.axhline(1, color=COLOURS["grey"], linewidth=0.8, zorder=1)
    for one, style, colour in zip(others, cycle(LINES), sequence(len(others) + 1), strict=False):
        line = [(share, factor) for share, factor, _ in sorted(_points(one))]
        axes.plot(*zip(*line, strict=True), style, color=colour, linewidth=1, label=f"γ = {float(one.gamma):g}")
    for verdict, (colour, mark) in VERDICTS.items():
        points = [(share, factor) for share, factor, one in shown if one == verdict]
        if points:
            told = {"s": 18 if len(shown) <= MANY else 4, "color": colour, "marker": mark, "linewidths": 0, "zorder": 2}
            axes.scatter(*zip(*points, strict=True), label=f"{verdict} ({len(points)})", clip_on=False, **told)
    if absent := found.tally["absent"]:
        axes.plot([], [], " ", label=f"share 0, not drawn ({absent})")
    _factors(axes, [factor for one in (found, *others) for _, factor, _ in _points(one)])
    axes.set_title(f"γ = {float(found.gamma):g}{': the band is amplified' if banded else ''}")
    legend_below(axes)


def _band(axes: Any, found: Diagnosis, low: float, high: float) -> bool:
    """Shade the shares that are amplified; whether any of them are within the axis."""
    if found.band is None or found.tilted:
        return False
    left, right = max(float(found.band[0]), low), min(float(found.band[1]), high)
    if left < right:
        axes.axvspan(left, right, color=COLOURS["band"], linewidth=0, zorder=0)
    return left < right


def _factors(axes: Any, factors: Sequence[float]) -> None:
    """The axis of the factors: logarithmic where they differ much, and else in plain numbers, never as what exceeds one."""
    low, high = min(*factors, 1.0), max(*factors, 1.0)
    if high > WIDE * low:
        room = (high / low) ** 0.06
        axes.set(ylim=(low / room, high * room), ylabel="factor, q/p (logarithmic)")
        logarithmic(axes, "y")
    else:
        axes.ticklabel_format(axis="y", useOffset=False)


def _multiplier(axes: Any, found: Diagnosis) -> None:
    """λ against γ, the γ at which a class is over-suppressed shaded."""
    gammas, levels = (np.array(one) for one in zip(*found.scan, strict=True))
    ends = gammas[0], gammas[-1]
    values = np.exp(levels)
    axes.axhline(1, color=COLOURS["grey"], linewidth=0.8)
    axes.plot(gammas, values, color=COLOURS["blue"], label="λ")
    if ends[0] <= found.gamma <= ends[1] and found.multiplier is not None:
        here = {"color": COLOURS["blue"], "markersize": 5, "label": f"λ at γ = {float(found.gamma):g}", "clip_on": False}
        axes.plot([float(found.gamma)], [float(found.multiplier)], "o", **here)
    crossed = [float(end) for window in found.multiplier_windows for end in (window.low, window.high) if end]
    for place, end in enumerate(crossed):
        dotted = {"color": COLOURS["blue"], "linewidth": 0.8, "linestyle": ":"}
        axes.axvline(end, label=None if place else "γ at which λ is 1", **dotted)
    for place, window in enumerate(found.burying_windows):
        right = ends[1] if window.high is None else float(window.high)
        label = None if place else "γ that over-suppresses a class"
        axes.axvspan(max(float(window.low), ends[0]), right, color=COLOURS["shade"], zorder=0, linewidth=0, label=label)
    axes.set(xlim=ends, ylim=(0, max(values.max() * 1.15, 1.2)), xlabel="γ (logarithmic)", ylabel="multiplier, λ")
    logarithmic(axes)
    axes.set_title("where λ > 1, shares that are small enough lose")
    legend_below(axes)
