"""What a run says: progress while it lasts, and the summary table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from focal_symbolic.claims import library
from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.coq import outcomes
from focal_symbolic.claims.verify import ClaimOutcome, Report, verify
from focal_symbolic.errors import FocalError
from focal_symbolic.logic.coq.compiler import Built
from focal_symbolic.numbers.decimals import brief

__all__ = ["closest", "print_summary", "run", "summary", "verdict"]


# -- the run ---------------------------------------------------------------------------------------------------------------

MARKS = {"proved": "✓", "passed": "✓", "failed": "✗", "undecided": "?"}
COMPILED = {"compiled": "✓", "refused": "✗", "exhausted": "✗", "skipped": "✗"}
PIPED_WIDTH = 160
"""Columns of the table where there is no terminal."""


def run(
    console: Console,
    results: Sequence[Result],
    everything: bool,
    *,
    examples: int,
    dps: int,
    seed: int,
    jobs: int,
    coq: bool = False,
) -> Report:
    """Verify the results with live progress on a terminal and a line for each claim elsewhere; then the summary.

    `everything`: the results are meant to be the whole library, so that a claim missing from it is a failure. `coq`: Coq is
    asked as well, first.
    """
    given: dict[str, Any] = {"examples": examples, "dps": dps, "seed": seed, "executor": jobs}
    if everything:
        given["expected"] = listed()
    if console.is_terminal:
        columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("", total=len(results))

            def advance(outcome: ClaimOutcome) -> None:
                bar.update(task, advance=1, description=f"{mark(outcome)} {outcome.name}")

            def compiling(path: str, built: Built) -> None:
                bar.update(task, description=f"Coq {COMPILED[built.status]} {path}")

            report = verify(
                results, progress=advance, coq=partial(outcomes, jobs=jobs, progress=compiling) if coq else None, **given
            )
    else:
        asked = partial(outcomes, jobs=jobs, progress=partial(print_compiled, console)) if coq else None
        report = verify(results, progress=partial(print_outcome, console), coq=asked, **given)
    print_summary(console, report)
    return report


def listed() -> tuple[str, ...]:
    """The names in claims.txt.

    Raises: FocalError if there is no such file.
    """
    try:
        return library.expected_names()
    except FileNotFoundError:
        raise FocalError("the list of claims, claims.txt, is missing; write it with focal-symbolic claims --write.") from None


def mark(outcome: ClaimOutcome) -> str:
    """✓ for verified, ○ for an open claim whose checks agree, ✗ for anything else."""
    return "✗" if not outcome.sound else "✓" if outcome.verified else "○"


def print_outcome(console: Console, outcome: ClaimOutcome) -> None:
    """One line for a claim that is done; what is wrong with it stands below the table."""
    console.print(f"{mark(outcome)} {outcome.name}  {outcome.seconds:.1f} s", markup=False, highlight=False)


def print_compiled(console: Console, path: str, built: Built) -> None:
    """One line for a file of the Coq project, unless it was compiled before."""
    if not built.from_cache:
        console.print(f"{COMPILED[built.status]} {path}  {built.seconds:.1f} s", markup=False, highlight=False)


def print_summary(console: Console, report: Report) -> None:
    """The table, what went wrong, and the verdict in one sentence."""
    document = report.to_json()
    console.print(summary(document, wide=console.width >= 120 or not console.is_terminal))
    for reason in report.reasons:
        console.print(reason, markup=False, highlight=False, soft_wrap=True, style="red")
    console.print(verdict(report), markup=False, highlight=False, soft_wrap=True, style="green" if report.verified else "red")


def verdict(report: Report) -> str:
    """What the run found, in one sentence."""
    held, asserted = sum(outcome.verified for outcome in report.theorems), len(report.theorems)
    more = f"; {len(report.open)} open" if report.open else ""
    more += f"; {len(report.missing)} missing" if report.missing else ""
    more += f"; {len(report.surplus)} not listed in claims.txt" if report.surplus else ""
    judge = f"Coq {report.versions['coq']}" if "coq" in report.versions else ""
    done = f"derived, enclosed, fuzzed and proved by {judge}" if judge else "derived, enclosed and fuzzed"
    return (
        f"{report.verdict}: {held} of {asserted} claims {done}, with their false twins refuted{more} "
        f"(dps {report.dps}, {report.examples} examples, seed {report.seed}, {report.seconds:.1f} s)."
    )


def summary(document: dict[str, Any], wide: bool = True) -> Table:
    """The table of a run: what each leg of each claim found, the closest call and by which legs the twin was refuted."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    rows = (*document["theorems"], *document.get("open", ()))
    with_coq = any("coq" in one["legs"] for one in rows)
    coq = ("coq",) if with_coq else ()
    for title in ("claim", "derivation", *coq, "precision", "fuzz", "closest call", "twin refuted by", "s"):
        table.add_column(title, justify="right" if title == "s" else "left", overflow="fold")
    for one in rows:
        legs, refuted = one["legs"], one["twin"]["refuted_by"]
        checks, examples = legs["precision"].get("checks", 0), legs["fuzz"].get("examples", 0)
        cells = [
            one["name"],
            evidence(legs["derivation"]) if "derivation" in legs else "open",
            *((by_coq(legs.get("coq")),) if with_coq else ()),
            f"{MARKS[legs['precision']['verdict']]} {checks} checks",
            f"{MARKS[legs['fuzz']['verdict']]} {examples}",
            closest(legs["fuzz"], room=48 if wide else 12),
            "all four"
            if len(refuted) == 4
            else "all three"
            if len(refuted) == 3 and not with_coq
            else ", ".join(refuted) or "none",
            f"{one['seconds']:.1f}",
        ]
        table.add_row(*map(Text, cells))
    return table


def by_coq(leg: dict[str, Any] | None) -> str:
    """What Coq says of a claim, with the seconds that it took to compile; nothing for an open claim."""
    if leg is None:
        return ""
    return "not installed" if leg["verdict"] == "absent" else f"{MARKS[leg['verdict']]} {leg['seconds']:.1f} s"


def evidence(leg: dict[str, Any]) -> str:
    """The verdict of the derivation with the number of its steps and the kinds of its evidence."""
    kinds = ", ".join(sorted(leg.get("evidence", ()), key=("exact", "enclosed", "cited").index))
    steps = leg.get("steps", 0)
    return f"{MARKS[leg['verdict']]} {steps} step{'' if steps == 1 else 's'}" + (f": {kinds}" if kinds else "")


def closest(leg: dict[str, Any], room: int = 48) -> str:
    """The case of the fuzz in which the goal came closest to failing: the relative room left, and as much as fits of where.

    The JSON report has it in full.
    """
    call = leg.get("closest") or {}
    case = call.get("case", {} if "slack" in call else call)
    values = ", ".join(f"{name} = {brief(value)}" for name, value in case.items())
    text = f"{call['slack']} at {values}" if "slack" in call else values
    if len(text) <= room:
        return text
    return call["slack"] if "slack" in call and room < 24 else f"{text[: room - 1]}…"
