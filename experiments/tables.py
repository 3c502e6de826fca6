"""Results as CSV, numbers to six digits."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["read", "write"]


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
