"""The style: a canvas, eight colours that the colour-blind can tell apart, marks that need no colour, axes in plain numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator
from matplotlib.transforms import offset_copy

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

__all__ = ["COLOURS", "MARKS", "VERDICTS", "Picture", "canvas", "legend_below", "logarithmic", "sequence"]

COLOURS = {
    "black": "#000000",
    "orange": "#e69f00",
    "sky": "#56b4e9",
    "green": "#009e73",
    "yellow": "#f0e442",
    "blue": "#0072b2",
    "vermilion": "#d55e00",
    "purple": "#cc79a7",
    "grey": "#555555",
    "band": "#fdf3d8",
    "shade": "#f7dfd0",
}
"""The palette of Okabe and Ito, a grey, and two pale ones for areas: amplified, and over-suppressed."""
MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")
VERDICTS = {
    "amplified": (COLOURS["orange"], "o"),
    "suppressed": (COLOURS["blue"], "s"),
    "over-suppressed": (COLOURS["vermilion"], "v"),
    "kept": (COLOURS["grey"], "D"),
}
"""The colour and the mark of each verdict of a diagnosis."""
_CYCLE = ("blue", "vermilion", "green", "orange", "purple", "sky", "black")
STYLE: dict[RcKeyType, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": COLOURS["grey"],
    "axes.grid": False,
    "axes.labelsize": 10,
    "axes.linewidth": 0.8,
    "axes.prop_cycle": cycler(color=[COLOURS[name] for name in _CYCLE]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "lines.linewidth": 1.6,
    "lines.markersize": 4,
    "svg.fonttype": "path",
    "svg.hashsalt": "focal-symbolic",
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
}
"""What every picture has in common; what is written is the same bytes each time."""
WIDTH, HEIGHT = 4.2, 3.6
"""Inches of one panel."""
BELOW = 0.5
"""Inches from an axis to the legend below it, past its ticks and its label."""
DATES = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}


class Picture(Figure):
    """A figure of this style, which a notebook shows as SVG, and with words where it shows none."""

    about = "a picture"

    def save(self, stream: IO[bytes], form: str = "svg") -> None:
        """Write it as svg, png or pdf, the same bytes each time; an SVG says in words what it shows."""
        told = {"Title": self.about} if form == "svg" else {}
        drawn = BytesIO()
        with mpl.rc_context(STYLE):
            self.savefig(drawn, format=form, metadata=told | DATES.get(form, {}), dpi=150)
        written = drawn.getvalue()
        if form == "svg":
            written = written.replace(b"<svg ", f'<svg role="img" aria-label={quoteattr(self.about)} '.encode(), 1)
        stream.write(written)

    def _repr_svg_(self) -> str:
        stream = BytesIO()
        self.save(stream)
        return stream.getvalue().decode()

    def __repr__(self) -> str:
        return f"[{self.about}]"


@contextmanager
def canvas(
    about: str, columns: int = 1, rows: int = 1, size: tuple[float, float] | None = None, **more: Any
) -> Iterator[tuple[Picture, Any]]:
    """A picture and its axes; the style holds while the block draws.

    Parameters
    ----------
    about : str
        What it shows, in words, for those who cannot see it.
    columns, rows : int
        How many panels, side by side and one below the other.
    size : pair of float, optional
        Width and height in inches, of the whole.
    **more
        For `Figure.subplots`, such as sharey.

    Yields
    ------
    picture : Picture
        What is saved, or shown as the last line of a cell.
    axes : Axes, or array of Axes
        One for one panel, a row for several, rows of them for several rows.

    Examples
    --------
    >>> from focal_symbolic import plots
    >>> with plots.canvas("a falling line") as (picture, axes):
    ...     _ = axes.plot([0, 1], [1, 0])
    ...     _ = axes.set(xlabel="γ", ylabel="λ")
    >>> picture
    [a falling line]
    """
    with mpl.rc_context(STYLE):
        picture = Picture(figsize=size or (WIDTH * columns + (1.4 if columns == 1 else 0), HEIGHT * rows))
        picture.about = about
        FigureCanvasAgg(picture)
        yield picture, picture.subplots(rows, columns, **more)


def sequence(count: int) -> list[str]:
    """So many colours from dark to light, for values that have an order, such as γ.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    list of str
        Hexadecimal colours from cividis, which the colour-blind see as others do.

    Examples
    --------
    >>> from focal_symbolic import plots
    >>> plots.sequence(2)
    ['#00224e', '#c8b866']
    """
    scale = mpl.colormaps["cividis"]
    return [to_hex(scale(0.8 * place / max(count - 1, 1))) for place in range(count)]


def logarithmic(axes: Axes, which: str = "x") -> None:
    """Make an axis logarithmic, labelled in plain numbers where it spans less than two powers of ten.

    Parameters
    ----------
    axes : Axes
        Whose limits have been set.
    which : {'x', 'y'}
        The axis.

    Examples
    --------
    >>> from focal_symbolic import plots
    >>> with plots.canvas("a logarithmic axis") as (_, axes):
    ...     _ = axes.set(xlim=(0.2, 5))
    ...     plots.logarithmic(axes)
    >>> axes.get_xscale()
    'log'
    """
    axis, low, high = (axes.xaxis, *axes.get_xlim()) if which == "x" else (axes.yaxis, *axes.get_ylim())
    (axes.set_xscale if which == "x" else axes.set_yscale)("log")
    if high < 100 * low:
        steps = MaxNLocator(6, steps=[1, 2, 5, 10]) if high < 4 * low else LogLocator(subs=(1, 2, 5))
        axis.set_major_locator(steps)
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axis.set_minor_formatter(NullFormatter())


def legend_below(axes: Axes, columns: int = 2) -> None:
    """Put the legend under the axis, where it covers nothing whatever is drawn.

    Parameters
    ----------
    axes : Axes
        With its lines and marks, and the label of its x axis.
    columns : int
        How many entries stand side by side.

    Examples
    --------
    >>> from focal_symbolic import plots
    >>> with plots.canvas("a line with a name") as (picture, axes):
    ...     _ = axes.plot([0, 1], [1, 0], label="falling")
    ...     plots.legend_below(axes)
    >>> [one.get_text() for one in axes.get_legend().get_texts()]
    ['falling']
    """
    below = offset_copy(axes.transAxes, axes.get_figure(root=True), y=-BELOW)
    told = {"borderaxespad": 0, "borderpad": 0, "columnspacing": 1.2, "handlelength": 1.6}
    axes.legend(loc="upper left", bbox_to_anchor=(0, 0), bbox_transform=below, ncols=columns, **told)
