"""focal-symbolic: a symbolic-numeric proof companion to «Functional Properties of the Focal-Entropy».

`definitions` has every formula once, `distribution` the exact data, `errors` what goes wrong. Above them: `logic`, the judge;
`numbers`, certified and float64; `claims`, what is proved and how it is verified; `plots`, the pictures; `commands`, the
command line.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from focal_symbolic import plots, teaching
    from focal_symbolic.distribution import Distribution
    from focal_symbolic.numbers import arrays, logits, sweep, thresholds
    from focal_symbolic.numbers.calibration import FocalCalibrator, balance, calibrate, initial_bias
    from focal_symbolic.numbers.countable import Countable, CountableMinimizer
    from focal_symbolic.numbers.entropy import focal_entropy
    from focal_symbolic.numbers.jacobian import Jacobian, jacobian
    from focal_symbolic.numbers.minimizer import Minimizer, data_distribution, minimizer

__all__ = [
    "Countable",
    "CountableMinimizer",
    "Distribution",
    "FocalCalibrator",
    "Jacobian",
    "Minimizer",
    "arrays",
    "balance",
    "calibrate",
    "data_distribution",
    "focal_entropy",
    "initial_bias",
    "jacobian",
    "logits",
    "minimizer",
    "plots",
    "sweep",
    "teaching",
    "thresholds",
]
__version__ = "0.1.0"

_MODULES = {
    "arrays": "numbers.arrays",
    "logits": "numbers.logits",
    "plots": "plots",
    "sweep": "numbers.sweep",
    "teaching": "teaching",
    "thresholds": "numbers.thresholds",
}
_NAMES = {
    "Countable": "numbers.countable",
    "CountableMinimizer": "numbers.countable",
    "Distribution": "distribution",
    "focal_entropy": "numbers.entropy",
    "Jacobian": "numbers.jacobian",
    "jacobian": "numbers.jacobian",
    "Minimizer": "numbers.minimizer",
    "data_distribution": "numbers.minimizer",
    "minimizer": "numbers.minimizer",
    "FocalCalibrator": "numbers.calibration",
    "balance": "numbers.calibration",
    "calibrate": "numbers.calibration",
    "initial_bias": "numbers.calibration",
}


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for: a start that needs no SymPy stays quick."""
    if name in _MODULES:
        found: Any = import_module(f"{__name__}.{_MODULES[name]}")
    elif name in _NAMES:
        found = getattr(import_module(f"{__name__}.{_NAMES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
