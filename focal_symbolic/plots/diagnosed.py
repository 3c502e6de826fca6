"""The picture of a diagnosis: the factor q/p against p with the amplified band, and λ against γ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from focal_symbolic.plots.style import COLOURS, VERDICTS, Picture, canvas, logarithmic

if TYPE_CHECKING:
    from focal_symbolic.numbers.diagnosis import Diagnosis

__all__ = ["diagnosed", "draw_diagnosis"]

MANY = 2000
"""Beyond so many classes the marks are small."""


def diagnosed(found: Diagnosis, others: Sequence[Diagnosis] = ()) -> Picture:
    """The factor q/p against p with the amplified band, and for a softmax λ against γ.

    Parameters
    ----------
    found : Diagnosis
        Of class counts.
    others : sequence of Diagnosis
        Of the same counts at other γ, drawn as lines.

    Returns
    -------
    Picture
        To be saved or shown.
    """
    about = f"q/p against p of {len(found.p)} classes at γ = {float(found.gamma):g}; marks above 1 are amplified"
    with canvas(about, columns=2 if found.scan else 1, squeeze=False) as (picture, ((first, *rest),)):
        _classes(first, found, others)
        for axes in rest:
            _multiplier(axes, found)
    return picture


def draw_diagnosis(found: Diagnosis, stream: IO[bytes], form: str = "svg", others: Sequence[Diagnosis] = ()) -> None:
    """Draw the factor q/p against p with the amplified band, and for a softmax λ against γ; the same bytes each time.

    Parameters
    ----------
    found : Diagnosis
        Of class counts.
    stream : binary file
        Takes the picture.
    form : {'svg', 'png', 'pdf'}
        Its form.
    others : sequence of Diagnosis
        Of the same counts at other γ, drawn as lines.

    Examples
    --------
    >>> from io import BytesIO
    >>> from focal_symbolic import plots
    >>> from focal_symbolic.numbers.diagnosis import diagnosis
    >>> stream = BytesIO()
    >>> plots.draw_diagnosis(diagnosis([333, 333, 333, 1], 1), stream)
    >>> stream.getvalue()[:5]
    b'<?xml'
    """
    diagnosed(found, others).save(stream, form)


def _classes(axes: Any, found: Diagnosis, others: Sequence[Diagnosis]) -> None:
    """q over the share of the data against that share, which has a logarithmic axis."""

    def factors(one: Diagnosis) -> list[tuple[float, float, str]]:
        every = zip(one.data, one.factor, one.verdicts, strict=True)
        return sorted((float(share), float(factor), verdict) for share, factor, verdict in every if factor is not None)

    shown = factors(found)
    shares = [share for share, _, _ in shown]
    low, high = min(shares) / 1.6, min(max(shares) * 1.6, 1.0)
    if found.band is not None and not found.tilted:
        left, right = max(float(found.band[0]), low), min(float(found.band[1]), high)
        if left < right:
            axes.axvspan(left, right, color=COLOURS["band"], zorder=0)
    axes.axhline(1, color=COLOURS["grey"], linewidth=0.8, zorder=1)
    for place, other in enumerate(others):
        line = [(share, factor) for share, factor, _ in factors(other)]
        axes.plot(*zip(*line, strict=True), ("--", ":", "-.")[place % 3], linewidth=1, label=f"γ = {float(other.gamma):g}")
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
