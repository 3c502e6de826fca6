"""Reliability diagrams: how often predictions of a confidence are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from focal_symbolic.errors import InputError
from focal_symbolic.plots.style import COLOURS, canvas

__all__ = ["Reliability", "draw_reliability", "reliability"]

BINS = 15
"""The bins of equal width that are usual."""


@dataclass(frozen=True)
class Reliability:
    """Predictions in bins of equal width by their confidence.

    Attributes
    ----------
    edges : float64 array (bins + 1,)
        The ends of the bins, from 0 to 1; a bin has its upper end.
    confidence, accuracy : float64 array (bins,)
        Their means in each bin; NaN where it is empty.
    counts : int array (bins,)
        The predictions in each bin.
    """

    edges: NDArray[np.float64]
    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    counts: NDArray[np.int64]

    @property
    def ece(self) -> float:
        """The expected calibration error: the mean of |accuracy - confidence| over the bins, by their counts."""
        gap = np.abs(self.accuracy - self.confidence)[self.counts > 0]
        return float((gap * self.counts[self.counts > 0]).sum() / self.counts.sum())


def reliability(probabilities: ArrayLike, labels: ArrayLike, bins: int = BINS) -> Reliability:
    """The reliability of the most probable class, in bins of equal width.

    Parameters
    ----------
    probabilities : array_like (m, n)
        A distribution over the classes for each of m cases.
    labels : array_like of int (m,)
        The class of each, from 0.
    bins : int
        How many bins.

    Returns
    -------
    Reliability
        What falls into each bin.

    Examples
    --------
    >>> from focal_symbolic import plots
    >>> found = plots.reliability([[0.9, 0.1], [0.6, 0.4]], [0, 1], bins=5)
    >>> found.counts.tolist(), round(found.ece, 6)
    ([0, 0, 1, 0, 1], 0.35)
    """
    given, truth = np.asarray(probabilities, dtype=np.float64), np.asarray(labels)
    confidence, right = given.max(-1), given.argmax(-1) == truth
    place = np.clip(np.ceil(confidence * bins - 1e-12).astype(int) - 1, 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    with np.errstate(invalid="ignore"):
        mean, accuracy = (np.bincount(place, weights=one, minlength=bins) / count for one in (confidence, right))
    return Reliability(np.linspace(0, 1, bins + 1), mean, accuracy, count)


def draw_reliability(found: Mapping[str, Reliability], about: str = "reliability diagrams") -> Any:
    """A panel for each, accuracy against confidence; the area of a mark is the share of the predictions in its bin.

    Parameters
    ----------
    found : mapping of str to Reliability
        Under the title of each panel.
    about : str
        What is shown, in words.

    Returns
    -------
    Picture
        To be saved or shown.

    Raises
    ------
    InputError
        If there is nothing to draw.

    Examples
    --------
    >>> from focal_symbolic import plots
    >>> plots.draw_reliability({"two cases": plots.reliability([[0.9, 0.1], [0.6, 0.4]], [0, 1])})
    [reliability diagrams]
    """
    if not found:
        raise InputError("found has no diagram; give a mapping of a title to what reliability(probabilities, labels) found.")
    columns = min(len(found), 2)
    rows = -(-len(found) // columns)
    with canvas(
        about, columns, rows, (3.3 * columns + 0.4, 3.3 * rows + 0.3), sharex=True, sharey=True, squeeze=False
    ) as drawn:
        picture, panels = drawn
        for axes in panels.flat[len(found) :]:
            axes.set_visible(False)
        for axes, (title, one) in zip(panels.flat, found.items(), strict=False):
            _panel(axes, one)
            bins = f"{len(one.counts)} bin{'' if len(one.counts) == 1 else 's'}"
            axes.set_title(f"{title}\nECE {100 * one.ece:.1f} %, {bins}")
        for axes in panels.flat[max(len(found) - columns, 0) : len(found)]:  # the last of each column
            axes.set_xlabel("confidence, mean of the bin")
            axes.tick_params(labelbottom=True)
        for axes in panels[:, 0]:
            axes.set_ylabel("share that is right")
        picture.legend(*panels[0, 0].get_legend_handles_labels(), loc="outside lower left", ncols=3)
    return picture


def _panel(axes: Any, one: Reliability) -> None:
    """A mark for each bin, with its gap to the diagonal."""
    axes.plot([0, 1], [0, 1], color=COLOURS["grey"], linewidth=0.8)
    some = one.counts > 0
    at, right, share = one.confidence[some], one.accuracy[some], one.counts[some] / one.counts.sum()
    told = {"s": 10 + 300 * share, "color": COLOURS["blue"], "zorder": 2, "clip_on": False}
    axes.vlines(at, at, right, color=COLOURS["vermilion"], linewidth=1, label="gap")
    axes.scatter(at, right, **told)
    axes.scatter([], [], s=18, color=COLOURS["blue"], label="a bin, its area the share of the cases")
    axes.set(xlim=(0, 1.02), ylim=(0, 1.05))
