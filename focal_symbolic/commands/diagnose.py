"""`focal-symbolic diagnose`: what the focal loss makes of class counts."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from focal_symbolic.commands.countable import LETTERS, countable_of, diagnosed, families
from focal_symbolic.commands.parameters import JSON, Number, NumbersCommand, Whole
from focal_symbolic.commands.reading import Ways, reading_options, ways_of
from focal_symbolic.commands.screen import width
from focal_symbolic.commands.tables import multiples, read_counts, read_weights
from focal_symbolic.commands.writing import dump, output
from focal_symbolic.errors import InputError

if TYPE_CHECKING:
    from focal_symbolic.numbers.diagnosis import Diagnosis

__all__ = ["command"]

FEW_DIGITS = 6


class DiagnoseCommand(NumbersCommand):
    """`--gamma 1 2 classes.csv`: a list of numbers ends at what is none."""

    ends_at_words = True


@click.command(
    "diagnose", cls=DiagnoseCommand, short_help="Which classes the focal loss amplifies and which it over-suppresses."
)
@click.argument("counts", type=click.Path(path_type=Path), metavar="COUNTS", required=False)
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
    help="Table with the columns class,weight: the α of the α-balanced loss. A softmax sees the counts times the "
    "weights, so weights that are all the same change nothing; a sigmoid has its positives weighted, and with the columns "
    "class,positive,negative both.",
)
@click.option(
    "--alpha",
    type=Number(),
    multiple=True,
    metavar="A...",
    help="For a sigmoid the α of RetinaNet and its kin: α for positives and 1 − α for negatives, one number or one a class. "
    "For a softmax a weight for each class, in the order of the table.",
)
@click.option(
    "--balance",
    type=click.Choice(["data", "uniform"]),
    help="Propose and use the class weights with which the optimum is the data itself, or uniform.",
)
@click.option(
    "--at-most",
    type=Number(),
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
@click.option("--plot", metavar="FILE", help="Draw q/p against p and λ against γ, as .svg, .png or .pdf; needs matplotlib.")
@reading_options
@JSON
def command(
    counts: Path | None,
    gammas: tuple[str, ...],
    head: str,
    weights: Path | None,
    alpha: tuple[str, ...],
    balance: str | None,
    at_most: str | None,
    chosen: str | None,
    every: bool,
    prove: bool,
    plot: str | None,
    as_json: bool,
    letters: int,
    dps: int | None,
    **others: Any,
) -> None:
    """Which classes the focal loss amplifies, suppresses or buries (over-suppresses) at γ, and which γ bury none.

    COUNTS has classes and how often each occurs: CSV and its kin, JSON, Parquet, .xlsx, .npy, a classification_report, or a
    label for each example; - is standard input. Printed are the shares p of the data and q of a model trained to the optimum,
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
    ways = ways_of(others)
    endless = countable_of(others)
    if endless is not None:
        more = (counts, weights, balance, at_most, chosen, plot, *ways)
        if any(one is not None for one in more) or alpha or prove or head != "softmax" or len(gammas) > 1:
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
    _of_counts(_Asked(counts, gammas, head, weights, alpha, balance, at_most, chosen, every, prove, plot, as_json, ways))


class _Asked(NamedTuple):
    """What is asked of class counts."""

    counts: Path
    gammas: tuple[str, ...]
    head: str
    weights: Path | None
    alpha: tuple[str, ...]
    balance: str | None
    at_most: str | None
    chosen: str | None
    every: bool
    prove: bool
    plot: str | None
    as_json: bool
    ways: Ways


def _of_counts(asked: _Asked) -> None:
    """Print what is asked, and draw it."""
    form = Path(asked.plot).suffix[1:].lower() if asked.plot else "svg"
    if form not in ("svg", "png", "pdf"):
        raise click.UsageError(f"--plot {asked.plot} is of no known kind; give a file .svg, .png or .pdf.")
    if sum(bool(one) for one in (asked.weights, asked.alpha, asked.balance)) > 1:
        raise click.UsageError("--weights, --alpha and --balance all set the weights of the loss; give one of them.")
    labels, numbers = read_counts(asked.counts, asked.ways)
    if not any(numbers):
        raise InputError(f"the counts of {asked.counts} are all zero; at least one count must be positive.")
    if asked.chosen is not None and asked.chosen not in labels:
        near = get_close_matches(asked.chosen, labels, 1)
        mend = f"; did you mean {near[0]}?" if near else f", which has {', '.join(labels[:5])}; give one of its names."
        raise click.UsageError(f"--class {asked.chosen} is no class of {asked.counts}{mend}")
    with output(asked.plot, "--plot", "wb") as stream:
        from focal_symbolic.commands import diagnosis_text

        if stream is not None:
            from focal_symbolic import plots

            plots.available()
        found = _diagnoses(asked, labels, multiples(numbers))
        if stream is not None:
            plots.draw_diagnosis(found, stream, form)
    counted = all(isinstance(number, int) for number in numbers)
    along = diagnosis_text.along_gamma(found[0], labels, asked.at_most, asked.chosen)
    if asked.as_json:
        documents = [diagnosis_text.document(one, labels, counted) for one in found]
        dump({**(documents[0] if len(found) == 1 else {"diagnoses": documents}), **along.document}, sys.stdout)
        return
    columns = width(sys.stdout) if sys.stdout.isatty() else None
    if len(found) > 1:
        words = diagnosis_text.several(found, labels, asked.every, counted, columns)
    else:
        words = diagnosis_text.lines(found[0], labels, asked.every, columns, counted)
    for text in [*words, *along.lines]:
        click.echo(text)


def _diagnoses(asked: _Asked, labels: tuple[str, ...], counts: tuple[int, ...]) -> list[Diagnosis]:
    """A diagnosis for each gamma."""
    from focal_symbolic.numbers.calibration import balance
    from focal_symbolic.numbers.diagnosis import diagnosis

    tilt: Any = None
    alpha: Any = _alpha(asked, len(counts))
    if asked.weights is not None:
        tilt = read_weights(asked.weights, labels, asked.ways)
        if isinstance(tilt[0], tuple):
            if asked.head == "softmax":
                raise click.UsageError(
                    f"--weights {asked.weights} has weights of positives and negatives, which a softmax does not have; "
                    "say --head sigmoid, or give one weight for each class."
                )
            tilt, alpha = None, tilt
    found = []
    for gamma in asked.gammas:
        weights = alpha if asked.balance is None else balance(counts, gamma, asked.balance, asked.head)
        found.append(diagnosis(counts, gamma, asked.head, tilt, prove=asked.prove, alpha=weights))
    return found


def _alpha(asked: _Asked, size: int) -> Any:
    """The option --alpha as the package takes it."""
    if not asked.alpha:
        return None
    if asked.head == "softmax" and len(asked.alpha) == 1:
        raise click.UsageError(
            f"--alpha {asked.alpha[0]} is one number, which is for --head sigmoid; for a softmax give a weight for each class, "
            "in the order of the table or by --weights FILE."
        )
    if len(asked.alpha) > 1 and len(asked.alpha) != size:
        raise click.UsageError(f"--alpha has {len(asked.alpha)} weights and there are {size} classes; give one for each class.")
    return asked.alpha[0] if len(asked.alpha) == 1 else asked.alpha
