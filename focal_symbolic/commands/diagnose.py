"""`focal-symbolic diagnose`: what the focal loss makes of class counts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from focal_symbolic.commands.parameters import JSON, Number, NumbersCommand
from focal_symbolic.commands.screen import width
from focal_symbolic.commands.tables import read_counts, read_weights
from focal_symbolic.commands.writing import dump, output
from focal_symbolic.errors import InputError

__all__ = ["command"]


class DiagnoseCommand(NumbersCommand):
    """`--gamma 1 2 classes.csv`: the list of γ ends at what is no number."""

    ends_at_words = True


@click.command(
    "diagnose", cls=DiagnoseCommand, short_help="Which classes the focal loss amplifies and which it over-suppresses."
)
@click.argument("counts", type=click.Path(path_type=Path), metavar="COUNTS.csv")
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
    counts: Path,
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
    """
    form = Path(plot).suffix[1:].lower() if plot else "svg"
    if form not in ("svg", "png", "pdf"):
        raise click.UsageError(f"--plot {plot} is of no known kind; give a file .svg, .png or .pdf.")
    labels, numbers = read_counts(counts)
    if not any(numbers):
        raise InputError(f"the counts of {counts} are all zero; at least one count must be positive.")
    if sum(one is not None for one in (weights, alpha, balance)) > 1:
        raise click.UsageError("--weights, --alpha and --balance all set the weights of the loss; give one of them.")
    if alpha is not None and head == "softmax":
        raise click.UsageError(
            f"--alpha {alpha} is for --head sigmoid; for a softmax give a weight for each class by --weights FILE."
        )
    if chosen is not None and chosen not in labels:
        raise click.UsageError(f"--class {chosen} is no class of {counts}; give one of its names.")
    if len(gammas) > 1 and (balance or plot or as_json or prove):
        raise click.UsageError("several --gamma print a table of factors; --balance, --plot, --prove and --json take one γ.")
    gamma = gammas[0]
    tilt = None if weights is None else read_weights(weights, labels)
    share: object = alpha
    with output(plot, "--plot", "wb") as stream:
        from focal_symbolic.commands import diagnosis_text
        from focal_symbolic.numbers.diagnosis import diagnosis

        if stream is not None:
            from focal_symbolic.commands import plots

            plots.available()
        if balance is not None:
            from focal_symbolic.numbers.calibration import balance as weights_for

            share = weights_for(numbers, gamma, balance, head)
        found = diagnosis(numbers, gamma, head, tilt, prove=prove, alpha=share)
        if stream is not None:
            plots.draw_diagnosis(found, stream, form)
    if as_json:
        dump(diagnosis_text.document(found, labels), sys.stdout)
        return
    if len(gammas) > 1:
        several = [found, *(diagnosis(numbers, one, head, tilt, alpha=share) for one in gammas[1:])]
        told = diagnosis_text.several(several, labels)
    else:
        told = diagnosis_text.lines(found, labels, every, width(sys.stdout) if sys.stdout.isatty() else None)
    for text in [*told, *diagnosis_text.along_gamma(found, labels, at_most, chosen)]:
        click.echo(text)
