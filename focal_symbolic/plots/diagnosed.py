"""The picture of a diagnosis: q/p against p with the amplified band, and λ against γ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from focal_symbolic.plots.style import COLOURS, VERDICTS, Picture, canvas, logarithmic

if TYPE_CHECKING:
    from focal_symbolic.numbers.diagnosis import Diagnosis

__all__ = ["diagnosed", "draw_diagnosis"]

MANY = 2000
"""Beyond so many classes the marks are small."""


LINES = ("--", ":", "-.")
"""How the factors at further γ are drawn."""


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
    about = f"q/p against p of {len(found.p)} classes at γ = {float(found.gamma):g}; marks above the line are amplified"
    with canvas(about, columns=2 if found.scan else 1, squeeze=False) as (picture, ((first, *rest),)):
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
    if found.band is not None and not found.tilted:
        left, right = max(float(found.band[0]), low), min(float(found.band[1]), high)
        if left < right:
            axes.axvspan(left, right, color=COLOURS["band"], zorder=0)
    axes.axhline(1, color=COLOURS["grey"], linewidth=0.8, zorder=1)
    for one, style in zip(others, cycle(LINES), strict=False):
        line = [(share, factor) for share, factor, _ in sorted(_points(one))]
        axes.plot(*zip(*line, strict=True), style, color=COLOURS["grey"], linewidth=1, label=f"γ = {float(one.gamma):g}")
    for verdict, (colour, mark) in VERDICTS.items():
        points = [(share, factor) for share, factor, one in shown if one == verdict]
        if points:
            told = {"s": 18 if len(shown) <= MANY else 4, "color": colour, "marker": mark, "linewidths": 0, "zorder": 2}
            axes.scatter(*zip(*points, strict=True), label=f"{verdict} ({len(points)})", **told)
    axes.set(xlim=(low, high))
    logarithmic(axes, "x")
    axes.set(xlabel="share in the data, p", ylabel="factor, q/p")
    axes.set_title(f"γ = {float(found.gamma):g}{'' if found.tilted else ': the band is amplified'}")
    axes.legend(loc="best")


def _multiplier(axes: Any, found: Diagnosis) -> None:
    """λ against γ, the γ at which a class is over-suppressed shaded."""
    gammas, levels = (np.array(one) for one in zip(*found.scan, strict=True))
    ends = gammas[0], gammas[-1]
    values = np.exp(levels)
    for place, window in enumerate(found.burying_windows):
        right = ends[1] if window.high is None else float(window.high)
        label = None if place else "some class over-suppressed"
        axes.axvspan(max(float(window.low), ends[0]), right, color=COLOURS["shade"], zorder=0, linewidth=0, label=label)
    axes.axhline(1, color=COLOURS["grey"], linewidth=0.8)
    axes.plot(gammas, values, color=COLOURS["blue"], label="λ")
    for window in found.multiplier_windows:
        for end in (window.low, window.high):
            if end:
                axes.axvline(float(end), color=COLOURS["blue"], linewidth=0.8, linestyle=":")
    if ends[0] <= found.gamma <= ends[1] and found.multiplier is not None:
        axes.plot([float(found.gamma)], [float(found.multiplier)], "o", color=COLOURS["blue"], markersize=5)
    axes.set(xlim=ends, ylim=(0, max(values.max() * 1.15, 1.2)), xlabel="γ, logarithmic", ylabel="λ")
    logarithmic(axes)
    axes.set_title("where λ > 1, small shares lose (dotted: λ = 1)")
    axes.legend(frameon=True, facecolor="white", edgecolor="none", framealpha=1, loc="lower left")
