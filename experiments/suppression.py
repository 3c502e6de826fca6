"""Over-suppression seen in training: classes that `diagnosis` calls over-suppressed come out below their share, others do not.

Three groups of cases with counts of their own; one model, with the group as its feature, is trained on N cases at each γ. The
first group has a window in γ in which its rarest class is over-suppressed; γ inside and outside of it are tried.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.softmax import train
from focal_symbolic import plots
from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.diagnosis import diagnosis

__all__ = ["GROUPS", "draw", "run", "side"]

GROUPS = {
    "window": (1000, 800, 600, 400, 200, 50, 5),
    "one head": (99000, 900, 90, 40, 20, 9, 5),
    "ten to one": (1000, 1000, 1000, 1000, 1000, 1000, 20),
}
GAMMAS = ("0.5", "1", "2", "3", "5", "10")
CASES, SEEDS = 3_000_000, 20


def side(mean: float, error: float) -> str:
    """Above or below 1, if by more than three standard errors."""
    if abs(mean - 1) <= 3 * error:
        return "not told apart"
    return "above" if mean > 1 else "below"


def run(gammas: tuple[str, ...] = GAMMAS, cases: int = CASES, seeds: int = SEEDS) -> list[dict[str, object]]:
    """A row for each γ, group and class: its share, the trained factor, and what `diagnosis` says."""
    counts = np.array([*GROUPS.values()], dtype=float)
    p = counts / counts.sum(-1, keepdims=True)
    rows: list[dict[str, object]] = []
    for gamma in gammas:
        ratios = []
        for seed in range(seeds):
            generator = np.random.default_rng((seed, cases))
            seen = np.array([generator.multinomial(cases // len(p), row) for row in p], dtype=float)
            q = train(np.eye(len(p)), seen, float(gamma))(np.eye(len(p)))
            ratios.append(q / (seen / seen.sum(-1, keepdims=True)))
        mean, error = np.mean(ratios, 0), np.std(ratios, 0, ddof=1) / np.sqrt(seeds)
        for group, (name, given) in enumerate(GROUPS.items()):
            told = diagnosis(given, gamma)
            rows += [
                {
                    "gamma": gamma,
                    "group": name,
                    "class": k + 1,
                    "share": float(p[group, k]),
                    "trained_factor": float(mean[group, k]),
                    "trained_factor_error": float(error[group, k]),
                    "factor": float(told.ratio[k] or 0),
                    "verdict": told.verdicts[k],
                    "trained_side": side(mean[group, k], error[group, k]),
                }
                for k in range(len(given))
            ]
    return rows


def draw(rows: list[dict[str, Any]]) -> Any:
    """The factor of the rarest class against γ, a panel for each group: trained, and of the minimizer."""
    grid = np.geomspace(0.2, 20, 120)
    about = "trained factors of the rarest class lie on the curve of the minimizer, below 1 inside the window alone"
    with plots.canvas(about, columns=len(GROUPS), size=(2.75 * len(GROUPS) + 0.35, 3.5), squeeze=False) as (picture, (panels,)):
        for axes, (name, counts) in zip(panels, GROUPS.items(), strict=True):
            p = np.array(counts) / sum(counts)
            for place, window in enumerate(diagnosis(counts, 1).burying_windows):
                end = 20.0 if window.high is None else float(window.high)
                shade = {"color": plots.COLOURS["shade"], "linewidth": 0, "zorder": 0}
                axes.axvspan(max(float(window.low), 0.2), end, label=None if place else "over-suppressed", **shade)
            curve = arrays.minimizer(np.broadcast_to(p, (len(grid), len(p))), grid).q[:, -1] / p[-1]
            axes.axhline(1, color=plots.COLOURS["grey"], linewidth=0.8)
            axes.plot(grid, curve, color=plots.COLOURS["grey"], label="the minimizer")
            some = [row for row in rows if row["group"] == name and int(row["class"]) == len(counts)]
            at, mean, error = ([float(row[key]) for row in some] for key in ("gamma", "trained_factor", "trained_factor_error"))
            axes.errorbar(
                at,
                mean,
                [2 * one for one in error],
                fmt="o",
                capsize=2,
                color=plots.COLOURS["blue"],
                label="trained, ± 2 standard errors",
            )
            axes.set(xlim=(0.2, 20), ylim=(0.75, 1.25 * max(1.3, *mean)), xlabel="γ (logarithmic)")
            plots.logarithmic(axes)
            plots.logarithmic(axes, "y")
            axes.set_title(f"{name}: {counts[0]}, …, {counts[-1]}")
        panels[0].set_ylabel("rarest class, q/p (logarithmic)")
        picture.legend(*panels[0].get_legend_handles_labels(), loc="outside lower left", ncols=3)
    return picture
