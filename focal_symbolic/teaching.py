"""What the notebooks of the course show: claims as the theorems that the kernel makes of them, sliders, and kept pictures."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

from focal_symbolic.claims import library
from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.lines import hypotheses
from focal_symbolic.claims.printing import line
from focal_symbolic.logic.kernel import Theorem
from focal_symbolic.prose import sentence

__all__ = ["STATIC", "Kept", "Shown", "claim", "slider"]

LONG = 360
"""Goals are shown up to so many characters."""
STATIC = "FOCAL_SYMBOLIC_STATIC"
"""With this in the environment a slider is a picture: so are notebooks executed whose outputs are kept."""


@dataclass(frozen=True)
class Shown:
    """A claim with its theorem, which a notebook shows as text.

    Attributes
    ----------
    result : Result
        The claim with its proof and its twin.
    theorem : Theorem
        What the kernel has made of its derivation.
    steps : int
        How many steps were replayed.
    below : tuple of str
        All the claims that it rests on, directly or not.
    """

    result: Result
    theorem: Theorem
    steps: int
    below: tuple[str, ...]

    def _parts(self) -> dict[str, str]:
        claimed = self.result.claim
        cited = ", ".join(sorted(one.name for one in self.theorem.cited)) or "nothing"
        rests = f"{len(self.below)} other claim{'' if len(self.below) == 1 else 's'}" if self.below else "no other claim"
        goal = line(claimed.proposition)
        return {
            "For all": "; ".join(hypotheses(claimed)) or "—",
            "Goal": goal if len(goal) <= LONG else f"{goal[:LONG]} … (in full by the command below)",
            "Rests on": f"{rests}; cites {cited}; evidence {', '.join(sorted(self.theorem.evidence))}",
            "Judged": f"{self.steps} steps, replayed by the kernel just now",
            "False twin": sentence(self.result.twin.statement),
        }

    def _repr_markdown_(self) -> str:
        shown = [f"> **Theorem** `{self.result.name}`. {sentence(self.result.claim.statement)}", ">"]
        for title, text in self._parts().items():
            shown.append(f"> - {title}: {f'`{text}`' if title in ('For all', 'Goal') else text}")
        return "\n".join([*shown, f"> - Line by line: `focal-symbolic show {self.result.name}`"])

    def __repr__(self) -> str:
        told = [f"{self.result.name}: {sentence(self.result.claim.statement)}"]
        return "\n".join(told + [f"  {title:<11} {text}" for title, text in self._parts().items()])


def claim(name: str) -> Shown:
    """A claim as the theorem that the kernel makes of it, here and now, with all that it rests on.

    Parameters
    ----------
    name : str
        As "file/function".

    Returns
    -------
    Shown
        To be the last line of a cell.

    Raises
    ------
    UnknownClaim
        If there is no such claim.
    Rejected
        If its derivation does not replay.

    Examples
    --------
    >>> from focal_symbolic import teaching
    >>> print(teaching.claim("elementary/log_below"))
    elementary/log_below: ln x lies above 1 − 1/x for 0 < x < 1.
      For all     x ∈ (0, 1)
      Goal        ln(x) > 1 − 1/x
      Rests on    no other claim; cites mean value theorem; evidence cited, exact
      Judged      6 steps, replayed by the kernel just now
      False twin  ln x lies above (1 − 1/x) 999/1000.
    """
    result, theorem = library.result(name), library.theorem(name)
    below = tuple(other for other in library.in_order([result.name]) if other != result.name)
    return Shown(result, theorem, len(library.steps(result.name)), below)


@dataclass(frozen=True)
class Kept:
    """A picture that `plots` has written into a file, which a notebook shows as if it were drawn there.

    Attributes
    ----------
    path : Path
        The SVG file.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from focal_symbolic import plots, teaching
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "kept.svg"
    ...     with plots.canvas("an empty picture") as (picture, _), path.open("wb") as stream:
    ...         picture.save(stream)
    ...     teaching.Kept(path)
    [an empty picture]
    """

    path: Path

    def _repr_svg_(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def __repr__(self) -> str:
        told = re.search(r"<dc:title>(.*?)</dc:title>", self._repr_svg_(), re.DOTALL)
        return f"[{unescape(told[1]) if told else self.path.stem}]"


def slider(draw: Callable[..., Any], start: Mapping[str, Any] | None = None, **values: Sequence[Any]) -> Any:
    """A picture with a slider for each parameter, or the picture alone where there are no sliders.

    Parameters
    ----------
    draw : callable
        What makes a picture of the parameters.
    start : mapping of str to values, optional
        Where the sliders stand first, and the parameters of the static picture; the middle of each where it says nothing.
    **values
        The values that each parameter can take, in order.

    Returns
    -------
    ipywidgets.interactive or Picture
        To be the last line of a cell.

    Examples
    --------
    >>> import os
    >>> from focal_symbolic import plots, teaching
    >>> os.environ[teaching.STATIC] = "1"
    >>> teaching.slider(lambda gamma: plots.draw_ratios(["0.7", "0.2", "0.1"], [gamma]), gamma=[1, 2, 3])
    [q/p against p of 3 classes for γ = 2]
    """
    at = {name: (start or {}).get(name, options[len(options) // 2]) for name, options in values.items()}
    if os.environ.get(STATIC) or find_spec("ipywidgets") is None:
        return draw(**at)
    import ipywidgets  # noqa: PLC0415  (an extra, and slow to load)

    made = {
        name: ipywidgets.SelectionSlider(options=options, value=at[name], description=name, continuous_update=False)
        for name, options in values.items()
    }
    return ipywidgets.interactive(draw, {"auto_display": True}, **made)  # without it the picture is drawn and not shown
