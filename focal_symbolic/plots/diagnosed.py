"""The picture of a diagnosis: q against p with the amplified band, and λ against γ."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import numpy as np

from focal_symbolic.plots.style import COLOURS, VERDICTS, Picture, canvas, logarithmic

if TYPE_CHECKING:
    from focal_symbolic.numbers.diagnosis import Diagnosis

__all__ = ["diagnosed", "draw_diagnosis"]

MANY = 2000
"""Beyond so many classes the marks are small."""


def diagnosed(found: Diagnosis) -> Picture:
    """q against p with the amplified band, and for a softmax λ against γ.

    Parameters
    ----------
    found : Diagnosis
        Of class counts.

    Returns
    -------
    Picture
        To be saved or shown.
    """
    about = f"q against p of {len(found.p)} classes at γ = {float(found.gamma):g}; marks above the line are amplified"
    with canvas(about, columns=2 if found.scan else 1, squeeze=False) as (picture, ((first, *rest),)):
        _classes(first, found)
        for axes in rest:
            _multiplier(axes, found)
    return picture


def draw_diagnosis(found: Diagnosis, stream: IO[bytes], form: str = "svg") -> None:
    """Draw q against p with the amplified band, and for a softmax λ against γ; the same bytes each time.

    Parameters
    ----------
    found : Diagnosis
        Of class counts.
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
    >>> plots.draw_diagnosis(diagnosis([333, 333, 333, 1], 1), stream)
    >>> stream.getvalue()[:5]
    b'<?xml'
    """
    diagnosed(found).save(stream, form)


def _classes(axes: Any, found: Diagnosis) -> None:
    """q against p, both on logarithmic axes."""
    shown = [(float(p), float(q), verdict) for p, q, verdict in zip(found.p, found.q, found.verdicts, strict=True) if p]
    shares = [one for p, q, _ in shown for one in (p, q) if one > 0]
    low, high = min(shares) / 1.6, min(max(shares) * 1.6, 1.0)
    if found.band is not None:
        left, right = max(float(found.band[0]), low), min(float(found.band[1]), high)
        if left < right:
            axes.axvspan(left, right, color=COLOURS["band"], zorder=0)
    axes.plot([low, high], [low, high], color=COLOURS["grey"], linewidth=0.8, zorder=1)
    for verdict, (colour, mark) in VERDICTS.items():
        points = [(p, q) for p, q, one in shown if one == verdict and q > 0]
        if points:
            told = {"s": 18 if len(shown) <= MANY else 4, "color": colour, "marker": mark, "linewidths": 0, "zorder": 2}
            axes.scatter(*zip(*points, strict=True), label=f"{verdict} ({len(points)})", **told)
    axes.set(xlim=(low, high), ylim=(low, high))
    logarithmic(axes, "x")
    logarithmic(axes, "y")
    axes.set(xlabel="share in the data, p", ylabel="share in the model, q")
    axes.set_title(f"γ = {float(found.gamma):g}: the band is amplified")
    axes.legend(loc="upper left")


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
