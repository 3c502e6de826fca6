"""What training makes of each share of the data: q/p against p."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from focal_symbolic.distribution import Distribution, exact_number
from focal_symbolic.numbers.minimizer import minimizer
from focal_symbolic.plots.style import COLOURS, canvas, logarithmic, sequence

__all__ = ["draw_ratios"]


def draw_ratios(data: Iterable[object], gammas: Iterable[object], size: tuple[float, float] = (7.2, 4.0)) -> Any:
    """The factor q/p of every class against its share p, a line for each γ, the amplified half shaded.

    Parameters
    ----------
    data : Distribution, or sequence of n numbers
        The data, with sum 1.
    gammas : sequence of numbers
        The focusing parameters.
    size : pair of float, optional
        Width and height in inches.

    Returns
    -------
    Picture
        To be saved or shown.

    Examples
    --------
    >>> from focal_symbolic import plots
    >>> plots.draw_ratios(["0.7", "0.2", "0.1"], ["1/2", 2])
    [q/p against p of 3 classes for γ = 1/2, 2]
    """
    shares = data if isinstance(data, Distribution) else Distribution(tuple(data))
    given = [exact_number(gamma, "gamma") for gamma in gammas]
    p = [float(share) for share in shares]
    lines = [[float(ratio) for ratio in _ratios(shares, gamma)] for gamma in given]
    about = f"q/p against p of {len(p)} classes for γ = {', '.join(map(str, given))}"
    with canvas(about, size=size) as (picture, axes):
        everything = [ratio for line in lines for ratio in line]
        low, high = min(*everything, 0.96) / 1.03, max(*everything, 1.04) * 1.05
        axes.set(xlim=(min(p) / 1.6, min(max(p) * 1.6, 1)), ylim=(low, high))
        logarithmic(axes, "x")
        logarithmic(axes, "y")
        axes.axhspan(1, high, color=COLOURS["band"], zorder=0)
        axes.axhline(1, color=COLOURS["grey"], linewidth=0.8)
        order = sorted(range(len(p)), key=p.__getitem__)
        for gamma, ratios, colour in zip(given, lines, sequence(len(given)), strict=True):
            axes.plot([p[k] for k in order], [ratios[k] for k in order], "o-", color=colour, label=f"γ = {gamma}")
        axes.set(xlabel="share of the class in the data, p (logarithmic)", ylabel="what training makes of it, q/p")
        axes.text(0.02, 0.95, "amplified", color=COLOURS["grey"], transform=axes.transAxes)
        axes.text(0.02, 0.03, "suppressed", color=COLOURS["grey"], transform=axes.transAxes)
        axes.legend(loc="lower center", ncols=4 if size[0] > 6 else 2)
    return picture


def _ratios(shares: Distribution, gamma: object) -> Iterable[Any]:
    found = minimizer(shares, gamma, dps=15)
    return (q / (p.numerator / p.denominator) for p, q in zip(shares, found.q, strict=True))
