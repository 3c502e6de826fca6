"""What a search that failed says: what is unknown, which facts are nearest, and what would be enough."""

from __future__ import annotations

from focal_symbolic.claims.inference import Line, Missing
from focal_symbolic.claims.known import Known

__all__ = ["explained"]


def explained(known: Known, line: Line, error: Missing) -> str:
    return f"{line.rule} does not show «{line.conclusion}»: {error}"
