"""Pictures; they need matplotlib, the extra `plots`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from focal_symbolic.errors import InputError

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

    from focal_symbolic.numbers.diagnosis import Diagnosis

__all__ = ["available", "draw_diagnosis"]

COLOURS = {
    "amplified": "#c77700",
    "suppressed": "#2171b5",
    "over-suppressed": "#b3123c",
    "kept": "#555555",
}
BAND, GREY = "#fff3d6", "#555555"
LINES = ["--", ":", "-."]
STYLE: dict[RcKeyType, Any] = {"svg.hashsalt": "focal-symbolic", "svg.fonttype": "path", "font.size": 10}


def available() -> None:
    """Refuse if matplotlib is missing.

    Raises: InputError.
    """
    if find_spec("matplotlib") is None:
        raise InputError("a picture needs matplotlib, which is missing; run pip install 'focal-symbolic[plots]'.")


def draw_diagnosis(several: Sequence[Diagnosis], stream: IO[bytes], form: str = "svg") -> None:
    """Draw q/p of each class against p, and for a softmax lambda against gamma; the same bytes each time.

    Args: several are diagnoses of the same counts, of which the first has its classes coloured and the others are lines; stream
        takes the picture, of the form svg, png or pdf.
    Raises: InputError if matplotlib is missing.
    """
    available()
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        found = several[0]
        panels = 2 if found.scan else 1
        figure = Figure(figsize=(5.2 * panels, 4.2), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots(1, panels, squeeze=False)[0]
        _classes(axes[0], found, several[1:])
        if found.scan:
            _multiplier(axes[1], found)
        for each in axes:
            for side in ("top", "right"):
                each.spines[side].set_visible(False)
        dates = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
        figure.savefig(stream, format=form, metadata=dates.get(form), dpi=150)


def _classes(axes: Any, found: Diagnosis, others: Sequence[Diagnosis]) -> None:
    """q/p against p, the factor of a class against its share of the data, which has a logarithmic axis."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    def points(one: Diagnosis) -> list[tuple[float, float, str]]:
        every = zip(one.data, one.factor, one.verdicts, strict=True)
        return [(float(share), float(factor), verdict) for share, factor, verdict in every if factor is not None]

    shown = points(found)
    shares = [share for share, _, _ in shown]
    low, high = min(shares) / 1.6, min(max(shares) * 1.6, 1.0)
    if found.band is not None and not found.tilted:
        left, right = max(float(found.band[0]), low), min(float(found.band[1]), high)
        if left < right:
            axes.axvspan(left, right, color=BAND, zorder=0)
    axes.axhline(1, color=GREY, linewidth=0.8, zorder=1)
    for one, style in zip(others, LINES * len(others), strict=False):
        line = sorted(points(one))
        axes.plot(*list(zip(*line, strict=True))[:2], style, color=GREY, linewidth=1, label=f"γ = {float(one.gamma):g}")
    for verdict, colour in COLOURS.items():
        of_kind = [(share, factor) for share, factor, one in shown if one == verdict]
        if of_kind:
            size = 18 if len(shown) <= 2000 else 4
            axes.scatter(
                *zip(*of_kind, strict=True), s=size, color=colour, linewidths=0, zorder=2, label=f"{verdict} ({len(of_kind)})"
            )
    axes.set(xscale="log", xlim=(low, high))
    if high < 100 * low:  # too few powers of ten to label only those
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set(xlabel="share in the data, p", ylabel="factor, q/p")
    axes.set_title(f"γ = {float(found.gamma):g}{'' if found.tilted else ': the band is amplified'}", fontsize=10)
    axes.legend(frameon=False, loc="best", fontsize=9)


def _multiplier(axes: Any, found: Diagnosis) -> None:
    """lambda against gamma, the gamma at which a class is over-suppressed shaded."""
    gammas, levels = (np.array(one) for one in zip(*found.scan, strict=True))
    ends = gammas[0], gammas[-1]
    values = np.exp(levels)
    for place, window in enumerate(found.burying_windows):
        right = ends[1] if window.high is None else float(window.high)
        label = None if place else "some class over-suppressed"
        axes.axvspan(max(float(window.low), ends[0]), right, color="#f6d5dc", zorder=0, linewidth=0, label=label)
    axes.axhline(1, color=GREY, linewidth=0.8)
    axes.plot(gammas, values, color="#08306b", label="λ")
    for window in found.multiplier_windows:
        for end in (window.low, window.high):
            if end:
                axes.axvline(float(end), color="#08306b", linewidth=0.8, linestyle=":")
    if ends[0] <= found.gamma <= ends[1] and found.multiplier is not None:
        axes.plot([float(found.gamma)], [float(found.multiplier)], "o", color="#08306b", markersize=5)
    axes.set(xscale="log", xlim=ends, ylim=(0, max(values.max() * 1.15, 1.2)), xlabel="γ", ylabel="λ")
    axes.set_title("where λ > 1, small shares lose (dotted: λ = 1)", fontsize=10)
    axes.legend(frameon=True, facecolor="white", edgecolor="none", framealpha=1, loc="lower left", fontsize=9)
