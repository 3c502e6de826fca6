"""Results as CSV, numbers to six digits, and how those of another run differ."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from math import isclose
from pathlib import Path

__all__ = ["differences", "read", "write"]

WITHIN = 1e-3
"""Seeds are fixed, but sums are taken in another order by another processor: numbers agree to so much, relatively."""


def write(target: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows, all with the same columns."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: f"{value:.6g}" if isinstance(value, float) else value for key, value in row.items()})


def read(source: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with source.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def differences(kept: Sequence[Mapping[str, str]], anew: Sequence[Mapping[str, str]]) -> list[str]:
    """A sentence for each entry of a table that is not what was kept."""
    if len(kept) != len(anew):
        return [f"{len(kept)} rows were kept, {len(anew)} come out"]
    return [
        f"row {place}, {key}: kept is {old.get(key)}, and now comes {new.get(key)}"
        for place, (old, new) in enumerate(zip(kept, anew, strict=True), start=1)
        for key in {**old, **new}
        if not _alike(old.get(key), new.get(key))
    ]


def _alike(old: str | None, new: str | None) -> bool:
    """Whether two entries are the same word, or numbers that agree."""
    try:
        return isclose(float(old or ""), float(new or ""), rel_tol=WITHIN)
    except ValueError:
        return old == new
