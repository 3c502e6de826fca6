"""Three-valued evaluation: a statement at a point, or over a whole box, by Arb balls and once more in floating point.

`views` has a case and its ball arithmetic; `forms` refines it where balls only touch; `compiler` makes closures over a view
of goals. These are decided in one case by `points`, over a box by `boxes`, and computed a second time by `crosscheck`, with
the numbers of `libraries`.
"""

from focal_symbolic.claims.evaluate.boxes import Cover, enclose_box
from focal_symbolic.claims.evaluate.compiler import ball_value
from focal_symbolic.claims.evaluate.crosscheck import cross_check, decide_twice
from focal_symbolic.claims.evaluate.endless import Changed, Endless, Minimized
from focal_symbolic.claims.evaluate.points import Decision, decide, start_bits
from focal_symbolic.claims.evaluate.views import (
    BallView,
    Computed,
    Environment,
    Root,
    Undefined,
    Unsupported,
    Value,
    exact_text,
)

__all__ = [
    "BallView",
    "Changed",
    "Computed",
    "Cover",
    "Decision",
    "Endless",
    "Environment",
    "Minimized",
    "Root",
    "Undefined",
    "Unsupported",
    "Value",
    "ball_value",
    "cross_check",
    "decide",
    "decide_twice",
    "enclose_box",
    "exact_text",
    "start_bits",
]
