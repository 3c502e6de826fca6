"""What training makes of each share of the data: q/p against p."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from focal_symbolic.distribution import Distribution, exact_number
from focal_symbolic.numbers.minimizer import minimizer
from focal_symbolic.plots.style import COLOURS, canvas, legend_below, logarithmic, sequence

__all__ = ["draw_ratios"]

MANY = 100
"""Beyond so many classes the marks are small."""


def draw_ratios(data: Iterable[object], gammas: Iterable[object], size: tuple[float, float] = (7.2, 4.2)) -> Any:
    """The factor q/p of every class against its share p, a line for each γ, the amplified half shaded.

    A class whose share is 0 has no factor and is not drawn.

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
    kept = [place for place, share in enumerate(shares) if share]
    p = [float(shares.probabilities[place]) for place in kept]
    lines = [_ratios(shares, gamma, kept) for gamma in given]
    names = [str(gamma) if gamma.denominator < 100 else f"{float(gamma):g}" for gamma in given]
    with canvas(f"q/p against p of {len(p)} classes for γ = {', '.join(names)}", size=size) as (picture, axes):
        low, high = min(0.96, *map(min, lines)), max(1.04, *map(max, lines))
        room = (high / low) ** 0.06
        axes.set(xlim=(min(p) / 1.6, min(max(p) * 1.6, 1)), ylim=(low / room, high * room))
        logarithmic(axes, "x")
        logarithmic(axes, "y")
        order = sorted(range(len(p)), key=p.__getitem__)
        for name, ratios, colour in zip(names, lines, sequence(len(given)), strict=True):
            told = {"color": colour, "markersize": 4 if len(p) <= MANY else 2, "clip_on": False, "label": f"γ = {name}"}
            axes.plot([p[k] for k in order], [ratios[k] for k in order], "o-", **told)
        axes.axhline(1, color=COLOURS["grey"], linewidth=0.8)
        axes.axhspan(1, high * room, color=COLOURS["band"], linewidth=0, zorder=0, label="amplified")
        axes.set(xlabel="share of the class in the data, p (logarithmic)", ylabel="factor, q/p (logarithmic)")
        legend_below(axes, columns=5 if size[0] > 6 else 3)
    return picture


def _ratios(shares: Distribution, gamma: object, kept: Iterable[int]) -> list[float]:
    """q/p of the classes at these places."""
    q, p = minimizer(shares, gamma, dps=15).q, shares.probabilities
    return [float(q[place] / (p[place].numerator / p[place].denominator)) for place in kept]
