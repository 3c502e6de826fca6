"""Draw docs/amplification.svg: what the focal loss does to each class, by its share of the data.

Run from a clone with the extra `plots`:  python docs/amplification.py
"""

from __future__ import annotations

from pathlib import Path

from focal_symbolic import Distribution, plots

COUNTS = (350, 200, 120, 90, 70, 55, 40, 30, 20, 10, 6, 4, 2, 1)
"""Each of these counts, then eight rarer classes, halved each time: all three regimes are on one page."""
GAMMAS = ("1/2", "1", "2", "4")


def draw(target: Path) -> None:
    """Draw the picture into an SVG or PNG file, the same bytes each time."""
    data = Distribution.from_counts([*(256 * count for count in COUNTS), *(2**place for place in range(8))])
    with target.open("wb") as stream:
        plots.draw_ratios(data, GAMMAS).save(stream, target.suffix[1:])


if __name__ == "__main__":
    draw(Path(__file__).with_suffix(".svg"))
