"""Every picture of the package: one style, colours that the colour-blind can tell, axes with units, vector output.

`style` has the canvas, the colours and the marks; `diagnosed` draws a diagnosis, `shares` what training makes of each share,
`reliable` how far confidence can be relied upon, `results` what each result of the book says. They need matplotlib, the extra
`plots`; nothing here is loaded without it.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from focal_symbolic.errors import InputError

if TYPE_CHECKING:
    from focal_symbolic.plots.diagnosed import draw_diagnosis
    from focal_symbolic.plots.reliable import draw_reliability, reliability
    from focal_symbolic.plots.results import draw_result
    from focal_symbolic.plots.shares import draw_ratios
    from focal_symbolic.plots.style import COLOURS, MARKS, VERDICTS, canvas, legend_below, logarithmic, sequence

__all__ = [
    "COLOURS",
    "MARKS",
    "VERDICTS",
    "available",
    "canvas",
    "draw_diagnosis",
    "draw_ratios",
    "draw_reliability",
    "draw_result",
    "legend_below",
    "logarithmic",
    "reliability",
    "sequence",
]

_HOMES = {
    "draw_diagnosis": "diagnosed",
    "draw_ratios": "shares",
    "draw_reliability": "reliable",
    "draw_result": "results",
    "reliability": "reliable",
}


def available() -> None:
    """Refuse if matplotlib is missing.

    Raises
    ------
    InputError
        With the command that installs it.

    Examples
    --------
    >>> from focal_symbolic import plots
    >>> plots.available()
    """
    if find_spec("matplotlib") is None:
        raise InputError("a picture needs matplotlib, which is missing; run pip install 'focal-symbolic[plots]'.")


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for, with matplotlib."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    available()
    found = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'style')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
