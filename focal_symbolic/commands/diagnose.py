"""`focal-symbolic diagnose`: what the focal loss makes of class counts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from focal_symbolic.commands.countable import LETTERS, countable_of, diagnosed, families
from focal_symbolic.commands.parameters import JSON, Number, NumbersCommand, Whole
from focal_symbolic.commands.screen import width
from focal_symbolic.commands.tables import read_counts, read_weights
from focal_symbolic.commands.writing import dump, output
from focal_symbolic.errors import InputError

if TYPE_CHECKING:
    from focal_symbolic.numbers.diagnosis import Diagnosis

__all__ = ["command"]

FEW_DIGITS = 6


class DiagnoseCommand(NumbersCommand):
    """`--gamma 1 2 classes.csv`: the list of γ ends at what is no number."""

    ends_at_words = True


@click.command(
    "diagnose", cls=DiagnoseCommand, short_help="Which classes the focal loss amplifies and which it over-suppresses."
)
@click.argument("counts", type=click.Path(path_type=Path), metavar="COUNTS.csv", required=False)
@families()
@LETTERS
@click.option("--dps", type=Whole(1), help="Decimal digits to print of a family; 6 without it.")
@click.option(
    "--gamma",
    "gammas",
    type=Number(),
    multiple=True,
    required=True,
    metavar="γ...",
    help="The focusing parameter, at least 0: 2, 0.5 or 1/3. Several become columns of factors: --gamma 0.5 1 2.",
)
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
@click.option(
    "--alpha",
    type=Number(),
    help="For a sigmoid the α of RetinaNet and its kin: α for positives and 1 − α for negatives. A softmax has --weights.",
)
@click.option(
    "--balance",
    type=click.Choice(["data", "uniform"]),
    help="Propose and use the class weights with which the optimum is the data itself, or uniform.",
)
@click.option(
    "--at-most",
    metavar="LOSS",
    help="For which γ does no class lose more than so much of its share: 5% or 0.05; the largest γ, and all intervals.",
)
@click.option("--class", "chosen", metavar="NAME", help="For which γ does this class have more than its share?")
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
    gammas: tuple[str, ...],
    head: str,
    weights: Path | None,
    alpha: str | None,
    balance: str | None,
    at_most: str | None,
    chosen: str | None,
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
      focal-symbolic diagnose classes.csv --gamma 2 --head sigmoid --alpha 0.25
      focal-symbolic diagnose classes.csv --gamma 2 --balance data
      focal-symbolic diagnose classes.csv --gamma 0.5 1 2 --at-most 5%
      focal-symbolic diagnose classes.csv --gamma 0.5 --weights alpha.csv --plot classes.svg
      focal-symbolic diagnose --zeta 2 --gamma 2
    """
    endless = countable_of(family)
    if endless is not None:
        others = (counts, weights, alpha, balance, at_most, chosen, plot)
        if any(one is not None for one in others) or prove or head != "softmax" or len(gammas) > 1:
            raise click.UsageError("a family on infinitely many letters goes with one --gamma, --letters, --dps and --json.")
        lines, told = diagnosed(endless, gammas[0], dps or FEW_DIGITS, letters)
        if as_json:
            dump(told, sys.stdout)
        else:
            click.echo("\n".join(lines))
        return
    if counts is None:
        raise click.UsageError("give a CSV file of class counts, or a family such as --geometric 1/2.")
    if dps is not None:
        raise click.UsageError("--dps is for families on infinitely many letters; leave it out.")
    asked = _Asked(counts, gammas, head, weights, alpha, balance, plot, prove, as_json)
    found, labels = _found(asked)
    from focal_symbolic.commands import diagnosis_text

    if as_json:
        dump(diagnosis_text.document(found[0], labels), sys.stdout)
        return
    if chosen is not None and chosen not in labels:
        raise click.UsageError(f"--class {chosen} is no class of {counts}; give one of its names.")
    if len(found) > 1:
        words = diagnosis_text.several(found, labels)
    else:
        words = diagnosis_text.lines(found[0], labels, every, width(sys.stdout) if sys.stdout.isatty() else None)
    for text in [*words, *diagnosis_text.along_gamma(found[0], labels, at_most, chosen)]:
        click.echo(text)


class _Asked(NamedTuple):
    """What is asked of class counts."""

    counts: Path
    gammas: tuple[str, ...]
    head: str
    weights: Path | None
    alpha: str | None
    balance: str | None
    plot: str | None
    prove: bool
    as_json: bool


def _found(asked: _Asked) -> tuple[list[Diagnosis], tuple[str, ...]]:
    """(a diagnosis for each gamma, the names of the classes); the picture is drawn."""
    _refuse_what_does_not_go_together(asked)
    form = Path(asked.plot).suffix[1:].lower() if asked.plot else "svg"
    if form not in ("svg", "png", "pdf"):
        raise click.UsageError(f"--plot {asked.plot} is of no known kind; give a file .svg, .png or .pdf.")
    labels, numbers = read_counts(asked.counts)
    if not any(numbers):
        raise InputError(f"the counts of {asked.counts} are all zero; at least one count must be positive.")
    tilt = None if asked.weights is None else read_weights(asked.weights, labels)
    gamma, share = asked.gammas[0], asked.alpha
    with output(asked.plot, "--plot", "wb") as stream:
        from focal_symbolic.numbers.diagnosis import diagnosis

        if stream is not None:
            from focal_symbolic import plots

            plots.available()
        alpha: object = share
        if asked.balance is not None:
            from focal_symbolic.numbers.calibration import balance

            alpha = balance(numbers, gamma, asked.balance, asked.head)
        found = diagnosis(numbers, gamma, asked.head, tilt, prove=asked.prove, alpha=alpha)
        if stream is not None:
            plots.draw_diagnosis(found, stream, form)
    return [found, *(diagnosis(numbers, one, asked.head, tilt, alpha=alpha) for one in asked.gammas[1:])], labels


def _refuse_what_does_not_go_together(asked: _Asked) -> None:
    """Raises: UsageError."""
    if sum(one is not None for one in (asked.weights, asked.alpha, asked.balance)) > 1:
        raise click.UsageError("--weights, --alpha and --balance all set the weights of the loss; give one of them.")
    if asked.alpha is not None and asked.head == "softmax":
        raise click.UsageError(
            f"--alpha {asked.alpha} is for --head sigmoid; for a softmax give a weight for each class by --weights FILE."
        )
    if len(asked.gammas) > 1 and (asked.balance or asked.plot or asked.as_json or asked.prove):
        raise click.UsageError("several --gamma print a table of factors; --balance, --plot, --prove and --json take one γ.")
