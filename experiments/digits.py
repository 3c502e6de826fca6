"""Calibration on real data: scikit-learn's handwritten digits, made imbalanced; outputs raw, mapped back, and tempered.

The inverse map (`calibrate`) takes the output Q of a model that reached the minimizer to the P that it stands for; a
temperature T, fitted on cases that were held out, takes Q to what is proportional to Q^(1/T). `FocalCalibrator` does both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from experiments.softmax import Array, train
from focal_symbolic import FocalCalibrator, calibrate, plots

__all__ = ["FEATURES", "HOWS", "RESULTS", "Split", "diagrams", "draw", "log_loss", "outputs", "run", "split"]

FALL = 0.75
"""Each digit keeps this share of the cases that the one before it keeps: 0 has some 13 times as many cases as 9."""
GAMMAS = (0.0, 1.0, 2.0, 5.0)
SEEDS, DECAY, LEAST = 10, 1e-4, 1e-12
FEATURES = ("pixels", "coarse")
RESULTS = Path(__file__).parent / "results"
HOWS = ("raw", "inverse map", "temperature", "both")


class Split(NamedTuple):
    """Cases for training, for the temperature, and for the test: features and labels of each."""

    training: tuple[Array, Array]
    held_out: tuple[Array, Array]
    test: tuple[Array, Array]


def split(features: str, seed: int) -> Split:
    """Imbalanced digits, half, a quarter and a quarter of them.

    features: the 64 pixels; or «coarse», the ink in the 4 quarters of the picture. Each with a constant.
    """
    pixels, labels = load_digits(return_X_y=True)
    generator = np.random.default_rng(seed)
    kept = generator.random(len(labels)) < FALL**labels
    pixels, labels = pixels[kept] / 16, labels[kept]
    if features == "coarse":
        pixels = pixels.reshape(-1, 2, 4, 2, 4).mean((2, 4)).reshape(-1, 4)
        pixels = (pixels - pixels.mean(0)) / pixels.std(0)
    pixels = np.column_stack([pixels, np.ones(len(pixels))])
    first, rest, first_labels, rest_labels = train_test_split(pixels, labels, test_size=0.5, stratify=labels, random_state=seed)
    second, third, second_labels, third_labels = train_test_split(
        rest, rest_labels, test_size=0.5, stratify=rest_labels, random_state=seed
    )
    return Split((first, first_labels), (second, second_labels), (third, third_labels))


def log_loss(q: Array, labels: Array) -> float:
    """The mean of -ln q at the labels, in nats; no q counts as less than `LEAST`."""
    return float(-np.log(np.maximum(q[np.arange(len(labels)), labels], LEAST)).mean())


class Treated(NamedTuple):
    """Outputs for the test and for the training cases, and the temperature."""

    test: Array
    training: Array
    temperature: float


def outputs(parts: Split, gamma: float) -> dict[str, Treated]:
    """The outputs by how they were treated."""
    features, labels = parts.training
    model = train(features, np.eye(10)[labels], gamma, DECAY, steps=2000)
    held, test, known = (model(cases) for cases in (parts.held_out[0], parts.test[0], features))
    found = {"raw": Treated(test, known, 1.0), "inverse map": Treated(calibrate(test, gamma), calibrate(known, gamma), 1.0)}
    for how, focus in (("temperature", 0.0), ("both", gamma)):
        fitted = FocalCalibrator(gamma=focus).fit(held, parts.held_out[1])
        found[how] = Treated(fitted.transform(test), fitted.transform(known), fitted.temperature_)
    return found


def run(
    gammas: tuple[float, ...] = GAMMAS, seeds: int = SEEDS, features: tuple[str, ...] = FEATURES
) -> list[dict[str, object]]:
    """A row for each kind of features, γ and treatment: log loss, ECE and accuracy on the test, means over splits."""
    rows: list[dict[str, object]] = []
    for kind in features:
        parts = [split(kind, seed) for seed in range(seeds)]
        for gamma in gammas:
            found = [outputs(part, gamma) for part in parts]
            for how in HOWS:
                measured = np.array([_measured(part, one[how]) for part, one in zip(parts, found, strict=True)])
                mean, error = measured.mean(0), measured.std(0, ddof=1) / np.sqrt(seeds)
                names = ("log_loss", "ece", "ece_if_calibrated", "accuracy", "confidence", "training_gap", "temperature")
                row: dict[str, object] = {"features": kind, "gamma": gamma, "treatment": how, "splits": seeds}
                for name, one, off in zip(names, mean, error, strict=True):
                    row |= {name: float(one), f"{name}_error": float(off)}
                rows.append(row)
    return rows


def _measured(part: Split, treated: Treated) -> tuple[float, ...]:
    q, labels, generator = treated.test, part.test[1], np.random.default_rng(0)
    right = float((q.argmax(-1) == labels).mean())
    drawn = [(generator.random((len(q), 1)) > q.cumsum(-1)).sum(-1).clip(max=9) for _ in range(20)]
    floor = float(np.mean([plots.reliability(q, one).ece for one in drawn]))  # few cases a bin: not 0 if all is well
    known = treated.training
    gap = float(known.max(-1).mean() - (known.argmax(-1) == part.training[1]).mean())  # of the cases that it was trained on
    ece = plots.reliability(q, labels).ece
    return log_loss(q, labels), ece, floor, right, float(q.max(-1).mean()), gap, treated.temperature


def diagrams(features: str, gamma: float, seeds: int = SEEDS) -> Any:
    """Reliability diagrams of the four treatments, the tests of all splits together."""
    parts = [split(features, seed) for seed in range(seeds)]
    found = [outputs(part, gamma) for part in parts]
    labels = np.concatenate([part.test[1] for part in parts])
    panels = {how: plots.reliability(np.concatenate([one[how].test for one in found]), labels) for how in HOWS}
    return plots.draw_reliability(panels, f"reliability on imbalanced digits, {features}, γ = {gamma:g}, by treatment")


def draw(rows: list[dict[str, Any]]) -> Any:
    """Log loss and ECE against γ by treatment, a row of panels for each kind of features."""
    kinds = list(dict.fromkeys(row["features"] for row in rows))
    about = (
        "log loss and ECE against γ by treatment: of pixels raw outputs get worse with γ and each map mends them; "
        "of coarse features the inverse map makes them worse"
    )
    with plots.canvas(about, columns=2, rows=len(kinds), size=(8.4, 3.1 * len(kinds)), squeeze=False) as (picture, panels):
        for line, kind in zip(panels, kinds, strict=True):
            for axes, key, scale in zip(line, ("log_loss", "ece"), (1, 100), strict=True):
                for place, how in enumerate(HOWS):
                    some = [row for row in rows if row["features"] == kind and row["treatment"] == how]
                    at, mean, error = ([float(row[name]) for row in some] for name in ("gamma", key, f"{key}_error"))
                    shifted = [one + 0.08 * (place - 1.5) for one in at]
                    sizes = [scale * one for one in mean], [2 * scale * one for one in error]
                    axes.errorbar(shifted, *sizes, fmt=f"-{plots.MARKS[place]}", capsize=2, linewidth=0.8, label=how)
                axes.set(xlabel="γ of the training loss", title=f"digits, {kind}")
                axes.set_ylabel("log loss on the test, nats" if key == "log_loss" else "ECE on the test, %, 15 bins")
        picture.legend(
            *panels[0, 0].get_legend_handles_labels(),
            loc="outside upper left",
            ncols=len(HOWS),
            title="bars of two standard errors",
        )
    return picture
