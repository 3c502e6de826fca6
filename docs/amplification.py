"""Draw docs/amplification.svg: what the focal loss does to each class, by its share of the data.

Run from a clone with the extra `plots`:  python docs/amplification.py
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.ticker import FixedLocator, FuncFormatter

from focal_symbolic import Distribution, minimizer

mpl.rcParams.update({"svg.hashsalt": "focal-symbolic", "svg.fonttype": "path", "font.size": 10})

COUNTS = (350, 200, 120, 90, 70, 55, 40, 30, 20, 10, 6, 4, 2, 1)
"""Each of these counts, then many rarer classes: enough of them to see all three regimes on one page."""
TAIL = [Fraction(1, 2**place) for place in range(1, 9)]
GAMMAS = {"1/2": "#9ecae1", "1": "#6baed6", "2": "#2171b5", "4": "#08306b"}


def curve(gamma: str) -> tuple[list[float], list[float]]:
    """(p, q/p) for every class of the data, at gamma."""
    data = Distribution.from_counts([int(256 * weight) for weight in (*COUNTS, *TAIL)])
    found = minimizer(data, gamma, dps=15)
    return [float(p) for p in data], [float(q) / float(p) for p, q in zip(data, found.q, strict=True)]


def draw(target: Path) -> None:
    """Draw the picture into an SVG or PNG file, the same bytes each time."""
    figure, axes = plt.subplots(figsize=(7.2, 4.0), layout="constrained")
    axes.axhspan(1, 10, color="#fff3d6", zorder=0)
    axes.axhline(1, color="#555555", linewidth=0.8)
    for gamma, colour in GAMMAS.items():
        p, ratio = curve(gamma)
        axes.plot(p, ratio, marker="o", markersize=3.5, color=colour, label=f"γ = {gamma}")
    axes.set(xscale="log", yscale="log", xlim=(2.5e-6, 0.6), ylim=(0.73, 1.32))
    axes.yaxis.set_major_locator(FixedLocator([0.8, 0.9, 1, 1.1, 1.2, 1.3]))
    axes.yaxis.set_minor_locator(FixedLocator([]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set(xlabel="share of the class in the data, p", ylabel="what training makes of it, q/p")
    axes.text(3.2e-6, 1.27, "amplified", color="#9c6500")
    axes.text(3.2e-6, 0.75, "suppressed", color="#555555")
    axes.legend(frameon=False, loc="lower center", ncols=4)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.savefig(target, metadata={"Date": None} if target.suffix == ".svg" else None, dpi=150)
    plt.close(figure)


if __name__ == "__main__":
    draw(Path(__file__).with_suffix(".svg"))
