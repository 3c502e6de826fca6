"""`focal-symbolic diagnose`: what the focal loss makes of class counts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from focal_symbolic.commands.countable import LETTERS, countable_of, diagnosed, families
from focal_symbolic.commands.parameters import GAMMA, JSON, Whole
from focal_symbolic.commands.screen import width
from focal_symbolic.commands.tables import read_counts, read_weights
from focal_symbolic.commands.writing import dump, output
from focal_symbolic.errors import InputError

__all__ = ["command"]

FEW_DIGITS = 6


@click.command("diagnose", short_help="Which classes the focal loss amplifies and which it over-suppresses.")
@click.argument("counts", type=click.Path(path_type=Path), metavar="COUNTS.csv", required=False)
@families()
@LETTERS
@click.option("--dps", type=Whole(1), help="Decimal digits to print of a family; 6 without it.")
@GAMMA
@click.option(
    "--head",
    type=click.Choice(["softmax", "sigmoid"]),
    default="softmax",
    show_default=True,
    help="softmax: the outputs sum to 1 over the classes. sigmoid: one output a class, so that each class is a problem of "
    "two, the class against the rest of all counts; none is ever over-suppressed.",
)
@click.option(
    "--weights",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV file with the columns class,weight: the α of the α-balanced loss. A softmax sees the counts times the "
    "weights, so weights that are all the same change nothing; a sigmoid has its positives weighted.",
)
@click.option("--all", "every", is_flag=True, help="Print every class of a long table.")
@click.option(
    "--prove",
    is_flag=True,
    help="Prove that no interval of γ up to 1000 is missing, not a scan: twenty seconds for ten classes, minutes for eighty.",
)
@click.option("--plot", metavar="FILE", help="Draw q against p and λ against γ, as .svg, .png or .pdf; needs matplotlib.")
@JSON
def command(
    counts: Path | None,
    gamma: str,
    head: str,
    weights: Path | None,
    every: bool,
    prove: bool,
    plot: str | None,
    as_json: bool,
    letters: int,
    dps: int | None,
    **family: str | None,
) -> None:
    """Which classes the focal loss amplifies, suppresses or buries (over-suppresses) at γ, and which γ bury none.

    COUNTS.csv has the columns class,count. Printed are the shares p of the data and q of a model trained to the optimum,
    the factor q/p of each class, and the intervals of γ with λ > 1 and with a class over-suppressed: one that loses
    although it is rare. The γ are found by a scan of 0.01 to 1000 (or proved, with --prove), their ends are certified.

    \b
    Examples:
      focal-symbolic diagnose classes.csv --gamma 2
      focal-symbolic diagnose classes.csv --gamma 2 --head sigmoid
      focal-symbolic diagnose classes.csv --gamma 0.5 --weights alpha.csv --plot classes.svg
      focal-symbolic diagnose --zeta 2 --gamma 2
    """
    endless = countable_of(family)
    if endless is not None:
        if counts is not None or weights is not None or plot is not None or prove or head != "softmax":
            raise click.UsageError("a family on infinitely many letters goes with --gamma, --letters, --dps and --json only.")
        lines, told = diagnosed(endless, gamma, dps or FEW_DIGITS, letters)
        if as_json:
            dump(told, sys.stdout)
        else:
            click.echo("\n".join(lines))
        return
    if counts is None:
        raise click.UsageError("give a CSV file of class counts, or a family such as --geometric 1/2.")
    if dps is not None:
        raise click.UsageError("--dps is for families on infinitely many letters; leave it out.")
    text_of, document_of = _of_counts(counts, gamma, head, weights, every, prove, plot)
    if as_json:
        dump(document_of(), sys.stdout)
        return
    for text in text_of():
        click.echo(text)


def _of_counts(
    counts: Path, gamma: str, head: str, weights: Path | None, every: bool, prove: bool, plot: str | None
) -> tuple[Callable[[], Iterable[str]], Callable[[], dict[str, Any]]]:
    """The lines and the document of class counts; the picture is drawn."""
    form = Path(plot).suffix[1:].lower() if plot else "svg"
    if form not in ("svg", "png", "pdf"):
        raise click.UsageError(f"--plot {plot} is of no known kind; give a file .svg, .png or .pdf.")
    labels, numbers = read_counts(counts)
    if not any(numbers):
        raise InputError(f"the counts of {counts} are all zero; at least one count must be positive.")
    tilt = None if weights is None else read_weights(weights, labels)
    with output(plot, "--plot", "wb") as stream:
        from focal_symbolic.commands import diagnosis_text
        from focal_symbolic.numbers.diagnosis import diagnosis

        if stream is not None:
            from focal_symbolic import plots

            plots.available()
        found = diagnosis(numbers, gamma, head, tilt, prove=prove)
        if stream is not None:
            plots.draw_diagnosis(found, stream, form)
    columns = width(sys.stdout) if sys.stdout.isatty() else None
    return (
        lambda: diagnosis_text.lines(found, labels, every, columns),
        lambda: diagnosis_text.document(found, labels),
    )
